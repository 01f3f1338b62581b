//! What the language of an entry changes: how people are addressed in it, and what its capitals and small words tell.

mod words;

use super::cues::{AUXILIARIES, BEFORE_EITHER, BEFORE_PEOPLE_MOSTLY, BEFORE_PLACES, DETERMINERS, KIN};
use super::lists::{HUMAN_VERBS, List};
use super::token::{Gap, stretch_end, tokens};
use diary::Entry;
use std::collections::BTreeMap;
use words::{ABBREVIATED, DUTCH, FRENCH, GERMAN, ITALIAN, NORDIC, PORTUGUESE, SPANISH, Words};

/// The language that an entry is read as.
#[derive(Clone, Copy)]
pub(super) struct Tongue {
    code: &'static str,
    words: Option<&'static Words>,
    /// Whether a capital inside a sentence marks a name, and not every noun.
    capitals_tell: bool,
}

/// What most entries of an archive are written in.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Usual<'e> {
    /// As far as it could be told.
    lang: Option<&'e str>,
    /// Whether every noun has a capital, as in Danish before 1948.
    capital_nouns: bool,
}

impl<'e> Usual<'e> {
    pub(super) fn of(entries: &[&'e Entry]) -> Self {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        entries.iter().filter_map(|entry| entry.lang.as_deref()).for_each(|lang| *counts.entry(lang).or_default() += 1);
        let lang = counts.into_iter().max_by_key(|(_, count)| *count).map(|(lang, _)| lang);
        Self { lang, capital_nouns: lang.is_some_and(|lang| lang != "en") && have_capital_nouns(entries) }
    }

    /// Whether the lists of English words hold for most entries.
    pub(super) fn is_english(self) -> bool {
        self.lang.is_none_or(|lang| lang == "en")
    }

    /// Whether the small words of the language are known.
    pub(super) fn has_small_words(self) -> bool {
        self.lang.is_some_and(|lang| named(lang).1.is_some())
    }

    /// Whether most entries are in German, whose articles stand in front of nouns but not of names.
    pub(super) fn is_german(self) -> bool {
        self.lang.is_some_and(|lang| named(lang).0 == "de")
    }

    /// Whether every noun has a capital in most entries.
    pub(super) fn has_capital_nouns(self) -> bool {
        self.capital_nouns || self.is_german()
    }
}

/// Whether more than one in seven words behind a small one has a capital, as far as a hundred entries show: where only
/// names have one it is one in ten and fewer, where nouns have it one in five and more.
fn have_capital_nouns(entries: &[&Entry]) -> bool {
    /// Fewer words tell nothing.
    const LEAST: usize = 50;
    let (mut all, mut capital) = (0, 0);
    for entry in entries.iter().step_by(entries.len().div_ceil(100).max(1)) {
        let cut = tokens(&entry.text[..stretch_end(&entry.text, 0)]);
        for pair in cut.windows(2).filter(|pair| pair[0].is_small() && pair[1].is_word && pair[1].gap == Gap::Space) {
            all += 1;
            capital += usize::from(pair[1].is_capital());
        }
    }
    all > LEAST && capital * 7 > all
}

impl Tongue {
    /// The language of an entry; where that could not be told, the usual one of its archive, or English.
    pub(super) fn of(entry: &Entry, usual: Usual<'_>) -> Self {
        let (code, words) = named(entry.lang.as_deref().or(usual.lang).unwrap_or("en"));
        let nouns = code == "de" || usual.capital_nouns && usual.lang.is_some_and(|lang| named(lang).0 == code);
        Self { code, words, capitals_tell: code != "none" && !nouns }
    }

