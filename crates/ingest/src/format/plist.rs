//! Day One's classic entries: a property list each, with the instant in UTC and the zone beside it.

use super::xml::{Element, items, root};
use super::{Input, markdown, record};
use crate::document::Piece;
use crate::problem::{Problem, ProblemKind};
use serde_json::Value;

pub(super) fn recognise(text: &str) -> bool {
    text.trim_start().starts_with('<')
        && text.contains("Entry Text")
        && root(text).is_some_and(|(name, _)| name == "plist")
}

pub(super) fn read(input: &Input<'_>, problems: &mut Vec<Problem>) -> Vec<Piece> {
    let found = items(input.text, &["dict"]);
    if !found.whole {
        let message = "The markup breaks off or is not well formed; what was read up to there was kept.";
        problems.push(Problem::of_source(ProblemKind::Malformed, input.path, message));
    }
    found.items.iter().filter_map(|dict| piece(dict, input, problems)).collect()
}

/// The value that follows a key.
fn value<'a>(dict: &'a Element, key: &str) -> Option<&'a Element> {
    let at = dict.children.iter().position(|child| child.name == "key" && child.text.trim() == key)?;
    dict.children.get(at + 1)
}

fn piece(dict: &Element, input: &Input<'_>, problems: &mut Vec<Problem>) -> Option<Piece> {
    let words = value(dict, "Entry Text")?.text.clone();
    let date = Value::String(value(dict, "Creation Date")?.text.trim().to_owned());
    let zone = value(dict, "Time Zone").map(|zone| zone.text.trim().to_owned());
    let mut blocks = markdown::piece(&words, input.path, problems).blocks;
    for block in &mut blocks {
        block.line = dict.line;
        block.span = diary::Span::default();
    }
    let tags = value(dict, "Tags")
        .map_or_else(Vec::new, |tags| tags.all("string").map(|tag| tag.text.trim().to_owned()).collect());
    Some(Piece {
        is_item: true,
        stamp: record::date(&date, zone.as_deref()),
        tags,
        line: dict.line,
        blocks,
        ..Piece::default()
    })
}
