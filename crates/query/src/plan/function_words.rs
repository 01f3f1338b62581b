//! The small words that questions are put together with, language by language.

use super::PlanContext;
use diary::Facet;

/// The small words of one language, folded as [`analysis::fold`](diary_index_schema::analysis::fold) has them.
#[derive(Debug)]
pub(super) struct Language {
    /// As entries name it.
    code: &'static str,
    /// Articles, pronouns, auxiliaries, prepositions, conjunctions.
    pub(super) function: &'static [&'static str],
    /// What a question begins with.
    pub(super) asking: &'static [&'static str],
    /// What it says besides: `think` in `what did he think of …`.
    pub(super) asked: &'static [&'static str],
    /// What asks for a degree, and makes the word behind it a part of the question: `how fast did …`.
    pub(super) degree: &'static [&'static str],
    /// What may stand in front in place of a question: `the day …`, `first mention of …`; the word for a day comes first.
    pub(super) occasion: &'static [&'static str],
    /// What the entries themselves are called: `the first entry`.
    pub(super) entries: &'static [&'static str],
    /// What asks for the first of all, and for the last.
    pub(super) first: &'static [&'static str],
    pub(super) last: &'static [&'static str],
}

/// Asked in whatever the entries are written in.
pub(super) static ENGLISH: Language = Language {
    code: "en",
    function: &[
        "a", "about", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "because", "been", "being",
        "but", "by", "can", "could", "did", "didnt", "do", "does", "dont", "for", "from", "had", "has", "have",
        "having", "he", "her", "hers", "him", "himself", "his", "how", "i", "if", "im", "in", "into", "is", "it",
        "its", "me", "might", "must", "my", "not", "of", "on", "or", "our", "she", "should", "so", "some", "such",
        "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "to", "upon", "us",
        "was", "wasnt", "we", "were", "what", "when", "where", "whether", "which", "while", "who", "whom", "whose",
        "why", "with", "would", "you", "your",
    ],
    asking: &[
        "who", "whom", "whose", "what", "when", "where", "which", "why", "how", "did", "do", "does", "is", "are",
        "was", "were", "has", "had", "can", "could", "tell",
    ],
    asked: &[
        "day",
        "date",
        "describe",
        "described",
        "ever",
        "feel",
        "felt",
        "happen",
        "happened",
        "happening",
        "happens",
        "kind",
        "know",
        "like",
        "long",
        "many",
        "mean",
        "meant",
        "mention",
        "mentioned",
        "much",
        "often",
        "say",
        "says",
        "said",
        "sort",
        "tell",
        "think",
        "thinking",
        "thinks",
        "thought",
        "time",
        "use",
        "used",
        "write",
        "wrote",
        "year",
    ],
    degree: &["how"],
    occasion: &["day", "time", "date", "mention", "mentions", "entry", "entries"],
    entries: &["entry", "entries"],
    first: &["first", "earliest", "oldest"],
    last: &["last", "latest", "newest"],
};

