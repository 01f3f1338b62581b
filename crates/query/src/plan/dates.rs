//! Which days a date in a query is.

use super::PlanContext;
use crate::lang::{DateExpr, Feast, NthWeek, Period, Recurring, Season, Third, Unit};
use diary::{Calendar, CivilDate, Day, Hemisphere};
use std::fmt;

/// Printed days from one to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateRange {
    /// The first; 0001-01-01 where there is no beginning.
    pub from: CivilDate,
    /// The last, never before the first; 9999-12-31 where there is no end.
    pub to: CivilDate,
}

impl DateRange {
    /// From one day to another; nothing if that runs backwards.
    pub fn new(from: CivilDate, to: CivilDate) -> Option<Self> {
        (from <= to).then_some(Self { from, to })
    }

    /// Every day there is.
    pub fn always() -> Self {
        Self { from: date(1, 1, 1), to: date(9999, 12, 31) }
    }

    /// Whether it has a beginning.
    pub fn has_start(self) -> bool {
        self.from > Self::always().from
    }

    /// Whether it has an end.
    pub fn has_end(self) -> bool {
        self.to < Self::always().to
    }

    /// The days in both.
    pub fn meet(self, other: Self) -> Option<Self> {
        Self::new(self.from.max(other.from), self.to.min(other.to))
    }

    /// The shortest range that has all the days of both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self { from: self.from.min(other.from), to: self.to.max(other.to) }
    }

    /// The same days as ranges in order, no two of which share a day.
    pub(super) fn union(mut ranges: Vec<Self>) -> Vec<Self> {
        ranges.sort();
        let mut apart: Vec<Self> = Vec::with_capacity(ranges.len());
        for range in ranges {
            match apart.last_mut().filter(|last| range.from <= last.to) {
                Some(last) => *last = last.hull(range),
                None => apart.push(range),
            }
        }
        apart
    }
}

/// `2003-06-01..2003-08-31`, a single day alone, and open where it has no beginning or no end.
impl fmt::Display for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.from == self.to {
            return write!(f, "{}", self.from);
        }
        if self.has_start() {
            write!(f, "{}", self.from)?;
        }
        f.write_str("..")?;
        if self.has_end() { write!(f, "{}", self.to) } else { Ok(()) }
    }
}

/// A date of which the parts are kept inside what a [`CivilDate`] can say.
fn date(year: i32, month: u32, day: u32) -> CivilDate {
    let kept = CivilDate::new(year.clamp(1, 9999), month.clamp(1, 12), day.clamp(1, 31));
    // Clamped as above there always is one.
    kept.unwrap_or_else(|| Calendar::Gregorian.civil(Day::MIN))
}

/// The days of a date expression; nothing where there are none, as before the first day of all.
pub(super) fn range(expr: &DateExpr, context: &PlanContext) -> Option<DateRange> {
    let DateRange { from: first, to: last } = DateRange::always();
    let of = |period: &Period| days(period, context);
    match expr {
        DateExpr::In(period) => Some(of(period)),
        DateExpr::Between(a, b) => {
            let (a, b) = (of(a), of(b));
            DateRange::new(a.from, b.to).or_else(|| DateRange::new(b.from, a.to))
        }
        DateExpr::Before(period) => DateRange::new(first, before(of(period).from, context)?),
        DateExpr::Until(period) => DateRange::new(first, of(period).to),
        DateExpr::After(period) => DateRange::new(after(of(period).to, context)?, last),
        DateExpr::Since(period) => DateRange::new(of(period).from, last),
    }
}

/// The printed date next below. Bounds count dates, not days: it need not be one that the calendar kept.
fn before(bound: CivilDate, context: &PlanContext) -> Option<CivilDate> {
    let (year, month, day) = (bound.year(), bound.month(), bound.day());
    CivilDate::new(year, month, day - 1)
        .or_else(|| CivilDate::new(year, month - 1, context.calendar.month_end(year, month - 1)))
        .or_else(|| CivilDate::new(year - 1, 12, 31))
}

