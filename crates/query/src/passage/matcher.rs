//! Finding in a text what a plan asks for.

use crate::lang::{Mode, TextField};
use crate::plan::Node;
use diary::{Entry, Facet, Span};
use diary_index_schema::analysis;
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
    /// The stems of its words written as one, where there are several, and of it and each other word of the query as one.
    joined: Vec<String>,
    mode: Mode,
    notes: bool,
    /// What stands for it as well: names of whom it is the name, times that it names.
    instead: Vec<Node>,
    /// How much it tells that it is there.
    weight: u32,
}

impl WantedTerm {
    /// Whether it asks for the same as another, however that is written.
    fn asks_as(&self, other: &Self) -> bool {
        (self.mode, self.notes) == (other.mode, other.notes)
            && self.words == other.words
            && self.instead == other.instead
    }
}

/// What a name weighs, or a word of which nobody has said what it weighs.
const USUAL_WEIGHT: u32 = 40;

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
        wanted.forget_repeated();
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
            term.joined.iter_mut().for_each(|word| *word = analysis::stem(word));
        }
        wanted
    }

    /// The same, each term weighing as much as its rarest stem does.
    #[must_use]
    pub fn weighed(mut self, weight: impl Fn(&str) -> u32) -> Self {
        for term in &mut self.terms {
            term.weight = term.stems.iter().map(|stem| weight(stem)).max().unwrap_or(USUAL_WEIGHT);
        }
        self
    }

    /// How much it tells that the wanted thing of this number is there.
    pub fn weight(&self, what: usize) -> u32 {
        self.terms.get(what).map_or(USUAL_WEIGHT, |term| term.weight)
    }

    /// What is said twice is looked for once.
    fn forget_repeated(&mut self) {
        let mut once: Vec<WantedTerm> = Vec::with_capacity(self.terms.len());
        for term in std::mem::take(&mut self.terms) {
            if !once.iter().any(|before| before.asks_as(&term)) {
                once.push(term);
            }
        }
        self.terms = once;
    }

    fn gather(&mut self, node: &Node) {
        match node {
            // What need not be there is not shown for its own sake.
            Node::Optional(_) => {}
            Node::And(parts) | Node::Or(parts) => parts.iter().for_each(|part| self.gather(part)),
            Node::Alias { words, named } => {
                let first = self.terms.len();
                self.gather(words);
                for term in self.terms.iter_mut().skip(first) {
                    term.instead.extend_from_slice(named);
                }
                named.iter().for_each(|name| self.gather(name));
            }
            Node::Text {
                field: field @ (TextField::Any | TextField::Code | TextField::Note | TextField::Link),
                term,
            } => {
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
                        instead: Vec::new(),
                        weight: USUAL_WEIGHT,
                    });
                }
            }
            Node::Facet { facet: facet @ (Facet::Person | Facet::Project), keys, below, .. } => {
                self.names.push((*facet, keys.iter().chain(below).cloned().collect()));
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
        let beside: Vec<Words<'_>> = entry.title.iter().chain(&entry.tags).map(|text| Words::new(text)).collect();
        let unmet = self.terms.iter().enumerate().filter(|(what, term)| {
            let named = || term.instead.iter().any(|node| holds(node, entry));
            !met.contains(what) && !named() && !beside.iter().any(|words| !term.find(words).is_empty())
        });
        unmet.map(|(_, term)| term.text.clone()).collect()
    }

    /// Every place of `entry` that meets what is wanted, in order. Linear in its text times the number of terms.
    pub fn find(&self, entry: &Entry) -> Vec<Found> {
        let mut found = Vec::new();
        if !self.terms.is_empty() {
            for block in &entry.blocks {
                let words = Words::new(block.span.of(&entry.text));
                let note = block.kind == diary::BlockKind::Note;
                let terms = self.terms.iter().enumerate().filter(|(_, term)| term.notes == note);
                for (what, term) in terms {
                    let places = term.find(&words);
                    found.extend(places.into_iter().map(|(span, closeness)| Found {
                        span: span.shifted(block.span.start),
                        what,
                        closeness,
                    }));
                }
            }
        }
        for (place, (facet, keys)) in self.names.iter().enumerate() {
            let named = entry
                .mentions
                .iter()
                .filter(|mention| mention.facet == *facet && !mention.in_title && keys.contains(&*mention.key));
            let what = self.terms.len() + place;
            found.extend(named.map(|mention| Found { span: mention.span, what, closeness: 2 }));
        }
        found.sort();
        found.dedup();
        found
    }
}

/// Whether an entry names one of these people or projects, or is of this time.
fn holds(node: &Node, entry: &Entry) -> bool {
    let printed = entry.date.printed();
    match node {
        Node::Facet { facet, keys, .. } => {
            let named = |mention: &diary::Mention| mention.facet == *facet && mention.state.is_facet();
            entry.mentions.iter().any(|mention| named(mention) && mention.is_of(keys))
        }
        Node::MonthsOfYear(months) => printed.is_some_and(|date| months.contains(&date.month())),
        Node::DaysOfYear(days) => printed.is_some_and(|date| days.contains(&(date.month(), date.day()))),
        Node::Dates(ranges) => {
            let (Some(first), Some(last)) = (printed, entry.date.printed_last()) else { return false };
            ranges.iter().any(|range| range.from <= last && first <= range.to)
        }
        _ => false,
    }
}

