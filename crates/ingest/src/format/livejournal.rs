//! LiveJournal's XML export, and ljdump's file an entry: the time that the writer set decides the day, not the server's.

use super::xml::{Items, items, root};
use super::{Input, feed, html};
use crate::document::{Piece, Stamp};
use crate::problem::{Problem, ProblemKind};

pub(super) fn recognise(text: &str) -> bool {
    text.trim_start().starts_with('<')
        && root(text).is_some_and(|(name, _)| {
            matches!(name.as_str(), "livejournal" | "lj") && ["<entry", "<event"].iter().any(|item| text.contains(item))
                || name == "event" && text.contains("<eventtime>")
        })
}

pub(super) fn read(input: &Input<'_>, problems: &mut Vec<Problem>) -> Vec<Piece> {
    let Items { items, whole, .. } = items(input.text, &["entry", "event"]);
    if !whole {
        let message = "The markup breaks off or is not well formed; what was read up to there was kept.";
        problems.push(Problem::of_source(ProblemKind::Malformed, input.path, message));
    }
    items
        .iter()
        .filter(|item| item.name == "entry" || item.child("event").is_some())
        .map(|item| {
            let markup = item.text_of(&["event", "body"]).unwrap_or_default();
            let markup = known_tags(&feed::paragraphs(markup));
            let mut blocks = html::piece(&markup, input.path, problems).blocks;
            for block in &mut blocks {
                block.line = item.line + input.line;
            }
            let tags = item.text_of(&["taglist", "tags"]).unwrap_or_default();
            let title = item.text_of(&["subject"]).map(str::to_owned);
            Piece {
                is_item: true,
                stamp: item.text_of(&["eventtime", "date"]).and_then(Stamp::read),
                title,
                tags: tags.split(',').map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect(),
                private: item
                    .text_of(&["security"])
                    .is_some_and(|security| matches!(security, "private" | "usemask" | "custom" | "friends")),
                line: item.line + input.line,
                blocks,
                ..Piece::default()
            }
        })
        .collect()
}

/// `<lj user="x">` shows as x; the other tags of LiveJournal only fold text away.
fn known_tags(markup: &str) -> String {
    let mut out = String::with_capacity(markup.len());
    let mut rest = markup;
    while let Some(at) = rest.find("<lj ") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find('>').map_or(rest.len(), |end| end + 1);
        let name = rest[..end].split(['"', '\'']).nth(1).unwrap_or_default();
        out.push_str(&name.replace('<', ""));
        rest = &rest[end..];
    }
    out + rest
}
