//! `--on-this-day` on a day that no year has an entry of: the days next to it that have some.

use crate::Asked;
use anyhow::Result;
use diary_cli::today;
use diary_query::{Request, read};
use std::collections::BTreeSet;

/// A day of any year.
type MonthDay = (u32, u32);

/// What to say of the days before and after the one that was asked for; nothing where there is no such question.
pub(crate) fn nearest_days(asked: &Asked) -> Result<Option<String>> {
    let Some(day) = asked.args.on_this_day.as_deref().and_then(meant) else { return Ok(None) };
    let everything = read(asked.engine, &Request::default())?.plan;
    let days = asked.engine.days(&everything)?.into_iter().map(|(date, _)| (date.month(), date.day())).collect();
    let shown = |(month, day): MonthDay| format!("--on-this-day={month:02}-{day:02}");
    Ok(beside(&days, day).map(|(before, after)| match before == after {
        true => format!("the nearest day with an entry: {}", shown(before)),
        false => format!("the nearest days with entries: {}, {}", shown(before), shown(after)),
    }))
}

/// `10-06`, or today for nothing.
fn meant(day: &str) -> Option<MonthDay> {
    match day.split_once('-') {
        Some((month, day)) => Some((month.parse().ok()?, day.parse().ok()?)),
        None if day.is_empty() => today().map(|today| (today.month(), today.day())),
        None => None,
    }
}

/// The days before and after a day, around the turn of the year where need be.
fn beside(days: &BTreeSet<MonthDay>, day: MonthDay) -> Option<(MonthDay, MonthDay)> {
    let before = days.range(..day).next_back().or(days.last())?;
    let after = days.range(day..).next().or(days.first())?;
    Some((*before, *after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_goes_round() {
        let days = BTreeSet::from([(1, 3), (10, 6), (12, 19)]);
        assert_eq!(beside(&days, (11, 24)), Some(((10, 6), (12, 19))));
        assert_eq!(beside(&days, (12, 31)), Some(((12, 19), (1, 3))));
        assert_eq!(beside(&days, (1, 1)), Some(((12, 19), (1, 3))));
        assert_eq!(beside(&BTreeSet::new(), (1, 1)), None);
        assert_eq!((meant("10-06"), meant("x"), meant("13")), (Some((10, 6)), None, None));
    }
}
