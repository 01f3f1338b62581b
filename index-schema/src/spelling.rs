//! One stem for words that are spelt in several ways: British and American, and as people wrote before either was settled.
//!
//! A reader of Pepys types `music` where he wrote `musick`, one of Scott `color` for `colour`. These are one word, as
//! `module` and `modules` are, and meet in the same way: by their stem. Rules stand for what is regular, a table for the
//! rest. Where a rule makes no word of a word (`Patrick` is `patric`) nothing is lost, as long as no other word has that stem;
//! so rules ask for some letters in front of what they change.

use std::borrow::Cow;

/// A word as the stemmer is to see it: `realised` as `realized`, since it takes `-ize` away and not `-ise`; `travelled` and
/// `comett` with one letter for two.
pub(crate) fn before_stemming(word: &str) -> Cow<'_, str> {
    if let Some((before, ending)) = word.rsplit_once("is")
        && before.len() >= 4
        && AFTER_IS.contains(&ending)
        && !ALWAYS_IS.iter().any(|kept| before.ends_with(kept))
    {
        return Cow::Owned(format!("{before}iz{ending}"));
    }
    for doubled in DOUBLED {
        if let Some((before, ending)) = word.rsplit_once(doubled)
            && AFTER_DOUBLED.contains(&ending)
            && (ending.len() < 2 || doubled == "ll")
            && has_two_syllables(before)
        {
            return Cow::Owned(format!("{before}{}{ending}", &doubled[1..]));
        }
    }
    Cow::Borrowed(word)
}

/// What follows the `is` of a verb in `-ise`, and of what is made of it.
const AFTER_IS: [&str; 12] =
    ["e", "ed", "es", "er", "ers", "ing", "ings", "able", "ation", "ations", "ational", "ement"];

/// What stands before an `is` that nobody writes `iz`: `promise`, `exercise`, `surprise`, `likewise`.
const ALWAYS_IS: [&str; 22] = [
    "a", "e", "o", "u", "v", "w", "pr", "ch", "act", "erc", "prec", "conc", "umc", "prom", "prem", "surm", "parad",
    "hand", "ert", "ast", "treat", "mort",
];

/// Letters that are written twice or once behind two syllables.
const DOUBLED: [&str; 7] = ["ll", "tt", "nn", "pp", "mm", "gg", "dd"];

/// What may follow them; only `l` doubles so before an ending, since the stemmer knows of the others.
const AFTER_DOUBLED: [&str; 6] = ["", "s", "ed", "er", "ers", "ing"];

/// Whether there are vowels with another letter between them.
fn has_two_syllables(letters: &str) -> bool {
    let is_vowel = |byte: &u8| b"aeiouy".contains(byte);
    let groups = letters.as_bytes().chunk_by(|a, b| is_vowel(a) == is_vowel(b));
    groups.filter(|group| is_vowel(&group[0])).nth(1).is_some()
}

/// The stem that stands for a stem and all other spellings of it: never longer, and with the same first letter.
pub(crate) fn after_stemming(stem: &mut String) {
    if let Ok(at) = SPELT.binary_search_by_key(&stem.as_str(), |(spelt, _)| spelt) {
        stem.replace_range(.., SPELT[at].1);
        return;
    }
    if let Some(at) = stem.find("our").filter(|at| *at >= 3) {
        // honour, neighbourhood, governour
        stem.remove(at + 1);
    }
    if is_behind(stem, "ick", 3) {
        // musick, publick
        stem.pop();
    } else if is_behind(stem, "siqu", 2) || is_behind(stem, "liqu", 2) {
        // musique, publique
        stem.truncate(stem.len() - 2);
        stem.push('c');
    }
}

/// Whether a stem ends so, with at least so many letters before.
fn is_behind(stem: &str, end: &str, before: usize) -> bool {
    stem.len() >= before + end.len() && stem.ends_with(end)
}

