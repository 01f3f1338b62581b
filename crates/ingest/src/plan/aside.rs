//! What goes with a diary without being dated: lists of links, pages about it, and texts that are entries all the same.

use super::split::Sheet;
use crate::document::{Block, Dress, Piece};
use std::collections::HashSet;

/// Whether a text without a date is an entry all the same: where each of its neighbours is one.
pub(crate) fn is_undated_entry(sheet: &Sheet, dated: &HashSet<String>) -> bool {
    let is_text = sheet.piece.blocks.iter().any(|block| !block.span.is_empty());
    let is_link = |block: &Block| {
        let item = block.text.trim_start_matches(['*', '-', '+', ' ']);
        item.starts_with("[[") && item.ends_with("]]")
    };
    let mut lines =
        sheet.piece.blocks.iter().filter(|block| !block.chrome && !matches!(block.dress, Dress::Heading(_)));
    let only_links = lines.all(is_link);
    let is_data = [".json", ".yaml", ".yml", ".csv", ".xml"].iter().any(|end| sheet.path.ends_with(end));
    dated.contains(folder(&sheet.path))
        && !is_data
        && is_text
        && !only_links
        && !is_by_name_aside(sheet)
        && sheet.page.candidates.is_empty()
}

/// Whether a source that carries metadata has words below it, so that it is meant to be an entry.
pub(crate) fn is_meant(sheet: &Sheet) -> bool {
    let says = |block: &Block| !block.chrome && !matches!(block.dress, Dress::Heading(_));
    sheet.piece.has_front_matter && !is_by_name_aside(sheet) && sheet.piece.blocks.iter().any(says)
}

/// The folder that a source is in.
pub(crate) fn folder(path: &str) -> &str {
    path.rfind(['/', '!']).map_or("", |at| &path[..at])
}

/// Whether the name of a file says that it goes with a diary without being part of it.
fn is_by_name_aside(sheet: &Sheet) -> bool {
    const ASIDE: &[&str] = &[
        "index",
        "home",
        "about",
        "contact",
        "tags",
        "categories",
        "archive",
        "archives",
        "sidebar",
        "todo",
        "toc",
        "404",
        "search",
        "feed",
        "sitemap",
        "links",
    ];
    let path = sheet.path.to_ascii_lowercase();
    let mut folders: Vec<&str> = path.split(['/', '!']).collect();
    let name = folders.pop().unwrap_or_default();
    let is_template = folders.iter().any(|folder| folder.trim_start_matches('_').trim_end_matches('s') == "template");
    is_template || ASIDE.contains(&name.trim_start_matches('_').split('.').next().unwrap_or_default())
}

/// Whether a page lists others: most of its lines are short and begin with a link.
pub(crate) fn is_listing(piece: &Piece) -> bool {
    let lines = piece.blocks.iter().filter(|block| !block.chrome && !matches!(block.dress, Dress::Heading(_)));
    let (all, linking) = lines.fold((0, 0), |(all, linking), block| {
        let links = block.text.len() < 200 && block.links.first().is_some_and(|link| link.span.start == 0);
        (all + 1, linking + usize::from(links))
    });
    all >= 10 && linking * 10 >= all * 6
}
