//! Opening an index to read it.

use super::generation::{Current, NO_PART};
use super::manifest::Manifest;
use super::{IndexDir, IndexError, ReadOnlyDirectory};
use crate::Fields;
use crate::names::StoredNames;
use crate::packing::Unpacking;
use crate::stems::StoredStems;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use tantivy::directory::Directory;
use tantivy::directory::OwnedBytes;
use tantivy::directory::error::OpenReadError;
use tantivy::{Index, IndexReader, ReloadPolicy};

pub(crate) const MANIFEST: &str = "manifest.json";
pub(crate) const DICTIONARY: &str = "dictionary";
pub(crate) const NAMES: &str = "names";
pub(crate) const FREQUENT: &str = "frequent.json";
pub(crate) const STEMS: &str = "stems";
pub(crate) const SOURCES: &str = "sources";

/// Which entries of an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Those that everyone may find.
    Public,
    /// Those that only the diarist may find.
    Private,
}

/// One part of one generation, open. It stays whole while newer generations come and this one's files are deleted.
pub struct OpenIndex {
    /// What pointed to it, as [`IndexDir::pointer`] reads it.
    pub pointer: String,
    /// What it says of itself.
    pub manifest: Manifest,
    /// Its people and projects.
    pub names: StoredNames,
    /// Its most frequent words, as [`crate::frequent::Frequent::read`] reads them; only suggestions need them.
    pub frequent: OwnedBytes,
    /// What its records have in common.
    pub records: Unpacking,
    /// Which of its words have one stem.
    pub stems: StoredStems,
    /// The engine's reader.
    pub reader: IndexReader,
}

impl IndexDir {
    /// Opens the current generation.
    ///
    /// The lengths of all files are compared with the manifest, and the bytes of as many as can be hashed in passing;
    /// [`IndexDir::check`] compares everything.
    ///
    /// # Errors
    ///
    /// Every [`IndexError`] but `Busy`. An index without private entries has no private part: `Missing`.
    pub fn open(&self, part: Part) -> Result<OpenIndex, IndexError> {
        /// How often a writer may overtake before that is taken for damage.
        const TRIES: usize = 5;
        let mut last = None;
        for _ in 0..TRIES {
            let current = self.current()?;
            match self.open_generation(&current, part) {
                Ok(open) => return Ok(open),
                // The generation may have been replaced between the two reads: look again.
                Err(error) if self.current().is_ok_and(|now| now != current) => last = Some(error),
                Err(error) => return Err(error),
            }
        }
        Err(last.unwrap_or_else(|| IndexError::Missing(self.path().to_owned())))
    }

    /// Compares every byte of the current generation with what was written. For who wrote it: others may not read all.
    ///
    /// # Errors
    ///
    /// [`IndexError::Damaged`] names the first file that differs.
    pub fn check(&self) -> Result<Manifest, IndexError> {
        let current = self.current()?;
        let manifest = self.manifest(&current, Part::Public)?;
        manifest.verify(&current.folder.join("public"), self.path(), true)?;
        if current.seals[2] != NO_PART {
            let private = self.manifest(&current, Part::Private);
            private?.verify(&part_folder(&current, Part::Private), self.path(), true)?;
        }
        let notes = std::fs::read(current.folder.join(SOURCES)).unwrap_or_default();
        if !is_sealed(&notes, &current.seals[1]) {
            return Err(self.damaged("its list of sources"));
        }
        Ok(manifest)
    }

    /// What the writer left for the next writer: the bytes given to [`super::Draft::publish`], or nothing where that
    /// cannot be read.
    pub fn sources(&self) -> Option<Vec<u8>> {
        let current = self.current().ok()?;
        let notes = std::fs::read(current.folder.join(SOURCES)).ok()?;
        is_sealed(&notes, &current.seals[1]).then_some(notes)
    }

    /// The first line of what the writer left, without its line break. It is not compared with what was written: whoever
    /// is misled by it asks [`IndexDir::sources`] next.
    pub fn first_line_of_sources(&self) -> Option<Vec<u8>> {
        let notes = std::fs::File::open(self.current().ok()?.folder.join(SOURCES)).ok()?;
        let mut line = Vec::new();
        BufReader::new(notes).read_until(b'\n', &mut line).ok()?;
        line.pop_if(|last| *last == b'\n');
        Some(line)
    }

    /// The manifest of the current generation.
    pub fn current_manifest(&self) -> Result<Manifest, IndexError> {
        self.manifest(&self.current()?, Part::Public)
    }