/// A text as words.
#[derive(Default)]
struct Words<'t> {
    text: &'t str,
    /// Those that the text has otherwise folded, one after the other: whole entries are read so, and most words are looked
    /// at once.
    folded: String,
    parts: Vec<Word>,
    joined: Vec<Word>,
}

/// A word of a text.
struct Word {
    folded: Folded,
    /// Where in the text.
    span: Span,
    position: usize,
}

/// Where the letters of a word are.
enum Folded {
    InText(Span),
    Apart(Span),
}

impl<'t> Words<'t> {
    fn new(text: &'t str) -> Self {
        let mut words = Self { text, parts: Vec::with_capacity(text.len() / 5), ..Self::default() };
        let mut reader = analysis::Words::new(text);
        loop {
            if let Some((span, position)) = reader.plain() {
                let letters = Span::new(span.start, span.end.min(span.start + analysis::MAX_WORD_BYTES));
                let folded = match letters.of(text).bytes().any(|byte| byte.is_ascii_uppercase()) {
                    true => words.apart(letters.of(text)),
                    false => Folded::InText(letters),
                };
                words.parts.push(Word { folded, span, position });
                continue;
            }
            let Some(token) = reader.advance() else { return words };
            let word = Word { folded: words.apart(&token.word), span: token.span, position: token.position };
            if token.joined { words.joined.push(word) } else { words.parts.push(word) }
        }
    }

    /// Keeps a word that the text has otherwise, or with capitals.
    fn apart(&mut self, word: &str) -> Folded {
        let start = self.folded.len();
        self.folded.push_str(word);
        self.folded[start..].make_ascii_lowercase();
        Folded::Apart(Span::new(start, self.folded.len()))
    }

    fn folded(&self, word: &Word) -> &str {
        match word.folded {
            Folded::InText(span) => span.of(self.text),
            Folded::Apart(span) => span.of(&self.folded),
        }
    }

    /// Whether a word has the first byte of another, which most have not: a look at it spares most of the work.
    fn begins_as(&self, word: &Word, other: &str) -> bool {
        self.folded(word).as_bytes().first() == other.as_bytes().first()
    }
}

impl WantedTerm {
    fn find(&self, text: &Words<'_>) -> Vec<(Span, u8)> {
        let mut found: Vec<(Span, u8)> = match (self.mode, self.words.as_slice()) {
            (Mode::Phrase { slop }, words) if slop > 0 && words.len() > 1 => self.near(text, slop),
            (Mode::Word | Mode::Exact, [(_, word)]) if is_half_a_pair(word) => in_pairs(word, text),
            (mode, [_]) => self.alone(mode, text),
            _ => self.in_a_row(text),
        };
        if !self.joined.is_empty() {
            let single = text.parts.iter().chain(&text.joined);
            let is = |met: &Word, stem: &str| text.begins_as(met, stem) && has_stem(text.folded(met), stem);
            let whole = single.filter(|met| self.joined.iter().any(|stem| is(met, stem)));
            found.extend(whole.map(|met| (met.span, 1)));
        }
        if self.mode == Mode::Word && found.is_empty() {
            found.extend(self.in_halves(text));
        }
        found
    }

    /// The one word, and the compounds that meet it as wholes while none of their parts does: `dont` in “don't”.
    fn alone(&self, mode: Mode, text: &Words<'_>) -> Vec<(Span, u8)> {
        let word = &self.words[0].1;
        let can_meet = |met: &&Word| matches!(mode, Mode::Fuzzy { .. }) || text.begins_as(met, word);
        let meets = |met: &Word| Some((met.span, self.closeness(0, mode, text.folded(met))?));
        let mut found: Vec<(Span, u8)> = text.parts.iter().filter(can_meet).filter_map(meets).collect();
        let wholes: Vec<(Span, u8)> = text.joined.iter().filter(can_meet).filter_map(meets).collect();
        let in_part = |whole: Span| found.iter().any(|(part, _)| whole.contains(*part));
        let wholes: Vec<(Span, u8)> = wholes.into_iter().filter(|(whole, _)| !in_part(*whole)).collect();
        found.extend(wholes);
        found
    }

    /// How closely a word of the text meets the `at`-th wanted one; `None` where it does not.
    fn closeness(&self, at: usize, mode: Mode, met: &str) -> Option<u8> {
        let wanted = &self.words[at].1;
        if met == wanted {
            return Some(3);
        }
        match mode {
            Mode::Word if has_stem(met, &self.stems[at]) => Some(1),
            Mode::Prefix if met.starts_with(wanted.as_str()) => Some(1),
            Mode::Fuzzy { distance } if is_near(wanted, met, distance) => Some(1),
            _ => None,
        }
    }

