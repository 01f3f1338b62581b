//! Addresses: of questions to the API, of pages, and of places in the diary's own pages.

use diary::{CivilDate, EntryId, Facet, Hemisphere};
use diary_query::{FacetRequest, Hit, IndexState, Passage, Request, Window};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};
use std::fmt::Write;

/// The part of the answer given where nothing else is asked for: 20 hits, with the people, projects and months counted.
pub fn default_window() -> Window {
    let facets = vec![
        FacetRequest { facet: Facet::Person, limit: 10 },
        FacetRequest { facet: Facet::Project, limit: 10 },
        FacetRequest { facet: Facet::Month, limit: 0 },
    ];
    Window { facets, ..Window::default() }
}

/// Where the API answers.
pub const API_SEARCH: &str = "/api/v1/search";
/// Where the page answers.
pub const PAGE_SEARCH: &str = "/search";
/// Where the feed answers.
pub const FEED_SEARCH: &str = "/search.atom";

/// The address of a question under `path`: its parameters in one order, those with their usual value left out.
pub fn question(base: &str, path: &str, request: &Request) -> String {
    format!("{base}{path}?q={}{}", encode(&request.text), parameters(request))
}

/// The parameters of a question behind its text.
pub(crate) fn parameters(request: &Request) -> String {
    let mut parameters = String::new();
    let (window, usual) = (&request.window, default_window());
    let mut add = |name: &str, value: &str| {
        let _ = write!(parameters, "&{name}={value}");
    };
    if window.limit != usual.limit {
        add("limit", &window.limit.to_string());
    }
    if window.offset != 0 {
        add("offset", &window.offset.to_string());
    }
    if window.facets != usual.facets {
        add("facets", &facets(&window.facets));
    }
    if window.passages != usual.passages {
        add("passages", &window.passages.to_string());
    }
    if !window.partial {
        add("partial", "0");
    }
    if window.explain {
        add("explain", "1");
    }
    if request.strict {
        add("strict", "1");
    }
    if let Some(now) = request.now {
        add("now", &now.to_string());
    }
    match request.hemisphere {
        None => {}
        Some(Hemisphere::North) => add("hemisphere", "north"),
        Some(Hemisphere::South) => add("hemisphere", "south"),
    }
    parameters
}

/// A place among the hits of a query in one state of an index: after the next ingest it means nothing.
pub fn cursor(state: &IndexState, offset: usize) -> String {
    format!("{}{offset:x}", cursor_prefix(state))
}

/// The offset that a cursor stands for; `None` where it is not one of this state of the index.
pub fn parse_cursor(state: &IndexState, cursor: &str) -> Option<usize> {
    usize::from_str_radix(cursor.strip_prefix(&cursor_prefix(state))?, 16).ok()
}

/// Whether a text has the shape of a cursor, of whatever index.
pub fn is_cursor(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    let is_number = |part: &str| !part.is_empty() && part.len() < 16 && part.bytes().all(|b| b.is_ascii_hexdigit());
    let is_index = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    matches!(parts.as_slice(), [index, generation, offset] if is_index(index) && is_number(generation) && is_number(offset))
}

/// The address of the hits of a question from `offset` on, in one state of an index.
pub fn continued(base: &str, path: &str, request: &Request, state: &IndexState, offset: usize) -> String {
    let mut first = request.clone();
    first.window.offset = 0;
    match offset {
        0 => question(base, path, &first),
        offset => format!("{}&cursor={}", question(base, path, &first), cursor(state, offset)),
    }
}

fn cursor_prefix(state: &IndexState) -> String {
    let uuid: String = state.uuid.chars().filter(char::is_ascii_alphanumeric).take(8).collect();
    format!("{uuid}.{:x}.", state.generation)
}

/// `person:10,month`; `none` for none.
fn facets(requests: &[FacetRequest]) -> String {
    let one = |request: &FacetRequest| match request.limit {
        0 => request.facet.name().to_owned(),
        limit => format!("{}:{limit}", request.facet.name()),
    };
    match requests {
        [] => "none".to_owned(),
        requests => requests.iter().map(one).collect::<Vec<_>>().join(","),
    }
}

/// The facets of a list such as `person:10,month`; the words that name no facet are the error.
///
/// A facet without a number gives ten values, or all where they are dates.
pub fn parse_facets(list: &str) -> Result<Vec<FacetRequest>, String> {
    let mut requests: Vec<FacetRequest> = Vec::new();
    for item in list.split(',').map(str::trim).filter(|item| !item.is_empty() && *item != "none") {
        let (name, limit) = item.split_once(':').unwrap_or((item, ""));
        let facet = Facet::from_name(name).ok_or_else(|| {
            let known: Vec<_> = Facet::ALL.into_iter().map(Facet::name).collect();
            format!("no facet “{}”: there are {}", crate::one_line(name), known.join(", "))
        })?;
        let limit = match limit {
            "" if facet.is_chronological() => 0,
            "" => 10,
            limit => limit.parse::<usize>().map_err(|_| format!("“{item}” needs a number after the colon"))?.min(1000),
        };
        if requests.iter().all(|request| request.facet != facet) {
            requests.push(FacetRequest { facet, limit });
        }
    }
    Ok(requests)
}

/// A date written `YYYY-MM-DD`.
pub fn parse_day(text: &str) -> Option<CivilDate> {
    EntryId::new("a", text, 1).date().filter(|date| date.to_string() == text)
}

/// The page of an entry.
pub fn entry(base: &str, id: &EntryId) -> String {
    format!("{base}/entries/{}", encode_path(id.as_str()))
}

/// An entry in the API.
pub fn api_entry(base: &str, id: &EntryId) -> String {
    format!("{base}/api/v1/entries/{}", encode_path(id.as_str()))
}

