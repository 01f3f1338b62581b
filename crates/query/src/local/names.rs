//! The people and projects of an open index, as the planner asks for them.

use crate::plan::{NameMatch, Names};
use diary::{Facet, fold};
use diary_index_schema::analysis;
use diary_index_schema::names::{By, StoredNames};
use diary_index_schema::record::StoredConcept;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// Every name that an index knows.
pub(crate) struct NameBook {
    /// People and projects, looked up where they are stored.
    stored: StoredNames,
    /// Values that have no names but their keys and titles; few.
    plain: Vec<Known>,
    /// Everything, read when it is first needed as a whole.
    all: OnceLock<Vec<Known>>,
    /// For each value that has wider ones, all of those, however far up; made when first asked for.
    above: OnceLock<BTreeMap<(Facet, String), BTreeSet<String>>>,
    /// Every name from each of its words on, in order, made when first asked for.
    starts: OnceLock<Vec<(Facet, String, usize)>>,
    /// In how many entries a word stands.
    entries_with: Box<dyn Fn(&str) -> u64 + Send + Sync>,
}

#[derive(Clone)]
struct Known {
    facet: Facet,
    key: String,
    label: String,
    /// As shown, and folded; the label first.
    names: Vec<(String, String)>,
    /// How many of them may be shown; the rest are found only.
    shown: usize,
    entries: u64,
    unresolved: bool,
}

/// How alike two names must be before one is offered for the other, by Jaro and Winkler.
const ALIKE: f64 = 0.84;

impl NameBook {
    /// A book of the stored concepts and of values that have no names but their keys, over texts in so many of which a word
    /// stands.
    pub(crate) fn new(
        stored: StoredNames,
        plain: impl Iterator<Item = (Facet, String, String, u64)>,
        entries_with: impl Fn(&str) -> u64 + Send + Sync + 'static,
    ) -> Self {
        let known = |(facet, key, label, entries): (Facet, String, String, u64)| {
            let names = vec![(label.clone(), fold(&label))];
            Known { facet, key, label, names, shown: 1, entries, unresolved: false }
        };
        let plain = plain.map(known).collect();
        let entries_with = Box::new(entries_with);
        Self { stored, plain, all: OnceLock::new(), above: OnceLock::new(), starts: OnceLock::new(), entries_with }
    }

    fn all(&self) -> &[Known] {
        self.all.get_or_init(|| {
            let stored = self.stored.all().filter_map(|stored| Known::from_stored(&stored));
            stored.chain(self.plain.iter().cloned()).collect()
        })
    }

    /// Those with this key, label or other name, which is folded.
    fn named(&self, facet: Facet, folded: &str) -> Vec<Known> {
        self.find(facet, By::Name, folded, |name| name == folded)
    }

    /// Those of whom a key, label or other name has this word.
    fn with_word(&self, facet: Facet, word: &str) -> Vec<Known> {
        self.find(facet, By::Word, word, |name| name.split(' ').any(|part| part == word))
    }

    fn find(&self, facet: Facet, by: By, asked: &str, meets: impl Fn(&str) -> bool) -> Vec<Known> {
        if matches!(facet, Facet::Person | Facet::Project) {
            let stored = self.stored.find(facet, by, asked);
            return stored.iter().filter_map(Known::from_stored).collect();
        }
        let met = self.plain.iter().filter(|known| {
            known.facet == facet && (meets(&fold(&known.key)) || known.names.iter().any(|(_, folded)| meets(folded)))
        });
        met.cloned().collect()
    }

    fn keyed(&self, facet: Facet, key: &str) -> Option<Known> {
        self.named(facet, &fold(key)).into_iter().find(|known| known.key == key)
    }

    /// The name shown for a key.
    pub(crate) fn label(&self, facet: Facet, key: &str) -> Option<String> {
        self.keyed(facet, key).map(|known| known.label)
    }

    /// For each value of `facet` that has wider ones, all of those, however far up.
    pub(crate) fn above(&self, facet: Facet) -> impl Iterator<Item = (&String, &BTreeSet<String>)> {
        let all = self.above.get_or_init(|| {
            let facets = [Facet::Person, Facet::Project].into_iter();
            facets.flat_map(|facet| above(facet, &self.stored.narrower(facet))).collect()
        });
        all.iter().filter(move |((of, _), _)| *of == facet).map(|((_, key), wider)| (key, wider))
    }

