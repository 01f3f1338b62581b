//! What the writer remembers of the last build: enough to know what changed since.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The notes of one generation, for the next writer. No reader opens them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SourcesRecord {
    /// By archive name.
    pub(crate) archives: BTreeMap<String, ArchiveNotes>,
}

/// What an archive was built from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ArchiveNotes {
    /// BLAKE3 of everything beside the sources that decides the entries: settings and authority files.
    pub(crate) settings: String,
    /// The authority files, wherever they stand.
    pub(crate) authorities: Vec<FileNotes>,
    /// Every source by its path in the archive.
    pub(crate) sources: BTreeMap<String, FileNotes>,
    /// BLAKE3 of every entry, shortened, by id.
    pub(crate) entries: BTreeMap<String, String>,
    /// How many entries were kept although their sources could not be read or were suddenly gone.
    pub(crate) kept: usize,
}

/// A file as it was when it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FileNotes {
    /// In bytes.
    pub(crate) length: u64,
    /// Nanoseconds since 1970; only ever compared for equality.
    pub(crate) modified: i128,
    /// BLAKE3, in hex; empty where it could not be read.
    pub(crate) hash: String,
}

impl SourcesRecord {
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    pub(crate) fn write(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }
}
