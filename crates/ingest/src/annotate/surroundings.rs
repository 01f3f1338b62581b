//! What stands around a name: where its sentence begins, who acts, what it is next to.

use super::candidates::Scan;
use super::cues::*;
use super::lists::is_ordinary;
use super::token::{Gap, Token, lowered};

/// What a candidate's surroundings say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cue {
    /// The first word of a sentence, where a capital means nothing.
    Opens,
    /// Followed by an apostrophe and an s.
    Owns,
    /// After an article or the like.
    Determined,
    /// After "in", "at" and the like.
    AfterPlace,
    /// After "to" or "from".
    AfterEither,
    /// After "told", "met" and the like.
    AfterPeople,
    /// After "with", "by" and the like.
    AfterPeopleMostly,
    /// After "using" and the like.
    AfterThing,
    /// After a word of kin or trade.
    AfterKin,
    /// Before what a person does.
    Acts,
    /// Before what persons and things do.
    ActsWeakly,
    /// Before "who".
    Who,
    /// Before "which".
    Which,
    /// Joined to "I", "he" or the like by "and".
    WithPronoun,
    /// Before a word like "Street".
    BeforePlaceNoun,
    /// Before a number.
    BeforeNumber,
    /// Before a word like "server".
    BeforeThingNoun,
    /// Between quotation marks.
    Quoted,
    /// All that stands between quotation marks: a title, or what somebody said.
    Enclosed,
    /// Initials with a space between: "J. B."
    Spaced,
    /// Before a comma and "who", "my", "a" and the like.
    Explained,
    /// Where the writer goes or is, with an apostrophe and an s and nothing owned after it: "at Michell's".
    Hosts,
    /// Before "the" and a trade: "Wood the timber merchant".
    HasTrade,
    /// With an apostrophe and an s, and nothing owned after it, or what has a capital itself.
    OwnsNothing,
    /// Behind a word for animals or vessels, or before "the" and one: "our cow Daisy", "Abe the eagle".
    IsBeast,
    /// Linked to a mail address or a home page.
    Mailed,
    /// Among words of another language than English.
    Foreign,
}

impl Cue {
    pub(super) const COUNT: usize = Self::Foreign as usize + 1;

    pub(super) fn bit(self) -> u32 {
        1 << self as u32
    }
}

