//! Generations: made beside the current one, then put in its place by one rename.

use super::manifest::Manifest;
use super::sync;
use super::{IndexError, ReadOnlyDirectory, WriterLock};
use crate::frequent::Frequent;
use crate::record::StoredConcept;
use std::path::{Path, PathBuf};

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

    /// The number of the generation that answers now; `None` where there is no index. Reads one small file.
    pub fn current_number(&self) -> Option<u64> {
        self.current().ok().map(|current| current.number)
    }

    /// What `CURRENT` says.
    pub(crate) fn current(&self) -> Result<Current, IndexError> {
        let path = self.root.join(POINTER);
        let text = match std::fs::read_to_string(&path) {
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
            let number = name.strip_prefix(PREFIX)?.parse().ok()?;
            let mut seal = || words.next().filter(|seal| seal.len() == 64 || *seal == "-").map(str::to_owned);
            let seals = [seal()?, seal()?, seal()?];
            words.next().is_none().then(|| Current { number, folder: self.root.join(name), seals })
        })();
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

    pub(crate) fn damaged(&self, what: &str) -> IndexError {
        IndexError::Damaged { path: self.root.clone(), what: format!("{what} cannot be read") }
    }

    /// Takes the writer's lock, making the directory where there is none.
    ///
    /// # Errors
    ///
    /// [`IndexError::Busy`] while another writer is at work; [`IndexError::Foreign`] where the folder holds other things.
    pub fn lock(&self) -> Result<WriterLock, IndexError> {
        if let Err(error @ IndexError::Foreign(_)) = self.current() {
            return Err(error);
        }
        std::fs::create_dir_all(&self.root).map_err(IndexError::io("make", &self.root))?;
        WriterLock::take(&self.root)
    }

    /// Begins the next generation. What an interrupted writer left is cleared away first.
    pub fn begin(&self, _lock: &WriterLock) -> Result<Draft, IndexError> {
        let current = self.current().ok().map(|current| current.number);
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
        let bytes = serde_json::to_vec(names).unwrap_or_default();
        sync::write(&part.join(super::reader::NAMES), &bytes)
    }

    /// Puts this generation in the place of the one before, and deletes that.
    ///
    /// When this returns, the new state survives a power cut; until its last step the old one answers.
    pub fn publish(self, public: Manifest, private: Option<Manifest>, sources: &[u8]) -> Result<(), IndexError> {
        let public_seal = self.finish_part(public, &self.public(), &self.folder)?;
        let private_seal = match private {
            None => "-".to_owned(),
            Some(manifest) => {
                let folder = self.private()?;
                self.finish_part(manifest, &folder, &folder)?
            }
        };
        let sources_seal = blake3::hash(sources).to_hex();
        let path = self.folder.join(super::reader::SOURCES);
        sync::write(&path, sources)?;
        owner_only(&path).map_err(IndexError::io("write", &path))?;
        sync::sync_tree(&self.folder)?;
        sync::sync(&self.index.root)?;
        let pointer = format!("{PREFIX}{:06} {public_seal} {sources_seal} {private_seal}\n", self.number);
        sync::replace(&self.index.root, POINTER, pointer.as_bytes())?;
        self.index.delete_all_but(Some(self.number))
    }

    /// Writes the manifest of a part into `folder`, and gives its hash.
    fn finish_part(&self, mut manifest: Manifest, part: &Path, folder: &Path) -> Result<String, IndexError> {
        let frequent = frequent(part).map_err(|error| IndexError::Io {
            what: "read back",
            path: part.to_owned(),
            source: std::io::Error::other(error),
        })?;
        sync::write(&part.join(super::reader::FREQUENT), &serde_json::to_vec(&frequent).unwrap_or_default())?;
        for entry in std::fs::read_dir(part).map_err(IndexError::io("read", part))? {
            let path = entry.map_err(IndexError::io("read", part))?.path();
            sync::open_to_readers(&path, part).map_err(IndexError::io("write", &path))?;
        }
        manifest.record_files(part)?;
        let bytes = serde_json::to_vec_pretty(&manifest).unwrap_or_default();
        sync::write(&folder.join(super::reader::MANIFEST), &bytes)?;
        Ok(blake3::hash(&bytes).to_hex().to_string())
    }
}

/// The most frequent words of the part in a folder.
fn frequent(part: &Path) -> tantivy::Result<Frequent> {
    let index = tantivy::Index::open(ReadOnlyDirectory::open(part)?)?;
    let reader = index.reader_builder().reload_policy(tantivy::ReloadPolicy::Manual).try_into()?;
    Frequent::of(&reader.searcher())
}

impl Drop for Draft {
    fn drop(&mut self) {
        // Published or not, only the generation that CURRENT names may stay. What cannot be deleted now is cleared away
        // by the next writer.
        if self.index.current_number() != Some(self.number) {
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }
}

#[cfg(unix)]
fn owner_only(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
fn owner_only(_path: &Path) -> std::io::Result<()> {
    Ok(())
}