    fn has(self, english: &List, list: impl Fn(&'static Words) -> &'static List, word: &str) -> bool {
        self.words.map_or_else(|| english.has(word), |words| list(words).has(word))
    }

    /// Whether the word, in small letters and without a full stop, addresses a person in this language alone.
    pub(super) fn addresses(self, word: &str) -> bool {
        self.words.is_some_and(|words| words.honorifics.has(word)) || self.code == "de" && is_compound_title(word)
    }

    /// Whether such a word is written with a full stop.
    pub(super) fn abbreviates(self, word: &str) -> bool {
        self.addresses(word) && ABBREVIATED.has(word)
    }

    /// Whether the word makes the next one of a kind, not a name.
    pub(super) fn determines(self, word: &str) -> bool {
        self.has(&DETERMINERS, |words| &words.determiners, word)
    }

    /// Whether the word stands before a place more than before a person.
    pub(super) fn leads_to_places(self, word: &str) -> bool {
        self.has(&BEFORE_PLACES, |words| &words.before_places, word)
    }

    /// Whether the word is one for places, and the name behind it, or behind it and "of", that of one: "rue", "laguna de".
    pub(super) fn heads_places(self, word: &str) -> bool {
        self.words.is_some_and(|words| words.place_heads.has(word))
    }

    /// Whether the word joins what something is of to it: "di", "de".
    pub(super) fn is_of(self, word: &str) -> bool {
        matches!(self.code, "fr" | "es" | "pt" | "it") && matches!(word, "de" | "di" | "do" | "da" | "d")
    }

    /// Whether the word stands before either.
    pub(super) fn leads_to_either(self, word: &str) -> bool {
        self.has(&BEFORE_EITHER, |words| &words.before_either, word)
    }

    /// Whether the word says of the next one what a person is to somebody, or earns his bread by.
    pub(super) fn is_kin(self, word: &str) -> bool {
        self.has(&KIN, |words| &words.kin, word)
    }

    /// Whether people follow the word more than places and things do.
    pub(super) fn leads_to_people(self, word: &str) -> bool {
        self.has(&BEFORE_PEOPLE_MOSTLY, |words| &words.before_people, word)
    }

    /// Whether the word is what people do.
    pub(super) fn acts(self, word: &str) -> bool {
        self.has(&HUMAN_VERBS, |words| &words.acts, word)
    }

    /// Whether the word ends as what somebody or something has done does in this language: "cortou", "llegó", "andò".
    pub(super) fn is_past(self, word: &str) -> bool {
        let ends: &[&str] = match self.code {
            "pt" => &["ou", "eu", "iu", "ava", "aram", "eram", "iram"],
            "es" => &["ó", "aba", "aron", "ieron"],
            "it" => &["ò", "ava", "eva", "arono", "irono"],
            "fr" => &["ait", "aient"],
            "nordic" => &["ade", "ede"],
            _ => &[],
        };
        word.chars().count() > 3 && ends.iter().any(|end| word.ends_with(end))
    }

    /// Whether the word may stand between a person and what he does.
    pub(super) fn is_auxiliary(self, word: &str) -> bool {
        self.has(&AUXILIARIES, |words| &words.auxiliaries, word)
    }

    /// Whether the word joins two names.
    pub(super) fn joins(self, word: &str) -> bool {
        matches!(word, "and" | "," | "&" | "or" | "(") || self.words.is_some_and(|words| words.and.has(word))
    }

    /// Whether the lists of English words hold for it.
    pub(super) fn is_english(self) -> bool {
        self.code == "en"
    }

    pub(super) fn is_portuguese(self) -> bool {
        self.code == "pt"
    }

    /// Whether a capital inside a sentence marks a name: not where every noun has one, nor where there are none.
    pub(super) fn capitals_tell(self) -> bool {
        self.capitals_tell
    }

    /// Whether a given name, in small letters, is rather another word that has a capital too.
    pub(super) fn is_noun(self, given: &str) -> bool {
        self.words.is_some_and(|words| words.nouns.has(given))
    }

    /// Whether a word, in small letters, is rather no name where it opens a sentence of this language.
    pub(super) fn opens(self, word: &str) -> bool {
        self.words.is_some_and(|words| {
            let small =
                [&words.nouns, &words.determiners, &words.before_places, &words.before_either, &words.auxiliaries];
            small.iter().any(|list| list.has(word))
        })
    }
}

/// What is known of a language, by its code.
fn named(lang: &str) -> (&'static str, Option<&'static Words>) {
    match lang {
        "en" => ("en", None),
        "de" | "lb" => ("de", Some(&GERMAN)),
        "fr" => ("fr", Some(&FRENCH)),
        "es" | "ca" | "gl" => ("es", Some(&SPANISH)),
        "pt" => ("pt", Some(&PORTUGUESE)),
        "it" => ("it", Some(&ITALIAN)),
        "nl" | "af" => ("nl", Some(&DUTCH)),
        "sv" | "da" | "nb" | "nn" | "no" => ("nordic", Some(&NORDIC)),
        "ja" | "zh" | "ko" | "ar" | "he" | "hi" | "th" => ("none", None),
        _ => ("other", None),
    }
}

/// "Kapitänleutnant", "Baumeister": German titles and trades are told by their last part.
fn is_compound_title(word: &str) -> bool {
    const LAST: [&str; 15] = [
        "leutnant",
        "lieutenant",
        "lieutnant",
        "hauptmann",
        "major",
        "oberst",
        "general",
        "minister",
        "meister",
        "direktor",
        "professor",
        "inspektor",
        "sekretär",
        "pfarrer",
        "doktor",
    ];
    LAST.iter().any(|last| word.strip_suffix(last).is_some_and(|first| first.len() > 1))
}
