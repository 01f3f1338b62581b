//! XML that is none of the known kinds: the exports of many programs, whose entries are elements with a date and words in
//! their attributes or children.

use super::xml::{Element, items, root};
use super::{Input, record};
use crate::document::Piece;
use crate::problem::{Problem, ProblemKind};
use serde_json::{Map, Value};

pub(super) fn recognise(path: &str, text: &str) -> bool {
    let head = text.trim_start();
    let named = path.to_ascii_lowercase().ends_with(".xml");
    let page = |name: &str| matches!(name, "html" | "HTML" | "svg" | "plist");
    (named || head.starts_with("<?xml"))
        && root(text).is_some_and(|(name, _)| {
            !page(&name)
                && (name == COMMENTS
                    || entries(&items(text, &[&name]).items, text)
                        .iter()
                        .any(|entry| words(entry.element, text).is_some()))
        })
}

pub(super) fn read(input: &Input<'_>, problems: &mut Vec<Problem>) -> Vec<Piece> {
    let Some((name, _)) = root(input.text) else { return Vec::new() };
    if name == COMMENTS {
        let message = "It holds comments on entries, and was left out.";
        problems.push(Problem::of_source(ProblemKind::OutsideEntries, input.path, message));
        return Vec::new();
    }
    let found = items(input.text, &[&name]);
    if !found.whole {
        let message = "The markup breaks off or is not well formed; what was read up to there was kept.";
        problems.push(Problem::of_source(ProblemKind::Malformed, input.path, message));
    }
    let entries = entries(&found.items, input.text);
    let pieces = entries.iter().filter_map(|entry| {
        let mut fields = words(entry.element, input.text)?;
        if let Some(title) = entry.title {
            fields.entry("title").or_insert_with(|| Value::String(title.to_owned()));
        }
        let mut piece = record::piece(&fields, input, entry.element.line + input.line, false, problems);
        // The page of a wiki may be one of many days.
        piece.is_item = entry.element.name != REVISION;
        Some(piece)
    });
    pieces.collect()
}

/// A source of what others said of entries.
const COMMENTS: &str = "comments";

/// The name spaces of MediaWiki that hold no pages: messages, templates, categories, modules.
const AROUND: [&str; 4] = ["8", "10", "14", "828"];

/// What MediaWiki calls the text of a page, of which it keeps those before the last as well.
const REVISION: &str = "revision";

/// An element that is an entry, and the title that stands beside it.
struct Entry<'a> {
    element: &'a Element,
    title: Option<&'a str>,
}

/// The elements that are entries: the outermost with a date and words; or with a date on it and none inside it.
fn entries<'a>(roots: &'a [Element], source: &str) -> Vec<Entry<'a>> {
    let mut found = Vec::new();
    for element in roots {
        if record::is_record(&fields(element, source)) {
            found.push(Entry { element, title: None });
            continue;
        }
        if element.text_of(&["ns"]).is_some_and(|space| AROUND.contains(&space)) {
            continue;
        }
        let mut inside = entries(&element.children, source);
        if element.child(REVISION).is_some() && !inside.is_empty() {
            inside.drain(..inside.len() - 1);
        }
        if let [only] = &mut inside[..] {
            only.title = only.title.or(element.text_of(&["title"]));
        }
        let dated = || element.attributes.iter().any(|(name, value)| record::is_date(name, value));
        if inside.is_empty() && !element.children.is_empty() && dated() {
            found.push(Entry { element, title: None });
        } else {
            found.extend(inside);
        }
    }
    found
}

/// The fields of an entry, if its date is one.
fn words(element: &Element, text: &str) -> Option<Map<String, Value>> {
    let mut fields = fields(element, text);
    if !record::is_record(&fields) {
        let markup = text.get(element.inside.clone()).unwrap_or(&element.text);
        fields.insert("html".to_owned(), Value::String(markup.to_owned()));
    }
    record::is_dated(&fields).then_some(fields)
}

/// Attributes and children by name; the markup of a child that has children of its own; what stands in the element itself
/// is its text.
fn fields(element: &Element, source: &str) -> Map<String, Value> {
    let mut fields = Map::new();
    let mut add = |name: &str, value: &str| {
        if !value.trim().is_empty() && !fields.contains_key(name) {
            fields.insert(name.to_owned(), Value::String(value.trim().to_owned()));
        }
    };
    for child in &element.children {
        let name = child.name.rsplit(':').next().unwrap_or_default();
        match child.children.is_empty() {
            true => add(name, &child.text),
            false => add(name, source.get(child.inside.clone()).unwrap_or(&child.text)),
        }
    }
    for (name, value) in &element.attributes {
        add(name, value);
    }
    add("text", &element.text);
    // An outline: what hangs below an item goes on with its text.
    let below: Vec<&Element> = element.children.iter().filter(|child| child.name == element.name).collect();
    if let Some(Value::String(text)) = fields.get_mut("text").filter(|_| !below.is_empty()) {
        below.iter().for_each(|child| outline(child, text));
    }
    fields
}

/// The texts of an outline, a line each.
fn outline(element: &Element, out: &mut String) {
    let text = element.attribute("text").unwrap_or(&element.text).trim();
    if !text.is_empty() {
        out.push('\n');
        out.push_str(text);
    }
    element.children.iter().for_each(|child| outline(child, out));
}
