//! Atom, RSS and what is built on them: Blogger's and WordPress's exports. One entry an item; the day is that of the
//! writer's clock, as the date with its offset is written.

use super::xml::{Element, Items, items, root};
use super::{Input, html};
use crate::date::{path, scan};
use crate::document::{Block, Piece, Stamp};
use crate::problem::{Problem, ProblemKind};
use diary::BlockKind;
use std::collections::HashMap;

/// Which of the feeds a document is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Flavour {
    Plain,
    Blogger,
    WordPress,
}

/// Whether a text is a feed, and of which flavour.
pub(super) fn recognise(text: &str) -> Option<Flavour> {
    let head = &text[..text.floor_char_boundary(4096)];
    if !head.trim_start().starts_with('<') {
        return None;
    }
    let (name, attributes) = root(text)?;
    match name.as_str() {
        "feed" if head.contains("schemas.google.com/blogger") || head.contains("blogger.com") => Some(Flavour::Blogger),
        "feed" => Some(Flavour::Plain),
        "rss" | "RDF" if attributes.contains("wordpress.org/export") => Some(Flavour::WordPress),
        "rss" => Some(Flavour::Plain),
        "RDF" if attributes.contains("purl.org/rss") => Some(Flavour::Plain),
        _ => None,
    }
}

/// Reads a feed.
pub(super) fn read(input: &Input<'_>, flavour: Flavour, problems: &mut Vec<Problem>) -> Vec<Piece> {
    let Items { items, outside, whole } = items(input.text, &["item", "entry"]);
    if !whole {
        let message = "The markup breaks off or is not well formed; what was read up to there was kept.";
        problems.push(Problem::of_source(ProblemKind::Malformed, input.path, message));
    }
    let lang = outside.iter().find(|e| e.name == "language").map(|e| e.text.trim().chars().take(2).collect::<String>());
    let mut pieces: Vec<Piece> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut replies: Vec<(String, &Element)> = Vec::new();
    for item in &items {
        if flavour == Flavour::Blogger {
            let kind = blogger_kind(item).unwrap_or("post");
            if kind.eq_ignore_ascii_case("comment") {
                let to = item.child("thr:in-reply-to").and_then(|e| e.attribute("ref"));
                let to = item.text_of(&["blogger:parent"]).or(to).unwrap_or_default();
                replies.push((to.to_owned(), item));
                continue;
            }
            if !kind.eq_ignore_ascii_case("post") {
                continue;
            }
        }
        if flavour == Flavour::WordPress && item.text_of(&["wp:post_type"]).is_some_and(|kind| kind != "post") {
            continue;
        }
        if let Some(id) = item.text_of(&["id"]) {
            places.insert(id.to_owned(), pieces.len());
        }
        let mut piece = piece(item, input, flavour, problems);
        piece.lang = piece.lang.or_else(|| lang.clone());
        pieces.push(piece);
    }
    for (to, reply) in replies {
        if let Some(&place) = places.get(&to) {
            let words = body(reply, input, Flavour::Blogger, problems);
            let author = reply.child("author").and_then(|author| author.text_of(&["name"])).unwrap_or_default();
            pieces[place].blocks.extend(notes(author, words));
        }
    }
    pieces
}

/// What Blogger says an item is: `post`, `COMMENT`, `page`.
fn blogger_kind(item: &Element) -> Option<&str> {
    let mut terms = item.all("category").filter_map(|category| category.attribute("term"));
    let term = terms.find_map(|term| term.split_once("blogger/2008/kind#"));
    term.map(|(_, kind)| kind).or_else(|| item.text_of(&["blogger:type"]))
}

fn piece(item: &Element, input: &Input<'_>, flavour: Flavour, problems: &mut Vec<Problem>) -> Piece {
    let dates: &[&str] = match flavour {
        Flavour::WordPress => &["wp:post_date", "pubDate", "dc:date"],
        _ => &[
            "published",
            "atom:published",
            "issued",
            "created",
            "pubDate",
            "dc:date",
            "dcterms:created",
            "dcterms:issued",
            "date",
            "updated",
            "modified",
            "atom:updated",
        ],
    };
    let dates: Vec<Stamp> = dates.iter().filter_map(|name| Stamp::read(item.text_of(&[name])?)).collect();
    let title = item.child("title").map(|title| unmarked(&title.text)).filter(|title| !title.is_empty());
    let author = item.text_of(&["dc:creator", "creator"]).map(str::to_owned);
    let author = author.or_else(|| item.child("author").and_then(|a| a.text_of(&["name"]).map(str::to_owned)));
    let mut tags = Vec::new();
    for category in item.children.iter().filter(|child| matches!(child.name.as_str(), "category" | "dc:subject")) {
        let name =
            category.attribute("label").or_else(|| category.attribute("term")).unwrap_or_else(|| category.text.trim());
        let scheme = category.attribute("scheme").unwrap_or_default();
        if !name.is_empty() && !scheme.ends_with("#kind") && name.len() <= 80 {
            tags.push(name.to_owned());
        }
    }
    let status = item.text_of(&["wp:status", "blogger:status"]).unwrap_or_default().to_ascii_lowercase();
    let draft = item.child("app:control").and_then(|control| control.text_of(&["app:draft"])) == Some("yes");
    let locked = item.text_of(&["wp:post_password"]).is_some_and(|password| !password.is_empty());
    let mut blocks = body(item, input, flavour, problems);
    for comment in item.all("wp:comment") {
        if comment.text_of(&["wp:comment_approved"]).is_some_and(|approved| approved != "1") {
            continue;
        }
        let words = comment.text_of(&["wp:comment_content"]).unwrap_or_default();
        let words = html::piece(&paragraphs(words), input.path, problems).blocks;
        blocks.extend(notes(comment.text_of(&["wp:comment_author"]).unwrap_or_default(), words));
    }
    for block in &mut blocks {
        block.line = item.line + input.line;
    }
    let stamp = dates.into_iter().find(|stamp| stamp.parts.is_whole());
    Piece {
        is_item: true,
        stamp: stamp.or_else(|| by_words(title.as_deref(), link(item), &blocks)),
        title,
        author: author.filter(|_| flavour == Flavour::WordPress),
        tags,
        private: draft
            || locked
            || matches!(
                status.as_str(),
                "draft" | "private" | "pending" | "future" | "trash" | "soft_trashed" | "auto-draft"
            ),
        line: item.line + input.line,
        blocks,
        ..Piece::default()
    }
}

