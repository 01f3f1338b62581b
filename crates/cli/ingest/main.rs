//! diary-ingest: writes.

mod args;
mod report;

use anyhow::{Result, anyhow};
use args::{Args, ReportFormat};
use clap::{CommandFactory, Parser};
use diary_cli::config::ArchiveConfig;
use diary_cli::generate::generate;
use diary_cli::refresh::{bar, build_visibly, count_problems, entries_from, inputs, show, summary};
use diary_cli::settings::{Settings, archives_of};
use diary_cli::terminal::{Exit, print, remark};
use diary_index_schema::store::{IndexDir, IndexError};
use diary_ingest::build::{BuildError, BuildOptions, annotated};
use diary_ingest::{Extraction, Problem};
use diary_render::{entry, words};
use report::Found;
use std::env;
use std::process::ExitCode;

const DONE: Exit = Exit(0);
const FAILED: Exit = Exit(2);
const LEFT_OUT: Exit = Exit(3);
const UNUSABLE: Exit = Exit(4);

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { FAILED.0 } else { DONE.0 });
        }
    };
    let exit = run(&args).unwrap_or_else(|error| {
        remark(&format!("diary-ingest: {error:#}"));
        let index = match error.downcast_ref::<BuildError>() {
            Some(BuildError::Index(index)) => Some(index),
            _ => error.downcast_ref::<IndexError>(),
        };
        match index {
            None | Some(IndexError::Busy(_) | IndexError::Io { .. }) => FAILED,
            Some(_) => UNUSABLE,
        }
    });
    exit.into()
}

fn run(args: &Args) -> Result<Exit> {
    if let Some(what) = args.generate {
        print(&generate(what, Args::command())?)?;
        return Ok(DONE);
    }
    let settings = Settings::find(&args.shared)?;
    if args.verbose {
        remark(settings.explain().trim_end());
    }
    if args.check {
        return check(&settings);
    }
    let archives = archives_of(&settings, &args.paths)?;
    if archives.is_empty() {
        return Err(anyhow!("there is nothing to read: name a folder, or write a diary.toml with an [[archive]]"));
    }
    if args.entries.is_some() || args.people_suggest || args.dry_run {
        return read_only(args, &archives);
    }
    write(args, &settings, archives)
}

/// Verifies the index.
fn check(settings: &Settings) -> Result<Exit> {
    let index = &settings.index.value;
    let manifest = IndexDir::new(index).check()?;
    let entries = words::entries(manifest.entries);
    print(&format!("the index in {} is whole: {entries}, generation {}\n", index.display(), manifest.generation))?;
    Ok(DONE)
}

/// Builds or refreshes the index. In the index of a project its own archives stay when others are named.
fn write(args: &Args, settings: &Settings, named: Vec<ArchiveConfig>) -> Result<Exit> {
    let mut archives = named;
    let of_project = if args.shared.index.is_none() { settings.archives.as_slice() } else { &[] };
    for known in of_project {
        if archives.iter().all(|archive| archive.archive.name != known.archive.name) {
            archives.push(known.clone());
        }
    }
    archives.sort_by(|a, b| a.archive.name.cmp(&b.archive.name));
    let inputs = inputs(&archives);
    let usual = BuildOptions::default();
    let options = BuildOptions {
        rebuild: args.rebuild,
        prune: args.prune,
        jobs: args.jobs.map_or(usual.jobs, usize::from),
        memory: args.memory.unwrap_or(usual.memory),
        ..usual
    };
    let report = build_visibly(&settings.index.value, &inputs, &options)?;
    if !args.quiet {
        remark(&summary(&report));
    }
    // What was not read again has its problems still: they are looked for once more when someone asks.
    let mut problems: Vec<(usize, Problem)> = Vec::new();
    for (i, (input, archive)) in inputs.iter().zip(&report.archives).enumerate() {
        let again = archive.unchanged && (args.report.is_some() || args.strict);
        let found =
            if again { annotated(input, &options.limits, &|_| {})?.0.problems } else { archive.problems.clone() };
        problems.extend(found.into_iter().map(|problem| (i, problem)));
    }
    let is_incomplete = report.incomplete();
    finish(args, &archives, &problems, is_incomplete)
}

/// Reads and annotates, and writes no index.
fn read_only(args: &Args, archives: &[ArchiveConfig]) -> Result<Exit> {
    let (mut problems, mut entries, mut files) = (Vec::new(), 0, 0);
    let progress = bar();
    for (i, input) in inputs(archives).iter().enumerate() {
        let (extraction, suggestions) =
            annotated(input, &BuildOptions::default().limits, &|step| show(&progress, step))?;
        let Extraction { entries: found, problems: wrong, sources, .. } = extraction;
        if args.entries.is_some() {
            progress.suspend(|| found.iter().try_for_each(|found| print(&entry::line(found))))?;
        }
        if args.people_suggest {
            let text: Vec<&str> = suggestions.iter().map(|suggestion| suggestion.toml.trim_end()).collect();
            progress.suspend(|| print(&text.iter().map(|toml| format!("{toml}\n\n")).collect::<String>()))?;
        }
        entries += found.len();
        files += sources.len();
        problems.extend(wrong.into_iter().map(|problem| (i, problem)));
    }
    progress.finish_and_clear();
    if !args.quiet && args.entries.is_none() {
        let said = count_problems(problems.iter().map(|(_, problem)| problem.kind));
        let said = if said.is_empty() { said } else { format!(" · {said}") };
        remark(&format!("{}: nothing written{said}", entries_from(entries, files)));
    }
    let is_incomplete = problems.iter().any(|(_, problem)| problem.kind.leaves_out());
    finish(args, archives, &problems, is_incomplete)
}

/// Reports the problems where that is asked for, and says by the exit status whether all was read.
fn finish(args: &Args, archives: &[ArchiveConfig], problems: &[(usize, Problem)], is_incomplete: bool) -> Result<Exit> {
    let found: Vec<Found> =
        problems.iter().filter_map(|(i, problem)| archives.get(*i).map(|archive| Found { archive, problem })).collect();
    match args.report {
        Some(ReportFormat::Text) => print(&report::text(&found, &env::current_dir().unwrap_or_default()))?,
        Some(ReportFormat::Json) => print(&report::json(&found)?)?,
        None => {}
    }
    Ok(if is_incomplete || (args.strict && !problems.is_empty()) { LEFT_OUT } else { DONE })
}
