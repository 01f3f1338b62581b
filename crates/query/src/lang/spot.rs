//! Dates among the bare words of a query.

use super::ast::{Clause, DayOfYear, MonthOf, Query};
use super::date::{DateExpr, Period};
use super::text_of_date::{month_number, read_day_of_year, read_period, weekday};
use std::ops::Range;

/// A time that bare words name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unmarked {
    /// `2003-12`, `19 Dec 2003`, `july 2003`, `2003`.
    Period(Period),
    /// `easter 1661`, `last week of july 2003`: what hardly anybody writes who means other words.
    Named(Period),
    /// `july`, of any year.
    Month(u32),
    /// `4 july`, of any year.
    Day {
        /// 1 to 12.
        month: u32,
        /// From 1.
        day: u32,
    },
}

impl From<Unmarked> for Clause {
    /// What asks for the entries of that time.
    fn from(time: Unmarked) -> Self {
        match time {
            Unmarked::Period(period) | Unmarked::Named(period) => Self::Dates(vec![DateExpr::In(period)]),
            Unmarked::Month(month) => Self::Months(vec![MonthOf { year: None, month }]),
            Unmarked::Day { month, day } => Self::Days(vec![DayOfYear::On { month, day }]),
        }
    }
}

/// The query with the first time among its bare words asked for as a time, in their place, and which parts they were.
pub(crate) fn dated(query: &Query) -> Option<(Query, Range<usize>)> {
    let parts = query.parts();
    let words: Vec<&str> = parts.iter().map(|part| part.bare_word().unwrap_or_default()).collect();
    let (range, time) = spot(&words).into_iter().next()?;
    let mut parts = parts.to_vec();
    parts.splice(range.clone(), [Clause::from(time)]);
    Some((query.with_clause(Clause::and(parts)), range))
}

/// The times that `words` name, with the words that do, in order and apart from one another. An empty string stands for
/// something that is no bare word.
///
/// Words that are also others are none: `may` and `march` need a year or a day beside them.
pub(crate) fn spot(words: &[&str]) -> Vec<(Range<usize>, Unmarked)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let longest = (1..=LONGEST).rev().find_map(|length| Some((length, time(words.get(at..at + length)?)?)));
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

/// The longest time that is looked for, in words: `last week of july 2003`.
const LONGEST: usize = 5;

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
        [a, b] if month_number(a).is_some() && digits(b) => {
            read_period(&format!("{a} {b}")).ok().map(Unmarked::Period).or_else(|| day_of_year(a, b))
        }
        [a, b] if digits(a) && month_number(b).is_some() => day_of_year(a, b),
        [a, of, b] if of.eq_ignore_ascii_case("of") && digits(a) && month_number(b).is_some() => day_of_year(a, b),
        [a, b, c] if [a, b].iter().any(|word| month_number(word).is_some()) && digits(c) => {
            read_period(&format!("{a} {b} {c}")).ok().map(Unmarked::Period)
        }
        // `winter 1827`, `easter 1661`, `early july 2003`: what has a name and a year.
        [first, .., last] if words.len() > 1 && (is_year(first) || is_year(last)) && !digits(first) | !digits(last) => {
            let joined = [first, last].iter().any(|word| JOINING.contains(&word.to_lowercase().as_str()));
            // A weekday of a year is no period.
            let joined = joined || words.len() == 2 && weekday(first).is_some();
            if joined || words.contains(&"") { None } else { read_period(&words.join(" ")).ok().map(Unmarked::Named) }
        }
        _ => None,
    }
}

/// `4 july`, `july 4th`.
fn day_of_year(a: &str, b: &str) -> Option<Unmarked> {
    let (month, day) = read_day_of_year(&format!("{a} {b}"))?;
    Some(Unmarked::Day { month, day })
}

/// Words that a date may have inside, and that no time begins or ends with.
const JOINING: [&str; 4] = ["of", "the", "in", "on"];

/// Where the year stands in a time that has a name of its own: after `easter` in `easter 1661`; nowhere in `july 2003`.
pub(crate) fn year_beside_a_name(words: &[&str]) -> Option<usize> {
    let is_name = |word: &&str| month_number(word).is_none() && !word.starts_with(|c: char| c.is_ascii_digit());
    let year = words.iter().position(|word| is_year(word))?;
    let mut others = words.iter().enumerate().filter(|(place, _)| *place != year).map(|(_, word)| word).peekable();
    (others.peek().is_some() && others.all(is_name)).then_some(year)
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit())
}
