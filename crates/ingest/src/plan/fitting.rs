//! The headings of a page: those of the style that tells its entries apart best, and others that fit between them.

use super::candidate::Candidate;
use super::page::LONG_AFTER;
use super::score::Score;
use super::sift::sift;
use super::split::{Plan, Sheet};
use super::style::{Shape, Style, is_placed, same_kind};
use crate::date::resolve::{Item, Repair, Resolution, Setting, resolve};
use crate::date::{Parts, Written};
use crate::document::Dress;
use diary::CivilDate;
use std::collections::BTreeMap;

/// The headings of a style, and those of other styles that fit between them.
pub(crate) fn headings_of(
    sheet: &Sheet,
    style: Style,
    scores: &BTreeMap<Style, Score>,
    setting: &Setting,
) -> (Plan, Option<String>) {
    let mut kept = sheet.page.of_style(style);
    let mut resolved = sheet.resolve(&kept, setting);
    // Between dates without an order nothing fits.
    if resolved.in_order * 2 < resolved.known() {
        return (Plan::Headings(kept), Some(style.to_string()));
    }
    let mut others: Vec<(&Style, &Score)> = scores.iter().filter(|(other, _)| **other != style).collect();
    // Dressed alike, a date behind a place is no less a heading than one without: where together they go on as well, all are
    // kept, and else those that fit.
    for (other, score) in others.iter().filter(|(other, _)| is_placed(style, **other)) {
        let mut together = [kept.clone(), sheet.page.of_style(**other)].concat();
        together.sort_unstable();
        let found = sheet.resolve(&together, setting);
        if found.in_order >= resolved.in_order + score.headings && found.weekdays.1 <= resolved.weekdays.1 {
            (kept, resolved) = (together, found);
        }
    }
    others.sort_by_key(|(other, score)| (std::cmp::Reverse(score.order(**other)), **other));
    for (other, _) in others {
        let related = same_kind(style, *other);
        // Beside headings that all have their month, or an ordinal, a bare number is that of a note.
        let bare = |candidate: usize| {
            let Candidate { written, .. } = &sheet.page.candidates[candidate];
            let Parts { month, day, .. } = written.first;
            day.is_some() && month.is_none() && written.weekday.is_none() && !written.ordinal
        };
        let of_note = kept.len() >= ASKED / 8 && !kept.iter().any(|&at| bare(at));
        // Below lines that are dates and nothing else, a paragraph that only begins with one is a sentence; below others,
        // one that goes on without a capital.
        let sentence = |candidate: usize| {
            let Candidate { block, written, rest, .. } = &sheet.page.candidates[candidate];
            let goes_on = || {
                let text = &sheet.piece.blocks[*block].text;
                let before = text[..written.span.start].trim();
                // "On January 11th Captain Black", "On the 8th of August, the next year, he"
                let english = ["on", "on the"].iter().any(|lead| before.eq_ignore_ascii_case(lead));
                let led = before.contains(char::is_alphabetic);
                let after = text[*rest..].trim_start_matches(|c| led && matches!(c, ',' | ' '));
                // "On the 12th of May, I beheld"
                let own = after.starts_with("I ") || after.starts_with("My ");
                english && !own || after.starts_with(char::is_lowercase)
            };
            other.shape == Shape::Loose
                && written.weekday.is_none()
                && written.first.year.is_none()
                && (style.shape == Shape::Alone || goes_on())
        };
        // Numbers that follow each other line by line, otherwise dressed, are those of a list: "  3rd--Maj.-Gen. Sickles".
        let of_list = |candidate: usize| {
            let Written { first, weekday, .. } = sheet.page.candidates[candidate].written;
            !related && other.inner && !style.inner && first.month.is_none() && weekday.is_none()
        };
        // A place before a date does not part it from its like.
        let placed =
            other.shape == Shape::Within && (other.dress == Dress::Plain && related || is_placed(style, *other));
        let apart = matches!(other.shape, Shape::Within | Shape::Numbered) && !placed;
        if other.shape == Shape::Loose && !related || apart {
            continue;
        }
        // What hangs below the date of an outline is part of that day.
        if let (Dress::Outline(level), Dress::Outline(below)) = (style.dress, other.dress)
            && below > level
        {
            continue;
        }
        // What fits may lead on to more of its kind.
        let of_style = sheet.page.of_style(*other);
        for _ in 0..ROUNDS {
            let known = of_style.iter().filter(|candidate| kept.binary_search(candidate).is_ok()).count();
            // Where nearly all of a style fit, those are headings too whose weekday is wrong.
            let trusted = related || known >= FEWEST_TRUSTED && known * 10 >= of_style.len() * 8;
            let fitting: Vec<usize> = of_style
                .iter()
                .copied()
                .filter(|&candidate| kept.binary_search(&candidate).is_err())
                .filter(|&candidate| !(sentence(candidate) || of_note && bare(candidate) || of_list(candidate)))
                .filter(|&candidate| fits_between(sheet, &kept, &resolved, candidate, setting, trusted))
                .collect();
            if fitting.is_empty() || !related && (known + fitting.len()) * 10 < of_style.len() * 6 {
                break;
            }
            kept.extend(fitting);
            kept.sort_unstable();
            resolved = sheet.resolve(&kept, setting);
        }
    }
    (Plan::Headings(sift(sheet, kept, setting)), Some(style.to_string()))
}

