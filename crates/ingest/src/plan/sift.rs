//! Takes out of the headings of a page what only looks like one.

use super::candidate::Candidate;
use super::page::{LONG_AFTER, is_better};
use super::score::has_text_after;
use super::split::Sheet;
use crate::date::resolve::{Resolution, Setting};
use crate::entries::cut::is_figure;
use diary::CivilDate;
use std::collections::HashSet;

/// Fewer dates without a text in front of a diary are days on which nothing was written.
const FEWEST_LISTED: usize = 4;

/// The headings without those that say again what the one above says, that are empty cells or a table of contents, or that
/// lead astray.
pub(crate) fn sift(sheet: &Sheet, kept: Vec<usize>, setting: &Setting) -> Vec<usize> {
    let kept = without_empty_cells(sheet, without_print(sheet, kept, setting));
    let kept = without_repeats(sheet, without_signature(sheet, &kept, setting), setting);
    without_contents(sheet, without_strays(sheet, kept, setting))
}

/// Leaves out the date under the preface of an old book: the first, and of a time long after all others.
fn without_print(sheet: &Sheet, mut kept: Vec<usize>, setting: &Setting) -> Vec<usize> {
    let first = kept.first().and_then(|&index| sheet.page.candidates[index].written.first.year);
    let of_print = || {
        let dated = sheet.resolve(&kept, setting).dated;
        let years = dated.iter().skip(1).filter_map(|dated| dated.first).map(CivilDate::year);
        years.max().zip(first).is_some_and(|(last, printed)| printed - last > LONG_AFTER)
    };
    if kept.len() > FEWEST_LISTED && first.is_some() && of_print() {
        kept.remove(0);
    }
    kept
}

/// Leaves out the date under a preface: it alone has a year, and without it the weekdays of the diary agree with another
/// that is named above them.
fn without_signature<'k>(sheet: &Sheet, kept: &'k [usize], setting: &Setting) -> &'k [usize] {
    let year = |&index: &usize| sheet.page.candidates[index].written.first.year;
    let Some((first, others)) = kept.split_first().filter(|(first, others)| {
        year(first).is_some() && !others.is_empty() && others.iter().all(|other| year(other).is_none())
    }) else {
        return kept;
    };
    let dated = |kept: &[usize]| sheet.resolve(kept, setting);
    let weekday = sheet.page.candidates[*first].written.weekday;
    if weekday.is_none() && is_better(&dated(others), &dated(kept)) { others } else { kept }
}

/// Leaves out a date that says again, otherwise dressed, what the heading right above it says:
/// `[Clark, May 14, 1804]`, then `May the 14th Monday 1804`.
fn without_repeats(sheet: &Sheet, kept: &[usize], setting: &Setting) -> Vec<usize> {
    let candidates = &sheet.page.candidates;
    let follows = |pair: &[usize]| {
        let (above, here) = (&candidates[pair[0]], &candidates[pair[1]]);
        let text = |candidate: &Candidate| sheet.piece.blocks[candidate.block].text.as_str();
        above.block + 1 == here.block
            && text(above) != text(here)
            && !has_text_after(above, &sheet.piece, here.block)
            && above.written.first.day == here.written.first.day
    };
    if !kept.windows(2).any(follows) {
        return kept.to_vec();
    }
    let dated = sheet.resolve(kept, setting).dated;
    let same = |at: usize| dated.get(at).zip(dated.get(at + 1)).is_some_and(|(one, two)| one.first == two.first);
    let repeats = |at: usize| at > 0 && follows(&kept[at - 1..=at]) && same(at - 1);
    (0..kept.len()).filter(|&at| !repeats(at)).map(|at| kept[at]).collect()
}

/// Leaves out the dates of a table of contents: in a row, each without a text, and each the heading of one further down, or
/// all followed by dates that have their text and begin anew no later in the year.
fn without_contents(sheet: &Sheet, kept: Vec<usize>) -> Vec<usize> {
    let candidate = |at: usize| &sheet.page.candidates[kept[at]];
    let text = |at: usize| sheet.piece.blocks[candidate(at).block].text.trim();
    let empty = |at: usize| {
        let end = kept.get(at + 1).map_or(sheet.piece.blocks.len(), |_| candidate(at + 1).block);
        !has_text_after(candidate(at), &sheet.piece, end)
    };
    let listed = (0..kept.len()).take_while(|&at| empty(at)).count();
    let below: HashSet<&str> = (listed..kept.len()).map(text).collect();
    let named = listed >= 2 && (0..listed).all(|at| below.contains(text(at)));
    let told = (listed..kept.len()).filter(|&at| !empty(at)).count();
    let month = |at: usize| candidate(at).written.first.month;
    let anew = || month(0).zip(month(listed)).is_some_and(|(first, again)| again <= first);
    let contents = named || listed >= FEWEST_LISTED && told * 10 >= kept.len() * 8 && anew();
    if contents { kept[listed..].to_vec() } else { kept }
}

