//! The people and projects of an index, in a file that is searched where it lies.
//!
//! The file is text: the length of a table, the table, then one concept a line as JSON. A line of the table is a facet, a
//! way to ask, what is asked for, and where the concepts begin that answer, counted in bytes from the end of the table:
//!
//! ```text
//! person <tab> word <tab> andrew <tab> 0 141
//! ```
//!
//! Its lines are in the order of their bytes. So a question reads a few pages of the file, however many names there are.

use crate::lines::lines_from;
use crate::record::StoredConcept;
use diary::{Facet, fold};
use std::collections::{BTreeMap, BTreeSet};
use tantivy::directory::OwnedBytes;

/// A way to ask for concepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// By a folded key, label or other name.
    Name,
    /// By one word of those.
    Word,
    /// By a key, exactly, that they name as wider than they are.
    Broader,
}

impl By {
    /// As a line of the table has it.
    fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Word => "word",
            Self::Broader => "broader",
        }
    }
}

/// The names of one part of an index.
#[derive(Clone)]
pub struct StoredNames {
    bytes: OwnedBytes,
    /// Where the table begins and where it ends.
    table: (usize, usize),
}

impl StoredNames {
    /// The bytes of the file that holds these concepts, in this order.
    pub fn write(concepts: &[StoredConcept]) -> Vec<u8> {
        let mut lines = String::new();
        let mut table: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for concept in concepts {
            let Ok(line) = serde_json::to_string(concept) else { continue };
            for question in questions(concept) {
                table.entry(question).or_default().push(lines.len().to_string());
            }
            lines.push_str(&line);
            lines.push('\n');
        }
        let table: String =
            table.iter().map(|(question, places)| format!("{question}{}\n", places.join(" "))).collect();
        format!("{}\n{table}{lines}", table.len()).into_bytes()
    }

    /// What such bytes hold; `None` where they are no such file.
    pub fn read(bytes: OwnedBytes) -> Option<Self> {
        let start = bytes.iter().take(24).position(|byte| *byte == b'\n')? + 1;
        let length: usize = std::str::from_utf8(&bytes[..start - 1]).ok()?.parse().ok()?;
        let end = start.checked_add(length).filter(|end| *end <= bytes.len())?;
        Some(Self { bytes, table: (start, end) })
    }

    /// The concepts that answer to this, in the order of the file.
    pub fn find(&self, facet: Facet, by: By, asked: &str) -> Vec<StoredConcept> {
        let question = question(facet.name(), by, asked);
        self.lines_from(&question).next().map(|line| self.concepts(&line[question.len()..])).unwrap_or_default()
    }

    /// Every concept that names a wider one, each as often as it names one.
    pub fn narrower(&self, facet: Facet) -> Vec<StoredConcept> {
        let any = format!("{}\t{}\t", facet.name(), By::Broader.name());
        let places = |line: &[u8]| line.iter().rposition(|byte| *byte == b'\t').map_or(line.len(), |at| at + 1);
        self.lines_from(&any).flat_map(|line| self.concepts(&line[places(line)..])).collect()
    }

    fn lines_from<'s>(&'s self, start: &'s str) -> impl Iterator<Item = &'s [u8]> {
        lines_from(&self.bytes[self.table.0..self.table.1], start)
    }

    /// Every concept.
    pub fn all(&self) -> impl Iterator<Item = StoredConcept> {
        self.bytes[self.table.1..].split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok())
    }

    fn concepts(&self, places: &[u8]) -> Vec<StoredConcept> {
        let places = std::str::from_utf8(places).unwrap_or_default().split_whitespace();
        places.filter_map(|place| self.concept(place.parse().ok()?)).collect()
    }

    fn concept(&self, place: usize) -> Option<StoredConcept> {
        let line = self.bytes.get(self.table.1.checked_add(place)?..)?;
        let end = memchr::memchr(b'\n', line).unwrap_or(line.len());
        serde_json::from_slice(&line[..end]).ok()
    }
}

/// Every question that a concept answers.
fn questions(concept: &StoredConcept) -> BTreeSet<String> {
    let written = [&concept.key, &concept.label].into_iter().chain(&concept.names).chain(&concept.hidden);
    let names: BTreeSet<String> = written.map(|name| fold(name)).collect();
    let ask = |by, name: &str| question(&concept.facet, by, name);
    let words = names.iter().flat_map(|name| name.split(' ')).map(|word| ask(By::Word, word));
    let whole = names.iter().map(|name| ask(By::Name, name));
    words.chain(whole).chain(concept.broader.iter().map(|key| ask(By::Broader, key))).collect()
}

