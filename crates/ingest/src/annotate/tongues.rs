//! What the language of an entry changes: how people are addressed in it, and what its capitals and small words tell.

use super::cues::{AUXILIARIES, BEFORE_EITHER, BEFORE_PEOPLE_MOSTLY, BEFORE_PLACES, DETERMINERS, KIN};
use super::lists::{HUMAN_VERBS, List, words};
use diary::Entry;
use std::collections::BTreeMap;

/// The language that an entry is read as.
#[derive(Clone, Copy)]
pub(super) struct Tongue {
    code: &'static str,
    words: Option<&'static Words>,
}

/// Small words of a language, in small letters and without full stops.
struct Words {
    /// What stands in front of a person's name as part of it, in this language alone.
    honorifics: List,
    /// What makes the next word one of a kind, not a name.
    determiners: List,
    /// What stands before a place more than before a person.
    before_places: List,
    /// What stands before either.
    before_either: List,
    /// What stands before people, of kin, trades and the like.
    kin: List,
    /// What stands before people rather than before places or things.
    before_people: List,
    /// What people do, say and have done.
    acts: List,
    /// Small words that may stand between a person and what he does, or begin what anything does.
    auxiliaries: List,
    /// What joins two names.
    and: &'static str,
    /// Given names that are rather other words, at the start of a sentence or where every noun has a capital.
    nouns: List,
}

/// Honorifics that are written with a full stop.
static ABBREVIATED: List =
    words!("m mm mme mmes mlle mlles mgr me sr sra srta sres d hr fr frl sig sigra avv ing dott dhr mevr mw");

