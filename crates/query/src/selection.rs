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
/// Without a selection a value is asked for beside all else; with one, beside the values selected, any of which will do.
pub(crate) fn link(query: &Query, plan: &Plan, names: &dyn Names, counts: &mut FacetCounts) {
    let facet = counts.facet;
    let selected = plan.selection(facet).and_then(|(_, _, keys)| Some((place_of(query, facet)?, keys)));
    let (place, keys) = selected.unwrap_or_else(|| (query.parts().len(), Vec::new()));
    let (before, after) = query.around(place);
    let with = |keys: &[String]| format!("{before}{}{after}", choice(facet, keys, names));
    for value in &mut counts.values {
        let this = std::slice::from_ref(&value.value);
        if value.selected {
            let others: Vec<String> = keys.iter().filter(|key| **key != value.value).cloned().collect();
            value.remove = Some(match others.is_empty() {
                true => query.without_part(place).to_string(),
                false => with(&others),
            });
            value.apply = with(this);
        } else {
            value.apply = with(&[keys.as_slice(), this].concat());
        }
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

/// The condition that asks for any of these values of a facet. Those of time are written as they are.
fn choice(facet: Facet, keys: &[String], names: &dyn Names) -> String {
    match facet {
        Facet::Year | Facet::Month | Facet::Weekday => format!("{}:{}", facet.name(), keys.join(",")),
        _ => Clause::Named { facet, names: keys.iter().map(|key| name_of(facet, key, names)).collect() }.to_string(),
    }
}
