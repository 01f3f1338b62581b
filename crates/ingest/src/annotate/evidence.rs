//! What speaks for and against a name, gathered over a whole archive.
//!
//! Every cue counts as a *rate* over all the places of a name, never as "once seen": in a long diary everything is
//! seen once.

use super::candidates::{Candidate, Shape};
use super::counts::Counts;
use super::lists::{COMMON_GIVEN, GIVEN, PLACES, SURNAMES, is_ordinary};
use super::surroundings::Cue;
use super::token::lowered;
use super::tongues::Usual;
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
    pub(super) cues: [u32; Cue::COUNT],
}

/// The evidence of an archive, by name.
#[derive(Clone, Debug, Default)]
pub(super) struct Table<'e> {
    pub(super) names: FxHashMap<Cow<'e, str>, Evidence>,
    /// How often each word stands in small letters.
    pub(super) lower: Counts<'e>,
    /// Whether the archive speaks of programs, which have the names of people too: Django, Jenkins.
    pub(super) technical: bool,
    /// What the archive is mostly written in.
    pub(super) usual: Usual<'e>,
    /// How often each name stands behind "St.".
    pub(super) saints: FxHashMap<&'e str, u32>,
    /// What stands in front of the `@` of a mail address.
    pub(super) mailed: FxHashSet<&'e str>,
    /// Whether most words of no list that stand with a capital alone are people's: filled once some are judged.
    pub(super) unknown_are_people: bool,
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
                if one.is_settled() || self.is_call(one) {
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

    /// "Heh, Alan said": a word of no list that stands with a capital at the start of sentences alone.
    fn is_call(&self, candidate: &Candidate<'e>) -> bool {
        let [word] = candidate.words.as_slice() else { return false };
        let lower = lowered(word.text);
        let opens = || self.names.get(word.text).is_some_and(|evidence| evidence.inside() == 0);
        candidate.has(Cue::Opens) && opens() && !GIVEN.has(&lower) && !SURNAMES.has(&lower)
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

    /// Whether a name at the start of a sentence may be another word there: one that the archive has in small letters
    /// too, or an ordinary one that it has with a capital at such places alone.
    pub(super) fn may_be_no_name(&self, name: &str, lower: &str) -> bool {
        let inside = |evidence: &Evidence| evidence.inside() > 0;
        let given = COMMON_GIVEN.has(lower) && !is_ordinary(lower);
        let small = self.lower.of(lower) > 0;
        // "Martin fixed it": a bird in the dictionary alone.
        let martin = COMMON_GIVEN.has(lower) && !small && !self.is_single(name);
        small && !given || is_ordinary(lower) && !martin && !self.names.get(name).is_some_and(inside)
    }

    /// Whether a word stands with a capital inside a sentence, and never in small letters.
    pub(super) fn is_name_inside(&self, word: &str) -> bool {
        self.lower.of(&lowered(word)) == 0 && self.names.get(word).is_some_and(|evidence| evidence.inside() > 0)
    }

    /// Whether a word stands with a capital inside sentences many times as often as in small letters.
    pub(super) fn has_as_name(&self, word: &str) -> bool {
        let inside = self.names.get(word).map_or(0, Evidence::inside);
        inside >= 5 * self.lower.of(&lowered(word)).max(1)
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
}

impl Evidence {
    /// Whether it stands beside people or places, or in the names of people.
    pub(super) fn has_neighbours(&self) -> bool {
        self.in_company + self.ends_names + self.beside_places > 0
    }

    /// Whether more than one in ten of its places is one where places and things stand.
    pub(super) fn is_of_things(&self) -> bool {
        let cues = [Cue::Determined, Cue::AfterPlace, Cue::BeforePlaceNoun, Cue::BeforeThingNoun];
        10 * cues.iter().map(|&cue| self.cues[cue as usize]).sum::<u32>() > self.places
    }

    /// Whether something hints at a place or a thing, or all that is known is how a sentence begins.
    pub(super) fn is_perhaps_of_things(&self) -> bool {
        let cues = [Cue::Determined, Cue::AfterPlace, Cue::AfterThing, Cue::BeforePlaceNoun, Cue::BeforeNumber];
        let hints = cues.iter().map(|&cue| self.cues[cue as usize]).sum::<u32>();
        self.inside() == 0 || 10 * hints > self.places || 3 * self.cues[Cue::AfterEither as usize] > self.places
    }

    /// Whether it stands often, and hardly ever after an article or where places do: among nouns with capitals names do.
    pub(super) fn stands_as_names(&self) -> bool {
        let count = |cue: Cue| self.cues[cue as usize];
        self.places > 4 && 20 * count(Cue::Determined) <= self.places && 10 * count(Cue::AfterPlace) <= self.places
    }

    /// Whether it acts as people do at one in six of its places, and never stands where a noun does; `word` is it in small
    /// letters.
    pub(super) fn acts_among_nouns(&self, word: &str) -> bool {
        let sum = |cues: &[Cue]| cues.iter().map(|&cue| self.cues[cue as usize]).sum::<u32>();
        let acts = self.acts();
        let weakly = sum(&[Cue::ActsWeakly]);
        // Few nouns end as "Glavina" does.
        let enough = 6 * acts + 3 * weakly >= self.places
            || word.ends_with(['a', 'i', 'o', 'y']) && acts + weakly + sum(&[Cue::AfterPeopleMostly]) > 0;
        let noun = sum(&[Cue::Determined, Cue::AfterPlace]) > 0 || ends_as_nouns(word);
        self.places > 1 && enough && !noun
    }

    /// How often it acts as people do, or stands beside what they are.
    pub(super) fn acts(&self) -> u32 {
        [Cue::Acts, Cue::Who, Cue::WithPronoun, Cue::AfterKin].iter().map(|&cue| self.cues[cue as usize]).sum()
    }

    /// How often it stands where only a name has a capital.
    pub(super) fn inside(&self) -> u32 {
        self.places - self.cues[Cue::Opens as usize] + self.addressed
    }

    /// `points`, by the share of all its places that `count` is. A single place is not yet certainty.
    pub(super) fn rate(&self, points: i32, count: u32) -> i32 {
        let all = i64::from(self.places.max(1)) * 2 + 1;
        (i64::from(points) * i64::from(count) * 2 / all) as i32
    }
}

/// Whether a word ends as most German nouns do, in the plural above all.
pub(super) fn ends_as_nouns(word: &str) -> bool {
    const ENDS: [&str; 9] = ["e", "n", "er", "el", "ung", "heit", "keit", "schaft", "tät"];
    ENDS.iter().any(|end| word.ends_with(end))
}
