//! Finding in a text what a plan asks for.

use crate::lang::{Mode, TextField};
use crate::plan::Node;
use diary::{Entry, Facet, Span};
use diary_index_schema::analysis::{self, Token};
use std::collections::BTreeSet;

/// What a plan wants to see in a text: the terms and names that are asked for and not excluded.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    terms: Vec<WantedTerm>,
    names: Vec<(Facet, BTreeSet<String>)>,
}

#[derive(Clone, Debug)]
struct WantedTerm {
    /// As the user wrote it.
    text: String,
    /// Its plain words with their distances.
    words: Vec<(usize, String)>,
    stems: Vec<String>,
    /// Its words written as one, where there are several, and joined with each other word of the query.
    joined: Vec<String>,
    mode: Mode,
    notes: bool,
}

/// A place in a text that meets what is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// Where, in the entry's text.
    pub span: Span,
    /// Which of the wanted terms, or, after all of those, which name.
    pub what: usize,
    /// How closely: 3 as written, 2 a name, 1 another form.
    pub closeness: u8,
}

impl Wanted {
    /// What `node` asks for.
    pub fn new(node: &Node) -> Self {
        let mut wanted = Self::default();
        wanted.gather(node);
        let singles: Vec<String> = wanted
            .terms
            .iter()
            .filter(|term| term.mode == Mode::Word && term.words.len() == 1)
            .map(|term| term.words[0].1.clone())
            .collect();
        for term in wanted.terms.iter_mut().filter(|term| term.mode == Mode::Word) {
            match term.words.as_slice() {
                [(_, word)] => {
                    let others = singles.iter().filter(|other| *other != word);
                    term.joined = others.flat_map(|o| [format!("{word}{o}"), format!("{o}{word}")]).collect();
                }
                parts => term.joined = vec![parts.iter().map(|(_, part)| part.as_str()).collect()],
            }
        }
        wanted
    }

    fn gather(&mut self, node: &Node) {
        match node {
            Node::And(parts) | Node::Or(parts) => parts.iter().for_each(|part| self.gather(part)),
            Node::Alias { words, named } => {
                self.gather(words);
                named.iter().for_each(|name| self.gather(name));
            }
            Node::Text { field: field @ (TextField::Any | TextField::Code | TextField::Note | TextField::Link), term } => {
                let parts = analysis::tokens(&term.text).into_iter().filter(|token| !token.joined);
                let words: Vec<_> = parts.map(|token| (token.position, token.word)).collect();
                if !words.is_empty() {
                    self.terms.push(WantedTerm {
                        text: term.text.clone(),
                        stems: words.iter().map(|(_, word)| analysis::stem(word)).collect(),
                        words,
                        joined: Vec::new(),
                        mode: term.mode,
                        notes: *field == TextField::Note,
                    });
                }
            }
            Node::Facet { facet: facet @ (Facet::Person | Facet::Project), keys, .. } => {
                self.names.push((*facet, keys.iter().cloned().collect()));
            }
            _ => {}
        }
    }

    /// How many different things are wanted.
    pub fn len(&self) -> usize {
        self.terms.len() + self.names.len()
    }

    /// Whether nothing is.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The wanted words that stand neither in what was found nor in the title, as the user wrote them.
    pub fn missing(&self, entry: &Entry, found: &[Found]) -> Vec<String> {
        let met: BTreeSet<usize> = found.iter().map(|found| found.what).collect();
        let beside = entry.title.iter().chain(&entry.tags).map(|text| analysis::tokens(text));
        let beside: Vec<Vec<Token>> = beside.collect();
        let unmet = self.terms.iter().enumerate().filter(|(what, term)| {
            !met.contains(what) && !beside.iter().any(|tokens| !term.find(tokens).is_empty())
        });
        unmet.map(|(_, term)| term.text.clone()).collect()
    }

