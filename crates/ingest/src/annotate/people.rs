//! People whom no file names, found by the evidence of the whole archive.

use super::Silent;
use super::candidates::{Candidate, Part, Shape, candidates, join};
use super::evidence::{Table, Verdict};
use super::lists::{COMMON_GIVEN, GIVEN, PLACES};
use super::surroundings::Cue;
use super::token::{Token, tokens};
use super::tongues::Tongue;
use diary::{BlockKind, Entry, Facet, Span};
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Which names of an archive are people's.
pub(super) struct Model {
    verdicts: HashMap<String, Arc<Verdict>>,
    table: Table,
}

/// Names that discovery keeps away from.
pub(super) struct Withheld {
    names: Vec<HashSet<String>>,
    /// The words of all of them.
    words: HashSet<String>,
}

impl Withheld {
    pub(super) fn new<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        let names: Vec<HashSet<String>> =
            names.map(|name| diary::fold(name).split(' ').map(str::to_owned).collect()).collect();
        let words = names.iter().flatten().cloned().collect();
        Self { names, words }
    }

    /// Whether every word of the candidate is one of a single withheld name.
    fn covers(&self, candidate: &Candidate<'_>) -> bool {
        if self.names.is_empty() {
            return false;
        }
        let folded: Vec<String> = candidate.words.iter().map(|word| diary::fold(word.text)).collect();
        let parts = || folded.iter().flat_map(|word| word.split(' ')).filter(|part| !part.is_empty());
        parts().all(|part| self.words.contains(part))
            && self.names.iter().any(|name| parts().all(|part| name.contains(part)))
    }
}

/// A name of a person at its place.
#[derive(Clone, Debug)]
pub(super) struct Sighting<'e> {
    pub(super) in_title: bool,
    pub(super) span: Span,
    /// What stands in front as part of the name.
    pub(super) honorific: Option<&'e str>,
    /// The words of the name.
    pub(super) words: Vec<Part<'e>>,
    pub(super) titled: bool,
    pub(super) handle: bool,
    /// Its points and the reasons for them; nothing where its shape alone is enough.
    pub(super) why: Option<Arc<Verdict>>,
}

impl Sighting<'_> {
    /// Whether it is a person, not perhaps one.
    pub(super) fn is_sure(&self) -> bool {
        self.why.as_ref().is_none_or(|verdict| verdict.is_person())
    }

    /// The name as shown: honorific in front, full stops after initials.
    pub(super) fn name(&self) -> String {
        let mut name = self.honorific.unwrap_or_default().to_owned();
        for word in &self.words {
            if !name.is_empty() {
                name.push(' ');
            }
            name.push_str(word.text);
            if word.text.chars().count() == 1 {
                name.push('.');
            }
        }
        name
    }
}

/// The candidates of one entry, with what is settled in it and what is no prose left out; what they and the other words
/// show goes into `table`.
pub(super) fn entry_candidates<'e>(
    entry: &'e Entry,
    silent: &Silent,
    withheld: &Withheld,
    table: &mut Table,
) -> Vec<Candidate<'e>> {
    let mut found = Vec::new();
    let tongue = Tongue::new(entry.lang.as_deref());
    let title = entry.title.as_deref().unwrap_or_default();
    for (text, in_title) in [(entry.text.as_str(), false), (title, true)] {
        let mut skip: Vec<Span> = Vec::new();
        if !in_title {
            skip.extend(entry.blocks.iter().filter(|block| block.kind == BlockKind::Code).map(|block| block.span));
        }
        let settled = entry.mentions.iter().map(|mention| (mention.in_title, mention.span));
        let settled = settled.chain(silent.of(Facet::Person)).filter(|(title, _)| *title == in_title);
        skip.extend(settled.map(|(_, span)| span));
        skip.sort();
        let cut = tokens(text);
        if !in_title {
            count_lower(table, &cut);
        }
        found.extend(candidates(text, &cut, &skip, in_title, tongue));
    }
    found.retain(|candidate| !withheld.covers(candidate));
    // Those of all entries are held at once.
    found.iter_mut().for_each(|candidate| candidate.words.shrink_to_fit());
    found.shrink_to_fit();
    found.iter().for_each(|candidate| table.add(candidate));
    found
}

