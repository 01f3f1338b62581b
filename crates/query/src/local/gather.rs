//! One pass over the matching entries: the best ones, how many, over which days, and the counts of facets.

use super::names::NameBook;
use diary::Facet;
use diary_index_schema::Fields;
use diary_index_schema::document::facet_field;
use std::cmp::Ordering;
use std::collections::BTreeSet;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, RowId, StrColumn};
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocAddress, DocId, DocSet, Score, Searcher, SegmentOrdinal, SegmentReader, TERMINATED, TantivyError};

/// In which order the best entries are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// By score, then newest first.
    Score,
    /// Newest first.
    Newest,
    /// Oldest first; entries without a date last.
    Oldest,
}

/// Collects everything that one answer needs.
pub(crate) struct Gather<'n> {
    /// How many entries to keep.
    pub(crate) keep: usize,
    pub(crate) order: Order,
    pub(crate) facets: Vec<Facet>,
    /// The names by which a value counts for the wider ones above it.
    pub(crate) names: &'n NameBook,
    /// Of each segment.
    pub(crate) dates: &'n [DateColumns],
    /// Entries that are gathered but not counted by facet value: see [`Gathered::apart`].
    pub(crate) apart: Option<Box<dyn Query>>,
}

/// What the entries of one segment are ordered by, and their days. Kept open: opening them costs more than a rare word does.
#[derive(Clone)]
pub(crate) struct DateColumns {
    rank: Column<i64>,
    day: Column<i64>,
    first: Column<i64>,
    last: Column<i64>,
}

impl DateColumns {
    /// Those of every segment.
    pub(crate) fn open(searcher: &Searcher) -> tantivy::Result<Vec<Self>> {
        let of_segment = |reader: &SegmentReader| {
            let columns = reader.fast_fields();
            Ok(Self {
                rank: columns.i64("rank")?,
                day: columns.i64("day")?,
                first: columns.i64("first")?,
                last: columns.i64("last")?,
            })
        };
        searcher.segment_readers().iter().map(of_segment).collect()
    }
}

/// What was collected.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    /// The best entries, best first.
    pub(crate) best: Vec<Ranked>,
    /// How many entries there were.
    pub(crate) total: u64,
    /// How many of them met [`Gather::apart`].
    pub(crate) apart: u64,
    /// The first printed day of the earliest, and the last one of the latest, as ordinals.
    pub(crate) days: Option<(i64, i64)>,
    /// For each facet asked for, how many entries have each value: those that met `apart`, and the others.
    pub(crate) counts: Vec<Tallies>,
}

/// The values that were met, in order, each once.
pub(crate) type Tallies = Vec<(String, Tally)>;

/// How many entries have a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) apart: u64,
    pub(crate) others: u64,
}

/// An entry with what it is ordered by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ranked {
    pub(crate) score: Score,
    /// Days since the epoch, negated where the oldest come first; 0 where days do not matter.
    days: i64,
    pub(crate) rank: i64,
    pub(crate) address: DocAddress,
}

impl Eq for Ranked {}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> Ordering {
        self.score.total_cmp(&other.score).then(self.days.cmp(&other.days)).then(self.rank.cmp(&other.rank))
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

pub(crate) struct SegmentGather {
    order: Order,
    segment: SegmentOrdinal,
    best: Best,
    total: u64,
    met_apart: u64,
    /// Of the first entry that has a date.
    first_day: Option<i64>,
    latest: Option<DocId>,
    dates: DateColumns,
    /// Whether anything is asked of the entries' values.
    is_counting: bool,
    facets: Vec<FacetColumn>,
    /// The entries to be counted apart, in order.
    apart: Vec<DocId>,
    /// Entries that were collected and not counted yet: columns are read for many at once.
    waiting: Vec<DocId>,
}

/// An entry of one segment that may be among the best. The segment holds its entries in time, so that of two that are
/// alike in all else the newer comes later.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    score: Score,
    /// As in [`Ranked`].
    days: i64,
    doc: DocId,
}

impl Candidate {
    /// The best first.
    fn order(&self, other: &Self) -> Ordering {
        other.score.total_cmp(&self.score).then(other.days.cmp(&self.days)).then(other.doc.cmp(&self.doc))
    }
}

