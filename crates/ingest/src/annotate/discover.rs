//! From the evidence of a set of entries to mentions in some of them.

use super::Silent;
use super::candidates::Candidate;
use super::covered::Covered;
use super::evidence::Table;
use super::handles::Handles;
use super::link::{Confirmed, Link, Links, Seen};
use super::people::{self, Model, Sighting, Withheld};
use super::projects::{self, is_technical};
use super::token::{Text, Token, each_stretch};
use super::tongues::{Tongue, Usual};
use diary::{Entry, Facet, Mention, MentionState, slug};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Finds people and projects in `target` by the evidence of all `entries`; one list of mentions for each of `target`.
///
/// `target` are places in `entries`. What is kept from the evidence is kept from the mentions too: a name that stands
/// only in entries outside `entries` can be neither found nor shown.
pub(super) fn names(
    entries: &[&Entry],
    silent: &[&Silent],
    target: &[usize],
    withheld: &Withheld,
) -> Vec<Vec<Mention>> {
    let mut shown = Shown::new(entries, silent, withheld);
    people::cut_genitives(&mut shown.people, &shown.table);
    let mut candidates = shown.projects;
    let is_name = |one: &projects::Candidate<'_>| !one.is_word() || shown.table.has_as_name(one.form);
    candidates.iter_mut().for_each(|candidates| candidates.retain(is_name));
    let mut people = people(entries, &shown.people, shown.table);
    let handles = Handles::of(people.iter().flatten());
    let some = candidates.par_iter_mut().enumerate().filter(|(_, candidates)| !candidates.is_empty());
    some.for_each(|(at, candidates)| {
        let settled = entries[at].mentions.iter().chain(&people[at]).map(|mention| (mention.in_title, mention.span));
        let mut covered = Covered::default();
        settled.chain(silent[at].of(Facet::Project)).for_each(|(title, span)| covered.add(title, span));
        candidates.retain(|one| !covered.meets(one.in_title, one.span) && !handles.has(&one.folded));
    });
    let mut projects = projects::projects(&candidates);
    let mut all = |at: usize| {
        let mut mentions = std::mem::take(&mut people[at]);
        mentions.append(&mut projects[at]);
        mentions
    };
    target.iter().map(|&at| all(at)).collect()
}

/// Fewer entries are not worth a table of their own, which is to be merged with the others.
const FEW_ENTRIES: usize = 500;

/// What may be a name in some entries, and what speaks for it.
#[derive(Default)]
struct Shown<'e> {
    people: Vec<Vec<Candidate<'e>>>,
    projects: Vec<Vec<projects::Candidate<'e>>>,
    table: Table<'e>,
    /// The tokens of the text at hand.
    cut: Vec<Token<'e>>,
}

impl<'e> Shown<'e> {
    fn new(entries: &[&'e Entry], silent: &[&Silent], withheld: &Withheld) -> Self {
        let (technical, usual) = (is_technical(entries), Usual::of(entries));
        let add = |mut shown: Self, (entry, silent): (&&'e Entry, &&Silent)| {
            shown.add(entry, silent, withheld, (Tongue::of(entry, usual), technical));
            shown
        };
        let least = entries.len() / (2 * rayon::current_num_threads());
        let entries = entries.par_iter().zip(silent).with_min_len(least.max(FEW_ENTRIES));
        let shown = entries.fold(Self::default, add).reduce(Self::default, Self::merge);
        Self { table: Table { technical, usual, ..shown.table }, ..shown }
    }

    fn add(&mut self, entry: &'e Entry, silent: &Silent, withheld: &Withheld, (tongue, technical): (Tongue, bool)) {
        let (mut people, mut projects) = (Vec::new(), Vec::new());
        each_stretch(entry, &mut self.cut, |text, in_title, cut| {
            let text = Text { entry, in_title, text, cut, tongue, technical };
            people.append(&mut people::text_candidates(&text, silent, withheld, &mut self.table));
            projects.append(&mut projects::text_candidates(&text));
        });
        // Those of all entries are held at once.
        people.shrink_to_fit();
        projects.shrink_to_fit();
        self.people.push(people);
        self.projects.push(projects);
    }

    fn merge(mut self, mut other: Self) -> Self {
        self.people.append(&mut other.people);
        self.projects.append(&mut other.projects);
        Self { table: self.table.merge(other.table), ..self }
    }
}

/// The people in all `entries`, of the candidates of each.
fn people<'e>(entries: &[&'e Entry], candidates: &[Vec<Candidate<'e>>], table: Table<'e>) -> Vec<Vec<Mention>> {
    let model = Model::new(candidates, table);
    let (sure, perhaps): (Vec<_>, Vec<_>) = candidates
        .par_iter()
        .zip(entries)
        .map(|(candidates, entry)| {
            let tongue = model.tongue(entry);
            let sightings = candidates.iter().filter_map(|one| model.sighting(one, tongue));
            let (mut sure, mut perhaps): (Vec<_>, Vec<_>) = sightings.partition(Sighting::is_sure);
            // Those of all entries are held at once.
            sure.shrink_to_fit();
            perhaps.shrink_to_fit();
            (sure, perhaps)
        })
        .unzip();
    let mut seen: Vec<Seen<'_, '_>> =
        sure.iter().zip(entries).map(|(sightings, entry)| seen(sightings, entry)).collect();
    let links = Links::new(&mut seen);
    let labels = Labels::new(sure.iter().chain(&perhaps).flatten());
    (0..entries.len())
        .into_par_iter()
        .map(|at| {
            let linked = (0..sure[at].len()).map(|place| (&sure[at][place], links.resolve(&seen[at], place)));
            let perhaps = perhaps[at].iter().map(|sighting| {
                (sighting, Link { key: None, name: &sighting.name, state: MentionState::Suggested, why: None })
            });
            linked.chain(perhaps).map(|(sighting, link)| mention(entries[at], sighting, link, &labels)).collect()
        })
        .collect()
}

