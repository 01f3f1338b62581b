//! The grammar of date headings: reads the date that a line begins with, in any order and dress, and says where it ends.

use super::lead::lead;
use super::names::{self, plain};
use super::token::{Kind, Token, tokens};
use super::{Parts, Written, japanese, stamp};
use diary::{Span, Weekday};

/// A line is looked at no further than this many bytes: no date heading is longer.
const REACH: usize = 160;

/// The date that a line begins with, decorations and an article aside.
pub(crate) fn scan(line: &str) -> Option<Written> {
    let head = reach(line);
    // Hardly any line of text has a figure near its beginning; those without are settled quickly.
    let figures = head.chars().take(64).any(|c| c.is_numeric() || ('\u{3000}'..'\u{A000}').contains(&c));
    let first = || plain(head.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty()).unwrap_or_default());
    if !figures && head.len() > 48 && names::month(&first()).is_none() {
        return None;
    }
    if let Some(written) = japanese::scan(head) {
        return Some(written);
    }
    let tokens = tokens(head);
    let mut reader = Reader { line: head, at: lead(&tokens)?, tokens: &tokens, found: Written::default(), end: 0 };
    reader.run();
    reader.finish()
}

/// The first whole date (day, month and year) anywhere in a line that does not begin with one.
pub(crate) fn scan_within(line: &str) -> Option<Written> {
    let head = reach(line);
    let tokens = tokens(head);
    (1..tokens.len()).find_map(|at| {
        let opens = matches!(tokens[at].kind, Kind::Word(_) | Kind::Number { .. });
        if !opens || !tokens[at].space_before && !matches!(tokens[at - 1].kind, Kind::Mark(_)) {
            return None;
        }
        let mut reader = Reader { line: head, at, tokens: &tokens, found: Written::default(), end: 0 };
        reader.run();
        reader.finish().filter(|written| written.first.is_whole() && !written.short_year)
    })
}

fn reach(line: &str) -> &str {
    let mut end = line.len().min(REACH);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    &line[..end]
}

struct Reader<'a> {
    line: &'a str,
    tokens: &'a [Token],
    at: usize,
    found: Written,
    /// The byte after the last token that became part of the date.
    end: usize,
}

const DASHES: &[char] = &['-', '–', '—', '―', '‐', '‑', '−', '~', '〜', '～'];

