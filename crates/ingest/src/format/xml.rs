//! XML as small trees of the items that an export is made of. No document type is read, no entity of its own expanded.

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Deeper elements are flattened into their parents.
const MAX_DEPTH: usize = 64;
/// Attributes kept of one element.
const MAX_ATTRIBUTES: usize = 32;

/// An element with its text and children.
#[derive(Clone, Debug, Default)]
pub(super) struct Element {
    /// As written, with its prefix.
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<Self>,
    /// Its own text and that of elements too deep to keep.
    pub(super) text: String,
    /// The bytes between its tags.
    pub(super) inside: std::ops::Range<usize>,
    /// Its line, from 1.
    pub(super) line: usize,
}

impl Element {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The first child of this name.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The children of this name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text of the first child of one of these names that has any.
    pub(super) fn text_of(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.child(name).map(|child| child.text.trim()).filter(|text| !text.is_empty()))
    }
}

/// The elements of these names, wherever they stand, and whether the document was well formed to its end.
pub(super) struct Items {
    pub(super) items: Vec<Element>,
    /// What stands outside all items, one level down: titles and the like.
    pub(super) outside: Vec<Element>,
    pub(super) whole: bool,
}

/// Reads a document for its items.
pub(super) fn items(text: &str, names: &[&str]) -> Items {
    let mut reader = lenient(text);
    let mut found = Items { items: Vec::new(), outside: Vec::new(), whole: true };
    // The elements open at the moment, from the item down; and how many are open outside of items.
    let mut open: Vec<Element> = Vec::new();
    let mut flattened = 0usize;
    let mut lines = Lines { text, at: 0, line: 1 };
    // A document may write its own elements with a prefix: `<atom:feed><atom:entry>`.
    let own = root_prefix(text);
    let plain = |name: &str| own.as_deref().and_then(|own| name.strip_prefix(own)).unwrap_or(name).to_owned();
    loop {
        let before = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let event = reader.read_event();
        let after = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        match event {
            Ok(Event::Start(tag)) => {
                let name = plain(tag.name().as_ref());
                let wanted = !open.is_empty() || names.contains(&name.as_str()) || is_title(&name);
                if !wanted {
                    continue;
                }
                if open.len() >= MAX_DEPTH {
                    flattened += 1;
                    continue;
                }
                let line = lines.of(before);
                open.push(element(name, &tag, after, line));
            }
            Ok(Event::Empty(tag)) => {
                let line = lines.of(before);
                if let Some(parent) = open.last_mut() {
                    parent.children.push(element(plain(tag.name().as_ref()), &tag, after, line));
                }
            }
            Ok(Event::End(_)) if flattened > 0 => flattened -= 1,
            Ok(Event::End(tag)) => {
                let name = plain(tag.name().as_ref());
                // What was never closed inside it ends with it.
                let place = open.iter().rposition(|element| element.name == name).unwrap_or(open.len());
                while open.len() > place {
                    let Some(mut element) = open.pop() else { break };
                    element.inside.end = before.max(element.inside.start);
                    close(element, &mut open, &mut found, names);
                }
            }
            Ok(Event::Text(words)) => {
                if let Some(element) = open.last_mut() {
                    element.text.push_str(&words.xml10_content());
                }
            }
            Ok(Event::CData(words)) => {
                if let Some(element) = open.last_mut() {
                    element.text.push_str(&words);
                }
            }
            Ok(Event::GeneralRef(reference)) => {
                if let Some(element) = open.last_mut() {
                    resolve(&reference, &mut element.text);
                }
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(_) => {
                found.whole = false;
                break;
            }
        }
    }
    found.whole &= open.is_empty();
    // What was read of a document that breaks off is kept.
    while let Some(mut element) = open.pop() {
        element.inside.end = text.len().max(element.inside.start);
        close(element, &mut open, &mut found, names);
    }
    found
}

fn close(element: Element, open: &mut [Element], found: &mut Items, names: &[&str]) {
    match open.last_mut() {
        Some(parent) => parent.children.push(element),
        None if names.contains(&element.name.as_str()) => found.items.push(element),
        None => found.outside.push(element),
    }
}

fn is_title(name: &str) -> bool {
    matches!(name, "title" | "author" | "language")
}

/// The prefix of the outermost element with its colon, if it has one.
fn root_prefix(text: &str) -> Option<String> {
    let (name, _) = root_tag(text)?;
    name.find(':').map(|colon| name[..=colon].to_owned())
}

fn element(name: String, tag: &BytesStart<'_>, after: usize, line: usize) -> Element {
    let attributes = tag
        .attributes()
        .with_checks(false)
        .flatten()
        .take(MAX_ATTRIBUTES)
        .map(|attribute| {
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_or_else(|_| attribute.value.to_string(), std::borrow::Cow::into_owned);
            (attribute.key.as_ref().to_owned(), value)
        })
        .collect();
    Element { name, attributes, inside: after..after, line, ..Element::default() }
}

/// A character reference, or one of the entities that everyone knows; any other is kept as it stands.
pub(super) fn resolve(reference: &BytesRef<'_>, out: &mut String) {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        out.push(c);
        return;
    }
    match &**reference {
        "lt" => out.push('<'),
        "gt" => out.push('>'),
        "amp" => out.push('&'),
        "quot" => out.push('"'),
        "apos" => out.push('\''),
        "nbsp" => out.push(' '),
        other => {
            out.push('&');
            out.push_str(other);
            out.push(';');
        }
    }
}

