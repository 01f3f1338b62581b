//! Whose name a name is: short forms joined to the full name where that is safe.
//!
//! A full name does not license the bare given name: half of what that joins is wrong. A short form is joined only
//! where one full name alone can be meant and stands near, or where the given name is rare; everything else keeps its
//! own form as its value.

use super::cues::HONORIFICS;
use super::lists::{COMMON_GIVEN, FAMOUS, GIVEN, SURNAMES};
use super::people::Sighting;
use super::spellings::{groups, is_initial, names};
use super::token::lowered;
use diary::{Day, MentionState};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// How far, in days, a full name lends its meaning to its given name.
const NEAR: i64 = 14;

/// One entry's sightings and its day.
pub(super) struct Seen<'a, 'e> {
    pub(super) day: Option<Day>,
    pub(super) sightings: &'a [Sighting<'a, 'e>],
    /// The given names of the full names here, with these as shown, in order. Filled by [`Links::new`].
    pub(super) full: Vec<(&'a str, &'a str)>,
    /// Every name here that is more than a bare word, as shown, in order. Filled by [`Links::new`].
    pub(super) fuller: Vec<&'a str>,
    /// Pairs of places in `sightings`: the second explains the first between brackets.
    pub(super) aliases: Vec<(usize, usize)>,
    /// People whom the authority file confirms in the entry.
    pub(super) confirmed: Vec<Confirmed<'a>>,
}

/// A person of the authority file, named in an entry.
#[derive(Clone, Copy, Debug)]
pub(super) struct Confirmed<'a> {
    pub(super) key: &'a str,
    /// As the file shows it.
    pub(super) name: &'a str,
    /// As the entry writes it.
    pub(super) form: &'a str,
}

impl<'a> Confirmed<'a> {
    /// The first word of a name that is written out, given name and all.
    fn given(&self) -> Option<&'a str> {
        let (first, _) = self.name.split_once(' ')?;
        let written = self.form.split_whitespace().next() == Some(first) && self.form.contains(char::is_whitespace);
        (written && !HONORIFICS.has(lowered(first).trim_end_matches('.'))).then_some(first)
    }

    /// The last word of a name that is written out.
    fn surname(&self) -> Option<&'a str> {
        let (_, last) = self.name.rsplit_once(' ')?;
        let mut words = self.form.split_whitespace().rev();
        (words.next() == Some(last) && words.next().is_some()).then_some(last)
    }
}

/// Whom a sighting means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link<'n> {
    /// The facet value; nothing for one made of the name.
    pub(super) key: Option<&'n str>,
    pub(super) name: &'n str,
    pub(super) state: MentionState,
    /// Why, where that is more than the name itself.
    pub(super) why: Option<String>,
}

/// The names of an archive, joined.
#[derive(Default)]
pub(super) struct Links<'n> {
    /// What each name is shown as, where that is another.
    shown: FxHashMap<&'n str, &'n str>,
    /// Short forms that the archive itself explains, and what they stand for.
    explained: FxHashMap<&'n str, &'n str>,
    /// The names that end with a word, as shown, and how often each stands.
    by_surname: FxHashMap<&'n str, BTreeMap<&'n str, usize>>,
    /// How often each single word stands for somebody.
    bare: FxHashMap<&'n str, usize>,
    /// The full names that begin with a given name, as shown, and the days they stand on.
    by_given: FxHashMap<&'n str, BTreeMap<&'n str, Vec<Day>>>,
    /// The keys of those of the authority file, by name.
    keys: FxHashMap<&'n str, &'n str>,
    /// Words that stand by themselves away from any fuller name more often than near one.
    loose: FxHashSet<&'n str>,
}

