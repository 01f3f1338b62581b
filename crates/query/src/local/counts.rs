//! The counts of facets beside an answer.

use super::gather::{Gather, Gathered, Tally};
use super::{LocalEngine, search};
use crate::page::{FacetCounts, FacetOrder, FacetRequest, FacetValue, Window};
use crate::plan::Plan;
use diary::{Facet, month_name};
use std::collections::{BTreeMap, HashSet};
use tantivy::Searcher;

impl LocalEngine {
    /// The counts asked for: those without a selection come from the one pass over the hits, the others each from a pass
    /// over the entries that the rest of the query finds.
    pub(super) fn all_facets(
        &self,
        searcher: &Searcher,
        plan: &Plan,
        window: &Window,
        unselected: &[Facet],
        gathered: &Gathered,
    ) -> tantivy::Result<Vec<FacetCounts>> {
        let mut facets = Vec::with_capacity(window.facets.len());
        for request in &window.facets {
            let order = window.facet_order;
            let counted = unselected.iter().position(|facet| *facet == request.facet);
            let counts = match (counted.and_then(|place| gathered.counts.get(place)), plan.selection(request.facet)) {
                (Some(tallies), _) => self.counts(request, order, tallies, (gathered.total, 0), &[]),
                (None, Some((rest, selection, keys))) => {
                    let lowering = self.lowering(searcher);
                    let apart = Some(lowering.node(&selection)?);
                    let gather = Gather { facets: vec![request.facet], apart, ..self.gather(searcher)? };
                    let query = lowering.node(&rest)?;
                    let gathered = search(searcher, query.as_ref(), gather)?;
                    let tallies = gathered.counts.into_iter().next().unwrap_or_default();
                    let entries = (gathered.total - gathered.apart, gathered.apart);
                    self.counts(request, order, &tallies, entries, &keys)
                }
                (None, None) => continue,
            };
            facets.push(counts);
        }
        Ok(facets)
    }

    /// The values of one facet among so many `entries`, others and selected ones, counted. With some `selected`, another
    /// value's count is that of choosing it as well.
    fn counts(
        &self,
        request: &FacetRequest,
        order: FacetOrder,
        tallies: &BTreeMap<String, Tally>,
        (others, already): (u64, u64),
        selected: &[String],
    ) -> FacetCounts {
        let facet = request.facet;
        let value = |value: &str, tally: Tally| {
            let selected = selected.iter().any(|key| key == value);
            FacetValue {
                value: value.to_owned(),
                label: String::new(),
                count: if selected { tally.apart + tally.others } else { already + tally.others },
                selected,
                apply: String::new(),
                remove: None,
            }
        };
        let mut values: Vec<FacetValue> = tallies.iter().map(|(key, tally)| value(key, *tally)).collect();
        values
            .extend(selected.iter().filter(|key| !tallies.contains_key(*key)).map(|key| value(key, Tally::default())));
        let distinct = values.len();
        if facet.is_chronological() {
            let known: Vec<String> = values.iter().map(|value| value.value.clone()).collect();
            values.extend(between(facet, &known).iter().map(|missing| value(missing, Tally::default())));
            values.sort_by_cached_key(|value| chronological_key(facet, &value.value));
        } else {
            let surprise = |value: &FacetValue| {
                let here = tallies.get(&value.value).map_or(0, |tally| tally.others);
                let everywhere = self.names.entries(facet, &value.value).unwrap_or(here);
                surprise((here, others), (everywhere, self.facts.state.entries))
            };
            let mut ordered: Vec<(f64, FacetValue)> = match order {
                FacetOrder::Frequent => values.into_iter().map(|value| (0.0, value)).collect(),
                FacetOrder::Surprising => values.into_iter().map(|value| (surprise(&value), value)).collect(),
            };
            let rank = |(more, a): &(f64, FacetValue), (less, b): &(f64, FacetValue)| {
                b.selected.cmp(&a.selected).then(less.total_cmp(more)).then(b.count.cmp(&a.count))
            };
            ordered.sort_by(rank);
            // What comes after the last one shown, and is no equal of it, needs no name to be told apart by.
            if let Some(last) = request.limit.checked_sub(1).and_then(|last| ordered.get(last)).cloned() {
                ordered.truncate(ordered.partition_point(|one| rank(one, &last).is_le()));
            }
            for (_, value) in &mut ordered {
                value.label = self.label(facet, &value.value);
            }
            ordered.sort_by(|a, b| rank(a, b).then_with(|| a.1.label.cmp(&b.1.label)));
            values = ordered.into_iter().map(|(_, value)| value).take(request.limit).collect();
        }
        if facet.is_chronological() {
            values.iter_mut().for_each(|value| value.label = self.label(facet, &value.value));
        }
        FacetCounts { facet, values, distinct }
    }

