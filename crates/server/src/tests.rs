//! The service without a socket, over an engine made by hand.

mod connections;
mod fake;

use crate::{App, Limits, Log, ROUTES, Settings, router};
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use fake::fake;
use std::sync::Arc;
use std::time::Duration;
use tower::ServiceExt;

fn app(settings: Settings) -> Arc<App> {
    App::new(settings, || Ok(fake(2))).unwrap()
}

fn quiet() -> Log {
    Arc::new(|_| {})
}

struct Got {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Got {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }
    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

async fn send(app: &Arc<App>, request: Request<Body>) -> Got {
    let response = router(Arc::clone(app), quiet()).oneshot(request).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    Got { status, headers, body: String::from_utf8_lossy(&bytes).into_owned() }
}

fn request(method: &str, path: &str, headers: &[(&str, &str)]) -> Request<Body> {
    let request = Request::builder().method(method).uri(path).header("host", "localhost:8630");
    headers.iter().fold(request, |request, (name, value)| request.header(*name, *value)).body(Body::empty()).unwrap()
}

async fn get(path: &str) -> Got {
    send(&app(Settings::default()), request("GET", path, &[])).await
}

#[track_caller]
fn check(path: &str, status: u16, code: &str) {
    let got = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(get(path));
    assert_eq!(got.status.as_u16(), status, "{path}: {}", got.body);
    if code.is_empty() {
        return;
    }
    assert_eq!(got.header("content-type"), "application/problem+json", "{path}");
    assert_eq!((&got.json()["code"], &got.json()["status"]), (&code.into(), &status.into()), "{path}");
}

#[test]
fn statuses() {
    for (path, status, code) in [
        ("/", 200, ""),
        ("/search?q=hotplug", 200, ""),
        ("/search?q=nothing", 200, ""),
        ("/search.atom?q=hotplug", 200, ""),
        ("/api/v1/search?q=hotplug&person=linus&person=tridge&not.person=&limit=2&facets=person:3,month", 200, ""),
        ("/api/v1/search?q=%FF%00&now=2003-12-01&hemisphere=south&partial=0&sort=date&passages=1", 200, ""),
        ("/api/v1/search?color=red", 400, "parameter-invalid"),
        ("/search?color=red", 400, "parameter-invalid"),
        ("/api/v1/search?q=a&q=b", 400, "parameter-invalid"),
        ("/api/v1/search?limit=101", 400, "parameter-invalid"),
        ("/api/v1/search?offset=10001", 400, "parameter-invalid"),
        ("/api/v1/search?limit=-1", 400, "parameter-invalid"),
        ("/api/v1/search?facets=persn", 400, "parameter-invalid"),
        ("/api/v1/search?sort=size", 400, "parameter-invalid"),
        ("/api/v1/search?now=yesterday", 400, "parameter-invalid"),
        ("/api/v1/search?q=persn:x&strict=1", 400, "query-invalid"),
        ("/api/v1/search?q=gone", 503, "not-ready"),
        ("/api/v1/search?q=boom", 500, "internal"),
        ("/entries/rusty/2003-12-19", 200, ""),
        ("/entries/rusty/2003-12-18", 404, "not-found"),
        ("/entries/rusty/2003-12-19/2", 404, "not-found"),
        ("/entries/rusty/2003-12-19?x=1", 400, "parameter-invalid"),
        ("/people", 200, ""),
        ("/people?prefix=t", 200, ""),
        ("/people/torvalds-linus", 200, ""),
        ("/people/nobody", 404, "not-found"),
        ("/projects", 200, ""),
        ("/projects/torvalds-linus", 404, "not-found"),
        ("/on/12-19", 200, ""),
        ("/on/02-30", 404, "not-found"),
        ("/on/2-3", 404, "not-found"),
        ("/2003", 200, ""),
        ("/2003?q=hotplug", 200, ""),
        ("/0000", 404, "not-found"),
        ("/20034", 404, "not-found"),
        ("/2003/12", 200, ""),
        ("/2003/13", 404, "not-found"),
        ("/2003/1", 404, "not-found"),
        ("/api/v1/people", 200, ""),
        ("/api/v1/people/linus", 200, ""),
        ("/api/v1/people/linus/companions?limit=3", 200, ""),
        ("/api/v1/people/nobody/companions", 404, "not-found"),
        ("/api/v1/projects", 200, ""),
        ("/api/v1/facets/person?q=hotplug&prefix=l", 200, ""),
        ("/api/v1/facets/colour", 404, "not-found"),
        ("/api/v1/facets/person?offset=1", 400, "parameter-invalid"),
        ("/api/v1/entries?since=2003-12-01&until=2003&limit=2", 200, ""),
        ("/api/v1/entries?q=hotplug", 400, "parameter-invalid"),
        ("/api/v1/calendar?q=hotplug&year=2003", 200, ""),
        ("/api/v1/calendar?year=two", 400, "parameter-invalid"),
        ("/api/v1/days/12-19", 200, ""),
        ("/api/v1/days/13-19", 404, "not-found"),
        ("/api/v1/explain?q=hotplug&id=rusty/2003-12-19", 200, ""),
        ("/api/v1/explain?q=hotplug&id=rusty/2003-12-18", 404, "not-found"),
        ("/api/v1/explain?q=hotplug", 400, "parameter-invalid"),
        ("/api/v1/suggest?q=tri", 200, ""),
        ("/api/v1/suggest?q=tri&format=opensearch&limit=3", 200, ""),
        ("/api/v1/suggest?q=tri&format=xml", 400, "parameter-invalid"),
        ("/api/v1/parse?q=hotplug+july", 200, ""),
        ("/api/v1/parse?q=persn:x&strict=1", 400, "query-invalid"),
        ("/api/v1/search?q=a&cursor=u.1.14", 410, "cursor-expired"),
        ("/api/v1/search?q=a&cursor=u.2.1", 200, ""),
        ("/api/v1/search?q=a&cursor=u.2.1&offset=1", 200, ""),
        ("/api/v1/search?q=a&cursor=", 200, ""),
        ("/api/v1/search?q=a&cursor=u.2", 400, "parameter-invalid"),
        ("/api/v1/search?q=a&cursor=u.2.2711", 400, "parameter-invalid"),
        ("/search?q=a&cursor=u.2.1&highlight=none", 200, ""),
        ("/search?q=a&cursor=u.1.1", 410, "cursor-expired"),
        ("/search.atom?q=a&cursor=u.2.1&highlight=none", 200, ""),
        ("/search.atom?q=a&cursor=u.1.1", 410, "cursor-expired"),
        ("/entries/rusty/2003-12-19/x", 404, "not-found"),
        ("/api/v1/entries/rusty/2003-12-19/0", 404, "not-found"),
        ("/people/%FF", 400, "request-invalid"),
        ("/api/v1/search?q=a&highlight=html", 200, ""),
        ("/api/v1/search?q=a&highlight=bold", 400, "parameter-invalid"),
        ("/api/v1/openapi.json", 200, ""),
        ("/opensearch.xml", 200, ""),
        ("/metrics", 200, ""),
        ("/js/page.js", 200, ""),
        ("/js/none.js", 404, "not-found"),
        ("/embed.js", 200, ""),
        ("/icon.svg", 200, ""),
        ("/api/v1/entries/rusty/2003-12-19", 200, ""),
        ("/api/v1/entries/..%2f..%2fetc/passwd", 404, "not-found"),
        ("/healthz", 200, ""),
        ("/readyz", 200, ""),
        ("/style.css", 200, ""),
        ("/robots.txt", 200, ""),
        ("/nowhere", 404, "not-found"),
    ] {
        check(path, status, code);
    }
    check(&format!("/api/v1/search?q={}", "a".repeat(5000)), 400, "query-too-long");
    check(&format!("/api/v1/search?q={}", "a".repeat(9000)), 414, "address-too-long");
}

#[tokio::test]
async fn nothing_from_inside_gets_out() {
    for path in ["/api/v1/search?q=boom", "/api/v1/search?q=gone", "/search?q=boom"] {
        let got = get(path).await;
        assert!(!got.body.contains("inner words") && !got.body.contains("secret"), "{}", got.body);
    }
    assert!(get("/api/v1/search?q=boom").await.json()["id"].is_u64());
}

#[tokio::test]
async fn every_page_escapes_what_it_shows() {
    let html = [("accept", "text/html")];
    let app = app(Settings::default());
    for path in [
        "/",
        "/search?q=%3Cscript%3Ehotplug",
        "/search?q=%3Cscript%3Enothing",
        "/search?q=a&offset=1&limit=1",
        "/entries/rusty/2003-12-19?q=%3Cscript%3E",
        "/entries/rusty/2003-12-18",
        "/people",
        "/people?prefix=%3Cscript%3E",
        "/people/linus",
        "/people/%3Cscript%3E",
        "/on/12-19",
        "/2003?q=%3Cscript%3E",
        "/2003/12?q=%3Cscript%3E",
        "/search?%3Cscript%3E=1",
        "/%3Cscript%3E",
    ] {
        let got = send(&app, request("GET", path, &html)).await;
        assert_eq!(got.header("content-type"), "text/html; charset=utf-8", "{path}: {}", got.body);
        assert!(!got.body.contains("could not be drawn"), "{path}");
        for bad in ["<script>", "<world>", "<diary>", "<b>title", "javascript:", "\u{202e}", "<i>"] {
            assert!(!got.body.contains(bad), "{path} shows {bad}: {}", got.body);
        }
        for needed in ["<html lang=", "role=\"search\"", "<main id=\"main\"", "/style.css"] {
            assert!(got.body.contains(needed), "{path} lacks {needed}");
        }
    }
    let got = send(&app, request("GET", "/search?q=hotplug", &html)).await;
    for needed in [
        "<mark>hotplug</mark>",
        "<time datetime=\"2003-12-19\">Fri 19 Dec 2003</time>",
        "<ol class=\"hits\"",
        "aria-current",
    ] {
        assert!(got.body.contains(needed), "{needed}: {}", got.body);
    }
}

#[tokio::test]
async fn known_answers_are_not_sent_again() {
    let app = app(Settings::default());
    let path = "/api/v1/search?q=hotplug";
    let first = send(&app, request("GET", path, &[])).await;
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with('"') && tag.ends_with('"') && tag.len() > 10);
    for known in [tag.clone(), format!("\"x\", {tag}"), format!("W/{tag}"), "*".to_owned()] {
        let again = send(&app, request("GET", path, &[("if-none-match", &known)])).await;
        assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""), "{known}");
        assert_eq!(again.header("etag"), tag);
    }
    let packed = send(&app, request("GET", path, &[("accept-encoding", "gzip")])).await;
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert_ne!(packed.header("etag"), tag, "two codings are two representations");
    let known = packed.header("etag").to_owned();
    let again = send(&app, request("GET", path, &[("accept-encoding", "gzip"), ("if-none-match", &known)])).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    let other = send(&app, request("GET", "/api/v1/search?q=rzip", &[("if-none-match", &tag)])).await;
    assert_eq!(other.status, StatusCode::OK);
    // One question in two spellings is one answer.
    let spelt = send(&app, request("GET", "/api/v1/search?q=%68otplug&limit=20&offset=0", &[])).await;
    assert_eq!((spelt.header("etag"), &spelt.body), (tag.as_str(), &first.body));
}

