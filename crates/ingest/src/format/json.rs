//! Diaries in JSON: JSON Feed, jrnl, Day One, and plain records, as one array or one a line.

use super::Input;
use super::record::{date_of, is_dated, may_be_record, piece};
use crate::document::{Piece, Stamp, add_item};
use crate::problem::{Problem, ProblemKind};
use serde_json::{Map, Value};

/// Which of the formats a text is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Feed,
    Jrnl,
    DayOne,
    Lines,
}

/// Whether a text is JSON with entries in it.
pub(super) fn recognise(path: &str, text: &str) -> Option<Shape> {
    let head = body(text).trim_start();
    if !head.starts_with(['{', '[']) {
        return None;
    }
    let start = &head[..head.floor_char_boundary(4096)];
    if start.contains("jsonfeed.org/version") {
        return Some(Shape::Feed);
    }
    let told = start.contains("\"metadata\"") && head.contains("\"creationDate\"");
    if head.contains("\"entries\"") && (told || start.contains("\"creationDate\"")) {
        return Some(Shape::DayOne);
    }
    let first: Option<Value> = serde_json::Deserializer::from_str(head).into_iter().next().and_then(Result::ok);
    match first {
        Some(Value::Object(object)) if object.get("entries").is_some_and(Value::is_array) => Some(Shape::Jrnl),
        Some(Value::Object(object)) if may_be_record(&object) => Some(Shape::Lines),
        Some(value) => (!records(value).is_empty()).then_some(Shape::Lines),
        // A first line that is broken does not unmake the file.
        None => (path.ends_with(".jsonl") || path.ends_with(".ndjson")).then_some(Shape::Lines),
    }
}

/// The value of a text that is the assignment of one, as Twitter's `window.YTD.tweets.part0 = [`; else the text.
fn body(text: &str) -> &str {
    let assigned = text.trim_start().split_once('=').filter(|(name, _)| {
        let name = name.trim();
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.len() <= 80
            && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '$' | ' '))
    });
    assigned.map_or(text, |(_, value)| value.trim_end().trim_end_matches(';'))
}

/// The value of a document. Facebook escapes the bytes of UTF-8 one by one, as if each were a letter.
fn parse(text: &str) -> serde_json::Result<Value> {
    fn mend(value: &mut Value) {
        match value {
            Value::String(text) => {
                let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
                if let Some(mended) = bytes.filter(|_| !text.is_ascii()).and_then(|bytes| String::from_utf8(bytes).ok())
                {
                    *text = mended;
                }
            }
            Value::Array(list) => list.iter_mut().for_each(mend),
            Value::Object(object) => object.values_mut().for_each(mend),
            _ => {}
        }
    }
    let mut value = serde_json::from_str(body(text))?;
    if text.contains("\\u00") {
        mend(&mut value);
    }
    Ok(value)
}

/// How deep in a document records are looked for.
const REACH: usize = 6;

/// The records of a document: its first list of them wherever it stands, or one for each key that is a date.
pub(super) fn records(value: Value) -> Vec<Map<String, Value>> {
    in_lists(value, REACH)
}

fn in_lists(value: Value, reach: usize) -> Vec<Map<String, Value>> {
    let above;
    let children: Vec<Value> = match value {
        Value::Array(list) => {
            // What is none itself may hold one, as the posts of an outbox do.
            let of_item = |item: Value| match item.as_object() {
                Some(object) if may_be_record(object) || is_page(object) => as_record(item).into_iter().collect(),
                _ if reach == 0 => Vec::new(),
                _ => in_lists(item, reach - 1),
            };
            return list.into_iter().flat_map(of_item).collect();
        }
        Value::Object(object) if reach < REACH && may_be_record(&object) => return vec![object],
        Value::Object(object) if is_keyed(&object) => return object.into_iter().filter_map(of_key).collect(),
        Value::Object(object) => {
            let days = by_parts(&object, "", 3);
            if !days.is_empty() {
                return days;
            }
            above = date_of(&object);
            object.into_iter().map(|(_, child)| child).collect()
        }
        _ => return Vec::new(),
    };
    if reach == 0 {
        return Vec::new();
    }
    let below = children.into_iter().map(|child| in_lists(child, reach - 1)).find(|found| !found.is_empty());
    let mut records = below.unwrap_or_default();
    // The entries of a day that have no date of their own are of that day.
    if let Some(date) = above {
        for record in records.iter_mut().filter(|record| !is_dated(record)) {
            record.insert("date".to_owned(), date.clone());
        }
    }
    records
}

