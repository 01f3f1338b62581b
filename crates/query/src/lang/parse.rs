//! From text to a query, in one pass, with a stack of its own instead of recursion.

mod fields;
mod groups;

use super::ast::{Clause, Mode, Place, Query, Sort, Term};
use super::chars::{is_break, is_lead, is_quote, is_searchable, squeeze, trim_end};
use super::date::Period;
use super::diagnostic::{Diagnostic, UNKNOWN_FIELD, quoted};
use super::numbers_in_words::month_in_any_language;
use super::spot::{Unmarked, spot};
use super::table::{FIELDS, Field, nearest};
use super::value::{self, Unread, bare_term};
use super::{MAX_BYTES, MAX_DIAGNOSTICS, MAX_EXPANSIONS, MAX_PHRASE, MAX_WORD, MIN_PREFIX, Parsed};
use diary::{CivilDate, EntryId, Span};
use groups::{Group, is_operator, without_last};

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
        let is_asked = self.text.contains(|c: char| !is_break(c) && c != '*');
        if is_asked && self.diagnostics.is_empty() && query == Query::everything() {
            let span = Span::new(0, self.text.len());
            self.say(Diagnostic::note("nothing-to-search", span, "there is no word in it: these are all entries"));
        }
        self.diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
        Parsed { query, diagnostics: self.diagnostics }
    }

    /// Offers the date reading of bare words that are one. A year alone is left in peace.
    fn note_dates(&mut self, query: &Query) {
        let bare = |clause: &Clause| clause.bare_term().map_or_else(Span::default, |term| term.place.0);
        let places: Vec<Span> = query.parts().iter().map(bare).collect();
        let words: Vec<&str> = places.iter().map(|place| self.slice(*place)).collect();
        for (range, time) in spot(&words) {
            let Some((first, last)) = places.get(range).and_then(|places| places.first().zip(places.last())) else {
                continue;
            };
            let span = Span::new(first.start, last.end);
            let apart =
                self.slice(span).contains(|c: char| !c.is_alphanumeric() && !is_break(c) && !"-./,'’".contains(c));
            // What stands behind `date: ` has been told of.
            let is_value = self.text.get(..first.start).is_some_and(|before| before.trim_end().ends_with(':'));
            let (message, instead) = match &time {
                _ if apart || is_value => continue,
                Unmarked::Month(_) | Unmarked::Season(_) | Unmarked::Named(_) | Unmarked::Period(Period::Year(_)) => {
                    continue;
                }
                Unmarked::Today => (
                    "read as day:today: in quotes the words are searched".to_owned(),
                    format!("\"{}\"", self.slice(span)),
                ),
                Unmarked::Period(_) | Unmarked::Day { .. } => {
                    let date = Clause::from(time).to_string();
                    (format!("read as words or that time: {date} keeps to the entries of that time"), date)
                }
            };
            let suggestion = self.replaced(span, &instead);
            self.say(Diagnostic::note("date-in-words", span, message).suggesting(suggestion));
        }
        self.note_ambiguous(&places);
        self.note_no_day(&places);
    }

    /// Says of words that have the form of a day that there is none: `feb 30`.
    fn note_no_day(&mut self, places: &[Span]) {
        for side_by_side in places.windows(3).chain(places.windows(2)) {
            let [first, .., last] = side_by_side else { continue };
            let span = Span::new(first.start, last.end);
            let is_apart =
                side_by_side.iter().any(|place| place.is_empty()) || self.slice(span).contains(['"', '(', ')', ':']);
            let is_told =
                self.diagnostics.iter().any(|said| said.code == value::NO_SUCH_DAY && said.span.overlaps(span));
            let has_month = || side_by_side.iter().any(|place| month_in_any_language(self.slice(*place)).is_some());
            if !is_apart
                && !is_told
                && has_month()
                && let Err(problem) = value::date(self.slice(span))
                && problem.code == value::NO_SUCH_DAY
            {
                let suggestion = problem.instead.map(|month| self.replaced(span, &format!("date:{month}")));
                self.say(Diagnostic { suggestion, ..Diagnostic::note(value::NO_SUCH_DAY, span, problem.message) });
            }
        }
    }

    /// Names both days of bare words that are one of two, as [`value::read`] does for those of a field.
    fn note_ambiguous(&mut self, places: &[Span]) {
        for &span in places {
            let is_told =
                self.diagnostics.iter().any(|said| said.code == value::AMBIGUOUS && said.span.end == span.end);
            if !is_told
                && let Err(why @ Unread::Ambiguous(..)) = value::read_date(self.slice(span))
                && let problem = value::unread(self.slice(span), why)
                && let Some(date) = problem.instead
            {
                let suggestion = self.replaced(span, &format!("date:{date}"));
                self.say(Diagnostic::note("date-in-words", span, problem.message).suggesting(suggestion));
            }
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
            let message = format!("words are read in pieces of at most {MAX_WORD} bytes");
            // A text without blanks has many pieces: that is said once.
            if self.diagnostics.iter().all(|said| said.message != message) {
                self.warn("too-long", span, message, None);
            }
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
        if let Some(id) = EntryId::parse(word).filter(|id| id.date().is_some() && term.mode == Mode::Word) {
            return self.entry(span, &id);
        }
        self.note_other_signs(span);
        self.push(Clause::term(term), span);
    }

    /// The id of an entry, as answers on a pipe have it: `rusty/2003-12-19`.
    fn entry(&mut self, span: Span, id: &EntryId) {
        let message = format!("read as id:{id}: in quotes the words are searched");
        self.say(Diagnostic::note("id-in-words", span, message));
        self.push(Clause::Ids(vec![id.to_string()]), span);
    }

    /// Offers the signs of this language where a word has those of others: `date=1666`, `!plague`.
    fn note_other_signs(&mut self, span: Span) {
        let word = self.slice(span);
        let sign = word.find(['=', '<', '>']).unwrap_or_default();
        let (name, asked) = word.split_at(sign);
        let value = asked.strip_prefix('=').unwrap_or(asked);
        let is_negated = self.text.get(..span.start).is_some_and(|before| before.ends_with('!'));
        let (meant, span, instead) = match Field::from_name(name) {
            Some(_) if is_searchable(value) => ("a field is asked for with a colon", span, format!("{name}:{value}")),
            _ if is_negated => {
                let span = Span::new(span.start - 1, span.end);
                ("a word is left out with a hyphen", span, format!("-{word}"))
            }
            _ => return,
        };
        let suggestion = self.replaced(span, &instead);
        let message = format!("{meant}: {instead}");
        self.say(Diagnostic::note("other-signs", span, message).suggesting(suggestion));
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
