//! From sheets to drafts: every entry that the plan of a sheet tells apart, and what to say of text that is in none.

use super::cut::{Stretch, cut, left_out};
use super::entry::{Draft, When, draft, is_marked};
use crate::date::resolve::{Dated, Item, Repair, Setting, resolve};
use crate::date::{Parts, Written};
use crate::input::ArchiveInput;
use crate::language::Tongue;
use crate::plan::own::Own;
use crate::plan::split::{Plan, Sheet};
use crate::problem::{Problem, ProblemKind};
use crate::source::privacy::Hidden;
use rayon::prelude::*;

/// What is needed to make the entries of any sheet.
pub(crate) struct Making<'a> {
    pub(crate) input: &'a ArchiveInput,
    pub(crate) setting: Setting,
    pub(crate) hidden: &'a Hidden,
    pub(crate) tongue: &'a Tongue,
}

/// The entries of all sheets.
#[derive(Default)]
pub(crate) struct Made {
    pub(crate) drafts: Vec<Draft>,
    /// How many written weekdays are right, and how many wrong.
    pub(crate) weekdays: (usize, usize),
    /// How many sheets have text that is in no entry, and how many letters of it there are.
    pub(crate) left_out: (usize, usize),
    /// What to say of such text.
    pub(crate) problems: Vec<Problem>,
}

/// The entries of one sheet.
struct OfSheet {
    drafts: Vec<Draft>,
    weekdays: (usize, usize),
    /// How many letters are in no entry.
    left_out: usize,
    /// What to say of them.
    problem: Option<Problem>,
    /// The sheet itself, where it has text but no entries.
    barren: Option<Box<Sheet>>,
}

/// So many sheets are made at once.
const FEW_SHEETS: usize = 256;

/// Fewer letters than this before the first entry are a title and its like, and not worth a word in the report.
const FURNITURE: usize = 300;

impl Making<'_> {
    /// The entries of all sheets, in their order. Sheets are let go a few at a time, as soon as their entries are made.
    pub(crate) fn all(&self, mut sheets: Vec<Sheet>) -> Made {
        // Room for all at once: a list that grows takes up to twice of what it needs.
        let count = sheets.iter().map(|sheet| sheet.plan.count()).sum();
        let mut made = Made { drafts: Vec::with_capacity(count), ..Made::default() };
        let mut barren = Vec::new();
        // Taken from the end, so that the list of those left shrinks.
        sheets.reverse();
        while !sheets.is_empty() {
            let few = sheets.split_off(sheets.len().saturating_sub(FEW_SHEETS));
            sheets.shrink_to_fit();
            let few: Vec<OfSheet> = few.into_par_iter().rev().map(|sheet| self.of_sheet(sheet)).collect();
            for mut one in few {
                barren.extend(one.barren.take());
                made.add(one);
            }
            if !made.drafts.is_empty() {
                barren.clear();
            }
        }
        // An archive without a single date is one entry a source, so that nothing is lost.
        if !barren.is_empty() {
            let drafts = barren.iter().map(|sheet| self.undated(sheet)).collect();
            made = Made { drafts, ..Made::default() };
        }
        made
    }

    fn of_sheet(&self, sheet: Sheet) -> OfSheet {
        let (drafts, weekdays) = self.drafts(&sheet);
        let left_out = left_out(&sheet);
        let problem = match () {
            () if drafts.is_empty() && left_out > 0 => Some((
                ProblemKind::NoEntries,
                format!("It has text ({left_out} letters) but no date, so that nothing in it is an entry."),
            )),
            () if left_out >= FURNITURE => Some((
                ProblemKind::OutsideEntries,
                format!("{left_out} letters of text stand outside its entries, and were left out."),
            )),
            () => None,
        };
        let problem = problem.map(|(kind, message)| Problem::of_source(kind, &sheet.path, message));
        let barren = (drafts.is_empty() && left_out > 0).then(|| Box::new(sheet));
        OfSheet { drafts, weekdays, left_out, problem, barren }
    }

    /// The entries of a sheet, and how many weekdays written there are right and wrong.
    fn drafts(&self, sheet: &Sheet) -> (Vec<Draft>, (usize, usize)) {
        let setting = Setting { calendar: sheet.calendar.unwrap_or(self.setting.calendar), ..self.setting };
        let resolution = sheet.dates(&setting);
        let ordered = resolution.in_order * 10 >= resolution.known() * 8;
        let kept = sheet.kept();
        let own = sheet.own.as_ref().filter(|_| matches!(sheet.plan, Plan::Whole | Plan::Units(_)));
        let written_own = own.map(Own::written_date);
        let of_own = written_own.as_ref().zip(own).map(|(written, own)| {
            let dated = dated_alone(written, &setting);
            let repair = own.misprint.map(Repair::Year).or(dated.repair);
            Dated { out_of_order: own.is_astray, inferred: dated.inferred || own.misprint.is_some(), repair, ..dated }
        });
        // A mark before the first heading is for the whole source.
        let first = kept.first().map_or(0, |&index| sheet.page.candidates[index].block);
        let marked = sheet.piece.blocks[..first].iter().any(|block| is_marked(block, "private"));
        let private = marked || self.hidden.covers(&sheet.path);
        let made = |stretch: Stretch| {
            let candidate = stretch.dated.and_then(|at| kept.get(at)).map(|&index| &sheet.page.candidates[index]);
            let as_written = candidate.map(|candidate| {
                let text = &sheet.piece.blocks[candidate.block].text;
                candidate.written.span.of(text)
            });
            let under = stretch.under.filter(|parts| stretch.dated.is_none() && own.is_none() && parts.year.is_some());
            let inherited = under.map(|parts| {
                let written = Written { first: Parts { day: None, ..parts }, ..Written::default() };
                Dated { inferred: true, ..dated_alone(&written, &setting) }
            });
            let from_own = of_own.as_ref().filter(|_| stretch.dated.is_none());
            let when = When {
                dated: stretch.dated.and_then(|at| resolution.dated.get(at)).or(from_own).or(inherited.as_ref()),
                written: candidate.map(|candidate| &candidate.written).or(written_own.as_ref()),
                as_written: as_written.or(own.map(|own| own.written.as_str())).unwrap_or_default().to_owned(),
                calendar: setting.calendar,
                conflict: own.and_then(|own| own.conflict.clone()),
                ordered,
            };
            draft(&stretch, sheet, &when, &self.input.archive, private, self.tongue)
        };
        (cut(sheet).map(made).collect(), resolution.weekdays)
    }

    /// A source without a date as one entry.
    fn undated(&self, sheet: &Sheet) -> Draft {
        let stretch = Stretch {
            title: sheet.piece.title.clone(),
            line: 1,
            blocks: sheet.piece.blocks.iter().filter(|block| !block.chrome).cloned().collect(),
            ..Stretch::default()
        };
        let private = self.hidden.covers(&sheet.path);
        draft(&stretch, sheet, &When::default(), &self.input.archive, private, self.tongue)
    }
}

/// What a date is that has no neighbours.
fn dated_alone(written: &Written, setting: &Setting) -> Dated {
    resolve(&[Item::Heading(written, None)], setting).dated.into_iter().next().unwrap_or_default()
}

impl Made {
    fn add(&mut self, one: OfSheet) {
        self.drafts.extend(one.drafts);
        self.weekdays.0 += one.weekdays.0;
        self.weekdays.1 += one.weekdays.1;
        self.left_out.0 += usize::from(one.left_out > 0);
        self.left_out.1 += one.left_out;
        self.problems.extend(one.problem);
    }
}
