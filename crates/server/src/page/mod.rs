//! The pages for people: what the templates are given, and nothing of how it looks.

pub(crate) mod entry;
pub(crate) mod help;
pub(crate) mod names;
pub(crate) mod search;
pub(crate) mod time;

use crate::app::App;
use crate::problem::Problem;
use crate::profile;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use diary::{EntryDate, EntryId, Facet};
use diary_query::{Engine, FacetCounts, FacetValue, Hit, Named, Passage};
use diary_render::{address, clean, flowing, one_line, pieces, words};
use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;

/// The media type of the pages.
pub(crate) const HTML: &str = "text/html; charset=utf-8";

/// The templates, read once.
pub(crate) struct Pages(Environment<'static>);

/// Every template with its name.
const TEMPLATES: [(&str, &str); 14] = [
    ("base.html", include_str!("../templates/base.html")),
    ("search.html", include_str!("../templates/search.html")),
    ("map.html", include_str!("../templates/map.html")),
    ("hit.html", include_str!("../templates/hit.html")),
    ("facets.html", include_str!("../templates/facets.html")),
    ("bars.html", include_str!("../templates/bars.html")),
    ("grid.html", include_str!("../templates/grid.html")),
    ("table.html", include_str!("../templates/table.html")),
    ("entry.html", include_str!("../templates/entry.html")),
    ("names.html", include_str!("../templates/names.html")),
    ("profile.html", include_str!("../templates/profile.html")),
    ("help.html", include_str!("../templates/help.html")),
    ("time.html", include_str!("../templates/time.html")),
    ("problem.html", include_str!("../templates/problem.html")),
];

impl Pages {
    pub(crate) fn new() -> Result<Self, minijinja::Error> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        // Unlike the usual escaping it leaves slashes alone, of which addresses are full.
        environment.set_formatter(|out, state, value| match value.as_str() {
            Some(text) if !value.is_safe() => Ok(out.write_str(&escape(text))?),
            _ => minijinja::escape_formatter(out, state, value),
        });
        environment.add_filter("urlquery", |text: String| address::encode(&text));
        environment.add_filter("number", words::number);
        environment.add_filter("title_first", |text: String| title_first(&text));
        environment.add_filter("sentence", sentence);
        for (name, template) in TEMPLATES {
            environment.add_template(name, template)?;
        }
        Ok(Self(environment))
    }

    /// A template that cannot be filled is a mistake of ours: the tests fill every one, in every way.
    fn render(&self, template: &str, view: &impl Serialize) -> String {
        let filled = self.0.get_template(template).and_then(|template| template.render(minijinja::value::Serde(view)));
        filled.unwrap_or_else(|_| "<!doctype html><title>Error</title><p>This page could not be drawn.".to_owned())
    }
}

fn title_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// A remark as a sentence, with the one stop that it needs.
fn sentence(text: String) -> String {
    let stop = if text.ends_with(['.', '?', '!', '…']) { "" } else { "." };
    title_first(&text) + stop
}

/// What every page has.
#[derive(Serialize)]
struct Frame {
    site: String,
    title: String,
    base: String,
    query: String,
    /// A month of these archives, to show how one is asked for.
    month: String,
    version: &'static str,
}

impl Frame {
    fn new(app: &App, title: &str, query: &str) -> Self {
        let site = app.site();
        let title = if title.is_empty() { site.clone() } else { format!("{title} · {site}") };
        let (base, query) = (app.settings.base_path.clone(), clean(query).into_owned());
        let engine = app.engine();
        let first = engine.facts().archives.first().and_then(|archive| archive.range.as_ref());
        let month = first.and_then(|(_, last)| last.get(..7)).unwrap_or("2003-07").to_owned();
        Self { site, title, base, query, month, version: env!("CARGO_PKG_VERSION") }
    }
}

#[derive(Serialize)]
struct DateView {
    text: String,
    datetime: Option<String>,
    conflict: Option<String>,
}

