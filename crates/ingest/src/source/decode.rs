//! From bytes to text: byte order mark, then the document's own label, then detection, then windows-1252.

mod before_the_web;

use crate::language::language;
use crate::problem::{Problem, ProblemKind};
use encoding_rs::{
    Encoding, ISO_2022_JP, ISO_8859_2, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1252, WINDOWS_1254,
    WINDOWS_1257, WINDOWS_1258,
};
use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A label is looked for in this many bytes.
const LABEL_REACH: usize = 2048;

/// Text, and what had to be done to get it.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) encoding: &'static str,
    pub(crate) problems: Vec<Problem>,
}

/// Decodes a whole source. `label` is an encoding named outside the bytes (a header), if there is one.
pub(crate) fn decode(bytes: &[u8], label: Option<&str>, path: &str) -> Decoded {
    let mut problems = Vec::new();
    let (encoding, body) = choose(bytes, label, path, &mut problems);
    let (text, had_errors) = encoding.decode_without_bom_handling(body);
    let older = before_the_web::read(body, encoding);
    let (mut text, name) = older.unwrap_or_else(|| (text.into_owned(), encoding.name()));
    if had_errors && let Some(mixed) = mixed_lines(encoding, body) {
        text = mixed;
        let message = "Lines in UTF-8 and in windows-1252 stand side by side; each was read as its own.";
        problems.push(Problem::of_source(ProblemKind::WrongEncoding, path, message));
    }
    let replaced = text.matches('\u{FFFD}').count();
    if replaced > 0 {
        let message = format!("{replaced} characters could not be read as {} and were replaced.", encoding.name());
        problems.push(Problem::of_source(ProblemKind::ReplacedCharacters, path, message));
    }
    let (text, stripped) = clean(text);
    if stripped > 0 {
        let message = format!("{stripped} control characters were taken out.");
        problems.push(Problem::of_source(ProblemKind::ControlCharacters, path, message));
    }
    Decoded { text, encoding: name, problems }
}

fn choose<'a>(
    bytes: &'a [u8],
    label: Option<&str>,
    path: &str,
    problems: &mut Vec<Problem>,
) -> (&'static Encoding, &'a [u8]) {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return (encoding, &bytes[length..]);
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return (encoding, bytes);
    }
    let labelled = label.and_then(|label| Encoding::for_label(label.trim().as_bytes())).or_else(|| inner_label(bytes));
    // Valid UTF-8 with letters beyond ASCII is never anything else by chance.
    if std::str::from_utf8(bytes).is_ok() {
        let wrong = labelled.filter(|l| *l != UTF_8 && !bytes.is_ascii() && *l != ISO_2022_JP);
        if let Some(label) = wrong {
            let message = format!("It is labelled {} but is UTF-8.", label.name());
            problems.push(Problem::of_source(ProblemKind::WrongEncoding, path, message));
        }
        if !(bytes.is_ascii() && bytes.contains(&0x1B)) {
            return (UTF_8, bytes);
        }
    }
    if let Some(label) = labelled.filter(|label| *label != UTF_8 && !label.decode_without_bom_handling(bytes).1) {
        return (label, bytes);
    }
    let detected = detect(bytes);
    if let Some(label) = labelled.filter(|label| *label != detected) {
        // A text in UTF-8 with a few bad bytes is still UTF-8, as its label says.
        if label == UTF_8 && mostly_utf8(bytes) {
            return (UTF_8, bytes);
        }
        let message = format!("It is labelled {} but reads as {}.", label.name(), detected.name());
        problems.push(Problem::of_source(ProblemKind::WrongEncoding, path, message));
    }
    (detected, bytes)
}

/// UTF-16 without a mark: every other byte of plain text is zero.
pub(crate) fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(1024)];
    if head.len() < 8 {
        return None;
    }
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    match () {
        () if odd * 10 > half * 7 && even * 10 < half => Some(UTF_16LE),
        () if even * 10 > half * 7 && odd * 10 < half => Some(UTF_16BE),
        () => None,
    }
}

