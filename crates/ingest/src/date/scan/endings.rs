//! What hangs on the end of a day, a month or a year: raised letters, the endings of cases, and words for a year.

use super::Reader;
use crate::date::token::Token;

impl Reader<'_> {
    /// `Feb'y`, `Sept^r`: the last letters of a month, raised behind a mark.
    pub(super) fn raised_ending(&mut self) {
        let tight = |ahead: usize| self.peek(ahead).filter(|token| !token.space_before);
        let mark = tight(0).is_some_and(|token| token.is_mark(&['\'', '’', '^']));
        let ending = tight(1).and_then(Token::word);
        if mark && ending.is_some_and(|word| matches!(word, "y" | "r" | "ry" | "br" | "ber" | "b" | "st" | "t" | "l")) {
            self.take(2);
        }
    }

    /// `6^th`, `2^{d}`: the letters of a number, raised behind a mark.
    pub(super) fn raised_ordinal(&mut self) {
        let tight = |ahead: usize| self.peek(ahead).filter(|token| !token.space_before);
        let marked = |ahead: usize, mark: char| tight(ahead).is_some_and(|token| token.is_mark(&[mark]));
        let braced = usize::from(marked(1, '{'));
        let ending = tight(1 + braced).and_then(Token::word);
        let is_ending = ending.is_some_and(|word| matches!(word, "st" | "nd" | "rd" | "th" | "d"));
        if marked(0, '^') && is_ending && (braced == 0 || marked(3, '}')) {
            self.found.ordinal = true;
            self.take(2 + 2 * braced);
        }
    }

    /// `3:na päivänä`, `3 p. kesäkuuta`, and Swedish `3:e mars`
    pub(super) fn northern_ending(&mut self) {
        let cut = self.peek(0).and_then(Token::word) == Some("p");
        let stop = usize::from(self.peek(1).is_some_and(|token| token.is_mark(&['.'])));
        if cut && self.month_at(1 + stop).is_some_and(|(_, bad)| !bad) {
            self.take(1 + stop);
            return;
        }
        let tight = |ahead: usize| self.peek(ahead).filter(|token| !token.space_before);
        let ending =
            tight(0).is_some_and(|token| token.is_mark(&[':'])).then(|| tight(1).and_then(Token::word)).flatten();
        let finnish = |word: &str| matches!(word, "na" | "s" | "nen" | "ntena" | "ta" | "sta");
        let swedish = |word: &str| matches!(word, "a" | "e" | "dra" | "dje" | "de" | "te");
        if !ending.is_some_and(|word| finnish(word) || swedish(word)) {
            return;
        }
        let day = self.peek(2).and_then(Token::word).is_some_and(|word| word.starts_with("paiva"));
        self.found.ordinal = true;
        self.take(if day { 3 } else { 2 });
    }

    /// `10-го июля`, and Esperanto's `3-a de januaro`
    pub(super) fn hyphened_ending(&mut self) {
        let tight = |ahead: usize| self.peek(ahead).filter(|token| !token.space_before);
        let hyphen = tight(0).is_some_and(|token| token.is_mark(&['-', '‐', '‑']));
        let ending = tight(1).and_then(Token::word);
        let esperanto = matches!(ending, Some("a" | "an")) && self.peek(2).and_then(Token::word) == Some("de");
        if hyphen && (esperanto || matches!(ending, Some("го" | "ого" | "е" | "ое" | "и"))) {
            self.found.ordinal = true;
            self.take(2);
        }
    }

    /// Whether the word that stands `ahead` says that the number before it is a year: `1953 г.`, `1920 r.`, `2003 m.`
    pub(super) fn says_year(&self, ahead: usize) -> bool {
        let unit = self.peek(ahead).and_then(Token::word);
        let closed = matches!(unit, Some("г" | "года" | "год" | "р" | "року" | "r" | "roku" | "anos" | "m"));
        closed && self.closes(ahead + 1)
    }

    /// `2003 m. sausio 2 d.`
    pub(super) fn lithuanian_day(&mut self) {
        let whole = self.found.first.is_whole();
        if whole && self.peek(0).and_then(Token::word) == Some("d") && self.closes(1) {
            self.take(1);
        }
    }

    /// `1.º de noviembre`
    pub(super) fn raised_sign(&mut self) {
        let tight = |ahead: usize| self.peek(ahead).filter(|token| !token.space_before);
        let stop = usize::from(tight(0).is_some_and(|token| token.is_mark(&['.'])));
        let sign = tight(stop).is_some_and(|token| matches!(&self.line[token.start..token.end], "º" | "ª" | "°"));
        if sign {
            self.found.ordinal = true;
            self.take(stop + 1);
        }
    }
}
