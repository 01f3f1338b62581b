//! From a stretch of a document to an entry with its text, date and what was wrong with them.

use super::cut::Stretch;
use crate::date::Written;
use crate::date::resolve::{Dated, Repair};
use crate::document::Block;
use crate::language::Tongue;
use crate::plan::split::Sheet;
use crate::problem::{Problem, ProblemKind};
use diary::{
    Archive, Block as TextBlock, BlockKind, Calendar, CivilDate, Day, DaySpan, Entry, EntryDate, EntryId, Link,
    Precision, SourceRef, Span, Visibility, Weekday, weekday_name,
};
use std::collections::HashSet;
use std::sync::Arc;

/// An entry on its way, with its problems; its id comes last, when all entries are known.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) entry: Entry,
    pub(crate) problems: Vec<Problem>,
}

/// What dates a stretch.
#[derive(Default)]
pub(crate) struct When<'a> {
    pub(crate) dated: Option<&'a Dated>,
    pub(crate) written: Option<&'a Written>,
    pub(crate) as_written: String,
    pub(crate) calendar: Calendar,
    /// What another part of the source says of the date.
    pub(crate) conflict: Option<String>,
    /// Whether dates that are out of order are worth a word here.
    pub(crate) ordered: bool,
}

/// Makes the entry of a stretch.
pub(crate) fn draft(
    stretch: &Stretch,
    sheet: &Sheet,
    when: &When<'_>,
    archive: &Archive,
    private: bool,
    tongue: &Tongue,
) -> Draft {
    let piece = &sheet.piece;
    let (text, blocks, links) = text_of(&stretch.blocks);
    let mut problems = Vec::new();
    let mut say = |kind, message: String| {
        problems.push(Problem { line: stretch.line, ..Problem::of_source(kind, &sheet.path, message) });
    };
    let date = date_of(when, &mut say);
    if text.trim().is_empty() {
        let title = stretch.title.as_deref().unwrap_or_default();
        let names = [&stretch.heading, title, &when.as_written];
        let name = names.into_iter().find(|name| !name.is_empty()).unwrap_or("An entry");
        say(ProblemKind::Empty, format!("“{}” has no text.", shortened(name)));
    }
    let labels: Vec<String> = piece.tags.iter().chain(&stretch.tags).cloned().collect();
    let tagged = labels.iter().any(|tag| tag.eq_ignore_ascii_case("private"));
    let says = |key: &str| stretch.blocks.iter().any(|block| is_marked(block, key));
    let hidden = private || piece.private || tagged || says("private");
    let lang = tongue.of(&text).or_else(|| piece.lang.clone()).or_else(|| archive.lang.clone());
    let title = stretch.title.as_deref().map(one_line).filter(|title| !title.is_empty());
    let heading = one_line(&stretch.heading);
    let entry = Entry {
        id: EntryId::new("", "", 1),
        date,
        title: title.filter(|title| *title != heading),
        heading,
        author: piece.author.clone().filter(|author| archive.diarist.as_ref() != Some(author)),
        lang,
        text,
        blocks,
        links,
        tags: tags(&labels),
        sources: vec![SourceRef { path: Arc::clone(&sheet.path), line: stretch.line, span: stretch.span }],
        anchor: stretch.anchor.clone(),
        visibility: if hidden { Visibility::Private } else { Visibility::Public },
        sensitive: piece.sensitive || says("sensitive"),
        mentions: Vec::new(),
    };
    // Room for one is enough for most.
    problems.shrink_to_fit();
    Draft { entry, problems }
}

/// Whether a line of a block is a mark that the diarist set: [`says`].
pub(crate) fn is_marked(block: &Block, mark: &str) -> bool {
    block.text.lines().any(|line| says(line, mark))
}

/// Whether a line is a mark that the diarist set on the entry: `private: true`, `visibility: private`, `Tags: a, private`,
/// `#private`.
fn says(line: &str, mark: &str) -> bool {
    if line.len() > 120 {
        return false;
    }
    let line = line.trim().to_ascii_lowercase();
    if !line.contains(mark) {
        return false;
    }
    let tag = |word: &str| word.trim().trim_matches(['#', ':', '@', '[', ']', ',', ';']) == mark;
    match line.split_once(':') {
        Some((key, value)) if key.trim() == mark => matches!(value.trim(), "true" | "yes" | "1"),
        Some((key, value)) if matches!(key.trim(), "visibility" | "security" | "access") => value.trim() == mark,
        Some((key, value)) if matches!(key.trim(), "tags" | "tag" | "keywords" | "labels") => {
            value.split([',', ' ']).any(tag)
        }
        _ => line.split_whitespace().all(|word| word.starts_with(['#', ':', '@'])) && line.split_whitespace().any(tag),
    }
}

fn tags(written: &[String]) -> Vec<String> {
    let mut known = HashSet::new();
    let tags = written.iter().map(|tag| one_line(tag.trim_start_matches('#'))).filter(|tag| !tag.is_empty());
    tags.filter(|tag| known.insert(tag.clone())).collect()
}

