//! How good a diary each heading style would make: whether its dates hang together, and text follows them.

use super::candidate::Candidate;
use super::split::Sheet;
use super::style::Style;
use crate::date::resolve::{LATEST, Resolution, Setting};
use crate::document::{Block, Piece};
use diary::Calendar;
use std::collections::BTreeMap;

/// What a style would make of an archive.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Score {
    pub(crate) headings: usize,
    pub(crate) dated: usize,
    pub(crate) in_order: usize,
    pub(crate) weekdays: (usize, usize),
    /// How many are followed by next to no text.
    pub(crate) empty: usize,
    /// How much text their pages have, and how much of it stands below them, but for the two that have most of several.
    pub(crate) text: (usize, usize),
}

/// Fewer headings of a page may stand close together.
const FEWEST_SPREAD: usize = 10;

impl Score {
    fn add(&mut self, other: Self) {
        self.headings += other.headings;
        self.dated += other.dated;
        self.in_order += other.in_order;
        self.weekdays.0 += other.weekdays.0;
        self.weekdays.1 += other.weekdays.1;
        self.empty += other.empty;
        self.text.0 += other.text.0;
        self.text.1 += other.text.1;
    }

    /// The number that styles are compared by: how well the dates hang together, and whether a text is what they divide. Of
    /// a book hardly anything stands between those of a table.
    pub(crate) fn total(&self, style: Style) -> i64 {
        let divides = self.text.1 * 10 >= self.text.0;
        self.order(style) / if divides { 1 } else { 4 }
    }

    /// How well the dates hang together.
    pub(crate) fn order(&self, style: Style) -> i64 {
        let count = |n: usize| n as i64;
        let disorder = count(self.dated) - count(self.in_order);
        let coherent = 10 * count(self.in_order) + count(self.headings - self.dated) - 20 * disorder
            + 2 * count(self.weekdays.0)
            - 10 * count(self.weekdays.1);
        let sane = if self.empty * 10 > self.headings * 7 { coherent / 20 } else { coherent };
        sane * style.weight() / 100
    }

    /// Whether the dates hang together.
    pub(crate) fn is_coherent(&self) -> bool {
        let one_strays = self.dated >= 5 && self.dated - self.in_order == 1;
        self.dated > 0 && (self.in_order * 10 >= self.dated * 9 || one_strays) && self.dated * 2 >= self.headings
    }
}

/// Scores every style of one page.
pub(crate) fn score_page(sheet: &Sheet, setting: &Setting) -> BTreeMap<Style, Score> {
    let Sheet { page, piece, .. } = sheet;
    let mut styles: BTreeMap<Style, Vec<usize>> = BTreeMap::new();
    let text = size(&piece.blocks);
    for (index, candidate) in page.candidates.iter().enumerate() {
        styles.entry(candidate.style).or_default().push(index);
    }
    styles
        .into_iter()
        .map(|(style, keep)| {
            let resolution = resolve_in_either(sheet, &keep, setting);
            let empty = keep
                .iter()
                .enumerate()
                .filter(|(at, index)| {
                    let end = keep.get(at + 1).map_or(piece.blocks.len(), |next| page.candidates[*next].block);
                    !has_text_after(&page.candidates[**index], piece, end)
                })
                .count();
            let score = Score {
                text: (text, text_below(sheet, &keep)),
                headings: keep.len(),
                dated: resolution.known(),
                in_order: if wanders(&resolution) { 0 } else { resolution.in_order },
                weekdays: resolution.weekdays,
                empty,
            };
            (style, score)
        })
        .collect()
}

fn size(blocks: &[Block]) -> usize {
    blocks.iter().map(|block| block.text.len()).sum()
}

/// How much text stands below the headings of a style; of several, without the two longest.
fn text_below(sheet: &Sheet, keep: &[usize]) -> usize {
    let blocks = &sheet.piece.blocks;
    if keep.len() < FEWEST_SPREAD {
        return size(blocks);
    }
    let starts = keep.iter().map(|&index| sheet.page.candidates[index].block).chain([blocks.len()]);
    let starts: Vec<usize> = starts.collect();
    let mut sizes: Vec<usize> = starts.windows(2).map(|pair| size(&blocks[pair[0]..pair[1].max(pair[0])])).collect();
    sizes.sort_unstable();
    sizes[..sizes.len() - 2].iter().sum()
}

/// So many years is no diary kept.
const LIFETIME: i32 = 120;

/// Whether dates without a year are in order only because every other one begins a new year: those of a list.
fn wanders(resolution: &Resolution) -> bool {
    let inferred = resolution.dated.iter().filter(|dated| dated.inferred).count();
    let years = || resolution.dated.iter().filter_map(|dated| dated.first).map(|date| date.year());
    let span = years().max().zip(years().min()).map_or(0, |(last, first)| last - first);
    let unheard_of = years().max().is_some_and(|last| last > LATEST);
    (span > LIFETIME || unheard_of) && inferred * 2 > resolution.dated.len()
}

/// Dates the headings of a style. Which calendar they are in is not known yet: where most weekdays are against one, the
/// other is tried.
fn resolve_in_either(sheet: &Sheet, keep: &[usize], setting: &Setting) -> Resolution {
    let found = sheet.resolve(keep, setting);
    let old = found.dated.iter().any(|dated| dated.first.is_some_and(|date| date.year() < 1930));
    if found.weekdays.1 <= found.weekdays.0 || !old {
        return found;
    }
    let other = match setting.calendar {
        Calendar::Gregorian => Calendar::Julian,
        _ => Calendar::Gregorian,
    };
    let tried = sheet.resolve(keep, &Setting { calendar: other, ..*setting });
    if tried.weekdays.0 > found.weekdays.0 { tried } else { found }
}

/// Whether letters follow a heading before the block `end`, links on their own aside.
pub(crate) fn has_text_after(candidate: &Candidate, piece: &Piece, end: usize) -> bool {
    let letters = |text: &str| text.chars().any(char::is_alphanumeric);
    let linked = |block: &Block| block.linked() * 10 > block.text.len() * 8;
    let block = &piece.blocks[candidate.block];
    let mut after = piece.blocks[candidate.block + 1..end.max(candidate.block + 1)].iter();
    !linked(block) && letters(&block.text[candidate.rest..])
        || after.any(|block| !block.chrome && !linked(block) && letters(&block.text))
}

/// Adds up the scores of pages.
pub(crate) fn add_scores(pages: impl IntoIterator<Item = BTreeMap<Style, Score>>) -> BTreeMap<Style, Score> {
    let mut all: BTreeMap<Style, Score> = BTreeMap::new();
    for (style, score) in pages.into_iter().flatten() {
        all.entry(style).or_default().add(score);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::resolve::Dated;
    use diary::CivilDate;

    /// Days without a year, of which every tenth begins a new one.
    fn days(first: i32, years: i32) -> Resolution {
        let dated =
            |at: i32| Dated { first: CivilDate::new(first + at / 10, 5, 1), inferred: true, ..Dated::default() };
        Resolution { dated: (0..years * 10).map(dated).collect(), ..Resolution::default() }
    }

    #[test]
    fn a_roll_of_days_goes_on_for_longer_than_anyone_lives_or_into_years_to_come() {
        assert!(!wanders(&days(1864, 60)));
        assert!(wanders(&days(1864, 130)));
        assert!(wanders(&days(2150, 60)));
    }
}
