//! A second look at the best entries: how near the words of the query stand to each other in them, how many of them are
//! there, and how long the entries are.
//!
//! Only the first [`LOOKED_AT`] are looked at, so that the cost does not grow with the archive. What is found is added to
//! their scores: those after them stay after them.

use super::forms::Stem;
use super::gather::Ranked;
use super::lower::{Lowering, parts_of};
use crate::lang::{Mode, TextField};
use crate::plan::Node;
use std::collections::BTreeMap;
use tantivy::postings::Postings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Searcher, SegmentReader};

/// How many of the best entries are looked at a second time.
pub(super) const LOOKED_AT: usize = 200;

/// The most words of one query that are compared; the most frequent are left out.
const MOST_WORDS: usize = 12;

/// With how many of the words after it in the query each word is compared.
const REACH: usize = 3;

/// Words further out of place than this are not near.
const FAR: u32 = 12;

/// Words of one stretch of so many are about one thing, in whatever order they stand.
const STRETCH: u32 = 40;

/// A question of so many words that must be there is long: long entries meet it by chance, and few have all of it.
const LONG_QUESTION: usize = 6;

/// How soon a word said again says nothing new, and how much the length of an entry counts: as the engine has them in its
/// BM25, and as short questions have them.
const ENGINE_K1: f32 = 1.2;
const K1: f32 = 2.0;
const ENGINE_BY_LENGTH: f32 = 0.75;
const BY_LENGTH: f32 = 0.4;

/// What a second look at an entry sees.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Look {
    /// How much of the words it has, from 0 to 1.
    pub(super) covered: f32,
    /// What it adds that they stand near to each other.
    pub(super) nearness: f32,
    /// What it adds that the length of the entry is to count for less, and what is said often for more.
    pub(super) evenness: f32,
}

/// What the words of a query have to do with each other.
pub(super) struct Nearness {
    words: Vec<Word>,
}

struct Word {
    stem: Stem,
    /// Its place in the query.
    at: u32,
    /// How seldom it is, and less than that where it need not be there.
    weight: f32,
    is_optional: bool,
}

impl Nearness {
    /// The words of a query; `None` where there are not two to compare.
    pub(super) fn new(lowering: &Lowering<'_>, node: &Node) -> Option<Self> {
        let mut asked = Vec::new();
        words(node, false, &mut asked);
        let mut words: Vec<Word> = Vec::with_capacity(asked.len());
        for (at, (word, is_optional)) in asked.into_iter().enumerate() {
            let stem = lowering.stem(lowering.fields.text, &word);
            if !words.iter().any(|known| known.stem == stem) {
                let share = if is_optional { lowering.weights.optional } else { 1.0 };
                let weight = idf(lowering.searcher.num_docs(), stem.found) * share;
                words.push(Word { weight, at: at as u32, stem, is_optional });
            }
        }
        while words.len() > MOST_WORDS {
            let least = words.iter().enumerate().min_by(|(_, a), (_, b)| a.weight.total_cmp(&b.weight));
            let Some((place, _)) = least else { break };
            words.remove(place);
        }
        (words.len() > 1).then_some(Self { words })
    }

    /// Whether the question is a long one.
    pub(super) fn is_long(&self) -> bool {
        self.words.iter().filter(|word| !word.is_optional).count() >= LONG_QUESTION
    }

    /// Adds to the scores of the best entries, and puts them in order again. `covering` adds for how many of the words are
    /// there too.
    pub(super) fn rescore(&self, lowering: &Lowering<'_>, covering: bool, best: &mut [Ranked]) -> tantivy::Result<()> {
        let count = best.len().min(LOOKED_AT);
        let best = &mut best[..count];
        let mut segments: BTreeMap<u32, Vec<(DocId, usize)>> = BTreeMap::new();
        for (place, ranked) in best.iter().enumerate() {
            segments.entry(ranked.address.segment_ord).or_default().push((ranked.address.doc_id, place));
        }
        for (segment, mut docs) in segments {
            docs.sort_unstable();
            let ids: Vec<DocId> = docs.iter().map(|(doc, _)| *doc).collect();
            for ((_, place), look) in docs.iter().zip(self.looks(lowering, segment, &ids)?) {
                let ranked = &mut best[*place];
                if covering {
                    ranked.score *= 1.0 + lowering.weights.cover * look.covered;
                }
                ranked.score += look.nearness + look.evenness;
            }
        }
        best.sort_by(|a, b| b.cmp(a));
        Ok(())
    }

