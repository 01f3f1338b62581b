//! Names and times that stand among the words of a query, unmarked.

use super::{NameMatch, Node, PlanContext, dates, sorted};
use crate::lang::{Mode, Query, TextField, Unmarked, spot, year_beside_a_name};
use diary::{Facet, fold};
use std::ops::Range;

/// The longest name that is looked for among bare words, in words.
const LONGEST_NAME: usize = 5;

/// Nodes side by side whose words name someone or something, or a time.
pub(super) struct Run {
    /// Which of the nodes.
    pub(super) nodes: Range<usize>,
    /// What they name, as [`Node::Alias`] has it.
    pub(super) named: Vec<Node>,
    /// The time, where it is one.
    pub(super) time: Option<Unmarked>,
}

/// The nodes with every run of words that names someone or a time made a [`Node::Alias`].
///
/// `LBW` finds the Linux Bier Wanderung too. Words that name a time are met by the entries of that time too: `keynote
/// july`, `may 1660`. Of `on this day` or `between june and july 1667` the words themselves are not looked for.
pub(super) fn join(nodes: Vec<Node>, context: &PlanContext) -> Vec<Node> {
    let mut joined = Vec::with_capacity(nodes.len());
    let mut rest = 0;
    for Run { nodes: run, named, time } in runs(&nodes, context) {
        joined.extend_from_slice(&nodes[rest..run.start]);
        rest = run.end;
        let words = match time {
            Some(time) if time.is_unmistakable() => {
                joined.extend(named);
                continue;
            }
            Some(time) => words_of_time(&nodes[run], &time, context),
            None => Node::and(nodes[run].to_vec()),
        };
        joined.push(Node::Alias { words: Box::new(words), named });
    }
    joined.extend_from_slice(&nodes[rest..]);
    joined
}

/// Every run of words that is a time or somebody's name, the longest first, in order and apart from one another.
pub(super) fn runs(nodes: &[Node], context: &PlanContext) -> Vec<Run> {
    let times = times(nodes);
    let mut runs = Vec::new();
    let mut at = 0;
    while at < nodes.len() {
        let time = times.iter().find(|(range, _)| range.start == at);
        let time = time.map(|(range, time)| Run {
            nodes: range.clone(),
            named: vec![time_node(time, context)],
            time: Some(time.clone()),
        });
        match time.or_else(|| name(nodes, at, context)) {
            Some(run) => {
                at = run.nodes.end;
                runs.push(run);
            }
            None => at += 1,
        }
    }
    runs
}

/// The longest run from a node on that is somebody's name.
fn name(nodes: &[Node], at: usize, context: &PlanContext) -> Option<Run> {
    let rest = &nodes[at..];
    let most = rest.iter().take(LONGEST_NAME).take_while(|node| words_of(node).is_some()).count();
    let named = |length| {
        let named = whose(&rest[..length], context);
        (!named.is_empty()).then_some(Run { nodes: at..at + length, named, time: None })
    };
    (1..=most).rev().find_map(named)
}

/// The times that words side by side name. A month or season alone is one only beside other words.
fn times(nodes: &[Node]) -> Vec<(Range<usize>, Unmarked)> {
    let plain = |node| words_of(node).filter(|(_, phrase)| !phrase).map(|(text, _)| text);
    let words: Vec<&str> = nodes.iter().map(|node| plain(node).unwrap_or_default()).collect();
    let spotted = spot(&words);
    let spotted_words: usize = spotted.iter().map(|(range, _)| range.len()).sum();
    let others = nodes.iter().filter(|node| matches!(node, Node::Text { .. })).count() > spotted_words;
    spotted
        .into_iter()
        .filter(|(_, time)| others || !matches!(time, Unmarked::Month(_) | Unmarked::Season(_)))
        .collect()
}

