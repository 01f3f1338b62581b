//! Whom a name in a query names.

use super::{Node, PlanContext, sorted};
use crate::lang::{Clause, Diagnostic, Name, Query, quoted};
use diary::Facet;

/// The names that an index knows.
pub trait Names {
    /// All the values of `facet` that `text` may mean: its key, label or alias is this, or its name contains these words
    /// as whole words, whatever their letter case. The best first.
    fn resolve(&self, facet: Facet, text: &str) -> Vec<NameMatch>;

    /// Those whose name is this, or contains these words, but for its accents: `lefevre` for Mme Lefèvre. For names that
    /// mean nobody as they are written; it may look at every name.
    fn unaccented(&self, _facet: Facet, _text: &str) -> Vec<NameMatch> {
        Vec::new()
    }

    /// Those alone whose key, label or alias is this. Asked for every few words of a query, and so worth a table.
    fn exact(&self, facet: Facet, text: &str) -> Vec<NameMatch> {
        self.resolve(facet, text).into_iter().filter(|found| found.exact).collect()
    }

    /// The values below any of these, which are found with them.
    fn below(&self, _facet: Facet, _keys: &[String]) -> Vec<String> {
        Vec::new()
    }

    /// Every name that may be shown for the value `key`, the usual one first; none where there is no such value.
    fn forms(&self, facet: Facet, key: &str) -> Vec<String> {
        let known = self.exact(facet, key).into_iter().find(|found| found.key == key);
        known.into_iter().map(|found| found.label).collect()
    }

    /// How many entries have the value `key`.
    fn count(&self, facet: Facet, key: &str) -> u64 {
        self.exact(facet, key).iter().find(|found| found.key == key).map_or(0, |found| found.count)
    }

    /// In how many entries `word` stands, be it a name there or not; none where no texts are known.
    fn entries_with(&self, _word: &str) -> u64 {
        0
    }

    /// The keys of all values of a facet, the most frequent first. For facets that have few.
    fn keys(&self, _facet: Facet) -> Vec<String> {
        Vec::new()
    }

    /// The known name that `text` is most likely a misspelling of.
    fn like(&self, facet: Facet, text: &str) -> Option<String>;
}

/// A value that a name may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameMatch {
    /// The value.
    pub key: String,
    /// The name shown.
    pub label: String,
    /// How many entries have it.
    pub count: u64,
    /// The form of its name by which it was found.
    pub via: String,
    /// Whether that form is the whole of what was asked.
    pub exact: bool,
}

/// How many candidates an ambiguous name lists.
const LISTED: usize = 8;

/// The longest name that is compared with others for its spelling, in bytes.
const LONGEST_MISSPELT: usize = 100;

/// What stands before a key that means its value alone: `person:=cadell` is nobody else who goes by Cadell.
const ALONE: char = '=';

/// Who is meant by `name`: the exact matches where there are any, otherwise everyone it may mean.
pub(super) fn meant(facet: Facet, name: &Name, names: &dyn Names) -> Vec<NameMatch> {
    let alone = name.text.strip_prefix(ALONE);
    let only = alone.and_then(|key| names.exact(facet, key).into_iter().find(|found| found.key == key));
    if let Some(only) = only {
        return vec![only];
    }
    let mut found = names.resolve(facet, &name.text);
    if found.is_empty() {
        found = names.unaccented(facet, &name.text);
    }
    let exact: Vec<_> = found.iter().filter(|found| found.exact).cloned().collect();
    if exact.is_empty() { found } else { exact }
}

/// The name by which a query asks for the value `key` and no other.
pub(crate) fn name_of(facet: Facet, key: &str, names: &dyn Names) -> Name {
    let plain = Name::plain(key);
    match meant(facet, &plain, names).as_slice() {
        [] => plain,
        [only] if only.key == key => plain,
        _ => Name::plain(&format!("{ALONE}{key}")),
    }
}

/// The entries that have one of these names' values.
pub(super) fn named(
    facet: Facet,
    names: &[Name],
    query: &Query,
    context: &PlanContext,
    diagnostics: &mut Vec<Diagnostic>,
) -> Node {
    let (mut keys, mut uncertain) = (Vec::new(), Vec::new());
    for name in names {
        let found = meant(facet, name, context.names);
        match found.as_slice() {
            [] if name.uncertain => {}
            [] => {
                let before = diagnostics.iter().filter(|said| said.code == UNKNOWN).count();
                let said = (before < MOST_UNKNOWN).then(|| unknown(facet, name, query, context));
                diagnostics.extend(said);
            }
            [_] => {}
            [best, ..] => {
                let best = name_of(facet, &best.key, context.names);
                diagnostics.push(ambiguous(facet, name, best, &found, query));
            }
        }
        keys.extend(found.into_iter().map(|found| found.key));
        if name.uncertain {
            uncertain.push(name.text.clone());
        }
    }
    if keys.is_empty() && uncertain.is_empty() {
        return Node::None;
    }
    let keys = sorted(keys.into_iter());
    let below = sorted(context.names.below(facet, &keys).into_iter().filter(|key| !keys.contains(key)));
    Node::Facet { facet, keys, below, uncertain: sorted(uncertain.into_iter()) }
}

