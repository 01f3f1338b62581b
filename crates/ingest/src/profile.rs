//! What was found out about an archive, for people to see and to fix.

use crate::input::DateOrder;
use diary::{Calendar, Reckoning, YearStart};
use std::fmt;

/// The recognised profile of an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// The formats of its sources, with how many are in each.
    pub formats: Vec<(&'static str, usize)>,
    /// The heading styles that tell its entries, with how many each tells; most first.
    pub headings: Vec<(String, usize)>,
    /// Every style that was weighed: its candidates and how well they hang together; the best first.
    pub weighed: Vec<Weighed>,
    /// The calendar of its pages.
    pub reckoning: Reckoning,
    /// Why that calendar.
    pub calendar_evidence: String,
    /// Which of two numbers is the month.
    pub date_order: DateOrder,
    /// Weekdays on its pages that agree with their dates, and that do not.
    pub weekdays: (usize, usize),
    /// Sources with text that stands in no entry, and the letters of it; page furniture is not counted.
    pub left_out: (usize, usize),
}

/// A heading style as it was weighed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighed {
    /// Its name.
    pub style: String,
    /// How many lines are in it.
    pub headings: usize,
    /// How many of those could be dated.
    pub dated: usize,
    /// How many of those stand in one order.
    pub in_order: usize,
    /// The number that styles are compared by.
    pub score: i64,
}

/// Some lines for people.
impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |pairs: &mut dyn Iterator<Item = (String, usize)>| {
            pairs.map(|(name, count)| format!("{name} ({count})")).collect::<Vec<_>>().join(", ")
        };
        writeln!(
            f,
            "formats     {}",
            list(&mut self.formats.iter().map(|(name, count)| ((*name).to_owned(), *count)))
        )?;
        writeln!(f, "headings    {}", list(&mut self.headings.iter().cloned()))?;
        for weighed in self.weighed.iter().take(4) {
            let Weighed { style, headings, dated, in_order, score } = weighed;
            writeln!(
                f,
                "  weighed   {style}: {}, {dated} dated, {in_order} in order, score {score}",
                many(*headings, "line")
            )?;
        }
        let year = match self.reckoning.year_start {
            YearStart::January => "",
            YearStart::LadyDay => ", the year from 25 March",
        };
        let calendar: Calendar = self.reckoning.calendar;
        writeln!(f, "calendar    {calendar}{year}: {}", self.calendar_evidence)?;
        writeln!(f, "date order  {}", self.date_order.name())?;
        match self.weekdays {
            (0, 0) => write!(f, "weekdays    none written")?,
            (agree, disagree) => write!(f, "weekdays    {agree} agree, {disagree} do not")?,
        }
        match self.left_out {
            (0, _) => Ok(()),
            (sources, letters) => {
                write!(f, "\nleft out    {letters} letters in no entry, in {}", many(sources, "source"))
            }
        }
    }
}

/// `1 line`, `2 lines`.
fn many(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