/// Asked only where entries are written in them.
static OTHERS: [Language; 5] = [
    Language {
        code: "de",
        function: &[
            "aber", "als", "am", "an", "auch", "auf", "aus", "bei", "bin", "bist", "da", "das", "dass", "dem", "den",
            "der", "des", "die", "doch", "du", "durch", "ein", "eine", "einem", "einen", "einer", "eines", "er", "es",
            "fur", "hat", "hatte", "ich", "ihm", "ihn", "ihr", "ihre", "im", "in", "ist", "mein", "meine", "mich",
            "mir", "mit", "nach", "nicht", "oder", "sein", "seine", "sich", "sie", "sind", "so", "und", "uns", "vom",
            "von", "war", "waren", "was", "wann", "warum", "wem", "wen", "wer", "wie", "wir", "wird", "wo", "wurde",
            "zu", "zum", "zur",
        ],
        asking: &["wer", "wen", "wem", "was", "wann", "wo", "warum", "wie", "welche", "welcher", "hat", "ist", "war"],
        asked: &["dachte", "denkt", "geschah", "passierte", "sagt", "sagte", "schrieb", "tag", "jahr", "viel", "viele"],
        degree: &["wie"],
        occasion: &["tag", "eintrag", "eintrage", "mal"],
        entries: &["eintrag", "eintrage"],
        first: &["erste", "ersten", "erster"],
        last: &["letzte", "letzten", "letzter"],
    },
    Language {
        code: "fr",
        function: &[
            "a", "au", "aux", "avec", "c", "ce", "ces", "cette", "comment", "d", "dans", "de", "des", "du", "elle",
            "en", "est", "et", "etaient", "etait", "eux", "il", "ils", "j", "je", "l", "la", "le", "les", "leur",
            "lui", "m", "ma", "mais", "me", "mes", "mon", "n", "ne", "nous", "on", "ont", "ou", "ou", "par", "pas",
            "pour", "pourquoi", "qu", "quand", "que", "quel", "quelle", "qui", "quoi", "s", "sa", "se", "ses", "son",
            "sont", "sur", "t", "te", "tu", "un", "une", "vous", "y",
        ],
        asking: &["qui", "que", "qu", "quand", "ou", "pourquoi", "comment", "quel", "quelle", "combien", "est"],
        asked: &["annee", "dit", "ecrit", "jour", "pense", "pensait", "pense", "passe"],
        degree: &["combien"],
        occasion: &["jour", "fois", "mention"],
        entries: &["entree", "entrees"],
        first: &["premier", "premiere"],
        last: &["dernier", "derniere"],
    },
    Language {
        code: "es",
        function: &[
            "a", "al", "como", "con", "cuando", "de", "del", "donde", "el", "ella", "en", "era", "es", "esta", "este",
            "fue", "ha", "la", "las", "le", "lo", "los", "me", "mi", "no", "o", "para", "pero", "por", "porque", "que",
            "quien", "se", "ser", "si", "sin", "son", "su", "sus", "un", "una", "y", "yo",
        ],
        asking: &["quien", "que", "cuando", "donde", "por", "como", "cual", "cuantos", "cuanto"],
        asked: &["ano", "dia", "dice", "dijo", "paso", "pensaba", "piensa"],
        degree: &["cuan"],
        occasion: &["dia", "vez", "mencion"],
        entries: &["entrada", "entradas"],
        first: &["primer", "primera"],
        last: &["ultimo", "ultima"],
    },
    Language {
        code: "it",
        function: &[
            "a", "ad", "al", "alla", "che", "chi", "ci", "come", "con", "cosa", "da", "dal", "dalla", "dei", "del",
            "della", "delle", "di", "dove", "e", "ed", "era", "gli", "ha", "i", "il", "in", "io", "l", "la", "le",
            "lo", "ma", "mi", "nel", "nella", "non", "o", "per", "perche", "quando", "quale", "se", "si", "sono", "su",
            "sua", "suo", "un", "una", "uno",
        ],
        asking: &["chi", "che", "cosa", "quando", "dove", "perche", "come", "quale", "quanto"],
        asked: &["anno", "dice", "disse", "giorno", "pensa", "pensava", "successo"],
        degree: &["quanto"],
        occasion: &["giorno", "volta", "menzione"],
        entries: &["voce", "voci"],
        first: &["primo", "prima"],
        last: &["ultimo", "ultima"],
    },
    Language {
        code: "nl",
        function: &[
            "aan", "al", "als", "bij", "dat", "de", "die", "dit", "door", "een", "en", "er", "het", "hij", "hoe", "ik",
            "in", "is", "maar", "me", "met", "mij", "mijn", "naar", "niet", "of", "om", "ons", "op", "te", "toen",
            "van", "voor", "waar", "waarom", "wanneer", "was", "wat", "we", "wie", "zich", "zijn", "zij",
        ],
        asking: &["wie", "wat", "wanneer", "waar", "waarom", "hoe", "welke", "is", "was", "heeft"],
        asked: &["dacht", "dag", "denkt", "gebeurde", "jaar", "schreef", "zegt", "zei"],
        degree: &["hoe"],
        occasion: &["dag", "keer", "vermelding"],
        entries: &["aantekening", "aantekeningen"],
        first: &["eerste"],
        last: &["laatste"],
    },
];

/// A language is one of the archive's where it has a tenth as many entries as the commonest.
const ONE_OF: u64 = 10;

/// English, and the languages that a good part of the entries is written in.
pub(super) fn languages(context: &PlanContext) -> Vec<&'static Language> {
    let entries = |language: &Language| context.names.count(Facet::Lang, language.code);
    let counted: Vec<(&Language, u64)> = OTHERS.iter().map(|language| (language, entries(language))).collect();
    let most = counted.iter().map(|(_, entries)| *entries).chain([entries(&ENGLISH)]).max().unwrap_or(0);
    let often = counted.into_iter().filter(|(_, entries)| *entries > 0 && entries * ONE_OF >= most);
    std::iter::once(&ENGLISH).chain(often.map(|(language, _)| language)).collect()
}
