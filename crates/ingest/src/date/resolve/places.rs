//! What a written date may have been meant for, by what stands around it.

use super::{Reading, Repair, Setting};
use crate::date::{Parts, Written};
use diary::{Calendar, CivilDate, Day, Weekday, YearStart};
use smallvec::{SmallVec, smallvec};

/// What it costs a bare day to be of another month than the one printed above it: more than a wrong weekday.
const STRAY: i64 = 45;
/// The same where no month is printed above, and the days go on in order.
const HOP: i64 = 16;
/// A year is called a misprint only when it is this far from its neighbours'.
const MISPRINT: i32 = 5;
/// So many years before the one that the title or the path says are tried, at what it costs for the first.
const YEARS_BEFORE: i32 = 6;
const EARLIER: i64 = 62;
/// The first year that began in January everywhere.
const OLD_STYLE_ENDS: i32 = 1752;
/// No diary of a later year is taken for the truth about another date.
pub(crate) const LATEST: i32 = 2200;

/// So few that they need no memory of their own: a page has many headings, each with some readings in every chain.
type Few<T> = SmallVec<[T; 8]>;
/// Where the missing parts of a heading may come from.
pub(super) struct Places<'a> {
    pub(super) setting: &'a Setting,
    /// The headings of years and months right before this one.
    pub(super) context: Parts,
    /// The last heading of a month above it.
    pub(super) under: Parts,
    /// The first day of the week that it is in.
    pub(super) week: Option<CivilDate>,
    pub(super) next_year: Option<i32>,
    pub(super) next_month: Option<u32>,
    /// 1 where the diary goes forward, -1 where it goes back.
    pub(super) sign: i64,
}

