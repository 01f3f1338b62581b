//! The JSON that is written, as types of its own: what is sent changes only here, whatever the values inside become.

use crate::address::{self, API_SEARCH, FEED_SEARCH, PAGE_SEARCH};
use crate::marks::{marked_html, utf16};
use diary::{EntryId, Span};
use diary_query::lang::{Diagnostic, Severity};
use diary_query::plan::Understood;
use diary_query::{
    Answer, Explanation, FacetCounts, FacetValue, Hit, IndexState, Named, Passage, Request, WayOn, WordMatch,
};
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct AnswerShape<'a> {
    pub(crate) format_version: u32,
    pub(crate) query: &'a str,
    pub(crate) understood: UnderstoodShape<'a>,
    pub(crate) warnings: Vec<WarningShape<'a>>,
    pub(crate) total: u64,
    pub(crate) partial_total: u64,
    pub(crate) hits: Vec<HitShape<'a>>,
    pub(crate) ways_on: Vec<WayOnShape<'a>>,
    pub(crate) facets: Vec<FacetShape<'a>>,
    pub(crate) links: LinksShape,
    pub(crate) index: IndexShape<'a>,
}

#[derive(Serialize)]
pub(crate) struct UnderstoodShape<'a> {
    text: &'a str,
    clauses: Vec<ClauseShape<'a>>,
    date: Option<DateShape>,
}

#[derive(Serialize)]
struct ClauseShape<'a> {
    text: &'a str,
    meaning: &'a str,
    remove: String,
}

#[derive(Serialize)]
struct DateShape {
    from: String,
    to: String,
}

#[derive(Serialize)]
pub(crate) struct WarningShape<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    span: [usize; 2],
    suggestion: Option<&'a str>,
}

#[derive(Serialize)]
pub(crate) struct HitShape<'a> {
    id: &'a str,
    date: Option<String>,
    heading: &'a str,
    title: Option<&'a str>,
    author: Option<&'a str>,
    weekday_agrees: Option<bool>,
    url: Option<String>,
    score: f32,
    missing: &'a [String],
    passages: Vec<PassageShape<'a>>,
    more_places: usize,
    people: Vec<NamedShape<'a>>,
    projects: Vec<NamedShape<'a>>,
    reasons: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<ExplanationShape<'a>>,
    prev: Option<&'a str>,
    next: Option<&'a str>,
}

#[derive(Serialize)]
pub(crate) struct ExplanationShape<'a> {
    words: Vec<WordShape<'a>>,
    nearness: f32,
    evenness: f32,
    coverage: f32,
    score: f32,
    above_next: &'a str,
}

#[derive(Serialize)]
struct WordShape<'a> {
    word: &'a str,
    how: &'a str,
    forms: &'a [String],
    score: f32,
}

#[derive(Serialize)]
struct PassageShape<'a> {
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    html: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    spans: Option<Vec<[usize; 2]>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    spans_utf16: Option<Vec<[usize; 2]>>,
    anchor: Option<String>,
}

#[derive(Serialize)]
pub(crate) struct NamedShape<'a> {
    pub(crate) key: &'a str,
    pub(crate) name: &'a str,
}

#[derive(Serialize)]
pub(crate) struct WayOnShape<'a> {
    what: &'a str,
    query: &'a str,
    count: u64,
    apply: String,
}

#[derive(Serialize)]
pub(crate) struct FacetShape<'a> {
    name: &'a str,
    order: &'a str,
    distinct: usize,
    values: Vec<FacetValueShape<'a>>,
}

#[derive(Serialize)]
struct FacetValueShape<'a> {
    value: &'a str,
    label: &'a str,
    count: u64,
    selected: bool,
    apply: String,
    remove: Option<String>,
}

#[derive(Serialize)]
pub(crate) struct LinksShape {
    #[serde(rename = "self")]
    this: String,
    next: Option<String>,
    prev: Option<String>,
    first: String,
    atom: String,
    html: String,
}

#[derive(Serialize)]
pub(crate) struct IndexShape<'a> {
    uuid: &'a str,
    generation: u64,
}

