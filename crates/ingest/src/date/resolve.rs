//! Makes the written dates of a document whole: missing years and months are taken from what stands around them.
//!
//! Every heading has some readings, each at a cost; so has every step from one date to the next. The cheapest chain from
//! the first heading to the last is the diary. A weekday that fits costs nothing, one that does not costs much; a step
//! forward is free, a step back is dear, a leap of years is dearer.

use super::order::mark_order;
use super::{Parts, Written};
use diary::{Calendar, CivilDate, Day, Precision, Weekday, YearStart};
use smallvec::{SmallVec, smallvec};

/// What a document is made of, for the purpose of dating it.
pub(crate) enum Item<'a> {
    /// A title or heading that names a year or month for what follows; with a day, it is that of a week's beginning.
    Context(Parts),
    /// A heading of an entry, with the machine-readable date beside it.
    Heading(&'a Written, Option<Parts>),
}

/// What is known before the first heading.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Setting {
    pub(crate) calendar: Calendar,
    pub(crate) year_start: YearStart,
    /// Of two numbers, the first is the month.
    pub(crate) month_first: bool,
    /// Year and month from the title, the metadata or the path.
    pub(crate) hint: Parts,
    /// The last date of the document before.
    pub(crate) before: Option<CivilDate>,
}

/// Why a date is not quite what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repair {
    /// The year was misprinted; that of the neighbours was taken.
    Year(i32),
    /// 29 February of a year that began in March.
    OldStyleYear,
}

/// A heading's date, as far as it could be told.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dated {
    pub(crate) first: Option<CivilDate>,
    pub(crate) last: Option<CivilDate>,
    pub(crate) precision: Option<Precision>,
    pub(crate) inferred: bool,
    pub(crate) repair: Option<Repair>,
    pub(crate) weekday_agrees: Option<bool>,
    /// There is no such day.
    pub(crate) impossible: bool,
    /// It stands apart from the order of its neighbours.
    pub(crate) out_of_order: bool,
    /// The machine-readable date beside it says something else.
    pub(crate) stamp_disagrees: bool,
}

impl Dated {
    /// Its first day.
    pub(crate) fn day(&self, calendar: Calendar) -> Option<Day> {
        self.first.and_then(|date| calendar.day(date))
    }
}

/// The dates of a document, and how well they hang together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Resolution {
    pub(crate) dated: Vec<Dated>,
    /// Low for a coherent diary.
    pub(crate) cost: i64,
    /// How many headings stand in one order.
    pub(crate) in_order: usize,
    /// How many weekdays agree, and how many do not.
    pub(crate) weekdays: (usize, usize),
    /// Newest first.
    pub(crate) descending: bool,
}

impl Resolution {
    /// How many headings have a date.
    pub(crate) fn known(&self) -> usize {
        self.dated.iter().filter(|dated| dated.first.is_some()).count()
    }
}

/// How many chains are followed at once, on a page of any size that someone wrote and on one beyond that.
const BEAM: (usize, usize) = (12, 3);
/// Fifty years of days.
const VAST: usize = 20_000;
/// A chain that is dearer than the best by so much will not be the best again.
const HOPELESS: i64 = 250;
const WEEKDAY_WRONG: i64 = 40;
/// What it costs a bare day to be of another month than the one printed above it: more than a wrong weekday.
const STRAY: i64 = 45;
/// What it costs a whole date to stand apart from the order of the others.
const ASTRAY: i64 = 40;
/// A year is called a misprint only when it is this far from its neighbours'.
const MISPRINT: i32 = 5;
/// So many days from one whole date to the next, twenty years, cost no more than so much: less than a repair.
const LEAP: (i64, i64) = (7305, 20);
/// The first year that began in January everywhere.
const OLD_STYLE_ENDS: i32 = 1752;
/// No diary of a later year is taken for the truth about another date.
const LATEST: i32 = 2200;