    /// The second look at one entry.
    pub(super) fn look(&self, lowering: &Lowering<'_>, entry: Ranked) -> tantivy::Result<Look> {
        let looks = self.looks(lowering, entry.address.segment_ord, &[entry.address.doc_id])?;
        Ok(looks.into_iter().next().unwrap_or_default())
    }

    fn looks(&self, lowering: &Lowering<'_>, segment: u32, docs: &[DocId]) -> tantivy::Result<Vec<Look>> {
        let Lowering { searcher, weights, fields, .. } = lowering;
        let field = fields.text;
        let reader = searcher.segment_reader(segment);
        let lengths = reader.get_fieldnorms_reader(field)?;
        let words: u64 =
            searcher.segment_readers().iter().map(|reader| tokens(reader, field)).sum::<tantivy::Result<_>>()?;
        let usual = words.max(1) as f32 / searcher.num_docs().max(1) as f32;
        let look = |(doc, places): (&DocId, Vec<Vec<u32>>)| Look {
            covered: self.covered(&places),
            nearness: weights.near * self.closeness(&places) + weights.together * self.together(&places),
            evenness: (weights.exact + weights.stem) * self.evenness(&places, lengths.fieldnorm(*doc) as f32 / usual),
        };
        Ok(docs.iter().zip(self.positions(searcher, segment, docs)?).map(look).collect())
    }

    /// For each entry, where each word stands in it.
    fn positions(&self, searcher: &Searcher, segment: u32, docs: &[DocId]) -> tantivy::Result<Vec<Vec<Vec<u32>>>> {
        let reader = searcher.segment_reader(segment);
        let mut all = vec![vec![Vec::new(); self.words.len()]; docs.len()];
        for (which, word) in self.words.iter().enumerate() {
            let mut postings = word.stem.postings(reader, IndexRecordOption::WithFreqsAndPositions)?;
            for (doc, entry) in docs.iter().zip(&mut all) {
                if postings.doc() < *doc {
                    postings.seek(*doc);
                }
                if postings.doc() == *doc {
                    postings.positions(&mut entry[which]);
                }
            }
        }
        Ok(all)
    }

    /// How much of the weight of all words those have that stand here, from 0 to 1.
    fn covered(&self, positions: &[Vec<u32>]) -> f32 {
        let all: f32 = self.words.iter().map(|word| word.weight).sum();
        let here = self.words.iter().zip(positions).filter(|(_, places)| !places.is_empty());
        if all > 0.0 { here.map(|(word, _)| word.weight).sum::<f32>() / all } else { 0.0 }
    }

    /// What a short question would score more if the engine held the length of an entry less against it, and tired later of
    /// a word said again: a long entry of a diary tells of many things, and of each as much as a short one does of its only
    /// one.
    fn evenness(&self, positions: &[Vec<u32>], length: f32) -> f32 {
        if self.is_long() {
            return 0.0;
        }
        let saturated = |times: f32, k1: f32, by_length: f32| {
            times * (k1 + 1.0) / (times + k1 * (1.0 + by_length * (length - 1.0)))
        };
        let more = |times: f32| saturated(times, K1, BY_LENGTH) - saturated(times, ENGINE_K1, ENGINE_BY_LENGTH);
        self.words.iter().zip(positions).map(|(word, places)| word.weight * more(places.len() as f32)).sum()
    }

