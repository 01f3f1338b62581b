//! The whole way from an archive to its entries.

use crate::cut::{Stretch, cut, left_out};
use crate::date::resolve::{Dated, Item, Resolution, Setting, resolve};
use crate::date::{Parts, Written};
use crate::document::Document;
use crate::entry::{Draft, When, draft, is_marked};
use crate::find::{Source, find};
use crate::input::{ArchiveInput, DateOrder, Limits, Progress};
use crate::language::Tongue;
use crate::own::Own;
use crate::privacy::Hidden;
use crate::problem::{Problem, ProblemKind, summed_up};
use crate::profile::{Profile, Weighed};
use crate::split::{Plan, Sheet, plan, sheets};
use crate::writers::name_writers;
use crate::{container, decode, format, merge, reckoning};
use diary::{Calendar, Entry, EntryId, Reckoning};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::SystemTime;

/// What an archive holds.
#[derive(Clone, Debug, Default)]
pub struct Extraction {
    /// The entries, not yet annotated, in the order of their sources.
    pub entries: Vec<Entry>,
    /// What was wrong, by source and line.
    pub problems: Vec<Problem>,
    /// What was read.
    pub sources: Vec<SourceFacts>,
    /// What was found out about the archive as a whole.
    pub profile: Profile,
}

/// A source that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFacts {
    /// Relative to the archive.
    pub path: String,
    /// Its size.
    pub bytes: u64,
    /// When it was last changed, as far as the file system says.
    pub modified: Option<SystemTime>,
    /// The BLAKE3 hash of its bytes.
    pub hash: [u8; 32],
    /// How many entries stand in it, also those that stand elsewhere too.
    pub entries: usize,
    /// The name of its format; `container` for one that holds others.
    pub format: &'static str,
    /// The name of its encoding; empty for a container.
    pub encoding: &'static str,
}

/// Reads an archive. The same bytes give the same entries, ids and order on any number of threads.
pub fn extract(input: &ArchiveInput, limits: &Limits, progress: &(dyn Fn(Progress) + Sync)) -> Extraction {
    let found = find(input, limits);
    let mut problems = found.problems;
    progress(Progress::Found(found.sources.len()));
    let read: Vec<Read> = found.sources.par_iter().map(|source| read(source, input, limits, progress)).collect();
    let mut facts = Vec::new();
    let mut documents = Vec::new();
    for mut one in read {
        problems.append(&mut one.problems);
        facts.extend(one.facts);
        for mut document in one.documents {
            problems.append(&mut document.problems);
            documents.push(document);
        }
    }
    let mut profile = Profile { formats: formats(&documents), ..Profile::default() };
    let hidden = Hidden::new(&input.private, &mut problems);
    let mut sheets = sheets(documents, &input.archive.name);
    let setting = choose(&mut sheets, input, &mut profile);
    if let Some(style) = input.profile.heading.as_ref().filter(|_| profile.headings.is_empty()) {
        let message = format!("No page has headings of the style “{style}”; a dry run shows the styles there are.");
        problems.push(Problem::of_source(ProblemKind::BadSetting, "", message));
    }
    let tongue = usual_tongue(&sheets);
    // Each sheet is let go as soon as its entries are made.
    let made: Vec<Made> = sheets
        .into_par_iter()
        .map(|sheet| {
            let setting = Setting { calendar: sheet.calendar.unwrap_or(setting.calendar), ..setting };
            let private = hidden.covers(&sheet.path);
            drafts(sheet, &setting, input, private, &tongue)
        })
        .collect();
    // Room for all at once: a list that grows takes up to twice of what it needs.
    let count: usize = made.iter().map(|made| made.drafts.len()).sum();
    let any = count > 0;
    let mut all = Vec::with_capacity(count);
    for made in made {
        profile.weekdays.0 += made.weekdays.0;
        profile.weekdays.1 += made.weekdays.1;
        all.extend(made.drafts);
        match made.nothing {
            // An archive without a single date is one entry a source, so that nothing is lost.
            Some(sheet) if !any => all.push(undated(&sheet, input, hidden.covers(&sheet.path), &tongue)),
            _ => {
                profile.left_out.0 += usize::from(made.left_out > 0);
                profile.left_out.1 += made.left_out;
                problems.extend(made.problem);
            }
        }
    }
    let mut drafts = merge::merge(all);
    name_writers(&mut drafts);
    forget_diarist(&mut drafts);
    name(&mut drafts, &input.archive.name);
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for source in drafts.iter().flat_map(|draft| &draft.entry.sources) {
        let file = source.path.split('!').next().unwrap_or_default();
        *counts.entry(file).or_default() += 1;
    }
    for fact in &mut facts {
        fact.entries = counts.get(fact.path.as_str()).copied().unwrap_or(0);
    }
    let entries: Vec<Entry> = drafts
        .into_iter()
        .map(|draft| {
            problems.extend(draft.problems);
            draft.entry
        })
        .collect();
    problems.sort_by(|a, b| {
        crate::find::natural(&a.source, &b.source)
            .then_with(|| (a.line, a.kind, &a.message).cmp(&(b.line, b.kind, &b.message)))
    });
    problems.dedup();
    let problems = summed_up(&problems);
    progress(Progress::Entries(entries.len()));
    Extraction { entries, problems, sources: facts, profile }
}