/// Where an item leads.
fn link(item: &Element) -> Option<&str> {
    let links = item.all("link").filter(|link| link.attribute("rel").is_none_or(|rel| rel == "alternate"));
    let mut addresses = links.filter_map(|link| link.attribute("href").or(Some(link.text.trim())));
    addresses.find(|address| !address.is_empty()).or_else(|| item.text_of(&["guid"]))
}

/// The day of an item without a date of its own, as the oldest feeds have them: its title begins with it, its address says
/// it, or it is the first line.
fn by_words(title: Option<&str>, link: Option<&str>, blocks: &[Block]) -> Option<Stamp> {
    let opening = |text: &str| {
        let written = scan::scan(text).filter(|written| written.first.is_whole() && !written.ambiguous)?;
        let stands_alone = !text[written.span.end..].starts_with(char::is_alphanumeric);
        let stamp = Stamp { parts: written.first, written: written.span.of(text).to_owned(), weekday: written.weekday };
        stands_alone.then_some((stamp, text[written.span.end..].trim().is_empty()))
    };
    let by_title = || title.and_then(opening).map(|(stamp, _)| stamp);
    let by_link = || {
        let (_, address) = link?.split_once("://")?;
        let parts = path::read(address.split_once('/')?.1).parts;
        parts.is_whole().then(|| Stamp { parts, written: address.to_owned(), weekday: None })
    };
    let by_line = || opening(&blocks.first()?.text).filter(|(_, is_all)| *is_all).map(|(stamp, _)| stamp);
    by_title().or_else(by_link).or_else(by_line)
}

/// The words of an item: its content rather than its summary, unless broken markup has swallowed most of it.
fn body(item: &Element, input: &Input<'_>, flavour: Flavour, problems: &mut Vec<Problem>) -> Vec<Block> {
    let parts = ["content:encoded", "content", "xhtml:body", "description", "summary", "excerpt:encoded"]
        .iter()
        .filter_map(|name| item.child(name))
        .filter(|child| !child.text.trim().is_empty() || !child.children.is_empty());
    let letters = |blocks: &[Block]| blocks.iter().map(|block| block.text.len()).sum::<usize>();
    let mut read = parts.take(2).map(|part| words(part, input, flavour, problems));
    let (first, second) = (read.next().unwrap_or_default(), read.next().unwrap_or_default());
    if letters(&second) > 2 * letters(&first) { second } else { first }
}

/// What a part of an item shows.
fn words(content: &Element, input: &Input<'_>, flavour: Flavour, problems: &mut Vec<Problem>) -> Vec<Block> {
    let markup = if content.children.is_empty() {
        content.text.as_str()
    } else {
        input.text.get(content.inside.clone()).unwrap_or_default()
    };
    // The page inside may be written with a prefix: `<xhtml:div><xhtml:p>`.
    let prefix = content.children.first().and_then(|child| child.name.split_once(':')).map(|(prefix, _)| prefix);
    let unprefixed =
        prefix.map(|prefix| markup.replace(&format!("<{prefix}:"), "<").replace(&format!("</{prefix}:"), "</"));
    let markup = unprefixed.as_deref().unwrap_or(markup);
    let markup = match (flavour, content.attribute("type")) {
        (Flavour::WordPress, _) => paragraphs(markup),
        (_, Some("text")) => paragraphs(&markup.replace('&', "&amp;").replace('<', "&lt;")),
        _ => markup.to_owned(),
    };
    html::piece(&markup, input.path, problems).blocks
}

/// What WordPress does to a post before it is shown: empty lines part paragraphs, line ends are line breaks.
pub(super) fn paragraphs(words: &str) -> String {
    if words.contains("<p>") || words.contains("<p ") {
        return words.to_owned();
    }
    words.split("\n\n").map(|part| format!("<p>{}</p>\n", part.trim().replace('\n', "<br>\n"))).collect()
}

/// The words of another, under their name.
pub(super) fn notes(author: &str, words: Vec<Block>) -> Vec<Block> {
    words
        .into_iter()
        .enumerate()
        .map(|(index, mut block)| {
            if index == 0 && !author.is_empty() {
                let name = format!("{author}: ");
                block.text.insert_str(0, &name);
                for link in &mut block.links {
                    link.span = link.span.shifted(name.len());
                }
            }
            block.set_kind(BlockKind::Note);
            block
        })
        .collect()
}

/// A title without the markup that some feeds put into it.
fn unmarked(title: &str) -> String {
    let mut words = title.to_owned();
    if title.contains('<') || title.contains('&') {
        words = html::piece(title, "", &mut Vec::new())
            .blocks
            .into_iter()
            .map(|block| block.text)
            .collect::<Vec<_>>()
            .join(" ");
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