/// Writes addresses for one answer: every link keeps what else was asked for.
pub(crate) struct Links<'a> {
    base: &'a str,
    request: &'a Request,
    highlight: Highlight,
    /// What stands in them behind the text of a query, from its first hit on: a long diary has a link for every month.
    parameters: String,
}

impl<'a> Links<'a> {
    pub(crate) fn new(base: &'a str, request: &'a Request) -> Self {
        let mut first = request.clone();
        first.window.offset = 0;
        Self { base, request, highlight: Highlight::Spans, parameters: address::parameters(&first) }
    }

    pub(crate) fn highlighted(self, highlight: Highlight) -> Self {
        Self { highlight, ..self }
    }

    /// The API's answer to another query, from its first hit.
    pub(crate) fn to_query(&self, text: &str) -> String {
        let around = self.base.len() + API_SEARCH.len() + self.parameters.len();
        let mut address = String::with_capacity(around + 2 * text.len());
        address.extend([self.base, API_SEARCH, "?q="]);
        address.extend(address::encoded(text));
        address.push_str(&self.parameters);
        self.highlit(address)
    }

    fn api(&self, request: &Request) -> String {
        self.highlit(address::question(self.base, API_SEARCH, request))
    }

    fn highlit(&self, address: String) -> String {
        match self.highlight {
            Highlight::Spans => address,
            other => format!("{address}&highlight={}", other.name()),
        }
    }

    fn at(&self, path: &str, offset: usize) -> String {
        let mut request = self.request.clone();
        request.window.offset = offset;
        if path == API_SEARCH { self.api(&request) } else { address::question(self.base, path, &request) }
    }

    /// Further hits of the same state of the index, whatever is ingested meanwhile.
    fn from(&self, offset: usize, state: &IndexState) -> String {
        self.highlit(address::continued(self.base, API_SEARCH, self.request, state, offset))
    }

    pub(crate) fn around(&self, answer: &Answer) -> LinksShape {
        let offset = self.request.window.offset;
        let (previous, next) = neighbours(self.request, answer);
        LinksShape {
            this: self.at(API_SEARCH, offset),
            next: next.map(|offset| self.from(offset, &answer.index)),
            prev: previous.map(|offset| self.from(offset, &answer.index)),
            first: self.at(API_SEARCH, 0),
            atom: self.at(FEED_SEARCH, 0),
            html: self.at(PAGE_SEARCH, offset),
        }
    }
}

/// Where the windows before and after this one begin, where there are hits in them.
pub(crate) fn neighbours(request: &Request, answer: &Answer) -> (Option<usize>, Option<usize>) {
    let (offset, step) = (answer.page.offset, answer.page.hits.len());
    let partial = if request.window.partial { answer.page.partial_total } else { 0 };
    let all = answer.page.total.saturating_add(partial);
    let next = offset + step;
    let previous = (offset > 0).then(|| offset.saturating_sub(answer.page.limit.max(1)));
    (previous, (step > 0 && u64::try_from(next).is_ok_and(|next| next < all)).then_some(next))
}

pub(crate) fn understood<'a>(understood: &'a Understood, links: &Links) -> UnderstoodShape<'a> {
    let clause = |clause: &'a diary_query::plan::UnderstoodClause| ClauseShape {
        text: &clause.text,
        meaning: &clause.meaning,
        remove: links.to_query(&clause.remove),
    };
    UnderstoodShape {
        text: &understood.text,
        clauses: understood.clauses.iter().map(clause).collect(),
        date: understood.date.map(|date| DateShape { from: date.from.to_string(), to: date.to.to_string() }),
    }
}

pub(crate) fn warnings(diagnostics: &[Diagnostic]) -> Vec<WarningShape<'_>> {
    diagnostics.iter().map(warning).collect()
}

fn warning(diagnostic: &Diagnostic) -> WarningShape<'_> {
    WarningShape {
        code: diagnostic.code,
        severity: match diagnostic.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
        },
        message: &diagnostic.message,
        span: pair(diagnostic.span),
        suggestion: diagnostic.suggestion.as_deref(),
    }
}

