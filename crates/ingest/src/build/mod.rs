//! From archives to a new generation of an index.
//!
//! A build is a function of the bytes: what an incremental run writes is what a fresh one would. An archive is read again
//! as a whole when any byte of it, of its settings or of its authority files changed, since headings and names are judged
//! over the whole archive; the entries of the others are taken over from the generation before.

mod concepts;
mod kept;
mod report;
mod sink;
mod sources;
mod survey;

pub use report::{ArchiveReport, Report};

use crate::annotate::Annotator;
use crate::authority::{self, AuthorityError};
use crate::{ArchiveInput, Extraction, Limits, Problem, Progress, extract};
use diary::{Authority, Entry, EntryId, Facet, Hemisphere, Visibility};
use diary_index_schema::packing::Packing;
use diary_index_schema::store::{ArchiveRecord, Draft, IndexDir, IndexError, Manifest, Part};
use kept::Losses;
use rayon::prelude::*;
use sink::SinkOptions;
use sources::{ArchiveNotes, SourcesRecord};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

/// An archive with what is known of its people and projects.
#[derive(Clone, Debug)]
pub struct BuildInput {
    /// Its sources and how to read them.
    pub archive: ArchiveInput,
    /// Its authority file of people.
    pub people: Option<PathBuf>,
    /// Its authority file of projects.
    pub projects: Option<PathBuf>,
    /// Whether to look for names that no file knows.
    pub discover: bool,
}

/// How to build.
#[derive(Clone, Copy, Debug)]
pub struct BuildOptions {
    /// Read everything again, whatever the index says.
    pub rebuild: bool,
    /// Let entries go whose sources cannot be read or are suddenly gone.
    pub prune: bool,
    /// Threads that index.
    pub jobs: usize,
    /// Bytes that the engine holds before it writes.
    pub memory: usize,
    /// What no source may exceed.
    pub limits: Limits,
}

impl Default for BuildOptions {
    fn default() -> Self {
        Self {
            rebuild: false,
            prune: false,
            jobs: rayon::current_num_threads(),
            memory: 128_000_000,
            limits: Limits::default(),
        }
    }
}

/// Why nothing was built. The index is as it was.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The index cannot be written.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// An authority file cannot be read as one.
    #[error("{}:{}: {}", .path.display(), .error.lines.first().unwrap_or(&1), .error.message)]
    Authority {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        error: AuthorityError,
    },
    /// An authority file cannot be read at all.
    #[error("cannot read {}: {source}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Two archives have one name.
    #[error("two archives are called {0}: give one of them another name")]
    SameName(String),
    /// The engine could not write.
    #[error("cannot write the index: {0}")]
    Engine(String),
}

