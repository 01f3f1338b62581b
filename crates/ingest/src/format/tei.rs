//! TEI: the markup of editors. It is read as the page that it would make: divisions are articles, date lines are date
//! lines, editors' notes are notes, regularised and corrected readings are taken.

use super::xml::{Element, items, lenient, root};
use super::{Input, html};
use crate::date::{Parts, stamp};
use crate::document::{Piece, Stamp};
use crate::problem::{Problem, ProblemKind};
use quick_xml::events::{BytesStart, Event};
use std::fmt::Write;

pub(super) fn recognise(text: &str) -> bool {
    text.trim_start().starts_with('<')
        && root(text).is_some_and(|(name, _)| matches!(name.as_str(), "TEI" | "TEI.2" | "teiCorpus"))
}

pub(super) fn read(input: &Input<'_>, problems: &mut Vec<Problem>) -> Vec<Piece> {
    let (markup, whole) = page(input.text);
    if !whole {
        let message = "The markup breaks off or is not well formed; what was read up to there was kept.";
        problems.push(Problem::of_source(ProblemKind::Malformed, input.path, message));
    }
    let mut piece = html::piece(&markup, input.path, problems);
    if !markup.contains("<time datetime") && markup.matches("<article").nth(1).is_none() {
        piece.stamp = piece.stamp.or_else(|| made(input.text));
    }
    for block in &mut piece.blocks {
        block.line += input.line;
    }
    vec![piece]
}

/// The day that the header of a document gives for when its text was written.
fn made(text: &str) -> Option<Stamp> {
    let found = items(text, &["creation", "origDate", "correspAction"]).items;
    let mut all: Vec<&Element> = found.iter().collect();
    let mut at = 0;
    while let Some(element) = all.get(at).copied() {
        all.extend(&element.children);
        at += 1;
    }
    let dates = all.iter().filter_map(|element| element.attribute("when").or(element.attribute("when-iso")));
    dates.filter_map(Stamp::read).find(|stamp| stamp.parts.is_whole())
}

/// An element that is open, and the one that it is shown as.
struct Open {
    name: String,
    element: &'static str,
    is_hidden: bool,
}

/// An end belongs to the last element of its name among so many.
const REACH: usize = 64;

/// The document as HTML, line for line.
fn page(text: &str) -> (String, bool) {
    let mut reader = lenient(text);
    let mut out = String::with_capacity(text.len());
    let mut open: Vec<Open> = Vec::new();
    // How many of those that are open are not shown.
    let mut hidden = 0usize;
    let mut at = 0;
    loop {
        let event = reader.read_event();
        let now = usize::try_from(reader.buffer_position()).unwrap_or(text.len()).min(text.len());
        let newlines = text.as_bytes()[at..now.max(at)].iter().filter(|b| **b == b'\n').count();
        at = now.max(at);
        let mut own_lines = false;
        match event {
            Ok(Event::Start(tag)) => {
                let name = tag.local_name().as_ref().to_owned();
                let is_hidden = hidden > 0 || is_hidden(&tag, &out);
                hidden += usize::from(is_hidden);
                let element = if is_hidden { "" } else { shown(&tag, &mut out) };
                open.push(Open { name, element, is_hidden });
            }
            Ok(Event::Empty(tag)) if hidden == 0 => match tag.local_name().as_ref() {
                // A word goes on in the next line; the lines are counted all the same.
                "lb" | "pb" | "cb" if goes_on(&tag) => {
                    let gap = out.split_off(out.trim_end().len());
                    out.extend(["<wbr", &gap, ">"]);
                }
                "lb" => out.push_str("<br>"),
                "date" | "docDate" => {
                    shown(&tag, &mut out);
                    out.push_str("</time>");
                }
                "milestone" => out.push_str("<hr>"),
                _ => {}
            },
            Ok(Event::End(tag)) => {
                // What was never closed inside it ends with it.
                let name = tag.local_name();
                let above = open.iter().rev().take(REACH).position(|open| open.name == name.as_ref());
                for Open { element, is_hidden, .. } in open.drain(open.len() - above.map_or(0, |n| n + 1)..).rev() {
                    hidden -= usize::from(is_hidden);
                    if !element.is_empty() {
                        let _ = write!(out, "</{element}>");
                    }
                }
            }
            Ok(Event::Text(words)) if hidden == 0 => {
                own_lines = true;
                let words = words.replace('<', "&lt;");
                let mark = closing_mark(&out, &words);
                out.insert_str(out.trim_end().len(), &words[..mark]);
                out.push_str(&words[mark..]);
            }
            Ok(Event::CData(words)) if hidden == 0 => {
                own_lines = true;
                out.push_str(&words.replace('&', "&amp;").replace('<', "&lt;"));
            }
            Ok(Event::GeneralRef(name)) if hidden == 0 => {
                let _ = write!(out, "&{};", &*name);
            }
            Ok(Event::Eof) => return (out, true),
            Ok(_) => {}
            Err(_) => return (out, false),
        }
        if !own_lines {
            out.extend(std::iter::repeat_n('\n', newlines));
        }
    }
}

