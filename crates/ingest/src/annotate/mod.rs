//! Who and what entries name: first by the authority files, then by the evidence of the whole archive.
//!
//! ```text
//! token ─► forms ──────────────────────────────► mentions that a file settles
//!     └──► candidates ─► evidence ─► link ─────► people whom no file names
//!     └──► projects ───────────────────────────► projects that no file names
//!                                   suggest ◄──  what is worth a line in a file
//! ```

mod candidates;
mod counts;
mod covered;
mod cues;
mod discover;
mod evidence;
mod forms;
mod handles;
mod letters;
mod link;
mod lists;
mod nicks;
mod people;
mod projects;
mod runs;
mod spellings;
mod suggest;
mod surroundings;
mod titles;
mod token;
mod tongues;
mod verdict;
mod weigh;

use diary::{Archive, Authority, Concept, Entry, Facet, Mention, MentionState, Span, Visibility};
use forms::{Forms, Found, Ground, Means};
use people::Withheld;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashSet};
use token::each_stretch;

/// Finds the people and projects of an archive.
pub struct Annotator {
    people: Authority,
    projects: Authority,
    diarist: Option<String>,
    discover: bool,
}

/// Whom and what an archive names, and whom it perhaps names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Annotation {
    /// The concepts of the authority files and those that were found, people first, by key.
    pub concepts: Vec<FoundConcept>,
    /// Names that no file knows yet, the likeliest first. Nothing of them comes from private entries.
    pub suggestions: Vec<Suggestion>,
}

/// A person or project with the traces it leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundConcept {
    /// [`Facet::Person`] or [`Facet::Project`].
    pub facet: Facet,
    /// The facet value.
    pub key: String,
    /// The name shown.
    pub label: String,
    /// The forms in use with how often each stands in a public entry, the most frequent first.
    pub names: Vec<(String, usize)>,
    /// How many public entries name it.
    pub entries: usize,
    /// How many private entries name it.
    pub private_entries: usize,
    /// To be kept out of everything public.
    pub private: bool,
    /// The surest of its mentions; [`MentionState::Confirmed`] for a concept of the file without any.
    pub state: MentionState,
    /// Whether an authority file knows it.
    pub from_file: bool,
}

/// A name for the diarist to accept or deny.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Person or project.
    pub facet: Facet,
    /// The name, as the archive writes it most fully.
    pub form: String,
    /// How often it stands in the archive.
    pub count: usize,
    /// In how many entries.
    pub entries: usize,
    /// Up to three sentences that show it.
    pub sentences: Vec<String>,
    /// What speaks for it, in words.
    pub evidence: String,
    /// What to paste into the authority file to accept it.
    pub toml: String,
}

impl Annotator {
    /// An annotator with the authority files of `archive`, empty where it has none. With `discover` it looks for
    /// names beyond them.
    pub fn new(people: &Authority, projects: &Authority, archive: &Archive, discover: bool) -> Self {
        Self { people: people.clone(), projects: projects.clone(), diarist: archive.diarist.clone(), discover }
    }

    /// Fills the mentions of `entries`, which should be all the entries of the archive, and tells what was found.
    pub fn annotate(&self, entries: &mut [Entry]) -> Annotation {
        self.mark(entries);
        let concepts = self.concepts(entries);
        let suggestions = suggest::suggestions(entries, &concepts);
        Annotation { concepts, suggestions }
    }

    /// Fills the mentions of `entries` and no more.
    pub(crate) fn mark(&self, entries: &mut [Entry]) {
        let people = Forms::new(&self.people);
        let projects = Forms::new(&self.projects);
        let silent: Vec<Silent> = entries
            .par_iter_mut()
            .map(|entry| {
                let (mut mentions, mut silent) = confirm(&people, Facet::Person, entry);
                let (more, quiet) = confirm(&projects, Facet::Project, entry);
                mentions.extend(more);
                silent.places.extend(quiet.places);
                entry.mentions = mentions;
                silent
            })
            .collect();
        if self.discover {
            self.discover(entries, &silent);
        }
        entries.par_iter_mut().for_each(|entry| {
            entry.mentions.sort_by_key(|mention| (mention.in_title, mention.span, mention.facet));
            entry.mentions.shrink_to_fit();
        });
    }

    /// Adds what no file names: to public entries by what public entries show, to private ones by all.
    fn discover(&self, entries: &mut [Entry], silent: &[Silent]) {
        let (public, private): (Vec<usize>, Vec<usize>) =
            (0..entries.len()).partition(|&at| entries[at].visibility == Visibility::Public);
        let shown: Vec<usize> = (0..public.len()).collect();
        let all: Vec<usize> = if private.is_empty() { Vec::new() } else { (0..entries.len()).collect() };
        let withheld = self.withheld();
        let names = |places: &[usize], target: &[usize]| {
            let (some, quiet): (Vec<&Entry>, Vec<&Silent>) =
                places.iter().map(|&at| (&entries[at], &silent[at])).unzip();
            discover::names(&some, &quiet, target, &withheld)
        };
        let (in_public, in_private) = (names(&public, &shown), names(&all, &private));
        let places = public.iter().zip(in_public).chain(private.iter().zip(in_private));
        places.for_each(|(&at, mentions)| entries[at].mentions.extend(mentions));
    }

