//! Runs of capitalised words that may name somebody, with the cues around each.

use super::cues::*;
use super::lists::{GIVEN, NOT_NAMES, SURNAMES, is_ordinary};
use super::surroundings::Cue;
use super::token::{Gap, LONGEST_WORD, Text, Token};
use super::tongues::Tongue;
use diary::Span;
use std::borrow::Cow;

/// A run of capitalised words, or an honorific or title with what completes it.
#[derive(Clone, Debug)]
pub(super) struct Candidate<'e> {
    /// In the title of the entry, not in its text.
    pub(super) in_title: bool,
    /// What stands in front as part of the name: `Mr.`, `Sir`. Its words are not among `words`.
    pub(super) honorific: Option<Part<'e>>,
    /// The words of the name, the full stop after an initial left out.
    pub(super) words: Vec<Part<'e>>,
    /// What kind of name its shape makes it.
    pub(super) shape: Shape,
    /// What stands around it, one bit a [`Cue`].
    pub(super) cues: u32,
    /// How many candidates stand between it and the one it is joined to by "and" or a comma in front.
    pub(super) joined: bool,
}

/// A word of a name and its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part<'e> {
    pub(super) text: &'e str,
    pub(super) span: Span,
}

/// What the shape alone says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Nothing.
    Plain,
    /// An honorific and a name: a person.
    Addressed,
    /// A title, "of" and a place: a person.
    Titled,
    /// A word behind an `@`: a person.
    Handle,
}

impl<'e> Candidate<'e> {
    pub(super) fn has(&self, cue: Cue) -> bool {
        self.cues & cue.bit() != 0
    }

    /// The name as words between spaces, without its honorific.
    pub(super) fn name(&self) -> Cow<'e, str> {
        join(&self.words)
    }

    /// Where the whole of it stands.
    pub(super) fn span(&self) -> Span {
        let first = self.honorific.as_ref().or(self.words.first()).map_or(0, |part| part.span.start);
        Span::new(first, self.words.last().map_or(first, |part| part.span.end))
    }
}

/// Parts as words between spaces.
pub(super) fn join<'e>(parts: &[Part<'e>]) -> Cow<'e, str> {
    match parts {
        [one] => one.text.into(),
        parts => parts.iter().map(|part| part.text).collect::<Vec<_>>().join(" ").into(),
    }
}

