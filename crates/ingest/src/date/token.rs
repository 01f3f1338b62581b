//! The words, numbers and marks that a date is read from.

use super::names::plain;

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

/// The value of a decimal figure: ASCII, full-width, Arabic-Indic, Persian.
pub(super) fn figure(c: char) -> Option<u32> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{FF10}'..='\u{FF19}' => '\u{FF10}',
        '\u{0660}'..='\u{0669}' => '\u{0660}',
        '\u{06F0}'..='\u{06F9}' => '\u{06F0}',
        _ => return None,
    };
    Some(c as u32 - zero as u32)
}

/// The words, numbers and marks of a line.
pub(super) fn tokens(line: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut space_before = true;
    let mut chars = line.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() || matches!(c, '\u{2060}' | '\u{FEFF}' | '\u{200B}') {
            space_before |= c.is_whitespace();
            continue;
        }
        let mut end = start + c.len_utf8();
        let mut mended = false;
        let kind = if let Some(first) = figure(c) {
            let (mut value, mut figures) = (first, 1);
            while let Some((at, next)) = chars.peek().and_then(|&(at, next)| figure(next).map(|n| (at, n))) {
                value = value.saturating_mul(10).saturating_add(next);
                figures += 1;
                end = at + line[at..].chars().next().map_or(1, char::len_utf8);
                chars.next();
            }
            // "2[5?]": a figure that an editor supplied.
            if let Some((supplied, length)) = supplied(&line[end..]).filter(|_| figures == 1) {
                value = value * 10 + supplied;
                figures += 1;
                mended = true;
                let to = end + length;
                while chars.next_if(|&(at, _)| at < to).is_some() {}
                end = to;
            }
            let letters = line[end..].chars().take_while(|c| c.is_alphabetic() || matches!(c, 'º' | 'ª' | '°')).count();
            let tail: String = line[end..].chars().take(letters).collect();
            let advance = |chars: &mut std::iter::Peekable<std::str::CharIndices>| {
                (0..letters).for_each(|_| {
                    chars.next();
                });
            };
            let lower = plain(&tail);
            if figures == 1 && matches!((first, lower.as_str()), (7..=9, "br" | "ber" | "bre" | "bris")) {
                // "7br" is September.
                advance(&mut chars);
                end += tail.len();
                Kind::Word(format!("{first}ber"))
            } else if letters > 3 && figures == 1 && !matches!(lower.as_str(), "sten" | "stes" | "ster") {
                advance(&mut chars);
                let letter = if first == 0 { 'o' } else { 'l' };
                mended = true;
                let word = format!("{letter}{lower}");
                let stands = end - start;
                end = start + stands + tail.len();
                Kind::Word(word)
            } else {
                let ordinal = matches!(
                    lower.as_str(),
                    "st" | "nd"
                        | "rd"
                        | "th"
                        | "d"
                        | "er"
                        | "re"
                        | "e"
                        | "eme"
                        | "en"
                        | "º"
                        | "ª"
                        | "°"
                        | "o"
                        | "ten"
                        | "ste"
                        | "te"
                        | "die"
                        | "sten"
                        | "de"
                        | "a"
                        | "fed"
                        | "af"
                        | "il"
                        | "ydd"
                        | "ain"
                        | "eg"
                );
                let odd = !ordinal
                    && (1..=2).contains(&letters)
                    && matches!(lower.as_str(), "h" | "t" | "n" | "s" | "r" | "ht" | "dn" | "dr" | "ts" | "tg");
                if ordinal || odd {
                    advance(&mut chars);
                    end += tail.len();
                }
                Kind::Number { value, figures, ordinal, odd }
            }
        } else if c.is_alphabetic() {
            let mut word = String::from(c);
            while let Some(&(at, next)) = chars.peek() {
                let inside = next.is_alphabetic() || unicode_normalization::char::is_combining_mark(next);
                let zero = next == '0' && line[at + 1..].starts_with(char::is_alphabetic);
                if !inside && !zero {
                    break;
                }
                mended |= zero;
                word.push(if zero { 'o' } else { next });
                end = at + next.len_utf8();
                chars.next();
            }
            if word.is_ascii() {
                word.make_ascii_lowercase();
                Kind::Word(word)
            } else {
                Kind::Word(plain(&word))
            }
        } else {
            Kind::Mark(c)
        };
        tokens.push(Token { kind, start, end, space_before, mended });
        space_before = false;
    }
    tokens
}

/// The figure in `[5?]` or `[5]`, and the length of the whole.
fn supplied(text: &str) -> Option<(u32, usize)> {
    let inside = text.strip_prefix('[')?;
    let value = inside.chars().next().and_then(figure)?;
    let rest = &inside[inside.chars().next().map_or(0, char::len_utf8)..];
    let rest = rest.strip_prefix('?').unwrap_or(rest).strip_prefix(']')?;
    Some((value, text.len() - rest.len()))
}
