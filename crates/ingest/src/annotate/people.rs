//! People whom no file names, found by the evidence of the whole archive.

use super::Silent;
use super::candidates::{Candidate, Part, Shape, candidates, join};
use super::cues::TITLES_BEHIND;
use super::evidence::{Evidence, Table};
use super::lists::{COMMON_GIVEN, FAMOUS, GIVEN, NOT_NAMES, PLACES, SURNAMES, is_ordinary};
use super::surroundings::Cue;
use super::token::{Gap, Text, Token, lowered};
use super::tongues::Tongue;
use super::verdict::{Grounds, Verdict};
use diary::{BlockKind, Entry, Facet, Span};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

/// Which names of an archive are people's.
pub(super) struct Model<'e> {
    /// The names of people, and those that perhaps are.
    likely: FxHashMap<Cow<'e, str>, Arc<Grounds>>,
    shapes: Shapes,
    table: Table<'e>,
}

/// What speaks for a name whose shape alone is enough.
struct Shapes {
    addressed: Arc<Grounds>,
    titled: Arc<Grounds>,
    handle: Arc<Grounds>,
}

impl Shapes {
    fn new() -> Self {
        let grounds = |why: &str| Arc::new(Grounds { is_person: true, why: why.into() });
        Self {
            addressed: grounds("an honorific and a name"),
            titled: grounds("a title and its place"),
            handle: grounds("a name behind an @"),
        }
    }

    fn grounds(&self, shape: Shape) -> &Arc<Grounds> {
        match shape {
            Shape::Titled => &self.titled,
            Shape::Handle => &self.handle,
            _ => &self.addressed,
        }
    }
}

/// Names that discovery keeps away from.
pub(super) struct Withheld {
    names: Vec<HashSet<String>>,
    /// The words of all of them.
    words: HashSet<String>,
}

impl Withheld {
    pub(super) fn new<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        let names: Vec<HashSet<String>> =
            names.map(|name| diary::fold(name).split(' ').map(str::to_owned).collect()).collect();
        let words = names.iter().flatten().cloned().collect();
        Self { names, words }
    }

    /// Whether every word of the candidate is one of a single withheld name.
    fn covers(&self, candidate: &Candidate<'_>) -> bool {
        if self.names.is_empty() {
            return false;
        }
        let folded: Vec<String> = candidate.words.iter().map(|word| diary::fold(word.text)).collect();
        let parts = || folded.iter().flat_map(|word| word.split(' ')).filter(|part| !part.is_empty());
        parts().all(|part| self.words.contains(part))
            && self.names.iter().any(|name| parts().all(|part| name.contains(part)))
    }
}

/// A name of a person at its place.
#[derive(Clone, Debug)]
pub(super) struct Sighting<'c, 'e> {
    candidate: &'c Candidate<'e>,
    /// The words of the name.
    pub(super) words: &'c [Part<'e>],
    /// Whether it is all of the candidate, with what stands in front as part of the name.
    is_whole: bool,
    /// The name as shown: honorific in front, full stops after initials.
    pub(super) name: Cow<'e, str>,
    pub(super) grounds: Arc<Grounds>,
}

impl<'c, 'e> Sighting<'c, 'e> {
    /// A name of some words of a candidate, or of the whole of it.
    fn new(candidate: &'c Candidate<'e>, words: Option<Range<usize>>, grounds: Arc<Grounds>) -> Self {
        let is_whole = words.is_none();
        let words = words.map_or(&candidate.words[..], |words| &candidate.words[words]);
        let honorific = candidate.honorific.filter(|_| is_whole).map(|part| part.text);
        Self { candidate, words, is_whole, name: shown(honorific, words), grounds }
    }

    /// Whether it is a person, not perhaps one.
    pub(super) fn is_sure(&self) -> bool {
        self.grounds.is_person
    }

    /// Whether it stands in the title of its entry.
    pub(super) fn in_title(&self) -> bool {
        self.candidate.in_title
    }

    /// What stands in front as part of the name.
    pub(super) fn honorific(&self) -> Option<&'e str> {
        self.candidate.honorific.filter(|_| self.is_whole).map(|part| part.text)
    }

    /// Whether its first word is a title: the Duke of York.
    pub(super) fn is_titled(&self) -> bool {
        self.candidate.shape == Shape::Titled
    }

    /// Where it stands.
    pub(super) fn span(&self) -> Span {
        match self.words {
            [first, ..] if !self.is_whole => Span::new(first.start, self.words[self.words.len() - 1].end()),
            _ => self.candidate.span(),
        }
    }
}

