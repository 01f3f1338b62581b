//! Questions as people put them: which of their words are asked about, and which only ask.
//!
//! What only asks need not stand in an entry as long as there is something that is asked about: `what did he think of
//! shakespeare` asks for Shakespeare.

use super::function_words::{ENGLISH, Language, languages};
use super::{Lift, Node, PlanContext};
use crate::lang::{Clause, Diagnostic, Mode, Query, Sort, TextField};
use diary::Facet;
use diary_index_schema::analysis;

/// The nodes of one AND, with those made optional that only ask.
pub(super) fn lighten(nodes: Vec<Node>, context: &PlanContext) -> Vec<Node> {
    let words: Vec<String> = nodes.iter().map(bare_word).collect();
    if words.len() < 2 || words.iter().all(String::is_empty) {
        return nodes;
    }
    let question = Question::new(words, context);
    // Of a question a filter may be all that is left: `what happened on day:07-26`.
    let remains = |node: &Node| has_text(node) || question.is_asked();
    if question.asks_for_entries() {
        return nodes.into_iter().map(|node| Node::Optional(Box::new(node))).collect();
    }
    let leaves_some = |light: &Vec<bool>| nodes.iter().zip(light).any(|(node, light)| !light && remains(node));
    let light = [question.asking(context), question.function()].into_iter().find(leaves_some);
    let Some(light) = light else { return nodes };
    let lightened = |(node, light)| if light { Node::Optional(Box::new(node)) } else { node };
    nodes.into_iter().zip(light).map(lightened).collect()
}

/// The order that a query asks for in words: `first mention of coffee`, of one thing only.
pub(super) fn order(query: &Query, node: &Node, context: &PlanContext) -> Option<Sort> {
    let asked_about = node.parts().iter().filter(|part| has_text(part)).count();
    let words = query.parts().iter().map(|part| part.bare_word().map(analysis::fold).unwrap_or_default());
    let question = Question::new(words.collect(), context);
    let lead = match question.asks_for_entries() {
        true => &question.words,
        false if asked_about == 1 && node.parts().len() > 1 => question.words.get(..question.lead())?,
        false => return None,
    };
    let any = |list: fn(&Language) -> &'static [&'static str]| lead.iter().any(|word| question.is(list, word));
    match (any(|language| language.first), any(|language| language.last)) {
        (true, false) => Some(Sort::DateAsc),
        (false, true) => Some(Sort::Date),
        _ => None,
    }
}

/// That `or` or `not` between two words is a word like any other, and how to have the operator: `plague or fire`.
///
/// In a question, and beside other small words, it hardly means one.
pub(super) fn operator_in_small_letters(query: &Query, context: &PlanContext) -> Option<Diagnostic> {
    let words = query.parts().iter().map(|part| part.bare_word().map(analysis::fold).unwrap_or_default());
    let question = Question::new(words.collect(), context);
    let words = &question.words;
    if question.is_asked() || words.len() > MOST_WITH_OPERATOR {
        return None;
    }
    let tells = |word: &str| !word.is_empty() && !question.is_function(word);
    let at = (1..words.len().saturating_sub(1)).find(|&at| {
        let joins = matches!(words[at - 1].as_str(), "but" | "and") && words[at] == "not" && at > 1;
        matches!(words[at].as_str(), "or" | "not") && (joins || tells(&words[at - 1])) && tells(&words[at + 1])
    })?;
    let mut parts = query.parts().to_vec();
    let place = parts[at].bare_term()?.place.0;
    let (first, clause, message) = match words[at].as_str() {
        "or" => {
            let either = Clause::or(vec![parts[at - 1].clone(), parts[at + 1].clone()]);
            (at - 1, either, "read as a word: OR in capitals is either")
        }
        _ => {
            let first = if tells(&words[at - 1]) { at } else { at - 1 };
            (first, parts[at + 1].clone().negated(), "read as a word: NOT in capitals, or a hyphen, leaves out")
        }
    };
    parts.splice(first..at + 2, [clause]);
    let suggestion = query.with_clause(Clause::and(parts)).to_string();
    Some(Diagnostic::note("small-operator", place, message).suggesting(suggestion))
}

/// In a query of more words they are a sentence.
const MOST_WITH_OPERATOR: usize = 6;

/// Words side by side, folded, and the language that they are read in. An empty one stands for what is no bare word.
struct Question {
    words: Vec<String>,
    language: &'static Language,
}

impl Question {
    /// The words in the language that has the most of them for its small ones: `war` is one of German alone.
    fn new(words: Vec<String>, context: &PlanContext) -> Self {
        let small = |language: &Language| {
            let lists = [language.function, language.first, language.last, language.entries];
            words.iter().filter(|word| lists.iter().any(|list| list.contains(&word.as_str()))).count()
        };
        let language = languages(context).into_iter().rev().max_by_key(|language| small(language));
        Self { language: language.unwrap_or(&ENGLISH), words }
    }

