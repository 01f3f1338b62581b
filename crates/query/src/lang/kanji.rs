//! Dates with 年, 月 and 日 behind their numbers.

use diary::{era, kanji_number};

/// Such a date as others are written: `1930-09-09` for `昭和五年九月九日`, `1930-09`, `1930`, `09-09` for `九月九日`.
pub(super) fn in_figures(text: &str) -> Option<String> {
    let (year, rest) = match year(text) {
        Some((year, rest)) => (Some(format!("{year:04}")), rest),
        None => (None, text),
    };
    let (month, rest) = counted(rest, '月').map_or((None, rest), |(month, rest)| (Some(month), rest));
    let (day, rest) = counted(rest, '日').map_or((None, rest), |(day, rest)| (Some(day), rest));
    let parts = match (year, month, day) {
        (Some(year), None, None) => year,
        (Some(year), Some(month), None) => format!("{year}-{month:02}"),
        (Some(year), Some(month), Some(day)) => format!("{year}-{month:02}-{day:02}"),
        (None, Some(month), Some(day)) => format!("{month:02}-{day:02}"),
        _ => return None,
    };
    rest.is_empty().then_some(parts)
}

/// The month that `九月` is.
pub(super) fn month(text: &str) -> Option<u32> {
    counted(text, '月').filter(|(month, rest)| (1..=12).contains(month) && rest.is_empty()).map(|(month, _)| month)
}

/// The year of an era or of four digits that a text begins with, and what follows it.
fn year(text: &str) -> Option<(i64, &str)> {
    let (before, number) = era(text).unwrap_or((0, text));
    let (year, rest) = counted(number, '年')?;
    let year = i64::from(before) + i64::from(year);
    (1000..=9999).contains(&year).then_some((year, rest))
}

fn counted(text: &str, unit: char) -> Option<(u32, &str)> {
    let (number, rest) = kanji_number(text)?;
    Some((number, rest.strip_prefix(unit)?))
}
