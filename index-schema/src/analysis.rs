//! From text to words: the one analysis of entries and of queries.
//!
//! A word is a run of letters and digits, folded: lower case, compatibility forms and Latin, Greek and Cyrillic accents
//! taken away. Words that a hyphen, underscore or apostrophe joins are kept in parts *and* joined (`kmalloc_percpu` is
//! `kmalloc`, `percpu` and, at the place of the first, `kmallocpercpu`), so that `spam filter`, `spam-filter` and
//! `spamfilter` can meet. A possessive `'s` is dropped. Chinese, Japanese and Korean runs become overlapping pairs of
//! characters, after the idea of Lucene's `CJKAnalyzer`, so that any substring of two or more is found.

use crate::spelling;
use diary::Span;
use frostem::{Algorithm, Stemmer};
use rustc_hash::FxHasher;
use std::cell::RefCell;
use std::hash::Hasher;
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
    let mut words = Words::new(text);
    while let Some(token) = words.advance() {
        tokens.push(token.clone());
    }
    tokens
}

/// Reads a text word by word: the tokens of [`tokens`] one after the other, in buffers that are used again.
#[derive(Debug)]
pub struct Words<'t> {
    text: &'t str,
    /// Where the next compound is looked for.
    at: usize,
    /// The place of the next word.
    position: usize,
    /// The parts of the compound at hand.
    parts: Vec<Part>,
    /// The words of the compound at hand are the first `ready` of these; `given` of them are given out.
    found: Vec<Token>,
    ready: usize,
    given: usize,
}

impl<'t> Words<'t> {
    /// A reader at the beginning of `text`.
    pub fn new(text: &'t str) -> Self {
        Self { text, at: 0, position: 0, parts: Vec::new(), found: Vec::new(), ready: 0, given: 0 }
    }

    /// The next word where it is plain, as most are: its place in the text, which has its letters but for capitals, and its
    /// place among the words. Every other is left to [`Words::advance`].
    pub fn plain(&mut self) -> Option<(Span, usize)> {
        let span = if self.given == self.ready { self.plain_word()? } else { return None };
        self.position += 1;
        Some((span, self.position - 1))
    }

    /// The next word, until there are no more.
    pub fn advance(&mut self) -> Option<&Token> {
        while self.given == self.ready {
            (self.ready, self.given) = (0, 0);
            if let Some(span) = self.plain_word() {
                self.push_plain(span);
            } else if self.read_compound() {
                self.fold_compound();
            } else {
                return None;
            }
        }
        self.given += 1;
        self.found.get(self.given - 1)
    }

