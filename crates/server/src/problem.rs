//! The one error of every route, as RFC 9457 has it.

use crate::guard::METHODS;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use diary_query::{EngineError, SearchError};
use serde::Serialize;
use std::sync::atomic::{AtomicU64, Ordering};

/// Why there is no answer.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub(crate) status: StatusCode,
    /// Stable: what programs go by.
    code: &'static str,
    pub(crate) detail: String,
    /// What it speaks of, in the query text.
    span: Option<[u32; 2]>,
    /// Queries that would run.
    pub(crate) suggestions: Vec<String>,
    /// What the log calls it.
    pub(crate) id: Option<u64>,
    retry_after: Option<u32>,
}

/// What is sent of it.
#[derive(Serialize)]
struct Shape<'a> {
    r#type: &'a str,
    title: &'a str,
    status: u16,
    code: &'a str,
    detail: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    span: Option<[u32; 2]>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    suggestions: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<u64>,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self { status, code, detail: detail.into(), span: None, suggestions: Vec::new(), id: None, retry_after: None }
    }

    pub(crate) fn title(&self) -> &'static str {
        self.status.canonical_reason().unwrap_or("Error")
    }

    pub(crate) fn bad_parameter(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "parameter-invalid", detail)
    }

    pub(crate) fn method_not_allowed() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", "only GET, HEAD and OPTIONS")
    }

    /// What a library refused on its own.
    pub(crate) fn refused(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::not_found("there is nothing at this address"),
            status if status.is_client_error() => Self::new(status, "request-invalid", "this request cannot be read"),
            _ => Self::internal(),
        }
    }

    pub(crate) fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", detail)
    }

    pub(crate) fn cursor_expired() -> Self {
        Self::new(
            StatusCode::GONE,
            "cursor-expired",
            "the diary was read anew since, so start from the first hit again",
        )
    }

    /// One address asked for too much in a short time.
    pub(crate) fn too_many(retry_after: u32) -> Self {
        let detail = "that is more than one address may ask in so short a time";
        Self { retry_after: Some(retry_after), ..Self::new(StatusCode::TOO_MANY_REQUESTS, "too-many-requests", detail) }
    }

    pub(crate) fn suggesting(self, suggestions: Vec<String>) -> Self {
        Self { suggestions, ..self }
    }

    pub(crate) fn busy() -> Self {
        let busy =
            Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "too much is asked at once; try again in a moment");
        Self { retry_after: Some(1), ..busy }
    }

    /// Not the same as [`Self::busy`]: whoever is told this was not turned away.
    pub(crate) fn too_slow() -> Self {
        let detail = "the answer was not ready in time; try again in a moment";
        Self { retry_after: Some(1), ..Self::new(StatusCode::SERVICE_UNAVAILABLE, "too-slow", detail) }
    }

    pub(crate) fn not_ready() -> Self {
        let not_ready = Self::new(StatusCode::SERVICE_UNAVAILABLE, "not-ready", "the server is not ready to answer");
        Self { retry_after: Some(5), ..not_ready }
    }

    /// Something went wrong inside; its words stay there, and its id leads to them.
    pub(crate) fn internal() -> Self {
        static COUNT: AtomicU64 = AtomicU64::new(1);
        let id = COUNT.fetch_add(1, Ordering::Relaxed);
        let internal =
            Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "something went wrong on the server's side");
        Self { id: Some(id), ..internal }
    }
}

impl From<SearchError> for Problem {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Query(diagnostic) => Self {
                span: u32::try_from(diagnostic.span.start)
                    .ok()
                    .zip(u32::try_from(diagnostic.span.end).ok())
                    .map(<[u32; 2]>::from),
                suggestions: diagnostic.suggestion.into_iter().collect(),
                ..Self::new(StatusCode::BAD_REQUEST, "query-invalid", diagnostic.message)
            },
            SearchError::Engine(error) => error.into(),
        }
    }
}

impl From<EngineError> for Problem {
    fn from(error: EngineError) -> Self {
        match error {
            // The sentence speaks to whoever runs the server, of paths and commands: not for the web.
            EngineError::Unusable(_) => Self::not_ready(),
            EngineError::Unsupported(what) => Self::new(StatusCode::BAD_REQUEST, "unsupported", what),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let shape = Shape {
            r#type: "about:blank",
            title: self.title(),
            status: self.status.as_u16(),
            code: self.code,
            detail: &self.detail,
            span: self.span,
            suggestions: &self.suggestions,
            id: self.id,
        };
        let mut response = Response::new(Body::from(serde_json::to_string(&shape).unwrap_or_default() + "\n"));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.status == StatusCode::METHOD_NOT_ALLOWED {
            headers.insert(header::ALLOW, METHODS);
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(self);
        response
    }
}
