//! What speaks for and against a name, weighed. All weights are whole points, so that the same archive gives the same
//! verdicts everywhere.

use super::candidates::is_nickname;
use super::cues::{
    ARABIC_PLACE_HEADS, ARTICLES_INSIDE, COMMON_SURNAMES, FAMILY, PLACE_HEADS, PLACE_NOUNS, SURNAMES_TOO,
    TITLES_BEHIND, VIRTUES,
};
use super::evidence::{Evidence, Table, ends_as_nouns};
use super::letters::differ_by_a_letter;
use super::lists::{COMMON_GIVEN, FAMOUS, GIVEN, NOT_NAMES, PLACES, SOFTWARE, SURNAMES, is_headword, is_ordinary};
use super::nicks::is_coined;
use super::surroundings::Cue;
use super::token::{Lowered, lowered};
use super::verdict::Verdict;

impl Table<'_> {
    /// The points for a name to be a person's, with the heaviest reasons; enough of them or not.
    pub(super) fn weigh(&self, name: &str) -> Verdict {
        let mut verdict = Verdict::default();
        let none = Evidence::default();
        let evidence = self.names.get(name).unwrap_or(&none);
        let words: Vec<Lowered<'_>> = name.split(' ').map(lowered).collect();
        let is_handle = is_coined(name);
        match words.as_slice() {
            [_] if is_handle => {
                let once = evidence.places < 2 && evidence.cues[Cue::Mailed as usize] == 0;
                verdict.add(if once { -120 } else { 0 }, "stands once");
                verdict.add(evidence.rate(150, evidence.cues[Cue::Opens as usize]), "opens a sentence and acts");
                let capital = name.bytes().any(|byte| byte.is_ascii_uppercase());
                verdict.add(if capital { -60 } else { 0 }, "a capital inside");
            }
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
        // Who is once called Signor Naretti is he ever after, however often his name stands alone.
        let known = matches!(words.as_slice(), [word] if self.is_no_other_word(word)) && !evidence.is_of_things();
        let least = |count: u32, points: i32| if known && count > 0 { points } else { 0 };
        let addressed = evidence.rate(450, evidence.addressed).min(450).max(least(evidence.addressed, 60));
        verdict.add(addressed, "with an honorific elsewhere");
        // A degree stands behind a name and a comma as other people do.
        if words.iter().any(|word| word.chars().count() > 1) {
            verdict.add(evidence.rate(220, evidence.in_company), "beside other people");
        }
        let surname = evidence.rate(250, evidence.ends_names).min(200).max(least(evidence.ends_names, 40));
        verdict.add(surname, "the surname in longer names");
        // "by Crewe, Stafford, Birmingham"
        let places = if evidence.in_company == 0 { evidence.beside_places / 2 } else { 0 };
        verdict.add(evidence.rate(-200, places).max(-200), "between places");
        verdict
    }

    /// Whether a word, in small letters, is known as nothing but perhaps a name.
    pub(super) fn is_no_other_word(&self, word: &str) -> bool {
        let known = [&PLACES, &NOT_NAMES].iter().any(|list| list.has(word));
        !known && word.chars().count() > 2 && self.lower.of(word) == 0 && !self.is_ordinary(word)
    }

    /// Whether a word, in small letters, is an ordinary one; the English list tells of an archive in another language only
    /// where that has the word in small letters too.
    fn is_ordinary(&self, word: &str) -> bool {
        is_ordinary(word) && (self.usual.is_english() || self.lower.of(word) > 0)
    }

    /// Whether the small letters of a word are those of a handle, which acts: "Manishearth" is manishearth.
    fn is_handle(&self, word: &str) -> bool {
        let acts = |evidence: &Evidence| 4 * evidence.cues[Cue::Acts as usize] >= evidence.places;
        self.technical && self.names.get(word).is_some_and(acts)
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
            // "Benjamyn Parsons"
            verdict.add(if is_nearly_given(first) { 40 } else { 0 }, "nearly a common given name");
        }
        // "Tin Jack"
        let called = COMMON_GIVEN.has(last) && is_ordinary(first) && !GIVEN.has(first) && !PLACE_NOUNS.has(first);
        if called && evidence.places > 2 && evidence.inside() > 1 {
            verdict.add(250, "often, and as a nickname is");
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
        let ordinary = self.is_ordinary(word);
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
        let saint = word.starts_with("saint-") || word.starts_with("sainte-");
        if self.unknown_are_people && !saint && self.is_no_other_word(word) && !evidence.is_perhaps_of_things() {
            verdict.add(60, "a word with a capital, as people have in this archive");
        }
        if self.usual.is_german() && self.is_no_other_word(word) && evidence.acts_among_nouns(word) {
            verdict.add(60, "acts as people do, and never after an article");
        }
        if self.usual.is_german() && !given && ends_as_nouns(word) && self.is_no_other_word(word) && !SURNAMES.has(word)
        {
            verdict.add(-60, "ends as nouns do");
        }
        if saint {
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
        // "Trump", "Pontelli"
        let somebody = SURNAMES.has(word) || self.is_no_other_word(word) && evidence.acts() > 0;
        if capital > 5 && lower == 0 && somebody && !evidence.is_of_things() {
            verdict.add(40, "often, and never as places and things are");
        }
        if lower > 0 && !self.is_handle(word) {
            // "Eben", "Han": a word that hardly ever has a capital but at the start of a sentence.
            let rather_word = given && (!common || !self.usual.is_english()) && lower > 4 * capital;
            let points = if given && !rather_word { -60 } else { -300 };
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
    } else if is_ordinary(first) && !TITLES_BEHIND.has(last) {
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
    } else if PLACE_NOUNS.has(tail) && !(SURNAMES_TOO.has(tail) && COMMON_GIVEN.has(first)) {
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

/// Whether a long word is a letter away from a common given name, as spellings of old are.
fn is_nearly_given(word: &str) -> bool {
    let same_start = |name: &&str| name.as_bytes().first() == word.as_bytes().first();
    word.len() > 5 && COMMON_GIVEN.iter().filter(same_start).any(|name| differ_by_a_letter(name, word))
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
