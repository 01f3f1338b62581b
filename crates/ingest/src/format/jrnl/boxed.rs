//! jrnl's entries in boxes, as `--format fancy` draws them: the date stands behind the upper edge, the title above a dashed
//! line and the text below it.

use super::{Input, tags, text};
use crate::date::{Written, in_one_order, scan};
use crate::document::{Block, Piece, Stamp, add_item};
use diary::{BlockKind, Span};

const UPPER_EDGE: char = '┎';
const SIDE: char = '┃';
const DASHED: char = '┠';

pub(super) fn recognise(text: &str) -> bool {
    text.trim_start().starts_with(UPPER_EDGE)
}

/// What stands in a box.
struct Card<'a> {
    written: &'a str,
    date: Option<Written>,
    title: String,
    lines: Vec<&'a str>,
    line: usize,
    span: Span,
}

pub(super) fn read(input: &Input<'_>) -> Vec<Piece> {
    let mut cards: Vec<Card<'_>> = Vec::new();
    let mut in_title = true;
    let mut at = input.offset;
    for (index, line) in input.text.split('\n').enumerate() {
        let (start, end) = (at, at + line.len());
        at = end + 1;
        if line.starts_with(UPPER_EDGE) {
            let written = line.rsplit('╮').next().unwrap_or_default().trim();
            let date = scan::scan(written).filter(|date| date.first.is_whole());
            let line = index + 1 + input.line;
            cards.push(Card {
                written,
                date,
                title: String::new(),
                lines: Vec::new(),
                line,
                span: Span::new(start, end),
            });
            in_title = true;
            continue;
        }
        let Some(card) = cards.last_mut() else { continue };
        card.span.end = end;
        in_title &= !line.starts_with(DASHED);
        let Some(words) = line.strip_prefix(SIDE) else { continue };
        // The edge on the right; that of the date, which hangs into the title.
        let words = words.trim_end().trim_end_matches(['│', '╕', '═']).trim_end_matches('╘').trim();
        match in_title {
            true if card.title.is_empty() => words.clone_into(&mut card.title),
            true => card.title.extend([" ", words]),
            false => card.lines.push(words),
        }
    }
    let known = cards.iter().filter_map(|card| Some((card.date.as_ref()?, card.written)));
    let mut days = in_one_order(known).into_iter();
    let mut pieces = Vec::new();
    for card in cards {
        let parts = card.date.as_ref().and_then(|_| days.next());
        let body = card.lines.join("\n");
        let mut blocks = text::piece(&body, card.line, 0).blocks;
        for block in &mut blocks {
            (block.line, block.span) = (card.line, Span::default());
        }
        let tags = tags(&format!("{} {body}", card.title));
        let alone = blocks.is_empty();
        if alone {
            blocks.push(Block::new(card.title.as_str(), BlockKind::Paragraph, card.line));
        }
        let piece = Piece {
            is_item: true,
            private: tags.iter().any(|tag| tag == "private"),
            stamp: parts.map(|parts| Stamp { parts, written: card.written.to_owned(), weekday: None }),
            title: Some(card.title).filter(|title| !alone && !title.is_empty()),
            tags,
            line: card.line,
            span: card.span,
            blocks,
            ..Piece::default()
        };
        add_item(&mut pieces, piece);
    }
    pieces
}
