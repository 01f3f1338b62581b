//! Which calendar the pages of an archive are printed in: the archive as a whole, and the sources that prove another.

use super::split::Sheet;
use crate::date::resolve::{Repair, Resolution, Setting};
use crate::language::language;
use diary::{Archive, Calendar, CivilDate};
use rayon::prelude::*;
use std::collections::HashMap;
use std::ops::{Add, AddAssign};

/// The last year that England printed in Old Style.
const OLD_STYLE_ENDS: i32 = 1752;
/// The languages of countries that printed in Old Style after the Pope's word, and the last years that they did.
const OLD_STYLE: [(&str, &str, i32); 2] =
    [("en", "English, before September 1752", OLD_STYLE_ENDS), ("ru", "Russian, before February 1918", 1918)];
/// The last day before the new style was thought of.
const BEFORE_REFORM: (i32, u32, u32) = (1582, 10, 4);
/// So many weekdays more must agree with a calendar before it is taken for proven.
const PROOF: i64 = 3;

/// How well dates fit one calendar.
#[derive(Clone, Copy, Debug, Default)]
struct Fit {
    cost: i64,
    weekdays: (usize, usize),
    stamps: usize,
}

/// What speaks for one calendar or the other.
#[derive(Clone, Copy, Debug, Default)]
struct Evidence {
    new: Fit,
    old: Fit,
    dates: usize,
    early: usize,
    /// Dates before there was a new style, as either calendar has them.
    ancient: (usize, usize),
    /// Dates of a time in which anyone still printed Old Style.
    possible: usize,
    /// Double years, and days that only Old Style has.
    marks: usize,
    /// The first and the last of the dates.
    reach: Option<(CivilDate, CivilDate)>,
}

impl Add for Fit {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            cost: self.cost + other.cost,
            weekdays: (self.weekdays.0 + other.weekdays.0, self.weekdays.1 + other.weekdays.1),
            stamps: self.stamps + other.stamps,
        }
    }
}

impl AddAssign for Evidence {
    fn add_assign(&mut self, other: Self) {
        self.new = self.new + other.new;
        self.old = self.old + other.old;
        self.dates += other.dates;
        self.early += other.early;
        self.ancient = (self.ancient.0 + other.ancient.0, self.ancient.1 + other.ancient.1);
        self.possible += other.possible;
        self.marks += other.marks;
        self.reach = match (self.reach, other.reach) {
            (Some(one), Some(two)) => Some((one.0.min(two.0), one.1.max(two.1))),
            (one, two) => one.or(two),
        };
    }
}

impl Evidence {
    fn of(sheet: &Sheet, setting: &Setting) -> Self {
        let new = sheet.dates(&Setting { calendar: Calendar::Gregorian, ..*setting });
        let dates: Vec<CivilDate> = new.dated.iter().filter_map(|dated| dated.first).collect();
        let before = |year: i32| dates.iter().filter(|found| found.year() < year).count();
        let possible = before(1930);
        // A page of our own time is not dated twice.
        let old = (possible > 0).then(|| sheet.dates(&Setting { calendar: Calendar::Julian, ..*setting }));
        let reform = CivilDate::new(BEFORE_REFORM.0, BEFORE_REFORM.1, BEFORE_REFORM.2);
        let ancient = |found: &Resolution| {
            found.dated.iter().filter(|d| d.first.is_some_and(|date| Some(date) <= reform)).count()
        };
        let repaired = new.dated.iter().filter(|dated| dated.repair == Some(Repair::OldStyleYear)).count();
        let doubled = sheet.page.candidates.iter().filter(|candidate| candidate.written.double_year).count();
        Self {
            new: fit(&new),
            old: fit(old.as_ref().unwrap_or(&new)),
            ancient: (ancient(&new), old.as_ref().map_or(0, ancient)),
            dates: dates.len(),
            early: before(OLD_STYLE_ENDS),
            possible,
            marks: repaired + doubled + sheet.page.double_years,
            reach: dates.iter().copied().min().zip(dates.iter().copied().max()),
        }
    }

    /// Whether its dates are of a time in which Old Style is thinkable.
    fn is_old(&self) -> bool {
        self.dates > 0 && self.possible * 10 >= self.dates * 9
    }

