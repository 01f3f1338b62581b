//! One answer in one representation: tagged, timed, searched for off the async threads, at hand from before, or not sent again.

use crate::app::{App, Live};
use crate::problem::Problem;
use crate::tag;
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use diary_query::Engine;
use std::sync::Arc;
use std::time::Instant;

/// What a handler gives.
pub(crate) type Outcome = Result<Response, Problem>;

/// JSON, as all of the API gives it.
pub(crate) const JSON: &str = "application/json";

/// Answers `question` (all that the answer depends on, beside the index and the day) by `work`, unless the client has
/// that answer already.
pub(crate) async fn answer(
    app: &Arc<App>,
    headers: &HeaderMap,
    media_type: &'static str,
    question: &str,
    work: impl FnOnce(&App, &dyn Engine) -> Result<String, Problem> + Send + 'static,
) -> Outcome {
    answer_by(app, app.engine(), headers, media_type, question, work).await
}

/// The same by an engine that the handler has looked at already.
pub(crate) async fn answer_by(
    app: &Arc<App>,
    engine: Arc<dyn Live>,
    headers: &HeaderMap,
    media_type: &'static str,
    question: &str,
    work: impl FnOnce(&App, &dyn Engine) -> Result<String, Problem> + Send + 'static,
) -> Outcome {
    if app.is_gone() {
        return Err(Problem::not_ready());
    }
    let day = app.today().map(|day| day.to_string()).unwrap_or_default();
    let tag = tag::of(&engine.facts().state, media_type, &format!("{question} {day}"));
    if tag::is_known(headers, &tag) {
        let mut response = StatusCode::NOT_MODIFIED.into_response();
        set_tag(response.headers_mut(), &tag);
        return Ok(response);
    }
    let (started, asked) = (Instant::now(), Arc::clone(app));
    if let Some(body) = app.recent.find(&tag) {
        return Ok(whole(media_type, &tag, body, "search;desc=recent".to_owned()));
    }
    let (body, worked) = app
        .run(move || {
            let began = Instant::now();
            work(&asked, &*engine).map(|body| (Bytes::from(body), began.elapsed()))
        })
        .await??;
    let waited = started.elapsed().saturating_sub(worked);
    let milliseconds = |time: std::time::Duration| time.as_secs_f64() * 1e3;
    let timing = format!("search;dur={:.3}, wait;dur={:.3}", milliseconds(worked), milliseconds(waited));
    let response = whole(media_type, &tag, body.clone(), timing);
    app.recent.keep(tag, body);
    Ok(response)
}

fn whole(media_type: &'static str, tag: &str, body: Bytes, timing: String) -> Response {
    let mut response = ([(header::CONTENT_TYPE, media_type)], body).into_response();
    set_tag(response.headers_mut(), tag);
    if let Ok(value) = HeaderValue::from_str(&timing) {
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