impl<'n> Links<'n> {
    /// Joins the names of all `entries`.
    pub(super) fn new(entries: &mut [Seen<'n, '_>]) -> Self {
        let names = names(entries.iter().flat_map(|entry| entry.sightings));
        let mut links = Self { shown: groups(&names), ..Self::default() };
        for (text, name) in &names {
            let shown = links.shown(text);
            if name.words.len() > 1 || name.honorific.is_some() {
                *links.by_surname.entry(name.last()).or_default().entry(shown).or_default() += name.count;
            } else {
                links.bare.insert(text, name.count);
            }
        }
        for entry in entries.iter_mut() {
            links.add_confirmed(entry);
            links.list_names(entry);
            for &(short, full) in &entry.aliases {
                let pair = (entry.sightings.get(short), entry.sightings.get(full));
                if let (Some(short), Some(full)) = pair
                    && explains(short, full)
                {
                    let full = links.shown(&full.name);
                    links.explained.entry(&short.name).or_insert(full);
                }
            }
            for sighting in entry.sightings.iter().filter(|sighting| is_full(sighting)) {
                // Who writes "Sarah P." tells her from Sarah.
                if sighting.words.last().is_some_and(|last| is_initial(last.text)) {
                    continue;
                }
                let shown = links.shown(&sighting.name);
                let days = links.by_given.entry(sighting.words[0].text).or_default().entry(shown).or_default();
                days.extend(entry.day);
            }
        }
        links.by_given.values_mut().flat_map(BTreeMap::values_mut).for_each(|days| days.sort());
        links.loose = links.loose_names(entries);
        links
    }

    /// Those of the authority file lend their names as others do.
    fn add_confirmed(&mut self, entry: &Seen<'n, '_>) {
        for one in &entry.confirmed {
            self.keys.insert(one.name, one.key);
            if let Some(given) = one.given() {
                self.by_given.entry(given).or_default().entry(one.name).or_default().extend(entry.day);
            }
            if let Some(surname) = one.surname() {
                *self.by_surname.entry(surname).or_default().entry(one.name).or_default() += 1;
            }
        }
    }

    /// Lists the names of an entry as they are looked for.
    fn list_names(&self, entry: &mut Seen<'n, '_>) {
        // They are looked for by short forms alone.
        if !entry.sightings.iter().any(is_bare) {
            return;
        }
        let full = entry.sightings.iter().filter(|sighting| is_full(sighting));
        let full = full.map(|sighting| (sighting.words[0].text, self.shown(&sighting.name)));
        let given = entry.confirmed.iter().filter_map(|one| Some((one.given()?, one.name)));
        entry.full = full.chain(given).collect();
        let fuller = entry.sightings.iter().filter(|sighting| !is_bare(sighting));
        let fuller = fuller.map(|sighting| self.shown(&sighting.name));
        let surnames = entry.confirmed.iter().filter(|one| one.surname().is_some()).map(|one| one.name);
        entry.fuller = fuller.chain(surnames).collect();
        entry.full.sort_unstable();
        entry.full.dedup();
        entry.full.shrink_to_fit();
        entry.fuller.sort_unstable();
        entry.fuller.dedup();
        entry.fuller.shrink_to_fit();
    }

    fn shown(&self, name: &'n str) -> &'n str {
        self.shown.get(name).copied().unwrap_or(name)
    }

    fn loose_names(&self, entries: &[Seen<'n, '_>]) -> FxHashSet<&'n str> {
        let mut tally: FxHashMap<&str, (usize, usize)> = FxHashMap::default();
        for entry in entries {
            for sighting in entry.sightings.iter().filter(|sighting| is_bare(sighting)) {
                let word = sighting.words[0].text;
                let given = self.by_given.contains_key(word);
                if given || self.by_surname.contains_key(word) {
                    let near = if given {
                        Self::here(word, entry).len() == 1 || self.near(word, entry.day).len() == 1
                    } else {
                        self.holders_here(word, entry).len() == 1
                    };
                    let (all, by) = tally.entry(word).or_default();
                    *all += 1;
                    *by += usize::from(near);
                }
            }
        }
        tally.into_iter().filter(|(_, (all, near))| near * 2 < *all).map(|(word, _)| word).collect()
    }

