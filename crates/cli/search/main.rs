//! diary-search: reads.

mod args;
mod question;

use anyhow::{Result, anyhow};
use args::{Args, Hyperlink};
use clap::{CommandFactory, Parser};
use diary::{Entry, EntryId};
use diary_cli::generate::generate;
use diary_cli::refresh::{Refresh, prepare};
use diary_cli::settings::Settings;
use diary_cli::terminal::{self, Exit, print, remark};
use diary_query::{Answer, Engine, LocalEngine, Request, SearchError, search};
use diary_render::entry::Around;
use diary_render::{Format, Look, address, diagnostic, entry, facet_tables, ids};
use std::process::ExitCode;
use std::time::{Duration, Instant};

const FOUND: Exit = Exit(0);
const NOTHING: Exit = Exit(1);
const FAILED: Exit = Exit(2);

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // Help goes where it was asked to go; a reader that has left is no failure.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { FAILED.0 } else { FOUND.0 });
        }
    };
    let exit = run(&args).unwrap_or_else(|error| {
        remark(&format!("diary-search: {error:#}"));
        FAILED
    });
    exit.into()
}

fn run(args: &Args) -> Result<Exit> {
    if let Some(what) = args.generate {
        print(&generate(what, Args::command())?)?;
        return Ok(FOUND);
    }
    let settings = Settings::find(&args.shared)?;
    let request = question::question(args, &settings).map_err(|sentence| anyhow!(sentence))?;
    if args.verbose > 0 {
        remark(settings.explain().trim_end());
    }
    prepare(&settings, refresh(args))?;
    let opening = Instant::now();
    let engine = LocalEngine::open(&settings.index.value, args.private)?;
    if args.verbose > 0 {
        remark(&format!("opened in {:.1} ms", milliseconds(opening.elapsed())));
    }
    let look = look(args, &settings);
    match wanted_entry(args, &engine)? {
        Some(id) => show(args, &engine, &id, &look),
        None => answer(args, &engine, &request, &look),
    }
}

fn refresh(args: &Args) -> Refresh {
    match (args.refresh, args.no_refresh) {
        (true, _) => Refresh::Always,
        (_, true) => Refresh::Never,
        _ => Refresh::WhenSmall,
    }
}

fn look(args: &Args, settings: &Settings) -> Look<'static> {
    let color = terminal::color(args.color.or(settings.color).unwrap_or_default());
    Look {
        width: terminal::width(),
        color,
        links: color && args.hyperlink == Hyperlink::Auto && terminal::links(),
        short: args.short,
        ..Look::default()
    }
}

fn answer(args: &Args, engine: &dyn Engine, request: &Request, look: &Look) -> Result<Exit> {
    let started = Instant::now();
    let answer = match search(engine, request) {
        Ok(answer) => answer,
        Err(SearchError::Query(refused)) => {
            return Err(anyhow!("this query cannot be read\n{}", diagnostic(&request.text, &refused)));
        }
        Err(error) => return Err(error.into()),
    };
    let elapsed = started.elapsed();
    if args.verbose > 0 {
        remark(&format!("searched in {:.1} ms", milliseconds(elapsed)));
    }
    let format = question::format(args);
    warn(args, format, &answer);
    let full = if args.full { whole_entries(engine, &answer)? } else { Vec::new() };
    let look = Look { elapsed: Some(elapsed), full: &full, ..look.clone() };
    print(&written(args, format, request, &answer, &look))?;
    let is_found = answer.page.total > 0 || !answer.page.hits.is_empty();
    Ok(if is_found { FOUND } else { NOTHING })
}

/// What the flags want to see of an answer.
fn written(args: &Args, format: Format, request: &Request, answer: &Answer, look: &Look) -> String {
    let is_plain = matches!(format, Format::Text | Format::Tsv);
    if args.quiet {
        String::new()
    } else if args.analyze && is_plain {
        reading(answer)
    } else if args.count {
        format!("{}\n", answer.page.total)
    } else if args.ids {
        ids(answer, if args.null { '\0' } else { '\n' })
    } else if is_plain && (args.facets.is_some() || args.people || args.projects) {
        facet_tables(&answer.page.facets, look)
    } else {
        format.render(request, answer, look)
    }
}

/// How the query was read: its canonical form, and clause by clause what that came to.
fn reading(answer: &Answer) -> String {
    let mut text = format!("{}\n", answer.understood.text);
    for clause in &answer.understood.clauses {
        let meaning = if clause.meaning.is_empty() { String::new() } else { format!("   {}", clause.meaning) };
        text.push_str(&format!("  {}{meaning}\n", clause.text));
    }
    text
}

/// Warnings are in JSON already; elsewhere they are remarks.
fn warn(args: &Args, format: Format, answer: &Answer) {
    if args.quiet || matches!(format, Format::Json | Format::Jsonl) {
        return;
    }
    for warning in &answer.diagnostics {
        remark(&diagnostic(&answer.query, warning));
    }
    if let (0, Some(folder)) = (answer.page.total, args.folder_among_words()) {
        remark(&format!("to read the files in {0}: diary-ingest {0}", folder.display()));
    }
}

fn whole_entries(engine: &dyn Engine, answer: &Answer) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for hit in &answer.page.hits {
        entries.extend(engine.entry(&hit.id)?);
    }
    Ok(entries)
}

/// The entry that --show, --next or --prev mean.
fn wanted_entry(args: &Args, engine: &dyn Engine) -> Result<Option<EntryId>> {
    let named = |text: &String| {
        EntryId::parse(text).ok_or_else(|| anyhow!("{text} is not the id of an entry, such as rusty/2003-12-19"))
    };
    let beside = |text: &String, next: bool| -> Result<EntryId> {
        let (before, after) = engine.neighbours(&named(text)?)?;
        let beside = if next { after } else { before };
        beside.ok_or_else(|| anyhow!("there is no entry {} {text}", if next { "after" } else { "before" }))
    };
    match (&args.show, &args.next, &args.prev) {
        (Some(id), _, _) => named(id).map(Some),
        (_, Some(id), _) => beside(id, true).map(Some),
        (_, _, Some(id)) => beside(id, false).map(Some),
        (None, None, None) => Ok(None),
    }
}

fn show(args: &Args, engine: &dyn Engine, id: &EntryId, look: &Look) -> Result<Exit> {
    let Some(found) = engine.entry(id)? else {
        remark(&format!("there is no entry {id}"));
        return Ok(NOTHING);
    };
    let around = Around::find(engine, &found)?;
    print(&match question::format(args) {
        Format::Json => entry::json(&found, &around, &engine.facts().state, ""),
        Format::Jsonl => entry::line(&found),
        _ => entry::text(&found, &around, look),
    })?;
    if args.verbose > 0 {
        remark(&address::entry("", id));
    }
    Ok(FOUND)
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}