/// Stems with the one that stands for them, in the order of their letters.
#[rustfmt::skip]
const SPELT: &[(&str, &str)] = &[
    ("aeroplan", "airplan"), ("alledg", "alleg"), ("aluminium", "aluminum"), ("anaesthet", "anesthet"),
    ("antient", "ancient"), ("archaeolog", "archeolog"), ("beleev", "believ"), ("bisquit", "biscuit"),
    ("burthen", "burden"), ("cabbin", "cabin"), ("carcass", "carcas"), ("catalogu", "catalog"), ("center", "centr"),
    ("choke", "choak"), ("choos", "chuse"), ("chymic", "chemic"), ("chymist", "chemist"), ("chymistri", "chemistri"),
    ("cloath", "cloth"), ("compleat", "complet"), ("connexion", "connect"), ("controul", "control"),
    ("cosi", "cozi"), ("countrey", "countri"), ("cousin", "cosen"), ("cyder", "cider"), ("defenc", "defens"),
    ("desert", "desart"), ("dialogu", "dialog"), ("diarrhoea", "diarrhea"), ("encyclopaedia", "encyclopedia"),
    ("fiber", "fibr"), ("foetus", "fetus"), ("grey", "gray"), ("gypsey", "gypsi"), ("haemorrhag", "hemorrhag"),
    ("hiccough", "hiccup"), ("inflexion", "inflect"), ("jewelleri", "jewelri"), ("judgement", "judgment"),
    ("lanthorn", "lantern"), ("licenc", "licens"), ("liter", "litr"), ("luster", "lustr"), ("manoeuvr", "maneuv"),
    ("mattrass", "mattress"), ("meager", "meagr"), ("mediaev", "mediev"), ("meter", "metr"), ("mould", "mold"),
    ("moustach", "mustach"), ("murther", "murder"), ("musquet", "musket"), ("offenc", "offens"),
    ("omelett", "omelet"), ("parliament", "parlament"), ("parliment", "parlament"), ("persuad", "perswad"),
    ("persuas", "perswas"), ("physitian", "physician"), ("piec", "peec"), ("plough", "plow"), ("practis", "practic"),
    ("pretenc", "pretens"), ("programm", "program"), ("pyjama", "pajama"), ("reflexion", "reflect"),
    ("riband", "ribbon"), ("ribband", "ribbon"), ("saber", "sabr"), ("saylor", "sailor"), ("scepter", "sceptr"),
    ("sceptic", "skeptic"), ("shew", "show"), ("shewn", "shown"), ("shore", "shoar"), ("skill", "skil"),
    ("smoke", "smoak"), ("soap", "sope"), ("somber", "sombr"), ("specter", "spectr"), ("spung", "spong"),
    ("steddi", "steadi"), ("sulphur", "sulfur"), ("surpriz", "surpris"), ("syren", "siren"), ("syrup", "sirup"),
    ("theater", "theatr"), ("tyger", "tiger"), ("tyth", "tith"), ("villaini", "villani"), ("virtu", "vertu"),
    ("virtuous", "vertuous"), ("waggon", "wagon"), ("wednesday", "wensday"), ("whiskey", "whiski"),
    ("woollen", "woolen"),
];

#[cfg(test)]
mod tests {
    use super::{SPELT, after_stemming};
    use crate::analysis::stem;

    #[test]
    fn spellings_of_a_word_meet() {
        for one in [
            "honour honor honoured honors",
            "neighbourhood neighborhood",
            "favourite favorite",
            "governour governor governors",
            "realise realize realised realizing",
            "organisation organization organise organized organizing",
            "travelled traveled traveling",
            "cancelled canceled",
            "musick music musique",
            "publick public publicke publique",
            "physick physic",
            "comett comet comets",
            "theatre theater theatres",
            "shew show shewed shows",
            "surprize surprise surprising",
            "burthen burden burdens",
            "grey gray",
            "defence defense",
            "waggon wagons",
            "connexion connections",
        ] {
            let stems: Vec<String> = one.split(' ').map(stem).collect();
            assert!(stems.iter().all(|stem| *stem == stems[0]), "{one}: {stems:?}");
        }
    }

    #[test]
    fn words_that_only_look_like_another_do_not_meet() {
        for two in [
            "four for",
            "hour horse",
            "pour port",
            "your york",
            "tour torn",
            "course corse",
            "quick quince",
            "thick think",
            "antique antics",
            "parade paradise",
            "organ organize",
            "treat treatise",
            "scott scot",
            "call cal",
            "inn in",
            "exercise exert",
        ] {
            let (one, other) = two.split_once(' ').unwrap();
            assert_ne!(stem(one), stem(other), "{two}");
        }
    }

    #[test]
    fn the_table_is_in_order_and_leads_to_an_end() {
        assert!(SPELT.is_sorted_by(|a, b| a.0 < b.0));
        for (spelt, stands) in SPELT {
            assert!(spelt.as_bytes()[0] == stands.as_bytes()[0] && stands.len() <= spelt.len(), "{spelt}");
            let mut stem = (*stands).to_owned();
            after_stemming(&mut stem);
            assert_eq!(stem, *stands, "{spelt}");
        }
    }
}
