//! Dates of the French Republic: `12 brumaire an III`, `le 3 nivôse, an 4`.

use super::names::{self, plain};
use super::{Parts, Written};
use diary::{Calendar, CivilDate, Span};

/// The months of thirty days each, and the days at the end of the year.
const MONTHS: [&str; 13] = [
    "vendemiaire",
    "brumaire",
    "frimaire",
    "nivose",
    "pluviose",
    "ventose",
    "germinal",
    "floreal",
    "prairial",
    "messidor",
    "thermidor",
    "fructidor",
    "complementaire",
];

/// The day of September on which each year began, from the year I (1792) to the year XIV (1805).
const BEGINNINGS: [u32; 14] = [22, 22, 22, 23, 22, 22, 22, 23, 23, 23, 23, 24, 23, 23];

const YEARS: [&str; 14] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv"];

/// A day of the Republic as a line begins with it, perhaps without its year.
#[derive(Clone, Copy)]
pub(crate) struct Day {
    pub(crate) day: u32,
    /// From 0 on.
    pub(crate) month: u32,
    /// From 0 on, the year I.
    pub(crate) year: Option<u32>,
    pub(crate) span: Span,
}

impl Day {
    /// The day in the calendar of today, in its own year or in that of the days beside it.
    pub(crate) fn parts(self, year: u32) -> Option<Parts> {
        let autumn = i32::try_from(year).ok()?.checked_add(1792)?;
        let beginning = Calendar::Gregorian.day(CivilDate::new(autumn, 9, *BEGINNINGS.get(year as usize)?)?)?;
        let days = i64::from(self.month) * 30 + i64::from(self.day) - 1;
        let date = Calendar::Gregorian.civil(beginning.plus(days));
        Some(Parts::ymd(date.year(), date.month(), date.day()))
    }
}

/// The date that a line begins with, whole: a day, a month of the Republic, and its year.
pub(super) fn scan(line: &str) -> Option<Written> {
    let day = read(line)?;
    Some(Written { first: day.parts(day.year?)?, span: day.span, ..Written::default() })
}

/// The day and month of the Republic that a line begins with, and the year if it has one.
pub(crate) fn read(line: &str) -> Option<Day> {
    let mut words = words(line).peekable();
    words.next_if(|(word, ..)| matches!(word.as_str(), "le" | "du" | "ce"));
    let (day, start, _) = words.next()?;
    let figures = day.trim_end_matches(|c: char| !c.is_ascii_digit());
    let day: u32 = figures.parse().ok().filter(|day| (1..=30).contains(day))?;
    words.next_if(|(word, ..)| word == "jour");
    let (month, at, length) = words.next()?;
    let month = MONTHS.iter().position(|name| month.trim_end_matches('s') == *name)?;
    while words.next_if(|(word, ..)| matches!(word.as_str(), "de" | "l")).is_some() {}
    let year = year(&mut words);
    let end = year.map_or(at + length, |(_, end)| end);
    let month = u32::try_from(month).ok()?;
    Some(Day { day, month, year: year.map(|(year, _)| year), span: Span::new(start, end) })
}

/// The year of the Republic that a line is and nothing more: `AN III`, `An II de la République`.
pub(crate) fn year_alone(line: &str) -> Option<u32> {
    let mut words = words(line).peekable();
    words.next_if(|(word, ..)| word == "l");
    let (year, end) = year(&mut words)?;
    let rest = names::plain(line.get(end..)?);
    let rest = rest.trim_matches(|c: char| !c.is_alphanumeric());
    (rest.is_empty() || rest.contains("republique")).then_some(year)
}

/// The words of a line, each with where it begins and how long it is.
fn words(line: &str) -> impl Iterator<Item = (String, usize, usize)> {
    line.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| (plain(word), word.as_ptr() as usize - line.as_ptr() as usize, word.len()))
        .take(8)
}

/// The year that comes next, from 0 on, and where it is over.
fn year(words: &mut std::iter::Peekable<impl Iterator<Item = (String, usize, usize)>>) -> Option<(u32, usize)> {
    words.next_if(|(word, ..)| matches!(word.as_str(), "an" | "annee"))?;
    let (year, at, length) = words.next()?;
    let year = YEARS.iter().position(|name| *name == year).or_else(|| year.parse::<usize>().ok()?.checked_sub(1))?;
    Some((u32::try_from(year).ok()?, at + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_the_republic() {
        for (line, expect) in [
            ("1er vendémiaire an I", "1792-09-22"),
            ("9 thermidor an II", "1794-07-27"),
            ("Le 18 Brumaire, an VIII.", "1799-11-09"),
            ("13 vendémiaire de l\'an 4", "1795-10-05"),
            ("5e jour complémentaire an III", "1795-09-21"),
        ] {
            let Parts { year, month, day } = scan(line).unwrap_or_else(|| panic!("{line}")).first;
            let shown = format!("{}-{:02}-{:02}", year.unwrap(), month.unwrap(), day.unwrap());
            assert_eq!(shown, expect, "{line}");
        }
        for line in ["9 thermidor", "le 3 mai an II", "31 brumaire an II", "3 nivôse an XX"] {
            assert!(scan(line).is_none(), "{line}");
        }
    }
}
