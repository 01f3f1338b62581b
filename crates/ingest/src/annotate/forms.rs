//! Names that an authority file settles, found in texts.

use super::token::{Gap, Token, tokens};
use diary::{Authority, Concept, Denial, Entry, FormRule, Span, fold};
use std::collections::{HashMap, HashSet};

/// Every form of one authority file, ready to be looked for.
pub(super) struct Forms<'a> {
    patterns: Vec<Pattern<'a>>,
    /// By the first token in small letters, the longest first.
    by_first: HashMap<String, Vec<usize>>,
}

/// Words in a row that mean somebody, perhaps under conditions.
struct Pattern<'a> {
    tokens: Vec<Piece>,
    /// Whether letter case is of no account: the form has no capital.
    any_case: bool,
    says: Says<'a>,
}

struct Piece {
    text: String,
    spaced: bool,
}

/// What the file says of a form.
#[derive(Clone, Copy)]
enum Says<'a> {
    Label(&'a Concept),
    Rule(&'a Concept, &'a FormRule),
    Denial(&'a Denial),
}

/// A place where a form of the file stands.
pub(super) struct Found<'a> {
    pub(super) span: Span,
    pub(super) means: Means<'a>,
}

/// What the file makes of a place.
pub(super) enum Means<'a> {
    /// This concept, by the words at this line of the file.
    Concept(&'a Concept, usize, Ground),
    /// Two concepts' rules hold at once: nothing is settled.
    Disputed([usize; 2]),
    /// Nobody.
    Nobody,
}

/// On what ground a form means its concept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    Label,
    Rule,
}

impl<'a> Forms<'a> {
    pub(super) fn new(authority: &'a Authority) -> Self {
        let mut forms = Self { patterns: Vec::new(), by_first: HashMap::new() };
        for concept in &authority.concepts {
            for label in concept.labels() {
                forms.add(label, Says::Label(concept));
            }
            for rule in &concept.rules {
                forms.add(&rule.form, Says::Rule(concept, rule));
            }
        }
        for denial in &authority.denials {
            forms.add(&denial.form, Says::Denial(denial));
        }
        let patterns = &forms.patterns;
        for places in forms.by_first.values_mut() {
            places.sort_by_key(|&place| std::cmp::Reverse(patterns[place].tokens.len()));
        }
        forms
    }

    /// Whether there is nothing to look for.
    pub(super) fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    fn add(&mut self, form: &str, says: Says<'a>) {
        let any_case = !form.chars().any(char::is_uppercase);
        let pieces: Vec<Piece> = tokens(form)
            .iter()
            .map(|token| Piece { text: plain(token, any_case).into_owned(), spaced: token.gap != Gap::None })
            .collect();
        if let Some(first) = pieces.first() {
            self.by_first.entry(first.text.to_lowercase()).or_default().push(self.patterns.len());
            self.patterns.push(Pattern { tokens: pieces, any_case, says });
        }
    }