/// The printed date next above.
fn after(bound: CivilDate, context: &PlanContext) -> Option<CivilDate> {
    let (year, month, day) = (bound.year(), bound.month(), bound.day());
    let in_month = (day < context.calendar.month_end(year, month)).then(|| CivilDate::new(year, month, day + 1));
    in_month.flatten().or_else(|| CivilDate::new(year, month + 1, 1)).or_else(|| CivilDate::new(year + 1, 1, 1))
}

/// The days of a period.
pub(super) fn days(period: &Period, context: &PlanContext) -> DateRange {
    match period {
        Period::Day(day) => DateRange { from: *day, to: *day },
        Period::Month(year, month) => months(*year, *month, 1, context),
        Period::Quarter(year, quarter) => months(*year, quarter * 3 - 2, 3, context),
        Period::Year(year) => months(*year, 1, 12, context),
        Period::Decade(year) => months(*year, 1, 120, context),
        Period::Century(year) => months(*year, 1, 1200, context),
        Period::Week(year, week) => iso_week(*year, *week, context),
        Period::WeekOf(day) => week_of(number(*day, context), context),
        Period::MonthWeek(nth, year, month) => month_week(*nth, *year, *month, context),
        Period::Season(season, year) => season_days(*season, *year, context),
        Period::Feast(feast, year) => feast_days(*feast, *year, context),
        Period::Third(third, inner) => third_of(*third, days(inner, context), context),
        Period::Around(inner) => around(days(inner, context), context),
        Period::Ago(count, unit) => ago(*count, *unit, context),
        Period::Past(count, unit) => {
            let today = context.today;
            let then = ago(*count, *unit, context).from;
            // The same day so many months ago and a day on: "last 3 months" of 19 December is from 20 September.
            let start = match unit {
                Unit::Day | Unit::Week => plus(today, 1 - i64::from(*count) * unit_days(*unit), context),
                Unit::Month => plus(date(then.year(), then.month(), today.day()), 1, context),
                Unit::Year => plus(date(then.year(), today.month(), today.day()), 1, context),
            };
            DateRange { from: start.min(context.today), to: context.today }
        }
        Period::Last(recurring) => latest(*recurring, context, |days| days.to < context.today),
        Period::Latest(recurring) => latest(*recurring, context, |days| days.from <= context.today),
    }
}

/// The latest time that something came of which `is_past` holds.
fn latest(recurring: Recurring, context: &PlanContext, is_past: impl Fn(&DateRange) -> bool) -> DateRange {
    let today = context.today;
    let in_year = |year: i32| match recurring {
        Recurring::Month(month) => months(year, month, 1, context),
        Recurring::Season(season) => season_days(season, year, context),
        Recurring::Feast(feast) => feast_days(feast, year, context),
        Recurring::Weekday(day) => {
            let this_week = week_of(number(today, context), context).from;
            let back = 7 * i64::from(today.year() - year);
            let day = plus(this_week, i64::from(day.num_days_from_monday()) - back, context);
            DateRange { from: day, to: day }
        }
    };
    // A season or feast of next year may have begun; one of the last year may not be over.
    let mut latest = (0..=3).map(|back| in_year((today.year() + 1 - back).clamp(1, 9999)));
    latest.find(is_past).unwrap_or(DateRange { from: today, to: today })
}

/// `count` whole months from a month on.
fn months(year: i32, month: u32, count: i32, context: &PlanContext) -> DateRange {
    let last = year * 12 + month as i32 - 1 + count - 1;
    let (to_year, to_month) = (last.div_euclid(12).min(9999), last.rem_euclid(12) as u32 + 1);
    let to_month = if last.div_euclid(12) > 9999 { 12 } else { to_month };
    let end = context.calendar.month_end(to_year, to_month);
    let end = if to_month == 12 { 31 } else { end };
    DateRange { from: date(year, month, 1), to: date(to_year, to_month, end) }
}

