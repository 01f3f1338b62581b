//! From text to words: the one analysis of entries and of queries.
//!
//! A word is a run of letters and digits, folded: lower case, compatibility forms and Latin, Greek and Cyrillic accents
//! taken away. Words that a hyphen, underscore or apostrophe joins are kept in parts *and* joined (`kmalloc_percpu` is
//! `kmalloc`, `percpu` and, at the place of the first, `kmallocpercpu`), so that `spam filter`, `spam-filter` and
//! `spamfilter` can meet. A possessive `'s` is dropped. Chinese, Japanese and Korean runs become overlapping pairs of
//! characters, after the idea of Lucene's `CJKAnalyzer`, so that any substring of two or more is found.

use diary::Span;
use frostem::{Algorithm, Stemmer};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The folded word.
    pub word: String,
    /// Where it stands in the text.
    pub span: Span,
    /// Its place among the words of the text, from 0; a joined word shares that of its first part.
    pub position: usize,
    /// Whether it is a joined word, standing beside its parts.
    pub joined: bool,
}

/// Longer words are cut to this many bytes: no one types them, and the index has its own bound.
pub const MAX_WORD_BYTES: usize = 256;

/// The most parts that are also kept joined.
const MAX_JOINED_PARTS: usize = 4;

/// The words of a text, in order. Linear in the length of the text.
///
/// ```
/// use diary_index_schema::analysis::tokens;
/// let words = |text| tokens(text).into_iter().map(|token| token.word).collect::<Vec<_>>();
/// assert_eq!(words("Alli's Café"), ["alli", "cafe"]);
/// assert_eq!(words("kmalloc-percpu"), ["kmallocpercpu", "kmalloc", "percpu"]);
/// assert_eq!(words("日本語"), ["日本", "本語"]);
/// ```
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut position = 0;
    for compound in compounds(text) {
        let first = tokens.len();
        for part in &compound {
            match part.script {
                Script::Spaced => {
                    let word = fold(part.span.of(text));
                    if word.is_empty() {
                        continue;
                    }
                    tokens.push(Token { word, span: part.span, position, joined: false });
                    position += 1;
                }
                Script::Unspaced => position = push_pairs(text, part.span, position, &mut tokens),
            }
        }
        if compound.len() > 1
            && compound.iter().all(|part| part.script == Script::Spaced)
            && let Some(joined) = join(&tokens[first..])
        {
            tokens.insert(first, joined);
        }
    }
    tokens
}

/// The stem of a folded word: what `modules` and `module` share. English; other words come back unchanged.
pub fn stem(word: &str) -> String {
    thread_local! {
        static STEMMER: Stemmer = Stemmer::new(Algorithm::English);
        // Words are Zipfian: a table of the ones met makes stemming nearly free.
        static MEMO: RefCell<HashMap<String, String>> = RefCell::new(HashMap::new());
    }
    if word.len() < 3 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return word.to_owned();
    }
    MEMO.with_borrow_mut(|memo| {
        if let Some(stem) = memo.get(word) {
            return stem.clone();
        }
        if memo.len() >= 1 << 16 {
            memo.clear();
        }
        let stem = STEMMER.with(|stemmer| stemmer.stem(word).into_owned());
        memo.insert(word.to_owned(), stem.clone());
        stem
    })
}

/// One word folded: what letter case, accents and compatibility forms do not change.
pub fn fold(word: &str) -> String {
    let mut folded: String = if word.is_ascii() {
        word.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| char::from(byte.to_ascii_lowercase())).collect()
    } else {
        let letters = word.nfkd().filter(|c| !is_accent(*c)).flat_map(char::to_lowercase).map(plain_letter);
        let letters: String = letters.collect();
        // Composed again, since a syllable of Hangul or a voiced kana is one character to those who count them.
        letters.chars().filter(|c| (c.is_alphanumeric() || is_combining_mark(*c)) && !is_accent(*c)).nfc().collect()
    };
    if folded.len() > MAX_WORD_BYTES {
        folded.truncate(folded.floor_char_boundary(MAX_WORD_BYTES));
    }
    folded
}

/// The combining accents of Latin, Greek and Cyrillic. Marks of other scripts carry meaning and stay.
fn is_accent(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Letters that Unicode does not decompose, but that people type plain.
fn plain_letter(c: char) -> Cow<'static, str> {
    Cow::Borrowed(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'þ' => "th",
        'ı' => "i",
        'ſ' => "s",
        'ς' => "σ",
        other => return Cow::Owned(other.to_string()),
    })
}

/// Whether a word is written in a script that puts spaces between words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Spaced,
    Unspaced,
}

#[derive(Clone, Copy, Debug)]
struct Part {
    span: Span,
    script: Script,
}

/// Groups of parts that single joining characters hold together; most groups have one part.
fn compounds(text: &str) -> Vec<Vec<Part>> {
    let mut groups: Vec<Vec<Part>> = Vec::with_capacity(text.len() / 6);
    let mut joiner_at: Option<usize> = None;
    let mut rest = text.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        if !is_word_char(c) {
            // A joiner counts only directly between two words.
            let after_word = groups.last().and_then(|group| group.last()).is_some_and(|part| part.span.end == start);
            joiner_at = (after_word && is_joiner(c)).then_some(start + c.len_utf8());
            continue;
        }
        let script = script_of(c);
        let mut end = start + c.len_utf8();
        while let Some(&(at, next)) = rest.peek() {
            if !is_word_char(next) || (script_of(next) != script && !is_combining_mark(next)) {
                break;
            }
            end = at + next.len_utf8();
            rest.next();
        }
        let part = Part { span: Span::new(start, end), script };
        let joins = joiner_at.take() == Some(start);
        if joins && is_possessive(text, part.span) {
            // Leave the owner as the end of its group, so that nothing joins on to the dropped `s`.
            continue;
        }
        match groups.last_mut() {
            Some(group) if joins => group.push(part),
            _ => groups.push(vec![part]),
        }
    }
    groups
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

