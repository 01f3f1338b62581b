//! Texts cut into words and marks, the one reading that names are looked for in.

use super::tongues::Tongue;
use compact_str::CompactString;
use diary::Entry;
use std::ops::Deref;

/// A run of letters and digits, or a single mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'t> {
    /// Its characters as written.
    pub(super) text: &'t str,
    /// Where they begin, in bytes.
    pub(super) start: usize,
    /// What stands in front of it.
    pub(super) gap: Gap,
    /// Whether it is a run of letters and digits.
    pub(super) is_word: bool,
    /// What its first character is.
    class: Class,
}

/// The text of an entry, or its title, cut into tokens.
pub(super) struct Text<'e, 'c> {
    pub(super) entry: &'e Entry,
    pub(super) in_title: bool,
    pub(super) text: &'e str,
    pub(super) cut: &'c [Token<'e>],
    pub(super) tongue: Tongue,
    /// Whether the archive speaks of programs.
    pub(super) technical: bool,
}

/// The longest word, in bytes, that can be part of a name.
pub(super) const LONGEST_WORD: usize = 60;

/// What stands between a token and the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing.
    None,
    /// White space, with at most one line break.
    Space,
    /// An empty line, or the start of the text.
    Break,
}

impl Token<'_> {
    /// The byte after the last.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it is this mark.
    pub(super) fn is(&self, mark: &str) -> bool {
        !self.is_word && self.text == mark
    }

    /// Whether it is an apostrophe of any shape.
    pub(super) fn is_apostrophe(&self) -> bool {
        matches!(self.text, "'" | "\u{2019}" | "\u{2bc}" | "\u{2018}")
    }

    /// Whether it is a hyphen of any shape; dashes are not.
    pub(super) fn is_hyphen(&self) -> bool {
        matches!(self.text, "-" | "\u{2010}" | "\u{2011}")
    }

    /// Whether its first letter is a capital.
    pub(super) fn is_capital(&self) -> bool {
        self.class == Class::Capital
    }

    /// Whether its first letter is a small one.
    pub(super) fn is_small(&self) -> bool {
        self.class == Class::Small
    }

    /// Whether it has letters and all of them are capitals.
    pub(super) fn is_upper(&self) -> bool {
        self.is_word && !self.text.chars().any(char::is_lowercase) && self.text.chars().any(char::is_uppercase)
    }
}

/// A word in small letters: itself, where it is in such, or a copy, which hardly ever is too long to be kept in place.
pub(super) enum Lowered<'w> {
    Same(&'w str),
    Copy(CompactString),
}

impl Deref for Lowered<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Same(word) => word,
            Self::Copy(word) => word,
        }
    }
}

impl PartialEq<&str> for Lowered<'_> {
    fn eq(&self, other: &&str) -> bool {
        **self == **other
    }
}

impl Default for Lowered<'_> {
    fn default() -> Self {
        Self::Same("")
    }
}

/// A word in small letters.
pub(super) fn lowered(word: &str) -> Lowered<'_> {
    if word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return Lowered::Same(word);
    }
    if !word.is_ascii() {
        return Lowered::Copy(CompactString::from_str_to_lowercase(word));
    }
    let mut lower = CompactString::new(word);
    lower.make_ascii_lowercase();
    Lowered::Copy(lower)
}

/// The tokens of `text`, in order.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    cut(text, 0, &mut tokens);
    tokens
}

/// A text that is longer, in bytes, is cut a stretch at a time: its tokens take many times the room that it takes.
const STRETCH: usize = 1 << 18;

/// Cuts the text of an entry and then its title, and shows each stretch: the text, whether it is the title, the tokens,
/// which are held in `tokens`. A text of a usual length is one stretch; others end at empty lines, where there are any.
pub(super) fn each_stretch<'e>(
    entry: &'e Entry,
    tokens: &mut Vec<Token<'e>>,
    mut see: impl FnMut(&'e str, bool, &[Token<'e>]),
) {
    for (text, in_title) in [(entry.text.as_str(), false), (entry.title.as_deref().unwrap_or_default(), true)] {
        let mut start = 0;
        while start < text.len() {
            let end = stretch_end(text, start);
            cut(&text[..end], start, tokens);
            see(text, in_title, tokens);
            start = end;
        }
    }
}

/// Where the stretch ends that begins at `start`: at an empty line, or a line, or a space, whichever there is.
pub(super) fn stretch_end(text: &str, start: usize) -> usize {
    let (least, most) = (start + STRETCH, text.floor_char_boundary(start + 2 * STRETCH));
    if most == text.len() {
        return most;
    }
    let least = text.floor_char_boundary(least);
    let rest = &text[least..most];
    ["\n\n", "\n", " "].iter().find_map(|end| rest.find(end)).map_or(most, |at| least + at)
}

/// What a character is to a text that is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Capital,
    Small,
    /// Any other letter, or a digit.
    Letter,
    Space,
    LineEnd,
    Mark,
    /// Some byte of a character that is not ASCII.
    Wide,
}

