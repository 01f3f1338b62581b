//! What stands above entries and dates them: years, months and weeks, in titles and headings.

use crate::date::path::ends_of_week;
use crate::date::{Parts, Written, japanese, names, scan};
use crate::document::{Block, Dress};
use diary::{BlockKind, Span};
use std::collections::BTreeMap;

/// The year or month that a block is and nothing else: `1903`, `FEBRUARY 1659-60`, `NOVEMBER.`
pub(crate) fn context(block: &Block) -> Option<Parts> {
    let text = block.text.trim();
    // "** 03 March" of a date tree is a month: a bare number is one only there.
    if let (Dress::Outline(2), Ok(month @ 1..=12)) = (block.dress, text.parse::<u32>()) {
        return Some(Parts { month: Some(month), ..Parts::default() });
    }
    if text.len() > 80 {
        return None;
    }
    if let Some(year) = named_year(text) {
        return Some(Parts { year: Some(year), ..Parts::default() });
    }
    if let Some(year) = roman_year(text.trim_matches(|c: char| !c.is_alphanumeric())) {
        return Some(Parts { year: Some(year), ..Parts::default() });
    }
    let whole = scan::scan(text).or_else(|| month_of_place(text)).filter(|w| !w.names_entry()).filter(|w| {
        let left = text[w.span.end..].trim_matches(|c: char| !c.is_alphanumeric());
        // "A day of 2001" is a sentence.
        let of_day = text[..w.span.start].split_whitespace().any(|word| word.eq_ignore_ascii_case("day"));
        !of_day && left.is_empty() || matches!(block.dress, Dress::Heading(_) | Dress::Outline(_)) && left.len() <= 30
    });
    if let Some(written) = whole {
        return Some(written.first);
    }
    let headed = matches!(block.dress, Dress::Heading(_) | Dress::Outline(_) | Dress::Ruled);
    let hint = if headed && text.len() <= 50 { hint_in(text) } else { Parts::default() };
    (hint.year.is_some()).then_some(hint)
}

/// The first and the last day of a time that a line is, both with their year: `March 12, 1861--April 2, 1861`.
pub(crate) fn span_ends(text: &str) -> Option<(Parts, Parts)> {
    if text.len() > 80 {
        return None;
    }
    let whole = |part: &str| {
        let written = scan::scan(part).filter(|written| written.first.is_whole() && written.last.is_none());
        written.filter(|_| scan::is_day(part)).map(|written| written.first)
    };
    let parted = |mark: &&str| text.split_once(*mark).and_then(|(first, last)| Some((whole(first)?, whole(last)?)));
    ["--", "—", "–", " to ", " - ", "-"].iter().find_map(parted)
}

/// The month and year that a line ends with, behind a place: `LONDON, Dec. 1710.`
fn month_of_place(text: &str) -> Option<Written> {
    let (place, rest) = text.split_once(", ")?;
    let named = place.len() <= 30 && place.starts_with(char::is_uppercase) && !place.contains(|c: char| c.is_numeric());
    let mut written = scan::scan(rest).filter(|_| named)?;
    let Parts { year: Some(_), month: Some(_), day: None } = written.first else { return None };
    let moved = text.len() - rest.len();
    written.span = Span::new(written.span.start + moved, written.span.end + moved);
    Some(written)
}

/// `ANNÉE 1856`, `The year 1856.`
fn named_year(text: &str) -> Option<i32> {
    const YEAR: &[&str] = &["year", "annee", "an", "jahr", "ano", "anno", "jaar", "ar", "aar", "rok", "vuosi"];
    let lower = names::plain(text);
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let (last, before) = words.split_last()?;
    let named = matches!(before, [word] | ["the" | "l" | "das" | "het", word] if YEAR.contains(word));
    let year = last.parse().ok().filter(|year| last.len() == 4 && (1400..=2100).contains(year));
    year.filter(|_| named)
}

/// `MDCCXCIII`
fn roman_year(text: &str) -> Option<i32> {
    let value = |letter: u8| match letter {
        b'I' => Some(1),
        b'V' => Some(5),
        b'X' => Some(10),
        b'L' => Some(50),
        b'C' => Some(100),
        b'D' => Some(500),
        b'M' => Some(1000),
        _ => None,
    };
    let values: Vec<i32> = text.bytes().take(17).map(value).collect::<Option<_>>()?;
    let signed = |(at, value): (usize, &i32)| if values.get(at + 1) > Some(value) { -value } else { *value };
    let year: i32 = values.iter().enumerate().map(signed).sum();
    (values.len() > 1 && (1400..=2100).contains(&year)).then_some(year)
}

