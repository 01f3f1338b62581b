//! Projects whom no file names: software, meetings and efforts, by the shape of their names and what stands around.
//!
//! What looks like software in a diary of programmers is a misprint in one of 1660: the shapes that need it are
//! looked for only in archives that speak of programs at all.

use super::cues::{BEFORE_PEOPLE, BEFORE_THINGS, FUNCTION_WORDS, PLACE_NOUNS, PROGRAM_NOUNS, WEAK_VERBS};
use super::lists::{
    EVENT_NOUNS, GIVEN, HUMAN_VERBS, NOT_NAMES, NOT_PROJECTS, PLACES, SOFTWARE, TOP_DOMAINS, is_headword, is_ordinary,
};
use super::token::{Gap, LONGEST_WORD, Text, Token, tokens};
use diary::{Entry, Facet, Mention, MentionState, Span, slug};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};

/// A place that may name a project.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) span: Span,
    pub(super) in_title: bool,
    shape: Shape,
    /// The name in small letters, words between single spaces.
    folded: String,
    form: String,
    /// Before or after a word that speaks of programs.
    cued: bool,
    /// Before what people do, after what is done to them, or in front of an `@`.
    acts: bool,
}

/// What makes a candidate one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Shape {
    /// `linux.conf.au`
    Host,
    /// "Netfilter Summit", "OLS keynote"
    Event,
    /// "SpamAssassin"
    InnerCapital,
    /// "Debian Flavors", "Ghosts of Conference Past": capitals in a row
    Named,
    /// "hotplug CPU": two words of which neither is ordinary
    Pair,
    /// "module-init-tools"
    Hyphenated,
    /// "FHS"
    Acronym,
    /// A word of a well-known program.
    Known,
    /// "rzip": a word of no dictionary
    Coined,
}

/// What an archive shows of one name.
#[derive(Default)]
struct Evidence {
    entries: u32,
    cued: u32,
    acts: u32,
    places: u32,
    forms: BTreeMap<String, u32>,
    shape: Option<Shape>,
    /// How often it begins with a small letter.
    small: u32,
}

/// A project that was found.
#[derive(Clone)]
struct Project {
    name: String,
    why: String,
}

/// The projects that the candidates of some entries name, judged together; one list of mentions for each entry.
pub(super) fn projects(candidates: &[Vec<Candidate>]) -> Vec<Vec<Mention>> {
    let found = judge(candidates);
    candidates.par_iter().map(|candidates| mentions(candidates, &found)).collect()
}

/// The places of one entry that name a project that was found.
fn mentions(candidates: &[Candidate], found: &HashMap<String, Project>) -> Vec<Mention> {
    let mut taken: Vec<(bool, Span)> = Vec::new();
    let mut mentions = Vec::new();
    for candidate in longest_first(candidates) {
        let Some(project) = found.get(&candidate.folded) else { continue };
        if taken.iter().any(|(title, span)| *title == candidate.in_title && span.overlaps(candidate.span)) {
            continue;
        }
        taken.push((candidate.in_title, candidate.span));
        let linked = diary::fold(&project.name) != diary::fold(&candidate.form);
        mentions.push(Mention {
            span: candidate.span,
            in_title: candidate.in_title,
            facet: Facet::Project,
            key: slug(&project.name, false),
            name: project.name.clone(),
            form: candidate.form.clone(),
            state: if linked { MentionState::Linked } else { MentionState::Unresolved },
            why: project.why.clone(),
        });
    }
    mentions
}

/// Whether at least one entry in twelve speaks of programs, as far as some hundreds of them show.
pub(super) fn is_technical(entries: &[&Entry]) -> bool {
    let sample: Vec<&&Entry> = entries.iter().step_by(entries.len().div_ceil(400).max(1)).collect();
    let speaks = sample.par_iter().filter(|entry| {
        let cut = tokens(&entry.text);
        let speaks = |token: &&Token<'_>| {
            let lower = token.text.to_lowercase();
            PROGRAM_NOUNS.has(token.text) || SOFTWARE.has(&lower) && !is_ordinary(&lower) && !GIVEN.has(&lower)
        };
        let words = cut.iter().filter(|token| token.is_word).filter(speaks).take(2).count();
        let identifier = cut.windows(3).any(|three| {
            let glued = three[1].gap == Gap::None && three[2].gap == Gap::None;
            three[1].is("_") && three[0].is_word && three[2].is_word && glued
        });
        words > 1 || identifier
    });
    let count = speaks.count();
    count > 1 && count * 12 >= sample.len()
}

fn longest_first(candidates: &[Candidate]) -> Vec<&Candidate> {
    let mut sorted: Vec<&Candidate> = candidates.iter().collect();
    sorted.sort_by_key(|candidate| {
        (candidate.in_title, std::cmp::Reverse(candidate.span.len()), candidate.span.start, candidate.shape)
    });
    sorted
}

