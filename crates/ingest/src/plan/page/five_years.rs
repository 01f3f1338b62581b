//! Diaries of several years on one page: below the day of a month stands what each year brought.

use super::Page;
use crate::date::{Parts, Written};
use crate::document::{Block, Dress};
use crate::plan::candidate::Candidate;
use crate::plan::style::{Shape, Style};
use diary::Span;

/// Fewer years below a day are chance.
const FEWEST_YEARS: usize = 2;

/// Fewer days with years below them are no such diary.
const FEWEST_DAYS: usize = 3;

impl Page {
    /// Takes `2011 Rain.` and `2012 Snow.` below `1 January` for the first of January of those years, where most days of
    /// the page have such years below them.
    pub(super) fn years_of_days(&mut self, blocks: &[Block]) {
        let day = |candidate: &Candidate| {
            let Written { first: Parts { year, month, day }, last, .. } = candidate.written;
            let alone = year.is_none() && last.is_none() && candidate.style.shape == Shape::Alone;
            month.zip(day).filter(|_| alone && candidate.stamp.is_none())
        };
        let mut found: Vec<Candidate> = Vec::new();
        let mut without = 0;
        let mut days: Vec<(usize, Parts)> = Vec::new();
        for (at, candidate) in self.candidates.iter().enumerate() {
            let Some(day) = day(candidate) else { continue };
            let next = self.candidates.get(at + 1).map_or(blocks.len(), |next| next.block);
            let below = (candidate.block + 1..next).filter_map(|at| year_of_day(at, &blocks[at], day));
            let years: Vec<Candidate> = below.collect();
            let rises = years.windows(2).all(|pair| pair[0].written.first.year < pair[1].written.first.year);
            if years.len() >= FEWEST_YEARS && rises {
                days.push((candidate.block, Parts { month: Some(day.0), ..Parts::default() }));
                found.extend(years);
            } else {
                without += 1;
            }
        }
        if days.len() < FEWEST_DAYS || without > days.len() {
            return;
        }
        self.candidates.retain(|candidate| days.binary_search_by_key(&candidate.block, |(at, _)| *at).is_err());
        self.contexts.retain(|(at, _)| found.binary_search_by_key(at, |candidate| candidate.block).is_err());
        self.contexts.extend(days);
        self.contexts.sort_by_key(|(at, _)| *at);
        self.candidates.extend(found);
        self.candidates.sort_by_key(|candidate| candidate.block);
    }
}

/// The candidate that a block is below a day, which opens with a year and a mark or gap.
fn year_of_day(at: usize, block: &Block, (month, day): (u32, u32)) -> Option<Candidate> {
    let year = opening_year(&block.text)?;
    let behind = &block.text[YEAR..];
    let rest = YEAR + behind.find(char::is_alphanumeric).unwrap_or(behind.len());
    let first = Parts::ymd(year, month, day);
    let written = Written { first, span: Span::new(0, YEAR), beside_years: true, ..Written::default() };
    let style = Style { indented: block.indented, ..Style::plain(dress_of_year(block), Shape::Opening) };
    Some(Candidate { block: at, style, written, stamp: None, rest })
}

/// A year stands in its own dress or plainly: the days of all years are alike.
fn dress_of_year(block: &Block) -> Dress {
    if matches!(block.dress, Dress::Heading(_)) { block.dress } else { Dress::Plain }
}

/// The figures of a year.
const YEAR: usize = 4;

/// The year that a line opens with, closed off from its text: `1931  Rain`, `2011: Snow`, `1999.`
pub(crate) fn opening_year(line: &str) -> Option<i32> {
    let figures = line.get(..YEAR).filter(|figures| figures.bytes().all(|b| b.is_ascii_digit()))?;
    let behind = &line[YEAR..];
    let closed = behind.is_empty() || behind.starts_with([' ', '\t', ':', '.', '-', '–', '—', '\n', ',', ')']);
    let dashed = behind.starts_with('-') && behind[1..].starts_with(|c: char| c.is_ascii_digit());
    figures.parse().ok().filter(|year| closed && !dashed && (1400..=2100).contains(year))
}
