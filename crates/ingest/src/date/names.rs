//! The words that dates are written with: months, days of the week and feasts, in the languages that diaries are
//! written in. Compared after [`plain`]: lower case, accents taken off.

use super::words;
use diary::{CivilDate, Day, Weekday};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case without accents: `Août` and `aout` are one word.
pub(crate) fn plain(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

static MONTHS: LazyLock<Table> = LazyLock::new(|| Table::of(&words::MONTHS, &words::cldr::MONTHS));
static WEEKDAYS: LazyLock<Table> = LazyLock::new(|| Table::of(&words::WEEKDAYS, &words::cldr::WEEKDAYS));

/// A table of names, as it is asked: of every word of every line that may be a date.
struct Table {
    /// Of each word its row, and whether it is a full name.
    words: FxHashMap<&'static str, (usize, bool)>,
    /// The first of each row.
    english: Vec<&'static str>,
    /// The names that are long enough to be told by all but one of their letters, with their rows.
    long: Vec<(usize, &'static str)>,
}

impl Table {
    fn of(table: &[(&'static str, &'static str)], more: &[&'static str]) -> Self {
        let mut words = FxHashMap::default();
        let (mut english, mut long) = (Vec::new(), Vec::new());
        for (row, (full, short)) in table.iter().enumerate() {
            english.extend(full.split(' ').next());
            long.extend(full.split(' ').filter(|name| name.len() >= 7).map(|name| (row, name)));
            for (names, is_full) in [(full, true), (short, false)] {
                for word in names.split(' ') {
                    words.entry(word).or_insert((row, is_full));
                }
            }
        }
        for (row, names) in more.iter().enumerate() {
            for word in names.split(' ') {
                words.entry(word).or_insert((row, true));
            }
        }
        Self { words, english, long }
    }

    /// The row of an English name that fits.
    fn english(&self, fits: impl Fn(&str) -> bool) -> Option<usize> {
        self.english.iter().position(|name| fits(name))
    }
}

/// Two-letter weekdays, read only where a full stop or comma follows, or at the end of a date.
const SHORT_WEEKDAYS: [&[&str]; 7] = [
    &["mo", "ma", "пн"],
    &["di", "tu", "ti", "вт"],
    &["mi", "wo", "we", "ke", "ср"],
    &["do", "th", "to", "чт"],
    &["fr", "vr", "pe", "пт"],
    &["sa", "za", "la", "сб"],
    &["so", "zo", "su", "вс"],
];

/// The month, 1 to 12, that a [`plain`] word names.
pub(crate) fn month(word: &str) -> Option<u32> {
    // Basque "urtarrilaren", of January.
    let named = MONTHS.words.get(word).or_else(|| MONTHS.words.get(word.strip_suffix("ren")?));
    named.map(|(row, _)| *row).or_else(|| cut_month(word)).map(number)
}

/// The number of the month in this row.
fn number(row: usize) -> u32 {
    u32::try_from(row + 1).unwrap_or_default()
}

/// The English month that a word is the beginning of, or is contracted from: `Novem`, `Augu`, `Decemr`. Not `nove`, which
/// is nine, nor the name Marc.
fn cut_month(word: &str) -> Option<usize> {
    let cut = word.len() >= 4 && !matches!(word, "nove" | "marc");
    cut.then(|| MONTHS.english(|name| name.starts_with(word) || is_contracted(name, word))).flatten()
}

/// Whether a word is a name without some letters from its middle; one alone is a slip.
fn is_contracted(name: &str, word: &str) -> bool {
    let short = word.len() + 2 <= name.len() && name.bytes().last() == word.bytes().last();
    let mut letters = name.bytes();
    short && word.starts_with(&name[..3]) && word.bytes().all(|letter| letters.any(|other| other == letter))
}

/// Whether a [`plain`] word is the whole name of a month, not a short form of one.
pub(crate) fn is_full_month(word: &str) -> bool {
    MONTHS.words.get(word).is_some_and(|(_, full)| *full)
}

/// The weekday that a [`plain`] word names.
pub(crate) fn weekday(word: &str) -> Option<Weekday> {
    // Swedish says "the Thursday", German "of a Thursday".
    let swedish = word.strip_suffix("en").filter(|stem| stem.ends_with("dag"));
    let german = || word.strip_suffix('s').filter(|stem| stem.ends_with("tag"));
    // "วันเสาร์ที่"
    let thai = || word.strip_suffix('ท').filter(|stem| stem.starts_with('ว'));
    let plain = swedish.or_else(german).or_else(thai).unwrap_or(word);
    WEEKDAYS.words.get(plain).map(|(row, _)| *row).or_else(|| cut_weekday(word)).and_then(from_monday)
}

/// The English weekday that a word is the beginning of, as in `Tuesd.` or `Satu.`
fn cut_weekday(word: &str) -> Option<usize> {
    (word.len() >= 4).then(|| WEEKDAYS.english(|name| name.starts_with(word))).flatten()
}

/// Whether a [`plain`] word is an English weekday or its beginning.
pub(crate) fn is_english_weekday(word: &str) -> bool {
    word.len() >= 3 && WEEKDAYS.english(|name| name.starts_with(word)).is_some()
}

/// The weekday whose whole name a [`plain`] word is.
pub(crate) fn full_weekday(word: &str) -> Option<Weekday> {
    weekday(word).filter(|_| WEEKDAYS.words.get(word).is_none_or(|(_, full)| *full))
}

/// The weekday that a two-letter word names.
pub(crate) fn short_weekday(word: &str) -> Option<Weekday> {
    SHORT_WEEKDAYS.iter().position(|row| row.contains(&word)).and_then(from_monday)
}

/// The weekday that one sign stands for in Japanese, Chinese and Korean.
pub(crate) fn weekday_sign(word: &str) -> Option<Weekday> {
    let place = |signs: &str| signs.chars().position(|sign| word.chars().eq([sign]));
    // Korean syllables are taken apart in plain words.
    let korean = || ["월", "화", "수", "목", "금", "토", "일"].iter().position(|sign| plain(sign) == word);
    place("月火水木金土日").or_else(korean).and_then(from_monday)
}

fn from_monday(index: usize) -> Option<Weekday> {
    Weekday::try_from(index as u8).ok()
}

/// The month that a misspelt [`plain`] word is a slip or two away from.
pub(crate) fn misspelt_month(word: &str) -> Option<u32> {
    if word == "marche" {
        return Some(3);
    }
    nearest(&MONTHS, word, 1).or_else(|| slipped_month(word)).map(number)
}

/// The month that a word is with two letters exchanged or one doubled: `Apirl`, `Jully`. So much even the short names
/// bear, though not `Amy`.
fn slipped_month(word: &str) -> Option<usize> {
    let exchanged = |name: &str| {
        name.len() == word.len() && name != word && {
            let (name, word) = different(name.as_bytes(), word.as_bytes());
            matches!((name, word), ([a, b], [c, d]) if a == d && b == c)
        }
    };
    let doubled = |name: &str| {
        let once = word.bytes().scan(0, |before, byte| Some((std::mem::replace(before, byte), byte)));
        word.len() == name.len() + 1
            && once.filter(|(before, byte)| before != byte).map(|(_, byte)| byte).eq(name.bytes())
    };
    (word != "amy").then(|| MONTHS.english(|name| exchanged(name) || doubled(name))).flatten()
}

/// June or July, of which scanning has spoilt one letter: `Jnne`, `Tuly`. So short a word may be any other, so that a
/// weekday must stand beside it.
pub(crate) fn spoilt_month(word: &str) -> Option<u32> {
    let differ = |name: &str| name.bytes().zip(word.bytes()).filter(|(a, b)| a != b).count() == 1;
    MONTHS.english(|name| name.len() == 4 && word.len() == 4 && differ(name)).map(number)
}

/// The weekday that a misspelt [`plain`] word is at most two slips away from; words under six letters are left alone.
pub(crate) fn misspelt_weekday(word: &str) -> Option<Weekday> {
    (word.chars().count() >= 6).then(|| nearest(&WEEKDAYS, word, 2)).flatten().and_then(from_monday)
}

fn nearest(table: &Table, word: &str, within: usize) -> Option<usize> {
    let letters = word.chars().count();
    if !(5..=12).contains(&letters) || !word.is_ascii() {
        return None;
    }
    // Only the longer names: one slip turns "marco" into "mars", but hardly anything into "february".
    let of_english = |within| table.english(|name| name.len() >= 6 && is_within(name, word, within));
    let of_others = || table.long.iter().find(|(_, name)| is_within(name, word, 1)).map(|(row, _)| *row);
    // The longest bear two slips: "Feburay", "Setpmeber".
    of_english(within).or_else(of_others).or_else(|| of_english(2).filter(|_| letters >= 7))
}

/// Whether two words are at most so many slips apart: letters left out, put in, changed, or exchanged with the next.
/// Most words are nothing like a month, which their length or what they do not share shows at once.
fn is_within(name: &str, word: &str, slips: usize) -> bool {
    if name.len().abs_diff(word.len()) > slips {
        return false;
    }
    let (one, other) = different(name.as_bytes(), word.as_bytes());
    match (one, other) {
        ([] | [_], [] | [_]) => true,
        ([a, b], [c, d]) if a == d && b == c => true,
        _ if slips == 1 || one.iter().filter(|letter| !other.contains(letter)).count() > slips => false,
        _ => strsim::osa_distance(name, word) <= slips,
    }
}

/// What is left of two words without what they begin and end with alike.
fn different<'a>(one: &'a [u8], other: &'a [u8]) -> (&'a [u8], &'a [u8]) {
    let front = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[front..], &other[front..]);
    let back = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    (&one[..one.len() - back], &other[..other.len() - back])
}

/// A day of the year that has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Feast {
    /// The same day every year.
    Fixed(u32, u32),
    /// So many days after Easter Sunday.
    Easter(i64),
}

