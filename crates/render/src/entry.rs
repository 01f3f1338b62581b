//! One whole entry: for a terminal, as the API's JSON, and as one line of what an ingest extracted.

use crate::json::to_line;
use crate::shape::{IndexShape, index, pair};
use crate::text::{self, Row, columns, flowing, linked, paint, painted};
use crate::{Look, address, one_line, words};
use anstyle::Style;
use diary::{BlockKind, Calendar, Entry, EntryId, Facet, Mention, MentionState, Span};
use diary_query::{Engine, EngineError, IndexState, Request, SearchError, Window, search};
use serde::Serialize;
use std::fmt::Write;

/// What stands around an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// The entry before it in time.
    pub previous: Option<EntryId>,
    /// The entry after it in time.
    pub next: Option<EntryId>,
    /// Its page on the web, where it has one.
    pub url: Option<String>,
}

impl Around {
    /// Looks for it.
    ///
    /// # Errors
    ///
    /// Where the engine cannot answer.
    pub fn find(engine: &dyn Engine, entry: &Entry) -> Result<Self, EngineError> {
        let (previous, next) = engine.neighbours(&entry.id)?;
        Ok(Self { previous, next, url: url(engine, entry)? })
    }

    /// Where it stands on the diary's own pages.
    pub fn permalink(&self, entry: &Entry) -> Option<String> {
        address::permalink_to(self.url.as_deref()?, &entry.heading)
    }
}

/// Where an entry's page is on the web, as its hit has it.
fn url(engine: &dyn Engine, entry: &Entry) -> Result<Option<String>, EngineError> {
    let Some(printed) = entry.date.printed() else { return Ok(None) };
    let window = Window { limit: 100, passages: 0, partial: false, ..Window::default() };
    let text = format!("archive:{} date:{printed}", entry.id.archive());
    match search(engine, &Request { text, window, ..Request::default() }) {
        Ok(answer) => Ok(answer.page.hits.into_iter().find(|hit| hit.id == entry.id).and_then(|hit| hit.url)),
        Err(SearchError::Engine(error)) => Err(error),
        Err(SearchError::Query(_)) => Ok(None),
    }
}

/// The entry for a person at a terminal.
pub fn text(entry: &Entry, around: &Around, look: &Look) -> String {
    let dim = Style::new().dimmed();
    let url = around.permalink(entry);
    let date = paint(&words::date(&entry.date), Style::new().bold(), look);
    let mut text = linked(&date, url.as_deref(), look);
    let title = entry.title.as_deref().map(one_line);
    let author = entry.author.as_deref().map(|author| format!("by {}", one_line(author)));
    for remark in title.into_iter().chain(author).chain(words::conflict(&entry.date)) {
        let _ = write!(text, "   {remark}");
    }
    let _ = write!(text, "   {}\n\n{}", paint(entry.id.as_str(), dim, look), body(entry, look));
    let rows = [
        ("people", names(entry, Facet::Person).map(|(_, name)| name).collect::<Vec<_>>().join(" · ")),
        ("projects", names(entry, Facet::Project).map(|(_, name)| name).collect::<Vec<_>>().join(" · ")),
        ("before", around.previous.as_ref().map(EntryId::to_string).unwrap_or_default()),
        ("after", around.next.as_ref().map(EntryId::to_string).unwrap_or_default()),
        (
            "source",
            entry
                .sources
                .first()
                .map(|source| format!("{}:{}", one_line(&source.path), source.line))
                .unwrap_or_default(),
        ),
        ("page", url.clone().unwrap_or_default()),
    ];
    text.push('\n');
    for (name, value) in rows.iter().filter(|(_, value)| !value.is_empty()) {
        let _ = writeln!(text, "{}{value}", paint(&format!("{name:<9}"), dim, look));
    }
    if look.explain {
        reasons(entry).iter().for_each(|reason| text.push_str(&text::why(reason, "", look)));
    }
    text
}

