//! Days, weekdays and months by their numbers: in Roman figures, and as Quakers count them (`7th day, 3rd mo. 12th`).

use super::Reader;
use crate::date::names;
use crate::date::token::{Kind, Token};
use diary::Weekday;

const ROMAN_DAYS: [&str; 31] = [
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii",
    "xviii", "xix", "xx", "xxi", "xxii", "xxiii", "xxiv", "xxv", "xxvi", "xxvii", "xxviii", "xxix", "xxx", "xxxi",
];

/// The day of the month that a word is in Roman figures; the last may be a `j`, as in `viij`.
pub(super) fn roman(word: &str) -> Option<u32> {
    let is = |roman: &str| match word.strip_suffix('j') {
        Some(stem) => roman.strip_suffix('i') == Some(stem),
        None => roman == word,
    };
    ROMAN_DAYS.iter().position(|roman| is(roman)).and_then(|index| u32::try_from(index + 1).ok())
}

impl Reader<'_> {
    /// `2. XII. 1931`: the number of a month in Roman figures, between a day and a year.
    pub(super) fn roman_month(&mut self) -> bool {
        let Some(word) = self.peek(0).and_then(Token::word) else { return false };
        let Some(month) = roman(word).filter(|month| *month <= 12) else { return false };
        let between = |token: &Token| token.is_mark(&['.', '/', '-']);
        let year = if self.peek(1).is_some_and(between) { 2 } else { 1 };
        let placed = self.found.first.day.is_some()
            && self.found.first.month.is_none()
            && matches!(self.peek(year).map(|token| &token.kind), Some(Kind::Number { figures: 4, .. }));
        if placed {
            self.found.first.month = Some(month);
            self.take(1);
        }
        placed
    }

    /// `Monday, xii.`, `xii May`, `May xii.`: a day in Roman figures, beside a weekday or a month.
    pub(super) fn roman_day(&mut self) -> bool {
        let Some(word) = self.peek(0).and_then(Token::word) else { return false };
        let Some(day) = roman(word).filter(|_| self.found.first.day.is_none()) else { return false };
        let stopped = usize::from(self.peek(1).is_some_and(|token| token.is_mark(&['.'])));
        let of = usize::from(self.peek(1 + stopped).and_then(Token::word) == Some("of"));
        let before_month =
            (word.len() > 1 || stopped == 1) && self.month_at(1 + stopped + of).is_some_and(|(_, bad)| !bad);
        // "Monday, I": a pronoun has no mark behind it.
        let closed = self.closes(1) && (word.len() > 1 || self.peek(1).is_some_and(|token| token.is_mark(&['.', ':'])));
        let beside = self.found.weekday.is_some() || self.found.first.month.is_some();
        if !(before_month || beside && closed) {
            return false;
        }
        self.found.first.day = Some(day);
        self.take(1);
        true
    }

    /// The number that stands `ahead`, in figures or as an ordinal word, and no more than `most`.
    fn count_at(&self, ahead: usize, most: u32) -> Option<u32> {
        let count = match &self.peek(ahead)?.kind {
            Kind::Number { value, figures: 1..=2, odd: false, .. } => *value,
            Kind::Word(word) => names::ordinal(word)?,
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

    /// Whether a month by its number stands `ahead`: `3rd mo`, `Third Month`.
    pub(super) fn is_numbered_month(&self, ahead: usize) -> bool {
        self.count_at(ahead, 12).is_some()
            && matches!(self.peek(ahead + 1).and_then(Token::word), Some("mo" | "month" | "moneth"))
    }

    /// `3rd mo. 12th`, `12th of Third Month`: the months as Quakers count them.
    pub(super) fn numbered_month(&mut self) -> bool {
        let free = self.found.first.month.is_none() && self.is_numbered_month(0);
        let Some(month) = self.count_at(0, 12).filter(|_| free) else { return false };
        self.found.first.month = Some(month);
        self.found.numbered_month = true;
        self.take(2);
        true
    }
}
