//! A Markdown document: a heading, then each hit with its date as a link and its passages as quotations.

use crate::marks::pieces;
use crate::{address, clean, one_line, words};
use diary_query::{Answer, Hit, Passage};
use std::fmt::Write;

pub(crate) fn answer(answer: &Answer) -> String {
    let mut text = format!("# {}", capitalised(&words::entries(answer.page.total)));
    if !answer.query.trim().is_empty() {
        let _ = write!(text, " for {}", code(&one_line(&answer.query)));
    }
    text.push('\n');
    for (i, hit) in answer.page.hits.iter().enumerate() {
        text.push_str(&self::hit(answer.page.offset + i + 1, hit));
    }
    for way in &answer.ways_on {
        let _ =
            write!(text, "\n- {}: {} ({})", escaped(&way.what), code(&one_line(&way.query)), words::entries(way.count));
    }
    if !answer.ways_on.is_empty() {
        text.push('\n');
    }
    text
}

fn hit(number: usize, hit: &Hit) -> String {
    let date = words::date(&hit.date);
    let name = match &hit.title {
        Some(title) => format!("{date} · {}", escaped(&one_line(title))),
        None => date,
    };
    let mut text = match address::permalink(hit) {
        Some(url) => format!("\n## {number}. [{name}](<{url}>)\n"),
        None => format!("\n## {number}. {name}\n"),
    };
    for passage in &hit.passages {
        let _ = write!(text, "\n{}\n", quotation(passage));
    }
    let named: Vec<_> = hit.people.iter().chain(&hit.projects).map(|named| escaped(&one_line(&named.label))).collect();
    if !named.is_empty() {
        let _ = write!(text, "\n{}\n", named.join(" · "));
    }
    text
}

fn quotation(passage: &Passage) -> String {
    if passage.preformatted {
        let lines = clean(&passage.text);
        return lines.lines().map(|line| format!(">     {line}")).collect::<Vec<_>>().join("\n");
    }
    let mut words = String::new();
    for piece in pieces(&passage.text, &passage.marks) {
        let text = escaped(&clean(piece.text));
        words.push_str(&if piece.marked { format!("**{text}**") } else { text });
    }
    let (before, after) = (if passage.cut_before { "… " } else { "" }, if passage.cut_after { " …" } else { "" });
    let paragraphs: Vec<&str> = words.split("\n\n").map(str::trim).filter(|words| !words.is_empty()).collect();
    let lines = format!("{before}{}{after}", paragraphs.join("\n\n"));
    lines.lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n")
}

/// Every character that Markdown gives a meaning stands for itself.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// A code span, whose fence is longer than any run of backticks inside.
fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    match longest {
        0 => format!("{fence}{text}{fence}"),
        _ => format!("{fence} {text} {fence}"),
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
