//! Lists that lead to the archive's own pages: lines of a date and a link, which are no entries.

use crate::date::scan;
use crate::document::{Block, Dress, Piece};
use diary::{BlockKind, Link};

/// A longer line says something itself.
const LONGEST: usize = 300;
/// So many such lines in a row are a list, whatever stands below the last of them.
const LIST: usize = 5;

/// Marks the dates of a page that only lead to other pages, where most of its linked dates do.
pub(crate) fn mark(piece: &mut Piece) {
    let shown: Vec<usize> = (0..piece.blocks.len()).filter(|&at| !piece.blocks[at].chrome).collect();
    let leads: Vec<bool> = shown.iter().map(|&at| is_pointer(&piece.blocks[at])).collect();
    let mut listed: Vec<usize> = Vec::new();
    let mut from = 0;
    for run in leads.chunk_by(|one, two| one == two) {
        let here = from..from + run.len();
        from = here.end;
        if !run[0] {
            continue;
        }
        // What stands below the last may be its text.
        let last = &piece.blocks[shown[here.end - 1]];
        let below = shown.get(here.end).map(|&at| &piece.blocks[at]);
        let in_list = |block: &Block| block.kind() == BlockKind::List || block.dress == Dress::Item;
        let told = below.is_some_and(|below| !matches!(below.dress, Dress::Heading(_)) && !in_list(last));
        let end = here.end - usize::from(told && run.len() < LIST);
        if run.len() >= 2 || run.len() == shown.len() {
            listed.extend(here.start..end);
        }
    }
    if listed.len() * 2 > leads.iter().filter(|leads| **leads).count() {
        for at in listed {
            piece.blocks[shown[at]].chrome = true;
        }
    }
}

/// Whether a line is a date and links to pages of the same site, and nothing else: `2023-05-31 — [Rain](../rain.md)`.
fn is_pointer(block: &Block) -> bool {
    let text = block.text.as_str();
    let headed = matches!(block.dress, Dress::Heading(_) | Dress::Ruled | Dress::Outline(_));
    if text.len() > LONGEST || headed || matches!(block.kind(), BlockKind::Code | BlockKind::Note) {
        return false;
    }
    let Some(beside) = without_links(block) else { return false };
    let is_blank = |text: &str| text.chars().all(|c| !c.is_alphanumeric());
    match scan::scan(&beside) {
        Some(written) => is_blank(&beside[..written.span.start]) && is_blank(&beside[written.span.end..]),
        None => is_blank(&beside) && scan::scan(text.trim_start_matches(['[', '*', '-', ' '])).is_some(),
    }
}

/// What a line says beside its links to pages of the same site; none where it has no such link, or one to elsewhere.
fn without_links(block: &Block) -> Option<String> {
    if !block.links.iter().all(|link| is_own_page(&link.target)) {
        return None;
    }
    let mut beside = block.text.clone();
    for Link { span, .. } in block.links.iter().rev() {
        beside.replace_range(span.start..span.end, " ");
    }
    // In the brackets of wikis.
    while let Some(start) = beside.find("[[") {
        let end = start + beside[start..].find("]]")? + 2;
        beside.replace_range(start..end, " ");
    }
    (beside != block.text).then_some(beside)
}

/// Whether a target is a page beside this one, no picture and no other site.
fn is_own_page(target: &str) -> bool {
    const PAGES: &[&str] = &["html", "htm", "xhtml", "shtml", "md", "markdown", "txt", "org", "php", "asp", "cgi"];
    let path = target.split(['#', '?']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    let page = name.rsplit_once('.').is_none_or(|(_, end)| {
        PAGES.contains(&end.to_ascii_lowercase().as_str()) || end.contains(|c: char| !c.is_ascii_alphabetic())
    });
    page && !target.starts_with("//") && !target.contains(':')
}
