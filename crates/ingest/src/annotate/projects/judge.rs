//! Which names are projects', by the evidence of an archive.

use super::{Candidate, Shape};
use crate::annotate::lists::{GIVEN, SURNAMES, is_headword, is_ordinary};
use diary::slug;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// What an archive shows of one name.
#[derive(Default)]
struct Evidence {
    entries: u32,
    cued: u32,
    meant: u32,
    acts: u32,
    one_of_many: u32,
    places: u32,
    forms: BTreeMap<String, u32>,
    shape: Option<Shape>,
    /// How often it begins with a small letter.
    small: u32,
}

/// A project that was found.
#[derive(Clone)]
pub(super) struct Project {
    pub(super) key: Arc<str>,
    pub(super) name: Arc<str>,
    pub(super) why: Arc<str>,
}

/// The projects among the candidates, by folded form.
pub(super) fn judge(candidates: &[Vec<Candidate<'_>>]) -> HashMap<String, Project> {
    let seen: HashSet<&str> = candidates.iter().flatten().map(|one| one.folded.as_str()).collect();
    let singular = |folded: &'_ str| -> usize {
        let ends = ["es", "s"].into_iter().filter_map(|end| folded.strip_suffix(end));
        ends.filter(|base| base.len() > 2).find(|base| seen.contains(base)).map_or(folded.len(), str::len)
    };
    let mut table: BTreeMap<&str, Evidence> = BTreeMap::new();
    for entry in candidates {
        let mut here: HashSet<&str> = HashSet::new();
        for one in entry {
            // "futexes" is "futex".
            let folded = &one.folded[..singular(&one.folded)];
            let evidence = table.entry(folded).or_default();
            evidence.entries += u32::from(here.insert(folded));
            evidence.places += 1;
            evidence.cued += u32::from(one.cued);
            evidence.meant += u32::from(one.meant);
            evidence.acts += u32::from(one.acts);
            evidence.one_of_many += u32::from(one.one_of_many);
            *evidence.forms.entry(one.form.split_whitespace().collect::<Vec<_>>().join(" ")).or_default() += 1;
            evidence.shape = Some(evidence.shape.map_or(one.shape, |shape| shape.min(one.shape)));
            evidence.small += u32::from(one.form.starts_with(char::is_lowercase));
        }
    }
    let mut found: HashMap<String, Project> = HashMap::new();
    for (folded, evidence) in &table {
        if let Some(why) = evidence.accepted(folded) {
            let name = evidence.label(folded);
            let project = Project { key: slug(&name, false).into(), name: name.into(), why: why.into() };
            found.insert((*folded).to_owned(), project);
        }
    }
    for plural in seen.iter().filter(|folded| singular(folded) < folded.len()) {
        if let Some(one) = found.get(&plural[..singular(plural)]).cloned() {
            found.insert((*plural).to_owned(), one);
        }
    }
    join_parts(&mut found, &table);
    join_acronyms(&mut found, &table);
    found
}

impl Evidence {
    /// Why it is a project, if it is one.
    fn accepted(&self, folded: &str) -> Option<String> {
        let (entries, cued) = (self.entries, self.cued);
        let enough = match self.shape? {
            Shape::Host | Shape::Event | Shape::InnerCapital | Shape::Known | Shape::Named => true,
            Shape::Pair => entries > 1,
            Shape::Hyphenated => entries > 1 || cued > 1,
            Shape::Compound => self.meant > 0 && self.one_of_many * 4 <= self.places,
            Shape::Acronym => entries > 1 || cued > 0,
            // A word that acts as people do is somebody's handle.
            Shape::Coined if self.acts * 3 > self.places => false,
            // "On a sidenote"
            Shape::Coined if self.one_of_many * 2 > self.places => false,
            Shape::Coined if self.small * 2 >= self.places && !is_derived(folded) => {
                // "seperate" is none, however often; "kbuild" is spoken of as programs are.
                // "richard" is rather somebody.
                if GIVEN.has(folded) && self.meant == 0 {
                    return None;
                }
                let often = cued * 3 >= self.places;
                let spelt = entries > 2 && often || !is_misprint(folded);
                let named = self.meant > 0 || entries > 1 && often || !is_two_words(folded);
                spelt && named && (entries > 1 || cued > 0)
            }
            Shape::Word => entries > 3 && self.meant > 2 && self.meant * 24 >= self.places,
            // "Miro 2.0": the name of a person stands before no version.
            Shape::Coined => {
                let share = if GIVEN.has(folded) || SURNAMES.has(folded) { 8 } else { 12 };
                entries > 1 && self.meant * share >= self.places && !is_derived(folded)
            }
        };
        let shape = match self.shape? {
            Shape::Host => "a host name",
            Shape::Event => "a meeting by its last word",
            Shape::InnerCapital => "a capital inside",
            Shape::Known => "a well-known program",
            Shape::Named => "capitals in a row",
            Shape::Pair => "two words that stand together",
            Shape::Hyphenated | Shape::Compound => "a name of a package",
            Shape::Acronym => "an acronym",
            Shape::Coined => "a coined word",
            Shape::Word => "an ordinary word that has a capital here",
        };
        enough.then(|| format!("{shape}, in {entries} entries, {cued} times beside a word for programs"))
    }