/// Counts lines as it goes.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn of(&mut self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        if offset > self.at {
            self.line += self.text.as_bytes()[self.at..offset].iter().filter(|b| **b == b'\n').count();
            self.at = offset;
        }
        self.line
    }
}

/// A reader that goes on where ends are missing or in disorder, and over an `&` that begins nothing.
pub(super) fn lenient(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

/// The name of the outermost element, without its prefix, and its tag.
pub(super) fn root(text: &str) -> Option<(String, String)> {
    let (name, attributes) = root_tag(text)?;
    Some((name.rsplit(':').next().unwrap_or(&name).to_owned(), attributes))
}

/// The name of the outermost element as written, and its tag.
fn root_tag(text: &str) -> Option<(String, String)> {
    let mut reader = Reader::from_str(&text[..text.floor_char_boundary(16 * 1024)]);
    reader.config_mut().check_end_names = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                return Some((tag.name().as_ref().to_owned(), tag.attributes_raw().to_owned()));
            }
            Ok(Event::Eof) | Err(_) => return None,
            Ok(Event::Text(words)) if !words.trim().is_empty() => return None,
            Ok(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_and_references() {
        let text = "<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\n<a><title>T</title>\n<item k='1'><t>x &amp; y &#233; &x;</t><c><![CDATA[<p>z</p>]]></c></item><item><t>broken";
        let found = items(text, &["item"]);
        assert_eq!(found.items.len(), 2);
        assert!(!found.whole);
        let first = &found.items[0];
        assert_eq!((first.line, first.attribute("k")), (4, Some("1")));
        assert_eq!(first.text_of(&["t"]), Some("x & y é &x;"));
        assert_eq!(first.text_of(&["c"]), Some("<p>z</p>"));
        assert_eq!(found.outside[0].text, "T");
    }

    #[test]
    fn an_element_that_is_never_closed_ends_with_the_one_around_it() {
        let text = "<a><item><t>one</t><c>x <br> y</c></item><item><t>two</item><item><t>three</t></b></item></a>";
        let found = items(text, &["item"]);
        let titles: Vec<_> = found.items.iter().map(|item| item.text_of(&["t"])).collect();
        assert_eq!(titles, [Some("one"), Some("two"), Some("three")]);
        assert!(found.whole);
    }

    #[test]
    fn a_prefix_of_the_whole_document_is_none_of_its_names() {
        let found =
            items("<a:feed xmlns:a='x'><a:entry><a:title>T</a:title><b:date>D</b:date></a:entry></a:feed>", &["entry"]);
        let names: Vec<_> = found.items[0].children.iter().map(|child| child.name.as_str()).collect();
        assert_eq!(names, ["title", "b:date"]);
    }

    #[test]
    fn depth_and_entities_are_bounded() {
        let deep = "<item>".to_owned() + &"<x>".repeat(50_000) + "word";
        let found = items(&deep, &["item"]);
        assert_eq!(found.items.len(), 1);
        let bomb = "<!DOCTYPE l [<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;'>]><item>&b;</item>";
        assert_eq!(items(bomb, &["item"]).items[0].text, "&b;");
    }
}