    /// The word written as two.
    fn in_halves(&self, text: &Words<'_>) -> Vec<(Span, u8)> {
        let [(_, word)] = self.words.as_slice() else { return Vec::new() };
        let long = |half: &str| half.chars().count() >= SHORTEST_HALF;
        let pairs = text.parts.windows(2).filter(|pair| text.begins_as(&pair[0], word)).filter(|pair| {
            let (first, second) = (text.folded(&pair[0]), text.folded(&pair[1]));
            word.strip_prefix(first).is_some_and(|rest| rest == second)
                && long(first)
                && long(second)
                && pair[1].position == pair[0].position + 1
        });
        pairs.map(|pair| (Span::new(pair[0].span.start, pair[1].span.end), 1)).collect()
    }

    /// The words one after the other, the last one by the looser rules of its mode.
    fn in_a_row(&self, text: &Words<'_>) -> Vec<(Span, u8)> {
        let last = self.words.len() - 1;
        let mut found = Vec::new();
        for window in text.parts.windows(self.words.len()) {
            let in_place = |at: usize| window[at].position - window[0].position == self.words[at].0 - self.words[0].0;
            let mode = |at| if at == last || self.mode == Mode::Word { self.mode } else { Mode::Exact };
            let closest = (0..=last).try_fold(3, |closest: u8, at| {
                self.closeness(at, mode(at), text.folded(&window[at]))
                    .filter(|_| in_place(at))
                    .map(|how| closest.min(how))
            });
            if let Some(closest) = closest {
                found.push((Span::new(window[0].span.start, window[last].span.end), closest));
            }
        }
        found
    }

    /// All the words within a stretch that has at most `slop` others, in any order.
    fn near(&self, text: &Words<'_>, slop: u32) -> Vec<(Span, u8)> {
        let parts = &text.parts;
        let stretch = self.words.len() + slop as usize;
        let mut found: Vec<(Span, u8)> = Vec::new();
        for (start, first) in parts.iter().enumerate() {
            if !self.words.iter().any(|(_, word)| word == text.folded(first)) {
                continue;
            }
            let window = &parts[start..parts.len().min(start + stretch)];
            let end = (1..=window.len()).find(|&length| {
                self.words.iter().all(|(_, word)| window[..length].iter().any(|met| text.folded(met) == word))
            });
            let apart = found.last().is_none_or(|(last, _)| last.end <= first.span.start);
            if let Some(end) = end.filter(|_| apart) {
                found.push((Span::new(first.span.start, window[end - 1].span.end), 3));
            }
        }
        found
    }
}

/// The fewest letters of one half of a compound: “s and” is no “sand”.
const SHORTEST_HALF: usize = 3;

/// Whether a word has this stem. Stems begin as their words do and are no longer, so that few words need be stemmed.
fn has_stem(word: &str, stem: &str) -> bool {
    let can = word.len() >= stem.len() && word.as_bytes().first() == stem.as_bytes().first();
    can && analysis::with_stem(word, |own| own == stem)
}

/// Whether a word is one character of a script that is kept in pairs.
fn is_half_a_pair(word: &str) -> bool {
    word.chars().count() == 1 && word.starts_with(analysis::is_unspaced)
}

/// The places of one character in overlapping pairs of them.
fn in_pairs(wanted: &str, text: &Words<'_>) -> Vec<(Span, u8)> {
    let parts = &text.parts;
    let mut found = Vec::new();
    for (at, met) in parts.iter().enumerate() {
        let (word, span) = (text.folded(met), met.span);
        let before = at.checked_sub(1).map(|before| parts[before].span).filter(|before| before.end > span.start);
        let after = parts.get(at + 1).map(|after| after.span).filter(|after| after.start < span.end);
        let middle = after.map(|after| after.start).or(before.map(|before| before.end));
        if word == wanted {
            found.push((span, 3));
        } else if word.starts_with(wanted) {
            found.push((Span::new(span.start, middle.unwrap_or(span.end)), 3));
        } else if after.is_none() && word.ends_with(wanted) {
            found.push((Span::new(middle.unwrap_or(span.start), span.end), 3));
        }
    }
    found
}

/// Whether two words are at most so many typing errors apart.
fn is_near(wanted: &str, met: &str, distance: u8) -> bool {
    let distance = usize::from(distance);
    wanted.len().abs_diff(met.len()) <= 4 * distance && strsim::osa_distance(wanted, met) <= distance
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stem_begins_as_its_word_does() {
        for (word, stem) in [("skies", "sky"), ("dying", "die"), ("idly", "idl"), ("yes", "yes"), ("modules", "modul")]
        {
            assert!(analysis::stem(word) == stem && has_stem(word, stem), "{word}: {}", analysis::stem(word));
        }
        assert!(!has_stem("module", "sky"));
    }
}