/// Builds or refreshes the index in `index` from `inputs`, which are to be all its archives.
///
/// # Errors
///
/// Every [`BuildError`]; the generation before goes on answering. A bad source is no error but a [`Problem`].
pub fn build(
    index: &Path,
    inputs: &[BuildInput],
    options: &BuildOptions,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Report, BuildError> {
    unique_names(inputs)?;
    let dir = IndexDir::new(index);
    let lock = dir.lock()?;
    let before = Before::open(&dir, options)?;
    let mut readers = Vec::with_capacity(inputs.len());
    for input in inputs {
        readers.push(ArchiveReader::new(input, options)?);
    }
    if before.says_the_same(&readers, options) {
        return Ok(before.report(&readers));
    }
    let mut archives = Vec::with_capacity(inputs.len());
    for reader in readers {
        archives.push(reader.read(&before, options, progress)?);
    }
    let draft = dir.begin(&lock)?;
    let generation = draft.number();
    write(draft, &before, &mut archives, options, progress)?;
    Ok(Report {
        generation,
        nothing_changed: false,
        archives: archives.into_iter().map(|archive| archive.report).collect(),
    })
}

/// The entries of `inputs` as an index would hold them, without writing one, and what was wrong with them.
///
/// # Errors
///
/// As [`build`], for authority files.
pub fn annotated(
    input: &BuildInput,
    limits: &Limits,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<(Extraction, Vec<crate::annotate::Suggestion>), BuildError> {
    let (people, projects) = authorities(input)?;
    let mut extraction = extract(&input.archive, limits, progress);
    let suggestions = annotator(input, &people, &projects).annotate(&mut extraction.entries).suggestions;
    Ok((extraction, suggestions))
}

/// Whether the index no longer shows what its sources say, judged by their lengths and times alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Staleness {
    /// There is no index, or none that can be used.
    NoIndex,
    /// It is up to date.
    Fresh,
    /// Something changed; so many bytes would be read again.
    Stale {
        /// Of the archives that changed.
        bytes: u64,
    },
}

/// Looks whether a [`build`] would change anything. Reads no source.
pub fn staleness(index: &Path, inputs: &[BuildInput]) -> Staleness {
    let dir = IndexDir::new(index);
    let record = dir.first_line_of_sources().as_deref().and_then(SourcesRecord::read_first_line);
    let Some(record) = record else { return Staleness::NoIndex };
    let mut bytes = 0;
    let mut same = record.archives.len() == inputs.len();
    for input in inputs {
        let notes = record.archives.get(&input.archive.archive.name);
        let survey = survey::glance(input, &Limits::default());
        if notes.is_none_or(|notes| !survey.agrees(notes)) {
            same = false;
            bytes += survey.bytes();
        }
    }
    if same { Staleness::Fresh } else { Staleness::Stale { bytes } }
}

fn unique_names(inputs: &[BuildInput]) -> Result<(), BuildError> {
    let mut names = HashSet::new();
    match inputs.iter().find(|input| !names.insert(&input.archive.archive.name)) {
        Some(twice) => Err(BuildError::SameName(twice.archive.archive.name.clone())),
        None => Ok(()),
    }
}

/// The generation before.
struct Before {
    dir: IndexDir,
    uuid: String,
    generation: u64,
    record: SourcesRecord,
}

impl Before {
    /// What there is to go on. A missing, damaged or older index is as none; a newer or foreign one is left alone.
    fn open(dir: &IndexDir, options: &BuildOptions) -> Result<Self, IndexError> {
        let nothing =
            || Self { dir: dir.clone(), uuid: Manifest::new_uuid(), generation: 0, record: SourcesRecord::default() };
        let manifest = match dir.open(Part::Public) {
            Ok(open) => open.manifest,
            Err(error @ IndexError::Foreign(_)) => return Err(error),
            Err(error @ (IndexError::Io { .. } | IndexError::Version { newer: true, .. })) if !options.rebuild => {
                return Err(error);
            }
            Err(_) => return Ok(nothing()),
        };
        let record = dir.sources().as_deref().and_then(SourcesRecord::read);
        Ok(Self {
            dir: dir.clone(),
            uuid: manifest.uuid,
            generation: manifest.generation,
            record: record.unwrap_or_default(),
        })
    }

    fn says_the_same(&self, readers: &[ArchiveReader<'_>], options: &BuildOptions) -> bool {
        self.generation > 0
            && !options.rebuild
            && self.record.archives.len() == readers.len()
            && readers.iter().all(|reader| reader.unchanged_since(self, options) && reader.is_dated_alike(self))
    }

    fn report(&self, readers: &[ArchiveReader<'_>]) -> Report {
        let archives = readers.iter().map(|reader| {
            let name = reader.input.archive.archive.name.clone();
            let notes = self.record.archives.get(&name);
            ArchiveReport {
                files: notes.map_or(0, |notes| notes.sources.len()),
                entries: notes.map_or(0, |notes| notes.entries.len()),
                unchanged: true,
                kept: notes.map_or(0, |notes| notes.kept),
                left_out: notes.map_or(0, |notes| notes.left_out),
                name,
                ..ArchiveReport::default()
            }
        });
        Report { generation: self.generation, nothing_changed: true, archives: archives.collect() }
    }

    /// The entries that the generation before has of an archive.
    fn entries(&self, archive: &str) -> Result<Vec<Entry>, IndexError> {
        let stored = |open| concepts::stored_entries(&open, archive).ok_or_else(|| self.dir.damaged("its entries"));
        let mut entries = stored(self.dir.open(Part::Public)?)?;
        match self.dir.open(Part::Private) {
            Ok(open) => entries.extend(stored(open)?),
            Err(IndexError::Missing(_)) => {}
            Err(error) => return Err(error),
        }
        entries.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(entries)
    }
}

/// One archive with its authorities and the state of its files.
struct ArchiveReader<'a> {
    input: &'a BuildInput,
    people: Authority,
    projects: Authority,
    survey: survey::Survey,
}

/// One archive, read.
struct ReadArchive<'a> {
    input: &'a BuildInput,
    people: Authority,
    projects: Authority,
    entries: Vec<Entry>,
    notes: ArchiveNotes,
    report: ArchiveReport,
}

impl<'a> ArchiveReader<'a> {
    fn new(input: &'a BuildInput, options: &BuildOptions) -> Result<Self, BuildError> {
        let (people, projects) = authorities(input)?;
        Ok(Self { people, projects, survey: survey::survey(input, &options.limits), input })
    }

    fn name(&self) -> &str {
        &self.input.archive.archive.name
    }

    fn unchanged_since(&self, before: &Before, options: &BuildOptions) -> bool {
        let same = |notes: &ArchiveNotes| self.survey.same_as(notes) && !(options.prune && notes.kept > 0);
        !options.rebuild && before.record.archives.get(self.name()).is_some_and(same)
    }

    /// Whether its files bear the times that are noted of them. Where they do not, the notes are written anew: every search
    /// would look at all bytes again.
    fn is_dated_alike(&self, before: &Before) -> bool {
        before.record.archives.get(self.name()).is_some_and(|notes| self.survey.agrees(notes))
    }

    fn read(
        mut self,
        before: &Before,
        options: &BuildOptions,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<ReadArchive<'a>, BuildError> {
        let name = self.name().to_owned();
        let old_notes = before.record.archives.get(&name).cloned().unwrap_or_default();
        let mut report = ArchiveReport { name: name.clone(), files: self.survey.sources.len(), ..Default::default() };
        if self.unchanged_since(before, options)
            && let Ok(entries) = before.entries(&name)
        {
            report.unchanged = true;
            (report.kept, report.left_out) = (old_notes.kept, old_notes.left_out);
            return Ok(self.finish(entries, &old_notes, report));
        }
        let mut entries = match self.entries_to_rename(before, &old_notes, options) {
            Some(entries) => {
                report.left_out = old_notes.left_out;
                entries
            }
            None => {
                let read = extract(&self.input.archive, &options.limits, progress);
                self.survey.was_read(&read.sources, &read.problems);
                report.left_out = read.problems.iter().filter(|problem| problem.kind.leaves_out()).count();
                report.problems = read.problems;
                read.entries
            }
        };
        if !options.prune && !old_notes.entries.is_empty() {
            report.kept = self.keep_lost(before, &old_notes, options, &mut entries, &report.problems)?;
        }
        number(&mut entries);
        annotator(self.input, &self.people, &self.projects).mark(&mut entries);
        Ok(self.finish(entries, &old_notes, report))
    }

    /// The entries of the generation before, where nothing but the authority files changed since: they only need to be
    /// asked anew whom they name.
    fn entries_to_rename(&self, before: &Before, notes: &ArchiveNotes, options: &BuildOptions) -> Option<Vec<Entry>> {
        let same = !options.rebuild && notes.kept == 0 && self.survey.same_sources(notes);
        same.then(|| before.entries(self.name()).ok())?
    }

    /// Puts back the entries whose sources cannot be read now or are suddenly gone; says how many there were.
    fn keep_lost(
        &mut self,
        before: &Before,
        notes: &ArchiveNotes,
        options: &BuildOptions,
        entries: &mut Vec<Entry>,
        problems: &[Problem],
    ) -> Result<usize, IndexError> {
        let losses = Losses::new(notes, &self.survey.sources, problems, entries.len());
        if losses.is_none() {
            return Ok(0);
        }
        let old = match before.entries(self.name()) {
            // Who asks for all to be read again knows that the index cannot be read.
            Err(_) if options.rebuild => return Ok(0),
            old => old?,
        };
        let kept = losses.of(old, entries, &self.input.archive);
        losses.note(&kept, notes, &mut self.survey.sources);
        let count = kept.len();
        entries.extend(kept);
        Ok(count)
    }

    fn finish(self, entries: Vec<Entry>, old: &ArchiveNotes, mut report: ArchiveReport) -> ReadArchive<'a> {
        let hashes: Vec<_> =
            entries.par_iter().map(|entry| (entry.id.to_string(), concepts::fingerprint(entry))).collect();
        let hashes: BTreeMap<String, String> = hashes.into_iter().collect();
        report.entries = entries.len();
        report.private = entries.iter().filter(|entry| entry.visibility == Visibility::Private).count();
        report.new = hashes.keys().filter(|id| !old.entries.contains_key(*id)).count();
        report.removed = old.entries.keys().filter(|id| !hashes.contains_key(*id)).count();
        for (id, hash) in &hashes {
            match old.entries.get(id) {
                Some(before) if before == hash => {}
                Some(before) if concepts::same_words(before, hash) => report.renamed.push(id.clone()),
                Some(_) => report.changed += 1,
                None => {}
            }
        }
        let notes = self.survey.into_notes(hashes, &report);
        ReadArchive { input: self.input, people: self.people, projects: self.projects, entries, notes, report }
    }
}