fn is_date(text: &str) -> bool {
    Stamp::read(text).is_some_and(|stamp| stamp.parts.is_whole())
}

/// Whether most keys of an object are dates.
fn is_keyed(object: &Map<String, Value>) -> bool {
    object.keys().filter(|key| is_date(key)).count() * 10 >= object.len().max(1) * 8
}

/// The records of a calendar: objects of years, in them those of months, in them days.
fn by_parts(object: &Map<String, Value>, above: &str, reach: usize) -> Vec<Map<String, Value>> {
    let figures = |key: &str| key.len() <= 10 && key.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    if reach == 0 || !object.keys().all(|key| figures(key)) {
        return Vec::new();
    }
    let below = |(key, value): (&String, &Value)| {
        let date = if above.is_empty() { key.clone() } else { format!("{above}-{key}") };
        match value {
            value if is_date(&date) => of_key((date, value.clone())).into_iter().collect(),
            Value::Object(inside) => by_parts(inside, &date, reach - 1),
            _ => Vec::new(),
        }
    };
    object.iter().flat_map(below).collect()
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

/// An entry with the lines of an outline below it as its text.
fn with_lines_below(mut record: Map<String, Value>) -> Map<String, Value> {
    if BELOW.iter().any(|name| record.get(*name).is_some_and(Value::is_array)) {
        let text = outline(&Value::Object(record.clone()));
        record.insert("text".to_owned(), Value::String(text));
    }
    record
}

/// What outlines call the lines below one.
const BELOW: [&str; 2] = ["children", "subs"];

/// The strings of an outline, a line each.
fn outline(value: &Value) -> String {
    let mut lines = Vec::new();
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::String(line) => lines.push(line.as_str()),
            Value::Array(list) => open.extend(list.iter().rev()),
            Value::Object(object) => {
                open.extend(BELOW.iter().find_map(|name| object.get(*name)));
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
    let value = match parse(input.text) {
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

/// So many broken lines are named one by one.
const MOST_NAMED: usize = 100;

fn lines(input: &Input<'_>, problems: &mut Vec<Problem>) -> Vec<Piece> {
    if let Ok(value) = parse(input.text) {
        let records = match value {
            Value::Object(record) if may_be_record(&record) => vec![with_lines_below(record)],
            value => records(value),
        };
        let pieces = records.into_iter().map(|record| piece(&record, input, 0, false, problems));
        // Exports hold more than entries: tags, pictures without a word, what TiddlyWiki keeps for itself.
        let is_shadow = |piece: &Piece| piece.blocks.first().is_some_and(|block| block.text.starts_with("$:/"));
        let of_words = |piece: &Piece| piece.title.is_some() || !piece.blocks.is_empty();
        return pieces.filter(|piece| of_words(piece) && !is_shadow(piece)).collect();
    }
    let mut pieces = Vec::new();
    let mut broken = 0;
    for (index, line) in input.text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let number = index + 1 + input.line;
        match serde_json::from_str::<Value>(line) {
            Ok(Value::Object(record)) => add_item(&mut pieces, piece(&record, input, number, false, problems)),
            _ => {
                broken += 1;
                if broken <= MOST_NAMED {
                    let message = "The line is no JSON object, and was passed over.";
                    let problem = Problem::of_source(ProblemKind::Malformed, input.path, message);
                    problems.push(Problem { line: number, ..problem });
                }
            }
        }
    }
    if broken > MOST_NAMED {
        let times = broken - MOST_NAMED;
        let message = format!("{times} lines more are no JSON objects, and were passed over.");
        problems.push(Problem { times, ..Problem::of_source(ProblemKind::Malformed, input.path, message) });
    }
    pieces
}