/// The words of a time. The year in `easter 1661` is met by the entries of that year too, whatever is said of Easter.
fn words_of_time(nodes: &[Node], time: &Unmarked, context: &PlanContext) -> Node {
    let words: Vec<&str> = nodes.iter().filter_map(words_of).map(|(text, _)| text).collect();
    let mut nodes = nodes.to_vec();
    if let Unmarked::Named(_) = time
        && let Some(place) = year_beside_a_name(&words)
        && let Some((_, year)) = spot(&words[place..=place]).pop()
    {
        let words = Box::new(nodes[place].clone());
        nodes[place] = Node::Alias { words, named: vec![time_node(&year, context)] };
    }
    Node::and(nodes)
}

fn time_node(time: &Unmarked, context: &PlanContext) -> Node {
    match time {
        Unmarked::Period(period) => Node::Dates(vec![dates::days(period, context)]),
        Unmarked::Named(expr) => dates::range(expr, context).map_or(Node::None, |range| Node::Dates(vec![range])),
        Unmarked::Month(month) => Node::MonthsOfYear(vec![*month]),
        Unmarked::Season(season) => Node::MonthsOfYear(sorted(dates::season_months(*season, context).into_iter())),
        Unmarked::Day { month, day } => Node::DaysOfYear(vec![(*month, *day)]),
        Unmarked::Today => Node::DaysOfYear(vec![context.day_of_year]),
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

/// The people and projects of whom these words in a row are a name.
///
/// Only whole names count, and only those of one person or one project: half a name names nobody in particular. But a
/// surname that only one has is theirs, whatever the diary calls them: `tridgell` finds Tridge. A phrase in quotes is a
/// name when it is a whole one on its own; a word alone when it hardly means anything else.
fn whose(run: &[Node], context: &PlanContext) -> Vec<Node> {
    let words: Vec<(&str, bool)> = run.iter().filter_map(words_of).collect();
    if words.len() > 1 && words.iter().any(|(_, phrase)| *phrase) {
        return Vec::new();
    }
    let name = words.iter().map(|(text, _)| *text).collect::<Vec<_>>().join(" ");
    let whole = |facet| match context.names.exact(facet, &name).as_slice() {
        [only] if words.len() > 1 || is_mostly(&name, only, context) => Some(value(facet, only)),
        _ => None,
    };
    let whole: Vec<Node> = [Facet::Person, Facet::Project].into_iter().filter_map(whole).collect();
    match words.as_slice() {
        [(surname, false)] if whole.is_empty() => of_surname(surname, context).into_iter().collect(),
        _ => whole,
    }
}

/// The one person whose name ends in this word.
fn of_surname(word: &str, context: &PlanContext) -> Option<Node> {
    let folded = fold(word);
    let found = context.names.resolve(Facet::Person, &folded);
    let [only] = found.as_slice() else { return None };
    let ends = fold(&only.label).rsplit_once(' ').is_some_and(|(_, last)| last == folded);
    (ends && is_mostly(word, only, context)).then(|| value(Facet::Person, only))
}

/// Whether a word hardly means anything else: at least every other entry that has it names them. `frost` is the weather,
/// whoever is called Mr. Frost.
fn is_mostly(word: &str, name: &NameMatch, context: &PlanContext) -> bool {
    context.names.entries_with(word) <= 2 * name.count
}

fn value(facet: Facet, found: &NameMatch) -> Node {
    Node::Facet { facet, keys: vec![found.key.clone()], below: Vec::new(), uncertain: Vec::new() }
}

/// The times that the words of a query name: `keynote july`.
pub(super) fn lifts(query: &Query, node: &Node, context: &PlanContext) -> Vec<super::Lift> {
    let words: Vec<&str> = query.parts().iter().map(|part| part.bare_word().unwrap_or_default()).collect();
    let spotted = spot(&words);
    // Small words, and such as only ask, add nothing.
    let alone = node.parts().iter().all(|part| match part {
        Node::Alias { named, .. } => !named.iter().any(|named| matches!(named, Node::Facet { .. })),
        Node::Text { .. } | Node::Or(_) => false,
        _ => true,
    });
    let lift = |(range, time): (Range<usize>, Unmarked)| super::Lift {
        words: words.get(range).unwrap_or_default().join(" "),
        node: time_node(&time, context),
        alone: alone && !time.is_spoken_of(),
    };
    spotted.iter().cloned().map(lift).collect()
}
