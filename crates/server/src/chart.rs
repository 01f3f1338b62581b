//! Entries over time as drawings whose every mark is a link, and as tables that say the same.

use crate::calendar::{self, Calendar};
use diary::{CivilDate, Facet};
use diary_query::{FacetCounts, FacetValue};
use diary_render::{address, words};
use serde::Serialize;

/// More months than this are shown as years.
const MOST_MONTHS: usize = 60;
/// More years than this are not drawn.
const MOST_YEARS: usize = 400;
const WIDTH: f64 = 600.0;
const HEIGHT: f64 = 56.0;

/// Bars over time, in the units of an SVG 600 wide and 56 high.
#[derive(Debug, Serialize)]
pub(crate) struct Histogram {
    bars: Vec<Bar>,
    /// The base line of the empty places.
    first: String,
    last: String,
    width: f64,
    height: f64,
}

#[derive(Debug, Serialize)]
struct Bar {
    /// Its whole column, in which it can be reached.
    reach: String,
    path: String,
    label: String,
    count: u64,
    /// The query behind it.
    apply: String,
}

/// The bars of the months, or of the years where there are many; nothing where fewer than two are to be seen.
pub(crate) fn histogram(facets: &[FacetCounts]) -> Option<Histogram> {
    let of = |facet: Facet| facets.iter().find(|counts| counts.facet == facet).map(|counts| &counts.values);
    let months = of(Facet::Month)?;
    let values = if months.len() > MOST_MONTHS { of(Facet::Year)? } else { months };
    let (first, last) = (values.first()?, values.last()?);
    let most = values.iter().map(|value| value.count).max().filter(|most| *most > 0)?;
    if values.len() < 2 || values.len() > MOST_YEARS {
        return None;
    }
    let step = WIDTH / values.len() as f64;
    let bar = |(i, value): (usize, &FacetValue)| {
        // A bar of one entry among thousands is still to be seen.
        let height = rounded((HEIGHT * value.count as f64 / most as f64).max(3.0));
        let (x, width) = (rounded(i as f64 * step), rounded((step * 0.82).clamp(1.0, 64.0)));
        Bar {
            reach: format!("M{x} 0h{width}v{HEIGHT}h-{width}z"),
            path: format!("M{x} {HEIGHT}v-{height}h{width}v{height}z"),
            label: words::label(&value.value),
            count: value.count,
            apply: value.apply.clone(),
        }
    };
    Some(Histogram {
        bars: values.iter().enumerate().filter(|(_, value)| value.count > 0).map(bar).collect(),
        first: words::label(&first.value),
        last: words::label(&last.value),
        width: WIDTH,
        height: HEIGHT,
    })
}

fn rounded(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

/// Where the pages of a year and a month are, with the query they are asked for.
pub(crate) struct Pages<'a> {
    pub(crate) base: &'a str,
    pub(crate) query: &'a str,
}

impl Pages<'_> {
    pub(crate) fn year(&self, year: i32) -> String {
        format!("{}/{year:04}{}", self.base, self.asked())
    }

    pub(crate) fn month(&self, year: i32, month: u32) -> String {
        format!("{}/{year:04}/{month:02}{}", self.base, self.asked())
    }

    fn asked(&self) -> String {
        match self.query.trim() {
            "" | "*" => String::new(),
            query => format!("?q={}", address::encode(query)),
        }
    }
}

/// Years down, months across.
#[derive(Debug, Serialize)]
pub(crate) struct MonthTable {
    months: Vec<&'static str>,
    rows: Vec<YearRow>,
}

#[derive(Debug, Serialize)]
struct YearRow {
    year: i32,
    page: String,
    cells: Vec<Option<Cell>>,
}

#[derive(Debug, Serialize)]
struct Cell {
    label: String,
    count: u64,
    /// 1 to 4: how much that is among the others.
    level: u64,
    page: String,
}

/// The months of at most so many years with entries, the last years first to go in.
pub(crate) fn months(calendar: &Calendar, pages: &Pages, most_years: usize) -> Option<MonthTable> {
    let years: Vec<i32> = calendar.years().into_keys().collect();
    if years.is_empty() || years.len() > most_years {
        return None;
    }
    let counted: Vec<(i32, [u64; 12])> = years.iter().map(|year| (*year, calendar.months(*year))).collect();
    let most = counted.iter().flat_map(|(_, months)| months).copied().max().unwrap_or(0);
    let row = |(year, months): &(i32, [u64; 12])| YearRow {
        year: *year,
        page: pages.year(*year),
        cells: (1..).zip(months).map(|(month, count)| cell(pages, *year, month, *count, most)).collect(),
    };
    Some(MonthTable { months: (1..=12).map(words::month).collect(), rows: counted.iter().map(row).collect() })
}

fn cell(pages: &Pages, year: i32, month: u32, count: u64, most: u64) -> Option<Cell> {
    (count > 0).then(|| Cell {
        label: format!("{} {year}", words::month(month)),
        count,
        level: level(count, most),
        page: pages.month(year, month),
    })
}

