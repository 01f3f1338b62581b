//! Makes the written dates of a document whole: missing years and months are taken from what stands around them.
//!
//! Every heading has some readings, each at a cost; so has every step from one date to the next. The cheapest chain from
//! the first heading to the last is the diary. A weekday that fits costs nothing, one that does not costs much; a step
//! forward is free, a step back is dear, a leap of years is dearer.

mod places;

use self::places::Places;
use super::order::mark_order;
use super::{Parts, Written};
use diary::{Calendar, CivilDate, Day, Precision, Weekday, YearStart};

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
/// The same where the weekday before is wrong by as many days: who lost count of them went on so.
const WEEKDAY_STILL_WRONG: i64 = 6;
/// What it costs a whole date to stand apart from the order of the others.
const ASTRAY: i64 = 40;
/// So many days from one whole date to the next, twenty years, cost no more than so much: less than a repair.
const LEAP: (i64, i64) = (7305, 20);

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
    /// The last day of that heading, where it is of several.
    until: Option<(CivilDate, Day)>,
    reading: Option<Reading>,
    /// By how many days the last weekday was wrong.
    slip: u8,
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
    let mut layer: Vec<Node> = vec![Node { at: None, until: None, reading: None, slip: 0, cost: 0, previous: 0 }];
    let mut next: Vec<Node> = Vec::new();
    let mut readings: Vec<Reading> = Vec::new();
    let mut steps: Vec<Step> = Vec::new();
    // Each with the month printed above it, and where its steps begin.
    let mut headings: Vec<(&Written, Option<u32>, usize)> = Vec::new();
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
            let before = node.until.filter(|_| sign > 0).or(node.at);
            places.readings(&mut readings, written, stamp, before.map(|(date, _)| date));
            if readings.is_empty() {
                next.push(Node { reading: None, previous, cost: node.cost + 10, ..*node });
            }
            for &reading in &readings {
                let Reading { date, inferred, .. } = reading;
                let Some(day) = setting.calendar.day(date) else { continue };
                let slip = written.weekday.map(|weekday| slip_of(weekday, day));
                let step = before.map_or(0, |(_, before)| {
                    let days = sign * (day.number() - before.number());
                    // A day of the range above it.
                    let inside =
                        node.at.zip(node.until).is_some_and(|((first, _), (last, _))| first <= date && date <= last);
                    let days = if inside && days < 0 { 0 } else { days };
                    // A month follows the days of which it is.
                    let within = written.is_month() && (-31..0).contains(&days);
                    let days = if within { 0 } else { days };
                    // A diary may rest for years; its whole dates, and a year printed above, are believed before a misprint is.
                    let told = !inferred || context.year == Some(date.year());
                    if !told || !(0..=LEAP.0).contains(&days) { step(days) } else { step(days).min(LEAP.1) }
                });
                let weekday = match (slip, inferred) {
                    (None | Some(0), _) => 0,
                    (Some(slip), true) if slip != node.slip => WEEKDAY_WRONG,
                    (_, true) => WEEKDAY_STILL_WRONG,
                    (_, false) => 10,
                };
                let slip = slip.unwrap_or(node.slip);
                let cost = node.cost + reading.cost + weekday;
                let reading = Some(reading);
                let until = last_of(written, date, setting.calendar);
                next.push(Node { at: Some((date, day)), until, reading, slip, cost: cost + step, previous });
                // A whole date far from its neighbours may be that of a letter: they need not follow it.
                if step > ASTRAY / 2 && !inferred {
                    next.push(Node { at: node.at, until: node.until, reading, slip, cost: cost + ASTRAY, previous });
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
        headings.push((written, under.month, steps.len()));
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
    for (written, month, first) in headings.iter().rev() {
        let Some(step) = steps.get(first + at) else { break };
        resolution.dated.push(dated(step.reading, written, *month, setting));
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

/// By how many days a weekday is wrong.
fn slip_of(weekday: Weekday, day: Day) -> u8 {
    (7 + weekday as u8 - day.weekday() as u8) % 7
}

/// What one step from date to date costs, in days forward.
fn step(days: i64) -> i64 {
    match days {
        0..=45 => 0,
        // Without a year written, a gap of eleven months is as likely as a slip of one month back; one of a year is
        // less likely than a wrong weekday.
        46..=350 => 5 + (days - 45) / 14,
        351..=1100 => WEEKDAY_WRONG + 1,
        1101.. => WEEKDAY_WRONG + 2 + (days / 2000).min(20),
        _ => 22 + (-days / 9).min(60),
    }
}

/// The last day of a range that begins on this one.
fn last_of(written: &Written, first: CivilDate, calendar: Calendar) -> Option<(CivilDate, Day)> {
    let last = written.last?;
    let month = last.month.unwrap_or(first.month());
    let year = first.year() + i32::from(month < first.month());
    let date = CivilDate::new(year, month, last.day?)?;
    calendar.day(date).filter(|_| date > first).map(|day| (date, day))
}

fn dated(reading: Option<Reading>, written: &Written, month_above: Option<u32>, setting: &Setting) -> Dated {
    let parts = written.first;
    let precision = match () {
        () if written.names_day() => Precision::Day,
        () if parts.month.is_some() => Precision::Month,
        () => Precision::Year,
    };
    let Some(reading) = reading else {
        let (month, day) = (parts.month.or(month_above).unwrap_or(1), parts.day.unwrap_or(1));
        let leap = CivilDate::new(parts.year.unwrap_or(2000), month, day);
        let impossible = leap.is_none_or(|date| setting.calendar.day(date).is_none());
        return Dated { impossible, ..Dated::default() };
    };
    let day = setting.calendar.day(reading.date);
    let last = last_of(written, reading.date, setting.calendar).map(|(date, _)| date);
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
