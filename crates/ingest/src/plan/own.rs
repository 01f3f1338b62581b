//! The day that a page as a whole is of: by its text, its title, its metadata or its path.

use super::candidate::Candidate;
use super::context::week;
use super::page::Page;
use super::style::Shape;
use crate::date::path::PathDate;
use crate::date::{Parts, Written, scan};
use crate::document::{Block, Dress, Piece};
use diary::{BlockKind, Calendar, CivilDate, Weekday};

/// The day that a piece as a whole is of.
#[derive(Clone, Debug)]
pub(crate) struct Own {
    pub(crate) parts: Parts,
    pub(crate) last: Option<Parts>,
    /// The weekday beside it.
    pub(crate) weekday: Option<Weekday>,
    pub(crate) written: String,
    /// Where it is from, in words.
    pub(crate) from: &'static str,
    /// What another part of the source says instead.
    pub(crate) conflict: Option<String>,
    /// It stands far from its neighbours, which are in order.
    pub(crate) is_astray: bool,
    /// The year that is written, where it is another.
    pub(crate) misprint: Option<i32>,
}

impl Own {
    /// As if a heading had said it.
    pub(crate) fn written_date(&self) -> Written {
        Written { first: self.parts, last: self.last, weekday: self.weekday, ..Written::default() }
    }
}

/// Whether the figures of a name are a day's in another order than that of the year, the month and the day: `030409` is
/// 4 March 2009 on a page that says so.
fn is_other_reading(name: &str, day: Parts) -> bool {
    let Parts { year: Some(year), month: Some(month), day: Some(day) } = day else { return false };
    let year = year.rem_euclid(100);
    name == format!("{month:02}{day:02}{year:02}") || name == format!("{day:02}{month:02}{year:02}")
}

/// The day of a whole piece: by its text, then its metadata, then its path.
pub(crate) fn own_date(piece: &Piece, page: &Page, named: &PathDate) -> Option<Own> {
    let by_path = named.parts.is_whole().then(|| (named.parts, named.last, named.written.clone(), "the path"));
    let by_stamp = piece.stamp.as_ref().filter(|stamp| stamp.parts.is_whole());
    let by_stamp = by_stamp.map(|stamp| (stamp.parts, None, stamp.written.clone(), "the metadata"));
    // Of two readings, one may be what the name or the metadata says.
    let known = by_stamp.as_ref().or(by_path.as_ref()).map(|known| known.0);
    let read = |written: &Written| {
        let swapped = Parts { month: written.first.day, day: written.first.month, ..written.first };
        let settled = [written.first, swapped].into_iter().find(|parts| Some(*parts) == known);
        if written.ambiguous { settled } else { Some(written.first) }
    };
    // The first line of a file that is named for a day may say another.
    let opening = piece.blocks.iter().position(|block| !block.chrome && !block.text.is_empty());
    let strong: Vec<_> = page
        .candidates
        .iter()
        .filter(|c| c.style.shape == Shape::Alone && c.written.first.is_whole() && read(&c.written).is_some())
        .filter(|c| {
            let dress = c.style.dress;
            matches!(dress, Dress::Heading(_) | Dress::Dateline | Dress::Time | Dress::Ruled | Dress::Bold)
                || dress == Dress::Outline(1)
                || by_path.is_some() && c.written.weekday.is_some() && Some(c.block) == opening
                || by_path.is_some() && is_other_reading(&named.written, c.written.first)
        })
        .collect();
    let mut weekday = None;
    let by_text = match strong[..] {
        [only] if is_before_text(piece, only.block) || is_after_text(piece, only) => {
            let text = only.written.span.of(&piece.blocks[only.block].text).to_owned();
            weekday = only.written.weekday;
            Some((read(&only.written)?, only.written.last, text, "the text"))
        }
        _ => None,
    };
    // The title of a plain text is its first line, which may be a heading like others.
    let apart = piece.is_item || piece.blocks.iter().all(|block| block.span.is_empty());
    // A title of metadata that is nothing but a day says which day the page is about, and not when it was made.
    let is_day = |title: &&str| {
        let covers = |written: &Written| written.span.start == 0 && written.span.end == title.trim_end().len();
        piece.has_front_matter && scan::scan(title).is_some_and(|written| covers(&written))
    };
    let title = piece.title.as_deref().filter(|title| apart || is_day(title)).unwrap_or_default();
    let titled = scan::scan(title);
    let by_title = titled
        .as_ref()
        .filter(|w| w.first.is_whole() && !w.ambiguous && title[w.span.end..].chars().all(|c| !c.is_alphanumeric()))
        .filter(|w| !w.short_year || by_stamp.is_none())
        .map(|w| (w.first, w.last, w.span.of(title).to_owned(), "the title"));
    let by_text = by_text.or_else(|| week_of(piece, page));
    let mut found = [by_text, by_title, by_stamp, by_path].into_iter().flatten();
    let (parts, last, written, from) = found.next()?;
    let weekday = match from {
        "the text" => weekday,
        "the title" => titled.and_then(|written| written.weekday),
        "the metadata" => piece.stamp.as_ref().and_then(|stamp| stamp.weekday),
        _ => weekday_of(page, parts, opening),
    };
    let conflict = found.find(|other| other.0 != parts).map(|other| format!("{} says {}", other.3, other.2));
    Some(Own { parts, last, weekday, written, from, conflict, is_astray: false, misprint: None })
}

