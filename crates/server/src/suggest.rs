//! Suggestions for what is being typed: the last word of a query, and what could stand in its place.

use crate::answer::{JSON, Outcome, answer};
use crate::app::App;
use crate::page::search_page;
use crate::params;
use crate::problem::Problem;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use diary_query::{Engine, Suggestion, Suggestions};
use serde::Serialize;
use std::sync::Arc;

/// What suggestions take.
pub(crate) const TAKES: &[&str] = &["q", "limit", "format"];

/// What browsers call the form in which they read suggestions.
pub(crate) const OPENSEARCH: &str = "application/x-suggestions+json";

/// The most of one kind.
pub(crate) const MOST: usize = 20;

/// A name may have so many words before the one that is being typed.
const WORDS_OF_A_NAME: usize = 3;

pub(crate) async fn suggest(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Outcome {
    let given = params::given(&uri, TAKES)?;
    let limit = given.number("limit", MOST)?.unwrap_or(5);
    let query = given.query(&app.settings.limits)?;
    let for_browser = given.text("format") == Some("opensearch");
    let media_type = if for_browser { OPENSEARCH } else { JSON };
    let home = if for_browser { app.home(&headers)? } else { String::new() };
    let question = format!("suggest {limit} {query} {home}");
    answer(&app, &headers, media_type, &question, move |_, engine| {
        let groups = groups(engine, &query, limit)?;
        Ok(match for_browser {
            true => opensearch(&home, &query, &groups),
            false => serde_json::to_string(&Shape { query: &query, groups: &groups }).unwrap_or_default() + "\n",
        })
    })
    .await
}

#[derive(Serialize)]
struct Shape<'a> {
    query: &'a str,
    groups: &'a [Group],
}

/// Suggestions of one kind.
#[derive(Debug, PartialEq, Serialize)]
struct Group {
    kind: &'static str,
    suggestions: Vec<Offer>,
}

#[derive(Debug, PartialEq, Serialize)]
struct Offer {
    label: String,
    /// The whole query with it in place of what is being typed.
    query: String,
    /// How many entries have it, whatever else is asked for.
    count: u64,
}

/// The form that browsers read: the query, then completions, what they are, and where they lead.
fn opensearch(home: &str, query: &str, groups: &[Group]) -> String {
    let offers = || groups.iter().flat_map(|group| group.suggestions.iter().map(move |offer| (group.kind, offer)));
    let completions: Vec<&str> = offers().map(|(_, offer)| offer.query.trim_end()).collect();
    let what: Vec<String> = offers().map(|(kind, offer)| format!("{}, {kind}", offer.label)).collect();
    let pages: Vec<String> = offers().map(|(_, offer)| search_page(home, offer.query.trim_end())).collect();
    serde_json::to_string(&(query, completions, what, pages)).unwrap_or_default() + "\n"
}

/// What could stand in place of the last word, by kind; nothing where no word is being typed.
fn groups(engine: &dyn Engine, query: &str, limit: usize) -> Result<Vec<Group>, Problem> {
    let Typed { before, sign, field, word } = Typed::of(query);
    if word.is_empty() {
        return Ok(Vec::new());
    }
    let found = engine.suggest(word, limit)?;
    let whole = |before: &str, clause: &str| match before.trim_end() {
        "" => format!("{sign}{clause} "),
        before => format!("{before} {sign}{clause} "),
    };
    let offers = |before: &str, suggestions: Vec<Suggestion>| -> Vec<Offer> {
        let offer = |suggestion: Suggestion| Offer {
            label: diary_render::one_line(&suggestion.text),
            query: whole(before, &suggestion.query),
            count: suggestion.count,
        };
        suggestions.into_iter().map(offer).collect()
    };
    let names = match field {
        // What is typed may be the last of several words of a name.
        None => longer_names(engine, before, word, limit)?,
        Some(_) => None,
    };
    let (name_before, people, projects) = match names {
        Some((before, longer)) => (before, longer.people, longer.projects),
        None => (before, found.people, found.projects),
    };
    let groups = [
        ("person", offers(name_before, people)),
        ("project", offers(name_before, projects)),
        ("date", offers(before, found.dates)),
        ("word", offers(before, found.words)),
    ];
    let asked = |kind: &str| match field {
        None => true,
        Some("person" | "people" | "who" | "with") => kind == "person",
        Some("project" | "projects") => kind == "project",
        Some("date" | "when" | "month" | "year" | "since" | "until") => kind == "date",
        Some(_) => false,
    };
    let shown = groups.into_iter().filter(|(kind, offers)| asked(kind) && !offers.is_empty());
    Ok(shown.map(|(kind, suggestions)| Group { kind, suggestions }).collect())
}

/// The names that the last few words begin together, with what stands before them.
fn longer_names<'a>(
    engine: &dyn Engine,
    before: &'a str,
    word: &str,
    limit: usize,
) -> Result<Option<(&'a str, Suggestions)>, Problem> {
    for words in (1..WORDS_OF_A_NAME).rev() {
        let before = before.trim_end();
        if before.split_whitespace().count() < words {
            continue;
        }
        let start = before.rmatch_indices(' ').nth(words - 1).map_or(0, |(at, _)| at + 1);
        let (rest, name) = before.split_at(start);
        if name.contains([':', '"', '(']) {
            continue;
        }
        let found = engine.suggest(&format!("{} {word}", name.trim()), limit)?;
        if !found.people.is_empty() || !found.projects.is_empty() {
            return Ok(Some((rest, found)));
        }
    }
    Ok(None)
}

/// A query taken apart at what is being typed.
#[derive(Debug, PartialEq)]
struct Typed<'a> {
    before: &'a str,
    /// `-` where it is excluded.
    sign: &'a str,
    field: Option<&'a str>,
    word: &'a str,
}

impl<'a> Typed<'a> {
    fn of(query: &'a str) -> Self {
        // Inside quotes a space does not end a word.
        let quotes = query.matches('"').count();
        let start = match quotes % 2 {
            0 => query.rfind([' ', '\t', '\n', '(']).map_or(0, |at| at + 1),
            _ => {
                let quote = query.rfind('"').unwrap_or(0);
                query[..quote].rfind([' ', '(']).map_or(0, |at| at + 1)
            }
        };
        let (before, last) = query.split_at(start);
        let (sign, last) = last.split_at(last.len() - last.trim_start_matches('-').len());
        let (field, word) = match last.split_once(':') {
            Some((field, word)) => (Some(field), word),
            None => (None, last),
        };
        Self { before, sign, field, word: word.trim_matches('"') }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_taken_apart_at_what_is_being_typed() {
        let check = |query, before, sign, field, word| {
            assert_eq!(Typed::of(query), Typed { before, sign, field, word }, "{query}");
        };
        check("", "", "", None, "");
        check("tri", "", "", None, "tri");
        check("rzip tri", "rzip ", "", None, "tri");
        check("rzip ", "rzip ", "", None, "");
        check("rzip -person:tri", "rzip ", "-", Some("person"), "tri");
        check("rzip person:\"andrew tri", "rzip ", "", Some("person"), "andrew tri");
        check("\"hotplug c", "", "", None, "hotplug c");
        check("(a OR tri", "(a OR ", "", None, "tri");
        check("naïve é", "naïve ", "", None, "é");
    }
}
