//! From the bytes of a diary to dated entries.
//!
//! [`find`] lists the sources of an archive, [`extract`] reads them: bytes are decoded, each source becomes a document
//! by its format, the heading styles of all documents are weighed together, and the documents are split into entries.
//! Reading never fails: what was wrong is a [`Problem`] beside the entries.

pub mod annotate;
mod aside;
mod astray;
pub mod authority;
mod below;
mod beside;
pub mod build;
mod candidate;
mod century;
mod chrome;
mod container;
mod context;
mod cut;
mod date;
mod decode;
mod document;
mod dotted;
mod entry;
mod extract;
mod find;
mod fitting;
mod format;
mod front_matter;
mod input;
mod language;
mod making;
mod merge;
mod outline;
mod own;
mod packed;
mod page;
mod pointers;
mod privacy;
mod problem;
mod profile;
mod reckoning;
mod score;
mod sift;
mod split;
mod style;
mod tail;
mod writers;
mod year;

pub use extract::{Extraction, SourceFacts, extract};
pub use find::{Found, Source, find};
pub use format::Format;
pub use input::{ArchiveInput, DateOrder, Limits, ProfileChoice, Progress};
pub use problem::{Problem, ProblemKind};
pub use profile::{Profile, Weighed};
