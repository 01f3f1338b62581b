//! Entries over time as drawings whose every mark is a link, and as tables that say the same.

use crate::calendar::{self, Calendar};
use diary::{CivilDate, Facet};
use diary_query::{FacetCounts, FacetValue};
use diary_render::{address, words};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

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

/// Years down and months across, or decades down and their years across.
#[derive(Debug, Serialize)]
pub(crate) struct PeriodTable {
    what: &'static str,
    columns: Vec<String>,
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    label: String,
    page: Option<String>,
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

/// Bytes of a cell on a page, its query left out.
const CELL: usize = 110;

/// The months of all years with entries, or only the years where `room`, in bytes of the page, holds no more.
pub(crate) fn periods(calendar: &Calendar, pages: &Pages, room: usize) -> Option<PeriodTable> {
    let years = calendar.years();
    let size_of = |cells: usize| cells * (CELL + pages.asked().len());
    let months: BTreeSet<(i32, u32)> = calendar.days.keys().map(|day| (day.year(), day.month())).collect();
    match (size_of(months.len()), size_of(years.len())) {
        _ if years.is_empty() => None,
        (by_month, _) if by_month <= room => Some(by_month_of(calendar, pages, &years)),
        (_, by_year) if by_year <= room => Some(by_year_of(pages, &years)),
        _ => None,
    }
}

fn by_month_of(calendar: &Calendar, pages: &Pages, years: &BTreeMap<i32, u64>) -> PeriodTable {
    let counted: Vec<(i32, [u64; 12])> = years.keys().map(|year| (*year, calendar.months(*year))).collect();
    let most = counted.iter().flat_map(|(_, months)| months).copied().max().unwrap_or(0);
    let row = |(year, months): &(i32, [u64; 12])| {
        let name = |month| format!("{} {year}", words::month(month));
        let cells = (1..).zip(months).map(|(month, count)| cell(name(month), *count, most, pages.month(*year, month)));
        Row { label: year.to_string(), page: Some(pages.year(*year)), cells: cells.collect() }
    };
    PeriodTable {
        what: "Entries by month",
        columns: (1..=12).map(|month| words::month(month).to_owned()).collect(),
        rows: counted.iter().map(row).collect(),
    }
}

fn by_year_of(pages: &Pages, years: &BTreeMap<i32, u64>) -> PeriodTable {
    let most = years.values().copied().max().unwrap_or(0);
    let decades: BTreeSet<i32> = years.keys().map(|year| year.div_euclid(10)).collect();
    let year = |year: i32| cell(year.to_string(), years.get(&year).copied().unwrap_or(0), most, pages.year(year));
    let row = |decade: &i32| Row {
        label: format!("{decade}0s"),
        page: None,
        cells: (0..10).map(|unit| year(decade * 10 + unit)).collect(),
    };
    PeriodTable {
        what: "Entries by year",
        columns: (0..10).map(|unit| unit.to_string()).collect(),
        rows: decades.iter().map(row).collect(),
    }
}

fn cell(label: String, count: u64, most: u64, page: String) -> Option<Cell> {
    (count > 0).then(|| Cell { label, count, level: level(count, most), page })
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

/// Bytes of a mark on a page, its query left out.
const MARK: usize = 120;

/// The days of one year; nothing where there are none, or more of them than `room`, in bytes of the page, holds.
pub(crate) fn days(
    calendar: &Calendar,
    printed: diary::Calendar,
    year: i32,
    query: &str,
    room: usize,
) -> Option<DayGrid> {
    let counted: Vec<(CivilDate, u64)> = calendar.of_year(year).collect();
    let highest = counted.iter().map(|(_, count)| *count).max()?;
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
    let days: Vec<DayMark> = counted.into_iter().filter_map(mark).collect();
    if days.iter().map(|day| MARK + address::encode(&day.query).len()).sum::<usize>() > room {
        return None;
    }
    let ((x0, y0), (x1, y1)) = (place(first), place(last));
    let (left, right, bottom) = (x0 + STEP, x1 + STEP, 7 * STEP);
    let outline = format!("M{x0} {y0}H{left}V0H{right}V{}H{x1}V{bottom}H{x0}z", y1 + STEP);
    Some(DayGrid { year, days, months: (1..=12).filter_map(month).collect(), outline })
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
        let grid = days(&calendar, diary::Calendar::Gregorian, 2003, "a OR b", 1000).unwrap();
        let paths: Vec<&str> = grid.days.iter().map(|day| day.path.as_str()).collect();
        assert_eq!(paths, ["M0 24h10v10h-10z", "M12 0h10v10h-10z", "M624 24h10v10h-10z"]);
        assert_eq!(grid.days.iter().map(|day| day.level).collect::<Vec<_>>(), [1, 4, 2]);
        assert_eq!(grid.days[1].query, "(a OR b) day:01-06 year:2003");
        assert!(days(&calendar, diary::Calendar::Gregorian, 2003, "", 200).is_none());
        assert!(days(&calendar, diary::Calendar::Gregorian, 2004, "", 900).is_none());
    }

    #[test]
    fn periods_are_counted_and_lead_to_their_pages() {
        let calendar = calendar(&[(2003, 1, 1, 1), (2003, 1, 6, 4), (2005, 12, 31, 2)]);
        let pages = Pages { base: "/d", query: "x y" };
        let table = periods(&calendar, &pages, 1000).unwrap();
        assert_eq!(table.rows.iter().map(|row| row.label.as_str()).collect::<Vec<_>>(), ["2003", "2005"]);
        let cell = table.rows[0].cells[0].as_ref().unwrap();
        assert_eq!((cell.count, cell.level, cell.page.as_str()), (5, 4, "/d/2003/01?q=x%20y"));
        assert!(table.rows[1].cells[0].is_none());
        let many: Vec<_> = (1..=12).map(|month| (2003, month, 1, 1)).chain([(2011, 1, 1, 3)]).collect();
        let table = periods(&self::calendar(&many), &pages, 1000).unwrap();
        assert_eq!(table.rows.iter().map(|row| row.label.as_str()).collect::<Vec<_>>(), ["2000s", "2010s"]);
        let cell = table.rows[0].cells[3].as_ref().unwrap();
        assert_eq!((cell.count, cell.page.as_str()), (12, "/d/2003?q=x%20y"));
        assert!(periods(&calendar, &pages, 10).is_none());
    }
}
