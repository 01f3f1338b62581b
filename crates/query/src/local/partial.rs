//! Entries that lack a word: which they are, and what each word brings.

use super::explain::Part;
use super::lower::{BoxQuery, Lowering, any, boost, excluded, parts_of};
use crate::lang::{Mode, Term, TextField};
use crate::plan::{Lift, Node};
use tantivy::query::{BooleanQuery, Occur};

impl Lowering<'_> {
    /// The entries that meet the filters of a query and some of its words, but not all; `None` where that means nothing.
    pub(super) fn partial(&self, node: &Node, lifts: &[Lift]) -> tantivy::Result<Option<BoxQuery>> {
        let optional: Vec<&Node> = node.parts().iter().filter(|part| matches!(part, Node::Optional(_))).collect();
        let needed = node.parts().iter().filter(|part| !matches!(part, Node::Optional(_)));
        let (words, filters): (Vec<&Node>, Vec<&Node>) =
            needed.partition(|part| matches!(part, Node::Text { .. } | Node::Alias { .. }));
        let words: Vec<Loose> = words.into_iter().flat_map(loosened).collect();
        if words.len() < 2 {
            return Ok(None);
        }
        // A word of every third entry says nothing alone, unless there is no other.
        let entries = self.searcher.num_docs();
        let telling = |word: &Loose| self.frequency(word).is_none_or(|n| n > 0 && n <= entries / 3);
        let (mut telling, mut others): (Vec<Loose>, Vec<Loose>) = words.into_iter().partition(telling);
        if telling.is_empty() {
            telling = std::mem::take(&mut others);
        }
        let mut clauses: Vec<(Occur, BoxQuery)> = vec![(Occur::MustNot, excluded(self.node(node)?))];
        if !filters.is_empty() {
            clauses.push((Occur::Must, self.node(&Node::and(filters.into_iter().cloned().collect()))?));
        }
        others.extend(optional.into_iter().flat_map(loosened));
        clauses.push((Occur::Must, any(telling.iter().map(|word| self.loose(word)).collect::<tantivy::Result<_>>()?)));
        for word in &others {
            clauses.push((Occur::Should, self.loose(word)?));
        }
        self.lifted(Box::new(BooleanQuery::new(clauses)), lifts).map(Some)
    }

    /// In how many entries something stands, where it is a plain word.
    fn frequency(&self, word: &Loose) -> Option<u64> {
        word.plain.as_ref().map(|plain| self.stem(self.fields.text, plain).found)
    }

    fn loose(&self, word: &Loose) -> tantivy::Result<BoxQuery> {
        let optional = if word.is_optional { self.weights.optional } else { 1.0 };
        Ok(boost(self.node(&word.node)?, word.share * optional))
    }

    /// What adds to the score of an entry, part by part: of one with all the words, or of one that lacks some.
    pub(super) fn parts(&self, node: &Node, lifts: &[Lift], partial: bool) -> tantivy::Result<Vec<Part>> {
        let mut parts = Vec::new();
        for (place, each) in node.parts().iter().enumerate().filter(|(_, part)| has_words(part)) {
            if partial {
                for word in loosened(each) {
                    let query = self.loose(&word)?;
                    parts.push(Part {
                        label: label(&word.node),
                        node: word.node,
                        is_optional: word.is_optional,
                        query,
                    });
                }
            } else if let Some(query) = self.among(node.parts(), place)? {
                let (each, is_optional) =
                    if let Node::Optional(inner) = each { (inner.as_ref(), true) } else { (each, false) };
                parts.push(Part { label: label(each), node: each.clone(), is_optional, query });
            }
        }
        for lift in lifts {
            let query = self.lift(lift)?;
            parts.push(Part { label: lift.words.clone(), node: lift.node.clone(), is_optional: false, query });
        }
        Ok(parts)
    }
}

/// Whether a part of a query is words to be found, not a condition on the side.
fn has_words(part: &Node) -> bool {
    match part {
        Node::Text { .. } | Node::Alias { .. } | Node::Optional(_) => true,
        Node::And(parts) | Node::Or(parts) => parts.iter().any(has_words),
        _ => false,
    }
}

/// A part of a query as people write it.
fn label(part: &Node) -> String {
    let joined = |parts: &[Node], by: &str| parts.iter().map(label).collect::<Vec<_>>().join(by);
    match part {
        Node::Text { term, .. } => term.text.clone(),
        Node::Alias { words, named } => match words.as_ref() {
            Node::None => joined(named, " "),
            words => label(words),
        },
        Node::And(parts) => joined(parts, " "),
        Node::Or(parts) => joined(parts, " OR "),
        Node::Facet { facet, keys, .. } => format!("{}:{}", facet.name(), keys.join(",")),
        _ => String::new(),
    }
}

/// Something that an entry may have or lack.
struct Loose {
    node: Node,
    /// The word, where it is a plain one.
    plain: Option<String>,
    /// How much of its weight counts: the parts of a compound share that of one word.
    share: f32,
    /// Whether it need not be there.
    is_optional: bool,
}

/// The words of a condition, each for itself: a name or a compound may be there in part.
fn loosened(node: &Node) -> Vec<Loose> {
    let whole = |node: Node, plain: Option<String>| Loose { node, plain, share: 1.0, is_optional: false };
    let part = |word: &str, parts: usize| Loose {
        node: Node::Text { field: TextField::Any, term: Term::word(word) },
        plain: Some(word.to_owned()),
        share: 1.0 / parts as f32,
        is_optional: false,
    };
    match node {
        Node::Alias { words, named } => {
            let names = named
                .iter()
                .filter(|name| matches!(name, Node::Facet { .. }))
                .map(|name| Node::Alias { words: Box::new(Node::None), named: vec![name.clone()] });
            let names: Vec<Loose> = names.map(|node| whole(node, None)).collect();
            if names.is_empty() && words.parts().len() > 1 {
                // Of `4 july` the 4 alone says nothing.
                return vec![whole((**words).clone(), None)];
            }
            names.into_iter().chain(words.parts().iter().flat_map(loosened)).collect()
        }
        Node::Text { field: TextField::Any, term } if term.mode == Mode::Word => {
            let parts = parts_of(&term.text);
            match parts.as_slice() {
                [(_, only)] => vec![whole(node.clone(), Some(only.clone()))],
                parts => {
                    // Of 9/11 the 9 alone says nothing.
                    let telling = parts.iter().filter(|(_, word)| word.chars().any(char::is_alphabetic));
                    let each = telling.map(|(_, word)| part(word, parts.len()));
                    std::iter::once(whole(node.clone(), None)).chain(each).collect()
                }
            }
        }
        Node::Optional(inner) => loosened(inner).into_iter().map(|word| Loose { is_optional: true, ..word }).collect(),
        other => vec![whole(other.clone(), None)],
    }
}
