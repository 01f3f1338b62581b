//! The page of a question and its answer; without a question, a map of the archives.

use super::{FacetView, Frame, HTML, HitView, Hits, facet, range, search_page};
use crate::answer::{Outcome, answer_by};
use crate::app::App;
use crate::calendar::Calendar;
use crate::chart::{self, DayGrid, Histogram, Pages, PeriodTable};
use crate::params;
use crate::problem::Problem;
use crate::profile::{self, Profile};
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use diary::{CivilDate, Facet};
use diary_query::lang::{Sort, parse};
use diary_query::{Answer, Engine, FacetCounts, FacetRequest, FacetValue, Hit, Request, Window, search};
use diary_render::address::{self, PAGE_SEARCH};
use diary_render::json::{self, Highlight};
use diary_render::{one_line, words};
use serde::Serialize;
use std::sync::Arc;

/// Bytes that drawings of the days, and of longer periods, may take; the days on the map of the archives, with few hits, more.
const ROOM_FOR_DAYS: usize = 12_000;
const ROOM_FOR_PERIODS: usize = 14_000;
const ROOM_FOR_MAP: usize = 38_000;

pub(crate) async fn page(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Outcome {
    let engine = app.engine();
    let given = params::given(&uri, params::SEARCH)?;
    let request = given.request(&app.settings.limits, &engine.facts().state)?;
    let highlight = given.highlight();
    let question = format!("{} {}", address::question("", PAGE_SEARCH, &request), highlight.name());
    answer_by(&app, engine, &headers, HTML, &question, move |app, engine| match request.text.trim() {
        "" => map(app, &app.at_this_day(request), engine),
        _ => found(app, &app.at_this_day(request), engine, highlight),
    })
    .await
}

#[derive(Serialize)]
struct SearchView {
    frame: Frame,
    summary: String,
    /// How many entries there are, whatever is asked for.
    everything: String,
    range: Option<String>,
    chips: Vec<ChipView>,
    warnings: Vec<WarningView>,
    hits: Vec<HitView>,
    partial: Vec<HitView>,
    mixed: bool,
    partial_summary: String,
    ways_on: Vec<WayView>,
    sorts: Vec<SortView>,
    /// Where every hit says why it stands where it stands.
    explain: Option<String>,
    histogram: Option<Histogram>,
    days: Option<DayGrid>,
    periods: Option<PeriodTable>,
    facets: Vec<FacetView>,
    previous: Option<String>,
    next: Option<String>,
    feed: String,
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
struct SortView {
    label: &'static str,
    chosen: bool,
    page: String,
}

/// What the page counts: what was asked for, or else what is worth showing of these archives.
fn counted(request: &Request, engine: &dyn Engine) -> Request {
    let mut counted = request.clone();
    let facets = &mut counted.window.facets;
    if *facets == address::default_window().facets {
        facets.push(FacetRequest { facet: Facet::Year, limit: 0 });
        if engine.facts().archives.len() > 1 {
            facets.insert(0, FacetRequest { facet: Facet::Archive, limit: 10 });
        }
    }
    counted
}

fn found(app: &App, request: &Request, engine: &dyn Engine, highlight: Highlight) -> Result<String, Problem> {
    let answer = highlight.on(search(engine, &counted(request, engine))?);
    let (query, page, base) = (answer.query.trim(), &answer.page, app.settings.base_path.as_str());
    // What was searched may have been respelt: the calendar is of that.
    let searched = Request { text: answer.understood.text.clone(), ..request.clone() };
    let calendar = Calendar::of(engine, &searched)?;
    let (full, partial): (Vec<_>, Vec<_>) =
        page.hits.iter().enumerate().partition(|(_, hit)| hit.missing.is_empty() && !page.mixed);
    let hits = Hits::new(base, query, engine);
    let hit = |(i, hit): (usize, &Hit)| hits.view(page.offset + i + 1, hit);
    let at = |offset: usize| address::continued(base, PAGE_SEARCH, request, &answer.index, offset);
    let (previous, next) = json::neighbours(request, &answer);
    let only_year = match calendar.years().keys().copied().collect::<Vec<_>>().as_slice() {
        [year] => Some(*year),
        _ => None,
    };
    let pages = Pages { base, query: &searched.text };
    let printed = super::printed(engine, &page.hits);
    let view = SearchView {
        frame: Frame::new(app, &one_line(query), query),
        summary: match (page.total, page.partial_total) {
            (0, 1..) => "no entry has them all".to_owned(),
            (total, _) => words::entries(total),
        },
        everything: words::entries(engine.facts().state.entries),
        range: page.range.as_ref().map(|(first, last)| range(first, last)),
        chips: chips(&answer),
        warnings: warnings(&answer),
        hits: full.into_iter().map(hit).collect(),
        partial: partial.into_iter().map(hit).collect(),
        mixed: page.mixed,
        partial_summary: words::entries(page.partial_total + if page.mixed { page.total } else { 0 }),
        ways_on: ways_on(&answer),
        explain: (!request.window.explain && !page.hits.is_empty()).then(|| {
            let mut explained = request.clone();
            explained.window.explain = true;
            address::question(base, PAGE_SEARCH, &explained)
        }),
        sorts: if page.total > 1 { sorts(base, &answer.understood.text) } else { Vec::new() },
        histogram: chart::histogram(&page.facets),
        days: only_year.and_then(|year| chart::days(&calendar, printed, year, &pages, ROOM_FOR_DAYS)),
        periods: chart::periods(&calendar, &pages, ROOM_FOR_PERIODS),
        facets: facets(base, request, &answer),
        previous: previous.map(at),
        next: next.map(at),
        feed: address::question(base, address::FEED_SEARCH, request),
    };
    Ok(app.pages.render("search.html", &view))
}

/// What of the query was read as more than its words.
fn chips(answer: &Answer) -> Vec<ChipView> {
    let says_more =
        |clause: &&diary_query::plan::UnderstoodClause| !clause.meaning.is_empty() || clause.text.contains(':');
    let chip = |clause: &diary_query::plan::UnderstoodClause| ChipView {
        text: one_line(&clause.text),
        meaning: one_line(&clause.meaning),
        remove: clause.remove.clone(),
    };
    answer.understood.clauses.iter().filter(says_more).map(chip).collect()
}

fn warnings(answer: &Answer) -> Vec<WarningView> {
    let warning = |diagnostic: &diary_query::lang::Diagnostic| WarningView {
        message: one_line(&diagnostic.message),
        suggestion: diagnostic.suggestion.clone(),
    };
    answer.diagnostics.iter().map(warning).collect()
}

fn ways_on(answer: &Answer) -> Vec<WayView> {
    let way = |way: &diary_query::WayOn| WayView {
        what: one_line(&way.what),
        query: way.query.clone(),
        count: words::entries(way.count),
    };
    answer.ways_on.iter().map(way).collect()
}

/// The orders that these entries could be in.
fn sorts(base: &str, text: &str) -> Vec<SortView> {
    let query = parse(text).query;
    let chosen = query.sort.unwrap_or(if query.has_words() { Sort::Relevance } else { Sort::Date });
    let orders = [(Sort::Relevance, "Best first"), (Sort::Date, "Newest first"), (Sort::DateAsc, "Oldest first")];
    let meant = orders.into_iter().filter(|(sort, _)| query.has_words() || *sort != Sort::Relevance);
    let view = |(sort, label)| SortView {
        label,
        chosen: sort == chosen,
        page: search_page(base, &diary_query::lang::Query { sort: Some(sort), ..query.clone() }.to_string()),
    };
    meant.map(view).collect()
}

/// The facets beside the hits; time has its own drawings.
fn facets(base: &str, request: &Request, answer: &Answer) -> Vec<FacetView> {
    let shown = answer.page.facets.iter().filter(|counts| match counts.facet {
        Facet::Year | Facet::Month => request.window.facets != address::default_window().facets,
        _ => true,
    });
    let rest = |facet: Facet| {
        let mut wider = request.clone();
        wider.window.offset = 0;
        wider.window.facets = vec![FacetRequest { facet, limit: 200 }];
        address::question(base, PAGE_SEARCH, &wider)
    };
    let shown = shown.filter(|counts| !counts.values.is_empty());
    shown.map(|counts| facet(base, counts, rest(counts.facet))).collect()
}

#[derive(Serialize)]
struct MapView {
    frame: Frame,
    archives: Vec<ArchiveView>,
    /// The day of the year that is looked back on, and its page.
    day: Option<DayView>,
    that_day: Vec<HitView>,
    examples: Vec<WayView>,
    histogram: Option<Histogram>,
    days: Option<DayGrid>,
    periods: Option<PeriodTable>,
    facets: Vec<FacetView>,
}

#[derive(Serialize)]
struct DayView {
    label: String,
    page: String,
    today: bool,
}

#[derive(Serialize)]
struct ArchiveView {
    name: String,
    title: String,
    summary: String,
    range: Option<String>,
}

/// How many entries of the day are shown.
const OF_THE_DAY: usize = 2;

fn map(app: &App, request: &Request, engine: &dyn Engine) -> Result<String, Problem> {
    let mut everything = counted(request, engine);
    everything.window.limit = 0;
    let answer = search(engine, &everything)?;
    let calendar = Calendar::of(engine, request)?;
    let base = app.settings.base_path.as_str();
    let years = calendar.years();
    let only_year = if years.len() == 1 { years.keys().next().copied() } else { None };
    let pages = Pages { base, query: "" };
    let today = request.now.or(request.clock);
    let day = day_to_look_back_on(&calendar, today);
    let that_day = match day {
        Some((month, day)) => that_day(app, engine, month, day)?,
        None => Vec::new(),
    };
    let rest = |facet: Facet| format!("{base}/{}", profile::folder(facet));
    // The archives are listed by themselves.
    let named = answer.page.facets.iter().filter(|counts| matches!(counts.facet, Facet::Person | Facet::Project));
    let named = named.filter(|counts| !counts.values.is_empty());
    let view = MapView {
        frame: Frame::new(app, "", ""),
        archives: archives(engine),
        day: day.filter(|_| !that_day.is_empty()).map(|(month, day)| DayView {
            label: format!("{day} {}", diary::month_name(month)),
            page: format!("{base}/on/{month:02}-{day:02}"),
            today: today.is_some_and(|today| (today.month(), today.day()) == (month, day)),
        }),
        that_day,
        examples: examples(&answer.page.facets).into_iter().chain(together(engine, &answer.page.facets)).collect(),
        histogram: chart::histogram(&answer.page.facets),
        days: only_year.and_then(|year| chart::days(&calendar, engine.facts().calendar, year, &pages, ROOM_FOR_MAP)),
        periods: chart::periods(&calendar, &pages, ROOM_FOR_PERIODS),
        facets: named.map(|counts| facet(base, counts, rest(counts.facet))).collect(),
    };
    Ok(app.pages.render("map.html", &view))
}

/// Today's day of the year, or the next on which anything was ever written.
fn day_to_look_back_on(calendar: &Calendar, today: Option<CivilDate>) -> Option<(u32, u32)> {
    let today = today.map(|today| (today.month(), today.day()))?;
    let of_year = |day: &CivilDate| (day.month(), day.day());
    let later = calendar.days.keys().map(of_year).filter(|day| *day >= today).min();
    later.or_else(|| calendar.days.keys().map(of_year).min())
}

/// A few entries of one day of the year; what its writer marked as sensitive is never brought up unasked.
fn that_day(app: &App, engine: &dyn Engine, month: u32, day: u32) -> Result<Vec<HitView>, Problem> {
    let text = format!("day:{month:02}-{day:02} sort:date");
    let window = Window { limit: 4 * OF_THE_DAY, passages: 1, ..Window::default() };
    let answer = search(engine, &Request { text, window, ..Request::default() })?;
    let mut shown = Vec::new();
    for hit in answer.page.hits {
        if shown.len() < OF_THE_DAY && engine.entry(&hit.id)?.is_some_and(|entry| !entry.sensitive) {
            shown.push(hit);
        }
    }
    Ok(Hits::new(&app.settings.base_path, "", engine).all(&shown))
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

/// Questions that this archive has answers to: its best known names and its busiest month.
fn examples(facets: &[FacetCounts]) -> Vec<WayView> {
    let example = |query: String, what: String, count: u64| WayView { what, query, count: words::entries(count) };
    let mut examples = Vec::new();
    for (facet, what) in [(Facet::Project, "about"), (Facet::Person, "naming")] {
        if let Some(value) = best(facets, facet) {
            let name = one_line(&value.label);
            examples.push(example(asking_for(facet, &name), format!("{what} {name}"), value.count));
        }
    }
    if let Some(value) = best(facets, Facet::Month) {
        examples.push(example(format!("date:{}", value.value), "the busiest month".to_owned(), value.count));
    }
    examples
}

/// As people write it.
fn asking_for(facet: Facet, name: &str) -> String {
    if name.contains(' ') { format!("{}:\"{name}\"", facet.name()) } else { format!("{}:{name}", facet.name()) }
}

/// The best known person beside whoever is named most often with them.
fn together(engine: &dyn Engine, facets: &[FacetCounts]) -> Option<WayView> {
    let known = best(facets, Facet::Person)?;
    let companions = Profile::find(engine, Facet::Person, &known.value, 0).ok()?.companions(engine, 1).ok()?;
    let other = companions.values.first().filter(|value| value.count > 1)?;
    let (one, beside) = (one_line(&known.label), one_line(&other.label));
    // Two may go by one name: then only their keys tell who is meant.
    let is_alone = |name: &str| matches!(engine.names().exact(Facet::Person, name).as_slice(), [_]);
    let by_name = format!("{} {}", asking_for(Facet::Person, &one), asking_for(Facet::Person, &beside));
    Some(WayView {
        query: if is_alone(&one) && is_alone(&beside) { by_name } else { other.apply.clone() },
        what: format!("naming {one} and {beside}"),
        count: words::entries(other.count),
    })
}

/// The most frequent value of a facet, and the first of several, so that the page is the same each time.
fn best(facets: &[FacetCounts], facet: Facet) -> Option<&FacetValue> {
    let counts = facets.iter().find(|counts| counts.facet == facet)?;
    counts.values.iter().rev().max_by_key(|value| value.count).filter(|value| value.count > 1)
}