struct Read {
    facts: Option<SourceFacts>,
    documents: Vec<Document>,
    problems: Vec<Problem>,
}

/// Reads a source. One that brings a reader to a stop is left out, and no other.
fn read(source: &Source, input: &ArchiveInput, limits: &Limits, progress: &(dyn Fn(Progress) + Sync)) -> Read {
    let reading = AssertUnwindSafe(|| read_whole(source, input, limits, progress));
    catch_unwind(reading).unwrap_or_else(|_| {
        let message = "Its reader came to a stop, and it was left out.";
        let problem = Problem::of_source(ProblemKind::Unreadable, &source.path, message);
        Read { facts: None, documents: Vec::new(), problems: vec![problem] }
    })
}

fn read_whole(source: &Source, input: &ArchiveInput, limits: &Limits, progress: &(dyn Fn(Progress) + Sync)) -> Read {
    let bytes = match source.read(limits.file) {
        Ok(bytes) => bytes,
        Err(problem) => return Read { facts: None, documents: Vec::new(), problems: vec![problem] },
    };
    progress(Progress::Read(bytes.len() as u64));
    let mut facts = SourceFacts {
        path: source.path.clone(),
        bytes: bytes.len() as u64,
        modified: source.modified,
        hash: *blake3::hash(&bytes).as_bytes(),
        entries: 0,
        format: "binary",
        encoding: "",
    };
    let mut problems = Vec::new();
    let mut documents = Vec::new();
    if let Some(mut unpacked) = container::unpack(&source.path, &bytes, limits) {
        problems.append(&mut unpacked.problems);
        facts.format = "container";
        documents = unpacked
            .members
            .into_par_iter()
            .filter_map(|member| {
                document(&member.path, &member.bytes, member.label.as_deref(), input.profile.format).ok()
            })
            .collect();
    } else {
        match document(&source.path, &bytes, None, input.profile.format) {
            Ok(document) => {
                facts.format = document.format.name();
                facts.encoding = document.encoding;
                documents.push(document);
            }
            Err(problem) => problems.push(problem),
        }
    }
    Read { facts: Some(facts), documents, problems }
}

/// Reads the bytes of one document, if they are text.
fn document(path: &str, bytes: &[u8], label: Option<&str>, fixed: Option<crate::Format>) -> Result<Document, Problem> {
    if let Some(document) = format::read_bytes(path, bytes) {
        return Ok(document);
    }
    if format::is_binary(bytes) {
        let message = "It is not text, and was left out.";
        return Err(Problem::of_source(ProblemKind::SkippedBinary, path, message));
    }
    let decoded = decode::decode(bytes, label, path);
    Ok(format::read(path, &decoded.text, decoded.encoding, decoded.problems, fixed))
}

fn formats(documents: &[Document]) -> Vec<(&'static str, usize)> {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for document in documents {
        *counts.entry(document.format.name()).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    counts
}

