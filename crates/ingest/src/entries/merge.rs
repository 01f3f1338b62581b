//! The same entry in several places is one entry with several sources.

use super::entry::Draft;
use crate::problem::{Problem, ProblemKind};
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Entries of one day that are compared each with each; a day with more is compared by whole text only.
const MOST_COMPARED: usize = 64;
/// Fewer pieces of text than this are too few to call one text part of another.
const FEWEST_SHINGLES: usize = 6;

/// A text without a date that has fewer letters than this may be like another by chance.
const FEWEST_COPIED: usize = 60;

/// Joins drafts of the same date whose texts are the same, or one within the other.
pub(crate) fn merge(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut days: HashMap<Option<String>, Vec<usize>> = HashMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        days.entry(draft.entry.date.label()).or_default().push(index);
    }
    let mut groups: Vec<Vec<usize>> = days.into_values().filter(|group| group.len() > 1).collect();
    groups.sort();
    // Whether the drafts of a day are compared each with each: those of one source stand there as they are meant to.
    let compared = |group: &[usize]| {
        let first = &drafts[group[0]].entry;
        let elsewhere = |&at: &usize| drafts[at].entry.sources[0].path != first.sources[0].path;
        first.date.days.is_some() && group.len() <= MOST_COMPARED && group.iter().any(elsewhere)
    };
    let prints = groups.par_iter().flat_map_iter(|group| {
        let (drafts, shingled) = (&drafts, compared(group));
        group.iter().map(move |&at| (at, Print::of(&drafts[at], shingled)))
    });
    let prints: HashMap<usize, Print> = prints.collect();
    // Each draft and the one it is joined to; chains are followed to their end.
    let mut into: Vec<usize> = (0..drafts.len()).collect();
    for group in &groups {
        let mut whole: HashMap<u64, usize> = HashMap::new();
        for &index in group {
            let print = &prints[&index];
            let mut known = [print.titled, print.whole].into_iter().filter_map(|known| whole.get(&known)).copied();
            let first = known.find(|at| !print.is_titled_apart(&prints[at])).unwrap_or(index);
            whole.entry(print.whole).or_insert(first);
            whole.entry(print.titled).or_insert(first);
            into[index] = first;
        }
        if !compared(group) {
            continue;
        }
        for (at, &one) in group.iter().enumerate() {
            for &two in &group[at + 1..] {
                let (a, b) = (root(&into, one), root(&into, two));
                let elsewhere = drafts[a].entry.sources[0].path != drafts[b].entry.sources[0].path;
                if a != b && elsewhere && prints[&a].holds(&prints[&b]) {
                    // The fuller text stays; of equals, the first.
                    let (keep, drop) =
                        if prints[&b].letters > prints[&a].letters + prints[&a].letters / 50 { (b, a) } else { (a, b) };
                    into[drop] = keep;
                }
            }
        }
    }
    for (index, kept) in undated_copies(&drafts) {
        into[index] = root(&into, kept);
    }
    let none_is_joined = into.iter().enumerate().all(|(index, kept)| index == *kept);
    if none_is_joined { drafts } else { join(drafts, &into) }
}

/// The drafts without a date whose text stands in another source with one: what was copied out of its year.
fn undated_copies(drafts: &[Draft]) -> Vec<(usize, usize)> {
    let is_dated = |index: &usize| drafts[*index].entry.date.days.is_some();
    let (dated, undated): (Vec<usize>, Vec<usize>) = (0..drafts.len()).partition(is_dated);
    if dated.is_empty() || undated.is_empty() {
        return Vec::new();
    }
    let print = |&index: &usize| (index, Print::of(&drafts[index], false));
    let texts: HashMap<u64, usize> =
        dated.par_iter().rev().map(print).map(|(index, print)| (print.whole, index)).collect();
    let copy = |(index, print): (usize, Print)| {
        let kept = *texts.get(&print.whole).filter(|_| print.letters >= FEWEST_COPIED)?;
        let elsewhere = drafts[index].entry.sources[0].path != drafts[kept].entry.sources[0].path;
        elsewhere.then_some((index, kept))
    };
    undated.iter().map(print).filter_map(copy).collect()
}

fn root(into: &[usize], mut index: usize) -> usize {
    while into[index] != index {
        index = into[index];
    }
    index
}

