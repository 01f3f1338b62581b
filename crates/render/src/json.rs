//! One JSON object for one answer: what `--json` prints and what the API sends.
//!
//! How long the search took is not in it, so that the same page is always the same bytes.

use crate::jsonl::FORMAT_VERSION;
use crate::shape::{self, AnswerShape, ExplanationShape, FacetShape, IndexShape, Links, UnderstoodShape, WarningShape};
use diary::EntryId;
use diary_query::{Answer, FacetCounts, Hit, IndexState, Reading, Request};
use serde::Serialize;

pub use crate::shape::Highlight;

/// The answer as JSON, ending in a line break. `base` stands in front of every address: where the server is mounted.
pub fn answer(request: &Request, answer: &Answer, base: &str) -> String {
    answer_with(request, answer, base, Highlight::Spans)
}

/// The same with another way to tell what matched.
pub fn answer_with(request: &Request, answer: &Answer, base: &str, highlight: Highlight) -> String {
    let links = Links::new(base, request).highlighted(highlight);
    to_line(&AnswerShape {
        format_version: FORMAT_VERSION,
        query: &answer.query,
        understood: shape::understood(&answer.understood, &links),
        warnings: shape::warnings(&answer.diagnostics),
        total: answer.page.total,
        partial_total: answer.page.partial_total,
        hits: answer.page.hits.iter().map(|hit| shape::hit(hit, highlight)).collect(),
        ways_on: answer.ways_on.iter().map(|way| shape::way_on(way, &links)).collect(),
        facets: answer.page.facets.iter().map(|facet| shape::facet(facet, &links)).collect(),
        links: links.around(answer),
        index: shape::index(&answer.index),
    })
}

/// How a question is read, nothing being searched for.
pub fn reading(request: &Request, reading: &Reading, base: &str) -> String {
    #[derive(Serialize)]
    struct Shape<'a> {
        query: &'a str,
        understood: UnderstoodShape<'a>,
        warnings: Vec<WarningShape<'a>>,
    }
    to_line(&Shape {
        query: &request.text,
        understood: shape::understood(&reading.plan.understood, &Links::new(base, request)),
        warnings: shape::warnings(&reading.diagnostics),
    })
}

/// What one condition of a question is to one entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Condition {
    /// As the language writes it.
    pub text: String,
    /// What it was read as; empty where that says no more.
    pub meaning: String,
    /// Whether the entry meets it.
    pub met: bool,
}

/// Why an entry is among the hits of a question, or why it is not.
pub fn explanation(
    request: &Request,
    id: &EntryId,
    conditions: &[Condition],
    found: Option<&Hit>,
    state: &IndexState,
) -> String {
    #[derive(Serialize)]
    struct Shape<'a> {
        query: &'a str,
        id: &'a str,
        /// Whether the entry meets the whole query.
        matches: bool,
        conditions: &'a [Condition],
        missing: &'a [String],
        reasons: &'a [String],
        explanation: Option<ExplanationShape<'a>>,
        index: IndexShape<'a>,
    }
    to_line(&Shape {
        query: &request.text,
        id: id.as_str(),
        matches: found.is_some_and(|hit| hit.missing.is_empty()),
        conditions,
        missing: found.map(|hit| hit.missing.as_slice()).unwrap_or_default(),
        reasons: found.map(|hit| hit.reasons.as_slice()).unwrap_or_default(),
        explanation: found.and_then(|hit| hit.explanation.as_ref()).map(shape::explanation),
        index: shape::index(state),
    })
}

/// One facet of a question, counted.
pub fn facet(request: &Request, counts: &FacetCounts, state: &IndexState, base: &str) -> String {
    #[derive(Serialize)]
    struct Shape<'a> {
        query: &'a str,
        facet: FacetShape<'a>,
        index: IndexShape<'a>,
    }
    to_line(&Shape {
        query: &request.text,
        facet: shape::facet(counts, &Links::new(base, request)),
        index: shape::index(state),
    })
}

/// Where the windows before and after this one begin, where there are hits in them.
pub fn neighbours(request: &Request, answer: &Answer) -> (Option<usize>, Option<usize>) {
    shape::neighbours(request, answer)
}

/// One value on one line.
pub(crate) fn to_line(value: &impl Serialize) -> String {
    // Writing plain structures with string keys into memory has no way to fail.
    let mut line = serde_json::to_string(value).unwrap_or_default();
    line.push('\n');
    line
}
