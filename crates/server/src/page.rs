//! The pages for people: what the templates are given, and nothing of how it looks.

use crate::app::App;
use crate::histogram::{self, Histogram};
use crate::problem::Problem;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use diary::{BlockKind, Entry, EntryDate, EntryId, Facet, Mention, Span};
use diary_query::{Answer, Engine, FacetCounts, Hit, Passage, Request};
use diary_render::address::{self, PAGE_SEARCH};
use diary_render::entry::Around;
use diary_render::{clean, flowing, json, one_line, pieces, words};
use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;

/// The media type of the pages.
pub(crate) const HTML: &str = "text/html; charset=utf-8";
/// How they look.
pub(crate) const STYLE: &str = include_str!("templates/style.css");

/// The templates, read once.
pub(crate) struct Pages(Environment<'static>);

impl Pages {
    pub(crate) fn new() -> Result<Self, minijinja::Error> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.add_filter("urlquery", |text: String| address::encode(&text));
        environment.add_filter("title_first", |text: String| {
            let mut chars = text.chars();
            chars.next().map(|first| first.to_uppercase().chain(chars).collect::<String>()).unwrap_or_default()
        });
        environment.add_template("base.html", include_str!("templates/base.html"))?;
        environment.add_template("search.html", include_str!("templates/search.html"))?;
        environment.add_template("hit.html", include_str!("templates/hit.html"))?;
        environment.add_template("facets.html", include_str!("templates/facets.html"))?;
        environment.add_template("entry.html", include_str!("templates/entry.html"))?;
        environment.add_template("problem.html", include_str!("templates/problem.html"))?;
        Ok(Self(environment))
    }

    /// A template that cannot be filled is a mistake of ours: the tests fill every one, in every way.
    fn render(&self, template: &str, view: &impl Serialize) -> String {
        let filled = self.0.get_template(template).and_then(|template| template.render(minijinja::value::Serde(view)));
        filled.unwrap_or_else(|_| "<!doctype html><title>Error</title><p>This page could not be drawn.".to_owned())
    }
}

/// What every page has.
#[derive(Serialize)]
struct Frame {
    site: String,
    title: String,
    base: String,
    query: String,
    version: &'static str,
}

impl Frame {
    fn new(app: &App, engine: Option<&dyn Engine>, title: &str, query: &str) -> Self {
        let archives = engine.map(|engine| engine.facts().archives.as_slice()).unwrap_or_default();
        let site = match (&app.settings.title, archives) {
            (Some(title), _) => title.clone(),
            (None, [one]) => one_line(&one.title),
            (None, _) => "Diaries".to_owned(),
        };
        let title = if title.is_empty() { site.clone() } else { format!("{title} · {site}") };
        let (base, query) = (app.settings.base_path.clone(), clean(query).into_owned());
        Self { site, title, base, query, version: env!("CARGO_PKG_VERSION") }
    }
}

#[derive(Serialize)]
struct SearchView {
    frame: Frame,
    is_map: bool,
    archives: Vec<ArchiveView>,
    summary: String,
    range: Option<String>,
    chips: Vec<ChipView>,
    warnings: Vec<WarningView>,
    hits: Vec<HitView>,
    partial: Vec<HitView>,
    partial_summary: String,
    ways_on: Vec<WayView>,
    examples: Vec<WayView>,
    histogram: Option<Histogram>,
    facets: Vec<FacetView>,
    previous: Option<String>,
    next: Option<String>,
    feed: String,
}

#[derive(Serialize)]
struct ArchiveView {
    name: String,
    title: String,
    summary: String,
    range: Option<String>,
}

#[derive(Serialize)]
struct ChipView {
    text: String,
    meaning: String,
    remove: String,
}

#[derive(Serialize)]
struct WarningView {
    message: String,
    suggestion: Option<String>,
}

#[derive(Serialize)]
struct WayView {
    what: String,
    query: String,
    count: String,
}

#[derive(Serialize)]
struct HitView {
    number: usize,
    id: String,
    date: DateView,
    title: Option<String>,
    author: Option<String>,
    page: String,
    permalink: Option<String>,
    missing: Vec<String>,
    passages: Vec<PassageView>,
    more_places: usize,
    people: Vec<NamedView>,
    projects: Vec<NamedView>,
    reasons: Vec<String>,
}

