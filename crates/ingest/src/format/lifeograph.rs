//! Lifeograph's diaries: lines whose first letters say what they hold. A day is a number: its decimal figures since version
//! 2016 of the format, its parts in bits before.

use super::Input;
use crate::date::{Parts, stamp};
use crate::document::{Block, Piece, Stamp, add_item};
use crate::problem::{Problem, ProblemKind};
use diary::{BlockKind, Span};

const HEADER: &str = "LIFEOGRAPHDB";
/// From this version on days are written in decimal figures.
const DECIMAL: u32 = 2016;
/// From this version on entries and paragraphs begin with two letters.
const PAIRED: u32 = 2000;
/// Entries of no day have this bit set.
const ORDINAL: u32 = 1 << 31;
/// From this version on the dress of an entry or paragraph takes so many letters more.
const DRESSED: u32 = 3000;

pub(super) fn recognise(text: &str) -> bool {
    text.starts_with(HEADER)
}

pub(super) fn read(input: &Input<'_>, problems: &mut Vec<Problem>) -> Vec<Piece> {
    let version = input.text.lines().nth(1).and_then(|line| line.strip_prefix("V ")?.trim().parse().ok()).unwrap_or(0);
    if input.text.lines().nth(2).is_some_and(|line| line.starts_with("E y")) {
        let message = "It is encrypted, and was left out.";
        problems.push(Problem::of_source(ProblemKind::Unreadable, input.path, message));
        return Vec::new();
    }
    let mut pieces = Vec::new();
    let mut open: Option<Entry<'_>> = None;
    let mut at = input.offset;
    for (index, line) in input.text.split('\n').enumerate() {
        let start = at;
        at += line.len() + 1;
        // Below the header alone.
        let item = if index < 3 { Item::Other } else { item(line, version) };
        match (item, &mut open) {
            (Item::Entry { day, is_trashed }, _) => {
                let fresh = Entry { day, is_trashed, line: index + 1 + input.line, start, ..Entry::default() };
                if let Some(entry) = open.replace(fresh) {
                    add_item(&mut pieces, entry.piece(version, start));
                }
            }
            (Item::Paragraph(words), Some(entry)) => entry.paragraphs.push((index + 1 + input.line, words)),
            (Item::Made(made), Some(entry)) => entry.made = made,
            (Item::Tag(tag), Some(entry)) => entry.tags.push(tag.to_owned()),
            _ => {}
        }
    }
    if let Some(entry) = open {
        add_item(&mut pieces, entry.piece(version, input.offset + input.text.len()));
    }
    pieces.retain(|piece| piece.title.is_some() || !piece.blocks.is_empty());
    pieces
}

/// What a line holds.
enum Item<'a> {
    Entry {
        day: &'a str,
        is_trashed: bool,
    },
    Paragraph(&'a str),
    /// When the entry was made.
    Made(&'a str),
    Tag(&'a str),
    Other,
}

fn item(line: &str, version: u32) -> Item<'_> {
    // Letters that are dress are ASCII.
    let behind = |letters: usize| line.get(letters..).unwrap_or_default();
    let mut letters = line.chars();
    let [first, second, third] = std::array::from_fn(|_| letters.next().unwrap_or(' '));
    if version < PAIRED {
        return match first {
            'E' | 'e' => Item::Entry { day: behind(4), is_trashed: first == 'e' },
            'P' => Item::Paragraph(behind(2)),
            'D' if second == 'r' => Item::Made(behind(2)),
            'T' => Item::Tag(behind(2)),
            _ => Item::Other,
        };
    }
    match (first, second) {
        ('E', ' ' | '+') => {
            Item::Entry { day: behind(if version < DRESSED { 6 } else { 17 }), is_trashed: line.get(3..4) == Some("T") }
        }
        ('E', 'c') => Item::Made(behind(2)),
        // Small letters are the colour, the place and the like of a paragraph.
        ('E', 'p') if third.is_ascii_lowercase() => Item::Other,
        ('E', 'p') => Item::Paragraph(behind(if version < DRESSED || third == 'D' { 3 } else { 18 })),
        _ => Item::Other,
    }
}

#[derive(Default)]
struct Entry<'a> {
    day: &'a str,
    made: &'a str,
    is_trashed: bool,
    tags: Vec<String>,
    /// With the numbers of their lines.
    paragraphs: Vec<(usize, &'a str)>,
    line: usize,
    start: usize,
}

impl Entry<'_> {
    /// The first paragraph of an entry is its title, where there are others.
    fn piece(self, version: u32, end: usize) -> Piece {
        let mut blocks: Vec<Block> = Vec::new();
        let mut goes_on = false;
        let title = self.paragraphs.first().map(|(_, words)| words.trim()).filter(|words| !words.is_empty());
        let has_more = self.paragraphs.iter().skip(1).any(|(_, words)| !words.trim().is_empty());
        for (line, words) in self.paragraphs.iter().skip(usize::from(has_more && title.is_some())) {
            let words = words.trim_end();
            match blocks.last_mut().filter(|_| goes_on && !words.is_empty()) {
                Some(block) => block.text.extend(["\n", words]),
                None if words.is_empty() => {}
                None => blocks.push(Block::new(words, BlockKind::Paragraph, *line)),
            }
            goes_on = !words.is_empty();
        }
        let parts = day(self.day, version).or_else(|| moment(self.made, version));
        Piece {
            is_item: true,
            stamp: parts.map(|parts| Stamp { parts, written: self.day.to_owned(), weekday: None }),
            title: title.filter(|_| has_more).map(str::to_owned),
            private: self.is_trashed,
            tags: self.tags,
            line: self.line,
            span: Span::new(self.start, end),
            blocks,
            ..Piece::default()
        }
    }
}

/// The day of a number.
fn day(written: &str, version: u32) -> Option<Parts> {
    if version >= DECIMAL {
        return stamp::iso(written.get(..8)?);
    }
    let number: u32 = written.trim().parse().ok().filter(|number| *number < ORDINAL)?;
    let (year, month, day) = (number >> 19, number >> 15 & 0xF, number >> 10 & 0x1F);
    stamp::iso(&format!("{year:04}-{month:02}-{day:02}"))
}

/// The day of the moment when an entry was made.
fn moment(written: &str, version: u32) -> Option<Parts> {
    if version >= DECIMAL { day(written, version) } else { stamp::from_epoch(written.trim().parse().ok()?, 0) }
}