    /// Whom the sighting at `place` of an entry means.
    pub(super) fn resolve(&self, entry: &Seen<'n, '_>, place: usize) -> Link<'n> {
        let sighting = &entry.sightings[place];
        let name: &'n str = &sighting.name;
        let shown = self.shown(name);
        if shown != name {
            let why = format!("another form of {shown}");
            return Link { key: None, name: shown, state: MentionState::Linked, why: Some(why) };
        }
        let own = || Link { key: None, name, state: MentionState::Unresolved, why: None };
        let word = sighting.words[0].text;
        let link = |full: &'n str, why: String| {
            let key = self.keys.get(full).copied();
            Link { key, name: full, state: MentionState::Linked, why: Some(why) }
        };
        if let Some(full) = self.as_knight(entry, place) {
            return link(full, format!("{full} stands before it in the same entry"));
        }
        if !is_bare(sighting) || is_initial(word) {
            return own();
        }
        if let Some(full) = self.explained.get(word) {
            return link(full, format!("the archive explains it as {full}"));
        }
        // Under whatever name the entry has them.
        let mut confirmed: Vec<_> =
            entry.confirmed.iter().filter(|one| one.name.split(' ').next() == Some(word)).map(|one| one.name).collect();
        confirmed.sort_unstable();
        confirmed.dedup();
        if let [full] = confirmed.as_slice() {
            return link(full, format!("{full} stands in the same entry"));
        }
        if let Some(found) = self.as_given(word, entry) {
            return link(found.0, found.1);
        }
        if let Some(found) = self.as_surname(word, entry) {
            return link(found.0, found.1);
        }
        own()
    }

    /// Knights are called by their given names: "Sir Philip" is the Sir Philip Warwicke spoken of before, where no other of
    /// that letter is.
    fn as_knight(&self, entry: &Seen<'n, '_>, place: usize) -> Option<&'n str> {
        let knight = &entry.sightings[place];
        let called = knight.words[0].text;
        let is_one = knight.words.len() == 1 && matches!(knight.honorific(), Some("Sir" | "Dame"));
        // "Both Sir Williams" are two.
        let is_several = |name: &str| name.strip_suffix('s').is_some_and(|one| GIVEN.has(one));
        let lower = lowered(called);
        if !is_one || !GIVEN.has(&lower) || is_several(&lower) {
            return None;
        }
        let may_be = |other: &Sighting<'_, '_>| {
            let first = other.words[0].text.chars().next();
            other.words.len() > 1 && other.honorific() == knight.honorific() && first == called.chars().next()
        };
        let all = entry.sightings.iter().enumerate().filter(|(_, other)| may_be(other));
        let mut all = all.map(|(at, other)| (at, self.shown(&other.name)));
        let (at, one) = all.next()?;
        (at < place && all.all(|(_, other)| other == one)).then_some(one)
    }

    fn as_given(&self, word: &str, entry: &Seen<'n, '_>) -> Option<(&'n str, String)> {
        let all = self.by_given.get(word)?;
        let lower = lowered(word);
        let common = COMMON_GIVEN.has(&lower);
        let borne: usize = all.values().map(Vec::len).sum();
        let surname: usize = self.by_surname.get(word).map_or(0, |holders| holders.values().sum());
        if self.loose.contains(word) && common || surname > borne {
            return None;
        }
        if let [one] = Self::here(word, entry)[..] {
            return Some((one, format!("{one} stands in the same entry")));
        }
        let rivals = |one: &str| {
            let mine = all.get(one).map_or(0, Vec::len);
            common && all.values().any(|days| days.len() > mine)
        };
        if let [one] = self.near(word, entry.day)[..]
            && !rivals(one)
        {
            return Some((one, format!("{one} stands within {NEAR} days")));
        }
        // "Robinson" is not Robinson Crusoe, nor is every Hannibal Hannibal Caracci.
        let rather_given =
            !SURNAMES.has(&lower) || GIVEN.has(&lower) && self.bare.get(word).copied().unwrap_or_default() <= 3 * borne;
        let rare = !common && surname == 0 && !FAMOUS.has(&lower) && rather_given;
        let one = all.keys().next().filter(|_| all.len() == 1 && rare)?;
        Some((one, format!("a rare name, and only {one} bears it")))
    }

    /// The full names with this given name in the entry itself.
    fn here(word: &str, entry: &Seen<'n, '_>) -> Vec<&'n str> {
        let from = entry.full.partition_point(|(given, _)| *given < word);
        entry.full[from..].iter().take_while(|(given, _)| *given == word).map(|(_, name)| *name).collect()
    }

    /// The full names with this given name within [`NEAR`] days.
    fn near(&self, word: &str, day: Option<Day>) -> Vec<&'n str> {
        let (Some(day), Some(all)) = (day, self.by_given.get(word)) else { return Vec::new() };
        let (first, last) = (day.plus(-NEAR), day.plus(NEAR));
        let stands = |days: &[Day]| days.get(days.partition_point(|&d| d < first)).is_some_and(|&d| d <= last);
        all.iter().filter(|(_, days)| stands(days)).map(|(name, _)| *name).collect()
    }

    fn as_surname(&self, word: &str, entry: &Seen<'n, '_>) -> Option<(&'n str, String)> {
        let lower = lowered(word);
        let holders = self.by_surname.get(word)?;
        let (held, bare) = (holders.values().sum::<usize>(), self.bare.get(word).copied().unwrap_or_default());
        // "Pall" is not the one "Lady Pall": a given name is a surname too only where it is one often.
        if COMMON_GIVEN.has(&lower) || GIVEN.has(&lower) && held * 3 < bare {
            return None;
        }
        // Bare surnames are men's but where she is much spoken of, and "Newton" is not Lord Newton.
        let meant = |one: &str| {
            (!is_womans(one) || held >= 5 && held >= bare)
                && !one.starts_with("Messrs")
                && !(FAMOUS.has(&lower) && one.split(' ').count() < 3)
        };
        if let Some(one) = holders.keys().next().filter(|one| holders.len() == 1 && meant(one)) {
            return Some((one, format!("{one} alone has this surname")));
        }
        let here = self.holders_here(word, entry);
        if let Some(one) = foremost(holders).filter(|one| meant(one) && bare <= 3 * held)
            && here.iter().all(|other| *other == one)
        {
            return Some((one, format!("{one} has this surname, and hardly anybody else")));
        }
        match here[..] {
            // Beside "Mrs. Pierce", the bare "Pierce" is rather her husband.
            [one] if !self.loose.contains(word) && !is_womans(one) => {
                Some((one, format!("{one} stands in the same entry")))
            }
            _ => None,
        }
    }

    /// The fuller names with this surname in the entry itself.
    fn holders_here(&self, word: &str, entry: &Seen<'n, '_>) -> Vec<&'n str> {
        let Some(holders) = self.by_surname.get(word) else { return Vec::new() };
        if holders.len() < entry.fuller.len() {
            return holders.keys().copied().filter(|name| entry.fuller.binary_search(name).is_ok()).collect();
        }
        entry.fuller.iter().copied().filter(|name| holders.contains_key(name)).collect()
    }
}

