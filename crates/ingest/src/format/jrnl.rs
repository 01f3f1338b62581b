//! jrnl's text: every entry opens with `[2020-08-29 11:11] Title`, its tags are words with an `@`. It also exports them in
//! boxes.

mod boxed;

use super::{Input, text};
use crate::date::{Written, in_one_order, scan};
use crate::document::{Piece, Stamp, add_item};
use diary::Span;

/// The date, and the byte after the bracket.
fn opening(line: &str) -> Option<(Written, String, usize)> {
    let close = line.starts_with('[').then(|| line[..line.floor_char_boundary(40)].find(']')).flatten()?;
    let inside = &line[1..close];
    let (date, time) = inside.split_once([' ', 'T'])?;
    let timed = time.bytes().next().is_some_and(|b| b.is_ascii_digit()) && time.contains([':', '.']);
    let written = scan::scan(date).filter(|written| written.first.is_whole() && timed)?;
    Some((written, inside.to_owned(), close + 1))
}

pub(super) fn recognise(text: &str) -> bool {
    if boxed::recognise(text) {
        return true;
    }
    let openings = text.lines().filter(|line| opening(line).is_some()).count();
    openings > 0 && text.lines().find(|line| !line.trim().is_empty()).is_some_and(|line| opening(line).is_some())
}

pub(super) fn read(input: &Input<'_>) -> Vec<Piece> {
    if boxed::recognise(input.text) {
        return boxed::read(input);
    }
    let mut starts = Vec::new();
    let mut dates = Vec::new();
    let mut at = 0;
    for (index, line) in input.text.split('\n').enumerate() {
        if let Some((date, written, rest)) = opening(line) {
            dates.push(date);
            starts.push((at, index, written, rest, line.len()));
        }
        at += line.len() + 1;
    }
    let days = in_one_order(dates.iter().zip(starts.iter().map(|(_, _, written, ..)| written.as_str())));
    let mut pieces = Vec::new();
    for (n, ((start, index, written, rest, length), day)) in starts.iter().zip(days).enumerate() {
        let end = starts.get(n + 1).map_or(input.text.len(), |(next, ..)| *next);
        let first = input.text[start + rest..start + length].trim();
        let body_at = (start + length + 1).min(end);
        let line = index + 1 + input.line;
        // The title ends with the first sentence; what follows on the line is text.
        let cut = first.find(['.', '?', '!']).map_or(first.len(), |at| at + 1);
        let starred = first.strip_suffix('*').map(str::trim_end);
        let (title, more) = starred.map_or_else(|| first.split_at(cut), |title| (title, ""));
        let mut blocks = text::piece(more.trim(), line, 0).blocks;
        for block in &mut blocks {
            block.span = Span::default();
        }
        blocks.extend(text::piece(&input.text[body_at..end], line + 1, input.offset + body_at).blocks);
        // One sentence is all that was written.
        let alone = blocks.is_empty();
        if alone {
            blocks = text::piece(title, line, 0).blocks;
        }
        let tags = tags(&input.text[*start..end]);
        let piece = Piece {
            is_item: true,
            private: tags.iter().any(|tag| tag == "private"),
            stamp: Some(Stamp { parts: day, written: written.clone(), weekday: None }),
            title: Some(title.to_owned()).filter(|title| !title.is_empty() && !alone),
            tags,
            line,
            span: Span::new(input.offset + start, input.offset + end),
            blocks,
            ..Piece::default()
        };
        add_item(&mut pieces, piece);
    }
    pieces
}

/// The words of a text with an `@` in front.
fn tags(text: &str) -> Vec<String> {
    let marked = text.split_whitespace().filter_map(|word| word.strip_prefix('@'));
    let tag = |word: &str| -> String {
        word.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '/')).collect()
    };
    marked.map(tag).filter(|tag| !tag.is_empty()).collect()
}