/// Reads the authority files of an archive.
fn authorities(input: &BuildInput) -> Result<(Authority, Authority), BuildError> {
    let read = |facet: Facet, path: &Option<PathBuf>| {
        let Some(path) = path else { return Ok(Authority::default()) };
        let text =
            std::fs::read_to_string(path).map_err(|source| BuildError::Unreadable { path: path.clone(), source })?;
        authority::parse(facet, &text).map_err(|error| BuildError::Authority { path: path.clone(), error })
    };
    Ok((read(Facet::Person, &input.people)?, read(Facet::Project, &input.projects)?))
}

/// What finds whom and what the entries name. What public entries are found to name never depends on private ones.
fn annotator(input: &BuildInput, people: &Authority, projects: &Authority) -> Annotator {
    Annotator::new(people, projects, &input.archive.archive, input.discover)
}

/// Numbers the entries of each day: the public ones as if there were no others, the private ones after them.
fn number(entries: &mut [Entry]) {
    let mut taken: HashMap<(String, String), u32> = HashMap::new();
    for visibility in [Visibility::Public, Visibility::Private] {
        for entry in entries.iter_mut().filter(|entry| entry.visibility == visibility) {
            let (archive, date) = (entry.id.archive().to_owned(), entry.id.date_part().to_owned());
            let ordinal = taken.entry((archive.clone(), date.clone())).or_default();
            *ordinal += 1;
            entry.id = EntryId::new(&archive, &date, *ordinal);
        }
    }
}

