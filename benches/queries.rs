//! Kinds of query, beside the engine alone over the same files.

use crate::clock::{call_cost, median, ratio};
use crate::diaries::word;
use crate::say;
use diary::Facet;
use diary_index_schema::Fields;
use diary_index_schema::store::{IndexDir, Part};
use diary_query::{FacetRequest, LocalEngine, Request, Window, search};
use std::path::Path;
use std::time::Duration;
use tantivy::aggregation::AggregationCollector;
use tantivy::aggregation::agg_req::Aggregations;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, PhraseQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{Searcher, Term};

const ROUNDS: usize = 7;

/// A kind of query: our text, and what the engine alone is asked.
struct Kind {
    name: &'static str,
    ours: String,
    bare: Box<dyn Query>,
}

pub(crate) fn measure(folder: &Path) {
    let index = folder.join("index");
    let (Ok(engine), Ok(open)) = (LocalEngine::open(&index, false), IndexDir::new(&index).open(Part::Public)) else {
        return say("the index cannot be opened");
    };
    let searcher = open.reader.searcher();
    say("query, the ten best with the exact total     ratio   ours      engine alone");
    for kind in kinds() {
        let (mut ours, mut bare, mut again) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            ours.push(call_cost(|| ask(&engine, &kind.ours, Vec::new(), 0)));
            bare.push(call_cost(|| ask_bare(&searcher, kind.bare.as_ref())));
            again.push(call_cost(|| ask_bare(&searcher, kind.bare.as_ref())));
        }
        let (ours, bare, again) = (median(ours), median(bare), median(again));
        say(&format!(
            "  {:<40} {:>7.2}   {ours:>8.1?}  {bare:>8.1?}   (A/A {:.2})",
            kind.name,
            ratio(ours, bare),
            ratio(again, bare)
        ));
    }
    facets(&engine, &searcher);
    let cold: Duration = median((0..ROUNDS).map(|_| call_cost(|| drop(LocalEngine::open(&index, false)))).collect());
    say(&format!("  opening the index                              {cold:.1?}"));
}

/// What person and month facets of a frequent word cost, beside the engine's own aggregations over the same fields.
fn facets(engine: &LocalEngine, searcher: &Searcher) {
    let (frequent, bare) = (format!("={}", word(2)), single(2));
    let facets = || [Facet::Person, Facet::Month].map(|facet| FacetRequest { facet, limit: 10 }).to_vec();
    let cost = |work: &dyn Fn()| median((0..ROUNDS).map(|_| call_cost(work)).collect());
    let plain = cost(&|| ask(engine, &frequent, Vec::new(), 0));
    let faceted = cost(&|| ask(engine, &frequent, facets(), 0));
    let whole = cost(&|| ask(engine, &frequent, facets(), 3));
    let [bare_plain, bare_faceted] = [false, true].map(|counted| {
        cost(&|| {
            ask_bare(searcher, bare.as_ref());
            if counted {
                aggregate(searcher, bare.as_ref());
            }
        })
    });
    let (ours, theirs) = (faceted.saturating_sub(plain), bare_faceted.saturating_sub(bare_plain));
    say(&format!(
        "  person and month facets of that word add   {:>5.2}   {ours:>8.1?}  {theirs:>8.1?}",
        ratio(ours, theirs)
    ));
    say(&format!("  three passages for each of ten hits add            {:>8.1?}", whole.saturating_sub(faceted)));
}

/// The ten most frequent people and months of what a query finds.
fn aggregate(searcher: &Searcher, query: &dyn Query) {
    let terms = |field| serde_json::json!({ "terms": { "field": field, "size": 10 } });
    let counted = serde_json::from_value(serde_json::json!({ "people": terms("person"), "months": terms("month") }));
    let result = counted.map(|counted: Aggregations| {
        searcher.search(query, &AggregationCollector::from_aggs(counted, Default::default()))
    });
    if !matches!(result, Ok(Ok(_))) {
        say("the engine alone did not count");
    }
}

fn single(rank: usize) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(Fields::new().text, &word(rank)), IndexRecordOption::WithFreqs))
}

fn kinds() -> Vec<Kind> {
    let fields = Fields::new();
    let term = |rank: usize| Term::from_field_text(fields.text, &word(rank));
    let two = || vec![single(5), single(9)];
    vec![
        Kind { name: "a rare word", ours: format!("={}", word(20_000)), bare: single(20_000) },
        Kind { name: "a frequent word", ours: format!("={}", word(2)), bare: single(2) },
        Kind {
            name: "two words",
            ours: format!("={} ={}", word(5), word(9)),
            bare: Box::new(BooleanQuery::intersection(two())),
        },
        Kind {
            name: "either of two words",
            ours: format!("={} OR ={}", word(5), word(9)),
            bare: Box::new(BooleanQuery::union(two())),
        },
        Kind {
            name: "a phrase",
            ours: format!("\"{} {}\"", word(5), word(9)),
            bare: Box::new(PhraseQuery::new(vec![term(5), term(9)])),
        },
        Kind {
            name: "two words in any form, near ones first",
            ours: format!("{} {}", word(5), word(9)),
            bare: Box::new(BooleanQuery::intersection(two())),
        },
    ]
}

fn ask(engine: &LocalEngine, text: &str, facets: Vec<FacetRequest>, passages: usize) {
    let window = Window { limit: 10, facets, passages, partial: false, ..Window::default() };
    if let Err(error) = search(engine, &Request { text: text.to_owned(), window, ..Request::default() }) {
        say(&format!("{text}: {error}"));
    }
}

fn ask_bare(searcher: &Searcher, query: &dyn Query) {
    let found = searcher.search(query, &(TopDocs::with_limit(10).order_by_score(), Count));
    let stored = found.and_then(|(best, _)| {
        best.iter()
            .map(|(_, address)| searcher.doc::<tantivy::TantivyDocument>(*address))
            .collect::<Result<Vec<_>, _>>()
    });
    if let Err(error) = stored {
        say(&format!("the engine alone failed: {error}"));
    }
}
