//! What may stand on a line before its date: opening marks, a few small words, the number of an entry.

use super::names;
use super::token::{Kind, Token};

const SMALL: &[&str] = &[
    "the", "on", "le", "den", "der", "am", "dydd", "date", "entry", "diary", "journal", "el", "il", "o", "em", "op",
    "du", "dated", "y", "from", "day", "dia", "for", "die", "log", "my", "created", "written", "rem", "ngay", "a",
    "addi", "adi", "li", "sidenote", "ce", "יום", "opened", "changed", "la", "remarks", "board", "work", "e", "night",
];

/// Words that number entries: `Day 3: Monday 2 January`, `Entry 12, 19 December`.
const COUNTED: &[&str] = &[
    "day", "entry", "week", "chapter", "no", "nr", "number", "letter", "part", "volume", "vol", "log", "page", "tag",
    "jour", "dia", "giorno", "dag", "diwrnod",
];

/// Where the date may begin: after opening marks, at most three small words, and the number of an entry.
pub(super) fn lead(tokens: &[Token]) -> Option<usize> {
    let mut small = 0;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match &token.kind {
            // `@1893-01-02`, `@ 2004-05-03 22:12`, though not `@home` nor `2 @ 3`.
            Kind::Mark('@') if at == 0 => {
                let year = |token: &Token| matches!(token.kind, Kind::Number { figures: 4, .. });
                tokens.get(1).filter(|token| token.number().is_some() && !token.space_before || year(token))?;
                at += 1;
            }
            // `[7]Sunday, 4th.`: the mark of a footnote.
            Kind::Mark('[') if is_note_mark(&tokens[at..]) => at += 3,
            Kind::Mark(mark) if at < 8 && !matches!(mark, '$' | '%' | '+' | '@' | '/' | '\\' | '.' | ',') => at += 1,
            // `23:15 - 3 May 2004`, `21:15 Friday 3 May`: the time of day in front.
            Kind::Number { figures: 1..=2, .. } if small == 0 && time(&tokens[at..]).is_some() => {
                at += time(&tokens[at..]).unwrap_or_default();
            }
            // `1. Tag, Montag`: the number in front.
            Kind::Number { ordinal: false, figures: 1..=3, .. } if at == 0 && counted_day(tokens) => at += 4,
            // `1.2.3. 2024-01-17 Wednesday`: the number of a section.
            Kind::Number { .. } if at == 0 && section(tokens).is_some() => at += section(tokens).unwrap_or_default(),
            // "El día 8": the day of the month.
            Kind::Word(word) if !(small > 0 && word == "dia") && counts(word, &tokens[at..]).is_some() => {
                at += counts(word, &tokens[at..]).unwrap_or_default();
                let marks = tokens[at..].iter().take_while(|token| matches!(token.kind, Kind::Mark(_))).count();
                at += marks;
                // "Day 12" is no date by itself.
                return (marks > 0 && at < tokens.len()).then_some(at);
            }
            Kind::Word(word) if small < 3 && SMALL.contains(&word.as_str()) => {
                small += 1;
                at += 1;
            }
            Kind::Mark(_) => return None,
            _ => return Some(at),
        }
    }
    None
}

/// Whether a number in brackets stands here, and a word right behind it.
fn is_note_mark(tokens: &[Token]) -> bool {
    let [_, number, closing, word, ..] = tokens else { return false };
    let count = matches!(number.kind, Kind::Number { ordinal: false, figures: 1..=3, .. });
    count && closing.is_mark(&[']']) && word.word().is_some() && !word.space_before
}

/// The length of a time of day, with the dash or comma that parts it from the date after it, if no weekday follows.
fn time(tokens: &[Token]) -> Option<usize> {
    let minutes = |at: usize| {
        tokens.get(at).is_some_and(|token| token.is_mark(&[':']) && !token.space_before)
            && matches!(tokens.get(at + 1).map(|token| &token.kind), Some(Kind::Number { figures: 2, .. }))
    };
    let mut at = 1;
    while minutes(at) {
        at += 2;
    }
    if tokens.get(at).and_then(Token::word).is_some_and(|word| matches!(word, "am" | "pm")) {
        at += 1;
    }
    let parted = tokens.get(at).is_some_and(|token| token.is_mark(&['-', '–', '—', ',', '|']));
    let weekday = || tokens.get(at).and_then(Token::word).is_some_and(|word| names::full_weekday(word).is_some());
    match parted {
        true => (at > 1).then_some(at + 1),
        false => (at > 1 && weekday()).then_some(at),
    }
}

/// The length of the number of a section in front of a date that begins with its year.
fn section(tokens: &[Token]) -> Option<usize> {
    let part = |pair: &&[Token]| {
        matches!(pair[0].kind, Kind::Number { figures: 1..=2, ordinal: false, .. }) && pair[1].is_mark(&['.'])
    };
    let length = tokens.chunks_exact(2).take_while(part).count() * 2;
    let year = matches!(tokens.get(length)?.kind, Kind::Number { figures: 4, .. });
    let dashed = tokens.get(length + 1).is_some_and(|token| token.is_mark(&['-']) && !token.space_before);
    (length > 0 && year && dashed).then_some(length)
}

/// Whether a line begins with a number, a stop, a word for a day, and a mark.
fn counted_day(tokens: &[Token]) -> bool {
    const DAYS: &[&str] = &["tag", "dag", "day", "den", "nap", "dzien", "dan"];
    tokens.get(1).is_some_and(|token| token.is_mark(&['.']))
        && tokens.get(2).and_then(Token::word).is_some_and(|word| DAYS.contains(&word))
        && tokens.get(3).is_some_and(|token| token.is_mark(&[',', ':', '-', '–', '—']))
}

/// The length of a word and the number after it where they are those of an entry, and no part of a date.
fn counts(word: &str, tokens: &[Token]) -> Option<usize> {
    let stop = if matches!(word, "no" | "nr" | "vol") { '.' } else { '#' };
    let sign = usize::from(tokens.get(1).is_some_and(|token| token.is_mark(&['#', stop])));
    let tokens = tokens.get(sign..)?;
    let number =
        matches!(tokens.get(1).map(|token| &token.kind), Some(Kind::Number { ordinal: false, figures: 1..=4, .. }));
    // "Día 1.º de noviembre"
    let raised =
        if tokens.get(3).and_then(Token::word).is_some_and(|word| word == "º" || word == "ª") { 2 } else { 0 };
    let dated = tokens
        .get(2 + raised)
        .and_then(Token::word)
        .is_some_and(|word| names::month(word).is_some() || matches!(word, "de" | "of"));
    let joined = tokens.get(2).is_some_and(|token| token.is_mark(&['-', '/', '.']) && !token.space_before);
    let figures = joined && tokens.get(3).is_some_and(|token| token.number().is_some() && !token.space_before);
    // "Día 4, martes" is a day of the month, "Día 4: martes 8 de mayo" the fourth of a journey.
    let behind = tokens.get(2..).unwrap_or_default();
    let weekday = |token: &Token| token.word().is_some_and(|word| names::weekday(word).is_some());
    let of_month =
        word == "dia" && behind.iter().take(3).any(weekday) && !behind.iter().any(|token| token.number().is_some());
    (COUNTED.contains(&word) && number && !dated && !figures && !of_month).then_some(2 + sign)
}
