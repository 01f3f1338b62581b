//! Times and parts of the day that may stand beside a date.

use super::names::plain;
use super::words;

/// The length of the words for a part of the day that a text begins with: `evening`, `midi`, `p. m.`, `sechs Uhr morgens`.
pub(crate) fn part_of_day(text: &str) -> Option<usize> {
    const HALVES: &[&str] = &["a. m.", "p. m.", "a.m.", "p.m."];
    let half = HALVES.iter().find(|half| text.get(..half.len()).is_some_and(|head| head.eq_ignore_ascii_case(half)));
    if let Some(half) = half {
        return Some(half.len());
    }
    let word = |text: &str| text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let is_part = |word: &str| words::PARTS_OF_DAY.contains(&plain(word).as_str());
    let end = word(text);
    // "sechs Uhr", "sechs Uhr morgens"
    let clock = text[end..].strip_prefix(" Uhr").filter(|rest| end > 0 && !rest.starts_with(char::is_alphabetic));
    if let Some(rest) = clock {
        let part = rest.strip_prefix(' ').map(|part| &part[..word(part)]).filter(|part| is_part(part));
        return Some(text.len() - rest.len() + part.map_or(0, |part| 1 + part.len()));
    }
    is_part(&text[..end]).then_some(end)
}

/// The length of a time of day that a text begins with: ` 11:11`, ` at 9.30 pm`, `06.45 BST`, ` à 22h10`.
pub(crate) fn time_of_day(text: &str) -> Option<usize> {
    let mut at = 0;
    let skip = |at: &mut usize, words: &[&str]| {
        let rest = &text[*at..];
        if let Some(word) =
            words.iter().find(|word| rest.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)))
        {
            *at += word.len();
        }
    };
    skip(&mut at, &[", at ", " at ", " à ", " um ", " a las ", " alle ", " om ", " kl. ", ", ", " - ", " ", "t"]);
    let bytes = text.as_bytes();
    let figures = |from: usize| bytes[from.min(bytes.len())..].iter().take_while(|b| b.is_ascii_digit()).count();
    let hours = figures(at);
    // "9pm"
    if (1..=2).contains(&hours) {
        let before = at + hours;
        at = before;
        skip(&mut at, &[" am", " pm", "am", "pm", " a.m.", " p.m.", " o'clock", " uhr"]);
        if at > before && !text[at..].starts_with(char::is_alphanumeric) {
            return Some(at);
        }
        at = before - hours;
    }
    if !(1..=2).contains(&hours)
        || !matches!(bytes.get(at + hours), Some(b':' | b'.' | b'h'))
        || figures(at + hours + 1) != 2
    {
        return None;
    }
    let stop = bytes[at + hours] == b'.';
    at += hours + 3;
    if bytes.get(at) == Some(&b':') && figures(at + 1) == 2 {
        at += 3;
    }
    let before = at;
    skip(&mut at, &[" am", " pm", "am", "pm", " a.m.", " p.m.", " a. m.", " p. m.", " uhr"]);
    skip(&mut at, &[" bst", " gmt", " utc", " est", " pst", " cet", " edt", " pdt"]);
    // "GMT+1", "+01:00"
    let zone = |c: char| c.is_ascii_digit() || c == ':';
    let east = text[at..].strip_prefix(['+', '-']).map_or(0, |east| east.find(|c| !zone(c)).unwrap_or(east.len()));
    at += if east > 0 { east + 1 } else { usize::from(text[at..].starts_with('Z')) };
    (!stop || at > before).then_some(at)
}
