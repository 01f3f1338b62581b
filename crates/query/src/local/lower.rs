//! From a plan to a query of the engine underneath.
//!
//! What a word adds to a score falls with how loosely it was met: as written, by its stem, by a prefix, by a typing error.
//! Filters add nothing.

use super::excluded::Excluded;
use super::forms::{InAnyForm, Stem};
use super::near::idf;
use super::vocabulary;
use super::weights::Weights;
use crate::lang::{Flag, Has, Mode, Term, TextField};
use crate::plan::{Lift, Node};
use diary::{Facet, fold};
use diary_index_schema::document::facet_field;
use diary_index_schema::stems::StoredStems;
use diary_index_schema::{Fields, analysis};
use std::ops::Bound;
use tantivy::Searcher;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query, RangeQuery, RegexQuery,
    TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

pub(super) type BoxQuery = Box<dyn Query>;

/// Turns nodes into queries against one state of an index.
pub(super) struct Lowering<'a> {
    pub(super) fields: Fields,
    pub(super) searcher: &'a Searcher,
    pub(super) stems: &'a StoredStems,
    pub(super) weights: Weights,
    /// Whether any entry has a title or a tag.
    pub(super) has_titles: bool,
}

impl Lowering<'_> {
    /// The query for a whole plan: `node`, with entries of the times in `lifts` put first.
    pub(super) fn plan(&self, node: &Node, lifts: &[Lift]) -> tantivy::Result<BoxQuery> {
        let query = self.node(node)?;
        self.lifted(query, lifts)
    }

    pub(super) fn lifted(&self, query: BoxQuery, lifts: &[Lift]) -> tantivy::Result<BoxQuery> {
        if lifts.is_empty() {
            return Ok(query);
        }
        let mut clauses = vec![(Occur::Must, query)];
        for lift in lifts {
            clauses.push((Occur::Should, self.lift(lift)?));
        }
        Ok(Box::new(BooleanQuery::new(clauses)))
    }

    /// What an entry of a time gains.
    pub(super) fn lift(&self, lift: &Lift) -> tantivy::Result<BoxQuery> {
        let weight = if lift.alone { self.weights.lift_alone } else { self.weights.lift };
        Ok(constant(self.node(&lift.node)?, weight))
    }

    /// The query for a node.
    pub(super) fn node(&self, node: &Node) -> tantivy::Result<BoxQuery> {
        Ok(match node {
            Node::All => constant(Box::new(AllQuery), 0.0),
            Node::None => Box::new(EmptyQuery),
            Node::And(parts) => self.all_of(parts)?,
            Node::Or(parts) => any(parts.iter().map(|part| self.node(part)).collect::<tantivy::Result<_>>()?),
            Node::Not(_) | Node::Optional(_) => self.all_of(std::slice::from_ref(node))?,
            Node::Text { field, term } => match self.text(*field, term, Beside::default())? {
                Some(query) => query,
                None => constant(Box::new(AllQuery), 0.0),
            },
            Node::Alias { words, named } => {
                let mut alternatives = vec![self.node(words)?];
                for name in named {
                    alternatives.push(constant(self.node(name)?, self.worth(name)));
                }
                any(alternatives)
            }
            Node::Facet { facet, keys, below, uncertain } => self.facet(*facet, &[keys, below], uncertain),
            Node::Dates(ranges) => {
                let touching = ranges.iter().map(|range| {
                    let from = self.at_least(self.fields.last, range.from.ordinal().max(1));
                    let to = self.number(self.fields.first, Bound::Included(1), Bound::Included(range.to.ordinal()));
                    filter(Box::new(BooleanQuery::intersection(vec![from, to])))
                });
                any(touching.collect())
            }
            Node::DaysOfYear(days) => {
                let day = |(month, day): &(u32, u32)| i64::from(month * 100 + day);
                filter(any(days.iter().map(|each| self.equal(self.fields.month_day, day(each))).collect()))
            }
            Node::MonthsOfYear(months) => {
                let month = |month: &u32| {
                    let first = i64::from(month * 100);
                    self.number(self.fields.month_day, Bound::Included(first + 1), Bound::Included(first + 31))
                };
                filter(any(months.iter().map(month).collect()))
            }
            Node::Has(values) => self.flags(values.iter().map(|value: &Has| value.name())),
            Node::Flag(flags) => self.flags(flags.iter().map(|flag: &Flag| flag.name())),
            Node::Id(ids) => self.ids(ids)?,
        })
    }

    /// How much it counts that an entry names someone: the more the fewer do. Times count apart, as lifts.
    fn worth(&self, name: &Node) -> f32 {
        let Node::Facet { facet, keys, .. } = name else { return 0.0 };
        let field = facet_field(&self.fields, *facet);
        let found: u64 = keys.iter().map(|key| vocabulary::frequency(self.searcher, field, key)).sum();
        self.weights.named * idf(self.searcher.num_docs(), found)
    }

    /// The query for one of several parts that must all hold; `None` where the index makes no word of it.
    pub(super) fn among(&self, parts: &[Node], place: usize) -> tantivy::Result<Option<BoxQuery>> {
        let Some(part) = parts.get(place) else { return Ok(None) };
        let Node::Text { field, term } = part else { return self.node(part).map(Some) };
        let word = |at: Option<usize>| at.and_then(|at| single_word(parts.get(at)?));
        let (before, after) = (word(place.checked_sub(1)), word(Some(place + 1)));
        self.text(*field, term, Beside { before: before.as_deref(), after: after.as_deref() })
    }

    fn all_of(&self, parts: &[Node]) -> tantivy::Result<BoxQuery> {
        let mut clauses: Vec<(Occur, BoxQuery)> = Vec::with_capacity(parts.len());
        for (place, part) in parts.iter().enumerate() {
            match part {
                Node::Not(inner) => clauses.push((Occur::MustNot, excluded(self.node(inner)?))),
                Node::Optional(inner) => clauses.push((Occur::Should, boost(self.node(inner)?, self.weights.optional))),
                _ => clauses.extend(self.among(parts, place)?.map(|query| (Occur::Must, query))),
            }
        }
        if !clauses.iter().any(|(occur, _)| *occur == Occur::Must) {
            clauses.push((Occur::Must, constant(Box::new(AllQuery), 0.0)));
        }
        Ok(Box::new(BooleanQuery::new(clauses)))
    }

    /// Entries in which a term stands; `None` where the index makes no word of it.
    ///
    /// `beside` are the words next to it in the query, which must stand there too: a compound of two meets both.
    fn text(&self, field: TextField, term: &Term, beside: Beside<'_>) -> tantivy::Result<Option<BoxQuery>> {
        let places = match field {
            TextField::Tag => return self.values(self.fields.tag, &term.text).map(Some),
            TextField::Author => return self.values(self.fields.author, &term.text).map(Some),
            _ => self.places(field),
        };
        let words = parts_of(&term.text);
        if words.is_empty() {
            return Ok(None);
        }
        let mut ways = Vec::new();
        for place in &places {
            for (query, weight) in self.ways(place, &words, term, beside)? {
                let weight = weight * place.weight;
                ways.push(if weight == 1.0 { query } else { boost(query, weight) });
            }
        }
        if field == TextField::Any && term.text.contains("://") {
            ways.push(boost(phrase(self.fields.link, &words, 0), self.weights.link));
        }
        Ok(Some(any(ways)))
    }

    /// The forms of a word that stand in a field.
    pub(super) fn stem(&self, field: Field, word: &str) -> Stem {
        Stem::new(self.searcher, self.stems, field, &analysis::stem(word))
    }

    fn places(&self, field: TextField) -> Vec<Place> {
        let fields = &self.fields;
        let in_all_forms = |field, weight| Place { field, in_all_forms: true, weight };
        let as_written = |field| Place { field, in_all_forms: false, weight: 1.0 };
        match field {
            TextField::Any => {
                let title = || in_all_forms(fields.title, self.weights.title);
                std::iter::once(in_all_forms(fields.text, 1.0)).chain(self.has_titles.then(title)).collect()
            }
            TextField::Title | TextField::Tag | TextField::Author => vec![in_all_forms(fields.title, 1.0)],
            TextField::Heading => vec![as_written(fields.heading)],
            TextField::Link => vec![as_written(fields.link)],
            TextField::Code => vec![as_written(fields.code)],
            TextField::Note => vec![as_written(fields.note)],
        }
    }

    /// The ways in which a term can be met in one place, with their weights.
    fn ways(
        &self,
        place: &Place,
        words: &[(usize, String)],
        term: &Term,
        beside: Beside<'_>,
    ) -> tantivy::Result<Vec<(BoxQuery, f32)>> {
        let weight = &self.weights;
        // A place that has the word as written has it by its stem too.
        let exactly = weight.exact + weight.stem;
        let mut ways = Vec::new();
        match term.mode {
            Mode::Exact => {
                ways.push((phrase(place.field, words, 0), exactly));
                ways.extend(in_pairs(place.field, words)?.map(|query| (query, exactly)));
            }
            Mode::Phrase { slop } => {
                ways.push((phrase(place.field, words, slop), exactly));
                if slop > 0 && words.len() == 2 {
                    let turned = [(0, words[1].1.clone()), (1, words[0].1.clone())];
                    ways.push((phrase(place.field, &turned, slop), exactly));
                }
            }
            Mode::Word => {
                match place.in_all_forms {
                    true => ways.extend(self.in_any_form(place.field, words)),
                    false => ways.push((phrase(place.field, words, 0), exactly)),
                }
                ways.extend(in_pairs(place.field, words)?.map(|query| (query, exactly)));
                ways.extend(self.compounds(place, words, beside).into_iter().map(|query| (query, weight.joined)));
            }
            Mode::Prefix => {
                let Some(((at, last), before)) = words.split_last() else { return Ok(ways) };
                let (expanded, _) = vocabulary::with_prefix(self.searcher, place.field, last)?;
                ways.push((expansions(place.field, before, *at, &expanded), weight.prefix));
            }
            Mode::Fuzzy { distance } => {
                let Some(((at, last), before)) = words.split_last() else { return Ok(ways) };
                ways.push((phrase(place.field, words, 0), exactly));
                let near = vocabulary::near(self.searcher, place.field, last, distance)?;
                ways.push((expansions(place.field, before, *at, &near), weight.typo));
            }
        }
        Ok(ways)
    }

    /// Words as written and in their other forms. A place that has one as written has it in one of its forms too.
    fn in_any_form(&self, field: Field, words: &[(usize, String)]) -> Vec<(BoxQuery, f32)> {
        let weight = &self.weights;
        let term = |word: &str| tantivy::Term::from_field_text(field, word);
        let mut stems: Vec<_> = words.iter().map(|(at, word)| (*at, self.stem(field, word))).collect();
        let as_written = |weight| (phrase(field, words, 0), weight);
        if words.iter().zip(&stems).all(|((_, word), (_, stem))| stem.is_only(&term(word))) {
            return vec![as_written(weight.exact + weight.stem)];
        }
        match (words, stems.pop()) {
            ([(_, word)], Some((_, stem))) => {
                let either = InAnyForm::preferring(stem, weight.stem, term(word), weight.exact);
                vec![(Box::new(either), 1.0)]
            }
            (_, last) => {
                stems.extend(last);
                vec![as_written(weight.exact), (Box::new(InAnyForm::new(stems)), weight.stem)]
            }
        }
    }

    /// A compound in its other spellings: its parts as one word, itself and a word beside it as one, or, where it is
    /// nowhere written as one word, itself as two.
    fn compounds(&self, place: &Place, words: &[(usize, String)], beside: Beside<'_>) -> Vec<BoxQuery> {
        let known = |word: &String| vocabulary::frequency(self.searcher, place.field, word) > 0;
        let one_word = |word: String| {
            let stem = place.in_all_forms.then(|| self.stem(place.field, &word)).filter(|stem| stem.found > 0);
            let as_written = known(&word).then(|| phrase(place.field, &[(0, word)], 0));
            let in_any_form = stem.map(|stem| -> BoxQuery { Box::new(InAnyForm::new(vec![(0, stem)])) });
            as_written.into_iter().chain(in_any_form).collect::<Vec<_>>()
        };
        match words {
            [(_, word)] => {
                let before = beside.before.map(|before| format!("{before}{word}"));
                let after = beside.after.map(|after| format!("{word}{after}"));
                let mut found: Vec<BoxQuery> = before.into_iter().chain(after).flat_map(one_word).collect();
                if place.in_all_forms && self.stem(place.field, word).found == 0 {
                    let halves = vocabulary::halves(word).filter(|(a, b)| known(a) && known(b));
                    found.extend(halves.map(|(a, b)| phrase(place.field, &[(0, a), (1, b)], 0)));
                }
                found
            }
            parts => one_word(parts.iter().map(|(_, part)| part.as_str()).collect()),
        }
    }

    /// Entries that have one of the values of `field` in which these words stand.
    fn values(&self, field: Field, words: &str) -> tantivy::Result<BoxQuery> {
        let asked = format!(" {} ", fold(words));
        let all = vocabulary::all(self.searcher, field)?;
        let met = all.into_iter().filter(|(value, _)| format!(" {value} ").contains(&asked));
        Ok(self.set(field, met.map(|(value, _)| value)))
    }

    fn facet(&self, facet: Facet, keys: &[&[String]; 2], uncertain: &[String]) -> BoxQuery {
        let field = facet_field(&self.fields, facet);
        let keys = || keys.iter().copied().flatten().cloned();
        let certain = self.set(field, keys());
        if uncertain.is_empty() {
            return certain;
        }
        let forms = uncertain.iter().map(|form| diary::slug(form, facet == Facet::Person));
        any(vec![certain, self.set(self.fields.maybe, keys().chain(forms))])
    }

    fn flags(&self, names: impl Iterator<Item = &'static str>) -> BoxQuery {
        self.set(self.fields.flag, names.map(str::to_owned))
    }

    /// Entries whose id is one of these, or goes on after it.
    fn ids(&self, ids: &[String]) -> tantivy::Result<BoxQuery> {
        let mut found = Vec::new();
        for id in ids {
            let (expanded, _) = vocabulary::with_prefix(self.searcher, self.fields.id, id)?;
            let goes_on = |known: &str| known.len() == id.len() || known[id.len()..].starts_with(['/', '-']);
            found.extend(expanded.into_iter().map(|(known, _)| known).filter(|known| goes_on(known)));
        }
        Ok(self.set(self.fields.id, found.into_iter()))
    }

    fn set(&self, field: Field, values: impl Iterator<Item = String>) -> BoxQuery {
        filter(any_term(values.map(|value| tantivy::Term::from_field_text(field, &value)).collect()))
    }

    fn equal(&self, field: Field, value: i64) -> BoxQuery {
        self.number(field, Bound::Included(value), Bound::Included(value))
    }

    fn at_least(&self, field: Field, value: i64) -> BoxQuery {
        self.number(field, Bound::Included(value), Bound::Unbounded)
    }

    fn number(&self, field: Field, from: Bound<i64>, to: Bound<i64>) -> BoxQuery {
        let term = |value| tantivy::Term::from_field_i64(field, value);
        Box::new(RangeQuery::new(from.map(term), to.map(term)))
    }
}

