//! The routes, in one table, and their handlers of a few lines.

use crate::app::App;
use crate::guard::{self, Log};
use crate::page;
use crate::params;
use crate::problem::Problem;
use crate::tag;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use diary::{Entry, EntryId};
use diary_query::{Answer, Engine, Request, search};
use diary_render::entry::Around;
use diary_render::{ATOM_MEDIA_TYPE, address, atom, entry, json};
use std::sync::Arc;
use std::time::Instant;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

/// A route: where, and what is found there.
pub struct Route {
    /// Its path, `{name}` standing for one part of it.
    pub path: &'static str,
    /// What it gives.
    pub gives: &'static str,
    handler: fn() -> MethodRouter<Arc<App>>,
}

/// Every route.
pub static ROUTES: [Route; 12] = [
    Route { path: "/", gives: "the page: a map of the archives, or the answer to ?q=", handler: || get(search_page) },
    Route { path: "/search", gives: "the same", handler: || get(search_page) },
    Route { path: "/entries/{archive}/{date}", gives: "the page of an entry", handler: || get(entry_page) },
    Route { path: "/entries/{archive}/{date}/{n}", gives: "of a later entry that day", handler: || get(entry_page) },
    Route { path: "/style.css", gives: "how the pages look", handler: || get(style) },
    Route { path: "/search.atom", gives: "a feed of any query", handler: || get(search_atom) },
    Route { path: "/api/v1/search", gives: "hits, facets, understood, warnings", handler: || get(search_json) },
    Route { path: "/api/v1/entries/{archive}/{date}", gives: "one entry", handler: || get(entry_json) },
    Route {
        path: "/api/v1/entries/{archive}/{date}/{n}",
        gives: "a later entry that day",
        handler: || get(entry_json),
    },
    Route { path: "/healthz", gives: "whether the server runs", handler: || get(health) },
    Route { path: "/readyz", gives: "whether it answers searches", handler: || get(ready) },
    Route { path: "/robots.txt", gives: "what crawlers may visit", handler: || get(robots) },
];

