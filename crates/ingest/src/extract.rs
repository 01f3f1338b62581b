//! The whole way from an archive to its entries.

use crate::date::resolve::{Resolution, Setting};
use crate::document::Document;
use crate::entries::entry::Draft;
use crate::entries::making::Making;
use crate::entries::merge;
use crate::entries::writers::name_writers;
use crate::format;
use crate::input::{ArchiveInput, DateOrder, Limits, Progress};
use crate::language::Tongue;
use crate::plan::reckoning;
use crate::plan::split::{Sheet, plan, sheets};
use crate::problem::{Problem, ProblemKind, summed_up};
use crate::profile::{Profile, Weighed};
use crate::source::find::{Source, find};
use crate::source::privacy::Hidden;
use crate::source::{container, decode};
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
    let documents = format::listed::bind(format::scan_page::bind(documents));
    let hidden = Hidden::new(&input.private, &mut problems);
    let mut sheets = sheets(documents, &input.archive.name);
    let setting = choose(&mut sheets, input, &mut profile);
    if let Some(style) = input.profile.heading.as_ref().filter(|_| profile.headings.is_empty()) {
        let message = format!("No page has headings of the style “{style}”; a dry run shows the styles there are.");
        problems.push(Problem::of_source(ProblemKind::BadSetting, "", message));
    }
    let tongue = usual_tongue(&sheets);
    let making = Making { input, setting, hidden: &hidden, tongue: &tongue };
    let made = making.all(sheets);
    profile.weekdays = made.weekdays;
    profile.left_out = made.left_out;
    problems.extend(made.problems);
    let mut drafts = merge::merge(made.drafts);
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
        crate::source::find::natural(&a.source, &b.source)
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
            let first_two = (numbers.next().flatten(), numbers.next().flatten());
            // `12-13 May` is no day of December.
            let parted = text.contains('/') || numbers.next().flatten().is_some();
            match first_two {
                (Some(1..=12), Some(13..=31)) if parted => month_first += 1,
                (Some(13..=31), Some(1..=12)) if parted => day_first += 1,
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