/// Why the entry names whom and what it names, or perhaps names, each once.
fn reasons(entry: &Entry) -> Vec<String> {
    let mut reasons: Vec<String> = Vec::new();
    for reason in entry.mentions.iter().map(Mention::reason) {
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    reasons
}

/// The blocks of an entry, wrapped, an empty line between two.
pub(crate) fn body(entry: &Entry, look: &Look) -> String {
    painted(&rows(entry, &[], columns(look)), look)
}

/// The same as rows; `marks` are spans of its text, in order and apart from one another.
pub fn rows(entry: &Entry, marks: &[Span], columns: usize) -> Vec<Row> {
    const BULLET: &str = "· ";
    let mut rows = Vec::new();
    for block in &entry.blocks {
        let words = block.span.of(&entry.text);
        let (before, words) = match block.kind {
            BlockKind::Code => ("", words.to_owned()),
            BlockKind::List => (BULLET, format!("{BULLET}{}", flowing(words))),
            _ => ("", flowing(words)),
        };
        let within = marks.iter().filter(|mark| block.span.contains(**mark));
        let at = |place: usize| place - block.span.start + before.len();
        let marks: Vec<Span> = within.map(|mark| Span::new(at(mark.start), at(mark.end))).collect();
        if !rows.is_empty() {
            rows.push(Row::new());
        }
        rows.extend(text::rows(&words, &marks, block.kind == BlockKind::Code, columns));
    }
    rows
}

/// The people or projects that an entry names, each once, as key and name, in the order it first names them.
pub fn names(entry: &Entry, facet: Facet) -> impl Iterator<Item = (String, String)> {
    let mut seen: Vec<(String, String)> = Vec::new();
    for mention in entry.mentions.iter().filter(|mention| mention.facet == facet && mention.state.is_facet()) {
        if seen.iter().all(|(key, _)| **key != *mention.key) {
            seen.push((mention.key.to_string(), one_line(&mention.name)));
        }
    }
    seen.into_iter()
}

/// One line of JSON with what an ingest made of an entry.
pub fn line(entry: &Entry) -> String {
    to_line(&EntryShape::of(entry))
}

/// The API's answer for one entry.
pub fn json(entry: &Entry, around: &Around, state: &IndexState, base: &str) -> String {
    to_line(&BodyShape {
        entry: EntryShape::of(entry),
        tags: &entry.tags,
        blocks: entry
            .blocks
            .iter()
            .map(|block| BlockShape { kind: block.kind.name(), span: pair(block.span) })
            .collect(),
        mentions: entry.mentions.iter().filter(|mention| mention.state.is_facet()).map(MentionShape::of).collect(),
        url: around.permalink(entry),
        prev: around.previous.as_ref().map(EntryId::as_str),
        next: around.next.as_ref().map(EntryId::as_str),
        links: LinksShape {
            this: address::api_entry(base, &entry.id),
            prev: around.previous.as_ref().map(|id| address::api_entry(base, id)),
            next: around.next.as_ref().map(|id| address::api_entry(base, id)),
            html: address::entry(base, &entry.id),
        },
        index: index(state),
    })
}

#[derive(Serialize)]
struct EntryShape<'a> {
    archive: &'a str,
    id: &'a str,
    date: Option<String>,
    date_end: Option<String>,
    date_gregorian: Option<String>,
    precision: &'a str,
    calendar: &'a str,
    date_as_written: &'a str,
    weekday_agrees: Option<bool>,
    date_inferred: bool,
    heading: &'a str,
    title: Option<&'a str>,
    author: Option<&'a str>,
    lang: Option<&'a str>,
    text: &'a str,
    people: Vec<NamedShape<'a>>,
    projects: Vec<NamedShape<'a>>,
    source: Option<&'a str>,
    span: Option<[usize; 2]>,
}