impl Feast {
    /// Its day in a year of the Gregorian calendar, as printed.
    pub(crate) fn in_year(self, year: i32) -> Option<CivilDate> {
        match self {
            Self::Fixed(month, day) => CivilDate::new(year, month, day),
            Self::Easter(days) => {
                let calendar = diary::Calendar::Gregorian;
                let sunday: Day = calendar.day(easter(year)?)?;
                Some(calendar.civil(sunday.plus(days)))
            }
        }
    }
}

/// Easter Sunday by the anonymous Gregorian rule.
fn easter(year: i32) -> Option<CivilDate> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    CivilDate::new(year, u32::try_from(n / 31).ok()?, u32::try_from(n % 31 + 1).ok()?)
}

/// Feasts by their [`plain`] words, the longest first; a weekday where the name has one.
const FEASTS: &[(&str, Feast)] = &[
    ("new years eve", Feast::Fixed(12, 31)),
    ("new year s eve", Feast::Fixed(12, 31)),
    ("new years day", Feast::Fixed(1, 1)),
    ("new year s day", Feast::Fixed(1, 1)),
    ("new yeares day", Feast::Fixed(1, 1)),
    ("new yeare s day", Feast::Fixed(1, 1)),
    ("jour de l an", Feast::Fixed(1, 1)),
    ("christmas eve", Feast::Fixed(12, 24)),
    ("christmas day", Feast::Fixed(12, 25)),
    ("christmas", Feast::Fixed(12, 25)),
    ("xmas eve", Feast::Fixed(12, 24)),
    ("xmas day", Feast::Fixed(12, 25)),
    ("xmas", Feast::Fixed(12, 25)),
    ("boxing day", Feast::Fixed(12, 26)),
    ("heiligabend", Feast::Fixed(12, 24)),
    ("silvester", Feast::Fixed(12, 31)),
    ("neujahr", Feast::Fixed(1, 1)),
    ("noel", Feast::Fixed(12, 25)),
    ("twelfth day", Feast::Fixed(1, 6)),
    ("valentine s day", Feast::Fixed(2, 14)),
    ("valentines day", Feast::Fixed(2, 14)),
    ("lady day", Feast::Fixed(3, 25)),
    ("midsummer day", Feast::Fixed(6, 24)),
    ("shrove tuesday", Feast::Easter(-47)),
    ("ash wednesday", Feast::Easter(-46)),
    ("palm sunday", Feast::Easter(-7)),
    ("maundy thursday", Feast::Easter(-3)),
    ("good friday", Feast::Easter(-2)),
    ("easter sunday", Feast::Easter(0)),
    ("easter day", Feast::Easter(0)),
    ("easter monday", Feast::Easter(1)),
    ("ostersonntag", Feast::Easter(0)),
    ("ascension day", Feast::Easter(39)),
    ("whit sunday", Feast::Easter(49)),
    ("whitsunday", Feast::Easter(49)),
    ("whit monday", Feast::Easter(50)),
    ("st valentine s day", Feast::Fixed(2, 14)),
    ("saint valentine s day", Feast::Fixed(2, 14)),
    ("st david s day", Feast::Fixed(3, 1)),
    ("st patrick s day", Feast::Fixed(3, 17)),
    ("st george s day", Feast::Fixed(4, 23)),
    ("may day", Feast::Fixed(5, 1)),
    ("st john s day", Feast::Fixed(6, 24)),
    ("midsummer eve", Feast::Fixed(6, 23)),
    ("fourth of july", Feast::Fixed(7, 4)),
    ("independence day", Feast::Fixed(7, 4)),
    ("st swithin s day", Feast::Fixed(7, 15)),
    ("michaelmas day", Feast::Fixed(9, 29)),
    ("michaelmas", Feast::Fixed(9, 29)),
    ("halloween", Feast::Fixed(10, 31)),
    ("all saints day", Feast::Fixed(11, 1)),
    ("all souls day", Feast::Fixed(11, 2)),
    ("guy fawkes day", Feast::Fixed(11, 5)),
    ("armistice day", Feast::Fixed(11, 11)),
    ("martinmas", Feast::Fixed(11, 11)),
    ("st andrew s day", Feast::Fixed(11, 30)),
    ("st stephen s day", Feast::Fixed(12, 26)),
    ("holy innocents day", Feast::Fixed(12, 28)),
    ("candlemas day", Feast::Fixed(2, 2)),
    ("candlemas", Feast::Fixed(2, 2)),
    ("epiphany", Feast::Fixed(1, 6)),
    ("easter eve", Feast::Easter(-1)),
    ("easter tuesday", Feast::Easter(2)),
    ("low sunday", Feast::Easter(7)),
    ("whit tuesday", Feast::Easter(51)),
    ("trinity sunday", Feast::Easter(56)),
    ("corpus christi", Feast::Easter(60)),
    ("heiliger abend", Feast::Fixed(12, 24)),
    ("weihnachten", Feast::Fixed(12, 25)),
    ("rosenmontag", Feast::Easter(-48)),
    ("aschermittwoch", Feast::Easter(-46)),
    ("palmsonntag", Feast::Easter(-7)),
    ("grundonnerstag", Feast::Easter(-3)),
    ("karfreitag", Feast::Easter(-2)),
    ("ostermontag", Feast::Easter(1)),
    ("himmelfahrt", Feast::Easter(39)),
    ("pfingstsonntag", Feast::Easter(49)),
    ("pfingstmontag", Feast::Easter(50)),
    ("mardi gras", Feast::Easter(-47)),
    ("vendredi saint", Feast::Easter(-2)),
    ("lundi de paques", Feast::Easter(1)),
    ("toussaint", Feast::Fixed(11, 1)),
    ("nochebuena", Feast::Fixed(12, 24)),
    ("navidad", Feast::Fixed(12, 25)),
    ("nochevieja", Feast::Fixed(12, 31)),
    ("viernes santo", Feast::Easter(-2)),
    ("capodanno", Feast::Fixed(1, 1)),
    ("ferragosto", Feast::Fixed(8, 15)),
    ("santo stefano", Feast::Fixed(12, 26)),
    ("natale", Feast::Fixed(12, 25)),
];

