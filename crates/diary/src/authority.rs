//! The people or projects of an archive as a careful reader wrote them down.
//!
//! The words follow [SKOS](https://www.w3.org/TR/skos-reference/), so that files map one to one onto other catalogues.

use crate::CivilDate;

/// The authority file of one facet, as read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Authority {
    /// Whom or what it knows, in file order. Keys are unique; so is every label but for letter case.
    pub concepts: Vec<Concept>,
    /// Forms that name nobody.
    pub denials: Vec<Denial>,
}

impl Authority {
    /// The concept with this key.
    pub fn get(&self, key: &str) -> Option<&Concept> {
        self.concepts.iter().find(|concept| concept.key == key)
    }
}

/// One person or one project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Concept {
    /// Stable slug: the facet value in addresses.
    pub key: String,
    /// The name shown.
    pub pref_label: String,
    /// Other names, each always this concept's.
    pub alt_labels: Vec<String>,
    /// Misspellings and the like: found, never shown.
    pub hidden_labels: Vec<String>,
    /// The same in other catalogues, as addresses.
    pub exact_match: Vec<String>,
    /// Keys of wider concepts, whose counts take this one in.
    pub broader: Vec<String>,
    /// Forms that are this concept's only in their context.
    pub rules: Vec<FormRule>,
    /// Kept out of every public facet, suggestion and export.
    pub private: bool,
    /// Where it stands in its file, from 1.
    pub line: usize,
}

impl Concept {
    /// Every unconditional name, the shown one first.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.pref_label).chain(&self.alt_labels).chain(&self.hidden_labels).map(String::as_str)
    }
}

/// A form that names a concept where all its conditions hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormRule {
    /// The words as written.
    pub form: String,
    /// Not before this date, as printed.
    pub from: Option<CivilDate>,
    /// Not after this date, as printed.
    pub until: Option<CivilDate>,
    /// At least one of these words in the entry.
    pub near: Vec<String>,
    /// None of these words in the entry.
    pub not_near: Vec<String>,
    /// At least one of these keys in the entry.
    pub with: Vec<String>,
    /// Only in these entries, by id; empty for all.
    pub entries: Vec<String>,
    /// Where it stands in its file, from 1.
    pub line: usize,
}

/// A form that is no name here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Denial {
    /// The words as written.
    pub form: String,
    /// What it is instead.
    pub why: String,
    /// Only in these entries, by id; empty for all.
    pub entries: Vec<String>,
    /// Where it stands in its file, from 1.
    pub line: usize,
}
