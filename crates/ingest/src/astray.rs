//! Items of an export whose dates stand far from those around them: a year that was mistyped.

use crate::date::{Parts, in_longest_run};
use crate::split::Sheet;
use diary::{Calendar, CivilDate};

/// Fewer items show no order.
const FEWEST: usize = 10;
/// A date that is fewer days off may be meant so.
const FAR: i64 = 300;

/// Marks the items that stand far out of the order that nearly all others of their source stand in.
pub(crate) fn mark(sheets: &mut [Sheet]) {
    for source in sheets.chunk_by_mut(|one, two| one.piece.is_item && two.piece.is_item && one.path == two.path) {
        mark_in(source);
    }
}

fn mark_in(source: &mut [Sheet]) {
    let days: Vec<(usize, i64)> =
        source.iter().enumerate().filter_map(|(at, sheet)| Some((at, day(sheet.own.as_ref()?.parts)?))).collect();
    if days.len() < FEWEST {
        return;
    }
    let in_order = |sign: i64| {
        let run = in_longest_run(&days.iter().map(|(_, day)| sign * day).collect::<Vec<_>>());
        (0..days.len()).filter(|at| run[*at]).collect::<Vec<usize>>()
    };
    let (up, down) = (in_order(1), in_order(-1));
    let kept = if up.len() >= down.len() { up } else { down };
    if kept.len() * 10 < days.len() * 9 {
        return;
    }
    for (at, (index, day)) in days.iter().enumerate() {
        let Err(next) = kept.binary_search(&at) else { continue };
        let neighbours = &kept[next.saturating_sub(1)..kept.len().min(next + 1)];
        let is_far = neighbours.iter().all(|&near| (days[near].1 - day).abs() > FAR);
        if let Some(own) = source[*index].own.as_mut().filter(|_| is_far) {
            own.is_astray = true;
        }
    }
}

fn day(parts: Parts) -> Option<i64> {
    let date = CivilDate::new(parts.year?, parts.month?, parts.day?)?;
    Calendar::Gregorian.day(date).map(|day| day.number())
}
