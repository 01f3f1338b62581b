//! Words that stand nowhere, and the nearest that do.

use super::names::NameBook;
use super::{lower, vocabulary};
use diary_index_schema::{Fields, analysis};
use tantivy::Searcher;

/// Longer words are seldom misspelt words.
const LONGEST_MISSPELT: usize = 40;

/// The word nearest to one that does not occur: a form of a name before other words, the most frequent of the nearest.
pub(super) fn spelling(searcher: &Searcher, names: &NameBook, word: &str) -> tantivy::Result<Option<String>> {
    let fields = Fields::new();
    let parts = lower::parts_of(word);
    let [(_, folded)] = parts.as_slice() else { return Ok(None) };
    let known =
        [(fields.text, folded.clone()), (fields.title, folded.clone()), (fields.text_stem, analysis::stem(folded))];
    let length = folded.chars().count();
    if !(4..=LONGEST_MISSPELT).contains(&length)
        || known.iter().any(|(field, form)| vocabulary::frequency(searcher, *field, form) > 0)
    {
        return Ok(None);
    }
    // A compound that others write as two words is right as it is.
    for (first, second) in vocabulary::halves(folded) {
        let known = |word: &str| vocabulary::frequency(searcher, fields.text, word) > 0;
        if known(&first)
            && known(&second)
            && lower::phrase(fields.text, &[(0, first), (1, second)], 0).count(searcher)? > 0
        {
            return Ok(None);
        }
    }
    // Two errors in a word of middling length are believed where both its ends are right: winter is not wanted.
    let distance = if length >= 6 { 2 } else { 1 };
    let believed = |near: &str| {
        let away = strsim::osa_distance(near, folded);
        let same_start = near.chars().next() == folded.chars().next();
        let same_end = near.chars().next_back() == folded.chars().next_back();
        (away <= 1 || same_start && same_end || length >= 8).then_some((away, !same_start))
    };
    if let Some(name) = names.near_word(folded, if length >= 8 { 2 } else { 1 }) {
        return Ok(Some(name));
    }
    let near = vocabulary::near(searcher, fields.text, folded, distance)?;
    // What begins differently is seldom meant.
    let nearest = near.into_iter().filter_map(|(near, frequency)| Some((believed(&near)?, near, frequency)));
    let nearest = nearest.min_by_key(|(away, near, frequency)| (*away, std::cmp::Reverse(*frequency), near.clone()));
    Ok(nearest.map(|(_, near, _)| near))
}
