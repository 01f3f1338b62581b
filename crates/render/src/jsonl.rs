//! JSON Lines: `begin`, one `hit` each, one `facet` each, `end`.

use crate::json::to_line;
use crate::shape::{self, FacetShape, HitShape, IndexShape, Links, UnderstoodShape, WarningShape, WayOnShape};
use diary_query::{Answer, Request};
use serde::Serialize;
use std::time::Duration;

/// The version of the JSON and JSON Lines written; it grows when a field changes its meaning or goes away.
pub const FORMAT_VERSION: u32 = 1;

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line<'a> {
    Begin {
        format_version: u32,
        index: IndexShape<'a>,
        query: &'a str,
        understood: UnderstoodShape<'a>,
        warnings: Vec<WarningShape<'a>>,
    },
    Hit(Box<HitShape<'a>>),
    Facet(FacetShape<'a>),
    End {
        total: u64,
        partial_total: u64,
        ways_on: Vec<WayOnShape<'a>>,
        elapsed_ms: Option<f64>,
    },
}

pub(crate) fn answer(request: &Request, answer: &Answer, elapsed: Option<Duration>) -> String {
    let links = Links::new("", request);
    let mut lines = to_line(&Line::Begin {
        format_version: FORMAT_VERSION,
        index: shape::index(&answer.index),
        query: &answer.query,
        understood: shape::understood(&answer.understood, &links),
        warnings: shape::warnings(&answer.diagnostics),
    });
    lines.extend(
        answer.page.hits.iter().map(|hit| to_line(&Line::Hit(Box::new(shape::hit(hit, shape::Highlight::Spans))))),
    );
    lines.extend(answer.page.facets.iter().map(|facet| to_line(&Line::Facet(shape::facet(facet, &links)))));
    lines.push_str(&to_line(&Line::End {
        total: answer.page.total,
        partial_total: answer.page.partial_total,
        ways_on: answer.ways_on.iter().map(|way| shape::way_on(way, &links)).collect(),
        elapsed_ms: elapsed.map(|elapsed| (elapsed.as_secs_f64() * 1e6).round() / 1e3),
    }));
    lines
}
