//! What stands at the end of an entry and is no part of it: page furniture, the back matter of a book, the heading of what
//! comes next.

use crate::date::names;
use crate::document::{Block, Dress};
use diary::BlockKind;

/// Leaves out the heading of the next chapter at the end: `CHAPTER II.`, then short lines in capitals, or what the chapter
/// holds: `Rain--The long road--Home`.
pub(crate) fn without_chapter(body: &[Block]) -> &[Block] {
    let capitals = |block: &Block| block.text.len() <= 100 && !block.text.contains(char::is_lowercase);
    let begins = |block: &Block| {
        (capitals(block) || is_heading(block)) && begins_numbered(&block.text) && block.text.len() <= LONGEST_TAIL
    };
    let heads = |block: &Block| capitals(block) || begins(block) || is_synopsis(&block.text);
    let from = body.iter().rposition(|block| !heads(block)).map_or(0, |at| at + 1);
    let tail = &body[from..];
    // A numeral alone is one where more stands under it.
    let opens = |at: &usize| begins(&tail[*at]) || at + 1 < tail.len() && is_roman(&tail[*at].text);
    (0..tail.len()).find(opens).map_or(body, |at| &body[..from + at])
}

/// `XIV.`
fn is_roman(text: &str) -> bool {
    let figures = text.trim_end_matches('.');
    (1..=7).contains(&figures.len()) && figures.bytes().all(|b| b"IVXLC".contains(&b))
}

/// `Rain--The long road--Home`: topics, parted by dashes.
fn is_synopsis(text: &str) -> bool {
    text.len() <= 1000 && text.matches('—').count() + text.matches("--").count() >= 2
}

fn is_heading(block: &Block) -> bool {
    matches!(block.dress, Dress::Heading(_))
}

/// Whether a line numbers what follows and does nothing else: `LETTER II.`, `No. 4`.
pub(crate) fn is_number(line: &str) -> bool {
    begins_numbered(line) && words_of(line).nth(2).is_none()
}

