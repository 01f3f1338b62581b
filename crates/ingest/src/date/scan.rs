//! The grammar of date headings: reads the date that a line begins with, in any order and dress, and says where it ends.

mod endings;
mod figures;
mod numbered;
mod range;
mod worded;

use super::lead::lead;
use super::names::{self, plain};
use super::token::{Kind, Token, tokens};
use super::{Parts, Written, japanese, republican};
use diary::{Span, Weekday};

/// A line is looked at no further than this many bytes: no date heading is longer.
const REACH: usize = 160;

/// The date that a line begins with, decorations and an article aside.
pub(crate) fn scan(line: &str) -> Option<Written> {
    let head = reach(line);
    // Hardly any line of text has a figure near its beginning; those without are settled quickly.
    let figures = head.chars().take(64).any(|c| c.is_numeric() || ('\u{3000}'..'\u{A000}').contains(&c));
    if !figures && (head.len() < 3 || head.len() > 48 && !opens_in_words(head)) {
        return None;
    }
    let japanese = if head.is_ascii() { None } else { japanese::scan(head) };
    if let Some(written) = japanese.or_else(|| republican::scan(head)) {
        return Some(written);
    }
    let tokens = tokens(head);
    let at = lead(&tokens)?;
    let written = Reader::read(head, &tokens, at);
    if written.as_ref().is_some_and(|written| written.first.is_whole() && !written.short_year) {
        return written;
    }
    let numbered = numbered::numbered_date(head, &tokens, at);
    // "12. Juni 25" has its year.
    let short = written.as_ref().is_some_and(|written| written.short_year);
    numbered.filter(|numbered| numbered.first.is_whole() || !short).or(written)
}

/// Whether the first word of a line may open a date that has no figures: `May the first`, `Monday, xii.`, `Third Month`.
fn opens_in_words(line: &str) -> bool {
    let first = plain(line.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty()).unwrap_or_default());
    names::month(&first).is_some()
        || names::weekday(&first).is_some()
        || diary::ordinal(&first).is_some()
        || matches!(first.as_str(), "twenty" | "thirty")
        || numbered::roman(&first).is_some()
}

/// Whether a line is the date of a day and nothing else.
pub(crate) fn is_day(line: &str) -> bool {
    scan(line).is_some_and(|written| written.names_day() && !line[written.span.end..].contains(char::is_alphanumeric))
}

/// Whether a line is a month or a day of one, with its year, and at most a place behind it: `1787. October, at Paratounka.`
pub(crate) fn is_month(line: &str) -> bool {
    scan(line).is_some_and(|written| {
        let whole = written.first.year.is_some() && written.first.month.is_some();
        whole && line[written.span.end..].trim().chars().count() <= 30
    })
}

/// The weekday that a line is, with nothing beside it but marks.
pub(crate) fn weekday_alone(line: &str) -> Option<Weekday> {
    let word = line.trim_matches(|c: char| !c.is_alphanumeric());
    // "Day 2. Friday"
    let counted = word.len() <= 40 && word.contains(|c: char| c.is_ascii_digit());
    let lead = counted.then(|| tokens(word)).and_then(|tokens| Some(tokens[lead(&tokens)?].start));
    let word = lead.map_or(word, |start| &word[start..]);
    let short = word.len() <= 40 && word.chars().all(char::is_alphabetic);
    // Welsh "Mawrth" is a month.
    let name = Some(word).filter(|_| short).map(plain).filter(|name| names::month(name).is_none())?;
    names::full_weekday(&name)
}

/// The weekday that opens a line, closed off by a mark, and where the text behind it begins: `Mon: Rain`, `Tue - Sun`.
pub(crate) fn weekday_opening(line: &str) -> Option<(Weekday, usize)> {
    let end = line.find(|c: char| !c.is_alphabetic())?;
    let weekday = names::weekday(&plain(&line[..end])).filter(|_| line.starts_with(char::is_uppercase))?;
    let mark = [": ", " - ", " – ", " — ", "—"].iter().find(|mark| line[end..].starts_with(**mark))?;
    Some((weekday, end + mark.len()))
}

