//! Everything that is indexed, in one table.

use crate::engine;
use std::sync::LazyLock;
use tantivy::schema::{FAST, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions};

/// One field of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldSpec {
    /// Its name in the index.
    pub name: &'static str,
    /// How it is kept.
    pub kind: FieldKind,
    /// The field of the query language that asks it, if one does.
    pub asked_as: Option<&'static str>,
    /// What it holds.
    pub meaning: &'static str,
}

/// How a field is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Words with positions, each in the form it was written in (folded).
    Exact,
    /// The same, and [`crate::stems`] has which of them share a stem.
    Stemmed,
    /// Whole strings, several an entry, found but not counted.
    Key,
    /// Whole strings, several an entry, found and counted.
    Facet,
    /// A number to find by range and sort by.
    Number,
    /// The stored entry.
    Record,
}

const fn field(
    name: &'static str,
    kind: FieldKind,
    asked_as: Option<&'static str>,
    meaning: &'static str,
) -> FieldSpec {
    FieldSpec { name, kind, asked_as, meaning }
}

/// The table. Its order is the order of the fields in the index.
#[rustfmt::skip]
pub const FIELDS: &[FieldSpec] = &[
    field("id",         FieldKind::Key,    Some("id"),      "the entry id, `archive/2003-12-19`"),
    field("record",     FieldKind::Record, None,            "the whole entry, packed and stored, never searched"),
    field("text",       FieldKind::Stemmed, Some("text"),   "the diarist's words as written"),
    field("title",      FieldKind::Stemmed, Some("title"),  "title and tags as written"),
    field("heading",    FieldKind::Exact,  Some("heading"), "the line that names the entry"),
    field("note",       FieldKind::Exact,  Some("note"),    "comments of others, footnotes, editors' words"),
    field("code",       FieldKind::Exact,  Some("code"),    "preformatted blocks (also in `text`)"),
    field("link",       FieldKind::Exact,  Some("link"),    "targets of links and their words"),
    field("person",     FieldKind::Facet,  Some("person"),  "keys of the people named"),
    field("maybe",      FieldKind::Key,    Some("person"),  "keys of the people and projects perhaps named"),
    field("project",    FieldKind::Facet,  Some("project"), "keys of the projects named"),
    field("archive",    FieldKind::Facet,  Some("archive"), "the archive"),
    field("year",       FieldKind::Facet,  Some("year"),    "year of the first day as printed, `2003`"),
    field("month",      FieldKind::Facet,  Some("month"),   "month of the first day as printed, `2003-07`"),
    field("weekday",    FieldKind::Facet,  Some("weekday"), "weekday of the first day, `monday`"),
    field("lang",       FieldKind::Facet,  Some("lang"),    "two-letter code of the language"),
    field("tag",        FieldKind::Key,    Some("tag"),     "the diarist's own labels, folded"),
    field("author",     FieldKind::Key,    Some("author"),  "who wrote it where that is not the diarist, folded"),
    field("flag",       FieldKind::Key,    Some("is"),      "what is noteworthy: `link` `code` `date-conflict` `undated` …"),
    field("first",      FieldKind::Number, Some("date"),    "first day as printed, 20030726; 0 without a date"),
    field("last",       FieldKind::Number, Some("date"),    "last day as printed, 20030726; 0 without a date"),
    field("month_day",  FieldKind::Number, Some("day"),     "month and day of the first day as printed, 726"),
    field("day",        FieldKind::Number, None,            "first day as a number in the Gregorian calendar"),
    field("rank",       FieldKind::Number, None,            "place among all entries by date, newest highest; unique, and the order in which the segments hold them"),
];

