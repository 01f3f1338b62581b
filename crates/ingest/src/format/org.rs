//! Org: outlines with time stamps, date trees and org-journal files. Drawers, planning lines and keywords are no text.

use super::Input;
use crate::document::{Block, Dress, Piece, Stamp, add};
use diary::{BlockKind, Link, Span};

/// Whether a text is an outline: by its extension, or by keywords and stars.
pub(super) fn recognise(path: &str, text: &str) -> bool {
    let path = path.to_ascii_lowercase();
    let keyword = text
        .lines()
        .take(20)
        .any(|line| line.starts_with("#+TITLE") || line.starts_with("#+title") || line.starts_with("#+STARTUP"));
    let starred = text.lines().filter(|line| heading_level(line).is_some()).take(2).count() > 0;
    path.ends_with(".org")
        || keyword && starred
        || text.starts_with("* ") && text.lines().any(|l| l.starts_with("** ") || l.trim() == ":PROPERTIES:")
}

fn heading_level(line: &str) -> Option<usize> {
    let stars = line.bytes().take_while(|b| *b == b'*').count();
    (stars > 0 && line.as_bytes().get(stars) == Some(&b' ')).then_some(stars)
}

pub(super) fn read(input: &Input<'_>) -> Vec<Piece> {
    let mut piece = Piece { line: 1, ..Piece::default() };
    let mut drawer = false;
    let mut code: Option<String> = None;
    let mut paragraph = Paragraph::default();
    let mut start = input.offset;
    for (index, line) in input.text.split('\n').enumerate() {
        let number = index + 1 + input.line;
        let span = Span::new(start, start + line.len());
        start += line.len() + 1;
        let bare = line.trim();
        let lower = bare.to_ascii_lowercase();
        if let Some(end) = &code {
            if lower == *end {
                paragraph.flush(&mut piece.blocks);
                code = None;
            } else {
                paragraph.add(line, number, span, paragraph.kind);
            }
            continue;
        }
        if drawer {
            if lower == ":end:" {
                drawer = false;
            } else if let Some(date) = lower.strip_prefix(":created:").or_else(|| lower.strip_prefix(":date:")) {
                stamp_heading(&mut piece.blocks, date);
            } else if let Some(value) = lower.strip_prefix(":private:") {
                let no = matches!(value.trim(), "nil" | "no" | "false" | "0");
                match piece.blocks.last_mut() {
                    Some(heading) if !no => heading.tags.push("private".to_owned()),
                    _ => piece.private |= !no,
                }
            }
            continue;
        }
        if let Some(level) = heading_level(line) {
            paragraph.flush(&mut piece.blocks);
            add(&mut piece.blocks, heading(&line[level + 1..], level, number, span));
        } else if bare.len() > 2
            && bare.starts_with(':')
            && bare.ends_with(':')
            && !bare[1..bare.len() - 1].contains([' ', ':'])
        {
            paragraph.flush(&mut piece.blocks);
            drawer = true;
        } else if let Some(kind) = lower.strip_prefix("#+begin_") {
            paragraph.flush(&mut piece.blocks);
            let name = kind.split_whitespace().next().unwrap_or_default();
            paragraph.kind = match name {
                "quote" | "verse" => BlockKind::Quote,
                "comment" => BlockKind::Note,
                _ => BlockKind::Code,
            };
            code = Some(format!("#+end_{name}"));
        } else if bare.starts_with("#+") {
            keyword(bare, &mut piece);
        } else if bare == "#" || bare.starts_with("# ") || is_planning(bare) {
            // A comment, or when a task is due.
        } else if bare.is_empty() {
            paragraph.flush(&mut piece.blocks);
        } else if ["- ", "+ "].iter().any(|mark| bare.starts_with(mark)) {
            paragraph.flush(&mut piece.blocks);
            paragraph.add(line, number, span, BlockKind::List);
        } else {
            let kind = if paragraph.lines.is_empty() { BlockKind::Paragraph } else { paragraph.kind };
            paragraph.add(line, number, span, kind);
        }
    }
    paragraph.flush(&mut piece.blocks);
    vec![piece]
}

/// `SCHEDULED: <…>`, `CLOSED: […]`, `CLOCK: […]`.
fn is_planning(line: &str) -> bool {
    ["SCHEDULED:", "DEADLINE:", "CLOSED:", "CLOCK:"].iter().any(|word| line.starts_with(word))
}

