//! Names that no authority file knows yet, with what is needed to decide on them.

use super::cues::{ABBREVIATED, SHORT_GIVEN};
use super::{FoundConcept, Suggestion};
use diary::{Entry, Facet, MentionState, Span, Visibility};
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

/// How many sentences show a name.
const SENTENCES: usize = 3;
/// The longest sentence shown, in characters.
const LONGEST: usize = 240;

/// The people and projects of public entries that no file knows, the most frequent first; then those that are only
/// perhaps such.
pub(super) fn suggestions(entries: &[Entry], concepts: &[FoundConcept]) -> Vec<Suggestion> {
    let known: HashSet<(Facet, &str)> = concepts
        .iter()
        .filter(|concept| concept.from_file)
        .map(|concept| (concept.facet, concept.key.as_str()))
        .collect();
    let mut found: BTreeMap<(Facet, &str), Found<'_>> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.visibility == Visibility::Public) {
        for mention in &entry.mentions {
            if mention.state == MentionState::Confirmed {
                continue;
            }
            let one = found.entry((mention.facet, &*mention.key)).or_insert_with(|| Found::new(&mention.name));
            one.sure |= mention.state.is_facet();
            *one.forms.entry(&*mention.form).or_default() += 1;
            if one.last_entry != Some(entry.id.as_str()) {
                one.last_entry = Some(entry.id.as_str());
                one.entries += 1;
                let text = if mention.in_title { entry.title.as_deref().unwrap_or_default() } else { &entry.text };
                if one.sentences.len() < SENTENCES {
                    one.sentences.push(sentence(text, mention.span));
                }
            }
            if one.evidence.is_empty() || mention.state == MentionState::Unresolved && mention.form == mention.name {
                one.evidence = &mention.why;
            }
        }
    }
    let mut list: Vec<(bool, Suggestion)> = found
        .into_iter()
        .filter(|(concept, _)| !known.contains(concept))
        .map(|((facet, key), one)| (one.sure, one.suggestion(facet, key)))
        .collect();
    list.sort_by(|(a_sure, a), (b_sure, b)| {
        (b_sure, b.entries, b.count).cmp(&(a_sure, a.entries, a.count)).then_with(|| a.form.cmp(&b.form))
    });
    list.into_iter().map(|(_, suggestion)| suggestion).collect()
}

struct Found<'e> {
    name: &'e str,
    sure: bool,
    forms: BTreeMap<&'e str, usize>,
    entries: usize,
    last_entry: Option<&'e str>,
    sentences: Vec<String>,
    evidence: &'e str,
}

impl<'e> Found<'e> {
    fn new(name: &'e str) -> Self {
        Self {
            name,
            sure: false,
            forms: BTreeMap::new(),
            entries: 0,
            last_entry: None,
            sentences: Vec::new(),
            evidence: "",
        }
    }

    fn suggestion(self, facet: Facet, key: &str) -> Suggestion {
        let table = if facet == Facet::Project { "project" } else { "person" };
        let mut toml = format!("[[{table}]]\nkey = {}\nprefLabel = {}\n", quoted(key), quoted(self.name));
        let others: Vec<String> =
            self.forms.keys().filter(|form| **form != self.name).map(|form| quoted(form)).collect();
        if !others.is_empty() {
            let _ = writeln!(toml, "altLabel = [{}]", others.join(", "));
        }
        Suggestion {
            facet,
            form: self.name.to_owned(),
            count: self.forms.values().sum(),
            entries: self.entries,
            sentences: self.sentences,
            evidence: self.evidence.to_owned(),
            toml,
        }
    }
}

/// A text as a TOML string.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// The sentence around a place, cut to about [`LONGEST`] characters with the place inside.
fn sentence(text: &str, place: Span) -> String {
    // The full stop of "Mr." or "Sir W." ends no sentence.
    let ends = |at: usize, c: char| {
        let shortened = || {
            let word = text[..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
            word.chars().count() < 2 || ABBREVIATED.has(&word) || SHORT_GIVEN.has(&word)
        };
        let next_is_space = || text[at + c.len_utf8()..].starts_with(char::is_whitespace);
        c == '\n' || matches!(c, '!' | '?') && next_is_space() || c == '.' && next_is_space() && !shortened()
    };
    let before = text.get(..place.start).unwrap_or_default();
    let mut start = 0;
    let mut word = None;
    for (i, c) in before.char_indices().rev().take(LONGEST / 2) {
        start = i;
        if ends(i, c) {
            (start, word) = (i + c.len_utf8(), None);
            break;
        }
        if c.is_whitespace() {
            word = Some(i);
        }
    }
    if start > 0 {
        start = word.unwrap_or(start);
    }
    let rest = text.get(start..).unwrap_or_default();
    let stop = rest.char_indices().take(LONGEST).find(|&(i, c)| start + i >= place.end && ends(start + i, c));
    let cut = || rest.char_indices().nth(LONGEST).map_or(rest.len(), |(i, _)| i).max(place.end.saturating_sub(start));
    let end = stop.map_or_else(cut, |(i, c)| i + c.len_utf8());
    rest.get(..end).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_to_be_pasted_can_be_read() {
        for name in ["O\"Neil", "back\\slash", "bell\u{7}", "Agnès"] {
            let toml = format!("[[person]]\nprefLabel = {}", quoted(name));
            assert_eq!(crate::authority::parse(Facet::Person, &toml).unwrap().concepts[0].pref_label, name);
        }
    }

    #[test]
    fn sentences_hold_their_place() {
        let around = |text: &str, name: &str| {
            let start = text.find(name).unwrap();
            sentence(text, Span::new(start, start + name.len()))
        };
        assert_eq!(around("It rained. Then came Mr. Moore to us. We dined.", "Moore"), "Then came Mr. Moore to us.");
        let short = "We talked. With my Lord there went Sir W. Penn and others to the ships. So home.";
        assert_eq!(around(short, "Sir W. Penn"), "With my Lord there went Sir W. Penn and others to the ships.");
        let long = "äöü ".repeat(1_000);
        let cut = sentence(&long, Span::new(900 * 7, 900 * 7 + 6));
        assert!(cut.chars().count() <= LONGEST && cut.starts_with("äöü"), "{cut}");
    }
}
