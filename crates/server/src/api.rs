//! The API: handlers of a few lines, and the shapes that are sent by no other edge.

use crate::answer::{JSON, Outcome, answer, answer_by};
use crate::app::App;
use crate::calendar::{self, Calendar};
use crate::params::{self, Given};
use crate::problem::Problem;
use crate::profile::{self, Profile};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use diary::{EntryId, Facet};
use diary_query::{Engine, FacetCounts, FacetValue, IndexState, Request, Window, read, search};
use diary_render::entry::{self, Around};
use diary_render::filter::with_clauses;
use diary_render::json::Condition;
use diary_render::{ATOM_MEDIA_TYPE, address, atom, json};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What a list of entries takes.
pub(crate) const LIST: &[&str] = &["since", "until", "archive", "sort", "limit", "offset", "cursor", "highlight"];
/// What a list of values takes.
pub(crate) const VALUES: &[&str] = &["q", params::FILTERS, "prefix", "limit", "now", "hemisphere"];
/// The most values of a list.
pub(crate) const MOST_VALUES: usize = 1000;
/// What the people and the projects take.
pub(crate) const NAMES: &[&str] = &["prefix", "limit"];
/// What the calendar takes: a year is which of its pages, and no clause of the query.
pub(crate) const CALENDAR: &[&str] = &["q", params::FILTERS, "now", "hemisphere", "year"];

