//! Dates among the bare words of a query.

use super::ast::{Clause, DayOfYear, MonthOf, Query};
use super::date::{DateExpr, Period, Season};
use super::numbers_in_words::{month_in_any_language, month_number, ordinal};
use super::text_of_date::{named_season, read_day_of_year, read_expr, read_period, weekday};
use super::value;
use std::ops::Range;

/// A time that bare words name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unmarked {
    /// `2003-12`, `19 Dec 2003`, `july 2003`, `2003`.
    Period(Period),
    /// `easter 1661`, `last week of july 2003`, `between june and july 1667`, `after may 1667`.
    Named(DateExpr),
    /// `july`, of any year.
    Month(u32),
    /// `winter`, of any year.
    Season(Season),
    /// `4 july`, of any year.
    Day {
        /// 1 to 12.
        month: u32,
        /// From 1.
        day: u32,
    },
    /// `on this day`, of any year: today's.
    Today,
}

impl From<Unmarked> for Clause {
    /// What asks for the entries of that time.
    fn from(time: Unmarked) -> Self {
        match time {
            Unmarked::Period(period) => Self::Dates(vec![DateExpr::In(period)]),
            Unmarked::Named(expr) => Self::Dates(vec![expr]),
            Unmarked::Month(month) => Self::Months(vec![MonthOf { year: None, month }]),
            Unmarked::Season(season) => Self::Seasons(vec![season]),
            Unmarked::Day { month, day } => Self::Days(vec![DayOfYear::On { month, day }]),
            Unmarked::Today => Self::Days(vec![DayOfYear::Today]),
        }
    }
}

impl Unmarked {
    /// Whether its words can mean nothing else: `on this day`, `between june and july 1667`.
    pub(crate) fn is_unmistakable(&self) -> bool {
        match self {
            Self::Today => true,
            Self::Named(expr) => !matches!(expr, DateExpr::In(_)),
            _ => false,
        }
    }

    /// Whether entries beside it are as likely to be meant, for what they say of it: `winter`, `christmas 1665`.
    pub(crate) fn is_spoken_of(&self) -> bool {
        match self {
            Self::Month(_) | Self::Season(_) => true,
            Self::Named(expr) => expr.periods().any(|period| matches!(period, Period::Feast(..))),
            _ => false,
        }
    }

    /// Whether it is a bound that is a number alone, which may count something: `after 1200`.
    fn is_bound_by_year(&self) -> bool {
        let Self::Named(expr) = self else { return false };
        !matches!(expr, DateExpr::Between(..)) && expr.periods().all(|period| matches!(period, Period::Year(_)))
    }
}

/// The query with the first time among its bare words asked for as a time, in their place, and which parts they were. Where
/// there is none, all of them may be one that stands alone: `monday`, `last month`.
pub(crate) fn dated(query: &Query) -> Option<(Query, Range<usize>)> {
    let parts = query.parts();
    let words: Vec<&str> = parts.iter().map(|part| part.bare_word().unwrap_or_default()).collect();
    let among = spot(&words).into_iter().next().map(|(range, time)| (range, Clause::from(time)));
    let alone = || {
        let time = (!words.contains(&"")).then(|| value::read_date(&words.join(" ")).ok()).flatten()?;
        Some((0..words.len(), time))
    };
    let (range, time) = among.or_else(alone)?;
    let mut parts = parts.to_vec();
    parts.splice(range.clone(), [time]);
    Some((query.with_clause(Clause::and(parts)), range))
}

/// Whether a word alone is a time: `spring`, `monday`, `yesterday`, `christmas`.
pub(crate) fn names_a_time(word: &str) -> bool {
    value::read_date(word).is_ok()
}

/// The times that `words` name, with the words that do, in order and apart from one another. An empty string stands for
/// something that is no bare word.
///
/// Words that are also others are none: `may`, `march`, `spring` and `fall` need a year or a day beside them, and `after 1200
/// miles` speaks of no year.
pub(crate) fn spot(words: &[&str]) -> Vec<(Range<usize>, Unmarked)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let longest = (1..=LONGEST).rev().find_map(|length| {
            let time = time(words.get(at..at + length)?)?;
            let counts = time.is_bound_by_year() && words.get(at + length).is_some_and(|next| !next.is_empty());
            (!counts).then_some((length, time))
        });
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

/// The longest time that is looked for, in words: `from 1 june 1667 to 31 july 1667`.
pub(super) const LONGEST: usize = 8;

