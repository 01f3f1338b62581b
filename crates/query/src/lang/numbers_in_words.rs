//! Months and days of a month as people write them out: `July`, `juillet`, `second`, `twenty-first`.

use super::kanji;
use diary::month_name;
use diary_index_schema::analysis;

/// The months of other languages than English, accents left out, January first.
const ABROAD: [[&str; 12]; 5] = [
    [
        "januar",
        "februar",
        "marz",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "dezember",
    ],
    [
        "janvier",
        "fevrier",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "aout",
        "septembre",
        "octobre",
        "novembre",
        "decembre",
    ],
    [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    [
        "gennaio",
        "febbraio",
        "marzo",
        "aprile",
        "maggio",
        "giugno",
        "luglio",
        "agosto",
        "settembre",
        "ottobre",
        "novembre",
        "dicembre",
    ],
    [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ],
];

/// The month of this English name or abbreviation (three letters at least), 1 to 12.
pub(super) fn month_number(name: &str) -> Option<u32> {
    let name = name.trim_end_matches('.');
    let begins = |whole: &str| whole.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    (1..=12).find(|&month| name.len() >= 3 && begins(month_name(month)))
}

/// The month of this name in one of the languages that diaries are mostly written in.
pub(super) fn month_in_any_language(name: &str) -> Option<u32> {
    month_number(name).or_else(|| kanji::month(name)).or_else(|| {
        let name = analysis::fold(name);
        let month = ABROAD.iter().find_map(|months| months.iter().position(|month| *month == name))?;
        u32::try_from(month + 1).ok()
    })
}

/// The number of this ordinal, 1 to 31: `second`, `twentieth`, `twenty-first`.
pub(super) fn ordinal(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    match word.split_once(['-', ' ']) {
        None => diary::ordinal(&word),
        Some(("twenty", unit)) => diary::ordinal(unit).filter(|unit| *unit <= 9).map(|unit| 20 + unit),
        Some(("thirty", "first")) => Some(31),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_days_are_read_in_words() {
        for (name, month) in [("sept.", 9), ("Juillet", 7), ("März", 3), ("août", 8), ("dezember", 12), ("mei", 5)] {
            assert_eq!(month_in_any_language(name), Some(month), "{name}");
        }
        assert_eq!(
            (month_number("mars"), month_in_any_language("ju"), month_in_any_language("janv")),
            (None, None, None)
        );
        for (word, day) in
            [("Second", 2), ("twelfth", 12), ("twenty-first", 21), ("thirty first", 31), ("thirtieth", 30)]
        {
            assert_eq!(ordinal(word), Some(day), "{word}");
        }
        assert!(["two", "twenty-tenth", "hundredth", "twenty", ""].iter().all(|word| ordinal(word).is_none()));
    }
}
