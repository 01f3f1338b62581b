//! Words that stand nowhere, and the nearest that do.

use super::lower::Lowering;
use super::names::NameBook;
use super::{lower, vocabulary};

/// Longer words are seldom misspelt words.
const LONGEST_MISSPELT: usize = 40;

/// The word nearest to one that does not occur: a form of a name before other words, the most frequent of the nearest.
pub(super) fn spelling(lowering: &Lowering<'_>, names: &NameBook, word: &str) -> tantivy::Result<Option<String>> {
    let Lowering { fields, searcher, .. } = lowering;
    let parts = lower::parts_of(word);
    let [(_, folded)] = parts.as_slice() else { return Ok(None) };
    let stands_in = |field| vocabulary::frequency(searcher, field, folded) > 0;
    let length = folded.chars().count();
    if !(4..=LONGEST_MISSPELT).contains(&length)
        || [fields.text, fields.title].into_iter().any(stands_in)
        || lowering.stem(fields.text, folded).found > 0
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
    // Two errors in a word of middling length are believed where they are in its vowels: winter is not wider.
    let distance = if length >= 6 { 2 } else { 1 };
    let believed = |near: &str| {
        let away = strsim::osa_distance(near, folded);
        let same_start = near.chars().next() == folded.chars().next();
        (away <= 1 || length >= 8 || consonants(near) == consonants(folded)).then_some((away, !same_start))
    };
    if let Some(name) = names.near_word(folded, if length >= 8 { 2 } else { 1 }) {
        // A name that only the authority file has finds its person as it is.
        return Ok((name != *folded).then_some(name));
    }
    let near = vocabulary::near(searcher, fields.text, folded, distance)?;
    // What begins differently is seldom meant.
    let nearest = near.into_iter().filter_map(|(near, frequency)| Some((believed(&near)?, near, frequency)));
    let nearest = nearest.min_by_key(|(away, near, frequency)| (*away, std::cmp::Reverse(*frequency), near.clone()));
    Ok(nearest.map(|(_, near, _)| near))
}

/// A word without its vowels, doubled letters once.
fn consonants(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().filter(|letter| !"aeiouy".contains(*letter)).collect();
    letters.dedup();
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vowels_are_what_people_get_wrong() {
        assert_eq!(consonants("definate"), consonants("definite"));
        assert_eq!(consonants("accomodate"), consonants("accommodate"));
        assert_ne!(consonants("winter"), consonants("wider"));
    }
}