    /// A word of some name that is at most `distance` typing errors from `word`; the nearest, then the best known.
    pub(crate) fn near_word(&self, word: &str, distance: usize) -> Option<String> {
        let people_and_projects =
            self.all().iter().filter(|known| matches!(known.facet, Facet::Person | Facet::Project));
        let words = people_and_projects.flat_map(|known| {
            known.names.iter().flat_map(|(_, folded)| folded.split(' ')).map(move |part| (part, known.entries))
        });
        words
            .map(|(part, entries)| (strsim::osa_distance(part, word), std::cmp::Reverse(entries), part))
            .filter(|(away, _, part)| *away <= distance && part.chars().next() == word.chars().next())
            .min()
            .map(|(_, _, part)| part.to_owned())
    }

    /// The people or projects of whom a name, or a word of one, begins with `prefix`, accents and letter case aside: key,
    /// shown name and number of entries, the most frequent first. Where nobody does, those of whom one does but for a
    /// typing error.
    pub(crate) fn beginning(&self, facet: Facet, prefix: &str, limit: usize) -> Vec<(String, String, u64)> {
        let prefix = plain(prefix);
        if prefix.is_empty() {
            return Vec::new();
        }
        let starts = self.starts.get_or_init(|| self.all_starts());
        let from = starts.partition_point(|(of, start, _)| (*of, start.as_str()) < (facet, prefix.as_str()));
        let begins = starts[from..].iter().take_while(|(of, start, _)| *of == facet && start.starts_with(&prefix));
        let mut places: BTreeSet<usize> = begins.map(|(_, _, place)| *place).collect();
        let letters = prefix.chars().count();
        if places.is_empty() && letters >= MISTYPED {
            let meant = |start: &str| {
                let begun: String = start.chars().take(letters).collect();
                strsim::osa_distance(&begun, &prefix) <= 1
            };
            // A typing error is not in the first letter.
            let first = &prefix[..prefix.chars().next().map_or(0, char::len_utf8)];
            let from = starts.partition_point(|(of, start, _)| (*of, start.as_str()) < (facet, first));
            let same = starts[from..].iter().take_while(|(of, start, _)| *of == facet && start.starts_with(first));
            places.extend(same.filter(|(_, start, _)| meant(start)).map(|(_, _, place)| *place));
        }
        let mut found: Vec<&Known> = places.into_iter().map(|place| &self.all()[place]).collect();
        found.sort_by(|a, b| b.entries.cmp(&a.entries).then_with(|| a.label.cmp(&b.label)));
        found.into_iter().take(limit).map(|known| (known.key.clone(), known.label.clone(), known.entries)).collect()
    }

    /// Every name from each of its words on, in order.
    fn all_starts(&self) -> Vec<(Facet, String, usize)> {
        let mut starts = Vec::new();
        for (place, known) in self.all().iter().enumerate() {
            for name in known.names.iter().map(|(_, folded)| plain(folded)) {
                starts.extend(starts_of(&name).map(|start| (known.facet, start.to_owned(), place)));
            }
        }
        starts.sort_unstable();
        starts.dedup();
        starts
    }

    /// How many entries have a value.
    pub(crate) fn entries(&self, facet: Facet, key: &str) -> Option<u64> {
        self.keyed(facet, key).map(|known| known.entries)
    }
}

impl Known {
    fn from_stored(stored: &StoredConcept) -> Option<Self> {
        let shown = std::iter::once(&stored.label).chain(&stored.names).chain(&stored.hidden);
        Some(Self {
            facet: Facet::from_name(&stored.facet)?,
            key: stored.key.clone(),
            label: stored.label.clone(),
            names: shown.map(|name| (name.clone(), fold(name))).collect(),
            shown: 1 + stored.names.len(),
            entries: stored.entries,
            unresolved: stored.state == "unresolved",
        })
    }

    fn found(&self, via: &str, exact: bool) -> NameMatch {
        NameMatch { key: self.key.clone(), label: self.label.clone(), count: self.entries, via: via.to_owned(), exact }
    }
}

/// All the wider values, however far up, of each that names one. What runs in a circle is not above itself.
fn above(facet: Facet, narrower: &[StoredConcept]) -> Vec<((Facet, String), BTreeSet<String>)> {
    let broader: BTreeMap<&str, &[String]> =
        narrower.iter().map(|concept| (concept.key.as_str(), concept.broader.as_slice())).collect();
    let wider = |key: &str| {
        let mut found: BTreeSet<String> = BTreeSet::new();
        let mut open: Vec<&str> = vec![key];
        while let Some(next) = open.pop() {
            let wider = broader.get(next).into_iter().copied().flatten().filter(|wider| *wider != key);
            open.extend(wider.filter(|wider| found.insert((*wider).clone())).map(String::as_str));
        }
        found
    };
    broader.keys().map(|key| ((facet, (*key).to_owned()), wider(key))).collect()
}