/// What each byte is.
static CLASSES: [Class; 256] = {
    let mut classes = [Class::Wide; 256];
    let mut at = 0;
    while at < 128 {
        classes[at] = match at as u8 {
            b'\n' => Class::LineEnd,
            b'\t'..=b'\r' | b' ' => Class::Space,
            b'A'..=b'Z' => Class::Capital,
            b'a'..=b'z' => Class::Small,
            b'0'..=b'9' => Class::Letter,
            _ => Class::Mark,
        };
        at += 1;
    }
    classes
};

impl Class {
    fn of(c: char) -> Self {
        match c {
            c if c.is_whitespace() => Self::Space,
            c if c.is_lowercase() => Self::Small,
            c if c.is_uppercase() => Self::Capital,
            c if c.is_alphanumeric() => Self::Letter,
            _ => Self::Mark,
        }
    }

    fn is_word(self) -> bool {
        matches!(self, Self::Capital | Self::Small | Self::Letter)
    }
}

/// Makes `tokens` those of `text` from `start` on, in order.
fn cut<'t>(text: &'t str, start: usize, tokens: &mut Vec<Token<'t>>) {
    tokens.clear();
    tokens.reserve((text.len() - start) / 5);
    let (mut at, mut end_of_last, mut lines) = (start, start, 0);
    while let Some(&byte) = text.as_bytes().get(at) {
        let (mut class, mut after) = (CLASSES[usize::from(byte)], at + 1);
        if class == Class::Wide {
            (class, after) = wide_at(text, at);
        }
        if matches!(class, Class::Space | Class::LineEnd) {
            lines += usize::from(class == Class::LineEnd);
            at = after;
            continue;
        }
        let gap = match lines {
            _ if tokens.is_empty() => Gap::Break,
            _ if end_of_last == at => Gap::None,
            0 | 1 => Gap::Space,
            _ => Gap::Break,
        };
        let end = if class.is_word() { word_end(text, after) } else { after };
        tokens.push(Token { text: &text[at..end], start: at, gap, is_word: class.is_word(), class });
        (at, end_of_last, lines) = (end, end, 0);
    }
}

/// What the character is that begins at this place, and the place after it.
fn wide_at(text: &str, at: usize) -> (Class, usize) {
    text[at..].chars().next().map_or((Class::Mark, text.len()), |c| (Class::of(c), at + c.len_utf8()))
}

/// The end of the word that goes on here. Quick where it is ASCII.
fn word_end(text: &str, mut at: usize) -> usize {
    while let Some(&byte) = text.as_bytes().get(at) {
        let (class, after) = match CLASSES[usize::from(byte)] {
            Class::Wide => wide_at(text, at),
            class => (class, at + 1),
        };
        if !class.is_word() {
            break;
        }
        at = after;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::tests::entry;
    use proptest::prelude::*;

    #[test]
    fn words_and_marks() {
        let cut: Vec<_> = tokens(" Kai's\npatch.\n\nNext").iter().map(|t| (t.text, t.gap)).collect();
        assert_eq!(
            cut,
            [
                ("Kai", Gap::Break),
                ("'", Gap::None),
                ("s", Gap::None),
                ("patch", Gap::Space),
                (".", Gap::None),
                ("Next", Gap::Break)
            ]
        );
    }

    /// A long text is cut in several stretches, which are the whole of it; each but the last ends with `end`.
    fn check_stretches(text: &str, end: &str) {
        let entry = entry((2003, 7, 1), text);
        let (mut joined, mut ends, mut stretches) = (String::new(), Vec::new(), 0);
        each_stretch(&entry, &mut Vec::new(), |whole, _, tokens| {
            assert!(tokens.len() <= 2 * STRETCH);
            joined.extend(tokens.iter().map(|token| &whole[token.start..token.end()]));
            ends.extend(tokens.last().map(|token| whole[token.end()..].to_owned()));
            stretches += 1;
        });
        assert!(stretches > 1);
        assert_eq!(joined, text.split_whitespace().collect::<String>());
        assert!(ends[..stretches - 1].iter().all(|rest| rest.starts_with(end)));
    }

    #[test]
    fn a_long_text_is_cut_in_stretches() {
        let paragraph = "Met Kai’s sister; rain. ".repeat(300).trim_end().to_owned() + "\n\n";
        check_stretches(&paragraph.repeat(200), "\n\n");
        check_stretches(&"It rained.\n".repeat(STRETCH / 2), "\n");
        check_stretches(&"Rain ".repeat(STRETCH), " ");
        check_stretches(&"ä".repeat(2 * STRETCH), "");
    }

    proptest! {
        #[test]
        fn tokens_are_the_text_without_its_white_space(text in "\\PC{0,60}|[a-zé .\n'’]{0,60}") {
            let joined: String = tokens(&text).iter().filter_map(|token| text.get(token.start..token.end())).collect();
            let stripped: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            prop_assert_eq!(joined, stripped);
        }
    }
}