    /// Every place of `entry` that meets what is wanted, in order. Linear in its text times the number of terms.
    pub fn find(&self, entry: &Entry) -> Vec<Found> {
        let mut found = Vec::new();
        if !self.terms.is_empty() {
            for block in &entry.blocks {
                let tokens = analysis::tokens(block.span.of(&entry.text));
                let note = block.kind == diary::BlockKind::Note;
                let terms = self.terms.iter().enumerate().filter(|(_, term)| term.notes == note);
                for (what, term) in terms {
                    let places = term.find(&tokens);
                    found.extend(places.into_iter().map(|(span, closeness)| Found {
                        span: span.shifted(block.span.start),
                        what,
                        closeness,
                    }));
                }
            }
        }
        for (place, (facet, keys)) in self.names.iter().enumerate() {
            let named = entry.mentions.iter().filter(|mention| {
                mention.facet == *facet && !mention.in_title && keys.contains(&mention.key)
            });
            let what = self.terms.len() + place;
            found.extend(named.map(|mention| Found { span: mention.span, what, closeness: 2 }));
        }
        found.sort();
        found.dedup();
        found
    }
}

impl WantedTerm {
    fn find(&self, tokens: &[Token]) -> Vec<(Span, u8)> {
        let parts: Vec<&Token> = tokens.iter().filter(|token| !token.joined).collect();
        let mut found: Vec<(Span, u8)> = match (self.mode, self.words.as_slice()) {
            (Mode::Phrase { slop }, words) if slop > 0 && words.len() > 1 => self.near(&parts, slop),
            (mode, [(_, word)]) => {
                let stem = &self.stems[0];
                let closeness = |token: &&&Token| word_closeness(mode, word, stem, &token.word);
                parts.iter().filter_map(|token| Some((token.span, closeness(&token)?))).collect()
            }
            _ => self.in_a_row(&parts),
        };
        if !self.joined.is_empty() {
            let whole = tokens.iter().filter(|token| self.joined.contains(&token.word));
            found.extend(whole.map(|token| (token.span, 1)));
        }
        found
    }

    /// The words one after the other, the last one by the looser rules of its mode.
    fn in_a_row(&self, parts: &[&Token]) -> Vec<(Span, u8)> {
        let last = self.words.len() - 1;
        let mut found = Vec::new();
        for window in parts.windows(self.words.len()) {
            let mut closest = 3;
            let meets = window.iter().enumerate().all(|(at, token)| {
                let (distance, word) = &self.words[at];
                let in_place = token.position - window[0].position == distance - self.words[0].0;
                let mode = if at == last { self.mode } else { Mode::Exact };
                let closeness = match self.mode {
                    Mode::Word => word_closeness(Mode::Word, word, &self.stems[at], &token.word),
                    _ => word_closeness(mode, word, &self.stems[at], &token.word),
                };
                closest = closest.min(closeness.unwrap_or(0));
                in_place && closeness.is_some()
            });
            if meets {
                found.push((Span::new(window[0].span.start, window[last].span.end), closest));
            }
        }
        found
    }

    /// All the words within a stretch that has at most `slop` others, in any order.
    fn near(&self, parts: &[&Token], slop: u32) -> Vec<(Span, u8)> {
        let stretch = self.words.len() + slop as usize;
        let mut found: Vec<(Span, u8)> = Vec::new();
        for (start, token) in parts.iter().enumerate() {
            if !self.words.iter().any(|(_, word)| *word == token.word) {
                continue;
            }
            let window = &parts[start..parts.len().min(start + stretch)];
            let end = (1..=window.len()).find(|&length| {
                self.words.iter().all(|(_, word)| window[..length].iter().any(|token| token.word == *word))
            });
            let apart = found.last().is_none_or(|(last, _)| last.end <= token.span.start);
            if let Some(end) = end.filter(|_| apart) {
                found.push((Span::new(token.span.start, window[end - 1].span.end), 3));
            }
        }
        found
    }
}

/// How closely a word of the text meets a wanted one; `None` where it does not.
fn word_closeness(mode: Mode, word: &str, stem: &str, met: &str) -> Option<u8> {
    if met == word {
        return Some(3);
    }
    match mode {
        Mode::Word if !stem.is_empty() && analysis::stem(met) == stem => Some(1),
        Mode::Prefix if met.starts_with(word) => Some(1),
        Mode::Fuzzy { distance } if strsim::osa_distance(word, met) <= usize::from(distance) => Some(1),
        _ => None,
    }
}