/// The whole service without a socket.
pub fn router(app: Arc<App>, log: Log) -> Router {
    let routes = ROUTES.iter().fold(Router::new(), |router, route| router.route(route.path, (route.handler)()));
    let routes = match app.settings.base_path.as_str() {
        "" => routes,
        base => Router::new().nest(base, routes.clone()).route(&format!("{base}/"), get(search_page)),
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

type Outcome = Result<Response, Problem>;

async fn search_json(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Outcome {
    let request = params::question(&uri, &app.settings.limits)?;
    let base = app.settings.base_path.clone();
    answered(&app, &headers, "application/json", request, move |request, found| {
        json::answer(request, &found.answer, &base)
    })
    .await
}

async fn search_atom(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Outcome {
    let request = params::question(&uri, &app.settings.limits)?;
    let base = app.settings.base_path.clone();
    answered(&app, &headers, ATOM_MEDIA_TYPE, request, move |request, found| atom(request, &found.answer, &base)).await
}

async fn search_page(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Outcome {
    let mut request = params::question(&uri, &app.settings.limits)?;
    if request.text.trim().is_empty() {
        // The map of the archives shows counts, not hits.
        request.window.limit = 0;
    }
    let shown = Arc::clone(&app);
    answered(&app, &headers, page::HTML, request, move |request, found| {
        page::search(&shown, request, &found.answer, found.engine)
    })
    .await
}

struct Found<'a> {
    answer: Answer,
    engine: &'a dyn Engine,
}

/// The answer to a question in one representation, unless the client has it already.
async fn answered(
    app: &Arc<App>,
    headers: &HeaderMap,
    media_type: &'static str,
    mut request: Request,
    render: impl FnOnce(&Request, Found) -> String + Send + 'static,
) -> Outcome {
    let engine = app.engine();
    let question = address::question(&app.settings.base_path, media_type, &request);
    request.clock = app.settings.today.and_then(|today| today());
    let day = request.clock.map(|day| day.to_string()).unwrap_or_default();
    let tag = tag::of(&engine.facts().state, media_type, &format!("{question} {day}"));
    if tag::is_known(headers, &tag) {
        return Ok(unchanged(&tag));
    }
    let started = Instant::now();
    let body = app
        .run(move || {
            let answer = search(&*engine, &request)?;
            Ok::<String, Problem>(render(&request, Found { answer, engine: &*engine }))
        })
        .await??;
    Ok(tagged(&tag, media_type, body, Some(started)))
}

/// The parts of an entry's address.
#[derive(serde::Deserialize)]
struct Place {
    archive: String,
    date: String,
    n: Option<u32>,
}

impl Place {
    fn id(&self) -> Option<EntryId> {
        EntryId::parse(&format!("{}/{}/{}", self.archive, self.date, self.n.unwrap_or(1)))
    }
}

async fn entry_json(State(app): State<Arc<App>>, Path(place): Path<Place>, uri: Uri, headers: HeaderMap) -> Outcome {
    params::only(&uri, &[])?;
    let base = app.settings.base_path.clone();
    shown(&app, &headers, "application/json", &place, "", move |found, around, engine| {
        entry::json(found, around, &engine.facts().state, &base)
    })
    .await
}

async fn entry_page(State(app): State<Arc<App>>, Path(place): Path<Place>, uri: Uri, headers: HeaderMap) -> Outcome {
    let query = params::only(&uri, &["q"])?.into_iter().next().map(|(_, query)| query).unwrap_or_default();
    let (viewer, asked) = (Arc::clone(&app), query.clone());
    shown(&app, &headers, page::HTML, &place, &query, move |found, around, engine| {
        page::entry(&viewer, found, around, &asked, engine)
    })
    .await
}

async fn shown(
    app: &Arc<App>,
    headers: &HeaderMap,
    media_type: &'static str,
    place: &Place,
    query: &str,
    render: impl FnOnce(&Entry, &Around, &dyn Engine) -> String + Send + 'static,
) -> Outcome {
    let id = place.id().ok_or_else(|| Problem::not_found("an entry's address is /entries/archive/2003-12-19"))?;
    let engine = app.engine();
    let tag = tag::of(&engine.facts().state, media_type, &format!("{id} {query}"));
    if tag::is_known(headers, &tag) {
        return Ok(unchanged(&tag));
    }
    let body = app
        .run(move || {
            let entry = engine.entry(&id)?.ok_or_else(|| Problem::not_found(format!("there is no entry {id}")))?;
            let around = Around::find(&*engine, &entry)?;
            Ok::<String, Problem>(render(&entry, &around, &*engine))
        })
        .await??;
    Ok(tagged(&tag, media_type, body, None))
}

fn unchanged(tag: &str) -> Response {
    let mut response = StatusCode::NOT_MODIFIED.into_response();
    set_tag(response.headers_mut(), tag);
    response
}

fn tagged(tag: &str, media_type: &'static str, body: String, started: Option<Instant>) -> Response {
    let mut response = ([(header::CONTENT_TYPE, media_type)], body).into_response();
    set_tag(response.headers_mut(), tag);
    let timing = started.map(|started| format!("search;dur={:.3}", started.elapsed().as_secs_f64() * 1e3));
    if let Some(value) = timing.and_then(|timing| HeaderValue::from_str(&timing).ok()) {
        response.headers_mut().insert("server-timing", value);
    }
    response
}

/// To be asked about again each time, and cheap to ask about.
fn set_tag(headers: &mut HeaderMap, tag: &str) {
    if let Ok(value) = HeaderValue::from_str(tag) {
        headers.insert(header::ETAG, value);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
}

async fn style() -> Response {
    let headers = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "max-age=3600")];
    (headers, page::STYLE).into_response()
}

async fn health() -> &'static str {
    "ok\n"
}

async fn ready(State(app): State<Arc<App>>) -> Outcome {
    if app.is_stopping() { Err(Problem::not_ready()) } else { Ok("ready\n".into_response()) }
}

/// The pages of entries are worth finding; the combinations of facets have no end.
async fn robots(State(app): State<Arc<App>>) -> String {
    let base = &app.settings.base_path;
    format!("User-agent: *\nDisallow: {base}/search\nDisallow: {base}/search.atom\nDisallow: {base}/api/\n")
}