/// The table as handles of an opened or created index, in the names of [`FIELDS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the table above says what each holds")]
pub struct Fields {
    pub id: Field,
    pub record: Field,
    pub text: Field,
    pub title: Field,
    pub heading: Field,
    pub note: Field,
    pub code: Field,
    pub link: Field,
    pub person: Field,
    pub maybe: Field,
    pub project: Field,
    pub archive: Field,
    pub year: Field,
    pub month: Field,
    pub weekday: Field,
    pub lang: Field,
    pub tag: Field,
    pub author: Field,
    pub flag: Field,
    pub first: Field,
    pub last: Field,
    pub month_day: Field,
    pub day: Field,
    pub rank: Field,
}

impl Fields {
    /// The tantivy schema of [`FIELDS`].
    pub fn schema() -> Schema {
        let mut builder = Schema::builder();
        for spec in FIELDS {
            match spec.kind {
                FieldKind::Exact | FieldKind::Stemmed => builder.add_text_field(spec.name, words()),
                FieldKind::Key => builder.add_text_field(spec.name, STRING),
                FieldKind::Facet => builder.add_text_field(spec.name, STRING | TextOptions::default().set_fast("raw")),
                FieldKind::Number => builder.add_i64_field(spec.name, FAST),
                FieldKind::Record => builder.add_bytes_field(spec.name, STORED),
            };
        }
        builder.build()
    }

    /// The handles, which are the places in [`FIELDS`].
    pub fn new() -> Self {
        static HANDLES: LazyLock<Fields> = LazyLock::new(Fields::look_up);
        *HANDLES
    }

    fn look_up() -> Self {
        let at = |name: &str| {
            let place = FIELDS.iter().position(|spec| spec.name == name).unwrap_or(FIELDS.len());
            Field::from_field_id(place as u32)
        };
        Self {
            id: at("id"),
            record: at("record"),
            text: at("text"),
            title: at("title"),
            heading: at("heading"),
            note: at("note"),
            code: at("code"),
            link: at("link"),
            person: at("person"),
            maybe: at("maybe"),
            project: at("project"),
            archive: at("archive"),
            year: at("year"),
            month: at("month"),
            weekday: at("weekday"),
            lang: at("lang"),
            tag: at("tag"),
            author: at("author"),
            flag: at("flag"),
            first: at("first"),
            last: at("last"),
            month_day: at("month_day"),
            day: at("day"),
            rank: at("rank"),
        }
    }
}

impl Default for Fields {
    fn default() -> Self {
        Self::new()
    }
}

fn words() -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(engine::WORDS)
        .set_fieldnorms(true)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    TextOptions::default().set_indexing_options(indexing)
}

/// [`FIELDS`] as the table of this crate's README.
pub fn fields_as_markdown() -> String {
    let mut table = String::from("| field | kept as | asked as | holds |\n| --- | --- | --- | --- |\n");
    for spec in FIELDS {
        let kind = match spec.kind {
            FieldKind::Exact => "words",
            FieldKind::Stemmed => "words, met in all forms",
            FieldKind::Key => "strings",
            FieldKind::Facet => "strings, counted",
            FieldKind::Number => "number",
            FieldKind::Record => "stored",
        };
        let asked = spec.asked_as.map(|name| format!("`{name}:`")).unwrap_or_default();
        table.push_str(&format!("| `{}` | {kind} | {asked} | {} |\n", spec.name, spec.meaning));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handles_are_the_fields_of_their_names() {
        let schema = Fields::schema();
        let fields = Fields::new();
        for (name, field) in [("id", fields.id), ("person", fields.person), ("rank", fields.rank), ("day", fields.day)]
        {
            assert_eq!(schema.get_field(name).unwrap(), field, "{name}");
        }
        assert_eq!(schema.num_fields(), FIELDS.len());
    }

    #[test]
    fn the_readme_shows_this_table() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
        let readme = std::fs::read_to_string(path).unwrap();
        let (before, table) = readme.split_once("## Fields\n\n").unwrap();
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(path, format!("{before}## Fields\n\n{}", fields_as_markdown())).unwrap();
        } else {
            assert_eq!(table, fields_as_markdown(), "run the tests with UPDATE_EXPECT=1");
        }
    }
}
