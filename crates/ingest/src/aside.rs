//! What goes with a diary without being dated: lists of links, pages about it, and texts that are entries all the same.

use crate::document::{Block, Dress, Piece};
use crate::split::Sheet;

/// Whether a text without a date is an entry all the same: where each of its neighbours is one.
pub(crate) fn is_undated_entry(sheet: &Sheet, whole: usize) -> bool {
    let is_text = sheet.piece.blocks.iter().any(|block| !block.span.is_empty());
    let is_link = |block: &Block| {
        let item = block.text.trim_start_matches(['*', '-', '+', ' ']);
        item.starts_with("[[") && item.ends_with("]]")
    };
    let lines = sheet.piece.blocks.iter().filter(|block| !block.chrome && !matches!(block.dress, Dress::Heading(_)));
    let mut lines = lines.peekable();
    let only_links = lines.peek().is_some() && lines.all(is_link);
    whole > 0 && is_text && !only_links && !is_by_name_aside(sheet) && sheet.page.candidates.is_empty()
}

/// Whether the name of a file says that it goes with a diary without being part of it.
pub(crate) fn is_by_name_aside(sheet: &Sheet) -> bool {
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
    let name = sheet.path.rsplit(['/', '!']).next().unwrap_or_default().to_ascii_lowercase();
    ASIDE.contains(&name.trim_start_matches('_').split('.').next().unwrap_or_default())
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
