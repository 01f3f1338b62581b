//! Entries over time as drawings whose every mark is a link, and as tables that say the same.

use crate::calendar::Calendar;
use diary::{CivilDate, Facet};
use diary_query::{FacetCounts, FacetValue};
use diary_render::{address, words};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// More months than this are shown as years.
const MOST_MONTHS: i32 = 60;
/// More years than this are not drawn.
const MOST_YEARS: i32 = 400;
/// The height of the highest bar, in pixels.
const HEIGHT: f64 = 56.0;
/// The widest bar, in hundredths of the whole width.
const WIDEST: f64 = 5.0;

/// Bars over time: pixels high, and hundredths of the whole width wide, so that it fits every page undistorted.
#[derive(Debug, Serialize)]
pub(crate) struct Histogram {
    bars: Vec<Bar>,
    ticks: Vec<Tick>,
    what: &'static str,
    /// Of the highest bar.
    most: u64,
    height: f64,
}

#[derive(Debug, Serialize)]
struct Bar {
    /// Its whole column, in which it can be reached.
    column: f64,
    step: f64,
    x: f64,
    width: f64,
    y: f64,
    height: f64,
    label: String,
    count: u64,
    /// The query behind it.
    apply: String,
}

/// A name below the bars, in the middle of its column.
#[derive(Debug, Serialize)]
struct Tick {
    x: f64,
    name: String,
}

/// The bars of the months, or of the years where there are many; nothing where fewer than two are to be seen.
pub(crate) fn histogram(facets: &[FacetCounts]) -> Option<Histogram> {
    let of = |facet: Facet| facets.iter().find(|counts| counts.facet == facet).map(|counts| &counts.values);
    let placed = |values: &'_ [FacetValue], place: fn(&str) -> Option<i32>| -> Option<(i32, i32)> {
        Some((place(&values.first()?.value)?, place(&values.last()?.value)?))
    };
    let months = of(Facet::Month)?;
    let (first, last) = placed(months, month_number)?;
    let (values, place, (first, last)): (_, fn(&str) -> Option<i32>, _) = match last - first < MOST_MONTHS {
        true => (months, month_number, (first, last)),
        false => (of(Facet::Year)?, |year| year.parse().ok(), placed(of(Facet::Year)?, |year| year.parse().ok())?),
    };
    let columns = last - first + 1;
    let by_month = std::ptr::eq(values, months);
    let most = values.iter().map(|value| value.count).max().filter(|most| *most > 0)?;
    if columns < 2 || !by_month && columns > MOST_YEARS {
        return None;
    }
    let step = 100.0 / f64::from(columns);
    let width = (step * 0.82).min(WIDEST);
    let bar = |value: &FacetValue| {
        // A bar of one entry among thousands is still to be seen.
        let height = (HEIGHT * value.count as f64 / most as f64).max(3.0);
        let column = f64::from(place(&value.value)? - first) * step;
        Some(Bar {
            column: rounded(column),
            step: rounded(step),
            x: rounded(column + (step - width) / 2.0),
            width: rounded(width),
            y: rounded(HEIGHT - height),
            height: rounded(height),
            label: words::label(&value.value),
            count: value.count,
            apply: value.apply.clone(),
        })
    };
    let tick = |(number, name)| Tick { x: rounded((f64::from(number - first) + 0.5) * step), name };
    Some(Histogram {
        bars: values.iter().filter(|value| value.count > 0).filter_map(bar).collect(),
        ticks: if by_month { named_months(first, last) } else { named_years(first, last) }.map(tick).collect(),
        what: if by_month { "month" } else { "year" },
        most,
        height: HEIGHT,
    })
}

/// The months of all years in one row.
fn month_number(text: &str) -> Option<i32> {
    let (year, month) = text.split_once('-')?;
    Some(year.parse::<i32>().ok()? * 12 + month.parse::<i32>().ok()? - 1)
}

/// Every month of up to a year; of more, each January by its year.
fn named_months(first: i32, last: i32) -> Box<dyn Iterator<Item = (i32, String)>> {
    let month = |number: i32| words::month(u32::try_from(number.rem_euclid(12) + 1).unwrap_or(0)).to_owned();
    match last - first < 12 {
        true => Box::new((first..=last).map(move |number| (number, month(number)))),
        false => Box::new((first..=last).filter(|number| number % 12 == 0).map(|n| (n, (n / 12).to_string()))),
    }
}

/// Round years, at most nine.
fn named_years(first: i32, last: i32) -> Box<dyn Iterator<Item = (i32, String)>> {
    let step = [1, 2, 5, 10, 20, 25, 50].into_iter().find(|step| (last - first) / step < 8).unwrap_or(100);
    Box::new((first..=last).filter(move |year| year % step == 0).map(|year| (year, year.to_string())))
}

