//! The query language: from text to [`Query`] and back.
//!
//! [`parse`] reads anything: what it cannot read as written it searches as words and says so. [`strict`] refuses instead.
//! The language itself stands in one table, [`OPERATORS`], with the names of the fields in [`FIELDS`].
//!
//! ```
//! # use diary_query::lang::parse;
//! let parsed = parse("persn:tridge rzip");
//! assert_eq!(parsed.query.to_string(), "persn tridge rzip");
//! assert_eq!(parsed.diagnostics[0].message, "no field \"persn\": did you mean person?");
//! assert_eq!(parsed.diagnostics[0].suggestion.as_deref(), Some("person:tridge rzip"));
//! ```

mod ast;
mod chars;
mod date;
mod diagnostic;
mod display;
mod feast;
mod kanji;
mod numbers_in_words;
mod parse;
mod spot;
mod table;
mod text_of_date;
mod value;

#[cfg(test)]
pub(crate) mod tests;

pub use ast::{Clause, DayOfYear, Flag, Has, Mode, MonthOf, Name, Place, Query, Sort, Term, TextField};
pub use date::{DateExpr, NthWeek, Period, Recurring, Season, Third, Unit};
pub use diagnostic::{Diagnostic, Severity, caret};
pub use feast::Feast;
pub use table::{FIELDS, Field, FieldNames, OPERATORS, Operator};

pub(crate) use diagnostic::quoted;
pub(crate) use spot::{Unmarked, dated, names_a_time, spot, year_beside_a_name};
pub(crate) use text_of_date::weekday_name;

/// How many bytes of a query are read; the rest is left out with a warning.
pub const MAX_BYTES: usize = 4096;
/// How many words and values a query may have; the rest is left out with a warning.
pub const MAX_CLAUSES: usize = 64;
/// How deep parentheses may nest; deeper ones are left out with a warning.
pub const MAX_DEPTH: usize = 16;
/// How many prefixes and words with typing errors a query may have; the rest are plain words, with a warning.
pub const MAX_EXPANSIONS: usize = 8;
/// How many letters a prefix, or a word with typing errors, must have.
pub const MIN_PREFIX: usize = 3;
/// How many words may be asked to stand between the words of a phrase.
pub const MAX_SLOP: u32 = 100;
/// The slop of a phrase times the number of its words is at most this.
pub const MAX_REACH: u32 = 200;
/// How many words of a phrase are read.
pub const MAX_PHRASE: usize = 64;
/// How many bytes of one word are read.
pub const MAX_WORD: usize = 512;
/// The most entries that `limit:` asks for.
pub const MAX_LIMIT: usize = 10_000;
/// How many diagnostics a query gets; the rest are not told.
pub const MAX_DIAGNOSTICS: usize = 32;

/// A query with what was wrong with its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// What was understood.
    pub query: Query,
    /// What was not, or could be understood otherwise: in the order of the text, at most [`MAX_DIAGNOSTICS`].
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a query. Never fails; takes time in proportion to the text, of which it reads at most [`MAX_BYTES`].
///
/// ```
/// # use diary_query::lang::parse;
/// assert_eq!(parse("who:tridge AND on:10-06").query.to_string(), "person:tridge day:10-06");
/// assert_eq!(parse("").query.to_string(), "*");
/// ```
pub fn parse(text: &str) -> Parsed {
    parse::parse(text)
}

/// Reads a query, or says what stands first in it that could not be read as written. Notes are no reason.
pub fn strict(text: &str) -> Result<Query, Diagnostic> {
    let Parsed { query, diagnostics } = parse(text);
    match diagnostics.into_iter().find(|diagnostic| diagnostic.severity == Severity::Warning) {
        Some(diagnostic) => Err(diagnostic),
        None => Ok(query),
    }
}