#[derive(Serialize)]
struct DateView {
    text: String,
    datetime: Option<String>,
    conflict: Option<String>,
}

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
}

#[derive(Serialize)]
struct FacetView {
    name: String,
    plural: String,
    more: usize,
    values: Vec<FacetValueView>,
}

#[derive(Serialize)]
struct FacetValueView {
    label: String,
    count: u64,
    selected: bool,
    apply: String,
    remove: Option<String>,
}

/// The answer to a question as a page; without a question, a map of the archives.
pub(crate) fn search(app: &App, request: &Request, answer: &Answer, engine: &dyn Engine) -> String {
    let query = answer.query.trim();
    let page = &answer.page;
    let base = &app.settings.base_path;
    let (full, partial): (Vec<_>, Vec<_>) = page.hits.iter().enumerate().partition(|(_, hit)| hit.missing.is_empty());
    let hit = |(i, hit): (usize, &Hit)| self::hit(base, page.offset + i + 1, hit, query);
    let at = |offset: usize| {
        let mut request = request.clone();
        request.window.offset = offset;
        address::question(base, PAGE_SEARCH, &request)
    };
    let (previous, next) = if query.is_empty() { (None, None) } else { json::neighbours(request, answer) };
    let view = SearchView {
        frame: Frame::new(app, Some(engine), &one_line(query), query),
        is_map: query.is_empty(),
        archives: archives(engine),
        summary: words::entries(page.total),
        range: page.range.as_ref().map(|(first, last)| range(first, last)),
        chips: chips(answer),
        warnings: warnings(answer),
        hits: full.into_iter().map(hit).collect(),
        partial: partial.into_iter().map(hit).collect(),
        partial_summary: words::entries(page.partial_total),
        ways_on: answer
            .ways_on
            .iter()
            .map(|way| WayView {
                what: one_line(&way.what),
                query: way.query.clone(),
                count: words::entries(way.count),
            })
            .collect(),
        examples: if query.is_empty() { examples(&page.facets) } else { Vec::new() },
        histogram: histogram::of(&page.facets),
        facets: page.facets.iter().filter(|facet| !facet.values.is_empty()).map(facet).collect(),
        previous: previous.map(at),
        next: next.map(at),
        feed: address::question(base, address::FEED_SEARCH, request),
    };
    app.pages.render("search.html", &view)
}

/// Questions that this archive has answers to: its best known names and its busiest month.
fn examples(facets: &[FacetCounts]) -> Vec<WayView> {
    let most = |facet: Facet| {
        let counts = facets.iter().find(|counts| counts.facet == facet)?;
        // The first of the best, so that the page is the same each time.
        counts.values.iter().rev().max_by_key(|value| value.count).filter(|value| value.count > 0)
    };
    let quoted = |name: &str| if name.contains(' ') { format!("\"{name}\"") } else { name.to_owned() };
    let example = |query: String, what: String, count: u64| WayView { what, query, count: words::entries(count) };
    let (mut examples, person) = (Vec::new(), most(Facet::Person));
    if let Some(value) = most(Facet::Project) {
        let name = one_line(&value.label);
        examples.push(example(format!("project:{}", quoted(&name)), format!("about {name}"), value.count));
    }
    if let Some(value) = person {
        let name = one_line(&value.label);
        examples.push(example(format!("person:{}", quoted(&name)), format!("naming {name}"), value.count));
    }
    if let Some(value) = most(Facet::Month) {
        examples.push(example(format!("date:{}", value.value), "the busiest month".to_owned(), value.count));
    }
    examples
}

fn range(first: &str, last: &str) -> String {
    let (first, last) = (words::label(first), words::label(last));
    if first == last { first } else { format!("{first} – {last}") }
}

fn archives(engine: &dyn Engine) -> Vec<ArchiveView> {
    let archive = |facts: &diary_query::ArchiveFacts| ArchiveView {
        name: facts.name.clone(),
        title: one_line(&facts.title),
        summary: words::entries(facts.entries),
        range: facts.range.as_ref().map(|(first, last)| range(first, last)),
    };
    engine.facts().archives.iter().map(archive).collect()
}

