//! What people are called where programs are written: "gsvelto" is Gabriele Svelto, "peterbe" Peter Bengtsson.

use diary::Mention;
use std::collections::{BTreeMap, BTreeSet};

/// The handles that the full names of an archive may be behind.
#[derive(Default)]
pub(super) struct Handles {
    /// Surnames by given name, all in small letters.
    names: BTreeMap<String, BTreeSet<String>>,
    /// An initial and a surname.
    shortened: BTreeSet<String>,
}

impl Handles {
    pub(super) fn of<'m>(people: impl Iterator<Item = &'m Mention>) -> Self {
        let mut handles = Self::default();
        for mention in people {
            let Some((given, surname)) = mention.name.split_once(' ').filter(|(_, rest)| !rest.contains(' ')) else {
                continue;
            };
            let (given, surname) = (given.to_lowercase(), surname.to_lowercase());
            if handles.names.get(&given).is_some_and(|surnames| surnames.contains(&surname)) {
                continue;
            }
            handles.shortened.extend(given.chars().next().map(|initial| format!("{initial}{surname}")));
            handles.names.entry(given).or_default().insert(surname);
        }
        handles
    }

    /// Whether a word in small letters is an initial and a surname, or a given name and how a surname begins.
    pub(super) fn has(&self, word: &str) -> bool {
        let parts = word.char_indices().skip(2).map(|(at, _)| word.split_at(at));
        self.shortened.contains(word)
            || parts.into_iter().any(|(given, rest)| {
                self.names.get(given).is_some_and(|surnames| surnames.iter().any(|one| one.starts_with(rest)))
            })
    }
}
