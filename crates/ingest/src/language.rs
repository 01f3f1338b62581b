//! The languages that entries are written in.

use crate::packed::packed;
use std::sync::LazyLock;
use whatlang::{Detector, Info, Lang};

/// The language that an archive is mostly in, which is told from a few others much sooner than from all.
#[derive(Default)]
pub(crate) struct Tongue {
    usual: Option<(Lang, Detector)>,
    /// None of many texts is in a language that can be told, and to ask of every entry would be in vain.
    unheard_of: bool,
}

/// So many texts, none of them in a language that can be told, are many.
const MANY: usize = 16;

/// Every language that has a [`code`], which are told from each other sooner than from all.
static CODED: LazyLock<Detector> = LazyLock::new(|| {
    Detector::with_allowlist(Lang::all().iter().copied().filter(|lang| code(*lang).is_some()).collect())
});

/// What the usual language is told from.
const RIVALS: [Lang; 7] = [Lang::Eng, Lang::Fra, Lang::Deu, Lang::Spa, Lang::Ita, Lang::Nld, Lang::Lat];

impl Tongue {
    /// Listens to a few texts of an archive.
    pub(crate) fn of_texts<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut asked = 0;
        let heard = texts.filter_map(sample).inspect(|_| asked += 1).filter_map(whatlang::detect);
        let mut counts: Vec<(Lang, usize)> = Vec::new();
        for lang in heard.filter(Info::is_reliable).map(|info| info.lang()).take(16) {
            match counts.iter_mut().find(|(known, _)| *known == lang) {
                Some((_, count)) => *count += 1,
                None => counts.push((lang, 1)),
            }
        }
        let usual = counts.into_iter().max_by_key(|(_, count)| *count).map(|(lang, _)| lang);
        let detector = |lang| Detector::with_allowlist(RIVALS.iter().copied().chain([lang]).collect());
        Self { usual: usual.map(|lang| (lang, detector(lang))), unheard_of: usual.is_none() && asked >= MANY }
    }

    /// The language of an entry, where its text is long enough to be sure.
    pub(crate) fn of(&self, text: &str) -> Option<String> {
        let sample = sample(text)?;
        if is_plainly_english(sample) {
            return code(Lang::Eng);
        }
        if self.unheard_of {
            return None;
        }
        if let Some((usual, detector)) = &self.usual
            && detector.detect(sample).is_some_and(|info| info.lang() == *usual && info.is_reliable())
        {
            return code(*usual);
        }
        language(text)
    }
}

/// The language of a text, where it is long enough to be sure.
pub(crate) fn language(text: &str) -> Option<String> {
    let sample = sample(text)?;
    if is_plainly_english(sample) {
        return code(Lang::Eng);
    }
    // What is not sure to be one of a few is not surer to be one of many.
    CODED.detect(sample).filter(Info::is_reliable)?;
    code(whatlang::detect(sample).filter(Info::is_reliable)?.lang())
}

/// The beginning of a text, if it has letters enough.
fn sample(text: &str) -> Option<&str> {
    let head = &text[..text.floor_char_boundary(1200)];
    (head.chars().filter(|c| c.is_alphabetic()).nth(39).is_some()).then_some(head)
}

/// Small words that no other language has, and that no page of English does without.
const ENGLISH: [&str; 16] = [
    "and", "been", "from", "have", "his", "my", "not", "that", "the", "their", "they", "this", "were", "which", "with",
    "would",
];

/// Whether a text is English beyond doubt: one word in twelve is one of [`ENGLISH`], and there are several of these; or of
/// a few words, one in six, and there are two. That
/// spares most English entries the weighing of languages against each other, which costs more than all else about them.
fn is_plainly_english(text: &str) -> bool {
    let english = ENGLISH.map(caseless);
    let (mut words, mut small, mut seen) = (0, 0, 0u32);
    for word in text.split_ascii_whitespace() {
        words += 1;
        let word = word.trim_matches(|c: char| !c.is_ascii_alphabetic());
        // None of them is longer, nor shorter.
        if !(2..=5).contains(&word.len()) {
            continue;
        }
        let word = caseless(word);
        if let Some(at) = english.iter().position(|known| *known == word) {
            small += 1;
            seen |= 1 << at;
        }
    }
    small * 12 >= words && seen.count_ones() >= 4 || small * 6 >= words && seen.count_ones() >= 2
}

/// A short word as a number that is the same for its capitals.
fn caseless(word: &str) -> Option<u64> {
    packed(word).map(|letters| letters | u64::from_le_bytes([b' '; 8]))
}

fn code(lang: Lang) -> Option<String> {
    let code = match lang {
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Spa => "es",
        Lang::Ita => "it",
        Lang::Por => "pt",
        Lang::Nld => "nl",
        Lang::Swe => "sv",
        Lang::Dan => "da",
        Lang::Nob => "no",
        Lang::Fin => "fi",
        Lang::Pol => "pl",
        Lang::Ces => "cs",
        Lang::Hun => "hu",
        Lang::Ron => "ro",
        Lang::Rus => "ru",
        Lang::Ukr => "uk",
        Lang::Ell => "el",
        Lang::Tur => "tr",
        Lang::Heb => "he",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Cmn => "zh",
        Lang::Kor => "ko",
        Lang::Cat => "ca",
        Lang::Lat => "la",
        _ => return None,
    };
    Some(code.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_no_text_of_many_is_in_a_known_language_entries_are_not_asked() {
        let gibberish = "Gopa tuki brefl molna dwis apkor tseni ulmap grobe fintu hasko. ".repeat(4);
        let tongue = |times: usize| Tongue::of_texts(std::iter::repeat_n(gibberish.as_str(), times));
        assert!(tongue(MANY).unheard_of && !tongue(MANY - 1).unheard_of);
        let english = "Up by five and to my office, which was not warm; and from there with my wife to the play.";
        assert_eq!(tongue(MANY).of(english).as_deref(), Some("en"));
        assert!(!Tongue::of_texts([gibberish.as_str(); MANY].into_iter().chain([english])).unheard_of);
    }

    #[test]
    fn languages_are_told_apart() {
        for (text, expected) in [
            ("Up by five and to my office, which was not warm; and from there with my wife to the play.", Some("en")),
            ("Rain. Letters.", None),
            ("Heute habe ich den ganzen Tag an dem neuen Garten gearbeitet und war am Abend sehr müde.", Some("de")),
            ("Le matin nous sommes allés au marché avec les enfants, et il a plu toute la journée.", Some("fr")),
        ] {
            assert_eq!(language(text).as_deref(), expected, "{text}");
        }
        assert!(!is_plainly_english(
            "Wij waren de hele dag in de stad, and zoo, en hebben het in het park van de zon."
        ));
    }
}
