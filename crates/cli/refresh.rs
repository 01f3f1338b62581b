//! An index that is there when it is needed: built where there is none, refreshed where that is quick.

use crate::config::ArchiveConfig;
use crate::progress::ProgressView;
use crate::settings::Settings;
use crate::terminal::{errors_are_read, remark};
use diary_index_schema::store::{IndexDir, IndexError};
use diary_ingest::build::{ArchiveReport, BuildError, BuildInput, BuildOptions, Report, Staleness, build, staleness};
use diary_ingest::{ArchiveInput, Problem, ProblemKind, ProfileChoice, find};
use diary_render::words;
use std::collections::BTreeMap;
use std::path::Path;

/// More bytes than this to be read again are not read while someone waits for an answer.
const SMALL: u64 = 16 * 1024 * 1024;

/// Whether sources are looked at before an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refresh {
    /// Where that is quick.
    WhenSmall,
    /// However long it takes.
    Always,
    /// Not at all.
    Never,
}

/// What an ingest is to be told of these archives.
pub fn inputs(archives: &[ArchiveConfig]) -> Vec<BuildInput> {
    let input = |config: &ArchiveConfig| BuildInput {
        archive: ArchiveInput {
            archive: config.archive.clone(),
            root: config.root.clone(),
            sources: config.sources.clone(),
            exclude: config.exclude.clone(),
            private: config.private.clone(),
            profile: ProfileChoice {
                reckoning: config.calendar_given.then_some(config.archive.reckoning),
                ..config.profile.clone()
            },
        },
        people: config.people.clone(),
        projects: config.projects.clone(),
        discover: config.discover,
    };
    archives.iter().map(input).collect()
}

/// Sees to it that there is an index, and that it shows what the sources say where that is quick to do.
///
/// # Errors
///
/// Where there is no index and none can be built. An index that cannot be refreshed answers as it is.
pub fn prepare(settings: &Settings, how: Refresh) -> Result<(), BuildError> {
    if how == Refresh::Never {
        return Ok(());
    }
    let index = &settings.index.value;
    let archives = settings.indexed(false);
    if archives.is_empty() || holds_others(index, &archives) {
        return Ok(());
    }
    let inputs = inputs(&archives);
    match staleness(index, &inputs) {
        Staleness::Fresh => Ok(()),
        Staleness::NoIndex => {
            let report = match build_visibly(index, &inputs, &BuildOptions::default()) {
                // What somebody else has built can be read, though not compared with its sources.
                Err(BuildError::Index(IndexError::Io { .. })) if IndexDir::new(index).current_manifest().is_ok() => {
                    return Ok(());
                }
                built => built?,
            };
            remark(&format!("built the index in {}: {}", index.display(), summary(&report)));
            Ok(())
        }
        Staleness::Stale { bytes } if bytes > SMALL && how == Refresh::WhenSmall => {
            // Of an index that cannot be read, such as an older program's, it is said what to do when it is opened.
            if IndexDir::new(index).current_manifest().is_ok() {
                let size = bytes >> 20;
                remark(&format!("the sources changed since the last ingest ({size} MB to read): --refresh reads them"));
            }
            Ok(())
        }
        Staleness::Stale { .. } => {
            match build_visibly(index, &inputs, &BuildOptions::default()) {
                Ok(report) if report.nothing_changed => {}
                Ok(report) => remark(&format!("refreshed the index: {}", summary(&report))),
                Err(error) => remark(&format!("the index is older than the sources: {error}")),
            }
            Ok(())
        }
    }
}

/// An error as one sentence: what was tried, each cause once, and a way out where the index cannot be put where it
/// should be.
pub fn sentence(error: &anyhow::Error) -> String {
    let mut said = String::new();
    for cause in error.chain().map(ToString::to_string) {
        let cause = match cause.split_once(" (os error") {
            Some((plain, _)) => plain.to_lowercase(),
            None => cause,
        };
        if said.is_empty() {
            said.push_str(&cause);
        } else if !said.to_lowercase().contains(&cause.to_lowercase()) {
            said.push_str(&format!(": {cause}"));
        }
    }
    let index = match error.downcast_ref::<BuildError>() {
        Some(BuildError::Index(index)) => Some(index),
        _ => error.downcast_ref::<IndexError>(),
    };
    if let Some(IndexError::Io { what: "make", .. }) = index {
        said.push_str("; --index DIR puts the index elsewhere");
    }
    said
}

/// Whether the index has archives that no settings name: it was built on purpose, and is not ours to change.
fn holds_others(index: &Path, known: &[ArchiveConfig]) -> bool {
    let Ok(manifest) = IndexDir::new(index).current_manifest() else { return false };
    let is_known = |name: &str| known.iter().any(|config| config.archive.name == name);
    manifest.archives.iter().any(|archive| !is_known(&archive.name))
}

