//! OPML, as outliners export it: dates among the nodes are headings, and what hangs below one is of that day. Outlines whose
//! nodes say when they were made are records, as in other XML.

use super::Input;
use super::xml::{Element, Items, items, root};
use crate::document::{Block, Dress, Piece, add};
use crate::problem::{Problem, ProblemKind};
use diary::BlockKind;

pub(super) fn recognise(text: &str) -> bool {
    text.trim_start().starts_with('<')
        && root(text).is_some_and(|(name, _)| name == "opml")
        && !text.contains(" created=")
}

pub(super) fn read(input: &Input<'_>, problems: &mut Vec<Problem>) -> Vec<Piece> {
    let Items { items, outside, whole } = items(input.text, &["body"]);
    if !whole {
        let message = "The markup breaks off or is not well formed; what was read up to there was kept.";
        problems.push(Problem::of_source(ProblemKind::Malformed, input.path, message));
    }
    let title = outside.iter().find(|element| element.name == "title").map(|title| title.text.trim().to_owned());
    let mut piece = Piece { line: 1, title: title.filter(|title| !title.is_empty()), ..Piece::default() };
    for body in &items {
        body.children.iter().for_each(|node| outline(node, 1, input, &mut piece.blocks));
    }
    vec![piece]
}

/// A node and what hangs below it, where it stands so deep.
fn outline(node: &Element, depth: u8, input: &Input<'_>, out: &mut Vec<Block>) {
    let line = node.line + input.line;
    if let Some(text) = node.attribute("text").or(node.attribute("title")).map(str::trim).filter(|t| !t.is_empty()) {
        let has_below = !node.children.is_empty();
        let kind = if has_below { BlockKind::Heading } else { BlockKind::Paragraph };
        let mut block = Block::new(text, kind, line);
        if has_below {
            block.dress = Dress::Outline(depth);
        }
        add(out, block);
    }
    if let Some(note) = node.attribute("_note").map(str::trim).filter(|note| !note.is_empty()) {
        add(out, Block::new(note, BlockKind::Paragraph, line));
    }
    node.children.iter().for_each(|child| outline(child, depth.saturating_add(1), input, out));
}
