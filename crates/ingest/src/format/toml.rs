//! Diaries in TOML: records as in JSON, in a list of tables or under their dates.

use super::{Input, json, record};
use crate::document::Piece;
use crate::problem::{Problem, ProblemKind};
use serde_json::Value;

pub(super) fn recognise(path: &str, text: &str) -> bool {
    is_named(path) && parse(text).is_some_and(|value| !json::records(value).is_empty())
}

/// Whether a file is TOML by its name.
fn is_named(path: &str) -> bool {
    path.to_ascii_lowercase().ends_with(".toml")
}

pub(super) fn read(input: &Input<'_>, problems: &mut Vec<Problem>) -> Vec<Piece> {
    let Some(value) = parse(input.text) else {
        let message = "It is not well-formed TOML, and was left out.";
        problems.push(Problem::of_source(ProblemKind::Unreadable, input.path, message));
        return Vec::new();
    };
    json::records(value).iter().map(|found| record::piece(found, input, 0, false, problems)).collect()
}

/// The value of a document in the terms of JSON, its dates as texts.
fn parse(text: &str) -> Option<Value> {
    fn plain(value: toml::Value) -> Value {
        match value {
            toml::Value::String(text) => Value::String(text),
            toml::Value::Integer(number) => number.into(),
            toml::Value::Float(number) => number.into(),
            toml::Value::Boolean(whether) => Value::Bool(whether),
            toml::Value::Datetime(date) => Value::String(date.to_string()),
            toml::Value::Array(list) => list.into_iter().map(plain).collect(),
            toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, plain(value))).collect(),
        }
    }
    toml::from_str(text).ok().map(plain)
}