/// A name as shown: honorific in front, full stops after initials.
fn shown<'e>(honorific: Option<&'e str>, words: &[Part<'e>]) -> Cow<'e, str> {
    let initial = |word: &str| word.chars().nth(1).is_none();
    if let (None, [one]) = (honorific, words)
        && !initial(one.text)
    {
        return one.text.into();
    }
    let mut name = honorific.unwrap_or_default().to_owned();
    for word in words {
        if !name.is_empty() {
            name.push(' ');
        }
        name.push_str(word.text);
        if initial(word.text) {
            name.push('.');
        }
    }
    name.into()
}

/// The candidates of one text of an entry, its own or its title, with what is settled in it and what is no prose left
/// out; what they and the other words show goes into `table`.
pub(super) fn text_candidates<'e>(
    text: &Text<'e, '_>,
    silent: &Silent,
    withheld: &Withheld,
    table: &mut Table<'e>,
) -> Vec<Candidate<'e>> {
    let entry = text.entry;
    let mut skip: Vec<Span> = Vec::new();
    if !text.in_title {
        skip.extend(entry.blocks.iter().filter(|block| block.kind == BlockKind::Code).map(|block| block.span));
        count_words(table, text.cut);
    }
    let settled = entry.mentions.iter().map(|mention| (mention.in_title, mention.span));
    let settled = settled.chain(silent.of(Facet::Person)).filter(|(in_title, _)| *in_title == text.in_title);
    skip.extend(settled.map(|(_, span)| span));
    skip.sort();
    let mut found = candidates(text, &skip);
    found.retain(|candidate| !withheld.covers(candidate));
    for link in entry.links.iter().filter(|_| !text.in_title) {
        let (mine, account) = (is_of_somebody(&link.target), is_account(&link.target));
        if !mine && !account {
            continue;
        }
        let at = found.partition_point(|candidate| candidate.span().start < link.span.start);
        if let Some(linked) = found.get_mut(at).filter(|candidate| candidate.span() == link.span) {
            // Bodies and programs have accounts too, under one word mostly.
            let somebody = mine || linked.words.len() > 1 || linked.shape == Shape::Coined;
            linked.cues |= if somebody { Cue::Mailed.bit() } else { 0 };
        }
    }
    found.iter().for_each(|candidate| table.add(candidate));
    found
}

/// The likely ones of the names of which such is known.
fn judge<'e>(table: &Table<'e>, such: impl Fn(&Evidence) -> bool) -> Vec<(Cow<'e, str>, Verdict)> {
    let names: Vec<_> = table.names.iter().filter(|(_, evidence)| such(evidence)).map(|(name, _)| name).collect();
    let judged = names.into_par_iter().map(|name| (name, table.weigh(name)));
    judged.filter(|(_, verdict)| verdict.is_likely()).map(|(name, verdict)| (name.clone(), verdict)).collect()
}

