//! From text to a query, in one pass, with a stack of its own instead of recursion.

mod fields;

use super::ast::{Clause, Mode, Place, Query, Sort, Term, TextField};
use super::chars::{is_break, is_lead, is_quote, is_searchable, is_trail, squeeze, trim_end};
use super::date::Period;
use super::diagnostic::{Diagnostic, UNKNOWN_FIELD, quoted};
use super::spot::{Unmarked, spot};
use super::table::{FIELDS, Field, nearest};
use super::value::{self, bare_term};
use super::{
    MAX_BYTES, MAX_CLAUSES, MAX_DEPTH, MAX_DIAGNOSTICS, MAX_EXPANSIONS, MAX_PHRASE, MAX_SLOP, MAX_WORD, MIN_PREFIX,
    Parsed,
};
use diary::{CivilDate, Span};

/// How many words may stand between those that a bare NEAR joins.
const NEAR: u32 = 10;

/// See [`super::parse`].
pub(super) fn parse(text: &str) -> Parsed {
    let cut = &text[..text.floor_char_boundary(MAX_BYTES)];
    let mut parser = Parser::new(cut);
    if cut.len() < text.len() {
        let span = Span::new(cut.len(), text.len());
        parser.warn("too-long", span, format!("only the first {MAX_BYTES} bytes of the query are read"), None);
    }
    parser.run();
    parser.finish()
}

/// A group that is being read: the whole query, or what stands in parentheses.
#[derive(Default)]
struct Group {
    /// The alternatives before the last OR.
    either: Vec<Clause>,
    /// The conditions since.
    all: Vec<Clause>,
    /// The field that its words are values of.
    field: Option<Field>,
    /// Whether it is excluded as a whole.
    negated: bool,
    /// Where its parenthesis stands.
    opened: usize,
    /// A NOT or a `-` that waits for what it excludes.
    not: Option<Span>,
    /// An AND, OR or NEAR that waits for its right side.
    joint: Option<Span>,
    /// Whether that is a NEAR, and how far it reaches.
    near: Option<u32>,
}

