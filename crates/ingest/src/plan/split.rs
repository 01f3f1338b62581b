//! From pages to the pieces that become entries: where each begins, and by what it is dated.

use super::aside::{folder, is_listing, is_meant, is_undated_entry};
use super::fitting::headings_of;
use super::own::{Own, own_date};
use super::page::Page;
use super::score::{Score, add_scores, score_page};
use super::style::{Shape, Style};
use super::{astray, century, croatian, dotted, year};
use crate::date::path::{self, PathDate};
use crate::date::resolve::{Item, Resolution, Setting, resolve};
use crate::document::{Document, Dress, Piece};
use diary::Calendar;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// A piece of a document with all that dates it.
#[derive(Debug)]
pub(crate) struct Sheet {
    /// That of its document, which all sheets of it share.
    pub(crate) path: Arc<str>,
    pub(crate) piece: Piece,
    pub(crate) page: Page,
    pub(crate) own: Option<Own>,
    pub(crate) plan: Plan,
    /// The calendar that its dates are printed in, once that is settled.
    pub(crate) calendar: Option<Calendar>,
}

/// How a piece becomes entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Plan {
    /// It has none.
    #[default]
    Nothing,
    /// It is one, dated by itself.
    Whole,
    /// One for each article, with the candidate that dates it.
    Units(Vec<(u32, Option<usize>)>),
    /// One for each of these candidates.
    Headings(Vec<usize>),
}

impl Plan {
    /// How many entries it tells.
    pub(crate) fn count(&self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::Whole => 1,
            Self::Units(units) => units.len(),
            Self::Headings(kept) => kept.len(),
        }
    }
}

/// How the archive tells its entries apart.
#[derive(Clone, Debug, Default)]
pub(crate) struct Choice {
    /// The style by name, and how many entries it tells.
    pub(crate) styles: Vec<(String, usize)>,
    /// Every style with its count and score, the best first.
    pub(crate) ranking: Vec<(String, Score, i64)>,
}

/// The sources that are each an entry as a whole: how many, and in which folders.
#[derive(Debug, Default)]
struct Whole {
    count: usize,
    folders: HashSet<String>,
}

/// Looks through every piece of every document, and marks what repeats over the site.
pub(crate) fn sheets(documents: Vec<Document>, archive: &str) -> Vec<Sheet> {
    // A document of many records is asked once what its path says.
    let mut named: HashMap<String, PathDate> =
        documents.par_iter().map(|document| (document.path.clone(), path::read_in(archive, &document.path))).collect();
    path::in_one_order(named.values_mut());
    let mut sheets: Vec<Sheet> = Vec::with_capacity(documents.iter().map(|document| document.pieces.len()).sum());
    for document in documents {
        let path: Arc<str> = document.path.into();
        let sheet = |piece| Sheet {
            path: Arc::clone(&path),
            piece,
            page: Page::default(),
            own: None,
            plan: Plan::Nothing,
            calendar: None,
        };
        sheets.extend(document.pieces.into_iter().map(sheet));
    }
    super::chrome::mark(&mut sheets);
    let named = |path: &str| named.get(path).cloned().unwrap_or_default();
    sheets.par_iter_mut().filter(|sheet| !sheet.piece.is_item).for_each(|sheet| {
        let named = named(&sheet.path);
        sheet.page = Page::of(&sheet.piece, named.parts, named.last.map(|_| named.parts));
    });
    dotted::settle(&mut sheets);
    croatian::settle(&mut sheets);
    century::settle(&mut sheets);
    year::settle(&mut sheets);
    sheets.par_iter_mut().for_each(|sheet| sheet.own = own_date(&sheet.piece, &sheet.page, &named(&sheet.path)));
    astray::mark(&mut sheets);
    sheets
}

/// Decides for every sheet how it becomes entries.
pub(crate) fn plan(sheets: &mut [Sheet], fixed: Option<&str>, setting: &Setting) -> Choice {
    let scores: Vec<BTreeMap<Style, Score>> = sheets.par_iter().map(|sheet| score_page(sheet, setting)).collect();
    let archive = add_scores(scores.iter().cloned());
    let dated = sheets.iter().filter(|sheet| sheet.own.is_some() && !sheet.piece.is_item);
    let mut whole = Whole::default();
    for sheet in dated {
        whole.count += 1;
        whole.folders.insert(folder(&sheet.path).to_owned());
    }
    let plans: Vec<(Plan, Option<String>)> = sheets
        .par_iter()
        .zip(&scores)
        .map(|(sheet, scores)| choose(sheet, scores, &archive, &whole, fixed, setting))
        .collect();
    let mut told: BTreeMap<String, usize> = BTreeMap::new();
    for (sheet, (plan, name)) in sheets.iter_mut().zip(plans) {
        if let Some(name) = name.filter(|_| plan.count() > 0) {
            *told.entry(name).or_default() += plan.count();
        }
        sheet.plan = plan;
    }
    astray::correct(sheets);
    let mut styles: Vec<(String, usize)> = told.into_iter().collect();
    styles.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut ranking: Vec<(String, Score, i64)> =
        archive.iter().map(|(style, score)| (style.to_string(), *score, score.total(*style))).collect();
    ranking.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.0.cmp(&b.0)));
    Choice { styles, ranking }
}

