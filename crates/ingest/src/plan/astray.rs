//! Items of an export, and pages of a folder, whose dates stand far from those around them: a year that was mistyped.

use super::aside::folder;
use super::split::{Plan, Sheet};
use crate::date::{Parts, in_longest_run};
use diary::{Calendar, CivilDate, Day, Weekday};

/// Fewer show no order.
const FEWEST: usize = 10;
/// A date that is fewer days off may be meant so.
const FAR: i64 = 300;

/// Marks the items, or pages, that stand far out of the order that nearly all others of their source, or folder, stand
/// in. Where the weekday says of which year they are, they get it.
pub(crate) fn mark(sheets: &mut [Sheet]) {
    for source in sheets.chunk_by_mut(are_beside) {
        let days = source.iter().map(|sheet| day(sheet.own.as_ref()?.parts));
        for (at, neighbours) in out_of_order(days) {
            let Some(own) = source[at].own.as_mut() else { continue };
            let year = own.weekday.and_then(|weekday| true_year(own.parts, weekday, &neighbours));
            own.is_astray = year.is_none();
            if let Some(year) = year {
                own.misprint = own.parts.year.replace(year);
            }
        }
    }
}

/// Gives the only heading of a page in a folder of such pages the year that its neighbours and its weekday say.
pub(crate) fn correct(sheets: &mut [Sheet]) {
    fn only(sheet: &Sheet) -> Option<usize> {
        let Plan::Headings(kept) = &sheet.plan else { return None };
        <[usize; 1]>::try_from(kept.as_slice()).ok().map(|[only]| only)
    }
    for folder in sheets.chunk_by_mut(are_beside) {
        let days = folder.iter().map(|sheet| day(sheet.page.candidates[only(sheet)?].written.first));
        for (at, neighbours) in out_of_order(days) {
            let Some(heading) = only(&folder[at]) else { continue };
            let written = &mut folder[at].page.candidates[heading].written;
            let year = written.weekday.and_then(|weekday| true_year(written.first, weekday, &neighbours));
            if year.is_some() {
                (written.first.year, written.repaired) = (year, true);
            }
        }
    }
}

/// Whether two pieces are items of one source, or pages in one folder.
fn are_beside(one: &Sheet, two: &Sheet) -> bool {
    match (one.piece.is_item, two.piece.is_item) {
        (true, true) => one.path == two.path,
        (false, false) => folder(&one.path) == folder(&two.path),
        _ => false,
    }
}

/// The places of the days that stand far out of the order of nearly all others, and the days beside each that do not.
fn out_of_order(days: impl Iterator<Item = Option<Day>>) -> Vec<(usize, Vec<Day>)> {
    let days: Vec<(usize, Day)> = days.enumerate().filter_map(|(at, day)| Some((at, day?))).collect();
    if days.len() < FEWEST {
        return Vec::new();
    }
    let in_order = |sign: i64| {
        let run = in_longest_run(&days.iter().map(|(_, day)| sign * day.number()).collect::<Vec<_>>());
        (0..days.len()).filter(|at| run[*at]).collect::<Vec<usize>>()
    };
    let (up, down) = (in_order(1), in_order(-1));
    let kept = if up.len() >= down.len() { up } else { down };
    if kept.len() * 10 < days.len() * 9 {
        return Vec::new();
    }
    let astray = |(at, (place, day)): (usize, &(usize, Day))| {
        let next = kept.binary_search(&at).err()?;
        let around = &kept[next.saturating_sub(1)..kept.len().min(next + 1)];
        let neighbours: Vec<Day> = around.iter().map(|&near| days[near].1).collect();
        let is_far = neighbours.iter().all(|near| (near.number() - day.number()).abs() > FAR);
        is_far.then_some((*place, neighbours))
    };
    days.iter().enumerate().filter_map(astray).collect()
}

/// The year in which a date stands between its neighbours, if its weekday agrees with that year and not with its own.
fn true_year(parts: Parts, weekday: Weekday, neighbours: &[Day]) -> Option<i32> {
    let (first, last) = (neighbours.iter().min()?, neighbours.iter().max()?);
    let (first, last) = if first == last { (None, None) } else { (Some(first), Some(last)) };
    let fits = |other: &i32| {
        let day = day(Parts { year: Some(*other), ..parts }).filter(|day| day.weekday() == weekday);
        day.is_some_and(|day| first.is_none_or(|first| *first <= day) && last.is_none_or(|last| day <= *last))
    };
    let wrong = day(parts).is_some_and(|day| day.weekday() != weekday);
    let mut years = neighbours.iter().map(|day| Calendar::Gregorian.civil(*day).year());
    years.find(fits).filter(|_| wrong)
}

fn day(parts: Parts) -> Option<Day> {
    let date = CivilDate::new(parts.year?, parts.month?, parts.day?)?;
    Calendar::Gregorian.day(date)
}
