//! Dates as a query says them, before anyone has said what day it is.

use super::feast::Feast;
use super::text_of_date::weekday_name;
use diary::{CivilDate, Weekday, month_name};
use std::fmt;

/// A condition on a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateExpr {
    /// In this period.
    In(Period),
    /// From the start of one period to the end of another.
    Between(Period, Period),
    /// Strictly before the start of this period.
    Before(Period),
    /// Up to the end of this period.
    Until(Period),
    /// Strictly after the end of this period.
    After(Period),
    /// From the start of this period.
    Since(Period),
}

/// A stretch of days in a reader's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Period {
    /// One day, which exists in the Gregorian or the Julian calendar.
    Day(CivilDate),
    /// A month of a year: 1 to 12 of 1 to 9999.
    Month(i32, u32),
    /// A quarter of a year, 1 to 4.
    Quarter(i32, u32),
    /// A year, 1 to 9999.
    Year(i32),
    /// Ten years, by the first, which ends in 0.
    Decade(i32),
    /// A hundred years, by the first: 1600 for the 1600s, 1601 for the 17th century.
    Century(i32),
    /// An ISO week of a year, Monday to Sunday; 1 to 53.
    Week(i32, u32),
    /// The Monday to Sunday around a day.
    WeekOf(CivilDate),
    /// Seven days of a month, counted from its first day: the 1st to the 7th, and so on; or its last seven days.
    MonthWeek(NthWeek, i32, u32),
    /// A season by the hemisphere of the archive; the northern winter begins in December of its year.
    Season(Season, i32),
    /// A feast of a year.
    Feast(Feast, i32),
    /// The early, middle or late part of a month or of anything longer.
    Third(Third, Box<Self>),
    /// The days about a period: the shorter it is, the fewer.
    Around(Box<Self>),
    /// The day, week, month or year so many before today's: `today`, `last month`, `3 weeks ago`.
    Ago(u32, Unit),
    /// So many days, weeks, months or years that end today: `last 3 weeks`.
    Past(u32, Unit),
    /// The last one that is over: `last tuesday`, `last summer`.
    Last(Recurring),
    /// The last one that has begun: `since march`.
    Latest(Recurring),
}

impl Period {
    /// Whether it depends on what day it is today.
    pub fn is_relative(&self) -> bool {
        match self {
            Self::Ago(..) | Self::Past(..) | Self::Last(_) | Self::Latest(_) => true,
            Self::Third(_, inner) | Self::Around(inner) => inner.is_relative(),
            _ => false,
        }
    }

    /// Whether it depends on the hemisphere of the archive.
    pub fn is_seasonal(&self) -> bool {
        match self {
            Self::Season(..) | Self::Last(Recurring::Season(_)) | Self::Latest(Recurring::Season(_)) => true,
            Self::Third(_, inner) | Self::Around(inner) => inner.is_seasonal(),
            _ => false,
        }
    }

    /// Whether its canonical text has no spaces.
    pub(crate) fn is_numeric(&self) -> bool {
        match self {
            Self::Day(_) | Self::Month(..) | Self::Quarter(..) | Self::Year(_) | Self::Decade(_) | Self::Week(..) => {
                true
            }
            Self::Century(first) => first % 100 == 0,
            Self::Ago(count, Unit::Day) => *count <= 1,
            _ => false,
        }
    }
}

impl DateExpr {
    /// The periods it speaks of.
    pub fn periods(&self) -> impl Iterator<Item = &Period> {
        let (first, second) = match self {
            Self::Between(from, to) => (from, Some(to)),
            Self::In(p) | Self::Before(p) | Self::Until(p) | Self::After(p) | Self::Since(p) => (p, None),
        };
        std::iter::once(first).chain(second)
    }
}

/// Which seven days of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NthWeek {
    /// The 1st to the 7th.
    First,
    /// The 8th to the 14th.
    Second,
    /// The 15th to the 21st.
    Third,
    /// The 22nd to the 28th.
    Fourth,
    /// The last seven days.
    Last,
}

/// A season of three whole months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Season {
    /// March to May in the north.
    Spring,
    /// June to August in the north.
    Summer,
    /// September to November in the north.
    Autumn,
    /// December to February in the north.
    Winter,
}

/// A third of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Third {
    /// The 1st to the 10th of a month.
    Early,
    /// The 11th to the 20th of a month.
    Mid,
    /// From the 21st of a month.
    Late,
}

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A day.
    Day,
    /// Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
}

/// What comes again: every week, or every year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Recurring {
    /// A day of the week.
    Weekday(Weekday),
    /// A month, 1 to 12.
    Month(u32),
    /// A season, by the hemisphere of the archive.
    Season(Season),
    /// A feast.
    Feast(Feast),
}