/// The words of a line; the sign of a year is none: `1904年`.
fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() || c == '年').filter(|word| !word.is_empty())
}

/// A year, and a month beside it, anywhere in a title.
pub(crate) fn hint_in(text: &str) -> Parts {
    for (at, _) in text.match_indices(['民', '明', '大', '昭', '平', '令', '一', '１', '２', '二']) {
        if let Some(written) = japanese::scan(&text[at..]).filter(|w| w.first.year.is_some()) {
            return Parts { day: None, ..written.first };
        }
    }
    let words: Vec<&str> = words_of(text).collect();
    let year_of = |word: &str| {
        let number: i32 = (word.len() == 4).then(|| word.parse().ok()).flatten()?;
        (1400..=2100).contains(&number).then_some(number)
    };
    let month_of = |word: &str| {
        let plain = names::plain(word);
        names::month(&plain).filter(|_| names::is_full_month(&plain) || plain.len() >= 3)
    };
    let Some(at) = words.iter().position(|word| year_of(word).is_some()) else {
        let month = words.iter().find_map(|word| month_of(word).filter(|_| word.starts_with(char::is_uppercase)));
        return Parts { year: None, month, day: None };
    };
    // 1659–60: the second.
    let year = double_year(text, &words[at..]).or(year_of(words[at]));
    let before = at.checked_sub(1).and_then(|at| words.get(at));
    let month =
        before.or(None).and_then(|word| month_of(word)).or_else(|| words.get(at + 1).and_then(|word| month_of(word)));
    Parts { year, month, day: None }
}

/// The second year of a double one, `1659-60`, that these words of a text begin with.
fn double_year(text: &str, words: &[&str]) -> Option<i32> {
    let (one, two) = (words.first()?, words.get(1)?);
    let (first, second) = (one.parse::<i32>().ok()?, two.parse::<i32>().ok()?);
    let joined = ["-", "–", "/", "["].iter().any(|mark| text.contains(&format!("{one}{mark}{two}")));
    // "1686-1687" are two years, "1686/1687" is one.
    let whole = text.contains(&format!("{one}/{two}")) && first + 1 == second;
    (one.len() == 4 && joined && ((first + 1) % 100 == second || whole) && first < 1753).then_some(first + 1)
}

pub(crate) fn has_double_year(text: &str) -> bool {
    let words: Vec<&str> = words_of(text).collect();
    (0..words.len()).any(|at| double_year(text, &words[at..]).is_some())
}

/// The first day of the week that a block is the heading of: `Week of 6 January 1936`, `Week ending 12 January`.
pub(crate) fn week(block: &Block) -> Option<Parts> {
    const OPENING: &[&str] =
        &["week of", "week beginning", "week commencing", "week from", "w/c", "woche vom", "semaine du", "week van"];
    let text = block.text.trim_matches(|c: char| !c.is_alphanumeric());
    if text.len() > 80 {
        return None;
    }
    let lower = names::plain(text);
    if let Some(parts) = numbered_week(&lower) {
        return Some(parts);
    }
    let ending = lower.strip_prefix("week ending").map(|rest| (rest, -6));
    let (rest, back) = ending.or_else(|| OPENING.iter().find_map(|words| Some((lower.strip_prefix(words)?, 0))))?;
    let written = scan::scan(rest.trim_start_matches("the "))?;
    let Parts { year, month: Some(month), day: Some(day) } = written.first else { return None };
    let (Some(year), true) = (year, back != 0) else { return Some(written.first).filter(|_| back == 0) };
    let calendar = diary::Calendar::Gregorian;
    let first = calendar.civil(calendar.day(diary::CivilDate::new(year, month, day)?)?.plus(back));
    Some(Parts::ymd(first.year(), first.month(), first.day()))
}

/// The Monday of `week 9, 2021` or `2021 week 9`.
fn numbered_week(text: &str) -> Option<Parts> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let (number, year) = match words[..] {
        [word, number, year] if is_week(word) => (number, year),
        [year, word, number] if is_week(word) => (number, year),
        _ => return None,
    };
    let number = number.parse().ok().filter(|number| (1..=53).contains(number))?;
    let year = years_in(year).next()?;
    ends_of_week(year, number).map(|[monday, _]| monday)
}

