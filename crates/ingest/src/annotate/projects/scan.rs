//! The places of a text that may name a project.

use super::{Candidate, Shape};
use crate::annotate::cues::{
    BEFORE_PEOPLE, BEFORE_THINGS, FUNCTION_WORDS, NAMES_PROGRAMS, PLACE_NOUNS, PROGRAM_NOUNS, PROGRAM_PARTS, TRADES,
    WEAK_VERBS, WORKERS,
};
use crate::annotate::lists::{
    EVENT_NOUNS, GIVEN, HUMAN_VERBS, NOT_NAMES, NOT_PROJECTS, PLACES, SOFTWARE, TOP_DOMAINS, is_ordinary,
};
use crate::annotate::runs::is_calendar;
use crate::annotate::token::{Gap, LONGEST_WORD, Text, Token, lowered};
use diary::Span;

/// The candidates of one text of an entry, its own or its title.
pub(in crate::annotate) fn text_candidates<'e>(text: &Text<'e, '_>) -> Vec<Candidate<'e>> {
    let Text { entry, in_title, text, cut, technical, tongue } = *text;
    let mut found = Vec::new();
    let scan = Scan { text, cut, in_title, technical, is_english: tongue.is_english() };
    for at in 0..cut.len() {
        scan.at(at, &mut found);
    }
    // Whoever links a word or names it in a title speaks of one certain thing.
    found.iter_mut().for_each(|candidate| candidate.cued |= in_title);
    for link in entry.links.iter().filter(|_| !in_title) {
        let from = found.partition_point(|candidate| candidate.span.start < link.span.start);
        let here = found[from..].iter_mut().take_while(|candidate| candidate.span.start == link.span.start);
        here.for_each(|candidate| candidate.cued |= candidate.span == link.span);
    }
    found
}

struct Scan<'s, 'e> {
    text: &'e str,
    cut: &'s [Token<'e>],
    in_title: bool,
    technical: bool,
    /// Whether the list of ordinary words is one of this language.
    is_english: bool,
}

