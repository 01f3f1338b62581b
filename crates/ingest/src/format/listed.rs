//! Tables that say of the files beside them when each was written, as Substack exports posts: the date and the title go to
//! the file, and the row is none of its own.

use super::Format;
use crate::document::{Document, Piece};
use std::collections::HashMap;

/// Gives the pages that the rows of a table name what the rows say of them.
pub(crate) fn bind(mut documents: Vec<Document>) -> Vec<Document> {
    let is_page = |document: &Document| {
        let [piece] = &document.pieces[..] else { return false };
        !piece.is_item && piece.stamp.is_none()
    };
    if !documents.iter().any(|document| document.format == Format::Csv) {
        return documents;
    }
    // Of a name that two files have, none is meant.
    let mut pages: HashMap<String, Option<usize>> = HashMap::new();
    for (at, document) in documents.iter().enumerate().filter(|(_, document)| is_page(document)) {
        pages.entry(stem(&document.path).to_owned()).and_modify(|place| *place = None).or_insert(Some(at));
    }
    for table in 0..documents.len() {
        if documents[table].format != Format::Csv {
            continue;
        }
        let page_of = |row: &Piece| fields(row).find_map(|field| pages.get(stem(field)).copied().flatten());
        let named: Vec<Option<usize>> = documents[table].pieces.iter().map(page_of).collect();
        if named.len() < 2 || named.iter().flatten().count() * 10 < named.len() * 8 {
            continue;
        }
        let rows = std::mem::take(&mut documents[table].pieces);
        for (row, page) in rows.into_iter().zip(named) {
            match page.and_then(|page| documents[page].pieces.first_mut()) {
                Some(page) => tell(page, row),
                None => documents[table].pieces.push(row),
            }
        }
    }
    documents
}

/// Moves what a row says to the page that it names.
fn tell(page: &mut Piece, row: Piece) {
    let Piece { stamp, title, tags, private, sensitive, blocks, .. } = row;
    page.stamp = stamp;
    page.title = title.or(page.title.take());
    page.tags.extend(tags);
    page.private |= private;
    page.sensitive |= sensitive;
    page.has_front_matter = true;
    // A text of its own is what the post begins with.
    let said = blocks.into_iter().next().filter(|block| block.text.contains(' ') && !block.text.contains(": "));
    page.blocks.splice(..0, said);
}

/// The values of a row: its text, and what stands below it by the names of their columns.
fn fields(row: &Piece) -> impl Iterator<Item = &str> {
    let parts = row.blocks.iter().flat_map(|block| block.text.split(" · "));
    parts.map(|part| part.split_once(": ").map_or(part, |(_, value)| value))
}

/// The name of a file without its folder and its extension. What stands behind the first stop may be part of the name.
fn stem(path: &str) -> &str {
    let name = path.rsplit(['/', '!']).next().unwrap_or(path).trim();
    let known = ["html", "htm", "md", "txt", "markdown"];
    name.rsplit_once('.').filter(|(_, end)| known.contains(end)).map_or(name, |(stem, _)| stem)
}
