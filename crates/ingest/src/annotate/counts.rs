//! How often words stand somewhere.

use crate::packed::packed;
use rustc_hash::FxHashMap;
use std::hash::Hash;

/// How often each of some words stands in a text.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts<'e> {
    short: FxHashMap<u64, u32>,
    long: FxHashMap<&'e str, u32>,
}

impl<'e> Counts<'e> {
    /// Counts a word once more.
    pub(super) fn add(&mut self, word: &'e str) {
        match packed(word) {
            Some(word) => count(&mut self.short, word),
            None => count(&mut self.long, word),
        }
    }

    /// How often a word stands there.
    pub(super) fn of(&self, word: &str) -> u32 {
        let count = packed(word).map_or_else(|| self.long.get(word), |word| self.short.get(&word));
        count.copied().unwrap_or_default()
    }

    /// How many words were counted.
    pub(super) fn len(&self) -> usize {
        self.short.len() + self.long.len()
    }

    /// Adds the counts of another text.
    pub(super) fn merge(&mut self, other: Self) {
        merge(&mut self.short, other.short);
        merge(&mut self.long, other.long);
    }
}

/// Counts a word once more; nearly every one is known.
fn count<W: Hash + Eq>(counts: &mut FxHashMap<W, u32>, word: W) {
    match counts.get_mut(&word) {
        Some(count) => *count += 1,
        None => {
            counts.insert(word, 1);
        }
    }
}

fn merge<W: Hash + Eq>(counts: &mut FxHashMap<W, u32>, other: FxHashMap<W, u32>) {
    for (word, count) in other {
        *counts.entry(word).or_default() += count;
    }
}
