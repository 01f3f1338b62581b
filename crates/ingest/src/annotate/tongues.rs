//! What the language of an entry changes: how people are addressed in it, and what its capitals and small words tell.

use super::cues::{BEFORE_EITHER, BEFORE_PLACES, DETERMINERS};
use super::lists::{List, words};
use diary::Entry;
use std::collections::BTreeMap;

/// The language that an entry is read as.
#[derive(Clone, Copy)]
pub(super) struct Tongue {
    code: &'static str,
    words: Option<&'static Words>,
}

/// Small words of a language, in small letters and without full stops.
struct Words {
    /// What stands in front of a person's name as part of it, in this language alone.
    honorifics: List,
    /// What makes the next word one of a kind, not a name.
    determiners: List,
    /// What stands before a place more than before a person.
    before_places: List,
    /// What stands before either.
    before_either: List,
    /// What joins two names.
    and: &'static str,
    /// Given names that are rather other words, at the start of a sentence or where every noun has a capital.
    nouns: List,
}

/// Honorifics that are written with a full stop.
static ABBREVIATED: List =
    words!("m mm mme mmes mlle mlles mgr me sr sra srta sres d hr fr frl sig sigra avv ing dott dhr mevr mw");

static GERMAN: Words = Words {
    honorifics: words!("herr herrn hr frau fr fräulein frl onkel tante graf gräfin pfarrer pastor doktor"),
    determiners: words!(
        "der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner mein meine meinen \
         meinem meiner dein deine sein seine seinen seinem seiner ihr ihre ihren ihrem ihrer unser unsere im am zum zur \
         vom beim ins ans diese dieser dieses diesen diesem jede jeder jedes jeden alle alles viel viele zwei drei vier \
         fünf sechs sieben acht neun zehn zwanzig fünfzig hundert tausend zweitausend"
    ),
    before_places: words!("in nach aus durch"),
    before_either: words!("von über"),
    and: "und",
    nouns: words!(
        "mark ernst rose heide sommer berg mai juni juli august kaiser linde falk kiel halle flora iris luna alma"
    ),
};
static FRENCH: Words = Words {
    honorifics: words!(
        "m mm mme mmes mlle mlles mgr me monsieur madame mademoiselle oncle tante abbé comte comtesse docteur"
    ),
    determiners: words!(
        "le la les un une des du au aux ce cet cette ces son sa ses mon ma mes ton ta tes notre nos votre vos leur \
         leurs quelque chaque"
    ),
    before_places: words!("en dans vers"),
    before_either: words!("à de"),
    and: "et",
    nouns: words!(""),
};
static SPANISH: Words = Words {
    honorifics: words!("sr sra srta sres señor señora señorita don doña d tío tía padre"),
    determiners: words!("el la los las un una unos unas del al este esta ese esa su sus mi mis"),
    before_places: words!("en hacia desde"),
    before_either: words!("a de"),
    and: "y",
    nouns: words!("hoy mayo sol cruz paz luz mar rosa"),
};
static PORTUGUESE: Words = Words {
    honorifics: words!("sr sra srta senhor senhora dona dom tio tia padre"),
    determiners: words!("um uma este esta esse essa seu sua meu minha"),
    before_places: words!("em no na para"),
    before_either: words!("a de do da"),
    and: "e",
    nouns: words!(""),
};
static ITALIAN: Words = Words {
    honorifics: words!("sig sigra signor signora signorina don donna zio zia avv ing dott conte contessa"),
    determiners: words!("un uno una questo questa suo sua mio mia"),
    before_places: words!("in verso"),
    before_either: words!("a da di"),
    and: "e",
    nouns: words!(""),
};
static DUTCH: Words = Words {
    honorifics: words!("dhr mevr mw mijnheer meneer mevrouw juffrouw oom tante dominee"),
    determiners: words!("de het een mijn zijn haar onze dit deze die dat"),
    before_places: words!("in naar te uit"),
    before_either: words!("van"),
    and: "en",
    nouns: words!(""),
};
static NORDIC: Words = Words {
    honorifics: words!("hr herr fru frøken fröken froken onkel tante farbror moster faster"),
    determiners: words!("en et ett den det de min sin"),
    before_places: words!("i på till til"),
    before_either: words!("från fra"),
    and: "och",
    nouns: words!(""),
};

impl Tongue {
    /// The language of an entry; where that could not be told, the usual one of its archive, or English.
    pub(super) fn of(entry: &Entry, usual: Option<&str>) -> Self {
        let (code, words) = match entry.lang.as_deref().or(usual).unwrap_or("en") {
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
        };
        Self { code, words }
    }

    /// The language that most of these entries are in, as far as it could be told.
    pub(super) fn usual<'e>(entries: &[&'e Entry]) -> Option<&'e str> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        entries.iter().filter_map(|entry| entry.lang.as_deref()).for_each(|lang| *counts.entry(lang).or_default() += 1);
        counts.into_iter().max_by_key(|(_, count)| *count).map(|(lang, _)| lang)
    }

    fn has(self, english: &List, list: impl Fn(&'static Words) -> &'static List, word: &str) -> bool {
        self.words.map_or_else(|| english.has(word), |words| list(words).has(word))
    }

    /// Whether the word, in small letters and without a full stop, addresses a person in this language alone.
    pub(super) fn addresses(self, word: &str) -> bool {
        self.words.is_some_and(|words| words.honorifics.has(word))
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

    /// Whether the word stands before either.
    pub(super) fn leads_to_either(self, word: &str) -> bool {
        self.has(&BEFORE_EITHER, |words| &words.before_either, word)
    }

    /// Whether the word joins two names.
    pub(super) fn joins(self, word: &str) -> bool {
        matches!(word, "and" | "," | "&" | "or" | "(") || self.words.is_some_and(|words| words.and == word)
    }

    /// Whether the lists of English words hold for it.
    pub(super) fn is_english(self) -> bool {
        self.code == "en"
    }

    /// Whether a capital inside a sentence marks a name: not in German, nor where there are none.
    pub(super) fn capitals_tell(self) -> bool {
        !matches!(self.code, "de" | "none")
    }

    /// Whether a given name, in small letters, is rather another word that has a capital too.
    pub(super) fn is_noun(self, given: &str) -> bool {
        self.words.is_some_and(|words| words.nouns.has(given))
    }
}