impl Reader<'_> {
    fn run(&mut self) {
        self.found.span.start = self.tokens.get(self.at).map_or(0, |token| token.start);
        while let Some(token) = self.tokens.get(self.at) {
            let goes_on = match &token.kind {
                Kind::Number { .. } => self.time_before_year() || self.numeric() || self.number(),
                Kind::Word(_) => {
                    self.feast()
                        || self.lords_day()
                        || self.month()
                        || self.roman_month()
                        || self.weekday()
                        || self.small_word()
                }
                Kind::Mark(mark) => self.mark(*mark),
            };
            if !goes_on {
                break;
            }
        }
    }

    fn take(&mut self, count: usize) {
        self.at += count;
        if let Some(token) = self.tokens.get(self.at - 1) {
            self.end = token.end;
            self.found.repaired |= token.mended;
        }
    }

    fn peek(&self, ahead: usize) -> Option<&Token> {
        self.tokens.get(self.at + ahead)
    }

    fn after_stop(&self) -> bool {
        self.at > 0 && self.tokens[self.at - 1].is_mark(&['.', ';']) && self.end > 0
    }

    /// Whether what stands `ahead` closes a date: the end of the line, or a mark.
    fn closes(&self, ahead: usize) -> bool {
        self.peek(ahead).is_none_or(|token| matches!(token.kind, Kind::Mark(_)))
    }

    fn month_at(&self, ahead: usize) -> Option<(u32, bool)> {
        let word = self.peek(ahead)?.word()?;
        if let Some(month) = names::month(word) {
            return Some((month, false));
        }
        names::misspelt_month(word).map(|month| (month, true))
    }

    fn month(&mut self) -> bool {
        let Some((month, misspelt)) = self.month_at(0) else { return false };
        if self.found.first.month.is_some() || self.found.first.is_whole() {
            return false;
        }
        let word = self.peek(0).and_then(Token::word).unwrap_or_default();
        // "Mawrth 3 Ebrill", "mar. 3 juin": the word is a weekday when another month follows.
        if names::weekday(word).is_some()
            && self.found.weekday.is_none()
            && (1..5).any(|ahead| self.month_at(ahead).is_some_and(|(_, bad)| !bad))
        {
            return false;
        }
        let followed = self.peek(1).is_some_and(|token| token.number().is_some()) || self.closes(1);
        if self.after_stop() && self.found.ordinal && !followed {
            return false;
        }
        // A misspelling counts only beside a day; "march" and "may" in lower case are words, unless a day is near.
        if misspelt && self.found.first.day.is_none() && self.peek(1).is_none_or(|token| token.number().is_none()) {
            return false;
        }
        self.found.first.month = Some(month);
        self.found.repaired |= misspelt;
        self.take(1);
        // "July I": a Roman one, or a slip for 1.
        let dress = usize::from(self.peek(0).is_some_and(|token| token.is_mark(&['_', '*'])));
        if self.found.first.day.is_none()
            && self.peek(dress).and_then(Token::word) == Some("i")
            && self.closes(dress + 1)
        {
            self.found.first.day = Some(1);
            self.found.repaired = true;
            self.take(dress + 1);
        }
        true
    }

    fn weekday(&mut self) -> bool {
        let Some(word) = self.peek(0).and_then(Token::word) else { return false };
        let pointed = self.peek(1).is_some_and(|token| token.is_mark(&['.', ',']));
        let exact = names::weekday(word)
            .or_else(|| names::short_weekday(word).filter(|_| pointed && self.found.first.day.is_none()));
        let near_date = self.found.first.day.is_some() || self.peek(1).is_some();
        let weekday = exact.or_else(|| names::misspelt_weekday(word).filter(|_| near_date));
        let Some(weekday) = weekday else { return false };
        let dated = self.found.first.day.is_some();
        let late = dated && (self.after_stop() || word.len() <= 4);
        let bracketed = self.at > 0 && self.tokens[self.at - 1].is_mark(&['(', '[', '_', ',']);
        if self.found.weekday.is_some() || late && !bracketed && !self.closes(1) {
            return false;
        }
        self.found.weekday = Some(weekday);
        self.found.repaired |= exact.is_none();
        self.take(1);
        // Portuguese "segunda-feira".
        if self.peek(0).is_some_and(|t| t.is_mark(DASHES)) && self.peek(1).and_then(Token::word) == Some("feira") {
            self.take(2);
        }
        true
    }

    fn lords_day(&mut self) -> bool {
        let Some(word) = self.peek(0).and_then(Token::word) else { return false };
        if !matches!(word, "lord" | "lords" | "lordes") || self.found.weekday.is_some() {
            return false;
        }
        for ahead in 1..=4 {
            match self.peek(ahead).map(|token| &token.kind) {
                Some(Kind::Word(word)) if word == "day" => {
                    self.found.weekday = Some(Weekday::Sun);
                    self.take(ahead + 1);
                    return true;
                }
                Some(Kind::Word(word)) if word == "s" => {}
                Some(Kind::Mark('\'' | '’' | '‘' | '-' | '‐' | '‑')) => {}
                _ => return false,
            }
        }
        false
    }

    fn feast(&mut self) -> bool {
        if self.found.feast.is_some() {
            return false;
        }
        let mut words = Vec::new();
        let mut places = Vec::new();
        for ahead in 0..8 {
            match self.peek(ahead).map(|token| &token.kind) {
                Some(Kind::Word(word)) => {
                    words.push(word.as_str());
                    places.push(ahead);
                }
                Some(Kind::Mark('\'' | '’' | '-' | '‐' | '‑')) => {}
                _ => break,
            }
        }
        let Some((feast, count, weekday)) = names::feast(&words) else { return false };
        let ahead = places[count - 1] + 1;
        self.found.feast = Some(feast);
        if self.found.weekday.is_none() {
            self.found.weekday = weekday;
        }
        self.take(ahead);
        true
    }

    /// Connecting words, and those that say which part of a month.
    fn small_word(&mut self) -> bool {
        let Some(word) = self.peek(0).and_then(Token::word) else { return false };
        let begun = self.end > 0;
        let part =
            ["early", "mid", "late", "mitte", "anfang", "ende", "debut", "fin", "mi", "middle", "beginning", "end"];
        if !begun && part.contains(&word) {
            let month = (1..4).find(|&ahead| self.month_at(ahead).is_some_and(|(_, bad)| !bad));
            let between = |ahead: usize| {
                self.peek(ahead).is_some_and(|t| matches!(t.word(), Some("of" | "de" | "the")) || t.is_mark(DASHES))
            };
            if month.is_some_and(|at| {
                (1..at).all(between) && self.peek(at + 1).is_none_or(|t| t.number().is_none_or(|n| n > 31))
            }) {
                self.found.vague = Some(match word {
                    "early" | "anfang" | "debut" | "beginning" => 5,
                    "late" | "ende" | "fin" | "end" => 25,
                    _ => 15,
                });
                self.take(month.unwrap_or(1));
                return true;
            }
            return false;
        }
        let joins = [
            "of", "ye", "de", "del", "den", "do", "da", "di", "d", "the", "le", "van", "o", "am", "dydd", "yr", "anno",
            "ad", "den",
        ];
        let next_is_part = self.peek(1).is_some_and(|token| token.number().is_some())
            || self.month_at(1).is_some_and(|(_, bad)| !bad)
            || self.peek(1).and_then(Token::word).is_some_and(|word| names::weekday(word).is_some() && !begun);
        let joined = joins.contains(&word) && next_is_part;
        if joined {
            self.at += 1;
        }
        // Spanish and French "de l'an", "del año" before the year are passed over as well.
        joined
    }

    fn mark(&mut self, mark: char) -> bool {
        let complete = self.found.first.is_whole();
        let dated = self.found.first.day.is_some() && self.found.first.month.is_some();
        let pass = match mark {
            ',' | '.' | '(' | ')' | '[' | ']' | '_' | '*' | '{' | '}' | '<' | '>' | '’' | '\'' | '“' | '”' | '"' => {
                true
            }
            '/' | '|' => !dated,
            ':' => self.found.first == Parts::default(),
            c if DASHES.contains(&c) => {
                self.joins_year()
                    || !(dated || complete || self.found.first.day.is_some() && self.found.weekday.is_some())
            }
            _ => false,
        };
        // A closing mark after the date is only passed on the way to more of it.
        self.at += usize::from(pass);
        pass
    }

    /// Whether the dash here is the second of `02-Jan-1893`.
    fn joins_year(&self) -> bool {
        let tight = |ahead: usize| self.peek(ahead).is_some_and(|token| !token.space_before);
        let dashed = self.at >= 2 && self.tokens[self.at - 2].is_mark(DASHES) && self.found.last.is_none();
        let year = match self.peek(1).map(|token| &token.kind) {
            Some(Kind::Number { figures: 4, ordinal: false, .. }) => true,
            Some(Kind::Number { figures: 2, ordinal: false, .. }) => self.closes(2),
            _ => false,
        };
        dashed && year && tight(0) && tight(1)
    }

    /// `2. XII. 1931`: the number of a month in Roman figures, between a day and a year.
    fn roman_month(&mut self) -> bool {
        const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
        let Some(word) = self.peek(0).and_then(Token::word) else { return false };
        let Some(index) = ROMAN.iter().position(|roman| *roman == word) else { return false };
        let between = |token: &Token| token.is_mark(&['.', '/', '-']);
        let year = if self.peek(1).is_some_and(between) { 2 } else { 1 };
        let placed = self.found.first.day.is_some()
            && self.found.first.month.is_none()
            && matches!(self.peek(year).map(|token| &token.kind), Some(Kind::Number { figures: 4, .. }));
        if placed {
            self.found.first.month = u32::try_from(index + 1).ok();
            self.take(1);
        }
        placed
    }

    /// `22:31:05 EST 1893`: the time of day and its zone, before the year.
    fn time_before_year(&mut self) -> bool {
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
        }
        let year = matches!(self.peek(ahead).map(|t| &t.kind), Some(Kind::Number { figures: 4, ordinal: false, .. }));
        // The year itself is for the next step.
        self.at += if year { ahead } else { 0 };
        year
    }

    fn number(&mut self) -> bool {
        let Some(&Token { kind: Kind::Number { value, figures, ordinal, odd }, .. }) = self.peek(0) else {
            return false;
        };
        let first = self.found.first;
        // A year that no calendar has, in the place of one: the date is impossible, not without a year.
        let placed = first.day.is_some() && first.month.is_some() && first.year.is_none() && !ordinal;
        if placed && (figures > 4 || figures == 4 && value < 1000) && self.closes(1) {
            self.found.first.year = Some(0);
            self.take(1);
            return true;
        }
        if figures == 4 && !ordinal && (1000..=2999).contains(&value) && first.year.is_none() {
            // "Jan 3. 1830 men": after a stop, a year must be closed.
            if self.after_stop() && first.day.is_some() && !self.closes(1) {
                return false;
            }
            self.found.first.year = i32::try_from(value).ok();
            self.take(1);
            self.double_year(value);
            return true;
        }
        let apostrophe = self.at > 0 && self.tokens[self.at - 1].is_mark(&['\'', '’', '‘']);
        let dated = first.day.is_some() && first.month.is_some();
        let by_comma = self.at > 0 && self.tokens[self.at - 1].is_mark(&[',']);
        if figures == 2 && !ordinal && !odd && dated && first.year.is_none() && self.found.last.is_none() {
            let bare = self.closes(1) && !self.after_stop();
            if apostrophe || bare && (!by_comma || value > 31) {
                self.found.first.year = Some(super::short_year(value));
                self.found.short_year = true;
                self.take(1);
                return true;
            }
        }
        if !(1..=31).contains(&value)
            || figures > 2
            || first.day.is_some()
            || self.found.feast.is_some() && first.month.is_some() && dated
        {
            // Not a day: perhaps an impossible one ("February 30", "June 31" fit; "April 45" does not).
            let stray = figures <= 2 && first.day.is_none() && first.month.is_some() && (32..=99).contains(&value);
            if !stray {
                return false;
            }
        }
        if self.after_stop() && first.month.is_none() && self.found.weekday.is_none() {
            return false;
        }
        if first.month.is_none() && self.is_time() {
            return false;
        }
        self.found.first.day = Some(value);
        self.found.ordinal = ordinal || odd;
        self.found.repaired |= odd;
        self.take(1);
        self.range();
        true
    }

    /// Whether the number here is the hour of a time of day: `10:30`.
    fn is_time(&self) -> bool {
        let minutes = self.peek(2).filter(|token| !token.space_before).map(|token| &token.kind);
        self.peek(1).is_some_and(|token| token.is_mark(&[':']) && !token.space_before)
            && matches!(minutes, Some(Kind::Number { figures: 2, ordinal: false, .. }))
    }

    /// `1659-60`, `1659/60`, `1659–1660`: the year that began in January is the second.
    fn double_year(&mut self, year: u32) {
        let joined = self.peek(0).is_some_and(|t| t.is_mark(&['-', '–', '—', '/', '‐', '‑']));
        let Some(second) = self.peek(1).filter(|_| joined).and_then(Token::number) else { return };
        let next = year + 1;
        if second == next || second == next % 100 || second == next % 10 {
            self.found.first.year = i32::try_from(next).ok();
            self.found.double_year = true;
            self.take(2);
        }
    }

    /// What may follow a day: `-20TH`, ` and 11th`, `, 30.`, ` to December 1st`.
    fn range(&mut self) {
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
                    || comma && t.word().is_some_and(|w| ["and", "to"].contains(&w))
                    || t.word() == Some("the")
            }) {
                next += 1;
            }
            let month = self.month_at(next).filter(|(_, bad)| !bad && !comma);
            if month.is_some() {
                next += 1;
                while self.peek(next).is_some_and(|t| t.is_mark(&['.', '_', '*'])) {
                    next += 1;
                }
            }
            let Some(&Token { kind: Kind::Number { value, figures, ordinal, .. }, .. }) = self.peek(next) else {
                return;
            };
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

    /// Dates in figures: `2003-12-19`, `19.12.2003`, `12/19/03`, `31.10.`, `20031219`.
    fn numeric(&mut self) -> bool {
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
                self.found.first.year = Some(super::short_year(year));
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

    fn finish(mut self) -> Option<Written> {
        let Parts { year, month, day } = self.found.first;
        self.found.span = Span::new(self.found.span.start, self.end);
        let enough = match (day, month, year) {
            (Some(_), Some(_), _) => true,
            (Some(_), None, None) => true,
            (None, Some(_), _) => self.found.weekday.is_none(),
            (None, None, Some(_)) => self.found.weekday.is_none() || self.found.feast.is_some(),
            (None, None, None) => self.found.feast.is_some(),
            (Some(_), None, Some(_)) => false,
        };
        // The year of a range stands at its end.
        if let Some(last) = &mut self.found.last {
            last.year = last.year.or(year);
            last.month = last.month.or(month);
        }
        (enough && self.end > self.found.span.start).then_some(self.found)
    }
}

#[cfg(test)]
mod tests;
