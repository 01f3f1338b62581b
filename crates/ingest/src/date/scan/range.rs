//! The last day of several: what may follow the first.

use super::{DASHES, Reader};
use crate::date::token::{Kind, Token};
use crate::date::{Parts, names};

/// The words between the first and the last day of several.
pub(super) const SPANS: &[&str] = &["to", "till", "until", "through", "thru", "bis", "au", "al", "tot", "til"];

impl Reader<'_> {
    /// What may follow a day: `-20TH`, ` and 11th`, `, 30.`, ` to December 1st`.
    pub(super) fn range(&mut self) {
        let is_weekday = |word: &str| names::full_weekday(word).is_some();
        loop {
            let Some(token) = self.peek(0) else { return };
            let spaced = token.space_before;
            let dash = token.is_mark(DASHES);
            let comma = token.is_mark(&[',']);
            let word = token.word().is_some_and(|word| {
                [
                    "to", "and", "till", "until", "bis", "au", "und", "et", "y", "e", "a", "al", "through", "thru",
                    "en", "och", "ac", "t",
                ]
                .contains(&word)
            }) || token.is_mark(&['&', '+']);
            // "_January_ 31 _[to February_ 9": marks of dress before the joining word.
            let mut ahead = 0;
            let mut joins = dash || comma || word;
            if !joins && token.is_mark(&['_', '[', '*', '(']) {
                while self.peek(ahead).is_some_and(|t| t.is_mark(&['_', '[', '*', '('])) {
                    ahead += 1;
                }
                joins =
                    self.peek(ahead).and_then(Token::word).is_some_and(|w| ["to", "and", "till", "until"].contains(&w));
            }
            if !joins {
                return;
            }
            let mut next = ahead + 1;
            // ", and 25": both; and dress after the joining word.
            while self.peek(next).is_some_and(|t| {
                t.is_mark(&['_', '*', ']', '['])
                    || t.word().is_some_and(is_weekday) && self.found.weekday.is_some()
                    || t.is_mark(&[',']) && self.peek(next - 1).and_then(Token::word).is_some_and(is_weekday)
                    || comma && t.word().is_some_and(|w| ["and", "to"].contains(&w))
                    || t.word() == Some("the")
            }) {
                next += 1;
            }
            // ", and Sunday, August 25"
            let listed = comma && self.peek(1).and_then(Token::word).is_none_or(|word| word != "and" && word != "to");
            let month = self.month_at(next).filter(|(_, bad)| !bad && !listed);
            if month.is_some() {
                next += 1;
                while self.peek(next).is_some_and(|t| t.is_mark(&['.', '_', '*'])) {
                    next += 1;
                }
            }
            let Some(&Token { kind: Kind::Number { value, figures, ordinal, .. }, .. }) = self.peek(next) else {
                return;
            };
            // "[May 10—27th day]" counts the days of a journey.
            if self.peek(next + 1).and_then(Token::word) == Some("day") {
                return;
            }
            let later = month.is_some() || value > self.found.last.unwrap_or(self.found.first).day.unwrap_or(0);
            let ends = ordinal
                || self.closes(next + 1)
                || self.month_at(next + 1).is_some()
                || self.peek(next + 1).and_then(Token::word).is_some_and(|w| ["and", "of", "to"].contains(&w));
            let tight = dash && !spaced;
            // ", 1861" is a year and ": 3 eggs" is text; a comma needs a closed number, a loose dash an end.
            if figures > 2 || !(1..=31).contains(&value) || !later || !(ends || tight && self.closes(next + 1)) {
                return;
            }
            let month = month
                .map(|(month, _)| month)
                .or(self.found.last.and_then(|last| last.month))
                .or(self.found.first.month);
            self.found.last = Some(Parts { year: None, month, day: Some(value) });
            self.take(next + 1);
        }
    }

    /// What may follow a whole date: `_May 29, 1915_, and _May 30, 1915_`.
    pub(super) fn second_date(&mut self) {
        let dress = |ahead: usize| self.peek(ahead).is_some_and(|token| token.is_mark(&['_', '*', ',']));
        let joint = (0..4).find(|&ahead| !dress(ahead)).unwrap_or_default();
        let joined = self.peek(joint).and_then(Token::word).is_some_and(|word| matches!(word, "and" | "to"));
        if !joined || !self.found.first.is_whole() || self.found.last.is_some() {
            return;
        }
        let second = Self::read(self.line, self.tokens, self.at + joint + 1);
        let day = |parts: Parts| (parts.year, parts.month, parts.day);
        if let Some(second) =
            second.filter(|second| second.first.is_whole() && day(self.found.first) < day(second.first))
        {
            self.found.last = Some(second.first);
            self.end = second.span.end;
            self.at = self.tokens.iter().position(|token| token.start >= self.end).unwrap_or(self.tokens.len());
        }
    }

    /// What may follow a day and its month: ` - 30 May`, ` to Monday 2 June`.
    pub(super) fn range_behind_month(&mut self) {
        // "10th Sept. to 23rd Sept."
        let spans = |token: &Token| token.word().is_some_and(|word| SPANS.contains(&word));
        if self.peek(0).is_some_and(|token| token.is_mark(&['.'])) && self.peek(1).is_some_and(spans) {
            self.at += 1;
        }
        let joined = self.peek(0).is_some_and(|token| token.is_mark(DASHES) || spans(token));
        if !joined || self.found.first.day.is_none() || self.found.last.is_some() {
            return;
        }
        let weekday =
            usize::from(self.peek(1).and_then(Token::word).is_some_and(|word| names::weekday(word).is_some()));
        let stop = usize::from(weekday == 1 && self.peek(2).is_some_and(|token| token.is_mark(&['.', ','])));
        let at = 1 + weekday + stop;
        let Some(day @ 1..=31) = self.peek(at).and_then(Token::number) else { return };
        let stop = usize::from(self.peek(at + 1).is_some_and(|token| token.is_mark(&['.'])));
        if let Some((month, false)) = self.month_at(at + 1 + stop) {
            self.found.last = Some(Parts { year: None, month: Some(month), day: Some(day) });
            self.take(at + 2 + stop);
        }
    }
}
