//! What speaks for and against a name, gathered over a whole archive and weighed.
//!
//! Every cue counts as a *rate* over all the places of a name, never as "once seen": in a long diary everything is
//! seen once. All weights are whole points, so that the same archive gives the same verdicts everywhere.

use super::candidates::{Candidate, Shape, is_nickname};
use super::counts::Counts;
use super::cues::{
    ARABIC_PLACE_HEADS, ARTICLES_INSIDE, COMMON_SURNAMES, FAMILY, PLACE_HEADS, PLACE_NOUNS, SURNAMES_TOO,
    TITLES_BEHIND, VIRTUES,
};
use super::lists::{COMMON_GIVEN, FAMOUS, GIVEN, NOT_NAMES, PLACES, SOFTWARE, SURNAMES, is_headword, is_ordinary};
use super::surroundings::Cue;
use super::token::{Lowered, lowered};
use super::verdict::Verdict;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;

/// What an archive shows of one name as written, honorific left out.
#[derive(Clone, Debug, Default)]
pub(super) struct Evidence {
    /// How often it stands there without an honorific.
    pub(super) places: u32,
    /// How often with one.
    pub(super) addressed: u32,
    /// How often joined by "and" or a comma to a name that is a person's.
    pub(super) in_company: u32,
    /// How often it is the last word of a longer name that is a person's.
    pub(super) ends_names: u32,
    /// How often joined in that way to a place.
    pub(super) beside_places: u32,
    cues: [u32; Cue::COUNT],
}

/// The evidence of an archive, by name.
#[derive(Clone, Debug, Default)]
pub(super) struct Table<'e> {
    pub(super) names: FxHashMap<Cow<'e, str>, Evidence>,
    /// How often each word stands in small letters.
    pub(super) lower: Counts<'e>,
    /// Whether the archive speaks of programs, which have the names of people too: Django, Jenkins.
    pub(super) technical: bool,
    /// The language that the archive is mostly in.
    pub(super) usual: Option<&'e str>,
    /// How often each name stands behind "St.".
    pub(super) saints: FxHashMap<&'e str, u32>,
    /// What stands in front of the `@` of a mail address.
    pub(super) mailed: FxHashSet<&'e str>,
}

impl<'e> Table<'e> {
    pub(super) fn add(&mut self, candidate: &Candidate<'e>) {
        match candidate.shape {
            Shape::Titled | Shape::Handle => {}
            Shape::Addressed => {
                self.names.entry(candidate.name()).or_default().addressed += 1;
                if let Some(last) = candidate.words.last().filter(|_| candidate.words.len() > 1) {
                    self.names.entry(last.text.into()).or_default().addressed += 1;
                }
            }
            Shape::Plain | Shape::Coined => {
                let evidence = self.names.entry(candidate.name()).or_default();
                evidence.places += 1;
                for (cue, count) in evidence.cues.iter_mut().enumerate() {
                    *count += candidate.cues >> cue & 1;
                }
            }
        }
    }

    /// The two tables as one; the order is of no account.
    pub(super) fn merge(mut self, other: Self) -> Self {
        if self.names.len() + self.lower.len() < other.names.len() + other.lower.len() {
            return other.merge(self);
        }
        for (name, evidence) in other.names {
            let mine = self.names.entry(name).or_default();
            mine.places += evidence.places;
            mine.addressed += evidence.addressed;
            mine.in_company += evidence.in_company;
            mine.ends_names += evidence.ends_names;
            mine.beside_places += evidence.beside_places;
            for (sum, count) in mine.cues.iter_mut().zip(evidence.cues) {
                *sum += count;
            }
        }
        self.lower.merge(other.lower);
        for (name, count) in other.saints {
            *self.saints.entry(name).or_default() += count;
        }
        self.mailed.extend(other.mailed);
        self
    }