impl Places<'_> {
    pub(super) fn readings(
        &self,
        out: &mut Vec<Reading>,
        written: &Written,
        stamp: Option<Parts>,
        before: Option<CivilDate>,
    ) {
        let mut parts = written.first;
        if written.ambiguous && self.setting.month_first {
            std::mem::swap(&mut parts.month, &mut parts.day);
        }
        let mut disagrees = false;
        if let Some(stamp) = stamp.filter(|stamp| stamp.is_whole()) {
            if let Some(date) = self.of_stamp(parts, stamp, written) {
                out.push(Reading { day: self.setting.calendar.day(date), ..reading(date, 0, false) });
                return;
            }
            disagrees = written.names_day();
        }
        let calendar = self.setting.calendar;
        // The first month was March.
        let counted = |year: i32, month: u32| {
            if written.numbered_month && year < OLD_STYLE_ENDS { (month + 1) % 12 + 1 } else { month }
        };
        match (parts.year, parts.month, parts.day) {
            (None, None, None) if written.is_weekday() => out.extend(self.weekday(written, before)),
            (None, None, None) if written.days_on.is_some() => {
                let day = before.and_then(|before| calendar.day(before)).zip(written.days_on);
                out.extend(day.map(|(day, on)| reading(calendar.civil(day.plus(on)), 0, true)));
            }
            (Some(year), Some(month), Some(day)) => {
                self.whole(out, year, counted(year, month), day, written, before);
            }
            (None, Some(month), Some(day)) => {
                let leap = (month, day) == (2, 29) && stamp.is_none();
                let comes_next = |year: i32| before.is_none_or(|before| self.next_february(before) == year);
                let years = self.years(before, stamp).into_iter().filter(|(year, _)| !leap || comes_next(*year));
                for (year, cost) in years.chain(self.old_style(month, day, before)) {
                    let month = counted(year, month);
                    out.extend(CivilDate::new(year, month, day).map(|date| reading(date, cost, true)));
                }
            }
            (_, None, Some(day)) if self.is_beyond_month(day, before) => {}
            (_, None, Some(day)) => {
                let here = self
                    .months(written, before, stamp)
                    .into_iter()
                    .map(|(year, month, cost)| (year, month, cost + self.stray(year, month, day, before)));
                let named = stamp.and_then(|stamp| stamp.month).or(self.context.month);
                let old_style =
                    named.and_then(|month| self.old_style(month, day, before).map(|(year, cost)| (year, month, cost)));
                for (year, month, cost) in here.chain(old_style) {
                    out.extend(CivilDate::new(year, month, day).map(|date| reading(date, cost, true)));
                }
            }
            (year, month, None) => {
                let years = year.map_or_else(|| self.years(before, stamp), |year| smallvec![(year, 0)]);
                for (year, cost) in years {
                    let feast = written.feast.and_then(|feast| feast.in_year(year));
                    let date = feast.or_else(|| CivilDate::new(year, month.unwrap_or(1), written.vague.unwrap_or(1)));
                    let inferred = parts.year.is_none() || feast.is_some();
                    out.extend(date.map(|date| reading(date, cost, inferred)));
                }
            }
        }
        for reading in out.iter_mut() {
            reading.stamp_disagrees = disagrees;
            reading.cost += if disagrees { 30 } else { 0 };
        }
        out.retain_mut(|reading| {
            reading.day = calendar.day(reading.date);
            reading.day.is_some()
        });
    }

    /// The day that a bare weekday is: of the week printed above it, or the next such day after the date before.
    fn weekday(&self, written: &Written, before: Option<CivilDate>) -> Option<Reading> {
        let calendar = self.setting.calendar;
        let ahead = |from: Day| {
            let index = |weekday: Weekday| weekday as i64;
            written.weekday.map(|weekday| (index(weekday) - index(from.weekday())).rem_euclid(7))
        };
        let week = self.week.and_then(|week| calendar.day(week));
        // A week that is not over goes on to the next.
        let begun = before.and_then(|before| calendar.day(before));
        if let Some(first) = week.filter(|first| begun.is_none_or(|day| day < *first || self.sign < 0)) {
            return Some(reading(calendar.civil(first.plus(ahead(first)?)), 0, true));
        }
        let before = calendar.day(before?)?;
        let days = match (ahead(before)?, self.sign > 0) {
            (0, _) if written.part_of_day => 0,
            (0, forward) => {
                if forward {
                    7
                } else {
                    -7
                }
            }
            (days, true) => days,
            (days, false) => days - 7,
        };
        Some(reading(calendar.civil(before.plus(days)), 1, true))
    }

    /// The printed date that a machine-readable one stands for, if the page does not contradict it.
    fn of_stamp(&self, parts: Parts, stamp: Parts, written: &Written) -> Option<CivilDate> {
        let (year, month, day) = (stamp.year?, stamp.month?, stamp.day?);
        let literal = CivilDate::new(year, month, day)?;
        // "1823-02-30" is no day, whatever the text says.
        let converted = self.setting.calendar.civil(Calendar::Gregorian.day(literal)?);
        let fits = |date: &CivilDate| {
            parts.day.is_none_or(|day| day == date.day())
                && parts.month.is_none_or(|month| month == date.month())
                && (parts.year.is_none_or(|year| year == date.year()) || written.double_year)
        };
        let converted = Some(converted).filter(fits);
        if written.feast.is_some() && parts.day.is_none() {
            return converted.or(Some(literal));
        }
        converted.or(Some(literal).filter(fits).filter(|_| self.setting.calendar == Calendar::Gregorian))
    }

    /// A date that is written whole, and what else it may have been meant for.
    fn whole(
        &self,
        out: &mut Vec<Reading>,
        year: i32,
        month: u32,
        day: u32,
        written: &Written,
        before: Option<CivilDate>,
    ) {
        let calendar = self.setting.calendar;
        let old_style = self.setting.year_start == YearStart::LadyDay && (month, day) < (3, 25) && !written.double_year;
        let year = if old_style { year + 1 } else { year };
        if let Some(date) = CivilDate::new(year, month, day) {
            if calendar.day(date).is_some() {
                out.push(Reading { inferred: old_style, ..reading(date, 0, false) });
            } else if (month, day) == (2, 29) && year < 1753 {
                // 29 February 1671 is a day of 1671/72.
                let next = CivilDate::new(year + 1, month, day);
                out.extend(next.map(|date| Reading { repair: Some(Repair::OldStyleYear), ..reading(date, 5, true) }));
            }
        }
        if written.short_year {
            // Nothing spoke for a century: a weekday or the neighbours may.
            let date = CivilDate::new(year - 100, month, day);
            out.extend(date.map(|date| reading(date, 3, true)));
        }
        if let Some(before) = before.filter(|before| (before.year() - year).abs() >= MISPRINT) {
            let near = [(before.year(), 25), (before.year() + 1, 28), (before.year() - 1, 28)];
            for (near, cost) in near.into_iter().filter(|(year, _)| *year <= LATEST) {
                let date = CivilDate::new(near, month, day);
                out.extend(date.map(|date| Reading { repair: Some(Repair::Year(year)), ..reading(date, cost, true) }));
            }
        }
    }

    /// The year of the February that comes next. Its 29th is of no other: a slip of the pen is not years away.
    fn next_february(&self, before: CivilDate) -> i32 {
        match self.sign > 0 {
            true => before.year() + i32::from(before.month() > 2),
            false => before.year() - i32::from(before.month() < 2),
        }
    }

    /// The years that a heading without one may be of.
    fn years(&self, before: Option<CivilDate>, stamp: Option<Parts>) -> Few<(i32, i64)> {
        let mut years = Few::new();
        let mut add = |year: i32, cost: i64| {
            if (1..=9999).contains(&year) && !years.iter().any(|(known, _)| *known == year) {
                years.push((year, cost));
            }
        };
        if let Some(year) = stamp.and_then(|stamp| stamp.year) {
            add(year, 0);
        }
        if let Some(year) = self.context.year {
            add(year, 0);
            match before {
                Some(before) => {
                    add(before.year(), 20);
                    add(before.year() + 1, 22);
                    add(before.year() - 1, 22);
                }
                None => {
                    add(year - 1, 15);
                    add(year + 1, 15);
                }
            }
        }
        match before {
            Some(before) => {
                add(before.year(), 0);
                add(before.year() + 1, 2);
                add(before.year() - 1, 2);
                if let Some(year) = self.setting.hint.year {
                    add(year, 5);
                }
            }
            None => {
                if let Some(year) = self.setting.hint.year {
                    add(year, 0);
                    add(year - 1, 8);
                    add(year + 1, 8);
                    // The book may be of later years; some weekdays in a row say of which the diary is.
                    for (back, cost) in (2..=YEARS_BEFORE).zip(EARLIER..) {
                        add(year - back, cost);
                    }
                }
                let hinted = if self.setting.hint.year.is_some() { 8 } else { 0 };
                for (year, cost) in [(self.next_year, 4), (self.setting.before.map(CivilDate::year), 6)] {
                    if let Some(year) = year {
                        let cost = cost + hinted;
                        add(year, cost);
                        add(year + 1, cost + 4);
                        add(year - 1, cost + 4);
                    }
                }
            }
        }
        years
    }

    /// The year after the one printed above it, for a day before Lady Day that comes after December of the same year: the
    /// months of an Old Style year go from March to March.
    fn old_style(&self, month: u32, day: u32, before: Option<CivilDate>) -> Option<(i32, i64)> {
        let (year, before) = (self.under.year?, before?);
        let goes_on = (month, day) < (3, 25) && year < OLD_STYLE_ENDS && self.sign > 0;
        let spring = (before.month(), before.day()) >= (3, 25);
        let follows = before.year() == year && spring || before.year() == year + 1 && !spring;
        (goes_on && follows).then_some((year + 1, if spring { 8 } else { 0 }))
    }

    /// Whether a bare day goes on in the month printed above it to a day that this does not have: `30` in February.
    fn is_beyond_month(&self, day: u32, before: Option<CivilDate>) -> bool {
        let goes_on = |before: &CivilDate| Some(before.month()) == self.under.month && self.sign > 0;
        let Some(before) = before.filter(goes_on).filter(|_| self.context.month.is_none()) else { return false };
        before.day() < day && day > self.setting.calendar.month_end(before.year(), before.month())
    }

    /// What it costs a bare day to leave the month printed above it. Nothing once the days have begun anew, so that the
    /// month must be over.
    fn stray(&self, year: i32, month: u32, day: u32, before: Option<CivilDate>) -> i64 {
        let Some(printed) = self.under.month else { return self.hop(month, day, before) };
        let old_style = |under: i32| under + 1 == year && under < OLD_STYLE_ENDS && (month, day) < (3, 25);
        let other_year =
            self.under.year.is_some_and(|under| under != year && (under - year).abs() < MISPRINT && !old_style(under));
        let over = self.context.month.is_none()
            && before.is_some_and(|before| {
                before.month() != printed || self.sign * (i64::from(day) - i64::from(before.day())) < 0
            });
        if over || month == printed && !other_year { 0 } else { STRAY }
    }

    /// What it costs a bare day to be of another month than the day before it, though it goes on in the same one.
    fn hop(&self, month: u32, day: u32, before: Option<CivilDate>) -> i64 {
        let goes_on = |before: CivilDate| self.sign * (i64::from(day) - i64::from(before.day())) > 0;
        if before.is_some_and(|before| before.month() != month && goes_on(before)) { HOP } else { 0 }
    }

    /// The months that a bare day may be of.
    fn months(&self, written: &Written, before: Option<CivilDate>, stamp: Option<Parts>) -> Few<(i32, u32, i64)> {
        let named = stamp.and_then(|stamp| stamp.month).or(self.context.month);
        if let Some(month) = named {
            return self.years(before, stamp).into_iter().map(|(year, cost)| (year, month, cost)).collect();
        }
        let near = |year: i32, month: u32| {
            let next = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
            let last = if month == 1 { (year - 1, 12) } else { (year, month - 1) };
            smallvec![(year, month, 0), (next.0, next.1, 1), (last.0, last.1, 2)]
        };
        match (before, self.setting.hint) {
            (Some(before), _) => near(before.year(), before.month()),
            (None, Parts { year: Some(year), month: Some(month), .. }) => near(year, month),
            (None, Parts { year: None, month: Some(month), .. }) => {
                self.years(before, stamp).into_iter().map(|(year, cost)| (year, month, cost)).collect()
            }
            (None, _) => match self.setting.before {
                Some(before) => near(before.year(), before.month()),
                // A bare number before the first month is that of a list or a page.
                None if written.ordinal || written.weekday.is_some() => self.months_below(stamp),
                None => Few::new(),
            },
        }
    }
}

impl Places<'_> {
    /// Before the first month that is named, the days are of that one or of the one before it.
    fn months_below(&self, stamp: Option<Parts>) -> Few<(i32, u32, i64)> {
        let Some(month) = self.next_month else { return Few::new() };
        let of_year = |(year, cost): (i32, i64)| {
            let last = if month == 1 { (year - 1, 12) } else { (year, month - 1) };
            [(year, month, cost), (last.0, last.1, cost + 1)]
        };
        self.years(None, stamp).into_iter().flat_map(of_year).collect()
    }
}

fn reading(date: CivilDate, cost: i64, inferred: bool) -> Reading {
    Reading { date, day: None, cost, inferred, repair: None, stamp_disagrees: false }
}
