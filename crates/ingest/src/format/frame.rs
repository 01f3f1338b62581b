//! Tables in JSON: rows that are lists, and columns that are, as programs for data write them.

use super::record;
use serde_json::{Map, Value};

/// Tables have so many columns at most.
const MOST_COLUMNS: usize = 64;

/// The records of a list of rows: which column is the date and which the text is seen from what stands in them. The first
/// row may be names.
pub(super) fn of_rows(list: &[Value]) -> Vec<Map<String, Value>> {
    let rows: Option<Vec<&[Value]>> = list.iter().map(|row| row.as_array().map(Vec::as_slice)).collect();
    let Some(rows) = rows.filter(|rows| rows.len() >= 2) else { return Vec::new() };
    let names = |row: &[Value]| row.iter().map(|name| name.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>();
    match rows.first().filter(|row| !row.iter().any(is_date)).and_then(|row| names(row)) {
        Some(names) => records(&rows[1..], &names),
        None => records(&rows, &[]),
    }
}

/// The records of an object whose fields are columns: lists, or objects by the number of the row.
pub(super) fn of_columns(object: &Map<String, Value>) -> Vec<Map<String, Value>> {
    let cells = |column: &'_ Value| -> Option<Vec<Value>> {
        match column {
            Value::Array(cells) => Some(cells.clone()),
            Value::Object(cells) => {
                let mut cells: Vec<(usize, &Value)> =
                    cells.iter().map(|(row, cell)| Some((row.parse().ok()?, cell))).collect::<Option<_>>()?;
                cells.sort_by_key(|(row, _)| *row);
                Some(cells.into_iter().map(|(_, cell)| cell.clone()).collect())
            }
            _ => None,
        }
    };
    if !(2..=MOST_COLUMNS).contains(&object.len())
        || !object.values().all(|value| value.is_array() || value.is_object())
    {
        return Vec::new();
    }
    let Some(columns) = object.values().map(cells).collect::<Option<Vec<_>>>() else { return Vec::new() };
    let length = columns[0].len();
    if length < 2 || columns.iter().any(|column| column.len() != length) {
        return Vec::new();
    }
    let rows: Vec<Vec<Value>> =
        (0..length).map(|row| columns.iter().map(|column| column[row].clone()).collect()).collect();
    let rows: Vec<&[Value]> = rows.iter().map(Vec::as_slice).collect();
    records(&rows, &object.keys().cloned().collect::<Vec<_>>())
}

fn records(rows: &[&[Value]], names: &[String]) -> Vec<Map<String, Value>> {
    let width = rows.first().map_or(0, |row| row.len());
    if !(2..=MOST_COLUMNS).contains(&width) || rows.iter().any(|row| row.len() != width) {
        return Vec::new();
    }
    let dated = |at: &usize| rows.iter().filter(|row| is_date(&row[*at])).count() * 10 >= rows.len() * 8;
    let letters = |at: usize| rows.iter().filter_map(|row| row[at].as_str()).map(str::len).sum::<usize>();
    let Some(date) = (0..width).find(dated) else { return Vec::new() };
    let others = (0..width).filter(|at| !dated(at));
    let Some(text) = others.max_by_key(|&at| letters(at)).filter(|&at| letters(at) >= rows.len()) else {
        return Vec::new();
    };
    let name = |at: usize| match at {
        at if at == date => "date",
        at if at == text => "text",
        at => names.get(at).map_or("title", String::as_str),
    };
    rows.iter().map(|row| (0..width).map(|at| (name(at).to_owned(), row[at].clone())).collect()).collect()
}

fn is_date(cell: &Value) -> bool {
    // A number may count anything but thousandths of a second.
    let may_be = cell.as_f64().map_or(cell.is_string(), |number| number.abs() > 1.0e11);
    may_be && record::date(cell, None).is_some_and(|stamp| stamp.parts.is_whole())
}