fn is_joiner(c: char) -> bool {
    matches!(c, '-' | '_' | '\'' | '’' | '\u{2010}' | '\u{2011}' | '\u{ad}')
}

fn is_possessive(text: &str, part: Span) -> bool {
    let apostrophe = text[..part.start].ends_with(['\'', '’']);
    apostrophe && matches!(part.of(text), "s" | "S")
}

fn script_of(c: char) -> Script {
    if is_unspaced(c) { Script::Unspaced } else { Script::Spaced }
}

/// Whether a character is of a script that is kept in pairs: Han, Hiragana, Katakana, Hangul, Bopomofo and their half- and
/// full-width relatives.
pub fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11ff}' | '\u{3005}'..='\u{3007}' | '\u{3031}'..='\u{3035}' | '\u{3041}'..='\u{30ff}'
        | '\u{3105}'..='\u{312f}' | '\u{3131}'..='\u{318e}' | '\u{31a0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ffdc}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether `c` only completes the character before it: marks, and the later letters of a decomposed Hangul syllable.
fn continues_character(c: char) -> bool {
    is_combining_mark(c) || matches!(c, '\u{1160}'..='\u{11ff}' | '\u{ff9e}' | '\u{ff9f}')
}

/// Overlapping pairs of the characters of `run`; a run of one character is itself.
fn push_pairs(text: &str, run: Span, mut position: usize, tokens: &mut Vec<Token>) -> usize {
    let places: Vec<usize> = run
        .of(text)
        .char_indices()
        .filter(|(_, c)| !continues_character(*c))
        .map(|(at, _)| run.start + at)
        .chain([run.end])
        .collect();
    let width = if places.len() > 2 { 2 } else { 1 };
    for window in places.windows(width + 1) {
        let span = Span::new(window[0], window[width]);
        tokens.push(Token { word: fold(span.of(text)), span, position, joined: false });
        position += 1;
    }
    position
}

/// The parts of one compound as one word, where there are a few.
fn join(parts: &[Token]) -> Option<Token> {
    let (first, last) = (parts.first()?, parts.last()?);
    let few = (2..=MAX_JOINED_PARTS).contains(&parts.len());
    let bytes: usize = parts.iter().map(|part| part.word.len()).sum();
    (few && bytes <= MAX_WORD_BYTES).then(|| Token {
        word: parts.iter().map(|part| part.word.as_str()).collect(),
        span: Span::new(first.span.start, last.span.end),
        position: first.position,
        joined: true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expect: &[&str]) {
        let words: Vec<String> = tokens(text).into_iter().map(|token| token.word).collect();
        assert_eq!(words, expect, "{text}");
    }

    #[test]
    fn words_of_a_diary() {
        check("hotplug CPU", &["hotplug", "cpu"]);
        check("smp_processor_id()", &["smpprocessorid", "smp", "processor", "id"]);
        check("net/core/flow.c 2.6.0-test10", &["net", "core", "flow", "c", "2", "6", "0test10", "0", "test10"]);
        check("linux.conf.au", &["linux", "conf", "au"]);
        check("don't Linus's Linus’s he & Alli", &["dont", "don", "t", "linus", "linus", "he", "alli"]);
        check("Straße ÅNGSTRÖM İstanbul", &["strasse", "angstrom", "istanbul"]);
        check("-mm a--b _x_", &["mm", "a", "b", "x"]);
        check("昭和十七年 rzip圧縮", &["昭和", "和十", "十七", "七年", "rzip", "圧縮"]);
        check("雨", &["雨"]);
        check("", &[]);
        check("がぎ", &["がぎ"]);
    }

    #[test]
    fn stems_meet() {
        for (a, b) in [("modules", "module"), ("patching", "patched"), ("bugs", "bug")] {
            assert_eq!(stem(a), stem(b));
        }
        assert_eq!(stem("日本"), "日本");
        assert_eq!(stem("2003"), "2003");
    }

    proptest! {
        #[test]
        fn spans_stand_in_the_text_and_positions_rise(text in "\\PC{0,80}") {
            let mut last = 0;
            for token in tokens(&text) {
                prop_assert!(text.get(token.span.start..token.span.end).is_some());
                prop_assert!(token.position >= last || token.joined);
                prop_assert!(!token.word.is_empty());
                last = token.position;
            }
        }

        #[test]
        fn composed_and_decomposed_text_is_the_same(text in "[a-zA-Zéüñåçßøがプ한글 ']{0,40}") {
            let words = |text: &str| tokens(text).into_iter().map(|token| (token.word, token.position)).collect::<Vec<_>>();
            let nfc: String = text.nfc().collect();
            let nfd: String = text.nfd().collect();
            prop_assert_eq!(words(&nfc), words(&nfd));
        }

        #[test]
        fn folding_twice_is_folding_once(word in "[\\p{L}\\p{N}]{0,20}") {
            prop_assert_eq!(fold(&fold(&word)), fold(&word));
        }
    }
}
