//! Rows for programs, where what is asked for is not hits: days, months, gaps, names.

use crate::csv::quoted;
use crate::json::to_line;
use crate::{Format, one_line};
use serde_json::{Map, Value};

/// A table: what its rows are called, the names of its columns, and the rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    name: &'static str,
    columns: Vec<&'static str>,
    rows: Vec<Vec<Cell>>,
}

/// One value of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A count.
    Number(u64),
    /// A proportion, shown to two places.
    Ratio(f64),
}

impl Cell {
    /// Words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    fn shown(&self) -> String {
        match self {
            Self::Text(text) => one_line(text),
            Self::Number(number) => number.to_string(),
            Self::Ratio(ratio) => format!("{ratio:.2}"),
        }
    }

    fn value(&self) -> Value {
        match self {
            Self::Text(text) => Value::from(text.as_str()),
            Self::Number(number) => Value::from(*number),
            Self::Ratio(ratio) => Value::from((ratio * 100.0).round() / 100.0),
        }
    }
}

impl Table {
    /// A table without rows.
    pub fn new(name: &'static str, columns: &[&'static str]) -> Self {
        Self { name, columns: columns.to_vec(), rows: Vec::new() }
    }

    /// Adds a row of as many cells as there are columns.
    pub fn push(&mut self, row: Vec<Cell>) {
        self.rows.push(row);
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table in a format for programs; `None` for the formats that are for people or for hits alone.
    pub fn render(&self, format: Format) -> Option<String> {
        match format {
            Format::Tsv => Some(self.lines("\t", false, str::to_owned)),
            Format::Csv => Some(self.lines(",", true, quoted)),
            Format::Json => {
                let rows: Vec<Value> = self.rows.iter().map(|row| self.object(row)).collect();
                let version = ("format_version".to_owned(), Value::from(crate::FORMAT_VERSION));
                Some(to_line(&Map::from_iter([version, (self.name.to_owned(), Value::from(rows))])))
            }
            Format::Jsonl => Some(self.rows.iter().map(|row| to_line(&self.object(row))).collect()),
            Format::Markdown => Some(self.markdown()),
            Format::Text | Format::Atom => None,
        }
    }

    fn lines(&self, between: &str, header: bool, cell: impl Fn(&str) -> String) -> String {
        let line = |cells: Vec<String>| format!("{}\n", cells.join(between));
        let mut text = String::new();
        if header {
            text.push_str(&line(self.columns.iter().map(|name| cell(name)).collect()));
        }
        text.extend(self.rows.iter().map(|row| line(row.iter().map(|value| cell(&value.shown())).collect())));
        text
    }

    fn object(&self, row: &[Cell]) -> Value {
        Value::from_iter(self.columns.iter().zip(row).map(|(name, cell)| ((*name).to_owned(), cell.value())))
    }

    fn markdown(&self) -> String {
        let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        let mut text = line(self.columns.iter().map(|name| (*name).to_owned()).collect());
        text.push_str(&line(self.columns.iter().map(|_| "---".to_owned()).collect()));
        let cell = |cell: &Cell| crate::markdown::escaped(&cell.shown());
        text.extend(self.rows.iter().map(|row| line(row.iter().map(cell).collect())));
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_table_in_every_format_for_programs() {
        let mut table = Table::new("days", &["day", "count"]);
        table.push(vec![Cell::text("a, \"b\"\tc|"), Cell::Number(3)]);
        for (format, expected) in [
            (Format::Tsv, Some("a, \"b\" c|\t3\n")),
            (Format::Csv, Some("day,count\n\"a, \"\"b\"\" c|\",3\n")),
            (Format::Json, Some("{\"days\":[{\"count\":3,\"day\":\"a, \\\"b\\\"\\tc|\"}],\"format_version\":1}\n")),
            (Format::Jsonl, Some("{\"count\":3,\"day\":\"a, \\\"b\\\"\\tc|\"}\n")),
            (Format::Markdown, Some("| day | count |\n| --- | --- |\n| a, \"b\" c\\| | 3 |\n")),
            (Format::Text, None),
        ] {
            assert_eq!(table.render(format).as_deref(), expected);
        }
    }
}
