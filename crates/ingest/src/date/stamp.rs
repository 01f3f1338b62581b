//! Machine-readable dates: attributes, front matter, feeds, exports, mail. The day is the writer's own: where a zone is
//! written, the date beside it is taken as it stands, since that is the writer's clock.

use super::Parts;
use super::names;
use diary::Weekday;

/// The day in a machine-readable date: ISO 8601 (`2003-12-19T20:00:00+10:00`, `2003-12`, `20031219`), RFC 2822
/// (`Fri, 19 Dec 2003 20:00:00 +1000`) or what the grammar of headings reads as a whole date.
pub(crate) fn read(text: &str) -> Option<Parts> {
    let text = text.trim();
    if text.len() > 200 {
        return None;
    }
    iso(text).or_else(|| rfc2822(text)).or_else(|| month_first(text)).or_else(|| {
        let written = super::scan::scan(text)?;
        (written.first.is_whole() && !written.ambiguous && fits(written.first)).then_some(written.first)
    })
}

/// `YYYY-MM-DD…`, `YYYY-MM`, `YYYY`, `YYYYMMDD…`, with `/`, `.` or `_` for the hyphen.
pub(crate) fn iso(text: &str) -> Option<Parts> {
    let digits = |from: usize, to: usize| -> Option<u32> {
        let piece = text.get(from..to)?;
        piece.bytes().all(|b| b.is_ascii_digit()).then(|| piece.parse().ok()).flatten()
    };
    let year = i32::try_from(digits(0, 4)?).ok().filter(|year| *year > 0)?;
    let bytes = text.as_bytes();
    let Some(&separator) = bytes.get(4) else {
        return Some(Parts { year: Some(year), ..Parts::default() });
    };
    if separator.is_ascii_digit() {
        let parts = Parts::ymd(year, digits(4, 6)?, digits(6, 8)?);
        // TiddlyWiki writes the time behind the day without a mark.
        let more = bytes[8.min(bytes.len())..].iter().take_while(|b| b.is_ascii_digit()).count();
        let ends = more == 0 || matches!(more, 4 | 6 | 9) && digits(8, 10).is_some_and(|hour| hour < 24);
        return (ends && fits(parts)).then_some(parts);
    }
    if !matches!(separator, b'-' | b'/' | b'.' | b'_') {
        return None;
    }
    let (month, after) = number(text, 5)?;
    if bytes.get(after) != Some(&separator) {
        let parts = Parts { year: Some(year), month: Some(month), day: None };
        return (after == bytes.len() && fits(parts)).then_some(parts);
    }
    let (day, after) = number(text, after + 1)?;
    let ends = bytes.get(after).is_none_or(|b| !b.is_ascii_alphanumeric() || matches!(b, b'T' | b't'));
    let parts = Parts::ymd(year, month, day);
    (ends && fits(parts)).then_some(parts)
}

/// A number of one or two figures, and where it ends.
fn number(text: &str, from: usize) -> Option<(u32, usize)> {
    let rest = text.get(from..)?;
    let figures = rest.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&figures).then(|| rest[..figures].parse().ok()).flatten().map(|n| (n, from + figures))
}

fn fits(parts: Parts) -> bool {
    parts.year.is_none_or(|year| year > 0)
        && parts.month.is_none_or(|month| (1..=12).contains(&month))
        && parts.day.is_none_or(|day| (1..=31).contains(&day))
}

/// `Fri, 19 Dec 2003 …`, with or without the weekday.
fn rfc2822(text: &str) -> Option<Parts> {
    let mut words = text.split([' ', ',']).filter(|word| !word.is_empty()).peekable();
    if words.peek().is_some_and(|word| names::weekday(&names::plain(word)).is_some()) {
        words.next();
    }
    let day: u32 = words.next()?.parse().ok()?;
    let month = names::month(&names::plain(words.next()?))?;
    let year = words.next()?;
    let number: i32 = year.parse().ok()?;
    let year = match (year.len(), number) {
        (2, 0..50) => 2000 + number,
        (2, _) => 1900 + number,
        (4, _) => number,
        _ => return None,
    };
    let parts = Parts::ymd(year, month, day);
    fits(parts).then_some(parts)
}

/// `Fri Dec 19 2003 20:51:58 GMT+1000 (AEST)`, as JavaScript prints it; `Fri Dec 19 20:51:58 +0000 2003`, as C does.
fn month_first(text: &str) -> Option<Parts> {
    let mut words = text.split_ascii_whitespace();
    names::weekday(&names::plain(words.next()?))?;
    let month = names::month(&names::plain(words.next()?))?;
    let day: u32 = words.next()?.parse().ok()?;
    let year = words.find(|word| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()?;
    let timed = text.contains(':');
    let parts = Parts::ymd(year, month, day);
    (timed && fits(parts)).then_some(parts)
}

/// The weekday that a machine-readable date opens with: `Fri, 19 Dec 2003 20:00:00 +1000`.
pub(crate) fn weekday(text: &str) -> Option<Weekday> {
    names::weekday(&names::plain(text.split([' ', ',']).next()?))
}

/// The civil day `offset` seconds east of Greenwich, at an instant of so many seconds since 1970.
pub(crate) fn from_epoch(seconds: i64, offset: i64) -> Option<Parts> {
    const DAY_OF_1970: i64 = 719_163;
    let day = seconds.checked_add(offset)?.div_euclid(86_400).checked_add(DAY_OF_1970)?;
    let date = diary::Calendar::Gregorian.civil(diary::Day::from_number(day)?);
    Some(Parts::ymd(date.year(), date.month(), date.day()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps() {
        for text in [
            "2003-12-19",
            "2003-12-19T23:59:00-08:00",
            "2003-12-19 00:00:00 +0000",
            "20031219",
            "20031219T101112Z",
            "20031219101112000",
            "Fri, 19 Dec 2003 20:51:58 GMT",
            "19 Dec 2003",
            "2003/12/19",
            "December 19, 2003",
            "Fri Dec 19 2003 20:51:58 GMT+1000 (AEST)",
            "Fri Dec 19 20:51:58 +0000 2003",
        ] {
            assert_eq!(read(text), Some(Parts::ymd(2003, 12, 19)), "{text}");
        }
        assert_eq!(iso("2003-12"), Some(Parts { year: Some(2003), month: Some(12), day: None }));
        for text in ["", "2003-13-40", "12345678901", "soon", "0000-01-01"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(from_epoch(1_071_878_399, 36_000), Some(Parts::ymd(2003, 12, 20)));
    }
}
