//! What is refused before any handler, and what every answer carries.

use crate::app::App;
use crate::page;
use crate::problem::Problem;
use crate::tag;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Version, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// One answered request, for the log. What was searched for is not in it.
#[derive(Clone, Debug)]
pub struct Access {
    /// Its method.
    pub method: String,
    /// Its path, without parameters.
    pub path: String,
    /// The status of its answer.
    pub status: u16,
    /// How long it took.
    pub elapsed: Duration,
    /// The id of what went wrong inside.
    pub problem: Option<u64>,
}

/// Takes the log's lines.
pub type Log = Arc<dyn Fn(&Access) + Send + Sync>;

/// What may be done here.
pub(crate) const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, OPTIONS");
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The outermost: headers on every answer, and a line in the log.
pub(crate) async fn finish(State((app, log)): State<(Arc<App>, Log)>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let (method, path) = (request.method().to_string(), request.uri().path().to_owned());
    let is_open = app.settings.public && is_for_other_sites(path_below(&app, &path));
    let mut response = next.run(request).await;
    tag::name_coding(response.headers_mut());
    protect(response.headers_mut(), is_open);
    if app.is_stopping() {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    app.metrics.note(response.status(), started.elapsed());
    let problem = response.extensions().get::<Problem>().and_then(|problem| problem.id);
    log(&Access { method, path, status: response.status().as_u16(), elapsed: started.elapsed(), problem });
    response
}

/// What pages of other sites may read of a public index.
fn is_for_other_sites(path: &str) -> bool {
    path.starts_with("/api/") || path == "/embed.js"
}

fn protect(headers: &mut HeaderMap, is_open: bool) {
    let fixed = [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", if is_open { "cross-origin" } else { "same-origin" }),
    ];
    for (name, value) in fixed {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if is_open {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}

/// Refuses what no handler should see, bounds the time of the rest, and shows problems to people as a page.
pub(crate) async fn admit(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let for_people = wants_page(&app, &request);
    let searching = request.uri().query().is_some() || path_below(&app, request.uri().path()).starts_with("/api/");
    let mut response = match refuse(&app, &request) {
        Some(problem) => problem.into_response(),
        None if request.method() == Method::OPTIONS => options(),
        None => match tokio::time::timeout(app.settings.limits.answer, next.run(request)).await {
            Ok(response) => response,
            Err(_) => Problem::too_slow().into_response(),
        },
    };
    if searching {
        // Crawlers would find no end of combinations.
        response.headers_mut().insert("x-robots-tag", HeaderValue::from_static("noindex, nofollow"));
    }
    let is_error = response.status().is_client_error() || response.status().is_server_error();
    if is_error && response.extensions().get::<Problem>().is_none() {
        response = Problem::refused(response.status()).into_response();
    }
    match response.extensions().get::<Problem>() {
        Some(problem) if for_people => page::problem(&app, problem, response.headers().clone()),
        _ => response,
    }
}

fn options() -> Response {
    (StatusCode::NO_CONTENT, [(header::ALLOW, METHODS), (header::ACCESS_CONTROL_ALLOW_METHODS, METHODS)])
        .into_response()
}

fn refuse(app: &App, request: &Request) -> Option<Problem> {
    let limits = &app.settings.limits;
    if !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return Some(Problem::method_not_allowed());
    }
    if let Some(problem) = wrong_host(app, request) {
        return Some(problem);
    }
    if let Some(Err(wait)) = client(app, request).map(|address| app.buckets.take(address, Instant::now())) {
        return Some(Problem::too_many(wait));
    }
    if request.uri().path_and_query().map_or(0, |text| text.as_str().len()) > limits.address {
        let detail = format!("an address has at most {} bytes", limits.address);
        return Some(Problem::new(StatusCode::URI_TOO_LONG, "address-too-long", detail));
    }
    let headers = request.headers();
    if headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum::<usize>() > limits.headers {
        let detail = format!("the headers of a request have at most {} bytes", limits.headers);
        return Some(Problem::new(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, "headers-too-long", detail));
    }
    let has_body = headers.get(header::CONTENT_LENGTH).is_some_and(|length| length.as_bytes() != b"0");
    if has_body || headers.contains_key(header::TRANSFER_ENCODING) {
        return Some(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body-not-allowed", "requests have no body here"));
    }
    let below = path_below(app, request.uri().path());
    if below.starts_with("/api/") && !accepts_json(headers) {
        return Some(Problem::new(StatusCode::NOT_ACCEPTABLE, "not-acceptable", "the API answers in JSON alone"));
    }
    None
}

fn accepts_json(headers: &HeaderMap) -> bool {
    let mut lists = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).peekable();
    let is_json = |range: &str| {
        let mut parts = range.split(';').map(str::trim);
        let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
        let refused = parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"));
        !refused && (matches!(kind.as_str(), "*/*" | "application/*") || kind.ends_with("json"))
    };
    lists.peek().is_none() || lists.any(|list| list.trim().is_empty() || list.split(',').any(is_json))
}

/// From where a connection came.
#[derive(Clone, Copy)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// Whose request it is: the peer's, or of whom the last proxy but the trusted ones had it.
fn client(app: &App, request: &Request) -> Option<IpAddr> {
    let Peer(peer) = *request.extensions().get::<Peer>()?;
    let Some(hop) = app.settings.proxies.checked_sub(1) else { return Some(peer) };
    let lists = request.headers().get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let hops: Vec<&str> = lists.flat_map(|list| list.split(',')).map(str::trim).collect();
    Some(hops.iter().rev().nth(hop).and_then(|address| address.parse().ok()).unwrap_or(peer))
}

/// A page of another site that has its name lead to this machine must not read what only this machine may.
fn wrong_host(app: &App, request: &Request) -> Option<Problem> {
    let mut given = request.headers().get_all(header::HOST).iter();
    let (first, more) = (given.next(), given.next());
    let host = match (request.uri().authority(), first) {
        _ if more.is_some() => return Some(Problem::bad_parameter("one Host header, please")),
        (Some(authority), _) => authority.as_str(),
        (None, Some(host)) => host.to_str().unwrap_or("?"),
        (None, None) if request.version() < Version::HTTP_11 => return None,
        (None, None) => return Some(Problem::bad_parameter("a Host header is needed")),
    };
    let name = without_port(host).to_ascii_lowercase();
    let settings = &app.settings;
    let is_loopback = matches!(name.as_str(), "localhost" | "127.0.0.1" | "[::1]");
    let any = settings.public && settings.hosts.is_empty();
    match is_loopback || any || settings.hosts.contains(&name) {
        true => None,
        false => Some(Problem::new(StatusCode::MISDIRECTED_REQUEST, "unknown-host", "this server has another name")),
    }
}

/// `[::1]:8630` and `localhost:8630` without their ports.
fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) && !name.ends_with(':') => name,
        _ => host,
    }
}

fn wants_page(app: &App, request: &Request) -> bool {
    let accepted = request.headers().get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    !path_below(app, request.uri().path()).starts_with("/api/")
        && accepted.into_iter().any(|list| list.contains("text/html"))
}

fn path_below<'a>(app: &App, path: &'a str) -> &'a str {
    path.strip_prefix(app.settings.base_path.as_str()).unwrap_or(path)
}
