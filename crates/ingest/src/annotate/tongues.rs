//! What the language of an entry changes: how people are addressed in it, and what its capitals and small words tell.

use super::lists::{List, words};

/// The language that an entry is read as.
#[derive(Clone, Copy)]
pub(super) struct Tongue {
    code: &'static str,
    honorifics: Option<&'static List>,
}

static GERMAN: List = words!("herr herrn hr frau fr fräulein frl onkel tante graf gräfin pfarrer pastor doktor");
static FRENCH: List =
    words!("m mm mme mmes mlle mlles mgr me monsieur madame mademoiselle oncle tante abbé comte comtesse docteur");
static SPANISH: List = words!("sr sra srta sres señor señora señorita don doña d tío tía padre");
static PORTUGUESE: List = words!("sr sra srta senhor senhora dona dom tio tia padre");
static ITALIAN: List = words!("sig sigra signor signora signorina don donna zio zia avv ing dott conte contessa");
static DUTCH: List = words!("dhr mevr mw mijnheer meneer mevrouw juffrouw oom tante dominee");
static NORDIC: List = words!("hr herr fru frøken fröken froken onkel tante farbror moster faster");

impl Tongue {
    /// The language with this two-letter code; English where it is not known.
    pub(super) fn new(code: Option<&str>) -> Self {
        let (code, honorifics) = match code.unwrap_or("en") {
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
        Self { code, honorifics }
    }

    /// Whether the word, in small letters and without a full stop, addresses a person in this language alone.
    pub(super) fn addresses(self, word: &str) -> bool {
        self.honorifics.is_some_and(|list| list.has(word))
    }

    /// Whether the lists of English words hold for it.
    pub(super) fn is_english(self) -> bool {
        self.code == "en"
    }

    /// Whether a capital inside a sentence marks a name: not in German, nor where there are none.
    pub(super) fn capitals_tell(self) -> bool {
        !matches!(self.code, "de" | "none")
    }
}
