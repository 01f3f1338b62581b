//! The contract between the writer and the reader of an index.
//!
//! * [`FIELDS`] is the one table of what is indexed; [`Fields`] the same as handles.
//! * [`analysis`] turns text into words, the same way for entries, queries, suggestions and marks.
//! * [`record`] is the stored shape of an entry; [`document`] what is made of an entry to be indexed.
//! * [`packing`] keeps those shapes small, each by itself.
//! * [`names`] is the file of people and projects.
//! * [`engine`] sets the engine up for that: its tokenizers, an empty index to write to.
//! * [`frequent`] lists the best words for the beginnings that very many share, [`stems`] the words that have one stem.
//! * [`store`] is the directory that an index lives in: generations, the pointer to the current one, manifests, checks.
//!
//! A change to any of these that an older program would misread raises [`SCHEMA_VERSION`] or [`ANALYSIS_VERSION`]; files
//! under `frozen/` and the tests over them notice when that was forgotten.

pub mod analysis;
pub mod document;
pub mod engine;
mod fields;
pub mod frequent;
mod lines;
pub mod names;
pub mod packing;
pub mod record;
mod spelling;
pub mod stems;
pub mod store;
mod vocabulary;

pub use fields::{FIELDS, FieldKind, FieldSpec, Fields, fields_as_markdown};

/// The version of fields, records and directory layout. An index of another version is not opened.
pub const SCHEMA_VERSION: u32 = 6;

/// The version of [`analysis`]. An index of another version is not opened.
pub const ANALYSIS_VERSION: u32 = 2;