/// `CHAPTER II. ON THE ROAD`: begins with what is counted and its number.
fn begins_numbered(line: &str) -> bool {
    const COUNTED: &[&str] = &[
        "letter", "no", "nr", "number", "entry", "chapter", "book", "part", "volume", "vol", "chapitre", "kapitel",
        "brief", "lettre", "carta", "lettera",
    ];
    const SPELT: &[&str] =
        &["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "premier"];
    let mut words = words_of(line);
    let counted = words.next().is_some_and(|word| COUNTED.contains(&word.as_str()));
    let numeral = |word: &str| word.bytes().all(|b| b.is_ascii_digit() || b"ivxlc".contains(&b));
    let spelt = |word: &str| diary::ordinal(word).is_some() || SPELT.contains(&word);
    counted && words.next().is_some_and(|word| numeral(&word) || spelt(&word))
}

fn words_of(line: &str) -> impl Iterator<Item = String> {
    line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(names::plain)
}

/// Whether a block heads the entry below it, dated by a heading in this dress: a heading of a higher level, or a line in
/// capitals under a text that is not (`CAMP GRIFFIN, VA.`).
pub(crate) fn is_caption(block: &Block, above: &Block, dated: Dress) -> bool {
    match (block.dress, dated) {
        _ if block.chrome || block.closed || block.text.chars().count() > 60 => false,
        (Dress::Heading(level), Dress::Heading(below)) => level < below,
        (Dress::Plain, _) => {
            let letters = block.text.chars().filter(|c| c.is_uppercase()).count();
            letters >= 4
                && !block.glued
                && !block.text.contains(|c: char| c.is_lowercase() || matches!(c, '!' | '?' | '"' | '”' | ':' | '='))
                && above.text.contains(char::is_lowercase)
                && !is_furniture(block)
        }
        _ => false,
    }
}

/// Takes the back matter of a book off its last entry: everything but the notes from a heading like `INDEX` on.
pub(crate) fn drop_back_matter(blocks: &mut Vec<Block>, before: &[Block]) {
    const PARTS: &[&str] = &[
        "index",
        "appendix",
        "appendices",
        "footnotes",
        "notes",
        "endnotes",
        "glossary",
        "bibliography",
        "errata",
        "transcribers note",
        "transcribers notes",
        "transcriber s note",
        "transcriber s notes",
        "advertisements",
        "contents",
        "table des matieres",
        "anmerkungen",
        "register",
        "inhalt",
        "inhaltsverzeichnis",
        "indice",
    ];
    // What stands under earlier entries too is a part of each: "## Notes".
    let is_part = |block: &Block| {
        let words = words_of(&block.text).collect::<Vec<_>>().join(" ");
        PARTS.contains(&words.as_str())
            || words.starts_with("appendix ") && words.len() <= 14
            || is_end_of_book(&block.text)
    };
    let opens = |block: &Block| {
        block.text.len() <= 60 && is_part(block) && !before.iter().any(|other| other.text == block.text)
    };
    if let Some(from) = blocks.iter().position(opens) {
        let back = blocks.split_off(from);
        blocks.extend(back.into_iter().filter(|block| block.kind() == BlockKind::Note));
    }
}

/// `END OF VOL. I.`, `FIN DU TOME PREMIER.`
fn is_end_of_book(line: &str) -> bool {
    const BOOKS: &[&str] = &[
        "vol",
        "volume",
        "book",
        "diary",
        "journal",
        "part",
        "tome",
        "livre",
        "band",
        "bandes",
        "teil",
        "teiles",
        "tagebuchs",
        "tomo",
        "volumen",
        "deel",
        "bind",
    ];
    let words: Vec<String> = words_of(line).take(8).collect();
    let ends =
        words.first().is_some_and(|word| matches!(word.as_str(), "end" | "fin" | "ende" | "fine" | "einde" | "slut"));
    ends && words.len() <= 7 && words.iter().skip(1).any(|word| BOOKS.contains(&word.as_str()))
}

/// The most letters of a line or two under the last rule of a page.
const LONGEST_TAIL: usize = 300;

/// Takes what stands under the last rule of a page off its last entry, where it is short: address, counter, copyright.
pub(crate) fn drop_ruled(blocks: &mut Vec<Block>) {
    let Some(from) = blocks.iter().rposition(|block| block.ruled).filter(|from| *from > 0) else { return };
    let tail = &blocks[from..];
    let short = tail.iter().map(|block| block.text.len()).sum::<usize>() <= LONGEST_TAIL;
    if short && tail.iter().all(|block| block.kind() != BlockKind::Note) {
        blocks.truncate(from);
    }
}

/// Takes page furniture off the end: links to other pages, "Rusty's 2002 Diary", "THE END".
pub(crate) fn drop_tail(blocks: &mut Vec<Block>) {
    for _ in 0..12 {
        let Some(last) = blocks.last() else { return };
        let notes = blocks.iter().rev().take_while(|block| block.kind() == BlockKind::Note).count();
        if notes > 0 || !is_furniture(last) || blocks.len() < 2 {
            return;
        }
        blocks.pop();
    }
}

/// Whether a block is a signpost and no sentence.
pub(crate) fn is_furniture(block: &Block) -> bool {
    let text = block.text.trim();
    // "#diary/garden" is a label.
    if text.starts_with('#') {
        return false;
    }
    let words = || text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    match words().take(11).count() {
        0 => return true,
        11 => return false,
        _ if block.kind() == BlockKind::Code => return false,
        _ => {}
    }
    let words: Vec<String> = words().map(names::plain).collect();
    // "At home." is what may be said of a day; "The end." is not.
    let told = words.len() > 1 && block.links.is_empty() && text.ends_with(['.', '!', '?']);
    let ends = matches!(words.join(" ").as_str(), "the end" | "end" | "finis" | "fin" | "ende" | "fine");
    let sentence = told && !ends || text.ends_with(['.', '!', '?', '。', ':', '"', '”']) && words.len() > 3;
    if sentence {
        return false;
    }
    let year =
        words.iter().any(|word| word.len() == 4 && word.parse::<i32>().is_ok_and(|year| (1500..2100).contains(&year)));
    let signs = [
        "diary",
        "journal",
        "home",
        "index",
        "next",
        "previous",
        "prev",
        "back",
        "top",
        "archive",
        "archives",
        "copyright",
        "contents",
        "updated",
        "webmaster",
        "tagebuch",
        "page",
        "blog",
        "main",
    ];
    let pointing = words.iter().any(|word| signs.contains(&word.as_str()));
    let linked = !block.links.is_empty() && block.linked() * 10 >= text.len() * 7;
    ends || pointing && (year || linked || words.len() <= 3)
        || linked && year
        || text.starts_with('©')
        || text.starts_with("(c) ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture() {
        let block = |text: &str| Block::new(text, BlockKind::Paragraph, 1);
        for text in ["Rusty's 2002 Diary", "Next", "THE END", "Back to index"] {
            assert!(is_furniture(&block(text)), "{text}");
        }
        for text in ["At home.", "I even did the documentation.", "Read my diary of 1999 again today.", "Rain."] {
            assert!(!is_furniture(&block(text)), "{text}");
        }
    }
}
