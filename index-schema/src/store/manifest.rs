//! What a generation says of itself.

use super::IndexError;
use crate::{ANALYSIS_VERSION, SCHEMA_VERSION};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::BufReader;
use std::path::Path;

/// The description of one part (public or private) of one generation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Says that this is ours: always [`Manifest::FORMAT`].
    pub format: String,
    /// [`SCHEMA_VERSION`] of the program that wrote it.
    pub schema: u32,
    /// [`ANALYSIS_VERSION`] of the program that wrote it.
    pub analysis: u32,
    /// Stays the same over all generations of an index.
    pub uuid: String,
    /// Grows by one with each.
    pub generation: u64,
    /// How many entries this part holds.
    pub entries: u64,
    /// The archives of this part, by name.
    pub archives: Vec<ArchiveRecord>,
    /// The indexed fields that have no word in any entry; empty where that was not looked at. To look such a field up
    /// costs the engine more than one that has words.
    #[serde(default)]
    pub wordless: Vec<String>,
    /// Every file of this part: its path below the part, its length, and its BLAKE3 hash.
    pub files: BTreeMap<String, FileRecord>,
}

/// An archive as the index knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchiveRecord {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Where its pages are on the web.
    pub base_url: Option<String>,
    /// Whether its winter is June to August.
    pub southern: bool,
    /// The calendar of its pages, as [`diary::Calendar`] writes itself.
    pub calendar: String,
    /// How many entries it has here.
    pub entries: u64,
    /// Its first and last day as printed.
    pub range: Option<(String, String)>,
}

/// A file as it was when its generation was finished.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRecord {
    /// In bytes.
    pub length: u64,
    /// BLAKE3, in hex.
    pub hash: String,
}

impl Manifest {
    /// What [`Manifest::format`] says.
    pub const FORMAT: &'static str = "diary-search index";

    /// A name for a new index that no other has.
    pub fn new_uuid() -> String {
        uuid::Uuid::new_v4().to_string()
    }

    /// A manifest of this program's versions, with no files yet.
    pub fn new(uuid: &str, generation: u64, entries: u64, archives: Vec<ArchiveRecord>) -> Self {
        Self {
            format: Self::FORMAT.to_owned(),
            schema: SCHEMA_VERSION,
            analysis: ANALYSIS_VERSION,
            uuid: uuid.to_owned(),
            generation,
            entries,
            archives,
            wordless: Vec::new(),
            files: BTreeMap::new(),
        }
    }

    /// Reads a manifest, refusing other versions whatever else they say.
    pub(crate) fn parse(bytes: &[u8], index: &Path) -> Result<Self, IndexError> {
        #[derive(Deserialize)]
        struct Versions {
            format: String,
            schema: u32,
            analysis: u32,
        }
        let expected = (SCHEMA_VERSION, ANALYSIS_VERSION);
        if let Ok(manifest) = serde_json::from_slice::<Self>(bytes)
            && manifest.format == Self::FORMAT
            && (manifest.schema, manifest.analysis) == expected
        {
            return Ok(manifest);
        }
        let damaged = |what: String| IndexError::Damaged { path: index.to_owned(), what };
        let versions: Versions =
            serde_json::from_slice(bytes).map_err(|_| damaged("its manifest cannot be read".to_owned()))?;
        if versions.format != Self::FORMAT {
            return Err(IndexError::Foreign(index.to_owned()));
        }
        let found = (versions.schema, versions.analysis);
        if found != expected {
            let words = |(schema, analysis): (u32, u32)| format!("schema {schema}, analysis {analysis}");
            return Err(IndexError::Version {
                path: index.to_owned(),
                found: words(found),
                expected: words(expected),
                newer: found > expected,
            });
        }
        Err(damaged("its manifest is incomplete".to_owned()))
    }

    /// Notes length and hash of every file below `part`.
    pub(crate) fn record_files(&mut self, part: &Path) -> Result<(), IndexError> {
        for name in files_below(part)? {
            let path = part.join(&name);
            let (length, hash) = measure(&path)?;
            self.files.insert(name, FileRecord { length, hash });
        }
        Ok(())
    }

    /// Compares the files of `part` with what was recorded. With `all`, every byte; else the lengths of all and the
    /// bytes of the smallest, as many as are read in passing.
    pub(crate) fn verify(&self, part: &Path, index: &Path, all: bool) -> Result<(), IndexError> {
        /// So many bytes are hashed whenever the index is opened: its lists of what it holds are among them.
        const AT_OPENING: u64 = 64 << 10;
        let damaged = |what: String| Err(IndexError::Damaged { path: index.to_owned(), what });
        let mut files: Vec<(&String, &FileRecord)> = self.files.iter().collect();
        files.sort_by_key(|(_, recorded)| recorded.length);
        let mut hashed = 0u64;
        for (name, recorded) in files {
            let path = part.join(name);
            hashed = hashed.saturating_add(recorded.length);
            match std::fs::metadata(&path) {
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                    return damaged(format!("the file {name} is gone"));
                }
                Err(error) => return Err(IndexError::io("read", path)(error)),
                Ok(found) if found.len() != recorded.length => {
                    return damaged(format!(
                        "the file {name} has {} bytes in place of {}",
                        found.len(),
                        recorded.length
                    ));
                }
                Ok(_) if all || hashed <= AT_OPENING => {
                    if measure(&path)?.1 != recorded.hash {
                        return damaged(format!("the file {name} does not hold what was written"));
                    }
                }
                Ok(_) => {}
            }
        }
        Ok(())
    }
}

/// Paths of all files below a folder, relative to it, `/` between parts, in order.
fn files_below(folder: &Path) -> Result<Vec<String>, IndexError> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(IndexError::io("read", folder))? {
        let entry = entry.map_err(IndexError::io("read", folder))?;
        // The engine's lock files belong to no state.
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_file = entry.file_type().map_err(IndexError::io("read", entry.path()))?.is_file();
        if is_file && !name.ends_with(".lock") {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// Length and BLAKE3 hash of a file, read in pieces.
fn measure(path: &Path) -> Result<(u64, String), IndexError> {
    /// As much as the hash can work on at once, and little enough to be had at no price.
    const PIECE: usize = 64 << 10;
    let file = std::fs::File::open(path).map_err(IndexError::io("open", path))?;
    let mut hasher = blake3::Hasher::new();
    std::io::copy(&mut BufReader::with_capacity(PIECE, file), &mut hasher).map_err(IndexError::io("read", path))?;
    Ok((hasher.count(), hasher.finalize().to_hex().to_string()))
}