/// 1 to 4, 4 for what is near the most; where there is little of anything, in between.
fn level(count: u64, most: u64) -> u64 {
    if most < 4 {
        return (count + 2).min(4);
    }
    (count.saturating_mul(4)).div_ceil(most.max(1)).clamp(1, 4)
}

/// One year as weeks across and weekdays down, in the units of an SVG 640 wide.
#[derive(Debug, Serialize)]
pub(crate) struct DayGrid {
    year: i32,
    days: Vec<DayMark>,
    months: Vec<MonthMark>,
    /// The outline of all days of the year.
    outline: String,
}

#[derive(Debug, Serialize)]
struct DayMark {
    path: String,
    label: String,
    count: u64,
    level: u64,
    query: String,
}

#[derive(Debug, Serialize)]
struct MonthMark {
    x: i64,
    name: &'static str,
}

const STEP: i64 = 12;

/// The days of one year; nothing where more than `most` of them have entries.
pub(crate) fn days(
    calendar: &Calendar,
    printed: diary::Calendar,
    year: i32,
    query: &str,
    most: usize,
) -> Option<DayGrid> {
    let counted: Vec<(CivilDate, u64)> = calendar.of_year(year).collect();
    if counted.is_empty() || counted.len() > most {
        return None;
    }
    let highest = counted.iter().map(|(_, count)| *count).max().unwrap_or(1);
    let number = |date: CivilDate| printed.day(date).map(diary::Day::number);
    let first = number(CivilDate::new(year, 1, 1)?)?;
    let last = number(CivilDate::new(year, 12, 31)?)?;
    let monday = |number: i64| (number - 1).rem_euclid(7);
    let place = |number: i64| {
        let cells = number - first + monday(first);
        (cells / 7 * STEP, cells % 7 * STEP)
    };
    let mark = |(date, count): (CivilDate, u64)| {
        let (x, y) = place(number(date)?);
        let query = calendar::query_of_day(query, date);
        let path = format!("M{x} {y}h10v10h-10z");
        Some(DayMark { path, label: words::day(date), count, level: level(count, highest), query })
    };
    let month = |month: u32| {
        Some(MonthMark { x: place(number(CivilDate::new(year, month, 1)?)?).0, name: words::month(month) })
    };
    let ((x0, y0), (x1, y1)) = (place(first), place(last));
    let (left, right, bottom) = (x0 + STEP, x1 + STEP, 7 * STEP);
    let outline = format!("M{x0} {y0}H{left}V0H{right}V{}H{x1}V{bottom}H{x0}z", y1 + STEP);
    Some(DayGrid {
        year,
        days: counted.into_iter().filter_map(mark).collect(),
        months: (1..=12).filter_map(month).collect(),
        outline,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar(days: &[(i32, u32, u32, u64)]) -> Calendar {
        let day = |(y, m, d, count): &(i32, u32, u32, u64)| Some((CivilDate::new(*y, *m, *d)?, *count));
        Calendar { days: days.iter().filter_map(day).collect() }
    }

    #[test]
    fn days_stand_in_their_week() {
        // 1 January 2003 was a Wednesday.
        let calendar = calendar(&[(2003, 1, 1, 1), (2003, 1, 6, 4), (2003, 12, 31, 2)]);
        let grid = days(&calendar, diary::Calendar::Gregorian, 2003, "a OR b", 10).unwrap();
        let paths: Vec<&str> = grid.days.iter().map(|day| day.path.as_str()).collect();
        assert_eq!(paths, ["M0 24h10v10h-10z", "M12 0h10v10h-10z", "M624 24h10v10h-10z"]);
        assert_eq!(grid.days.iter().map(|day| day.level).collect::<Vec<_>>(), [1, 4, 2]);
        assert_eq!(grid.days[1].query, "(a OR b) day:01-06 year:2003");
        assert!(days(&calendar, diary::Calendar::Gregorian, 2003, "", 2).is_none());
        assert!(days(&calendar, diary::Calendar::Gregorian, 2004, "", 9).is_none());
    }

    #[test]
    fn months_are_counted_and_lead_to_their_pages() {
        let calendar = calendar(&[(2003, 1, 1, 1), (2003, 1, 6, 4), (2005, 12, 31, 2)]);
        let table = months(&calendar, &Pages { base: "/d", query: "x y" }, 5).unwrap();
        assert_eq!(table.rows.iter().map(|row| row.year).collect::<Vec<_>>(), [2003, 2005]);
        let cell = table.rows[0].cells[0].as_ref().unwrap();
        assert_eq!((cell.count, cell.level, cell.page.as_str()), (5, 4, "/d/2003/01?q=x%20y"));
        assert!(table.rows[1].cells[0].is_none());
        assert!(months(&calendar, &Pages { base: "", query: "" }, 1).is_none());
    }
}
