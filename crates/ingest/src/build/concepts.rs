//! What stands beside the entries: names, and what is needed to compare.

use diary::{Authority, Concept, Entry, Facet, Mention, MentionState, Visibility, fold};
use diary_index_schema::packing::packed;
use diary_index_schema::record::{StoredConcept, StoredEntry};
use diary_index_schema::store::OpenIndex;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};

/// The people and projects that the entries of one part name or may name, and those wider than these, with what the
/// authority files say of them: whom the private entries alone name is nobody in the public part, whatever file knows them.
///
/// Nobody marked private is among those of the public part.
pub(super) fn concepts<'a>(
    entries: &[&'a Entry],
    authorities: impl Iterator<Item = (&'a Authority, &'a Authority)>,
    visibility: Visibility,
) -> Vec<StoredConcept> {
    let mut concepts: Concepts<'_> = FxHashMap::default();
    for (people, projects) in authorities {
        for (facet, authority) in [(Facet::Person, people), (Facet::Project, projects)] {
            let is_shown = |concept: &Concept| !concept.private || visibility == Visibility::Private;
            for concept in authority.concepts.iter().filter(|concept| is_shown(concept)) {
                let gathered = concepts.entry((facet, concept.key.as_str())).or_default();
                gathered.add_labels(concept);
                // Nobody who is private is said to be wider than anyone; who is wider than them is.
                let mut open: Vec<&str> = concept.broader.iter().map(String::as_str).collect();
                while let Some(key) = open.pop() {
                    match authority.get(key) {
                        Some(hidden) if !is_shown(hidden) => open.extend(hidden.broader.iter().map(String::as_str)),
                        _ => gathered.broader.extend([key]),
                    }
                }
            }
        }
    }
    for mention in entries.iter().flat_map(|entry| named(entry)) {
        let concept = concepts.entry((mention.facet, &*mention.key)).or_default();
        concept.add_name(&mention.name);
        // What the authority file makes somebody's only in its context is no name to ask for them by.
        if mention.state != MentionState::Confirmed {
            concept.add_name(&mention.form);
        }
        concept.state = Some(concept.state.map_or(mention.state, |state| state.min(mention.state)));
    }
    find_wider(&mut concepts);
    for entry in entries {
        let mut open: Vec<(Facet, &str)> = named(entry).map(|mention| (mention.facet, &*mention.key)).collect();
        let mut counted: FxHashSet<(Facet, &str)> = FxHashSet::default();
        while let Some((facet, key)) = open.pop() {
            if counted.insert((facet, key)) {
                let concept = concepts.entry((facet, key)).or_default();
                concept.entries += 1;
                open.extend(concept.broader.iter().map(|wider| (facet, *wider)));
            }
        }
    }
    let uncertain: FxHashSet<(Facet, String)> =
        entries.iter().flat_map(|entry| &entry.mentions).filter_map(uncertain).flatten().collect();
    let may_be_named = |(facet, key): (Facet, &str), gathered: &Gathered<'_>| {
        let names = gathered.label.iter().copied().chain(gathered.names.values().copied());
        names.chain([key]).any(|name| uncertain.contains(&(facet, fold(name))))
    };
    let is_named =
        |(one, gathered): &((Facet, &str), Gathered<'_>)| gathered.entries > 0 || may_be_named(*one, gathered);
    let mut stored: Vec<_> = concepts.into_iter().filter(is_named).collect();
    stored.sort_by_key(|(one, _)| *one);
    stored.into_iter().map(|((facet, key), gathered)| gathered.stored(facet, key)).collect()
}

type Concepts<'a> = FxHashMap<(Facet, &'a str), Gathered<'a>>;

/// The mentions by which an entry has values of facets.
fn named(entry: &Entry) -> impl Iterator<Item = &Mention> {
    entry.mentions.iter().filter(|mention| mention.state.is_facet())
}

/// Whom a mention may name that is not certain enough to be a value of a facet: the key and the form, folded.
fn uncertain(mention: &Mention) -> Option<[(Facet, String); 2]> {
    let of = |name: &str| (mention.facet, fold(name));
    (!mention.state.is_facet()).then(|| [of(&mention.key), of(&mention.form)])
}

