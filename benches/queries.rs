//! Kinds of query, beside the library as it comes over an index of its own, and beside it over our files.
//!
//! The first is the floor: what a reader would have without us. The second leaves out what our files save or cost.

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
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Index, Searcher, Term};

const ROUNDS: usize = 7;

/// A kind of query: our text, and what the library is asked.
struct Kind {
    name: &'static str,
    ours: String,
    bare: fn(&Words) -> Box<dyn Query>,
}

/// The words of one index of the library.
struct Words {
    searcher: Searcher,
    written: Field,
    /// Those in their common form, where the index has them.
    stemmed: Option<Field>,
}

pub(crate) fn measure(folder: &Path) {
    let index = folder.join("index");
    let (Ok(engine), Some(same), Some(own)) =
        (LocalEngine::open(&index, false), Words::of_ours(&index), Words::of_the_library(&folder.join("bare")))
    else {
        return say("the index cannot be opened");
    };
    say("query, the ten best with the exact total     ratio     A/A      ours   library   ratio   over our files");
    for kind in kinds() {
        let [floor, files] = [&own, &same].map(|words| (words, (kind.bare)(words)));
        let mut rounds: [Vec<Duration>; 4] = Default::default();
        for _ in 0..ROUNDS {
            rounds[0].push(call_cost(|| ask(&engine, &kind.ours, Vec::new(), 0)));
            for (at, (words, query)) in [(1, &floor), (2, &floor), (3, &files)] {
                rounds[at].push(call_cost(|| words.ask(query.as_ref())));
            }
        }
        let [ours, bare, again, files] = rounds.map(median);
        say(&format!(
            "  {:<40} {:>7.2} {:>7.2}  {ours:>8.1?}  {bare:>8.1?} {:>7.2}  {files:>8.1?}",
            kind.name,
            ratio(ours, bare),
            ratio(again, bare),
            ratio(ours, files)
        ));
    }
    facets(&engine, &own, &same);
    let cold: Duration = median((0..ROUNDS).map(|_| call_cost(|| drop(LocalEngine::open(&index, false)))).collect());
    say(&format!("  opening the index                              {cold:.1?}"));
}

/// What person and month facets of a frequent word cost, beside the library's own aggregations.
fn facets(engine: &LocalEngine, own: &Words, same: &Words) {
    let frequent = format!("={}", word(2));
    let facets = || [Facet::Person, Facet::Month].map(|facet| FacetRequest { facet, limit: 10 }).to_vec();
    let cost = |work: &dyn Fn()| median((0..ROUNDS).map(|_| call_cost(work)).collect());
    let plain = cost(&|| ask(engine, &frequent, Vec::new(), 0));
    let faceted = cost(&|| ask(engine, &frequent, facets(), 0));
    let whole = cost(&|| ask(engine, &frequent, facets(), 3));
    let ours = faceted.saturating_sub(plain);
    let [floor, files] = [own, same].map(|words| {
        let query = words.single(2);
        let plain = cost(&|| words.ask(query.as_ref()));
        let counted = cost(&|| {
            words.ask(query.as_ref());
            words.count(query.as_ref());
        });
        counted.saturating_sub(plain)
    });
    say(&format!(
        "  {:<40} {:>7.2}          {ours:>8.1?}  {floor:>8.1?} {:>7.2}  {files:>8.1?}",
        "person and month facets of that word add",
        ratio(ours, floor),
        ratio(ours, files)
    ));
    say(&format!("  three passages for each of ten hits add            {:>8.1?}", whole.saturating_sub(faceted)));
}

fn kinds() -> Vec<Kind> {
    let two = || (word(5), word(9));
    let (one, other) = two();
    vec![
        Kind { name: "a rare word", ours: format!("={}", word(20_000)), bare: |words| words.single(20_000) },
        Kind { name: "a frequent word", ours: format!("={}", word(2)), bare: |words| words.single(2) },
        Kind {
            name: "two words",
            ours: format!("={one} ={other}"),
            bare: |words| Box::new(BooleanQuery::intersection(vec![words.single(5), words.single(9)])),
        },
        Kind {
            name: "either of two words",
            ours: format!("={one} OR ={other}"),
            bare: |words| Box::new(BooleanQuery::union(vec![words.single(5), words.single(9)])),
        },
        Kind {
            name: "a phrase",
            ours: format!("\"{one} {other}\""),
            bare: |words| Box::new(PhraseQuery::new([5, 9].map(|rank| words.term(rank)).to_vec())),
        },
        Kind {
            name: "two words in any form, near ones first",
            ours: format!("{one} {other}"),
            bare: |words| Box::new(BooleanQuery::intersection(vec![words.in_any_form(5), words.in_any_form(9)])),
        },
    ]
}

impl Words {
    fn of_ours(index: &Path) -> Option<Self> {
        let open = IndexDir::new(index).open(Part::Public).ok()?;
        Some(Self { searcher: open.reader.searcher(), written: Fields::new().text, stemmed: None })
    }

    fn of_the_library(index: &Path) -> Option<Self> {
        let index = Index::open_in_dir(index).ok()?;
        let field = |name| index.schema().get_field(name).ok();
        Some(Self {
            searcher: index.reader().ok()?.searcher(),
            written: field("text")?,
            stemmed: Some(field("text_stem")?),
        })
    }

    fn term(&self, rank: usize) -> Term {
        Term::from_field_text(self.written, &word(rank))
    }

    fn single(&self, rank: usize) -> Box<dyn Query> {
        Box::new(TermQuery::new(self.term(rank), IndexRecordOption::WithFreqs))
    }

    /// The word and what shares its stem, as the library's own analysis has it.
    fn in_any_form(&self, rank: usize) -> Box<dyn Query> {
        let Some(field) = self.stemmed else { return self.single(rank) };
        let mut stem = word(rank);
        if let Ok(mut analysis) = self.searcher.index().tokenizer_for_field(field) {
            analysis.token_stream(&word(rank)).process(&mut |token| stem.clone_from(&token.text));
        }
        Box::new(TermQuery::new(Term::from_field_text(field, &stem), IndexRecordOption::WithFreqs))
    }

    fn ask(&self, query: &dyn Query) {
        let found = self.searcher.search(query, &(TopDocs::with_limit(10).order_by_score(), Count));
        let stored = found.and_then(|(best, _)| {
            best.iter()
                .map(|(_, address)| self.searcher.doc::<tantivy::TantivyDocument>(*address))
                .collect::<Result<Vec<_>, _>>()
        });
        if let Err(error) = stored {
            say(&format!("the library failed: {error}"));
        }
    }

    /// Counts the ten most frequent people and months of what a query finds.
    fn count(&self, query: &dyn Query) {
        let terms = |field| serde_json::json!({ "terms": { "field": field, "size": 10 } });
        let counted =
            serde_json::from_value(serde_json::json!({ "people": terms("person"), "months": terms("month") }));
        let result = counted.map(|counted: Aggregations| {
            self.searcher.search(query, &AggregationCollector::from_aggs(counted, Default::default()))
        });
        if !matches!(result, Ok(Ok(_))) {
            say("the library did not count");
        }
    }
}

fn ask(engine: &LocalEngine, text: &str, facets: Vec<FacetRequest>, passages: usize) {
    let window = Window { limit: 10, facets, passages, partial: false, ..Window::default() };
    if let Err(error) = search(engine, &Request { text: text.to_owned(), window, ..Request::default() }) {
        say(&format!("{text}: {error}"));
    }
}
