//! Days of the French Republic on a page that says its years but here and there: `8 floréal`, then `18.`

use super::Page;
use crate::date::republican::{self, Day};
use crate::date::{Parts, Written};
use crate::document::Block;
use crate::plan::candidate::candidate_of;
use crate::plan::style::Shape;

/// Fewer such days may be those of a text.
const FEWEST_DAYS: usize = 3;

/// What stands on a page of the Republic: a day, or a year for those below.
enum Found {
    Day(usize, Day),
    Year(u32),
}

impl Page {
    /// Dates the days of the Republic that lack their year by those that have one, and the bare numbers between them by
    /// the month above.
    pub(super) fn days_of_the_republic(&mut self, blocks: &[Block]) {
        let mut found: Vec<Found> = Vec::new();
        for (at, block) in blocks.iter().enumerate().filter(|(_, block)| !block.closed && !block.chrome) {
            if let Some(day) = republican::read(&block.text) {
                // "Le 18 brumaire an VIII le général" tells of another time.
                found.extend(heads(at, block, day).then_some(Found::Day(at, day)));
            } else if let Some(year) =
                Some(&block.text).filter(|text| text.len() <= 40).and_then(|text| republican::year_alone(text))
            {
                found.push(Found::Year(year));
            }
        }
        let days = found.iter().filter(|found| matches!(found, Found::Day(..))).count();
        let bare = found.iter().any(|found| matches!(found, Found::Day(_, Day { year: None, .. })));
        if days < FEWEST_DAYS || !bare {
            return;
        }
        let Some(dated) = with_years(&found) else { return };
        for &(at, day, year) in &dated {
            self.candidates.retain(|candidate| candidate.block != at);
            self.candidates
                .extend(day.parts(year).and_then(|first| candidate_of(at, &blocks[at], written(day, first))));
        }
        self.candidates.sort_by_key(|candidate| candidate.block);
        self.count_in_the_republic(&dated);
    }

    /// Takes bare numbers below a day of the Republic for days of its month, or of the next where they begin anew.
    fn count_in_the_republic(&mut self, dated: &[(usize, Day, u32)]) {
        let mut below: Option<(Day, u32)> = None;
        for candidate in &mut self.candidates {
            if let Ok(at) = dated.binary_search_by_key(&candidate.block, |(at, ..)| *at) {
                below = Some((dated[at].1, dated[at].2));
                continue;
            }
            let Some((last, year)) = &mut below else { continue };
            let Parts { year: None, month: None, day: Some(day) } = candidate.written.first else {
                below = None;
                continue;
            };
            // Behind the twelfth month stand five days and a new year.
            let (month, first) = match (day < last.day, last.month) {
                (true, 11..) => (0, *year + 1),
                (true, month) => (month + 1, *year),
                (false, month) => (month, *year),
            };
            (*last, *year) = (Day { day, month, ..*last }, first);
            if let Some(parts) = last.parts(*year) {
                candidate.written.first = parts;
                if candidate.style.shape == Shape::Numbered {
                    candidate.style.shape = Shape::Opening;
                }
            }
        }
    }
}

/// The days with their years: as they say, or one more where the months begin anew, from the first that is told on.
fn with_years(found: &[Found]) -> Option<Vec<(usize, Day, u32)>> {
    let days = || found.iter().filter_map(|found| if let Found::Day(_, day) = found { Some(*day) } else { None });
    // What the first year is follows from the first that is told, and from how often the months began anew before.
    let mut turns = 0;
    let mut before: Option<Day> = None;
    let mut first = None;
    for found in found {
        let told = match found {
            Found::Year(year) => Some(*year),
            Found::Day(_, day) => {
                turns += u32::from(before.is_some_and(|before| day.month < before.month));
                before = Some(*day);
                day.year
            }
        };
        if let Some(year) = told {
            first = year.checked_sub(turns);
            break;
        }
    }
    let mut year = first?;
    let mut last: Option<Day> = None;
    let mut out = Vec::with_capacity(days().count());
    for found in found {
        match found {
            Found::Year(told) => {
                year = *told;
                last = None;
            }
            Found::Day(at, day) => {
                year = day.year.unwrap_or(year + u32::from(last.is_some_and(|last| day.month < last.month)));
                last = Some(*day);
                out.push((*at, *day, year));
            }
        }
    }
    Some(out)
}

/// Whether a day of the Republic heads a block: nothing follows it, or a mark closes it off.
fn heads(at: usize, block: &Block, day: Day) -> bool {
    let candidate = candidate_of(at, block, written(day, Parts::ymd(1800, 1, 1)));
    candidate.is_some_and(|candidate| matches!(candidate.style.shape, Shape::Alone | Shape::Opening))
}

fn written(day: Day, first: Parts) -> Written {
    Written { first, span: day.span, ..Written::default() }
}
