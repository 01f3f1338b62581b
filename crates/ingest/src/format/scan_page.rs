//! Pages of handwriting or print as programs that recognise letters write them, PAGE and ALTO: the lines of a page, region by
//! region, in the order in which they are read.

use super::xml::{Element, items, root};
use super::{Format, Input, text};
use crate::document::{Document, Piece};
use crate::plan::aside::folder;
use crate::problem::{Problem, ProblemKind};
use diary::Span;
use std::collections::HashMap;

pub(super) fn recognise(text: &str) -> bool {
    text.trim_start().starts_with('<')
        && root(text).is_some_and(|(name, _)| matches!(name.as_str(), "PcGts" | "alto" | "ALTO") || is_cover(&name))
}

/// Whether the outermost element is of what Transkribus lays beside the pages of a document.
fn is_cover(root: &str) -> bool {
    matches!(root, "trpDocMetadata" | "mets")
}

pub(super) fn read(input: &Input<'_>, problems: &mut Vec<Problem>) -> Vec<Piece> {
    let found = items(input.text, &["Page"]);
    if !found.whole {
        let message = "The markup breaks off or is not well formed; what was read up to there was kept.";
        problems.push(Problem::of_source(ProblemKind::Malformed, input.path, message));
    }
    // The lines as text, and where each stands in the source.
    let (mut text, mut places) = (String::new(), Vec::new());
    for page in &found.items {
        let mut regions = Vec::new();
        gather(page, &mut regions);
        let order = order(page);
        let place = |region: &&Element| region.attribute("id").and_then(|id| order.get(id)).copied();
        regions.sort_by_key(|region| place(region).unwrap_or(usize::MAX));
        for (words, line) in regions.into_iter().flat_map(lines) {
            places.resize(places.len() + words.lines().count().max(1), line + input.line);
            text.extend([words.as_str(), "\n"]);
        }
    }
    let mut piece = text::piece(&text, 1, 0);
    for block in &mut piece.blocks {
        block.line = places.get(block.line.saturating_sub(1)).copied().unwrap_or_default();
        block.span = Span::default();
    }
    // The first line of a page is no title.
    if found.items.is_empty() {
        return Vec::new();
    }
    vec![Piece { title: None, line: input.line + 1, span: Span::default(), ..piece }]
}

/// Binds the pages of a folder, which are files of their own: entries go on from one to the next.
pub(crate) fn bind(documents: Vec<Document>) -> Vec<Document> {
    let mut bound: Vec<Document> = Vec::with_capacity(documents.len());
    for mut document in documents {
        let book = bound.last_mut().filter(|book| {
            let is_page = book.format == Format::ScanPage && document.format == Format::ScanPage;
            is_page && folder(&book.path) == folder(&document.path)
        });
        match (book.and_then(|book| book.pieces.first_mut()), document.pieces.first_mut()) {
            (Some(book), Some(page)) => book.blocks.append(&mut page.blocks),
            _ => bound.push(document),
        }
    }
    bound
}

/// The regions of text of a page. The number of the page is none.
fn gather<'a>(element: &'a Element, out: &mut Vec<&'a Element>) {
    for child in &element.children {
        match child.name.as_str() {
            "TextRegion" if child.attribute("type") == Some("page-number") => {}
            "TextRegion" | "TextBlock" => out.push(child),
            _ => gather(child, out),
        }
    }
}

/// The place of each region in the order of reading.
fn order(page: &Element) -> HashMap<&str, usize> {
    fn follow<'a>(element: &'a Element, out: &mut HashMap<&'a str, usize>) {
        let mut children: Vec<&Element> = element.children.iter().collect();
        let place = |child: &&Element| child.attribute("index").and_then(|at| at.parse::<usize>().ok());
        children.sort_by_key(place);
        for child in children {
            if let Some(region) = child.attribute("regionRef") {
                let next = out.len();
                out.entry(region).or_insert(next);
            }
            follow(child, out);
        }
    }
    let mut order = HashMap::new();
    page.all("ReadingOrder").for_each(|list| follow(list, &mut order));
    order
}

/// The lines of a region with their places, and an empty one; what is said of it as a whole where it has none.
fn lines(region: &Element) -> Vec<(String, usize)> {
    let mut lines: Vec<_> = region.all("TextLine").map(|element| (line(element), element.line)).collect();
    if lines.is_empty() {
        lines.push((spoken(region), region.line));
    }
    lines.push((String::new(), region.line));
    lines
}

fn line(line: &Element) -> String {
    let words: Vec<&str> = line.all("String").filter_map(|word| word.attribute("CONTENT")).collect();
    if !words.is_empty() {
        let hyphen = line.child("HYP").and_then(|hyphen| hyphen.attribute("CONTENT")).unwrap_or_default();
        return words.join(" ") + hyphen;
    }
    spoken(line)
}

/// The first reading of a region or line in PAGE; of a line without one, its words.
fn spoken(element: &Element) -> String {
    let of = |element: &Element| {
        let reading = element.child("TextEquiv")?.text_of(&["Unicode", "PlainText"])?;
        Some(reading.to_owned())
    };
    of(element).unwrap_or_else(|| element.all("Word").filter_map(of).collect::<Vec<_>>().join(" "))
}
