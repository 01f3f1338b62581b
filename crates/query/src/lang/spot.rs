//! Dates among the bare words of a query.

use super::date::Period;
use super::text_of_date::{month_number, read_period};
use std::ops::Range;

/// A time that bare words name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unmarked {
    /// `2003-12`, `19 Dec 2003`, `july 2003`, `2003`.
    Period(Period),
    /// `july`, of any year.
    Month(u32),
}

/// The times that `words` name, with the words that do, in order and apart from one another. An empty string stands for
/// something that is no bare word.
///
/// Words that are also others are none: `may` and `march` need a year or a day beside them.
pub(crate) fn spot(words: &[&str]) -> Vec<(Range<usize>, Unmarked)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let longest = (1..=3).rev().find_map(|length| Some((length, time(words.get(at..at + length)?)?)));
        match longest {
            Some((length, time)) => {
                found.push((at..at + length, time));
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

fn time(words: &[&str]) -> Option<Unmarked> {
    let digits = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    match words {
        [word] if digits(word) => match read_period(word).ok()? {
            Period::Year(year) if !(1000..=2100).contains(&year) => None,
            period => Some(Unmarked::Period(period)),
        },
        [word] => {
            month_number(word).filter(|_| word.len() > 3 && !word.eq_ignore_ascii_case("march")).map(Unmarked::Month)
        }
        [a, b] if month_number(a).is_some() && digits(b) => read_period(&format!("{a} {b}")).ok().map(Unmarked::Period),
        [a, b, c] if [a, b].iter().any(|word| month_number(word).is_some()) && digits(c) => {
            read_period(&format!("{a} {b} {c}")).ok().map(Unmarked::Period)
        }
        _ => None,
    }
}