/// What a name that nobody goes by is said to be.
const UNKNOWN: &str = "unknown-name";

/// So many of those are told: each is compared with every name there is.
const MOST_UNKNOWN: usize = 4;

/// Nobody goes by that name.
fn unknown(facet: Facet, name: &Name, query: &Query, context: &PlanContext) -> Diagnostic {
    let what = format!("no {} here is called {}", facet.name(), quoted(&name.text));
    let is_long = name.text.len() > LONGEST_MISSPELT || facet == Facet::Lang;
    let near = if is_long { None } else { context.names.like(facet, &name.text) };
    let instead = |clause: Clause| replaced(query, facet, name, &clause).to_string();
    match near {
        Some(near) => {
            let suggestion = instead(Clause::Named { facet, names: vec![Name { text: near.clone(), ..name.clone() }] });
            Diagnostic::warning(UNKNOWN, name.place.0, format!("{what}: did you mean {near}?")).suggesting(suggestion)
        }
        None => {
            let what = format!("{what}{}", known(facet, context));
            Diagnostic::warning(UNKNOWN, name.place.0, what).suggesting(instead(Clause::word(&name.text)))
        }
    }
}

/// What a facet of few values has, to be said behind what it has not.
fn known(facet: Facet, context: &PlanContext) -> String {
    let keys = if matches!(facet, Facet::Archive | Facet::Lang) { context.names.keys(facet) } else { Vec::new() };
    match keys.get(..keys.len().min(LISTED)).unwrap_or_default() {
        [] => String::new(),
        [only] => format!(": only {only} is"),
        listed => format!(": there are {}", listed.join(", ")),
    }
}

/// Several go by that name, and all of them are meant.
fn ambiguous(facet: Facet, name: &Name, best: Name, found: &[NameMatch], query: &Query) -> Diagnostic {
    let mut listed: Vec<String> =
        found.iter().take(LISTED).map(|found| format!("{} ({})", found.label, found.count)).collect();
    if found.len() > LISTED {
        listed.push(format!("{} more", found.len() - LISTED));
    }
    let message = format!("{} may be any of {}: all are taken", quoted(&name.text), listed.join(", "));
    let first = Name { text: best.text, ..name.clone() };
    let suggestion = replaced(query, facet, name, &Clause::Named { facet, names: vec![first] });
    Diagnostic::note("ambiguous-name", name.place.0, message).suggesting(suggestion.to_string())
}

/// The query with `clause` where it said `name`; beside other names, with only those of `clause` exchanged.
fn replaced(query: &Query, facet: Facet, name: &Name, clause: &Clause) -> Query {
    query.map(&mut |each| match each {
        Clause::Named { facet: of, names } if *of == facet && names.contains(name) => Some(match clause {
            Clause::Named { names: new, .. } => {
                let exchange = |old: &Name| if old == name { new.clone() } else { vec![old.clone()] };
                Clause::Named { facet, names: names.iter().flat_map(exchange).collect() }
            }
            other => {
                let kept: Vec<Name> = names.iter().filter(|old| *old != name).cloned().collect();
                let kept = (!kept.is_empty()).then_some(Clause::Named { facet, names: kept });
                Clause::or(kept.into_iter().chain([other.clone()]).collect())
            }
        }),
        _ => None,
    })
}

/// The query without one value of a facet, by its key, where it asks for it outright: a name that may mean others too is
/// replaced by those. Exclusions and alternatives stay as they are.
pub fn without_value(query: &Query, facet: Facet, key: &str, context: &PlanContext) -> Query {
    let keep_others = |name: &Name| {
        let found = meant(facet, name, context.names);
        if found.iter().any(|found| found.key == key) {
            let others = found.into_iter().filter(|found| found.key != key);
            let named = |found: NameMatch| name_of(facet, &found.key, context.names).text;
            others.map(|found| Name { text: named(found), ..name.clone() }).collect()
        } else {
            vec![name.clone()]
        }
    };
    let value = Clause::facet_value(facet, key);
    let parts = query.parts().iter().map(|part| match (part, &value) {
        (Clause::Named { facet: of, names }, _) if *of == facet => {
            let names: Vec<Name> = names.iter().flat_map(keep_others).collect();
            if names.is_empty() { Clause::All } else { Clause::Named { facet, names } }
        }
        (Clause::Years(years), Clause::Years(gone)) => without(years, gone, Clause::Years),
        (Clause::Months(months), Clause::Months(gone)) => without(months, gone, Clause::Months),
        (Clause::Weekdays(days), Clause::Weekdays(gone)) => without(days, gone, Clause::Weekdays),
        (other, _) => other.clone(),
    });
    query.with_clause(Clause::and(parts.collect()))
}

/// The values but those that are to go; everything, if none is left.
fn without<T: PartialEq + Clone>(values: &[T], gone: &[T], clause: fn(Vec<T>) -> Clause) -> Clause {
    let kept: Vec<T> = values.iter().filter(|value| !gone.contains(value)).cloned().collect();
    if kept.is_empty() { Clause::All } else { clause(kept) }
}
