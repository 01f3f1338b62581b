//! The page of one entry: its words with the diarist's links, the names in them, and the marks of a query.

use super::{DateView, Frame, HTML, HitView, Hits, LinkView, NamedView, neighbour, plain};
use crate::answer::{Outcome, answer};
use crate::api::Place;
use crate::app::App;
use crate::params;
use crate::problem::Problem;
use crate::profile;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use diary::{Block, BlockKind, Entry, Facet, Precision, Span};
use diary_query::passage::{self, Wanted};
use diary_query::{Engine, Request, Window, read, search};
use diary_render::entry::{Around, names};
use diary_render::{address, clean, flowing, one_line, words};
use serde::Serialize;
use std::sync::Arc;

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    Path(place): Path<Place>,
    uri: Uri,
    headers: HeaderMap,
) -> Outcome {
    let query = params::given(&uri, &["q"])?.query(&app.settings.limits)?;
    let id = place.id()?;
    let question = format!("entry {id} {query}");
    answer(&app, &headers, HTML, &question, move |app, engine| {
        let entry = engine.entry(&id)?.ok_or_else(|| Problem::not_found(format!("there is no entry {id}")))?;
        view(app, engine, &entry, &query)
    })
    .await
}

#[derive(Serialize)]
struct EntryView {
    frame: Frame,
    id: String,
    date: DateView,
    /// The date at its full length.
    heading: String,
    entry_title: Option<String>,
    author: Option<String>,
    lang: Option<String>,
    marked: usize,
    blocks: Vec<BlockView>,
    people: Vec<CardView>,
    projects: Vec<CardView>,
    /// How many of each are seen at once.
    most_cards: usize,
    tags: Vec<String>,
    permalink: Option<String>,
    previous: Option<LinkView>,
    next: Option<LinkView>,
    month: Option<LinkView>,
    /// The other years of this day: the page of the day, and some of its entries.
    that_day: Option<LinkView>,
    other_years: Vec<HitView>,
}

/// A person or project with how often the archives name it.
#[derive(Serialize)]
struct CardView {
    name: NamedView,
    count: u64,
}

#[derive(Serialize)]
struct BlockView {
    kind: &'static str,
    /// The element it becomes.
    tag: &'static str,
    pieces: Vec<LinkedView>,
}

/// A piece of an entry: plain words, a link of the diarist's, or a name that leads to its page.
#[derive(Serialize)]
struct LinkedView {
    parts: Vec<super::PieceView>,
    link: Option<String>,
    page: Option<String>,
    title: String,
}

/// How many people, and how many projects, are seen at once.
const MOST_CARDS: usize = 12;
/// How many entries of other years are shown.
const OTHER_YEARS: usize = 5;

fn view(app: &App, engine: &dyn Engine, entry: &Entry, query: &str) -> Result<String, Problem> {
    let base = app.settings.base_path.as_str();
    let around = Around::find(engine, entry)?;
    let marks = marks(engine, entry, query)?;
    let day = entry.date.printed().filter(|_| entry.date.precision == Precision::Day);
    let cards = |facet: Facet| -> Vec<CardView> {
        let card = |(key, label): (String, String)| CardView {
            count: engine.names().exact(facet, &key).first().map_or(0, |found| found.count),
            name: NamedView::new(base, facet, &key, &label),
        };
        names(entry, facet).map(card).collect()
    };
    let date = DateView::of(&entry.date);
    let view = EntryView {
        frame: Frame::new(app, &date.text, query),
        id: entry.id.to_string(),
        date,
        heading: words::long_date(&entry.date),
        entry_title: entry.title.as_deref().map(one_line),
        author: entry.author.as_deref().map(one_line),
        lang: entry.lang.clone(),
        marked: marks.len(),
        blocks: entry.blocks.iter().map(|block| self::block(base, entry, block, &marks)).collect(),
        people: cards(Facet::Person),
        projects: cards(Facet::Project),
        most_cards: MOST_CARDS,
        tags: entry.tags.iter().map(|tag| one_line(tag)).collect(),
        permalink: around.permalink(entry),
        previous: around.previous.as_ref().map(|id| neighbour(base, id)),
        next: around.next.as_ref().map(|id| neighbour(base, id)),
        month: day.map(|day| LinkView {
            label: format!("{} {}", diary::month_name(day.month()), day.year()),
            page: format!("{base}/{:04}/{:02}", day.year(), day.month()),
        }),
        that_day: day.map(|day| LinkView {
            label: format!("{} {}", day.day(), diary::month_name(day.month())),
            page: format!("{base}/on/{:02}-{:02}", day.month(), day.day()),
        }),
        other_years: match day {
            Some(day) => other_years(base, engine, entry, &format!("{:02}-{:02}", day.month(), day.day()))?,
            None => Vec::new(),
        },
    };
    Ok(app.pages.render("entry.html", &view))
}

