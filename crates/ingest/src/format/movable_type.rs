//! Movable Type's export, which TypePad writes too: entries between lines of eight hyphens, their fields and texts between
//! lines of five. Comments are notes.

use super::feed::{notes, paragraphs};
use super::{Input, html};
use crate::date::Parts;
use crate::document::{Piece, Stamp};
use crate::problem::Problem;
use diary::Span;

const ENTRY_END: &str = "--------";
const PART_END: &str = "-----";

pub(super) fn recognise(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim_end);
    let mut fields = lines.by_ref().take_while(|line| *line != PART_END).take(60).filter(|line| !line.is_empty());
    let all = fields.all(|line| field(line).is_some_and(|(key, _)| key.len() > 2));
    all && lines.next() == Some("BODY:")
}

/// `TITLE: First frost`: a name in capitals and what it says.
fn field(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let named = !key.is_empty() && key.bytes().all(|b| b.is_ascii_uppercase() || b == b' ');
    named.then(|| (key, value.trim()))
}

/// Lines of an entry between two lines of hyphens.
#[derive(Default)]
struct Part<'a> {
    lines: Vec<&'a str>,
    /// The number of its first line.
    line: usize,
}

pub(super) fn read(input: &Input<'_>, problems: &mut Vec<Problem>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut parts: Vec<Part<'_>> = vec![Part { line: input.line + 1, ..Part::default() }];
    let mut start = input.offset;
    let mut from = start;
    for (index, line) in input.text.split('\n').enumerate() {
        let end = start + line.len();
        match line.trim_end() {
            ENTRY_END => {
                let span = Span::new(from, end);
                pieces.extend(piece(&std::mem::take(&mut parts), span, input, problems));
                parts.push(Part { line: index + 2 + input.line, ..Part::default() });
                from = end + 1;
            }
            PART_END => parts.push(Part { line: index + 2 + input.line, ..Part::default() }),
            other => parts.last_mut().into_iter().for_each(|part| part.lines.push(other)),
        }
        start = end + 1;
    }
    let end = input.offset + input.text.len();
    pieces.extend(piece(&parts, Span::new(from.min(end), end), input, problems));
    pieces
}

fn piece(parts: &[Part<'_>], span: Span, input: &Input<'_>, problems: &mut Vec<Problem>) -> Option<Piece> {
    let (head, texts) = parts.split_first()?;
    let fields: Vec<(&str, &str)> = head.lines.iter().filter_map(|line| field(line)).collect();
    let value = |key: &str| fields.iter().find(|(name, value)| *name == key && !value.is_empty()).map(|(_, v)| *v);
    if fields.is_empty() && texts.is_empty() {
        return None;
    }
    let mut tags: Vec<String> =
        fields.iter().filter(|(key, _)| key.ends_with("CATEGORY")).map(|(_, tag)| (*tag).to_owned()).collect();
    tags.extend(
        value("TAGS").into_iter().flat_map(|tags| tags.split(',').map(|tag| tag.trim_matches(['"', ' ']).to_owned())),
    );
    let mut blocks = Vec::new();
    for part in texts {
        let Some((name, words)) = part.lines.split_first() else { continue };
        let mut add = |lines: &[&str], line: usize, author: Option<&str>| {
            let mut read = html::piece(&paragraphs(lines.join("\n").trim()), input.path, problems).blocks;
            for block in &mut read {
                block.line = line;
            }
            blocks.extend(match author {
                Some(author) => notes(author, read),
                None => read,
            });
        };
        match name.trim() {
            "BODY:" | "EXTENDED BODY:" => add(words, part.line + 1, None),
            "COMMENT:" | "PING:" => {
                let said = words.iter().take_while(|line| field(line).is_some()).count();
                let author = words[..said].iter().filter_map(|line| field(line));
                let author = author.filter(|(key, _)| matches!(*key, "AUTHOR" | "BLOG NAME")).map(|(_, v)| v).next();
                add(&words[said..], part.line, Some(author.unwrap_or_default()));
            }
            // The excerpt says the beginning again; keywords are not shown.
            _ => {}
        }
    }
    Some(Piece {
        is_item: true,
        stamp: value("DATE").and_then(stamp),
        title: value("TITLE").map(str::to_owned),
        author: value("AUTHOR").map(str::to_owned),
        private: value("STATUS").is_some_and(|status| !status.eq_ignore_ascii_case("publish")),
        tags,
        line: head.line,
        span,
        blocks,
        ..Piece::default()
    })
}

/// `11/03/2003 07:12:00 AM`, the month in front.
fn stamp(written: &str) -> Option<Stamp> {
    let mut numbers = written.split(['/', ' ']).map(|number| number.parse::<u32>().ok());
    let mut next = || numbers.next().flatten();
    let (Some(month @ 1..=12), Some(day @ 1..=31), Some(year)) = (next(), next(), next()) else {
        return Stamp::read(written);
    };
    Some(Stamp { parts: Parts::ymd(i32::try_from(year).ok()?, month, day), written: written.to_owned(), weekday: None })
}