/// How the places that matched are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Highlight {
    /// As pairs of positions.
    #[default]
    Spans,
    /// As HTML with `<mark>`, everything else escaped.
    Html,
    /// Not at all.
    None,
}

impl Highlight {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Spans, Self::Html, Self::None];

    /// Its name, one lower-case word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Spans => "spans",
            Self::Html => "html",
            Self::None => "none",
        }
    }

    /// The answer as a page or a feed shows it: with its marks, or without.
    pub fn on(self, mut answer: Answer) -> Answer {
        if self == Self::None {
            let passages = answer.page.hits.iter_mut().flat_map(|hit| &mut hit.passages);
            passages.for_each(|passage| passage.marks.clear());
        }
        answer
    }

    /// The way of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|highlight| highlight.name() == name)
    }
}

pub(crate) fn hit(hit: &Hit, highlight: Highlight) -> HitShape<'_> {
    HitShape {
        id: hit.id.as_str(),
        date: hit.date.label(),
        heading: &hit.heading,
        title: hit.title.as_deref(),
        author: hit.author.as_deref(),
        weekday_agrees: hit.date.weekday_agrees,
        url: address::permalink(hit),
        score: hit.score,
        missing: &hit.missing,
        passages: hit.passages.iter().map(|passage| self::passage(hit, passage, highlight)).collect(),
        more_places: hit.more_places,
        people: hit.people.iter().map(named).collect(),
        projects: hit.projects.iter().map(named).collect(),
        reasons: &hit.reasons,
        explanation: hit.explanation.as_ref().map(explanation),
        prev: hit.previous.as_ref().map(EntryId::as_str),
        next: hit.next.as_ref().map(EntryId::as_str),
    }
}

pub(crate) fn explanation(explanation: &Explanation) -> ExplanationShape<'_> {
    ExplanationShape {
        words: explanation.words.iter().map(word_match).collect(),
        nearness: explanation.nearness,
        evenness: explanation.evenness,
        coverage: explanation.coverage,
        score: explanation.score,
        above_next: &explanation.above_next,
    }
}

fn word_match(word: &WordMatch) -> WordShape<'_> {
    WordShape { word: &word.word, how: word.how.in_words(), forms: &word.forms, score: word.score }
}

fn passage<'a>(hit: &Hit, passage: &'a Passage, highlight: Highlight) -> PassageShape<'a> {
    let spans = highlight == Highlight::Spans;
    PassageShape {
        text: &passage.text,
        html: (highlight == Highlight::Html).then(|| marked_html(&passage.text, &passage.marks)),
        spans: spans.then(|| passage.marks.iter().copied().map(pair).collect()),
        spans_utf16: spans.then(|| utf16(&passage.text, &passage.marks)),
        anchor: hit.url.as_deref().and_then(|url| address::passage_link(url, passage)),
    }
}

fn named(named: &Named) -> NamedShape<'_> {
    NamedShape { key: &named.key, name: &named.label }
}

pub(crate) fn way_on<'a>(way: &'a WayOn, links: &Links) -> WayOnShape<'a> {
    WayOnShape { what: &way.what, query: &way.query, count: way.count, apply: links.to_query(&way.query) }
}

pub(crate) fn facet<'a>(counts: &'a FacetCounts, links: &Links) -> FacetShape<'a> {
    let value = |value: &'a FacetValue| FacetValueShape {
        value: &value.value,
        label: &value.label,
        count: value.count,
        selected: value.selected,
        apply: links.to_query(&value.apply),
        remove: value.remove.as_deref().map(|query| links.to_query(query)),
    };
    FacetShape {
        name: counts.facet.name(),
        order: if counts.facet.is_chronological() { "chronological" } else { "count" },
        distinct: counts.distinct,
        values: counts.values.iter().map(value).collect(),
    }
}

pub(crate) fn index(state: &IndexState) -> IndexShape<'_> {
    IndexShape { uuid: &state.uuid, generation: state.generation }
}

pub(crate) fn pair(span: Span) -> [usize; 2] {
    [span.start, span.end]
}