static GERMAN: Words = Words {
    honorifics: words!(
        "herr herrn hr frau fr fräulein frl onkel tante graf gräfin pfarrer pastor doktor kaiser könig königin \
         prinz prinzessin präsident reichskanzler minister general oberst major hauptmann leutnant professor lehrer \
         bürgermeister förster"
    ),
    determiners: words!(
        "der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner mein meine \
         meinen meinem meiner dein deine sein seine seinen seinem seiner ihr ihre ihren ihrem ihrer unser unsere \
         im am zum zur vom beim ins ans diese dieser dieses diesen diesem jede jeder jedes jeden alle alles viel \
         viele zwei drei vier fünf sechs sieben acht neun zehn zwanzig fünfzig hundert tausend zweitausend"
    ),
    before_places: words!("in nach aus durch"),
    before_either: words!("von über"),
    kin: words!(
        "kindern kinder bruder schwester sohn tochter mutter vater mann freund freundin vetter base cousine nachbar nachbarin \
         kollege kollegin magd knecht lehrer"
    ),
    before_people: words!("mit bei für ohne gegen namens traf"),
    acts: words!(
        "sagt sagte meint meinte fragt fragte erzählt erzählte schreibt schrieb lacht lachte weint weinte kommt \
         kam geht ging spielt spielte singt sang liest las bringt brachte gibt gab ruft rief schläft trinkt trank \
         isst aß"
    ),
    auxiliaries: words!("hat hatte ist war will wollte kann sich auch nicht noch"),
    and: "und",
    nouns: words!(
        "mal holz brot wein bier kaffee korn kohl salz mark ernst rose heide sommer berg mai juni juli august kaiser linde falk kiel halle flora iris luna alma"
    ),
};
static FRENCH: Words = Words {
    honorifics: words!(
        "m mm mme mmes mlle mlles mgr me monsieur madame mademoiselle oncle tante abbé comte comtesse docteur \
         président lieutenant capitaine colonel général maréchal commandant prince princesse duc duchesse baron \
         baronne marquis marquise maître père sœur veuve professeur juge cardinal évêque"
    ),
    determiners: words!(
        "le la les un une des du au aux ce cet cette ces son sa ses mon ma mes ton ta tes notre nos votre vos \
         leur leurs quelque chaque"
    ),
    before_places: words!("en dans vers"),
    before_either: words!("à de"),
    kin: words!(
        "frère sœur fils fille mari femme ami amie cousin cousine oncle tante neveu nièce voisin voisine \
         ingénieur peintre poète docteur mineur maire curé servante bonne cher chère petit petite vieux vieille \
         pauvre jeune"
    ),
    before_people: words!("avec chez pour par contre sans nommé nommée appelé appelée rencontré vu dit"),
    acts: words!(
        "dit disait demande demandait demandé parle parlait parlé écrit écrivait raconte raconté répond répondit \
         répondu rit ri sourit souri pleure pleuré chante chanté joue joué crie pense croit croyait trouve veut \
         voulait sait savait vient venait venu venue part parti partie mange mangé boit bu dort lit lu aime aimé \
         aurait arrive arrivé arrivée tourne montre serré payé donné prêté"
    ),
    auxiliaries: words!("ne n m s l t y en me se lui nous leur ' ’ a est avait était va aussi"),
    and: "et",
    nouns: words!("elle"),
};
static SPANISH: Words = Words {
    honorifics: words!(
        "sr sra srta sres señor señora señorita don doña d tío tía padre general coronel capitán teniente \
         presidente generalísimo conde condesa duque duquesa marqués marquesa fray sor doctor doctora profesor \
         profesora maestro maestra"
    ),
    determiners: words!("el la los las un una unos unas del al este esta ese esa su sus mi mis"),
    before_places: words!("en hacia desde"),
    before_either: words!("a de"),
    kin: words!(
        "hermano hermana hijo hija marido mujer esposa esposo amigo amiga primo prima tío tía sobrino sobrina \
         vecino vecina novio novia camarada compañero compañera poeta pintor médico alcalde cura pequeño pequeña \
         viejo vieja pobre llamado llamada"
    ),
    before_people: words!("con para por sin contra según entre conocí vi"),
    acts: words!(
        "dice dijo dicho decía pregunta preguntó habla habló hablado escribe escribió escrito cuenta contó ríe \
         rió llora lloró canta cantó toca tocó grita piensa cree quiere quería sabe viene vino venido duerme lee \
         leyó llega llegó llegado come bebe trajo dio muere murió muerto juega jugó"
    ),
    auxiliaries: words!("no me le se nos lo la les ha había es era está estaba va también ya"),
    and: "y",
    nouns: words!("hoy mayo sol cruz paz luz mar rosa con"),
};
static PORTUGUESE: Words = Words {
    honorifics: words!(
        "sr sra srta senhor senhora dona dom tio tia padre general coronel capitão presidente doutor doutora \
         professor professora conde condessa duque frei"
    ),
    determiners: words!("um uma este esta esse essa seu sua meu minha"),
    before_places: words!("em no na para"),
    before_either: words!("a de do da"),
    kin: words!(
        "irmão irmã filho filha marido mulher esposa amigo amiga primo prima vizinho vizinha velho velha pequeno \
         pequena pobre"
    ),
    before_people: words!("com por sem contra"),
    acts: words!(
        "diz disse pergunta perguntou fala falou escreve escreveu conta contou ri riu chora chorou canta cantou \
         toca tocou pensa quer veio vem chegou chega dorme lê trouxe deu morreu"
    ),
    auxiliaries: words!("não me lhe se nos o a tem tinha é era está estava foi vai também já"),
    and: "e",
    nouns: words!(""),
};
static ITALIAN: Words = Words {
    honorifics: words!(
        "sig sigra signor signora signorina don donna zio zia avv ing dott conte contessa professor professore \
         professoressa dottor dottore dottoressa ingegner avvocato maestro generale colonnello capitano tenente \
         presidente principe principessa duca duchessa marchese suor fra re papa"
    ),
    determiners: words!("un uno una questo questa suo sua mio mia"),
    before_places: words!("in verso"),
    before_either: words!("a ad da di"),
    kin: words!(
        "fratello sorella figlio figlia marito moglie amico amica cugino cugina nonno nonna vicino vicina \
         compagno compagna fidanzato fidanzata poeta pittore medico parroco ragazzo ragazza piccolo piccola \
         vecchio vecchia povero povera chiamato chiamata certo certa greco"
    ),
    before_people: words!("con per senza contro secondo letto incontrato visto"),
    acts: words!(
        "dice diceva disse detto chiede chiese chiesto parla parlava parlato scrive scrisse scritto racconta \
         raccontato ride rideva riso piange piangeva pianto canta cantato suona suonato grida pensa crede vuole \
         voleva sa viene venne venuto venuta dorme legge litiga arriva arrivato arrivata mangia beve pescava \
         pesca prestato dato portato salito ama morto"
    ),
    auxiliaries: words!("non mi gli le si ci ne lo la ha aveva è era sta stava va anche m l ' ’ ed"),
    and: "e",
    nouns: words!("prima domenica vino con neve alba"),
};
static DUTCH: Words = Words {
    honorifics: words!(
        "dhr mevr mw mijnheer meneer mevrouw juffrouw oom tante dominee mijnheer professor dokter generaal \
         kapitein koning koningin prins prinses graaf pastoor"
    ),
    determiners: words!("de het een mijn zijn haar onze dit deze die dat"),
    before_places: words!("in naar te uit"),
    before_either: words!("van"),
    kin: words!(
        "broer zus zuster zoon dochter man vrouw vriend vriendin neef nicht buurman buurvrouw oude kleine arme"
    ),
    before_people: words!("met bij voor zonder tegen genaamd"),
    acts: words!(
        "zegt zei vraagt vroeg vertelt vertelde schrijft schreef lacht lachte huilt huilde komt kwam gaat ging \
         speelt speelde zingt zong leest las denkt wil brengt bracht geeft gaf slaapt"
    ),
    auxiliaries: words!("heeft had is was ook niet nog zich"),
    and: "en",
    nouns: words!(""),
};
static NORDIC: Words = Words {
    honorifics: words!(
        "hr herr fru frøken fröken froken onkel tante farbror moster faster kung drottning prins prinsessa konge \
         dronning general kapten kaptajn doktor professor prost prästen pastor"
    ),
    determiners: words!("en et ett den det de min sin"),
    before_places: words!("i på till til"),
    before_either: words!("från fra"),
    kin: words!(
        "bror syster søster son sønn søn dotter datter man mand kona kone vän ven venn kusin fetter gamle lille \
         stackars"
    ),
    before_people: words!("med hos utan uten mot"),
    acts: words!(
        "säger sade sa sier siger sagde frågar frågade spør spurte spørger spurgte berättar berättade skriver \
         skrev skrattar gråter kommer kom går gick gikk gik spelar spelade spiller spilte sjunger sjöng läser \
         leser læser tror vill vil sover gav"
    ),
    auxiliaries: words!("har hade hadde havde är er var också også inte ikke sig seg"),
    and: "och",
    nouns: words!(""),
};