/// What a query would mark in the whole entry, in order and apart from one another.
fn marks(engine: &dyn Engine, entry: &Entry, query: &str) -> Result<Vec<Span>, Problem> {
    if query.trim().is_empty() {
        return Ok(Vec::new());
    }
    let plan = read(engine, &Request { text: query.to_owned(), ..Request::default() })?.plan;
    let found = Wanted::new(&plan.node).find(entry);
    Ok(passage::marks(&entry.text, found.iter().map(|found| found.span)))
}

fn other_years(base: &str, engine: &dyn Engine, entry: &Entry, day: &str) -> Result<Vec<HitView>, Problem> {
    let window = Window { limit: 4 * OTHER_YEARS, passages: 1, ..Window::default() };
    let text = format!("day:{day} sort:date");
    let answer = search(engine, &Request { text, window, ..Request::default() })?;
    let mut shown = Vec::new();
    for hit in answer.page.hits {
        let is_other = hit.date.printed().map(|date| date.year()) != entry.date.printed().map(|date| date.year());
        if is_other && shown.len() < OTHER_YEARS && engine.entry(&hit.id)?.is_some_and(|other| !other.sensitive) {
            shown.push(hit);
        }
    }
    Ok(Hits::new(base, "", engine).all(&shown))
}

/// A span of the entry that leads somewhere.
struct Linked {
    span: Span,
    link: Option<String>,
    page: Option<String>,
    title: String,
}

fn block(base: &str, entry: &Entry, block: &Block, marks: &[Span]) -> BlockView {
    let mut linked: Vec<Linked> = Vec::new();
    for link in entry.links.iter().filter(|link| address::is_web(&link.target)) {
        linked.push(Linked { span: link.span, link: Some(link.target.clone()), page: None, title: String::new() });
    }
    for mention in entry.mentions.iter().filter(|mention| !mention.in_title && mention.state.is_facet()) {
        let page = Some(profile::page(base, mention.facet, &mention.key));
        linked.push(Linked { span: mention.span, link: None, page, title: one_line(&mention.name) });
    }
    linked.retain(|linked| block.span.contains(linked.span) && !linked.span.is_empty());
    // The diarist's own links come first where two begin together.
    linked.sort_by_key(|linked| (linked.span.start, linked.link.is_none(), std::cmp::Reverse(linked.span.end)));
    let is_code = block.kind == BlockKind::Code;
    let parts = |span: Span| parts(&entry.text, span, marks, is_code);
    let plain = |from: usize, to: usize| LinkedView {
        parts: parts(Span::new(from, to)),
        link: None,
        page: None,
        title: String::new(),
    };
    let (mut pieces, mut at) = (Vec::new(), block.span.start);
    for Linked { span, link, page, title } in linked {
        if span.start >= at {
            pieces.push(plain(at, span.start));
            pieces.push(LinkedView { parts: parts(span), link, page, title });
            at = span.end;
        }
    }
    pieces.push(plain(at, block.span.end));
    pieces.retain(|piece| !piece.parts.is_empty());
    let tag = match block.kind {
        BlockKind::Paragraph | BlockKind::List | BlockKind::Note => "p",
        BlockKind::Heading => "h2",
        BlockKind::Quote => "blockquote",
        BlockKind::Code => "pre",
    };
    BlockView { kind: block.kind.name(), tag, pieces }
}

/// The words of a span, cut at the marks that fall into it.
fn parts(text: &str, span: Span, marks: &[Span], is_code: bool) -> Vec<super::PieceView> {
    let words = |from: usize, to: usize| {
        let words = text.get(from..to).unwrap_or_default();
        if is_code { clean(words).into_owned() } else { plain(&clean(&flowing(words))) }
    };
    let (mut parts, mut at) = (Vec::new(), span.start);
    for mark in marks.iter().filter(|mark| mark.start < span.end && mark.end > span.start) {
        let (from, to) = (mark.start.max(at), mark.end.min(span.end));
        parts.push(super::PieceView { text: words(at, from), marked: false });
        parts.push(super::PieceView { text: words(from, to), marked: true });
        at = to.max(at);
    }
    parts.push(super::PieceView { text: words(at, span.end), marked: false });
    parts.retain(|part| !part.text.is_empty());
    parts
}
