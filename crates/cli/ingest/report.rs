//! What was wrong in the input, for people and programs.

use diary_cli::config::ArchiveConfig;
use diary_ingest::{Problem, ProblemKind};
use diary_render::{one_line, words};
use serde::Serialize;
use std::path::Path;

/// A problem and the archive it is of.
pub(crate) struct Found<'a> {
    pub(crate) archive: &'a ArchiveConfig,
    pub(crate) problem: &'a Problem,
}

impl Found<'_> {
    /// The file as it can be opened from `here`, with its line.
    fn place(&self, here: &Path) -> String {
        let root = &self.archive.root;
        let path = if root.is_file() { root.clone() } else { root.join(&self.problem.source) };
        let shown = one_line(&path.strip_prefix(here).unwrap_or(&path).display().to_string());
        if self.problem.line > 0 { format!("{shown}:{}", self.problem.line) } else { shown }
    }
}

/// Grouped by kind, each with its place.
pub(crate) fn text(problems: &[Found], here: &Path) -> String {
    let mut text = String::new();
    for kind in ProblemKind::ALL {
        let of_kind: Vec<&Found> = problems.iter().filter(|found| found.problem.kind == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        let gap = if text.is_empty() { "" } else { "\n" };
        text.push_str(&format!(
            "{gap}{} ({})\n",
            kind.name(),
            words::number(of_kind.iter().map(|found| found.problem.times as u64).sum())
        ));
        for found in of_kind {
            text.push_str(&format!("  {}: {}\n", found.place(here), one_line(&found.problem.message)));
        }
    }
    text
}

/// The entries that name others than before, all of them.
pub(crate) fn renamed<'r>(ids: impl Iterator<Item = &'r str>) -> String {
    let ids: Vec<&str> = ids.collect();
    if ids.is_empty() {
        return String::new();
    }
    let count = words::number(ids.len() as u64);
    format!("naming others than before ({count})\n{}", ids.iter().map(|id| format!("  {id}\n")).collect::<String>())
}

#[derive(Serialize)]
struct Line<'a> {
    kind: &'a str,
    archive: &'a str,
    source: &'a str,
    line: Option<usize>,
    message: &'a str,
    entry: Option<&'a str>,
    left_out: bool,
}

/// One object a line.
pub(crate) fn json(problems: &[Found]) -> serde_json::Result<String> {
    let mut text = String::new();
    for Found { archive, problem } in problems {
        let line = Line {
            kind: problem.kind.name(),
            archive: &archive.archive.name,
            source: &problem.source,
            line: Some(problem.line).filter(|line| *line > 0),
            message: &problem.message,
            entry: problem.entry.as_ref().map(diary::EntryId::as_str),
            left_out: problem.kind.leaves_out(),
        };
        text.push_str(&serde_json::to_string(&line)?);
        text.push('\n');
    }
    Ok(text)
}
