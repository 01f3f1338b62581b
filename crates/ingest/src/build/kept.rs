//! Entries that stay although their sources say nothing any more: a disk that is not mounted, a page that came back
//! empty or a folder that may not be read takes nothing out of an index.

use super::sources::{ArchiveNotes, FileNotes};
use crate::source::find::globs;
use crate::source::privacy::Hidden;
use crate::{ArchiveInput, Problem, ProblemKind};
use diary::{Entry, EntryId, Visibility};
use std::collections::{BTreeMap, HashSet};
use std::path::Path;

/// What is left of less than this part of a thing is taken for its loss.
const LOSS: u64 = 10;

/// What an archive lost since the generation before.
pub(super) struct Losses {
    /// Whether the archive as a whole has shrunk to a tenth of its entries.
    archive: bool,
    /// The sources, and folders of sources, that cannot be read; the empty path is the whole archive.
    unread: Vec<String>,
    /// The sources that are there, but have shrunk to a tenth.
    shrunk: HashSet<String>,
}

impl Losses {
    pub(super) fn new(
        then: &ArchiveNotes,
        now: &BTreeMap<String, FileNotes>,
        problems: &[Problem],
        entries: usize,
    ) -> Self {
        let is_loss = |now: u64, then: u64| then > 0 && now.saturating_mul(LOSS) <= then;
        let unread = problems.iter().filter(|problem| is_of_source(problem.kind)).map(|problem| problem.source.clone());
        let shrunk = now
            .iter()
            .filter(|(path, now)| then.sources.get(*path).is_some_and(|then| is_loss(now.length, then.full_length())));
        Self {
            archive: is_loss(entries as u64, then.entries.len() as u64),
            unread: unread.collect(),
            shrunk: shrunk.map(|(path, _)| path.clone()).collect(),
        }
    }

    /// Whether nothing was lost.
    pub(super) fn is_none(&self) -> bool {
        !self.archive && self.unread.is_empty() && self.shrunk.is_empty()
    }

    /// Those of the `old` entries that were lost, as `input` would have them now, and none of which an entry is there.
    pub(super) fn of(&self, old: Vec<Entry>, entries: &[Entry], input: &ArchiveInput) -> Vec<Entry> {
        let ids: HashSet<&EntryId> = entries.iter().map(|entry| &entry.id).collect();
        let wanted = globs(&input.sources, "sources", &mut Vec::new());
        let unwanted = globs(&input.exclude, "exclude", &mut Vec::new());
        let hidden = Hidden::new(&input.private, &mut Vec::new());
        let is_chosen = |path: &str| {
            let path = Path::new(path.trim_start_matches('/'));
            wanted.as_ref().is_none_or(|globs| globs.matched_path_or_any_parents(path, false).is_ignore())
                && !unwanted.as_ref().is_some_and(|globs| globs.matched_path_or_any_parents(path, false).is_ignore())
        };
        let kept = old.into_iter().filter(|entry| {
            let paths = || entry.sources.iter().map(|source| &*source.path);
            !ids.contains(&entry.id)
                && paths().any(|path| self.archive || self.is_lost(path))
                && paths().any(|path| files(path).any(is_chosen))
        });
        kept.map(|mut entry| {
            if entry.sources.iter().any(|source| hidden.covers(&source.path)) {
                entry.visibility = Visibility::Private;
            }
            entry
        })
        .collect()
    }

    fn is_lost(&self, path: &str) -> bool {
        let below = |folder: &str| {
            folder.is_empty()
                || path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '!']))
        };
        files(path).any(|file| self.shrunk.contains(file)) || self.unread.iter().any(|folder| below(folder))
    }

    /// Notes how long the shrunken sources of `kept` entries were, so that they are known as such until they are whole
    /// again.
    pub(super) fn note(&self, kept: &[Entry], then: &ArchiveNotes, now: &mut BTreeMap<String, FileNotes>) {
        let paths = kept.iter().flat_map(|entry| &entry.sources).flat_map(|source| files(&source.path));
        for path in paths.filter(|path| self.shrunk.contains(*path)) {
            if let (Some(then), Some(now)) = (then.sources.get(path), now.get_mut(path)) {
                now.shrunk_from = Some(then.full_length());
            }
        }
    }
}

/// Whether a problem means that a source, or a part of it, was not read.
fn is_of_source(kind: ProblemKind) -> bool {
    kind.leaves_out() && kind != ProblemKind::BadSetting
}

/// What the file of a source may be called: a name may have a `!` of its own.
fn files(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('!').map(|(at, _)| &path[..at]).chain([path])
}

impl FileNotes {
    /// How long it was when all its entries were read.
    fn full_length(&self) -> u64 {
        self.shrunk_from.unwrap_or(self.length)
    }
}
