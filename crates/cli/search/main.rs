//! diary-search: reads.

mod args;
mod candidates;
mod interactive;
mod overview;
mod question;
mod walk;
mod who;

use anyhow::{Result, anyhow};
use args::{Args, Hyperlink};
use clap::CommandFactory;
use diary::Entry;
use diary_cli::arguments::arguments;
use diary_cli::generate::generate;
use diary_cli::refresh::{Refresh, prepare, sentence};
use diary_cli::settings::Settings;
use diary_cli::terminal::{self, Exit, print, remark, show};
use diary_index_schema::store::{IndexDir, IndexError, Part};
use diary_query::{Answer, Engine, LocalEngine, Request, SearchError, search};
use diary_render::{Context, Format, Look, diagnostic, facet_tables, ids};
use std::mem::ManuallyDrop;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

pub(crate) const FOUND: Exit = Exit(0);
pub(crate) const NOTHING: Exit = Exit(1);
pub(crate) const FAILED: Exit = Exit(2);

fn main() -> ExitCode {
    terminal::end_on_interrupt();
    let args = match arguments::<Args>(FAILED) {
        Ok(args) => args.settled(),
        Err(exit) => return exit.into(),
    };
    let exit = run(&args).unwrap_or_else(|error| {
        remark(&format!("diary-search: {}", sentence(&error)));
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
    if let Some(kind) = args.candidates {
        return candidates::candidates(kind, args, &settings);
    }
    let request = question::question(args, &settings).map_err(|sentence| anyhow!(sentence))?;
    if args.verbose > 0 {
        remark(settings.explain().trim_end());
    }
    there_is_something_to_read(&settings)?;
    prepare(&settings, refresh(args))?;
    let opening = Instant::now();
    // The system takes everything back at the end, and quicker than piece by piece.
    let engine = ManuallyDrop::new(open(&settings.index.value, args.private)?);
    if args.verbose > 0 {
        remark(&format!("opened in {:.1} ms", milliseconds(opening.elapsed())));
    }
    let look = Look { archives: engine.facts().archives.len() > 1, ..look(args, &settings) };
    let asked = Asked { args, settings: &settings, engine: &*engine, look: &look };
    if args.interactive {
        return interactive::interactive(&asked, &request);
    }
    if let Some(wanted) = walk::wanted_entry(&asked, &request)? {
        match wanted {
            Ok(id) => walk::show_entry(&asked, &id),
            Err(sentence) => {
                remark(&sentence);
                Ok(NOTHING)
            }
        }
    } else if let Some(name) = &args.who {
        who::who(&asked, name)
    } else if args.calendar || args.timeline || args.gaps {
        overview::overview(&asked, &request)
    } else {
        answer(&asked, &request)
    }
}

/// What one run is about.
pub(crate) struct Asked<'a> {
    pub(crate) args: &'a Args,
    pub(crate) settings: &'a Settings,
    pub(crate) engine: &'a dyn Engine,
    pub(crate) look: &'a Look<'a>,
}

/// In a folder that knows of no diary, and without an index, one sentence says how to begin.
fn there_is_something_to_read(settings: &Settings) -> Result<()> {
    let index = IndexDir::new(&settings.index.value);
    if index.current_number().is_some() || !settings.indexed(false).is_empty() {
        return Ok(());
    }
    match index.current_manifest() {
        Err(IndexError::Missing(folder)) => Err(anyhow!(
            "no diary is known here: `diary-ingest PATH` reads the folder or file that yours is in, after which any search \
             finds it (there is no diary.toml in this folder or above it, and no index in {})",
            folder.display()
        )),
        _ => Ok(()),
    }
}

/// Opens the index. That it has no private part is no damage.
fn open(index: &Path, private: bool) -> Result<LocalEngine> {
    let dir = IndexDir::new(index);
    let has_no_private =
        || dir.current_manifest().is_ok() && matches!(dir.open(Part::Private), Err(IndexError::Missing(_)));
    match LocalEngine::open(index, private) {
        Err(_) if private && has_no_private() => {
            Err(anyhow!("no entry is private: private = [\"PATTERN\"] in diary.toml says which files are"))
        }
        opened => Ok(opened?),
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
        explain: args.explain,
        ..Look::default()
    }
}

/// Asks, and turns a refused query into a sentence with its place.
pub(crate) fn ask(asked: &Asked, request: &Request) -> Result<Answer> {
    match search(asked.engine, request) {
        Ok(answer) => Ok(answer),
        Err(SearchError::Query(refused)) => {
            Err(anyhow!("this query cannot be read\n{}", diagnostic(&request.text, &refused)))
        }
        Err(error) => Err(error.into()),
    }
}

fn answer(asked: &Asked, request: &Request) -> Result<Exit> {
    let args = asked.args;
    let started = Instant::now();
    let answer = ask(asked, request)?;
    let elapsed = started.elapsed();
    if args.verbose > 0 {
        remark(&format!("searched in {:.1} ms", milliseconds(elapsed)));
    }
    let format = question::format(args);
    warn(args, format, &answer);
    if args.chosen().is_some() {
        return walk::take_up(asked, &answer);
    }
    let full = if args.full { whole_entries(asked.engine, &answer)? } else { Vec::new() };
    let context = match args.context {
        Some(lines) if format == Format::Text => context(asked.engine, &answer, usize::from(lines))?,
        _ => Vec::new(),
    };
    let look = Look { elapsed: Some(elapsed), full: &full, context: &context, ..asked.look.clone() };
    put(asked, &written(args, format, request, &answer, &look)?, format == Format::Text)?;
    let is_found = answer.page.total > 0 || !answer.page.hits.is_empty();
    Ok(if is_found { FOUND } else { NOTHING })
}

/// Shows a text to a person, or prints it for a program.
pub(crate) fn put(asked: &Asked, text: &str, is_for_people: bool) -> Result<()> {
    Ok(if is_for_people { show(text, asked.args.pager) } else { print(text) }?)
}

/// What the flags want to see of an answer.
fn written(args: &Args, format: Format, request: &Request, answer: &Answer, look: &Look) -> Result<String> {
    let is_plain = matches!(format, Format::Text | Format::Tsv);
    let is_counts = args.facets.is_some() || args.people || args.projects;
    Ok(if args.quiet {
        String::new()
    } else if args.analyze && is_plain {
        reading(answer)
    } else if args.count {
        format!("{}\n", answer.page.total)
    } else if args.ids {
        ids(answer, if args.null { '\0' } else { '\n' })
    } else if is_counts && question::overview_format(args) == Format::Text {
        facet_tables(&answer.page.facets, look)
    } else if is_counts && !matches!(format, Format::Json | Format::Jsonl) {
        overview::counts(&answer.page.facets).render(format).ok_or_else(|| overview::no_such_table(format))?
    } else {
        format.render(request, answer, look)
    })
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
    if let Some(list) = args.facets_among_words() {
        remark(&format!("“{list}” was read as a word: --facets={list} counts those"));
    }
}

fn whole_entries(engine: &dyn Engine, answer: &Answer) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for hit in &answer.page.hits {
        entries.extend(engine.entry(&hit.id)?);
    }
    Ok(entries)
}

/// So many entries before and after each hit.
fn context(engine: &dyn Engine, answer: &Answer, lines: usize) -> Result<Vec<Context>> {
    let mut contexts = Vec::new();
    for hit in &answer.page.hits {
        let mut context = Context { id: hit.id.clone(), before: Vec::new(), after: Vec::new() };
        for (start, is_after) in [(&hit.previous, false), (&hit.next, true)] {
            let mut at = start.clone();
            while let Some(id) = at.take() {
                let beside = if is_after { &mut context.after } else { &mut context.before };
                if beside.len() == lines {
                    break;
                }
                beside.extend(engine.entry(&id)?);
                let (before, after) = engine.neighbours(&id)?;
                at = if is_after { after } else { before };
            }
        }
        context.before.reverse();
        contexts.push(context);
    }
    Ok(contexts)
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}
