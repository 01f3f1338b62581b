//! One answer: the hits of both tiers, with passages, and the counts beside them.

use super::LocalEngine;
use super::explain::explain;
use super::forms::Stem;
use super::gather::{Gathered, Ranked};
use super::lower::Lowering;
use super::near::{Nearness, idf};
use super::records::Stored;
use super::tiers::Tiers;
use crate::lang::Sort;
use crate::page::{Hit, Named, Page, Window};
use crate::passage::{Wanted, choose};
use crate::plan::{Node, Plan};
use diary::{CivilDate, Entry, Facet, Mention};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tantivy::Searcher;

/// What all hits of one page are looked at with.
struct Asked<'a> {
    wanted: Wanted,
    lowering: &'a Lowering<'a>,
    near: Option<&'a Nearness>,
    mixed: bool,
}

impl LocalEngine {
    /// The page that `window` asks for of what `plan` finds.
    pub(super) fn page(&self, searcher: &Searcher, plan: &Plan, window: &Window) -> tantivy::Result<Page> {
        let lowering = self.lowering(searcher);
        let limit = window.limit.min(Window::MAX_LIMIT);
        let offset = window.offset.min(Window::MAX_OFFSET);
        let unselected: Vec<Facet> = window
            .facets
            .iter()
            .map(|request| request.facet)
            .filter(|facet| window.facets_of_hits || plan.selection(*facet).is_none())
            .collect();
        let keep = if limit == 0 { 0 } else { offset + limit };
        let near = match plan.sort == Sort::Relevance && keep > 0 {
            true => Nearness::new(&lowering, &plan.node),
            false => None,
        };
        let tiers = Tiers::gather(&lowering, plan, self, near.as_ref(), keep, &unselected, window.partial)?;
        let facets = self.all_facets(searcher, plan, window, &unselected, &tiers.all)?;

        let tells = |stem: &str| {
            let found = Stem::new(searcher, &self.stems, lowering.fields.text, stem).found;
            (idf(searcher.num_docs(), found) * 10.0) as u32
        };
        let wanted = Wanted::new(&plan.node).weighed(tells);
        let asked = Asked { wanted, lowering: &lowering, near: near.as_ref(), mixed: tiers.mixed };
        let mut hits = Vec::new();
        let mut records = self.records.reader(searcher)?;
        for (ranked, partial) in tiers.in_order().take(keep).skip(offset) {
            let stored = records.read(ranked.address)?;
            hits.push(self.hit(plan, window, &asked, ranked, partial, stored)?);
        }
        compare(&mut hits, tiers.mixed);
        Ok(Page {
            offset,
            limit,
            total: tiers.all.total,
            partial_total: tiers.some.total,
            mixed: tiers.mixed && tiers.some.total > 0,
            range: range(&tiers.all),
            hits,
            facets,
        })
    }

    fn hit(
        &self,
        plan: &Plan,
        window: &Window,
        asked: &Asked<'_>,
        ranked: Ranked,
        partial: bool,
        (entry, previous, next): Stored,
    ) -> tantivy::Result<Hit> {
        let found = if partial || window.passages > 0 { asked.wanted.find(&entry) } else { Vec::new() };
        let (passages, more_places) = choose(&entry, &found, &asked.wanted, window.passages);
        let missing = if partial { asked.wanted.missing(&entry, &found) } else { Vec::new() };
        let explanation = match window.explain {
            true => Some(explain(
                asked.lowering.searcher,
                asked.lowering,
                asked.near,
                plan,
                ranked,
                (partial, partial || asked.mixed),
                &entry,
            )?),
            false => None,
        };
        Ok(Hit {
            url: self.url(&entry),
            people: named(&entry, Facet::Person),
            projects: named(&entry, Facet::Project),
            reasons: reasons(&entry, &plan.node),
            score: ranked.score,
            missing,
            explanation,
            passages,
            more_places,
            previous,
            next,
            source: entry.sources.first().map(|source| format!("{}:{}", source.path, source.line)).unwrap_or_default(),
            id: entry.id,
            date: entry.date,
            heading: entry.heading,
            title: entry.title,
            author: entry.author,
        })
    }

    /// Where an entry is on the web: the archive's page, or the page of its source below the archive's address.
    fn url(&self, entry: &Entry) -> Option<String> {
        let archive = self.archives.iter().find(|archive| archive.name == entry.id.archive())?;
        let base = archive.base_url.as_deref()?;
        let mut url = base.to_owned();
        if base.ends_with('/') {
            let path = entry.sources.first().map_or("", |source| &*source.path);
            url.extend(utf8_percent_encode(path, PATH));
        }
        if let Some(anchor) = &entry.anchor {
            url.push('#');
            url.push_str(anchor);
        }
        Some(url)
    }
}

/// What is encoded in the path of an address.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// Says of every explained hit why it stands above the next.
fn compare(hits: &mut [Hit], mixed: bool) {
    for place in 1..hits.len() {
        let (before, after) = hits.split_at_mut(place);
        if let (Some(hit), Some(next)) = (before.last_mut(), after.first()) {
            let one_tier = mixed || hit.missing.is_empty() == next.missing.is_empty();
            if let (Some(explanation), Some(next)) = (&mut hit.explanation, &next.explanation) {
                explanation.compare(next, one_tier);
            }
        }
    }
}

/// The people or projects of an entry, each once, in the order of the text.
fn named(entry: &Entry, facet: Facet) -> Vec<Named> {
    let mut named: Vec<Named> = Vec::new();
    for mention in entry.mentions.iter().filter(|mention| mention.facet == facet && mention.state.is_facet()) {
        if !named.iter().any(|known| *known.key == *mention.key) {
            named.push(Named { key: mention.key.to_string(), label: mention.name.to_string() });
        }
    }
    named
}

/// Why an entry meets the names in a plan, in words.
fn reasons(entry: &Entry, node: &Node) -> Vec<String> {
    let mut reasons = Vec::new();
    let mut name = |facet: Facet, keys: &[String], below: &[String]| {
        let meets = |mention: &&Mention| mention.facet == facet && (mention.is_of(keys) || mention.is_of(below));
        reasons.extend(entry.mentions.iter().find(meets).map(Mention::reason));
    };
    for part in node.parts() {
        match part {
            Node::Facet { facet: facet @ (Facet::Person | Facet::Project), keys, below, .. } => {
                name(*facet, keys, below)
            }
            Node::Alias { named, .. } => named.iter().for_each(|node| {
                if let Node::Facet { facet, keys, below, .. } = node {
                    name(*facet, keys, below);
                }
            }),
            _ => {}
        }
    }
    reasons
}

fn range(gathered: &Gathered) -> Option<(String, String)> {
    let (first, last) = gathered.days?;
    Some((CivilDate::from_ordinal(first)?.to_string(), CivilDate::from_ordinal(last)?.to_string()))
}
