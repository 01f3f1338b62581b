//! What may stand on a line before its date: opening marks, a few small words, the number of an entry.

use super::names;
use super::token::{Kind, Token};

const SMALL: &[&str] = &[
    "the", "on", "le", "den", "der", "am", "dydd", "date", "entry", "diary", "journal", "el", "il", "o", "em", "op",
    "du", "dated", "y", "from", "day", "dia",
];

/// Words that number entries: `Day 3: Monday 2 January`, `Entry 12, 19 December`.
const COUNTED: &[&str] = &[
    "day", "entry", "week", "chapter", "no", "nr", "number", "letter", "part", "volume", "vol", "log", "page", "tag",
    "jour", "dia", "giorno", "dag", "diwrnod",
];

/// Where the date may begin: after opening marks, at most two small words, and the number of an entry.
pub(super) fn lead(tokens: &[Token]) -> Option<usize> {
    let mut small = 0;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match &token.kind {
            Kind::Mark(mark) if at < 8 && !matches!(mark, '$' | '%' | '+' | '@' | '/' | '\\' | '.' | ',') => at += 1,
            Kind::Word(word) if small == 0 && counts(word, &tokens[at..]) => {
                at += 2;
                let marks = tokens[at..].iter().take_while(|token| matches!(token.kind, Kind::Mark(_))).count();
                at += marks;
                // "Day 12" is no date by itself.
                return (marks > 0 && at < tokens.len()).then_some(at);
            }
            Kind::Word(word) if small < 2 && SMALL.contains(&word.as_str()) => {
                small += 1;
                at += 1;
            }
            Kind::Mark(_) => return None,
            _ => return Some(at),
        }
    }
    None
}

/// Whether a word and the number after it are those of an entry, and no part of a date.
fn counts(word: &str, tokens: &[Token]) -> bool {
    let number =
        matches!(tokens.get(1).map(|token| &token.kind), Some(Kind::Number { ordinal: false, figures: 1..=4, .. }));
    let dated = tokens
        .get(2)
        .and_then(Token::word)
        .is_some_and(|word| names::month(word).is_some() || matches!(word, "de" | "of"));
    let joined = tokens.get(2).is_some_and(|token| token.is_mark(&['-', '/', '.']) && !token.space_before);
    let figures = joined && tokens.get(3).is_some_and(|token| token.number().is_some() && !token.space_before);
    COUNTED.contains(&word) && number && !dated && !figures
}
