//! Generations: made beside the current one, then put in its place by one rename.

use super::manifest::Manifest;
use super::sync;
use super::{IndexError, ReadOnlyDirectory, WriterLock};
use crate::Fields;
use crate::frequent::Frequent;
use crate::names::StoredNames;
use crate::packing::Packing;
use crate::record::StoredConcept;
use crate::stems::StoredStems;
use std::fmt;
use std::path::{Path, PathBuf};
use tantivy::{Index, ReloadPolicy, SegmentReader};

/// The directory of an index, which may not exist yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexDir {
    root: PathBuf,
}

/// The pointer to the generation that answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Current {
    pub(crate) number: u64,
    pub(crate) folder: PathBuf,
    /// BLAKE3, in hex, of its manifest, its writer's notes, and the manifest of its private part (`-` without one).
    pub(crate) seals: [String; 3],
}

/// What `CURRENT` has in the place of the hash of a manifest that there is none of.
pub(crate) const NO_PART: &str = "-";

const POINTER: &str = "CURRENT";
const PREFIX: &str = "generation-";

impl IndexDir {
    /// The index in `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The directory itself.
    pub fn path(&self) -> &Path {
        &self.root
    }

    /// What points to the generation that answers now, as it is written: another text is another state of the index.
    ///
    /// # Errors
    ///
    /// Where it cannot be read; there is no index where it is not found.
    pub fn pointer(&self) -> std::io::Result<String> {
        std::fs::read_to_string(self.root.join(POINTER))
    }

    /// The number of the generation that answers now; `None` where there is no index. Reads one small file.
    pub fn current_number(&self) -> Option<u64> {
        self.current().ok().map(|current| current.number)
    }

    /// What `CURRENT` says.
    pub(crate) fn current(&self) -> Result<Current, IndexError> {
        let path = self.root.join(POINTER);
        let text = match self.pointer() {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::InvalidData => return Err(self.damaged("its pointer")),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(self.absent()),
            Err(error) if error.kind() == std::io::ErrorKind::NotADirectory => {
                return Err(IndexError::Foreign(self.root.clone()));
            }
            Err(error) => return Err(IndexError::io("read", path)(error)),
        };
        let mut words = text.split_whitespace();
        let parsed = (|| {
            let name = words.next()?;
            let number = name.strip_prefix(PREFIX)?.parse().ok().filter(|number| *number < u64::MAX)?;
            let mut seal = || words.next().map(str::to_owned);
            let seals = [seal()?, seal()?, seal()?];
            Some(Current { number, folder: self.root.join(name), seals })
        })();
        let parsed = parsed.filter(|current| current.to_string() == text);
        parsed.ok_or_else(|| self.damaged("its pointer"))
    }

