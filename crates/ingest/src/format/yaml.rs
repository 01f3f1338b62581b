//! Diaries in YAML: records as in JSON, and RedNotebook's month files, whose keys are the days.

use super::{Input, json, record};
use crate::date::{Parts, path};
use crate::document::Piece;
use crate::problem::{Problem, ProblemKind};
use serde_json::{Map, Value};

/// Whether a text is YAML with entries in it.
pub(super) fn recognise(path: &str, text: &str) -> bool {
    (is_named(path) || is_month(path, text)) && parse(text).is_some_and(|value| !records(path, value).is_empty())
}

/// Whether a file is YAML by its name.
pub(super) fn is_named(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    lower.ends_with(".yaml") || lower.ends_with(".yml")
}

/// `2008-05.txt` that begins with the number of a day.
fn is_month(path: &str, text: &str) -> bool {
    let parts = of_file(path);
    let first = text.lines().find(|line| !line.trim().is_empty()).and_then(|line| line.split_once(':'));
    let day = first.is_some_and(|(key, value)| {
        let value = value.trim();
        key.parse::<u32>().is_ok_and(|day| (1..=31).contains(&day)) && (value.is_empty() || value.starts_with('{'))
    });
    parts.month.is_some() && parts.day.is_none() && day
}

/// The date in the name of a file. The container that it was in may be named for the day when it was packed.
fn of_file(path: &str) -> Parts {
    path::read(path.rsplit(['/', '!']).next().unwrap_or_default()).parts
}

/// The value of a document, or those of several.
fn parse(text: &str) -> Option<Value> {
    let several = || serde_saphyr::from_multiple(text).ok().map(Value::Array);
    serde_saphyr::from_str(text).ok().or_else(several)
}

pub(super) fn read(input: &Input<'_>, problems: &mut Vec<Problem>) -> Vec<Piece> {
    let Some(value) = parse(input.text) else {
        let message = "It is not well-formed YAML, and was left out.";
        problems.push(Problem::of_source(ProblemKind::Unreadable, input.path, message));
        return Vec::new();
    };
    records(input.path, value).iter().map(|found| record::piece(found, input, 0, false, problems)).collect()
}

fn records(path: &str, value: Value) -> Vec<Map<String, Value>> {
    let Parts { year, month, day: None } = of_file(path) else { return json::records(value) };
    match (value, year, month) {
        (Value::Object(days), Some(year), Some(month)) if days.keys().all(|key| key.parse::<u32>().is_ok()) => {
            let mut days: Vec<(u32, Value)> =
                days.into_iter().filter_map(|(day, value)| Some((day.parse().ok()?, value))).collect();
            days.sort_by_key(|(day, _)| *day);
            days.into_iter().filter_map(|(day, value)| of_day(year, month, day, value)).collect()
        }
        (value, ..) => json::records(value),
    }
}

/// The record of a day: its text, and the headings that it is filed under as tags.
fn of_day(year: i32, month: u32, day: u32, value: Value) -> Option<Map<String, Value>> {
    let mut record = match value {
        Value::Object(record) => record,
        Value::String(text) => Map::from_iter([("text".to_owned(), Value::String(text))]),
        _ => return None,
    };
    let filed: Vec<Value> = record.keys().filter(|key| *key != "text").cloned().map(Value::String).collect();
    record.insert("tags".to_owned(), Value::Array(filed));
    record.insert("date".to_owned(), Value::String(format!("{year:04}-{month:02}-{day:02}")));
    Some(record)
}