/// Where a hit stands on the diary's own pages: by the page's own anchor, or else by the words of its heading.
pub fn permalink(hit: &Hit) -> Option<String> {
    permalink_to(hit.url.as_deref()?, &hit.heading)
}

/// The same for a page address and a heading.
pub fn permalink_to(url: &str, heading: &str) -> Option<String> {
    match heading.trim() {
        _ if !is_web(url) => None,
        "" => Some(url.to_owned()),
        _ if url.contains('#') => Some(url.to_owned()),
        heading => Some(format!("{url}#:~:text={}", fragment(heading))),
    }
}

/// Where a passage stands on the diary's own pages, by its words.
pub fn passage_link(url: &str, passage: &Passage) -> Option<String> {
    let fragment = fragment(&passage.text);
    match url.contains('#') {
        _ if !is_web(url) || fragment.is_empty() => None,
        true => Some(format!("{url}:~:text={fragment}")),
        false => Some(format!("{url}#:~:text={fragment}")),
    }
}

/// Whether an address may be offered to be followed.
pub fn is_web(url: &str) -> bool {
    let lower = url.trim_start().to_ascii_lowercase();
    ["https://", "http://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme))
}

/// How many words at either end are enough to find a passage again.
const FRAGMENT_WORDS: usize = 5;

/// A text fragment: the words themselves, or the first and the last few. A match of the first kind has to lie in one
/// block of the page; of the second it need not.
fn fragment(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let several_blocks = text.trim().contains("\n\n");
    match words.as_slice() {
        words if words.len() <= 2 * FRAGMENT_WORDS && !several_blocks => encode_directive(&words.join(" ")),
        words => {
            let few = FRAGMENT_WORDS.min(words.len() / 2).max(1);
            let (start, end) = (&words[..few], &words[words.len() - few..]);
            format!("{},{}", encode_directive(&start.join(" ")), encode_directive(&end.join(" ")))
        }
    }
}

/// Percent-encodes everything but letters, digits and `-._~`.
///
/// ```
/// assert_eq!(diary_render::address::encode("a b&ü"), "a%20b%26%C3%BC");
/// ```
pub fn encode(text: &str) -> String {
    encoded(text).collect()
}

/// The same in parts, to be written where they belong.
pub(crate) fn encoded(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, WORDS)
}

fn encode_path(text: &str) -> String {
    const PATH: &AsciiSet = &WORDS.remove(b'/');
    utf8_percent_encode(text, PATH).to_string()
}

/// In a text directive the hyphen has a meaning of its own.
fn encode_directive(text: &str) -> String {
    const DIRECTIVE: &AsciiSet = &WORDS.add(b'-');
    utf8_percent_encode(text, DIRECTIVE).to_string()
}

/// What is encoded anywhere.
const WORDS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn permalinks_lead_to_the_heading() {
        for (url, heading, link) in [
            (
                "https://x/y.html",
                "Friday December 19 2003",
                Some("https://x/y.html#:~:text=Friday%20December%2019%202003"),
            ),
            ("https://x/y.html#d19", "Friday", Some("https://x/y.html#d19")),
            ("https://x/y.html", "2003-12-19, late", Some("https://x/y.html#:~:text=2003%2D12%2D19%2C%20late")),
            ("https://x/", "", Some("https://x/")),
            ("javascript:alert(1)", "x", None),
        ] {
            assert_eq!(permalink_to(url, heading).as_deref(), link);
        }
        let long = "one two three four five six seven eight nine ten eleven";
        assert_eq!(fragment(long), "one%20two%20three%20four%20five,seven%20eight%20nine%20ten%20eleven");
        assert_eq!(fragment("a\n\nb"), "a,b");
    }

    #[test]
    fn cursors_are_of_one_state() {
        let state = |generation| IndexState { uuid: "0e4f-88aa-12".to_owned(), generation, entries: 3 };
        let cursor = cursor(&state(7), 40);
        assert_eq!(cursor, "0e4f88aa.7.28");
        assert_eq!(parse_cursor(&state(7), &cursor), Some(40));
        for (text, is_cursor) in [(&*cursor, true), ("a.0.0", true), ("a.0", false), ("a.0.g", false), ("", false)] {
            assert_eq!(super::is_cursor(text), is_cursor, "{text}");
        }
        let request = Request { text: "rzip".to_owned(), window: default_window(), ..Request::default() };
        let at = |offset| continued("", FEED_SEARCH, &request, &state(7), offset);
        assert_eq!([at(0), at(40)], ["/search.atom?q=rzip", "/search.atom?q=rzip&cursor=0e4f88aa.7.28"]);
        for (generation, cursor) in [(8, "0e4f88aa.7.28"), (7, "0e4f88ab.7.28"), (7, "0e4f88aa.7.-1"), (7, "")] {
            assert_eq!(parse_cursor(&state(generation), cursor), None, "{cursor}");
        }
    }

    #[test]
    fn questions_say_only_what_is_unusual() {
        let mut request = Request { text: "hotplug cpu".to_owned(), window: default_window(), ..Request::default() };
        assert_eq!(question("", API_SEARCH, &request), "/api/v1/search?q=hotplug%20cpu");
        request.window.facets = parse_facets("person:3, month").unwrap();
        request.window.offset = 20;
        request.now = parse_day("2003-12-01");
        assert_eq!(
            question("/d", PAGE_SEARCH, &request),
            "/d/search?q=hotplug%20cpu&offset=20&facets=person%3A3%2Cmonth&now=2003-12-01"
                .replace("%3A", ":")
                .replace("%2C", ",")
        );
        assert!(parse_facets("persn").unwrap_err().contains("person"));
        assert_eq!(parse_facets("none").unwrap(), []);
        assert_eq!(parse_day("2003-1-1"), None);
    }
}
