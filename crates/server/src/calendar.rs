//! The entries of a question, counted by day, month and year.

use crate::problem::Problem;
use diary::CivilDate;
use diary_query::{Engine, Request, read};
use diary_render::filter::with_clauses;
use std::collections::BTreeMap;

/// How many entries each day has; the days without are not in it.
#[derive(Debug, Default)]
pub(crate) struct Calendar {
    pub(crate) days: BTreeMap<CivilDate, u64>,
}

impl Calendar {
    /// Of the entries that a question finds.
    pub(crate) fn of(engine: &dyn Engine, request: &Request) -> Result<Self, Problem> {
        let plan = read(engine, request)?.plan;
        Ok(Self { days: engine.days(&plan)?.into_iter().collect() })
    }

    /// The years with entries, in order.
    pub(crate) fn years(&self) -> BTreeMap<i32, u64> {
        let mut years = BTreeMap::new();
        for (day, count) in &self.days {
            *years.entry(day.year()).or_default() += count;
        }
        years
    }

    /// The entries of each month of a year.
    pub(crate) fn months(&self, year: i32) -> [u64; 12] {
        let mut months = [0; 12];
        for (day, count) in self.of_year(year) {
            if let Some(month) = usize::try_from(day.month()).ok().and_then(|n| months.get_mut(n.wrapping_sub(1))) {
                *month += count;
            }
        }
        months
    }

    /// The days of a year with entries, in order.
    pub(crate) fn of_year(&self, year: i32) -> impl Iterator<Item = (CivilDate, u64)> {
        self.days.iter().filter(move |(day, _)| day.year() == year).map(|(day, count)| (*day, *count))
    }
}

/// The query for the entries that begin on this day, and so are counted on it.
pub(crate) fn query_of_day(query: &str, day: CivilDate) -> String {
    let clauses = [format!("day:{:02}-{:02}", day.month(), day.day()), format!("year:{:04}", day.year())];
    with_clauses(query, &clauses)
}

/// The query for the entries of a year.
pub(crate) fn query_of_year(query: &str, year: i32) -> String {
    with_clauses(query, &[format!("year:{year:04}")])
}

/// A month and day, `MM-DD`, as they stand in addresses.
pub(crate) fn month_day(text: &str) -> Option<(u32, u32)> {
    let (month, day) = text.split_once('-')?;
    let two = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    // A leap year has every day that any year has.
    let date = CivilDate::new(2000, month.parse().ok()?, day.parse().ok()?).filter(|_| two(month) && two(day))?;
    diary::Calendar::Gregorian.day(date).map(|_| (date.month(), date.day()))
}
