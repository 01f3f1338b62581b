//! Where sentences end, by Unicode's rules (UAX #29).

use unicode_segmentation::UnicodeSegmentation;

/// The sentences of `text` with where each begins; together they are the text. Linear.
///
/// The rules need a table for every character. Most full stops of most texts need none: what stands around them tells.
/// Only between those that do, where one does not, are the tables asked.
pub(super) fn sentences(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let (mut start, mut at) = (0, 0);
    let mut is_plain = true;
    loop {
        at += text.as_bytes()[at..].iter().take_while(|byte| GOES_ON[usize::from(**byte)]).count();
        let Some(c) = text[at..].chars().next() else { break };
        let end = match c {
            '\n' => Ending::Sure(at + 1),
            '.' | '?' | '!' => Ending::behind(text, at, c),
            _ if is_inner(c) => Ending::None,
            _ => Ending::Unsure,
        };
        match end {
            Ending::None => {}
            Ending::Unsure => is_plain = false,
            Ending::Sure(end) => {
                push(&mut found, text, start..end, is_plain);
                (start, is_plain) = (end, true);
            }
        }
        at += c.len_utf8();
    }
    push(&mut found, text, start..text.len(), is_plain);
    found
}

fn push<'t>(found: &mut Vec<(usize, &'t str)>, text: &'t str, piece: std::ops::Range<usize>, is_plain: bool) {
    let start = piece.start;
    match &text[piece] {
        "" => {}
        one if is_plain => found.push((start, one)),
        more => found.extend(more.split_sentence_bound_indices().map(|(at, sentence)| (start + at, sentence))),
    }
}

/// What a character says about the end of its sentence.
enum Ending {
    /// It goes on.
    None,
    /// It ends here, whatever else stands in it.
    Sure(usize),
    /// The tables know.
    Unsure,
}

impl Ending {
    /// What a full stop, question or exclamation mark says with what stands behind it.
    fn behind(text: &str, at: usize, mark: char) -> Self {
        let is_closing = |c: char| matches!(c, ')' | ']' | '}' | '"' | '\'' | '\u{2018}'..='\u{201f}');
        let rest = &text[at + 1..];
        let behind = rest.trim_start_matches(is_closing);
        let next = behind.trim_start_matches(' ');
        let is_apart = next.len() < behind.len();
        match next.chars().next() {
            None | Some('\n') => Self::None,
            Some('.' | '?' | '!') if next.len() == rest.len() => Self::None,
            Some('0'..='9') if mark == '.' && next.len() == rest.len() => Self::None,
            Some('a'..='z') if mark == '.' => Self::None,
            Some('A'..='Z') if is_apart => Self::Sure(text.len() - next.len()),
            Some('a'..='z' | '0'..='9') if is_apart && mark != '.' => Self::Sure(text.len() - next.len()),
            _ => Self::Unsure,
        }
    }
}

/// By byte: whether it is a whole character that no sentence ends at. Most are passed over by this alone.
static GOES_ON: [bool; 256] = {
    let mut goes_on = [false; 256];
    let mut byte = b' ';
    while byte <= b'~' {
        goes_on[byte as usize] = !matches!(byte, b'.' | b'?' | b'!');
        byte += 1;
    }
    goes_on
};

/// Whether no sentence ends at a character whatever stands around it: letters of Europe, and most signs between words.
fn is_inner(c: char) -> bool {
    matches!(c, '\t' | ' '..='~' | '\u{a0}'..='\u{24f}' | '\u{2010}'..='\u{2023}' | '\u{2025}'..='\u{2027}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn most_sentences_need_no_tables() {
        let text = "Up. To Mr. Pierce at 3.30 p.m. and then? \"No!\" said he. 1 shilling.\nHome (late). So to bed";
        let pieces: Vec<&str> = sentences(text).into_iter().map(|(_, piece)| piece).collect();
        assert_eq!(pieces, text.split_sentence_bounds().collect::<Vec<_>>());
        assert_eq!(pieces[..3], ["Up. ", "To Mr. ", "Pierce at 3.30 p.m. and then? "]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn they_are_those_of_the_tables(text in "([.?!]|[ ()\"'“”’«»]|[aBé1]|[,;:—…\n\r\t]|[。\u{300}\u{ad}\u{85}\u{2028}かΩ]|\\PC){0,24}") {
            let expected: Vec<(usize, &str)> = text.split_sentence_bound_indices().collect();
            prop_assert_eq!(sentences(&text), expected);
        }

        #[test]
        fn they_are_those_of_the_tables_in_plain_text(text in "([.?!]{1,2}|[ )\"'”]|[aB1é,]){0,30}") {
            let expected: Vec<(usize, &str)> = text.split_sentence_bound_indices().collect();
            prop_assert_eq!(sentences(&text), expected);
        }
    }
}