    /// The names that discovery keeps away from: the diarist's, those of private people, and what the file denies.
    fn withheld(&self) -> Withheld {
        let private = self.people.concepts.iter().filter(|concept| concept.private).flat_map(Concept::labels);
        let denied = self.people.denials.iter().filter(|denial| denial.entries.is_empty());
        let denied = denied.map(|denial| denial.form.as_str());
        Withheld::new(private.chain(self.diarist.as_deref()).chain(denied))
    }

    fn concepts(&self, entries: &[Entry]) -> Vec<FoundConcept> {
        let mut concepts = BTreeMap::new();
        for (facet, authority) in [(Facet::Person, &self.people), (Facet::Project, &self.projects)] {
            for concept in &authority.concepts {
                concepts.insert((facet, concept.key.clone()), from_file(facet, concept));
            }
        }
        let mut names: BTreeMap<(Facet, &str), BTreeMap<&str, usize>> = BTreeMap::new();
        for entry in entries {
            let public = entry.visibility == Visibility::Public;
            let mut counted = HashSet::new();
            for mention in entry.mentions.iter().filter(|mention| mention.state.is_facet()) {
                let concept =
                    concepts.entry((mention.facet, mention.key.to_string())).or_insert_with(|| discovered(mention));
                concept.state = concept.state.min(mention.state);
                if counted.insert((mention.facet, &*mention.key)) {
                    *(if public { &mut concept.entries } else { &mut concept.private_entries }) += 1;
                }
                if public {
                    let forms = names.entry((mention.facet, &mention.key)).or_default();
                    *forms.entry(&*mention.form).or_default() += 1;
                }
            }
        }
        for ((facet, key), forms) in names {
            if let Some(concept) = concepts.get_mut(&(facet, key.to_owned())) {
                concept.names = forms.into_iter().map(|(form, count)| (form.to_owned(), count)).collect();
                concept.names.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            }
        }
        concepts.into_values().collect()
    }
}

fn from_file(facet: Facet, concept: &Concept) -> FoundConcept {
    FoundConcept {
        facet,
        key: concept.key.clone(),
        label: concept.pref_label.clone(),
        names: Vec::new(),
        entries: 0,
        private_entries: 0,
        private: concept.private,
        state: MentionState::Confirmed,
        from_file: true,
    }
}

fn discovered(mention: &Mention) -> FoundConcept {
    FoundConcept {
        facet: mention.facet,
        key: mention.key.to_string(),
        label: mention.name.to_string(),
        names: Vec::new(),
        entries: 0,
        private_entries: 0,
        private: false,
        state: mention.state,
        from_file: false,
    }
}

/// Places of an entry where an authority file says that nobody is named, or nobody who may be.
#[derive(Clone, Debug, Default)]
struct Silent {
    places: Vec<(Facet, bool, Span)>,
}

impl Silent {
    /// The places that are closed to one facet: whether in the title, and where.
    fn of(&self, facet: Facet) -> impl Iterator<Item = (bool, Span)> {
        self.places.iter().filter(move |(closed, ..)| *closed == facet).map(|&(_, in_title, span)| (in_title, span))
    }
}

/// The mentions that an authority file settles in one entry, and the places where it wants none.
fn confirm(forms: &Forms<'_>, facet: Facet, entry: &Entry) -> (Vec<Mention>, Silent) {
    if forms.is_empty() {
        return (Vec::new(), Silent::default());
    }
    let mut tokens = Vec::new();
    let mut present = HashSet::new();
    each_stretch(entry, &mut tokens, |_, _, tokens| {
        present.extend(forms.find(entry, tokens, &HashSet::new()).iter().filter_map(|found| match found.means {
            Means::Concept(concept, ..) => Some(concept.key.as_str()),
            Means::Disputed(_) | Means::Nobody => None,
        }));
    });
    let mut mentions = Vec::new();
    let mut silent = Silent::default();
    each_stretch(entry, &mut tokens, |text, in_title, tokens| {
        for found in forms.find(entry, tokens, &present) {
            match settled(&found, facet, text, in_title, entry.visibility) {
                Some(mention) => mentions.push(mention),
                None => silent.places.push((facet, in_title, found.span)),
            }
        }
    });
    (mentions, silent)
}

/// A place as a mention, unless it means nobody or somebody who must not be named here.
fn settled(found: &Found<'_>, facet: Facet, text: &str, in_title: bool, to: Visibility) -> Option<Mention> {
    let form = found.span.of(text);
    let (key, name, state, why) = match found.means {
        Means::Concept(concept, ..) if concept.private && to == Visibility::Public => return None,
        Means::Concept(concept, line, ground) => {
            let by = if ground == Ground::Rule { "a \"when\"" } else { "a name" };
            let why = format!("{by} in the authority file, line {line}");
            (concept.key.as_str().into(), concept.pref_label.as_str().into(), MentionState::Confirmed, why)
        }
        Means::Disputed([one, other]) => {
            let why = format!("the authority file's lines {one} and {other} both claim it");
            (diary::slug(form, facet == Facet::Person).into(), form.into(), MentionState::Unresolved, why)
        }
        Means::Nobody => return None,
    };
    Some(Mention { span: found.span, in_title, facet, key, name, form: form.into(), state, why: why.into() })
}

#[cfg(test)]
mod tests;