    /// Whether a calendar that changes is this one for all of its dates.
    fn is_within(&self, changing: Calendar, calendar: Calendar) -> bool {
        let Calendar::JulianUntil(change) = changing else { return false };
        self.reach.is_some_and(|(first, last)| match calendar {
            Calendar::Julian => last <= change,
            Calendar::Gregorian => first > change,
            Calendar::JulianUntil(_) => false,
        })
    }

    /// Whether its dates are from before there was a new style: as either calendar has them, or as Old Style does at less
    /// cost.
    fn is_ancient(&self) -> bool {
        let (new, old) = (self.ancient.0 == self.dates, self.ancient.1 == self.dates);
        self.dates > 0 && old && (new || self.old.cost < self.new.cost && self.gain() >= 0)
    }

    fn is_early(&self) -> bool {
        self.dates > 0 && self.early == self.dates
    }

    /// How many weekdays and machine-readable dates more speak for Old Style than against it.
    fn gain(&self) -> i64 {
        let difference = |a: usize, b: usize| a as i64 - b as i64;
        difference(self.old.weekdays.0, self.new.weekdays.0) + difference(self.new.stamps, self.old.stamps)
    }

    /// The calendar that these dates prove, and how.
    fn proven(&self) -> Option<(Calendar, String)> {
        if !self.is_old() {
            return None;
        }
        let (new, old) = (self.new, self.old);
        if self.is_ancient() {
            return Some((Calendar::Julian, "before there was another".to_owned()));
        }
        if old.cost < new.cost && self.gain() >= PROOF && old.weekdays.1 <= new.weekdays.1 {
            return Some((
                Calendar::Julian,
                format!(
                    "{} weekdays agree with it and {} do not, against {} and {} in the Gregorian; {} machine-readable dates contradict it, against {}",
                    old.weekdays.0, old.weekdays.1, new.weekdays.0, new.weekdays.1, old.stamps, new.stamps
                ),
            ));
        }
        if new.cost < old.cost && new.weekdays.0 as i64 >= old.weekdays.0 as i64 + PROOF {
            return Some((Calendar::Gregorian, weekdays(new)));
        }
        (self.is_early() && self.marks > 0)
            .then(|| (Calendar::Julian, format!("{} dates are of Old Style years", self.marks)))
    }
}

/// The last days of Old Style: where the Pope's word was law, and in England. The new style began on the day after.
const CHANGES: [(i32, u32, u32); 2] = [(1582, 10, 4), (1752, 9, 2)];

/// The calendar of pages that go over from Old Style to the new: proven by weekdays, or made likely by language. Days that
/// were never printed anywhere are no such pages.
fn crossing(
    evidence: &Evidence,
    sheets: &[&Sheet],
    archive: &Archive,
    setting: &Setting,
) -> Option<(Calendar, String)> {
    let (first, last) = evidence.reach.filter(|_| evidence.is_old())?;
    let crosses = |change: CivilDate| {
        let began = Calendar::Julian.day(change).map(|day| Calendar::Gregorian.civil(day.plus(1)));
        began.is_some_and(|began| first <= change && began <= last)
    };
    let changes = CHANGES.iter().filter_map(|&(year, month, day)| CivilDate::new(year, month, day));
    changes.filter(|change| crosses(*change)).find_map(|change| {
        let calendar = Calendar::JulianUntil(change);
        let setting = Setting { calendar, ..*setting };
        let both = sheets.par_iter().map(|sheet| sheet.dates(&setting)).map(|found| (fit(&found), found.known()));
        let (both, known) = both.reduce(Default::default, |one, two| (one.0 + two.0, one.1 + two.1));
        let (new, old) = (evidence.new, evidence.old);
        // Where no weekday is against it, fewer are enough.
        let proof = if both.weekdays.1 == 0 { PROOF as usize - 1 } else { PROOF as usize };
        if both.cost < new.cost.min(old.cost) && both.weekdays.0 >= new.weekdays.0.max(old.weekdays.0) + proof {
            return Some((calendar, weekdays(both)));
        }
        let contradicted = both.weekdays.0 < new.weekdays.0.max(old.weekdays.0) || known < evidence.dates;
        let english = || archive.lang.clone().or_else(|| spoken(sheets)).as_deref() == Some("en");
        (change.year() == OLD_STYLE_ENDS && !contradicted && english())
            .then(|| (calendar, "English, before and after September 1752".to_owned()))
    })
}

