//! One answer: the hits of both tiers, with passages, and the counts beside them.

use super::explain::explain;
use super::gather::{Gather, Gathered, Order, Ranked};
use super::lower::Lowering;
use super::near::{LOOKED_AT, Nearness, idf};
use super::{LocalEngine, search, stored, vocabulary};
use crate::lang::Sort;
use crate::page::{Hit, Named, Page, Window};
use crate::passage::{Wanted, choose};
use crate::plan::{Node, Plan};
use diary::{CivilDate, Entry, Facet, Mention};
use tantivy::Searcher;

/// What all hits of one page are looked at with.
struct Asked<'a> {
    wanted: Wanted,
    lowering: &'a Lowering<'a>,
    near: Option<&'a Nearness>,
}

impl LocalEngine {
    /// The page that `window` asks for of what `plan` finds.
    pub(super) fn page(&self, searcher: &Searcher, plan: &Plan, window: &Window) -> tantivy::Result<Page> {
        let lowering = self.lowering(searcher);
        let limit = window.limit.min(Window::MAX_LIMIT);
        let offset = window.offset.min(Window::MAX_OFFSET);
        let order = match plan.sort {
            Sort::Relevance => Order::Score,
            Sort::Date => Order::Newest,
            Sort::DateAsc => Order::Oldest,
        };
        let unselected: Vec<Facet> = window
            .facets
            .iter()
            .map(|request| request.facet)
            .filter(|facet| plan.selection(*facet).is_none())
            .collect();
        let query = lowering.plan(&plan.node, &plan.lifts)?;
        let keep = if limit == 0 { 0 } else { offset + limit };
        let near = if order == Order::Score && keep > 0 { Nearness::new(searcher, &plan.node)? } else { None };
        let gather =
            Gather { keep: looking(keep, &near), order, facets: unselected.clone(), names: &self.names, apart: None };
        let mut all = search(searcher, query.as_ref(), gather)?;
        if let Some(near) = &near {
            near.rescore(searcher, &self.weights, false, &mut all.best)?;
        }

        let tells = |stem: &str| {
            let found = vocabulary::frequency(searcher, lowering.fields.text_stem, stem);
            (idf(searcher.num_docs(), found) * 10.0) as u32
        };
        let asked = Asked { wanted: Wanted::new(&plan.node).weighed(tells), lowering: &lowering, near: near.as_ref() };
        let mut hits = Vec::new();
        for ranked in all.best.iter().take(keep).skip(offset) {
            hits.extend(self.hit(searcher, plan, window, &asked, *ranked, false)?);
        }
        let mut page = Page {
            offset,
            limit,
            total: all.total,
            range: range(&all),
            facets: self.all_facets(searcher, plan, window, &unselected, &all)?,
            ..Page::default()
        };
        let full = all.total as usize;
        let room = keep.saturating_sub(full.max(offset));
        if window.partial
            && order == Order::Score
            && room > 0
            && !(full > 0 && is_one_thing(&plan.node))
            && let Some(query) = lowering.partial(&plan.node, &plan.lifts)?
        {
            let passed = offset.saturating_sub(full);
            let keep = passed + room;
            let gather =
                Gather { keep: looking(keep, &near), order, facets: Vec::new(), names: &self.names, apart: None };
            let mut some = search(searcher, query.as_ref(), gather)?;
            if let Some(near) = &near {
                near.rescore(searcher, &self.weights, true, &mut some.best)?;
            }
            page.partial_total = some.total;
            for ranked in some.best.iter().take(keep).skip(passed) {
                hits.extend(self.hit(searcher, plan, window, &asked, *ranked, true)?);
            }
        }
        compare(&mut hits);
        page.hits = hits;
        Ok(page)
    }

    fn hit(
        &self,
        searcher: &Searcher,
        plan: &Plan,
        window: &Window,
        asked: &Asked<'_>,
        ranked: Ranked,
        partial: bool,
    ) -> tantivy::Result<Option<Hit>> {
        let Some((entry, previous, next)) = stored(searcher, ranked.address)? else { return Ok(None) };
        let found = asked.wanted.find(&entry);
        let (passages, more_places) = choose(&entry, &found, &asked.wanted, window.passages);
        let missing = if partial { asked.wanted.missing(&entry, &found) } else { Vec::new() };
        let explanation = match window.explain {
            true => Some(explain(searcher, asked.lowering, asked.near, plan, ranked, partial, &entry)?),
            false => None,
        };
        Ok(Some(Hit {
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
        }))
    }

    /// Where an entry is on the web: the archive's page, or the page of its source below the archive's address.
    fn url(&self, entry: &Entry) -> Option<String> {
        let archive = self.archives.iter().find(|archive| archive.name == entry.id.archive())?;
        let base = archive.base_url.as_deref()?;
        let mut url = base.to_owned();
        if base.ends_with('/') {
            let path = entry.sources.first().map_or("", |source| source.path.as_str());
            url.extend(path.bytes().map(|byte| match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                    char::from(byte).to_string()
                }
                other => format!("%{other:02X}"),
            }));
        }
        if let Some(anchor) = &entry.anchor {
            url.push('#');
            url.push_str(anchor);
        }
        Some(url)
    }
}

/// Says of every explained hit why it stands above the next.
fn compare(hits: &mut [Hit]) {
    for place in 1..hits.len() {
        let (before, after) = hits.split_at_mut(place);
        if let (Some(hit), Some(next)) = (before.last_mut(), after.first()) {
            let both_whole = hit.missing.is_empty() == next.missing.is_empty();
            if let (Some(explanation), Some(next)) = (&mut hit.explanation, &next.explanation) {
                explanation.compare(next, both_whole);
            }
        }
    }
}

/// How many entries to gather so that so many can be kept after a second look.
fn looking(keep: usize, near: &Option<Nearness>) -> usize {
    if near.is_some() { keep.max(LOOKED_AT) } else { keep }
}

/// The people or projects of an entry, each once, in the order of the text.
fn named(entry: &Entry, facet: Facet) -> Vec<Named> {
    let mut named: Vec<Named> = Vec::new();
    for mention in entry.mentions.iter().filter(|mention| mention.facet == facet && mention.state.is_facet()) {
        if !named.iter().any(|known| known.key == mention.key) {
            named.push(Named { key: mention.key.clone(), label: mention.name.clone() });
        }
    }
    named
}

/// Why an entry meets the names in a plan, in words.
fn reasons(entry: &Entry, node: &Node) -> Vec<String> {
    let mut reasons = Vec::new();
    let mut name = |facet: Facet, keys: &[String], below: &[String]| {
        let meets = |mention: &&Mention| {
            mention.facet == facet && (keys.contains(&mention.key) || below.contains(&mention.key))
        };
        if let Some(mention) = entry.mentions.iter().find(meets) {
            let as_what =
                if mention.form == mention.name { String::new() } else { format!(" as “{}”", mention.form) };
            reasons.push(format!("names {}{as_what} ({}: {})", mention.name, mention.state.name(), mention.why));
        }
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

/// Whether a plan asks for one term or one name, of however many words. Entries that have it are what was asked for, and
/// those with half of it are not.
fn is_one_thing(node: &Node) -> bool {
    let words = node.parts().iter().filter(|part| matches!(part, Node::Text { .. } | Node::Alias { .. }));
    words.count() == 1
}
