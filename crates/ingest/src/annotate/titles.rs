//! Names with what is said in front of them: honorifics, and titles with their places.

use super::candidates::{Candidate, Part, Parts, Scan, Shape, is_saint};
use super::cues::*;
use super::lists::{GIVEN, NOT_NAMES};
use super::token::{Gap, lowered};
use smallvec::smallvec;

impl<'e> Scan<'_, 'e> {
    /// "Duke of York": the title is the first word of the name.
    pub(super) fn titled(&self, at: usize, stop: usize, lower: &str) -> Option<(Candidate<'e>, usize, usize)> {
        let of = self.token(at + 1)?;
        if !TITLES.has(lower) || !self.cut[at].is_capital() || of.text != "of" || of.gap == Gap::Break {
            return None;
        }
        let (place, end) = self.run(at + 2, stop);
        if place.is_empty() || self.token(at + 2).is_none_or(|token| token.gap != Gap::Space) {
            return None;
        }
        let mut words = smallvec![self.part(at, at + 1), self.part(at + 1, at + 2)];
        words.extend(place);
        // "Prince of Wales Island"
        if words.len() > 3 && words.last().is_some_and(|last: &Part<'_>| PLACE_NOUNS.has(&lowered(last.text))) {
            return None;
        }
        let cues = self.cues(at, end);
        let candidate =
            Candidate { in_title: false, honorific: None, words, shape: Shape::Titled, cues, joined: false };
        Some((candidate, at, end))
    }

    /// "Mr. Moore", "my Lord Sandwich", "Sir W. Pen".
    pub(super) fn addressed(&self, at: usize, stop: usize, lower: &str) -> Option<(Candidate<'e>, usize, usize)> {
        let token = &self.cut[at];
        let here = self.tongue.addresses(lower);
        if !here && !(HONORIFICS.has(lower) && (token.is_capital() || is_small_honorific(lower)))
            || token.is_upper() && token.text.len() > 3
        {
            return None;
        }
        let mut name = at + 1;
        if self.token(name).is_some_and(|dot| dot.is(".") && dot.gap == Gap::None) {
            if !self.tongue.abbreviates(lower) && !ABBREVIATED.has(lower) {
                return None;
            }
            name += 1;
        } else if lower.len() == 1 {
            return None;
        }
        name = self.more_honorifics(name);
        self.token(name).filter(|next| next.is_word && next.gap == Gap::Space && name < stop)?;
        // "Prince de Ligne", "Madame de Staël".
        let particles = (0..2).take_while(|&i| self.token(name + i).is_some_and(|word| self.is_particle(word))).count();
        let (mut words, mut end) = self.run(name + particles, stop);
        // "With teacher Ahrens played violin" has "Lehrer Ahrens Geige".
        let surname = words.iter().take_while(|word| GIVEN.has(&lowered(word.text))).count();
        if !self.tongue.capitals_tell() && surname + 1 < words.len() && !is_joined(&words) {
            words.truncate(surname + 1);
            end = words.last().map_or(end, |word| self.cut.partition_point(|token| token.start < word.end()));
        }
        // "King Edward VII."
        end = self.add_regnal(&mut words, end, stop);
        let last = lowered(words.last()?.text);
        if words.iter().all(|word| is_office(word.text) || is_saint(word.text))
            || words.len() > 1 && self.initials_of_nobody(&words, name, end)
        {
            return None;
        }
        // "Mr. Pole" is a person, "Lord God" and "Captain General" are not.
        let civil = CIVIL.has(lower);
        let leading = lowered(words[0].text);
        // "Lord Mount Charles"
        let seat = words.len() > 1 && PLACE_HEADS.has(&leading);
        if PLACE_NOUNS.has(&last) && words.len() > 1 || !civil && !seat && NOT_NAMES.has(&leading) {
            return None;
        }
        words.insert_many(0, (name..name + particles).map(|particle| self.part(particle, particle + 1)));
        let honorific = Some(self.part(at, name));
        let cues = self.cues(at, end);
        let candidate = Candidate { in_title: false, honorific, words, shape: Shape::Addressed, cues, joined: false };
        Some((candidate, at, end))
    }

    /// The token after the number of a ruler, which belongs to the name in front of it.
    pub(super) fn add_regnal(&self, words: &mut Parts<'e>, end: usize, stop: usize) -> usize {
        let number = self.token(end).is_some_and(|number| number.gap == Gap::Space && is_regnal(number.text));
        if !number || end >= stop {
            return end;
        }
        words.push(self.part(end, end + 1));
        end + 1
    }

    /// The token after the honorifics that go on from here: "Rev. | Dr. Brown", "Brig. | -Gen. Rees".
    fn more_honorifics(&self, mut at: usize) -> usize {
        loop {
            let glued = self.token(at).is_some_and(|mark| mark.gap == Gap::None && (mark.is_hyphen() || mark.is("/")));
            let word = at + usize::from(glued);
            let gap = if glued { Gap::None } else { Gap::Space };
            let more = self.token(word).filter(|token| token.is_word && token.gap == gap && token.is_capital());
            let Some(lower) = more.map(|token| lowered(token.text)) else { return at };
            let honorific = HONORIFICS.has(&lower) || self.tongue.addresses(&lower);
            if !honorific || !self.is_followed_by_name(word) {
                return at;
            }
            let dotted = self.token(word + 1).is_some_and(|dot| dot.is(".") && dot.gap == Gap::None);
            if dotted && !ABBREVIATED.has(&lower) {
                return at;
            }
            at = word + 1 + usize::from(dotted);
        }
    }

    fn is_followed_by_name(&self, at: usize) -> bool {
        let dot = usize::from(self.token(at + 1).is_some_and(|dot| dot.is(".") && dot.gap == Gap::None));
        self.token(at + 1 + dot).is_some_and(|next| next.gap == Gap::Space) && self.is_name_word(at + 1 + dot)
    }
}

/// Honorifics that are such in small letters too.
pub(super) fn is_small_honorific(word: &str) -> bool {
    matches!(word, "mr" | "mrs" | "dr" | "capt" | "sir" | "lord" | "lady" | "captain" | "colonel" | "madam")
}

/// Whether all the parts of a word are offices: "Chief-Justice", "Lord-Keeper".
pub(super) fn is_office(word: &str) -> bool {
    let several = word.contains('-');
    lowered(word).split('-').all(|part| OFFICES.has(part) || several && HONORIFICS.has(part))
}

/// "Lieutenants Jouett and Loomis"
pub(super) fn is_plural_honorific(lower: &str) -> bool {
    lower.len() > 5 && lower.strip_suffix('s').is_some_and(|one| HONORIFICS.has(one))
}

/// The number of a ruler of that name, in Roman figures of more than one letter.
fn is_regnal(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'))
}

/// Words that are a form of address after "his", "your" and the like.
pub(super) fn is_style(lower: &str) -> bool {
    matches!(lower, "grace" | "worship" | "honour" | "honor" | "reverence" | "holiness" | "eminence")
}

/// Whether small words or initials are among the words of a name.
fn is_joined(words: &[Part<'_>]) -> bool {
    words.iter().any(|word| word.text.starts_with(char::is_lowercase) || word.text.chars().count() == 1)
}
