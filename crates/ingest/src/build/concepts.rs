//! What stands beside the entries: names, and what is needed to compare.

use diary::{Authority, Concept, Entry, Facet, Mention, MentionState, Visibility, fold};
use diary_index_schema::Fields;
use diary_index_schema::record::{StoredConcept, StoredEntry};
use diary_index_schema::store::OpenIndex;
use std::collections::{BTreeMap, BTreeSet};
use tantivy::TantivyDocument;
use tantivy::schema::Value;

/// The people and projects of one part: those of the authority files, and those that its entries name.
///
/// Nobody marked private is among those of the public part.
pub(super) fn concepts<'a>(
    entries: &[&Entry],
    authorities: impl Iterator<Item = (&'a Authority, &'a Authority)>,
    visibility: Visibility,
) -> Vec<StoredConcept> {
    let mut concepts: BTreeMap<(Facet, String), Gathered> = BTreeMap::new();
    for (people, projects) in authorities {
        for (facet, authority) in [(Facet::Person, people), (Facet::Project, projects)] {
            let is_shown = |concept: &Concept| !concept.private || visibility == Visibility::Private;
            for concept in authority.concepts.iter().filter(|concept| is_shown(concept)) {
                let gathered = concepts.entry((facet, concept.key.clone())).or_default();
                gathered.add_labels(concept);
                // Nobody who is private is said to be wider than anyone; who is wider than them is.
                let mut open: Vec<&String> = concept.broader.iter().collect();
                while let Some(key) = open.pop() {
                    match authority.concepts.iter().find(|wider| wider.key == *key) {
                        Some(hidden) if !is_shown(hidden) => open.extend(&hidden.broader),
                        _ => gathered.broader.extend([key.clone()]),
                    }
                }
            }
        }
    }
    for mention in entries.iter().flat_map(|entry| named(entry)) {
        let concept = concepts.entry((mention.facet, mention.key.clone())).or_default();
        concept.add_name(&mention.name);
        // What the authority file makes somebody's only in its context is no name to ask for them by.
        if mention.state != MentionState::Confirmed {
            concept.add_name(&mention.form);
        }
        concept.state = Some(concept.state.map_or(mention.state, |state| state.min(mention.state)));
    }
    find_wider(&mut concepts);
    for entry in entries {
        let mut open: Vec<(Facet, &str)> = named(entry).map(|mention| (mention.facet, mention.key.as_str())).collect();
        let mut counted: BTreeSet<(Facet, &str)> = BTreeSet::new();
        while let Some((facet, key)) = open.pop() {
            if counted.insert((facet, key)) {
                let concept = concepts.get(&(facet, key.to_owned()));
                open.extend(concept.into_iter().flat_map(|one| &one.broader).map(|wider| (facet, wider.as_str())));
            }
        }
        let counted: Vec<(Facet, String)> = counted.into_iter().map(|(facet, key)| (facet, key.to_owned())).collect();
        counted.iter().for_each(|one| concepts.entry(one.clone()).or_default().entries += 1);
    }
    concepts.into_iter().map(|((facet, key), gathered)| gathered.stored(facet, key)).collect()
}

/// The mentions by which an entry has values of facets.
fn named(entry: &Entry) -> impl Iterator<Item = &Mention> {
    entry.mentions.iter().filter(|mention| mention.state.is_facet())
}

/// A project that no file knows is below the one whose whole name begins its own: "OLS keynote" below "OLS".
fn find_wider(concepts: &mut BTreeMap<(Facet, String), Gathered>) {
    let projects = || concepts.iter().filter(|((facet, _), _)| *facet == Facet::Project);
    let by_label: BTreeMap<String, String> =
        projects().filter_map(|((_, key), gathered)| Some((fold(gathered.label.as_deref()?), key.clone()))).collect();
    let unknown = projects().filter(|(_, gathered)| gathered.state != Some(MentionState::Confirmed));
    let wider = unknown.filter_map(|(of, gathered)| {
        let label = fold(gathered.label.as_deref()?);
        let (first, _) = label.split_once(' ')?;
        Some((of.clone(), by_label.get(first)?.clone()))
    });
    for (of, wider) in wider.collect::<Vec<_>>() {
        concepts.entry(of).or_default().broader.insert(wider);
    }
}

#[derive(Default)]
struct Gathered {
    label: Option<String>,
    /// By folded form, so that each is kept once.
    names: BTreeMap<String, String>,
    hidden: BTreeMap<String, String>,
    broader: BTreeSet<String>,
    entries: u64,
    state: Option<MentionState>,
}

impl Gathered {
    fn add_labels(&mut self, concept: &Concept) {
        self.label.get_or_insert_with(|| concept.pref_label.clone());
        self.hidden.extend(concept.hidden_labels.iter().map(|label| (fold(label), label.clone())));
        concept.alt_labels.iter().for_each(|label| self.add_name(label));
        self.state = Some(MentionState::Confirmed);
    }

    fn add_name(&mut self, name: &str) {
        let label = self.label.get_or_insert_with(|| name.to_owned());
        let folded = fold(name);
        if folded != fold(label) && !self.hidden.contains_key(&folded) {
            self.names.entry(folded).or_insert_with(|| name.to_owned());
        }
    }

    fn stored(self, facet: Facet, key: String) -> StoredConcept {
        StoredConcept {
            facet: facet.name().to_owned(),
            label: self.label.unwrap_or_else(|| key.clone()),
            key,
            names: self.names.into_values().collect(),
            hidden: self.hidden.into_values().collect(),
            broader: self.broader.into_iter().collect(),
            entries: self.entries,
            state: self.state.map(MentionState::name).unwrap_or_default().to_owned(),
        }
    }
}

/// Every entry of an archive that an index holds; `None` where one cannot be read.
pub(super) fn stored_entries(open: &OpenIndex, archive: &str) -> Option<Vec<Entry>> {
    const CACHED_BLOCKS: usize = 1;
    let record = Fields::new().record;
    let mut entries = Vec::new();
    for segment in open.reader.searcher().segment_readers() {
        let store = segment.get_store_reader(CACHED_BLOCKS).ok()?;
        for document in store.iter::<TantivyDocument>(segment.alive_bitset()) {
            let document = document.ok()?;
            let bytes = document.get_first(record).and_then(|value| value.as_bytes())?;
            let stored = StoredEntry::read(bytes)?;
            if stored.id().split('/').next() == Some(archive) {
                entries.push(stored.into_entry()?);
            }
        }
    }
    Some(entries)
}

/// What changes when anything that an index keeps of an entry does: one half for what it says, one for whom it names.
pub(super) fn fingerprint(entry: &Entry) -> String {
    let (words, names) = StoredEntry::from(entry).into_words_and_names();
    let short = |hasher: &blake3::Hasher| hasher.finalize().to_hex()[..12].to_owned();
    let mut hasher = blake3::Hasher::new();
    hasher.update(&words);
    let of_words = short(&hasher);
    hasher.update(&names);
    format!("{of_words}.{}", short(&hasher))
}

/// Whether two fingerprints are of entries that say the same.
pub(super) fn same_words(a: &str, b: &str) -> bool {
    a.split('.').next() == b.split('.').next()
}