/// The best so many candidates of a segment: some more are taken in before the worse are let go.
#[derive(Default)]
struct Best {
    keep: usize,
    taken: Vec<Candidate>,
    /// Below this score no entry is among the best, whatever its date.
    least: Score,
}

impl Best {
    /// How many more: letting go costs as much as there are, and does not pay for a few.
    const MORE: usize = 128;

    fn new(keep: usize) -> Self {
        let least = if keep == 0 { Score::INFINITY } else { Score::NEG_INFINITY };
        Self { keep, taken: Vec::new(), least }
    }

    fn push(&mut self, candidate: Candidate) {
        self.taken.push(candidate);
        if self.taken.len() >= self.keep + Self::MORE.max(self.keep) {
            self.taken.select_nth_unstable_by(self.keep - 1, Candidate::order);
            self.taken.truncate(self.keep);
            self.least = self.taken.last().map_or(self.least, |worst| worst.score);
        }
    }

    fn in_order(mut self) -> impl Iterator<Item = Candidate> {
        self.taken.sort_unstable_by(Candidate::order);
        self.taken.into_iter().take(self.keep)
    }
}

/// How many entries are counted at once.
const BLOCK: usize = 128;

/// Counts of one facet in one segment, by ordinal.
struct FacetColumn {
    column: Option<StrColumn>,
    /// Of the values of the column; behind them, of wider ones that no entry has itself.
    tallies: Vec<Tally>,
    /// Those wider ones.
    unnamed: Vec<String>,
    /// By ordinal, where any value has wider ones: the places of all of these in `tallies`.
    above: Vec<Vec<usize>>,
    /// The values of the entries at hand, one after the other: whose each is, its row, and its ordinal.
    owners: Vec<DocId>,
    rows: Vec<RowId>,
    ordinals: Vec<u64>,
    /// The places that one entry counts at.
    met: Vec<usize>,
}

impl Collector for Gather<'_> {
    type Fruit = Gathered;
    type Child = SegmentGather;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<SegmentGather> {
        let columns = reader.fast_fields();
        let fields = Fields::new();
        let facets = self.facets.iter().map(|&facet| {
            let column = columns.str(reader.schema().get_field_name(facet_field(&fields, facet)))?;
            FacetColumn::new(column, self.names.above(facet))
        });
        Ok(SegmentGather {
            order: self.order,
            segment,
            best: Best::new(self.keep),
            total: 0,
            met_apart: 0,
            first_day: None,
            latest: None,
            is_counting: self.apart.is_some() || !self.facets.is_empty(),
            dates: self.dates.get(segment as usize).cloned().ok_or_else(unknown_segment)?,
            facets: facets.collect::<tantivy::Result<_>>()?,
            apart: match &self.apart {
                None => Vec::new(),
                Some(query) => matching(query.as_ref(), reader)?,
            },
            waiting: Vec::with_capacity(BLOCK),
        })
    }

    fn requires_scoring(&self) -> bool {
        self.order == Order::Score && self.keep > 0
    }

    fn merge_fruits(&self, fruits: Vec<tantivy::Result<Gathered>>) -> tantivy::Result<Gathered> {
        let mut merged = Gathered { counts: vec![Tallies::new(); self.facets.len()], ..Gathered::default() };
        for fruit in fruits {
            let fruit = fruit?;
            merged.best.extend(fruit.best);
            merged.total += fruit.total;
            merged.apart += fruit.apart;
            merged.days = match (merged.days, fruit.days) {
                (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
                (one, other) => one.or(other),
            };
            for (all, some) in merged.counts.iter_mut().zip(fruit.counts) {
                all.extend(some);
            }
        }
        merged.counts.iter_mut().for_each(add_up);
        merged.best.sort_by(|a, b| b.cmp(a));
        merged.best.truncate(self.keep);
        Ok(merged)
    }
}

/// Puts the values in order, and adds up what several segments counted of one.
fn add_up(tallies: &mut Tallies) {
    tallies.sort_by(|(one, _), (other, _)| one.cmp(other));
    tallies.dedup_by(|(value, tally), (kept, sum)| {
        let same = value == kept;
        if same {
            sum.apart += tally.apart;
            sum.others += tally.others;
        }
        same
    });
}

