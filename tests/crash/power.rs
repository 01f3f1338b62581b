//! What a power cut may leave on a disk, after the record of every change that a program made.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// A change, as shim.c writes it down.
#[derive(Debug)]
pub(crate) struct Change {
    what: String,
    path: PathBuf,
    to: PathBuf,
    offset: usize,
    bytes: Vec<u8>,
}

/// The record of one run.
pub(crate) fn read(log: &[u8]) -> Vec<Change> {
    let (mut changes, mut rest) = (Vec::new(), log);
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let head = String::from_utf8(rest[..end].to_vec()).unwrap();
        let words: Vec<&str> = head.split('\t').collect();
        let (offset, length) = (words[3].parse().unwrap(), words[4].parse::<usize>().unwrap());
        let bytes = rest[end + 1..end + 1 + length].to_vec();
        rest = &rest[end + 1 + length..];
        changes.push(Change { what: words[0].to_owned(), path: words[1].into(), to: words[2].into(), offset, bytes });
    }
    changes
}

/// How much more than what was synced reaches the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rule {
    /// Nothing: neither bytes nor names.
    Strict,
    /// Everything.
    Prefix,
    /// All names, and of the bytes what was synced.
    Names,
    /// All names and lengths, zeros for bytes that were not synced.
    Zero,
    /// All names, and the first half of what was not synced.
    Torn,
    /// Of names and files some and not others, whatever came first.
    Reorder(u64),
}

#[derive(Clone, Default)]
struct File {
    bytes: Vec<u8>,
    synced: Vec<u8>,
}

/// Which file, or that it is a folder, by path.
type Names = BTreeMap<PathBuf, Option<usize>>;

/// A name, and what it stands for from now on; nothing where it is gone.
type Renaming = (PathBuf, Option<Option<usize>>);

/// A disk with its names as programs see them, and as they would be found again.
pub(crate) struct Disk {
    root: PathBuf,
    files: Vec<File>,
    seen: Names,
    durable: Names,
    /// By folder, what happened to its names since it was synced: a name and what it stands for now.
    pending: BTreeMap<PathBuf, Vec<Renaming>>,
}

impl Disk {
    /// What is below `root`, all of it long written.
    pub(crate) fn new(root: &Path) -> Self {
        let (files, seen, durable, pending) = Default::default();
        let mut disk = Self { root: root.to_owned(), files, seen, durable, pending };
        disk.seen.insert(root.to_owned(), None);
        disk.load(root);
        disk.durable = disk.seen.clone();
        disk
    }

    fn load(&mut self, folder: &Path) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                self.seen.insert(path.clone(), None);
                self.load(&path);
            } else {
                let bytes = std::fs::read(&path).unwrap();
                self.files.push(File { synced: bytes.clone(), bytes });
                self.seen.insert(path, Some(self.files.len() - 1));
            }
        }
    }

    fn name(&mut self, path: &Path, means: Option<Option<usize>>) {
        match means {
            Some(means) => self.seen.insert(path.to_owned(), means),
            None => self.seen.remove(path),
        };
        let folder = path.parent().unwrap().to_owned();
        self.pending.entry(folder).or_default().push((path.to_owned(), means));
    }

    pub(crate) fn apply(&mut self, change: &Change) {
        let path = &change.path;
        let file = self.seen.get(path).copied().flatten();
        match (change.what.as_str(), file) {
            ("create", None) => {
                self.files.push(File::default());
                self.name(path, Some(Some(self.files.len() - 1)));
            }
            ("mkdir", _) => self.name(path, Some(None)),
            ("unlink", _) => self.name(path, None),
            ("rename", Some(file)) => {
                self.name(path, None);
                self.name(&change.to, Some(Some(file)));
            }
            ("write", Some(file)) => {
                let bytes = &mut self.files[file].bytes;
                bytes.resize(bytes.len().max(change.offset + change.bytes.len()), 0);
                bytes[change.offset..change.offset + change.bytes.len()].copy_from_slice(&change.bytes);
            }
            ("cut", Some(file)) => self.files[file].bytes.clear(),
            ("size", Some(file)) => self.files[file].bytes.resize(change.offset, 0),
            ("sync", Some(file)) => self.files[file].synced = self.files[file].bytes.clone(),
            ("sync", None) => {
                for (path, means) in self.pending.remove(path).unwrap_or_default() {
                    set(&mut self.durable, &path, means);
                }
            }
            ("chmod", _) => {}
            other => panic!("{other:?}: {change:?}"),
        }
    }

    /// The files that are found after the power comes back, and the folders (without bytes).
    pub(crate) fn after_a_cut(&self, rule: Rule) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
        let names = match rule {
            Rule::Strict => self.durable.clone(),
            Rule::Reorder(seed) => {
                let mut names = self.durable.clone();
                for (path, means) in self.pending.values().flatten() {
                    if coin(seed, &(path, means)) {
                        set(&mut names, path, *means);
                    }
                }
                names
            }
            _ => self.seen.clone(),
        };
        let stands = |path: &Path| {
            let mut above = path.ancestors().skip(1).take_while(|above| above.starts_with(&self.root));
            above.all(|above| names.get(above) == Some(&None))
        };
        names
            .iter()
            .filter(|(path, _)| stands(path))
            .map(|(path, file)| (path.clone(), file.map(|file| self.bytes(file, rule))))
            .collect()
    }

    fn bytes(&self, file: usize, rule: Rule) -> Vec<u8> {
        let File { bytes, synced } = &self.files[file];
        let zeros = || {
            let mut found = synced.clone();
            found.resize(bytes.len(), 0);
            found
        };
        match rule {
            Rule::Prefix => bytes.clone(),
            Rule::Strict | Rule::Names => synced.clone(),
            Rule::Zero => zeros(),
            Rule::Torn if bytes == synced => bytes.clone(),
            Rule::Torn => bytes[..bytes.len() / 2].to_vec(),
            Rule::Reorder(seed) if coin(seed, &file) => bytes.clone(),
            Rule::Reorder(seed) if coin(seed + 1, &file) => zeros(),
            Rule::Reorder(_) => synced.clone(),
        }
    }
}

fn set(names: &mut Names, path: &Path, means: Option<Option<usize>>) {
    match means {
        Some(means) => names.insert(path.to_owned(), means),
        None => names.remove(path),
    };
}

/// Heads or tails, the same for the same thing.
fn coin(seed: u64, thing: &impl Hash) -> bool {
    let mut hasher = DefaultHasher::new();
    (seed, thing).hash(&mut hasher);
    hasher.finish().is_multiple_of(2)
}

/// A hash of a state of the disk, so that none need be looked at twice.
pub(crate) fn hash(state: &BTreeMap<PathBuf, Option<Vec<u8>>>) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    for (path, bytes) in state {
        let length = bytes.as_ref().map(Vec::len);
        hasher.update(format!("{} {length:?}\n", path.display()).as_bytes());
        hasher.update(bytes.as_deref().unwrap_or_default());
    }
    hasher.finalize()
}

/// Puts a state under another root.
pub(crate) fn lay_out(state: &BTreeMap<PathBuf, Option<Vec<u8>>>, root: &Path, to: &Path) {
    for (path, bytes) in state {
        let path = to.join(path.strip_prefix(root).unwrap());
        match bytes {
            Some(bytes) => std::fs::write(path, bytes).unwrap(),
            None => std::fs::create_dir_all(path).unwrap(),
        }
    }
}