/// The candidates of a text, in order. `skip` are spans that are settled or no prose.
pub(super) fn candidates<'e>(text: &Text<'e, '_>, skip: &[Span]) -> Vec<Candidate<'e>> {
    let mut found: Vec<Candidate<'_>> = Vec::new();
    let Text { in_title, text, cut, tongue, .. } = *text;
    let scan = Scan { text, cut, tongue };
    let mut at = 0;
    let mut skipped = 0;
    let mut last_end = 0;
    while at < cut.len() {
        while skip.get(skipped).is_some_and(|span| span.end <= cut[at].start) {
            skipped += 1;
        }
        if skip.get(skipped).is_some_and(|span| span.start <= cut[at].start) {
            at += 1;
            continue;
        }
        let stop = skip.get(skipped).map_or(cut.len(), |span| cut.partition_point(|token| token.start < span.start));
        match scan.candidate(at, stop) {
            Some((mut candidate, first, end)) => {
                candidate.in_title = in_title;
                candidate.joined = !found.is_empty() && scan.joins(last_end, first);
                last_end = scan.after_possessive(end);
                found.push(candidate);
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

pub(super) struct Scan<'s, 'e> {
    pub(super) text: &'e str,
    pub(super) cut: &'s [Token<'e>],
    pub(super) tongue: Tongue,
}

impl<'e> Scan<'_, 'e> {
    pub(super) fn token(&self, at: usize) -> Option<&Token<'_>> {
        self.cut.get(at)
    }

    /// The candidate that begins at this token, its first token and the one after its last.
    fn candidate(&self, at: usize, stop: usize) -> Option<(Candidate<'e>, usize, usize)> {
        let token = self.token(at)?;
        if let Some(found) = self.handle(at) {
            return Some(found);
        }
        let starts = token.is_capital() || SMALL_HONORIFICS.contains(&token.text) || self.tongue.addresses(token.text);
        if !token.is_word || !starts || self.inside_word(at) {
            return None;
        }
        let lower = token.text.to_lowercase();
        if let Some(found) = self.titled(at, stop, &lower) {
            return Some(found);
        }
        if let Some(found) = self.addressed(at, stop, &lower) {
            return Some(found);
        }
        if !self.is_name_word(at) {
            return None;
        }
        if matches!(lower.as_str(), "st" | "saint") {
            return None;
        }
        let opens = self.opens_sentence(at);
        if opens && (FUNCTION_WORDS.has(&lower) || NOT_NAMES.has(&lower)) {
            return None;
        }
        let (mut words, end) = self.run(at, stop);
        let mut first = at;
        // A sentence may open with an ordinary word that a name follows, and a name may follow the day of the week.
        let english = self.tongue.is_english();
        let leads = |word: &str| {
            let lower = word.to_lowercase();
            let initial = word.chars().count() == 1;
            NOT_NAMES.has(&lower) || opens && !initial && (!english || is_ordinary(&lower)) && !GIVEN.has(&lower)
        };
        let leading = words[..words.len().saturating_sub(1)].iter().take_while(|word| leads(word.text)).count();
        if leading > 0 {
            words.drain(..leading);
            first = words.first().map_or(at, |word| self.cut.partition_point(|token| token.start < word.span.start));
        }
        let whole = words.first()?;
        if words.len() == 1 && opens && !english && (!GIVEN.has(&lower) || PARTICLES.has(&lower)) {
            return None;
        }
        if words.len() == 1
            && (NOT_NAMES.has(&whole.text.to_lowercase()) || whole.text.contains('-') && is_office(whole.text))
        {
            return None;
        }
        // "Whit Monday", "Palm Sunday".
        let day = self.token(end).filter(|next| next.gap == Gap::Space && next.is_capital());
        if words.len() == 1 && day.is_some_and(|day| is_calendar(&day.text.to_lowercase())) && !GIVEN.has(&lower) {
            return None;
        }
        let dotted = self.token(end).is_some_and(|dot| dot.is(".") && dot.gap == Gap::None);
        if words.len() == 1 && whole.text.chars().count() < 2 && (!dotted || matches!(whole.text, "A" | "O" | "I")) {
            return None;
        }
        if first > 0 && matches!(self.cut[first - 1].text, "St" | "Saint") {
            return None;
        }
        if first > 1 && self.cut[first - 1].is(".") && matches!(self.cut[first - 2].text, "St" | "Ste") {
            return None;
        }
        if words.len() == 1 && first > 0 && is_style(&lower) && is_possessive(self.cut[first - 1].text) {
            return None;
        }
        // "F.R.S.", "N.S.W.": two initials may be somebody's, more of them stand for something else.
        if words.len() > 2 && words.iter().all(|word| word.text.chars().count() == 1) || self.is_verse(end) {
            return None;
        }
        let cues = self.cues(first, end);
        let candidate = Candidate { in_title: false, honorific: None, words, shape: Shape::Plain, cues, joined: false };
        Some((candidate, first, end))
    }

    /// "@sarahmei": a name by its mark, unless it is a word of the language as "@home" is.
    fn handle(&self, at: usize) -> Option<(Candidate<'e>, usize, usize)> {
        let mark = at.checked_sub(1).and_then(|before| self.token(before)).filter(|mark| mark.is("@"))?;
        let token = &self.cut[at];
        let free = mark.gap != Gap::None || at.checked_sub(2).is_none_or(|i| self.cut[i].is("("));
        let goes_on = self.token(at + 1).is_some_and(|next| {
            let more = self.token(at + 2).is_some_and(|word| word.gap == Gap::None && word.is_word);
            next.gap == Gap::None && (matches!(next.text, "(" | "@" | "_" | "/") || next.is(".") && more)
        });
        let lower = token.text.to_lowercase();
        let is_name = token.is_word && token.gap == Gap::None && token.text.len() > 2 && !is_ordinary(&lower);
        if !free || !is_name || goes_on || token.text.len() > LONGEST_WORD || NOT_NAMES.has(&lower) {
            return None;
        }
        let (words, cues) = (vec![self.part(at, at + 1)], self.cues(at, at + 1));
        let candidate =
            Candidate { in_title: false, honorific: None, words, shape: Shape::Handle, cues, joined: false };
        Some((candidate, at, at + 1))
    }

    /// "Duke of York": the title is the first word of the name.
    fn titled(&self, at: usize, stop: usize, lower: &str) -> Option<(Candidate<'e>, usize, usize)> {
        let of = self.token(at + 1)?;
        if !TITLES.has(lower) || !self.cut[at].is_capital() || of.text != "of" || of.gap == Gap::Break {
            return None;
        }
        let (place, end) = self.run(at + 2, stop);
        if place.is_empty() || self.token(at + 2).is_none_or(|token| token.gap != Gap::Space) {
            return None;
        }
        let mut words = vec![self.part(at, at + 1), self.part(at + 1, at + 2)];
        words.extend(place);
        let cues = self.cues(at, end);
        let candidate =
            Candidate { in_title: false, honorific: None, words, shape: Shape::Titled, cues, joined: false };
        Some((candidate, at, end))
    }

    /// "Mr. Moore", "my Lord Sandwich", "Sir W. Pen".
    fn addressed(&self, at: usize, stop: usize, lower: &str) -> Option<(Candidate<'e>, usize, usize)> {
        let token = &self.cut[at];
        let here = self.tongue.addresses(lower);
        if !here && !(HONORIFICS.has(lower) && (token.is_capital() || SMALL_HONORIFICS.contains(&lower)))
            || token.is_upper() && token.text.len() > 3
        {
            return None;
        }
        let mut name = at + 1;
        if self.token(name).is_some_and(|dot| dot.is(".") && dot.gap == Gap::None) {
            if !here && !ABBREVIATED.has(lower) {
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
        let (mut words, end) = self.run(name + particles, stop);
        let last = words.last()?.text.to_lowercase();
        if words.iter().all(|word| is_office(word.text)) {
            return None;
        }
        // "Mr. Pole" is a person, "Lord God" and "Captain General" are not.
        let civil = matches!(lower, "mr" | "mrs" | "ms" | "miss" | "dr" | "messrs");
        if PLACE_NOUNS.has(&last) && words.len() > 1 || !civil && NOT_NAMES.has(&words[0].text.to_lowercase()) {
            return None;
        }
        words.splice(0..0, (name..name + particles).map(|particle| self.part(particle, particle + 1)));
        let honorific = Some(self.part(at, name));
        let cues = self.cues(at, end);
        let candidate = Candidate { in_title: false, honorific, words, shape: Shape::Addressed, cues, joined: false };
        Some((candidate, at, end))
    }

    /// The token after the honorifics that go on from here: "Rev. | Dr. Brown", "Brig. | -Gen. Rees".
    fn more_honorifics(&self, mut at: usize) -> usize {
        loop {
            let glued = self.token(at).is_some_and(|mark| mark.gap == Gap::None && (mark.is_hyphen() || mark.is("/")));
            let word = at + usize::from(glued);
            let gap = if glued { Gap::None } else { Gap::Space };
            let more = self.token(word).filter(|token| token.is_word && token.gap == gap && token.is_capital());
            let Some(lower) = more.map(|token| token.text.to_lowercase()) else { return at };
            if !HONORIFICS.has(&lower) || !self.is_followed_by_name(word) {
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

    /// The name words from this token on, and the token after them. Ends at a possessive, a mark, a small word.
    fn run(&self, at: usize, stop: usize) -> (Vec<Part<'e>>, usize) {
        let mut words: Vec<Part<'_>> = Vec::new();
        let mut next = at;
        while next < stop && words.len() < 6 {
            if !words.is_empty() && self.cut[next].gap != Gap::Space {
                break;
            }
            let mut start = next;
            // Particles join only what stands on both sides of them.
            while !words.is_empty() && start < stop && start < next + 3 && self.is_particle(&self.cut[start]) {
                start += 1;
            }
            if start > next && self.token(start).is_none_or(|token| token.gap != Gap::Space) {
                break;
            }
            if start >= stop || !self.is_name_word(start) {
                break;
            }
            let lower = self.cut[start].text.to_lowercase();
            if !words.is_empty() && self.tongue.addresses(&lower) {
                break;
            }
            if !words.is_empty()
                && (FUNCTION_WORDS.has(&lower) && self.cut[start].text.len() > 1 && lower != "may"
                    || is_calendar(&lower))
            {
                break;
            }
            let end = self.word_end(start, stop);
            for particle in next..start {
                words.push(self.part(particle, particle + 1));
            }
            let initial = self.cut[start].text.chars().count() == 1 && end == start + 1;
            let dotted = self.token(end).is_some_and(|dot| dot.is(".") && dot.gap == Gap::None);
            words.push(self.part(start, end));
            next = end;
            if initial && dotted {
                next += 1;
                // "W.H. Auden": initials need no space between them.
                while next < stop && self.cut[next].gap == Gap::None && self.is_name_word(next) {
                    let end = self.word_end(next, stop);
                    words.push(self.part(next, end));
                    next = end + usize::from(self.token(end).is_some_and(|dot| dot.is(".") && dot.gap == Gap::None));
                }
            } else if dotted && self.is_cut_short(start, at > 0 && words.len() == 1) {
                next += 1;
            }
        }
        // A lone initial at the end is the start of a sentence or a grade, unless it is all there is.
        let initial = |word: &Part<'_>| word.text.chars().count() == 1;
        while words.len() > 2 && words.last().is_some_and(initial) && !words.iter().all(initial) {
            words.pop();
        }
        let end = words.last().map_or(at, |word| self.cut.partition_point(|token| token.start < word.span.end));
        (words, end)
    }

    /// Whether a small word joins the words of a name; "à" does in English alone: Thomas à Kempis.
    fn is_particle(&self, word: &Token<'_>) -> bool {
        PARTICLES.has(word.text) || word.text == "à" && self.tongue.is_english()
    }

    /// Whether a word before a full stop is a shortened name: "Wm. Batten", after an honorific "Sir Ph. Warwick".
    fn is_cut_short(&self, at: usize, leads: bool) -> bool {
        let word = self.cut[at].text;
        let addressed = leads && self.tongue.is_english() && {
            let dotted = usize::from(self.cut[at - 1].is("."));
            let before = at.checked_sub(1 + dotted).and_then(|i| self.token(i));
            before.is_some_and(|before| HONORIFICS.has(&before.text.to_lowercase()))
        };
        let next_is_name = self.token(at + 2).is_some_and(|next| next.gap == Gap::Space) && self.is_name_word(at + 2);
        let follows = self.token(at + 2).map(|next| next.text.to_lowercase()).unwrap_or_default();
        let next_is_name =
            next_is_name && (!is_ordinary(&follows) || SURNAMES.has(&follows)) && !FUNCTION_WORDS.has(&follows);
        next_is_name && (SHORT_GIVEN.has(&word.to_lowercase()) || addressed && word.len() <= 5)
    }

    /// The token after a word with its hyphenated and apostrophised parts: "Kroah-Hartman", "O'Reilly".
    fn word_end(&self, at: usize, stop: usize) -> usize {
        let blank = self.blank_end(at, stop);
        if blank > at + 1 {
            return blank;
        }
        let mut end = at + 1;
        while end + 1 < stop {
            let (mark, next) = (&self.cut[end], &self.cut[end + 1]);
            if mark.gap != Gap::None || next.gap != Gap::None || !next.is_word {
                break;
            }
            let hyphen = mark.is_hyphen();
            let apostrophe = mark.is_apostrophe() && self.cut[end - 1].text.chars().count() <= 2 && next.is_capital();
            if !hyphen && !apostrophe {
                break;
            }
            end += 2;
        }
        end
    }

    /// The token after a name that is blanked out: "E⸺", "Mrs. G----", "Lord A----y".
    fn blank_end(&self, at: usize, stop: usize) -> usize {
        let dashes = |token: &Token<'_>| match token.text {
            "\u{2e3a}" | "\u{2e3b}" => 2,
            "\u{2014}" | "\u{2013}" | "-" | "_" | "*" => 1,
            _ => 0,
        };
        let rest = self.cut.get(at + 1..stop).unwrap_or_default();
        let glued = rest.iter().take_while(|token| token.gap == Gap::None && dashes(token) > 0).count();
        let length: usize = rest[..glued].iter().map(dashes).sum();
        // Two hyphens are a dash in typescript; after a lone initial only more of them blank a name.
        let typed = rest[..glued].iter().all(|token| token.text == "-");
        if length < if typed { 3 } else { 2 } || self.cut[at].text.chars().count() > 2 {
            return at + 1;
        }
        let letters = |token: &&Token<'_>| {
            token.gap == Gap::None && token.text.len() <= 3 && token.text.chars().all(char::is_lowercase)
        };
        at + 1 + glued + usize::from(rest.get(glued).filter(letters).is_some())
    }

    /// Whether a word may be part of a name: a capital, then small letters; or one capital.
    fn is_name_word(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else { return false };
        if !token.is_word || token.text.len() > LONGEST_WORD || !token.is_capital() || self.inside_word(at) {
            return false;
        }
        let mut chars = token.text.chars().skip(1);
        if token.text.chars().count() == 1 {
            // "D'Arcy" and "O'Brien" are words, "T" a name's initial; "I" is neither.
            return token.text != "I" || self.token(at + 1).is_some_and(|dot| dot.is(".") && dot.gap == Gap::None);
        }
        let inner_capital = chars.clone().any(char::is_uppercase);
        let names_prefix = ["Mc", "Mac", "De", "Di", "Du", "La", "Le", "Van", "Von", "Fitz", "Del", "Da"];
        if inner_capital
            && !names_prefix.iter().any(|prefix| {
                token.text.strip_prefix(prefix).is_some_and(|rest| {
                    let mut rest = rest.chars();
                    rest.next().is_some_and(char::is_uppercase)
                        && rest.clone().count() > 1
                        && rest.all(char::is_lowercase)
                })
            })
        {
            return false;
        }
        chars.all(char::is_alphabetic)
    }

    /// Whether the token is glued to an identifier, an address or a number.
    fn inside_word(&self, at: usize) -> bool {
        let token = &self.cut[at];
        let joins = |mark: &Token<'_>| matches!(mark.text, "_" | "@" | "/" | "\\" | "=" | "#" | "$");
        let before = at > 0 && token.gap == Gap::None && {
            let mark = &self.cut[at - 1];
            joins(mark)
                || mark.is_word
                || (mark.is(".")
                    && at > 1
                    && mark.gap == Gap::None
                    && self.cut[at - 2].is_word
                    && self.cut[at - 2].text.len() > 1)
        };
        let after = self.token(at + 1).is_some_and(|mark| {
            mark.gap == Gap::None
                && (matches!(mark.text, "_" | "@" | "\\" | "=")
                    || mark.is("[") && token.text.len() == 1
                    || (mark.is(".")
                        && self.token(at + 2).is_some_and(|next| {
                            next.gap == Gap::None && next.is_word && !(next.is_capital() && token.text.len() == 1)
                        })))
        });
        before || after
    }

    fn part(&self, from: usize, to: usize) -> Part<'e> {
        let span = Span::new(self.cut[from].start, self.cut[to - 1].end());
        Part { text: span.of(self.text), span }
    }
}

/// Honorifics that are such in small letters too.
const SMALL_HONORIFICS: [&str; 10] = ["mr", "mrs", "dr", "capt", "sir", "lord", "lady", "captain", "colonel", "madam"];

/// Days and months, which stand beside names without being part of them.
fn is_calendar(lower: &str) -> bool {
    matches!(
        lower,
        "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "january"
            | "february"
            | "march"
            | "april"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
    )
}

/// Whether all the parts of a word are offices: "Chief-Justice".
fn is_office(word: &str) -> bool {
    word.to_lowercase().split('-').all(|part| OFFICES.has(part))
}

/// Words that are a form of address after "his", "your" and the like.
fn is_style(lower: &str) -> bool {
    matches!(lower, "grace" | "worship" | "honour" | "honor" | "reverence" | "holiness" | "eminence")
}

fn is_possessive(word: &str) -> bool {
    matches!(word, "his" | "her" | "your" | "their" | "His" | "Her" | "Your" | "Their")
}
