//! Conditions, what joins them, and the parentheses around them.

use super::Parser;
use crate::lang::ast::{Clause, Mode, Place, Term, TextField};
use crate::lang::chars::{is_trail, squeeze};
use crate::lang::diagnostic::{Diagnostic, quoted};
use crate::lang::table::Field;
use crate::lang::value;
use crate::lang::{MAX_CLAUSES, MAX_DEPTH, MAX_PHRASE, MAX_SLOP};
use diary::Span;

/// How many words may stand between those that a bare NEAR joins.
const NEAR: u32 = 10;

/// A group that is being read: the whole query, or what stands in parentheses.
#[derive(Default)]
pub(super) struct Group {
    /// The alternatives before the last OR.
    either: Vec<Clause>,
    /// The conditions since.
    pub(super) all: Vec<Clause>,
    /// The field that its words are values of.
    pub(super) field: Option<Field>,
    /// Whether it is excluded as a whole.
    negated: bool,
    /// Where its parenthesis stands.
    pub(super) opened: usize,
    /// A NOT or a `-` that waits for what it excludes.
    pub(super) not: Option<Span>,
    /// An AND, OR or NEAR that waits for its right side.
    joint: Option<Span>,
    /// Whether that is a NEAR, and how far it reaches.
    near: Option<u32>,
}

impl Group {
    pub(super) fn clause(mut self) -> Clause {
        if !self.all.is_empty() || self.either.is_empty() {
            self.either.push(Clause::and(self.all));
        }
        Clause::or(self.either)
    }
}

impl Parser<'_> {
    /// AND, OR, NOT or NEAR.
    pub(super) fn operator(&mut self, span: Span, word: &str) {
        if word == "NOT" {
            return self.not(span);
        }
        if self.group().all.is_empty() {
            return self.dangling(span, format!("{word} has nothing before it"));
        }
        self.check_waiting();
        let group = self.group();
        group.joint = Some(span);
        group.near = near_of(word);
        if word == "OR" {
            let all = std::mem::take(&mut group.all);
            group.either.push(Clause::and(all));
        }
    }

    pub(super) fn not(&mut self, span: Span) {
        let group = self.group();
        // Twice not is nothing.
        group.not = if group.not.is_some() { None } else { Some(span) };
    }

    /// Warns of operators that still wait for their right side.
    pub(super) fn check_waiting(&mut self) {
        let group = self.group();
        let (not, joint) = (group.not.take(), group.joint.take());
        group.near = None;
        if let Some(span) = not {
            self.dangling(span, "there is nothing to exclude here".to_owned());
        }
        if let Some(span) = joint {
            self.dangling(span, format!("{} has nothing after it", self.slice(span)));
        }
    }

    pub(super) fn dangling(&mut self, span: Span, message: String) {
        let suggestion = self.replaced(span, "");
        self.warn("dangling-operator", span, message, Some(suggestion));
    }

    /// Something with no letter or digit in it. What other languages write for OR means that; words side by side are
    /// joined by AND, whatever stands between them.
    pub(super) fn nothing(&mut self, span: Span) {
        match self.slice(span) {
            "||" | "|" => {
                let suggestion = self.replaced(span, "OR");
                self.warn("foreign-operator", span, "read as OR", Some(suggestion));
                return self.operator(span, "OR");
            }
            "&&" | "&" => {}
            text if text.chars().all(is_trail) => {}
            text => {
                let message = format!("{} has nothing to search for", quoted(text));
                self.say(Diagnostic::note("nothing-to-search", span, message));
            }
        }
        self.group().not = None;
    }

    pub(super) fn open(&mut self, start: usize, field: Option<Field>) {
        if self.groups.len() > MAX_DEPTH {
            if self.skipped == 0 {
                let message = format!("parentheses nest at most {MAX_DEPTH} deep: this one is left out");
                self.warn("too-deep", Span::new(start, start + 1), message, None);
            }
            self.skipped += 1;
            return;
        }
        let group = self.group();
        let negated = group.not.take().is_some();
        let field = field.or(group.field);
        self.groups.push(Group { field, negated, opened: start, ..Group::default() });
    }

    pub(super) fn close(&mut self, start: usize) {
        if self.skipped > 0 {
            self.skipped -= 1;
        } else if self.groups.len() > 1 {
            self.end_group();
        } else {
            let span = Span::new(start, start + 1);
            let suggestion = self.replaced(span, " ");
            self.warn("unbalanced", span, "this parenthesis closes nothing", Some(suggestion));
        }
    }

    /// Makes the innermost group a condition of the one around it.
    pub(super) fn end_group(&mut self) {
        self.check_waiting();
        let Some(group) = self.groups.pop() else { return };
        let (negated, span) = (group.negated, Span::new(group.opened, self.at));
        if group.all.is_empty() && group.either.is_empty() {
            return;
        }
        let clause = group.clause();
        self.attach(if negated { clause.negated() } else { clause }, span);
    }

    /// Adds a single condition, if there is room for it.
    pub(super) fn push(&mut self, clause: Clause, span: Span) {
        let negated = self.group().not.take().is_some();
        if self.has_room_for(1, span) {
            self.leaves += 1;
            self.attach(if negated { clause.negated() } else { clause }, span);
        }
    }

    pub(super) fn has_room_for(&mut self, count: usize, span: Span) -> bool {
        let room = self.leaves + count <= MAX_CLAUSES;
        if !room && !self.diagnostics.iter().any(|said| said.code == "too-many-clauses") {
            let span = Span::new(span.start, self.text.len());
            self.warn(
                "too-many-clauses",
                span,
                format!("only the first {MAX_CLAUSES} words and values are read"),
                None,
            );
        }
        room
    }

    /// Joins a condition to those before it.
    fn attach(&mut self, clause: Clause, span: Span) {
        let group = self.group();
        group.joint = None;
        let Some(slop) = group.near.take() else { return group.all.push(clause) };
        match near(group.all.last(), &clause, slop) {
            Some(phrase) => {
                group.all.pop();
                group.all.push(phrase);
            }
            None => {
                group.all.push(clause);
                self.warn("near-words", span, "NEAR stands between words or phrases only: read as AND", None);
            }
        }
    }
}

