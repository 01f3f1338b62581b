//! Days, weekdays and months by their numbers: in Roman figures, and as Quakers count them (`7th day, 3rd mo. 12th`).

use super::Reader;
use crate::date::token::{Kind, Token};
use crate::date::{Written, names, short_year};
use diary::Weekday;

/// The day of the month that a word is in Roman figures: `xiv`, `iiij`, `vth`. The last `i` may be a `j`.
pub(super) fn roman(word: &str) -> Option<u32> {
    let word = ["th", "st", "nd", "rd"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    let stem = word.strip_suffix('j').unwrap_or(word);
    let last = if stem.len() < word.len() { "i" } else { "" };
    let mut rest = word.len();
    let mut day = 0;
    let mut before = 0;
    for letter in stem.chars().chain(last.chars()) {
        let value = match letter {
            'i' => 1,
            'v' => 5,
            'x' => 10,
            _ => return None,
        };
        day += if before < value { value - 2 * before } else { value };
        before = value;
        rest -= 1;
    }
    (rest == 0 && word.len() <= 7 && (1..=31).contains(&day)).then_some(day)
}

/// `12. Monday, 3 March`, `12) March 3, 1871`: the date behind the number of its entry.
pub(super) fn numbered_date(line: &str, tokens: &[Token], at: usize) -> Option<Written> {
    let number = matches!(tokens[at].kind, Kind::Number { ordinal: false, figures: 1..=4, .. });
    let marked = tokens.get(at + 1).is_some_and(|token| token.is_mark(&['.', ')']) && !token.space_before);
    let opens = tokens.get(at + 2).filter(|token| number && marked && token.space_before)?;
    let written = Reader::read(line, tokens, at + 2)?;
    // Not "3. Mai 12 Uhr": what begins with its month must be all of a date, or all of the line.
    let after = line[written.span.end..].trim_start();
    let by_day = opens.number().is_some() || written.weekday.is_some();
    let set_off = !after.starts_with(char::is_alphanumeric) && (by_day || !after.contains(char::is_alphanumeric));
    let dated = written.first.day.is_some() && written.first.month.is_some();
    (dated && (set_off || written.first.is_whole())).then_some(written)
}

impl Reader<'_> {
    /// Whether a date may end before what stands `ahead`: it closes there, or goes on with a weekday.
    pub(super) fn ends(&self, ahead: usize) -> bool {
        self.closes(ahead) || self.is_weekday_at(ahead)
    }

    /// Whether a weekday closes the line `ahead`, behind a comma or not.
    fn is_weekday_at(&self, ahead: usize) -> bool {
        let comma = usize::from(self.peek(ahead).is_some_and(|token| token.is_mark(&[','])));
        let dydd = usize::from(self.peek(ahead + comma).and_then(Token::word) == Some("dydd"));
        let at = ahead + comma + dydd;
        let weekday = self.peek(at).and_then(Token::word).and_then(names::full_weekday);
        weekday.is_some() && self.closes(at + 1)
    }

    /// `2. XII. 1931`: the number of a month in Roman figures, between a day and a year.
    pub(super) fn roman_month(&mut self) -> bool {
        let Some(word) = self.peek(0).and_then(Token::word) else { return false };
        let Some(month) = roman(word).filter(|month| *month <= 12) else { return false };
        let between = |token: &Token| token.is_mark(&['.', '/', '-']);
        let ahead = if self.peek(1).is_some_and(between) { 2 } else { 1 };
        // "2. X11": one name.
        if ahead == 1 && self.peek(1).is_some_and(|next| next.number().is_some() && !next.space_before) {
            return false;
        }
        // "1915. VIII. 3."
        let behind_year = self.found.first.year.is_some() && self.found.first.day.is_none();
        if behind_year && self.found.first.month.is_none() && ahead == 2 && self.count_at(2, 31).is_some() {
            self.found.first.month = Some(month);
            self.take(1);
            return true;
        }
        if self.found.first.day.is_none() || self.found.first.month.is_some() {
            return false;
        }
        let year = match self.peek(ahead).map(|token| &token.kind) {
            Some(Kind::Number { figures: 4, ordinal: false, .. }) => None,
            // "3.VIII.14", "3. VIII. 14.", "3 viii 14  Rain"
            Some(Kind::Number { value, figures: 2, ordinal: false, .. })
                if ahead == 2 && self.ends(3) || ahead == 1 && self.stands_apart(2) =>
            {
                Some(*value)
            }
            // "22 IV, czwartek"
            _ if self.found.weekday.is_none() && self.is_weekday_at(ahead) => None,
            _ if self.closes_day_and_month(ahead) => None,
            _ => return false,
        };
        self.found.first.month = Some(month);
        self.take(1);
        if let Some(year) = year {
            self.found.first.year = Some(short_year(year));
            self.found.short_year = true;
            self.take(ahead);
        }
        true
    }

    /// Whether the month in Roman figures here ends a date without a year: `3.VIII.`, `3.viii`, and, with spaces between,
    /// in capitals, beside a weekday or with nothing more on the line: `27. XII. Wir`, `Dienstag, 4. iii.`
    fn closes_day_and_month(&self, behind: usize) -> bool {
        let Some(at) = self.at.checked_sub(1) else { return false };
        let stop = self.tokens[at].is_mark(&['.', '/', '-']) && !self.line[..self.tokens[at].end].ends_with("--");
        let apart = self.tokens[self.at].space_before;
        let token = &self.tokens[self.at];
        let capitals = self.line[token.start..token.end].bytes().all(|b| b.is_ascii_uppercase());
        let alone = self.peek(behind).is_none_or(|token| token.is_mark(&['(', '[']));
        let set_off = alone || capitals || self.found.weekday.is_some();
        stop && if apart { behind == 2 && set_off } else { behind == 2 || self.stands_apart(1) }
    }

    /// Whether a date ends before what stands `ahead`: at a mark, at the end of the line, or at a gap.
    fn stands_apart(&self, ahead: usize) -> bool {
        let end = self.peek(ahead - 1).map_or(self.line.len(), |token| token.end);
        self.closes(ahead) || self.line[end..].starts_with("  ") || self.line[end..].starts_with('\t')
    }

    /// Whether the dash here stands before a month with the year behind it: `3-XI-37`, `04-Mar-1900`.
    pub(super) fn joins_month(&self) -> bool {
        let tight = |ahead: usize| self.peek(ahead).is_some_and(|token| !token.space_before);
        let named = |word: &str| names::month(word).or_else(|| roman(word)).is_some_and(|month| month <= 12);
        let month = self.peek(1).and_then(Token::word).is_some_and(named);
        let year = matches!(self.peek(3).map(|token| &token.kind), Some(Kind::Number { figures: 2 | 4, .. }));
        let bare = self.found.first.day.is_some() && self.found.first.month.is_none();
        bare && month && year && (0..4).all(tight) && self.peek(2).is_some_and(|token| token.is_mark(&['-']))
    }

    /// `Monday, xii.`, `xii May`, `May xii.`: a day in Roman figures, beside a weekday or a month.
    pub(super) fn roman_day(&mut self) -> bool {
        let Some(word) = self.peek(0).and_then(Token::word) else { return false };
        let Some(day) = roman(word).filter(|_| self.found.first.day.is_none()) else { return false };
        let stopped = usize::from(self.peek(1).is_some_and(|token| token.is_mark(&['.'])));
        let of = match self.peek(1 + stopped).and_then(Token::word) {
            Some("of") => 1,
            Some("day") if self.peek(2 + stopped).and_then(Token::word) == Some("of") => 2,
            _ => 0,
        };
        let before_month =
            (word.len() > 1 || stopped == 1) && self.month_at(1 + stopped + of).is_some_and(|(_, bad)| !bad);
        // "Monday, I": a pronoun has no mark behind it.
        let closed = self.closes(1) && (word.len() > 1 || self.peek(1).is_some_and(|token| token.is_mark(&['.', ':'])));
        let beside = self.found.weekday.is_some() || self.found.first.month.is_some();
        // "III. March     55": the third chapter, of the third month, and its page.
        let page =
            self.peek(2 + stopped).is_none_or(|token| token.number().is_some()) && self.peek(3 + stopped).is_none();
        let chapter = page && self.month_at(1 + stopped).is_some_and(|(month, _)| month == day);
        if !(before_month || beside && closed) || chapter && stopped == 1 {
            return false;
        }
        self.found.first.day = Some(day);
        self.take(1);
        true
    }

    /// `May the nineteenth`, `the twenty-first of May`: a day in words, beside a weekday or a month.
    pub(super) fn worded_day(&mut self) -> bool {
        let Some((day, length)) = self.ordinal_at(0).filter(|_| self.found.first.day.is_none()) else { return false };
        let of = usize::from(self.peek(length).and_then(Token::word) == Some("of"));
        let before_month = self.month_at(length + of).is_some_and(|(_, bad)| !bad);
        let beside = self.found.weekday.is_some() || self.found.first.month.is_some();
        if !(before_month || beside && self.ends(length)) {
            return false;
        }
        self.found.first.day = Some(day);
        self.found.ordinal = true;
        self.take(length);
        true
    }

    /// The ordinal up to the thirty-first that stands `ahead`, and how many tokens it takes.
    pub(super) fn ordinal_at(&self, ahead: usize) -> Option<(u32, usize)> {
        let word = self.peek(ahead)?.word()?;
        if let Some(number) = diary::ordinal(word) {
            return Some((number, 1));
        }
        let tens = match word {
            "twenty" => 20,
            "thirty" => 30,
            _ => return None,
        };
        let joined = usize::from(self.peek(ahead + 1)?.is_mark(&['-', '‐', '‑']));
        let units = diary::ordinal(self.peek(ahead + 1 + joined)?.word()?).filter(|units| *units < 10)?;
        (tens + units <= 31).then_some((tens + units, 2 + joined))
    }

    /// The number that stands `ahead`, in figures or as an ordinal word, and no more than `most`.
    fn count_at(&self, ahead: usize, most: u32) -> Option<u32> {
        let count = match &self.peek(ahead)?.kind {
            Kind::Number { value, figures: 1..=2, odd: false, .. } => *value,
            Kind::Word(word) => diary::ordinal(word)?,
            _ => return None,
        };
        (1..=most).contains(&count).then_some(count)
    }

    /// `First Day`, `7th day`, `fourth-day`: the days of the week from Sunday on.
    pub(super) fn numbered_weekday(&mut self) -> bool {
        let plain = matches!(self.peek(0).map(|token| &token.kind), Some(Kind::Number { ordinal: false, .. }));
        let Some(count) = self.count_at(0, 7).filter(|_| self.found.weekday.is_none() && !plain) else { return false };
        let joined = usize::from(self.peek(1).is_some_and(|token| token.is_mark(&['-', '‐', '‑'])));
        // "First day of the fair": a weekday is followed by a date, a mark or nothing.
        let followed = self.closes(joined + 2)
            || self.peek(joined + 2).is_some_and(|token| token.number().is_some())
            || self.is_numbered_month(joined + 2);
        if self.peek(joined + 1).and_then(Token::word) != Some("day") || !followed {
            return false;
        }
        // Sunday is the first.
        let from_monday = u8::try_from((count + 5) % 7).ok();
        self.found.weekday = from_monday.and_then(|index| Weekday::try_from(index).ok());
        self.take(joined + 2);
        true
    }

    /// Whether a month by its number stands `ahead`: `3rd mo`, `Third Month`, `_8th_ month`.
    pub(super) fn is_numbered_month(&self, ahead: usize) -> bool {
        let word = ahead + 1 + self.closing_italics(ahead + 1);
        self.count_at(ahead, 12).is_some()
            && matches!(self.peek(word).and_then(Token::word), Some("mo" | "month" | "moneth"))
    }

    fn closing_italics(&self, ahead: usize) -> usize {
        usize::from(self.peek(ahead).is_some_and(|token| token.is_mark(&['_', '*'])))
    }

    /// `3rd mo. 12th`, `12th of Third Month`: the months as Quakers count them.
    pub(super) fn numbered_month(&mut self) -> bool {
        // Vietnamese has the number behind the word: "tháng 4".
        let behind = self.peek(0).and_then(Token::word) == Some("thang") && self.found.first.month.is_none();
        if let Some(month) = self.count_at(1, 12).filter(|_| behind) {
            self.found.first.month = Some(month);
            self.take(2);
            return true;
        }
        // "2 Mo." is a Monday, "2 mo. 12" a month.
        let plain = matches!(self.peek(0).map(|token| &token.kind), Some(Kind::Number { ordinal: false, .. }));
        let behind_word = 2 + self.closing_italics(1);
        // "1 _mo_. 7", "1 _mo._ 7": a stop, and the end of the italics.
        let marks =
            (behind_word..).take_while(|&at| self.peek(at).is_some_and(|token| token.is_mark(&['.', ',', '_', '*'])));
        let dated = self.found.first.day.is_some() || self.count_at(behind_word + marks.take(2).count(), 31).is_some();
        let free = self.found.first.month.is_none() && self.is_numbered_month(0) && (dated || !plain);
        let Some(month) = self.count_at(0, 12).filter(|_| free) else { return false };
        self.found.first.month = Some(month);
        self.found.numbered_month = true;
        self.take(behind_word);
        true
    }
}