/// Settles heading styles, the order of dates in figures, and the calendar; in this order, each with those before it.
fn choose(sheets: &mut [Sheet], input: &ArchiveInput, profile: &mut Profile) -> Setting {
    let fixed = input
        .profile
        .reckoning
        .or((input.archive.reckoning != Reckoning::default()).then_some(input.archive.reckoning));
    let mut setting = Setting::default();
    if let Some(reckoning) = fixed {
        setting.calendar = reckoning.calendar;
        setting.year_start = reckoning.year_start;
    }
    if let Some(order) = input.profile.date_order {
        setting.month_first = order == DateOrder::MonthFirst;
    } else if sheets.iter().any(|sheet| sheet.page.candidates.iter().any(|candidate| candidate.written.ambiguous)) {
        // Before any style is settled, all candidates together show which order makes sense: that of a coherent diary, or
        // of two such that of days close together.
        let weigh = |month_first| {
            let setting = Setting { month_first, ..setting };
            let found = sheets.par_iter().map(|sheet| everything(sheet, &setting));
            found.map(|found| (found.cost, stride(&found))).reduce(|| (0, 0), |a, b| (a.0 + b.0, a.1 + b.1))
        };
        let (month, day) = (weigh(true), weigh(false));
        let closer = month.0 == day.0 && month.1 * 3 < day.1;
        setting.month_first = month.0 < day.0 || closer || us_proof(sheets);
    }
    let choice = plan(sheets, input.profile.heading.as_deref(), &setting);
    profile.headings = choice.styles;
    profile.weighed = choice
        .ranking
        .into_iter()
        .map(|(style, score, total)| Weighed {
            style,
            headings: score.headings,
            dated: score.dated,
            in_order: score.in_order,
            score: total,
        })
        .collect();
    if fixed.is_some() {
        profile.calendar_evidence = "as settings say".to_owned();
    } else {
        (setting.calendar, profile.calendar_evidence) = reckoning::settle(sheets, &input.archive, &setting);
    }
    profile.reckoning = Reckoning { calendar: setting.calendar, year_start: setting.year_start };
    profile.date_order = if setting.month_first { DateOrder::MonthFirst } else { DateOrder::DayFirst };
    setting
}

/// Whether dates in figures with a day above twelve all have the month in front.
fn us_proof(sheets: &[Sheet]) -> bool {
    let mut month_first = 0usize;
    let mut day_first = 0usize;
    for sheet in sheets {
        for candidate in &sheet.page.candidates {
            let text = candidate.written.span.of(&sheet.piece.blocks[candidate.block].text);
            let mut numbers = text.split(['/', '-', '.']).map(|part| part.trim().parse::<u32>().ok());
            match (numbers.next().flatten(), numbers.next().flatten()) {
                (Some(1..=12), Some(13..=31)) if text.contains('/') => month_first += 1,
                (Some(13..=31), Some(1..=12)) if text.contains('/') => day_first += 1,
                _ => {}
            }
        }
    }
    month_first > 0 && day_first == 0
}

/// So many dates of a page show the order of their parts as well as all do.
const SAMPLE: usize = 2000;

/// How many days lie between the dates of a page, from each to the next.
fn stride(resolution: &Resolution) -> i64 {
    let days = resolution.dated.iter().filter_map(|dated| dated.day(Calendar::Gregorian));
    let numbers: Vec<i64> = days.map(|day| day.number()).collect();
    numbers.windows(2).map(|pair| (pair[1] - pair[0]).abs()).sum()
}

fn everything(sheet: &Sheet, setting: &Setting) -> Resolution {
    let all: Vec<usize> = (0..sheet.page.candidates.len().min(SAMPLE)).collect();
    sheet.resolve(&all, setting)
}

/// The usual language, from a paragraph of some sheets, or from some paragraphs of a few.
fn usual_tongue(sheets: &[Sheet]) -> Tongue {
    let long = |sheet: &'_ Sheet, most: usize| -> Vec<String> {
        let texts = sheet.piece.blocks.iter().map(|block| &block.text).filter(|text| text.len() > 100);
        texts.take(most).cloned().collect()
    };
    let step = (sheets.len() / 64).max(1);
    let most = if sheets.len() < 16 { 16 } else { 1 };
    let texts: Vec<String> = sheets.iter().step_by(step).flat_map(|sheet| long(sheet, most)).take(64).collect();
    Tongue::of_texts(texts.iter().map(String::as_str))
}

/// What became of a sheet.
struct Made {
    drafts: Vec<Draft>,
    weekdays: (usize, usize),
    /// How many letters are in no entry.
    left_out: usize,
    /// What to say of them.
    problem: Option<Problem>,
    /// The sheet itself, where it has text but no entries.
    nothing: Option<Box<Sheet>>,
}

/// Fewer letters than this before the first entry are a title and its like, and not worth a word in the report.
const FURNITURE: usize = 300;

/// The entries of a sheet, and what to say where text of it is in none.
fn drafts(sheet: Sheet, setting: &Setting, input: &ArchiveInput, private: bool, tongue: &Tongue) -> Made {
    let (drafts, weekdays) = entries(&sheet, setting, input, private, tongue);
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
    let nothing = (drafts.is_empty() && left_out > 0).then(|| Box::new(sheet));
    Made { drafts, weekdays, left_out, problem, nothing }
}