fn keyword(line: &str, piece: &mut Piece) {
    let Some((name, value)) = line[2..].split_once(':') else { return };
    let value = value.trim();
    match name.to_ascii_lowercase().as_str() {
        "title" => piece.title = Some(value.to_owned()).filter(|title| !title.is_empty()),
        "date" => piece.stamp = Stamp::read(value.trim_matches(['<', '>', '[', ']'])),
        "author" => piece.author = Some(value.to_owned()).filter(|author| !author.is_empty()),
        "filetags" => {
            piece.tags.extend(value.split([':', ' ']).filter(|tag| !tag.is_empty()).map(str::to_owned));
            piece.private |= piece.tags.iter().any(|tag| tag == "private");
        }
        "language" => piece.lang = Some(value.chars().take(2).collect()),
        _ => {}
    }
}

/// A heading without its state, priority and tags.
fn heading(text: &str, level: usize, line: usize, span: Span) -> Block {
    let mut text = text.trim();
    for state in ["TODO ", "DONE ", "NEXT ", "WAITING ", "CANCELLED ", "CANCELED ", "STARTED ", "HOLD "] {
        text = text.strip_prefix(state).unwrap_or(text).trim_start();
    }
    if text.starts_with("[#") && text.as_bytes().get(3) == Some(&b']') {
        text = text[4..].trim_start();
    }
    let mut tags = Vec::new();
    if let Some((words, last)) = text.rsplit_once(char::is_whitespace)
        && last.len() > 2
        && last.starts_with(':')
        && last.ends_with(':')
    {
        tags = last.split(':').filter(|tag| !tag.is_empty()).map(str::to_owned).collect();
        text = words.trim_end();
    }
    let (words, links) = linked(text);
    let mut block = Block::new(words, BlockKind::Heading, line);
    block.dress = Dress::Outline(level.min(99) as u8);
    block.links = links;
    block.span = span;
    block.tags = tags;
    block
}

/// A property of the heading above that says when it was made.
fn stamp_heading(blocks: &mut [Block], date: &str) {
    let parts = crate::date::stamp::read(date.trim().trim_matches(['<', '>', '[', ']']));
    if let (Some(block), Some(parts)) = (blocks.last_mut(), parts.filter(|parts| parts.is_whole()))
        && matches!(block.dress, Dress::Outline(_))
    {
        block.made = Some(parts);
    }
}

/// Text with `[[target][words]]` read as links.
fn linked(text: &str) -> (String, Vec<Link>) {
    let mut out = String::with_capacity(text.len());
    let mut links = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("[[") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(end) = rest.find("]]") else { break };
        let inside = &rest[2..end];
        let (target, words) = inside.split_once("][").unwrap_or((inside, inside));
        let start = out.len();
        out.push_str(words);
        links.push(Link { span: Span::new(start, out.len()), target: target.to_owned() });
        rest = &rest[end + 2..];
    }
    out.push_str(rest);
    (out, links)
}

struct Paragraph {
    lines: Vec<String>,
    kind: BlockKind,
    line: usize,
    span: Span,
}

impl Default for Paragraph {
    fn default() -> Self {
        Self { lines: Vec::new(), kind: BlockKind::Paragraph, line: 0, span: Span::default() }
    }
}

impl Paragraph {
    fn add(&mut self, line: &str, number: usize, span: Span, kind: BlockKind) {
        if self.lines.is_empty() {
            self.line = number;
            self.span = span;
        }
        self.kind = kind;
        self.span.end = span.end;
        self.lines.push(if kind == BlockKind::Code { line.trim_end().to_owned() } else { line.trim().to_owned() });
    }

    fn flush(&mut self, out: &mut Vec<Block>) {
        let lines = std::mem::take(&mut self.lines);
        if !lines.is_empty() {
            let (text, links) = linked(&lines.join("\n"));
            let mut block = Block::new(text, self.kind, self.line);
            block.links = links;
            block.span = self.span;
            if self.kind == BlockKind::List {
                block.dress = Dress::Item;
            }
            super::text::push_lines(out, block);
        }
        self.kind = BlockKind::Paragraph;
    }
}
