//! An Atom feed (RFC 4287) of the hits of a query.
//!
//! Feeds want a moment where a diary has a day: it is midnight UTC of the entry's day, in the Gregorian calendar.

use crate::address::{self, API_SEARCH, FEED_SEARCH, PAGE_SEARCH};
use crate::marks::pieces;
use crate::shape::neighbours;
use crate::{clean, one_line, words};
use diary::Calendar;
use diary_query::{Answer, Hit, IndexState, Passage, Request};
use std::fmt::Write;

/// The media type of the feed.
pub const ATOM_MEDIA_TYPE: &str = "application/atom+xml; charset=utf-8";

/// A moment before every diary, for what has no date.
const UNDATED: &str = "0001-01-01T00:00:00Z";

/// The answer as a feed; `base` is where the server is mounted, with its origin, so that readers find it from anywhere.
pub fn atom(request: &Request, answer: &Answer, base: &str) -> String {
    let title = match one_line(&answer.query).as_str() {
        "" => "All entries".to_owned(),
        query => query.to_owned(),
    };
    let newest = answer.page.hits.iter().filter_map(updated).max();
    let link = |path| escaped(&address::question(base, path, request));
    let mut feed = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n\
         <id>{}</id>\n<title>{}</title>\n<updated>{}</updated>\n\
         <generator>diary-search</generator>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n\
         <link rel=\"alternate\" type=\"application/json\" href=\"{}\"/>\n",
        tag(&answer.index, &format!("search?q={}", address::encode(&request.text))),
        escaped(&title),
        newest.as_deref().unwrap_or(UNDATED),
        link(FEED_SEARCH),
        link(PAGE_SEARCH),
        link(API_SEARCH),
    );
    let (previous, next) = neighbours(request, answer);
    for (name, offset) in [("first", Some(0)), ("previous", previous), ("next", next)] {
        if let Some(offset) = offset {
            let page = escaped(&address::continued(base, FEED_SEARCH, request, &answer.index, offset));
            let _ = writeln!(feed, "<link rel=\"{name}\" type=\"application/atom+xml\" href=\"{page}\"/>");
        }
    }
    for hit in &answer.page.hits {
        feed.push_str(&entry(hit, &answer.index, base));
    }
    feed.push_str("</feed>\n");
    feed
}

/// A name that nothing else in the world has: an archive of the same name may be read elsewhere too.
fn tag(index: &IndexState, what: &str) -> String {
    format!("tag:diary-search,2003:{}/{what}", address::encode(&index.uuid))
}

fn entry(hit: &Hit, index: &IndexState, base: &str) -> String {
    let title = match &hit.title {
        Some(title) => format!("{} · {}", words::date(&hit.date), one_line(title)),
        None => words::date(&hit.date),
    };
    let url = address::permalink(hit).unwrap_or_else(|| address::entry(base, &hit.id));
    let mut text = format!(
        "<entry>\n<id>{}</id>\n<title>{}</title>\n<updated>{}</updated>\n\
         <author><name>{}</name></author>\n<link rel=\"alternate\" href=\"{}\"/>\n",
        tag(index, &address::encode(hit.id.as_str()).replace("%2F", "/")),
        escaped(&title),
        updated(hit).as_deref().unwrap_or(UNDATED),
        escaped(&one_line(hit.author.as_deref().unwrap_or(hit.id.archive()))),
        escaped(&url),
    );
    for named in hit.people.iter().chain(&hit.projects) {
        let (term, label) = (escaped(&named.key), escaped(&one_line(&named.label)));
        let _ = writeln!(text, "<category term=\"{term}\" label=\"{label}\"/>");
    }
    let summary: String = hit.passages.iter().map(html).collect();
    let _ = write!(text, "<content type=\"html\">{}</content>\n</entry>\n", escaped(&summary));
    text
}

/// A passage as HTML, which is then escaped once more to stand inside the feed.
fn html(passage: &Passage) -> String {
    let mut inner = String::new();
    for piece in pieces(&passage.text, &passage.marks) {
        let text = escaped(piece.text);
        inner.push_str(&if piece.marked { format!("<mark>{text}</mark>") } else { text });
    }
    if passage.preformatted {
        format!("<pre>{inner}</pre>")
    } else {
        format!("<p>{}</p>", inner.replace("\n\n", "</p><p>"))
    }
}

fn updated(hit: &Hit) -> Option<String> {
    hit.date.days.map(|days| format!("{}T00:00:00Z", Calendar::Gregorian.civil(days.first)))
}

/// Text as XML has it, without the characters that XML cannot hold.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push(char::REPLACEMENT_CHARACTER),
            c => escaped.push(c),
        }
    }
    escaped
}