/// [`FEASTS`] by their first words.
static FEASTS_BY_WORD: LazyLock<FxHashMap<&str, Vec<(&str, Feast)>>> = LazyLock::new(|| {
    let mut by_word: FxHashMap<&str, Vec<(&str, Feast)>> = FxHashMap::default();
    for &(name, feast) in FEASTS {
        by_word.entry(name.split(' ').next().unwrap_or(name)).or_default().push((name, feast));
    }
    by_word
});

/// The feast that a run of [`plain`] words begins with, how many words it takes, and its weekday where it names one.
pub(crate) fn feast(words: &[&str]) -> Option<(Feast, usize, Option<Weekday>)> {
    FEASTS_BY_WORD.get(words.first()?)?.iter().find_map(|(name, feast)| {
        let parts = || name.split(' ');
        let fits = parts().zip(words).all(|(part, word)| part == *word) && words.len() >= parts().count();
        fits.then(|| (*feast, parts().count(), parts().find_map(weekday)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_many_languages() {
        for (word, number) in [("Août", 8), ("Jänner", 1), ("Chwefror", 2), ("OTTOBRE", 10), ("марта", 3), ("Sept", 9)]
        {
            assert_eq!(month(&plain(word)), Some(number), "{word}");
        }
        for (word, day) in [("Mercredi", Weekday::Wed), ("sábado", Weekday::Sat), ("Söndag", Weekday::Sun)] {
            assert_eq!(weekday(&plain(word)), Some(day), "{word}");
        }
        assert_eq!(misspelt_month("febuary"), Some(2));
        assert_eq!(misspelt_month("house"), None);
        assert_eq!(misspelt_weekday("wensday"), Some(Weekday::Wed));
    }

    #[test]
    fn feasts_move_with_easter() {
        assert_eq!(Feast::Easter(-2).in_year(1936).map(|d| d.to_string()).as_deref(), Some("1936-04-10"));
        assert_eq!(feast(&["xmas", "day"]).map(|(f, n, _)| (f, n)), Some((Feast::Fixed(12, 25), 2)));
    }
}
