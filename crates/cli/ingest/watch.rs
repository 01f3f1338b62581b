//! `--watch`: an index that follows its sources.

use crate::args::Args;
use anyhow::{Context, Result};
use diary_cli::config::ArchiveConfig;
use diary_cli::refresh::{build_visibly, inputs, summary};
use diary_cli::terminal::remark;
use diary_ingest::build::{BuildOptions, Staleness, staleness};
use notify_debouncer_full::notify::{EventKind, RecursiveMode};
use notify_debouncer_full::{DebouncedEvent, new_debouncer};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

/// Editors save in several steps, and several files are saved at once: so long nothing more must have happened.
const QUIET: Duration = Duration::from_millis(500);

/// Reads again what changes. Ends with the program.
pub(crate) fn watch(args: &Args, index: &Path, archives: &[ArchiveConfig], options: &BuildOptions) -> Result<()> {
    let (sender, events) = mpsc::channel();
    let mut debouncer = new_debouncer(QUIET, None, sender).context("this system does not say what changes")?;
    let places = places(archives);
    for (place, mode) in &places {
        debouncer.watch(place, *mode).with_context(|| format!("cannot watch {}", place.display()))?;
    }
    let inputs = inputs(archives);
    remark(&format!("watching {}; interrupt to end", listed(archives)));
    for event in events {
        let is_of_concern = match event {
            Ok(events) => events.iter().any(|event| concerns(event, index)),
            // Events were lost, so that anything may have changed.
            Err(_) => true,
        };
        if !is_of_concern || staleness(index, &inputs) == Staleness::Fresh {
            continue;
        }
        match build_visibly(index, &inputs, options) {
            Ok(report) if report.nothing_changed => {}
            Ok(report) if args.quiet => drop(report),
            Ok(report) => remark(&summary(&report)),
            // A file that is half written, a name with two owners: the next save may mend it.
            Err(error) => remark(&format!("the index stays as it is: {error}")),
        }
    }
    Ok(())
}

/// The folders to watch: each root with all below it, and those that hold a root or an authority file. A file is
/// watched by its folder, since editors put a new file in its place.
fn places(archives: &[ArchiveConfig]) -> BTreeSet<(PathBuf, RecursiveMode)> {
    let folder = |path: &Path| {
        path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned()
    };
    let mut places = BTreeSet::new();
    for config in archives {
        match config.root.is_dir() {
            true => places.insert((config.root.clone(), RecursiveMode::Recursive)),
            false => places.insert((folder(&config.root), RecursiveMode::NonRecursive)),
        };
        for file in config.people.iter().chain(&config.projects) {
            let place = folder(file);
            if !archives.iter().any(|config| config.root.is_dir() && place.starts_with(&config.root)) {
                places.insert((place, RecursiveMode::NonRecursive));
            }
        }
    }
    places
}

/// Whether something may have changed that the index does not know; what is written into the index itself is known.
fn concerns(event: &DebouncedEvent, index: &Path) -> bool {
    let index = index.canonicalize().unwrap_or_else(|_| index.to_owned());
    let is_elsewhere = |path: &PathBuf| !path.starts_with(&index);
    !matches!(event.kind, EventKind::Access(_)) && (event.paths.is_empty() || event.paths.iter().any(is_elsewhere))
}

fn listed(archives: &[ArchiveConfig]) -> String {
    archives.iter().map(|config| config.archive.name.as_str()).collect::<Vec<_>>().join(", ")
}