    fn open_generation(&self, current: &Current, part: Part) -> Result<OpenIndex, IndexError> {
        let manifest = self.manifest(current, part)?;
        let folder = part_folder(current, part);
        manifest.verify(&folder, self.path(), false)?;
        let engine_says = |error: tantivy::TantivyError| match refusal(&error) {
            Some(source) => IndexError::io("read", &folder)(source),
            None => self.damaged(engine_words(&error)),
        };
        let directory = ReadOnlyDirectory::open(&folder).map_err(IndexError::io("read", &folder))?;
        let bytes = |name: &str| {
            let file = directory.get_file_handle(Path::new(name)).map_err(tantivy::TantivyError::from);
            file.and_then(|file| Ok(file.read_bytes(0..file.len())?)).map_err(engine_says)
        };
        let (names, frequent, stems) = (bytes(NAMES)?, bytes(FREQUENT)?, StoredStems::new(bytes(STEMS)?));
        let records =
            Unpacking::read(&bytes(DICTIONARY)?).ok_or_else(|| self.damaged("the dictionary of its records"))?;
        let names = StoredNames::read(names).ok_or_else(|| self.damaged("its list of names"))?;
        let index = Index::open(directory).map_err(engine_says)?;
        if index.schema() != Fields::schema() {
            return Err(self.damaged("its list of fields"));
        }
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(engine_says)?;
        Ok(OpenIndex { pointer: current.to_string(), manifest, names, frequent, records, stems, reader })
    }

    fn manifest(&self, current: &Current, part: Part) -> Result<Manifest, IndexError> {
        let (path, seal) = match part {
            Part::Public => (current.folder.join(MANIFEST), &current.seals[0]),
            Part::Private if current.seals[2] == NO_PART => return Err(IndexError::Missing(self.path().to_owned())),
            Part::Private => (part_folder(current, part).join(MANIFEST), &current.seals[2]),
        };
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(self.damaged("its manifest"));
            }
            Err(error) => return Err(IndexError::io("read", path)(error)),
        };
        let manifest = Manifest::parse(&bytes, self.path())?;
        if is_sealed(&bytes, seal) { Ok(manifest) } else { Err(self.damaged("its manifest")) }
    }
}

fn is_sealed(bytes: &[u8], seal: &str) -> bool {
    blake3::hash(bytes).to_hex().as_str() == seal
}

fn part_folder(current: &Current, part: Part) -> PathBuf {
    current.folder.join(match part {
        Part::Public => "public",
        Part::Private => "private",
    })
}

/// What the engine could not read, without its own words and paths.
fn engine_words(error: &tantivy::TantivyError) -> &'static str {
    match error {
        tantivy::TantivyError::DataCorruption(_) => "a file of its engine",
        _ => "the list of its engine's files",
    }
}