    /// Nothing, or somebody else's folder.
    fn absent(&self) -> IndexError {
        let mut names = std::fs::read_dir(&self.root).into_iter().flatten().flatten();
        let foreign = names.any(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            name != "LOCK" && !name.starts_with(PREFIX) && !name.starts_with('.')
        });
        if foreign { IndexError::Foreign(self.root.clone()) } else { IndexError::Missing(self.root.clone()) }
    }

    /// That something of this index, such as `its pointer`, cannot be read.
    pub fn damaged(&self, what: &str) -> IndexError {
        IndexError::Damaged { path: self.root.clone(), what: format!("{what} cannot be read") }
    }

    /// Takes the writer's lock, making the directory where there is none.
    ///
    /// # Errors
    ///
    /// [`IndexError::Busy`] while another writer is at work; [`IndexError::Foreign`] where the folder holds other things;
    /// [`IndexError::Io`] where it may not be read or written.
    pub fn lock(&self) -> Result<WriterLock, IndexError> {
        if let Err(error @ (IndexError::Foreign(_) | IndexError::Io { .. })) = self.current() {
            return Err(error);
        }
        sync::create_folder(&self.root)?;
        WriterLock::take(&self.root)
    }

    /// Begins the next generation. What an interrupted writer left is cleared away first.
    ///
    /// # Errors
    ///
    /// Also where the pointer cannot be read for the moment: what it names must not be taken for a leftover.
    pub fn begin(&self, _lock: &WriterLock) -> Result<Draft, IndexError> {
        let current = match self.current() {
            Ok(current) => Some(current.number),
            Err(error @ IndexError::Io { .. }) => return Err(error),
            Err(_) => None,
        };
        self.delete_all_but(current)?;
        let number = current.unwrap_or(0) + 1;
        let folder = self.root.join(format!("{PREFIX}{number:06}"));
        std::fs::create_dir(&folder).map_err(IndexError::io("make", &folder))?;
        let public = folder.join("public");
        std::fs::create_dir(&public).map_err(IndexError::io("make", &public))?;
        Ok(Draft { index: self.clone(), number, folder })
    }

    fn delete_all_but(&self, kept: Option<u64>) -> Result<(), IndexError> {
        let entries = std::fs::read_dir(&self.root).map_err(IndexError::io("read", &self.root))?;
        for entry in entries {
            let entry = entry.map_err(IndexError::io("read", &self.root))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let number = name.strip_prefix(PREFIX).and_then(|digits| digits.parse::<u64>().ok());
            let leftover = name.starts_with(".tmp");
            if number.is_some() && number != kept {
                std::fs::remove_dir_all(entry.path()).map_err(IndexError::io("delete", entry.path()))?;
            } else if leftover {
                std::fs::remove_file(entry.path()).map_err(IndexError::io("delete", entry.path()))?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Current {
    /// As `CURRENT` says it, to the byte.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [public, sources, private] = &self.seals;
        writeln!(f, "{PREFIX}{:06} {public} {sources} {private}", self.number)
    }
}

/// A generation in the making. Dropped without [`Draft::publish`], it is as if it had never been.
#[derive(Debug)]
pub struct Draft {
    index: IndexDir,
    number: u64,
    folder: PathBuf,
}

impl Draft {
    /// Its number.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Where the engine's files of the public part go.
    pub fn public(&self) -> PathBuf {
        self.folder.join("public")
    }

    /// Where the engine's files of the private part go; made on the first call, for its owner alone.
    pub fn private(&self) -> Result<PathBuf, IndexError> {
        let path = self.folder.join("private");
        if !path.is_dir() {
            sync::create_private_folder(&path)?;
        }
        Ok(path)
    }

    /// Writes the names of a part beside its engine's files.
    pub fn write_names(&self, part: &Path, names: &[StoredConcept]) -> Result<(), IndexError> {
        sync::write(&part.join(super::reader::NAMES), &StoredNames::write(names))
    }

    /// Writes what the records of a part have in common beside its engine's files.
    pub fn write_packing(&self, part: &Path, packing: &Packing) -> Result<(), IndexError> {
        sync::write(&part.join(super::reader::DICTIONARY), packing.bytes())
    }

    /// Puts this generation in the place of the one before, and deletes that.
    ///
    /// When this returns, the new state survives a power cut; until its last step the old one answers.
    pub fn publish(self, public: Manifest, private: Option<Manifest>, sources: &[u8]) -> Result<(), IndexError> {
        let public_seal = self.finish_part(public, &self.public(), &self.folder)?;
        let private_seal = match private {
            None => NO_PART.to_owned(),
            Some(manifest) => {
                let folder = self.private()?;
                self.finish_part(manifest, &folder, &folder)?
            }
        };
        let sources_seal = blake3::hash(sources).to_hex().to_string();
        sync::write_for_owner(&self.folder.join(super::reader::SOURCES), sources)?;
        sync::sync_tree(&self.folder)?;
        sync::sync(&self.index.root)?;
        let seals = [public_seal, sources_seal, private_seal];
        let current = Current { number: self.number, folder: self.folder.clone(), seals };
        sync::replace(&self.index.root, POINTER, current.to_string().as_bytes())?;
        self.index.delete_all_but(Some(self.number))
    }

    /// Writes the manifest of a part into `folder`, and gives its hash.
    fn finish_part(&self, mut manifest: Manifest, part: &Path, folder: &Path) -> Result<String, IndexError> {
        let ReadBack { wordless, frequent, stems } = read_back(part).map_err(|error| IndexError::Io {
            what: "read back",
            path: part.to_owned(),
            source: super::reader::refusal(&error)
                .unwrap_or_else(|| std::io::Error::other("it is not what was written")),
        })?;
        sync::write(&part.join(super::reader::FREQUENT), &serde_json::to_vec(&frequent).unwrap_or_default())?;
        sync::write(&part.join(super::reader::STEMS), &stems)?;
        for entry in std::fs::read_dir(part).map_err(IndexError::io("read", part))? {
            let path = entry.map_err(IndexError::io("read", part))?.path();
            sync::open_to_readers(&path, part).map_err(IndexError::io("write", &path))?;
        }
        manifest.wordless = wordless;
        manifest.record_files(part)?;
        let bytes = serde_json::to_vec_pretty(&manifest).unwrap_or_default();
        sync::write(&folder.join(super::reader::MANIFEST), &bytes)?;
        Ok(blake3::hash(&bytes).to_hex().to_string())
    }
}

/// What is read of a finished part.
struct ReadBack {
    /// The fields in which no entry has a word.
    wordless: Vec<String>,
    frequent: Frequent,
    /// The file of its stems.
    stems: Vec<u8>,
}

fn read_back(part: &Path) -> tantivy::Result<ReadBack> {
    let directory = ReadOnlyDirectory::open(part)?;
    let reader = Index::open(directory)?.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    let (searcher, schema) = (reader.searcher(), Fields::schema());
    let mut wordless = Vec::new();
    for (field, entry) in schema.fields().filter(|(_, entry)| entry.is_indexed()) {
        let words = |segment: &SegmentReader| Ok(segment.inverted_index(field)?.terms().num_terms());
        let words = searcher.segment_readers().iter().map(words).collect::<tantivy::Result<Vec<usize>>>()?;
        wordless.extend(words.iter().all(|words| *words == 0).then(|| entry.name().to_owned()));
    }
    Ok(ReadBack { wordless, frequent: Frequent::of(&searcher)?, stems: StoredStems::write(&searcher)? })
}

impl Drop for Draft {
    fn drop(&mut self) {
        // Published or not, only the generation that CURRENT names may stay. What cannot be deleted now, or where CURRENT
        // cannot be read now, is left for the next writer to clear away.
        let answers = match self.index.current() {
            Ok(current) => current.number == self.number,
            Err(error) => matches!(error, IndexError::Io { .. }),
        };
        if !answers {
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }
}
