//! When: a row each month or year that has entries, with a bar, and the silences between.

use crate::bars::bar;
use crate::facets::row;
use crate::table::{Cell, Table};
use crate::text::{counted, paint};
use crate::wrap::{elided, padded, width};
use crate::{Look, words};
use anstyle::Style;
use diary::{CivilDate, EntryDate, EntryId, Precision};
use std::collections::BTreeMap;
use std::fmt::Write;

/// More months than this are shown as years.
const MOST_MONTHS: usize = 48;
const BAR: usize = 24;

/// The dates, each with how many entries it has, as rows for a person at a terminal; `query` is what found them.
pub fn timeline(query: &str, dates: &[(EntryDate, u64)], look: &Look) -> String {
    let months = months(dates);
    let total = dates.iter().map(|(_, count)| count).sum();
    let undated = total - months.values().map(|month| month.count).sum::<u64>();
    let mut text = counted(query, total, look);
    if !months.is_empty() {
        text.push('\n');
    }
    text.push_str(&if months.len() <= MOST_MONTHS { by_month(&months, look) } else { by_year(&months, look) });
    if undated > 0 {
        let _ = writeln!(text, "  {}  {:>6}", padded("undated", 8), words::number(undated));
    }
    text
}

/// The same for programs: a row each month from the first to the last.
pub fn timeline_table(dates: &[(EntryDate, u64)]) -> Table {
    let months = months(dates);
    let mut table = Table::new("timeline", &["month", "count"]);
    if let (Some((first, _)), Some((last, _))) = (months.first_key_value(), months.last_key_value()) {
        for month in *first..=*last {
            let count = months.get(&month).map_or(0, |month| month.count);
            table.push(vec![Cell::text(format!("{:04}-{:02}", month / 12, month % 12 + 1)), Cell::Number(count)]);
        }
    }
    table
}

#[derive(Default)]
struct Month {
    count: u64,
    days: BTreeMap<u32, u64>,
}

/// The months that have entries, numbered through all years.
fn months(dates: &[(EntryDate, u64)]) -> BTreeMap<i32, Month> {
    let mut months: BTreeMap<i32, Month> = BTreeMap::new();
    for (date, count) in dates {
        let Some(printed) = date.printed() else { continue };
        let month = months.entry(printed.year() * 12 + printed.month() as i32 - 1).or_default();
        month.count += count;
        if date.precision == Precision::Day {
            *month.days.entry(printed.day()).or_default() += count;
        }
    }
    months
}

fn by_month(months: &BTreeMap<i32, Month>, look: &Look) -> String {
    let most = months.values().map(|month| month.count).max().unwrap_or(0);
    let mut text = String::new();
    let mut before: Option<i32> = None;
    for (number, month) in months {
        let silent = before.map_or(0, |before| number - before - 1);
        let (silent, unit) = match silent {
            1 => (1, "month"),
            24.. => (silent / 12, "years"),
            _ => (silent, "months"),
        };
        text.push_str(&silence(silent, unit, look));
        before = Some(*number);
        let label = format!("{} {}", words::month((number % 12 + 1) as u32), number / 12);
        text.push_str(&line(&label, month.count, most, &days(month), look));
    }
    text
}

/// `13 14 20 27×2`
fn days(month: &Month) -> String {
    let day = |(day, count): (&u32, &u64)| match count {
        1 => day.to_string(),
        count => format!("{day}×{count}"),
    };
    month.days.iter().map(day).collect::<Vec<_>>().join(" ")
}

fn by_year(months: &BTreeMap<i32, Month>, look: &Look) -> String {
    let mut years: BTreeMap<i32, [u64; 12]> = BTreeMap::new();
    for (number, month) in months {
        let of_year = years.entry(number / 12).or_default();
        if let Some(sum) = usize::try_from(number % 12).ok().and_then(|month| of_year.get_mut(month)) {
            *sum += month.count;
        }
    }
    let most = years.values().map(|months| months.iter().sum()).max().unwrap_or(0);
    let busiest = years.values().flatten().copied().max().unwrap_or(0);
    let mut text = String::new();
    let mut before: Option<i32> = None;
    for (year, months) in &years {
        let silent = before.map_or(0, |before| year - before - 1);
        text.push_str(&silence(silent, if silent == 1 { "year" } else { "years" }, look));
        before = Some(*year);
        text.push_str(&line(
            &year.to_string(),
            months.iter().sum(),
            most,
            &format!("|{}|", row(months, busiest)),
            look,
        ));
    }
    text.push_str(&paint("  between the bars: January to December\n", Style::new().dimmed(), look));
    text
}