/// Dates the headings of one document.
pub(crate) fn resolve(items: &[Item<'_>], setting: &Setting) -> Resolution {
    let forward = chain(items, setting, 1);
    // Nothing is better than a diary that goes forward without a fault.
    let backward = (forward.cost > 0).then(|| chain(items, setting, -1));
    let mut best = backward.filter(|backward| backward.cost < forward.cost).unwrap_or(forward);
    let sign = if best.descending { -1 } else { 1 };
    mark_order(&mut best, setting.calendar, sign);
    best
}

#[derive(Clone, Copy)]
struct Reading {
    date: CivilDate,
    cost: i64,
    inferred: bool,
    repair: Option<Repair>,
    stamp_disagrees: bool,
}

#[derive(Clone, Copy)]
struct Node {
    /// The date of this heading, or of the last dated one before it.
    at: Option<(CivilDate, Day)>,
    reading: Option<Reading>,
    cost: i64,
    previous: u32,
}

/// What a heading was read as in one chain, and which chain of the headings before it that goes on with.
#[derive(Clone, Copy)]
struct Step {
    reading: Option<Reading>,
    previous: u32,
}

fn chain(items: &[Item<'_>], setting: &Setting, sign: i64) -> Resolution {
    let beam = if items.len() > VAST { BEAM.1 } else { BEAM.0 };
    // Only the last layer is kept whole; of those before, what leads back through them.
    let mut layer: Vec<Node> = vec![Node { at: None, reading: None, cost: 0, previous: 0 }];
    let mut next: Vec<Node> = Vec::new();
    let mut readings: Vec<Reading> = Vec::new();
    let mut steps: Vec<Step> = Vec::new();
    let mut headings: Vec<(&Written, usize)> = Vec::new();
    let mut context = Parts::default();
    let mut under = Parts::default();
    let mut week = None;
    let next_years = next_years(items);
    for (index, item) in items.iter().enumerate() {
        let (written, stamp) = match item {
            Item::Context(parts) => {
                context = merged(context, *parts);
                under = context;
                week = week_from(*parts, context.year.or(setting.hint.year), &layer);
                continue;
            }
            Item::Heading(written, stamp) => (*written, *stamp),
        };
        let places = Places { setting, context, under, week, next_year: next_years[index], sign };
        next.clear();
        for (previous, node) in (0..).zip(&layer) {
            readings.clear();
            places.readings(&mut readings, written, stamp, node.at.map(|(date, _)| date));
            if readings.is_empty() {
                next.push(Node { reading: None, previous, cost: node.cost + 10, ..*node });
            }
            for &reading in &readings {
                let Some(day) = setting.calendar.day(reading.date) else { continue };
                let wrong = written.weekday.is_some_and(|weekday| weekday != day.weekday());
                let step = node.at.map_or(0, |(_, before)| {
                    let days = sign * (day.number() - before.number());
                    // A diary may rest for years; its whole dates are believed before a misprint is.
                    if reading.inferred || !(0..=LEAP.0).contains(&days) { step(days) } else { step(days).min(LEAP.1) }
                });
                let weekday = match (wrong, reading.inferred) {
                    (false, _) => 0,
                    (true, true) => WEEKDAY_WRONG,
                    (true, false) => 10,
                };
                let cost = node.cost + reading.cost + weekday;
                next.push(Node { at: Some((reading.date, day)), reading: Some(reading), cost: cost + step, previous });
                // A whole date far from its neighbours may be that of a letter: they need not follow it.
                if step > ASTRAY && !reading.inferred {
                    next.push(Node { at: node.at, reading: Some(reading), cost: cost + ASTRAY, previous });
                }
            }
        }
        next.sort_by_key(|node| (node.at.map(|(date, _)| date), node.cost));
        next.dedup_by_key(|node| node.at.map(|(date, _)| date));
        next.sort_by_key(|node| (node.cost, node.at.map(|(date, _)| date)));
        next.truncate(beam);
        let best = next.first().map_or(0, |node| node.cost);
        next.retain(|node| node.cost <= best + HOPELESS);
        std::mem::swap(&mut layer, &mut next);
        headings.push((written, steps.len()));
        steps.extend(layer.iter().map(|node| Step { reading: node.reading, previous: node.previous }));
        context = Parts::default();
        week = week.filter(|_| written.is_weekday());
        // A heading with a month of its own ends the month printed above it.
        if written.first.month.is_some() {
            under = context;
        }
    }
    let cost = layer.first().map_or(0, |node| node.cost);
    let mut resolution = Resolution { cost, descending: sign < 0, ..Resolution::default() };
    resolution.dated.reserve_exact(headings.len());
    let mut at = 0;
    for (written, first) in headings.iter().rev() {
        let Some(step) = steps.get(first + at) else { break };
        resolution.dated.push(dated(step.reading, written, setting));
        at = step.previous as usize;
    }
    resolution.dated.reverse();
    resolution
}

/// For every item, the next year that is written out after it.
fn next_years(items: &[Item<'_>]) -> Vec<Option<i32>> {
    let mut next = None;
    let mut years: Vec<Option<i32>> = items
        .iter()
        .rev()
        .map(|item| {
            let after = next;
            let year = match item {
                Item::Context(parts) => parts.year,
                Item::Heading(written, stamp) => written.first.year.or(stamp.and_then(|s| s.year)),
            };
            next = year.or(next);
            after
        })
        .collect();
    years.reverse();
    years
}

/// The first day of the week that a context names, in the year given or in that of the date before.
fn week_from(parts: Parts, year: Option<i32>, layer: &[Node]) -> Option<CivilDate> {
    let before = || layer.first()?.at.map(|(date, _)| date.year());
    CivilDate::new(parts.year.or(year).or_else(before)?, parts.month?, parts.day?)
}

/// A year takes the month before it away; a month keeps the year.
fn merged(before: Parts, now: Parts) -> Parts {
    match now.year {
        Some(_) => now,
        None => Parts { year: before.year, month: now.month.or(before.month), day: None },
    }
}

/// What one step from date to date costs, in days forward.
fn step(days: i64) -> i64 {
    match days {
        0..=45 => 0,
        // Without a year written, a gap of eleven months is as likely as a slip of one month back.
        46..=366 => 5 + (days - 45) / 14,
        367..=1100 => 30,
        1101.. => 35 + (days / 2000).min(20),
        _ => 22 + (-days / 10).min(60),
    }
}

/// So few that they need no memory of their own: a page has many headings, each with some readings in every chain.
type Few<T> = SmallVec<[T; 8]>;

/// Where the missing parts of a heading may come from.
struct Places<'a> {
    setting: &'a Setting,
    /// The headings of years and months right before this one.
    context: Parts,
    /// The last heading of a month above it.
    under: Parts,
    /// The first day of the week that it is in.
    week: Option<CivilDate>,
    next_year: Option<i32>,
    /// 1 where the diary goes forward, -1 where it goes back.
    sign: i64,
}

impl Places<'_> {
    fn readings(&self, out: &mut Vec<Reading>, written: &Written, stamp: Option<Parts>, before: Option<CivilDate>) {
        let mut parts = written.first;
        if written.ambiguous && self.setting.month_first {
            std::mem::swap(&mut parts.month, &mut parts.day);
        }
        let mut disagrees = false;
        if let Some(stamp) = stamp.filter(|stamp| stamp.is_whole()) {
            if let Some(date) = self.of_stamp(parts, stamp, written) {
                out.push(reading(date, 0, false));
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
                for (year, cost) in self.years(before, stamp).into_iter().chain(self.old_style(month, day, before)) {
                    let month = counted(year, month);
                    out.extend(CivilDate::new(year, month, day).map(|date| reading(date, cost, true)));
                }
            }
            (_, None, Some(day)) => {
                let here = self
                    .months(before, stamp)
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
        out.retain(|reading| calendar.day(reading.date).is_some());
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
        let converted = Calendar::Gregorian.day(literal).map(|day| self.setting.calendar.civil(day));
        let fits = |date: &CivilDate| {
            parts.day.is_none_or(|day| day == date.day())
                && parts.month.is_none_or(|month| month == date.month())
                && (parts.year.is_none_or(|year| year == date.year()) || written.double_year)
        };
        let converted = converted.filter(fits);
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
                let next = CivilDate::new(year + 1, month, day).filter(|date| calendar.day(*date).is_some());
                out.extend(next.map(|date| Reading { repair: Some(Repair::OldStyleYear), ..reading(date, 5, true) }));
            }
        }
        if written.short_year {
            // Nothing spoke for a century: a weekday or the neighbours may.
            let date = CivilDate::new(year - 100, month, day).filter(|date| calendar.day(*date).is_some());
            out.extend(date.map(|date| reading(date, 3, true)));
        }
        if let Some(before) = before.filter(|before| (before.year() - year).abs() >= MISPRINT) {
            let near = [(before.year(), 25), (before.year() + 1, 28), (before.year() - 1, 28)];
            for (near, cost) in near.into_iter().filter(|(year, _)| *year <= LATEST) {
                let date = CivilDate::new(near, month, day).filter(|date| calendar.day(*date).is_some());
                out.extend(date.map(|date| Reading { repair: Some(Repair::Year(year)), ..reading(date, cost, true) }));
            }
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
                Some(before) => add(before.year(), 20),
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
                    add(year - 1, 12);
                    add(year + 1, 12);
                }
                for (year, cost) in [(self.next_year, 4), (self.setting.before.map(CivilDate::year), 6)] {
                    if let Some(year) = year.filter(|_| self.setting.hint.year.is_none()) {
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

    /// What it costs a bare day to leave the month printed above it. Nothing once the days have begun anew, so that the
    /// month must be over.
    fn stray(&self, year: i32, month: u32, day: u32, before: Option<CivilDate>) -> i64 {
        let Some(printed) = self.under.month else { return 0 };
        let old_style = |under: i32| under + 1 == year && under < OLD_STYLE_ENDS && (month, day) < (3, 25);
        let other_year =
            self.under.year.is_some_and(|under| under != year && (under - year).abs() < MISPRINT && !old_style(under));
        let over = self.context.month.is_none()
            && before.is_some_and(|before| {
                before.month() != printed || self.sign * (i64::from(day) - i64::from(before.day())) < 0
            });
        if over || month == printed && !other_year { 0 } else { STRAY }
    }

    /// The months that a bare day may be of.
    fn months(&self, before: Option<CivilDate>, stamp: Option<Parts>) -> Few<(i32, u32, i64)> {
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
            (None, _) => self.setting.before.map_or_else(Few::new, |before| near(before.year(), before.month())),
        }
    }
}

fn reading(date: CivilDate, cost: i64, inferred: bool) -> Reading {
    Reading { date, cost, inferred, repair: None, stamp_disagrees: false }
}

fn dated(reading: Option<Reading>, written: &Written, setting: &Setting) -> Dated {
    let parts = written.first;
    let precision = match () {
        () if written.names_day() => Precision::Day,
        () if parts.month.is_some() => Precision::Month,
        () => Precision::Year,
    };
    let Some(reading) = reading else {
        let (month, day) = (parts.month.unwrap_or(1), parts.day.unwrap_or(1));
        let leap = CivilDate::new(parts.year.unwrap_or(2000), month, day);
        let impossible = leap.is_none_or(|date| setting.calendar.day(date).is_none());
        return Dated { impossible, ..Dated::default() };
    };
    let day = setting.calendar.day(reading.date);
    let last = written.last.and_then(|last| {
        let month = last.month.unwrap_or(reading.date.month());
        let wraps = month < reading.date.month();
        let year = reading.date.year() + i32::from(wraps);
        let date = CivilDate::new(year, month, last.day?)?;
        (date > reading.date && setting.calendar.day(date).is_some()).then_some(date)
    });
    Dated {
        first: Some(reading.date),
        last,
        precision: Some(precision),
        inferred: reading.inferred || written.repaired || written.ambiguous,
        repair: reading.repair,
        weekday_agrees: written.weekday.zip(day).map(|(weekday, day)| weekday == day.weekday()),
        impossible: false,
        out_of_order: false,
        stamp_disagrees: reading.stamp_disagrees,
    }
}

#[cfg(test)]
mod tests;
