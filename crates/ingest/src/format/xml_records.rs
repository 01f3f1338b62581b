//! XML that is none of the known kinds: the exports of many programs, whose entries are elements with a date and words in
//! their attributes or children.

use super::feed::paragraphs;
use super::record::Doubts;
use super::xml::{Element, items, root};
use super::{Input, record};
use crate::document::{Piece, Stamp};
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
    let mut pieces = Vec::new();
    let mut doubts = Doubts::default();
    for entry in &entries {
        let Some(mut fields) = words(entry.element, input.text) else { continue };
        if let Some(title) = entry.title {
            fields.entry("title").or_insert_with(|| Value::String(title.to_owned()));
        }
        let mut piece = record::piece(&fields, input, entry.element.line + input.line, false, problems);
        // The page of a wiki may be one of many days.
        piece.is_item = entry.element.name != REVISION;
        let named = entry.title.filter(|_| entry.element.name == REVISION).and_then(|title| title.rsplit('/').next());
        // The page of a wiki is of the day that it is named for, not of the one when it was last changed.
        if let Some(stamp) = named.and_then(Stamp::read).filter(|stamp| stamp.parts.is_whole()) {
            piece.stamp = Some(stamp);
        }
        doubts.add(pieces.len(), &fields);
        pieces.push(piece);
    }
    doubts.settle(&mut pieces);
    pieces
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
        // What stands at the head of an outline tells of the outline, comments are the words of others, and templates those of
        // nobody.
        let named = element.attribute("name").unwrap_or(&element.name).to_ascii_lowercase();
        if element.name == "head"
            || element.name == COMMENTS
            || named.ends_with("template")
            || named.ends_with("templates")
        {
            continue;
        }
        if is_entry(element, source) {
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
        if inside.is_empty() && !element.children.is_empty() && is_dated(element) {
            found.push(Entry { element, title: None });
        } else {
            found.extend(inside);
        }
    }
    found
}

/// Whether an element is a record by the names of its parts; or by what stands in them, where none of them is one itself. What
/// has its date on it is an entry with all that is in it.
fn is_entry(element: &Element, source: &str) -> bool {
    let own = fields(element, source);
    let is_flat = || {
        let inside = |child: &Element| !child.children.is_empty() || record::is_dated(&fields(child, source));
        !element.children.is_empty() && !is_dated(element) && !element.children.iter().any(inside)
    };
    record::is_record(&own) || is_flat() && record::may_be_record(&own)
}

fn is_dated(element: &Element) -> bool {
    element.attributes.iter().any(|(name, value)| record::is_date(name, value))
}

/// The fields of an entry, if its date is one.
fn words(element: &Element, text: &str) -> Option<Map<String, Value>> {
    let mut fields = fields(element, text);
    if !is_entry(element, text) {
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
            // `<security type="private"/>`, `<date year="2003" month="12" day="19"/>`
            true if child.text.trim().is_empty() => match &child.attributes[..] {
                [(_, only)] => add(name, only),
                several => add(name, &joined(several)),
            },
            true => add(name, &child.text),
            // `xml:space="preserve"`: ends of lines mean what they do in a text.
            false if child.attribute("xml:space") == Some("preserve") => {
                let markup = source.get(child.inside.clone()).unwrap_or(&child.text);
                add(name, &format!("<div>{}</div>", paragraphs(markup)));
            }
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

/// The date whose parts are attributes, as text; nothing if they are other things.
fn joined(attributes: &[(String, String)]) -> String {
    let places = record::parts_of_dates(attributes.iter().map(|(name, _)| name.as_str()));
    places.map_or(String::new(), |places| {
        let [year, month, day] = places.map(|at| attributes[at].1.trim());
        record::in_parts(year, month, day)
    })
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