    /// Counts how often each name stands beside one that `people` has, or a place.
    pub(super) fn add_company(&mut self, all: &[Vec<Candidate<'e>>], people: &FxHashSet<Cow<'e, str>>) {
        let is_person = |candidate: &Candidate<'e>| candidate.is_settled() || people.contains(&candidate.name());
        let is_place = |candidate: &Candidate<'e>| PLACES.has(&lowered(&candidate.name()));
        for pair in all.iter().flat_map(|candidates| candidates.windows(2)).filter(|pair| pair[1].joined) {
            for (one, other) in [(&pair[0], &pair[1]), (&pair[1], &pair[0])] {
                if one.is_settled() {
                    continue;
                }
                if is_person(other) {
                    self.names.entry(one.name()).or_default().in_company += 1;
                } else if is_place(other) {
                    self.names.entry(one.name()).or_default().beside_places += 1;
                }
            }
        }
    }

    /// Counts how often each name ends a longer one that `people` has.
    pub(super) fn add_longer_names(&mut self, people: &FxHashSet<Cow<'e, str>>) {
        for (name, last) in people.iter().filter_map(|name| Some((name, name.rsplit_once(' ')?.1))) {
            let places = self.names.get(name).map_or(0, |evidence| evidence.places);
            if let Some(evidence) = self.names.get_mut(last) {
                evidence.ends_names += places;
            }
        }
    }

    /// The points for a name to be a person's, with the heaviest reasons; enough of them or not.
    pub(super) fn weigh(&self, name: &str) -> Verdict {
        let mut verdict = Verdict::default();
        let none = Evidence::default();
        let evidence = self.names.get(name).unwrap_or(&none);
        let words: Vec<Lowered<'_>> = name.split(' ').map(lowered).collect();
        let is_handle = name.starts_with(|c: char| c.is_ascii_lowercase());
        match words.as_slice() {
            [_] if is_handle => verdict.add(if evidence.places < 2 { -120 } else { 0 }, "stands once"),
            [word] => self.weigh_word(word, evidence, &mut verdict),
            [first, middle @ .., last] => {
                weigh_words(first, middle, last, &lowered(name), &mut verdict);
                self.weigh_surname(first, last, evidence, &mut verdict);
            }
            [] => {}
        }
        if let [word] = words.as_slice()
            && is_double_surname(word, name)
        {
            verdict.add(70, "a double surname");
        }
        words.iter().for_each(|word| weigh_article(word, &mut verdict));
        if words.iter().any(|word| lower_after_hyphen(word, name)) {
            verdict.add(-400, "a common compound");
        }
        if words.iter().any(|word| self.mailed.contains(&**word)) {
            verdict.add(if is_handle { 150 } else { 80 }, "has a mail address");
        }
        for &(cue, points, reason) in CUES.iter().filter(|(cue, ..)| !is_handle || tells_of_handles(*cue)) {
            verdict.add(evidence.rate(points, evidence.cues[cue as usize]), reason);
        }
        verdict.add(evidence.rate(450, evidence.addressed).min(450), "with an honorific elsewhere");
        // A degree stands behind a name and a comma as other people do.
        if words.iter().any(|word| word.chars().count() > 1) {
            verdict.add(evidence.rate(220, evidence.in_company), "beside other people");
        }
        verdict.add(evidence.rate(250, evidence.ends_names).min(200), "the surname in longer names");
        // "by Crewe, Stafford, Birmingham"
        let places = if evidence.in_company == 0 { evidence.beside_places / 2 } else { 0 };
        verdict.add(evidence.rate(-200, places).max(-200), "between places");
        verdict
    }

    /// Whether a name at the start of a sentence may be another word there: one that the archive has in small letters
    /// too, or an ordinary one that it has with a capital at such places alone.
    pub(super) fn may_be_no_name(&self, name: &str, lower: &str) -> bool {
        let inside = |evidence: &Evidence| evidence.inside() > 0;
        self.lower.of(lower) > 0 || is_ordinary(lower) && !self.names.get(name).is_some_and(inside)
    }

    /// Whether a word stands with a capital inside a sentence, and never in small letters.
    pub(super) fn is_name_inside(&self, word: &str) -> bool {
        self.lower.of(&lowered(word)) == 0 && self.names.get(word).is_some_and(|evidence| evidence.inside() > 0)
    }

    /// Whether a name has an honorific somewhere.
    pub(super) fn is_addressed(&self, name: &str) -> bool {
        self.names.get(name).is_some_and(|evidence| evidence.addressed > 0)
    }

    /// Whether a name stands at one place alone.
    pub(super) fn is_single(&self, name: &str) -> bool {
        self.names.get(name).is_none_or(|evidence| evidence.places < 2)
    }

    /// Whether a name is mostly that of a church: "at Paul's", where "St. Paul's" stands too.
    pub(super) fn is_church(&self, name: &str) -> bool {
        let share = |evidence: &Evidence| 3 * evidence.cues[Cue::OwnsNothing as usize] > 2 * evidence.places;
        self.saints.get(name).is_some_and(|&count| count > 1) && self.names.get(name).is_some_and(share)
    }

    /// Whether more than one in four of a name's places is one where another word stands.
    pub(super) fn is_determined(&self, name: &str) -> bool {
        self.names.get(name).is_none_or(|evidence| 4 * evidence.cues[Cue::Determined as usize] > evidence.places)
    }

    /// Whether more than one in seven of a name's places is one that places have.
    pub(super) fn is_place_too(&self, name: &str) -> bool {
        let share = |evidence: &Evidence| 7 * evidence.cues[Cue::AfterPlace as usize] > evidence.places;
        self.names.get(name).is_some_and(share)
    }

    /// What the archive says of the first and the last word of a longer name.
    fn weigh_surname(&self, first: &str, last: &str, evidence: &Evidence, verdict: &mut Verdict) {
        let surname = SURNAMES.has(last) && !PLACE_NOUNS.has(last);
        // "Job Townsend"
        if surname && is_ordinary(first) && !GIVEN.has(first) && self.lower.of(first) == 0 {
            verdict.add(80, "its first word never in small letters");
        }
        // "Pelatiah Young"; where programs are spoken of, rather one of them.
        if surname && is_unknown_given(first) && !self.technical {
            verdict.add(35, "no other word before a surname");
        }
        let small = self.lower.of(last);
        // "N. B. Het schip", "W. Z. W. Toen"
        if first.chars().count() == 1 && last.len() > 1 && small > 4 * evidence.places && !SURNAMES.has(last) {
            verdict.add(-250, "initials before a word that stands in small letters");
        }
        // "Alan Meeting"
        if small > evidence.places && last.len() > 1 && is_ordinary(last) && !SURNAMES.has(last) {
            verdict.add(-100, "its last word also in small letters");
        }
    }

    fn weigh_word(&self, word: &str, evidence: &Evidence, verdict: &mut Verdict) {
        // "Kelly-Ann"
        let given = GIVEN.has(word) || word.split_once('-').is_some_and(|(a, b)| GIVEN.has(a) && GIVEN.has(b));
        let common = COMMON_GIVEN.has(word);
        let ordinary = is_ordinary(word);
        if word.chars().count() == 1 {
            verdict.add(10, "an initial");
            return;
        }
        if !word.ends_with(char::is_alphanumeric) {
            verdict.add(110, "a blanked name");
            return;
        }
        if common {
            verdict.add(250, "a common given name");
        } else if given {
            verdict.add(150, "a given name");
        } else if FAMOUS.has(word) {
            verdict.add(160, "a famous name");
        } else if SURNAMES.has(word) && !ordinary {
            verdict.add(60, "a surname");
        } else if !ordinary && !PLACES.has(word) {
            verdict.add(30, "no other word");
        }
        if word.starts_with("saint-") || word.starts_with("sainte-") {
            verdict.add(-100, "a saint's church or town");
        }
        if PLACES.has(word) {
            verdict.add(if given { -160 } else { -300 }, "a place");
        }
        if NOT_NAMES.has(word) {
            verdict.add(-700, "a word of another kind");
        } else if FAMILY.has(word) {
            verdict.add(-500, "a word of kin");
        }
        if self.technical && SOFTWARE.has(word) {
            verdict.add(-250, "a well-known program");
        }
        if PLACE_NOUNS.has(word) || SURNAMES_TOO.has(word) {
            verdict.add(-150, "a word for places");
        }
        let lower = self.lower.of(word);
        let capital = evidence.inside();
        if ordinary {
            // "Canning", "Burns": a form of a word that the archive has with capitals alone is rather a surname.
            let ends = evidence.ends_names > 0;
            let known = evidence.addressed > 0 || ends;
            // "Peel", "Trump"
            let often = capital > 2 && (!self.technical || known);
            let surname =
                lower == 0 && (capital > 0 || ends) && SURNAMES.has(word) && (!is_headword(word) || known || often);
            // "Spud", "Chalky": never but with a capital.
            let nickname = lower == 0 && evidence.places > 1 && capital > 0;
            let points = if given || FAMOUS.has(word) {
                -60
            } else if lower == 0 && VIRTUES.has(word) {
                if nickname { 60 } else { -20 }
            } else if surname {
                match (is_headword(word), capital > 1 || ends) {
                    (false, false) => -60,
                    (false, true) => 30,
                    (true, _) if often && capital > 4 => 30,
                    (true, _) => -20,
                }
            } else if nickname {
                if evidence.places > 3 { -80 } else { -110 }
            } else {
                -200
            };
            verdict.add(points, "an ordinary word");
        }
        // "Trump"
        if capital > 5 && lower == 0 && SURNAMES.has(word) && !evidence.is_of_things() {
            verdict.add(40, "often, and never as places and things are");
        }
        if lower > 0 {
            let points = if given { -60 } else { -300 };
            let share = i64::from(lower) * points / i64::from(lower + capital).max(1);
            verdict.add(share as i32, "also in small letters");
        }
    }
}

/// What each cue weighs where every place of a name has it.
const CUES: [(Cue, i32, &str); 24] = [
    (Cue::Owns, 95, "owns something"),
    (Cue::Determined, -420, "after an article"),
    (Cue::AfterPlace, -330, "after \"in\" or \"at\""),
    (Cue::AfterEither, -60, "after \"to\" or \"from\""),
    (Cue::AfterPeople, 260, "told, met or asked"),
    (Cue::AfterPeopleMostly, 110, "with or by it"),
    (Cue::AfterThing, -150, "used"),
    (Cue::AfterKin, 280, "after a word of kin"),
    (Cue::Acts, 260, "says and does"),
    (Cue::ActsWeakly, 110, "does"),
    (Cue::Who, 320, "who"),
    (Cue::Which, -220, "which"),
    (Cue::WithPronoun, 330, "and I"),
    (Cue::BeforePlaceNoun, -350, "before \"Street\" or the like"),
    (Cue::BeforeNumber, -260, "before a number"),
    (Cue::BeforeThingNoun, -240, "before a word for things"),
    (Cue::Quoted, -60, "quoted"),
    (Cue::Spaced, 130, "initials with a space between"),
    (Cue::Explained, 60, "explained"),
    (Cue::Hosts, 150, "a place is named after it"),
    (Cue::HasTrade, 280, "has a trade"),
    (Cue::Foreign, -300, "among words of another language"),
    (Cue::IsBeast, -420, "a beast or a vessel"),
    (Cue::Mailed, 300, "linked to a mail address or a home page"),
];

/// Whether a cue tells handles from programs, which do and own things too.
fn tells_of_handles(cue: Cue) -> bool {
    !matches!(cue, Cue::Owns | Cue::Hosts | Cue::ActsWeakly | Cue::AfterPeopleMostly | Cue::Explained)
}

impl Evidence {
    /// Whether it stands beside people or places, or in the names of people.
    pub(super) fn has_neighbours(&self) -> bool {
        self.in_company + self.ends_names + self.beside_places > 0
    }