/// The day that a printed date is. One that a reform left out is counted on in the old calendar; one that no month has is
/// the 28th.
fn number(printed: CivilDate, context: &PlanContext) -> Day {
    let shortened = date(printed.year(), printed.month(), printed.day().min(28));
    let old_style = |date| {
        Some(date).filter(|_| context.calendar != Calendar::Gregorian).and_then(|date| Calendar::Julian.day(date))
    };
    let read = |date| context.calendar.day(date).or_else(|| old_style(date));
    read(printed).or_else(|| read(shortened)).unwrap_or(Day::MIN)
}

/// The printed date so many days later, or earlier.
fn plus(printed: CivilDate, days: i64, context: &PlanContext) -> CivilDate {
    context.calendar.civil(number(printed, context).plus(days))
}

fn span(first: Day, length: i64, context: &PlanContext) -> DateRange {
    let (from, to) = (context.calendar.civil(first), context.calendar.civil(first.plus(length - 1)));
    DateRange { from, to: to.max(from) }
}

/// The Monday to Sunday that a day is in.
fn week_of(day: Day, context: &PlanContext) -> DateRange {
    span(day.plus(-i64::from(day.weekday().num_days_from_monday())), 7, context)
}

/// The ISO week: the first is the one that has 4 January. In an Old Style calendar, counted on its own dates.
fn iso_week(year: i32, week: u32, context: &PlanContext) -> DateRange {
    week_of(number(date(year, 1, 4), context).plus(7 * (i64::from(week) - 1)), context)
}

fn month_week(nth: NthWeek, year: i32, month: u32, context: &PlanContext) -> DateRange {
    let end = months(year, month, 1, context).to.day();
    let first = match nth {
        NthWeek::First => 1,
        NthWeek::Second => 8,
        NthWeek::Third => 15,
        NthWeek::Fourth => 22,
        NthWeek::Last => end - 6,
    };
    DateRange { from: date(year, month, first), to: date(year, month, first + 6) }
}

/// Three whole months. A season is named by the year it begins in: the northern winter of 2003 ends in February 2004,
/// the southern summer of 2003 too.
fn season_days(season: Season, year: i32, context: &PlanContext) -> DateRange {
    let [first, ..] = season_months(season, context);
    months(year, first, 3, context)
}

/// The months of a season, 1 to 12.
pub(super) fn season_months(season: Season, context: &PlanContext) -> [u32; 3] {
    let northern = match season {
        Season::Spring => 3,
        Season::Summer => 6,
        Season::Autumn => 9,
        Season::Winter => 12,
    };
    let away = if context.hemisphere == Hemisphere::South { 6 } else { 0 };
    [0, 1, 2].map(|month| (northern + away + month - 1) % 12 + 1)
}

fn feast_days(feast: Feast, year: i32, context: &PlanContext) -> DateRange {
    match feast {
        Feast::Christmas => DateRange { from: date(year, 12, 24), to: date(year, 12, 26) },
        Feast::NewYear => {
            let first = date(year, 1, 1);
            DateRange { from: before(first, context).unwrap_or(first), to: first }
        }
        Feast::Easter => {
            let sunday = easter(year, context);
            DateRange { from: plus(sunday, -2, context), to: plus(sunday, 1, context) }
        }
        Feast::ShroveTuesday
        | Feast::AshWednesday
        | Feast::PalmSunday
        | Feast::GoodFriday
        | Feast::Ascension
        | Feast::Whitsun => {
            let day = plus(easter(year, context), feast.days_after_easter().unwrap_or_default(), context);
            DateRange { from: day, to: day }
        }
        Feast::Halloween => DateRange { from: date(year, 10, 31), to: date(year, 10, 31) },
        Feast::Valentine => DateRange { from: date(year, 2, 14), to: date(year, 2, 14) },
    }
}