impl fmt::Display for Recurring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Weekday(day) => weekday_name(*day),
            Self::Month(month) => month_name(*month),
            Self::Season(season) => season.word(),
            Self::Feast(feast) => word_of(&Feast::WORDS, *feast),
        })
    }
}

impl NthWeek {
    /// Every one with its word.
    pub(super) const WORDS: [(&'static str, Self); 5] = [
        ("first", Self::First),
        ("second", Self::Second),
        ("third", Self::Third),
        ("fourth", Self::Fourth),
        ("last", Self::Last),
    ];
}

impl Season {
    /// Every one with its words, the canonical one first.
    pub(super) const WORDS: [(&'static str, Self); 5] = [
        ("spring", Self::Spring),
        ("summer", Self::Summer),
        ("autumn", Self::Autumn),
        ("winter", Self::Winter),
        ("fall", Self::Autumn),
    ];

    /// The canonical one of its words.
    pub(crate) fn word(self) -> &'static str {
        word_of(&Self::WORDS, self)
    }
}

impl Third {
    /// Every one with its words, the canonical one first.
    pub(super) const WORDS: [(&'static str, Self); 7] = [
        ("early", Self::Early),
        ("mid", Self::Mid),
        ("late", Self::Late),
        ("beginning", Self::Early),
        ("start", Self::Early),
        ("middle", Self::Mid),
        ("end", Self::Late),
    ];
}

impl Unit {
    /// Every one with its words, the canonical one first.
    pub(super) const WORDS: [(&'static str, Self); 8] = [
        ("day", Self::Day),
        ("week", Self::Week),
        ("month", Self::Month),
        ("year", Self::Year),
        ("days", Self::Day),
        ("weeks", Self::Week),
        ("months", Self::Month),
        ("years", Self::Year),
    ];
}

/// The first word that a table has for a value.
pub(super) fn word_of<T: PartialEq + Copy>(table: &[(&'static str, T)], value: T) -> &'static str {
    table.iter().find(|(_, each)| *each == value).map_or("", |(word, _)| word)
}

/// The canonical text, without quotes.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(date) => write!(f, "{date}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Decade(year) => write!(f, "{year:04}s"),
            Self::Century(first) if first % 100 == 0 => write!(f, "{first:04}s"),
            Self::Century(first) => {
                let nth = first / 100 + 1;
                let ending = match (nth / 10 % 10, nth % 10) {
                    (1, _) => "th",
                    (_, 1) => "st",
                    (_, 2) => "nd",
                    (_, 3) => "rd",
                    _ => "th",
                };
                write!(f, "{nth}{ending} century")
            }
            Self::Week(year, week) => write!(f, "{year:04}-W{week:02}"),
            Self::WeekOf(date) => write!(f, "week of {date}"),
            Self::MonthWeek(nth, year, month) => {
                write!(f, "{} week of {year:04}-{month:02}", word_of(&NthWeek::WORDS, *nth))
            }
            Self::Season(season, year) => write!(f, "{} {year:04}", season.word()),
            Self::Feast(feast, year) => write!(f, "{} {year:04}", word_of(&Feast::WORDS, *feast)),
            Self::Third(third, inner) => write!(f, "{} {inner}", word_of(&Third::WORDS, *third)),
            Self::Around(inner) => write!(f, "around {inner}"),
            Self::Ago(0, Unit::Day) => f.write_str("today"),
            Self::Ago(1, Unit::Day) => f.write_str("yesterday"),
            Self::Ago(0, unit) => write!(f, "this {}", word_of(&Unit::WORDS, *unit)),
            Self::Ago(1, unit) => write!(f, "last {}", word_of(&Unit::WORDS, *unit)),
            Self::Ago(count, unit) => write!(f, "{count} {}s ago", word_of(&Unit::WORDS, *unit)),
            Self::Past(count, unit) => write!(f, "last {count} {}s", word_of(&Unit::WORDS, *unit)),
            Self::Last(recurring) => write!(f, "last {recurring}"),
            Self::Latest(recurring) => write!(f, "latest {recurring}"),
        }
    }
}

/// The canonical text of the value of `date:`, in quotes where it has spaces.
impl fmt::Display for DateExpr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = self.periods().all(Period::is_numeric);
        match self {
            Self::In(p) if plain => write!(f, "{p}"),
            Self::In(p) => write!(f, "\"{p}\""),
            Self::Between(from, to) if plain => write!(f, "{from}..{to}"),
            Self::Between(from, to) => write!(f, "\"{from} to {to}\""),
            Self::Before(p) | Self::Until(p) | Self::After(p) | Self::Since(p) => {
                let sign = match self {
                    Self::Before(_) => "<",
                    Self::Until(_) => "<=",
                    Self::After(_) => ">",
                    _ => ">=",
                };
                if plain { write!(f, "{sign}{p}") } else { write!(f, "{sign}\"{p}\"") }
            }
        }
    }
}