impl DateView {
    fn of(date: &EntryDate) -> Self {
        // What `datetime` means is fixed: a day, month or year of the Gregorian calendar.
        let gregorian = date.days.map(|days| diary::Calendar::Gregorian.civil(days.first).to_string());
        let known = date.label().map_or(0, |label| label.len());
        Self {
            text: words::date(date),
            datetime: gregorian.and_then(|day| day.get(..known).map(str::to_owned)),
            conflict: words::conflict(date),
        }
    }
}

#[derive(Serialize)]
struct HitView {
    number: usize,
    id: String,
    archive: Option<String>,
    date: DateView,
    title: Option<String>,
    author: Option<String>,
    page: String,
    permalink: Option<String>,
    missing: Vec<String>,
    passages: Vec<PassageView>,
    more_places: usize,
    /// The first people and projects, and how many more there are.
    people: Vec<NamedView>,
    projects: Vec<NamedView>,
    more_names: usize,
    /// Why it is here, and, where that was asked for, why so high.
    reasons: Vec<String>,
    explained: bool,
}

/// How many people, and how many projects, a hit shows.
const MOST_NAMES: usize = 6;

#[derive(Serialize)]
struct PassageView {
    pieces: Vec<PieceView>,
    preformatted: bool,
    cut_before: bool,
    cut_after: bool,
}

#[derive(Serialize)]
struct PieceView {
    text: String,
    marked: bool,
}

#[derive(Serialize)]
struct NamedView {
    label: String,
    query: String,
    page: String,
}

impl NamedView {
    fn new(base: &str, facet: Facet, key: &str, label: &str) -> Self {
        Self {
            label: one_line(&plain(label)),
            query: profile::query_of(facet, key),
            page: profile::page(base, facet, key),
        }
    }
}

/// Draws the hits of one answer.
struct Hits<'a> {
    base: &'a str,
    query: &'a str,
    /// The titles of the archives, where there are several to be told apart.
    archives: Vec<(String, String)>,
}

impl<'a> Hits<'a> {
    fn new(base: &'a str, query: &'a str, engine: &dyn Engine) -> Self {
        let archives = match engine.facts().archives.as_slice() {
            [_] => Vec::new(),
            several => several.iter().map(|archive| (archive.name.clone(), one_line(&archive.title))).collect(),
        };
        Self { base, query: query.trim(), archives }
    }

    fn view(&self, number: usize, hit: &Hit) -> HitView {
        let page = address::entry(self.base, &hit.id);
        let lines = hit.explanation.as_ref().map(|explanation| explanation.lines()).unwrap_or_default();
        let named = |facet| move |named: &Named| NamedView::new(self.base, facet, &named.key, &named.label);
        HitView {
            number,
            id: hit.id.to_string(),
            archive: self.archives.iter().find(|(name, _)| name == hit.id.archive()).map(|(_, title)| title.clone()),
            date: DateView::of(&hit.date),
            title: hit.title.as_deref().map(one_line),
            author: hit.author.as_deref().map(one_line),
            page: match self.query {
                "" => page,
                query => format!("{page}?q={}", address::encode(query)),
            },
            permalink: address::permalink(hit),
            missing: hit.missing.iter().map(|word| one_line(word)).collect(),
            passages: hit.passages.iter().map(passage).collect(),
            more_places: hit.more_places,
            people: hit.people.iter().take(MOST_NAMES).map(named(Facet::Person)).collect(),
            projects: hit.projects.iter().take(MOST_NAMES).map(named(Facet::Project)).collect(),
            more_names: [&hit.people, &hit.projects].iter().map(|names| names.len().saturating_sub(MOST_NAMES)).sum(),
            reasons: hit.reasons.iter().chain(&lines).map(|line| one_line(line)).collect(),
            explained: hit.explanation.is_some(),
        }
    }

    fn all(&self, hits: &[Hit]) -> Vec<HitView> {
        (1..).zip(hits).map(|(number, hit)| self.view(number, hit)).collect()
    }
}