/// Leaves out the bare figures with nothing after them: the days of a calendar on which nothing was written. One in
/// twenty is an entry left empty.
fn without_empty_cells(sheet: &Sheet, kept: Vec<usize>) -> Vec<usize> {
    let candidate = |at: usize| kept.get(at).map(|&index| &sheet.page.candidates[index]);
    let bare = |candidate: &Candidate| is_figure(&sheet.piece.blocks[candidate.block]);
    let empty = |at: usize| {
        let end = candidate(at + 1).map_or(sheet.piece.blocks.len(), |next| next.block);
        candidate(at).is_some_and(|candidate| bare(candidate) && !has_text_after(candidate, &sheet.piece, end))
    };
    let figures = (0..kept.len()).filter(|&at| candidate(at).is_some_and(bare)).count();
    let written: Vec<usize> = (0..kept.len()).filter(|&at| !empty(at)).map(|at| kept[at]).collect();
    if figures * 10 < kept.len() * 8 || written.len() * 20 >= kept.len() * 19 { kept } else { written }
}

/// Leaves out the dates of a list in an entry: unlike nearly all others they have no weekday, or have their month in
/// figures or none, and they lead back behind the heading above, or, without a month, beyond the one below.
fn without_strays(sheet: &Sheet, kept: Vec<usize>, setting: &Setting) -> Vec<usize> {
    let candidate = |at: usize| &sheet.page.candidates[kept[at]];
    let bare = |at: usize| candidate(at).written.weekday.is_none();
    let figures = |at: usize| {
        let Candidate { block, written, .. } = candidate(at);
        let text = written.span.of(&sheet.piece.blocks[*block].text);
        written.first.month.is_some() && written.first.year.is_none() && !text.contains(char::is_alphabetic)
    };
    let number = |at: usize| {
        let first = candidate(at).written.first;
        first.day.is_some() && first.month.is_none() && bare(at)
    };
    let seldom =
        |odd: &dyn Fn(usize) -> bool, of: usize| (0..kept.len()).filter(|&at| odd(at)).count() * of <= kept.len();
    let (few_bare, few_figures, few_numbers) = (seldom(&bare, 5), seldom(&figures, 5), seldom(&number, 2));
    let odd: Vec<bool> = (0..kept.len())
        .map(|at| few_bare && bare(at) || few_figures && figures(at) || few_numbers && number(at))
        .collect();
    if !odd.contains(&true) {
        return kept;
    }
    let Resolution { dated, descending, .. } = sheet.resolve(&kept, setting);
    let date = |at: usize| dated.get(at).filter(|_| !candidate(at).written.is_month()).and_then(|dated| dated.first);
    // A day that no month has is a slip in a heading.
    let unknown = |at: usize| date(at).is_none() && dated.get(at).is_some_and(|dated| !dated.impossible);
    let leads_astray = |run: &std::ops::Range<usize>| {
        let (above, below) = (run.start.checked_sub(1).and_then(date), date(run.end));
        let (first, last) = if descending { (below, above) } else { (above, below) };
        run.clone().any(|at| {
            let before = first.zip(date(at)).is_some_and(|(first, date)| date < first);
            // A day or two are a slip of the diarist.
            let slip = |last: CivilDate, date: CivilDate| {
                (last.year(), last.month()) == (date.year(), date.month()) && date.day() <= last.day() + 2
            };
            let beyond = last.zip(date(at)).is_some_and(|(last, date)| number(at) && last < date && !slip(last, date));
            unknown(at) || before || beyond
        })
    };
    let mut left = Vec::with_capacity(kept.len());
    let mut at = 0;
    for run in odd.chunk_by(|one, two| one == two) {
        let here = at..at + run.len();
        at = here.end;
        if !(run[0] && leads_astray(&here)) {
            left.extend(here.map(|at| kept[at]));
        }
    }
    left
}
