//! Diaries in JSON: JSON Feed, jrnl, Day One, and plain records, as one array or one a line.

use super::Input;
use super::record::{is_record, piece};
use crate::document::{Piece, Stamp};
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
        Some(value) => (!records(value).is_empty()).then_some(Shape::Lines),
        // A first line that is broken does not unmake the file.
        None => (path.ends_with(".jsonl") || path.ends_with(".ndjson")).then_some(Shape::Lines),
    }
}

/// How deep in a document records are looked for.
const REACH: usize = 6;

/// The records of a document: its first list of them wherever it stands, or one for each key that is a date.
pub(super) fn records(value: Value) -> Vec<Map<String, Value>> {
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
            if reach == 0 {
                return Vec::new();
            }
            // Each may hold one record, as the posts of an outbox do.
            return others.into_iter().flat_map(|child| in_lists(child, reach - 1)).collect();
        }
        Value::Object(object) if reach < REACH && is_record(&object) => return vec![object],
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

/// So many broken lines are named one by one.
const MOST_NAMED: usize = 100;

fn lines(input: &Input<'_>, problems: &mut Vec<Problem>) -> Vec<Piece> {
    if let Ok(value) = serde_json::from_str::<Value>(input.text)
        && !value.as_object().is_some_and(is_record)
    {
        return records(value).into_iter().map(|record| piece(&record, input, 0, false, problems)).collect();
    }
    let mut pieces = Vec::new();
    let mut broken = 0;
    for (index, line) in input.text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let number = index + 1 + input.line;
        match serde_json::from_str::<Value>(line) {
            Ok(Value::Object(record)) => pieces.push(piece(&record, input, number, false, problems)),
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
        let message = format!("{} lines more are no JSON objects, and were passed over.", broken - MOST_NAMED);
        problems.push(Problem::of_source(ProblemKind::Malformed, input.path, message));
    }
    pieces
}
