//! Runs of capitalised words that may name somebody, with the cues around each.

use super::cues::*;
use super::lists::{COMMON_GIVEN, GIVEN, NOT_NAMES, PLACES, is_ordinary};
use super::runs::is_calendar;
use super::surroundings::Cue;
use super::titles::{is_office, is_plural_honorific, is_small_honorific, is_style};
use super::token::{Gap, Text, Token, lowered};
use super::tongues::Tongue;
use diary::Span;
use smallvec::SmallVec;
use std::borrow::Cow;

/// A run of capitalised words, or an honorific or title with what completes it.
#[derive(Clone, Debug)]
pub(super) struct Candidate<'e> {
    /// In the title of the entry, not in its text.
    pub(super) in_title: bool,
    /// What stands in front as part of the name: `Mr.`, `Sir`. Its words are not among `words`.
    pub(super) honorific: Option<Part<'e>>,
    /// The words of the name, the full stop after an initial left out.
    pub(super) words: Parts<'e>,
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
    /// Where it begins, in bytes.
    pub(super) start: usize,
}

/// The words of a name, which are one or two mostly.
pub(super) type Parts<'e> = SmallVec<[Part<'e>; 2]>;

impl Part<'_> {
    pub(super) fn is_initial(&self) -> bool {
        self.text.chars().nth(1).is_none()
    }

    /// The byte after the last.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }
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
    /// A word of no dictionary in small letters, where programs are spoken of: somebody's handle, if it acts as people do.
    Coined,
}

impl<'e> Candidate<'e> {
    pub(super) fn has(&self, cue: Cue) -> bool {
        self.cues & cue.bit() != 0
    }

    /// Whether its shape alone makes it a person.
    pub(super) fn is_settled(&self) -> bool {
        !matches!(self.shape, Shape::Plain | Shape::Coined)
    }

    /// Whether it has an honorific or a given name before another word.
    fn is_full_name(&self) -> bool {
        self.shape == Shape::Addressed || self.words.len() > 1 && GIVEN.has(&lowered(self.words[0].text))
    }

