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
    #[serde(skip)]
    pub(crate) entries: BTreeMap<String, String>,
    /// How many entries were kept although their sources could not be read or were suddenly gone.
    pub(crate) kept: usize,
    /// How many inputs were left out.
    #[serde(default)]
    pub(crate) left_out: usize,
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
    /// The length it had before it lost nearly all of it, while its entries are kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) shrunk_from: Option<u64>,
}

/// A line of JSON, which is all that is needed to see whether anything changed, as every search asks; behind it, what grows
/// with the entries, as JSON compressed by zstd.
impl SourcesRecord {
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let end = bytes.iter().position(|byte| *byte == b'\n')?;
        let mut record = Self::read_first_line(&bytes[..end])?;
        let entries = zstd::decode_all(&bytes[end + 1..]).ok()?;
        let entries: BTreeMap<String, BTreeMap<String, String>> = serde_json::from_slice(&entries).ok()?;
        for (name, entries) in entries {
            record.archives.get_mut(&name)?.entries = entries;
        }
        Some(record)
    }

    /// The record without its entries.
    pub(crate) fn read_first_line(line: &[u8]) -> Option<Self> {
        serde_json::from_slice(line).ok()
    }

    pub(crate) fn write(&self) -> Vec<u8> {
        let entries: BTreeMap<&str, &BTreeMap<String, String>> =
            self.archives.iter().map(|(name, notes)| (name.as_str(), &notes.entries)).collect();
        let mut lines = serde_json::to_vec(self).unwrap_or_default();
        lines.push(b'\n');
        let entries = serde_json::to_vec(&entries).unwrap_or_default();
        lines.append(&mut zstd::encode_all(entries.as_slice(), zstd::DEFAULT_COMPRESSION_LEVEL).unwrap_or_default());
        lines
    }
}