    /// Whether more than one in ten of its places is one where places and things stand.
    fn is_of_things(&self) -> bool {
        let cues = [Cue::Determined, Cue::AfterPlace, Cue::BeforePlaceNoun, Cue::BeforeThingNoun];
        10 * cues.iter().map(|&cue| self.cues[cue as usize]).sum::<u32>() > self.places
    }

    /// How often it stands where only a name has a capital.
    fn inside(&self) -> u32 {
        self.places - self.cues[Cue::Opens as usize] + self.addressed
    }

    /// `points`, by the share of all its places that `count` is. A single place is not yet certainty.
    fn rate(&self, points: i32, count: u32) -> i32 {
        let all = i64::from(self.places.max(1)) * 2 + 1;
        (i64::from(points) * i64::from(count) * 2 / all) as i32
    }
}

fn weigh_words(first: &str, middle: &[Lowered<'_>], last: &str, whole: &str, verdict: &mut Verdict) {
    let initial = |word: &str| word.chars().count() == 1;
    // "R.N.", "W.S.": a rank or a degree as soon as somebody.
    if initial(first) && initial(last) {
        return;
    }
    let given = GIVEN.has(first);
    let virtue = VIRTUES.has(first) && SURNAMES.has(last) && !PLACE_NOUNS.has(last);
    if middle.is_empty() && is_nickname(first, last) {
        verdict.add(200, "a nickname");
        return;
    }
    if COMMON_GIVEN.has(first) {
        verdict.add(300, "a common given name");
    } else if virtue {
        verdict.add(150, "a virtue before a surname");
    } else if given {
        verdict.add(210, "a given name");
    } else if initial(first) {
        verdict.add(150, "an initial");
    } else if is_ordinary(first) {
        verdict.add(-200, "begins with an ordinary word");
    } else {
        verdict.add(50, "begins with no other word");
    }
    if PLACES.has(first) && !COMMON_GIVEN.has(first) {
        // "Florence Nightingale"
        let person = given && SURNAMES.has(last) && !SURNAMES_TOO.has(last);
        verdict.add(if person { -60 } else { -200 }, "begins with a place");
    }
    if PLACE_HEADS.has(first) {
        verdict.add(-400, "begins as places and bodies do");
    }
    for word in middle {
        match word {
            word if initial(word) => verdict.add(60, "an initial"),
            word if GIVEN.has(word) || super::cues::PARTICLES.has(word) => verdict.add(30, "two given names"),
            word if is_ordinary(word) => verdict.add(-70, "an ordinary word in it"),
            _ => {}
        }
    }
    let tail = last.rsplit(['-', '\'']).next().unwrap_or(last);
    if TITLES_BEHIND.has(tail) {
        verdict.add(250, "a title behind it");
    } else if PLACE_NOUNS.has(tail) {
        verdict.add(-650, "ends as places and bodies do");
    } else if SURNAMES_TOO.has(tail) {
        verdict.add(-130, "ends as places do");
    } else if COMMON_SURNAMES.has(last) {
        verdict.add(40, "a common surname");
    } else if SURNAMES.has(last) {
        verdict.add(if is_ordinary(last) { -10 } else { 120 }, "a surname");
    } else if is_ordinary(last) {
        verdict.add(-170, "ends with an ordinary word");
    } else if PLACES.has(last) {
        verdict.add(-100, "ends with a place");
    } else {
        verdict.add(if given || initial(first) { 70 } else { 25 }, "ends with no other word");
    }
    if PLACES.has(whole) {
        verdict.add(-600, "a place");
    }
    let mut words = middle.iter().map(|word| &**word).chain([first, last]);
    if words.any(|word| NOT_NAMES.has(word)) {
        verdict.add(-600, "a word of another kind");
    }
}

/// Whether a word may be a given name that no list has.
fn is_unknown_given(word: &str) -> bool {
    word.chars().count() > 2
        && !is_ordinary(word)
        && [&GIVEN, &PLACES, &NOT_NAMES, &SOFTWARE].iter().all(|list| !list.has(word))
}

/// Whether a hyphen joins a surname to a word that is one or no other: "Cherry-Garrard", not "Vice-Admiral".
fn is_double_surname(word: &str, name: &str) -> bool {
    let capitals = name.split('-').all(|part| part.len() > 2 && part.starts_with(char::is_uppercase));
    let surname =
        |part: &str| SURNAMES.has(part) && !PLACE_NOUNS.has(part) && !PLACES.has(part) && !NOT_NAMES.has(part);
    capitals
        && word.split_once('-').is_some_and(|(first, last)| {
            surname(last) && !is_ordinary(last) && (surname(first) || !is_ordinary(first)) && !PLACES.has(first)
        })
}

/// An article joins the parts of a person's name, "Jemal-ed-Din", or of a place's, "Tel-el-Kebir".
fn weigh_article(word: &str, verdict: &mut Verdict) {
    let mut parts = word.split('-');
    if let (Some(first), Some(article), Some(_)) = (parts.next(), parts.next(), parts.next())
        && ARTICLES_INSIDE.has(article)
    {
        verdict.add(if ARABIC_PLACE_HEADS.has(first) { -150 } else { 90 }, "an article inside");
    }
}

/// Whether the word has a part in small letters after a hyphen, as in "Lime-street".
fn lower_after_hyphen(word: &str, name: &str) -> bool {
    word.contains('-')
        && name.split(' ').any(|part| {
            *lowered(part) == *word
                && part.split('-').skip(1).any(|p| p.starts_with(char::is_lowercase) && !ARTICLES_INSIDE.has(p))
        })
}
