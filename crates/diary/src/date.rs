//! Civil days, the calendars they are printed in, and the date of an entry.
//!
//! A [`Day`] is a number that makes all archives comparable; a [`CivilDate`] is what stands on the page. A [`Calendar`]
//! turns one into the other. No time zone and no time of day comes near either.

use chrono::{Datelike, NaiveDate, Weekday};
use std::fmt;

/// A civil day as a number: days in the proleptic Gregorian calendar, 1 January of the year 1 being day 1.
///
/// The same count as [`chrono::Datelike::num_days_from_ce`]. Years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

impl Day {
    /// 1 January 1.
    pub const MIN: Self = Self(1);
    /// 31 December 9999.
    pub const MAX: Self = Self(3_652_059);

    /// The day with this number, if it is in the years 1 to 9999.
    pub fn from_number(number: i64) -> Option<Self> {
        let number = i32::try_from(number).ok()?;
        (Self::MIN.0..=Self::MAX.0).contains(&number).then_some(Self(number))
    }

    /// The number itself.
    pub fn number(self) -> i64 {
        i64::from(self.0)
    }

    /// The day of the week, which no calendar reform ever interrupted.
    pub fn weekday(self) -> Weekday {
        // Day 1 was a Monday.
        Weekday::try_from(((self.0 - 1) % 7) as u8).unwrap_or(Weekday::Mon)
    }

    /// The day `days` later, or earlier when negative, kept inside the years 1 to 9999.
    #[must_use]
    pub fn plus(self, days: i64) -> Self {
        let number = self.number().saturating_add(days).clamp(Self::MIN.number(), Self::MAX.number());
        Self(number as i32)
    }
}

/// A year, month and day as printed, in whatever calendar the page uses.
///
/// ```
/// use diary::{Calendar, CivilDate};
/// let printed = CivilDate::new(1660, 1, 1).unwrap();
/// let day = Calendar::Julian.day(printed).unwrap();
/// assert_eq!(Calendar::Gregorian.civil(day).to_string(), "1660-01-11");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CivilDate {
    year: u16,
    month: u8,
    day: u8,
}

impl CivilDate {
    /// A date with a year of 1 to 9999, a month of 1 to 12 and a day of 1 to 31. Whether the day exists is for a
    /// [`Calendar`] to say.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        let fits = (1..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
        fits.then_some(Self { year: year as u16, month: month as u8, day: day as u8 })
    }

    /// The year, 1 to 9999.
    pub fn year(self) -> i32 {
        i32::from(self.year)
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u32 {
        u32::from(self.month)
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u32 {
        u32::from(self.day)
    }

    /// The date as one number that sorts as dates do: 26 July 2003 is 20030726.
    pub fn ordinal(self) -> i64 {
        i64::from(self.year) * 10_000 + i64::from(self.month) * 100 + i64::from(self.day)
    }

    /// The date that [`CivilDate::ordinal`] made this number of.
    pub fn from_ordinal(ordinal: i64) -> Option<Self> {
        let part = |divisor: i64, modulus: i64| u32::try_from(ordinal / divisor % modulus).ok();
        Self::new(i32::try_from(ordinal / 10_000).ok()?, part(100, 100)?, part(1, 100)?)
    }
}

/// `YYYY-MM-DD`.
impl fmt::Display for CivilDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// The calendar that a page's dates are printed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Calendar {
    /// New Style, carried back without end.
    #[default]
    Gregorian,
    /// Old Style.
    Julian,
    /// Old Style up to and including this (Julian) date, New Style after it; England: 2 September 1752.
    JulianUntil(CivilDate),
}

impl Calendar {
    /// The day that this calendar prints as `date`; nothing where no such day exists (30 February).
    pub fn day(self, date: CivilDate) -> Option<Day> {
        match self {
            Self::Gregorian => gregorian_day(date),
            Self::Julian => julian_day(date),
            Self::JulianUntil(last) if date <= last => julian_day(date),
            Self::JulianUntil(last) => gregorian_day(date).filter(|day| julian_day(last).is_none_or(|end| *day > end)),
        }
    }

    /// How this calendar prints `day`.
    pub fn civil(self, day: Day) -> CivilDate {
        match self {
            Self::Gregorian => gregorian_civil(day),
            Self::Julian => julian_civil(day),
            Self::JulianUntil(last) if julian_day(last).is_some_and(|end| day <= end) => julian_civil(day),
            Self::JulianUntil(_) => gregorian_civil(day),
        }
    }