/// Easter Sunday as the archive's calendar prints it: by Gauss's rule for Old Style years, by the anonymous Gregorian
/// rule of 1876 for the others.
fn easter(year: i32, context: &PlanContext) -> CivilDate {
    let old_style = match context.calendar {
        Calendar::Gregorian => false,
        Calendar::Julian => true,
        Calendar::JulianUntil(last) => date(year, 4, 25) <= last,
    };
    let golden = year % 19;
    let month_and_day = if old_style {
        let moon = (19 * golden + 15) % 30;
        let sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7;
        moon + sunday + 114
    } else {
        let (century, rest) = (year / 100, year % 100);
        let (leap_centuries, other) = (century / 4, century % 4);
        let correction = (century + 8) / 25;
        let moon = (19 * golden + century - leap_centuries - (century - correction + 1) / 3 + 15) % 30;
        let sunday = (32 + 2 * other + 2 * (rest / 4) - moon - rest % 4) % 7;
        moon + sunday - 7 * ((golden + 11 * moon + 22 * sunday) / 451) + 114
    };
    date(year, (month_and_day / 31) as u32, (month_and_day % 31 + 1) as u32)
}

/// Days 1 to 10, 11 to 20 or 21 to the end of a month; a third of the months of anything longer; a third of the days of
/// anything else.
fn third_of(third: Third, whole: DateRange, context: &PlanContext) -> DateRange {
    let (from, to) = (whole.from, whole.to);
    let count = (to.year() - from.year()) * 12 + to.month() as i32 - from.month() as i32 + 1;
    let whole_months = from.day() == 1 && to == months(to.year(), to.month(), 1, context).to;
    if whole_months && count == 1 {
        let (first, last) = match third {
            Third::Early => (1, 10),
            Third::Mid => (11, 20),
            Third::Late => (21, to.day()),
        };
        return DateRange { from: date(from.year(), from.month(), first), to: date(from.year(), from.month(), last) };
    }
    if whole_months && count % 3 == 0 {
        let part = count / 3;
        let start = from.year() * 12 + from.month() as i32 - 1 + part * third as i32;
        return months(start.div_euclid(12), start.rem_euclid(12) as u32 + 1, part, context);
    }
    let first = number(from, context);
    let length = number(to, context).number() - first.number() + 1;
    let bound = |part: i64| length * part / 3;
    let part = third as i64;
    span(first.plus(bound(part)), (bound(part + 1) - bound(part)).max(1), context)
}

/// A week on both sides of a day or week, half a month of a month, a month of a season, half a year of a year.
fn around(whole: DateRange, context: &PlanContext) -> DateRange {
    let length = number(whole.to, context).number() - number(whole.from, context).number() + 1;
    let margin = match length {
        ..=10 => 7,
        11..=31 => 15,
        32..=100 => 30,
        _ => 183,
    };
    let (from, to) = (plus(whole.from, -margin, context), plus(whole.to, margin, context));
    DateRange { from: from.min(whole.from), to: to.max(whole.to) }
}

fn unit_days(unit: Unit) -> i64 {
    if unit == Unit::Week { 7 } else { 1 }
}

/// The whole day, week, month or year that lies `count` of them before today's.
fn ago(count: u32, unit: Unit, context: &PlanContext) -> DateRange {
    let (today, back) = (context.today, i64::from(count));
    match unit {
        Unit::Day => {
            let day = plus(today, -back, context);
            DateRange { from: day, to: day }
        }
        Unit::Week => week_of(number(today, context).plus(-7 * back), context),
        Unit::Month => {
            let month = (i64::from(today.year()) * 12 + i64::from(today.month()) - 1 - back).max(12) as i32;
            months(month.div_euclid(12), month.rem_euclid(12) as u32 + 1, 1, context)
        }
        Unit::Year => months((i64::from(today.year()) - back).max(1) as i32, 1, 12, context),
    }
}