/// The candidates of one text of an entry, its own or its title.
pub(super) fn text_candidates(text: &Text<'_, '_>) -> Vec<Candidate> {
    let Text { in_title, text, cut, technical, .. } = *text;
    let mut found = Vec::new();
    let scan = Scan { text, cut, in_title, technical };
    for at in 0..cut.len() {
        scan.at(at, &mut found);
    }
    found
}

struct Scan<'a> {
    text: &'a str,
    cut: &'a [Token<'a>],
    in_title: bool,
    technical: bool,
}

impl Scan<'_> {
    fn at(&self, at: usize, found: &mut Vec<Candidate>) {
        let token = &self.cut[at];
        let starts_glued = token.gap == Gap::None && at > 0 && {
            let mark = &self.cut[at - 1];
            mark.is_word || matches!(mark.text, "_" | "@" | "/" | "." | "-" | "=" | "$" | "\\" | "%" | "#" | "&")
        };
        if !token.is_word || starts_glued {
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
    fn pair(&self, at: usize, end: usize, found: &mut Vec<Candidate>) {
        let Some(next) = self.cut.get(end).filter(|next| next.is_word && next.gap == Gap::Space) else { return };
        let next_end = self.word_end(end);
        if self.is_glued(next_end) || next_end > end + 1 && self.shape(end, next_end).is_none() {
            return;
        }
        let odd = |at: usize, end: usize| {
            matches!(self.shape(at, end), Some(Shape::Acronym | Shape::Coined | Shape::Known | Shape::Hyphenated))
                || (self.cut[at].is_upper() && self.cut[at].text.len() > 2)
        };
        let lower = (self.cut[at].text.to_lowercase(), next.text.to_lowercase());
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
        let lower = text.to_lowercase();
        if NOT_PROJECTS.has(&lower) {
            return None;
        }
        if SOFTWARE.has(&lower) && !is_ordinary(&lower) {
            return Some(Shape::Known);
        }
        if end > at + 1 {
            let parts: Vec<&str> = lower.split('-').collect();
            let odd = parts.iter().any(|part| part.len() > 2 && !is_ordinary(part) && !GIVEN.has(part));
            let small = text.starts_with(char::is_lowercase) && parts.iter().all(|part| part.len() > 1);
            return (odd && small && !matches!(parts[0], "re" | "un" | "non" | "pre")).then_some(Shape::Hyphenated);
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
        if letters < 3 || is_ordinary(&lower) || PLACES.has(&lower) {
            return None;
        }
        let mut upper_inside = 0;
        let chars: Vec<char> = text.chars().collect();
        for two in chars.windows(2) {
            upper_inside += usize::from(two[0].is_lowercase() && two[1].is_uppercase());
        }
        let names =
            ["Mc", "Mac", "De", "Di", "Du", "La", "Le", "Van", "Von", "Fitz"].iter().any(|p| text.starts_with(p));
        if upper_inside > 0 && !names && chars.len() > 4 {
            return Some(Shape::InnerCapital);
        }
        let small = chars[0].is_lowercase() && chars.iter().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        let initial =
            chars[0].is_uppercase() && chars[1..].iter().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        ((small || initial) && chars[0].is_alphabetic()).then_some(Shape::Coined)
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

    /// The token after `linux.conf.au`.
    fn host_end(&self, at: usize) -> Option<usize> {
        let mut end = at + 1;
        while let (Some(dot), Some(next)) = (self.cut.get(end), self.cut.get(end + 1)) {
            if !dot.is(".") || dot.gap != Gap::None || next.gap != Gap::None || !next.is_word {
                break;
            }
            end += 2;
        }
        if end == at + 1 {
            return None;
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
        let lower = self.cut[at].text.to_lowercase();
        let mut end = at;
        let (mut words, mut ordinary) = (0, 0);
        while let Some(token) =
            self.cut.get(end).filter(|token| token.is_word && (end == at || token.gap == Gap::Space))
        {
            let small = end > at && matches!(token.text, "of" | "to" | "the" | "for" | "and");
            let next_is_capital = self.cut.get(end + 1).is_some_and(|next| next.is_capital() && next.gap == Gap::Space);
            if !(token.is_capital() && token.text.chars().any(char::is_lowercase) || small && next_is_capital) {
                break;
            }
            let word = token.text.to_lowercase();
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
        let last = self.cut.get(end.checked_sub(1)?)?.text.to_lowercase();
        let known = SOFTWARE.has(&lower) && !is_ordinary(&lower) && words > 1;
        let titled = words > 2 && ordinary + 1 >= words && !self.opens(at) && !PLACE_NOUNS.has(&last);
        ((known || titled) && words < 8 && !self.is_glued(end)).then_some(end)
    }

    /// Whether a capital means nothing here, or belongs to a longer row of them.
    fn opens(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|i| self.cut.get(i));
        self.cut[at].gap == Gap::Break
            || before.is_none_or(|token| {
                matches!(token.text, "." | "!" | "?" | ":" | "\"" | "\u{201c}" | "(")
                    || token.is_capital() && token.text.len() > 1
            })
    }

    /// The token after "Netfilter Summit", "OLS keynote", "Linux Bier Wanderung".
    fn event_end(&self, at: usize) -> Option<usize> {
        let opens = !self.cut[at].is_capital();
        let odd_start = opens && self.technical && self.shape(at, at + 1).is_some();
        if opens && !odd_start || FUNCTION_WORDS.has(&self.cut[at].text.to_lowercase()) {
            return None;
        }
        if at > 0
            && self.cut[at].gap == Gap::Space
            && self.cut[at - 1].is_capital()
            && self.cut[at - 1].is_word
            && self.cut[at - 1].text.len() > 1
            && !FUNCTION_WORDS.has(&self.cut[at - 1].text.to_lowercase())
        {
            return None;
        }
        let mut end = at + 1;
        while let Some(next) = self.cut.get(end) {
            let last = self.word_end(end);
            let word = Span::new(next.start, self.cut[last - 1].end()).of(self.text);
            if !next.is_word || next.gap != Gap::Space || end - at > 5 {
                return None;
            }
            if EVENT_NOUNS.has(&word.to_lowercase()) {
                let single = end == at + 1;
                let titled = next.is_capital() && (!single || at > 0 && self.cut[at - 1].text == "the");
                let named = titled || !is_ordinary(&self.cut[at].text.to_lowercase());
                return (named && !(PLACES.has(&self.cut[at].text.to_lowercase()) && single)).then_some(last);
            }
            if !next.is_capital() {
                return None;
            }
            end = last;
        }
        None
    }

    fn candidate(&self, at: usize, end: usize, shape: Shape) -> Candidate {
        let span = Span::new(self.cut[at].start, self.cut[end - 1].end());
        let form = span.of(self.text).to_owned();
        let folded = form.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let near = |token: Option<&Token<'_>>| token.map(|token| token.text.to_lowercase()).unwrap_or_default();
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
        let acts = HUMAN_VERBS.has(&after) && !WEAK_VERBS.has(&after) || BEFORE_PEOPLE.has(&before);
        let acts = acts || self.cut.get(end).is_some_and(|mark| mark.is("@") && mark.gap == Gap::None);
        Candidate { span, in_title: self.in_title, shape, folded, form, cued, acts }
    }
}

/// The projects among the candidates, by folded form.
fn judge(candidates: &[Vec<Candidate>]) -> HashMap<String, Project> {
    let seen: HashSet<&str> = candidates.iter().flatten().map(|one| one.folded.as_str()).collect();
    let singular = |folded: &'_ str| -> usize {
        let ends = ["es", "s"].into_iter().filter_map(|end| folded.strip_suffix(end));
        ends.filter(|base| base.len() > 2).find(|base| seen.contains(base)).map_or(folded.len(), str::len)
    };
    let mut table: BTreeMap<&str, Evidence> = BTreeMap::new();
    for entry in candidates {
        let mut here: HashSet<&str> = HashSet::new();
        for one in entry {
            // "futexes" is "futex".
            let folded = &one.folded[..singular(&one.folded)];
            let evidence = table.entry(folded).or_default();
            evidence.entries += u32::from(here.insert(folded));
            evidence.places += 1;
            evidence.cued += u32::from(one.cued);
            evidence.acts += u32::from(one.acts);
            *evidence.forms.entry(one.form.split_whitespace().collect::<Vec<_>>().join(" ")).or_default() += 1;
            evidence.shape = Some(evidence.shape.map_or(one.shape, |shape| shape.min(one.shape)));
            evidence.small += u32::from(one.form.starts_with(char::is_lowercase));
        }
    }
    let mut found: HashMap<String, Project> = HashMap::new();
    for (folded, evidence) in &table {
        if let Some(why) = evidence.accepted(folded) {
            found.insert((*folded).to_owned(), Project { name: evidence.label(folded), why });
        }
    }
    for plural in seen.iter().filter(|folded| singular(folded) < folded.len()) {
        if let Some(one) = found.get(&plural[..singular(plural)]).cloned() {
            found.insert((*plural).to_owned(), one);
        }
    }
    join_parts(&mut found, &table);
    join_acronyms(&mut found, &table);
    found
}

impl Evidence {
    /// Why it is a project, if it is one.
    fn accepted(&self, folded: &str) -> Option<String> {
        let (entries, cued) = (self.entries, self.cued);
        let enough = match self.shape? {
            Shape::Host | Shape::Event | Shape::InnerCapital | Shape::Known | Shape::Named => true,
            Shape::Pair => entries > 1,
            Shape::Hyphenated => entries > 1 || cued > 1,
            Shape::Acronym => entries > 1 || cued > 0,
            // A word that acts as people do is somebody's handle.
            Shape::Coined if self.acts * 3 > self.places => false,
            Shape::Coined if self.small * 2 >= self.places && !is_derived(folded) => {
                entries > 2 && cued > 0 || (entries > 1 || cued > 0) && !is_misprint(folded)
            }
            Shape::Coined => false,
        };
        let shape = match self.shape? {
            Shape::Host => "a host name",
            Shape::Event => "a meeting by its last word",
            Shape::InnerCapital => "a capital inside",
            Shape::Known => "a well-known program",
            Shape::Named => "capitals in a row",
            Shape::Pair => "two words that stand together",
            Shape::Hyphenated => "a name of a package",
            Shape::Acronym => "an acronym",
            Shape::Coined => "a coined word",
        };
        enough.then(|| format!("{shape}, in {entries} entries, {cued} times beside a word for programs"))
    }

    /// The form in most use.
    fn label(&self, folded: &str) -> String {
        let best = self.forms.iter().max_by_key(|(form, count)| (**count, std::cmp::Reverse(*form)));
        best.map_or_else(|| folded.to_owned(), |(form, _)| form.clone())
    }
}

/// "hotplug" is "hotplug CPU", where only one pair has it and the pair is the more frequent half of its places.
fn join_parts(found: &mut HashMap<String, Project>, table: &BTreeMap<&str, Evidence>) {
    let mut pairs: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (folded, evidence) in table.iter().filter(|(folded, _)| found.contains_key(**folded)) {
        if let Some((first, _)) = folded.split_once(' ').filter(|_| evidence.shape == Some(Shape::Pair)) {
            pairs.entry(first).or_default().push(folded);
        }
    }
    for (part, wholes) in pairs {
        let [whole] = wholes.as_slice() else { continue };
        let count = |folded: &str| table.get(folded).map_or(0, |evidence| evidence.places);
        let often = count(whole) * 2 >= count(part);
        if let Some(project) = found.get(*whole).filter(|_| often).cloned() {
            found.insert(part.to_owned(), project);
        }
    }
}

/// "LCA" is "linux.conf.au", where only one project has those initials.
fn join_acronyms(found: &mut HashMap<String, Project>, table: &BTreeMap<&str, Evidence>) {
    let mut by_initials: BTreeMap<String, Vec<Project>> = BTreeMap::new();
    for project in found.values() {
        let words: Vec<&str> = project.name.split([' ', '.']).filter(|word| !word.is_empty()).collect();
        if words.len() > 2 {
            let initials = words.iter().filter_map(|word| word.chars().next()).flat_map(char::to_lowercase).collect();
            by_initials.entry(initials).or_default().push(project.clone());
        }
    }
    for names in by_initials.values_mut() {
        names.sort_by(|a, b| a.name.cmp(&b.name));
        names.dedup_by(|a, b| a.name == b.name);
    }
    for (acronym, _) in table.iter().filter(|(_, evidence)| evidence.shape == Some(Shape::Acronym)) {
        if let Some([one]) = by_initials.get(*acronym).map(Vec::as_slice) {
            found.insert((*acronym).to_owned(), one.clone());
        }
    }
}

/// Whether a word ends as learned words do that no dictionary lists: "phylogenetic", "parallelization".
fn is_derived(word: &str) -> bool {
    const ENDS: [&str; 28] = [
        "ing", "ings", "ed", "ly", "ic", "ics", "al", "ity", "ities", "tion", "tions", "sion", "ism", "isms", "ist",
        "ous", "ive", "able", "ible", "ness", "ment", "ies", "ary", "logy", "genic", "oid", "less", "meter",
    ];
    word.len() > 6 && ENDS.iter().any(|end| word.ends_with(end))
}

/// Whether one letter more, less or other, or two letters exchanged, would make an ordinary word.
fn is_misprint(word: &str) -> bool {
    let chars: Vec<char> = word.chars().collect();
    if chars.len() < 4 || chars.len() > 24 {
        return false;
    }
    let with = |from: usize, to: usize, put: &[char]| -> String {
        chars[..from].iter().chain(put).chain(&chars[to..]).collect()
    };
    (0..=chars.len()).any(|at| {
        let less = at < chars.len() && chars.len() > 4 && is_headword(&with(at, at + 1, &[]));
        let swapped = at + 1 < chars.len() && is_headword(&with(at, at + 2, &[chars[at + 1], chars[at]]));
        less || swapped
            || ('a'..='z').any(|c| {
                is_headword(&with(at, at, &[c]))
                    || at < chars.len() && chars.len() > 4 && is_headword(&with(at, at + 1, &[c]))
            })
    })
}