impl<'e> Scan<'_, 'e> {
    fn at(&self, at: usize, found: &mut Vec<Candidate<'e>>) {
        let token = &self.cut[at];
        // At most words of a diary nothing can begin.
        if !token.is_word || !self.technical && !token.is_capital() && !self.goes_on_after_dot(at) {
            return;
        }
        let starts_glued = token.gap == Gap::None && at > 0 && {
            let mark = &self.cut[at - 1];
            mark.is_word || matches!(mark.text, "_" | "@" | "/" | "." | "-" | "=" | "$" | "\\" | "%" | "#" | "&" | "~")
        };
        if starts_glued {
            return;
        }
        if let Some(end) = self.host_end(at) {
            found.push(self.candidate(at, end, Shape::Host));
            return;
        }
        if let Some(end) = self.event_end(at) {
            found.push(self.candidate(at, end, Shape::Event));
        }
        if !self.technical {
            return;
        }
        let end = self.word_end(at);
        let contracted = self.cut.get(end).is_some_and(|mark| mark.gap == Gap::None && mark.is_apostrophe())
            && self
                .cut
                .get(end + 1)
                .is_some_and(|next| next.gap == Gap::None && matches!(next.text, "t" | "ll" | "ve" | "re"));
        if self.is_glued(end) || contracted {
            return;
        }
        if let Some(end) = self.named_end(at) {
            found.push(self.candidate(at, end, Shape::Named));
        }
        if let Some(shape) = self.shape(at, end) {
            found.push(self.candidate(at, end, shape));
            self.pair(at, end, found);
        } else if token.text.chars().all(char::is_alphabetic) && token.text.len() > 3 {
            self.pair(at, end, found);
        }
    }

    /// Two words together, neither of them ordinary.
    fn pair(&self, at: usize, end: usize, found: &mut Vec<Candidate<'e>>) {
        let next = self.cut.get(end).filter(|next| self.is_english && next.is_word && next.gap == Gap::Space);
        let Some(next) = next else { return };
        let next_end = self.word_end(end);
        if self.is_glued(next_end) || next_end > end + 1 && self.shape(end, next_end).is_none() {
            return;
        }
        let odd = |at: usize, end: usize| {
            matches!(self.shape(at, end), Some(Shape::Acronym | Shape::Coined | Shape::Known | Shape::Hyphenated))
                || (self.cut[at].is_upper() && self.cut[at].text.len() > 2)
        };
        let lower = (lowered(self.cut[at].text), lowered(next.text));
        let small = |word: &str| FUNCTION_WORDS.has(word) || PROGRAM_NOUNS.has(word) || word.len() < 3;
        // Two capitalised words are a person or a place.
        let named = self.cut[at].is_capital() && next.is_capital() && !self.cut[at].is_upper() && !next.is_upper();
        if !named && !small(&lower.0) && !small(&lower.1) && odd(at, end) && odd(end, next_end) {
            found.push(self.candidate(at, next_end, Shape::Pair));
        }
    }

    /// The shape of the word from one token to another, by itself.
    fn shape(&self, at: usize, end: usize) -> Option<Shape> {
        let token = &self.cut[at];
        let text = Span::new(token.start, self.cut[end - 1].end()).of(self.text);
        if text.len() > LONGEST_WORD {
            return None;
        }
        let lower = lowered(text);
        let singular = lower.strip_suffix('s').unwrap_or(&lower);
        if NOT_PROJECTS.has(&lower) || NOT_PROJECTS.has(singular) || is_calendar(&lower) {
            return None;
        }
        // "Vim", "GNOME" and "Fedora" are words in small letters.
        let is_name = || token.is_capital() && (!self.begins_sentence(at) || token.is_upper() && text.len() > 2);
        if SOFTWARE.has(&lower) && (!is_ordinary(&lower) || is_name()) {
            return Some(Shape::Known);
        }
        if token.is_small() && NOT_NAMES.has(&lower) {
            return None;
        }
        if end > at + 1 {
            let parts: Vec<&str> = lower.split('-').collect();
            let odd = parts.iter().any(|part| part.len() > 2 && !is_ordinary(part) && !GIVEN.has(part));
            let small = text.starts_with(char::is_lowercase) && parts.iter().all(|part| part.len() > 1);
            let shape = if odd && self.is_english { Shape::Hyphenated } else { Shape::Compound };
            return (small && !matches!(parts[0], "re" | "un" | "non" | "pre")).then_some(shape);
        }
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        if token.is_upper() {
            let count = text.chars().count();
            let plain = (3..=8).contains(&count) && letters >= 3 && !is_ordinary(&lower) && !PLACES.has(&lower);
            // A word of ordinary letters shouted is a name only after "at" and the like: "a talk at CONCEPTS".
            let shouted = count > 4 && is_ordinary(&lower) && at > 0 && matches!(self.cut[at - 1].text, "at" | "for");
            let alone = self.cut.get(end).is_none_or(|next| !next.is_upper() || next.text.len() < 2)
                && (at == 0 || !self.cut[at - 1].is_upper() || self.cut[at - 1].text.len() < 2);
            return ((plain || shouted) && alone).then_some(Shape::Acronym);
        }
        if is_ordinary(&lower) && self.stands_as_name(at) && !PLACES.has(&lower) && !FUNCTION_WORDS.has(&lower) {
            return Some(Shape::Word);
        }
        if letters < 3 || is_ordinary(&lower) || PLACES.has(&lower) {
            return None;
        }
        let mut upper_inside = 0;
        let chars: Vec<char> = text.chars().collect();
        for two in chars.windows(2) {
            upper_inside += usize::from(two[0].is_lowercase() && two[1].is_uppercase());
        }
        // "McAdam", not "DebConf".
        let names = ["Mc", "Mac", "De", "Di", "Du", "La", "Le", "Van", "Von", "Fitz"]
            .iter()
            .any(|prefix| text.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(char::is_uppercase)));
        if upper_inside > 0 && !names && chars.len() > 4 {
            return (!self.is_listed(at, end)).then_some(Shape::InnerCapital);
        }
        if !self.is_english {
            return None;
        }
        let small = chars[0].is_lowercase() && chars.iter().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        let initial =
            chars[0].is_uppercase() && chars[1..].iter().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        ((small || initial) && chars[0].is_alphabetic()).then_some(Shape::Coined)
    }

    /// Whether a capital among small letters, where programs are spoken of, marks a name: "we merged it in Servo".
    fn stands_as_name(&self, at: usize) -> bool {
        let word = &self.cut[at];
        self.technical
            && self.is_english
            && word.is_capital()
            && word.text.bytes().skip(1).all(|byte| byte.is_ascii_lowercase())
            && word.text.len() > 3
            && word.gap == Gap::Space
            && at.checked_sub(1).is_some_and(|before| self.cut[before].is_small())
            && !self.cut.get(at + 1).is_some_and(Token::is_capital)
    }

    /// Whether words with capitals inside stand on both sides: "AcquireFile AcquireItem ActionGroup".
    fn is_listed(&self, at: usize, end: usize) -> bool {
        let capital_inside = |at: usize| {
            self.cut.get(at).is_some_and(|token| {
                let small = |c: &char| c.is_lowercase();
                token.is_word && token.text.chars().skip_while(|c| !small(c)).any(char::is_uppercase)
            })
        };
        let before = || at > 0 && self.cut[at].gap != Gap::None && capital_inside(at - 1);
        let behind = || self.cut.get(end).is_some_and(|next| next.gap != Gap::None) && capital_inside(end);
        before() || behind()
    }

    /// A word with its hyphenated parts.
    fn word(&self, at: usize) -> &'e str {
        Span::new(self.cut[at].start, self.cut[self.word_end(at) - 1].end()).of(self.text)
    }

    /// The token after a word with its hyphenated parts.
    fn word_end(&self, at: usize) -> usize {
        let mut end = at + 1;
        while let (Some(mark), Some(next)) = (self.cut.get(end), self.cut.get(end + 1)) {
            if !mark.is_hyphen() || mark.gap != Gap::None || next.gap != Gap::None || !next.is_word {
                break;
            }
            end += 2;
        }
        end
    }

    /// Whether a longer word, a path or a call goes on at this token.
    fn is_glued(&self, end: usize) -> bool {
        let goes_on = |at: usize| self.cut.get(at).is_some_and(|next| next.gap == Gap::None && next.is_word);
        self.cut.get(end).is_some_and(|mark| {
            mark.gap == Gap::None
                && (matches!(mark.text, "_" | "@" | "=" | "\\" | "(" | "[")
                    || matches!(mark.text, "." | "/" | ":") && goes_on(end + 1))
        })
    }

    /// Whether a full stop and another word are glued to this token.
    fn goes_on_after_dot(&self, at: usize) -> bool {
        matches!(self.cut.get(at + 1..at + 3), Some([dot, next])
            if dot.gap == Gap::None && dot.is(".") && next.gap == Gap::None && next.is_word)
    }

    /// The token after `linux.conf.au`.
    fn host_end(&self, at: usize) -> Option<usize> {
        if !self.goes_on_after_dot(at) {
            return None;
        }
        let mut end = at + 1;
        while self.goes_on_after_dot(end - 1) {
            end += 2;
        }
        let parts = || self.cut[at..end].iter().filter(|token| token.is_word);
        let small = parts()
            .all(|part| part.text.len() > 1 && part.text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()));
        let domain = TOP_DOMAINS.has(self.cut[end - 1].text);
        let path =
            self.cut.get(end).is_some_and(|mark| mark.gap == Gap::None && matches!(mark.text, "/" | "@" | ":" | "_"));
        (small && domain && !path && self.cut[at].text != "www").then_some(end)
    }

    /// The token after "Debian Flavors" or "Guide To Kernel Locking": a known program with capitals behind it, or
    /// three capitalised words of which most are ordinary.
    fn named_end(&self, at: usize) -> Option<usize> {
        let lower = lowered(self.cut[at].text);
        let mut end = at;
        let (mut words, mut ordinary) = (0, 0);
        while let Some(token) =
            self.cut.get(end).filter(|token| token.is_word && (end == at || token.gap == Gap::Space))
        {
            let small = end > at && matches!(token.text, "of" | "to" | "the" | "for" | "and");
            let next_is_capital = self.cut.get(end + 1).is_some_and(|next| next.is_capital() && next.gap == Gap::Space);
            // "Mutt and Irssi" are two.
            let joins_two = token.text == "and" && words == 1;
            if joins_two
                || !(token.is_capital() && token.text.chars().any(char::is_lowercase) || small && next_is_capital)
            {
                break;
            }
            let word = lowered(token.text);
            if GIVEN.has(&word) && !is_ordinary(&word)
                || PLACES.has(&word) && !SOFTWARE.has(&lower)
                || NOT_NAMES.has(&word) && end > at
            {
                return None;
            }
            words += usize::from(!small);
            ordinary += usize::from(!small && is_ordinary(&word));
            end += 1;
        }
        let last = lowered(self.cut.get(end.checked_sub(1)?)?.text);
        let is_software = SOFTWARE.has(&lower) && (!is_ordinary(&lower) || !self.begins_sentence(at));
        // "a Debian Developer"
        let somebody = TRADES.has(&last) || WORKERS.has(&last);
        let known = is_software && words > 1;
        let titled = words > 2 && ordinary + 1 >= words && !self.opens(at) && !PLACE_NOUNS.has(&last);
        ((known || titled) && !somebody && words < 8 && !self.is_glued(end)).then_some(end)
    }

    /// Whether a capital means nothing here.
    fn begins_sentence(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|i| self.cut.get(i));
        self.cut[at].gap == Gap::Break
            || before.is_none_or(|mark| matches!(mark.text, "." | "!" | "?" | ":" | "\"" | "\u{201c}" | "("))
    }

    /// Whether a capital means nothing here, or belongs to a longer row of them.
    fn opens(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|i| self.cut.get(i));
        self.begins_sentence(at) || before.is_some_and(|token| token.is_capital() && token.text.len() > 1)
    }

    /// Whether the number of a version stands here, perhaps in brackets: "0.7.93", "v2".
    fn is_version(&self, at: usize) -> bool {
        let at = at + usize::from(self.cut.get(at).is_some_and(|mark| mark.is("(")));
        let Some(number) = self.cut.get(at).filter(|number| number.is_word) else { return false };
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let dotted = matches!(self.cut.get(at + 1..at + 3), Some([dot, next])
            if dot.is(".") && dot.gap == Gap::None && next.gap == Gap::None && next.text.starts_with(|c: char| c.is_ascii_digit()));
        digits(number.text) && dotted || number.text.strip_prefix('v').is_some_and(digits)
    }

    /// The token after "Netfilter Summit", "OLS keynote", "Linux Bier Wanderung".
    fn event_end(&self, at: usize) -> Option<usize> {
        let next = self.cut.get(at + 1).filter(|next| next.is_word && next.gap == Gap::Space)?;
        let opens = !self.cut[at].is_capital();
        if opens && !self.technical || !next.is_capital() && !EVENT_NOUNS.has(&lowered(self.word(at + 1))) {
            return None;
        }
        let odd_start = || self.shape(at, at + 1).is_some();
        if opens && !odd_start() || FUNCTION_WORDS.has(&lowered(self.cut[at].text)) {
            return None;
        }
        if at > 0
            && self.cut[at].gap == Gap::Space
            && self.cut[at - 1].is_capital()
            && self.cut[at - 1].is_word
            && self.cut[at - 1].text.len() > 1
            && !FUNCTION_WORDS.has(&lowered(self.cut[at - 1].text))
        {
            return None;
        }
        let mut end = at + 1;
        while let Some(next) = self.cut.get(end) {
            let (word, last) = (self.word(end), self.word_end(end));
            if !next.is_word || next.gap != Gap::Space || end - at > 5 {
                return None;
            }
            if EVENT_NOUNS.has(&lowered(word)) {
                let single = end == at + 1;
                let titled = next.is_capital() && (!single || at > 0 && self.cut[at - 1].text == "the");
                let named = titled || !is_ordinary(&lowered(self.cut[at].text));
                return (named && !(PLACES.has(&lowered(self.cut[at].text)) && single)).then_some(last);
            }
            if !next.is_capital() {
                return None;
            }
            end = last;
        }
        None
    }

    fn candidate(&self, at: usize, end: usize, shape: Shape) -> Candidate<'e> {
        let span = Span::new(self.cut[at].start, self.cut[end - 1].end());
        let form = span.of(self.text);
        let folded = form.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let near = |token: Option<&Token<'e>>| token.map(|token| lowered(token.text)).unwrap_or_default();
        let before = near(at.checked_sub(1).and_then(|i| self.cut.get(i)).filter(|_| self.cut[at].gap == Gap::Space));
        let next = self.cut.get(end).filter(|next| next.gap == Gap::Space);
        let after = near(next);
        let second = near(self.cut.get(end + 1).filter(|next| next.gap == Gap::Space));
        let cued = BEFORE_THINGS.has(&before)
            || matches!(&*before, "with" | "called" | "about" | "for" | "in")
            || before == "at" && shape == Shape::Acronym
            || PROGRAM_NOUNS.has(&before)
            || PROGRAM_NOUNS.has(&after)
            || PROGRAM_NOUNS.has(&second) && !FUNCTION_WORDS.has(&after);
        let of_program = matches!(shape, Shape::Coined | Shape::Word)
            && form.starts_with(char::is_uppercase)
            && PROGRAM_PARTS.has(&after);
        // "Median: 0.2"
        let version = shape != Shape::Word && self.is_version(end);
        let meant = NAMES_PROGRAMS.has(&before) || version || of_program;
        let acts = HUMAN_VERBS.has(&after) && !WEAK_VERBS.has(&after) || BEFORE_PEOPLE.has(&before);
        let acts = acts || self.cut.get(end).is_some_and(|mark| mark.is("@") && mark.gap == Gap::None);
        let one_of_many = matches!(&*before, "a" | "an" | "some" | "any" | "no");
        Candidate { span, in_title: self.in_title, shape, folded, form, cued, meant, acts, one_of_many }
    }
}