/// Builds with a progress bar on the standard error, where someone reads it.
///
/// # Errors
///
/// As [`build`].
pub fn build_visibly(index: &Path, inputs: &[BuildInput], options: &BuildOptions) -> Result<Report, BuildError> {
    let view = ProgressView::new(to_be_read(index, inputs, options));
    build(index, inputs, options, &|progress| view.show(progress))
}

/// How many bytes a build will read; nothing where nobody is to be told.
fn to_be_read(index: &Path, inputs: &[BuildInput], options: &BuildOptions) -> Option<u64> {
    let all = || bytes_of(inputs, options);
    match errors_are_read() {
        false => None,
        true if options.rebuild => Some(all()),
        true => Some(match staleness(index, inputs) {
            Staleness::NoIndex => all(),
            Staleness::Fresh => 0,
            Staleness::Stale { bytes } => bytes,
        }),
    }
}

/// How many bytes the sources of these archives have.
pub fn bytes_of(inputs: &[BuildInput], options: &BuildOptions) -> u64 {
    let of = |input: &BuildInput| {
        find(&input.archive, &options.limits).sources.iter().map(|source| source.bytes).sum::<u64>()
    };
    inputs.iter().map(of).sum()
}

/// Of so many entries that name others than before the ids are shown at most.
const FEW: usize = 4;

/// `64 entries from 1 file: 64 new · 3 date conflicts (--report)`.
pub fn summary(report: &Report) -> String {
    let sum = |count: fn(&ArchiveReport) -> usize| report.archives.iter().map(count).sum::<usize>();
    let renamed: Vec<&str> = report.renamed().collect();
    let naming = match renamed.get(..FEW) {
        Some(some) => format!("naming others than before: {}, …", some.join(", ")),
        None => format!("naming others than before: {}", renamed.join(", ")),
    };
    let mut facts = Vec::new();
    for (count, what) in [
        (sum(|archive| archive.new), "new"),
        (sum(|archive| archive.changed), "changed"),
        (renamed.len(), &naming),
        (sum(|archive| archive.removed), "removed"),
    ] {
        facts.extend((count > 0).then(|| format!("{} {what}", words::number(count as u64))));
    }
    if facts.is_empty() {
        facts.push("nothing changed".to_owned());
    }
    let kept = sum(|archive| archive.kept);
    if kept > 0 {
        let count = words::number(kept as u64);
        facts.push(format!("{count} kept though their sources are gone or unreadable (--prune lets them go)"));
    }
    let left_out: usize =
        report.archives.iter().filter(|archive| archive.unchanged).map(|archive| archive.left_out).sum();
    if left_out > 0 {
        facts.push(format!("{} still left out (--report)", words::number(left_out as u64)));
    }
    let problems = count_problems(report.problems().map(|(_, problem)| problem));
    if !problems.is_empty() {
        facts.push(format!("{problems} (--report)"));
    }
    format!("{}: {}", entries_from(report.entries(), sum(|archive| archive.files)), facts.join(" · "))
}

/// `64 entries from 1 file`.
pub fn entries_from(entries: usize, files: usize) -> String {
    let files = if files == 1 { "1 file".to_owned() } else { format!("{} files", words::number(files as u64)) };
    format!("{} from {files}", words::entries(entries as u64))
}

/// `3 date conflicts · 1 unreadable`; empty for none.
pub fn count_problems<'a>(problems: impl Iterator<Item = &'a Problem>) -> String {
    let mut counts: BTreeMap<ProblemKind, usize> = BTreeMap::new();
    problems.for_each(|problem| *counts.entry(problem.kind).or_default() += problem.times);
    let said = counts.into_iter().map(|(kind, count)| format!("{} {}", words::number(count as u64), name(kind, count)));
    said.collect::<Vec<_>>().join(" · ")
}

/// What so many problems of one kind are called.
fn name(kind: ProblemKind, count: usize) -> String {
    let (one, several) = match kind {
        ProblemKind::DateConflict => ("date conflict", "date conflicts"),
        ProblemKind::ImpossibleDate => ("impossible date", "impossible dates"),
        ProblemKind::RepairedDate => ("repaired date", "repaired dates"),
        ProblemKind::MissingDate => ("missing date", "missing dates"),
        ProblemKind::Duplicate => ("duplicate", "duplicates"),
        ProblemKind::Empty => ("empty entry", "empty entries"),
        ProblemKind::NoEntries => ("file without entries", "files without entries"),
        ProblemKind::WrongEncoding => ("wrong encoding", "wrong encodings"),
        ProblemKind::SkippedLink => ("skipped link", "skipped links"),
        ProblemKind::BadSetting => ("bad setting", "bad settings"),
        other => return other.name().replace('-', " "),
    };
    if count == 1 { one.to_owned() } else { several.to_owned() }
}
