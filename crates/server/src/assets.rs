//! What the pages are drawn and moved with: files in the program itself, and small descriptions of the site.

use crate::answer::Outcome;
use crate::app::App;
use crate::problem::Problem;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

const STYLE: &str = include_str!("assets/style.css");
const ICON: &str = include_str!("assets/icon.svg");
const EMBED: &str = include_str!("assets/embed.js");

/// The modules of the page's script, by name.
const MODULES: [(&str, &str); 4] = [
    ("page.js", include_str!("assets/page.js")),
    ("live.js", include_str!("assets/live.js")),
    ("suggest.js", include_str!("assets/suggest.js")),
    ("keys.js", include_str!("assets/keys.js")),
];

const SCRIPT: &str = "text/javascript; charset=utf-8";

pub(crate) async fn style(headers: HeaderMap) -> Response {
    file(&headers, "text/css; charset=utf-8", STYLE)
}

pub(crate) async fn icon(headers: HeaderMap) -> Response {
    file(&headers, "image/svg+xml", ICON)
}

pub(crate) async fn embed(headers: HeaderMap) -> Response {
    file(&headers, SCRIPT, EMBED)
}

pub(crate) async fn module(Path(name): Path<String>, headers: HeaderMap) -> Outcome {
    let module = MODULES.iter().find(|(known, _)| *known == name);
    let (_, text) = module.ok_or_else(|| Problem::not_found("there is no such script"))?;
    Ok(file(&headers, SCRIPT, text))
}

/// A file of the program: the same until the next version.
fn file(headers: &HeaderMap, media_type: &'static str, text: &'static str) -> Response {
    let tag = format!("\"{}\"", &blake3::hash(text.as_bytes()).to_hex()[..24]);
    let mut response = match crate::tag::is_known(headers, &tag) {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => ([(header::CONTENT_TYPE, media_type)], text).into_response(),
    };
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// How a browser adds the site to its search engines.
pub(crate) async fn opensearch(State(app): State<Arc<App>>, headers: HeaderMap) -> Outcome {
    let site = crate::page::escape(&app.site());
    let base = app.home(&headers)?;
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n\
         <ShortName>{}</ShortName>\n<Description>Search {site}</Description>\n\
         <InputEncoding>UTF-8</InputEncoding>\n\
         <Image height=\"16\" width=\"16\" type=\"image/svg+xml\">{base}/icon.svg</Image>\n\
         <Url type=\"text/html\" template=\"{base}/search?q={{searchTerms}}\"/>\n\
         <Url type=\"application/atom+xml\" template=\"{base}/search.atom?q={{searchTerms}}\"/>\n\
         <Url type=\"application/x-suggestions+json\" rel=\"suggestions\" \
         template=\"{base}/api/v1/suggest?format=opensearch&amp;q={{searchTerms}}\"/>\n\
         <Url type=\"application/opensearchdescription+xml\" rel=\"self\" template=\"{base}/opensearch.xml\"/>\n\
         </OpenSearchDescription>\n",
        short(&site),
    );
    let headers = [
        (header::CONTENT_TYPE, "application/opensearchdescription+xml; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    Ok((headers, text).into_response())
}

/// At most sixteen characters, as that format has it; an escaped character is never cut.
fn short(escaped: &str) -> String {
    match escaped.chars().count() {
        0..=16 => escaped.to_owned(),
        _ => "Diary search".to_owned(),
    }
}

/// The pages of entries are worth finding; the combinations of facets have no end.
pub(crate) async fn robots(State(app): State<Arc<App>>) -> String {
    let base = &app.settings.base_path;
    format!("User-agent: *\nDisallow: {base}/search\nDisallow: {base}/search.atom\nDisallow: {base}/api/\n")
}
