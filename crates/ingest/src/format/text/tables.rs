//! Lines that are rows: tables, listings, logs, and lists of days.

use super::{Line, is_date_line};
use crate::date::scan;
use crate::plan::beside::place_column;
use crate::plan::page::five_years::opening_year;

/// Directory listings, tables set with spaces, tabbed columns, shell sessions.
pub(super) fn is_preformatted(lines: &[Line<'_>]) -> bool {
    let listing = |text: &str| {
        let mode = text.trim_start().as_bytes();
        mode.len() > 12
            && matches!(mode[0], b'-' | b'd' | b'l' | b'c' | b'b' | b'p' | b's')
            && mode[1..10].iter().all(|b| b"rwxsStT-".contains(b))
            && mode[10..12].contains(&b' ')
    };
    if lines.iter().all(|line| listing(line.text)) {
        return true;
    }
    if lines.len() < 2 {
        return false;
    }
    // The log of a machine, set in: every line with the second that it was written in.
    if lines.iter().all(|line| line.indent() >= 2 && opens_with_second(line.text)) {
        return true;
    }
    let columns = lines.iter().filter(|line| {
        let text = line.text.trim();
        text.contains('\t') || text.match_indices("   ").count() >= 2 || text.contains(" | ") && text.starts_with('|')
    });
    let prompts =
        lines.iter().filter(|l| ["$ ", "# ", "% ", ">>> "].iter().any(|p| l.text.trim_start().starts_with(p)));
    // Dates are looked for last, since that is dear.
    if columns.count() * 10 < lines.len() * 7 && prompts.count() * 2 <= lines.len() {
        return false;
    }
    let opens_dated = |line: &&Line<'_>| {
        scan::scan(line.text).is_some_and(|written| written.first.day.is_some() && written.first.month.is_some())
            || place_column(line.text.trim()).is_some()
    };
    // "Date: March 3, 2017", then "Weather: …"
    let labelled = lines.len() <= 6 && lines.iter().all(|line| line.text.contains(':')) && opens_dated(&&lines[0]);
    !labelled
        && !lines.iter().any(|line| is_date_line(line.text))
        && lines.iter().filter(opens_dated).count() * 10 < lines.len() * 7
}

/// The number that a line begins with, where it may be a day.
pub(super) fn day_number(line: &str) -> Option<u32> {
    let line = line.trim_start();
    let figures = line.bytes().take_while(u8::is_ascii_digit).count();
    let parted = line[figures..].starts_with([' ', '\t', '.', ')', ':', '—', '–']);
    line[..figures].parse().ok().filter(|day| parted && figures <= 2 && (1..=31).contains(day))
}

/// Whether a paragraph is a list of days: lines numbered upwards, with lines between them that go on.
pub(super) fn opens_with_days(lines: &[Line<'_>]) -> bool {
    let days: Vec<u32> = lines.iter().filter_map(|line| day_number(line.text)).collect();
    let rises = days.windows(2).all(|pair| pair[0] < pair[1]);
    let listed = day_number(lines[0].text).is_some() && days.len() * 2 >= lines.len();
    days.len() >= 2 && (listed && rises || hangs_below_days(lines))
}

/// Whether a paragraph is a list of years: all its lines but those that go on open with one, upwards.
pub(super) fn opens_with_years(lines: &[Line<'_>]) -> bool {
    let years: Vec<i32> = lines.iter().filter_map(|line| opening_year(line.text)).collect();
    let listed = opening_year(lines[0].text).is_some() && years.len() * 3 >= lines.len();
    listed && years.len() >= 2 && years.windows(2).all(|pair| pair[0] < pair[1])
}

/// Whether a paragraph opens with a day and its month, and all its lines but such, and those with a number below them, are
/// set further in: `June  4. Rain`, then ` 6. Sun`.
fn hangs_below_days(lines: &[Line<'_>]) -> bool {
    let dated = |line: &Line<'_>| {
        line.indent() == lines[0].indent()
            && scan::scan(line.text).is_some_and(|w| w.first.day.is_some() && w.first.month.is_some())
    };
    if !dated(&lines[0]) {
        return false;
    }
    let (numbered, others): (Vec<&Line<'_>>, Vec<&Line<'_>>) =
        lines.iter().filter(|line| !dated(line)).partition(|line| day_number(line.text).is_some());
    let most = numbered.iter().map(|line| line.indent()).max().unwrap_or(0);
    most > lines[0].indent() && others.iter().all(|line| line.indent() > most)
}

/// Whether the rows of a table are numbered by the days of a month, as in the log of a ship or of the weather.
pub(super) fn is_day_table(lines: &[Line<'_>]) -> bool {
    let day =
        |line: &Line<'_>| line.text.split_whitespace().next()?.parse().ok().filter(|day: &u32| (1..=31).contains(day));
    let rows = if lines.first().and_then(day).is_none() { lines.get(1..).unwrap_or_default() } else { lines };
    let days: Vec<u32> = rows.iter().filter_map(day).collect();
    !days.is_empty() && days.len() == rows.len() && days.windows(2).all(|pair| pair[0] < pair[1])
}

/// Whether a line begins with a time to the second, perhaps after a date: `2001-06-06 03:12:44`, `Jun  6 03:12:44`.
fn opens_with_second(line: &str) -> bool {
    let second = |word: &str| {
        let word = word.trim_matches(['[', ']', 'Z', ',', ':']);
        word.matches(':').count() == 2 && word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.'))
    };
    line.split([' ', 'T']).filter(|word| !word.is_empty()).take(4).any(second)
}