impl Model {
    /// Weighs every name of `all`, the candidates of some entries, by the table of what these show.
    pub(super) fn new(all: &[Vec<Candidate<'_>>], mut table: Table) -> Self {
        let judge = |table: &Table| -> HashMap<String, Arc<Verdict>> {
            let names: Vec<&String> = table.names.keys().collect();
            names.into_par_iter().map(|name| (name.clone(), Arc::new(table.weigh(name)))).collect()
        };
        // Who stands beside people is likelier one: judged once without that, then with it.
        let first = judge(&table);
        for candidates in all {
            for pair in candidates.windows(2).filter(|pair| pair[1].joined) {
                let is_person = |candidate: &Candidate<'_>| {
                    candidate.shape != Shape::Plain
                        || first.get(&candidate.name()).is_some_and(|verdict| verdict.is_person())
                };
                for (one, other) in [(&pair[0], &pair[1]), (&pair[1], &pair[0])] {
                    if one.shape == Shape::Plain && is_person(other) {
                        table.names.entry(one.name()).or_default().in_company += 1;
                    }
                }
            }
        }
        for (name, _) in first.iter().filter(|(_, verdict)| verdict.is_person()) {
            let places = table.names.get(name).map_or(0, |evidence| evidence.places);
            let last = name.rsplit_once(' ').and_then(|(_, last)| table.names.get_mut(last));
            if let Some(evidence) = last {
                evidence.ends_names += places;
            }
        }
        let verdicts = judge(&table);
        Self { verdicts, table }
    }

    fn accepted(&self, name: &str) -> Option<&Arc<Verdict>> {
        self.verdicts.get(name).filter(|verdict| verdict.is_person())
    }

    /// The person whom a candidate names, or perhaps names.
    pub(super) fn sighting<'e>(&self, candidate: &Candidate<'e>, entry: &Entry) -> Option<Sighting<'e>> {
        if candidate.shape != Shape::Plain {
            return Some(sighting(candidate, 0..candidate.words.len(), true, None));
        }
        let name = candidate.name();
        match self.verdicts.get(&name).filter(|verdict| verdict.is_likely()) {
            Some(_) if !Tongue::new(entry.lang.as_deref()).capitals_tell() && !begins_as_full_name(candidate) => None,
            Some(verdict) if self.holds_here(candidate, &name) => {
                Some(sighting(candidate, 0..candidate.words.len(), false, Some(verdict.clone())))
            }
            Some(_) => None,
            None => self.within(candidate),
        }
    }

    /// Whether the place itself does not contradict a name that is a person's elsewhere.
    fn holds_here(&self, candidate: &Candidate<'_>, name: &str) -> bool {
        let lower = name.to_lowercase();
        let single = candidate.words.len() == 1;
        let strong = [Cue::Acts, Cue::Who, Cue::WithPronoun, Cue::Owns, Cue::ActsWeakly, Cue::Explained];
        let strong = candidate.joined || strong.iter().any(|&cue| candidate.has(cue));
        if candidate.has(Cue::Determined) || candidate.has(Cue::BeforePlaceNoun) {
            return false;
        }
        // Many a lord is named after the place he has: "at Hinchingbroke".
        if single && candidate.has(Cue::AfterPlace) && (!COMMON_GIVEN.has(&lower) || PLACES.has(&lower)) {
            return false;
        }
        if single && candidate.has(Cue::AfterEither) && self.table.is_place_too(name) {
            return false;
        }
        !(single && candidate.has(Cue::Opens) && self.table.may_be_no_name(name, &lower) && !strong)
    }

    /// A person inside a longer run: "Real David Gibson Home Page".
    fn within<'e>(&self, candidate: &Candidate<'e>) -> Option<Sighting<'e>> {
        let count = candidate.words.len();
        for length in (2..count).rev() {
            for start in 0..=count - length {
                let range = start..start + length;
                let name = join(&candidate.words[range.clone()]);
                let verdict = self.accepted(&name).cloned().or_else(|| {
                    let given = GIVEN.has(&candidate.words[start].text.to_lowercase());
                    Some(Arc::new(self.table.weigh(&name))).filter(|verdict| given && verdict.points >= 350)
                });
                if let Some(verdict) = verdict {
                    return Some(sighting(candidate, range, false, Some(verdict)));
                }
            }
        }
        None
    }
}

fn sighting<'e>(
    candidate: &Candidate<'e>,
    words: std::ops::Range<usize>,
    whole: bool,
    why: Option<Arc<Verdict>>,
) -> Sighting<'e> {
    let words = candidate.words[words].to_vec();
    let span = match (words.first(), words.last()) {
        (Some(first), Some(last)) if !whole => Span::new(first.span.start, last.span.end),
        _ => candidate.span(),
    };
    let honorific = candidate.honorific.filter(|_| whole).map(|part| part.text);
    let is = |shape: Shape| candidate.shape == shape;
    let (titled, handle) = (is(Shape::Titled), is(Shape::Handle));
    Sighting { in_title: candidate.in_title, span, honorific, words, titled, handle, why }
}

/// Whether a given name and another word make it a name where every noun has a capital.
fn begins_as_full_name(candidate: &Candidate<'_>) -> bool {
    candidate.words.len() > 1 && GIVEN.has(&candidate.words[0].text.to_lowercase())
}

fn count_lower(table: &mut Table, cut: &[Token<'_>]) {
    for token in cut.iter().filter(|token| token.is_word && token.text.starts_with(char::is_lowercase)) {
        match table.lower.get_mut(token.text) {
            Some(count) => *count += 1,
            None => {
                table.lower.insert(token.text.to_owned(), 1);
            }
        }
    }
}
