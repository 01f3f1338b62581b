//! People called by a handle: "@sarahmei", "davej".

use super::candidates::{Candidate, Scan, Shape};
use super::cues::WEAK_VERBS;
use super::lists::{NOT_NAMES, NOT_PROJECTS, PLACES, SOFTWARE, TOP_DOMAINS, is_ordinary};
use super::runs::has_name_prefix;
use super::surroundings::Cue;
use super::token::{Gap, LONGEST_WORD, lowered};
use smallvec::smallvec;

impl<'e> Scan<'_, 'e> {
    /// "@sarahmei": a name by its mark, unless it is a word of the language as "@home" is.
    pub(super) fn handle(&self, at: usize) -> Option<(Candidate<'e>, usize, usize)> {
        let mark = at.checked_sub(1).and_then(|before| self.token(before)).filter(|mark| mark.is("@"))?;
        let token = &self.cut[at];
        let free = mark.gap != Gap::None || at.checked_sub(2).is_none_or(|i| self.cut[i].is("("));
        let goes_on = self.token(at + 1).is_some_and(|next| {
            let more = self.token(at + 2).is_some_and(|word| word.gap == Gap::None && word.is_word);
            next.gap == Gap::None && (matches!(next.text, "(" | "@" | "_" | "/") || next.is(".") && more)
        });
        let lower = lowered(token.text);
        let is_name = token.is_word && token.gap == Gap::None && token.text.len() > 2 && !is_ordinary(&lower);
        if !free || !is_name || goes_on || token.text.len() > LONGEST_WORD || NOT_NAMES.has(&lower) {
            return None;
        }
        Some(self.single(at, Shape::Handle))
    }

    /// "davej", "Ms2ger", "SimonSapin" in a diary of programmers.
    pub(super) fn coined(&self, at: usize) -> Option<(Candidate<'e>, usize, usize)> {
        let text = self.cut[at].text;
        let may_be = self.technical && self.tongue.is_english() && (3..=16).contains(&text.len()) && is_coined(text);
        if !may_be || self.inside_word(at) {
            return None;
        }
        let hyphen = |at: usize| self.token(at).is_some_and(|mark| mark.is_hyphen() && mark.gap == Gap::None);
        let hyphenated = at > 0 && self.cut[at].gap == Gap::None && self.cut[at - 1].is_hyphen() || hyphen(at + 1);
        // "doesn't"
        let apostrophe = self.token(at + 1).is_some_and(|mark| mark.is_apostrophe() && mark.gap == Gap::None);
        let contracted = apostrophe && self.after_possessive(at + 1) == at + 1;
        let lists = [&SOFTWARE, &NOT_PROJECTS, &NOT_NAMES, &TOP_DOMAINS, &PLACES];
        let lower = lowered(text);
        let known = is_ordinary(&lower) || lists.iter().any(|list| list.has(&lower));
        if hyphenated || contracted || known {
            return None;
        }
        let (mut candidate, first, end) = self.single(at, Shape::Coined);
        // Only who does something opens a sentence in small letters.
        let opens = candidate.has(Cue::Opens) && !candidate.has(Cue::Quoted);
        let acts = opens && (candidate.has(Cue::Acts) || self.has_done(end));
        let place = Cue::Opens.bit() | Cue::Acts.bit();
        candidate.cues = if acts { candidate.cues | place } else { candidate.cues & !Cue::Opens.bit() };
        Some((candidate, first, end))
    }

    /// Whether a regular verb of the past stands here, and what was done behind it: "| optimized the rendering".
    fn has_done(&self, at: usize) -> bool {
        let verb =
            self.token(at).is_some_and(|verb| verb.is_small() && verb.text.len() > 4 && verb.text.ends_with("ed"));
        verb && self
            .token(at + 1)
            .is_some_and(|what| what.is_word && !matches!(what.text, "by" | "in" | "on" | "at" | "to"))
            && self.token(at).is_some_and(|verb| !WEAK_VERBS.has(verb.text))
    }

    /// The one word here as a candidate.
    fn single(&self, at: usize, shape: Shape) -> (Candidate<'e>, usize, usize) {
        let (words, cues) = (smallvec![self.part(at, at + 1)], self.cues(at, at + 1));
        (Candidate { in_title: false, honorific: None, words, shape, cues, joined: false }, at, at + 1)
    }
}

/// Whether a word is of a shape that people choose for a handle and no language has: small letters and digits, or a capital
/// or a digit among small letters.
pub(super) fn is_coined(text: &str) -> bool {
    let mut bytes = text.bytes();
    let letter = bytes.next().is_some_and(|first| first.is_ascii_alphabetic());
    let plain = letter && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let small = text.bytes().filter(u8::is_ascii_lowercase).count();
    let odd = text.as_bytes().windows(2).any(|two| two[0].is_ascii_lowercase() && !two[1].is_ascii_lowercase());
    plain && small > 1 && (text.starts_with(|first: char| first.is_ascii_lowercase()) || odd && !has_name_prefix(text))
}