/// Where a term is looked for.
struct Place {
    field: Field,
    in_all_forms: bool,
    weight: f32,
}

/// The most parts of one compound that are looked for.
const MOST_PARTS: usize = 64;

/// The plain words of a query text with their distances, joined forms left out.
pub(super) fn parts_of(text: &str) -> Vec<(usize, String)> {
    let parts = analysis::tokens(text).into_iter().filter(|token| !token.joined).take(MOST_PARTS);
    parts.map(|token| (token.position, token.word)).collect()
}

/// The words on both sides of one in a query, where they are plain words too.
#[derive(Clone, Copy, Default)]
struct Beside<'a> {
    before: Option<&'a str>,
    after: Option<&'a str>,
}

/// The word of a node that looks for one anywhere.
fn single_word(node: &Node) -> Option<String> {
    match node {
        Node::Text { field: TextField::Any, term } if term.mode == Mode::Word => {
            match parts_of(&term.text).as_slice() {
                [(_, word)] => Some(word.clone()),
                _ => None,
            }
        }
        _ => None,
    }
}

/// These words at these distances; a single one is a plain term.
pub(super) fn phrase(field: Field, words: &[(usize, String)], slop: u32) -> BoxQuery {
    let mut terms: Vec<(usize, tantivy::Term)> =
        words.iter().map(|(at, word)| (*at, tantivy::Term::from_field_text(field, word))).collect();
    match terms.as_mut_slice() {
        [] => Box::new(EmptyQuery),
        [(_, term)] => Box::new(TermQuery::new(term.clone(), IndexRecordOption::WithFreqs)),
        _ => Box::new(PhraseQuery::new_with_offset_and_slop(terms, slop)),
    }
}

