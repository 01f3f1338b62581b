//! iCalendar: its journal entries, and the notes of telephones, which are written like them. Appointments and tasks are no
//! entries; how many there were is said.

use super::{Input, record, text};
use crate::document::Piece;
use crate::problem::{Problem, ProblemKind};
use diary::Span;
use serde_json::Value;

pub(super) fn recognise(text: &str) -> bool {
    let first = text.trim_start().lines().next().unwrap_or_default().trim_end();
    ["BEGIN:VCALENDAR", "BEGIN:VNOTE", "BEGIN:VJOURNAL"].iter().any(|start| first.eq_ignore_ascii_case(start))
}

/// A line with those that continue it.
struct Property {
    name: String,
    value: String,
    /// Whether the value is in quoted-printable: letters beyond ASCII as `=C3=A9`.
    quoted: bool,
    line: usize,
    start: usize,
    end: usize,
}

pub(super) fn read(input: &Input<'_>, problems: &mut Vec<Problem>) -> Vec<Piece> {
    let properties = properties(input);
    let zone = properties.iter().find(|property| property.name == "X-WR-TIMEZONE").map(|zone| zone.value.clone());
    let mut pieces = Vec::new();
    let mut others = 0usize;
    let mut begun: Option<usize> = None;
    for (at, property) in properties.iter().enumerate() {
        match (property.name.as_str(), property.value.to_ascii_uppercase().as_str()) {
            ("BEGIN", "VJOURNAL" | "VNOTE") => begun = Some(at),
            ("BEGIN", "VEVENT" | "VTODO") => others += 1,
            ("END", "VJOURNAL" | "VNOTE") => {
                if let Some(from) = begun.take() {
                    pieces.push(piece(&properties[from..=at], zone.as_deref(), input));
                }
            }
            _ => {}
        }
    }
    if let Some(from) = begun {
        let message = "The last entry breaks off; what was read up to there was kept.";
        problems.push(Problem::of_source(ProblemKind::Malformed, input.path, message));
        pieces.push(piece(&properties[from..], zone.as_deref(), input));
    }
    if others > 0 {
        let message = format!("Its appointments and tasks ({others}) are no journal entries, and were left out.");
        problems.push(Problem::of_source(ProblemKind::OutsideEntries, input.path, message));
    }
    pieces
}

fn properties(input: &Input<'_>) -> Vec<Property> {
    let mut properties: Vec<Property> = Vec::new();
    let mut start = input.offset;
    for (index, line) in input.text.split('\n').enumerate() {
        let end = start + line.len();
        let words = line.trim_end_matches('\r');
        let goes_on = properties.last_mut().filter(|last| last.quoted && last.value.ends_with('='));
        if let Some(last) = goes_on {
            last.value.pop();
            last.value.push_str(words);
            last.end = end;
        } else if let (Some(rest), Some(last)) = (words.strip_prefix([' ', '\t']), properties.last_mut()) {
            last.value.push_str(rest);
            last.end = end;
        } else if let Some((name, value)) = named(words) {
            // What follows a semicolon, a zone or a language, changes nothing here: the time beside it is the writer's.
            let mut parts = name.split(';');
            let name = parts.next().unwrap_or_default();
            let quoted = parts.any(|part| part.to_ascii_uppercase().ends_with("QUOTED-PRINTABLE"));
            properties.push(Property {
                name: name.to_ascii_uppercase(),
                value: value.to_owned(),
                quoted,
                line: index + 1 + input.line,
                start,
                end,
            });
        }
        start = end + 1;
    }
    for property in properties.iter_mut().filter(|property| property.quoted) {
        property.value = unquoted(&property.value);
    }
    properties
}

/// `caf=C3=A9` as `café`.
fn unquoted(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let figures = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match figures.filter(|_| byte == b'=').and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(letter) => (bytes.push(letter), rest = &after[2..]).1,
            None => (bytes.push(byte), rest = after).1,
        }
    }
    crate::source::decode::decode(&bytes, None, "").text
}

impl Property {
    /// The value with its signs read.
    fn words(&self) -> String {
        if self.quoted { self.value.clone() } else { unescaped(&self.value) }
    }
}

/// A line parted at its colon; one in quotes belongs to a parameter.
fn named(line: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    let at = line.find(|c| {
        quoted ^= c == '"';
        c == ':' && !quoted
    })?;
    Some((&line[..at], &line[at + 1..]))
}

fn piece(properties: &[Property], zone: Option<&str>, input: &Input<'_>) -> Piece {
    let first = |name: &str| properties.iter().find(|property| property.name == name);
    let all = |name: &'static str| properties.iter().filter(move |property| property.name == name);
    let stamp = ["DTSTART", "DCREATED", "CREATED", "DTSTAMP"].iter().find_map(|name| {
        let property = first(name)?;
        record::date(&Value::String(extended(&property.value)), zone)
            .map(|stamp| crate::document::Stamp { written: property.value.clone(), ..stamp })
    });
    let mut blocks = Vec::new();
    for description in all("DESCRIPTION").chain(all("BODY")).chain(all("COMMENT")) {
        // A line of it may be folded anywhere, so that its words have a line but no bytes of their own.
        let mut words = text::piece(&description.words(), description.line, 0).blocks;
        for block in &mut words {
            block.line = description.line;
            block.span = Span::default();
        }
        blocks.append(&mut words);
    }
    let class = first("CLASS").map(|class| class.value.to_ascii_uppercase());
    let tags = all("CATEGORIES").flat_map(|tags| tags.value.split(',').map(|tag| unescaped(tag).trim().to_owned()));
    let place = properties.first().zip(properties.last());
    let (line, span) = place.map_or((0, Span::default()), |(one, two)| (one.line, Span::new(one.start, two.end)));
    Piece {
        is_item: true,
        stamp,
        title: first("SUMMARY").map(Property::words).filter(|title| !title.is_empty()),
        tags: tags.filter(|tag| !tag.is_empty()).collect(),
        private: class.is_some_and(|class| matches!(class.as_str(), "PRIVATE" | "CONFIDENTIAL")),
        line: line.max(input.line + 1),
        span,
        blocks,
        ..Piece::default()
    }
}

/// `20040509T213000Z` as `2004-05-09T21:30:00Z`.
fn extended(value: &str) -> String {
    match (value.get(..8), value.get(8..15), value.get(15..)) {
        (Some(day), Some(time), Some("Z")) if value.is_ascii() && time.starts_with('T') => {
            format!("{}-{}-{}T{}:{}:{}Z", &day[..4], &day[4..6], &day[6..], &time[1..3], &time[3..5], &time[5..])
        }
        _ => value.to_owned(),
    }
}

/// `\n`, `\,`, `\;` and `\\` read.
fn unescaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(other) => out.push(other),
                None => {}
            },
            c => out.push(c),
        }
    }
    out
}
