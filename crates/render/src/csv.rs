//! Comma-separated values as RFC 4180 has them, but for its line ends: those are single line feeds.
//!
//! A spreadsheet runs a cell that begins like a formula, and whoever wrote the page that a diary quotes is nobody to be
//! trusted with that: such a text gets an apostrophe in front, which spreadsheets take for "this is text".

use crate::tsv::snippet;
use crate::{address, one_line};
use diary_query::{Answer, Named};

const HEADER: &str = "date,id,score,heading,title,author,snippet,people,projects,url\n";

pub(crate) fn answer(answer: &Answer) -> String {
    let mut text = HEADER.to_owned();
    for hit in &answer.page.hits {
        let row = [
            hit.date.label().unwrap_or_default(),
            hit.id.to_string(),
            format!("{:.3}", hit.score),
            one_line(&hit.heading),
            one_line(hit.title.as_deref().unwrap_or_default()),
            one_line(hit.author.as_deref().unwrap_or_default()),
            snippet(hit),
            names(&hit.people),
            names(&hit.projects),
            address::permalink(hit).unwrap_or_default(),
        ];
        let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text
}

fn names(named: &[Named]) -> String {
    named.iter().map(|named| one_line(&named.label)).collect::<Vec<_>>().join("; ")
}

pub(crate) fn quoted(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@']) && cell.parse::<f64>().is_err();
    let cell = if is_formula { format!("'{cell}") } else { cell.to_owned() };
    match cell.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for (cell, written) in [
            ("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("+1 to that", "'+1 to that"),
            ("- a list", "'- a list"),
            ("-0.500", "-0.500"),
            ("a=b", "a=b"),
            ("", ""),
        ] {
            assert_eq!(quoted(cell), written);
        }
    }
}
