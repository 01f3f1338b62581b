//! How many entries each day has.

use diary::CivilDate;
use std::collections::BTreeMap;
use tantivy::Searcher;
use tantivy::query::{EnableScoring, Query};

/// The entries that a query finds, counted by the first printed day of each; those without a date are left out.
pub(super) fn days(searcher: &Searcher, query: &dyn Query) -> tantivy::Result<Vec<(CivilDate, u64)>> {
    let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
    let mut counts: BTreeMap<i64, u64> = BTreeMap::new();
    for reader in searcher.segment_readers() {
        let first = reader.fast_fields().i64("first")?;
        weight.for_each_no_score(reader, &mut |documents| {
            for ordinal in documents.iter().filter_map(|document| first.first(*document)) {
                *counts.entry(ordinal).or_default() += 1;
            }
        })?;
    }
    let dated = counts.into_iter().filter_map(|(ordinal, count)| Some((CivilDate::from_ordinal(ordinal)?, count)));
    Ok(dated.collect())
}
