//! The routes, in one table.

use crate::app::App;
use crate::guard::{self, Log};
use crate::page::{entry, help, names, search, time};
use crate::problem::Problem;
use crate::{answer, api, assets, openapi, params, suggest};
use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use axum::routing::{MethodRouter, get};
use diary_render::ATOM_MEDIA_TYPE;
use std::sync::Arc;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

/// A route: where, what is found there, and what it takes.
pub struct Route {
    /// Its path, `{name}` standing for one part of it.
    pub path: &'static str,
    /// What it gives.
    pub gives: &'static str,
    /// The names of the parameters that it takes; `filters` stands for all of those.
    pub takes: &'static [&'static str],
    /// In which form it answers.
    pub answers: Answers,
    handler: fn() -> MethodRouter<Arc<App>>,
}

/// The form of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answers {
    /// A page for people.
    Page,
    /// JSON of this shape, as `openapi.json` describes it.
    Json(&'static str),
    /// Something else, of this media type.
    Other(&'static str),
}

use Answers::{Json, Other, Page};

const NONE: &[&str] = &[];
const PREFIX: &[&str] = &["prefix"];
const LIMIT: &[&str] = &["limit"];
const OF_THE_DAY: &[&str] = &["limit", "cursor", "highlight"];

macro_rules! routes {
    ($($path:literal, $answers:expr, $takes:expr, $handler:path, $gives:literal;)*) => {
        /// Every route.
        pub static ROUTES: &[Route] = &[$(
            Route { path: $path, gives: $gives, takes: $takes, answers: $answers, handler: || get($handler) },
        )*];
    };
}

routes! {
    "/", Page, params::SEARCH, search::page, "the page: a map of the archives, or the answer to ?q=";
    "/search", Page, params::SEARCH, search::page, "the same";
    "/entries/{archive}/{date}", Page, &["q"], entry::page, "the page of an entry, with the marks of ?q=";
    "/entries/{archive}/{date}/{n}", Page, &["q"], entry::page, "of a later entry that day";
    "/people", Page, PREFIX, names::people, "all people";
    "/people/{slug}", Page, NONE, names::person, "a person: when, with whom, about what";
    "/projects", Page, PREFIX, names::projects, "all projects";
    "/projects/{slug}", Page, NONE, names::project, "a project: when, beside what, with whom";
    "/on/{day}", Page, NONE, time::day, "a day, MM-DD, in every year";
    "/help", Page, NONE, help::page, "all that a query can say";
    "/{year}", Page, time::WITHIN, time::year, "a year as a calendar, of all entries or of those that ?q= finds";
    "/{year}/{month}", Page, time::WITHIN, time::month, "a month, MM, as a calendar, with its entries";
    "/{year}/{month}/{day_of_month}", Page, time::WITHIN, time::date, "a day, with its entries";
    "/search.atom", Other(ATOM_MEDIA_TYPE), params::SEARCH, api::feed, "a feed of any query";
    "/api/v1/search", Json("Answer"), params::SEARCH, api::search_json, "hits, facets, understood, warnings";
    "/api/v1/suggest", Json("Suggestions"), suggest::TAKES, suggest::suggest, "what could stand in place of the word that is being typed";
    "/api/v1/parse", Json("Reading"), params::READING, api::parse, "how a query is read, nothing being searched for";
    "/api/v1/explain", Json("Explained"), params::EXPLAIN, api::explain, "why an entry is among the hits of ?q=, or why it is not";
    "/api/v1/facets/{name}", Json("Facet"), api::VALUES, api::facet, "the values of a facet among the hits of ?q=, counted";
    "/api/v1/calendar", Json("Calendar"), api::CALENDAR, api::calendar, "the years with entries, and the days of one of them";
    "/api/v1/days/{day}", Json("Answer"), OF_THE_DAY, api::day, "the entries of a day, MM-DD, in every year";
    "/api/v1/entries", Json("Answer"), api::LIST, api::entries, "the entries in the order of time";
    "/api/v1/entries/{archive}/{date}", Json("Entry"), NONE, api::entry, "one entry";
    "/api/v1/entries/{archive}/{date}/{n}", Json("Entry"), NONE, api::entry, "a later entry that day";
    "/api/v1/people", Json("Names"), api::NAMES, api::people, "the people, the most often named first";
    "/api/v1/people/{slug}", Json("Profile"), NONE, api::person, "a person: names, years, months, companions, projects";
    "/api/v1/people/{slug}/companions", Json("Companions"), LIMIT, api::companions_of_person, "who is named beside a person";
    "/api/v1/projects", Json("Names"), api::NAMES, api::projects, "the projects";
    "/api/v1/projects/{slug}", Json("Profile"), NONE, api::project, "a project: names, years, months, companions, people";
    "/api/v1/projects/{slug}/companions", Json("Companions"), LIMIT, api::companions_of_project, "what is named beside a project";
    "/api/v1/openapi.json", Other(answer::JSON), NONE, openapi::document, "this API, described for programs";
    "/opensearch.xml", Other("application/opensearchdescription+xml"), NONE, assets::opensearch, "how a browser adds the site to its search engines";
    "/style.css", Other("text/css"), NONE, assets::style, "how the pages look";
    "/icon.svg", Other("image/svg+xml"), NONE, assets::icon, "the sign of the site";
    "/js/{module}", Other("text/javascript"), NONE, assets::module, "what moves on the pages";
    "/embed.js", Other("text/javascript"), NONE, assets::embed, "the element diary-search, for pages of any site";
    "/robots.txt", Other("text/plain"), NONE, assets::robots, "what crawlers may visit";
    "/healthz", Other("text/plain"), NONE, health, "whether the server runs";
    "/readyz", Other("text/plain"), NONE, ready, "whether it answers searches";
    "/metrics", Other("text/plain"), NONE, metrics, "counts for Prometheus";
}

/// The whole service without a socket.
pub fn router(app: Arc<App>, log: Log) -> Router {
    let routes = ROUTES.iter().fold(Router::new(), |router, route| router.route(route.path, (route.handler)()));
    let routes = match app.settings.base_path.as_str() {
        "" => routes,
        base => Router::new().nest(base, routes).route(&format!("{base}/"), get(search::page)),
    };
    // The innermost first: a panic becomes a problem, a problem a page, the page is packed, and all are given headers.
    routes
        .fallback(|| async { Problem::not_found("there is nothing at this address") })
        .layer(CatchPanicLayer::custom(|_| Problem::internal().into_response()))
        .layer(from_fn_with_state(Arc::clone(&app), guard::admit))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state((Arc::clone(&app), log), guard::finish))
        .with_state(app)
}

async fn health() -> &'static str {
    "ok\n"
}

async fn ready(State(app): State<Arc<App>>) -> answer::Outcome {
    if app.is_stopping() || app.is_gone() { Err(Problem::not_ready()) } else { Ok("ready\n".into_response()) }
}

async fn metrics(State(app): State<Arc<App>>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, crate::metrics::MEDIA_TYPE)], app.metrics.text(&app))
}
