//! Suggestions for the beginning of a word, in time that does not grow with the archive.
//!
//! The best for beginnings of very many words are listed in the index. For all others the dictionary is short enough to be
//! read where the word stands.

use super::names::NameBook;
use super::vocabulary;
use crate::lang::{Clause, DateExpr, MonthOf, Period};
use crate::plan::name_of;
use crate::suggestions::{Suggestion, Suggestions};
use diary::{Facet, month_name};
use diary_index_schema::frequent::{Frequent, LISTED};
use diary_index_schema::{Fields, analysis};
use std::collections::BTreeMap;
use tantivy::Searcher;

/// The most suggestions of one kind.
const MOST: usize = LISTED;

/// The longest prefix that is looked up, in characters.
const LONGEST: usize = 40;

/// The fewest letters of a prefix in which a typing error is allowed for.
const MISTYPED: usize = 4;

/// What `prefix` may be the beginning of.
pub(super) fn suggest(
    searcher: &Searcher,
    names: &NameBook,
    frequent: &Frequent,
    prefix: &str,
    limit: usize,
) -> tantivy::Result<Suggestions> {
    let limit = limit.min(MOST);
    let prefix: String = prefix.trim().chars().take(LONGEST).collect();
    if prefix.is_empty() || limit == 0 {
        return Ok(Suggestions::default());
    }
    let named = |facet| {
        names.beginning(facet, &prefix, limit).into_iter().map(move |(key, label, count)| Suggestion {
            text: label,
            query: Clause::Named { facet, names: vec![name_of(facet, &key, names)] }.to_string(),
            count,
        })
    };
    Ok(Suggestions {
        people: named(Facet::Person).collect(),
        projects: named(Facet::Project).collect(),
        words: words(searcher, frequent, &prefix, limit)?,
        dates: dates(searcher, &prefix, limit)?,
    })
}

/// Words that begin so; where there are none, words that begin so but for a typing error.
fn words(searcher: &Searcher, frequent: &Frequent, prefix: &str, limit: usize) -> tantivy::Result<Vec<Suggestion>> {
    let Some(last) = prefix.split_whitespace().next_back().map(analysis::fold) else { return Ok(Vec::new()) };
    let field = Fields::new().text;
    let mut found = match frequent.beginning(&last) {
        Some(best) => best.to_vec(),
        None if last.is_empty() => Vec::new(),
        None => vocabulary::with_prefix(searcher, field, &last)?.0,
    };
    if found.is_empty() && last.chars().count() >= MISTYPED {
        found = vocabulary::near_prefix(searcher, field, &last)?;
    }
    let plain = found.into_iter().filter(|(word, _)| word.chars().any(char::is_alphabetic));
    Ok(plain.take(limit).map(|(word, count)| Suggestion { text: word.clone(), query: word, count }).collect())
}

/// Years and months that there are entries of: by their number, or months by their name.
fn dates(searcher: &Searcher, prefix: &str, limit: usize) -> tantivy::Result<Vec<Suggestion>> {
    let fields = Fields::new();
    let lower = prefix.to_lowercase();
    let mut found: BTreeMap<String, u64> = BTreeMap::new();
    if lower.starts_with(|c: char| c.is_ascii_digit()) {
        for field in [fields.year, fields.month] {
            found.extend(vocabulary::with_prefix(searcher, field, &lower)?.0);
        }
    } else if lower.chars().count() >= 3 {
        let month_of = |key: &str| MonthOf::from_key(key).map(|of| of.month);
        let begins =
            |key: &str| month_of(key).is_some_and(|month| in_words(key, month).to_lowercase().starts_with(&lower));
        found.extend(vocabulary::all(searcher, fields.month)?.into_iter().filter(|(key, _)| begins(key)));
    }
    let suggestion = |(key, count): (String, u64)| {
        let month = MonthOf::from_key(&key);
        let year = key.get(..4).and_then(|year| year.parse().ok())?;
        let period = month.map_or(Period::Year(year), |of| Period::Month(year, of.month));
        let text = month.map_or_else(|| key.clone(), |of| in_words(&key, of.month));
        Some(Suggestion { text, query: Clause::Dates(vec![DateExpr::In(period)]).to_string(), count })
    };
    Ok(found.into_iter().filter_map(suggestion).take(limit).collect())
}

/// `July 2003`.
fn in_words(key: &str, month: u32) -> String {
    format!("{} {}", month_name(month), key.get(..4).unwrap_or_default())
}