impl Group {
    fn clause(mut self) -> Clause {
        if !self.all.is_empty() || self.either.is_empty() {
            self.either.push(Clause::and(self.all));
        }
        Clause::or(self.either)
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    /// The groups that are open, the innermost last; never empty while reading.
    groups: Vec<Group>,
    /// How many parentheses too deep are open.
    skipped: usize,
    /// Text before this place is read as words, whatever the group.
    plain_until: usize,
    leaves: usize,
    expansions: usize,
    sort: Option<Sort>,
    limit: Option<usize>,
    now: Option<CivilDate>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            groups: vec![Group::default()],
            skipped: 0,
            plain_until: 0,
            leaves: 0,
            expansions: 0,
            sort: None,
            limit: None,
            now: None,
            diagnostics: Vec::new(),
        }
    }

    fn run(&mut self) {
        while let Some(c) = self.rest().chars().next() {
            let start = self.at;
            self.at += c.len_utf8();
            let next = self.rest().chars().next();
            let glued = next.is_some_and(|next| !is_break(next) && next != ')');
            match c {
                // What follows the name of a function is no group.
                '(' if next == Some(')') => self.at += 1,
                '(' => self.open(start, None),
                ')' => self.close(start),
                c if is_quote(c) => self.quote(start),
                '-' | '−' if next == Some(c) => {
                    // Two dashes and more exclude nothing: people paste flags.
                    self.at += self.rest().len() - self.rest().trim_start_matches(c).len();
                }
                '-' | '−' if glued => self.not(Span::new(start, self.at)),
                '-' | '−' => self.nothing(Span::new(start, self.at)),
                '*' => self.everything(start),
                '=' if glued && !next.is_some_and(|next| is_quote(next) || next == '(') => self.word(start),
                '=' | '+' | '~' => {}
                c if is_break(c) || is_lead(c) => {}
                _ => self.word(start),
            }
        }
    }

    fn finish(mut self) -> Parsed {
        let open = self.groups.len() - 1;
        if let Some(group) = self.groups.get(1) {
            let span = Span::new(group.opened, group.opened + 1);
            let closed = format!("{}{}", self.text.trim_end(), ")".repeat(open));
            self.warn("unbalanced", span, "this parenthesis is never closed", Some(closed));
        }
        while self.groups.len() > 1 {
            self.end_group();
        }
        self.check_waiting();
        let clause = self.groups.pop().map_or(Clause::All, Group::clause);
        let mut query = Query { clause, sort: self.sort, limit: self.limit, now: self.now };
        while self.text.len() > MAX_BYTES / 2 && query.to_string().len() > MAX_BYTES {
            // Field names given once and long aliases make the canonical text longer than what was written.
            query.clause = without_last(query.clause);
            let span = Span::new(0, self.text.len());
            self.warn("too-long", span, format!("the query is longer than {MAX_BYTES} bytes when written out"), None);
        }
        self.note_dates(&query);
        self.diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
        Parsed { query, diagnostics: self.diagnostics }
    }

    /// Offers the date reading of bare words that are one. A year alone is left in peace.
    fn note_dates(&mut self, query: &Query) {
        let bare = |clause: &Clause| clause.bare_term().map_or_else(Span::default, |term| term.place.0);
        let places: Vec<Span> = query.parts().iter().map(bare).collect();
        let words: Vec<&str> = places.iter().map(|place| self.slice(*place)).collect();
        for (range, time) in spot(&words) {
            let (Unmarked::Period(_) | Unmarked::Day { .. }, Some(places)) = (&time, places.get(range)) else {
                continue;
            };
            let (Some(first), Some(last)) = (places.first(), places.last()) else { continue };
            let span = Span::new(first.start, last.end);
            let apart =
                self.slice(span).contains(|c: char| !c.is_alphanumeric() && !is_break(c) && !"-./,'’".contains(c));
            if apart || matches!(time, Unmarked::Period(Period::Year(_))) {
                continue;
            }
            let date = Clause::from(time).to_string();
            let message = format!("read as words: {date} keeps to the entries of that time");
            let suggestion = self.replaced(span, &date);
            self.say(Diagnostic::note("date-in-words", span, message).suggesting(suggestion));
        }
    }

    /// Everything, where the star stands alone.
    fn everything(&mut self, start: usize) {
        self.at += self.rest().len() - self.rest().trim_start_matches('*').len();
        if self.rest().chars().next().is_none_or(|next| is_break(next) || next == ')') {
            self.push(Clause::All, Span::new(start, self.at));
        } else {
            let span = Span::new(start, self.at);
            let suggestion = self.replaced(span, "");
            self.warn("leading-star", span, "a star stands at the end of a word only", Some(suggestion));
        }
    }

    /// A phrase, of which the opening quote at `start` was read.
    fn quote(&mut self, start: usize) {
        let rest = self.rest();
        let after_word =
            self.text.get(..start).and_then(|before| before.chars().next_back()).is_some_and(char::is_alphanumeric);
        if after_word && rest.chars().next().is_none_or(is_break) {
            // The inches of a 5" disk.
            return;
        }
        let Some(end) = rest.find(is_quote) else { return self.unclosed_quote(start) };
        let content = rest.get(..end).unwrap_or_default();
        self.at += end + rest.get(end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let slop = value::slop(self.rest()).map_or(0, |(slop, length)| {
            self.at += length;
            slop
        });
        let span = Span::new(start, self.at);
        if !is_searchable(content) {
            return self.nothing(span);
        }
        let text = value::phrase(content);
        let most = value::most_slop(&text);
        if slop > most {
            self.warn("too-far", span, format!("words of so long a phrase are looked for within {most} others"), None);
        }
        let slop = slop.min(most);
        if content.split(is_break).filter(|word| !word.is_empty()).count() > MAX_PHRASE {
            self.warn("too-long", span, format!("only the first {MAX_PHRASE} words of a phrase are read"), None);
        }
        let group_field = self.group().field.filter(|_| start >= self.plain_until);
        match group_field {
            Some(field) => {
                self.at = start;
                self.values(field, start);
            }
            None => self.push(Clause::term(Term { text, mode: Mode::Phrase { slop }, place: Place(span) }), span),
        }
    }

    fn unclosed_quote(&mut self, start: usize) {
        let span = Span::new(
            start,
            start + self.text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8),
        );
        let closed = format!("{}\"", self.text.trim_end());
        self.warn("unbalanced", span, "this quote is never closed", Some(closed));
    }

    /// A word, an operator, or a field with its values.
    fn word(&mut self, start: usize) {
        let run = self.run_of_word(start);
        self.at = start + run.len();
        let group_field = self.group().field.filter(|_| start >= self.plain_until);
        if !run.starts_with('=') {
            if let Some(read) = self.field_of(start, run) {
                return self.field(read.0, start, read.1);
            }
            if group_field.is_none()
                && let Some(colon) = self.unknown_field(start, run)
            {
                self.at = start + colon + 1;
                return self.bare_word(start, run.get(..colon).unwrap_or_default());
            }
        }
        match group_field {
            Some(field) if !is_operator(trim_end(run)) => {
                self.at = start;
                self.values(field, start);
            }
            _ => self.bare_word(start, run),
        }
    }

    /// The characters from `start` up to a space, a quote or a parenthesis.
    fn run_of_word(&mut self, start: usize) -> &'a str {
        let rest = self.text.get(start..).unwrap_or_default();
        let near = rest.get(..rest.floor_char_boundary(MAX_WORD)).unwrap_or_default();
        let ends = |c| is_break(c) || is_quote(c) || matches!(c, '(' | ')');
        if let Some(end) = near.find(ends) {
            return near.get(..end).unwrap_or_default();
        }
        if rest.get(near.len()..).and_then(|after| after.chars().next()).is_some_and(|c| !ends(c)) {
            let span = Span::new(start, start + near.len());
            self.warn("too-long", span, format!("words are read in pieces of at most {MAX_WORD} bytes"), None);
        }
        near
    }

    /// A word that is no field.
    fn bare_word(&mut self, start: usize, run: &'a str) {
        let mut word = trim_end(run);
        if !word.starts_with('=') {
            let (stem, _) = value::stem(word);
            if let Some(star) = stem.find('*') {
                let span = Span::new(start, start + word.len());
                let suggestion = self.replaced(span, &stem.replace('*', " "));
                self.warn("inner-star", span, "a star stands at the end of a word only", Some(suggestion));
                word = trim_end(stem.get(..star).unwrap_or_default());
                self.at = start + star + 1;
            }
        }
        let span = Span::new(start, start + word.len());
        let Some((text, mode)) = bare_term(word) else { return self.nothing(span) };
        let mut term = Term { text, mode, place: Place(span) };
        self.settle(&mut term, word);
        if term.mode == Mode::Word && is_operator(&term.text) {
            return self.operator(span, &term.text);
        }
        self.push(Clause::term(term), span);
    }

    /// Holds a term to the bounds of the language.
    fn settle(&mut self, term: &mut Term, written: &str) {
        let span = term.place.0;
        match term.mode {
            Mode::Word if written.ends_with(['*', '~']) => {
                let message = format!("a prefix or a word with typing errors needs {MIN_PREFIX} letters");
                let suggestion = self.replaced(span, &term.text);
                self.warn("too-short", span, message, Some(suggestion));
            }
            Mode::Prefix | Mode::Fuzzy { .. } if self.expansions >= MAX_EXPANSIONS => {
                term.mode = Mode::Word;
                let message = format!("a query has at most {MAX_EXPANSIONS} prefixes and words with typing errors");
                self.warn("too-many-expansions", span, message, None);
            }
            Mode::Prefix | Mode::Fuzzy { .. } => self.expansions += 1,
            _ => {}
        }
    }

    /// The known field that a run begins with, and where its values begin.
    fn field_of(&self, start: usize, run: &str) -> Option<(Field, usize)> {
        let (name, _) = run.split_once(':')?;
        Some((Field::from_name(name)?, start + name.len() + 1))
    }

    /// Whether a run begins with what looks like a field and is none: its colon. `http://`, `std::`, `12:30` and `a:b` do
    /// not.
    fn unknown_field(&mut self, start: usize, run: &str) -> Option<usize> {
        let (name, value) = run.split_once(':')?;
        let like_a_name = (2..=32).contains(&name.len())
            && name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b'-' | b'_'));
        let quoted_value = value.is_empty() && self.rest().starts_with(|c| is_quote(c) || c == '(');
        let like_a_value = quoted_value || (is_searchable(value) && !value.starts_with([':', '/', '\\']));
        if !like_a_name || !like_a_value || is_operator(name) {
            return None;
        }
        let span = Span::new(start, start + name.len());
        let near =
            nearest(name, FIELDS.iter().flat_map(|row| [row.name].into_iter().chain(row.aliases.iter().copied())));
        let near = near.and_then(Field::from_name).map(Field::name);
        let (message, suggestion) = match near {
            Some(near) => (format!("no field {}: did you mean {near}?", quoted(name)), self.replaced(span, near)),
            None => {
                let with_colon = Span::new(span.start, span.end + 1);
                let suggestion = self.replaced(with_colon, &format!("{name} "));
                (format!("no field {}: searched as words", quoted(name)), suggestion)
            }
        };
        self.warn(UNKNOWN_FIELD, span, message, Some(suggestion));
        Some(name.len())
    }

    /// AND, OR, NOT or NEAR.
    fn operator(&mut self, span: Span, word: &str) {
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

    fn not(&mut self, span: Span) {
        let group = self.group();
        // Twice not is nothing.
        group.not = if group.not.is_some() { None } else { Some(span) };
    }

    /// Warns of operators that still wait for their right side.
    fn check_waiting(&mut self) {
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

    fn dangling(&mut self, span: Span, message: String) {
        let suggestion = self.replaced(span, "");
        self.warn("dangling-operator", span, message, Some(suggestion));
    }

    /// Something with no letter or digit in it.
    fn nothing(&mut self, span: Span) {
        self.group().not = None;
        let sign = match self.slice(span) {
            "||" | "|" => Some("OR"),
            "&&" | "&" => Some("AND"),
            _ => None,
        };
        match sign {
            Some(sign) => {
                let suggestion = self.replaced(span, sign);
                self.warn("nothing-to-search", span, format!("write {sign}"), Some(suggestion));
            }
            None if self.slice(span).chars().all(is_trail) => {}
            None => {
                let message = format!("{} has nothing to search for", quoted(self.slice(span)));
                self.say(Diagnostic::note("nothing-to-search", span, message));
            }
        }
    }

    fn open(&mut self, start: usize, field: Option<Field>) {
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

    fn close(&mut self, start: usize) {
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
    fn end_group(&mut self) {
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
    fn push(&mut self, clause: Clause, span: Span) {
        let negated = self.group().not.take().is_some();
        if self.has_room_for(1, span) {
            self.leaves += 1;
            self.attach(if negated { clause.negated() } else { clause }, span);
        }
    }

    fn has_room_for(&mut self, count: usize, span: Span) -> bool {
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

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn slice(&self, span: Span) -> &'a str {
        span.of(self.text)
    }

    /// The innermost open group.
    fn group(&mut self) -> &mut Group {
        let last = self.groups.len().saturating_sub(1);
        &mut self.groups[last]
    }

    /// The query with something else in one place. Nothing once nobody will be told.
    fn replaced(&self, span: Span, by: &str) -> String {
        if self.diagnostics.len() >= MAX_DIAGNOSTICS {
            return String::new();
        }
        let before = self.text.get(..span.start).unwrap_or_default();
        let after = self.text.get(span.end..).unwrap_or_default();
        let text = squeeze(&format!("{before}{by}{after}"));
        if text.is_empty() { "*".to_owned() } else { text }
    }

    fn warn(&mut self, code: &'static str, span: Span, message: impl Into<String>, suggestion: Option<String>) {
        self.say(Diagnostic { suggestion, ..Diagnostic::warning(code, span, message) });
    }

    fn say(&mut self, diagnostic: Diagnostic) {
        if self.diagnostics.len() < MAX_DIAGNOSTICS && !self.diagnostics.contains(&diagnostic) {
            self.diagnostics.push(diagnostic);
        }
    }
}

/// The clause without the last of its parts.
fn without_last(clause: Clause) -> Clause {
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

fn is_operator(word: &str) -> bool {
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