/// Where nearly all surnames of which the archive tells something are people's, so are those of which it tells nothing.
fn add_mere_surnames(judged: &mut [(Cow<'_, str>, Verdict)], table: &Table<'_>) {
    let is_mere = |name: &str| {
        let lower = lowered(name);
        let other = [&GIVEN, &PLACES, &NOT_NAMES].iter().any(|list| list.has(&lower));
        SURNAMES.has(&lower) && !other && !is_ordinary(&lower)
    };
    let stands = |name: &str| table.names.get(name).is_some_and(|evidence| evidence.places > 0);
    let mut mere: Vec<_> = judged.iter_mut().filter(|(name, _)| stands(name) && is_mere(name)).collect();
    let all = table.names.iter().filter(|(name, evidence)| evidence.places > 0 && is_mere(name)).count();
    let people = mere.iter().filter(|(_, verdict)| verdict.is_person()).count();
    let others = all - mere.len();
    if people >= 3 * (others + 1) {
        mere.iter_mut().for_each(|(_, verdict)| verdict.add(40, "a surname, as people have in this archive"));
    }
}

/// Whether the words of no list that stand with a capital, often enough to be judged, are more people's than not; in English
/// the lists know nearly all others.
fn unknown_are_people(judged: &[(Cow<'_, str>, Verdict)], table: &Table<'_>) -> bool {
    // Where the small words of a language are not known, nothing tells places from people.
    if table.usual.is_english() || table.usual.has_capital_nouns() || !table.usual.has_small_words() {
        return false;
    }
    let often = |name: &str| table.names.get(name).is_some_and(|evidence| evidence.inside() > 2);
    let is_unknown = |name: &str| {
        let lower = lowered(name);
        !name.contains(' ') && !GIVEN.has(&lower) && !FAMOUS.has(&lower) && table.is_no_other_word(&lower)
    };
    let is_thing = |evidence: &Evidence| evidence.is_perhaps_of_things();
    let things =
        table.names.iter().filter(|(name, evidence)| often(name) && is_thing(evidence) && is_unknown(name)).count();
    let is_person = |(name, verdict): &&(Cow<'_, str>, Verdict)| {
        verdict.is_person() && often(name) && is_unknown(name) && !table.names.get(name).is_some_and(is_thing)
    };
    let people = judged.iter().filter(is_person).count();
    people > 1 && people >= things
}

impl<'e> Model<'e> {
    /// Weighs every name of `all`, the candidates of some entries, by the table of what these show.
    pub(super) fn new(all: &[Vec<Candidate<'e>>], mut table: Table<'e>) -> Self {
        // Who stands beside people is likelier one: all are judged without that, and those anew with it.
        let alone = judge(&table, |_| true);
        let people: FxHashSet<Cow<'e, str>> =
            alone.iter().filter(|(_, verdict)| verdict.is_person()).map(|(name, _)| name.clone()).collect();
        table.unknown_are_people = unknown_are_people(&alone, &table);
        table.add_company(all, &people);
        table.add_longer_names(&people);
        let anew = |evidence: &Evidence| table.unknown_are_people || evidence.has_neighbours();
        let beside = judge(&table, anew);
        let alone = alone.into_iter().filter(|(name, _)| !table.names.get(name).is_some_and(anew));
        let mut judged: Vec<_> = alone.chain(beside).collect();
        add_mere_surnames(&mut judged, &table);
        let likely = judged.into_iter().map(|(name, verdict)| (name, Arc::new(verdict.grounds()))).collect();
        Self { likely, shapes: Shapes::new(), table }
    }

    /// The language that an entry is read as.
    pub(super) fn tongue(&self, entry: &Entry) -> Tongue {
        Tongue::of(entry, self.table.usual)
    }

    /// The person whom a candidate in this language names, or perhaps names.
    pub(super) fn sighting<'c>(&self, candidate: &'c Candidate<'e>, tongue: Tongue) -> Option<Sighting<'c, 'e>> {
        if candidate.is_settled() {
            let grounds = self.shapes.grounds(candidate.shape).clone();
            return Some(Sighting::new(candidate, None, grounds));
        }
        let name = candidate.name();
        if !tongue.capitals_tell() {
            return self.among_nouns(candidate, tongue);
        }
        match self.likely.get(&name).filter(|grounds| grounds.is_person || candidate.shape == Shape::Plain) {
            Some(grounds) if self.holds_here(candidate, &name) && !self.opens_foreign(candidate, tongue) => {
                Some(Sighting::new(candidate, Some(0..candidate.words.len()), grounds.clone()))
            }
            Some(_) => None,
            None => self.within(candidate),
        }
    }

    /// Whom a candidate names where every noun has a capital: a given name, alone or with a surname; or one that is
    /// known, or that an honorific goes with elsewhere. A word of kin may lead.
    fn among_nouns<'c>(&self, candidate: &'c Candidate<'e>, tongue: Tongue) -> Option<Sighting<'c, 'e>> {
        let kin = candidate.words.iter().take_while(|word| tongue.is_kin(&lowered(word.text))).count();
        let [name, rest @ ..] = candidate.words.get(kin..)? else { return None };
        let lower = lowered(name.text);
        let given = GIVEN.has(&lower);
        let is_noun = |word: &str| tongue.is_noun(word);
        // "Then Lene played piano" has "Lene Klavier".
        let surname = rest.last().map(|surname| lowered(surname.text));
        // "Ardili Effendi"
        let surname = surname.filter(|word| given || TITLES_BEHIND.has(word));
        let whole = join(&candidate.words[kin..]);
        if surname
            .is_some_and(|word| !is_noun(&word) && (SURNAMES.has(&word) || !given || !self.table.is_single(&whole)))
        {
            let grounds = self.likely.get(&whole)?;
            return Some(Sighting::new(candidate, Some(kin..candidate.words.len()), grounds.clone()));
        }
        let initials = candidate.words.len() == 2 && candidate.words.iter().all(Part::is_initial);
        if initials {
            let often = !self.table.is_single(&whole);
            let grounds = self.likely.get(&whole).filter(|_| often)?;
            return Some(Sighting::new(candidate, None, grounds.clone()));
        }
        let known = given || rest.is_empty() && self.is_known_among_nouns(name.text, &lower);
        // "Zum Tee Liesl"
        if let Some(last) = rest.last().filter(|_| !known && kin == 0) {
            let lower = lowered(last.text);
            let known = GIVEN.has(&lower) || self.is_known_among_nouns(last.text, &lower);
            let nobody = !known || is_noun(&lower) || self.table.is_determined(last.text);
            let grounds = self.likely.get(last.text).filter(|grounds| !nobody && grounds.is_person)?;
            let last = candidate.words.len() - 1;
            return Some(Sighting::new(candidate, Some(last..last + 1), grounds.clone()));
        }
        let opens = candidate.has(Cue::Opens) && !COMMON_GIVEN.has(&lower) && self.table.is_single(name.text);
        let nobody = !known || is_noun(&lower) || self.table.is_determined(name.text);
        // "Their children Horst": what stands in front is said of the children.
        let here = || kin > 0 || (!opens || Self::is_strong(candidate)) && self.holds_here(candidate, name.text);
        let holds = |_: &&Arc<Grounds>| !nobody && here();
        let grounds = self.likely.get(name.text).filter(holds)?;
        Some(Sighting::new(candidate, Some(kin..kin + 1), grounds.clone()))
    }

    /// Whether a word that is no given name may be somebody's where every noun has a capital.
    fn is_known_among_nouns(&self, word: &str, lower: &str) -> bool {
        // Where articles are the ends of nouns, as in Danish, they tell nothing.
        let stands = |evidence: &Evidence| {
            evidence.acts_among_nouns(lower) || self.table.usual.is_german() && evidence.stands_as_names()
        };
        FAMOUS.has(lower)
            || self.table.is_addressed(word)
            || self.table.is_no_other_word(lower) && self.table.names.get(word).is_some_and(stands)
    }

    /// Whether what stands around a candidate tells that it is a person.
    fn is_strong(candidate: &Candidate<'_>) -> bool {
        let strong = [Cue::Acts, Cue::Who, Cue::WithPronoun, Cue::Owns, Cue::ActsWeakly, Cue::Explained, Cue::HasTrade];
        candidate.joined || strong.iter().any(|&cue| candidate.has(cue))
    }

    /// Whether the place itself does not contradict a name that is a person's elsewhere.
    fn holds_here(&self, candidate: &Candidate<'_>, name: &str) -> bool {
        let lower = lowered(name);
        let single = candidate.words.len() == 1;
        if [Cue::Determined, Cue::BeforePlaceNoun, Cue::IsBeast, Cue::Enclosed].iter().any(|&cue| candidate.has(cue)) {
            return false;
        }
        if single && candidate.has(Cue::OwnsNothing) && self.table.is_church(name) {
            return false;
        }
        // Many a lord is named after the place he has: "at Hinchingbroke".
        if single && candidate.has(Cue::AfterPlace) && (!COMMON_GIVEN.has(&lower) || PLACES.has(&lower)) {
            return false;
        }
        if single && candidate.has(Cue::AfterEither) && self.table.is_place_too(name) {
            return false;
        }
        !(single
            && candidate.shape == Shape::Plain
            && candidate.has(Cue::Opens)
            && self.table.may_be_no_name(name, &lower)
            && !Self::is_strong(candidate))
    }

    /// Whether a name is all that opens a sentence of another language than English, whose ordinary words are not
    /// known, and is no given name nor one that stands elsewhere inside a sentence.
    fn opens_foreign(&self, candidate: &Candidate<'_>, tongue: Tongue) -> bool {
        let [word] = candidate.words.as_slice() else { return false };
        candidate.has(Cue::Opens)
            && !GIVEN.has(&lowered(word.text))
            && !tongue.is_english()
            && !self.table.is_name_inside(word.text)
    }

    /// A person inside a longer run: "Real David Gibson Home Page".
    fn within<'c>(&self, candidate: &'c Candidate<'e>) -> Option<Sighting<'c, 'e>> {
        let count = candidate.words.len();
        for length in (2..count).rev() {
            for start in 0..=count - length {
                let range = start..start + length;
                let name = join(&candidate.words[range.clone()]);
                let known = self.likely.get(&name).filter(|grounds| grounds.is_person).cloned();
                let grounds = known.or_else(|| {
                    let given = GIVEN.has(&lowered(candidate.words[start].text));
                    let verdict = given.then(|| self.table.weigh(&name)).filter(|verdict| verdict.points >= 350)?;
                    Some(Arc::new(verdict.grounds()))
                });
                if let Some(grounds) = grounds {
                    return Some(Sighting::new(candidate, Some(range), grounds));
                }
            }
        }
        None
    }
}

/// "Bei Hajeks", "das Haus Saltens": in German the s of a genitive or plural is no part of a name that stands without it more often.
pub(super) fn cut_genitives(all: &mut [Vec<Candidate<'_>>], table: &Table<'_>) {
    if !table.usual.is_german() {
        return;
    }
    let places = |name: &str| table.names.get(name).map_or(0, |evidence| evidence.places + evidence.addressed);
    for last in all.iter_mut().flatten().filter_map(|candidate| candidate.words.last_mut()) {
        let Some(bare) = last.text.strip_suffix('s').filter(|bare| bare.len() > 2 && !bare.ends_with('s')) else {
            continue;
        };
        let given = GIVEN.has(&lowered(last.text));
        if places(bare) > if given { 4 } else { 1 } * places(last.text) {
            last.text = bare;
        }
    }
}

/// Whether an address is one that a person has: of mail, or of a home page.
fn is_of_somebody(target: &str) -> bool {
    target.starts_with("mailto:") || target.contains("/~")
}

/// Whether an address is that of an account: a host of many and one name, `github.com/ehsan`.
fn is_account(target: &str) -> bool {
    const HOSTS: [&str; 9] = [
        "github.com",
        "gitlab.com",
        "codeberg.org",
        "bitbucket.org",
        "twitter.com",
        "x.com",
        "instagram.com",
        "flickr.com/photos",
        "launchpad.net",
    ];
    let Some((_, address)) = target.split_once("://") else { return false };
    let address = address.strip_prefix("www.").unwrap_or(address).trim_end_matches('/');
    let name =
        |rest: &str| rest.strip_prefix('/').is_some_and(|name| !name.is_empty() && !name.contains(['/', '?', '#']));
    HOSTS.iter().filter_map(|host| address.strip_prefix(host)).any(name)
}

/// Whether a token is part of a longer one, which no language has: `www.asheesh.org`, `/~willkg`.
fn is_in_address(cut: &[Token<'_>], at: usize) -> bool {
    let joins = |mark: &Token<'_>| matches!(mark.text, "." | "/" | "@" | "_" | "~");
    let before = cut[at].gap == Gap::None && at > 0 && joins(&cut[at - 1]);
    let behind = || match cut.get(at + 1..at + 3) {
        Some([mark, next]) => mark.gap == Gap::None && next.gap == Gap::None && next.is_word && joins(mark),
        _ => false,
    };
    before || behind()
}

/// Counts the words in small letters and the names of saints, and notes who has a mail address.
fn count_words<'e>(table: &mut Table<'e>, cut: &[Token<'e>]) {
    for (at, token) in cut.iter().enumerate() {
        if token.is_small() {
            if !is_in_address(cut, at) {
                table.lower.add(token.text);
            }
        } else if matches!(token.text, "St" | "Saint") {
            let name = cut[at + 1..].iter().take(2).find(|next| next.is_word && next.is_capital());
            name.into_iter().for_each(|name| *table.saints.entry(name.text).or_default() += 1);
        } else if token.is("@") && token.gap == Gap::None {
            let before = at.checked_sub(1).map(|before| &cut[before]).filter(|before| before.is_word);
            table.mailed.extend(before.map(|before| before.text));
        }
    }
}