    /// The next compound where it is one word of ASCII, as most are. It is read in one go.
    fn plain_word(&mut self) -> Option<Span> {
        let rest = &self.text.as_bytes()[self.at..];
        let before = rest.iter().position(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())?;
        let length = rest[before..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let goes_on = |byte: &u8| !byte.is_ascii() || is_joiner(char::from(*byte));
        if length == 0 || rest.get(before + length).is_some_and(goes_on) {
            return None;
        }
        let start = self.at + before;
        self.at = start + length;
        Some(Span::new(start, self.at))
    }

    /// Finds the parts of the next compound: runs of word characters that single joining characters hold together.
    fn read_compound(&mut self) -> bool {
        self.parts.clear();
        let mut next = self.at;
        while let Some((c, after)) = char_at(self.text, next) {
            if is_word_char(c) {
                let part = run(self.text, next);
                self.at = part.span.end;
                if !self.parts.is_empty() && is_possessive(self.text, part.span) {
                    // The owner stays the end of its compound, so that nothing joins on to the dropped `s`.
                    return true;
                }
                self.parts.push(part);
                next = match char_at(self.text, self.at) {
                    Some((joiner, after)) if is_joiner(joiner) => after,
                    _ => return true,
                };
            } else if self.parts.is_empty() {
                next = after;
            } else {
                // What looked like a joiner stands before no word.
                return true;
            }
        }
        !self.parts.is_empty()
    }

    fn fold_compound(&mut self) {
        for at in 0..self.parts.len() {
            let Part { span, script, plain } = self.parts[at];
            match script {
                Script::Spaced if plain => self.push_plain(span),
                Script::Spaced => self.push(span),
                Script::Unspaced => self.push_pairs(span),
            }
        }
        let spaced = self.parts.iter().all(|part| part.script == Script::Spaced);
        if self.parts.len() > 1 && spaced {
            self.join();
        }
    }

    /// An empty word for the next place.
    fn slot(&mut self) -> &mut Token {
        if self.ready == self.found.len() {
            self.found.push(Token { word: String::new(), span: Span::default(), position: 0, joined: false });
        }
        self.ready += 1;
        let token = &mut self.found[self.ready - 1];
        token.word.clear();
        token
    }

    /// One word that only needs its capitals made small.
    fn push_plain(&mut self, span: Span) {
        let (text, position) = (self.text, self.position);
        let token = self.slot();
        token.word.push_str(&span.of(text)[..span.len().min(MAX_WORD_BYTES)]);
        token.word.make_ascii_lowercase();
        (token.span, token.position, token.joined) = (span, position, false);
        self.position += 1;
    }

    /// One word; nothing where folding leaves nothing of it.
    fn push(&mut self, span: Span) {
        let (text, position) = (self.text, self.position);
        let token = self.slot();
        fold_into(span.of(text), &mut token.word);
        if token.word.is_empty() {
            self.ready -= 1;
            return;
        }
        (token.span, token.position, token.joined) = (span, position, false);
        self.position += 1;
    }

    /// Overlapping pairs of the characters of `run`; a run of one character is itself.
    fn push_pairs(&mut self, run: Span) {
        let places: Vec<usize> = run
            .of(self.text)
            .char_indices()
            .filter(|(_, c)| !continues_character(*c))
            .map(|(at, _)| run.start + at)
            .chain([run.end])
            .collect();
        let width = if places.len() > 2 { 2 } else { 1 };
        for window in places.windows(width + 1) {
            self.push(Span::new(window[0], window[width]));
        }
    }

    /// The parts of the compound as one word in front of them, where there are a few.
    fn join(&mut self) {
        let parts = &self.found[..self.ready];
        let bytes: usize = parts.iter().map(|part| part.word.len()).sum();
        if !(2..=MAX_JOINED_PARTS).contains(&parts.len()) || bytes > MAX_WORD_BYTES {
            return;
        }
        let (first, last) = (&parts[0], &parts[parts.len() - 1]);
        let (span, position) = (Span::new(first.span.start, last.span.end), first.position);
        self.slot();
        let (parts, slot) = self.found[..self.ready].split_at_mut(self.ready - 1);
        let joined = &mut slot[0];
        parts.iter().for_each(|part| joined.word.push_str(&part.word));
        (joined.span, joined.position, joined.joined) = (span, position, true);
        self.found[..self.ready].rotate_right(1);
    }
}

/// The character at a place, which must be the beginning of one, and the place after it. Quick where most are ASCII.
fn char_at(text: &str, at: usize) -> Option<(char, usize)> {
    let byte = *text.as_bytes().get(at)?;
    if byte.is_ascii() {
        return Some((char::from(byte), at + 1));
    }
    let c = text[at..].chars().next()?;
    Some((c, at + c.len_utf8()))
}

/// The run of word characters of one script that begins here.
fn run(text: &str, start: usize) -> Part {
    let bytes = &text.as_bytes()[start..];
    let plain = bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let mut end = start + plain;
    if plain > 0 && bytes.get(plain).is_none_or(u8::is_ascii) {
        return Part { span: Span::new(start, end), script: Script::Spaced, plain: true };
    }
    let mut script = Script::Spaced;
    while let Some((c, after)) = char_at(text, end) {
        if end == start {
            script = script_of(c);
        } else if !is_word_char(c) || script_of(c) != script && !is_combining_mark(c) {
            break;
        }
        end = after;
    }
    Part { span: Span::new(start, end), script, plain: false }
}

/// The stem of a folded word: what `modules` and `module` share, and `musick` and `music`. English; other words come back
/// unchanged.
pub fn stem(word: &str) -> String {
    with_stem(word, str::to_owned)
}

/// Does something with [`stem`] without copying it.
pub fn with_stem<T>(word: &str, work: impl FnOnce(&str) -> T) -> T {
    thread_local! {
        static MEMO: RefCell<Memo> = RefCell::new(Memo::new());
    }
    if word.len() < 3 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return work(word);
    }
    MEMO.with_borrow_mut(|memo| work(memo.stem(word)))
}

/// A stemmer with the words met of late. Words are Zipfian, which makes stemming nearly free.
struct Memo {
    stemmer: Stemmer,
    /// Each word has one place, by its hash: a word of the same place takes it over, so that no text can make it slow.
    /// As many as a power of two.
    places: Vec<(String, String)>,
    /// Words that were not found in their place since there are so many places.
    missed: usize,
}