    fn label(&self, facet: Facet, value: &str) -> String {
        match facet {
            Facet::Person | Facet::Project | Facet::Archive => {
                self.names.label(facet, value).unwrap_or_else(|| value.to_owned())
            }
            Facet::Weekday => {
                let mut letters = value.chars();
                letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
            }
            Facet::Month => month_label(value).unwrap_or_else(|| value.to_owned()),
            Facet::Year | Facet::Lang => value.to_owned(),
        }
    }
}

/// How much it stands out that `here` of some entries have a value, when `everywhere` of all have it: its part of the
/// log-likelihood ratio, which frequent and rare values share a scale in. Below 0 for what is rarer than elsewhere.
fn surprise((here, entries): (u64, u64), (everywhere, all): (u64, u64)) -> f64 {
    if here == 0 || entries == 0 || everywhere == 0 || all == 0 {
        return 0.0;
    }
    let share = |part: u64, whole: u64| part as f64 / whole as f64;
    here as f64 * (share(here, entries) / share(everywhere, all)).ln()
}

/// The most values that a date facet is filled up to.
const MAX_BETWEEN: i32 = 2_400;

/// The values of a date facet between the first and the last known one that are not known themselves.
fn between(facet: Facet, known: &[String]) -> Vec<String> {
    let all: Vec<String> = match facet {
        Facet::Weekday => WEEKDAYS.iter().map(|day| (*day).to_owned()).collect(),
        Facet::Year => {
            let years = known.iter().filter_map(|year| year.parse::<i32>().ok());
            let (Some(first), Some(last)) = (years.clone().min(), years.max()) else { return Vec::new() };
            if last - first > MAX_BETWEEN {
                return Vec::new();
            }
            (first..=last).map(|year| format!("{year:04}")).collect()
        }
        _ => {
            let months = known.iter().filter_map(|month| month_number(month));
            let (Some(first), Some(last)) = (months.clone().min(), months.max()) else { return Vec::new() };
            if last - first > MAX_BETWEEN {
                return Vec::new();
            }
            (first..=last).map(|month| format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1)).collect()
        }
    };
    let known: HashSet<&String> = known.iter().collect();
    all.into_iter().filter(|value| !known.contains(value)).collect()
}

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

fn chronological_key(facet: Facet, value: &str) -> (usize, String) {
    let place = match facet {
        Facet::Weekday => WEEKDAYS.iter().position(|day| *day == value).unwrap_or(WEEKDAYS.len()),
        _ => 0,
    };
    (place, value.to_owned())
}

fn month_number(month: &str) -> Option<i32> {
    let (year, month) = month.split_once('-')?;
    Some(year.parse::<i32>().ok()? * 12 + month.parse::<i32>().ok()? - 1)
}

fn month_label(month: &str) -> Option<String> {
    let (year, number) = month.split_once('-')?;
    let name = month_name(number.parse().ok()?);
    (!name.is_empty()).then(|| format!("{name} {year}"))
}
