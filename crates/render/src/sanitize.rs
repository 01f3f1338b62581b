//! The one place where text that others wrote is made fit to be shown: no byte of it may steer a terminal or a page.

use std::borrow::Cow;

/// The text with control characters made visible and direction-changing characters taken out; tabs and line breaks stay.
///
/// ```
/// assert_eq!(diary_render::clean("a\u{1b}[2Jb"), "a␛[2Jb");
/// assert_eq!(diary_render::clean("abc\u{202e}def"), "abcdef");
/// ```
pub fn clean(text: &str) -> Cow<'_, str> {
    let is_plain = |byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t');
    if text.bytes().all(is_plain) || !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter_map(shown).collect())
}

/// The same, on one line: every run of white space becomes one space, none at either end.
///
/// ```
/// assert_eq!(diary_render::one_line(" two\n\tlines "), "two lines");
/// ```
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for (at, word) in text.split_whitespace().enumerate() {
        if at > 0 {
            line.push(' ');
        }
        line.push_str(&clean(word));
    }
    line
}

fn is_unsafe(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t') || is_direction_control(c) || matches!(c, '\u{2028}' | '\u{2029}')
}

/// What stands for `c`; nothing where it is left out.
fn shown(c: char) -> Option<char> {
    match c {
        '\n' | '\t' => Some(c),
        // The control pictures stand in the same order as the controls themselves.
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)),
        '\u{7f}' => Some('\u{2421}'),
        '\u{80}'..='\u{9f}' => Some(char::REPLACEMENT_CHARACTER),
        '\u{2028}' | '\u{2029}' => Some('\n'),
        c if is_direction_control(c) => None,
        c => Some(c),
    }
}

/// Embeddings, overrides and isolates, which can make text read as what it is not.
fn is_direction_control(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_steers_a_terminal_is_left() {
        let all: String = ('\0'..='\u{3000}').collect();
        assert!(clean(&all).chars().all(|c| c == '\n' || c == '\t' || !(c.is_control() || is_direction_control(c))));
        assert_eq!(one_line("a\u{85}b\r\nc"), "a b c");
    }
}