/// A project that no file knows is below the one whose whole name begins its own: "OLS keynote" below "OLS".
fn find_wider(concepts: &mut Concepts<'_>) {
    let projects = || concepts.iter().filter(|((facet, _), _)| *facet == Facet::Project);
    let labels = projects().filter_map(|((_, key), gathered)| Some((fold(gathered.label?), *key)));
    let mut by_label: FxHashMap<String, &str> = FxHashMap::default();
    for (label, key) in labels {
        // Of two with one label, the last by key.
        by_label.entry(label).and_modify(|known| *known = key.max(known)).or_insert(key);
    }
    let unknown = projects().filter(|(_, gathered)| gathered.state != Some(MentionState::Confirmed));
    let wider = unknown.filter_map(|(of, gathered)| {
        let label = fold(gathered.label?);
        let (first, _) = label.split_once(' ')?;
        Some((*of, *by_label.get(first)?))
    });
    for (of, wider) in wider.collect::<Vec<_>>() {
        concepts.entry(of).or_default().broader.insert(wider);
    }
}

#[derive(Default)]
struct Gathered<'a> {
    label: Option<&'a str>,
    /// Every form that was added.
    known: FxHashSet<&'a str>,
    /// By folded form, so that each is kept once.
    names: BTreeMap<String, &'a str>,
    hidden: BTreeMap<String, &'a str>,
    broader: BTreeSet<&'a str>,
    entries: u64,
    state: Option<MentionState>,
}

impl<'a> Gathered<'a> {
    fn add_labels(&mut self, concept: &'a Concept) {
        self.label.get_or_insert(&concept.pref_label);
        self.hidden.extend(concept.hidden_labels.iter().map(|label| (fold(label), label.as_str())));
        concept.alt_labels.iter().for_each(|label| self.add_name(label));
        self.state = Some(MentionState::Confirmed);
    }

    fn add_name(&mut self, name: &'a str) {
        let label = *self.label.get_or_insert(name);
        if !self.known.insert(name) {
            return;
        }
        let folded = fold(name);
        if folded != fold(label) && !self.hidden.contains_key(&folded) {
            self.names.entry(folded).or_insert(name);
        }
    }

    fn stored(self, facet: Facet, key: &str) -> StoredConcept {
        let owned = |name: &str| name.to_owned();
        StoredConcept {
            facet: facet.name().to_owned(),
            label: self.label.unwrap_or(key).to_owned(),
            key: key.to_owned(),
            names: self.names.into_values().map(owned).collect(),
            hidden: self.hidden.into_values().map(owned).collect(),
            broader: self.broader.into_iter().map(owned).collect(),
            entries: self.entries,
            state: self.state.map(MentionState::name).unwrap_or_default().to_owned(),
        }
    }
}

/// Every entry of an archive that an index holds; `None` where one cannot be read.
pub(super) fn stored_entries(open: &OpenIndex, archive: &str) -> Option<Vec<Entry>> {
    const CACHED_BLOCKS: usize = 1;
    let mut unpacker = open.records.unpacker().ok()?;
    let mut entries = Vec::new();
    for segment in open.reader.searcher().segment_readers() {
        let store = segment.get_store_reader(CACHED_BLOCKS).ok()?;
        for document in segment.doc_ids_alive() {
            let bytes = unpacker.unpack(packed(&store.get_document_bytes(document).ok()?)?)?;
            let stored = StoredEntry::read(&bytes)?;
            if stored.id().split('/').next() == Some(archive) {
                entries.push(stored.into_entry()?);
            }
        }
    }
    Some(entries)
}

/// What changes when anything that an index keeps of an entry does: one half for what it says, one for whom it names. It is
/// compared with that of the same entry alone, so that a short one is enough.
pub(super) fn fingerprint(entry: &Entry) -> String {
    let short = |hasher: &blake3::Hasher| hasher.finalize().to_hex()[..8].to_owned();
    let mut hasher = blake3::Hasher::new();
    hasher.update(&StoredEntry::words_of(entry).write().unwrap_or_default());
    let of_words = short(&hasher);
    for Mention { span, in_title, facet, key, name, form, state, why } in &entry.mentions {
        let kind = [usize::from(*in_title), *facet as usize, *state as usize];
        for number in [span.start, span.end].into_iter().chain(kind) {
            hasher.update(&number.to_le_bytes());
        }
        for word in [key, name, form, why] {
            hasher.update(&word.len().to_le_bytes()).update(str::as_bytes(word));
        }
    }
    format!("{of_words}.{}", short(&hasher))
}

/// Whether two fingerprints are of entries that say the same.
pub(super) fn same_words(a: &str, b: &str) -> bool {
    a.split('.').next() == b.split('.').next()
}
