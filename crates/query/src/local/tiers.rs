//! The two tiers of an answer: the entries with all the words, and those that lack some.

use super::gather::{Gather, Gathered, Order, Ranked};
use super::lower::{BoxQuery, Lowering};
use super::near::{LOOKED_AT, Nearness};
use super::{LocalEngine, search};
use crate::lang::Sort;
use crate::plan::{Node, Plan};
use diary::Facet;

/// Both tiers, each in its order.
pub(super) struct Tiers {
    /// The entries with all the words.
    pub(super) all: Gathered,
    /// The entries that lack some; none where they were not asked for, or where enough have all.
    pub(super) some: Gathered,
    /// Whether they are one list, all measured alike: of a long question few entries have all, and those often by chance.
    pub(super) mixed: bool,
}

impl Tiers {
    /// The best `keep` entries of each tier, looked at twice where there is `near` to look with, and the counts of `facets`
    /// in the first.
    pub(super) fn gather(
        lowering: &Lowering<'_>,
        plan: &Plan,
        engine: &LocalEngine,
        near: Option<&Nearness>,
        keep: usize,
        facets: &[Facet],
        partial: bool,
    ) -> tantivy::Result<Self> {
        let order = match plan.sort {
            Sort::Relevance => Order::Score,
            Sort::Date => Order::Newest,
            Sort::DateAsc => Order::Oldest,
        };
        let searcher = lowering.searcher;
        let mixed = partial && near.is_some_and(Nearness::is_long);
        let looked_at = if near.is_some() { keep.max(LOOKED_AT) } else { keep };
        let best = |query: BoxQuery, facets: &[Facet], covering| {
            let gather = Gather { keep: looked_at, order, facets: facets.to_vec(), ..engine.gather(searcher)? };
            let mut found = search(searcher, query.as_ref(), gather)?;
            if let Some(near) = near {
                near.rescore(lowering, covering, &mut found.best)?;
            }
            tantivy::Result::Ok(found)
        };
        let all = best(lowering.plan(&plan.node, &plan.lifts)?, facets, mixed)?;
        let room = order == Order::Score && (mixed || all.total < keep as u64);
        let query = match partial && room && !(all.total > 0 && is_one_thing(&plan.node)) {
            true => lowering.partial(&plan.node, &plan.lifts)?,
            false => None,
        };
        let some = query.map(|query| best(query, &[], true)).transpose()?.unwrap_or_default();
        Ok(Self { all, some, mixed })
    }

    /// The entries in the order of the answer, each with whether it lacks a word.
    pub(super) fn in_order(&self) -> impl Iterator<Item = (Ranked, bool)> {
        let whole = self.all.best.iter().map(|ranked| (*ranked, false));
        let mut ordered: Vec<_> = whole.chain(self.some.best.iter().map(|ranked| (*ranked, true))).collect();
        if self.mixed {
            ordered.sort_by(|(a, _), (b, _)| b.cmp(a));
        }
        ordered.into_iter()
    }
}

/// Whether a plan asks for one term or one name, of however many words. Entries that have it are what was asked for, and
/// those with half of it are not.
fn is_one_thing(node: &Node) -> bool {
    let words = node.parts().iter().filter(|part| matches!(part, Node::Text { .. } | Node::Alias { .. }));
    words.count() == 1
}
