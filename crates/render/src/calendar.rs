//! A heat map of days: a year a block, a row each weekday, darker where there are more entries.
//!
//! The shades are characters, so that they say the same without colour.

use crate::bars::{SHADES, shade};
use crate::table::{Cell, Table};
use crate::text::{counted, paint};
use crate::wrap::{padded, width};
use crate::{Look, words};
use anstyle::{AnsiColor, Style};
use diary::{CivilDate, Day, EntryDate, Precision};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::Range;

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
/// The most weeks that days of one year stand in.
const WEEKS: usize = 54;
/// In front of the weeks stand the name of the weekday and a space.
const NAME: usize = 4;
/// A block: a name and the weeks.
const BLOCK: usize = NAME + WEEKS;
const BETWEEN: usize = 3;
/// A day without an entry.
const NOTHING: char = '·';

/// The days of `dates`, each with how many entries it has, as blocks for a person at a terminal; `query` is what found
/// them.
pub fn calendar(query: &str, dates: &[(EntryDate, u64)], look: &Look) -> String {
    let (years, unplaced) = years(dates);
    let most = years.values().flat_map(|year| year.counts.values()).copied().max().unwrap_or(0);
    let mut text = counted(query, dates.iter().map(|(_, count)| count).sum(), look);
    let abreast = ((look.width + BETWEEN) / (BLOCK + BETWEEN)).max(1);
    let weeks = weeks_below(look.width);
    let blocks: Vec<Vec<String>> = years.iter().map(|(number, year)| year.block(*number, most, weeks)).collect();
    for row in blocks.chunks(abreast) {
        text.push('\n');
        for line in 0..row.first().map_or(0, Vec::len) {
            let parts: Vec<String> =
                row.iter().map(|block| padded(block.get(line).map_or("", String::as_str), NAME + weeks)).collect();
            let joined = parts.join(&" ".repeat(BETWEEN));
            let joined = joined.trim_end();
            let style = Style::new().bold();
            let _ = writeln!(text, "{}", if line == 0 { paint(joined, style, look) } else { tinted(joined, look) });
        }
    }
    if most > 0 {
        let legend = legend(most);
        let is_wide = width(&legend) > look.width;
        let legend = if is_wide { legend.split_whitespace().collect::<Vec<_>>().join(" ") } else { legend };
        let _ = write!(text, "\n{}\n", tinted(&legend, look));
    }
    let rest = words::entries(unplaced);
    if unplaced > 0 {
        let _ = writeln!(text, "{}", paint(&format!("not shown: {rest} without a day"), Style::new().dimmed(), look));
    }
    text
}

/// The same for programs: a row each day that has an entry.
pub fn calendar_table(dates: &[(EntryDate, u64)]) -> Table {
    let mut days: BTreeMap<CivilDate, u64> = BTreeMap::new();
    for (date, count) in dates.iter().filter(|(date, _)| date.precision == Precision::Day) {
        date.printed().into_iter().for_each(|day| *days.entry(day).or_default() += count);
    }
    let mut table = Table::new("calendar", &["date", "count"]);
    days.into_iter().for_each(|(day, count)| table.push(vec![Cell::text(day.to_string()), Cell::Number(count)]));
    table
}

struct Year {
    /// The Monday on or before its first day.
    monday: i64,
    /// Its first and last day.
    days: (i64, i64),
    /// Where its months begin.
    months: Vec<i64>,
    counts: BTreeMap<i64, u64>,
}

/// The years that have entries, and how many entries stand on no day of one.
fn years(dates: &[(EntryDate, u64)]) -> (BTreeMap<i32, Year>, u64) {
    let mut years: BTreeMap<i32, Year> = BTreeMap::new();
    let mut unplaced = 0;
    for (date, count) in dates {
        let placed = date.days.zip(date.printed()).filter(|_| date.precision == Precision::Day);
        let Some((days, printed)) = placed else {
            unplaced += count;
            continue;
        };
        let number = printed.year();
        let year = years.entry(number).or_insert_with(|| Year::new(number, date));
        match (year.days.0..=year.days.1).contains(&days.first.number()) {
            true => *year.counts.entry(days.first.number()).or_default() += count,
            // Another calendar than that of the year's first entry, on one of the days where the two disagree.
            false => unplaced += count,
        }
    }
    (years, unplaced)
}

impl Year {
    /// The year as the calendar of this date prints it.
    fn new(number: i32, date: &EntryDate) -> Self {
        let day = |month, day| CivilDate::new(number, month, day).and_then(|printed| date.calendar.day(printed));
        let month_starts = (1..=12).filter_map(|month| day(month, 1)).map(Day::number);
        let first = day(1, 1).map_or(0, Day::number);
        let last = day(12, 31).map_or(first, Day::number);
        Self {
            monday: first - weekday(first),
            days: (first, last),
            months: month_starts.collect(),
            counts: BTreeMap::new(),
        }
    }

    /// Its name, and the days of so many weeks below those of so many others.
    fn block(&self, number: i32, most: u64, weeks: usize) -> Vec<String> {
        let total: u64 = self.counts.values().sum();
        let (name, sum) = (number.to_string(), words::entries(total));
        let gap = " ".repeat((NAME + weeks).saturating_sub(width(&name) + width(&sum) + 1).max(1));
        let mut lines = vec![format!("{name}{gap}{sum}")];
        for first in (0..WEEKS).step_by(weeks) {
            let shown = first..(first + weeks).min(WEEKS);
            lines.push(self.month_names(&shown));
            for (row, weekday) in (0..).zip(WEEKDAYS) {
                let cell = |week: usize| self.cell(self.monday + week as i64 * 7 + row, most);
                lines.push(format!("{weekday} {}", shown.clone().map(cell).collect::<String>()));
            }
        }
        lines
    }

