//! From the evidence of a set of entries to mentions in some of them.

use super::Silent;
use super::evidence::Table;
use super::link::{Link, Links, Seen};
use super::people::{Model, Sighting, Withheld, entry_candidates};
use super::projects::is_technical;
use diary::{Entry, Facet, Mention, MentionState, slug};
use rayon::prelude::*;

/// Finds people in `target` by the evidence of all `entries`; one list of mentions for each of `target`.
///
/// `target` are places in `entries`. What is kept from the evidence is kept from the mentions too: a name that stands
/// only in entries outside `entries` can be neither found nor shown.
pub(super) fn people(
    entries: &[&Entry],
    silent: &[&Silent],
    target: &[usize],
    withheld: &Withheld,
) -> Vec<Vec<Mention>> {
    let (candidates, table) = entries
        .par_iter()
        .zip(silent)
        .fold(<(Vec<_>, Table)>::default, |(mut all, mut table), (entry, silent)| {
            all.push(entry_candidates(entry, silent, withheld, &mut table));
            (all, table)
        })
        .reduce(Default::default, |(mut all, table), (mut more, other)| {
            all.append(&mut more);
            (all, table.merge(other))
        });
    let technical = is_technical(entries);
    let model = Model::new(&candidates, Table { technical, ..table });
    let (sure, perhaps): (Vec<_>, Vec<_>) = candidates
        .into_par_iter()
        .zip(entries)
        .map(|(candidates, entry)| {
            let sightings = candidates.iter().filter_map(|one| model.sighting(one, entry));
            sightings.partition::<Vec<Sighting<'_>>, _>(Sighting::is_sure)
        })
        .unzip();
    let seen: Vec<Seen<'_>> = sure.iter().zip(entries).map(|(sightings, entry)| seen(sightings, entry)).collect();
    let links = Links::new(&seen);
    target
        .par_iter()
        .map(|&at| {
            let linked = (0..sure[at].len()).map(|place| (&sure[at][place], links.resolve(&seen[at], place)));
            let perhaps = perhaps[at].iter().map(|sighting| {
                let name = sighting.name();
                (sighting, Link { key: None, name, state: MentionState::Suggested, why: None })
            });
            linked.chain(perhaps).map(|(sighting, link)| mention(entries[at], sighting, link)).collect()
        })
        .collect()
}

fn seen<'a>(sightings: &'a [Sighting<'a>], entry: &'a Entry) -> Seen<'a> {
    let confirmed = entry.mentions.iter().filter(|mention| mention.facet == Facet::Person);
    Seen {
        day: entry.date.days.map(|days| days.first),
        sightings,
        aliases: aliases(sightings, entry),
        confirmed: confirmed.map(|mention| (mention.key.as_str(), mention.name.as_str())).collect(),
    }
}

/// "Vatsa (Srivatsa Vaddagiri)", "Srivatsa Vaddagiri (Vatsa)": the short name and what it stands for.
fn aliases(sightings: &[Sighting<'_>], entry: &Entry) -> Vec<(usize, usize)> {
    let bare = |at: usize| sightings[at].words.len() == 1 && sightings[at].honorific.is_none();
    let pairs = (1..sightings.len()).filter(|&at| {
        let (one, other) = (&sightings[at - 1], &sightings[at]);
        let text = if other.in_title { entry.title.as_deref().unwrap_or_default() } else { &entry.text };
        one.in_title == other.in_title
            && text.get(one.span.end..other.span.start).is_some_and(|between| between.trim_start() == "(")
            && text.get(other.span.end..).is_some_and(|after| after.starts_with(')'))
    });
    pairs
        .filter_map(|at| match (bare(at - 1), bare(at)) {
            (true, false) => Some((at - 1, at)),
            (false, true) => Some((at, at - 1)),
            _ => None,
        })
        .collect()
}

fn mention(entry: &Entry, sighting: &Sighting<'_>, link: Link) -> Mention {
    let text = if sighting.in_title { entry.title.as_deref().unwrap_or_default() } else { &entry.text };
    let evidence = || match &sighting.why {
        Some(verdict) => verdict.why(),
        None if sighting.titled => "a title and its place".to_owned(),
        None if sighting.handle => "a name behind an @".to_owned(),
        None => "an honorific and a name".to_owned(),
    };
    Mention {
        span: sighting.span,
        in_title: sighting.in_title,
        facet: Facet::Person,
        key: link.key.unwrap_or_else(|| slug(&link.name, true)),
        form: sighting.span.of(text).to_owned(),
        name: link.name,
        state: link.state,
        why: link.why.unwrap_or_else(evidence),
    }
}
