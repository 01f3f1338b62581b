//! The languages that entries are written in.

use whatlang::{Detector, Info, Lang};

/// The language that an archive is mostly in, which is told from a few others much sooner than from all.
#[derive(Default)]
pub(crate) struct Tongue {
    usual: Option<(Lang, Detector)>,
}

/// What the usual language is told from.
const RIVALS: [Lang; 7] = [Lang::Eng, Lang::Fra, Lang::Deu, Lang::Spa, Lang::Ita, Lang::Nld, Lang::Lat];

impl Tongue {
    /// Listens to a few texts of an archive.
    pub(crate) fn of_texts<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let heard = texts.filter_map(sample).filter_map(whatlang::detect).filter(Info::is_reliable);
        let mut counts: Vec<(Lang, usize)> = Vec::new();
        for lang in heard.map(|info| info.lang()).take(16) {
            match counts.iter_mut().find(|(known, _)| *known == lang) {
                Some((_, count)) => *count += 1,
                None => counts.push((lang, 1)),
            }
        }
        let usual = counts.into_iter().max_by_key(|(_, count)| *count).map(|(lang, _)| lang);
        let detector = |lang| Detector::with_allowlist(RIVALS.iter().copied().chain([lang]).collect());
        Self { usual: usual.map(|lang| (lang, detector(lang))) }
    }

    /// The language of an entry, where its text is long enough to be sure.
    pub(crate) fn of(&self, text: &str) -> Option<String> {
        if let Some((usual, detector)) = &self.usual
            && detector.detect(sample(text)?).is_some_and(|info| info.lang() == *usual && info.is_reliable())
        {
            return code(*usual);
        }
        language(text)
    }
}

/// The language of a text, where it is long enough to be sure.
pub(crate) fn language(text: &str) -> Option<String> {
    let info = whatlang::detect(sample(text)?).filter(Info::is_reliable)?;
    code(info.lang())
}

/// The beginning of a text, if it has letters enough.
fn sample(text: &str) -> Option<&str> {
    let head = &text[..text.floor_char_boundary(1200)];
    (head.chars().filter(|c| c.is_alphabetic()).nth(39).is_some()).then_some(head)
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
