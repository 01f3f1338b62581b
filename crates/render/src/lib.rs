//! Every byte that a person or a program reads about hits.
//!
//! An [`Answer`] goes in and text comes out; one file a format. Nothing here prints, reads a clock, or knows where the
//! text goes: width, colour and elapsed time are given by the caller in a [`Look`]. The JSON of the command line and the
//! body of the HTTP answer are one call, [`json::answer`], and so the same bytes.

pub mod address;
mod ascii;
mod atom;
mod bars;
mod calendar;
mod card;
mod csv;
pub mod entry;
mod facets;
pub mod filter;
pub mod json;
mod jsonl;
mod markdown;
mod marks;
mod sanitize;
mod shape;
mod table;
mod text;
mod timeline;
mod tsv;
pub mod words;
mod wrap;

use diary_query::{Answer, Request};
use std::time::Duration;

pub use ascii::in_ascii;
pub use atom::{ATOM_MEDIA_TYPE, atom};
pub use calendar::{calendar, calendar_table};
pub use card::{Card, Companion, card, card_json};
pub use facets::facet_tables;
pub use jsonl::FORMAT_VERSION;
pub use marks::{Piece, marked_html, pieces};
pub use sanitize::{clean, one_line};
pub use table::{Cell, Table};
pub use text::{Row, beside, diagnostic, flowing, passage_rows, rows, shell_word};
pub use timeline::{Gap, gaps, gaps_table, timeline, timeline_table};
pub use tsv::ids;
pub use wrap::elided;

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For a person at a terminal.
    Text,
    /// Tab-separated `date id score snippet`: what a pipe gets unless it asks for more.
    Tsv,
    /// One JSON object, the same bytes as the HTTP answer.
    Json,
    /// One JSON object a line: `begin`, a `hit` each, a `facet` each, `end`.
    Jsonl,
    /// Comma-separated, with a header row.
    Csv,
    /// A document of links and quotations.
    Markdown,
    /// An Atom feed.
    Atom,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 7] = [Self::Text, Self::Tsv, Self::Json, Self::Jsonl, Self::Csv, Self::Markdown, Self::Atom];

    /// Its name on the command line, one lower-case word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Tsv => "tsv",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Markdown => "markdown",
            Self::Atom => "atom",
        }
    }

    /// The format of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// The whole answer in this format, ending in a line break unless it is empty.
    pub fn render(self, request: &Request, answer: &Answer, look: &Look) -> String {
        match self {
            Self::Text => text::answer(request, answer, look),
            Self::Tsv => tsv::answer(answer),
            Self::Json => json::answer(request, answer, ""),
            Self::Jsonl => jsonl::answer(request, answer, look.elapsed),
            Self::Csv => csv::answer(answer),
            Self::Markdown => markdown::answer(answer),
            Self::Atom => atom::atom(request, answer, ""),
        }
    }
}

/// What the terminal can do, and how much is to be shown on it.
#[derive(Clone, Debug)]
pub struct Look<'a> {
    /// Columns.
    pub width: usize,
    /// Whether colour and bold type may be used.
    pub color: bool,
    /// Whether addresses may be OSC 8 hyperlinks.
    pub links: bool,
    /// One line a hit.
    pub short: bool,
    /// Whether each hit says which archive it is of: where there are several.
    pub archives: bool,
    /// The whole entries behind the hits, to be shown in place of passages; in any order.
    pub full: &'a [diary::Entry],
    /// The entries beside the hits, to be shown by their first lines; in any order.
    pub context: &'a [Context],
    /// Whether to say of each hit why it is here.
    pub explain: bool,
    /// How long the search took, where that is to be said.
    pub elapsed: Option<Duration>,
}

/// The entries around a hit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// The hit.
    pub id: diary::EntryId,
    /// The entries before it, the oldest first.
    pub before: Vec<diary::Entry>,
    /// The entries after it, the oldest first.
    pub after: Vec<diary::Entry>,
}

impl Default for Look<'_> {
    fn default() -> Self {
        Self {
            width: 80,
            color: false,
            links: false,
            short: false,
            archives: false,
            full: &[],
            context: &[],
            explain: false,
            elapsed: None,
        }
    }
}

#[cfg(test)]
mod tests;
