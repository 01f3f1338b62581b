//! CherryTree's notes: a tree of nodes whose text is in pieces of one dress each. A node is of the day in its name, or in
//! the names of those that it hangs below; else of the day when it was made.

use super::Input;
use super::xml::{Element, items, root};
use crate::date::{path, stamp};
use crate::document::{Block, Piece, Stamp, add_item};
use crate::format::text;
use crate::problem::{Problem, ProblemKind};
use diary::{BlockKind, Span};

pub(super) fn recognise(text: &str) -> bool {
    text.trim_start().starts_with('<') && root(text).is_some_and(|(name, _)| name == "cherrytree")
}

pub(super) fn read(input: &Input<'_>, problems: &mut Vec<Problem>) -> Vec<Piece> {
    let found = items(input.text, &["node"]);
    if !found.whole {
        let message = "The markup breaks off or is not well formed; what was read up to there was kept.";
        problems.push(Problem::of_source(ProblemKind::Malformed, input.path, message));
    }
    let mut pieces = Vec::new();
    let mut names = Vec::new();
    found.items.iter().for_each(|node| gather(node, &mut names, input, &mut pieces));
    pieces
}

/// A node and those that hang below it.
fn gather<'a>(node: &'a Element, names: &mut Vec<&'a str>, input: &Input<'_>, out: &mut Vec<Piece>) {
    names.push(node.attribute("name").unwrap_or_default().trim());
    let piece = piece(node, names, input);
    if !piece.blocks.is_empty() {
        add_item(out, piece);
    }
    node.all("node").for_each(|below| gather(below, names, input, out));
    names.pop();
}

fn piece(node: &Element, names: &[&str], input: &Input<'_>) -> Piece {
    let line = node.line + input.line;
    let words: String = node.all("rich_text").map(|part| part.text.as_str()).collect();
    let mut blocks = text::piece(&words, line, 0).blocks;
    // Tables and code are kept behind the text that they stand in.
    for cell in node.all("table").flat_map(|table| table.all("row")) {
        let cells: Vec<&str> = cell.all("cell").map(|cell| cell.text.trim()).collect();
        blocks.push(Block::new(cells.join(" · "), BlockKind::Paragraph, line));
    }
    blocks.extend(node.all("codebox").map(|code| Block::new(code.text.trim(), BlockKind::Code, line)));
    blocks.retain(|block| !block.text.is_empty());
    for block in &mut blocks {
        block.line = line;
        block.span = Span::default();
    }
    let name = names.last().copied().unwrap_or_default();
    let named = Stamp::read(name).filter(|stamp| stamp.parts.is_whole());
    let placed = path::read(&(names.join("/") + ".txt")).parts;
    let placed = placed.is_whole().then(|| Stamp { parts: placed, written: names.join("/"), weekday: None });
    let made = node.attribute("ts_creation").and_then(|seconds| {
        let parts = stamp::from_epoch(seconds.parse().ok()?, 0)?;
        Some(Stamp { parts, written: seconds.to_owned(), weekday: None })
    });
    let tags = node.attribute("tags").unwrap_or_default().split([' ', ',']);
    Piece {
        // What is named for no day may be a diary of many.
        is_item: named.is_some() || placed.is_some(),
        title: Some(name.to_owned()).filter(|name| !name.is_empty() && named.is_none()),
        stamp: named.or(placed).or(made),
        tags: tags.filter(|tag| !tag.is_empty()).map(str::to_owned).collect(),
        line,
        blocks,
        ..Piece::default()
    }
}