impl Memo {
    /// Enough for a query, which is to have its answer before more could be laid out.
    const FIRST: usize = 1 << 8;
    const MOST: usize = 1 << 14;

    fn new() -> Self {
        Self { stemmer: Stemmer::new(Algorithm::English), places: vec![Default::default(); Self::FIRST], missed: 0 }
    }

    fn stem(&mut self, word: &str) -> &str {
        if self.missed > self.places.len() && self.places.len() < Self::MOST {
            // What was known is soon met again.
            self.places = vec![Default::default(); self.places.len() * 4];
            self.missed = 0;
        }
        let mut hasher = FxHasher::default();
        hasher.write(word.as_bytes());
        let place = hasher.finish() as usize % self.places.len();
        let (known, stem) = &mut self.places[place];
        if known != word {
            self.missed += 1;
            known.clear();
            known.push_str(word);
            stem.clear();
            stem.push_str(&self.stemmer.stem(&spelling::before_stemming(word)));
            spelling::after_stemming(stem);
        }
        stem
    }
}

/// One word folded: what letter case, accents and compatibility forms do not change.
pub fn fold(word: &str) -> String {
    let mut folded = String::new();
    fold_into(word, &mut folded);
    folded
}

/// [`fold`] into an empty buffer.
fn fold_into(word: &str, folded: &mut String) {
    if word.is_ascii() {
        folded.push_str(word);
        folded.make_ascii_lowercase();
        if !folded.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            folded.retain(|c| c.is_ascii_alphanumeric());
        }
    } else if word.chars().all(is_folded) {
        folded.push_str(word);
    } else {
        for c in word.nfkd().filter(|c| !is_accent(*c)).flat_map(char::to_lowercase) {
            match plain_letter(c) {
                Some(letters) => folded.push_str(letters),
                None => folded.push(c),
            }
        }
        folded.retain(|c| (c.is_alphanumeric() || is_combining_mark(c)) && !is_accent(c));
        if !folded.is_ascii() {
            // Composed again, since a syllable of Hangul or a voiced kana is one character to those who count them.
            *folded = folded.nfc().collect();
        }
    }
    if folded.len() > MAX_WORD_BYTES {
        folded.truncate(folded.floor_char_boundary(MAX_WORD_BYTES));
    }
}

/// Whether folding leaves a character as it is, as is plain of most characters of Chinese, Japanese and Korean.
fn is_folded(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// The combining accents of Latin, Greek and Cyrillic. Marks of other scripts carry meaning and stay.
fn is_accent(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Letters that Unicode does not decompose, but that people type plain.
fn plain_letter(c: char) -> Option<&'static str> {
    Some(match c {
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
        _ => return None,
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
    /// Nothing but ASCII letters and digits.
    plain: bool,
}

fn is_word_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii() && (c.is_alphanumeric() || is_combining_mark(c))
}

fn is_joiner(c: char) -> bool {
    matches!(c, '-' | '_' | '\'' | '’' | '\u{2010}' | '\u{2011}' | '\u{ad}')
}

fn is_possessive(text: &str, part: Span) -> bool {
    let apostrophe = text[..part.start].ends_with(['\'', '’']);
    apostrophe && matches!(part.of(text), "s" | "S")
}

fn script_of(c: char) -> Script {
    if !c.is_ascii() && is_unspaced(c) { Script::Unspaced } else { Script::Spaced }
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

    #[test]
    fn what_is_called_folded_is_left_as_it_is_by_folding() {
        for c in ('\u{3000}'..='\u{e000}').filter(|c| is_folded(*c)) {
            // A letter that is none of them makes the whole word take the long way.
            assert_eq!(fold(&format!("é{c}")), format!("e{c}"));
        }
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
        fn plain_words_are_those_of_every_reader(text in "([a-zA-Z0-9]{1,4}|[ .,'_’é日\u{300}-]|\\PC){0,30}") {
            let mut reader = Words::new(&text);
            let words = std::iter::from_fn(|| {
                let plain = reader.plain().map(|(span, position)| (span.of(&text).to_ascii_lowercase(), position));
                plain.or_else(|| reader.advance().map(|token| (token.word.clone(), token.position)))
            });
            prop_assert!(words.eq(tokens(&text).into_iter().map(|token| (token.word, token.position))));
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
