//! Dates as pages write them: read from a line ([`scan`]), from a Japanese one ([`japanese`]), from a file name
//! ([`path`]) or an attribute ([`stamp`]), and made whole from what stands around them ([`resolve`]).

pub(crate) mod clock;
pub(crate) mod japanese;
mod lead;
pub(crate) mod names;
mod order;
pub(crate) mod path;
pub(crate) mod republican;
pub(crate) mod resolve;
pub(crate) mod scan;
pub(crate) mod stamp;
mod token;
mod words;

pub(crate) use order::{in_longest_run, in_one_order};

use diary::{Span, Weekday};

/// The year that two figures most likely stand for: from 1930 to 2029.
pub(crate) fn short_year(figures: u32) -> i32 {
    let century: i32 = if figures < 30 { 2000 } else { 1900 };
    century.saturating_add(i32::try_from(figures).unwrap_or(0))
}

/// The parts of a date that a page gives; the others are for [`resolve`] to find.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct Parts {
    pub(crate) year: Option<i32>,
    pub(crate) month: Option<u32>,
    pub(crate) day: Option<u32>,
}

impl Parts {
    pub(crate) fn ymd(year: i32, month: u32, day: u32) -> Self {
        Self { year: Some(year), month: Some(month), day: Some(day) }
    }

    /// Whether all three are there.
    pub(crate) fn is_whole(self) -> bool {
        self.year.is_some() && self.month.is_some() && self.day.is_some()
    }
}

/// A date as it stands on a page, before anything is inferred.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(crate) struct Written {
    /// The first day's parts.
    pub(crate) first: Parts,
    /// The last day's, for ranges and lists.
    pub(crate) last: Option<Parts>,
    /// The day of the week it names.
    pub(crate) weekday: Option<Weekday>,
    /// The feast it names.
    pub(crate) feast: Option<names::Feast>,
    /// Two numbers of which either may be the month: `04/05`. `first` holds the reading with the day in front.
    pub(crate) ambiguous: bool,
    /// A slip of the pen was mended to read it.
    pub(crate) repaired: bool,
    /// The year is a double one, `1659-60`, as Old Style prints January to March.
    pub(crate) double_year: bool,
    /// Where in its line it stands, decorations left out.
    pub(crate) span: Span,
    /// Whether the year was written with two figures.
    pub(crate) short_year: bool,
    /// A day that stands for a part of the month, as in `Mitte Mai`: it orders, but is not known.
    pub(crate) vague: Option<u32>,
    /// Whether the day carries an ordinal ending: `3rd`.
    pub(crate) ordinal: bool,
    /// So many days after the date before: `Next day`.
    pub(crate) days_on: Option<i64>,
    /// Whether the month was written as a number of its own, `3rd mo.`: before 1752 the first was March.
    pub(crate) numbered_month: bool,
    /// Whether a weekday is but a part of its day, as in `Sunday night`: that of the date above it, where this is the same.
    pub(crate) part_of_day: bool,
    /// Whether it is one of several years of the same day, and in order with none of its neighbours.
    pub(crate) beside_years: bool,
}

impl Written {
    /// Whether it may name an entry: a day, or a part of a month.
    pub(crate) fn names_entry(&self) -> bool {
        self.names_day() || self.vague.is_some()
    }

    /// Whether it is a month, with its year or without.
    pub(crate) fn is_month(&self) -> bool {
        self.first.month.is_some() && !self.names_entry()
    }

    /// Whether it names a day, not only a month or year.
    pub(crate) fn names_day(&self) -> bool {
        self.first.day.is_some() || self.feast.is_some() || self.days_on.is_some() || self.is_weekday()
    }

    /// Whether it is a day of the week and nothing else.
    pub(crate) fn is_weekday(&self) -> bool {
        let nothing_else = self.feast.is_none() && self.vague.is_none() && self.days_on.is_none();
        self.weekday.is_some() && self.first == Parts::default() && nothing_else
    }
}