    /// The places in `text`, cut into `cut`, that the file speaks of: none overlap, the longest form wins.
    ///
    /// `present` are the keys that conditions of the kind "with" may count on.
    pub(super) fn find(&self, entry: &Entry, cut: &[Token<'_>], present: &HashSet<&str>) -> Vec<Found<'a>> {
        let mut found = Vec::new();
        let mut context = Context { entry, present, words: None };
        let mut lower = String::new();
        let mut at = 0;
        while at < cut.len() {
            lower.clear();
            lower.extend(plain(&cut[at], false).chars().flat_map(char::to_lowercase));
            let here = self.by_first.get(&lower).and_then(|places| self.settle(places, cut, at, &mut context));
            let Some((length, means)) = here else {
                at += 1;
                continue;
            };
            found.push(Found { span: Span::new(cut[at].start, cut[at + length - 1].end()), means });
            at += length;
        }
        found
    }

    /// What the longest form at this place, all its conditions holding, means; and how many tokens it takes.
    fn settle(
        &self,
        places: &[usize],
        cut: &[Token<'_>],
        at: usize,
        context: &mut Context<'_>,
    ) -> Option<(usize, Means<'a>)> {
        let mut best: Option<(usize, Means<'a>)> = None;
        for pattern in places.iter().map(|&place| &self.patterns[place]) {
            let length = pattern.tokens.len();
            if best.as_ref().is_some_and(|(longest, _)| length < *longest) {
                break;
            }
            if !pattern.fits(cut, at) || !context.holds(pattern.says) {
                continue;
            }
            let means = match (pattern.says, best.take().map(|(_, means)| means)) {
                (Says::Denial(_), _) | (_, Some(Means::Nobody)) => Means::Nobody,
                (Says::Rule(concept, rule), Some(Means::Concept(other, line, Ground::Rule)))
                    if other.key != concept.key =>
                {
                    Means::Disputed([line, rule.line])
                }
                (_, Some(disputed @ Means::Disputed(_))) => disputed,
                (Says::Label(_), Some(by_rule)) => by_rule,
                (Says::Label(concept), None) => Means::Concept(concept, concept.line, Ground::Label),
                (Says::Rule(concept, rule), _) => Means::Concept(concept, rule.line, Ground::Rule),
            };
            best = Some((length, means));
        }
        best
    }
}

impl Pattern<'_> {
    fn fits(&self, cut: &[Token<'_>], at: usize) -> bool {
        let Some(here) = cut.get(at..at + self.tokens.len()) else { return false };
        let same = |(i, (piece, token)): (usize, (&Piece, &Token<'_>))| {
            (i == 0 || (token.gap != Gap::Break && piece.spaced == (token.gap == Gap::Space)))
                && if self.any_case { plain(token, true) == piece.text } else { plain(token, false) == piece.text }
        };
        self.tokens.iter().zip(here).enumerate().all(same) && !joined(cut, at, at + self.tokens.len())
    }
}

/// Whether the tokens from `start` to `end` are part of a longer word: of an identifier, a number, an address.
fn joined(cut: &[Token<'_>], start: usize, end: usize) -> bool {
    let glued = |at: usize| cut.get(at).is_some_and(|token| token.gap == Gap::None);
    let joins = |mark: &Token<'_>| mark.is("_") || mark.is("@");
    let word = |at: usize| cut.get(at).is_some_and(|token| token.is_word);
    let first_is_word = word(start);
    let before = start > 0 && glued(start) && {
        let mark = &cut[start - 1];
        (first_is_word && mark.is_word)
            || joins(mark)
            || (first_is_word && mark.is(".") && glued(start - 1) && start > 1 && word(start - 2))
    };
    let after =
        glued(end) && cut.get(end).is_some_and(|mark| joins(mark) || (mark.is(".") && glued(end + 1) && word(end + 1)));
    before || after
}

/// A token with the shapes of apostrophe and hyphen made one; in small letters where asked for.
fn plain<'t>(token: &Token<'t>, lower: bool) -> std::borrow::Cow<'t, str> {
    if token.is_apostrophe() {
        "'".into()
    } else if token.is_hyphen() {
        "-".into()
    } else if lower && token.text.chars().any(char::is_uppercase) {
        token.text.to_lowercase().into()
    } else {
        token.text.into()
    }
}

/// What the conditions of one entry are judged by.
struct Context<'e> {
    entry: &'e Entry,
    present: &'e HashSet<&'e str>,
    /// The entry's words in small letters, each between spaces; made when first asked for.
    words: Option<String>,
}

impl Context<'_> {
    fn holds(&mut self, says: Says<'_>) -> bool {
        match says {
            Says::Label(_) => true,
            Says::Denial(denial) => self.among(&denial.entries),
            Says::Rule(_, rule) => {
                let printed = self.entry.date.printed();
                rule.from.is_none_or(|from| printed.is_some_and(|date| from <= date))
                    && rule.until.is_none_or(|until| printed.is_some_and(|date| date <= until))
                    && self.among(&rule.entries)
                    && (rule.with.is_empty() || rule.with.iter().any(|key| self.present.contains(key.as_str())))
                    && (rule.near.is_empty() || rule.near.iter().any(|word| self.has(word)))
                    && !rule.not_near.iter().any(|word| self.has(word))
            }
        }
    }

    /// Whether the entry is one of these; the archive's name may be left out.
    fn among(&self, ids: &[String]) -> bool {
        let id = self.entry.id.as_str();
        let short = id.split_once('/').map_or(id, |(_, rest)| rest);
        ids.is_empty() || ids.iter().any(|wanted| wanted == id || wanted == short)
    }

    fn has(&mut self, words: &str) -> bool {
        let entry = self.entry;
        let all = self.words.get_or_insert_with(|| {
            format!(" {} {} ", fold(entry.title.as_deref().unwrap_or_default()), fold(&entry.text))
        });
        all.contains(&format!(" {} ", fold(words)))
    }
}