/// What the query was read as, where that says more than its words.
fn chips(answer: &Answer) -> Vec<ChipView> {
    let clauses = &answer.understood.clauses;
    let chip = |clause: &diary_query::plan::UnderstoodClause| ChipView {
        text: one_line(&clause.text),
        meaning: one_line(&clause.meaning),
        remove: clause.remove.clone(),
    };
    if clauses.iter().all(|clause| clause.meaning.is_empty() && !clause.text.contains(':')) {
        return Vec::new();
    }
    clauses.iter().map(chip).collect()
}

fn warnings(answer: &Answer) -> Vec<WarningView> {
    let warning = |diagnostic: &diary_query::lang::Diagnostic| WarningView {
        message: one_line(&diagnostic.message),
        suggestion: diagnostic.suggestion.clone(),
    };
    answer.diagnostics.iter().map(warning).collect()
}

fn hit(base: &str, number: usize, hit: &Hit, query: &str) -> HitView {
    let named = |field: &'static str| {
        move |named: &diary_query::Named| NamedView {
            label: one_line(&named.label),
            query: format!("{field}:{}", named.key),
        }
    };
    let page = address::entry(base, &hit.id);
    HitView {
        number,
        id: hit.id.to_string(),
        date: date(&hit.date),
        title: hit.title.as_deref().map(one_line),
        author: hit.author.as_deref().map(one_line),
        page: if query.is_empty() { page } else { format!("{page}?q={}", address::encode(query)) },
        permalink: address::permalink(hit),
        missing: hit.missing.iter().map(|word| one_line(word)).collect(),
        passages: hit.passages.iter().map(passage).collect(),
        more_places: hit.more_places,
        people: hit.people.iter().map(named("person")).collect(),
        projects: hit.projects.iter().map(named("project")).collect(),
        reasons: hit.reasons.iter().map(|reason| one_line(reason)).collect(),
    }
}

fn date(date: &EntryDate) -> DateView {
    // What `datetime` means is fixed: a day, month or year of the Gregorian calendar.
    let gregorian = date.days.map(|days| diary::Calendar::Gregorian.civil(days.first).to_string());
    let known = date.label().map_or(0, |label| label.len());
    DateView {
        text: words::date(date),
        datetime: gregorian.and_then(|day| day.get(..known).map(str::to_owned)),
        conflict: words::conflict(date),
    }
}

fn passage(passage: &Passage) -> PassageView {
    let text = if passage.preformatted { passage.text.clone() } else { flowing(&passage.text) };
    let piece = |piece: diary_render::Piece| PieceView { text: clean(piece.text).into_owned(), marked: piece.marked };
    PassageView {
        pieces: pieces(&text, &passage.marks).into_iter().map(piece).collect(),
        preformatted: passage.preformatted,
        cut_before: passage.cut_before,
        cut_after: passage.cut_after,
    }
}

fn facet(counts: &FacetCounts) -> FacetView {
    let value = |value: &diary_query::FacetValue| FacetValueView {
        label: if counts.facet == Facet::Month { words::label(&value.value) } else { one_line(&value.label) },
        count: value.count,
        selected: value.selected,
        apply: value.apply.clone(),
        remove: value.remove.clone(),
    };
    FacetView {
        name: counts.facet.name().to_owned(),
        plural: counts.facet.plural().to_owned(),
        more: counts.distinct.saturating_sub(counts.values.len()),
        values: counts.values.iter().filter(|value| value.count > 0 || value.selected).map(value).collect(),
    }
}

#[derive(Serialize)]
struct EntryView {
    frame: Frame,
    id: String,
    date: DateView,
    heading: String,
    entry_title: Option<String>,
    author: Option<String>,
    lang: Option<String>,
    blocks: Vec<BlockView>,
    people: Vec<NamedView>,
    projects: Vec<NamedView>,
    tags: Vec<String>,
    permalink: Option<String>,
    previous: Option<NeighbourView>,
    next: Option<NeighbourView>,
    same_day: Option<String>,
}

#[derive(Serialize)]
struct BlockView {
    kind: &'static str,
    /// The element it becomes.
    tag: &'static str,
    pieces: Vec<LinkedView>,
}