impl Tongue {
    /// The language of an entry; where that could not be told, the usual one of its archive, or English.
    pub(super) fn of(entry: &Entry, usual: Option<&str>) -> Self {
        let (code, words) = match entry.lang.as_deref().or(usual).unwrap_or("en") {
            "en" => ("en", None),
            "de" | "lb" => ("de", Some(&GERMAN)),
            "fr" => ("fr", Some(&FRENCH)),
            "es" | "ca" | "gl" => ("es", Some(&SPANISH)),
            "pt" => ("pt", Some(&PORTUGUESE)),
            "it" => ("it", Some(&ITALIAN)),
            "nl" | "af" => ("nl", Some(&DUTCH)),
            "sv" | "da" | "nb" | "nn" | "no" => ("nordic", Some(&NORDIC)),
            "ja" | "zh" | "ko" | "ar" | "he" | "hi" | "th" => ("none", None),
            _ => ("other", None),
        };
        Self { code, words }
    }

    /// The language that most of these entries are in, as far as it could be told.
    pub(super) fn usual<'e>(entries: &[&'e Entry]) -> Option<&'e str> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        entries.iter().filter_map(|entry| entry.lang.as_deref()).for_each(|lang| *counts.entry(lang).or_default() += 1);
        counts.into_iter().max_by_key(|(_, count)| *count).map(|(lang, _)| lang)
    }

    fn has(self, english: &List, list: impl Fn(&'static Words) -> &'static List, word: &str) -> bool {
        self.words.map_or_else(|| english.has(word), |words| list(words).has(word))
    }

    /// Whether the word, in small letters and without a full stop, addresses a person in this language alone.
    pub(super) fn addresses(self, word: &str) -> bool {
        self.words.is_some_and(|words| words.honorifics.has(word))
    }

    /// Whether such a word is written with a full stop.
    pub(super) fn abbreviates(self, word: &str) -> bool {
        self.addresses(word) && ABBREVIATED.has(word)
    }

    /// Whether the word makes the next one of a kind, not a name.
    pub(super) fn determines(self, word: &str) -> bool {
        self.has(&DETERMINERS, |words| &words.determiners, word)
    }

    /// Whether the word stands before a place more than before a person.
    pub(super) fn leads_to_places(self, word: &str) -> bool {
        self.has(&BEFORE_PLACES, |words| &words.before_places, word)
    }

    /// Whether the word stands before either.
    pub(super) fn leads_to_either(self, word: &str) -> bool {
        self.has(&BEFORE_EITHER, |words| &words.before_either, word)
    }

    /// Whether the word says of the next one what a person is to somebody, or earns his bread by.
    pub(super) fn is_kin(self, word: &str) -> bool {
        self.has(&KIN, |words| &words.kin, word)
    }

    /// Whether people follow the word more than places and things do.
    pub(super) fn leads_to_people(self, word: &str) -> bool {
        self.has(&BEFORE_PEOPLE_MOSTLY, |words| &words.before_people, word)
    }

    /// Whether the word is what people do.
    pub(super) fn acts(self, word: &str) -> bool {
        self.has(&HUMAN_VERBS, |words| &words.acts, word)
    }

    /// Whether the word may stand between a person and what he does.
    pub(super) fn is_auxiliary(self, word: &str) -> bool {
        self.has(&AUXILIARIES, |words| &words.auxiliaries, word)
    }

    /// Whether the word joins two names.
    pub(super) fn joins(self, word: &str) -> bool {
        matches!(word, "and" | "," | "&" | "or" | "(") || self.words.is_some_and(|words| words.and == word)
    }

    /// Whether the lists of English words hold for it.
    pub(super) fn is_english(self) -> bool {
        self.code == "en"
    }

    /// Whether a capital inside a sentence marks a name: not in German, nor where there are none.
    pub(super) fn capitals_tell(self) -> bool {
        !matches!(self.code, "de" | "none")
    }

    /// Whether a given name, in small letters, is rather another word that has a capital too.
    pub(super) fn is_noun(self, given: &str) -> bool {
        self.words.is_some_and(|words| words.nouns.has(given))
    }

    /// Whether a word, in small letters, is rather no name where it opens a sentence of this language.
    pub(super) fn opens(self, word: &str) -> bool {
        self.words.is_some_and(|words| {
            let small =
                [&words.nouns, &words.determiners, &words.before_places, &words.before_either, &words.auxiliaries];
            small.iter().any(|list| list.has(word))
        })
    }
}