fn unknown_segment() -> TantivyError {
    TantivyError::InternalError("a segment whose columns are not open".to_owned())
}

/// The entries of one segment that a query finds, in order.
fn matching(query: &dyn Query, reader: &SegmentReader) -> tantivy::Result<Vec<DocId>> {
    let weight = query.weight(EnableScoring::disabled_from_schema(reader.schema()))?;
    let mut scorer = weight.scorer(reader, 1.0)?;
    let mut found = Vec::new();
    while scorer.doc() != TERMINATED {
        found.push(scorer.doc());
        scorer.advance();
    }
    Ok(found)
}

impl SegmentGather {
    fn candidate(&self, doc: DocId, score: Score) -> Candidate {
        match self.order {
            Order::Score => Candidate { score, days: 0, doc },
            Order::Newest => Candidate { score: 0.0, days: 0, doc },
            Order::Oldest => {
                let day = self.dates.day.first(doc).filter(|day| *day > 0).unwrap_or(i64::MAX);
                Candidate { score: 0.0, days: -day, doc }
            }
        }
    }

    fn ranked(&self, Candidate { score, days, doc }: Candidate) -> Ranked {
        let rank = self.dates.rank.first(doc).unwrap_or(0);
        Ranked { score, days, rank, address: DocAddress::new(self.segment, doc) }
    }

    fn count_waiting(&mut self) {
        let docs = std::mem::take(&mut self.waiting);
        let apart = &self.apart;
        let is_apart = |doc: DocId| !apart.is_empty() && apart.binary_search(&doc).is_ok();
        if !apart.is_empty() {
            self.met_apart += docs.iter().filter(|doc| is_apart(**doc)).count() as u64;
        }
        for facet in &mut self.facets {
            facet.count(&docs, (!apart.is_empty()).then_some(&is_apart));
        }
        self.waiting = docs;
        self.waiting.clear();
    }

    /// The first day of the first entry and the last day of the last: an index holds its entries in time.
    fn days(&self) -> Option<(i64, i64)> {
        let last = self.dates.last.first(self.latest?).filter(|day| *day > 0);
        Some((self.first_day?, last?))
    }
}

impl SegmentCollector for SegmentGather {
    type Fruit = tantivy::Result<Gathered>;

    fn collect(&mut self, doc: DocId, score: Score) {
        self.total += 1;
        self.latest = Some(doc);
        if self.first_day.is_none() {
            self.first_day = self.dates.first.first(doc).filter(|day| *day > 0);
        }
        if self.is_counting {
            self.waiting.push(doc);
            if self.waiting.len() == BLOCK {
                self.count_waiting();
            }
        }
        if score >= self.best.least {
            self.best.push(self.candidate(doc, score));
        }
    }

    fn harvest(mut self) -> tantivy::Result<Gathered> {
        self.count_waiting();
        Ok(Gathered {
            days: self.days(),
            best: std::mem::take(&mut self.best).in_order().map(|candidate| self.ranked(candidate)).collect(),
            total: self.total,
            apart: self.met_apart,
            counts: self.facets.iter().map(FacetColumn::by_value).collect::<tantivy::Result<_>>()?,
        })
    }
}