/// What the system said to the engine, where it was the system that said no: too many open files are no damage.
pub(super) fn refusal(error: &tantivy::TantivyError) -> Option<std::io::Error> {
    let said = match error {
        tantivy::TantivyError::IoError(said) => said,
        tantivy::TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. }) => io_error,
        _ => return None,
    };
    said.raw_os_error().map(std::io::Error::from_raw_os_error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Place, document};
    use crate::packing::Packing;
    use crate::record::tests::sample;
    use std::path::Path;

    /// Builds one generation that holds `entries` copies of the sample entry.
    fn build(dir: &IndexDir, entries: u64) {
        let lock = dir.lock().unwrap();
        let draft = dir.begin(&lock).unwrap();
        let fields = Fields::new();
        let index = crate::engine::create(&draft.public()).unwrap();
        let mut writer = index.writer_with_num_threads(1, 15_000_000).unwrap();
        let packing = Packing::of(&[]);
        let mut packer = packing.packer().unwrap();
        for rank in 0..entries {
            let place = Place { rank, ..Place::default() };
            writer.add_document(document(&fields, &mut packer, &sample(), place).unwrap()).unwrap();
        }
        writer.commit().unwrap();
        writer.wait_merging_threads().unwrap();
        draft.write_names(&draft.public(), &[]).unwrap();
        draft.write_packing(&draft.public(), &packing).unwrap();
        let manifest = Manifest::new("uuid", draft.number(), entries, vec![]);
        draft.publish(manifest, None, b"{}").unwrap();
    }

    fn count(dir: &IndexDir) -> u64 {
        dir.open(Part::Public).unwrap().reader.searcher().num_docs()
    }

    fn files(folder: &Path) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
        }
        found.sort();
        found
    }

    #[test]
    fn a_new_generation_takes_the_place_of_the_old() {
        let folder = tempfile::tempdir().unwrap();
        let dir = IndexDir::new(folder.path().join("index"));
        assert!(matches!(dir.open(Part::Public), Err(IndexError::Missing(_))));
        build(&dir, 2);
        let old = dir.open(Part::Public).unwrap();
        build(&dir, 3);
        assert_eq!(count(&dir), 3);
        let wordless = dir.current_manifest().unwrap().wordless;
        assert!(wordless.contains(&"note".to_owned()) && !wordless.contains(&"text".to_owned()), "{wordless:?}");
        assert_eq!(old.reader.searcher().num_docs(), 2, "an open reader keeps its state");
        assert_eq!(dir.current_number(), Some(2));
        assert!(matches!(dir.open(Part::Private), Err(IndexError::Missing(_))));
        let folders = std::fs::read_dir(dir.path()).unwrap().flatten().filter(|entry| entry.path().is_dir()).count();
        assert_eq!(folders, 1, "the old generation is deleted");
    }

    #[test]
    fn what_an_interrupted_writer_left_is_ignored_and_cleared_away() {
        let folder = tempfile::tempdir().unwrap();
        let dir = IndexDir::new(folder.path());
        build(&dir, 1);
        let left = folder.path().join("generation-000002/public");
        std::fs::create_dir_all(&left).unwrap();
        std::fs::write(left.join("half"), b"written").unwrap();
        assert_eq!(count(&dir), 1);
        build(&dir, 4);
        assert_eq!(count(&dir), 4);
        assert!(!left.join("half").exists());
    }

    #[test]
    fn a_second_writer_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let dir = IndexDir::new(folder.path());
        let _lock = dir.lock().unwrap();
        assert!(matches!(dir.lock(), Err(IndexError::Busy(_))));
    }

    #[test]
    fn an_index_that_cannot_be_read_is_said_to_be_so_before_anything_is_written() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("CURRENT")).unwrap();
        let refused = IndexDir::new(folder.path()).lock().map(drop).unwrap_err();
        assert!(matches!(refused, IndexError::Io { what: "read", .. }), "{refused}");
        assert!(!folder.path().join("LOCK").exists());
    }

    #[test]
    fn other_peoples_folders_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("letter.txt"), "dear").unwrap();
        let dir = IndexDir::new(folder.path());
        assert!(matches!(dir.open(Part::Public), Err(IndexError::Foreign(_))));
        assert!(matches!(dir.lock(), Err(IndexError::Foreign(_))));
    }

    #[test]
    fn every_damaged_file_is_seen_by_the_check_and_never_panics() {
        let folder = tempfile::tempdir().unwrap();
        let dir = IndexDir::new(folder.path());
        build(&dir, 2);
        for path in files(folder.path()) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if name.ends_with(".lock") || name == "LOCK" {
                continue;
            }
            let good = std::fs::read(&path).unwrap();
            if good.is_empty() {
                // Few records have nothing in common.
                continue;
            }
            let mut flipped = good.clone();
            let middle = flipped.len() / 2;
            flipped[middle] ^= 0x10;
            let cut = good[..middle].to_vec();
            for bad in [flipped, cut, Vec::new()] {
                std::fs::write(&path, &bad).unwrap();
                assert!(dir.check().is_err(), "{name} damaged unseen");
                if let Err(error) = dir.open(Part::Public) {
                    assert!(error.to_string().contains("diary-ingest"), "{error}");
                }
            }
            std::fs::write(&path, &good).unwrap();
        }
        assert!(dir.check().is_ok());
    }

    #[test]
    fn another_version_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let dir = IndexDir::new(folder.path());
        build(&dir, 1);
        let path = folder.path().join("generation-000001/manifest.json");
        let schema = |version: u32| format!("\"schema\": {version}");
        let next = crate::SCHEMA_VERSION + 1;
        let newer = std::fs::read_to_string(&path).unwrap().replace(&schema(next - 1), &schema(next));
        std::fs::write(&path, newer).unwrap();
        let error = dir.open(Part::Public).err().unwrap().to_string();
        assert!(error.contains("a newer version") && error.contains(&format!("schema {next}")), "{error}");
    }
}
