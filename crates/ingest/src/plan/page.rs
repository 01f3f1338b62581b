//! A page with all that may name its entries, and what stands above them and dates them.

pub(crate) mod five_years;
mod posts;
mod republic;
mod settle;

use super::candidate::{Candidate, bare_weekday, candidate};
use super::context::{
    FrontYears, context, front_hint, has_double_year, hint_in, named_years, usual_year, week, years_in,
};
use super::style::Style;
use crate::date::Parts;
use crate::date::resolve::{Dated, Item, Repair, Resolution, Setting, resolve};
use crate::document::{Block, Piece};
use diary::CivilDate;
use std::cell::LazyCell;

/// So many weekdays say that a year is wrong.
const FEWEST_WEEKDAYS: usize = 2;

/// What a wrong weekday costs, and a leap of a year.
const DEAR: i64 = 40;

/// No diary goes on from one year to another that is so many years later.
pub(crate) const LONG_AFTER: i32 = 60;

/// A page with its candidates and what else dates it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    pub(crate) candidates: Vec<Candidate>,
    /// Blocks that are a year or a month, or the first day of a week, in order.
    pub(crate) contexts: Vec<(usize, Parts)>,
    /// Year and month from the title or the path.
    pub(crate) hint: Parts,
    /// How many titles and month headings have a double year, `1659-60`.
    pub(crate) double_years: usize,
}

impl Page {
    /// Looks through a page. Its path may say a year and month, and the first day of a week.
    pub(crate) fn of(piece: &Piece, path_hint: Parts, week_of: Option<Parts>) -> Self {
        let mut page = Self { contexts: week_of.map(|first| (0, first)).into_iter().collect(), ..Self::default() };
        for (index, block) in piece.blocks.iter().enumerate() {
            if block.closed || block.chrome {
                continue;
            }
            if let Some(parts) = week(block) {
                page.contexts.push((index, parts));
            } else if let Some(candidate) = candidate(index, block).or_else(|| bare_weekday(index, block)) {
                page.candidates.push(candidate);
            } else if let Some(parts) = context(block) {
                page.double_years += usize::from(has_double_year(&block.text));
                page.contexts.push((index, parts));
            }
        }
        page.settle(&piece.blocks, path_hint);
        page.double_years += usize::from(piece.title.as_deref().is_some_and(has_double_year));
        let title = piece.title.as_deref().map(hint_in).unwrap_or_default();
        page.hint = match (title.year, path_hint.year) {
            (Some(year), Some(named)) if year == named => Parts { month: title.month.or(path_hint.month), ..title },
            (Some(_), _) => title,
            (None, _) => path_hint,
        };
        page
    }