    /// The form in most use.
    fn label(&self, folded: &str) -> String {
        let best = self.forms.iter().max_by_key(|(form, count)| (**count, std::cmp::Reverse(*form)));
        best.map_or_else(|| folded.to_owned(), |(form, _)| form.clone())
    }
}

/// "hotplug" is "hotplug CPU", where only one pair has it and the pair is the more frequent half of its places.
fn join_parts(found: &mut HashMap<String, Project>, table: &BTreeMap<&str, Evidence>) {
    let mut pairs: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (folded, evidence) in table.iter().filter(|(folded, _)| found.contains_key(**folded)) {
        if let Some((first, _)) = folded.split_once(' ').filter(|_| evidence.shape == Some(Shape::Pair)) {
            pairs.entry(first).or_default().push(folded);
        }
    }
    for (part, wholes) in pairs {
        let [whole] = wholes.as_slice() else { continue };
        let count = |folded: &str| table.get(folded).map_or(0, |evidence| evidence.places);
        let often = count(whole) * 2 >= count(part);
        if let Some(project) = found.get(*whole).filter(|_| often).cloned() {
            found.insert(part.to_owned(), project);
        }
    }
}

/// "LCA" is "linux.conf.au", where only one project has those initials.
fn join_acronyms(found: &mut HashMap<String, Project>, table: &BTreeMap<&str, Evidence>) {
    let mut by_initials: BTreeMap<String, Vec<Project>> = BTreeMap::new();
    for project in found.values() {
        let words: Vec<&str> = project.name.split([' ', '.']).filter(|word| !word.is_empty()).collect();
        if words.len() > 2 {
            let initials = words.iter().filter_map(|word| word.chars().next()).flat_map(char::to_lowercase).collect();
            by_initials.entry(initials).or_default().push(project.clone());
        }
    }
    for names in by_initials.values_mut() {
        names.sort_by(|a, b| a.name.cmp(&b.name));
        names.dedup_by(|a, b| a.name == b.name);
    }
    for (acronym, _) in table.iter().filter(|(_, evidence)| evidence.shape == Some(Shape::Acronym)) {
        if let Some([one]) = by_initials.get(*acronym).map(Vec::as_slice) {
            found.insert((*acronym).to_owned(), one.clone());
        }
    }
}

/// Whether a word ends as learned words do that no dictionary lists: "phylogenetic", "parallelization".
fn is_derived(word: &str) -> bool {
    const ENDS: [&str; 28] = [
        "ing", "ings", "ed", "ly", "ic", "ics", "al", "ity", "ities", "tion", "tions", "sion", "ism", "isms", "ist",
        "ous", "ive", "able", "ible", "ness", "ment", "ies", "ary", "logy", "genic", "oid", "less", "meter",
    ];
    word.len() > 6 && ENDS.iter().any(|end| word.ends_with(end))
}

/// Whether a word is two ordinary ones without a space: "commandline", "bugfixes".
fn is_two_words(word: &str) -> bool {
    word.is_ascii() && (3..word.len().saturating_sub(2)).any(|at| is_headword(&word[..at]) && is_ordinary(&word[at..]))
}

/// Whether one letter more, less or other, or two letters exchanged, would make an ordinary word.
fn is_misprint(word: &str) -> bool {
    let chars: Vec<char> = word.chars().collect();
    if chars.len() < 4 || chars.len() > 24 {
        return false;
    }
    let with = |from: usize, to: usize, put: &[char]| -> String {
        chars[..from].iter().chain(put).chain(&chars[to..]).collect()
    };
    (0..=chars.len()).any(|at| {
        let less = at < chars.len() && chars.len() > 4 && is_headword(&with(at, at + 1, &[]));
        let swapped = at + 1 < chars.len() && is_headword(&with(at, at + 2, &[chars[at + 1], chars[at]]));
        less || swapped
            || ('a'..='z').any(|c| {
                is_headword(&with(at, at, &[c]))
                    || at < chars.len() && chars.len() > 4 && is_headword(&with(at, at + 1, &[c]))
            })
    })
}
