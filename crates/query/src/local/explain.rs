//! The parts of a score, taken from the same queries that made it.

use super::gather::Ranked;
use super::lower::{BoxQuery, Lowering};
use super::near::{Look, Nearness};
use crate::explanation::{Explanation, How, WordMatch};
use crate::lang::Mode;
use crate::passage::Wanted;
use crate::plan::{Node, Plan};
use diary::Entry;
use diary_index_schema::analysis;
use tantivy::query::EnableScoring;
use tantivy::{DocSet, Searcher};

/// One part of a query, what to call it, and the query that scores it.
pub(super) struct Part {
    pub(super) label: String,
    pub(super) node: Node,
    /// Whether it need not be there.
    pub(super) is_optional: bool,
    pub(super) query: BoxQuery,
}

/// Why the entry at `ranked` has the score that it has.
pub(super) fn explain(
    searcher: &Searcher,
    lowering: &Lowering<'_>,
    near: Option<&Nearness>,
    plan: &Plan,
    ranked: Ranked,
    (partial, covering): (bool, bool),
    entry: &Entry,
) -> tantivy::Result<Explanation> {
    let mut words: Vec<WordMatch> = Vec::new();
    for part in lowering.parts(&plan.node, &plan.lifts, partial)? {
        let score = score(searcher, &part, ranked)?;
        if score == 0.0 && is_name(&part.node) {
            // The words of the name are told for themselves.
            continue;
        }
        let (how, forms, places) = met(&part.node, entry, score);
        // A time among the words is looked for as words too; a repeated word counts twice.
        match words.iter_mut().find(|known| known.word == part.label) {
            Some(known) => {
                known.score += score;
                known.how = known.how.min(how);
            }
            None => {
                words.push(WordMatch { word: part.label, how, forms, places, is_optional: part.is_optional, score })
            }
        }
    }
    let base: f32 = words.iter().map(|word| word.score).sum();
    let near = match near {
        Some(near) => near.look(lowering, ranked)?,
        None => Look::default(),
    };
    Ok(Explanation {
        words,
        nearness: near.nearness,
        evenness: near.evenness,
        coverage: if covering { base * lowering.weights.cover * near.covered } else { 0.0 },
        score: ranked.score,
        above_next: String::new(),
    })
}

/// Whether a part is a name alone, whatever words stand there.
fn is_name(part: &Node) -> bool {
    matches!(part, Node::Alias { words, .. } if **words == Node::None)
}

/// What a part brings to one entry.
fn score(searcher: &Searcher, part: &Part, ranked: Ranked) -> tantivy::Result<f32> {
    let weight = part.query.weight(EnableScoring::enabled_from_searcher(searcher))?;
    let reader = searcher.segment_reader(ranked.address.segment_ord);
    let mut scorer = weight.scorer(reader, 1.0)?;
    let entry = ranked.address.doc_id;
    let reached = if scorer.doc() < entry { scorer.seek(entry) } else { scorer.doc() };
    Ok(if reached == entry { scorer.score() } else { 0.0 })
}

/// How an entry meets a part of a query, in which forms, and at how many places as closely as that.
fn met(part: &Node, entry: &Entry, score: f32) -> (How, Vec<String>, usize) {
    if matches!(part, Node::Dates(_) | Node::DaysOfYear(_) | Node::MonthsOfYear(_)) {
        return (if score > 0.0 { How::Time } else { How::Missing }, Vec::new(), 0);
    }
    let wanted = Wanted::new(part);
    let found = wanted.find(entry);
    let Some(closest) = found.iter().map(|found| found.closeness).max() else {
        let how = match part {
            _ if score > 0.0 => How::Beside,
            Node::Alias { .. } if wanted.missing(entry, &found).is_empty() => How::Time,
            _ => How::Missing,
        };
        return (how, Vec::new(), 0);
    };
    let mut forms: Vec<String> = Vec::new();
    let closest_places = found.iter().filter(|place| place.closeness == closest);
    let places = closest_places.clone().count();
    for place in closest_places {
        let form = place.span.of(&entry.text).to_owned();
        if forms.len() < WordMatch::MOST_FORMS && !forms.contains(&form) {
            forms.push(form);
        }
    }
    let how = match closest {
        3.. => How::AsWritten,
        2 => How::Name,
        _ => loosely(part, &forms),
    };
    (how, forms, places)
}

/// How the forms of a text meet a part that none of them meets as written.
fn loosely(part: &Node, forms: &[String]) -> How {
    let Node::Text { term, .. } = part else { return How::Form };
    match term.mode {
        Mode::Prefix => How::Prefix,
        Mode::Fuzzy { .. } => How::Typo,
        _ => {
            let plain = |text: &str| analysis::tokens(text).into_iter().filter(|token| !token.joined).count();
            let same = forms.iter().all(|form| plain(form) == plain(&term.text));
            let stem = |text: &str| analysis::tokens(text).last().map(|token| analysis::stem(&token.word));
            if same && forms.iter().all(|form| stem(form) == stem(&term.text)) { How::Form } else { How::Compound }
        }
    }
}
