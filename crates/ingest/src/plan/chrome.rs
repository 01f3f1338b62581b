//! Chrome: what stands on every page of a site, and lines that only lead elsewhere. It is in no entry.

use super::split::Sheet;
use crate::date::{names, scan};
use crate::document::{Block, Dress, Piece};
use diary::BlockKind;
use rayon::prelude::*;
use std::collections::HashMap;

/// Fewer pages than this prove nothing.
const FEWEST_PAGES: usize = 4;
/// A longer block is text even where it repeats.
const LONGEST: usize = 400;

/// Marks the chrome of an archive.
pub(crate) fn mark(sheets: &mut [Sheet]) {
    for sheet in sheets.iter_mut().filter(|sheet| !sheet.piece.is_item) {
        for block in &mut sheet.piece.blocks {
            block.chrome |= leads_elsewhere(block) || is_foot(block);
        }
        super::pointers::mark(&mut sheet.piece);
    }
    mark_repeated(sheets);
}

/// Marks the runs of repeated blocks at the beginning and end of pages.
fn mark_repeated(sheets: &mut [Sheet]) {
    let pages = sheets.iter().filter(|sheet| is_page(&sheet.piece)).count();
    if pages < FEWEST_PAGES {
        return;
    }
    let mut seen: HashMap<&str, (usize, usize)> = HashMap::new();
    for (index, sheet) in sheets.iter().enumerate().filter(|(_, sheet)| is_page(&sheet.piece)) {
        for block in sheet.piece.blocks.iter().filter(|block| block.text.len() <= LONGEST) {
            let (count, last) = seen.entry(&block.text).or_insert((0, usize::MAX));
            if *last != index {
                *count += 1;
                *last = index;
            }
        }
    }
    let most = (pages / 5).max(3);
    let marks: Vec<Vec<usize>> = sheets
        .par_iter()
        .map(|Sheet { piece, .. }| {
            if !is_page(piece) {
                return Vec::new();
            }
            let times = |block: &Block| seen.get(block.text.as_str()).map_or(0, |(count, _)| *count);
            let repeats = |block: &Block| block.chrome || times(block) >= most && !is_date_heading(block);
            let blocks = piece.blocks.as_slice();
            let front = blocks.iter().take_while(|block| repeats(block)).count();
            let mut back = blocks[front..].iter().rev().take_while(|block| repeats(block)).count();
            let last = blocks.len() - back;
            // "Rain." may be all that there is to say of many days; a footer is on nearly every page.
            let bare = blocks[front..last].iter().all(|block| matches!(block.dress, Dress::Heading(_)));
            if bare && blocks.get(last).is_some_and(|block| !block.chrome && times(block) * 10 < pages * 8) {
                back -= 1;
            }
            let linked = blocks
                .iter()
                .enumerate()
                .filter(|(_, block)| block.linked() * 2 >= block.text.len() && repeats(block))
                .map(|(at, _)| at);
            (0..front).chain(blocks.len() - back..blocks.len()).chain(linked).collect()
        })
        .collect();
    for (sheet, marks) in sheets.iter_mut().zip(marks) {
        for at in marks {
            sheet.piece.blocks[at].chrome = true;
        }
    }
}

/// Pages of a site, not files of words: those whose blocks have markup.
fn is_page(piece: &Piece) -> bool {
    !piece.is_item && piece.blocks.iter().all(|block| block.span.is_empty())
}

/// Whether a block is dressed as a heading and gives a day.
fn is_date_heading(block: &Block) -> bool {
    let headed = matches!(block.dress, Dress::Heading(_) | Dress::Term | Dress::Dateline | Dress::Time);
    headed && scan::scan(&block.text).is_some_and(|written| written.first.is_whole())
}

/// `<< [[2003-12-18]] | [[2003-12-20|tomorrow]] >>`: a line of links to other days in the brackets of wikis.
fn leads_to_days(text: &str) -> bool {
    let marks = |text: &str| text.chars().all(|c| !c.is_alphanumeric());
    let mut parts = text.split("[[");
    let before = parts.next().is_some_and(marks);
    let to_day = |part: &str| {
        part.split_once("]]").is_some_and(|(link, after)| {
            let target = link.split('|').next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
            marks(after) && scan::scan(target).is_some_and(|written| written.first.is_whole())
        })
    };
    before && text.len() <= 160 && text.contains("[[") && parts.all(to_day)
}

/// `posted by me at 10:20 PM | comments [2]`: the foot of a post that says no date.
fn is_foot(block: &Block) -> bool {
    const SAID: &[&str] = &[
        "posted by ",
        "posted at ",
        "publicado por ",
        "postado por ",
        "publie par ",
        "poste par ",
        "geschrieben von ",
        "eingestellt von ",
        "gepostet von ",
        "pubblicato da ",
        "geplaatst door ",
        "inlagt av ",
        "upplagd av ",
    ];
    let text = block.text.trim();
    text.len() <= 120
        && text.contains([':', '|', '#'])
        && !text.ends_with('.')
        && block.kind() != BlockKind::Code
        && SAID.iter().any(|words| names::plain(&text[..text.floor_char_boundary(24)]).starts_with(words))
        && scan::scan_within(text).is_none()
}

/// The words of lines that lead to other pages, in plain small letters.
const SIGNS: &[&str] = &[
    "next",
    "previous",
    "prev",
    "top",
    "of",
    "page",
    "day",
    "last",
    "first",
    "home",
    "index",
    "back",
    "to",
    "up",
    "the",
    "month",
    "year",
    "week",
    "newer",
    "older",
    "post",
    "posts",
    "entries",
    "entry",
    "main",
    "menu",
    "archive",
    "archives",
    "contents",
    "permalink",
    "reply",
    "comments",
    "comment",
    "rss",
    "atom",
    "feed",
    "print",
    "link",
    "today",
    "weiter",
    "zuruck",
    "suivant",
    "precedent",
    "siguiente",
    "anterior",
    "nachste",
    "vorige",
    "volgende",
    "retour",
    "accueil",
    "commentaires",
    "commentaire",
    "lien",
    "permanent",
    "kommentare",
    "kommentar",
    "kommentarer",
    "comentarios",
    "commenti",
    "reacties",
    "trackback",
    "trackbacks",
    "zum",
    "seitenanfang",
];

/// `previous day | next day`, `Top of page`, `« home »`.
fn leads_elsewhere(block: &Block) -> bool {
    if leads_to_days(&block.text) {
        return !matches!(block.kind(), BlockKind::List | BlockKind::Heading);
    }
    if block.kind() == BlockKind::Code || block.text.len() > 160 || block.links.is_empty() {
        return false;
    }
    if is_date_heading(block) {
        return false;
    }
    let words: Vec<String> =
        block.text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(names::plain).collect();
    let linked = block.linked() * 10 >= block.text.chars().filter(|c| c.is_alphanumeric()).count() * 7;
    linked
        && words
            .iter()
            .all(|word| SIGNS.contains(&word.as_str()) || word.chars().all(|c| c.is_ascii_digit()) && words.len() > 1)
}