/// A piece of an entry: plain words, a link of the diarist's, or a name that leads to all entries with it.
#[derive(Serialize)]
struct LinkedView {
    text: String,
    link: Option<String>,
    query: Option<String>,
    title: String,
}

#[derive(Serialize)]
struct NeighbourView {
    label: String,
    page: String,
}

/// One entry as a page.
pub(crate) fn entry(app: &App, entry: &Entry, around: &Around, query: &str, engine: &dyn Engine) -> String {
    let base = &app.settings.base_path;
    let date = self::date(&entry.date);
    let named = |facet: Facet| {
        let name = move |(key, label): (String, String)| NamedView { label, query: format!("{}:{key}", facet.name()) };
        diary_render::entry::names(entry, facet).map(name).collect()
    };
    let neighbour = |id: &EntryId| NeighbourView {
        label: match id.ordinal() {
            1 => words::label(id.date_part()),
            n => format!("{} ({n})", words::label(id.date_part())),
        },
        page: address::entry(base, id),
    };
    let same_day = entry.date.printed().filter(|_| entry.date.precision == diary::Precision::Day);
    let view = EntryView {
        frame: Frame::new(app, Some(engine), &date.text, query),
        id: entry.id.to_string(),
        date,
        heading: one_line(&entry.heading),
        entry_title: entry.title.as_deref().map(one_line),
        author: entry.author.as_deref().map(one_line),
        lang: entry.lang.clone(),
        blocks: entry.blocks.iter().map(|block| self::block(entry, block)).collect(),
        people: named(Facet::Person),
        projects: named(Facet::Project),
        tags: entry.tags.iter().map(|tag| one_line(tag)).collect(),
        permalink: around.permalink(entry),
        previous: around.previous.as_ref().map(neighbour),
        next: around.next.as_ref().map(neighbour),
        same_day: same_day.map(|date| format!("day:{:02}-{:02}", date.month(), date.day())),
    };
    app.pages.render("entry.html", &view)
}

fn block(entry: &Entry, block: &diary::Block) -> BlockView {
    let mut linked: Vec<(Span, Option<String>, Option<String>, String)> = Vec::new();
    for link in entry.links.iter().filter(|link| address::is_web(&link.target)) {
        linked.push((link.span, Some(link.target.clone()), None, String::new()));
    }
    let is_shown = |mention: &&Mention| !mention.in_title && mention.state.is_facet();
    for mention in entry.mentions.iter().filter(is_shown) {
        let query = format!("{}:{}", mention.facet.name(), mention.key);
        linked.push((mention.span, None, Some(query), one_line(&mention.name)));
    }
    linked.retain(|(span, ..)| block.span.contains(*span) && !span.is_empty());
    // The diarist's own links come first where two begin together.
    linked.sort_by_key(|(span, link, ..)| (span.start, link.is_none(), std::cmp::Reverse(span.end)));
    let words = |span: Span| {
        let text = span.of(&entry.text);
        if block.kind == BlockKind::Code { clean(text).into_owned() } else { clean(&flowing(text)).into_owned() }
    };
    let plain = |from: usize, to: usize| LinkedView {
        text: words(Span::new(from, to)),
        link: None,
        query: None,
        title: String::new(),
    };
    let (mut views, mut at) = (Vec::new(), block.span.start);
    for (span, link, query, title) in linked {
        if span.start >= at {
            views.push(plain(at, span.start));
            views.push(LinkedView { text: words(span), link, query, title });
            at = span.end;
        }
    }
    views.push(plain(at, block.span.end));
    views.retain(|view| !view.text.is_empty());
    let tag = match block.kind {
        BlockKind::Paragraph | BlockKind::List | BlockKind::Note => "p",
        BlockKind::Heading => "h2",
        BlockKind::Quote => "blockquote",
        BlockKind::Code => "pre",
    };
    BlockView { kind: block.kind.name(), tag, pieces: views }
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
    let frame = Frame::new(app, None, title, "");
    let view = ProblemView { frame, title, detail: &problem.detail, suggestions: &problem.suggestions };
    headers.remove(header::CONTENT_LENGTH);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(HTML));
    let mut response = (problem.status, headers, app.pages.render("problem.html", &view)).into_response();
    response.extensions_mut().insert(problem.clone());
    response
}
