//! Facets of a query: which values it asks for already, and the queries that ask for others.

use crate::lang::{Clause, Query};
use crate::page::FacetCounts;
use crate::plan::{Names, Node, Plan, name_of};
use diary::Facet;

impl Plan {
    /// The one positive condition on `facet` at the top of this plan, where there is exactly one and it names its values
    /// plainly: the rest of the plan, the condition, and its values.
    pub fn selection(&self, facet: Facet) -> Option<(Node, Node, Vec<String>)> {
        let parts = self.node.parts();
        let mut asking = parts.iter().enumerate().filter(|(_, node)| asks(node, facet));
        let (place, node) = asking.next()?;
        let Node::Facet { keys, uncertain, .. } = node else { return None };
        if asking.next().is_some() || !uncertain.is_empty() {
            return None;
        }
        let keys = keys.clone();
        let rest = parts.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, node)| node.clone());
        Some((Node::and(rest.collect()), parts[place].clone(), keys))
    }
}

/// Whether a condition is on `facet`, alone or beside others of which one will do.
fn asks(node: &Node, facet: Facet) -> bool {
    match node {
        Node::Facet { facet: of, .. } => *of == facet,
        Node::Or(parts) => parts.iter().any(|part| asks(part, facet)),
        _ => false,
    }
}

/// Writes beside every value of `counts` the query that asks for it, and for a selected one the query without it.
///
/// Without a selection, or counted among the hits, a value is asked for beside all else; otherwise beside the values
/// selected, any of which will do.
pub(crate) fn link(query: &Query, plan: &Plan, names: &dyn Names, of_hits: bool, counts: &mut FacetCounts) {
    let facet = counts.facet;
    let selected = plan.selection(facet).filter(|_| !of_hits);
    let selected = selected.and_then(|(_, _, keys)| Some((place_of(query, facet)?, keys)));
    let (place, keys) = selected.unwrap_or_else(|| (query.parts().len(), Vec::new()));
    let (before, after) = query.around(place);
    let asking = |keys: &mut dyn Iterator<Item = &str>| {
        let mut text = String::with_capacity(before.len() + after.len() + 32);
        text.push_str(&before);
        choice(&mut text, facet, keys, names);
        text + &after
    };
    for value in &mut counts.values {
        let this = value.value.as_str();
        let mut others = keys.iter().map(String::as_str).filter(|key| *key != this).peekable();
        if !value.selected {
            value.apply = asking(&mut others.chain([this]));
            continue;
        }
        value.apply = asking(&mut [this].into_iter());
        value.remove = Some(match others.peek() {
            None => query.without_part(place).to_string(),
            Some(_) => asking(&mut others),
        });
    }
}

/// Where in the query the one condition on `facet` stands.
fn place_of(query: &Query, facet: Facet) -> Option<usize> {
    let mut places = query.parts().iter().enumerate().filter(|(_, clause)| match clause {
        Clause::Named { facet: of, .. } => *of == facet,
        Clause::Years(_) => facet == Facet::Year,
        // A month of any year is no value of the facet.
        Clause::Months(months) => facet == Facet::Month && months.iter().all(|month| month.year.is_some()),
        Clause::Weekdays(_) => facet == Facet::Weekday,
        _ => false,
    });
    let (place, _) = places.next()?;
    places.next().is_none().then_some(place)
}

/// Writes the condition that asks for any of these values of a facet. Those of time are written as they are.
fn choice<'k>(text: &mut String, facet: Facet, keys: impl Iterator<Item = &'k str>, names: &dyn Names) {
    match facet {
        Facet::Year | Facet::Month | Facet::Weekday => {
            text.push_str(facet.name());
            for (place, key) in keys.enumerate() {
                text.push(if place == 0 { ':' } else { ',' });
                text.push_str(key);
            }
        }
        _ => {
            let clause = Clause::Named { facet, names: keys.map(|key| name_of(facet, key, names)).collect() };
            text.push_str(&clause.to_string());
        }
    }
}
