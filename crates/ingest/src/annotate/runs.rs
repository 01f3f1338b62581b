//! Where the words of a name end: initials, particles, hyphens, blanked names.

use super::candidates::{Part, Parts, Scan};
use super::cues::{ABBREVIATED, FUNCTION_WORDS, HONORIFICS, PARTICLES, SHORT_GIVEN};
use super::lists::{FAMOUS, GIVEN, SURNAMES, is_ordinary};
use super::token::{Gap, LONGEST_WORD, Token, lowered};
use diary::Span;

impl<'e> Scan<'_, 'e> {
    /// The name words from this token on, and the token after them. Ends at a possessive, a mark, a small word.
    pub(super) fn run(&self, at: usize, stop: usize) -> (Parts<'e>, usize) {
        let mut words = Parts::new();
        let mut next = at;
        while next < stop && words.len() < 6 {
            if !words.is_empty() && self.cut[next].gap != Gap::Space {
                break;
            }
            let mut start = next;
            // Particles join only what stands on both sides of them.
            while words.last().is_some_and(|word| self.is_joined_by_particles(word))
                && start < stop
                && start < next + 3
                && self.is_particle(&self.cut[start])
            {
                start += 1;
            }
            if start > next && self.token(start).is_none_or(|token| token.gap != Gap::Space) {
                break;
            }
            let elided = !words.is_empty() && self.is_elided_particle(start);
            if start >= stop || !self.is_name_word(if elided { start + 2 } else { start }) {
                break;
            }
            let lower = lowered(self.cut[start].text);
            if !words.is_empty() && (self.tongue.addresses(&lower) || self.addresses_another(start, &lower)) {
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
        let end = words.last().map_or(at, |word| self.cut.partition_point(|token| token.start < word.end()));
        (words, end)
    }

    /// Whether somebody else's name begins here: "Gen. Bragg Col. Northrop", "Lady Batten Sir W. Penn".
    fn addresses_another(&self, at: usize, lower: &str) -> bool {
        let dotted = self.token(at + 1).is_some_and(|dot| dot.is(".") && dot.gap == Gap::None);
        matches!(lower, "mr" | "mrs" | "sir") || dotted && ABBREVIATED.has(lower)
    }

    /// Whether a small word joins the words of a name. In English alone "à" does, Thomas à Kempis; and "zum", which in German
    /// stands behind names as well: "bei Frau Schröder zum Tee".
    pub(super) fn is_particle(&self, word: &Token<'_>) -> bool {
        match word.text {
            "à" | "zu" | "zum" | "zur" => self.tongue.is_english(),
            // "Maria do Carmo"
            "do" | "das" => self.tongue.is_portuguese(),
            // "Premierminister des Sultans"
            "des" | "den" => self.tongue.capitals_tell(),
            other => PARTICLES.has(other),
        }
    }

    /// Whether small words may join what follows to this word: "Marie de Médicis" is a name, but "Corte di Teodoro", "Minut af
    /// Dagen" is none in the language of these small words.
    fn is_joined_by_particles(&self, word: &Part<'_>) -> bool {
        self.tongue.is_english() || GIVEN.has(&lowered(word.text)) || word.text.chars().count() == 1
    }

    /// "Jeanne | d'Arc"; in French as well "from Jeanne, of Algiers".
    fn is_elided_particle(&self, at: usize) -> bool {
        let glued = |at: usize| self.token(at).filter(|token| token.gap == Gap::None);
        self.tongue.is_english()
            && self.token(at).is_some_and(|word| word.text == "d")
            && glued(at + 1).is_some_and(Token::is_apostrophe)
            && glued(at + 2).is_some_and(Token::is_capital)
    }

    /// Whether a word before a full stop is a shortened name: "Wm. Batten", after an honorific "Sir Ph. Warwick".
    fn is_cut_short(&self, at: usize, leads: bool) -> bool {
        let word = self.cut[at].text;
        let dotted = at.checked_sub(1).is_some_and(|before| self.cut[before].is("."));
        let before = at.checked_sub(1 + usize::from(dotted)).and_then(|before| self.token(before));
        let honorific = before.filter(|_| leads && self.tongue.is_english()).map(|before| lowered(before.text));
        let next_is_name = self.token(at + 2).is_some_and(|next| next.gap == Gap::Space) && self.is_name_word(at + 2);
        let follows = self.token(at + 2).map(|next| lowered(next.text)).unwrap_or_default();
        let next_is_name =
            next_is_name && (!is_ordinary(&follows) || SURNAMES.has(&follows)) && !FUNCTION_WORDS.has(&follows)
                || follows.len() == 1;
        // Sir is said to given names; after others a surname before a full stop ends a sentence: "to Gen. Grant. Sherman is".
        let is_given = |honorific: &str| honorific == "sir" || !SURNAMES.has(&lowered(word));
        let addressed = honorific.is_some_and(|honorific| HONORIFICS.has(&honorific) && is_given(&honorific));
        let short = addressed && word.len() <= 5 && !HONORIFICS.has(&follows);
        next_is_name && (SHORT_GIVEN.has(&lowered(word)) || short)
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

    /// Whether a word is "I" or the "O" of a call, "O Hal!", which are initials before a full stop alone, or part of "O'Neil".
    pub(super) fn is_pronoun(&self, at: usize) -> bool {
        let glued = self.token(at + 1).filter(|mark| mark.gap == Gap::None);
        match self.cut[at].text {
            "I" => !glued.is_some_and(|mark| mark.is(".")),
            "O" => !glued.is_some_and(|mark| !mark.is(",") && !mark.is("!")),
            _ => false,
        }
    }

    /// Whether a word may be part of a name: a capital, then small letters; or one capital.
    pub(super) fn is_name_word(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else { return false };
        if !token.is_capital() || token.text.len() > LONGEST_WORD || self.is_pronoun(at) || self.inside_word(at) {
            return false;
        }
        if token.text.len() > 1 && token.text.bytes().skip(1).all(|byte| byte.is_ascii_lowercase()) {
            return true;
        }
        let mut chars = token.text.chars().skip(1);
        if token.text.chars().count() == 1 {
            return true;
        }
        // "RMS", "JFK"
        if token.is_upper() && FAMOUS.has(&lowered(token.text)) && token.text.len() < 5 {
            return true;
        }
        if chars.clone().any(char::is_uppercase) && !has_name_prefix(token.text) {
            return false;
        }
        chars.all(char::is_alphabetic)
    }

    /// Whether the token is glued to an identifier, an address or a number.
    pub(super) fn inside_word(&self, at: usize) -> bool {
        let token = &self.cut[at];
        let joins = |mark: &Token<'_>| matches!(mark.text, "_" | "@" | "/" | "\\" | "=" | "#" | "$" | "~");
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

    pub(super) fn part(&self, from: usize, to: usize) -> Part<'e> {
        let span = Span::new(self.cut[from].start, self.cut[to - 1].end());
        Part { text: span.of(self.text), start: span.start }
    }
}

/// "McAdam", "DeWitt"
pub(super) fn has_name_prefix(word: &str) -> bool {
    const PREFIXES: [&str; 12] = ["Mc", "Mac", "De", "Di", "Du", "La", "Le", "Van", "Von", "Fitz", "Del", "Da"];
    PREFIXES.iter().filter_map(|prefix| word.strip_prefix(prefix)).any(|rest| {
        let mut rest = rest.chars();
        rest.next().is_some_and(char::is_uppercase) && rest.clone().count() > 1 && rest.all(char::is_lowercase)
    })
}

/// Days and months, which stand beside names without being part of them.
pub(super) fn is_calendar(lower: &str) -> bool {
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
