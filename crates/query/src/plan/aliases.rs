//! Names and times that stand among the words of a query, unmarked.

use super::{Node, PlanContext, dates};
use crate::lang::{Clause, Mode, Query, TextField, Unmarked, spot, year_beside_a_name};
use diary::Facet;
use std::ops::Range;

/// The longest name that is looked for among bare words, in words.
const LONGEST_NAME: usize = 5;

/// The nodes with every run of words that is somebody's whole name made a [`Node::Alias`], the longest runs first.
///
/// `LBW` finds the Linux Bier Wanderung too. Only whole names count, and only those of one person or one project: half a
/// name names nobody in particular. A phrase in quotes is an alias when it is a whole name on its own. Words that name a
/// time are met by the entries of that time too, as long as there are other words: `keynote july`.
pub(super) fn join(nodes: Vec<Node>, context: &PlanContext) -> Vec<Node> {
    let mut joined = Vec::with_capacity(nodes.len());
    let times = times(&nodes, context);
    let mut rest = nodes.as_slice();
    while let [first, ..] = rest {
        let place = nodes.len() - rest.len();
        if let Some((range, time)) = times.iter().find(|(range, _)| range.start == place) {
            let words = Box::new(words_of_time(&nodes[range.clone()], context));
            joined.push(Node::Alias { words, named: vec![time.clone()] });
            rest = &rest[range.len()..];
            continue;
        }
        let run = rest.iter().take(LONGEST_NAME).take_while(|node| words_of(node).is_some()).count();
        let longest = (1..=run).rev().find_map(|length| {
            let named = whose(&rest[..length], context);
            (!named.is_empty()).then_some((length, named))
        });
        match longest {
            Some((length, named)) => {
                let words = Box::new(Node::and(rest[..length].to_vec()));
                joined.push(Node::Alias { words, named });
                rest = &rest[length..];
            }
            None => {
                joined.push(first.clone());
                rest = &rest[1..];
            }
        }
    }
    joined
}

/// The times that words side by side name; where there are no other words, only those with a name of their own.
fn times(nodes: &[Node], context: &PlanContext) -> Vec<(Range<usize>, Node)> {
    let plain = |node| words_of(node).filter(|(_, phrase)| !phrase).map(|(text, _)| text);
    let words: Vec<&str> = nodes.iter().map(|node| plain(node).unwrap_or_default()).collect();
    let spotted = spot(&words);
    let spotted_words: usize = spotted.iter().map(|(range, _)| range.len()).sum();
    let others = nodes.iter().filter(|node| matches!(node, Node::Text { .. })).count() > spotted_words;
    let spotted = spotted.into_iter().filter(|(_, time)| others || matches!(time, Unmarked::Named(_)));
    spotted.map(|(range, time)| (range, time_node(time, context))).collect()
}

/// The words of a time. The year in `easter 1661` is met by the entries of that year too, whatever is said of Easter.
fn words_of_time(nodes: &[Node], context: &PlanContext) -> Node {
    let words: Vec<&str> = nodes.iter().filter_map(words_of).map(|(text, _)| text).collect();
    let mut nodes = nodes.to_vec();
    if let Some(place) = year_beside_a_name(&words)
        && let Some((_, year)) = spot(&words[place..=place]).pop()
    {
        let words = Box::new(nodes[place].clone());
        nodes[place] = Node::Alias { words, named: vec![time_node(year, context)] };
    }
    Node::and(nodes)
}

fn time_node(time: Unmarked, context: &PlanContext) -> Node {
    match time {
        Unmarked::Period(period) | Unmarked::Named(period) => Node::Dates(vec![dates::days(&period, context)]),
        Unmarked::Month(month) => Node::MonthsOfYear(vec![month]),
    }
}

/// The text of a node that is words to be found anywhere, and whether it is a phrase.
fn words_of(node: &Node) -> Option<(&str, bool)> {
    match node {
        Node::Text { field: TextField::Any, term } => match term.mode {
            Mode::Word => Some((&term.text, false)),
            Mode::Phrase { slop: 0 } => Some((&term.text, true)),
            _ => None,
        },
        _ => None,
    }
}

/// The people and projects of whom these words in a row are a whole name.
fn whose(run: &[Node], context: &PlanContext) -> Vec<Node> {
    let words: Vec<(&str, bool)> = run.iter().filter_map(words_of).collect();
    if words.len() > 1 && words.iter().any(|(_, phrase)| *phrase) {
        return Vec::new();
    }
    let name = words.iter().map(|(text, _)| *text).collect::<Vec<_>>().join(" ");
    let of = |facet| match context.names.exact(facet, &name).as_slice() {
        [only] => {
            let keys = vec![only.key.clone()];
            Some(Node::Facet { facet, keys, below: Vec::new(), uncertain: Vec::new() })
        }
        _ => None,
    };
    [Facet::Person, Facet::Project].into_iter().filter_map(of).collect()
}

/// The times that the words of a query name: `keynote july`.
pub(super) fn lifts(query: &Query, context: &PlanContext) -> Vec<super::Lift> {
    let words: Vec<&str> = query.parts().iter().map(bare_word).map(|word| word.unwrap_or_default()).collect();
    let spotted = spot(&words).into_iter();
    let lift = |(range, time): (Range<usize>, Unmarked)| super::Lift {
        words: words.get(range).unwrap_or_default().join(" "),
        node: time_node(time, context),
    };
    spotted.map(lift).collect()
}

/// The bare word that a clause is.
pub(super) fn bare_word(clause: &Clause) -> Option<&str> {
    match clause {
        Clause::Text { field: TextField::Any, terms } => match terms.as_slice() {
            [term] if term.mode == Mode::Word => Some(&term.text),
            _ => None,
        },
        _ => None,
    }
}