/// The clause without the last of its parts.
pub(super) fn without_last(clause: Clause) -> Clause {
    match clause {
        Clause::And(mut parts) => {
            parts.pop();
            Clause::and(parts)
        }
        Clause::Or(mut parts) => {
            parts.pop();
            Clause::or(parts)
        }
        _ => Clause::All,
    }
}

pub(super) fn is_operator(word: &str) -> bool {
    matches!(word, "AND" | "OR" | "NOT") || near_of(word).is_some()
}

/// How far a NEAR or NEAR/5 reaches.
fn near_of(word: &str) -> Option<u32> {
    match word.strip_prefix("NEAR")? {
        "" => Some(NEAR),
        reach => reach.strip_prefix('/')?.parse::<u32>().ok().map(|reach| reach.min(MAX_SLOP)),
    }
}

/// Two words or phrases as one phrase in which others may stand.
fn near(before: Option<&Clause>, after: &Clause, slop: u32) -> Option<Clause> {
    let (a, b) = (loose_term(before?)?, loose_term(after)?);
    let own = |term: &Term| if let Mode::Phrase { slop } = term.mode { slop } else { 0 };
    let text = squeeze(&format!("{} {}", a.text, b.text));
    if text.split(' ').count() > MAX_PHRASE {
        return None;
    }
    let place = Place(Span::new(a.place.0.start, b.place.0.end));
    let slop = slop.max(own(a)).max(own(b)).min(value::most_slop(&text));
    Some(Clause::term(Term { text, mode: Mode::Phrase { slop }, place }))
}

/// A word or phrase to be found anywhere.
fn loose_term(clause: &Clause) -> Option<&Term> {
    match clause {
        Clause::Text { field: TextField::Any, terms } => {
            terms.first().filter(|term| matches!(term.mode, Mode::Word | Mode::Phrase { .. }))
        }
        _ => None,
    }
}