    fn is(&self, list: fn(&Language) -> &'static [&'static str], word: &str) -> bool {
        list(self.language).contains(&word)
    }

    fn is_function(&self, word: &str) -> bool {
        self.is(|language| language.function, word)
    }

    /// Which words are function words.
    fn function(&self) -> Vec<bool> {
        self.words.iter().map(|word| self.is_function(word)).collect()
    }

    /// Whether it begins as questions do.
    fn is_asked(&self) -> bool {
        self.words.first().is_some_and(|first| self.is(|language| language.asking, first))
    }

    /// Which words only ask.
    fn asking(&self, context: &PlanContext) -> Vec<bool> {
        let mut light = self.function();
        if self.is_asked() {
            for (light, word) in light.iter_mut().zip(&self.words) {
                *light |= self.is(|language| language.asked, word) || is_diarist(word, context);
            }
            if let [how, degree, next, ..] = self.words.as_slice()
                && self.is(|language| language.degree, how)
                && self.is_function(next)
            {
                light[1] |= !degree.is_empty();
            }
        }
        light[..self.lead()].fill(true);
        light
    }

    /// Whether it asks for the first or last entries and for nothing in them: `the first entry`.
    fn asks_for_entries(&self) -> bool {
        let articles = self.words.iter().take_while(|word| self.is_function(word)).count();
        let [ordinal, entries] = self.words.get(articles..).unwrap_or_default() else { return false };
        let is_ordinal = self.is(|language| language.first, ordinal) || self.is(|language| language.last, ordinal);
        is_ordinal && self.is(|language| language.entries, entries)
    }

    /// How many words in front only say that a day or a mention is asked for: `the day`, `when was the first mention of`.
    fn lead(&self) -> usize {
        let articles = self.words.iter().take_while(|word| self.is_function(word)).count();
        let is_ordinal =
            |word: &String| self.is(|language| language.first, word) || self.is(|language| language.last, word);
        let counted = self.words.get(articles).is_some_and(is_ordinal);
        let occasion = articles + usize::from(counted);
        // The first day of the year is no mention of a year.
        let is_day = |word: &String| self.language.occasion.first() == Some(&word.as_str());
        let is_occasion = |word: &String| self.is(|language| language.occasion, word) && !(counted && is_day(word));
        let is_occasion = self.words.get(occasion).is_some_and(is_occasion);
        let rest = self.words.get(occasion + 1..).unwrap_or_default();
        // `the day the war broke out` and `the day war broke out`, but not `time machine`.
        let leads =
            rest.first().is_some_and(|next| self.is_function(next)) || occasion > 0 && rest.len() >= LEAST_BEHIND;
        if is_occasion && leads { occasion + 1 } else { 0 }
    }
}

/// Behind so many words `the day` is a part of a question, whatever they are.
const LEAST_BEHIND: usize = 3;

/// Whether a word is the name in the title of the diary, whose writer is `I` in it: `when did pepys bury his cheese`.
fn is_diarist(word: &str, context: &PlanContext) -> bool {
    let names = |facet| !word.is_empty() && !context.names.resolve(facet, word).is_empty();
    names(Facet::Archive) && names(Facet::Person)
}

/// The archives of the diarists whom a question names, where there are others: `what did pepys think of shakespeare` asks
/// Pepys first.
pub(super) fn diarists(query: &Query, context: &PlanContext) -> Vec<Lift> {
    let words = query.parts().iter().map(|part| part.bare_word().map(analysis::fold).unwrap_or_default());
    let question = Question::new(words.collect(), context);
    if !question.is_asked() || context.names.keys(Facet::Archive).len() < 2 {
        return Vec::new();
    }
    let lift = |word: &String| {
        let keys = context.names.resolve(Facet::Archive, word).into_iter().map(|archive| archive.key).collect();
        let node = Node::Facet { facet: Facet::Archive, keys, below: Vec::new(), uncertain: Vec::new() };
        Lift { words: word.clone(), node, alone: false }
    };
    question.words.iter().filter(|word| is_diarist(word, context)).map(lift).collect()
}

/// The word of a node that looks for one anywhere, folded; empty for other nodes.
fn bare_word(node: &Node) -> String {
    match node {
        Node::Text { field: TextField::Any, term } if term.mode == Mode::Word => analysis::fold(&term.text),
        _ => String::new(),
    }
}

/// Whether a node asks for words, or for a name that words may have.
fn has_text(node: &Node) -> bool {
    match node {
        Node::Text { .. } | Node::Alias { .. } => true,
        Node::And(parts) | Node::Or(parts) => parts.iter().any(has_text),
        _ => false,
    }
}
