//! Comma-separated values as RFC 4180 has them.

use super::{AuthorityError, Concept, Exchange, malformed};

const COLUMNS: [&str; 6] = ["key", "prefLabel", "altLabel", "hiddenLabel", "exactMatch", "broader"];

pub(super) fn write(concepts: &[Concept]) -> String {
    let mut out = COLUMNS.join(",") + "\n";
    for concept in concepts {
        let lists = [&concept.alt_labels, &concept.hidden_labels, &concept.exact_match, &concept.broader];
        let fields =
            [concept.key.clone(), concept.pref_label.clone()].into_iter().chain(lists.map(|list| list.join("|")));
        let fields: Vec<String> = fields.map(|field| quoted(&field)).collect();
        out += &(fields.join(",") + "\n");
    }
    out
}

pub(super) fn read(text: &str) -> Result<Vec<Concept>, AuthorityError> {
    let mut rows = rows(text).into_iter();
    let header = rows.next().unwrap_or_default();
    if !header.iter().any(|name| name == "prefLabel") {
        return Err(malformed(Exchange::Csv, 1, "the first line names no column prefLabel"));
    }
    let concept = |row: Vec<String>| {
        let field = |name: &str| {
            let at = header.iter().position(|column| column == name);
            at.and_then(|at| row.get(at)).map(|field| field.trim().to_owned()).unwrap_or_default()
        };
        let list =
            |name: &str| field(name).split('|').map(str::trim).filter(|v| !v.is_empty()).map(str::to_owned).collect();
        Concept {
            key: field("key"),
            pref_label: field("prefLabel"),
            alt_labels: list("altLabel"),
            hidden_labels: list("hiddenLabel"),
            exact_match: list("exactMatch"),
            broader: list("broader"),
            ..Concept::default()
        }
    };
    Ok(rows.map(concept).collect())
}

fn quoted(field: &str) -> String {
    match field.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", field.replace('"', "\"\"")),
        false => field.to_owned(),
    }
}

fn rows(text: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut field = String::new();
    let mut inside = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if inside && chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            '"' if inside || field.is_empty() => inside = !inside,
            ',' if !inside => row.push(std::mem::take(&mut field)),
            '\r' if !inside => {}
            '\n' if !inside => {
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            c => field.push(c),
        }
    }
    if !field.is_empty() || !row.is_empty() {
        row.push(field);
        rows.push(row);
    }
    rows.retain(|row| row.iter().any(|field| !field.trim().is_empty()));
    rows
}