pub(crate) async fn search_json(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Outcome {
    found(app, headers, params::given(&uri, params::SEARCH)?).await
}

/// The entries from one day to another, the oldest first.
pub(crate) async fn entries(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Outcome {
    let mut given = params::given(&uri, LIST)?;
    given.default("sort", "date-asc");
    found(app, headers, given).await
}

/// That day in every year, the oldest first.
pub(crate) async fn day(State(app): State<Arc<App>>, Path(day): Path<String>, uri: Uri, headers: HeaderMap) -> Outcome {
    let (month, day) = calendar::month_day(&day).ok_or_else(|| Problem::not_found("a day is MM-DD, such as 12-19"))?;
    let mut given = params::given(&uri, &["limit", "cursor", "highlight"])?;
    given.default("q", &format!("day:{month:02}-{day:02} sort:date-asc"));
    found(app, headers, given).await
}

async fn found(app: Arc<App>, headers: HeaderMap, given: Given) -> Outcome {
    let engine = app.engine();
    let request = given.request(&app.settings.limits, &engine.facts().state)?;
    let highlight = given.highlight();
    let question = format!("{} {}", address::question("", address::API_SEARCH, &request), highlight.name());
    answer_by(&app, engine, &headers, JSON, &question, move |app, engine| {
        let request = app.at_this_day(request);
        let found = search(engine, &request)?;
        Ok(json::answer_with(&request, &found, &app.settings.base_path, highlight))
    })
    .await
}

pub(crate) async fn feed(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Outcome {
    let engine = app.engine();
    let given = params::given(&uri, params::SEARCH)?;
    let request = given.request(&app.settings.limits, &engine.facts().state)?;
    let (base, highlight) = (app.home(&headers)?, given.highlight());
    let question = format!("{} {}", address::question(&base, address::FEED_SEARCH, &request), highlight.name());
    answer_by(&app, engine, &headers, ATOM_MEDIA_TYPE, &question, move |app, engine| {
        let request = app.at_this_day(request);
        let found = highlight.on(search(engine, &request)?);
        Ok(atom(&request, &found, &base))
    })
    .await
}

pub(crate) async fn parse(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Outcome {
    let request = reading(&app, &uri)?;
    let question = address::question("", "parse", &request);
    answer(&app, &headers, JSON, &question, move |app, engine| {
        let request = app.at_this_day(request);
        Ok(json::reading(&request, &read(engine, &request)?, &app.settings.base_path))
    })
    .await
}

fn reading(app: &App, uri: &Uri) -> Result<Request, Problem> {
    params::given(uri, params::READING)?.request(&app.settings.limits, &app.engine().facts().state)
}

/// Why an entry is among the hits, or why it is not.
pub(crate) async fn explain(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Outcome {
    let given = params::given(&uri, params::EXPLAIN)?;
    let id = given.text("id").and_then(EntryId::parse);
    let id = id.ok_or_else(|| Problem::bad_parameter("“id” is an entry, such as archive/2003-12-19"))?;
    let request = given.request(&app.settings.limits, &app.engine().facts().state)?;
    let question = format!("{} {id}", address::question("", "explain", &request));
    answer(&app, &headers, JSON, &question, move |app, engine| {
        let request = app.at_this_day(request);
        if engine.entry(&id)?.is_none() {
            return Err(Problem::not_found(format!("there is no entry {id}")));
        }
        // The id of an entry begins those of the later ones that day too.
        let of_entry = |text: &str, partial: bool| {
            let text = with_clauses(text, &[format!("id:{id}")]);
            let window = Window { limit: 100, passages: 0, explain: true, partial, ..Window::default() };
            let found = search(engine, &Request { text, window, ..request.clone() })?;
            Ok::<_, Problem>(found.page.hits.into_iter().find(|hit| hit.id == id))
        };
        let mut conditions = Vec::new();
        for clause in read(engine, &request)?.plan.understood.clauses {
            let met = of_entry(&clause.text, false)?.is_some();
            conditions.push(Condition { text: clause.text, meaning: clause.meaning, met });
        }
        let found = of_entry(&request.text, true)?;
        Ok(json::explanation(&request, &id, &conditions, found.as_ref(), &engine.facts().state))
    })
    .await
}

pub(crate) async fn facet(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Outcome {
    let facet = Facet::from_name(&name).ok_or_else(|| Problem::not_found(format!("no facet “{name}”")))?;
    let given = params::given(&uri, VALUES)?;
    let limit = given.number("limit", MOST_VALUES)?.unwrap_or(100);
    let prefix = given.text("prefix").unwrap_or_default().to_owned();
    let request = Request { text: given.query(&app.settings.limits)?, ..Request::default() };
    let question = format!("{} {facet:?} {limit} {prefix}", address::question("", "facet", &request));
    answer(&app, &headers, JSON, &question, move |app, engine| {
        let request = app.at_this_day(request);
        let mut counts = profile::all(engine, &request, facet, &prefix)?;
        if !facet.is_chronological() {
            counts.values.truncate(limit);
        }
        Ok(json::facet(&request, &counts, &engine.facts().state, &app.settings.base_path))
    })
    .await
}

/// The parts of an entry's address.
#[derive(Deserialize)]
pub(crate) struct Place {
    archive: String,
    date: String,
    n: Option<String>,
}

impl Place {
    pub(crate) fn id(&self) -> Result<EntryId, Problem> {
        let n = self.n.as_deref().unwrap_or("1");
        let id = EntryId::parse(&format!("{}/{}/{n}", self.archive, self.date));
        id.ok_or_else(|| Problem::not_found("an entry's address is /entries/archive/2003-12-19"))
    }
}

pub(crate) async fn entry(
    State(app): State<Arc<App>>,
    Path(place): Path<Place>,
    uri: Uri,
    headers: HeaderMap,
) -> Outcome {
    params::given(&uri, &[])?;
    let id = place.id()?;
    let question = format!("entry {id}");
    answer(&app, &headers, JSON, &question, move |app, engine| {
        let found = engine.entry(&id)?.ok_or_else(|| Problem::not_found(format!("there is no entry {id}")))?;
        let around = Around::find(engine, &found)?;
        Ok(entry::json(&found, &around, &engine.facts().state, &app.settings.base_path))
    })
    .await
}

pub(crate) async fn people(state: State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Outcome {
    names(state, uri, headers, Facet::Person).await
}

pub(crate) async fn projects(state: State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Outcome {
    names(state, uri, headers, Facet::Project).await
}

async fn names(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap, facet: Facet) -> Outcome {
    let given = params::given(&uri, NAMES)?;
    let limit = given.number("limit", MOST_VALUES)?.unwrap_or(100);
    let prefix = given.text("prefix").unwrap_or_default().to_owned();
    let question = format!("names {facet:?} {limit} {prefix}");
    answer(&app, &headers, JSON, &question, move |app, engine| {
        let counts = profile::all(engine, &Request::default(), facet, &prefix)?;
        let base = &app.settings.base_path;
        let values = counts.values.iter().filter(|value| value.count > 0).take(limit);
        let known = |value: &FacetValue| KnownShape {
            key: value.value.clone(),
            name: value.label.clone(),
            other_names: engine.names().forms(facet, &value.value).split_off_first(),
            count: value.count,
            links: NameLinks::of(base, facet, &value.value),
        };
        Ok(line(&KnownList {
            facet: facet.name(),
            total: counts.distinct,
            values: values.map(known).collect(),
            index: IndexShape::of(engine),
        }))
    })
    .await
}

pub(crate) async fn person(state: State<Arc<App>>, path: Path<String>, uri: Uri, headers: HeaderMap) -> Outcome {
    named(state, path, uri, headers, Facet::Person).await
}

pub(crate) async fn project(state: State<Arc<App>>, path: Path<String>, uri: Uri, headers: HeaderMap) -> Outcome {
    named(state, path, uri, headers, Facet::Project).await
}

async fn named(
    State(app): State<Arc<App>>,
    Path(slug): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    facet: Facet,
) -> Outcome {
    params::given(&uri, &[])?;
    let question = format!("profile {facet:?} {slug}");
    answer(&app, &headers, JSON, &question, move |app, engine| {
        let profile = Profile::find(engine, facet, &slug, 0)?;
        let base = &app.settings.base_path;
        let of = |facet: Facet| {
            let counts = profile.answer.page.facets.iter().find(|counts| counts.facet == facet);
            counts.map(|counts| values(base, counts)).unwrap_or_default()
        };
        Ok(line(&ProfileShape {
            facet: facet.name(),
            key: &profile.key,
            name: profile.name(),
            other_names: profile.names.clone().split_off_first(),
            count: profile.answer.page.total,
            first: profile.answer.page.range.as_ref().map(|(first, _)| first.clone()),
            last: profile.answer.page.range.as_ref().map(|(_, last)| last.clone()),
            years: of(Facet::Year),
            months: of(Facet::Month),
            companions: values(base, &profile.companions(engine, 10)?),
            about: of(profile::other(facet)),
            links: NameLinks::of(base, facet, &profile.key),
            index: IndexShape::of(engine),
        }))
    })
    .await
}

pub(crate) async fn companions_of_person(
    state: State<Arc<App>>,
    path: Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Outcome {
    companions(state, path, uri, headers, Facet::Person).await
}

pub(crate) async fn companions_of_project(
    state: State<Arc<App>>,
    path: Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Outcome {
    companions(state, path, uri, headers, Facet::Project).await
}

async fn companions(
    State(app): State<Arc<App>>,
    Path(slug): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    facet: Facet,
) -> Outcome {
    let limit = params::given(&uri, &["limit"])?.number("limit", MOST_VALUES)?.unwrap_or(100);
    let question = format!("companions {facet:?} {limit} {slug}");
    answer(&app, &headers, JSON, &question, move |app, engine| {
        let profile = Profile::find(engine, facet, &slug, 0)?;
        let companions = profile.companions(engine, limit)?;
        Ok(line(&CompanionsShape {
            facet: facet.name(),
            key: &profile.key,
            name: profile.name(),
            total: companions.distinct,
            companions: values(&app.settings.base_path, &companions),
            index: IndexShape::of(engine),
        }))
    })
    .await
}

pub(crate) async fn calendar(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Outcome {
    let given = params::given(&uri, CALENDAR)?;
    let year = given.number("year", 9999)?;
    let request = given.without("year").request(&app.settings.limits, &app.engine().facts().state)?;
    let question = format!("{} {year:?}", address::question("", "calendar", &request));
    answer(&app, &headers, JSON, &question, move |app, engine| {
        let request = app.at_this_day(request);
        let calendar = Calendar::of(engine, &request)?;
        let (base, query) = (&app.settings.base_path, &request.text);
        let years = calendar.years();
        let year = year.and_then(|year| i32::try_from(year).ok()).or(years.keys().next_back().copied());
        let counted =
            |period: String, count: u64, query: String| CountShape { apply: api_query(base, &query), period, count };
        let days = year.into_iter().flat_map(|year| calendar.of_year(year));
        Ok(line(&CalendarShape {
            query,
            year,
            years: years
                .iter()
                .map(|(year, n)| counted(format!("{year:04}"), *n, calendar::query_of_year(query, *year)))
                .collect(),
            days: days.map(|(day, n)| counted(day.to_string(), n, calendar::query_of_day(query, day))).collect(),
            index: IndexShape::of(engine),
        }))
    })
    .await
}

/// Where the API answers a query.
fn api_query(base: &str, query: &str) -> String {
    format!("{base}{}?q={}", address::API_SEARCH, address::encode(query))
}

fn values(base: &str, counts: &FacetCounts) -> Vec<ValueShape> {
    let counted = counts.values.iter().filter(|value| value.count > 0 || counts.facet.is_chronological());
    let shape = |value: &FacetValue| ValueShape {
        value: value.value.clone(),
        label: value.label.clone(),
        count: value.count,
        apply: api_query(base, &value.apply),
    };
    counted.map(shape).collect()
}

/// One value on one line.
fn line(value: &impl Serialize) -> String {
    // Writing plain structures with string keys into memory has no way to fail.
    serde_json::to_string(value).unwrap_or_default() + "\n"
}

trait SplitOffFirst {
    /// All but the first.
    fn split_off_first(self) -> Self;
}

impl SplitOffFirst for Vec<String> {
    fn split_off_first(mut self) -> Self {
        self.split_off(1.min(self.len()))
    }
}

#[derive(Serialize)]
struct IndexShape {
    uuid: String,
    generation: u64,
}

impl IndexShape {
    fn of(engine: &dyn Engine) -> Self {
        let IndexState { uuid, generation, .. } = &engine.facts().state;
        Self { uuid: uuid.clone(), generation: *generation }
    }
}

#[derive(Serialize)]
struct KnownList {
    facet: &'static str,
    total: usize,
    values: Vec<KnownShape>,
    index: IndexShape,
}

#[derive(Serialize)]
struct KnownShape {
    key: String,
    name: String,
    other_names: Vec<String>,
    count: u64,
    links: NameLinks,
}

#[derive(Serialize)]
struct NameLinks {
    #[serde(rename = "self")]
    this: String,
    entries: String,
    companions: String,
    html: String,
}

impl NameLinks {
    fn of(base: &str, facet: Facet, key: &str) -> Self {
        let this = profile::page(&format!("{base}/api/v1"), facet, key);
        Self {
            entries: api_query(base, &profile::query_of(facet, key)),
            companions: format!("{this}/companions"),
            html: profile::page(base, facet, key),
            this,
        }
    }
}

#[derive(Serialize)]
struct ValueShape {
    value: String,
    label: String,
    count: u64,
    apply: String,
}

#[derive(Serialize)]
struct ProfileShape<'a> {
    facet: &'static str,
    key: &'a str,
    name: &'a str,
    other_names: Vec<String>,
    count: u64,
    first: Option<String>,
    last: Option<String>,
    years: Vec<ValueShape>,
    months: Vec<ValueShape>,
    companions: Vec<ValueShape>,
    about: Vec<ValueShape>,
    links: NameLinks,
    index: IndexShape,
}

#[derive(Serialize)]
struct CompanionsShape<'a> {
    facet: &'static str,
    key: &'a str,
    name: &'a str,
    total: usize,
    companions: Vec<ValueShape>,
    index: IndexShape,
}

#[derive(Serialize)]
struct CalendarShape<'a> {
    query: &'a str,
    year: Option<i32>,
    years: Vec<CountShape>,
    days: Vec<CountShape>,
    index: IndexShape,
}

#[derive(Serialize)]
struct CountShape {
    period: String,
    count: u64,
    apply: String,
}