fn seen<'a, 'e>(sightings: &'a [Sighting<'a, 'e>], entry: &'a Entry) -> Seen<'a, 'e> {
    let confirmed = entry.mentions.iter().filter(|mention| mention.facet == Facet::Person);
    Seen {
        day: entry.date.days.map(|days| days.first),
        sightings,
        aliases: aliases(sightings, entry),
        full: Vec::new(),
        fuller: Vec::new(),
        confirmed: confirmed
            .map(|mention| Confirmed { key: &mention.key, name: &mention.name, form: &mention.form })
            .collect(),
    }
}

/// "Vatsa (Srivatsa Vaddagiri)", "Srivatsa Vaddagiri (Vatsa)": the short name and what it stands for.
fn aliases(sightings: &[Sighting<'_, '_>], entry: &Entry) -> Vec<(usize, usize)> {
    let bare = |at: usize| sightings[at].words.len() == 1 && sightings[at].honorific().is_none();
    let pairs = (1..sightings.len()).filter(|&at| {
        let (one, other) = (&sightings[at - 1], &sightings[at]);
        let text = if other.in_title() { entry.title.as_deref().unwrap_or_default() } else { &entry.text };
        one.in_title() == other.in_title()
            && text.get(one.span().end..other.span().start).is_some_and(|between| between.trim_start() == "(")
            && text.get(other.span().end..).is_some_and(|after| after.starts_with(')'))
    });
    pairs
        .filter_map(|at| match (bare(at - 1), bare(at)) {
            (true, false) => Some((at - 1, at)),
            (false, true) => Some((at, at - 1)),
            _ => None,
        })
        .collect()
}

/// The names of people as mentions have them, each with the key made of it.
struct Labels<'n>(FxHashMap<&'n str, Label>);

#[derive(Clone)]
struct Label {
    name: Arc<str>,
    key: Arc<str>,
}

impl Label {
    fn new(name: &str) -> Self {
        Self { name: name.into(), key: slug(name, true).into() }
    }
}

impl<'n> Labels<'n> {
    fn new<'c: 'n, 'e: 'c>(sightings: impl Iterator<Item = &'n Sighting<'c, 'e>>) -> Self {
        let mut labels = FxHashMap::default();
        for Sighting { name, .. } in sightings {
            labels.entry(&**name).or_insert_with(|| Label::new(name));
        }
        Self(labels)
    }

    fn of(&self, name: &str) -> Label {
        self.0.get(name).cloned().unwrap_or_else(|| Label::new(name))
    }
}

fn mention(entry: &Entry, sighting: &Sighting<'_, '_>, link: Link<'_>, labels: &Labels<'_>) -> Mention {
    let text = if sighting.in_title() { entry.title.as_deref().unwrap_or_default() } else { &entry.text };
    let form = sighting.span().of(text);
    let Label { name, key } = labels.of(link.name);
    Mention {
        span: sighting.span(),
        in_title: sighting.in_title(),
        facet: Facet::Person,
        key: link.key.map_or(key, Into::into),
        // Most are written as a name is shown.
        form: labels.0.get(form).map_or_else(|| form.into(), |label| label.name.clone()),
        name,
        state: link.state,
        why: link.why.map_or_else(|| sighting.grounds.why.clone(), Into::into),
    }
}