/// The one of several who bear a surname that is spoken of at least so often, and this many times as often as all others.
fn foremost<'n>(holders: &BTreeMap<&'n str, usize>) -> Option<&'n str> {
    const OFTEN: usize = 10;
    const TIMES: usize = 5;
    let (one, count) = holders.iter().max_by_key(|(_, count)| **count)?;
    let others = holders.values().sum::<usize>() - count;
    (*count >= OFTEN && *count >= TIMES * others).then_some(one)
}

fn is_bare(sighting: &Sighting<'_, '_>) -> bool {
    sighting.words.len() == 1 && sighting.honorific().is_none()
}

/// Whether a short name beside a full one in brackets is another name for the same person: "Vatsa (Srivatsa Vaddagiri)",
/// not "Jack (Sir John)" nor "Mrs. Dickenson (Pepys)".
fn explains(short: &Sighting<'_, '_>, full: &Sighting<'_, '_>) -> bool {
    let word = lowered(short.words[0].text);
    let inside = full.words.iter().any(|part| lowered(part.text).contains(&*word));
    let known = GIVEN.has(&word) || SURNAMES.has(&word);
    is_full(full) && !is_initial(short.words[0].text) && (inside || !known)
}

/// Whether a name as shown begins with what a woman is called, beside whom a bare surname is rather a man's.
fn is_womans(name: &str) -> bool {
    let first = lowered(name.split(' ').next().unwrap_or_default().trim_end_matches('.'));
    matches!(&*first, "mrs" | "miss" | "ms" | "lady" | "madam" | "madame" | "mme" | "mistress" | "frau" | "señora")
}

fn is_full(sighting: &Sighting<'_, '_>) -> bool {
    !sighting.is_titled()
        && sighting.honorific().is_none()
        && sighting.words.len() > 1
        && sighting.words[0].text.chars().nth(1).is_some()
}