fn passage(passage: &Passage) -> PassageView {
    let text = if passage.preformatted { passage.text.clone() } else { flowing(&passage.text) };
    let words = |words: &str| if passage.preformatted { clean(words).into_owned() } else { in_lines(words) };
    let piece = |piece: diary_render::Piece| PieceView { text: words(piece.text), marked: piece.marked };
    PassageView {
        pieces: pieces(&text, &passage.marks).into_iter().map(piece).collect(),
        preformatted: passage.preformatted,
        cut_before: passage.cut_before,
        cut_after: passage.cut_after,
    }
}

/// The words of paragraphs, each on a line of its own.
fn in_lines(text: &str) -> String {
    plain(&clean(text).replace("\n\n", "\n"))
}

/// The long dashes of old books as dashes that every font has.
fn plain(text: &str) -> String {
    text.replace('\u{2e3a}', "——").replace('\u{2e3b}', "———")
}

#[derive(Serialize)]
struct FacetView {
    name: String,
    plural: String,
    more: usize,
    /// Where the rest of the values are.
    rest: String,
    values: Vec<FacetValueView>,
}

#[derive(Serialize)]
struct FacetValueView {
    label: String,
    count: u64,
    selected: bool,
    /// Whether its count is that of the chosen ones or this.
    widens: bool,
    /// Where choosing it leads, or, of a chosen one, where leaving it out does.
    link: String,
}

/// The address of a query's page.
pub(crate) fn search_page(base: &str, query: &str) -> String {
    format!("{base}{}?q={}", address::PAGE_SEARCH, address::encode(query))
}

fn facet(base: &str, counts: &FacetCounts, rest: String) -> FacetView {
    let is_chosen = counts.values.iter().any(|value| value.selected);
    let value = |value: &FacetValue| FacetValueView {
        label: if counts.facet == Facet::Month { words::label(&value.value) } else { one_line(&plain(&value.label)) },
        count: value.count,
        selected: value.selected,
        widens: is_chosen && !value.selected,
        link: search_page(base, value.remove.as_ref().filter(|_| value.selected).unwrap_or(&value.apply)),
    };
    FacetView {
        name: counts.facet.name().to_owned(),
        plural: counts.facet.plural().to_owned(),
        more: counts.distinct.saturating_sub(counts.values.len()),
        rest,
        values: counts.values.iter().filter(|value| value.count > 0 || value.selected).map(value).collect(),
    }
}

/// Text as HTML and XML have it, within quotes too.
pub(crate) fn escape(text: &str) -> String {
    diary_render::marked_html(text, &[])
}

#[derive(Serialize)]
struct LinkView {
    label: String,
    page: String,
}

fn neighbour(base: &str, id: &EntryId) -> LinkView {
    let label = match id.ordinal() {
        1 => words::label(id.date_part()),
        n => format!("{} ({n})", words::label(id.date_part())),
    };
    LinkView { label, page: address::entry(base, id) }
}

/// The calendar that these entries are printed in, by which their weekdays are told; several archives may have several.
fn printed(engine: &dyn Engine, hits: &[Hit]) -> diary::Calendar {
    hits.first().map_or(engine.facts().calendar, |hit| hit.date.calendar)
}

fn range(first: &str, last: &str) -> String {
    let (first, last) = (words::label(first), words::label(last));
    if first == last { first } else { format!("{first} – {last}") }
}

#[derive(Serialize)]
struct ProblemView<'a> {
    frame: Frame,
    title: &'a str,
    detail: &'a str,
    suggestions: &'a [String],
}

/// A problem as a page; the headers that its other form had are kept.
pub(crate) fn problem(app: &App, problem: &Problem, mut headers: HeaderMap) -> Response {
    let title = problem.title();
    let frame = Frame::new(app, title, "");
    let detail = clean(&problem.detail);
    let view = ProblemView { frame, title, detail: &detail, suggestions: &problem.suggestions };
    headers.remove(header::CONTENT_LENGTH);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(HTML));
    let mut response = (problem.status, headers, app.pages.render("problem.html", &view)).into_response();
    response.extensions_mut().insert(problem.clone());
    response
}