    /// The last day of the month, 28 to 31, in this calendar.
    pub fn month_end(self, year: i32, month: u32) -> u32 {
        (28..=31)
            .rev()
            .find(|&day| CivilDate::new(year, month, day).is_some_and(|date| self.day(date).is_some()))
            .unwrap_or(28)
    }
}

/// `gregorian`, `julian`, or `julian until 1752-09-02`.
impl fmt::Display for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gregorian => f.write_str("gregorian"),
            Self::Julian => f.write_str("julian"),
            Self::JulianUntil(last) => write!(f, "julian until {last}"),
        }
    }
}

/// How an archive's printed dates are to be read: in which calendar, and when its year begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Reckoning {
    /// The calendar of its pages.
    pub calendar: Calendar,
    /// When the number of the year changes on its pages.
    pub year_start: YearStart,
}

/// The day on which an archive's printed year begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum YearStart {
    /// 1 January.
    #[default]
    January,
    /// 25 March, Lady Day: February 1671 on the page is February of 1671/72.
    LadyDay,
}

fn gregorian_day(date: CivilDate) -> Option<Day> {
    NaiveDate::from_ymd_opt(date.year(), date.month(), date.day()).map(|naive| Day(naive.num_days_from_ce()))
}

fn gregorian_civil(day: Day) -> CivilDate {
    let naive = NaiveDate::from_num_days_from_ce_opt(day.0).unwrap_or_default();
    CivilDate { year: naive.year() as u16, month: naive.month() as u8, day: naive.day() as u8 }
}

/// The Julian day number of 31 December of the year 0, the day before [`Day::MIN`].
const JDN_BEFORE_DAY_ONE: i32 = 1_721_425;

fn julian_day(date: CivilDate) -> Option<Day> {
    let month = julian::Month::try_from(date.month()).ok()?;
    let jdn = julian::Calendar::JULIAN.at_ymd(date.year(), month, date.day()).ok()?.julian_day_number();
    Day::from_number(i64::from(jdn - JDN_BEFORE_DAY_ONE))
}

fn julian_civil(day: Day) -> CivilDate {
    let date = julian::Calendar::JULIAN.at_jdn(day.0 + JDN_BEFORE_DAY_ONE);
    // The last ten weeks of 9999 are in Julian 9999 too; the first two days of year 1 are in Julian year 1.
    CivilDate::new(date.year(), date.month().number(), date.day()).unwrap_or(CivilDate { year: 1, month: 1, day: 1 })
}

/// A first and a last day, the same for most entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DaySpan {
    /// The first day, on which the entry is counted.
    pub first: Day,
    /// The last day, never before the first.
    pub last: Day,
}

impl DaySpan {
    /// One day.
    pub fn one(day: Day) -> Self {
        Self { first: day, last: day }
    }

    /// From one day to another; nothing if that runs backwards.
    pub fn new(first: Day, last: Day) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }
}

/// How much of a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// To the day.
    Day,
    /// To the month; the span covers it.
    Month,
    /// To the year; the span covers it.
    Year,
    /// Not at all.
    None,
}

impl Precision {
    /// `day`, `month`, `year` or `none`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
            Self::None => "none",
        }
    }
}

/// The English name of a month, 1 to 12; nothing for another number.
///
/// ```
/// assert_eq!(diary::month_name(9), "September");
/// ```
pub fn month_name(month: u32) -> &'static str {
    let names = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    usize::try_from(month).ok().and_then(|month| names.get(month.wrapping_sub(1))).copied().unwrap_or_default()
}

/// The number that an English ordinal of one word names, in small letters: those up to the twentieth, and the
/// thirtieth.
///
/// ```
/// assert_eq!(diary::ordinal("second"), Some(2));
/// assert_eq!(diary::ordinal("two"), None);
/// ```
pub fn ordinal(word: &str) -> Option<u32> {
    const NAMES: [&str; 20] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    if word == "thirtieth" {
        return Some(30);
    }
    NAMES.iter().position(|name| *name == word).and_then(|at| u32::try_from(at + 1).ok())
}

/// The English name of a day of the week.
pub fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

