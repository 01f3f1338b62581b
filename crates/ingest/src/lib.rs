//! From the bytes of a diary to dated entries.
//!
//! [`find`] lists the sources of an archive, [`extract`] reads them: bytes are decoded, each source becomes a document
//! by its format, the heading styles of all documents are weighed together, and the documents are split into entries.
//! Reading never fails: what was wrong is a [`Problem`] beside the entries.

pub mod annotate;
pub mod authority;
pub mod build;
mod date;
mod document;
mod entries;
mod extract;
mod format;
mod input;
mod language;
mod packed;
mod plan;
mod problem;
mod profile;
mod source;

pub use extract::{Extraction, SourceFacts, extract};
pub use format::Format;
pub use input::{ArchiveInput, DateOrder, Limits, ProfileChoice, Progress};
pub use problem::{Problem, ProblemKind};
pub use profile::{Profile, Weighed};
pub use source::find::{Found, Source, find};