    /// The name as words between spaces, without its honorific.
    pub(super) fn name(&self) -> Cow<'e, str> {
        join(&self.words)
    }

    /// Where the whole of it stands.
    pub(super) fn span(&self) -> Span {
        let first = self.honorific.as_ref().or(self.words.first()).map_or(0, |part| part.start);
        Span::new(first, self.words.last().map_or(first, |part| part.end()))
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
    let Text { in_title, text, cut, tongue, technical, .. } = *text;
    let scan = Scan { text, cut, tongue, technical };
    let mut at = 0;
    let mut skipped = 0;
    let mut last_end = 0;
    while at < cut.len() {
        if !scan.may_begin(at) {
            at += 1;
            continue;
        }
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
                if found.last().is_some_and(|last| last.is_full_name() && scan.hails_from(last_end, first)) {
                    candidate.cues |= Cue::AfterPlace.bit();
                }
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
    pub(super) technical: bool,
}

impl<'e> Scan<'_, 'e> {
    pub(super) fn token(&self, at: usize) -> Option<&Token<'_>> {
        self.cut.get(at)
    }

    /// Whether a candidate may begin at this token; at most words of a text none does.
    fn may_begin(&self, at: usize) -> bool {
        let token = &self.cut[at];
        token.is_word && (self.technical || self.may_open_name(token) || token.gap == Gap::None)
    }

    pub(super) fn may_open_name(&self, token: &Token<'_>) -> bool {
        token.is_capital() || is_small_honorific(token.text) || self.tongue.addresses(token.text)
    }

    /// The candidate that begins at this token, its first token and the one after its last.
    fn candidate(&self, at: usize, stop: usize) -> Option<(Candidate<'e>, usize, usize)> {
        let token = self.token(at)?;
        if let Some(found) = self.handle(at).or_else(|| self.coined(at)) {
            return Some(found);
        }
        if !token.is_word || !self.may_open_name(token) || self.is_pronoun(at) || self.inside_word(at) {
            return None;
        }
        let lower = lowered(token.text);
        if let Some(found) = self.titled(at, stop, &lower) {
            return Some(found);
        }
        if let Some(found) = self.addressed(at, stop, &lower) {
            return Some(found);
        }
        self.plain(at, stop, &lower)
    }

    /// A run of capitalised words that begins here.
    fn plain(&self, at: usize, stop: usize, lower: &str) -> Option<(Candidate<'e>, usize, usize)> {
        // "Dar-es-Salaam" is one word; two hyphens are a dash.
        let before = at.checked_sub(2).map(|from| (&self.cut[from], &self.cut[from + 1]));
        let glued = |(word, mark): (&Token<'_>, &Token<'_>)| word.is_word && mark.is_hyphen() && mark.gap == Gap::None;
        if self.cut[at].gap == Gap::None && before.is_some_and(glued) {
            return None;
        }
        if !self.is_name_word(at) || is_saint(self.cut[at].text) && !self.goes_on_after_hyphen(at) {
            return None;
        }
        let opens = self.opens_sentence(at);
        if opens && (FUNCTION_WORDS.has(lower) || NOT_NAMES.has(lower)) {
            return None;
        }
        let (mut words, mut end) = self.run(at, stop);
        // "Louis XIV"
        if matches!(words.as_slice(), [one] if GIVEN.has(&lowered(one.text))) {
            end = self.add_regnal(&mut words, end, stop);
        }
        let mut first = at;
        // A sentence may open with an ordinary word that a name follows, and a name may follow the day of the week.
        let english = self.tongue.is_english();
        let named = matches!(words.as_slice(), [one, two]
            if is_nickname(one.text, two.text) || TITLES_BEHIND.has(&lowered(two.text)));
        let leads = |(place, word): (usize, &Part<'_>)| {
            let (word, lower) = (word.text, lowered(word.text));
            let first = place == 0 || !english || PARTICLES.has(word);
            let no_name = (!english || is_ordinary(&lower))
                && (!GIVEN.has(&lower) || self.tongue.opens(&lower) || !english && self.tongue.acts(&lower));
            NOT_NAMES.has(&lower)
                || place == 0 && is_plural_honorific(&lower)
                || opens && first && !named && word.chars().count() > 1 && no_name
        };
        let leading = words[..words.len().saturating_sub(1)].iter().enumerate().take_while(|&one| leads(one)).count();
        if leading > 0 {
            words.drain(..leading);
            first = words.first().map_or(at, |word| self.cut.partition_point(|token| token.start < word.start));
        }
        let nobody = match words.as_slice() {
            [] => true,
            [one] => self.names_nobody(one.text, lower, first, end, opens),
            several => self.initials_of_nobody(several, first, end),
        };
        if nobody || self.follows_saint(first) || self.follows_place_head(first) || self.is_verse(end) {
            return None;
        }
        let cues = self.cues(first, end);
        let candidate = Candidate { in_title: false, honorific: None, words, shape: Shape::Plain, cues, joined: false };
        Some((candidate, first, end))
    }

    /// Whether a single word with a capital, the run having begun with `lower`, is no name at this place.
    fn names_nobody(&self, word: &str, lower: &str, first: usize, end: usize, opens: bool) -> bool {
        // "Whit Monday", "Palm Sunday".
        let day = self.token(end).filter(|next| next.gap == Gap::Space && next.is_capital());
        let dotted = self.token(end).is_some_and(|dot| dot.is(".") && dot.gap == Gap::None);
        let number = |at: Option<usize>| {
            at.and_then(|at| self.token(at)).is_some_and(|token| token.text.starts_with(|c: char| c.is_ascii_digit()))
        };
        opens && self.tongue.opens(lower)
            // "5 Jan"
            || lower == "jan" && (number(first.checked_sub(1)) || number(Some(end + usize::from(dotted))))
            || NOT_NAMES.has(&lowered(word))
            || word.contains('-') && is_office(word)
            // "He was elected Governor."
            || HONORIFICS.has(lower) && !GIVEN.has(lower) && !COMMON_SURNAMES.has(lower)
            || day.is_some_and(|day| is_calendar(&lowered(day.text))) && !GIVEN.has(lower)
            || word.chars().count() < 2 && (!dotted || matches!(word, "A" | "O" | "I") || self.follows_initial(first))
            || first > 0 && is_style(lower) && is_possessive(self.cut[first - 1].text)
    }

    /// Whether an initial stands right before: "H. | M."
    fn follows_initial(&self, first: usize) -> bool {
        let before = first.checked_sub(2).map(|place| &self.cut[place..first]);
        before.is_some_and(|before| before[0].is_upper() && before[0].text.chars().count() == 1 && before[1].is("."))
    }

    /// Whether words are initials, but of no person: "F.R.S.", "P. M.", "Charlotte, N. C.", or of a name in capitals, which is
    /// none here: "R. E. LEE".
    pub(super) fn initials_of_nobody(&self, words: &[Part<'e>], first: usize, end: usize) -> bool {
        if words.iter().any(|word| word.text.chars().count() > 1) {
            return false;
        }
        let comma = first.checked_sub(2).map(|place| &self.cut[place..first]);
        let behind_place =
            comma.is_some_and(|before| before[0].is_capital() && before[1].is(",") && before[1].gap == Gap::None);
        let name = self.token(end + usize::from(self.token(end).is_some_and(|dot| dot.is("."))));
        let shouted = name.is_some_and(|name| name.is_upper() && name.text.len() > 1);
        words.len() > 2 || behind_place || shouted || INITIALS.has(&lowered(&join(words).replace(' ', "")))
    }

    /// "St. Paul", "Saint-Pierre", "Santa Maria": a church or a town.
    fn follows_saint(&self, first: usize) -> bool {
        // "San Pedro | Sula"
        let leads = |at: &usize| {
            let word = &self.cut[*at];
            word.is_capital() && !is_saint(word.text) && self.cut[*at + 1].gap == Gap::Space
        };
        let leading = (0..first).rev().take(2).take_while(leads).count();
        let before = |back: usize| first.checked_sub(leading + back).map_or("", |at| self.cut[at].text);
        let saint = if matches!(before(1), "." | "-") { before(2) } else { before(1) };
        is_saint(saint)
    }

    /// "Fort Henry", "Castle Howard": a place, and nobody's name.
    fn follows_place_head(&self, first: usize) -> bool {
        let before = first.checked_sub(1).map(|at| &self.cut[at]).filter(|_| self.cut[first].gap == Gap::Space);
        before.is_some_and(|word| word.is_capital() && PLACE_HEADS.has(&lowered(word.text)))
    }

    /// "Sainte-Beuve"
    fn goes_on_after_hyphen(&self, at: usize) -> bool {
        self.token(at + 1).is_some_and(|mark| mark.is_hyphen() && mark.gap == Gap::None)
    }
}

/// "Big Dave"
pub(super) fn is_nickname(first: &str, last: &str) -> bool {
    let last = lowered(last);
    NICKNAMING.has(&lowered(first))
        && (COMMON_GIVEN.has(&last) || GIVEN.has(&last) && !is_ordinary(&last))
        && !PLACES.has(&format!("{} {}", &*lowered(first), &*last))
}

/// Words that make a church or a town of the name after them.
pub(super) fn is_saint(word: &str) -> bool {
    matches!(word, "St" | "Ste" | "Saint" | "Sainte" | "San" | "Santa" | "Sankt")
}

fn is_possessive(word: &str) -> bool {
    matches!(word, "his" | "her" | "your" | "their" | "His" | "Her" | "Your" | "Their")
}