impl<'a> EntryShape<'a> {
    fn of(entry: &'a Entry) -> Self {
        let date = &entry.date;
        let source = entry.sources.first();
        Self {
            archive: entry.id.archive(),
            id: entry.id.as_str(),
            date: date.printed().map(|date| date.to_string()),
            date_end: date.printed_last().map(|date| date.to_string()),
            date_gregorian: date.days.map(|days| Calendar::Gregorian.civil(days.first).to_string()),
            precision: date.precision.name(),
            calendar: calendar(entry),
            date_as_written: &date.as_written,
            weekday_agrees: date.weekday_agrees,
            date_inferred: date.inferred,
            heading: &entry.heading,
            title: entry.title.as_deref(),
            author: entry.author.as_deref(),
            lang: entry.lang.as_deref(),
            text: &entry.text,
            people: named(entry, Facet::Person),
            projects: named(entry, Facet::Project),
            source: source.map(|source| &*source.path),
            span: source.map(|source| pair(source.span)),
        }
    }
}

/// The calendar of this entry's own day: an archive that changed calendars had one of the two on it.
fn calendar(entry: &Entry) -> &'static str {
    match (entry.date.calendar, entry.date.printed()) {
        (Calendar::Gregorian, _) => "gregorian",
        (Calendar::JulianUntil(last), Some(printed)) if printed > last => "gregorian",
        (Calendar::Julian | Calendar::JulianUntil(_), _) => "julian",
    }
}

#[derive(Serialize)]
struct NamedShape<'a> {
    key: &'a str,
    name: &'a str,
    surface: Vec<&'a str>,
    state: &'a str,
}

/// Each person or project once: every form it is named by, and its surest state.
fn named(entry: &Entry, facet: Facet) -> Vec<NamedShape<'_>> {
    let mentions: Vec<&Mention> =
        entry.mentions.iter().filter(|mention| mention.facet == facet && mention.state.is_facet()).collect();
    let mut shapes: Vec<(MentionState, NamedShape)> = Vec::new();
    for mention in mentions {
        match shapes.iter_mut().find(|(_, shape)| *shape.key == *mention.key) {
            Some((state, shape)) => {
                if !shape.surface.contains(&&*mention.form) {
                    shape.surface.push(&mention.form);
                }
                *state = mention.state.min(*state);
                shape.state = state.name();
            }
            None => {
                let (key, name, state) = (&*mention.key, &*mention.name, mention.state.name());
                shapes.push((mention.state, NamedShape { key, name, surface: vec![&mention.form], state }));
            }
        }
    }
    shapes.into_iter().map(|(_, shape)| shape).collect()
}

#[derive(Serialize)]
struct BodyShape<'a> {
    #[serde(flatten)]
    entry: EntryShape<'a>,
    tags: &'a [String],
    blocks: Vec<BlockShape<'a>>,
    mentions: Vec<MentionShape<'a>>,
    url: Option<String>,
    prev: Option<&'a str>,
    next: Option<&'a str>,
    links: LinksShape,
    index: IndexShape<'a>,
}

#[derive(Serialize)]
struct BlockShape<'a> {
    kind: &'a str,
    span: [usize; 2],
}

#[derive(Serialize)]
struct MentionShape<'a> {
    facet: &'a str,
    key: &'a str,
    name: &'a str,
    form: &'a str,
    state: &'a str,
    why: &'a str,
    span: [usize; 2],
    in_title: bool,
}

impl<'a> MentionShape<'a> {
    fn of(mention: &'a Mention) -> Self {
        Self {
            facet: mention.facet.name(),
            key: &mention.key,
            name: &mention.name,
            form: &mention.form,
            state: mention.state.name(),
            why: &mention.why,
            span: pair(mention.span),
            in_title: mention.in_title,
        }
    }
}

#[derive(Serialize)]
struct LinksShape {
    #[serde(rename = "self")]
    this: String,
    prev: Option<String>,
    next: Option<String>,
    html: String,
}
