//! One JSON object for one answer: what `--json` prints and what the API sends.
//!
//! How long the search took is not in it, so that the same page is always the same bytes.

use crate::jsonl::FORMAT_VERSION;
use crate::shape::{self, AnswerShape, Links};
use diary_query::{Answer, Request};
use serde::Serialize;

/// The answer as JSON, ending in a line break. `base` stands in front of every address: where the server is mounted.
pub fn answer(request: &Request, answer: &Answer, base: &str) -> String {
    let links = Links::new(base, request);
    to_line(&AnswerShape {
        format_version: FORMAT_VERSION,
        query: &answer.query,
        understood: shape::understood(&answer.understood, &links),
        warnings: shape::warnings(&answer.diagnostics),
        total: answer.page.total,
        partial_total: answer.page.partial_total,
        hits: answer.page.hits.iter().map(shape::hit).collect(),
        ways_on: answer.ways_on.iter().map(|way| shape::way_on(way, &links)).collect(),
        facets: answer.page.facets.iter().map(|facet| shape::facet(facet, &links)).collect(),
        links: links.around(answer),
        index: shape::index(&answer.index),
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