    fn cell(&self, day: i64, most: u64) -> char {
        match self.counts.get(&day) {
            _ if day < self.days.0 || day > self.days.1 => ' ',
            None => NOTHING,
            Some(count) => SHADES[shade(*count, most).saturating_sub(1).min(3)],
        }
    }

    /// The names of the months that begin in these weeks, each above the week of its first day.
    fn month_names(&self, weeks: &Range<usize>) -> String {
        let mut line = " ".repeat(NAME);
        for (number, start) in (1..).zip(&self.months) {
            let week = usize::try_from((start - self.monday) / 7).unwrap_or(0);
            if weeks.contains(&week) {
                let pad = (NAME + week - weeks.start).saturating_sub(line.len());
                line.push_str(&" ".repeat(pad));
                line.push_str(words::month(number));
            }
        }
        line
    }
}

/// How many weeks stand side by side: all of a year, or so few that equally many stand in each of the rows below one
/// another. The name of a month may reach beyond its week.
fn weeks_below(columns: usize) -> usize {
    let room = columns.saturating_sub(NAME + 2).max(1);
    if columns >= BLOCK { WEEKS } else { WEEKS.div_ceil(WEEKS.div_ceil(room)) }
}

/// Days since the last Monday; day 1 was a Monday.
fn weekday(day: i64) -> i64 {
    (day - 1).rem_euclid(7)
}

/// What each shade means: `· none  ░ 1  ▒ 2  ▓ 3  █ 4`.
fn legend(most: u64) -> String {
    let mut line = format!("    {NOTHING} none");
    let mut from = 1;
    for (i, shade) in (1..).zip(SHADES) {
        let to = if most <= 4 { i } else { most * i / 4 };
        if from > most {
            break;
        }
        match from == to {
            true => line.push_str(&format!("   {shade} {to}")),
            false => line.push_str(&format!("   {shade} {from}–{to}")),
        }
        from = to + 1;
    }
    line + " a day"
}

/// Shades in one colour, days without an entry dimmed.
fn tinted(line: &str, look: &Look) -> String {
    let style = |c: char| match c {
        NOTHING => Style::new().dimmed(),
        c if SHADES.contains(&c) => Style::new().fg_color(Some(AnsiColor::Green.into())),
        _ => Style::new(),
    };
    let mut out = String::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c| style(c) != style(first)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        out.push_str(&if style(first) == Style::new() { run.to_owned() } else { paint(run, style(first), look) });
        rest = after;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use diary::Calendar;

    fn on(calendar: Calendar, year: i32, month: u32, day: u32) -> (EntryDate, u64) {
        (EntryDate::on(calendar.day(CivilDate::new(year, month, day).unwrap()).unwrap(), calendar, ""), 1)
    }

    #[test]
    fn a_year_a_block_with_every_day_in_its_row() {
        let mut dates = vec![on(Calendar::Gregorian, 2003, 1, 1), on(Calendar::Gregorian, 2003, 12, 31)];
        dates.extend([on(Calendar::Gregorian, 2003, 1, 1), (EntryDate::unknown(""), 1)]);
        let text = calendar("hotplug", &dates, &Look { width: 60, ..Look::default() });
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "4 entries for  hotplug");
        assert!(lines[2].starts_with("2003") && lines[2].ends_with("3 entries"), "{text}");
        assert!(lines[3].starts_with("    Jan Feb Mar  Apr"), "{text}");
        // 1 January 2003 was a Wednesday, and so was 31 December.
        assert!(lines[4].starts_with("Mon  ·"), "{text}");
        assert!(lines[6].starts_with("Wed ▒·") && lines[6].ends_with('░'), "{text}");
        assert_eq!(lines.iter().map(|line| line.matches('·').count()).sum::<usize>(), 365 - 2 + 1);
        assert!(text.contains("· none   ░ 1   ▒ 2 a day") && text.contains("1 entry without a day"), "{text}");
        assert!(lines.iter().all(|line| width(line) <= 60), "{text}");
    }

    #[test]
    fn the_weeks_of_a_year_stand_below_one_another_on_a_narrow_terminal() {
        let dates = [on(Calendar::Gregorian, 2003, 1, 1), on(Calendar::Gregorian, 2003, 12, 31)];
        for columns in 38..58 {
            let text = calendar("", &dates, &Look { width: columns, ..Look::default() });
            assert!(text.lines().all(|line| width(line) <= columns), "{columns}: {text}");
            assert_eq!(text.matches('·').count(), 365 - 2 + 1, "{text}");
            assert!((1..=12).all(|month| text.contains(words::month(month))), "{text}");
        }
    }

    #[test]
    fn blocks_stand_side_by_side_where_there_is_room() {
        let dates: Vec<(EntryDate, u64)> = (1660..1664).map(|year| on(Calendar::Julian, year, 5, 29)).collect();
        let heads = |width| {
            let text = calendar("", &dates, &Look { width, ..Look::default() });
            assert!(text.lines().all(|line| crate::wrap::width(line) <= width));
            text.lines().filter(|line| line.starts_with("166")).count()
        };
        assert_eq!([60, 80, 120, 200].map(heads), [4, 4, 2, 2]);
    }

    #[test]
    fn shades_say_what_they_mean() {
        assert_eq!(legend(1), "    · none   ░ 1 a day");
        assert_eq!(legend(10), "    · none   ░ 1–2   ▒ 3–5   ▓ 6–7   █ 8–10 a day");
    }
}
