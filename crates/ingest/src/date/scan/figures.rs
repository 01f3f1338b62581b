//! Dates in figures, and the time of day that may stand inside a date.

use super::Reader;
use crate::date::token::{Kind, Token};
use crate::date::{Parts, short_year, stamp};

impl Reader<'_> {
    /// `8 p.m.` before the rest of a date: `Tuesday, 8 p.m., August 18th`.
    pub(super) fn clock(&mut self) -> bool {
        let word = |ahead: usize| self.peek(ahead).and_then(Token::word);
        let stop = |ahead: usize| usize::from(self.peek(ahead).is_some_and(|token| token.is_mark(&['.'])));
        let length = match word(1) {
            Some("am" | "pm") => 2 + stop(2),
            Some("a" | "p") if stop(2) == 1 && word(3) == Some("m") => 4 + stop(4),
            _ => return false,
        };
        let hour = self.peek(0).and_then(Token::number).is_some_and(|hour| (1..=12).contains(&hour));
        let goes_on = (length..length + 2).any(|ahead| self.month_at(ahead).is_some_and(|(_, bad)| !bad));
        let here = hour && goes_on && self.found.first == Parts::default() && self.found.weekday.is_some();
        self.at += if here { length } else { 0 };
        here
    }

    /// `22:31:05 EST 1893`: the time of day and its zone, before the year.
    pub(super) fn time_before_year(&mut self) -> bool {
        let Parts { year: None, month: Some(_), day: Some(_) } = self.found.first else { return false };
        let two = |ahead: usize| matches!(self.peek(ahead).map(|t| &t.kind), Some(Kind::Number { figures: 2, .. }));
        let mut ahead = 0;
        while two(ahead) && self.peek(ahead + 1).is_some_and(|token| token.is_mark(&[':'])) {
            ahead += 2;
        }
        if ahead == 0 || !two(ahead) {
            return false;
        }
        ahead += 1;
        if self.peek(ahead).and_then(Token::word).is_some_and(|zone| zone.len() <= 5) {
            ahead += 1;
        } else if self.peek(ahead).is_some_and(|token| token.is_mark(&['+', '-'])) {
            ahead += 2;
        }
        let year = matches!(self.peek(ahead).map(|t| &t.kind), Some(Kind::Number { figures: 4, ordinal: false, .. }));
        // The year itself is for the next step.
        self.at += if year { ahead } else { 0 };
        year
    }

    /// Dates in figures: `2003-12-19`, `19.12.2003`, `12/19/03`, `31.10.`, `20031219`.
    pub(super) fn numeric(&mut self) -> bool {
        let first = self.found.first;
        if first.day.is_some() || first.month.is_some() || first.year.is_some() {
            return false;
        }
        let Some(token) = self.peek(0) else { return false };
        let (start, one) = (token.start, token.number().unwrap_or(0));
        let Some(&Token { kind: Kind::Number { figures, ordinal, .. }, .. }) = self.peek(0) else { return false };
        if ordinal {
            return false;
        }
        if figures == 4 || figures == 8 {
            let tail = &self.line[start..];
            let stop =
                tail.find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | 'T'))).unwrap_or(tail.len());
            let text = tail[..stop].trim_end_matches(['.', '-', '/']);
            if let Some(parts) = stamp::iso(text).filter(|parts| parts.day.is_some()) {
                let length = text.split('T').next().map_or(0, str::len);
                self.found.first = parts;
                self.at = self.tokens.iter().position(|t| t.start >= start + length).unwrap_or(self.tokens.len());
                self.end = start + length;
                return true;
            }
            // `2003-13-45`: in the shape of a date, but there is no such day.
            let mut parts = text.split('-').map(|part| part.parse::<u32>().ok());
            if let (Some(Some(year)), Some(Some(month)), Some(Some(day)), None) =
                (parts.next(), parts.next(), parts.next(), parts.next())
                && text.len() == 10
            {
                self.found.first = Parts { year: i32::try_from(year).ok(), month: Some(month), day: Some(day) };
                self.at = self.tokens.iter().position(|t| t.start >= start + 10).unwrap_or(self.tokens.len());
                self.end = start + 10;
                return true;
            }
        }
        let separator = |ahead: usize| match self.peek(ahead).map(|t| (&t.kind, t.space_before)) {
            Some((Kind::Mark(mark @ ('/' | '.' | '-')), false)) => Some(*mark),
            _ => None,
        };
        let value = |ahead: usize| match self.peek(ahead).map(|t| (&t.kind, t.space_before)) {
            Some((Kind::Number { value, figures, ordinal: false, .. }, spaced)) => Some((*value, *figures, spaced)),
            _ => None,
        };
        let (Some(mark), Some((two, two_figures, spaced))) = (separator(1), value(2)) else { return false };
        if figures == 4 && mark != '.' && two_figures == 2 && (1..=12).contains(&two) && (1000..=2999).contains(&one) {
            let double = (one + 1) % 100 == two && one < 1753;
            if !double {
                self.found.first = Parts { year: i32::try_from(one).ok(), month: Some(two), day: None };
                self.take(3);
                return true;
            }
        }
        // "2001. 5. 3."
        if let (4, '.', Some((day @ 1..=31, 1..=2, _)), true) = (figures, mark, value(4), (1..=12).contains(&two))
            && self.peek(3).is_some_and(|token| token.is_mark(&['.']))
        {
            self.found.first = Parts { year: i32::try_from(one).ok(), month: Some(two), day: Some(day) };
            self.take(5);
            return true;
        }
        // "3/15 May 1890": the day in both calendars.
        let dual = mark == '/' && (10..=13).contains(&two.saturating_sub(one)) && two <= 31;
        if dual && self.month_at(3).is_some_and(|(_, bad)| !bad) {
            self.found.first.day = Some(two);
            self.take(3);
            return true;
        }
        if figures > 2 || two_figures > 2 || spaced && mark != '.' || one == 0 || two == 0 {
            return false;
        }
        let third =
            (separator(3) == Some(mark)).then(|| value(4)).flatten().filter(|(_, _, spaced)| !spaced || mark == '.');
        let mut count = 3;
        match third {
            Some((year, 4, _)) if (1..=9999).contains(&year) => {
                self.found.first.year = i32::try_from(year).ok();
                count = 5;
            }
            Some((year, 2, _)) => {
                self.found.first.year = Some(short_year(year));
                self.found.short_year = true;
                count = 5;
            }
            _ if mark == '/' => {}
            // "31.10." is a date, "3.5" a number.
            _ if mark == '.' && separator(3) == Some('.') && (1..=31).contains(&one) && (1..=12).contains(&two) => {
                count = 4
            }
            _ => {
                return false;
            }
        }
        let (day, month) = match (one, two) {
            (1..=31, 1..=12) if one > 12 || mark == '.' => (one, two),
            (1..=12, 13..=31) => (two, one),
            (1..=12, 1..=12) => {
                self.found.ambiguous = one != two;
                (one, two)
            }
            (1..=31, 13..=99) | (32..=99, _) => {
                self.found.first.year = None;
                self.found.short_year = false;
                return false;
            }
            _ => (one, two),
        };
        self.found.first.day = Some(day);
        self.found.first.month = Some(month);
        self.take(count);
        true
    }
}
