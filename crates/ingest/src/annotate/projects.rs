//! Projects whom no file names: software, meetings and efforts, by the shape of their names and what stands around.
//!
//! What looks like software in a diary of programmers is a misprint in one of 1660: the shapes that need it are
//! looked for only in archives that speak of programs at all.

mod judge;
mod scan;

pub(super) use scan::text_candidates;

use super::covered::Covered;
use super::cues::PROGRAM_NOUNS;
use super::lists::{GIVEN, SOFTWARE, is_ordinary};
use super::token::{Gap, Token, lowered, stretch_end, tokens};
use diary::{Entry, Facet, Mention, MentionState, Span};
use judge::{Project, judge};
use rayon::prelude::*;
use std::collections::HashMap;

/// A place that may name a project.
#[derive(Clone, Debug)]
pub(super) struct Candidate<'e> {
    pub(super) span: Span,
    pub(super) in_title: bool,
    shape: Shape,
    /// The name in small letters, words between single spaces.
    pub(super) folded: String,
    pub(super) form: &'e str,
    /// Before or after a word that speaks of programs.
    cued: bool,
    /// Before the number of a version, or after what names a program: "uploaded", "the package".
    meant: bool,
    /// Before what people do, after what is done to them, or in front of an `@`.
    acts: bool,
    /// After "a" and the like, where one of a kind stands.
    one_of_many: bool,
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
    /// "command-not-found": ordinary words
    Compound,
    /// "FHS"
    Acronym,
    /// A word of a well-known program.
    Known,
    /// "rzip": a word of no dictionary
    Coined,
    /// "Servo": one of a dictionary, with a capital
    Word,
}

impl Candidate<'_> {
    /// Whether it is an ordinary word with a capital, where a name is more than that.
    pub(super) fn is_word(&self) -> bool {
        self.shape == Shape::Word
    }
}

/// The projects that the candidates of some entries name, judged together; one list of mentions for each entry.
pub(super) fn projects(candidates: &[Vec<Candidate<'_>>]) -> Vec<Vec<Mention>> {
    let found = judge(candidates);
    candidates.par_iter().map(|candidates| mentions(candidates, &found)).collect()
}

/// The places of one entry that name a project that was found.
fn mentions(candidates: &[Candidate<'_>], found: &HashMap<String, Project>) -> Vec<Mention> {
    let mut taken = Covered::default();
    let mut mentions = Vec::new();
    for candidate in longest_first(candidates) {
        let Some(project) = found.get(&candidate.folded) else { continue };
        if taken.meets(candidate.in_title, candidate.span) {
            continue;
        }
        taken.add(candidate.in_title, candidate.span);
        let linked = diary::fold(&project.name) != diary::fold(candidate.form);
        mentions.push(Mention {
            span: candidate.span,
            in_title: candidate.in_title,
            facet: Facet::Project,
            key: project.key.clone(),
            name: project.name.clone(),
            form: candidate.form.into(),
            state: if linked { MentionState::Linked } else { MentionState::Unresolved },
            why: project.why.clone(),
        });
    }
    mentions
}

/// Whether at least one entry in twelve speaks of programs, as far as some hundreds of them show: an identifier, or two
/// words for them among every few hundred others. Before there were any, code and drivers are something else.
pub(super) fn is_technical(entries: &[&Entry]) -> bool {
    const FIRST_YEAR: i32 = 1940;
    const WORDS: usize = 300;
    let of_their_time = |entry: &&Entry| entry.date.printed().is_none_or(|date| date.year() >= FIRST_YEAR);
    let sample: Vec<&&Entry> = entries.iter().step_by(entries.len().div_ceil(400).max(1)).collect();
    let speaks = sample.par_iter().filter(|entry| of_their_time(entry)).filter(|entry| {
        let cut = tokens(&entry.text[..stretch_end(&entry.text, 0)]);
        let speaks = |token: &&Token<'_>| {
            let lower = lowered(token.text);
            PROGRAM_NOUNS.has(token.text) || SOFTWARE.has(&lower) && !is_ordinary(&lower) && !GIVEN.has(&lower)
        };
        let words = cut.iter().filter(|token| token.is_word).filter(speaks).count();
        let identifier = cut.windows(3).any(|three| {
            let glued = three[1].gap == Gap::None && three[2].gap == Gap::None;
            three[1].is("_") && three[0].is_word && three[2].is_word && glued
        });
        words > 1 && words * WORDS >= cut.len() || identifier
    });
    let count = speaks.count();
    count > 1 && count * 12 >= sample.len()
}

fn longest_first<'c, 'e>(candidates: &'c [Candidate<'e>]) -> Vec<&'c Candidate<'e>> {
    let mut sorted: Vec<&Candidate<'e>> = candidates.iter().collect();
    sorted.sort_by_key(|candidate| {
        (candidate.in_title, std::cmp::Reverse(candidate.span.len()), candidate.span.start, candidate.shape)
    });
    sorted
}