/// Whether a line or page begins within a word.
fn goes_on(tag: &BytesStart<'_>) -> bool {
    tag.attributes().with_checks(false).flatten().any(|a| a.key.local_name().as_ref() == "break" && &*a.value == "no")
}

/// The length of a mark that closes off the word before it, where only the lines of the markup part the two:
/// `<name>Ann\n</name>, who`.
fn closing_mark(before: &str, words: &str) -> usize {
    let gap = &before[before.trim_end().len()..];
    let mark =
        words.chars().next().filter(|c| matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | ')' | '»' | '”' | '“' | '’'));
    mark.filter(|_| gap.contains('\n')).map_or(0, char::len_utf8)
}

/// The header but for its title, and the readings that stand beside better ones.
fn is_hidden(tag: &BytesStart<'_>, before: &str) -> bool {
    match tag.local_name().as_ref() {
        "teiHeader" | "facsimile" | "front" | "back" | "standOff" | "orig" | "sic" | "am" | "del" | "figDesc"
        | "fw" => true,
        // Of `<choice>`, the first of an abbreviation's two readings is enough.
        "abbr" => before.ends_with("<span class=choice>"),
        _ => false,
    }
}

/// Opens the element of a page that stands for one of TEI, and says its name; empty where there is none.
fn shown(tag: &BytesStart<'_>, out: &mut String) -> &'static str {
    let attribute = |name: &str| {
        let found =
            tag.attributes().with_checks(false).flatten().take(32).find(|a| a.key.local_name().as_ref() == name)?;
        Some(found.value.replace(['"', '<', '>'], ""))
    };
    let id = attribute("id").map_or(String::new(), |id| format!(" id=\"{id}\""));
    let name = match tag.local_name().as_ref() {
        "div" | "div1" | "div2" | "div3" | "div4" => {
            let kind = attribute("type").unwrap_or_default().to_ascii_lowercase();
            let entry = ["entry", "diary", "day", "journal"].iter().any(|word| kind.contains(word))
                && !kind.contains("diaries");
            if entry {
                let _ = write!(out, "<article{id}>");
                // The date of a division stands on it in some editions.
                let is_day = |when: &String| stamp::iso(when).is_some_and(Parts::is_whole);
                if let Some(when) = ["when", "when-iso", "n"].iter().filter_map(|name| attribute(name)).find(is_day) {
                    let _ = write!(out, "<meta itemprop=datePublished content=\"{when}\">");
                }
                return "article";
            }
            let _ = write!(out, "<section{id}>");
            return "section";
        }
        "head" => "h2",
        "p" | "ab" | "lg" | "opener" | "closer" | "salute" | "signed" | "stage" | "sp" => "p",
        "dateline" | "byline" => {
            out.push_str("<p class=dateline>");
            return "p";
        }
        "l" => {
            out.push_str("<br>");
            return "";
        }
        "list" => "ul",
        "item" => "li",
        "quote" | "q" | "cit" | "floatingText" => "blockquote",
        "note" | "noteGrp" => {
            out.push_str("<div class=footnote>");
            return "div";
        }
        "table" => "table",
        "row" => "tr",
        "cell" => "td",
        "hi" | "emph" => "i",
        "choice" => {
            out.push_str("<span class=choice>");
            return "span";
        }
        "ref" => {
            if let Some(target) = attribute("target") {
                let _ = write!(out, "<a href=\"{target}\">");
                return "a";
            }
            return "";
        }
        "date" | "docDate" | "origDate" => {
            let when = ["when", "when-iso", "from", "notBefore", "value"].iter().find_map(|name| attribute(name));
            let _ = match when {
                Some(when) => write!(out, "<time datetime=\"{when}\">"),
                None => write!(out, "<time>"),
            };
            return "time";
        }
        _ => return "",
    };
    let _ = write!(out, "<{name}{id}>");
    name
}
