//! Diaries in JSON: JSON Feed, jrnl, Day One, and plain records, as one array or one a line.

use super::feed::paragraphs;
use super::{Input, html, markdown};
use crate::date::{Parts, stamp};
use crate::document::{Piece, Stamp};
use crate::front_matter;
use crate::problem::{Problem, ProblemKind};
use chrono::{Datelike, TimeZone};
use serde_json::{Map, Value};

/// Which of the formats a text is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Feed,
    Jrnl,
    DayOne,
    Lines,
}

/// A date is looked for under these names, and in this order.
const DATES: &[&str] = &[
    "date",
    "day",
    "datetime",
    "date_published",
    "published_at",
    "created_at",
    "created",
    "creationDate",
    "createdAt",
    "timestamp",
    "time",
    "written",
    "ts",
    "published",
    "datePublished",
    "date_journal",
    "dateCreated",
    "created_time",
];
/// Words are looked for under these.
const WORDS: &[&str] = &[
    "text",
    "body",
    "content",
    "entry",
    "note",
    "content_text",
    "content_html",
    "html",
    "markdown",
    "message",
    "description",
];

/// Whether a text is JSON with entries in it.
pub(super) fn recognise(path: &str, text: &str) -> Option<Shape> {
    let head = text.trim_start();
    if !head.starts_with(['{', '[']) {
        return None;
    }
    let start = &head[..head.floor_char_boundary(4096)];
    if start.contains("jsonfeed.org/version") {
        return Some(Shape::Feed);
    }
    if start.contains("\"creationDate\"") || start.contains("\"metadata\"") && head.contains("\"creationDate\"") {
        return Some(Shape::DayOne);
    }
    let first: Option<Value> = serde_json::Deserializer::from_str(head).into_iter().next().and_then(Result::ok);
    match first {
        Some(Value::Object(object)) if object.get("entries").is_some_and(Value::is_array) => Some(Shape::Jrnl),
        Some(Value::Object(object)) if is_record(&object) => Some(Shape::Lines),
        Some(value) if !records(value.clone()).is_empty() => Some(Shape::Lines),
        // A first line that is broken does not unmake the file.
        None if path.ends_with(".jsonl") || path.ends_with(".ndjson") => Some(Shape::Lines),
        _ => None,
    }
}

fn is_record(object: &Map<String, Value>) -> bool {
    let has = |names: &[&str]| names.iter().any(|name| object.contains_key(*name));
    has(DATES) && (has(WORDS) || object.contains_key("title"))
}

/// How deep in a document records are looked for.
const REACH: usize = 6;

/// The records of a document: its first list of them wherever it stands, or one for each key that is a date.
fn records(value: Value) -> Vec<Map<String, Value>> {
    in_lists(value, REACH)
}

fn in_lists(value: Value, reach: usize) -> Vec<Map<String, Value>> {
    let children: Vec<Value> = match value {
        Value::Array(list) => {
            let (records, others): (Vec<Value>, Vec<Value>) = list
                .into_iter()
                .partition(|item| item.as_object().is_some_and(|object| is_record(object) || is_page(object)));
            if !records.is_empty() {
                return records.into_iter().filter_map(as_record).collect();
            }
            others
        }
        Value::Object(object) if is_keyed(&object) => return object.into_iter().filter_map(of_key).collect(),
        Value::Object(object) => object.into_iter().map(|(_, child)| child).collect(),
        _ => return Vec::new(),
    };
    if reach == 0 {
        return Vec::new();
    }
    children.into_iter().map(|child| in_lists(child, reach - 1)).find(|found| !found.is_empty()).unwrap_or_default()
}

fn is_date(text: &str) -> bool {
    Stamp::read(text).is_some_and(|stamp| stamp.parts.is_whole())
}

/// Whether most keys of an object are dates.
fn is_keyed(object: &Map<String, Value>) -> bool {
    object.keys().filter(|key| is_date(key)).count() * 10 >= object.len().max(1) * 8
}

/// The record that stands under a date.
fn of_key((key, value): (String, Value)) -> Option<Map<String, Value>> {
    let mut record = match value {
        Value::Object(record) => record,
        value => Map::from_iter([("text".to_owned(), Value::String(outline(&value)))]),
    };
    record.entry("date").or_insert(Value::String(key));
    Some(record)
}

/// Whether an object is a page whose title is its date, with its lines below it.
fn is_page(object: &Map<String, Value>) -> bool {
    object.contains_key("children") && object.get("title").and_then(Value::as_str).is_some_and(is_date)
}

fn as_record(value: Value) -> Option<Map<String, Value>> {
    let Value::Object(mut record) = value else { return None };
    if is_page(&record) {
        let text = outline(record.get("children").unwrap_or(&Value::Null));
        let date = record.remove("title").unwrap_or_default();
        return Some(Map::from_iter([("date".to_owned(), date), ("text".to_owned(), Value::String(text))]));
    }
    Some(record)
}

/// The strings of an outline, a line each.
fn outline(value: &Value) -> String {
    let mut lines = Vec::new();
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::String(line) => lines.push(line.as_str()),
            Value::Array(list) => open.extend(list.iter().rev()),
            Value::Object(object) => {
                open.extend(object.get("children"));
                open.extend(["string", "text", "content"].iter().find_map(|name| object.get(*name)));
            }
            _ => {}
        }
    }
    lines.join("\n")
}