/// The pairs that one character of a script without spaces is kept in; `None` for other words.
fn in_pairs(field: Field, words: &[(usize, String)]) -> tantivy::Result<Option<BoxQuery>> {
    let [(_, word)] = words else { return Ok(None) };
    let mut letters = word.chars();
    match (letters.next(), letters.next()) {
        (Some(one), None) if analysis::is_unspaced(one) => {
            let pairs = RegexQuery::from_pattern(&format!("{one}.|.{one}"), field)?;
            Ok(Some(constant(Box::new(pairs), 1.0)))
        }
        _ => Ok(None),
    }
}

/// The most phrases that the last word of a compound is expanded to.
const MAX_PHRASES: usize = 64;

/// Any of `last` at `at`, with the words `before` in front.
fn expansions(field: Field, before: &[(usize, String)], at: usize, last: &[(String, u64)]) -> BoxQuery {
    if before.is_empty() {
        let terms = last.iter().map(|(word, _)| tantivy::Term::from_field_text(field, word)).collect();
        return constant(any_term(terms), 1.0);
    }
    let whole = |word: &String| {
        let words: Vec<_> = before.iter().cloned().chain([(at, word.clone())]).collect();
        phrase(field, &words, 0)
    };
    any(last.iter().take(MAX_PHRASES).map(|(word, _)| whole(word)).collect())
}

pub(super) fn any(mut queries: Vec<BoxQuery>) -> BoxQuery {
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.remove(0),
        _ => Box::new(BooleanQuery::union(queries)),
    }
}

/// Up to so many terms are looked up one by one: for a set of them the engine first builds an automaton, in a megabyte.
const FEW_TERMS: usize = 8;

/// The entries that have one of these terms.
fn any_term(terms: Vec<tantivy::Term>) -> BoxQuery {
    if terms.len() > FEW_TERMS {
        return Box::new(TermSetQuery::new(terms));
    }
    let one = |term| -> BoxQuery { Box::new(TermQuery::new(term, IndexRecordOption::Basic)) };
    any(terms.into_iter().map(one).collect())
}

/// The same entries, without a say in the ranking.
fn filter(query: BoxQuery) -> BoxQuery {
    constant(query, 0.0)
}

pub(super) fn constant(query: BoxQuery, score: f32) -> BoxQuery {
    Box::new(ConstScoreQuery::new(query, score))
}

pub(super) fn excluded(query: BoxQuery) -> BoxQuery {
    Box::new(Excluded(query))
}

pub(super) fn boost(query: BoxQuery, weight: f32) -> BoxQuery {
    Box::new(BoostQuery::new(query, weight))
}
