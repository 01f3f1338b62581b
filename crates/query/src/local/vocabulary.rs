//! The words that stand in an index: which exist, which begin so, which are near to one.

use std::collections::HashMap;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

/// The most words that one prefix or misspelling stands for.
pub(crate) const MAX_EXPANSIONS: usize = 1_024;

/// How many words are looked through for those expansions before the rest is left.
const MAX_VISITED: usize = 200_000;

/// How many words near to one are looked through.
const MAX_NEAR: usize = 8_192;

/// In how many entries a word stands.
pub(crate) fn frequency(searcher: &Searcher, field: Field, word: &str) -> u64 {
    searcher.doc_freq(&Term::from_field_text(field, word)).unwrap_or(0)
}

/// The words that begin with `prefix`, the most frequent first, and whether there were more.
pub(crate) fn with_prefix(
    searcher: &Searcher,
    field: Field,
    prefix: &str,
) -> tantivy::Result<(Vec<(String, u64)>, bool)> {
    let mut found = HashMap::new();
    let mut visited = 0;
    for reader in searcher.segment_readers() {
        let index = reader.inverted_index(field)?;
        let mut stream = index.terms().range().ge(prefix.as_bytes()).into_stream()?;
        while visited < MAX_VISITED && stream.advance() {
            let Ok(word) = std::str::from_utf8(stream.key()) else { continue };
            if !word.starts_with(prefix) {
                break;
            }
            visited += 1;
            *found.entry(word.to_owned()).or_insert(0) += u64::from(stream.value().doc_freq);
        }
    }
    Ok(most_frequent(found, visited >= MAX_VISITED))
}

/// The words at most `distance` typing errors (1 or 2) from `word`, the most frequent first.
pub(crate) fn near(searcher: &Searcher, field: Field, word: &str, distance: u8) -> tantivy::Result<Vec<(String, u64)>> {
    let query = FuzzyTermQuery::new(Term::from_field_text(field, word), distance.clamp(1, 2), true);
    matching(searcher, field, &query)
}

fn matching(searcher: &Searcher, field: Field, query: &FuzzyTermQuery) -> tantivy::Result<Vec<(String, u64)>> {
    let mut found = HashMap::new();
    let mut visited = 0;
    for reader in searcher.segment_readers() {
        let index = reader.inverted_index(field)?;
        let mut stream = index.terms().search(query.automaton()?).into_stream()?;
        while visited < MAX_NEAR && stream.advance() {
            visited += 1;
            if let Ok(word) = std::str::from_utf8(stream.key()) {
                *found.entry(word.to_owned()).or_insert(0) += u64::from(stream.value().doc_freq);
            }
        }
    }
    Ok(most_frequent(found, false).0)
}

/// The words that begin with `prefix` but for one typing error, the most frequent first.
pub(crate) fn near_prefix(searcher: &Searcher, field: Field, prefix: &str) -> tantivy::Result<Vec<(String, u64)>> {
    let query = FuzzyTermQuery::new_prefix(Term::from_field_text(field, prefix), 1, true);
    matching(searcher, field, &query)
}

/// The fewest letters of one half of a compound.
const SHORTEST_HALF: usize = 3;

/// The most letters of a word that is taken apart.
const LONGEST_COMPOUND: usize = 40;

/// The ways to write a word as two.
pub(crate) fn halves(word: &str) -> impl Iterator<Item = (String, String)> {
    let letters = word.chars().count();
    let last = if letters > LONGEST_COMPOUND { 0 } else { letters.saturating_sub(SHORTEST_HALF) };
    let inner = word.char_indices().enumerate().filter(move |(n, _)| (SHORTEST_HALF..=last).contains(n));
    inner.map(|(_, (at, _))| (word[..at].to_owned(), word[at..].to_owned()))
}

/// Every value of a field of few values, with the number of entries that have it.
pub(crate) fn all(searcher: &Searcher, field: Field) -> tantivy::Result<Vec<(String, u64)>> {
    with_prefix(searcher, field, "").map(|(values, _)| values)
}

fn most_frequent(found: HashMap<String, u64>, cut: bool) -> (Vec<(String, u64)>, bool) {
    let mut words: Vec<(String, u64)> = found.into_iter().collect();
    words.sort_by(|(a, often), (b, seldom)| seldom.cmp(often).then_with(|| a.cmp(b)));
    let more = words.len() > MAX_EXPANSIONS;
    words.truncate(MAX_EXPANSIONS);
    (words, cut || more)
}