    /// The candidates that `keep` keeps and the contexts between them, in the order of the page; without the year in which
    /// a book was printed, as its front says, where its diary is of an earlier one.
    fn items<'a>(&'a self, keep: &[usize], front: &[Block]) -> Vec<Item<'a>> {
        let mut items = Vec::with_capacity(keep.len() + self.contexts.len());
        let years = LazyCell::new(|| FrontYears::of(front));
        let imprint = |at: usize, parts: Parts| {
            let printed = parts.year.filter(|_| at < front.len() && parts.month.is_none());
            printed.is_some_and(|year| years.told(year).is_some())
        };
        let mut contexts = self.contexts.iter().filter(|(at, parts)| !imprint(*at, *parts)).peekable();
        for &index in keep {
            let candidate = &self.candidates[index];
            while let Some((_, parts)) = contexts.next_if(|(block, _)| *block <= candidate.block) {
                items.push(Item::Context(*parts));
            }
            items.push(Item::Heading(&candidate.written, candidate.stamp));
        }
        items
    }

    /// The year that stands right above the first heading, behind `front`, with nothing but short lines between: no other
    /// that the front names is that of the days.
    fn year_above(&self, front: &[Block]) -> Option<Parts> {
        /// In bytes.
        const SHORT: usize = 60;
        let above = |(at, parts): &&(usize, Parts)| *at < front.len() && parts.year.is_some();
        let (at, parts) = self.contexts.iter().rev().find(above)?;
        let is_near = front[at + 1..].iter().all(|block| block.text.len() <= SHORT);
        let of_print = || parts.year.is_some_and(|year| FrontYears::of(front).told(year).is_some());
        (is_near && !of_print()).then_some(Parts { year: parts.year, ..Parts::default() })
    }

    /// Dates these candidates as the headings of the page.
    pub(crate) fn resolve(&self, keep: &[usize], piece: &Piece, setting: &Setting) -> Resolution {
        let first = keep.first().map_or(0, |&index| self.candidates[index].block);
        let front = &piece.blocks[..first.min(piece.blocks.len())];
        let items = self.items(keep, front);
        let dated = |hint: Parts| resolve(&items, &Setting { hint: Parts { day: None, ..hint }, ..*setting });
        if self.hint.year.is_some() {
            return dated(self.hint);
        }
        let named = || front_hint(front).or_else(|| usual_year(front));
        let found = dated(self.year_above(front).or_else(named).unwrap_or(self.hint));
        let years = || keep.iter().map(|&index| self.candidates[index].written.first.year);
        let denied = |found: &Resolution| found.dated.iter().zip(years()).filter(|pair| is_denied(*pair)).count();
        let written = years().flatten().count();
        let against = years().next().is_some_and(|first| first.is_none()) && denied(&found) * 2 > written;
        if !is_doubtful(&found) && !against {
            return found;
        }
        // The year in which a book was printed is not that of its diary: the weekdays tell which of those named is, and
        // the years beside its dates.
        let other = |year| dated(Parts { year: Some(year), ..Parts::default() });
        let fits = |tried: &Resolution| {
            let cheaper = tried.cost + DEAR / 2 <= found.cost && tried.weekdays.1 <= found.weekdays.1;
            is_better(tried, &found) || against && cheaper && denied(tried) == 0
        };
        let tried = named_years(front).into_iter().map(other).find(fits);
        // All years beside its dates are denied, though the front names one of them: the book was printed long after.
        let printed = found.dated.iter().find_map(|dated| dated.first).map_or(0, CivilDate::year);
        let named = |year: &i32| front.iter().flat_map(|block| years_in(&block.text)).any(|named| named == *year);
        let told = || years().flatten().find(|year| printed - year > LONG_AFTER && named(year));
        let told = || told().filter(|_| denied(&found) == written);
        tried.or_else(|| told().map(other)).unwrap_or(found)
    }

    /// Whether a block is the heading of a year or month.
    pub(crate) fn is_context(&self, block: usize) -> bool {
        self.contexts.binary_search_by_key(&block, |(at, _)| *at).is_ok()
    }

    /// The candidate that a block is.
    pub(crate) fn candidate_at(&self, block: usize) -> Option<usize> {
        self.candidates.binary_search_by_key(&block, |candidate| candidate.block).ok()
    }

    /// The candidates of one style.
    pub(crate) fn of_style(&self, style: Style) -> Vec<usize> {
        (0..self.candidates.len()).filter(|&index| self.candidates[index].style == style).collect()
    }
}

/// Whether dates with weekdays have to leap or to contradict them.
fn is_doubtful(found: &Resolution) -> bool {
    found.weekdays.0 + found.weekdays.1 >= FEWEST_WEEKDAYS && found.cost >= DEAR
}

/// Whether a year that is written beside a date is not that of its neighbours.
fn is_denied((dated, year): (&Dated, Option<i32>)) -> bool {
    year.is_some() && (dated.out_of_order || matches!(dated.repair, Some(Repair::Year(_))))
}

/// Whether dates are much better than others of the same headings, and their weekdays agree.
pub(crate) fn is_better(tried: &Resolution, found: &Resolution) -> bool {
    let agree = tried.weekdays.0 >= FEWEST_WEEKDAYS && tried.weekdays.1 * 10 <= tried.weekdays.0;
    agree && tried.weekdays.0 >= found.weekdays.0 && tried.cost + DEAR <= found.cost
}
