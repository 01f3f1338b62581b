//! TiddlyWiki as it was before its notes stood in JSON: a page with an element for each note in its store.

use super::xml::{Element, items};
use super::{Input, text};
use crate::date::stamp;
use crate::document::{Piece, Stamp, add_item};
use diary::Span;

/// Where the notes begin.
const STORE: &str = "<div id=\"storeArea\">";

pub(super) fn recognise(text: &str) -> bool {
    text.contains(STORE) && text.trim_start().starts_with('<')
}

pub(super) fn read(input: &Input<'_>) -> Vec<Piece> {
    let start = input.text.find(STORE).unwrap_or(0);
    let store = &input.text[start..];
    let store = store.split("<!--POST-STOREAREA-->").next().unwrap_or(store);
    let line = input.line + input.text[..start].matches('\n').count();
    let mut pieces = Vec::new();
    for note in items(store, &["div"]).items.iter().flat_map(|store| &store.children) {
        if let Some(piece) = piece(note, line) {
            add_item(&mut pieces, piece);
        }
    }
    pieces
}

/// Whether a note is by its title one that TiddlyWiki keeps for itself.
pub(super) fn is_of_the_wiki(title: &str) -> bool {
    title.starts_with("$:/")
}

fn piece(note: &Element, before: usize) -> Option<Piece> {
    let title = note.attribute("title").or(note.attribute("tiddler"))?.trim();
    // What says how the wiki looks and works is no note.
    const OF_THE_WIKI: [&str; 3] = ["systemConfig", "excludeLists", "systemTheme"];
    let tags: Vec<String> = labels(note.attribute("tags").unwrap_or_default());
    let named = ["MainMenu", "DefaultTiddlers", "SiteTitle", "SiteSubtitle", "StyleSheet", "SideBarOptions"];
    if named.contains(&title) || tags.iter().any(|tag| OF_THE_WIKI.contains(&tag.as_str())) {
        return None;
    }
    // The oldest stores have no `<pre>`, and write a line's end as `\n`.
    let inner = note.child("pre").map(|pre| pre.text.clone());
    let words = inner.unwrap_or_else(|| note.text.replace("\\n", "\n").replace("\\s", "\\"));
    let line = before + note.line;
    let mut blocks = text::piece(words.trim(), line, 0).blocks;
    for block in &mut blocks {
        block.span = Span::default();
    }
    let named = Stamp::read(title).filter(|stamp| stamp.parts.is_whole());
    let made = ["created", "modified"].iter().find_map(|name| {
        let written = note.attribute(name)?;
        let parts = stamp::iso(written.get(..8)?)?;
        Some(Stamp { parts, written: written.to_owned(), weekday: None })
    });
    Some(Piece {
        is_item: true,
        title: Some(title.to_owned()).filter(|_| named.is_none()),
        stamp: named.or(made),
        tags,
        line,
        blocks,
        ..Piece::default()
    })
}

/// `journal [[cold days]]`
fn labels(list: &str) -> Vec<String> {
    let mut labels = Vec::new();
    let mut rest = list.trim();
    while !rest.is_empty() {
        let (label, after) = match rest.strip_prefix("[[") {
            Some(inside) => inside.split_once("]]").unwrap_or((inside, "")),
            None => rest.split_once(' ').unwrap_or((rest, "")),
        };
        labels.push(label.to_owned());
        rest = after.trim_start();
    }
    labels
}
