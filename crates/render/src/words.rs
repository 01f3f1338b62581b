//! Dates and numbers as people read them.

use diary::{CivilDate, EntryDate, Precision, Weekday, month_name, weekday_name};

/// The three letters of a month, 1 to 12.
pub fn month(number: u32) -> &'static str {
    first_letters(month_name(number))
}

/// `19 Dec 2003`.
pub fn day(date: CivilDate) -> String {
    format!("{} {} {}", date.day(), month(date.month()), date.year())
}

/// A date of the form `2003`, `2003-12` or `2003-12-19` in words; anything else as it is.
///
/// ```
/// assert_eq!(diary_render::words::label("2003-12"), "Dec 2003");
/// assert_eq!(diary_render::words::label("2003-12-19"), "19 Dec 2003");
/// ```
pub fn label(text: &str) -> String {
    let parts: Option<Vec<u32>> = text.split('-').map(|part| part.parse().ok()).collect();
    match parts.as_deref() {
        Some([year, m @ 1..=12]) => format!("{} {year}", month(*m)),
        Some([year, m @ 1..=12, d]) => format!("{d} {} {year}", month(*m)),
        _ => text.to_owned(),
    }
}

/// When an entry was written, as far as is known: `Fri 19 Dec 2003`, `Dec 2003`, `2003`, `undated`.
pub fn date(date: &EntryDate) -> String {
    let (Some(days), Some(first), Some(last)) = (date.days, date.printed(), date.printed_last()) else {
        return "undated".to_owned();
    };
    match date.precision {
        Precision::Day if days.first == days.last => format!("{} {}", weekday(days.first.weekday()), day(first)),
        Precision::Day if first.year() == last.year() => {
            format!("{} {} – {}", first.day(), month(first.month()), day(last))
        }
        Precision::Day => format!("{} – {}", day(first), day(last)),
        Precision::Month | Precision::Year | Precision::None => label(&date.label().unwrap_or_default()),
    }
}

/// The same at its full length, as a title has it: `Friday 19 December 2003`.
pub fn long_date(entry: &EntryDate) -> String {
    match (entry.days, entry.printed()) {
        (Some(days), Some(day)) if entry.precision == Precision::Day && days.first == days.last => {
            let weekday = weekday_name(days.first.weekday());
            format!("{weekday} {} {} {}", day.day(), month_name(day.month()), day.year())
        }
        (_, Some(first)) if entry.precision == Precision::Month => {
            format!("{} {}", month_name(first.month()), first.year())
        }
        _ => date(entry),
    }
}

/// Its printed date where the page contradicts itself about the weekday; a remark for people.
pub fn conflict(date: &EntryDate) -> Option<String> {
    (date.weekday_agrees == Some(false)).then(|| format!("the page says “{}”", crate::one_line(&date.as_written)))
}

/// The three letters of a day of the week.
pub fn weekday(weekday: Weekday) -> &'static str {
    first_letters(weekday_name(weekday))
}

fn first_letters(name: &'static str) -> &'static str {
    name.get(..3).unwrap_or(name)
}

/// A number with its digits in groups: `3,415`.
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `no entries`, `1 entry`, `3,415 entries`.
pub fn entries(n: u64) -> String {
    match n {
        0 => "no entries".to_owned(),
        1 => "1 entry".to_owned(),
        n => format!("{} entries", number(n)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use diary::{Calendar, DaySpan};

    #[test]
    fn dates_and_numbers_in_words() {
        let calendar = Calendar::Gregorian;
        let on = |y, m, d| calendar.day(CivilDate::new(y, m, d).unwrap()).unwrap();
        let mut written = EntryDate::on(on(2003, 12, 19), calendar, "Friday December 19 2003");
        assert_eq!(date(&written), "Fri 19 Dec 2003");
        assert_eq!(long_date(&written), "Friday 19 December 2003");
        written.days = DaySpan::new(on(2003, 12, 19), on(2003, 12, 21));
        assert_eq!((date(&written), long_date(&written)), ("19 Dec – 21 Dec 2003".into(), date(&written)));
        written.precision = Precision::Month;
        assert_eq!(long_date(&written), "December 2003");
        assert_eq!(date(&written), "Dec 2003");
        assert_eq!(date(&EntryDate::unknown("")), "undated");
        assert_eq!(conflict(&written), None);
        written.weekday_agrees = Some(false);
        assert_eq!(conflict(&written).unwrap(), "the page says “Friday December 19 2003”");
        for (n, words) in [(0, "no entries"), (1, "1 entry"), (64, "64 entries"), (1_234_567, "1,234,567 entries")] {
            assert_eq!(entries(n), words);
        }
        for text in ["2003-13", "", "x", "2003-1-1-1"] {
            assert_eq!(label(text), text);
        }
    }
}