    /// How much of the query stands in one stretch: the idf of its words there, but for the rarest, which needs no others.
    fn together(&self, positions: &[Vec<u32>]) -> f32 {
        let of_word = |(word, places): (usize, &Vec<u32>)| places.iter().map(move |at| (*at, word)).collect::<Vec<_>>();
        let mut places: Vec<(u32, usize)> = positions.iter().enumerate().flat_map(of_word).collect();
        places.sort_unstable();
        let mut inside = vec![0u32; self.words.len()];
        let (mut first, mut best) = (0, 0.0f32);
        for &(at, word) in &places {
            inside[word] += 1;
            while places[first].0 + STRETCH < at {
                inside[places[first].1] -= 1;
                first += 1;
            }
            let there = self.words.iter().zip(&inside).filter(|(_, times)| **times > 0).map(|(word, _)| word.weight);
            let (sum, rarest) = there.fold((0.0, 0.0f32), |(sum, rarest), idf| (sum + idf, rarest.max(idf)));
            best = best.max(sum - rarest);
        }
        best
    }

    /// How near the words stand to each other: for every two that the query has side by side, the idf of the more
    /// frequent, the more of it the nearer they are to being so here.
    fn closeness(&self, positions: &[Vec<u32>]) -> f32 {
        let mut sum = 0.0;
        for (i, first) in self.words.iter().enumerate() {
            for (j, second) in self.words.iter().enumerate().skip(i + 1).take(REACH) {
                let Some(out) = out_of_place(&positions[i], &positions[j], second.at - first.at) else { continue };
                let apart = (j - i) as f32;
                sum += first.weight.min(second.weight) / (1.0 + out as f32) / apart;
            }
        }
        sum
    }
}

fn tokens(reader: &SegmentReader, field: Field) -> tantivy::Result<u64> {
    Ok(reader.inverted_index(field)?.total_num_tokens())
}

/// By how many words the nearest two of these are out of the place that the query has them in, the second `expected` words
/// after the first; turned round they are further out. `None` where they are far from each other.
fn out_of_place(first: &[u32], second: &[u32], expected: u32) -> Option<u32> {
    let out = |place: &u32| {
        let next = second.partition_point(|other| other <= place);
        let after = second.get(next).map(|other| (other - place).abs_diff(expected));
        let before = next.checked_sub(1).and_then(|last| second.get(last)).map(|other| place - other + expected);
        after.into_iter().chain(before).min()
    };
    first.iter().filter_map(out).min().filter(|out| *out <= FAR)
}

/// The words that are looked for anywhere, in their order, and which of them need not be there.
fn words(node: &Node, is_optional: bool, found: &mut Vec<(String, bool)>) {
    match node {
        Node::And(parts) => parts.iter().for_each(|part| words(part, is_optional, found)),
        Node::Alias { words: inner, .. } => words(inner, is_optional, found),
        Node::Optional(inner) => words(inner, true, found),
        Node::Text { field: TextField::Any, term } if term.mode == Mode::Word => {
            found.extend(parts_of(&term.text).into_iter().map(|(_, word)| (word, is_optional)));
        }
        _ => {}
    }
}

/// How seldom something is that `found` of `all` entries have: the inverse document frequency of BM25.
pub(super) fn idf(all: u64, found: u64) -> f32 {
    let (all, found) = (all.max(found) as f32, found as f32);
    (1.0 + (all - found + 0.5) / (found + 0.5)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearer_to_the_order_of_the_query_the_better() {
        assert_eq!(out_of_place(&[4], &[5], 1), Some(0));
        assert_eq!(out_of_place(&[4, 20], &[7, 22], 1), Some(1));
        assert_eq!(out_of_place(&[5], &[4], 1), Some(2));
        assert_eq!(out_of_place(&[4], &[6], 2), Some(0));
        assert_eq!(out_of_place(&[4], &[104], 1), None);
        assert_eq!(out_of_place(&[], &[1], 1), None);
    }

    #[test]
    fn what_is_seldom_weighs_more() {
        assert!(idf(100, 1) > idf(100, 50) && idf(100, 100) > 0.0);
    }
}
