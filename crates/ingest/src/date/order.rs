//! Which dates of a document stand in order, and which order of their parts makes it so.

use super::resolve::{Dated, Resolution};
use super::{Parts, Written};
use diary::{Calendar, CivilDate, Precision, Weekday};
use std::cmp::Ordering;

/// Marks the headings that are in no longest chain of ordered dates, and counts.
pub(super) fn mark_order(resolution: &mut Resolution, calendar: Calendar, sign: i64) {
    let days: Vec<(usize, i64)> = resolution
        .dated
        .iter()
        .enumerate()
        .filter(|(_, dated)| is_ordered(dated))
        .filter_map(|(index, dated)| dated.day(calendar).map(|day| (index, sign * day.number())))
        .collect();
    let kept = in_longest_run(&days.iter().map(|(_, day)| *day).collect::<Vec<_>>());
    let others = resolution.dated.iter().filter(|dated| dated.first.is_some() && !is_ordered(dated));
    resolution.in_order = kept.iter().filter(|kept| **kept).count() + others.count();
    for (kept, (index, _)) in kept.iter().zip(&days) {
        resolution.dated[*index].out_of_order = !kept;
    }
    resolution.weekdays = resolution.dated.iter().fold((0, 0), |(yes, no), dated| match dated.weekday_agrees {
        Some(true) => (yes + 1, no),
        Some(false) => (yes, no + 1),
        None => (yes, no),
    });
}

/// Whether a heading has its place among the others: what names no day stands in no order, and in none against it.
fn is_ordered(dated: &Dated) -> bool {
    dated.precision == Some(Precision::Day) && !dated.beside_years
}

/// Which of these days are in the longest run that never goes down.
///
/// Patience sorting, with links back. Every pile goes down; of those that may come before, the earliest is taken, so that
/// of two the one that steps back is out of order.
pub(crate) fn in_longest_run(days: &[i64]) -> Vec<bool> {
    let mut piles: Vec<Vec<usize>> = Vec::new();
    let mut back: Vec<Option<usize>> = vec![None; days.len()];
    for at in 0..days.len() {
        let fits = |before: &usize| days[*before] <= days[at];
        let place = piles.partition_point(|pile| pile.last().is_some_and(fits));
        back[at] = place.checked_sub(1).map(|before| {
            let pile = &piles[before];
            pile[pile.partition_point(|before| !fits(before))]
        });
        match piles.get_mut(place) {
            Some(pile) => pile.push(at),
            None => piles.push(vec![at]),
        }
    }
    let mut kept = vec![false; days.len()];
    let mut at = piles.last().and_then(|pile| pile.first()).copied();
    while let Some(here) = at {
        kept[here] = true;
        at = back[here];
    }
    kept
}

/// The parts of whole dates, each with the text that it was read from, whose numbers may stand in either order: `04/05/2013`
/// is of April where `04/25/2013` is beside it, where the weekdays say so, or where the dates go on better from one to the
/// next that way.
pub(crate) fn in_one_order<'a>(dates: impl IntoIterator<Item = (&'a Written, &'a str)>) -> Vec<Parts> {
    let dates: Vec<(&Written, &str)> = dates.into_iter().collect();
    let read = |month_first: bool| {
        let parts = dates.iter().map(move |(date, _)| match (date.ambiguous && month_first, date.first) {
            (true, Parts { year, month, day }) => Parts { year, month: day, day: month },
            (false, parts) => parts,
        });
        parts.collect::<Vec<Parts>>()
    };
    let said = |month_first: bool| dates.iter().filter(|(date, text)| leads(date, text) == Some(month_first)).count();
    let weekdays = |read: &[Parts]| {
        let agrees = |(date, parts): (&Written, &Parts)| date.weekday.is_some() && date.weekday == weekday(*parts);
        dates.iter().map(|(date, _)| *date).zip(read).filter(|pair| agrees(*pair)).count()
    };
    let steps = |dates: &[Parts]| {
        let days: Vec<_> = dates.iter().map(|parts| (parts.year, parts.month, parts.day)).collect();
        let up = days.windows(2).filter(|pair| pair[0] <= pair[1]).count();
        let down = days.windows(2).filter(|pair| pair[0] >= pair[1]).count();
        up.max(down)
    };
    let (day_first, month_first) = (read(false), read(true));
    let better = said(true).cmp(&said(false));
    let better = better.then_with(|| weekdays(&month_first).cmp(&weekdays(&day_first)));
    match better.then_with(|| steps(&month_first).cmp(&steps(&day_first))) {
        Ordering::Greater => month_first,
        _ => day_first,
    }
}

/// Whether the month stands before the day in a date of numbers that can be read in one way only.
fn leads(date: &Written, text: &str) -> Option<bool> {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse::<u32>().ok());
    let (one, two) = (numbers.next(), numbers.next());
    let Parts { month, day, .. } = date.first;
    let plain = !date.ambiguous && month != day && one.is_some() && two.is_some();
    match plain {
        true if (one, two) == (month, day) => Some(true),
        true if (one, two) == (day, month) => Some(false),
        _ => None,
    }
}

fn weekday(parts: Parts) -> Option<Weekday> {
    let date = CivilDate::new(parts.year?, parts.month?, parts.day?)?;
    Some(Calendar::Gregorian.day(date)?.weekday())
}
