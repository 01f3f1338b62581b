//! Dates in figures, and the time of day that may stand inside a date.

use super::Reader;
use crate::date::path::ends_of_week;
use crate::date::token::{Kind, Token};
use crate::date::{Parts, short_year, stamp};
use diary::{Calendar, CivilDate};

impl Reader<'_> {
    /// The time of day before the rest of a date: `Tuesday, 8 p.m., August 18th`, `Monday, 6 o'clock, March 4`.
    pub(super) fn clock(&mut self) -> bool {
        let Some(length) = self.clock_length() else { return false };
        let goes_on = (length..length + 3).any(|ahead| self.month_at(ahead).is_some_and(|(_, bad)| !bad));
        let here = goes_on && self.found.first == Parts::default() && self.found.weekday.is_some();
        self.at += if here { length } else { 0 };
        here
    }

    /// How many tokens the hour here takes, by what stands behind it: `3 P.M.`, `6.30 am`, `7 o'clock`.
    pub(super) fn clock_length(&self) -> Option<usize> {
        self.peek(0).and_then(Token::number).filter(|hour| (1..=12).contains(hour))?;
        let word = |ahead: usize| self.peek(ahead).and_then(Token::word);
        let stop = |ahead: usize| usize::from(self.peek(ahead).is_some_and(|token| token.is_mark(&['.'])));
        let minutes = matches!((self.separator(1), self.figure(2)), (Some('.'), Some((_, 2, false))))
            || self.peek(1).is_some_and(|token| token.is_mark(&[':'])) && self.figure(2).is_some();
        let at = if minutes { 3 } else { 1 };
        let apostrophe = self.peek(at + 1).is_some_and(|token| token.is_mark(&['\'', '’']));
        match word(at)? {
            "am" | "pm" => Some(at + 1 + stop(at + 1)),
            "a" | "p" if stop(at + 1) == 1 && word(at + 2) == Some("m") => Some(at + 3 + stop(at + 3)),
            "o" if apostrophe && word(at + 2) == Some("clock") => Some(at + 3),
            _ => None,
        }
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
        let Some(&Token { kind: Kind::Number { value, figures, ordinal: false, .. }, start, .. }) = self.peek(0) else {
            return false;
        };
        matches!(figures, 4 | 8) && self.stamped(start)
            || figures == 4 && self.day_of_week(value)
            || figures == 6 && self.six_figures(value)
            || self.year_and_month(value, figures)
            || self.day_in_both_calendars(value)
            || self.day_and_month(value, figures)
            || self.spaced_figures(value)
    }

    /// `2003-12-19`, `20031219`, and `2003-13-45`: in the shape of a date, but there is no such day.
    fn stamped(&mut self, start: usize) -> bool {
        let tail = &self.line[start..];
        let stop = tail
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | '_' | 'T')))
            .unwrap_or(tail.len());
        let text = tail[..stop].trim_end_matches(['.', '-', '/', '_']);
        let (parts, length) = match stamp::iso(text).filter(|parts| parts.day.is_some()) {
            Some(parts) => (parts, text.split('T').next().map_or(0, str::len)),
            None => {
                let mut figures = text.split('-').map(|part| part.parse::<u32>().ok());
                let (Some(Some(year)), Some(Some(month)), Some(Some(day)), None, 10) =
                    (figures.next(), figures.next(), figures.next(), figures.next(), text.len())
                else {
                    return false;
                };
                (Parts { year: i32::try_from(year).ok(), month: Some(month), day: Some(day) }, text.len())
            }
        };
        // "1657-8-9-60-61": years in a row.
        if text
            .split('-')
            .nth(3)
            .and_then(|hour| hour.parse::<u32>().ok())
            .is_some_and(|hour| (25..100).contains(&hour))
        {
            return false;
        }
        self.found.first = parts;
        self.at = self.tokens.iter().position(|t| t.start >= start + length).unwrap_or(self.tokens.len());
        self.end = start + length;
        true
    }

    /// `2011-W09-6`: the sixth day of a week.
    fn day_of_week(&mut self, year: u32) -> bool {
        let week = self.peek(2).and_then(Token::word) == Some("w");
        let (Some('-'), Some((number, 1..=2, false)), Some('-'), Some((day @ 1..=7, 1, false))) =
            (self.separator(1), self.figure(3), self.separator(4), self.figure(5))
        else {
            return false;
        };
        let calendar = Calendar::Gregorian;
        let monday = i32::try_from(year).ok().and_then(|year| ends_of_week(year, number)).map(|[monday, _]| monday);
        let date = monday.filter(|_| week).and_then(|monday| {
            let monday = calendar.day(CivilDate::new(monday.year?, monday.month?, monday.day?)?)?;
            Some(calendar.civil(monday.plus(i64::from(day) - 1)))
        });
        self.found.first = date.map_or(self.found.first, |date| Parts::ymd(date.year(), date.month(), date.day()));
        if date.is_some() {
            self.take(6);
        }
        date.is_some()
    }

    /// `050314`, `050314: Rain`: year, month and day in two figures each, and nothing else before a mark.
    fn six_figures(&mut self, value: u32) -> bool {
        let (year, month, day) = (value / 10_000, value / 100 % 100, value % 100);
        let marked = self.peek(1).is_none_or(|token| token.is_mark(&[':', '-', '–', '—', ')', ']']));
        let alone = self.at == 0 && self.found.weekday.is_none() && marked;
        let is_date = alone && (1..=12).contains(&month) && (1..=31).contains(&day);
        if is_date {
            self.found.first = Parts { year: Some(short_year(year)), month: Some(month), day: Some(day) };
            self.found.short_year = true;
            self.take(1);
        }
        is_date
    }

    /// `2003-12`, `2001. 5. 3.`
    fn year_and_month(&mut self, year: u32, figures: usize) -> bool {
        let (Some(mark), Some((month @ 1..=12, month_figures, _))) = (self.separator(1), self.figure(2)) else {
            return false;
        };
        let double = (year + 1) % 100 == month && year < 1753;
        let (day, count) = match self.figure(4) {
            _ if figures != 4 => return false,
            _ if mark != '.' && month_figures == 2 && (1000..=2999).contains(&year) && !double => (None, 3),
            Some((day @ 1..=31, 1..=2, _)) if mark == '.' && self.peek(3).is_some_and(|dot| dot.is_mark(&['.'])) => {
                (Some(day), 5)
            }
            _ => return false,
        };
        self.found.first = Parts { year: i32::try_from(year).ok(), month: Some(month), day };
        self.take(count);
        true
    }

    /// "3/15 May 1890": the day in both calendars.
    fn day_in_both_calendars(&mut self, old: u32) -> bool {
        let (Some('/'), Some((new @ ..=31, ..))) = (self.separator(1), self.figure(2)) else { return false };
        let dual = (10..=13).contains(&new.saturating_sub(old)) && self.month_at(3).is_some_and(|(_, bad)| !bad);
        if dual {
            self.found.first.day = Some(new);
            self.take(3);
        }
        dual
    }

    /// `May 3/15, 1890`, `Oct. 26/Nov. 5, 1698`: the day in both calendars, of which the new one counts.
    pub(super) fn dual_day(&mut self) -> bool {
        let stop = |ahead: usize| usize::from(self.peek(ahead).is_some_and(|token| token.is_mark(&['.'])));
        let month = |ahead: usize| self.month_at(ahead).filter(|(_, bad)| !bad).map(|(month, _)| month);
        let leading = month(1);
        let at = if leading.is_some() { 2 + stop(2) } else { 1 };
        let Some(day) = self.peek(at).and_then(Token::number).filter(|day| (1..=31).contains(day)) else {
            return false;
        };
        let trailing = if leading.is_none() { month(at + 1) } else { None };
        let end = if trailing.is_some() { at + 2 + stop(at + 2) } else { at + 1 };
        let comma = usize::from(self.peek(end).is_some_and(|token| token.is_mark(&[','])));
        let year = matches!(self.peek(end + comma).map(|token| &token.kind), Some(Kind::Number { figures: 4, .. }));
        let Parts { month: Some(old_month), day: Some(old), .. } = self.found.first else { return false };
        let month = leading.or(trailing).unwrap_or(old_month);
        let apart = match (12 + month - old_month) % 12 {
            0 => (10..=13).contains(&day.saturating_sub(old)),
            1 => (8..=13).contains(&(30 + day).saturating_sub(old)),
            _ => false,
        };
        let dual = apart && (year || month != old_month);
        if dual {
            self.found.first = Parts { month: Some(month), day: Some(day), ..self.found.first };
            self.take(end);
        }
        // "Dec. 26/Jan. 5, 1698": the year is that of the old one.
        if dual
            && month < old_month
            && let Some(year) = self.peek(comma).and_then(Token::number)
        {
            self.found.first.year = i32::try_from(year + 1).ok();
            self.take(comma + 1);
            self.double_year(year);
        }
        dual
    }

    /// `19.12.2003`, `12/19/03`, `31.10.`
    fn day_and_month(&mut self, one: u32, figures: usize) -> bool {
        let (Some(mark), Some((two, two_figures, spaced))) = (self.separator(1), self.figure(2)) else { return false };
        if figures > 2 || two_figures > 2 || spaced && mark != '.' || one == 0 || two == 0 {
            return false;
        }
        let (day, month, ambiguous) = match (one, two) {
            (1..=31, 1..=12) if one > 12 || mark == '.' => (one, two, false),
            (1..=12, 13..=31) => (two, one, false),
            (1..=12, 1..=12) => (one, two, one != two),
            _ => return false,
        };
        let third = self.figure(4).filter(|(_, _, spaced)| self.separator(3) == Some(mark) && (!spaced || mark == '.'));
        // "27/09/'16"
        let cut = self.peek(4).is_some_and(|token| token.is_mark(&['\'', '’', '‘']));
        let cut = self.figure(5).filter(|(_, figures, _)| cut && *figures == 2 && self.separator(3) == Some(mark));
        let (year, short, count) = match third {
            None if let Some((year, ..)) = cut => (Some(short_year(year)), true, 6),
            Some((year @ 1..=9999, 4, _)) => (i32::try_from(year).ok(), false, 5),
            Some((year, 2, _)) => (Some(short_year(year)), true, 5),
            _ if mark == '/' => (None, false, 3),
            // "31.10." is a date, "3.5" a number.
            _ if mark == '.' && self.separator(3) == Some('.') && one <= 31 && two <= 12 => (None, false, 4),
            _ => return false,
        };
        self.found.first = Parts { year, month: Some(month), day: Some(day) };
        self.found.ambiguous |= ambiguous;
        self.found.short_year |= short;
        self.take(count);
        true
    }

    /// `1659-60`, `1659/60`, `1659–1660`, `1615[6]`: the year that began in January is the second.
    pub(super) fn double_year(&mut self, year: u32) {
        let joins = |ahead: usize| self.peek(ahead).is_some_and(|t| t.is_mark(&['-', '–', '—', '/', '‐', '‑', '[']));
        let count = (0..3).take_while(|&ahead| joins(ahead)).count();
        let Some(second) = self.peek(count).filter(|_| count > 0).and_then(Token::number) else { return };
        let next = year + 1;
        if second == next || second == next % 100 || second == next % 10 {
            self.found.first.year = i32::try_from(next).ok();
            self.found.double_year = true;
            self.take(count + 1);
        }
    }

    /// `5 / 1 / 13`: three numbers, and nothing else on the line.
    fn spaced_figures(&mut self, one: u32) -> bool {
        let slash = |ahead: usize| self.peek(ahead).is_some_and(|token| token.is_mark(&['/']) && token.space_before);
        let (Some((two, 1..=2, true)), Some((year, figures @ (2 | 4), true))) = (self.figure(2), self.figure(4)) else {
            return false;
        };
        let (day, month) = if two > 12 { (two, one) } else { (one, two) };
        let is_date = (1..=31).contains(&day) && (1..=12).contains(&month) && self.at == 0 && self.peek(5).is_none();
        if !(is_date && slash(1) && slash(3)) {
            return false;
        }
        self.found.short_year = figures == 2;
        let year = if figures == 2 { Some(short_year(year)) } else { i32::try_from(year).ok() };
        self.found.first = Parts { year, month: Some(month), day: Some(day) };
        self.found.ambiguous = day <= 12 && day != month;
        self.take(5);
        true
    }

    /// Whether a time of day stands so many tokens ahead.
    pub(super) fn is_time_at(&self, ahead: usize) -> bool {
        let colon = self.peek(ahead + 1).is_some_and(|token| token.is_mark(&[':']) && !token.space_before);
        self.figure(ahead).is_some() && colon && self.figure(ahead + 2).is_some_and(|(_, figures, _)| figures == 2)
    }

    /// The mark that joins figures, so many tokens ahead.
    fn separator(&self, ahead: usize) -> Option<char> {
        match self.peek(ahead).map(|t| (&t.kind, t.space_before)) {
            Some((Kind::Mark(mark @ ('/' | '.' | '-')), false)) => Some(*mark),
            _ => None,
        }
    }

    /// A number so many tokens ahead: its value, its figures, and whether a space stands before it.
    fn figure(&self, ahead: usize) -> Option<(u32, usize, bool)> {
        match self.peek(ahead).map(|t| (&t.kind, t.space_before)) {
            Some((Kind::Number { value, figures, ordinal: false, .. }, spaced)) => Some((*value, *figures, spaced)),
            _ => None,
        }
    }
}
