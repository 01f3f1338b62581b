//! Runs of capitalised words that may name somebody, with the cues around each.

use super::cues::*;
use super::lists::{COMMON_GIVEN, GIVEN, NOT_NAMES, NOT_PROJECTS, PLACES, SOFTWARE, TOP_DOMAINS, is_ordinary};
use super::runs::is_calendar;
use super::surroundings::Cue;
use super::token::{Gap, LONGEST_WORD, Text, Token, lowered};
use super::tongues::Tongue;
use diary::Span;
use smallvec::{SmallVec, smallvec};
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
    technical: bool,
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

    fn may_open_name(&self, token: &Token<'_>) -> bool {
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
        let (mut words, end) = self.run(at, stop);
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
        opens && self.tongue.opens(lower)
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
    fn initials_of_nobody(&self, words: &[Part<'e>], first: usize, end: usize) -> bool {
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

    /// "@sarahmei": a name by its mark, unless it is a word of the language as "@home" is.
    fn handle(&self, at: usize) -> Option<(Candidate<'e>, usize, usize)> {
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

    /// "davej" in a diary of programmers.
    fn coined(&self, at: usize) -> Option<(Candidate<'e>, usize, usize)> {
        let text = self.cut[at].text;
        let may_be = self.technical
            && self.tongue.is_english()
            && (3..=12).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_lowercase());
        if !may_be || self.inside_word(at) {
            return None;
        }
        let hyphen = |at: usize| self.token(at).is_some_and(|mark| mark.is_hyphen() && mark.gap == Gap::None);
        let hyphenated = at > 0 && self.cut[at].gap == Gap::None && self.cut[at - 1].is_hyphen() || hyphen(at + 1);
        // "doesn't"
        let apostrophe = self.token(at + 1).is_some_and(|mark| mark.is_apostrophe() && mark.gap == Gap::None);
        let contracted = apostrophe && self.after_possessive(at + 1) == at + 1;
        let lists = [&SOFTWARE, &NOT_PROJECTS, &NOT_NAMES, &TOP_DOMAINS, &PLACES];
        let known = is_ordinary(text) || lists.iter().any(|list| list.has(text));
        (!hyphenated && !contracted && !known).then(|| self.single(at, Shape::Coined))
    }

    /// The one word here as a candidate.
    fn single(&self, at: usize, shape: Shape) -> (Candidate<'e>, usize, usize) {
        let (words, cues) = (smallvec![self.part(at, at + 1)], self.cues(at, at + 1));
        (Candidate { in_title: false, honorific: None, words, shape, cues, joined: false }, at, at + 1)
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
    fn addressed(&self, at: usize, stop: usize, lower: &str) -> Option<(Candidate<'e>, usize, usize)> {
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
        if self.token(end).is_some_and(|number| number.gap == Gap::Space && is_regnal(number.text)) && end < stop {
            words.push(self.part(end, end + 1));
            end += 1;
        }
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
fn is_small_honorific(word: &str) -> bool {
    matches!(word, "mr" | "mrs" | "dr" | "capt" | "sir" | "lord" | "lady" | "captain" | "colonel" | "madam")
}

/// Whether all the parts of a word are offices: "Chief-Justice", "Lord-Keeper".
fn is_office(word: &str) -> bool {
    let several = word.contains('-');
    lowered(word).split('-').all(|part| OFFICES.has(part) || several && HONORIFICS.has(part))
}

/// "Lieutenants Jouett and Loomis"
fn is_plural_honorific(lower: &str) -> bool {
    lower.len() > 5 && lower.strip_suffix('s').is_some_and(|one| HONORIFICS.has(one))
}

/// The number of a ruler of that name, in Roman figures of more than one letter.
fn is_regnal(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'))
}

/// Words that are a form of address after "his", "your" and the like.
fn is_style(lower: &str) -> bool {
    matches!(lower, "grace" | "worship" | "honour" | "honor" | "reverence" | "holiness" | "eminence")
}

/// "Big Dave"
pub(super) fn is_nickname(first: &str, last: &str) -> bool {
    let last = lowered(last);
    NICKNAMING.has(&lowered(first))
        && (COMMON_GIVEN.has(&last) || GIVEN.has(&last) && !is_ordinary(&last))
        && !PLACES.has(&format!("{} {}", &*lowered(first), &*last))
}

/// Whether small words or initials are among the words of a name.
fn is_joined(words: &[Part<'_>]) -> bool {
    words.iter().any(|word| word.text.starts_with(char::is_lowercase) || word.text.chars().count() == 1)
}

/// Words that make a church or a town of the name after them.
fn is_saint(word: &str) -> bool {
    matches!(word, "St" | "Ste" | "Saint" | "Sainte" | "San" | "Santa" | "Sankt")
}

fn is_possessive(word: &str) -> bool {
    matches!(word, "his" | "her" | "your" | "their" | "His" | "Her" | "Your" | "Their")
}
