//! The directory that an index lives in.
//!
//! ```text
//! INDEX/
//!   CURRENT              which generation answers, and the hash of its manifest
//!   LOCK                 held by the one writer; never removed
//!   generation-000007/
//!     manifest.json      versions, counts, and a hash of every file of `public/`
//!     sources            what the writer needs to know whether anything changed; no reader opens it
//!     public/            the engine's files, names, stems, dictionary and frequent.json
//!     private/           the same for entries that only the diarist may find, with a manifest of its own
//! ```
//!
//! A generation is complete and synced before `CURRENT` is renamed over, and never changed after: a reader always sees
//! one whole state, and needs no right to write. The generation before is deleted afterwards.

mod error;
mod generation;
mod lock;
mod manifest;
mod reader;
mod readonly;
mod sync;

pub use error::IndexError;
pub use generation::{Draft, IndexDir};
pub use lock::WriterLock;
pub use manifest::{ArchiveRecord, Manifest};
pub use reader::{OpenIndex, Part};
pub use readonly::ReadOnlyDirectory;
