//! diary-ingest: writes.

mod archives;
mod args;
mod people;
mod report;
mod watch;

use anyhow::{Result, anyhow};
use args::{Args, ReportFormat};
use clap::CommandFactory;
use diary::Facet;
use diary_cli::arguments::arguments;
use diary_cli::config::ArchiveConfig;
use diary_cli::generate::generate;
use diary_cli::progress::ProgressView;
use diary_cli::refresh::{build_visibly, bytes_of, count_problems, entries_from, inputs, sentence, summary};
use diary_cli::remembered::remember;
use diary_cli::settings::{Settings, archives_of};
use diary_cli::terminal::{Exit, errors_are_read, print, remark, wipe_line};
use diary_index_schema::store::{IndexDir, IndexError, Part};
use diary_ingest::build::{BuildError, BuildOptions, annotated};
use diary_ingest::{Extraction, Problem};
use diary_render::{entry, one_line, words};
use report::Found;
use signal_hook::consts::{SIGINT, SIGTERM, SIGXFSZ};
use signal_hook::iterator::Signals;
use std::env;
use std::process::ExitCode;
use std::sync::Arc;
use watch::watch;

pub(crate) const DONE: Exit = Exit(0);
const FAILED: Exit = Exit(2);
const LEFT_OUT: Exit = Exit(3);
const UNUSABLE: Exit = Exit(4);

fn main() -> ExitCode {
    end_on_signals();
    let args = match arguments::<Args>(FAILED) {
        Ok(args) => args,
        Err(exit) => return exit.into(),
    };
    let exit = run(&args).unwrap_or_else(|error| {
        remark(&format!("diary-ingest: {}", sentence(&error)));
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

/// Ends the program at an interrupt, with a word: nothing that a reader can see is ever half written.
fn end_on_signals() {
    // A limit on the size of files is then an error of the write, which is said in words.
    let _ = signal_hook::flag::register(SIGXFSZ, Arc::default());
    let Ok(mut signals) = Signals::new([SIGINT, SIGTERM]) else { return };
    std::thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            wipe_line();
            remark("interrupted: the index is as it was last");
            std::process::exit(128 + signal);
        }
    });
}

fn run(args: &Args) -> Result<Exit> {
    if let Some(jobs) = args.jobs {
        // The pool is made once, before anything else could make it.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(usize::from(jobs)).build_global();
    }
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
    let mut archives = archives_of(&settings, &args.paths)?;
    for (facet, words) in [(Facet::Person, &args.people), (Facet::Project, &args.projects)] {
        if let Some(words) = words {
            return people::change(args, facet, words, &archives);
        }
    }
    if args.archive.is_some() {
        archives = vec![people::whose(args, &archives)?.clone()];
    }
    if archives.is_empty() {
        return Err(anyhow!("there is nothing to read: name a folder, or write a diary.toml with an [[archive]]"));
    }
    if args.entries.is_some() || args.people_suggest || args.projects_suggest || args.dry_run {
        return read_only(args, &archives);
    }
    write(args, &settings, archives)
}

/// Verifies the index.
fn check(settings: &Settings) -> Result<Exit> {
    let index = &settings.index.value;
    let manifest = IndexDir::new(index).check()?;
    let entries = words::entries(manifest.entries);
    let place = one_line(&index.display().to_string());
    print(&format!("the index in {place} is whole: {entries}, generation {}\n", manifest.generation))?;
    Ok(DONE)
}

