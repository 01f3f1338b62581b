//! The spellings of a name made one: "Sir W. Batten" is Sir William Batten, and "Capt. Nevill" Captain Nevill.

use super::letters::differ_by_a_letter;
use super::people::Sighting;
use super::token::lowered;
use rustc_hash::FxHashMap;

/// A name in use, honorific and all.
#[derive(Debug)]
pub(super) struct Name<'n> {
    pub(super) honorific: Option<String>,
    pub(super) words: Vec<&'n str>,
    pub(super) count: usize,
}

impl<'n> Name<'n> {
    pub(super) fn last(&self) -> &'n str {
        self.words.last().copied().unwrap_or_default()
    }

    fn first(&self) -> &'n str {
        self.words.first().copied().unwrap_or_default()
    }

    /// The words between the first and the last.
    fn middle(&self) -> &[&'n str] {
        &self.words[1..self.words.len().max(2) - 1]
    }

    /// Given name and surname, written out.
    fn is_full(&self) -> bool {
        self.words.len() > 1 && self.first().chars().count() > 1
    }
}

/// Names that share a word, each as shown.
type Family<'f, 'n> = Vec<(&'n str, &'f Name<'n>)>;

/// How many names of one surname, the most frequent first, are compared with one another.
const LARGEST_FAMILY: usize = 100;

/// Every name in use but titles, as shown and in order.
pub(super) fn names<'n, 'e: 'n>(sightings: impl Iterator<Item = &'n Sighting<'n, 'e>>) -> Vec<(&'n str, Name<'n>)> {
    let mut names: FxHashMap<&str, Name<'_>> = FxHashMap::default();
    for sighting in sightings.filter(|sighting| !sighting.is_titled()) {
        let name = names.entry(&sighting.name).or_insert_with(|| Name {
            honorific: sighting.honorific().map(plain_honorific),
            words: sighting.words.iter().map(|word| word.text).collect(),
            count: 0,
        });
        name.count += 1;
    }
    let mut names: Vec<_> = names.into_iter().collect();
    names.sort_by_key(|(text, _)| *text);
    names
}

/// The last honorific of several, without its full stop, and written out: "Brig.-Gen." is "general"; in German without
/// the ending that the sentence gives it: "Herrn" is "herr".
fn plain_honorific(honorific: &str) -> String {
    let lower = lowered(honorific.trim_end_matches('.'));
    let last = lower.rsplit([' ', '-', '/', '.']).next().unwrap_or_default();
    let whole = match last {
        "capt" | "captn" => "captain",
        "col" | "colln" => "colonel",
        "maj" => "major",
        "gen" => "general",
        "lt" | "lieut" => "lieutenant",
        "sgt" | "sergt" | "serjt" | "serjeant" => "sergeant",
        "cpl" => "corporal",
        "pte" | "pvt" => "private",
        "dr" => "doctor",
        "prof" => "professor",
        "rev" | "revd" => "reverend",
        "mons" => "monsieur",
        "mme" => "madame",
        "mlle" => "mademoiselle",
        "herrn" | "hr" => "herr",
        "freiherrn" => "freiherr",
        "frl" => "fräulein",
        "fürsten" => "fürst",
        "grafen" => "graf",
        "prinzen" => "prinz",
        "sig" => "signor",
        other => other,
    };
    whole.to_owned()
}

/// The name that each name of several words is shown as, where that is another.
pub(super) fn groups<'n>(names: &[(&'n str, Name<'n>)]) -> FxHashMap<&'n str, &'n str> {
    let mut shown = FxHashMap::default();
    let mut by_last: FxHashMap<&str, Family<'_, 'n>> = FxHashMap::default();
    for (text, name) in names.iter().filter(|(_, name)| name.words.len() > 1 && !is_initial(name.last())) {
        by_last.entry(name.last()).or_default().push((text, name));
    }
    // "Sir W. Batten" and "Sir William Batten".
    for family in by_last.values_mut() {
        family.sort_by_key(|(text, name)| (std::cmp::Reverse(name.count), *text));
        family.truncate(LARGEST_FAMILY);
        for &(text, name) in family.iter() {
            let fuller: Family<'_, 'n> = family.iter().filter(|(_, other)| is_fuller(other, name)).copied().collect();
            let mut people: Vec<&Name<'n>> = Vec::new();
            for (_, candidate) in &fuller {
                if !people.iter().any(|known| agree(known, candidate)) {
                    people.push(candidate);
                }
            }
            if people.len() == 1 {
                let best =
                    fuller.iter().max_by_key(|(text, other)| (fullness(other), other.count, std::cmp::Reverse(*text)));
                shown.extend(best.map(|(best, _)| (text, *best)));
            }
        }
    }
    honorifics(names, &mut shown);
    spellings(names, &mut shown);
    // One step is enough to reach the end: what a name is shown as is itself shown as nothing else.
    for _ in 0..4 {
        let step: Vec<_> = shown.iter().filter_map(|(from, to)| Some((*from, *shown.get(to)?))).collect();
        if step.is_empty() {
            break;
        }
        shown.extend(step.into_iter().filter(|(from, to)| from != to));
    }
    shown
}

