//! The state of an archive's files, and whether that is the state that the index was built from.

use super::sources::{ArchiveNotes, FileNotes};
use super::{ArchiveReport, BuildInput};
use crate::{Limits, Problem, ProblemKind, Source, SourceFacts, find};
use diary_index_schema::{ANALYSIS_VERSION, SCHEMA_VERSION};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// What an archive would be built from now.
pub(super) struct Survey {
    settings: String,
    authorities: Vec<FileNotes>,
    pub(super) sources: BTreeMap<String, FileNotes>,
}

/// Every source with the hash of its bytes; a source over the limit is known by its length alone.
pub(super) fn survey(input: &BuildInput, limits: &Limits) -> Survey {
    let note = |path: &Path| FileNotes { hash: hash(path, limits.file).unwrap_or_default(), ..stat(path) };
    look(input, limits, note, |sources| sources.par_iter().map(|source| note(&source.file)).collect())
}

/// Every source by length and time. Every search does this first, and threads take longer to start than it to end.
pub(super) fn glance(input: &BuildInput, limits: &Limits) -> Survey {
    look(input, limits, stat, |sources| sources.iter().map(seen).collect())
}

fn look(
    input: &BuildInput,
    limits: &Limits,
    note: impl Fn(&Path) -> FileNotes,
    note_all: impl Fn(&[Source]) -> Vec<FileNotes>,
) -> Survey {
    let found = find(&input.archive, limits);
    let notes = note_all(&found.sources);
    let sources = found.sources.into_iter().map(|source| source.path).zip(notes).collect();
    let authorities = [&input.people, &input.projects].into_iter().flatten().map(|path| note(path));
    let settings = format!(
        "{SCHEMA_VERSION} {ANALYSIS_VERSION} {} {:?} {:?} {:?} {:?} {:?} {}",
        env!("CARGO_PKG_VERSION"),
        input.archive.archive,
        input.archive.sources,
        input.archive.exclude,
        input.archive.private,
        input.archive.profile,
        input.discover,
    );
    Survey {
        settings: blake3::hash(settings.as_bytes()).to_hex().to_string(),
        authorities: authorities.collect(),
        sources,
    }
}

impl Survey {
    /// Whether the bytes are those that `notes` speak of.
    pub(super) fn same_as(&self, notes: &ArchiveNotes) -> bool {
        self.same_sources(notes) && same_files(&self.authorities, &notes.authorities, same_bytes)
    }

    /// Whether the sources and how they are read are those that `notes` speak of, whatever the authority files say.
    pub(super) fn same_sources(&self, notes: &ArchiveNotes) -> bool {
        self.settings == notes.settings && self.same_paths(notes, same_bytes)
    }

    /// Whether lengths and times are those that `notes` speak of.
    pub(super) fn agrees(&self, notes: &ArchiveNotes) -> bool {
        self.settings == notes.settings
            && self.same_paths(notes, same_time)
            && same_files(&self.authorities, &notes.authorities, same_time)
    }

    fn same_paths(&self, notes: &ArchiveNotes, same: Same) -> bool {
        self.sources.len() == notes.sources.len()
            && self.sources.iter().zip(&notes.sources).all(|((a, now), (b, then))| a == b && same(now, then))
    }

    pub(super) fn bytes(&self) -> u64 {
        self.sources.values().map(|source| source.length).sum()
    }

    /// Puts what was then read in the place of what was seen before, so that the notes speak of the very bytes that the
    /// entries come from. A source that was not read is noted as such, and looked at again.
    pub(super) fn was_read(&mut self, facts: &[SourceFacts], problems: &[Problem]) {
        for problem in problems.iter().filter(|problem| problem.kind == ProblemKind::Unreadable) {
            if let Some(notes) = self.sources.get_mut(&problem.source) {
                notes.hash.clear();
            }
        }
        for fact in facts {
            let modified = fact.modified.map_or(0, nanoseconds);
            let hash = blake3::Hash::from_bytes(fact.hash).to_hex().to_string();
            let notes = FileNotes { length: fact.bytes, modified, hash, ..FileNotes::default() };
            self.sources.insert(fact.path.clone(), notes);
        }
    }

    pub(super) fn into_notes(self, entries: BTreeMap<String, String>, report: &ArchiveReport) -> ArchiveNotes {
        let Self { settings, authorities, sources } = self;
        ArchiveNotes { settings, authorities, sources, entries, kept: report.kept, left_out: report.left_out }
    }
}

type Same = fn(&FileNotes, &FileNotes) -> bool;

fn same_bytes(a: &FileNotes, b: &FileNotes) -> bool {
    a.length == b.length && a.hash == b.hash
}

fn same_time(a: &FileNotes, b: &FileNotes) -> bool {
    a.length == b.length && a.modified == b.modified
}

fn same_files(now: &[FileNotes], then: &[FileNotes], same: Same) -> bool {
    now.len() == then.len() && now.iter().zip(then).all(|(now, then)| same(now, then))
}

fn stat(path: &Path) -> FileNotes {
    let Ok(metadata) = std::fs::metadata(path) else { return FileNotes::default() };
    let modified = metadata.modified().map_or(0, nanoseconds);
    FileNotes { length: metadata.len(), modified, ..FileNotes::default() }
}

/// A source as it was when it was found, which spares asking the system once more.
fn seen(source: &Source) -> FileNotes {
    FileNotes { length: source.bytes, modified: source.modified.map_or(0, nanoseconds), ..FileNotes::default() }
}

/// Since 1970.
fn nanoseconds(time: SystemTime) -> i128 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => after.as_nanos() as i128,
        Err(before) => -(before.duration().as_nanos() as i128),
    }
}

/// BLAKE3 of at most `limit` bytes of a regular file.
fn hash(path: &Path, limit: u64) -> Option<String> {
    let file = File::open(path).ok().filter(|file| file.metadata().is_ok_and(|metadata| metadata.is_file()))?;
    let mut hasher = blake3::Hasher::new();
    std::io::copy(&mut file.take(limit), &mut hasher).ok()?;
    Some(hasher.finalize().to_hex().to_string())
}
