//! The counts of facets beside an answer.

use super::gather::{Gather, Gathered, Tallies, Tally};
use super::{LocalEngine, search};
use crate::page::{FacetCounts, FacetOrder, FacetRequest, FacetValue, Window};
use crate::plan::Plan;
use diary::{Facet, month_name};
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
        tallies: &Tallies,
        entries: (u64, u64),
        selected: &[String],
    ) -> FacetCounts {
        let facet = request.facet;
        let met = |key: &str| tallies.binary_search_by(|(value, _)| value.as_str().cmp(key)).is_ok();
        let absent = selected.iter().filter(|key| !met(key)).map(|key| (key.as_str(), Tally::default()));
        let values = tallies.iter().map(|(key, tally)| (key.as_str(), *tally)).chain(absent);
        let values: Vec<Counted<'_>> = values
            .map(|(key, tally)| match selected.iter().any(|selected| selected == key) {
                true => Counted { key, count: tally.apart + tally.others, here: tally.others, selected: true },
                false => Counted { key, count: entries.1 + tally.others, here: tally.others, selected: false },
            })
            .collect();
        let distinct = values.len();
        let values = match facet.is_chronological() {
            true => in_time(facet, &values, entries.1),
            false => self.foremost(request, order, values, entries.0),
        };
        let value = |(value, counted): (String, Counted<'_>)| FacetValue {
            label: self.label(facet, &value),
            count: counted.count,
            selected: counted.selected,
            apply: String::new(),
            remove: None,
            value,
        };
        FacetCounts { facet, values: values.into_iter().map(value).collect(), distinct }
    }

    /// The values to show of those of a facet: the selected ones first, then by `order`, equals by their labels.
    fn foremost<'c>(
        &self,
        request: &FacetRequest,
        order: FacetOrder,
        values: Vec<Counted<'c>>,
        others: u64,
    ) -> Vec<(String, Counted<'c>)> {
        let facet = request.facet;
        let surprise = |value: &Counted<'_>| {
            let everywhere = self.names.entries(facet, value.key).unwrap_or(value.here);
            surprise((value.here, others), (everywhere, self.facts.state.entries))
        };
        let mut ordered: Vec<(f64, Counted<'_>)> = match order {
            FacetOrder::Frequent => values.into_iter().map(|value| (0.0, value)).collect(),
            FacetOrder::Surprising => values.into_iter().map(|value| (surprise(&value), value)).collect(),
        };
        let rank = |(more, a): &(f64, Counted<'_>), (less, b): &(f64, Counted<'_>)| {
            b.selected.cmp(&a.selected).then(less.total_cmp(more)).then(b.count.cmp(&a.count))
        };
        ordered.sort_by(rank);
        // What comes after the last one shown, and is no equal of it, needs no name to be told apart by.
        if let Some(last) = request.limit.checked_sub(1).and_then(|last| ordered.get(last)).copied() {
            ordered.truncate(ordered.partition_point(|one| rank(one, &last).is_le()));
        }
        ordered.sort_by_cached_key(|(_, value)| self.label(facet, value.key));
        ordered.sort_by(rank);
        ordered.into_iter().map(|(_, value)| (value.key.to_owned(), value)).take(request.limit).collect()
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

/// A value of a facet, counted.
#[derive(Clone, Copy)]
struct Counted<'c> {
    key: &'c str,
    /// As shown.
    count: u64,
    /// Of the entries that the rest of the query finds and the selection does not.
    here: u64,
    selected: bool,
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

/// The values of a date facet in time, with those between the first and the last that no entry has: choosing such a one as
/// well finds what is found `already`.
fn in_time<'c>(facet: Facet, values: &[Counted<'c>], already: u64) -> Vec<(String, Counted<'c>)> {
    let mut known: Vec<(i32, Counted<'_>)> =
        values.iter().filter_map(|value| Some((number(facet, value.key)?, *value))).collect();
    known.sort_by_key(|(number, _)| *number);
    let between = match (known.first(), known.last()) {
        _ if facet == Facet::Weekday => 0..WEEKDAYS.len() as i32,
        (Some((first, _)), Some((last, _))) if last - first <= MAX_BETWEEN => *first..last + 1,
        _ => return known.into_iter().map(|(_, value)| (value.key.to_owned(), value)).collect(),
    };
    let none = Counted { key: "", count: already, here: 0, selected: false };
    let mut known = known.into_iter().peekable();
    between
        .map(|place| match known.next_if(|(number, _)| *number == place) {
            Some((_, value)) => (value.key.to_owned(), value),
            None => (key(facet, place), none),
        })
        .collect()
}

/// The most values that a date facet is filled up to.
const MAX_BETWEEN: i32 = 2_400;

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The place in time of a value of a date facet.
fn number(facet: Facet, value: &str) -> Option<i32> {
    match facet {
        Facet::Weekday => WEEKDAYS.iter().position(|day| *day == value).map(|place| place as i32),
        Facet::Year => value.parse().ok(),
        _ => {
            let (year, month) = value.split_once('-')?;
            Some(year.parse::<i32>().ok()? * 12 + month.parse::<i32>().ok()? - 1)
        }
    }
}

/// The value of a date facet at a place in time.
fn key(facet: Facet, number: i32) -> String {
    match facet {
        Facet::Weekday => WEEKDAYS.get(number as usize).copied().unwrap_or_default().to_owned(),
        Facet::Year => format!("{number:04}"),
        _ => format!("{:04}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1),
    }
}

fn month_label(month: &str) -> Option<String> {
    let (year, number) = month.split_once('-')?;
    let name = month_name(number.parse().ok()?);
    (!name.is_empty()).then(|| [name, " ", year].concat())
}