/// The fewest letters in which a typing error is allowed for.
const MISTYPED: usize = 4;

/// A name without letter case, punctuation and accents.
fn plain(name: &str) -> String {
    fold(name).split(' ').map(analysis::fold).collect::<Vec<_>>().join(" ")
}

/// A folded name from each of its words on.
fn starts_of(name: &str) -> impl Iterator<Item = &str> {
    let inner = name.match_indices(' ').map(|(at, space)| &name[at + space.len()..]);
    std::iter::once(name).chain(inner)
}

/// Whether the words of `part` stand in a row in `whole`; both folded.
fn has_words(whole: &str, part: &str) -> bool {
    whole.match_indices(part).any(|(at, _)| {
        let before = at == 0 || whole[..at].ends_with(' ');
        let end = at + part.len();
        before && (end == whole.len() || whole[end..].starts_with(' '))
    })
}

impl Names for NameBook {
    fn resolve(&self, facet: Facet, text: &str) -> Vec<NameMatch> {
        let asked = fold(text);
        if asked.is_empty() {
            return Vec::new();
        }
        let whole = self.exact(facet, text);
        // A bare name that was never settled does not stand for all the others that have it in theirs.
        let is_settled = |found: &NameMatch| self.keyed(facet, &found.key).is_some_and(|known| !known.unresolved);
        if whole.iter().any(is_settled) {
            return whole;
        }
        let mut found: Vec<NameMatch> = Vec::new();
        let first = asked.split(' ').next().unwrap_or_default();
        for known in self.with_word(facet, first) {
            if let Some((name, _)) = known.names.iter().find(|(_, folded)| has_words(folded, &asked)) {
                found.push(known.found(name, false));
            } else if has_words(&fold(&known.key), &asked) {
                found.push(known.found(&known.key, false));
            }
        }
        if let [only] = found.as_mut_slice() {
            only.exact = whole.iter().any(|whole| whole.key == only.key);
        }
        found.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.label.cmp(&b.label)));
        found
    }

    fn unaccented(&self, facet: Facet, text: &str) -> Vec<NameMatch> {
        let asked = plain(text);
        let meant = |known: &Known| {
            let (name, folded) = known.names.iter().find(|(_, folded)| has_words(&plain(folded), &asked))?;
            Some(known.found(name, plain(folded) == asked))
        };
        let of_facet = self.all().iter().filter(|known| known.facet == facet && !asked.is_empty());
        let mut found: Vec<NameMatch> = of_facet.filter_map(meant).collect();
        found.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.label.cmp(&b.label)));
        found
    }

    fn exact(&self, facet: Facet, text: &str) -> Vec<NameMatch> {
        let asked = fold(text);
        let as_asked = |known: &Known| {
            let via = known.names.iter().find(|(_, folded)| *folded == asked);
            known.found(via.map_or(known.key.as_str(), |(name, _)| name), true)
        };
        let mut found: Vec<NameMatch> = self.named(facet, &asked).iter().map(as_asked).collect();
        // A key written out is that one, whoever else goes by it.
        if found.iter().any(|found| found.key == text) {
            found.retain(|found| found.key == text);
        }
        found.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.label.cmp(&b.label)));
        found
    }

    fn below(&self, facet: Facet, keys: &[String]) -> Vec<String> {
        let is_below = |wider: &BTreeSet<String>| keys.iter().any(|key| wider.contains(key));
        self.above(facet).filter(|(_, wider)| is_below(wider)).map(|(key, _)| key.clone()).collect()
    }

    fn forms(&self, facet: Facet, key: &str) -> Vec<String> {
        let known = self.keyed(facet, key);
        let shown = known.iter().flat_map(|known| known.names.iter().take(known.shown));
        let mut forms: Vec<String> = Vec::new();
        for (name, _) in shown {
            if !forms.contains(name) {
                forms.push(name.clone());
            }
        }
        forms
    }

    fn count(&self, facet: Facet, key: &str) -> u64 {
        let is_it = |known: &&Known| known.facet == facet && known.key == key;
        let plain = self.plain.iter().find(is_it).map(|known| known.entries);
        plain.or_else(|| self.keyed(facet, key).map(|known| known.entries)).unwrap_or(0)
    }

    fn entries_with(&self, word: &str) -> u64 {
        (self.entries_with)(word)
    }

    fn keys(&self, facet: Facet) -> Vec<String> {
        let mut known: Vec<&Known> = self.all().iter().filter(|known| known.facet == facet).collect();
        known.sort_by(|a, b| b.entries.cmp(&a.entries).then_with(|| a.key.cmp(&b.key)));
        known.into_iter().map(|known| known.key.clone()).collect()
    }

    fn like(&self, facet: Facet, text: &str) -> Option<String> {
        let asked = fold(text);
        let of_facet = self.all().iter().filter(|known| known.facet == facet);
        let likeness = |known: &Known| {
            let names = known.names.iter().map(|(_, folded)| strsim::jaro_winkler(&asked, folded));
            names.fold(strsim::jaro_winkler(&asked, &fold(&known.key)), f64::max)
        };
        of_facet
            .map(|known| (likeness(known), known))
            .filter(|(likeness, _)| *likeness >= ALIKE)
            .max_by(|(a, known_a), (b, known_b)| {
                a.total_cmp(b).then(known_a.entries.cmp(&known_b.entries)).then_with(|| known_b.key.cmp(&known_a.key))
            })
            .map(|(_, known)| known.label.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tantivy::directory::OwnedBytes;

    fn book() -> NameBook {
        let person = |key: &str, label: &str, names: &[&str], entries, state: &str| StoredConcept {
            facet: "person".to_owned(),
            key: key.to_owned(),
            label: label.to_owned(),
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            hidden: vec![],
            broader: vec![],
            entries,
            state: state.to_owned(),
        };
        let stored = [
            person("tridgell-andrew", "Andrew Tridgell", &["Tridge"], 5, "confirmed"),
            person("morton-andrew", "Andrew Morton", &["akpm"], 9, "confirmed"),
            person("gibson-david", "David Gibson", &[], 2, "linked"),
            person("mosberger-david", "David Mosberger", &[], 3, "linked"),
            person("david", "David", &[], 1, "unresolved"),
            person("lefevre-mme", "Mme Lefèvre", &[], 1, "linked"),
        ];
        let stored = StoredNames::read(OwnedBytes::new(StoredNames::write(&stored))).unwrap();
        NameBook::new(stored, std::iter::empty(), |_| 0)
    }

    fn check(asked: &str, expect: &[&str]) {
        let found = book().resolve(Facet::Person, asked);
        assert_eq!(found.iter().map(|found| found.key.as_str()).collect::<Vec<_>>(), expect, "{asked}");
    }

    #[test]
    fn names_are_resolved() {
        check("tridge", &["tridgell-andrew"]);
        check("Andrew Tridgell", &["tridgell-andrew"]);
        check("tridgell-andrew", &["tridgell-andrew"]);
        check("andrew", &["morton-andrew", "tridgell-andrew"]);
        check("david", &["mosberger-david", "gibson-david", "david"]);
        check("gibs", &[]);
        check("", &[]);
    }

    /// Words were found without their accents, and people were not.
    #[test]
    fn a_name_is_found_without_its_accents() {
        let found = |text: &str| -> Vec<String> {
            book().unaccented(Facet::Person, text).into_iter().map(|found| found.key).collect()
        };
        assert_eq!(found("lefevre"), ["lefevre-mme"]);
        assert_eq!(found("mme lefèvre"), ["lefevre-mme"]);
        assert!(found("lefev").is_empty() && found("").is_empty());
    }

    #[test]
    fn a_value_has_forms_of_its_name() {
        assert_eq!(book().forms(Facet::Person, "tridgell-andrew"), ["Andrew Tridgell", "Tridge"]);
        assert!(book().forms(Facet::Person, "tridge").is_empty());
    }

    #[test]
    fn misspellings_are_offered_the_nearest() {
        assert_eq!(book().like(Facet::Person, "tridgel").as_deref(), Some("Andrew Tridgell"));
        assert_eq!(book().like(Facet::Person, "qqqqq"), None);
    }

    #[test]
    fn a_misspelt_key_is_offered_the_name_of_its_value() {
        let stored = StoredNames::read(OwnedBytes::new(StoredNames::write(&[]))).unwrap();
        let archive = (Facet::Archive, "rusty".to_owned(), "Rusty Russell's diary".to_owned(), 64);
        let book = NameBook::new(stored, std::iter::once(archive), |_| 0);
        assert_eq!(book.like(Facet::Archive, "rsty").as_deref(), Some("Rusty Russell's diary"));
    }
}