/// Writes both parts and publishes them.
fn write(
    draft: Draft,
    before: &Before,
    archives: &mut [ReadArchive<'_>],
    options: &BuildOptions,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<(), BuildError> {
    let generation = draft.number();
    let has_private = archives.iter().any(|archive| archive.report.private > 0);
    let mut manifests = Vec::new();
    for (visibility, wanted) in [(Visibility::Public, true), (Visibility::Private, has_private)] {
        if !wanted {
            continue;
        }
        let folder = match visibility {
            Visibility::Public => draft.public(),
            Visibility::Private => draft.private()?,
        };
        let all = archives.iter().flat_map(|archive| &archive.entries);
        let entries: Vec<&Entry> = all.filter(|entry| entry.visibility == visibility).collect();
        let total = entries.len();
        let sink = SinkOptions { threads: options.jobs, memory: options.memory };
        let packing = Packing::of(&entries);
        draft.write_packing(&folder, &packing)?;
        sink::write(&folder, &entries, &packing, sink, &|done| progress(Progress::Indexed { done, total }))
            .map_err(|error| BuildError::Engine(engine_words(&error)))?;
        let authorities = archives.iter().map(|archive| (&archive.people, &archive.projects));
        draft.write_names(&folder, &concepts::concepts(&entries, authorities, visibility))?;
        let records = archives.iter().filter_map(|archive| record(archive.input, &entries, visibility)).collect();
        manifests.push(Manifest::new(&before.uuid, generation, entries.len() as u64, records));
    }
    let notes = archives.iter_mut().map(|archive| (archive.report.name.clone(), std::mem::take(&mut archive.notes)));
    let sources = SourcesRecord { archives: notes.collect() };
    let mut manifests = manifests.into_iter();
    if let Some(public) = manifests.next() {
        draft.publish(public, manifests.next(), &sources.write())?;
    }
    Ok(())
}

/// What a manifest says of an archive; nothing of one that has no entries in this part, unless it is the public one.
fn record(input: &BuildInput, entries: &[&Entry], visibility: Visibility) -> Option<ArchiveRecord> {
    let archive = &input.archive.archive;
    let own: Vec<&&Entry> = entries.iter().filter(|entry| entry.id.archive() == archive.name).collect();
    if own.is_empty() && visibility == Visibility::Private {
        return None;
    }
    let first = own.iter().filter_map(|entry| entry.date.printed()).min();
    let last = own.iter().filter_map(|entry| entry.date.printed_last()).max();
    let calendar = own.iter().find(|entry| entry.date.days.is_some()).map(|entry| entry.date.calendar);
    Some(ArchiveRecord {
        name: archive.name.clone(),
        title: archive.title.clone(),
        base_url: archive.base_url.clone(),
        southern: archive.hemisphere == Hemisphere::South,
        calendar: calendar.unwrap_or(archive.reckoning.calendar).to_string(),
        entries: own.len() as u64,
        range: first.zip(last).map(|(first, last)| (first.to_string(), last.to_string())),
    })
}

/// What stopped the engine, in words: what the system said to it, wherever it met that.
fn engine_words(error: &tantivy::TantivyError) -> String {
    use tantivy::TantivyError as Engine;
    use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
    let said = match error {
        Engine::IoError(said)
        | Engine::OpenDirectoryError(OpenDirectoryError::IoError { io_error: said, .. })
        | Engine::OpenDirectoryError(OpenDirectoryError::FailedToCreateTempDir(said))
        | Engine::OpenReadError(OpenReadError::IoError { io_error: said, .. })
        | Engine::OpenWriteError(OpenWriteError::IoError { io_error: said, .. })
        | Engine::LockFailure(LockError::IoError(said), _) => said.to_string(),
        Engine::LockFailure(..) => return "its folder is locked".to_owned(),
        Engine::SystemError(said) | Engine::ErrorInThread(said) | Engine::InternalError(said) => said.clone(),
        _ => return "its engine stopped".to_owned(),
    };
    said.split(" (os error").next().unwrap_or_default().to_lowercase()
}