fn join(drafts: Vec<Draft>, into: &[usize]) -> Vec<Draft> {
    let mut places: Vec<Option<Draft>> = drafts.into_iter().map(Some).collect();
    for index in 0..places.len() {
        let kept = root(into, index);
        if kept == index {
            continue;
        }
        if let Some(copy) = places[index].take()
            && let Some(Some(draft)) = places.get_mut(kept)
        {
            take_in(draft, &copy);
        }
    }
    let mut joined: Vec<Draft> = places.into_iter().flatten().collect();
    for draft in joined.iter_mut().filter(|draft| draft.entry.sources.len() > 1) {
        let mut seen = BTreeSet::new();
        draft.entry.sources.retain(|source| seen.insert(source.clone()));
    }
    joined
}

fn take_in(draft: &mut Draft, other: &Draft) {
    let entry = &mut draft.entry;
    for source in &other.entry.sources {
        let message = format!(
            "The entry “{}” is here too.",
            if entry.heading.is_empty() { entry.date.as_written.as_str() } else { &entry.heading }
        );
        let problem = Problem::of_source(ProblemKind::Duplicate, &source.path, message);
        draft.problems.push(Problem { line: source.line, ..problem });
        entry.sources.push(source.clone());
    }
    entry.title = entry.title.take().or_else(|| other.entry.title.clone());
    entry.author = entry.author.take().or_else(|| other.entry.author.clone());
    entry.sensitive |= other.entry.sensitive;
    // Private in one place is private: what one copy hides, another must not show.
    if other.entry.visibility == diary::Visibility::Private {
        entry.visibility = diary::Visibility::Private;
    }
    let known: HashSet<&String> = entry.tags.iter().collect();
    let more: Vec<String> = other.entry.tags.iter().filter(|tag| !known.contains(tag)).cloned().collect();
    entry.tags.extend(more);
    draft.problems.extend(other.problems.iter().filter(|problem| problem.kind != ProblemKind::Empty).cloned());
}

/// What two copies of a text share, however they are set.
#[derive(Default)]
struct Print {
    whole: u64,
    /// The same with its title in front, which on a page is part of the text.
    titled: u64,
    letters: usize,
    /// The letters of its title.
    title: String,
    shingles: HashSet<u64>,
}

impl Print {
    /// Of a text that is only compared as a whole, no more is needed than that.
    fn of(draft: &Draft, shingled: bool) -> Self {
        let diary::Entry { text, heading, title, .. } = &draft.entry;
        let letters_of = |text: &str| -> String {
            text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        let plain = letters_of(text);
        let title = letters_of(title.as_deref().unwrap_or_default());
        let letters = plain.chars().count();
        // Entries without a word are told apart by their headings and titles.
        let whole = if letters == 0 { hash(&format!("{heading}\n{title}")) } else { hash(&plain) };
        let titled = if letters == 0 { whole } else { hash(&(title.clone() + &plain)) };
        let marks: Vec<char> = if shingled { plain.chars().collect() } else { Vec::new() };
        // One piece in four, chosen by the text itself, so that both copies choose the same. Where a sign is a word, as in
        // Chinese, pieces are short, and all of them are kept.
        let is_dense = marks.iter().filter(|c| **c >= '\u{2E80}').count() * 2 > marks.len();
        let (length, one_in) = if is_dense { (8, 1) } else { (24, 4) };
        let shingles = marks.windows(length).map(mixed).filter(|hash| hash % one_in == 0).collect();
        Self { whole, titled, letters, title, shingles }
    }

    /// Whether two have the same text under titles that are not the same: short notes of one day are like each other.
    fn is_titled_apart(&self, other: &Self) -> bool {
        self.whole == other.whole && !self.title.contains(&other.title) && !other.title.contains(&self.title)
    }

    /// Whether nearly all of the shorter text stands in the longer.
    fn holds(&self, other: &Self) -> bool {
        if self.letters == 0 || other.letters == 0 {
            return self.title.is_empty() || other.title.is_empty() || self.title == other.title;
        }
        let (small, large) = if self.shingles.len() < other.shingles.len() { (self, other) } else { (other, self) };
        let shared = small.shingles.intersection(&large.shingles).count();
        small.shingles.len() >= FEWEST_SHINGLES && shared * 10 >= small.shingles.len() * 8
    }
}

/// A quick hash of a few letters (FNV-1a).
fn mixed(letters: &[char]) -> u64 {
    letters.iter().fold(0xCBF2_9CE4_8422_2325, |hash, c| (hash ^ u64::from(*c as u32)).wrapping_mul(0x0100_0000_01B3))
}

fn hash(text: &str) -> u64 {
    let bytes = *blake3::hash(text.as_bytes()).as_bytes();
    u64::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7]])
}