impl FacetColumn {
    /// Nothing counted yet; `above` has all that is wider than a value.
    fn new<'n>(
        column: Option<StrColumn>,
        above: impl Iterator<Item = (&'n String, &'n BTreeSet<String>)>,
    ) -> tantivy::Result<Self> {
        let values = column.as_ref().map_or(0, |column| column.num_terms());
        let mut new = Self {
            column,
            tallies: Vec::new(),
            unnamed: Vec::new(),
            above: Vec::new(),
            owners: Vec::new(),
            rows: Vec::new(),
            ordinals: Vec::new(),
            met: Vec::new(),
        };
        for (key, wider) in above {
            let Some(ordinal) = new.ordinal(key)? else { continue };
            new.above.resize(values, Vec::new());
            for key in wider {
                let place = match new.ordinal(key)? {
                    Some(place) => place,
                    None => {
                        values
                            + new.unnamed.iter().position(|known| known == key).unwrap_or_else(|| {
                                new.unnamed.push(key.clone());
                                new.unnamed.len() - 1
                            })
                    }
                };
                new.above[ordinal].push(place);
            }
        }
        new.tallies = vec![Tally::default(); values + new.unnamed.len()];
        Ok(new)
    }

    fn ordinal(&self, key: &str) -> tantivy::Result<Option<usize>> {
        let Some(column) = &self.column else { return Ok(None) };
        Ok(column.dictionary().term_ord(key)?.map(|ordinal| ordinal as usize))
    }

    /// Counts entries for each of their values, and once for each wider one.
    fn count(&mut self, docs: &[DocId], is_apart: Option<&impl Fn(DocId) -> bool>) {
        let Some(column) = &self.column else { return };
        self.owners.clear();
        self.rows.clear();
        column.ords().row_ids_for_docs(docs, &mut self.owners, &mut self.rows);
        self.ordinals.resize(self.rows.len(), 0);
        column.ords().values.get_vals(&self.rows, &mut self.ordinals);
        if self.above.is_empty() && is_apart.is_none() {
            // Each value of an entry is another one.
            for ordinal in &self.ordinals {
                if let Some(tally) = self.tallies.get_mut(*ordinal as usize) {
                    tally.others += 1;
                }
            }
            return;
        }
        let mut from = 0;
        for values in self.owners.chunk_by(|one, next| one == next) {
            let apart = is_apart.is_some_and(|is_apart| is_apart(values[0]));
            let ordinals = self.ordinals[from..from + values.len()].iter().map(|ordinal| *ordinal as usize);
            from += values.len();
            self.met.clear();
            self.met.extend(ordinals);
            let own = self.met.len();
            for at in 0..own {
                if let Some(above) = self.above.get(self.met[at]) {
                    self.met.extend_from_slice(above);
                }
            }
            if self.met.len() > own {
                self.met.sort_unstable();
                self.met.dedup();
            }
            for &place in &self.met {
                if let Some(tally) = self.tallies.get_mut(place) {
                    *(if apart { &mut tally.apart } else { &mut tally.others }) += 1;
                }
            }
        }
    }

    /// The values that were met, read from their dictionary in one go: it is packed in blocks.
    fn by_value(&self) -> tantivy::Result<Tallies> {
        let Some(column) = &self.column else { return Ok(Tallies::new()) };
        let (own, unnamed) = self.tallies.split_at(self.tallies.len() - self.unnamed.len());
        let met = own.iter().enumerate().filter(|(_, tally)| **tally != Tally::default());
        let (ordinals, tallies): (Vec<u64>, Vec<Tally>) = met.map(|(ordinal, tally)| (ordinal as u64, *tally)).unzip();
        let unnamed = self.unnamed.iter().cloned().zip(unnamed.iter().copied());
        let mut values: Tallies = unnamed.filter(|(_, tally)| *tally != Tally::default()).collect();
        let mut tallies = tallies.into_iter();
        column.dictionary().sorted_ords_to_term_cb(&ordinals, |value| {
            if let (Some(tally), Ok(value)) = (tallies.next(), std::str::from_utf8(value)) {
                values.push((value.to_owned(), tally));
            }
        })?;
        Ok(values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_best_are_those_that_a_sort_of_all_puts_first(
            keep in 0_usize..6,
            entries in prop::collection::vec((0_u8..4, 0_i64..3), 0..600),
        ) {
            let mut all: Vec<Candidate> = entries.into_iter().zip(0..)
                .map(|((score, days), doc)| Candidate { score: score.into(), days, doc })
                .collect();
            let mut best = Best::new(keep);
            for candidate in &all {
                if candidate.score >= best.least {
                    best.push(*candidate);
                }
            }
            all.sort_by(Candidate::order);
            let docs = |candidates: &mut dyn Iterator<Item = Candidate>| candidates.map(|one| one.doc).collect::<Vec<_>>();
            prop_assert_eq!(docs(&mut best.in_order()), docs(&mut all.into_iter().take(keep)));
        }
    }
}
