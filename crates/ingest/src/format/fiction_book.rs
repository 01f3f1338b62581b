//! FictionBook, as e-books are kept in Russia: its sections and titles as the headings of a page.

use super::xml::root;
use super::{Input, html};
use crate::document::Piece;
use crate::problem::Problem;

pub(super) fn recognise(text: &str) -> bool {
    text.trim_start().starts_with('<') && root(text).is_some_and(|(name, _)| name == "FictionBook")
}

/// What stands outside the bodies describes the book, or is pictures.
pub(super) fn read(input: &Input<'_>, problems: &mut Vec<Problem>) -> Vec<Piece> {
    let text = input.text;
    let opened = text.split("<body").skip(1).filter_map(|part| part.split_once('>'));
    let bodies = opened.filter_map(|(_, body)| body.split("</body>").next());
    let page: String = bodies.map(as_page).collect();
    let mut piece = html::piece(&page, input.path, problems);
    piece.title = between(text, "<book-title>", "</book-title>").map(|title| title.trim().to_owned());
    piece.lang = between(text, "<lang>", "</lang>").map(|lang| lang.trim().chars().take(2).collect());
    for block in &mut piece.blocks {
        block.line = input.line + 1;
    }
    vec![piece]
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    text.split_once(start)?.1.split_once(end).map(|(inside, _)| inside)
}

/// A body in the elements of HTML. A title is of paragraphs.
fn as_page(body: &str) -> String {
    let mut page = String::with_capacity(body.len());
    let mut rest = body;
    while let Some((before, title)) = rest.split_once("<title>") {
        let (title, after) = title.split_once("</title>").unwrap_or((title, ""));
        let lines = title.replace("<p>", "").replace("</p>", "<br>");
        page.extend([before, "<h2>", lines.trim().trim_end_matches("<br>"), "</h2>"]);
        rest = after;
    }
    page.push_str(rest);
    page.replace("<subtitle>", "<h3>").replace("</subtitle>", "</h3>").replace("<empty-line/>", "")
}