#[tokio::test]
async fn only_reading_and_only_by_name() {
    let local = app(Settings::default());
    for method in ["POST", "PUT", "DELETE", "PATCH", "TRACE"] {
        let got = send(&local, request(method, "/", &[])).await;
        assert_eq!((got.status.as_u16(), got.header("allow")), (405, "GET, HEAD, OPTIONS"), "{method}");
    }
    let head = send(&local, request("HEAD", "/api/v1/search?q=a", &[])).await;
    assert_eq!((head.status, head.body.as_str()), (StatusCode::OK, ""));
    assert_eq!(send(&local, request("OPTIONS", "/", &[])).await.header("allow"), "GET, HEAD, OPTIONS");
    let body = Request::builder().uri("/").header("host", "localhost").header("content-length", "3");
    let got = send(&local, body.body(Body::from("abc")).unwrap()).await;
    assert_eq!(got.status, StatusCode::PAYLOAD_TOO_LARGE);
    let long = "a".repeat(20_000);
    let got = send(&local, request("GET", "/", &[("x-long", &long)])).await;
    assert_eq!(got.status, StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
    for (host, status) in
        [("evil.example", 421), ("localhost", 200), ("127.0.0.1:80", 200), ("[::1]:8630", 200), ("LocalHost:1", 200)]
    {
        let got = send(&local, Request::builder().uri("/").header("host", host).body(Body::empty()).unwrap()).await;
        assert_eq!(got.status.as_u16(), status, "{host}");
    }
    let named = app(Settings { hosts: vec!["diary.example".to_owned()], public: true, ..Settings::default() });
    for (host, status) in [("evil.example", 421), ("diary.example:443", 200)] {
        let got = send(&named, Request::builder().uri("/").header("host", host).body(Body::empty()).unwrap()).await;
        assert_eq!(got.status.as_u16(), status, "{host}");
    }
}

#[tokio::test]
async fn headers_protect_and_open_only_what_is_public() {
    let got = get("/nowhere").await;
    assert!(got.header("content-security-policy").starts_with("default-src 'none'"));
    assert_eq!(got.header("x-content-type-options"), "nosniff");
    assert_eq!(get("/api/v1/search?q=a").await.header("access-control-allow-origin"), "");
    assert_eq!(get("/api/v1/search?q=a").await.header("x-robots-tag"), "noindex, nofollow");
    assert!(get("/api/v1/search?q=a").await.header("server-timing").starts_with("search;dur="));
    let public = app(Settings { public: true, ..Settings::default() });
    let got = send(&public, request("GET", "/api/v1/search?q=a", &[])).await;
    assert_eq!(got.header("access-control-allow-origin"), "*");
    assert_eq!(send(&public, request("GET", "/", &[])).await.header("access-control-allow-origin"), "");
    assert_eq!(
        send(&public, request("GET", "/embed.js", &[])).await.header("cross-origin-resource-policy"),
        "cross-origin"
    );
    for path in
        ["/", "/search?q=hotplug", "/entries/rusty/2003-12-19", "/people/linus", "/2003", "/2003/12", "/nowhere"]
    {
        let page = send(&public, request("GET", path, &[("accept", "text/html")])).await.body;
        for forbidden in [" style=", "<style", " onclick=", "javascript:"] {
            assert!(!page.contains(forbidden), "{path} has {forbidden}, which its policy forbids");
        }
    }
}

#[tokio::test]
async fn a_feed_leads_to_itself_from_anywhere_and_to_its_further_pages() {
    let named = app(Settings { base_path: "/d".to_owned(), proxies: 1, ..Settings::default() });
    let headers = [("x-forwarded-proto", "https")];
    let feed = send(&named, request("GET", "/d/search.atom?q=hotplug&limit=1", &headers)).await;
    let base = "https://localhost:8630/d";
    for link in [
        format!("rel=\"self\" type=\"application/atom+xml\" href=\"{base}/search.atom?q=hotplug&amp;limit=1\""),
        format!(
            "rel=\"next\" type=\"application/atom+xml\" href=\"{base}/search.atom?q=hotplug&amp;limit=1&amp;cursor=u.2.1\""
        ),
        format!("rel=\"alternate\" type=\"text/html\" href=\"{base}/search?q=hotplug&amp;limit=1\""),
    ] {
        assert!(feed.body.contains(&link), "{link}: {}", feed.body);
    }
    assert!(!feed.body.contains("href=\"/"), "{}", feed.body);
    assert!(feed.body.contains("&lt;mark&gt;hotplug"));
    let plain = send(&named, request("GET", "/d/search.atom?q=hotplug&limit=1&highlight=none", &headers)).await;
    assert!(!plain.body.contains("mark") && plain.header("etag") != feed.header("etag"));
    let here = send(&named, request("GET", "/d/search.atom?q=hotplug&limit=1", &[])).await;
    assert_ne!(here.header("etag"), feed.header("etag"), "its links are others");
}

#[tokio::test]
async fn a_base_path_is_in_every_link() {
    let app = app(Settings { base_path: "/diary".to_owned(), ..Settings::default() });
    for path in [
        "/diary",
        "/diary/",
        "/diary/search?q=a",
        "/diary/entries/rusty/2003-12-19",
        "/diary/people/linus",
        "/diary/2003",
        "/diary/2003/12",
        "/diary/on/12-19",
    ] {
        let got = send(&app, request("GET", path, &[("accept", "text/html")])).await;
        assert_eq!(got.status, StatusCode::OK, "{path}");
        for (i, _) in got
            .body
            .match_indices("href=\"/")
            .chain(got.body.match_indices("action=\"/"))
            .chain(got.body.match_indices("src=\"/"))
        {
            assert!(got.body[i..].contains("=\"/diary/"), "{path}: {}", &got.body[i..i + 40]);
        }
    }
    assert_eq!(send(&app, request("GET", "/search?q=a", &[])).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_much_is_turned_away_and_what_is_too_slow_given_up() {
    let limits = Limits { searches: 1, waiting: 0, ..Limits::default() };
    let busy = app(Settings { limits, ..Settings::default() });
    let (one, two) = tokio::join!(
        send(&busy, request("GET", "/api/v1/search?q=slow", &[])),
        send(&busy, request("GET", "/api/v1/search?q=slow", &[]))
    );
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 503]);
    let turned_away = if one.status == StatusCode::OK { two } else { one };
    assert_eq!(turned_away.header("retry-after"), "1");
    assert_eq!(turned_away.json()["code"], "busy");
    let limits = Limits { answer: Duration::from_millis(50), ..Limits::default() };
    let hasty = app(Settings { limits, ..Settings::default() });
    let given_up = send(&hasty, request("GET", "/api/v1/search?q=slow", &[])).await;
    assert_eq!((given_up.status.as_u16(), &given_up.json()["code"]), (503, &"too-slow".into()));
}

#[test]
fn a_number_that_is_too_much_is_told_how_much_there_may_be() {
    for (path, detail) in [
        ("/api/v1/search?limit=-1", "“limit” is a whole number"),
        ("/api/v1/search?limit=1001", "“limit” is a number from 0 to 100"),
        ("/api/v1/search?offset=10001", "“offset” is a number from 0 to 10000"),
        ("/api/v1/suggest?q=a&limit=99", "“limit” is a number from 0 to 20"),
    ] {
        let got = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(get(path));
        assert_eq!((got.status.as_u16(), &got.json()["detail"]), (400, &detail.into()), "{path}");
    }
}

#[tokio::test]
async fn a_newer_state_of_the_index_is_taken_up() {
    let generation = std::sync::atomic::AtomicU64::new(0);
    let opened = move || Ok(fake(generation.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1));
    let app = App::new(Settings::default(), opened).unwrap();
    let generation =
        || async { send(&app, request("GET", "/api/v1/search?q=a", &[])).await.json()["index"]["generation"].clone() };
    assert_eq!(generation().await, 1);
    app.refresh();
    assert_eq!(generation().await, 2);
    app.refresh();
    assert_eq!(generation().await, 2);
}

#[tokio::test]
async fn one_address_may_ask_only_so_much() {
    let rate = crate::Rate { per_second: 0.5, at_once: 3.0, for_loopback: false };
    let asking = |proxies, peer: &'static str, forwarded: &'static str| {
        let app = app(Settings { limits: Limits { rate, ..Limits::default() }, proxies, ..Settings::default() });
        async move {
            let mut statuses = Vec::new();
            for _ in 0..4 {
                let mut asked = request("GET", "/healthz", &[("x-forwarded-for", forwarded)]);
                asked.extensions_mut().insert(crate::guard::Peer(peer.parse().unwrap()));
                let got = send(&app, asked).await;
                statuses.push((got.status.as_u16(), got.header("retry-after").to_owned()));
            }
            statuses.pop().unwrap()
        }
    };
    let (free, held) = ((200, String::new()), (429, "2".to_owned()));
    assert_eq!(asking(0, "192.0.2.1", "192.0.2.9").await, held);
    assert_eq!(asking(0, "127.0.0.1", "192.0.2.9").await, free);
    assert_eq!(asking(1, "127.0.0.1", "10.0.0.1, 192.0.2.9").await, held);
    assert_eq!(asking(1, "127.0.0.1", "192.0.2.9, 127.0.0.1").await, free);
    assert_eq!(asking(2, "127.0.0.1", "192.0.2.9, 127.0.0.1").await, held);
}

#[tokio::test]
async fn the_api_answers_in_json_alone() {
    let app = app(Settings::default());
    for (accept, status) in [
        ("application/json", 200),
        ("*/*", 200),
        ("text/html,application/xhtml+xml,*/*;q=0.8", 200),
        ("application/problem+json", 200),
        ("text/csv", 406),
        ("image/png, application/json;q=0", 406),
    ] {
        let got = send(&app, request("GET", "/api/v1/search?q=a", &[("accept", accept)])).await;
        assert_eq!(got.status.as_u16(), status, "{accept}");
    }
}

#[tokio::test]
async fn every_route_takes_what_its_row_says_and_nothing_else() {
    let app = app(Settings::default());
    let fill = |path: &str| {
        let filled = path.replace("{archive}", "rusty").replace("{date}", "2003-12-19").replace("{n}", "1");
        let filled = filled.replace("{slug}", "linus").replace("{day}", "12-19").replace("{name}", "month");
        let filled = filled.replace("{year}", "2003").replace("{month}", "12").replace("{day_of_month}", "19");
        filled.replace("{module}", "page.js")
    };
    let filters = diary_render::filter::FILTERS.iter().map(|filter| filter.name);
    let names: Vec<&str> = crate::PARAMETERS.iter().map(|parameter| parameter.name).chain(filters).collect();
    for route in ROUTES.iter().filter(|route| !matches!(route.answers, crate::Answers::Other(_))) {
        for name in &names {
            let value = match crate::PARAMETERS.iter().find(|parameter| parameter.name == *name).map(|row| row.value) {
                Some(crate::Value::OneOf(words)) => words[0],
                Some(crate::Value::Day) => "2003-12-19",
                Some(crate::Value::Number(_)) => "3",
                _ if *name == "cursor" => "u.2.1",
                _ if *name == "facets" => "month",
                _ if *name == "id" => "rusty/2003-12-19",
                _ => "2003-12",
            };
            let got = send(&app, request("GET", &format!("{}?{name}={value}", fill(route.path)), &[])).await;
            let is_filter = diary_render::filter::named(name).is_some();
            let taken = route.takes.contains(name) || is_filter && route.takes.contains(&"filters");
            let refused = got.status == StatusCode::BAD_REQUEST && got.body.contains("no parameter");
            assert_eq!(refused, !taken, "{} with {name}: {}", route.path, got.status);
        }
    }
}

#[tokio::test]
async fn what_is_asked_again_is_worked_out_once_and_the_same() {
    let app = app(Settings::default());
    for path in ["/api/v1/search?q=hotplug", "/search?q=hotplug", "/search.atom?q=hotplug", "/people", "/"] {
        let (first, again) = (send(&app, request("GET", path, &[])).await, send(&app, request("GET", path, &[])).await);
        assert!(first.header("server-timing").contains("dur="), "{path}");
        assert_eq!(again.header("server-timing"), "search;desc=recent", "{path}");
        assert_eq!((first.body, first.status), (again.body, again.status), "{path}");
        for name in ["etag", "content-type", "cache-control"] {
            assert_eq!(first.headers.get(name), again.headers.get(name), "{path}");
        }
    }
    let other = send(&app, request("GET", "/api/v1/search?q=hotplug&partial=0", &[])).await;
    assert!(other.header("server-timing").contains("dur="));
}

#[tokio::test]
async fn the_counts_are_kept_and_say_nothing_of_queries() {
    let app = app(Settings::default());
    send(&app, request("GET", "/api/v1/search?q=hotplug", &[])).await;
    send(&app, request("GET", "/nowhere", &[])).await;
    let metrics = send(&app, request("GET", "/metrics", &[])).await.body;
    for line in [
        "diary_answers_total{status=\"2xx\"} 1",
        "diary_answers_total{status=\"4xx\"} 1",
        "diary_answer_seconds_count 2",
        "diary_index_generation 2",
    ] {
        assert!(metrics.lines().any(|known| known == line), "{line} in {metrics}");
    }
    assert!(!metrics.contains("hotplug"));
}

#[test]
fn scripts_and_styles_are_small() {
    let script: usize = ["page", "live", "suggest", "keys"]
        .map(|name| std::fs::metadata(format!("{}/src/assets/{name}.js", env!("CARGO_MANIFEST_DIR"))).unwrap().len())
        .map(|length| usize::try_from(length).unwrap())
        .iter()
        .sum();
    // Compressed it is about a third of that.
    assert!(script < 40_000, "{script} bytes");
}

#[test]
fn routes_have_one_row_each() {
    for (i, route) in ROUTES.iter().enumerate() {
        assert!(route.path.starts_with('/') && !route.gives.is_empty());
        assert!(ROUTES.iter().skip(i + 1).all(|other| other.path != route.path), "{}", route.path);
    }
}
