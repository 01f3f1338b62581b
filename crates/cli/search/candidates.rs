//! What may stand after a flag, for the completions of shells: a value a line, a tab, and what it is called.

use crate::FOUND;
use crate::args::{Args, Candidates};
use anyhow::Result;
use diary::{Facet, fold};
use diary_cli::settings::Settings;
use diary_cli::terminal::{Exit, print};
use diary_query::{Engine, FacetRequest, FacetValue, LocalEngine, Request, Window, search};
use diary_render::{one_line, words};

/// The most that a shell is given.
const MOST: usize = 500;

/// Prints the values that begin with the last word given. Without an index there are none, and nothing is said.
pub(crate) fn candidates(kind: Candidates, args: &Args, settings: &Settings) -> Result<Exit> {
    let start = args.words.last().map(String::as_str).unwrap_or_default();
    let Ok(engine) = LocalEngine::open(&settings.index.value, args.private) else { return Ok(FOUND) };
    let lines: Vec<String> = match kind {
        Candidates::Person => named(&engine, Facet::Person, start),
        Candidates::Project => named(&engine, Facet::Project, start),
        Candidates::Archive => named(&engine, Facet::Archive, start),
        Candidates::Date => dates(&engine, start),
        Candidates::Id => ids(&engine, start),
    };
    print(&lines.concat())?;
    Ok(FOUND)
}

fn counts(engine: &dyn Engine, facet: Facet) -> Vec<FacetValue> {
    let window =
        Window { limit: 0, partial: false, facets: vec![FacetRequest { facet, limit: 100_000 }], ..Window::default() };
    let answer = search(engine, &Request { window, ..Request::default() });
    answer.map(|answer| answer.page.facets.into_iter().flat_map(|counts| counts.values).collect()).unwrap_or_default()
}

/// Keys, where the key or a word of the name begins so: whoever types a given name gets the key that goes by the surname.
fn named(engine: &dyn Engine, facet: Facet, start: &str) -> Vec<String> {
    let start = fold(start);
    let begins = |value: &&FacetValue| {
        value.value.starts_with(&start) || fold(&value.label).split(' ').any(|word| word.starts_with(&start))
    };
    let line =
        |value: &FacetValue| format!("{}\t{}, {}\n", value.value, one_line(&value.label), words::entries(value.count));
    counts(engine, facet).iter().filter(|value| value.count > 0).filter(begins).take(MOST).map(line).collect()
}

/// Years until one is typed, then its months.
fn dates(engine: &dyn Engine, start: &str) -> Vec<String> {
    let facet = if start.len() < 4 { Facet::Year } else { Facet::Month };
    let line = |value: &FacetValue| format!("{}\t{}\n", value.value, words::entries(value.count));
    let values = counts(engine, facet);
    values.iter().filter(|value| value.count > 0 && value.value.starts_with(start)).take(MOST).map(line).collect()
}

/// Ids: the archives until one is typed, then the entries under it.
fn ids(engine: &dyn Engine, start: &str) -> Vec<String> {
    let Some((archive, date)) = start.split_once('/') else {
        let archives = engine.facts().archives.iter().filter(|archive| archive.name.starts_with(start));
        return archives.map(|archive| format!("{}/\t{}\n", archive.name, one_line(&archive.title))).collect();
    };
    // A query knows whole parts of a date: the rest is looked at here.
    let whole = date.rfind('-').map_or("", |end| &date[..end]);
    let text = match whole {
        "" => format!("archive:{archive} sort:date-asc"),
        whole => format!("id:{archive}/{whole} sort:date-asc"),
    };
    let window = Window { limit: Window::MAX_LIMIT, partial: false, passages: 0, ..Window::default() };
    let Ok(answer) = search(engine, &Request { text, window, ..Request::default() }) else { return Vec::new() };
    let hits = answer.page.hits.iter().filter(|hit| hit.id.as_str().starts_with(start)).take(MOST);
    hits.map(|hit| format!("{}\t{}\n", hit.id, words::date(&hit.date))).collect()
}
