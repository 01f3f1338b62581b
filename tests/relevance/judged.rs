//! Queries with the entries that answer them, as a person judged.

use std::collections::BTreeMap;
use std::path::Path;

/// The judgements over one archive.
pub(super) struct Judged {
    pub(super) archive: String,
    /// Where its sources are, from the root of the checkout.
    pub(super) root: String,
    /// What its `diary.toml` says besides, with `{root}` for that folder.
    pub(super) settings: String,
    pub(super) queries: Vec<JudgedQuery>,
}

pub(super) struct JudgedQuery {
    /// What kind of memory it comes from: `words`, `misspelt`, `half` (half-remembered) …
    pub(super) kind: String,
    pub(super) text: String,
    /// The entries that answer it, by the date in their ids: 3 for what was meant, 2 for good too, 1 for better than nothing.
    pub(super) grades: BTreeMap<String, u32>,
}

impl Judged {
    pub(super) fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let table: toml::Table = text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let text = |table: &toml::Table, key: &str| {
            table.get(key).and_then(toml::Value::as_str).unwrap_or_default().to_owned()
        };
        let queries = table["query"].as_array().unwrap().iter().map(|query| {
            let query = query.as_table().unwrap();
            let grades = query["grades"].as_table().unwrap().iter();
            let grade = |(day, grade): (&String, &toml::Value)| (day.clone(), grade.as_integer().unwrap() as u32);
            JudgedQuery { kind: text(query, "kind"), text: text(query, "text"), grades: grades.map(grade).collect() }
        });
        Self {
            archive: text(&table, "archive"),
            root: text(&table, "root"),
            settings: text(&table, "settings"),
            queries: queries.collect(),
        }
    }
}