/// The week that heads a page on which no day has a heading: `## 2018 Week 10`.
fn week_of(piece: &Piece, page: &Page) -> Option<(Parts, Option<Parts>, String, &'static str)> {
    let mut weeks = page.contexts.iter().filter(|(_, parts)| parts.is_whole());
    let &(at, first) = weeks.next().filter(|_| weeks.next().is_none())?;
    let block =
        piece.blocks.get(at).filter(|block| matches!(block.dress, Dress::Heading(_)) && week(block).is_some())?;
    let days = page.candidates.iter().any(|candidate| candidate.written.feast.is_none());
    let monday = Calendar::Gregorian.day(CivilDate::new(first.year?, first.month?, first.day?)?)?;
    let sunday = Calendar::Gregorian.civil(monday.plus(6));
    let last = Parts::ymd(sunday.year(), sunday.month(), sunday.day());
    (!days && is_before_text(piece, at)).then(|| (first, Some(last), block.text.clone(), "the text"))
}

/// The weekday beside what says of this day, on a line of its own or in the first of the page: `# Friday 29 January` or
/// `29 (Friday)` in `2021-01-29.md`.
fn weekday_of(page: &Page, day: Parts, opening: Option<usize>) -> Option<Weekday> {
    let same = |written: &Written| {
        let Parts { year, month, .. } = written.first;
        let parts = Parts { year: year.or(day.year), month: month.or(day.month), ..written.first };
        parts == day && !written.ambiguous
    };
    let heads = |candidate: &&Candidate| {
        (candidate.style.shape == Shape::Alone || Some(candidate.block) == opening) && same(&candidate.written)
    };
    page.candidates.iter().find(heads)?.written.weekday
}

/// Whether a heading stands near the top of a page, with no more before it than titles and links.
fn is_before_text(piece: &Piece, heading: usize) -> bool {
    let prose = |block: &Block| {
        block.kind() == BlockKind::Paragraph
            && !block.chrome
            && block.text.len() >= 40
            && block.text.ends_with(['.', '!', '?'])
    };
    heading < 12 && !(piece.has_front_matter && piece.blocks[..heading].iter().any(prose))
}

/// Whether a date line stands at the foot of a page, with no more behind it than a few labels.
fn is_after_text(piece: &Piece, date: &Candidate) -> bool {
    let letters = |blocks: &[Block]| -> usize {
        let shown = blocks.iter().filter(|block| !block.chrome && !matches!(block.dress, Dress::Heading(_)));
        shown.map(|block| block.text.chars().filter(|c| c.is_alphanumeric()).count()).sum()
    };
    let dressed = matches!(date.style.dress, Dress::Dateline | Dress::Time);
    dressed && letters(&piece.blocks[date.block + 1..]) < 40 && letters(&piece.blocks[..date.block]) > 0
}