/// Reads the entries of a JSON document.
pub(super) fn read(input: &Input<'_>, shape: Shape, problems: &mut Vec<Problem>) -> Vec<Piece> {
    if shape == Shape::Lines {
        return lines(input, problems);
    }
    let value: Value = match serde_json::from_str(input.text) {
        Ok(value) => value,
        Err(error) => {
            let message = format!("It is not well-formed JSON from line {} on, and was left out.", error.line());
            problems.push(Problem {
                line: error.line(),
                ..Problem::of_source(ProblemKind::Unreadable, input.path, message)
            });
            return Vec::new();
        }
    };
    let list = value.get("entries").or_else(|| value.get("items")).and_then(Value::as_array);
    let records = list.into_iter().flatten().filter_map(Value::as_object);
    records.map(|record| piece(record, input, 0, shape == Shape::DayOne, problems)).collect()
}

fn lines(input: &Input<'_>, problems: &mut Vec<Problem>) -> Vec<Piece> {
    if let Ok(value) = serde_json::from_str::<Value>(input.text)
        && !value.as_object().is_some_and(is_record)
    {
        return records(value).iter().map(|record| piece(record, input, 0, false, problems)).collect();
    }
    let mut pieces = Vec::new();
    for (index, line) in input.text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let number = index + 1 + input.line;
        match serde_json::from_str::<Value>(line) {
            Ok(Value::Object(record)) => pieces.push(piece(&record, input, number, false, problems)),
            _ => {
                let message = "The line is no JSON object, and was passed over.";
                problems
                    .push(Problem { line: number, ..Problem::of_source(ProblemKind::Malformed, input.path, message) });
            }
        }
    }
    pieces
}

fn piece(
    record: &Map<String, Value>,
    input: &Input<'_>,
    line: usize,
    day_one: bool,
    problems: &mut Vec<Problem>,
) -> Piece {
    let text = |name: &str| record.get(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    let is = |name: &str| record.get(name).is_some_and(|v| v.as_bool() == Some(true) || v.as_str() == Some("true"));
    let (name, words) = WORDS.iter().find_map(|name| text(name).map(|words| (*name, words))).unwrap_or_default();
    let marked =
        name.ends_with("html") || words.trim_start().starts_with("<p") || words.trim_start().starts_with("<div");
    let mut blocks = match name {
        _ if marked => html::piece(words, input.path, problems).blocks,
        "markdown" => markdown::piece(words, input.path, problems).blocks,
        _ if day_one => markdown::piece(words, input.path, problems).blocks,
        _ => super::text::piece(words, 1, 0).blocks,
    };
    if blocks.is_empty() && !words.is_empty() {
        blocks = html::piece(&paragraphs(&words.replace('<', "&lt;")), input.path, problems).blocks;
    }
    for block in &mut blocks {
        block.line = line;
        block.span = diary::Span::default();
    }
    let zone = text("timeZone").or_else(|| text("timezone")).or_else(|| text("time_zone")).or_else(|| text("tz"));
    let stamp = DATES.iter().find_map(|name| date(record.get(*name)?, zone));
    let mut tags = Vec::new();
    for name in ["tags", "categories", "labels"] {
        match record.get(name) {
            Some(Value::Array(list)) => {
                tags.extend(list.iter().filter_map(Value::as_str).map(|tag| tag.trim_start_matches('@').to_owned()))
            }
            Some(Value::String(list)) => {
                tags.extend(list.split(',').map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()))
            }
            _ => {}
        }
    }
    Piece {
        is_item: true,
        stamp,
        title: text("title").or_else(|| text("subject")).map(str::to_owned),
        lang: text("lang").or_else(|| text("language")).map(|lang| lang.chars().take(2).collect()),
        private: front_matter::is_private(record),
        sensitive: is("sensitive"),
        tags,
        line,
        blocks,
        ..Piece::default()
    }
}

/// The writer's day: an instant in UTC is put into the zone of the entry, where it names one.
pub(super) fn date(value: &Value, zone: Option<&str>) -> Option<Stamp> {
    if let Some(number) = value.as_f64().filter(|number| *number > 10_000_000.0) {
        let seconds = if number > 1.0e11 { number / 1000.0 } else { number } as i64;
        return Some(Stamp { parts: in_zone(seconds, zone)?, written: value.to_string() });
    }
    let written = value.as_str()?.trim();
    let utc = written.ends_with('Z') || written.ends_with("+00:00") || written.ends_with("+0000");
    let instant = if utc { chrono::DateTime::parse_from_rfc3339(written).ok() } else { None };
    match (zone, instant) {
        (Some(_), Some(instant)) => {
            Some(Stamp { parts: in_zone(instant.timestamp(), zone)?, written: written.to_owned() })
        }
        _ => Stamp::read(written),
    }
}

fn in_zone(seconds: i64, zone: Option<&str>) -> Option<Parts> {
    let zone = zone.and_then(|zone| zone.replace("\\/", "/").parse::<chrono_tz::Tz>().ok());
    let Some(zone) = zone else { return stamp::from_epoch(seconds, 0) };
    let local = zone.timestamp_opt(seconds, 0).single()?;
    (1..=9999).contains(&local.year()).then(|| Parts::ymd(local.year(), local.month(), local.day()))
}
