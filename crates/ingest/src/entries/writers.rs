//! Several writers of one diary, told by the names that stand beside their dates: `[Clark, May 14, 1804]`,
//! `6 March 1911 (Mary)`.

use super::entry::Draft;
use crate::date::names;
use std::collections::{BTreeMap, BTreeSet};

/// More names than this are places, or titles.
const MOST: usize = 4;

/// Gives every entry the writer named in its heading, where the headings of an archive name a few writers.
///
/// Places stand beside dates too; but nobody is in two places on the same day time and again, while two writers often
/// have an entry each.
pub(crate) fn name_writers(drafts: &mut [Draft]) {
    if drafts.iter().any(|draft| draft.entry.author.is_some()) {
        return;
    }
    let named: Vec<Option<String>> = drafts.iter().map(beside_date).collect();
    let names: BTreeSet<&str> = named.iter().flatten().map(String::as_str).collect();
    if !(2..=MOST).contains(&names.len()) || named.iter().flatten().count() * 10 < drafts.len() * 9 {
        return;
    }
    let mut days: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (draft, name) in drafts.iter().zip(&named) {
        if let (Some(day), Some(name)) = (draft.entry.date.label(), name) {
            days.entry(day).or_default().insert(name);
        }
    }
    let shared = days.values().filter(|names| names.len() > 1).count();
    if shared < 3 || shared * 10 < days.len() {
        return;
    }
    for (draft, name) in drafts.iter_mut().zip(named) {
        let entry = &mut draft.entry;
        entry.title = entry.title.take().filter(|title| name.as_deref() != Some(bare(title)));
        entry.author = name;
    }
}

/// The name that a heading has beside its date, and nothing else.
fn beside_date(draft: &Draft) -> Option<String> {
    let (heading, date) = (&draft.entry.heading, &draft.entry.date.as_written);
    let at = heading.find(date.as_str()).filter(|_| !date.is_empty())?;
    let (before, after) = (bare(&heading[..at]), bare(&heading[at + date.len()..]));
    match (before, after) {
        ("", name) | (name, "") => Some(name).filter(|name| is_name(name)).map(str::to_owned),
        _ => None,
    }
}

fn bare(text: &str) -> &str {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    text.strip_prefix("by ").unwrap_or(text)
}

/// Whether some words may be a name: one to three, each with a capital, none of them of a date.
fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let named = |word: &&str| {
        let letters = word.trim_end_matches('.');
        let plain = names::plain(letters);
        letters.starts_with(char::is_uppercase)
            && letters.chars().all(char::is_alphabetic)
            && names::month(&plain).is_none()
            && names::weekday(&plain).is_none()
    };
    (1..=3).contains(&words.len()) && words.iter().all(named)
}
