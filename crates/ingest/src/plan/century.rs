//! Which century years of two figures are of: decided for a source, or where it does not say, for the archive.

use super::context::{front_years, years_in};
use super::page::Page;
use super::split::Sheet;
use diary::{Calendar, CivilDate, Weekday};
use std::collections::BTreeMap;

/// The oldest century that is thought of, and the last year of the newest.
const REACH: (i32, i32) = (1500, 2029);
/// So many dates with a weekday, or years in running text, are too few to decide.
const TOO_FEW: usize = 1;

/// What speaks for a century.
#[derive(Clone, Debug, Default)]
struct Evidence {
    /// The dates whose years have two figures: year, month, day, and the weekday beside them.
    short: Vec<(i32, u32, u32, Option<Weekday>)>,
    /// Years written out: in names, titles, headings.
    years: Vec<i32>,
    /// Years named in running text.
    named: Vec<i32>,
    /// How many paragraphs speak as the diaries of the Great War do.
    at_war: usize,
}

impl Evidence {
    fn of(sheet: &Sheet) -> Self {
        let Page { candidates, contexts, hint, .. } = &sheet.page;
        let written = || candidates.iter().map(|candidate| &candidate.written);
        let short = written().filter(|written| written.short_year).filter_map(|written| {
            let weekday = written.weekday.filter(|_| !written.ambiguous);
            Some((written.first.year?.rem_euclid(100), written.first.month?, written.first.day?, weekday))
        });
        let full = written().filter(|written| !written.short_year).filter_map(|written| written.first.year);
        let first = candidates.first().map_or(0, |candidate| candidate.block);
        let blocks = &sheet.piece.blocks;
        let mut evidence = Self { short: short.collect(), ..Self::default() };
        evidence.years.extend(full.chain(hint.year).chain(contexts.iter().filter_map(|(_, parts)| parts.year)));
        evidence.years.extend(sheet.piece.title.as_deref().into_iter().flat_map(years_in));
        evidence.years.extend(front_years(&blocks[..first.min(blocks.len())]));
        if !evidence.short.is_empty() {
            evidence.named.extend(blocks.iter().flat_map(|block| years_in(&block.text)));
            let texts = blocks.iter().map(|block| block.text.as_str()).chain(sheet.piece.title.as_deref());
            evidence.at_war = texts.filter(|text| is_of_war(text)).count();
        }
        evidence
    }

    fn add(&mut self, other: &Self) {
        self.short.extend(&other.short);
        self.years.extend(&other.years);
        self.named.extend(&other.named);
        self.at_war += other.at_war;
    }

    /// The first of the hundred years that the dates are of, if anything says so. The hundred years begin behind the widest
    /// gap between their figures, so that `98, 99, 00` stand in one row.
    fn first_year(&self) -> Option<i32> {
        let mut figures: Vec<i32> = self.short.iter().map(|(year, ..)| *year).collect();
        figures.sort_unstable();
        figures.dedup();
        let gap = |at: usize| (figures[at] - figures[(at + figures.len() - 1) % figures.len()] - 1).rem_euclid(100);
        let start = (0..figures.len()).max_by_key(|at| gap(*at)).map(|at| figures[at])?;
        let span = 99 - (0..figures.len()).map(gap).max().unwrap_or(0);
        let bases = || (REACH.0..REACH.1).step_by(100).map(|century| century + start).filter(|b| b + span <= REACH.1);
        let near = |base: i32, years: &[i32]| {
            let close = |year: i32| years.iter().any(|known| (known - year).abs() <= 1);
            self.short.iter().filter(|(figures, ..)| close(in_row(base, *figures))).count()
        };
        let agree = |base: i32| {
            let day = |(figures, month, day, _): (i32, u32, u32, _)| {
                Calendar::Gregorian.day(CivilDate::new(in_row(base, figures), month, day)?)
            };
            self.short.iter().filter(|date| date.3.is_some() && day(**date).map(|day| day.weekday()) == date.3).count()
        };
        let weekdays = self.short.iter().filter(|date| date.3.is_some()).count();
        let by_weekdays = bases()
            .max_by_key(|base| (agree(*base), *base))
            .filter(|base| weekdays > TOO_FEW && agree(*base) * 10 >= weekdays * 8);
        let by_years = |years: &[i32]| {
            let best = bases().max_by_key(|base| (near(*base, years), *base))?;
            (near(best, years) * 2 >= self.short.len()).then_some(best)
        };
        match (by_years(&self.years), by_weekdays) {
            (Some(years), Some(weekdays)) if agree(years) < agree(weekdays) => Some(weekdays),
            (Some(years), _) => Some(years),
            (None, Some(weekdays)) => Some(weekdays),
            (None, None) => {
                let named = by_years(&self.named).filter(|_| self.named.len() > TOO_FEW);
                named.or_else(|| self.is_great_war().then_some(1900 + start))
            }
        }
    }

    /// Whether these are days of 1914 to 1919 as its battalions wrote them down.
    fn is_great_war(&self) -> bool {
        self.at_war > TOO_FEW && self.short.iter().all(|(figures, ..)| (14..=19).contains(figures))
    }
}

/// Whether a paragraph has words of a war that is fought from trenches.
fn is_of_war(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "war diary",
        "intelligence summary",
        "battalion",
        "trenches",
        "bataillon",
        "tranchées",
        "kriegstagebuch",
        "schützengraben",
        "trincee",
        "army form",
    ];
    let lower = text.to_lowercase();
    WORDS.iter().any(|word| lower.contains(word))
}

/// The year of these two last figures in the hundred years from `base` on.
fn in_row(base: i32, figures: i32) -> i32 {
    base + (figures - base).rem_euclid(100)
}

/// Gives the years of two figures their century, where anything says it; the others keep the likeliest.
pub(crate) fn settle(sheets: &mut [Sheet]) {
    let short = |sheet: &Sheet| sheet.page.candidates.iter().any(|candidate| candidate.written.short_year);
    if !sheets.iter().any(short) {
        return;
    }
    let mut whole = Evidence::default();
    let mut sources: BTreeMap<&str, Evidence> = BTreeMap::new();
    for sheet in sheets.iter() {
        let evidence = Evidence::of(sheet);
        whole.add(&evidence);
        sources.entry(&sheet.path).or_default().add(&evidence);
    }
    let usual = whole.first_year();
    let bases: BTreeMap<String, Option<i32>> =
        sources.into_iter().map(|(path, evidence)| (path.to_owned(), evidence.first_year().or(usual))).collect();
    for sheet in sheets {
        let Some(base) = bases.get(&*sheet.path).copied().flatten() else { continue };
        for written in sheet.page.candidates.iter_mut().map(|c| &mut c.written).filter(|w| w.short_year) {
            let full = |year: i32| in_row(base, year);
            written.first.year = written.first.year.map(full);
            written.last = written.last.map(|last| crate::date::Parts { year: last.year.map(full), ..last });
            written.short_year = false;
        }
    }
}
