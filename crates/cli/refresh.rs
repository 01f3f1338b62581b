//! An index that is there when it is needed: built where there is none, refreshed where that is quick.

use crate::config::ArchiveConfig;
use crate::settings::Settings;
use crate::terminal::{errors_are_read, remark};
use diary_ingest::build::{ArchiveReport, BuildError, BuildInput, BuildOptions, Report, Staleness, build, staleness};
use diary_ingest::{ArchiveInput, ProblemKind, ProfileChoice, Progress};
use diary_render::words;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
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
                ..ProfileChoice::default()
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
    let index = &settings.index.value;
    if settings.archives.is_empty() || how == Refresh::Never || holds_others(settings) {
        return Ok(());
    }
    let inputs = inputs(&settings.archives);
    match staleness(index, &inputs) {
        Staleness::Fresh => Ok(()),
        Staleness::NoIndex => {
            let report = build_visibly(index, &inputs, &BuildOptions::default())?;
            remark(&format!("built the index in {}: {}", index.display(), summary(&report)));
            Ok(())
        }
        Staleness::Stale { bytes } if bytes > SMALL && how == Refresh::WhenSmall => {
            remark(&format!(
                "the sources changed since the last ingest ({} MB to read): --refresh reads them",
                bytes >> 20
            ));
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

/// Whether the index has archives that no settings name: it was built on purpose, and is not ours to change.
fn holds_others(settings: &Settings) -> bool {
    let Ok(manifest) = diary_index_schema::store::IndexDir::new(&settings.index.value).current_manifest() else {
        return false;
    };
    let is_known = |name: &str| settings.archives.iter().any(|config| config.archive.name == name);
    manifest.archives.iter().any(|archive| !is_known(&archive.name))
}

/// Builds with a progress bar on the standard error, where someone reads it.
///
/// # Errors
///
/// As [`build`].
pub fn build_visibly(index: &Path, inputs: &[BuildInput], options: &BuildOptions) -> Result<Report, BuildError> {
    let bar = bar();
    let report = build(index, inputs, options, &|progress| show(&bar, progress));
    bar.finish_and_clear();
    report
}

/// A bar that shows how far an ingest has come; nothing where nobody reads it.
pub fn bar() -> ProgressBar {
    let target = if errors_are_read() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(0), target);
    let template = "{spinner} {pos}/{len} files {wide_bar} {msg} {eta} left";
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// Moves the bar.
pub fn show(bar: &ProgressBar, progress: Progress) {
    match progress {
        Progress::Found(sources) => bar.inc_length(sources as u64),
        Progress::Read(_) => bar.inc(1),
        Progress::Entries(entries) => bar.set_message(words::entries(entries as u64)),
        Progress::Indexed { done, total } => {
            bar.set_message(format!("{} of {} indexed", words::number(done as u64), words::number(total as u64)));
        }
    }
}

/// `64 entries from 1 file: 64 new · 3 date conflicts (--report)`.
pub fn summary(report: &Report) -> String {
    let sum = |count: fn(&ArchiveReport) -> usize| report.archives.iter().map(count).sum::<usize>();
    let mut facts = Vec::new();
    for (count, what) in [
        (sum(|archive| archive.new), "new"),
        (sum(|archive| archive.changed), "changed"),
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
    let problems = count_problems(report.problems().map(|(_, problem)| problem.kind));
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
pub fn count_problems(kinds: impl Iterator<Item = ProblemKind>) -> String {
    let mut counts: BTreeMap<ProblemKind, usize> = BTreeMap::new();
    kinds.for_each(|kind| *counts.entry(kind).or_default() += 1);
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