/// `charset=…` of a meta tag, `encoding="…"` of an XML declaration, `coding: …` of an editor line.
fn inner_label(bytes: &[u8]) -> Option<&'static Encoding> {
    let head: String = bytes[..bytes.len().min(LABEL_REACH)].iter().map(|b| b.to_ascii_lowercase() as char).collect();
    let xml = head.trim_start().starts_with("<?xml");
    let keys: &[&str] = if xml { &["encoding", "charset"] } else { &["charset", "-*- coding:", "encoding="] };
    let markup = head.contains('<');
    keys.iter().filter(|key| markup || key.starts_with('-')).find_map(|key| {
        let after = &head[head.find(key)? + key.len()..];
        let label = after.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '=' | '"' | '\'' | ':'));
        let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.')))?;
        Encoding::for_label(&label.as_bytes()[..end])
    })
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    if mostly_utf8(bytes) {
        return UTF_8;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(&bytes[..bytes.len().min(1 << 20)], true);
    let guess = detector.guess(None, chardetng::Utf8Detection::Deny);
    let better = |guess: &'static Encoding| reads_better(bytes, guess.decode_without_bom_handling(bytes).0.chars());
    if guess != WINDOWS_1252 && is_western(guess, bytes) && !better(guess) {
        return WINDOWS_1252;
    }
    if guess.decode_without_bom_handling(bytes).1 && guess != WINDOWS_1252 {
        // A legacy guess that meets impossible bytes is still better than nothing when they are few.
        let wrong = guess.decode_without_bom_handling(bytes).0.matches('\u{FFFD}').count();
        if wrong * 100 > bytes.len() {
            return WINDOWS_1252;
        }
    }
    guess
}

/// Whether a text that is guessed to be in a sister of windows-1252 is in a language of Western Europe: of a few letters
/// beyond ASCII the guess makes "irmăo".
fn is_western(guess: &'static Encoding, bytes: &[u8]) -> bool {
    let sister = [WINDOWS_1250, ISO_8859_2, WINDOWS_1254, WINDOWS_1257, WINDOWS_1258].contains(&guess);
    let western = ["da", "de", "en", "es", "fi", "fr", "it", "nb", "nl", "pt", "sv"];
    let spoken = || language(&WINDOWS_1252.decode_without_bom_handling(bytes).0);
    sister && spoken().is_some_and(|code| western.contains(&code.as_str()))
}

/// Whether a reading of single bytes puts small letters behind letters where windows-1252 does not. The signs that word
/// processors set for apostrophes and dashes stand there too, and prove nothing.
fn reads_better(bytes: &[u8], reading: impl Iterator<Item = char>) -> bool {
    let usual = WINDOWS_1252.decode_without_bom_handling(bytes).0;
    let (mut better, mut worse) = (0usize, 0usize);
    let mut before = ' ';
    for (new, old) in reading.zip(usual.chars()) {
        let sign = matches!(old, '‘' | '’' | '“' | '”' | '–' | '—' | '…');
        if !old.is_ascii() && !sign && before.is_ascii_lowercase() {
            better += usize::from(new.is_lowercase() && !old.is_lowercase());
            worse += usize::from(old.is_lowercase() && !new.is_lowercase());
        }
        before = old;
    }
    better > 2 * worse && better >= 2
}

/// Whether most letters beyond ASCII are whole UTF-8 sequences, which hardly ever happens in another encoding.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 0 && good >= bad
}

/// Reads a text line by line where most lines are UTF-8 and some are windows-1252, or the other way round.
fn mixed_lines(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    if encoding != UTF_8 && encoding != WINDOWS_1252 {
        return None;
    }
    let mut text = String::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        match std::str::from_utf8(line) {
            Ok(line) => text.push_str(line),
            Err(_) => text.push_str(&WINDOWS_1252.decode_without_bom_handling(line).0),
        }
    }
    Some(text)
}

/// Line ends made `\n`, NFC, and control characters, direction overrides and invisible joiners taken out; how many
/// control characters there were.
fn clean(text: String) -> (String, usize) {
    let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text };
    if text.chars().all(usual) {
        return (text, 0);
    }
    let mut stripped = 0;
    let mut cleaned = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        if line.chars().all(usual) {
            cleaned.push_str(line);
            continue;
        }
        stripped += line.chars().filter(|c| unwanted(*c) && c.is_control() && *c != '\u{C}').count();
        let wanted: String = line.split(unwanted).collect();
        cleaned.push_str(&composed(&wanted));
    }
    (cleaned, stripped)
}