fn time(words: &[&str]) -> Option<Unmarked> {
    let digits = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let is_day = |word: &str| digits(word) || ordinal(word).is_some();
    let is_month = |word: &str| month_in_any_language(word).is_some();
    match words {
        [word] if digits(word) => match read_expr(word).ok()? {
            DateExpr::In(period) if is_plausible(&period) => Some(Unmarked::Period(period)),
            DateExpr::Between(from, to) if is_plausible(&from) && is_plausible(&to) => {
                Some(Unmarked::Named(DateExpr::Between(from, to)))
            }
            _ => None,
        },
        [word] if !word.is_ascii() && word.ends_with(['年', '月', '日']) => in_kanji(word),
        [word] => named_alone(&word.to_lowercase()),
        [a, b] if is_month(a) && digits(b) => {
            read_period(&format!("{a} {b}")).ok().map(Unmarked::Period).or_else(|| day_of_year(a, b))
        }
        [a, b] if digits(a) && is_month(b) => day_of_year(a, b),
        [a, of, b] if of.eq_ignore_ascii_case("of") && is_day(a) && is_month(b) => day_of_year(a, b),
        [a, the, b] if the.eq_ignore_ascii_case("the") && is_month(a) && is_day(b) => day_of_year(a, b),
        [a, b, c] if [a, b].iter().any(|word| is_month(word)) && digits(c) => {
            read_period(&format!("{a} {b} {c}")).ok().map(Unmarked::Period).or_else(|| bounded(words))
        }
        [on, this, day]
            if on.eq_ignore_ascii_case("on")
                && this.eq_ignore_ascii_case("this")
                && day.eq_ignore_ascii_case("day") =>
        {
            Some(Unmarked::Today)
        }
        _ => named(words).or_else(|| bounded(words)),
    }
}

/// `昭和五年九月`, `九月九日`, `九月`.
fn in_kanji(word: &str) -> Option<Unmarked> {
    let day = || read_day_of_year(word).map(|(month, day)| Unmarked::Day { month, day });
    let month = || month_in_any_language(word).map(Unmarked::Month);
    read_period(word).ok().map(Unmarked::Period).or_else(day).or_else(month)
}

/// `july`, `winter`: what comes every year and is called by no word that means other things.
fn named_alone(word: &str) -> Option<Unmarked> {
    // `mars` and `mai` are words of other languages too.
    let abroad = || month_in_any_language(word).filter(|_| word.chars().count() > 4);
    let month = month_number(word).filter(|_| word.len() > 3).or_else(abroad).map(Unmarked::Month);
    let time = month.or_else(|| named_season(word).map(Unmarked::Season));
    time.filter(|_| !["march", "spring", "fall"].contains(&word))
}

/// `winter 1827`, `easter 1661`, `early july 2003`: what has a name and a year.
fn named(words: &[&str]) -> Option<Unmarked> {
    let (first, last) = words.first().zip(words.last()).filter(|_| words.len() > 1)?;
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    // A weekday of a year is no period.
    let is_weekday = words.len() == 2 && weekday(first).is_some();
    let has_year = is_year(first) || is_year(last);
    if !has_year || is_number(first) && is_number(last) || is_weekday || is_loose(words) {
        return None;
    }
    read_period(&words.join(" ")).ok().map(|period| Unmarked::Named(DateExpr::In(period)))
}

/// `between june and july 1667`, `june to july 1667`, `since may 1667`: what has a bound and a year.
fn bounded(words: &[&str]) -> Option<Unmarked> {
    let has_year = words.iter().any(|word| word.starts_with(|c: char| c.is_ascii_digit()) && word.len() >= 4);
    if !has_year || words.len() < 2 || is_loose(words) {
        return None;
    }
    let expr = read_expr(&words.join(" ")).ok()?;
    let is_bounded = !matches!(expr, DateExpr::In(_)) && expr.periods().all(|p| is_plausible(p) && !p.is_relative());
    is_bounded.then_some(Unmarked::Named(expr))
}

/// Whether something stands among words that is none, or at their ends what no time begins or ends with.
fn is_loose(words: &[&str]) -> bool {
    let is_joining = |word: Option<&&str>| word.is_some_and(|word| JOINING.contains(&word.to_lowercase().as_str()));
    words.contains(&"") || is_joining(words.first()) || is_joining(words.last())
}

/// Whether a number alone may well be a year.
fn is_plausible(period: &Period) -> bool {
    !matches!(period, Period::Year(year) if !(1000..=2100).contains(year))
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
    let is_name =
        |word: &&str| month_in_any_language(word).is_none() && !word.starts_with(|c: char| c.is_ascii_digit());
    let year = words.iter().position(|word| is_year(word))?;
    let mut others = words.iter().enumerate().filter(|(place, _)| *place != year).map(|(_, word)| word).peekable();
    (others.peek().is_some() && others.all(is_name)).then_some(year)
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit())
}
