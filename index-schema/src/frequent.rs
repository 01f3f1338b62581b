//! The most frequent words for every beginning that very many words share.
//!
//! A reader who completes what someone types looks few-lettered beginnings up here, and reads the dictionary itself for
//! all others: either way the time does not grow with the archive.

use crate::Fields;
use crate::vocabulary::each_word;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use tantivy::Searcher;

/// A beginning that no more words share than this is not listed.
pub const FEW: usize = 1_024;

/// So many words are listed for a beginning.
pub const LISTED: usize = 50;

/// The longest beginning that is listed, in characters.
const LONGEST: usize = 8;

/// The best of each beginning, most frequent first; words of digits alone are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frequent(BTreeMap<String, Vec<(String, u64)>>);

impl Frequent {
    /// The best of the words of an index's texts.
    ///
    /// # Errors
    ///
    /// Where the dictionary cannot be read.
    pub fn of(searcher: &Searcher) -> tantivy::Result<Self> {
        let mut listing = Listing::default();
        each_word(searcher, Fields::new().text, |word, count| listing.add(word, word, count))?;
        Ok(Self(listing.finish()))
    }

    /// What [`serde_json`] wrote; nothing listed where it cannot be read.
    pub fn read(bytes: &[u8]) -> Self {
        serde_json::from_slice(bytes).unwrap_or_default()
    }

    /// The words listed for a beginning; `None` where the dictionary has at most [`FEW`] and is to be read itself.
    pub fn beginning(&self, letters: &str) -> Option<&[(String, u64)]> {
        self.0.get(letters).map(Vec::as_slice)
    }
}

/// Lists the best of things that come in the order of their text.
pub struct Listing<T> {
    done: BTreeMap<String, Vec<(T, u64)>>,
    /// The beginnings of the text before, shortest first.
    open: Vec<Open<T>>,
}

struct Open<T> {
    letters: String,
    texts: usize,
    best: Vec<(T, u64)>,
}

impl<T> Default for Listing<T> {
    fn default() -> Self {
        Self { done: BTreeMap::new(), open: Vec::new() }
    }
}

impl<T: Ord> Listing<T> {
    /// Counts `what` among the things whose text begins as `text` does. No text may come before an earlier one.
    pub fn add(&mut self, text: &str, what: impl Into<T>, count: u64)
    where
        T: Clone,
    {
        while self.open.last().is_some_and(|open| !text.starts_with(&open.letters)) {
            self.close();
        }
        let known = self.open.len();
        for (at, letter) in text.char_indices().take(LONGEST).skip(known) {
            let letters = text[..at + letter.len_utf8()].to_owned();
            self.open.push(Open { letters, texts: 0, best: Vec::new() });
        }
        let what = what.into();
        for open in &mut self.open {
            open.texts += 1;
            open.best.push((what.clone(), count));
            if open.best.len() >= 4 * LISTED {
                keep_best(&mut open.best);
            }
        }
    }

    fn close(&mut self) {
        if let Some(mut open) = self.open.pop().filter(|open| open.texts > FEW) {
            keep_best(&mut open.best);
            self.done.insert(open.letters, open.best);
        }
    }

    /// The best for each beginning that more than [`FEW`] texts share.
    pub fn finish(mut self) -> BTreeMap<String, Vec<(T, u64)>> {
        while !self.open.is_empty() {
            self.close();
        }
        self.done
    }
}

fn keep_best<T: Ord>(list: &mut Vec<(T, u64)>) {
    list.sort_by(|(a, often), (b, seldom)| (Reverse(often), a).cmp(&(Reverse(seldom), b)));
    list.truncate(LISTED);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_of_many_words_are_listed_with_their_best() {
        let mut words: Vec<String> = (0..2_000).map(|n| format!("ab{n:04}")).collect();
        words.extend((0..FEW).map(|n| format!("c{n:04}")));
        words.push("é".to_owned());
        words.sort();
        let mut listing = Listing::<String>::default();
        for word in &words {
            listing.add(word, word.as_str(), u64::from(word.ends_with("77")));
        }
        let listed = Frequent(listing.finish());
        assert_eq!(listed.0.keys().collect::<Vec<_>>(), ["a", "ab"]);
        let best = listed.beginning("a").unwrap();
        assert_eq!(best.len(), LISTED);
        assert_eq!(best[0], ("ab0077".to_owned(), 1));
        assert_eq!(best[20], ("ab0000".to_owned(), 0));
        assert_eq!(Frequent::read(&serde_json::to_vec(&listed).unwrap()), listed);
    }
}