/// Letters of the west and the usual marks: nothing that is to be taken out, nor to be composed.
fn usual(c: char) -> bool {
    matches!(c, ' '..='~' | '\n' | '\t' | '\u{A0}'..='\u{AC}' | '\u{AE}'..='\u{2FF}' | '\u{2010}'..='\u{2027}')
}

/// A text in NFC, which nearly every text is already.
pub(crate) fn composed(text: &str) -> Cow<'_, str> {
    // Nothing below the first combining accent is ever composed.
    let is_composed = || is_nfc_quick(text.chars().filter(|c| *c >= '\u{300}')) == IsNormalized::Yes;
    if text.is_ascii() || is_composed() { text.into() } else { text.nfc().collect::<String>().into() }
}

/// A text that another library decoded, made like those decoded here.
pub(crate) fn cleaned(text: &str) -> String {
    clean(text.to_owned()).0
}

/// Characters that no reader sees and no terminal should.
pub(crate) fn unwanted(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control() && c != '\n' && c != '\t';
    }
    c.is_control()
        || matches!(c, '\u{00AD}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], text: &str, encoding: &str, problems: usize) {
        let decoded = decode(bytes, None, "x");
        assert_eq!((decoded.text.as_str(), decoded.encoding), (text, encoding));
        assert_eq!(decoded.problems.len(), problems, "{:?}", decoded.problems);
    }

    #[test]
    fn a_few_portuguese_letters_make_no_windows_1250() {
        let text = "De manhã encontrei por fim a carta do meu irmão. Depois do almoço falámos muito sobre o preço do \
            vinho. Ao anoitecer chegou o correio com o barco novo, e não voltei a casa senão tarde.";
        let bytes = WINDOWS_1252.encode(text).0;
        let decoded = decode(&bytes, None, "x");
        assert_eq!((decoded.encoding, &*decoded.text), ("windows-1252", text));
    }

    #[test]
    fn an_english_title_makes_no_english_of_a_polish_page() {
        let text = "---\ntitle: Letters, and what they said\ndate: środa 17 grudnia 2003\n---\nCzytałem do dziesiątej i źle spałem.";
        let bytes = WINDOWS_1250.encode(text).0;
        let decoded = decode(&bytes, None, "x");
        assert_eq!((decoded.encoding, &*decoded.text), ("windows-1250", text));
    }

    #[test]
    fn apostrophes_of_windows_1252_make_no_mac_roman() {
        let decoded = decode(b"It\x92s Ann\x92s day, as I said\x97and well\x85 it wasn\x92t.", None, "x");
        assert_eq!(
            (decoded.encoding, &*decoded.text),
            ("windows-1252", "It’s Ann’s day, as I said—and well… it wasn’t.")
        );
    }

    #[test]
    fn marks_labels_and_guesses() {
        check(b"\xEF\xBB\xBFcaf\xC3\xA9", "café", "UTF-8", 0);
        check(b"\xFF\xFEh\0i\0", "hi", "UTF-16LE", 0);
        check("cafe\u{301}\r\nthé".as_bytes(), "café\nthé", "UTF-8", 0);
        check(b"<meta charset=iso-8859-1><p>\x93caf\xE9\x94", "<meta charset=iso-8859-1><p>“café”", "windows-1252", 0);
        check(b"<meta charset=latin1>caf\xC3\xA9", "<meta charset=latin1>café", "UTF-8", 1);
        check(b"one\x07 two", "one two", "UTF-8", 1);
        check(b"", "", "UTF-8", 0);
    }

    #[test]
    fn encodings_from_before_the_web() {
        check(b"3 mai\nL\xD5\x8Et\x8E d\x8Ej\x88 l\x88.", "3 mai\nL’été déjà là.", "macintosh", 0);
        check(b"3 de mayo\nma\xA4ana y caf\x82 all\xA1.", "3 de mayo\nmañana y café allí.", "IBM850", 0);
    }

    #[test]
    fn lines_of_two_encodings() {
        let text = "Jeudi 5 septembre\n".repeat(3) + "été é è à ç\n";
        let mut bytes = text.clone().into_bytes();
        bytes.extend(b"A la chasse avec mon fr\xE8re.\n");
        let decoded = decode(&bytes, None, "x");
        assert!(decoded.text.ends_with("mon frère.\n"), "{}", decoded.text);
    }
}