fn fit(resolution: &Resolution) -> Fit {
    let stamps = resolution.dated.iter().filter(|dated| dated.stamp_disagrees).count();
    Fit { cost: resolution.cost, weekdays: resolution.weekdays, stamps }
}

fn weekdays(fit: Fit) -> String {
    format!("{} weekdays agree with it and {} do not", fit.weekdays.0, fit.weekdays.1)
}

/// Gives every sheet its calendar, and the archive the one that most of it is in, with the reason.
///
/// The archive is judged as a whole, since a page has few weekdays; a source that proves another calendar, or is of
/// another age, goes its own way.
pub(crate) fn settle(sheets: &mut [Sheet], archive: &Archive, setting: &Setting) -> (Calendar, String) {
    let each: Vec<Evidence> = sheets.par_iter().map(|sheet| Evidence::of(sheet, setting)).collect();
    let mut whole = Evidence::default();
    let mut sources: HashMap<&str, (Evidence, Vec<usize>)> = HashMap::new();
    for (index, evidence) in each.iter().enumerate() {
        whole += *evidence;
        let (sum, members) = sources.entry(&sheets[index].path).or_default();
        *sum += *evidence;
        members.push(index);
    }
    let everything: Vec<&Sheet> = sheets.iter().collect();
    let decided = crossing(&whole, &everything, archive, setting).or_else(|| judge(&whole, &everything, archive));
    let (main, mut reason) = decided.clone().unwrap_or_else(|| {
        let reason = if whole.is_old() { "nothing speaks for another" } else { "the usual one" };
        (Calendar::Gregorian, reason.to_owned())
    });
    let mut apart = 0;
    let mut calendars = vec![main; sheets.len()];
    for (evidence, members) in sources.values().filter(|(evidence, _)| evidence.dates > 0) {
        let pages = || members.iter().map(|&index| &sheets[index]).collect::<Vec<&Sheet>>();
        let own = match crossing(evidence, &pages(), archive, setting).or_else(|| evidence.proven()) {
            // On its side of the change, the one is the other.
            Some((calendar, _)) if evidence.is_within(main, calendar) => main,
            Some((calendar, _)) => calendar,
            None if !evidence.is_old() => Calendar::Gregorian,
            None if decided.is_some() => main,
            None => judge(evidence, &pages(), archive).map_or(main, |(calendar, _)| calendar),
        };
        apart += usize::from(own != main);
        for &index in members {
            calendars[index] = own;
        }
    }
    if apart > 0 {
        reason.push_str(&format!("; sources in another: {apart}"));
    }
    for (sheet, calendar) in sheets.iter_mut().zip(calendars) {
        sheet.calendar = Some(calendar);
    }
    (main, reason)
}

/// The calendar of some pages: proven, or made likely by weekdays, language and century.
fn judge(evidence: &Evidence, sheets: &[&Sheet], archive: &Archive) -> Option<(Calendar, String)> {
    if let Some(proven) = evidence.proven() {
        return Some(proven);
    }
    let (new, old) = (evidence.new, evidence.old);
    if !evidence.is_old() {
        return None;
    }
    if new.cost < old.cost && new.weekdays.0 > old.weekdays.0 {
        return Some((Calendar::Gregorian, weekdays(new)));
    }
    let (_, last) = evidence.reach?;
    let late = OLD_STYLE.iter().any(|(_, _, end)| last.year() < *end);
    let lang = archive.lang.clone().or_else(|| spoken(sheets).filter(|_| late))?;
    let (_, reason, _) = OLD_STYLE.iter().find(|(code, _, end)| *code == lang && last.year() < *end)?;
    Some((Calendar::Julian, (*reason).to_owned()))
}

/// The language of some pages.
fn spoken(sheets: &[&Sheet]) -> Option<String> {
    let texts = || sheets.iter().flat_map(|sheet| &sheet.piece.blocks).map(|block| block.text.as_str());
    let long: Vec<&str> = texts().filter(|text| text.len() > 100).take(8).collect();
    let sample = if long.is_empty() { texts().take(32).collect() } else { long };
    language(&sample.join(" "))
}
