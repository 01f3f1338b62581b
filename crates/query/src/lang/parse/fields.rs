//! Fields and their values.

use super::Parser;
use crate::lang::ast::Clause;
use crate::lang::chars::{is_break, is_lead, is_quote, squeeze};
use crate::lang::parse::groups::is_operator;
use crate::lang::spot::LONGEST;
use crate::lang::table::Field;
use crate::lang::value::{self, RawValue, Reading};
use crate::lang::{MAX_CLAUSES, MAX_DEPTH, MAX_WORD};
use diary::Span;

impl Parser<'_> {
    /// A field that begins at `start`, its values at `value`.
    pub(super) fn field(&mut self, field: Field, start: usize, value: usize) {
        self.at = value;
        let span = Span::new(start, value);
        let name = field.name();
        match self.rest().chars().next() {
            Some('(') if field.is_directive() => self.warn("no-value", span, format!("{name}: takes no group"), None),
            Some('(') => {
                self.at += 1;
                self.open(value, Some(field));
            }
            Some(c) if !is_break(c) && c != ')' => self.values(field, start),
            _ => {
                let (before, after) = (self.text.get(..value), self.rest().trim_start_matches(is_break));
                let message = format!("{name}: has no value behind it");
                let suggestion = match after.chars().next() {
                    Some(c) if c != ')' => squeeze(&format!("{}{after}", before.unwrap_or_default())),
                    _ => self.replaced(span, ""),
                };
                self.warn("no-value", span, message, Some(suggestion));
            }
        }
    }

    /// The values of a field whose text, from its name on, begins at `start`; they are read from here on.
    ///
    /// If none of them can be read, all are read again as words.
    pub(super) fn values(&mut self, field: Field, start: usize) {
        let first = self.at;
        let raws = self.raw_values(field);
        let span = Span::new(start, self.at);
        let (mut clauses, mut problems, mut directive) = (Vec::new(), Vec::new(), false);
        for raw in &raws {
            match value::read(field, raw) {
                Ok(Reading::Clause(mut clause)) => {
                    if let Clause::Text { terms, .. } = &mut clause {
                        terms.iter_mut().for_each(|term| self.settle(term, &raw.bare));
                    }
                    clauses.push(clause);
                }
                Ok(Reading::Sort(sort)) => (self.sort, directive) = (Some(sort), true),
                Ok(Reading::Limit(limit)) => (self.limit, directive) = (Some(limit), true),
                Ok(Reading::Now(now)) => (self.now, directive) = (Some(now), true),
                Err(problem) => problems.push((problem, raw.span)),
            }
        }
        let nothing_read = clauses.is_empty() && !directive;
        for (problem, place) in problems {
            let suggestion = match problem.instead {
                Some(instead) => self.replaced(place, &instead),
                None if field.is_directive() => self.replaced(span, ""),
                None => self.replaced(span, self.slice(Span::new(first, span.end))),
            };
            self.warn(problem.code, place, problem.message, Some(suggestion));
        }
        if field.is_directive() {
            if let Some(not) = self.group().not.take() {
                self.dangling(not, format!("{}: cannot be excluded", field.name()));
            }
        } else if nothing_read {
            self.plain_until = self.at;
            self.at = first;
        } else {
            self.push_values(clauses, span);
        }
    }

    /// Adds the values of one field as a condition: any of them.
    fn push_values(&mut self, mut clauses: Vec<Clause>, span: Span) {
        let room = MAX_CLAUSES.saturating_sub(self.leaves);
        if clauses.len() > room {
            self.has_room_for(clauses.len(), span);
            clauses.truncate(room);
        }
        let count = clauses.len();
        let clause = match value::either(clauses) {
            // Values of two kinds are a group of their own, and so is its canonical text.
            Some(Clause::Or(mut kinds)) if self.groups.len() > MAX_DEPTH => {
                self.warn("too-deep", span, "only the values of one kind are read so deep in parentheses", None);
                Some(kinds.swap_remove(0))
            }
            clause => clause,
        };
        if let Some(clause) = clause {
            self.leaves += count - 1;
            self.push(clause, span);
        }
    }

    fn raw_values(&mut self, field: Field) -> Vec<RawValue> {
        let mut raws = vec![self.raw_value(field)];
        while let Some(after) = self.rest().strip_prefix(',')
            && after.chars().next().is_some_and(|next| !is_break(next) && !matches!(next, ',' | '(' | ')'))
        {
            self.at += 1;
            raws.push(self.raw_value(field));
        }
        raws
    }

    /// One value: everything up to a space, a comma or a parenthesis, quoted parts as they are.
    fn raw_value(&mut self, field: Field) -> RawValue {
        let start = self.at;
        let mut raw = RawValue { span: Span::default(), quoted: None, bare: String::new() };
        if field.is_date()
            && self.rest().starts_with('[')
            && let Some((inside, _)) = self.rest().split_at(self.rest().floor_char_boundary(MAX_WORD)).0.split_once(']')
        {
            raw.bare = format!("{inside}]");
            self.at += raw.bare.len();
        }
        while let Some(c) = self.rest().chars().next() {
            // Commas are part of an address.
            let text = raw.bare.trim_start_matches(|c| c == '=' || is_lead(c));
            let address = text.starts_with("http://") || text.starts_with("https://");
            let ends = is_break(c) || matches!(c, '(' | ')') || (c == ',' && !address);
            // A term is one phrase or one word; a name may have quotes around any part of it.
            let next_term = is_quote(c) && field.is_text() && self.at > start;
            if ends || next_term || raw.bare.len() >= MAX_WORD {
                break;
            }
            self.at += c.len_utf8();
            if !is_quote(c) {
                raw.bare.push(c);
                continue;
            }
            match self.rest().split_once(is_quote) {
                Some((inside, _)) => {
                    self.at += inside.len();
                    self.at += self.rest().chars().next().map_or(0, char::len_utf8);
                    if raw.quoted.is_none() && raw.bare.is_empty() {
                        raw.quoted = Some(inside.to_owned());
                    } else {
                        raw.bare.push_str(inside);
                    }
                }
                None => self.unclosed_quote(self.at - c.len_utf8()),
            }
        }
        raw.span = Span::new(start, self.at);
        if (field.is_date() || field == Field::Day) && raw.quoted.is_none() && !value::says_year(&raw.bare) {
            self.more_of_date(field, &mut raw);
        }
        raw
    }

    /// Takes the words behind a date without quotes that belong to it: `date:14 feb 1663`, `before:august 1665`.
    fn more_of_date(&mut self, field: Field, raw: &mut RawValue) {
        let mut longer = RawValue { span: raw.span, quoted: None, bare: raw.bare.clone() };
        for _ in 1..LONGEST {
            let behind = self.text.get(longer.span.end..).unwrap_or_default();
            let next = behind.trim_start_matches(is_break);
            let ends = |c| is_break(c) || is_quote(c) || matches!(c, ',' | '(' | ')');
            let word = next.split(ends).next().unwrap_or_default();
            let is_plain = word.starts_with(char::is_alphanumeric) && !word.contains(':') && !is_operator(word);
            if next.len() == behind.len() || !is_plain {
                return;
            }
            longer.bare = format!("{} {word}", longer.bare);
            longer.span.end += behind.len() - next.len() + word.len();
            if longer.bare.len() > MAX_WORD {
                return;
            }
            if value::read(field, &longer).is_ok() {
                raw.bare.clone_from(&longer.bare);
                raw.span = longer.span;
                self.at = raw.span.end;
            }
        }
    }
}
