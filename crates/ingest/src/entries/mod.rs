//! From planned pages to entries.
//!
//! ```text
//! making ─► cut ─► entry ─► merge ─► writers
//! ```
//!
//! [`making`] goes from sheet to sheet. [`cut`] parts a page into stretches, with [`below`] where dates stand under their
//! text and [`tail`] for what is furniture at the end; [`entry`] dates them, [`merge`] joins what stands in several places,
//! and [`writers`] tells who wrote.

mod below;
pub(crate) mod cut;
pub(crate) mod entry;
pub(crate) mod making;
pub(crate) mod merge;
mod tail;
pub(crate) mod writers;