/// So often headings of another style are asked whether they fit by now.
const ROUNDS: usize = 4;

/// Fewer headings of another style show none to be its like.
const FEWEST_TRUSTED: usize = 4;

/// So many headings on either side are asked for a date in order: a page of disorder is not walked for every candidate.
const ASKED: usize = 64;

/// So many days back a second diary begins.
const BACK: i64 = 20;

/// Whether a candidate's date, whole by itself or with its neighbours' year, lies between its neighbours' dates.
fn fits_between(
    sheet: &Sheet,
    kept: &[usize],
    resolution: &Resolution,
    candidate: usize,
    setting: &Setting,
    related: bool,
) -> bool {
    let Candidate { block, style, written, stamp, .. } = &sheet.page.candidates[candidate];
    let (block, calendar) = (*block, setting.calendar);
    if written.first.month.is_none() && !related {
        return false;
    }
    let at = kept.partition_point(|&index| sheet.page.candidates[index].block < block);
    // A bare weekday follows its neighbours itself.
    let neighbour = |index: usize| {
        if sheet.page.candidates[kept[index]].written.is_weekday() {
            return None;
        }
        let dated = resolution.dated.get(index).filter(|dated| !dated.out_of_order)?;
        Some((sheet.page.candidates[kept[index]].block, dated.first?, dated.day(calendar)?))
    };
    let before = (0..at).rev().take(ASKED).find_map(neighbour);
    let after = (at..kept.len()).take(ASKED).find_map(neighbour);
    // Dated between its neighbours alone: the whole page is not weighed again for every candidate.
    let fixed =
        |date: CivilDate| Written { first: Parts::ymd(date.year(), date.month(), date.day()), ..Written::default() };
    let (first, last) = (before.map(|(_, date, _)| fixed(date)), after.map(|(_, date, _)| fixed(date)));
    let from = before.map_or(0, |(block, ..)| block);
    let contexts = &sheet.page.contexts;
    let between = contexts.partition_point(|(at, _)| *at < from)..contexts.partition_point(|(at, _)| *at < block);
    let contexts = &contexts[between];
    // A year takes away what stands above it; of months alone, the last few say as much as all.
    let year = contexts.iter().rposition(|(_, parts)| parts.year.is_some());
    let recent = contexts.len().saturating_sub(ASKED).max(year.map_or(0, |at| at + 1));
    let contexts = year.into_iter().chain(recent..contexts.len()).map(|at| Item::Context(contexts[at].1));
    let items: Vec<Item<'_>> = first
        .iter()
        .map(|written| Item::Heading(written, None))
        .chain(contexts)
        .chain([Item::Heading(written, *stamp)])
        .chain(last.iter().map(|written| Item::Heading(written, None)))
        .collect();
    let hinted = Setting { hint: Parts { day: None, ..sheet.page.hint }, ..*setting };
    let dated = resolve(&items, &hinted).dated;
    let Some(dated) = dated.get(usize::from(first.is_some())) else { return false };
    let Some(day) = dated.day(calendar) else { return false };
    // The date of a preface is of another time.
    if matches!(dated.repair, Some(Repair::Year(year)) if year - dated.first.map_or(year, CivilDate::year) > LONG_AFTER)
    {
        return false;
    }
    if dated.weekday_agrees == Some(false) && !related {
        return false;
    }
    let (before, after) = (before.map(|(.., day)| day), after.map(|(.., day)| day));
    let (low, high) = if resolution.descending { (after, before) } else { (before, after) };
    // At an end of the page there is one neighbour; a date near it is believed, and farther off one that says its year.
    let placed = sheet.piece.blocks[block].text[..written.span.start].contains(char::is_alphabetic);
    let alone = related && style.shape == Shape::Alone && !placed && before.is_some();
    let reach = if alone && written.first.is_whole() && !written.short_year { 400 } else { 60 };
    let near = |one: Option<diary::Day>| one.is_none_or(|one| (one.number() - day.number()).abs() <= reach);
    let inside = low.is_none_or(|low| low < day || related && low == day)
        && high.is_none_or(|high| day < high || related && high == day);
    // Where a second diary begins, the first ends.
    let ends = || {
        let day_of = |index: usize| resolution.dated.get(index).and_then(|dated| dated.day(calendar));
        let (last, next) = (at.checked_sub(1).and_then(day_of), day_of(at));
        let back = last.zip(next).is_some_and(|(last, next)| last.number() - next.number() > BACK);
        !resolution.descending && back && last.is_some_and(|last| last < day) && near(last)
    };
    inside && (low.is_some() && high.is_some() || near(low.or(high))) || ends()
}