/// Line breaks made spaces, and the underscores of plain text that stand for italics left out.
fn one_line(text: &str) -> String {
    let dressed = text.matches('_').count() >= 2 || text.starts_with('_') || text.ends_with('_');
    let text = if dressed { text.replace('_', "") } else { text.to_owned() };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shortened(text: &str) -> String {
    let line = one_line(text);
    match line.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}

/// The blocks one after the other, an empty line between two.
fn text_of(blocks: &[Block]) -> (String, Vec<TextBlock>, Vec<Link>) {
    let mut text = String::with_capacity(blocks.iter().map(|block| block.text.len() + 2).sum());
    let mut spans: Vec<TextBlock> = Vec::with_capacity(blocks.len());
    let mut links = Vec::new();
    for block in blocks {
        let words =
            if block.kind() == BlockKind::Code { block.text.trim_matches('\n').trim_end() } else { block.text.trim() };
        if words.trim().is_empty() {
            continue;
        }
        let cut = words.as_ptr() as usize - block.text.as_ptr() as usize;
        let joined = block.glued && spans.last().is_some_and(|last| last.kind == block.kind());
        // Lines of one paragraph that were broken to a width are one line again.
        let broken = text.rsplit('\n').next().is_some_and(|line| line.chars().nth(44).is_some());
        if !text.is_empty() {
            text.push_str(match (joined, broken && blocks_flow(block)) {
                (true, true) => " ",
                (true, false) => "\n",
                (false, _) => "\n\n",
            });
        }
        let start = text.len();
        text.push_str(words);
        let end = text.len();
        match spans.last_mut() {
            Some(last) if joined => last.span.end = end,
            _ => spans.push(TextBlock { kind: block.kind(), span: Span::new(start, end) }),
        }
        links.extend(
            block.links.iter().filter(|link| link.span.start >= cut && link.span.end <= cut + words.len()).map(
                |link| Link {
                    span: Span::new(link.span.start - cut + start, link.span.end - cut + start),
                    target: link.target.clone(),
                },
            ),
        );
    }
    (text, spans, links)
}

/// Whether a block is running words, whose line ends mean nothing.
fn blocks_flow(block: &Block) -> bool {
    block.kind() == BlockKind::Paragraph && block.text.is_ascii()
}

/// The date of an entry; what is wrong with it is said.
fn date_of(when: &When<'_>, say: &mut impl FnMut(ProblemKind, String)) -> EntryDate {
    let as_written = one_line(&when.as_written);
    let shown = shortened(&as_written);
    let Some(dated) = when.dated else {
        say(ProblemKind::MissingDate, "Nothing here says when it was written.".to_owned());
        return EntryDate::unknown(&as_written);
    };
    let known = dated.first.zip(dated.precision);
    let days = known.and_then(|(first, precision)| days(first, dated.last, precision, when.calendar));
    let (Some((first, precision)), Some(days)) = (known, days) else {
        if dated.impossible || known.is_some() {
            say(ProblemKind::ImpossibleDate, format!("There is no “{shown}”; the entry has no date."));
        } else {
            say(ProblemKind::MissingDate, format!("Nothing says which year “{shown}” is of; the entry has no date."));
        }
        return EntryDate::unknown(&as_written);
    };
    let weekday = when.written.and_then(|written| written.weekday).filter(|_| dated.weekday_agrees == Some(false));
    let other_reading = weekday.and_then(|weekday| {
        let near = nearest(days.first, weekday);
        let named = near.map(|day| format!(" The nearest {} is {}.", weekday_name(weekday), when.calendar.civil(day)));
        let (is, said) = (weekday_name(days.first.weekday()), weekday_name(weekday));
        let message = format!("“{shown}”: {first} was a {is}, not a {said}.{}", named.unwrap_or_default());
        say(ProblemKind::DateConflict, message);
        near
    });
    say_repairs(dated, when, &shown, first, say);
    EntryDate {
        days: Some(days),
        precision,
        calendar: when.calendar,
        as_written,
        weekday_agrees: dated.weekday_agrees,
        other_reading,
        inferred: dated.inferred,
    }
}

/// The day closest to one that is this day of the week, of two the earlier.
fn nearest(day: Day, weekday: Weekday) -> Option<Day> {
    [-1, 1, -2, 2, -3, 3].into_iter().map(|off| day.plus(off)).find(|day| day.weekday() == weekday)
}

/// Says how a date was read otherwise than it is written, and what speaks against it.
fn say_repairs(
    dated: &Dated,
    when: &When<'_>,
    shown: &str,
    first: CivilDate,
    say: &mut impl FnMut(ProblemKind, String),
) {
    let misread = when.written.is_some_and(|written| written.repaired);
    let reason = match dated.repair {
        Some(Repair::Year(year)) => Some(format!(": the year {year} does not fit its neighbours.")),
        Some(Repair::OldStyleYear) => {
            let (before, year) = (first.year() - 1, first.year() % 100);
            Some(format!(": a day of the Old Style year {before}/{year:02}."))
        }
        None => misread.then(|| ".".to_owned()),
    };
    if let Some(reason) = reason {
        say(ProblemKind::RepairedDate, format!("“{shown}” was read as {first}{reason}"));
    }
    if dated.stamp_disagrees {
        say(
            ProblemKind::DateConflict,
            format!("“{shown}” was read as {first}, but the markup beside it says otherwise."),
        );
    }
    if let Some(conflict) = &when.conflict {
        say(ProblemKind::DateConflict, format!("It is of {first}, but {conflict}."));
    }
    if dated.out_of_order && when.ordered {
        say(ProblemKind::OutOfOrder, format!("“{shown}” ({first}) stands out of the order of its neighbours."));
    }
}

/// The days that a date covers.
fn days(first: CivilDate, last: Option<CivilDate>, precision: Precision, calendar: Calendar) -> Option<DaySpan> {
    let day = |year, month, day| CivilDate::new(year, month, day).and_then(|date| calendar.day(date));
    let (year, month) = (first.year(), first.month());
    match precision {
        Precision::Day => {
            let first = calendar.day(first)?;
            let last = last.and_then(|date| calendar.day(date)).unwrap_or(first);
            DaySpan::new(first, last).or(Some(DaySpan::one(first)))
        }
        Precision::Month => DaySpan::new(day(year, month, 1)?, day(year, month, calendar.month_end(year, month))?),
        Precision::Year => DaySpan::new(day(year, 1, 1)?, day(year, 12, 31)?),
        Precision::None => None,
    }
}
