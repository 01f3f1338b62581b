//! The pages of all people and projects, and of each.

use super::{Frame, HTML, HitView, Hits, plain, range, search_page};
use crate::answer::{Outcome, answer};
use crate::app::App;
use crate::calendar::Calendar;
use crate::chart::{self, DayGrid, Histogram, Pages, PeriodTable};
use crate::params;
use crate::problem::Problem;
use crate::profile::{self, Profile};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use diary::Facet;
use diary_query::{Engine, FacetCounts, FacetValue, Request};
use diary_render::{one_line, words};
use serde::Serialize;
use std::sync::Arc;

/// How many names a page has at most; a prefix finds the others.
const MOST_NAMES: usize = 300;
/// Bytes that a drawing of the days, or of longer periods, may take.
const ROOM_FOR_TIME: usize = 16_000;
/// How many entries of a person or project are shown.
const SHOWN: usize = 10;

pub(crate) async fn people(state: State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Outcome {
    all(state, uri, headers, Facet::Person).await
}

pub(crate) async fn projects(state: State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Outcome {
    all(state, uri, headers, Facet::Project).await
}

pub(crate) async fn person(state: State<Arc<App>>, path: Path<String>, uri: Uri, headers: HeaderMap) -> Outcome {
    one(state, path, uri, headers, Facet::Person).await
}

pub(crate) async fn project(state: State<Arc<App>>, path: Path<String>, uri: Uri, headers: HeaderMap) -> Outcome {
    one(state, path, uri, headers, Facet::Project).await
}

#[derive(Serialize)]
struct NamesView {
    frame: Frame,
    what: &'static str,
    summary: String,
    prefix: String,
    more: usize,
    names: Vec<NameView>,
}

#[derive(Serialize)]
struct NameView {
    label: String,
    count: u64,
    page: String,
}

async fn all(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap, facet: Facet) -> Outcome {
    let prefix = params::given(&uri, &["prefix"])?.text("prefix").unwrap_or_default().to_owned();
    let question = format!("names {facet:?} {prefix}");
    answer(&app, &headers, HTML, &question, move |app, engine| {
        let counts = profile::all(engine, &Request::default(), facet, &prefix)?;
        let base = app.settings.base_path.as_str();
        let view = NamesView {
            frame: Frame::new(app, facet.plural(), ""),
            what: facet.plural(),
            summary: words::number(u64::try_from(counts.distinct).unwrap_or(u64::MAX)),
            prefix: one_line(&prefix),
            more: counts.distinct.saturating_sub(MOST_NAMES),
            names: links(&counts, MOST_NAMES, |value| profile::page(base, facet, &value.value)),
        };
        Ok(app.pages.render("names.html", &view))
    })
    .await
}

fn links(counts: &FacetCounts, most: usize, page: impl Fn(&FacetValue) -> String) -> Vec<NameView> {
    let values = counts.values.iter().filter(|value| value.count > 0).take(most);
    values
        .map(|value| NameView { label: one_line(&plain(&value.label)), count: value.count, page: page(value) })
        .collect()
}

#[derive(Serialize)]
struct ProfileView {
    frame: Frame,
    what: &'static str,
    name: String,
    other_names: Vec<String>,
    summary: String,
    range: Option<String>,
    histogram: Option<Histogram>,
    days: Option<DayGrid>,
    periods: Option<PeriodTable>,
    companions: Vec<NameView>,
    about_what: &'static str,
    about: Vec<NameView>,
    hits: Vec<HitView>,
    all: Option<String>,
}

async fn one(
    State(app): State<Arc<App>>,
    Path(slug): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    facet: Facet,
) -> Outcome {
    params::given(&uri, &[])?;
    let question = format!("profile {facet:?} {slug}");
    answer(&app, &headers, HTML, &question, move |app, engine| {
        let profile = Profile::find(engine, facet, &slug, SHOWN)?;
        draw(app, engine, &profile)
    })
    .await
}

fn draw(app: &App, engine: &dyn Engine, profile: &Profile) -> Result<String, Problem> {
    let base = app.settings.base_path.as_str();
    let page = &profile.answer.page;
    let calendar = Calendar::of(engine, &Request { text: profile.query.clone(), ..Request::default() })?;
    let other = profile::other(profile.facet);
    let about = page.facets.iter().find(|counts| counts.facet == other);
    let name = one_line(&plain(profile.name()));
    let pages = Pages { base, query: &profile.query };
    let years = calendar.years();
    let only_year = if years.len() == 1 { years.keys().next().copied() } else { None };
    let view = ProfileView {
        frame: Frame::new(app, &name, ""),
        what: profile.facet.name(),
        other_names: profile.names.iter().skip(1).take(12).map(|name| one_line(&plain(name))).collect(),
        summary: words::entries(page.total),
        range: page.range.as_ref().map(|(first, last)| range(first, last)),
        histogram: chart::histogram(&page.facets),
        days: only_year
            .and_then(|year| chart::days(&calendar, super::printed(engine, &page.hits), year, &pages, ROOM_FOR_TIME)),
        periods: chart::periods(&calendar, &pages, ROOM_FOR_TIME),
        companions: links(&profile.companions(engine, 12)?, 12, |value| search_page(base, &value.apply)),
        about_what: other.plural(),
        about: about.map(|counts| links(counts, 12, |value| search_page(base, &value.apply))).unwrap_or_default(),
        hits: Hits::new(base, &profile.query, engine).all(&page.hits),
        all: (page.total > SHOWN as u64).then(|| search_page(base, &profile.query)),
        name,
    };
    Ok(app.pages.render("profile.html", &view))
}
