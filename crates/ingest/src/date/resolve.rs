//! Makes the written dates of a document whole: missing years and months are taken from what stands around them.
//!
//! Every heading has some readings, each at a cost; so has every step from one date to the next. The cheapest chain from
//! the first heading to the last is the diary. A weekday that fits costs nothing, one that does not costs much; a step
//! forward is free, a step back is dear, a leap of years is dearer.

mod places;

pub(crate) use self::places::LATEST;
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
    /// It is one of several years of its day: it stands in no order, and in none against it.
    pub(crate) beside_years: bool,
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
    let forward = chain(items, setting, 1, i64::MAX).unwrap_or_default();
    // Nothing is better than a diary that goes forward without a fault.
    let backward = chain(items, setting, -1, forward.cost);
    let mut best = backward.unwrap_or(forward);
    let sign = if best.descending { -1 } else { 1 };
    mark_order(&mut best, setting.calendar, sign);
    best
}

#[derive(Clone, Copy)]
struct Reading {
    date: CivilDate,
    /// Which day that is, once it is known that there is one.
    day: Option<Day>,
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

/// The cheapest chain of dates that goes one way, if it costs less than `limit`.
fn chain(items: &[Item<'_>], setting: &Setting, sign: i64, limit: i64) -> Option<Resolution> {
    let mut chains = Chains::new(setting, sign, if items.len() > VAST { BEAM.1 } else { BEAM.0 });
    let mut above = Above::default();
    for (item, (next_year, next_month)) in items.iter().zip(next_named(items)) {
        match item {
            Item::Context(parts) => above.add(*parts, setting, chains.layer.first()),
            Item::Heading(written, stamp) => {
                let Above { context, under, week } = above;
                chains.go_on(&Places { setting, context, under, week, next_year, next_month, sign }, written, *stamp);
                above.leave(written);
            }
        }
        // No step makes a chain cheaper.
        if chains.cost() >= limit {
            return None;
        }
    }
    (chains.cost() < limit).then(|| chains.resolution())
}

/// What is printed above a heading.
#[derive(Clone, Copy, Default)]
struct Above {
    /// The headings of years and months right above it.
    context: Parts,
    /// The last heading of a month above it.
    under: Parts,
    /// The first day of the week that it is in.
    week: Option<CivilDate>,
}

impl Above {
    fn add(&mut self, parts: Parts, setting: &Setting, last: Option<&Node>) {
        self.context = merged(self.context, parts);
        self.under = self.context;
        let year = self.context.year.or(setting.hint.year);
        self.week = week_from(parts, year, last);
    }

    /// Goes on to what follows a heading.
    fn leave(&mut self, heading: &Written) {
        self.context = Parts::default();
        self.week = self.week.filter(|_| heading.is_weekday());
        // A heading with a month of its own ends the month printed above it.
        if heading.first.month.is_some() {
            self.under = Parts::default();
        }
    }
}

/// The chains that are followed at once.
struct Chains<'a> {
    setting: &'a Setting,
    sign: i64,
    beam: usize,
    /// Their last headings, the cheapest first. Only this layer is kept whole; of those before, what leads back.
    layer: Vec<Node>,
    steps: Vec<Step>,
    /// Each with the month printed above it, and where its steps begin.
    headings: Vec<(&'a Written, Option<u32>, usize)>,
    next: Vec<Node>,
    readings: Vec<Reading>,
}

impl<'a> Chains<'a> {
    fn new(setting: &'a Setting, sign: i64, beam: usize) -> Self {
        let first = Node { at: None, until: None, reading: None, slip: 0, cost: 0, previous: 0 };
        let (steps, headings, next, readings) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { setting, sign, beam, layer: vec![first], steps, headings, next, readings }
    }

    /// What the cheapest costs.
    fn cost(&self) -> i64 {
        self.layer.first().map_or(0, |node| node.cost)
    }

    /// Follows all chains to the next heading.
    fn go_on(&mut self, places: &Places<'_>, written: &'a Written, stamp: Option<Parts>) {
        let Self { setting, layer, next, readings, .. } = self;
        next.clear();
        for (previous, node) in (0..).zip(&*layer) {
            readings.clear();
            let before = node.until.filter(|_| places.sign > 0).or(node.at);
            places.readings(readings, written, stamp, before.map(|(date, _)| date));
            if readings.is_empty() {
                next.push(Node { reading: None, previous, cost: node.cost + 10, ..*node });
            }
            for &reading in &*readings {
                let Reading { date, day: Some(day), inferred, .. } = reading else { continue };
                let slip = written.weekday.map(|weekday| slip_of(weekday, day));
                let cost = node.cost + reading.cost + weekday_cost(slip, inferred, node.slip);
                let step = before.filter(|_| !written.beside_years).map_or(0, |(_, before)| {
                    let days = places.sign * (day.number() - before.number());
                    node.step_to(date, days, written, !inferred || places.context.year == Some(date.year()))
                });
                let (slip, reading) = (slip.unwrap_or(node.slip), Some(reading));
                let until = last_of(written, date, setting.calendar);
                next.push(Node { at: Some((date, day)), until, reading, slip, cost: cost + step, previous });
                // A whole date far from its neighbours may be that of a letter: they need not follow it.
                if step > ASTRAY / 2 && !inferred {
                    next.push(Node { at: node.at, until: node.until, reading, slip, cost: cost + ASTRAY, previous });
                }
            }
        }
        self.keep_the_cheapest();
        self.headings.push((written, places.under.month, self.steps.len()));
        self.steps.extend(self.layer.iter().map(|node| Step { reading: node.reading, previous: node.previous }));
    }

    /// Makes the next layer the last: of chains to the same date one, and of all the cheapest.
    fn keep_the_cheapest(&mut self) {
        let next = &mut self.next;
        next.sort_by_key(|node| (node.at.map(|(date, _)| date), node.cost));
        next.dedup_by_key(|node| node.at.map(|(date, _)| date));
        next.sort_by_key(|node| (node.cost, node.at.map(|(date, _)| date)));
        next.truncate(self.beam);
        let best = next.first().map_or(0, |node| node.cost);
        next.retain(|node| node.cost <= best + HOPELESS);
        std::mem::swap(&mut self.layer, next);
    }

    /// Goes back along the cheapest chain.
    fn resolution(&self) -> Resolution {
        let mut dates = Vec::with_capacity(self.headings.len());
        let mut at = 0;
        let mut year_below = None;
        for (written, month, first) in self.headings.iter().rev() {
            let Some(step) = self.steps.get(first + at) else { break };
            dates.push(dated(step.reading, written, (year_below, *month), self.setting));
            year_below = step.reading.map(|reading| reading.date.year()).or(year_below);
            at = step.previous as usize;
        }
        dates.reverse();
        Resolution { dated: dates, cost: self.cost(), descending: self.sign < 0, ..Resolution::default() }
    }
}

impl Node {
    /// What it costs to go on from here to a date so many days further.
    fn step_to(&self, date: CivilDate, days: i64, written: &Written, told: bool) -> i64 {
        // A day of the range above it.
        let inside = self.at.zip(self.until).is_some_and(|((first, _), (last, _))| first <= date && date <= last);
        // A month follows the days of which it is.
        let within = written.is_month() && (-31..0).contains(&days);
        let days = if within || inside && days < 0 { 0 } else { days };
        // A diary may rest for years; its whole dates, and a year printed above, are believed before a misprint is.
        if told && (0..=LEAP.0).contains(&days) { step(days).min(LEAP.1) } else { step(days) }
    }
}

/// What a weekday costs that is wrong by so many days, where the one before was by `before`.
fn weekday_cost(slip: Option<u8>, inferred: bool, before: u8) -> i64 {
    match (slip, inferred) {
        (None | Some(0), _) => 0,
        (Some(slip), true) if slip != before => WEEKDAY_WRONG,
        (_, true) => WEEKDAY_STILL_WRONG,
        (_, false) => 10,
    }
}

/// For every item, the next year and the next month that are written out after it.
fn next_named(items: &[Item<'_>]) -> Vec<(Option<i32>, Option<u32>)> {
    let mut next = (None, None);
    let mut named: Vec<(Option<i32>, Option<u32>)> = items
        .iter()
        .rev()
        .map(|item| {
            let after = next;
            let (year, month) = match item {
                Item::Context(parts) => (parts.year, parts.month),
                Item::Heading(written, stamp) => {
                    (written.first.year.or(stamp.and_then(|s| s.year)), written.first.month)
                }
            };
            next = (year.or(next.0), month.or(next.1));
            after
        })
        .collect();
    named.reverse();
    named
}

/// The first day of the week that a context names, in the year given or in that of the date before.
fn week_from(parts: Parts, year: Option<i32>, last: Option<&Node>) -> Option<CivilDate> {
    let before = || last?.at.map(|(date, _)| date.year());
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

/// The date of a heading, of which the year of the one below it and the month printed above it say what is no day.
fn dated(
    reading: Option<Reading>,
    written: &Written,
    (year, month): (Option<i32>, Option<u32>),
    setting: &Setting,
) -> Dated {
    let parts = written.first;
    let precision = match () {
        () if written.names_day() => Precision::Day,
        () if parts.month.is_some() => Precision::Month,
        () => Precision::Year,
    };
    let Some(reading) = reading else {
        let (month, day) = (parts.month.or(month).unwrap_or(1), parts.day.unwrap_or(1));
        let leap = CivilDate::new(parts.year.or(year).unwrap_or(2000), month, day);
        let impossible = leap.is_none_or(|date| setting.calendar.day(date).is_none());
        return Dated { impossible, ..Dated::default() };
    };
    let last = last_of(written, reading.date, setting.calendar).map(|(date, _)| date);
    Dated {
        first: Some(reading.date),
        last,
        precision: Some(precision),
        inferred: reading.inferred || written.repaired || written.ambiguous,
        repair: reading.repair,
        weekday_agrees: written.weekday.zip(reading.day).map(|(weekday, day)| weekday == day.weekday()),
        impossible: false,
        out_of_order: false,
        stamp_disagrees: reading.stamp_disagrees,
        beside_years: written.beside_years,
    }
}

#[cfg(test)]
mod tests;
