//! Evernote's export: notes whose content is a page of its own. The instant is in UTC and names no zone: the day is taken
//! as it stands.

use super::xml::{Items, items, root};
use super::{Input, html};
use crate::document::{Piece, Stamp};
use crate::problem::{Problem, ProblemKind};

pub(super) fn recognise(text: &str) -> bool {
    text.trim_start().starts_with('<') && root(text).is_some_and(|(name, _)| name == "en-export")
}

pub(super) fn read(input: &Input<'_>, problems: &mut Vec<Problem>) -> Vec<Piece> {
    let Items { items, whole, .. } = items(input.text, &["note"]);
    if !whole {
        let message = "The markup breaks off or is not well formed; what was read up to there was kept.";
        problems.push(Problem::of_source(ProblemKind::Malformed, input.path, message));
    }
    items
        .iter()
        .map(|note| {
            let line = note.line + input.line;
            let mut blocks = html::piece(note.text_of(&["content"]).unwrap_or_default(), input.path, problems).blocks;
            for block in &mut blocks {
                block.line = line;
            }
            let author = note.child("note-attributes").and_then(|attributes| attributes.text_of(&["author"]));
            Piece {
                is_item: true,
                stamp: note.text_of(&["created", "updated"]).and_then(Stamp::read),
                title: note.text_of(&["title"]).map(str::to_owned),
                author: author.map(str::to_owned),
                tags: note.all("tag").map(|tag| tag.text.trim().to_owned()).filter(|tag| !tag.is_empty()).collect(),
                line,
                blocks,
                ..Piece::default()
            }
        })
        .collect()
}