fn is_week(word: &str) -> bool {
    matches!(word, "week" | "woche" | "kw" | "semaine" | "semana" | "settimana" | "vecka" | "uke" | "uge")
}

/// The first year named by a short line before the first heading, unless the others name an earlier one.
pub(crate) fn front_hint(blocks: &[Block]) -> Option<Parts> {
    let first = front(blocks).map(|block| hint_in(&block.text)).find(|hint| hint.year.is_some())?;
    Some(FrontYears::of(blocks).told(first.year?).map_or(first, |year| Parts { year: Some(year), ..Parts::default() }))
}

/// How often short lines before the first heading name which year.
pub(crate) struct FrontYears(BTreeMap<i32, usize>);

impl FrontYears {
    pub(crate) fn of(blocks: &[Block]) -> Self {
        let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
        front_years(blocks).for_each(|year| *counts.entry(year).or_default() += 1);
        Self(counts)
    }

    /// The one year that a book tells of, where it was printed in a later one: it is named thrice as often, and hardly any
    /// other.
    pub(crate) fn told(&self, printed: i32) -> Option<i32> {
        const FEWEST: usize = 3;
        let Self(counts) = self;
        let often = counts.get(&printed).copied().unwrap_or(0).max(1) * FEWEST;
        let earlier: usize = counts.range(..printed).map(|(_, count)| *count).sum();
        let (&year, &count) = counts.range(..printed).max_by_key(|(_, count)| **count)?;
        (count >= often && count * 10 >= earlier * 8).then_some(year)
    }
}

/// The year that is named most often before the first heading, of equals the last.
pub(crate) fn usual_year(blocks: &[Block]) -> Option<Parts> {
    let year = named_years(blocks).first().copied()?;
    Some(Parts { year: Some(year), ..Parts::default() })
}

/// The years that are named before the first heading, the usual ones first; of equals the last.
pub(crate) fn named_years(blocks: &[Block]) -> Vec<i32> {
    const MOST: usize = 8;
    let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
    for year in blocks.iter().filter(|block| !block.chrome).flat_map(|block| years_in(&block.text)) {
        *counts.entry(year).or_default() += 1;
    }
    let mut years: Vec<(i32, usize)> = counts.into_iter().collect();
    years.sort_by_key(|(year, count)| std::cmp::Reverse((*count, *year)));
    years.into_iter().map(|(year, _)| year).take(MOST).collect()
}

/// The years named by short lines before the first heading.
pub(crate) fn front_years(blocks: &[Block]) -> impl Iterator<Item = i32> {
    front(blocks).flat_map(|block| years_in(&block.text))
}

/// The last day, with its month and year, that a short line before the first heading names, and where that stands.
pub(crate) fn front_day(blocks: &[Block]) -> Option<(usize, Parts)> {
    let dated = |block: &Block| scan::scan_within(&block.text).map(|written| written.first);
    let short = |block: &&Block| !block.chrome && !block.closed && block.text.chars().count() <= 80;
    let days = blocks.iter().enumerate().filter(|(_, block)| short(block));
    days.filter_map(|(at, block)| Some((at, dated(block)?))).next_back()
}

fn front(blocks: &[Block]) -> impl Iterator<Item = &Block> {
    blocks
        .iter()
        .filter(|block| !matches!(block.kind(), BlockKind::Quote | BlockKind::Note | BlockKind::Code))
        .filter(|block| !block.chrome && block.text.chars().count() <= 80)
}

/// The numbers in a text that may be years.
pub(crate) fn years_in(text: &str) -> impl Iterator<Item = i32> {
    let words = words_of(text).filter(|word| word.len() == 4);
    words.filter_map(|word| word.parse().ok()).filter(|year| (1400..=2100).contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_in_titles() {
        for (title, expect) in [
            ("Telsa's diary: Autumn 1998", (Some(1998), None)),
            ("February 2003", (Some(2003), Some(2))),
            ("Mois de mai 2002", (Some(2002), Some(5))),
            ("昭和十三年", (Some(1938), None)),
            ("January 1659–60", (Some(1660), Some(1))),
            ("Notes", (None, None)),
        ] {
            let hint = hint_in(title);
            assert_eq!((hint.year, hint.month), expect, "{title}");
        }
    }
}