fn entries(
    sheet: &Sheet,
    setting: &Setting,
    input: &ArchiveInput,
    private: bool,
    tongue: &Tongue,
) -> (Vec<Draft>, (usize, usize)) {
    let resolution = sheet.dates(setting);
    let kept = sheet.kept();
    let ordered = resolution.in_order * 10 >= resolution.known() * 8;
    let own = sheet.own.as_ref().filter(|_| matches!(sheet.plan, Plan::Whole | Plan::Units(_)));
    let written_own = own.map(Own::written_date);
    let is_astray = own.is_some_and(|own| own.is_astray);
    let of_own = written_own.as_ref().and_then(|own| {
        let dated = resolve(&[Item::Heading(own, None)], setting).dated.into_iter().next()?;
        Some(Dated { out_of_order: is_astray, ..dated })
    });
    let stretches = cut(sheet);
    // A mark before the first heading is for the whole source.
    let first = kept.first().map_or(0, |&index| sheet.page.candidates[index].block);
    let private = private || sheet.piece.blocks[..first].iter().any(|block| is_marked(block, "private"));
    let made: Vec<Draft> = stretches
        .iter()
        .map(|stretch| {
            let candidate = stretch.dated.and_then(|at| kept.get(at)).map(|&index| &sheet.page.candidates[index]);
            let text = candidate.map(|candidate| &sheet.piece.blocks[candidate.block].text);
            let as_written = candidate.zip(text).map(|(c, text)| c.written.span.of(text).to_owned());
            let under = stretch.under.filter(|parts| stretch.dated.is_none() && own.is_none() && parts.year.is_some());
            let inherited = under.map(|parts| {
                let written = Written { first: Parts { day: None, ..parts }, ..Written::default() };
                let dated =
                    resolve(&[Item::Heading(&written, None)], setting).dated.into_iter().next().unwrap_or_default();
                Dated { inferred: true, ..dated }
            });
            let from_own = of_own.as_ref().filter(|_| stretch.dated.is_none());
            let when = When {
                dated: stretch.dated.and_then(|at| resolution.dated.get(at)).or(from_own).or(inherited.as_ref()),
                written: candidate.map(|candidate| &candidate.written).or(written_own.as_ref()),
                as_written: as_written.or_else(|| own.map(|own| own.written.clone())).unwrap_or_default(),
                calendar: setting.calendar,
                conflict: own.and_then(|own| own.conflict.clone()),
                ordered,
            };
            draft(stretch, sheet, &when, &input.archive, private, tongue)
        })
        .collect();
    (made, resolution.weekdays)
}

/// A source without a date as one entry.
fn undated(sheet: &Sheet, input: &ArchiveInput, private: bool, tongue: &Tongue) -> Draft {
    let stretch = Stretch {
        title: sheet.piece.title.clone(),
        line: 1,
        blocks: sheet.piece.blocks.iter().filter(|block| !block.chrome).cloned().collect(),
        ..Stretch::default()
    };
    let when = When {
        dated: None,
        written: None,
        as_written: String::new(),
        calendar: Calendar::Gregorian,
        conflict: None,
        ordered: false,
    };
    draft(&stretch, sheet, &when, &input.archive, private, tongue)
}

/// Someone who wrote every entry is the diarist, and needs no mention.
fn forget_diarist(drafts: &mut [Draft]) {
    let mut authors: Vec<&str> = drafts.iter().filter_map(|draft| draft.entry.author.as_deref()).collect();
    let named = authors.len();
    authors.sort_unstable();
    authors.dedup();
    if authors.len() == 1 && named * 2 > drafts.len() {
        for draft in drafts {
            draft.entry.author = None;
        }
    }
}

/// Gives every entry its id, and its problems too.
fn name(drafts: &mut [Draft], archive: &str) {
    let mut ordinals: HashMap<String, u32> = HashMap::new();
    for draft in drafts {
        let part = draft.entry.date.label().unwrap_or_else(|| {
            let words = format!(
                "{}\n{}\n{}",
                draft.entry.heading,
                draft.entry.title.as_deref().unwrap_or_default(),
                draft.entry.text
            );
            format!("undated-{}", &blake3::hash(words.as_bytes()).to_hex()[..12])
        });
        let ordinal = ordinals.entry(part.clone()).or_default();
        *ordinal += 1;
        draft.entry.id = EntryId::new(archive, &part, *ordinal);
        for problem in &mut draft.problems {
            problem.entry = Some(draft.entry.id.clone());
        }
    }
}