fn rounded(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

/// Where the pages of a year, a month and a day are, with the query they are asked for.
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

    pub(crate) fn day(&self, day: CivilDate) -> String {
        format!("{}/{:04}/{:02}/{:02}{}", self.base, day.year(), day.month(), day.day(), self.asked())
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
pub(crate) fn level(count: u64, most: u64) -> u64 {
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
    /// Whether they are those of a query: such combinations have no end.
    asked: bool,
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
    page: String,
}

#[derive(Debug, Serialize)]
struct MonthMark {
    x: i64,
    name: &'static str,
}

const STEP: i64 = 12;

/// Bytes of a mark on a page, its address left out.
const MARK: usize = 84;

/// The days of one year; nothing where there are none, or more of them than `room`, in bytes of the page, holds.
pub(crate) fn days(
    calendar: &Calendar,
    printed: diary::Calendar,
    year: i32,
    pages: &Pages,
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
        let path = format!("M{x} {y}h10v10h-10z");
        Some(DayMark { path, label: words::day(date), count, level: level(count, highest), page: pages.day(date) })
    };
    let month = |month: u32| {
        Some(MonthMark { x: place(number(CivilDate::new(year, month, 1)?)?).0, name: words::month(month) })
    };
    let days: Vec<DayMark> = counted.into_iter().filter_map(mark).collect();
    if days.iter().map(|day| MARK + day.page.len()).sum::<usize>() > room {
        return None;
    }
    let ((x0, y0), (x1, y1)) = (place(first), place(last));
    let (left, right, bottom) = (x0 + STEP, x1 + STEP, 7 * STEP);
    let outline = format!("M{x0} {y0}H{left}V0H{right}V{}H{x1}V{bottom}H{x0}z", y1 + STEP);
    Some(DayGrid {
        year,
        days,
        asked: !pages.asked().is_empty(),
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
        let of =
            |year, query, room| days(&calendar, diary::Calendar::Gregorian, year, &Pages { base: "/d", query }, room);
        let grid = of(2003, "a OR b", 1000).unwrap();
        let paths: Vec<&str> = grid.days.iter().map(|day| day.path.as_str()).collect();
        assert_eq!(paths, ["M0 24h10v10h-10z", "M12 0h10v10h-10z", "M624 24h10v10h-10z"]);
        assert_eq!(grid.days.iter().map(|day| day.level).collect::<Vec<_>>(), [1, 4, 2]);
        assert_eq!(grid.days[1].page, "/d/2003/01/06?q=a%20OR%20b");
        assert!(grid.asked && !of(2003, "", 900).unwrap().asked);
        assert!(of(2003, "", 200).is_none());
        assert!(of(2004, "", 900).is_none());
    }

    fn bars(months: &[(&str, u64)], years: &[(&str, u64)]) -> Option<Histogram> {
        let value = |(value, count): &(&str, u64)| FacetValue {
            value: (*value).to_owned(),
            label: (*value).to_owned(),
            count: *count,
            selected: false,
            apply: format!("date:{value}"),
            remove: None,
        };
        let counts = |facet, values: &[(&str, u64)]| FacetCounts {
            facet,
            values: values.iter().map(value).collect(),
            distinct: values.len(),
        };
        histogram(&[counts(Facet::Month, months), counts(Facet::Year, years)])
    }

    fn names(histogram: &Histogram) -> Vec<&str> {
        histogram.ticks.iter().map(|tick| tick.name.as_str()).collect()
    }

    #[test]
    fn bars_stand_where_their_time_is() {
        let year = bars(&[("2003-03", 2), ("2003-04", 0), ("2003-06", 4)], &[("2003", 6)]).unwrap();
        let placed: Vec<_> = year.bars.iter().map(|bar| (bar.column, bar.step, bar.height, bar.count)).collect();
        assert_eq!(placed, [(0.0, 25.0, 28.0, 2), (75.0, 25.0, 56.0, 4)]);
        assert_eq!((year.what, year.most, names(&year)), ("month", 4, vec!["Mar", "Apr", "May", "Jun"]));
        let two_years = bars(&[("2003-12", 1), ("2005-02", 1)], &[]).unwrap();
        assert_eq!(names(&two_years), ["2004", "2005"]);
        assert!(bars(&[("2003-12", 1)], &[("2003", 1)]).is_none());
        assert!(bars(&[], &[]).is_none());
    }

    #[test]
    fn months_that_lie_far_apart_are_shown_as_years_in_their_distance() {
        let histogram = bars(&[("1666-09", 2), ("1915-09", 1)], &[("1666", 2), ("1915", 1)]).unwrap();
        assert_eq!((histogram.what, names(&histogram)), ("year", vec!["1700", "1750", "1800", "1850", "1900"]));
        let columns: Vec<_> = histogram.bars.iter().map(|bar| bar.column).collect();
        assert_eq!(columns, [0.0, 99.6]);
        assert!(bars(&[("0001-01", 1), ("2003-01", 1)], &[("0001", 1), ("2003", 1)]).is_none());
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