/// How one sheet becomes entries, and the name of that way.
fn choose(
    sheet: &Sheet,
    scores: &BTreeMap<Style, Score>,
    archive: &BTreeMap<Style, Score>,
    whole: &Whole,
    fixed: Option<&str>,
    setting: &Setting,
) -> (Plan, Option<String>) {
    let named = |plan: Plan, name: &str| (plan, Some(name.to_owned()));
    if sheet.piece.is_item {
        return named(Plan::Whole, "item");
    }
    if let Some(name) = fixed {
        return as_fixed(sheet, scores, name).map_or_else(Default::default, |plan| named(plan, name));
    }
    if is_listing(&sheet.piece) && sheet.own.is_none() {
        return (Plan::Nothing, None);
    }
    let best = best_style(sheet, scores, archive, whole);
    let units = units(sheet);
    let by_units = are_entries(&units, best.map_or(0, |(_, score)| score.dated));
    let own = sheet.own.as_ref().filter(|own| !(by_units && is_of_all(own, &units)));
    if let Some(own) = own {
        let undated = units.iter().all(|(_, candidate)| candidate.is_none());
        return match best.filter(|best| are_many(sheet, own, *best, archive, whole)) {
            Some((style, _)) => headings_of(sheet, style, scores, setting),
            None if units.len() >= 2 && own.from != "the path" && undated => named(Plan::Units(units), "article"),
            None => named(Plan::Whole, "file"),
        };
    }
    match best {
        _ if by_units => named(Plan::Units(units), "article"),
        Some((style, _)) => headings_of(sheet, style, scores, setting),
        None if is_meant(sheet) || is_undated_entry(sheet, &whole.folders) => named(Plan::Whole, "file"),
        None => (Plan::Nothing, None),
    }
}

/// What the style that settings name makes of a sheet.
fn as_fixed(sheet: &Sheet, scores: &BTreeMap<Style, Score>, name: &str) -> Option<Plan> {
    match name {
        "file" if sheet.own.is_some() => Some(Plan::Whole),
        "article" => Some(Plan::Units(units(sheet))),
        _ => {
            let style = scores.keys().find(|style| style.to_string() == name)?;
            Some(Plan::Headings(sheet.page.of_style(*style)))
        }
    }
}

/// The style that tells the entries of a sheet apart best, if any does.
fn best_style(
    sheet: &Sheet,
    scores: &BTreeMap<Style, Score>,
    archive: &BTreeMap<Style, Score>,
    whole: &Whole,
) -> Option<(Style, Score)> {
    let most = archive.values().map(|score| score.dated).max().unwrap_or(0).max(whole.count);
    let lines = scores.iter().filter(|(style, _)| style.shape == Shape::Alone).map(|(_, score)| score.headings).max();
    let value = |style: &Style, score: &Score| {
        let everywhere = archive.get(style).copied().unwrap_or_default();
        // A style that makes no sense over the archive makes none here, unless it does so by itself.
        let trusted = everywhere.is_coherent() || score.is_coherent() && score.dated >= 3;
        // A few sentences that begin with a date are no diary where others are.
        let sentence = matches!(style.shape, Shape::Loose | Shape::Within);
        let weak = sentence || *style == lone_line(*style) && !opens(sheet, *style);
        let few = sentence && lines.is_some_and(|most| score.headings * 3 <= most);
        let alone = style.shape == Shape::Alone;
        let rare = weak && score.dated < 5 && (everywhere.dated * 20 < most || few);
        match () {
            () if rare => 0,
            // A date with its weekday is one, though that may be wrong or nothing stand below it.
            () if trusted => score.total(*style).max(i64::from(alone && score.weekdays != (0, 0))),
            // Lines that are dates and nothing else are headings in any order, where nothing better is at hand.
            () => (score.total(*style) / 8).max(i64::from(alone)),
        }
    };
    scores
        .iter()
        .map(|(style, score)| (value(style, score), *style, *score))
        .filter(|(value, _, score)| *value > 0 && score.headings > 0)
        .max_by_key(|(value, style, _)| (*value, std::cmp::Reverse(*style)))
        .map(|(_, style, score)| (style, score))
}

/// Whether the articles of a page are its entries, and not rather what its headings tell apart.
fn are_entries(units: &[(u32, Option<usize>)], headings: usize) -> bool {
    let dated = units.iter().filter(|(_, candidate)| candidate.is_some()).count();
    units.len() >= 2 && dated * 10 >= units.len() * 6 && headings * 10 <= units.len() * 13
        || units.len() == 1 && dated == 1 && headings <= 1
}