fn silence(count: i32, unit: &str, look: &Look) -> String {
    match count {
        0 => String::new(),
        count => paint(&format!("  {count} {unit} without"), Style::new().dimmed(), look) + "\n",
    }
}

fn line(label: &str, count: u64, most: u64, note: &str, look: &Look) -> String {
    let columns = BAR.min(look.width / 3);
    let drawn = padded(&bar(count, most, columns), columns);
    let room = look.width.saturating_sub(columns + 22);
    let note = paint(&elided(note, room), Style::new().dimmed(), look);
    let line = format!("  {}  {:>6}  {drawn}  {note}", padded(label, 8), words::number(count));
    format!("{}\n", line.trim_end())
}

/// A silence between two entries of one archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// How many days have no entry.
    pub days: u64,
    /// The last entry before it.
    pub before: EntryId,
    /// The first entry after it.
    pub after: EntryId,
    /// Its first and last day, as the archive prints them.
    pub range: (CivilDate, CivilDate),
}

/// The silences for a person at a terminal, in the order given.
pub fn gaps(gaps: &[Gap], look: &Look) -> String {
    let mut text = String::new();
    for gap in gaps {
        let (from, to) = (words::day(gap.range.0), words::day(gap.range.1));
        let range = if gap.range.0 == gap.range.1 { from } else { format!("{from} .. {to}") };
        let unit = if gap.days == 1 { "day " } else { "days" };
        let room = look.width.saturating_sub(44);
        // An id that is cut names nothing: the word before it goes first.
        let since = Some(format!("after {}", gap.before)).filter(|since| width(since) <= room);
        let since = since.unwrap_or_else(|| elided(gap.before.as_str(), room));
        let since = paint(&since, Style::new().dimmed(), look);
        let line = format!("{:>6} {unit}  {}  {since}", words::number(gap.days), padded(&range, 28));
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

/// The same for programs.
pub fn gaps_table(gaps: &[Gap]) -> Table {
    let mut table = Table::new("gaps", &["days", "from", "to", "before", "after"]);
    for gap in gaps {
        let (from, to) = (gap.range.0.to_string(), gap.range.1.to_string());
        let (before, after) = (gap.before.to_string(), gap.after.to_string());
        table.push(std::iter::once(Cell::Number(gap.days)).chain([from, to, before, after].map(Cell::Text)).collect());
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use diary::Calendar;

    fn on(year: i32, month: u32, day: u32) -> (EntryDate, u64) {
        let printed = CivilDate::new(year, month, day).unwrap();
        (EntryDate::on(Calendar::Gregorian.day(printed).unwrap(), Calendar::Gregorian, ""), 1)
    }

    #[test]
    fn months_with_their_days_and_silences() {
        let mut dates = vec![on(2003, 1, 13), on(2003, 1, 13), on(2003, 1, 20), on(2003, 4, 1)];
        dates.push((EntryDate::unknown("once"), 1));
        let text = timeline("", &dates, &Look { width: 60, ..Look::default() });
        assert_eq!(
            text,
            "5 entries\n\n  Jan 2003       3  ████████████████████  13×2 20\n  2 months without\n  \
             Apr 2003       1  ██████▊               1\n  undated        1\n"
        );
        let table = timeline_table(&dates).render(crate::Format::Tsv).unwrap();
        assert_eq!(table, "2003-01\t3\n2003-02\t0\n2003-03\t0\n2003-04\t1\n");
    }

    #[test]
    fn a_long_life_is_shown_by_years() {
        let dates: Vec<(EntryDate, u64)> = (0..60).map(|n| on(1800 + n, 1 + n as u32 % 12, 1)).collect();
        let text = timeline("x", &dates, &Look::default());
        assert!(text.contains("  1800           1  ████████████████████████  |█           |"), "{text}");
        assert!(text.lines().all(|line| crate::wrap::width(line) <= 80), "{text}");
    }
}
