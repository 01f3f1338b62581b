//! The words, numbers and marks that a date is read from.

use super::names::plain;
use diary::figure;

#[derive(Clone, Debug)]
pub(super) enum Kind {
    Word(String),
    Number { value: u32, figures: usize, ordinal: bool, odd: bool },
    Mark(char),
}

#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) space_before: bool,
    /// A figure stood for a letter: `0CTOBER`.
    pub(super) mended: bool,
}

impl Token {
    pub(super) fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    pub(super) fn number(&self) -> Option<u32> {
        match self.kind {
            Kind::Number { value, .. } => Some(value),
            _ => None,
        }
    }

    pub(super) fn is_mark(&self, marks: &[char]) -> bool {
        matches!(self.kind, Kind::Mark(mark) if marks.contains(&mark))
    }
}

/// The words, numbers and marks of a line.
pub(super) fn tokens(line: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut space_before = true;
    let mut start = 0;
    while let Some(c) = line[start..].chars().next() {
        if c.is_whitespace() || matches!(c, '\u{2060}' | '\u{FEFF}' | '\u{200B}') {
            space_before |= c.is_whitespace();
            start += c.len_utf8();
            continue;
        }
        let Read { kind, length, mended } = match () {
            () if let Some(read) =
                misread(&line[start..]).filter(|_| !line[..start].ends_with(char::is_alphanumeric)) =>
            {
                read
            }
            () if figure(c).is_some() => number(&line[start..]),
            () if c.is_alphabetic() => word(&line[start..]),
            () => Read { kind: Kind::Mark(c), length: c.len_utf8(), mended: false },
        };
        tokens.push(Token { kind, start, end: start + length, space_before, mended });
        start += length;
        space_before = false;
    }
    tokens
}

/// What a text begins with, and how many bytes that takes.
struct Read {
    kind: Kind,
    length: usize,
    mended: bool,
}

/// An ordinal of which scanning has made a letter of one figure: `2Oth`, `l3th`, `2lst`.
fn misread(text: &str) -> Option<Read> {
    let length = text.bytes().take(5).take_while(u8::is_ascii_alphanumeric).count();
    let word = &text[..length];
    let figures =
        ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending)).filter(|f| f.len() == 2)?;
    let slips = figures.bytes().filter(|b| matches!(b, b'O' | b'o' | b'l' | b'I')).count();
    // "llth" is the eleventh, "loth" a word.
    let misread = slips == 1 || figures.bytes().all(|b| matches!(b, b'l' | b'I'));
    let value = figures.replace(['O', 'o'], "0").replace(['l', 'I'], "1").parse().ok().filter(|_| misread)?;
    Some(Read { kind: Kind::Number { value, figures: 2, ordinal: true, odd: false }, length, mended: true })
}

/// A number with what makes it an ordinal, or the word that its figures are part of.
fn number(text: &str) -> Read {
    let (mut value, mut figures, mut length, mut mended) = (0u32, 0, 0, false);
    for (at, c) in text.char_indices() {
        let Some(next) = figure(c) else { break };
        value = value.saturating_mul(10).saturating_add(next);
        figures += 1;
        length = at + c.len_utf8();
    }
    // "2[5?]": a figure that an editor supplied.
    if let Some((next, more)) = supplied(&text[length..]).filter(|_| figures == 1) {
        value = value * 10 + next;
        figures += 1;
        length += more;
        mended = true;
    }
    let rest = &text[length..];
    let letters = rest.chars().take_while(|c| c.is_alphabetic() || matches!(c, 'º' | 'ª' | '°'));
    let (letters, bytes) = letters.fold((0, 0), |(count, bytes), c| (count + 1, bytes + c.len_utf8()));
    let tail = plain(&rest[..bytes]);
    let with_tail = |kind, mended| Read { kind, length: length + bytes, mended };
    if figures == 1 && matches!((value, tail.as_str()), (7..=9, "br" | "ber" | "bre" | "bris")) {
        // "7br" is September.
        return with_tail(Kind::Word(format!("{value}ber")), mended);
    }
    if letters > 3 && figures == 1 && !matches!(tail.as_str(), "sten" | "stes" | "ster") {
        let letter = if value == 0 { 'o' } else { 'l' };
        return with_tail(Kind::Word(format!("{letter}{tail}")), true);
    }
    let ordinal = ORDINALS.contains(&tail.as_str());
    let odd = !ordinal && letters <= 2 && ODD_ORDINALS.contains(&tail.as_str());
    let kind = Kind::Number { value, figures, ordinal, odd };
    if ordinal || odd { with_tail(kind, mended) } else { Read { kind, length, mended } }
}

/// What makes a number an ordinal.
const ORDINALS: &[&str] = &[
    "st", "nd", "rd", "th", "d", "er", "re", "e", "eme", "en", "º", "ª", "°", "o", "ten", "ste", "te", "die", "sten",
    "de", "a", "fed", "af", "il", "ail", "ydd", "ed", "ain", "eg", "den",
];

/// The same, misprinted.
const ODD_ORDINALS: &[&str] = &["h", "t", "n", "s", "r", "ht", "dn", "dr", "ts", "tg"];

/// A word in plain small letters; a zero between letters is one of them, and a mark that only says how they join is none.
fn word(text: &str) -> Read {
    let (mut word, mut length, mut mended) = (String::new(), 0, false);
    for (at, c) in text.char_indices() {
        let inside = c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c);
        let zero = c == '0' && text[at + 1..].starts_with(char::is_alphabetic);
        let joiner = matches!(c, '\u{200C}' | '\u{200D}');
        if !inside && !zero && !joiner {
            break;
        }
        mended |= zero;
        if !joiner {
            word.push(if zero { 'o' } else { c });
        }
        length = at + c.len_utf8();
    }
    if word.is_ascii() {
        word.make_ascii_lowercase();
    } else {
        word = plain(&word);
    }
    Read { kind: Kind::Word(word), length, mended }
}

/// The figure in `[5?]` or `[5]`, and the length of the whole.
fn supplied(text: &str) -> Option<(u32, usize)> {
    let inside = text.strip_prefix('[')?;
    let value = inside.chars().next().and_then(figure)?;
    let rest = &inside[inside.chars().next().map_or(0, char::len_utf8)..];
    let rest = rest.strip_prefix('?').unwrap_or(rest).strip_prefix(']')?;
    Some((value, text.len() - rest.len()))
}
