//! Which characters part words, and which only dress them.

/// Whether `c` parts words: spaces, control characters, and the marks that turn the direction of writing.
pub(crate) fn is_break(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Whether `c` opens or closes a phrase, typed or typeset.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂')
}

/// Whether `c` says nothing at the beginning of a word.
pub(super) fn is_lead(c: char) -> bool {
    matches!(
        c,
        '[' | ']' | '{' | '}' | '<' | '>' | '\'' | '‘' | '’' | '`' | ',' | ';' | ':' | '!' | '?' | '…' | '¿' | '¡'
    )
}

/// Whether `c` says nothing at the end of a word.
pub(super) fn is_trail(c: char) -> bool {
    is_lead(c) || c == '.'
}

/// The word without what only dresses its end.
pub(super) fn trim_end(word: &str) -> &str {
    word.trim_end_matches(is_trail)
}

/// Whether there is anything in `text` to look for: a letter, a digit, or a picture.
pub(super) fn is_searchable(text: &str) -> bool {
    text.chars().any(|c| {
        c.is_alphanumeric()
            || (c >= '\u{2190}'
                && !is_break(c)
                && !matches!(c, '\u{3000}'..='\u{303F}' | '\u{FE00}'..='\u{FE6F}' | '\u{FF00}'..='\u{FFFF}'))
    })
}

/// How many letters and digits stand in `text`; a letter of a script without spaces counts for three.
pub(super) fn weight(text: &str) -> usize {
    let weigh = |c: char| match c {
        '\u{1100}'..='\u{11FF}' | '\u{2E80}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' => 3,
        c => usize::from(c.is_alphanumeric()),
    };
    text.chars().map(weigh).sum()
}

/// The text with every run of breaks as one space and none at its ends.
pub(super) fn squeeze(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    for word in text.split(is_break).filter(|word| !word.is_empty()) {
        if !squeezed.is_empty() {
            squeezed.push(' ');
        }
        squeezed.push_str(word);
    }
    squeezed
}