/// Joins names that differ in how one honorific is written alone: "Capt. Nevill", "Captain Nevill".
fn honorifics<'n>(names: &[(&'n str, Name<'n>)], shown: &mut FxHashMap<&'n str, &'n str>) {
    let mut by_name: FxHashMap<(&str, &[&str]), Family<'_, 'n>> = FxHashMap::default();
    for (text, name) in names.iter().filter(|(_, name)| !is_initial(name.last())) {
        let honorific = name.honorific.as_deref().into_iter();
        honorific.for_each(|one| by_name.entry((one, &name.words)).or_default().push((text, name)));
    }
    for mut same in by_name.into_values().filter(|same| same.len() > 1) {
        same.sort_by_key(|(text, name)| (std::cmp::Reverse(name.count), *text));
        let (most, _) = same[0];
        for (text, _) in &same[1..] {
            shown.entry(text).or_insert(most);
        }
    }
}

/// Joins names with one given name and surnames that differ in one letter: "Kroah-Hartman", "Kroah-Hartmann".
fn spellings<'n>(names: &[(&'n str, Name<'n>)], shown: &mut FxHashMap<&'n str, &'n str>) {
    let mut by_first: FxHashMap<(Option<&str>, &str), Family<'_, 'n>> = FxHashMap::default();
    for (text, name) in names.iter().filter(|(_, name)| name.is_full() && name.last().chars().count() >= 6) {
        by_first.entry((name.honorific.as_deref(), name.first())).or_default().push((text, name));
    }
    for family in by_first.values_mut() {
        family.sort_by_key(|(text, name)| (std::cmp::Reverse(name.count), *text));
        for (at, (text, name)) in family.iter().enumerate() {
            let alike = |(_, other): &&(&str, &Name<'_>)| {
                other.words.len() == name.words.len() && differ_by_a_letter(other.last(), name.last())
            };
            if let Some((better, _)) = family[..at].iter().take(LARGEST_FAMILY).find(alike) {
                shown.entry(text).or_insert(better);
            }
        }
    }
}

/// Whether two names of one surname can be one person's.
fn agree(one: &Name<'_>, other: &Name<'_>) -> bool {
    // "Mrs. John Murray" is not John Murray.
    let wife = |honorific: &str| matches!(honorific, "mrs" | "lady" | "madam" | "mistress" | "madame");
    let honorifics = match (&one.honorific, &other.honorific) {
        (Some(one), Some(other)) => one == other,
        (Some(only), None) | (None, Some(only)) => !wife(only),
        (None, None) => true,
    };
    honorifics && starts(one.first(), other.first()) && {
        let (one, other) = (one.middle(), other.middle());
        one.is_empty()
            || other.is_empty()
            || one.len() == other.len() && one.iter().zip(other).all(|(a, b)| starts(a, b))
    }
}

/// Whether one given name is the other, its initial, or a short form that begins it.
fn starts(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let initial = short.chars().count() == 1 && long.starts_with(short);
    one == other
        || initial
        || matches!(
            (short, long),
            ("Wm" | "Will", "William")
                | ("Thos" | "Tho" | "Tom", "Thomas")
                | ("Jno", "John")
                | ("Geo", "George")
                | ("Robt" | "Rob", "Robert")
                | ("Jas", "James")
                | ("Chas", "Charles")
                | ("Saml" | "Sam", "Samuel")
                | ("Edw", "Edward")
                | ("Benj" | "Ben", "Benjamin")
        )
}

/// Whether `other` says all that `name` says and more.
fn is_fuller(other: &Name<'_>, name: &Name<'_>) -> bool {
    // Thomas Pepys, who stands more often than Dr. Thomas Pepys does, is rather told apart from him.
    let only_titled = name.is_full() && name.honorific.is_none() && other.honorific.is_some();
    fullness(other) > fullness(name) && agree(other, name) && !(only_titled && other.count < name.count)
}

/// How much a name says: words written out, words, an honorific, letters of the given name.
fn fullness(name: &Name<'_>) -> (usize, usize, bool, usize) {
    let whole = name.words.iter().filter(|word| word.chars().count() > 2).count();
    (whole, name.words.len(), name.honorific.is_some(), name.first().len())
}

/// Whether a word is an initial or a blanked name, which tell nobody apart.
pub(super) fn is_initial(word: &str) -> bool {
    word.chars().count() == 1 || !word.ends_with(char::is_alphanumeric)
}
