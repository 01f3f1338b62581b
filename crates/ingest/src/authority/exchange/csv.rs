//! Comma-separated values as RFC 4180 has them; read with other separators and under other names of the columns too.

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

/// What spreadsheets and address books call the columns, in small letters and without spaces.
const KNOWN_AS: [(&str, &[&str]); 8] = [
    ("key", &["key", "id"]),
    ("prefLabel", &["preflabel", "name", "fullname", "displayname", "label"]),
    ("given", &["givenname", "firstname", "forename"]),
    ("family", &["familyname", "lastname", "surname"]),
    ("altLabel", &["altlabel", "alias", "aliases", "nickname", "nicknames", "othernames", "email", "emailaddress"]),
    ("hiddenLabel", &["hiddenlabel", "misspelling", "misspellings"]),
    ("exactMatch", &["exactmatch", "url", "uri", "website"]),
    ("broader", &["broader", "partof"]),
];

pub(super) fn read(text: &str) -> Result<Vec<Concept>, AuthorityError> {
    let mut rows = rows(text, separator(text)).into_iter();
    let header: Vec<Option<&str>> = rows.next().unwrap_or_default().iter().map(|name| column(name)).collect();
    let has = |name: &str| header.contains(&Some(name));
    if !["prefLabel", "given", "family"].into_iter().any(has) {
        let columns = COLUMNS.join(", ");
        return Err(malformed(
            Exchange::Csv,
            1,
            &format!("the first line names no column prefLabel; known are {columns}"),
        ));
    }
    let concept = |row: Vec<String>| {
        let fields = |name: &'static str| {
            let columns = header.iter().zip(&row).filter(move |(column, _)| **column == Some(name));
            columns.map(|(_, field)| field.trim()).filter(|field| !field.is_empty())
        };
        let one = |name| fields(name).next().unwrap_or_default().to_owned();
        let list = |name| {
            let values = fields(name).flat_map(|field| field.split('|')).map(str::trim);
            values.filter(|value| !value.is_empty()).map(str::to_owned).collect()
        };
        let named: Vec<&str> = fields("given").chain(fields("family")).collect();
        Concept {
            key: one("key"),
            pref_label: fields("prefLabel").next().map_or_else(|| named.join(" "), str::to_owned),
            alt_labels: list("altLabel"),
            hidden_labels: list("hiddenLabel"),
            exact_match: list("exactMatch"),
            broader: list("broader"),
            ..Concept::default()
        }
    };
    Ok(rows.map(concept).collect())
}

/// The column that a name in the first line means.
fn column(name: &str) -> Option<&'static str> {
    let plain: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    KNOWN_AS.iter().find(|(_, names)| names.contains(&plain.as_str())).map(|(column, _)| *column)
}

/// What stands between the fields: a semicolon in the spreadsheets of those whose numbers have commas.
fn separator(text: &str) -> char {
    let first = text.lines().next().unwrap_or_default();
    let often = |separator: &char| first.matches(*separator).count();
    [';', '\t', ','].into_iter().max_by_key(often).unwrap_or(',')
}

fn quoted(field: &str) -> String {
    match field.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", field.replace('"', "\"\"")),
        false => field.to_owned(),
    }
}

fn rows(text: &str, separator: char) -> Vec<Vec<String>> {
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
            c if c == separator && !inside => row.push(std::mem::take(&mut field)),
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