/// Whether what dates a page of several dated articles dates none of them: `2004_07_01_archive.html` is the name of all.
fn is_of_all(own: &Own, units: &[(u32, Option<usize>)]) -> bool {
    let mut apart: Vec<usize> = units.iter().filter_map(|(_, candidate)| *candidate).collect();
    apart.dedup();
    units.len() >= 2 && (own.from == "the path" || own.from == "the text" && apart.len() >= 2)
}

/// Whether a page that has a date of its own is many entries all the same.
fn are_many(
    sheet: &Sheet,
    own: &Own,
    (style, score): (Style, Score),
    archive: &BTreeMap<Style, Score>,
    whole: &Whole,
) -> bool {
    let common = archive.get(&style).is_some_and(|score| score.dated * 10 >= whole.count * 3);
    let dressed =
        style.shape == Shape::Alone && !matches!(style.dress, Dress::Plain | Dress::Item | Dress::Cell | Dress::Italic);
    // The one heading that dates the page may be one of many, dressed a little otherwise.
    let among = own.from == "the text" && sheet.page.candidates.len() > score.headings;
    score.is_coherent()
        && (score.dated >= 3 && (common || dressed)
            || score.dated == 2 && dressed && common
            || score.dated >= 2 && among && style.shape == Shape::Opening)
}

/// Whether the first words of a page are a heading of this style: then it is a diary, however few its headings are.
fn opens(sheet: &Sheet, style: Style) -> bool {
    let first = sheet.piece.blocks.iter().position(|block| !block.chrome && !block.text.is_empty());
    sheet.page.candidates.iter().any(|candidate| candidate.style == style && Some(candidate.block) == first)
}

/// The style of a plain line that is a date.
fn lone_line(style: Style) -> Style {
    Style { dress: Dress::Plain, shape: Shape::Alone, ..style }
}

/// Every article of a page, with the candidate that dates it: in its first blocks, or a date line before it.
fn units(sheet: &Sheet) -> Vec<(u32, Option<usize>)> {
    let blocks = &sheet.piece.blocks;
    let mut units: Vec<(u32, Option<usize>)> = Vec::new();
    let mut seen = 0;
    let mut heading: Option<usize> = None;
    let mut candidates = sheet.page.candidates.iter().enumerate().peekable();
    let mut depth_in_unit = 0;
    let mut places: HashMap<u32, usize> = HashMap::new();
    // Below a date line, a paragraph that begins with a date is a sentence.
    let sentence = |at: usize| sheet.page.candidates[at].style.shape == Shape::Loose;
    for (index, block) in blocks.iter().enumerate() {
        let mut here = None;
        while let Some((at, _)) = candidates.next_if(|(_, candidate)| candidate.block <= index) {
            here = Some(at);
        }
        if block.chrome {
            continue;
        }
        if block.unit == 0 {
            heading = here.or(heading);
            continue;
        }
        if block.unit > seen {
            seen = block.unit;
            depth_in_unit = 0;
            places.insert(block.unit, units.len());
            units.push((block.unit, heading.filter(|_| here.is_none_or(sentence))));
        }
        depth_in_unit += 1;
        let Some((_, dates)) = places.get(&block.unit).and_then(|&at| units.get_mut(at)) else { continue };
        // A date at the foot of an article counts where it is marked as one.
        let marked = |at: usize| matches!(sheet.page.candidates[at].style.dress, Dress::Dateline | Dress::Time);
        if let Some(at) = here.filter(|&at| depth_in_unit <= 4 || dates.is_none() && marked(at)) {
            let own = dates.is_some_and(|known| blocks[sheet.page.candidates[known].block].unit == block.unit);
            if !own && (dates.is_none() || !sentence(at)) {
                *dates = Some(at);
            }
        }
    }
    units
}

impl Sheet {
    /// Dates these candidates as the headings of its page.
    pub(crate) fn resolve(&self, keep: &[usize], setting: &Setting) -> Resolution {
        self.page.resolve(keep, &self.piece, setting)
    }

    /// The dates of what it was planned to become.
    pub(crate) fn dates(&self, setting: &Setting) -> Resolution {
        match (&self.plan, &self.own) {
            (Plan::Whole, Some(own)) => resolve(&[Item::Heading(&own.written_date(), None)], setting),
            (Plan::Headings(_) | Plan::Units(_), _) => self.resolve(&self.kept(), setting),
            _ => Resolution::default(),
        }
    }

    /// The candidates that date its entries, each once, in the order of the page.
    pub(crate) fn kept(&self) -> Vec<usize> {
        match &self.plan {
            Plan::Headings(kept) => kept.clone(),
            Plan::Units(units) => {
                let mut kept: Vec<usize> = units.iter().filter_map(|(_, candidate)| *candidate).collect();
                kept.sort_unstable();
                kept.dedup();
                kept
            }
            Plan::Nothing | Plan::Whole => Vec::new(),
        }
    }
}