impl Scan<'_, '_> {
    pub(super) fn opens_sentence(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).and_then(|i| self.token(i)) else { return true };
        if self.cut[at].gap == Gap::Break {
            return true;
        }
        match before.text {
            "." => {
                // The full stop of "Mr." or of an initial ends no sentence.
                let word = at.checked_sub(2).and_then(|i| self.token(i));
                !word.is_some_and(|word| {
                    before.gap == Gap::None
                        && (ABBREVIATED.has(&lowered(word.text))
                            || (word.text.chars().count() == 1 && word.is_capital() && word.text != "I"))
                })
            }
            "!" | "?" | ":" | "\u{201c}" | "\"" | "\u{2026}" | "*" | "\u{2022}" | "|" | ">" | "\u{2018}" | "("
            | "[" => true,
            "\u{2014}" | "\u{2013}" => true,
            "-" => at > 1 && self.cut[at - 2].is("-"),
            // A note's number stands between two sentences: "at Portobello.[36] To-day".
            "]" => {
                at > 3
                    && self.cut[at - 3].is("[")
                    && matches!(self.cut[at - 4].text, "." | "!" | "?" | "\u{201d}" | "\"")
            }
            "\u{201d}" | ")" | "'" | "\u{2019}" => {
                at > 1 && matches!(self.cut[at - 2].text, "." | "!" | "?") && self.cut[at].gap != Gap::None
            }
            _ => false,
        }
    }

    /// The token after an apostrophe and s that stand at `end`.
    pub(super) fn after_possessive(&self, end: usize) -> usize {
        let apostrophe = self.token(end).is_some_and(|mark| mark.is_apostrophe() && mark.gap == Gap::None);
        match self.token(end + 1) {
            Some(s) if apostrophe && s.text == "s" && s.gap == Gap::None => end + 2,
            _ => end,
        }
    }

    /// Whether nothing but "and", "&", a comma or a bracket stands between two tokens, and perhaps what a person is to
    /// the writer: "Holroyd and young Denby".
    pub(super) fn joins(&self, end: usize, next: usize) -> bool {
        let between = self.cut.get(end..next).unwrap_or_default();
        let marks = between.iter().take_while(|token| self.tongue.joins(token.text)).count();
        let close = |token: &Token<'_>| token.gap != Gap::Break;
        let to_me =
            |token: &Token<'_>| KIN.has(token.text) || matches!(token.text, "my" | "his" | "her" | "our" | "their");
        (1..=2).contains(&marks)
            && between.len() <= marks + 2
            && between[marks..].iter().all(to_me)
            && between.iter().all(close)
            && self.cut.get(next).is_some_and(close)
    }

    /// Whether "of" stands between two tokens, alone or after a comma: "Dr. Shaw, of Rochester".
    pub(super) fn hails_from(&self, end: usize, next: usize) -> bool {
        match self.cut.get(end..next) {
            Some([of]) => of.text == "of",
            Some([comma, of]) => comma.is(",") && of.text == "of",
            _ => false,
        }
    }

    /// Whether a chapter and verse follow: "John iii. 16", "Mark 2:4".
    pub(super) fn is_verse(&self, at: usize) -> bool {
        let digits = |at: usize| self.token(at).is_some_and(|token| token.text.bytes().all(|b| b.is_ascii_digit()));
        let Some(chapter) = self.token(at).filter(|token| token.gap == Gap::Space) else { return false };
        let roman = chapter.text.bytes().all(|b| matches!(b, b'i' | b'v' | b'x' | b'l' | b'c'));
        match self.token(at + 1).map(|mark| mark.text) {
            Some(":") => digits(at) && digits(at + 2),
            Some("." | ",") => roman && (digits(at + 2) || self.token(at + 2).is_some_and(|t| t.is(","))),
            _ => false,
        }
    }

    /// Whether the word after a possessive is none that can be owned: a mark, a small word, or nothing.
    fn owns_nothing_named(&self, at: usize) -> bool {
        self.token(at).is_none_or(|next| !next.is_word || next.gap == Gap::Break || FUNCTION_WORDS.has(next.text))
    }

    /// Whether "the" and such a word follow, with at most one word or a comma between: "Pole the harper".
    fn is_the(&self, at: usize, such: impl Fn(&str) -> bool) -> bool {
        let at = at + usize::from(self.token(at).is_some_and(|mark| mark.is(",")));
        let the =
            self.token(at).is_some_and(|word| matches!(word.text, "the" | "our" | "my" | "his" | "her" | "their"));
        let such = |at: usize| self.token(at).is_some_and(|word| word.gap == Gap::Space && such(word.text));
        the && (such(at + 1) || such(at + 2))
    }

    /// Whether such a word is said of what stands before: "Slany is the chief cook", "Slany, the man with".
    fn is_said_to_be(&self, after: usize, such: impl Fn(&str) -> bool) -> bool {
        let is = self.token(after).is_some_and(|word| word.is(",") || matches!(word.text, "is" | "was"));
        let one = self.token(after + 1).is_some_and(|word| matches!(word.text, "the" | "a" | "an"));
        let such = |at: usize| self.token(at).is_some_and(|word| word.gap == Gap::Space && such(word.text));
        is && one && (such(after + 2) || such(after + 3))
    }

    /// Whether the small words around, three on either side, are mostly of another language.
    fn is_foreign(&self, first: usize, after: usize) -> bool {
        let within = |token: &&Token<'_>| token.is_word || token.is(",");
        let goes_on = |token: &&Token<'_>| token.gap != Gap::Break && within(token);
        // A name in a line of its own stands beside none of the others.
        let reach = if self.cut[first].gap == Gap::Break { 0 } else { 3 };
        let before = self.cut[..first].iter().rev().take(reach).take_while(within);
        let behind = self.cut.get(after..).unwrap_or_default().iter();
        let near = before.chain(behind.take(3).take_while(goes_on));
        let small = near.filter(|word| word.text.len() > 1 && word.text.starts_with(|c: char| c.is_ascii_lowercase()));
        let (mut ours, mut theirs) = (0, 0);
        for word in small {
            *(if is_ordinary(word.text) { &mut ours } else { &mut theirs }) += 1;
            if ours > 1 {
                return false;
            }
        }
        theirs > 2 * ours
    }

    /// What is done by what stands in front of this token, which is `lower` in small letters; small words may stand
    /// between: "Tom never said", "Pouget ne croit pas".
    fn verb<'a>(&'a self, at: usize, lower: &'a str) -> &'a str {
        let english = self.tongue.is_english();
        let aside = |word: &str| self.tongue.is_auxiliary(word) || english && word.len() > 4 && word.ends_with("ly");
        let most = if english { 1 } else { 4 };
        let asides = (0..most).take_while(|&i| self.token(at + i).is_some_and(|word| aside(word.text))).count();
        match self.token(at + asides).filter(|word| asides > 0 && word.gap != Gap::Break && word.is_word) {
            Some(verb) if self.tongue.acts(verb.text) => verb.text,
            _ => lower,
        }
    }

    /// "J. B.", whose last full stop may be left out of `end`.
    fn are_spaced_initials(&self, first: usize, end: usize) -> bool {
        let initial = |at: usize| {
            self.token(at).is_some_and(|word| word.is_capital() && word.text.chars().count() == 1)
                && self.token(at + 1).is_some_and(|dot| dot.is(".") && dot.gap == Gap::None)
        };
        (3..=4).contains(&(end - first))
            && initial(first)
            && initial(first + 2)
            && self.cut[first + 2].gap == Gap::Space
    }

    /// "a girl called Babs"
    fn is_person_called(&self, first: usize) -> bool {
        let [.., who, called] = &self.cut[..first] else { return false };
        matches!(called.text, "called" | "named")
            && (PERSON_NOUNS.has(who.text) || TRADES.has(who.text) || KIN.has(who.text))
    }

    /// What stands around the name from `first` up to `end`, one bit a [`Cue`].
    pub(super) fn cues(&self, first: usize, end: usize) -> u32 {
        // The full stop of an initial belongs to it: "H. and I".
        let initial = end > first && self.cut[end - 1].text.chars().count() == 1;
        let end = end + usize::from(initial && self.token(end).is_some_and(|dot| dot.is(".") && dot.gap == Gap::None));
        let place = Place { first, end, after: self.after_possessive(end) };
        let mut cues = Cues::default();
        cues.say(Cue::Opens, self.opens_sentence(first));
        cues.say(Cue::Spaced, self.are_spaced_initials(first, end));
        cues.say(Cue::Foreign, self.tongue.is_english() && self.is_foreign(first, place.after));
        self.look_before(place, &mut cues);
        self.look_for_quotes(place, &mut cues);
        self.look_for_what_it_is(place, &mut cues);
        self.look_behind(place, &mut cues);
        cues.0
    }

    fn look_before(&self, Place { first, end, after }: Place, cues: &mut Cues) {
        let Some(last) = first.checked_sub(1).map(|at| &self.cut[at]) else { return };
        let before_last = first.checked_sub(2).map_or("", |at| self.cut[at].text);
        // "their son, Will"
        cues.say(Cue::AfterKin, last.is(",") && self.tongue.is_kin(&lowered(before_last)));
        if !last.is_word || self.cut[first].gap == Gap::Break {
            return;
        }
        let before = lowered(last.text);
        let hosts = after > end && matches!(&*before, "to" | "at" | "from" | "by" | "into" | "in" | "chez");
        let pronoun = matches!(before_last, "I" | "me" | "he" | "He" | "she" | "She" | "him" | "we" | "wife");
        cues.say(Cue::Determined, self.tongue.determines(&before));
        cues.say(Cue::IsBeast, BEASTS.has(&before));
        cues.say(Cue::Hosts, hosts && self.owns_nothing_named(after));
        let head = if self.tongue.is_of(&before) { lowered(before_last) } else { lowered(last.text) };
        // "We all looked at Tomasz."
        let aimed = before == "at" && AIMED_AT.has(before_last);
        let of_place = !aimed && self.tongue.leads_to_places(&before) || self.tongue.heads_places(&head);
        cues.say(Cue::AfterPlace, after == end && of_place);
        cues.say(Cue::AfterEither, after == end && self.tongue.leads_to_either(&before));
        cues.say(Cue::AfterPeople, BEFORE_PEOPLE.has(&before));
        cues.say(Cue::AfterPeopleMostly, aimed || self.tongue.leads_to_people(&before));
        cues.say(Cue::AfterThing, BEFORE_THINGS.has(&before));
        cues.say(Cue::AfterKin, self.tongue.is_kin(&before) || self.is_person_called(first));
        // "Heute kam Ramassan", "me dijo Pilar"
        cues.say(Cue::Acts, !self.tongue.is_english() && self.tongue.acts(&before));
        cues.say(Cue::WithPronoun, before == "and" && pronoun);
    }

    fn look_for_quotes(&self, Place { first, end, .. }: Place, cues: &mut Cues) {
        let is_quote = |at: usize| {
            self.token(at).is_some_and(|mark| matches!(mark.text, "\"" | "\u{201c}" | "\u{201d}" | "«" | "»"))
        };
        let quoted = first > 0 && is_quote(first - 1) && self.cut[first].gap == Gap::None;
        // American print has the full stop inside: "Trilby."
        let stop = self.token(end).is_some_and(|mark| mark.gap == Gap::None && matches!(mark.text, "." | ","));
        cues.say(Cue::Quoted, quoted);
        cues.say(Cue::Enclosed, quoted && is_quote(end + usize::from(stop)));
    }

    fn look_for_what_it_is(&self, Place { end, after, .. }: Place, cues: &mut Cues) {
        let owned = self.token(after).filter(|next| next.gap == Gap::Space);
        let owns_nothing = self.owns_nothing_named(after) || owned.is_some_and(Token::is_capital);
        let trade = |word: &str| TRADES.has(word) || KIN.has(word) && word.len() > 3 && !is_epithet(word);
        let what_people_are = |word: &str| trade(word) || PERSON_NOUNS.has(word);
        cues.say(Cue::Owns, after > end);
        cues.say(Cue::OwnsNothing, after > end && owns_nothing);
        cues.say(Cue::HasTrade, self.is_the(after, trade) || self.is_said_to_be(after, what_people_are));
        cues.say(Cue::IsBeast, self.is_the(after, |word| BEASTS.has(word)));
    }

    fn look_behind(&self, Place { end, after, .. }: Place, cues: &mut Cues) {
        let Some(next) = self.token(after).filter(|next| next.gap != Gap::Break) else { return };
        let follow = self.token(after + 1);
        let lower = lowered(next.text);
        let place = PLACE_NOUNS.has(&lower) && next.is_capital() && !(after > end && WRITINGS.has(&lower));
        cues.say(Cue::BeforePlaceNoun, next.is_word && (place || lower == "street"));
        if after > end {
            return;
        }
        let second = follow.filter(|word| word.gap == Gap::Space).map_or("", |word| word.text);
        if next.is(",") {
            cues.say(Cue::Who, matches!(second, "who" | "whose" | "whom"));
            cues.say(Cue::Explained, matches!(second, "my" | "his" | "her" | "a" | "an" | "our"));
            return;
        }
        // N⸺: “You can talk.”
        let speaks = next.is(":") && follow.is_some_and(|mark| matches!(mark.text, "\u{201c}" | "\""));
        cues.say(Cue::Acts, speaks);
        if next.gap != Gap::Space {
            return;
        }
        let verb = self.verb(after, &lower);
        let acts = next.text.chars().all(char::is_lowercase) && self.tongue.acts(verb);
        let helps = !self.tongue.is_english() && !acts && self.tongue.is_auxiliary(&lower);
        let is_roman =
            |text: &str| text.len() > 1 && text.bytes().all(|b| matches!(b, b'i' | b'v' | b'x' | b'l' | b'c'));
        let numbered = next.text.starts_with(|c: char| c.is_ascii_digit()) || next.is_word && is_roman(next.text);
        cues.say(Cue::WithPronoun, lower == "and" && matches!(second, "I" | "me" | "he" | "she" | "my" | "myself"));
        cues.say(Cue::Who, matches!(verb, "who" | "whose" | "whom"));
        cues.say(Cue::Acts, acts && !WEAK_VERBS.has(verb));
        cues.say(Cue::ActsWeakly, WEAK_VERBS.has(verb) || helps || !acts && self.tongue.is_past(&lower));
        cues.say(Cue::Which, matches!(&*lower, "which" | "itself"));
        cues.say(Cue::BeforeNumber, numbered);
        cues.say(Cue::BeforeThingNoun, THING_NOUNS.has(&lower));
    }
}

/// Where a name stands among the tokens.
#[derive(Clone, Copy)]
struct Place {
    first: usize,
    /// Behind its last.
    end: usize,
    /// Behind the apostrophe and s, where they follow.
    after: usize,
}

/// Cues, one bit each.
#[derive(Default)]
struct Cues(u32);

impl Cues {
    fn say(&mut self, cue: Cue, holds: bool) {
        if holds {
            self.0 |= cue.bit();
        }
    }
}

/// Words before a name that also stand before anything else.
fn is_epithet(word: &str) -> bool {
    matches!(word, "poor" | "dear" | "young" | "little")
}