/// The number of a line that only counts a day: `Day 12`, `Jour 3.`
pub(crate) fn day_count(line: &str) -> Option<u32> {
    let (word, number) = line.trim_matches(|c: char| !c.is_alphanumeric()).split_once(' ')?;
    const DAYS: &[&str] = &["day", "jour", "tag", "dia", "giorno", "dag", "den", "dzien", "paiva"];
    let number = number.trim_start_matches(['#', ' ']);
    let figures = number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit());
    (figures && DAYS.contains(&plain(word).as_str())).then(|| number.parse().ok()).flatten().filter(|n| *n > 0)
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
        Reader::read(head, &tokens, at).filter(|written| written.first.is_whole() && !written.short_year)
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

impl<'a> Reader<'a> {
    /// The date that the tokens from here on say.
    fn read(line: &'a str, tokens: &'a [Token], at: usize) -> Option<Written> {
        let mut reader = Self { line, tokens, at, found: Written::default(), end: 0 };
        reader.run();
        reader.finish()
    }

    fn run(&mut self) {
        self.found.span.start = self.tokens.get(self.at).map_or(0, |token| token.start);
        if self.days_on() {
            return;
        }
        while let Some(token) = self.tokens.get(self.at) {
            let goes_on = match &token.kind {
                Kind::Number { .. } => {
                    self.clock()
                        || self.numbered_weekday()
                        || self.numbered_month()
                        || self.time_before_year()
                        || self.numeric()
                        || self.number()
                }
                Kind::Word(_) => {
                    self.lettered_day()
                        || self.feast()
                        || self.lords_day()
                        || self.numbered_weekday()
                        || self.numbered_month()
                        || self.roman_day()
                        || self.worded_day()
                        || self.same_month()
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
        self.second_date();
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
        if self.is_half_month(ahead) {
            return Some((if word == "mean" { 9 } else { 10 }, false));
        }
        // Catalan "17 de març".
        let of = || (self.at + ahead).checked_sub(1).and_then(|before| self.tokens[before].word()) == Some("de");
        if let Some(month) = names::month(word).or_else(|| (word == "marc" && of()).then_some(3)) {
            return Some((month, false));
        }
        let spoilt = || names::spoilt_month(word).filter(|_| self.found.weekday.is_some());
        names::misspelt_month(word).or_else(spoilt).map(|month| (month, true))
    }

    fn month(&mut self) -> bool {
        let Some((month, misspelt)) = self.month_at(0) else { return false };
        let two_words = usize::from(self.is_half_month(0));
        if self.found.first.month.is_some() || self.found.first.is_whole() {
            return false;
        }
        let word = self.peek(0).and_then(Token::word).unwrap_or_default();
        // "Mawrth 3 Ebrill", "mar. 3 juin": the word is a weekday when another month follows; not "Mar. 25-Apr. 4".
        let joins = |token: &Token| {
            token.is_mark(DASHES)
                || token.is_mark(&['/'])
                || token.word().is_some_and(|word| word == "dydd" || range::SPANS.contains(&word))
        };
        let follows = |ahead: usize| {
            self.month_at(ahead).is_some_and(|(_, bad)| !bad) && !self.peek(ahead - 1).is_some_and(joins)
        };
        // "Dydd Mawrth", "4 (mar.)": and where it stands as weekdays do.
        let stop = usize::from(self.peek(1).is_some_and(|token| token.is_mark(&['.', ','])));
        let as_weekday = if self.found.first.day.is_none() {
            (1..6).any(follows) || self.opens_in_figures(1 + stop)
        } else {
            self.at.checked_sub(1).is_some_and(|at| self.tokens[at].is_mark(&['(', '[']))
        };
        let dydd = self.at.checked_sub(1).is_some_and(|at| self.tokens[at].word() == Some("dydd"));
        if names::weekday(word).is_some() && self.found.weekday.is_none() && (as_weekday || dydd) {
            return false;
        }
        if matches!(word, "gen" | "maj") && self.is_title() {
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
        self.take(1 + two_words);
        self.raised_ending();
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
        self.range_behind_month();
        true
    }

    fn mark(&mut self, mark: char) -> bool {
        let complete = self.found.first.is_whole();
        let dated = self.found.first.day.is_some() && self.found.first.month.is_some();
        let pass = match mark {
            // "March 1902 ..... 3": a table of contents.
            '.' if self.is_leader() => false,
            ',' | '.' | '(' | ')' | '（' | '）' | '[' | ']' | '_' | '*' | '{' | '}' | '<' | '>' | '’' | '\'' | '“'
            | '”' | '"' | '،' => true,
            // "Oct4/71"
            '/' if dated && !complete => {
                if self.dual_day() {
                    return true;
                }
                let year = |token: &Token| matches!(token.kind, Kind::Number { figures: 2 | 4, ordinal: false, .. });
                self.found.last.is_none() && self.peek(1).is_some_and(|token| year(token) && !token.space_before)
            }
            '/' | '|' | '·' | '•' => {
                let year = matches!(self.peek(1).map(|token| &token.kind), Some(Kind::Number { figures: 4, .. }));
                !dated || !complete && year && mark != '/'
            }
            ':' => self.found.first == Parts::default() || self.closes_short_month(),
            c if DASHES.contains(&c) => {
                self.joins_year()
                    || self.joins_month()
                    || self.weekday_behind()
                    || !(dated
                        || complete
                        || self.found.first.day.is_some() && self.found.weekday.is_some()
                        || self.sets_off_text())
            }
            _ => false,
        };
        // A closing mark after the date is only passed on the way to more of it.
        self.at += usize::from(pass);
        pass
    }

    /// Whether the dash here parts a day from its text, which begins with what is no more than the short form of a month or
    /// weekday: `31st.--Set forward`.
    fn sets_off_text(&self) -> bool {
        let dashes = self.tokens[self.at..].iter().take_while(|token| token.is_mark(DASHES)).count();
        let before = self.tokens[..self.at].iter().rev().find(|token| !token.is_mark(&['_', '*']));
        let stopped = before.is_some_and(|token| token.is_mark(&['.'])) && self.found.ordinal;
        let word = self.peek(dashes).and_then(Token::word);
        let full = |word: &str| names::is_full_month(word) || names::full_weekday(word).is_some();
        stopped
            && dashes >= 1
            && word.is_some_and(|word| !full(word))
            && self.peek(dashes + 1).is_some_and(|token| token.word().is_some())
    }

    /// Whether the stop here is the first of a row of dots.
    fn is_leader(&self) -> bool {
        let dots = self.tokens[self.at..].iter().take_while(|token| token.is_mark(&['.'])).count();
        dots >= 3 && self.end > 0
    }

    /// Whether the colon here ends a short form before its day or its year: `Sept: 8`, `8 Sept: 1680`.
    fn closes_short_month(&self) -> bool {
        let short = self
            .at
            .checked_sub(1)
            .and_then(|at| self.tokens[at].word())
            .is_some_and(|word| !names::is_full_month(word));
        let more = match self.peek(1).map(|token| &token.kind) {
            Some(Kind::Number { figures: 4, ordinal: false, .. }) => self.ends(2),
            Some(Kind::Number { .. }) => self.found.first.day.is_none(),
            _ => false,
        };
        short && more && self.found.first.month.is_some() && self.found.first.year.is_none()
    }

    /// Whether a weekday closes the line behind the dash here: `June 5, 1944 - Monday`.
    fn weekday_behind(&self) -> bool {
        let weekday = self.peek(1).and_then(Token::word).and_then(names::weekday);
        self.found.first.is_whole() && self.found.weekday.is_none() && weekday.is_some() && self.peek(2).is_none()
    }

    /// Whether the dash here is the second of `02-Jan-1893`.
    fn joins_year(&self) -> bool {
        let tight = |ahead: usize| self.peek(ahead).is_some_and(|token| !token.space_before);
        let dashed = self.at >= 2 && self.tokens[self.at - 2].is_mark(DASHES) && self.found.last.is_none();
        let year = match self.peek(1).map(|token| &token.kind) {
            Some(Kind::Number { figures: 4, ordinal: false, .. }) => true,
            Some(Kind::Number { value, figures: 2, ordinal: false, .. }) => {
                *value > 31 || self.closes(2) || self.is_time_at(2)
            }
            _ => false,
        };
        dashed && year && tight(0) && tight(1)
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
            if self.after_stop() && first.day.is_some() && !self.ends(1) && !self.says_year(1) {
                return false;
            }
            // Thai counts from the death of the Buddha.
            let thai = (2400..2700).contains(&value) && self.line.contains(|c| ('\u{E00}'..'\u{E80}').contains(&c));
            self.found.first.year = i32::try_from(value).ok().map(|year| if thai { year - 543 } else { year });
            self.take(1);
            self.double_year(value);
            // "3 мая 1953 г.", "3 maja 1920 r."
            if self.says_year(0) {
                self.take(1);
            }
            return true;
        }
        let apostrophe = self.at > 0 && self.tokens[self.at - 1].is_mark(&['\'', '’', '‘']);
        let dated = first.day.is_some() && first.month.is_some();
        let by_comma = self.at > 0 && self.tokens[self.at - 1].is_mark(&[',']);
        // "22 Novembre 18--": the year is not told.
        if figures == 2 && dated && self.line[self.tokens[self.at].end..].starts_with("--") && self.closes(3) {
            self.take(3);
            return false;
        }
        if figures == 2 && !ordinal && !odd && dated && first.year.is_none() && self.found.last.is_none() {
            let bare = self.closes(1) && !self.after_stop() && !self.is_time();
            let dashed = self.at > 1 && self.tokens[self.at - 1].is_mark(DASHES) && (value > 31 || self.is_time_at(1));
            let in_brackets = self.at > 0 && self.tokens[self.at - 1].is_mark(&['(', '[']);
            if apostrophe || dashed || bare && !in_brackets && (!by_comma || value > 31) {
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
            // and "00 May 2004", "45 April 2004".
            let dated = self.month_at(1).is_some_and(|(_, bad)| !bad)
                && matches!(
                    self.peek(2).map(|token| &token.kind),
                    Some(Kind::Number { figures: 4, ordinal: false, .. })
                );
            let placed = first.month.is_some() && (32..=99).contains(&value) || first.month.is_none() && dated;
            let stray = figures == 2 && first.day.is_none() && placed;
            if !stray {
                return false;
            }
        }
        // "2003 ж. 5 қаңтар"
        let in_year = first.year.is_some() && self.month_at(1).is_some_and(|(_, bad)| !bad);
        if self.after_stop() && first.month.is_none() && self.found.weekday.is_none() && !in_year {
            return false;
        }
        if first.month.is_none() && (self.is_time() || self.clock_length().is_some()) {
            return false;
        }
        self.found.first.day = Some(value);
        self.found.ordinal = ordinal || odd;
        self.found.repaired |= odd;
        self.take(1);
        self.northern_ending();
        self.hyphened_ending();
        self.raised_sign();
        self.raised_ordinal();
        self.lithuanian_day();
        // "9 th"
        if !ordinal && self.peek(0).and_then(Token::word).is_some_and(|word| matches!(word, "st" | "nd" | "rd" | "th"))
        {
            self.found.ordinal = true;
            self.take(1);
        }
        let after = self.peek(0).map_or("", |token| &self.line[token.end..]);
        let lettered = self.end == self.tokens[0].end && self.weekday_letter(0);
        let apart = after.starts_with("  ") || after.starts_with('\t');
        if lettered && (after.is_empty() || apart || after.starts_with(['.', ':'])) {
            self.take(1);
            return !apart;
        }
        self.range();
        true
    }

    /// Whether the number here is the hour of a time of day: `10:30`.
    fn is_time(&self) -> bool {
        let minutes = self.peek(2).filter(|token| !token.space_before).map(|token| &token.kind);
        self.peek(1).is_some_and(|token| token.is_mark(&[':']) && !token.space_before)
            && matches!(minutes, Some(Kind::Number { figures: 2, ordinal: false, .. }))
    }

    fn finish(mut self) -> Option<Written> {
        let Parts { year, month, day } = self.found.first;
        // "On Sunday the 1st instant": told in a letter.
        let told = self.peek(0).and_then(Token::word);
        if month.is_none() && matches!(told, Some("inst" | "instant" | "ult" | "ultimo" | "prox" | "proximo")) {
            return None;
        }
        self.found.span = Span::new(self.found.span.start, self.end);
        let enough = match (day, month, year) {
            (Some(_), Some(_), _) => true,
            (Some(_), None, None) => true,
            (None, Some(_), _) => self.found.weekday.is_none(),
            (None, None, Some(_)) => self.found.weekday.is_none() || self.found.feast.is_some(),
            (None, None, None) => self.found.feast.is_some() || self.found.days_on.is_some(),
            (Some(_), None, Some(_)) => false,
        };
        // The year of a range stands at its end, and the month may: `29th and Saturday, November 30`.
        if let Some(last) = self.found.last.filter(|last| last.day > day) {
            self.found.first.month = month.or(last.month);
        }
        if let Some(last) = &mut self.found.last {
            last.year = last.year.or(year);
            last.month = last.month.or(month);
        }
        (enough && self.end > self.found.span.start).then_some(self.found)
    }
}

#[cfg(test)]
mod tests;