/// The beginning of a line of the table. Keys are anybody's words, and must not end it.
fn question(facet: &str, by: By, asked: &str) -> String {
    let asked = asked.replace(char::is_control, " ");
    format!("{facet}\t{}\t{asked}\t", by.name())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn person(key: &str, label: &str, names: &[&str], broader: &[&str]) -> StoredConcept {
        let all = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect();
        StoredConcept {
            facet: "person".to_owned(),
            key: key.to_owned(),
            label: label.to_owned(),
            names: all(names),
            hidden: vec![],
            broader: all(broader),
            entries: 1,
            state: "linked".to_owned(),
        }
    }

    fn stored(concepts: &[StoredConcept]) -> StoredNames {
        StoredNames::read(OwnedBytes::new(StoredNames::write(concepts))).unwrap()
    }

    #[test]
    fn names_are_found_whole_and_by_their_words() {
        let names = stored(&[
            person("morton-andrew", "Andrew Morton", &["akpm"], &["kernel\tpeople"]),
            person("tridgell-andrew", "Andrew Tridgell", &["Tridge"], &[]),
        ]);
        let keys = |by, asked| names.find(Facet::Person, by, asked).into_iter().map(|one| one.key).collect::<Vec<_>>();
        assert_eq!(keys(By::Name, "andrew tridgell"), ["tridgell-andrew"]);
        assert_eq!(keys(By::Name, "akpm"), ["morton-andrew"]);
        assert_eq!(keys(By::Name, "morton andrew"), ["morton-andrew"]);
        assert_eq!(keys(By::Word, "andrew"), ["morton-andrew", "tridgell-andrew"]);
        assert_eq!(keys(By::Broader, "kernel\tpeople"), ["morton-andrew"]);
        let narrower = names.narrower(Facet::Person).into_iter().map(|one| one.key);
        assert_eq!(narrower.collect::<Vec<_>>(), ["morton-andrew"]);
        assert!(names.narrower(Facet::Project).is_empty());
        assert!(keys(By::Name, "andrew").is_empty() && keys(By::Word, "").is_empty());
        assert!(names.find(Facet::Project, By::Name, "akpm").is_empty());
        assert_eq!(names.all().count(), 2);
        assert_eq!(stored(&[]).all().count(), 0);
    }

    proptest! {
        #[test]
        fn a_table_finds_what_a_look_at_every_concept_finds(
            labels in prop::collection::vec("[a-cé]{0,3}( [a-c]{1,2}){0,2}", 0..40),
            asked in "[a-cé]{0,3}",
        ) {
            let concepts: Vec<_> =
                labels.iter().enumerate().map(|(i, label)| person(&i.to_string(), label, &[], &[])).collect();
            let names = stored(&concepts);
            for (by, meets) in [
                (By::Name, (|name: &str, asked: &str| name == asked) as fn(&str, &str) -> bool),
                (By::Word, |name, asked| name.split(' ').any(|word| word == asked)),
            ] {
                let expect: Vec<_> =
                    concepts.iter().filter(|one| meets(&fold(&one.label), &asked) || meets(&one.key, &asked)).cloned().collect();
                prop_assert_eq!(names.find(Facet::Person, by, &asked), expect);
            }
        }

        #[test]
        fn damaged_names_never_panic(cut in 0_usize..400, flip in 0_usize..400, bits: u8) {
            let mut bytes = StoredNames::write(&[
                person("morton-andrew", "Andrew Morton", &["akpm"], &["kernel"]),
                person("tridgell-andrew", "Andrew Tridgell", &["Tridge"], &[]),
            ]);
            let place = flip % bytes.len();
            bytes[place] ^= bits;
            bytes.truncate(bytes.len().saturating_sub(cut));
            if let Some(names) = StoredNames::read(OwnedBytes::new(bytes)) {
                names.find(Facet::Person, By::Word, "andrew");
                names.find(Facet::Person, By::Broader, "kernel");
                names.narrower(Facet::Person);
                names.all().count();
            }
        }
    }
}
