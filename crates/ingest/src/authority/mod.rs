//! Authority files: the people or projects of an archive, as a careful reader wrote them down in TOML.
//!
//! ```toml
//! [[person]]
//! key = "morton-andrew"                 # stable; made of prefLabel where it is left out
//! prefLabel = "Andrew Morton"
//! altLabel = ["akpm"]                   # always this person
//! hiddenLabel = ["Andrew Mortn"]        # misspellings: found, never shown
//! [[person.when]]                       # a form that needs its context
//! form = "Andrew"
//! from = 2003-01-01
//! [[not_person]]
//! form = "mingo"
//! why = "a machine"
//! ```
//!
//! A label in small letters is found in any letter case, a label with capitals as it is written.

mod edit;
mod exchange;
mod parse;

pub use edit::{accept, adopt, deny, merge, split};
pub use exchange::{Exchange, export, import};
pub use parse::parse;

use std::fmt;

/// What is wrong with an authority file, as one sentence, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorityError {
    /// The lines that it is about, from 1, the one to look at first in front.
    pub lines: Vec<usize>,
    /// The sentence, without the lines in front.
    pub message: String,
}

impl fmt::Display for AuthorityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.lines.first() {
            Some(line) => write!(f, "line {line}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for AuthorityError {}