/// When an entry was written, as far as its page says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryDate {
    /// The days it covers; `None` exactly when `precision` is [`Precision::None`].
    pub days: Option<DaySpan>,
    /// How much of it is known.
    pub precision: Precision,
    /// The calendar it is printed in.
    pub calendar: Calendar,
    /// The date as the page has it, to the letter; empty where the page has none.
    pub as_written: String,
    /// Whether the weekday on the page is that of the day; `None` where the page names none.
    pub weekday_agrees: Option<bool>,
    /// The nearest day on which the written weekday would be right, where it contradicts the date.
    pub other_reading: Option<Day>,
    /// Whether part of it was taken from elsewhere (the heading before, a title, a file name) or repaired.
    pub inferred: bool,
}

impl EntryDate {
    /// A day that stands on the page in full.
    pub fn on(day: Day, calendar: Calendar, as_written: &str) -> Self {
        Self {
            days: Some(DaySpan::one(day)),
            precision: Precision::Day,
            calendar,
            as_written: as_written.to_owned(),
            weekday_agrees: None,
            other_reading: None,
            inferred: false,
        }
    }

    /// No date, or an impossible one.
    pub fn unknown(as_written: &str) -> Self {
        Self {
            days: None,
            precision: Precision::None,
            calendar: Calendar::Gregorian,
            as_written: as_written.to_owned(),
            weekday_agrees: None,
            other_reading: None,
            inferred: false,
        }
    }

    /// The first day as the archive prints it.
    pub fn printed(&self) -> Option<CivilDate> {
        self.days.map(|days| self.calendar.civil(days.first))
    }

    /// The last day as the archive prints it.
    pub fn printed_last(&self) -> Option<CivilDate> {
        self.days.map(|days| self.calendar.civil(days.last))
    }

    /// The printed date cut to what is known: `2003-07-26`, `2003-07`, `2003`, or nothing.
    pub fn label(&self) -> Option<String> {
        let printed = self.printed()?.to_string();
        Some(match self.precision {
            Precision::Day => printed,
            Precision::Month => printed[..7].to_owned(),
            Precision::Year => printed[..4].to_owned(),
            Precision::None => return None,
        })
    }

    /// Whether the page contradicts itself: the weekday it names is not that of the date it names.
    pub fn is_conflict(&self) -> bool {
        self.weekday_agrees == Some(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_days() {
        let fire = Calendar::Julian.day(CivilDate::new(1666, 9, 2).unwrap()).unwrap();
        assert_eq!(Calendar::Gregorian.civil(fire).to_string(), "1666-09-12");
        assert_eq!(fire.weekday(), Weekday::Sun);
        assert_eq!(Calendar::Gregorian.civil(Day::MAX).to_string(), "9999-12-31");
        assert_eq!(Calendar::Gregorian.day(CivilDate::new(2003, 2, 30).unwrap()), None);
        assert_eq!(Calendar::Julian.month_end(1700, 2), 29);
        assert_eq!(Calendar::Gregorian.month_end(1700, 2), 28);
    }

    #[test]
    fn england_lost_eleven_days() {
        let england = Calendar::JulianUntil(CivilDate::new(1752, 9, 2).unwrap());
        let last = england.day(CivilDate::new(1752, 9, 2).unwrap()).unwrap();
        assert_eq!(england.civil(last.plus(1)).to_string(), "1752-09-14");
        assert_eq!(england.day(CivilDate::new(1752, 9, 7).unwrap()), None);
    }

    proptest! {
        #[test]
        fn a_calendar_reads_what_it_prints(number in 800i64..3_650_000, which in 0usize..3) {
            let england = Calendar::JulianUntil(CivilDate::new(1752, 9, 2).unwrap());
            let calendar = [Calendar::Gregorian, Calendar::Julian, england][which];
            let day = Day::from_number(number).unwrap();
            prop_assert_eq!(calendar.day(calendar.civil(day)), Some(day));
        }

        #[test]
        fn ordinals_sort_as_days_do(a in 800i64..3_650_000, b in 800i64..3_650_000) {
            let printed = |n| Calendar::Julian.civil(Day::from_number(n).unwrap());
            prop_assert_eq!(a.cmp(&b), printed(a).ordinal().cmp(&printed(b).ordinal()));
            prop_assert_eq!(CivilDate::from_ordinal(printed(a).ordinal()), Some(printed(a)));
        }

        #[test]
        fn weekdays_are_chronos(number in 1i64..3_650_000) {
            let naive = NaiveDate::from_num_days_from_ce_opt(number as i32).unwrap();
            prop_assert_eq!(Day::from_number(number).unwrap().weekday(), naive.weekday());
        }
    }
}