/// Builds or refreshes the index. The archives that it has already stay when others are named.
fn write(args: &Args, settings: &Settings, named: Vec<ArchiveConfig>) -> Result<Exit> {
    let archives = archives::to_index(args, settings, named)?;
    let index = &settings.index.value;
    let inputs = inputs(&archives);
    let usual = BuildOptions::default();
    let options = BuildOptions {
        rebuild: args.rebuild,
        prune: args.prune,
        jobs: args.jobs.map_or(usual.jobs, usize::from),
        memory: args.memory.unwrap_or(usual.memory),
        ..usual
    };
    let of_no_file = |config: &&ArchiveConfig| !settings.archives.contains(config);
    let remembered: Vec<ArchiveConfig> = archives.iter().filter(of_no_file).cloned().collect();
    let remembering = |archives: &[ArchiveConfig]| {
        if let Err(error) = remember(index, archives) {
            remark(&format!("the index cannot remember where its archives are: {}", error.kind()));
        }
    };
    // Whenever the run is stopped, no archive of the index is forgotten.
    let is_there = IndexDir::new(index).open(Part::Public).is_ok();
    if is_there {
        let is_named =
            |known: &&ArchiveConfig| archives.iter().any(|archive| archive.archive.name == known.archive.name);
        let lost = settings.remembered.iter().filter(|known| !is_named(known));
        remembering(&remembered.iter().chain(lost).cloned().collect::<Vec<_>>());
    }
    let report = build_visibly(index, &inputs, &options).inspect_err(|_| {
        if is_there {
            remembering(&settings.remembered);
        }
    })?;
    remembering(&remembered);
    if !args.quiet {
        args.forget.iter().for_each(|name| remark(&format!("{name} is out of the index")));
        remark(&summary(&report));
    }
    if matches!(args.report, Some(ReportFormat::Text)) {
        print(&report::renamed(report.renamed()))?;
    }
    if args.watch {
        let going_on = BuildOptions { rebuild: false, prune: false, ..options };
        watch(args, index, &archives, &going_on)?;
    }
    // What was not read again has its problems still: they are looked for once more when someone asks.
    let mut problems: Vec<(usize, Problem)> = Vec::new();
    let is_incomplete = report.incomplete();
    for (i, (input, archive)) in inputs.iter().zip(report.archives).enumerate() {
        let again = archive.problems.is_empty() && (args.report.is_some() || args.strict);
        let found = if again { annotated(input, &options.limits, &|_| {})?.0.problems } else { archive.problems };
        problems.extend(found.into_iter().map(|problem| (i, problem)));
    }
    finish(args, &archives, &problems, is_incomplete)
}

/// Reads and annotates, and writes no index.
fn read_only(args: &Args, archives: &[ArchiveConfig]) -> Result<Exit> {
    let (mut problems, mut entries, mut files) = (Vec::new(), 0, 0);
    let options = BuildOptions::default();
    let inputs = inputs(archives);
    let view = ProgressView::new(errors_are_read().then(|| bytes_of(&inputs, &options)));
    for (i, input) in inputs.iter().enumerate() {
        let (extraction, suggestions) = annotated(input, &options.limits, &|step| view.show(step))?;
        let Extraction { entries: found, problems: wrong, sources, profile } = extraction;
        if args.entries.is_some() {
            view.aside(|| found.iter().try_for_each(|found| print(&entry::line(found))))?;
        }
        let wanted = match (args.people_suggest, args.projects_suggest) {
            (true, _) => Some(Facet::Person),
            (_, true) => Some(Facet::Project),
            _ => None,
        };
        let of_kind = suggestions.iter().filter(|suggestion| Some(suggestion.facet) == wanted);
        let text: String = of_kind.map(people::suggestion).collect();
        view.aside(|| print(&text))?;
        if args.dry_run && args.entries.is_none() {
            let head = format!("{}: {}\n", input.archive.archive.name, entries_from(found.len(), sources.len()));
            view.aside(|| print(&format!("{head}{}\n", indented(&profile.to_string()))))?;
        }
        entries += found.len();
        files += sources.len();
        problems.extend(wrong.into_iter().map(|problem| (i, problem)));
    }
    view.finish();
    if !args.quiet && args.entries.is_none() {
        let said = count_problems(problems.iter().map(|(_, problem)| problem));
        let said = if said.is_empty() { said } else { format!(" · {said}") };
        remark(&format!("{}: nothing written{said}", entries_from(entries, files)));
    }
    let is_incomplete = problems.iter().any(|(_, problem)| problem.kind.leaves_out());
    finish(args, archives, &problems, is_incomplete)
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {}\n", one_line_of(line))).collect()
}

/// A line with its own spaces, and nothing in it that could steer a terminal.
fn one_line_of(line: &str) -> String {
    diary_render::clean(line).replace(['\n', '\t'], " ")
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
