//! A card of one person or project: what it is called, when it is named, and beside whom.

use crate::facets::{bar_rows, listed, name_of_line, room, sparks};
use crate::json::to_line;
use crate::shape::{IndexShape, index};
use crate::text::{INDENT, MEASURE, paint};
use crate::wrap::{elided, padded, width};
use crate::{Look, one_line, shell_word, words};
use anstyle::Style;
use diary::{EntryDate, EntryId, Facet};
use diary_query::IndexState;
use serde::Serialize;
use std::fmt::Write;

/// What is known of one person or project.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// [`Facet::Person`] or [`Facet::Project`].
    pub facet: Facet,
    /// The facet value.
    pub key: String,
    /// The name shown.
    pub label: String,
    /// In how many entries it is named.
    pub entries: u64,
    /// Of how many, in the archives that name it.
    pub of: u64,
    /// The names used, with how often, the most frequent first.
    pub names: Vec<(String, u64)>,
    /// In how many of the entries those names were counted: in all, or, where they are very many, in some.
    pub names_in: u64,
    /// The first and the last entry that names it.
    pub ends: Option<[(EntryId, EntryDate); 2]>,
    /// Entries a year, the years between included; a month each where there is one year alone.
    pub times: Vec<(String, u64)>,
    /// The people named beside it, those it is most bound up with first.
    pub companions: Vec<Companion>,
    /// The projects named beside it, in the same order.
    pub projects: Vec<Companion>,
}

/// Someone or something named in the same entries.
#[derive(Clone, Debug, PartialEq)]
pub struct Companion {
    /// The facet value.
    pub key: String,
    /// The name shown.
    pub label: String,
    /// In how many entries both are named.
    pub together: u64,
    /// How many times as often as elsewhere: its share among these entries over its share in the archives.
    pub lift: f64,
}

/// How many companions a card shows.
const SHOWN: usize = 8;
/// More years than this are a row of small bars.
const ROWS: usize = 12;

/// The card for a person at a terminal.
pub fn card(card: &Card, look: &Look) -> String {
    let bold = Style::new().bold();
    let (left, right) =
        (one_line(&card.label), format!("{} of {}", words::entries(card.entries), words::number(card.of)));
    let measure = look.width.min(MEASURE + INDENT);
    let left = elided(&left, measure.saturating_sub(width(&right) + 2));
    let gap = " ".repeat(measure.saturating_sub(width(&left) + width(&right)).max(2));
    let dimmed = paint(&right, Style::new().dimmed(), look);
    let mut text = format!("{}{gap}{dimmed}\n\n", paint(&left, bold, look));
    let mut line = |name: &str, value: &str| {
        let _ = writeln!(text, "{}{value}", name_of_line(name, look));
    };
    let names = card.names.iter().map(|(name, count)| format!("{} {}", one_line(name), words::number(*count)));
    line("named", &listed(names, false, room(look)));
    if card.names_in < card.entries {
        line("", &format!("in {} of them", words::number(card.names_in)));
    }
    if let Some([first, last]) = &card.ends {
        let widest = width(&words::date(&first.1)).max(width(&words::date(&last.1)));
        for (name, (id, date)) in [("first", first), ("last", last)] {
            line(name, &format!("{}   {id}", padded(&words::date(date), widest)));
        }
    }
    match card.times.len() {
        0 => {}
        _ if is_of_one_year(card) || card.times.len() > ROWS => line("entries", &sparks(&card.times, look)),
        _ => {
            line("entries", "a year");
            text.push_str(&bar_rows(&card.times, look));
        }
    }
    for (name, companions) in [("people", &card.companions), ("projects", &card.projects)] {
        text.push_str(&company(name, companions, look));
    }
    let query = format!("{}:{}", card.facet.name(), card.key);
    let hint = format!("all of it: diary-search {} --all", shell_word(&query));
    let _ = write!(text, "\n{}\n", paint(&hint, Style::new().dimmed(), look));
    text
}

fn is_of_one_year(card: &Card) -> bool {
    card.times.iter().all(|(name, _)| !name.starts_with(|c: char| c.is_ascii_digit()))
}

fn company(name: &str, companions: &[Companion], look: &Look) -> String {
    let shown = companions.get(..SHOWN).unwrap_or(companions);
    let widest = shown.iter().map(|one| width(&one.label)).max().unwrap_or(0).min(look.width.saturating_sub(20));
    let mut text = String::new();
    if !shown.is_empty() {
        let head = format!("{name} named beside, and how many times as often as elsewhere");
        let _ = write!(text, "\n{}\n", paint(&elided(&head, look.width), Style::new().dimmed(), look));
    }
    for one in shown {
        let label = padded(&elided(&one_line(&one.label), widest), widest);
        let _ = writeln!(text, "  {label}  {:>6}  ×{:.1}", words::number(one.together), one.lift);
    }
    text
}

/// The card for programs.
pub fn card_json(card: &Card, state: &IndexState) -> String {
    let counted = |(name, count): &(String, u64)| CountShape { name: name.clone(), count: *count };
    let end = |(id, date): &(EntryId, EntryDate)| EndShape { id: id.to_string(), date: date.label() };
    let company = |companions: &[Companion]| companions.iter().map(CompanionShape::of).collect();
    to_line(&CardShape {
        format_version: crate::FORMAT_VERSION,
        facet: card.facet.name(),
        key: &card.key,
        name: &card.label,
        entries: card.entries,
        of: card.of,
        names: card.names.iter().map(counted).collect(),
        names_in: card.names_in,
        first: card.ends.as_ref().map(|[first, _]| end(first)),
        last: card.ends.as_ref().map(|[_, last]| end(last)),
        times: card.times.iter().map(counted).collect(),
        people: company(&card.companions),
        projects: company(&card.projects),
        index: index(state),
    })
}

#[derive(Serialize)]
struct CardShape<'a> {
    format_version: u32,
    facet: &'a str,
    key: &'a str,
    name: &'a str,
    entries: u64,
    of: u64,
    names: Vec<CountShape>,
    names_in: u64,
    first: Option<EndShape>,
    last: Option<EndShape>,
    times: Vec<CountShape>,
    people: Vec<CompanionShape>,
    projects: Vec<CompanionShape>,
    index: IndexShape<'a>,
}

#[derive(Serialize)]
struct CountShape {
    name: String,
    count: u64,
}

#[derive(Serialize)]
struct EndShape {
    id: String,
    date: Option<String>,
}

#[derive(Serialize)]
struct CompanionShape {
    key: String,
    name: String,
    together: u64,
    lift: f64,
}

impl CompanionShape {
    fn of(companion: &Companion) -> Self {
        let Companion { key, label, together, lift } = companion.clone();
        Self { key, name: label, together, lift: (lift * 100.0).round() / 100.0 }
    }
}
