//! The year of pages that name none beside their dates: told by their foot, or by another page of the archive.

use super::candidate::Candidate;
use super::context::{front_hint, usual_year, years_in};
use super::split::Sheet;
use crate::date::resolve::Setting;
use crate::date::{Parts, names, scan};
use crate::document::{Block, Dress};
use diary::CivilDate;
use std::collections::BTreeSet;

/// So many weekdays show which of some years it is.
const FEWEST_WEEKDAYS: usize = 3;
/// A line at the foot of a page is no longer.
const LONGEST_FOOT: usize = 200;

/// Gives a year to the pages that have none, where the archive names one for them.
pub(crate) fn settle(sheets: &mut [Sheet]) {
    let bare: Vec<usize> = (0..sheets.len()).filter(|&at| is_bare(&sheets[at])).collect();
    if bare.is_empty() {
        return;
    }
    for &at in &bare {
        let year = year_of_foot(&mut sheets[at]);
        sheets[at].page.hint.year = year;
    }
    let named = sheets.iter().any(|sheet| !sheet.page.candidates.is_empty() && !is_bare(sheet));
    if !named && let Some(year) = year_of_others(sheets, &bare) {
        for &at in &bare {
            sheets[at].page.hint.year = Some(year);
        }
    }
}

/// Whether a page has dates, but nothing on it, above it or in its path says of which year.
fn is_bare(sheet: &Sheet) -> bool {
    let page = &sheet.page;
    let Some(first) = page.candidates.first().filter(|_| page.hint.year.is_none()) else { return false };
    let of_foot = |candidate: &Candidate| day_of_change(&sheet.piece.blocks[candidate.block]).is_some();
    let whole = |candidate: &Candidate| candidate.written.first.year.is_some() || candidate.stamp.is_some();
    let dated = page.candidates.iter().any(|candidate| whole(candidate) && !of_foot(candidate));
    let above = page.contexts.iter().any(|(_, parts)| parts.year.is_some());
    let front = &sheet.piece.blocks[..first.block];
    let month = page.candidates.iter().any(|candidate| candidate.written.first.month.is_some());
    !sheet.piece.is_item && month && !dated && !above && front_hint(front).or_else(|| usual_year(front)).is_none()
}

/// The year in which the page was changed last, as its foot says; the year before, where its dates go on beyond that day.
fn year_of_foot(sheet: &mut Sheet) -> Option<i32> {
    let last = sheet.page.candidates.last()?.block;
    let blocks = &sheet.piece.blocks;
    let changed = blocks[last..].iter().rev().find_map(day_of_change)?;
    // It is no heading.
    sheet.page.candidates.retain(|candidate| day_of_change(&blocks[candidate.block]).is_none());
    let year = changed.year?;
    let end = CivilDate::new(year, changed.month.unwrap_or(12), changed.day.unwrap_or(31))?;
    let is_over = |year: &i32| {
        sheet.page.hint.year = Some(*year);
        let dates = all_dates(sheet);
        dates.iter().max().is_some_and(|date| *date <= end)
    };
    [year, year - 1].into_iter().find(is_over)
}

/// `Last updated 23 May 1999`: that day.
fn day_of_change(block: &Block) -> Option<Parts> {
    const WORDS: &[&str] =
        &["updated", "modified", "revised", "last change", "mis a jour", "zuletzt", "actualizad", "aggiornat"];
    let text = block.text.as_str();
    let plain = (text.len() <= LONGEST_FOOT).then(|| names::plain(text))?;
    WORDS.iter().find(|word| plain.contains(**word))?;
    let day = scan::scan_within(text).map(|written| written.first);
    day.or_else(|| Some(Parts { year: years_in(text).last(), ..Parts::default() })).filter(|parts| parts.year.is_some())
}

fn all_dates(sheet: &Sheet) -> Vec<CivilDate> {
    let all: Vec<usize> = (0..sheet.page.candidates.len()).collect();
    let dated = sheet.page.resolve(&all, &sheet.piece, &Setting::default()).dated;
    dated.into_iter().filter_map(|dated| dated.first).collect()
}

/// The year that other pages name in their titles and headings: the only one that the weekdays agree with.
fn year_of_others(sheets: &mut [Sheet], bare: &[usize]) -> Option<i32> {
    let others = sheets.iter().filter(|sheet| sheet.page.candidates.is_empty() && !sheet.piece.is_item);
    let headed = |block: &&Block| matches!(block.dress, Dress::Heading(_));
    let years: BTreeSet<i32> = others
        .flat_map(|sheet| {
            let headings = sheet.piece.blocks.iter().filter(headed).map(|block| block.text.as_str());
            sheet.piece.title.as_deref().into_iter().chain(headings).flat_map(years_in).collect::<Vec<i32>>()
        })
        .collect();
    let agrees = |year: &i32| {
        let (yes, no) =
            bare.iter().map(|&at| weekdays(&mut sheets[at], *year)).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
        yes >= FEWEST_WEEKDAYS && no * 10 <= yes
    };
    let fitting: Vec<i32> = years.into_iter().filter(agrees).collect();
    <[i32; 1]>::try_from(fitting).ok().map(|[year]| year)
}

/// How many weekdays of a page agree with this year, and how many do not.
fn weekdays(sheet: &mut Sheet, year: i32) -> (usize, usize) {
    let hint = sheet.page.hint.year.replace(year);
    let all: Vec<usize> = (0..sheet.page.candidates.len()).collect();
    let found = sheet.page.resolve(&all, &sheet.piece, &Setting::default());
    sheet.page.hint.year = hint;
    let of_year = found.dated.iter().all(|dated| dated.first.is_none_or(|date| (date.year() - year).abs() <= 1));
    if of_year { found.weekdays } else { (0, found.dated.len()) }
}
