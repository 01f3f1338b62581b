//! Cuts a page into the stretches that become entries, and leaves its furniture out.

use super::below::{above_dates, dates_stand_below};
use super::tail::{drop_back_matter, drop_ruled, drop_tail, is_caption, is_furniture, is_number, without_chapter};
use crate::date::{Parts, scan};
use crate::document::{Block, Dress};
use crate::plan::split::{Plan, Sheet};
use crate::plan::style::Shape;
use diary::BlockKind;
use std::collections::HashMap;

/// Fewer entries do not show what parts them from the end of their page.
const FEWEST_PARTED: usize = 3;

/// A stretch of a piece that becomes one entry.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stretch {
    pub(crate) heading: String,
    pub(crate) title: Option<String>,
    pub(crate) line: usize,
    pub(crate) span: diary::Span,
    pub(crate) anchor: Option<String>,
    pub(crate) blocks: Vec<Block>,
    /// Its place in the list of dated headings; none where its piece dates it.
    pub(crate) dated: Option<usize>,
    /// Labels on its headings.
    pub(crate) tags: Vec<String>,
    /// The year and month that stand above it, where nothing else dates it.
    pub(crate) under: Option<Parts>,
}

/// A title is no longer than this.
const LONGEST_TITLE: usize = 80;

/// Cuts a sheet as planned, one stretch at a time. The dated headings are those of [`Sheet::kept`], in order.
pub(crate) fn cut(sheet: &Sheet) -> Box<dyn Iterator<Item = Stretch> + '_> {
    match &sheet.plan {
        Plan::Nothing => Box::new(std::iter::empty()),
        Plan::Whole => Box::new(std::iter::once_with(|| whole(sheet))),
        Plan::Units(units) => Box::new(by_units(sheet, units)),
        Plan::Headings(kept) if dates_stand_below(sheet, kept) => Box::new(above_dates(sheet, kept)),
        Plan::Headings(kept) => Box::new(by_headings(sheet, kept)),
    }
}

/// How many letters of a sheet are in no entry: what stands before the first heading or beside the articles. Chrome is
/// not counted.
pub(crate) fn left_out(sheet: &Sheet) -> usize {
    let blocks = &sheet.piece.blocks;
    let articles = blocks.iter().any(|block| block.unit > 0 && !block.chrome);
    let first = sheet.kept().first().map_or(0, |&index| sheet.page.candidates[index].block);
    let below = matches!(&sheet.plan, Plan::Headings(kept) if dates_stand_below(sheet, kept));
    let outside = |index: usize, block: &Block| match &sheet.plan {
        Plan::Nothing => true,
        Plan::Headings(_) => index < first && !below,
        Plan::Units(_) => block.unit == 0 && sheet.page.candidate_at(index).is_none(),
        Plan::Whole => articles && block.unit == 0 && block.kind() != BlockKind::Note,
    };
    let letters = |block: &Block| block.text.chars().filter(|c| c.is_alphanumeric()).count();
    blocks
        .iter()
        .enumerate()
        .filter(|(index, block)| !block.chrome && outside(*index, block))
        .map(|(_, block)| letters(block))
        .sum()
}

fn whole(sheet: &Sheet) -> Stretch {
    let piece = &sheet.piece;
    let units = piece.blocks.iter().filter(|block| block.unit > 0 && !block.chrome).count();
    let mut blocks: Vec<Block> = piece
        .blocks
        .iter()
        .filter(|block| !block.chrome && (units == 0 || block.unit > 0 || block.kind() == BlockKind::Note))
        .cloned()
        .collect();
    let tags = blocks.iter().flat_map(|block| &block.tags).cloned().collect();
    let mut title = piece.title.clone();
    // The first heading says the title again, or says it for the first time.
    if let Some(first) = blocks.first().filter(|block| matches!(block.dress, Dress::Heading(1 | 2)) && blocks.len() > 1)
    {
        let says_again =
            title.as_ref().is_some_and(|title| title.contains(&first.text) || first.text.contains(title.as_str()));
        if title.is_none() || says_again {
            title = Some(first.text.clone());
            blocks.remove(0);
        }
    }
    // The first sentence of a text is no title.
    let opens = |title: &String| blocks.first().is_some_and(|block| block.text.starts_with(title.as_str()));
    title = title.filter(|title| !(title.ends_with(['.', '!', '?', '。', '…']) && opens(title)));
    let mut heading = String::new();
    if let Some(own) = sheet.own.as_ref().filter(|own| own.from == "the text")
        && let Some(at) = blocks.iter().position(|block| block.text.contains(&own.written))
    {
        heading = blocks[at].text.clone();
        blocks.remove(at);
    }
    if let Some(own) = sheet.own.as_ref().filter(|own| own.from == "the title") {
        heading = title.take().unwrap_or_else(|| own.written.clone());
        if blocks.len() > 1 && blocks[0].text.trim() == heading {
            blocks.remove(0);
        }
    }
    // A title that is the day is the heading.
    if let Some(day) = title.take_if(|title| heading.is_empty() && is_dated(title)) {
        blocks.drain(..usize::from(blocks.len() > 1 && blocks[0].text.trim() == day));
        heading = day;
    }
    // "Back to 2024 | Home"
    while blocks.len() > 1 && is_furniture(&blocks[0]) && blocks[0].linked() * 10 >= blocks[0].text.len() * 6 {
        blocks.remove(0);
    }
    drop_tail(&mut blocks);
    let line = piece.blocks.first().map_or(piece.line, |block| block.line);
    let line = if piece.is_item { piece.line } else { line };
    let anchor = piece.anchor.clone();
    Stretch { heading, title, line, span: piece.span, anchor, blocks, tags, ..Stretch::default() }
}

fn by_units<'s>(sheet: &'s Sheet, units: &'s [(u32, Option<usize>)]) -> impl Iterator<Item = Stretch> + 's {
    let kept = sheet.kept();
    let mut blocks: HashMap<u32, Vec<usize>> = HashMap::new();
    for (index, block) in sheet.piece.blocks.iter().enumerate() {
        blocks.entry(block.unit).or_default().push(index);
    }
    units.iter().map(move |(unit, candidate)| {
        let dated = candidate.and_then(|candidate| kept.binary_search(&candidate).ok());
        unit_stretch(sheet, blocks.get(unit).map_or(&[], Vec::as_slice), *candidate, dated)
    })
}

/// The stretch of one article: of these blocks, with the candidate that dates it, which is so far in the list of kept ones.
fn unit_stretch(sheet: &Sheet, unit: &[usize], candidate: Option<usize>, dated: Option<usize>) -> Stretch {
    let first = unit.first().copied().unwrap_or(0);
    let blocks: Vec<&Block> = unit.iter().map(|&at| &sheet.piece.blocks[at]).filter(|block| !block.chrome).collect();
    let contexts = &sheet.page.contexts;
    let above = contexts.partition_point(|(block, _)| *block <= first);
    let under = above.checked_sub(1).map(|at| contexts[at].1).or(Some(sheet.page.hint));
    let line = blocks.first().map_or(0, |block| block.line);
    let mut anchor = blocks.first().and_then(|block| block.anchor.clone());
    let mut out = Vec::new();
    let mut heading = String::new();
    let mut title = None;
    for block in blocks {
        match candidate.map(|index| &sheet.page.candidates[index]) {
            Some(candidate) if std::ptr::eq(block, &sheet.piece.blocks[candidate.block]) => {
                let (text, name, rest) = heading_of(block, candidate.rest, candidate.style.shape, true);
                heading = text;
                title = title.or(name);
                out.extend(rest);
                anchor = anchor.or_else(|| block.anchor.clone());
            }
            _ => out.push(block.clone()),
        }
    }
    // Its properties may date an article, so that no line of it is a heading.
    let candidate = candidate.map(|index| &sheet.page.candidates[index]);
    if let Some(candidate) = candidate.filter(|candidate| heading.is_empty() && candidate.rest > 0) {
        heading.clone_from(&sheet.piece.blocks[candidate.block].text);
    }
    if title.is_none() && out.first().is_some_and(|block| matches!(block.dress, Dress::Heading(_))) && out.len() > 1 {
        title = Some(out.remove(0).text);
    }
    Stretch { heading, title, line, span: diary::Span::default(), anchor, blocks: out, dated, under, tags: Vec::new() }
}

fn by_headings<'s>(sheet: &'s Sheet, kept: &'s [usize]) -> impl Iterator<Item = Stretch> + 's {
    let cut = Cut::new(sheet, kept);
    (0..kept.len()).map(move |at| cut.stretch(at))
}

/// How a sheet is cut at the headings that are kept.
struct Cut<'s> {
    sheet: &'s Sheet,
    kept: &'s [usize],
    /// Where each stretch starts: at its heading, its title before that, or the first cell of its row.
    starts: Vec<usize>,
    /// How many cells of its row stand before each heading, where it stands in a table.
    in_row: Vec<Option<usize>>,
    /// A calendar: of the days on which nothing was written there are the figures alone.
    is_grid: bool,
    /// Most dates run on into their text: what follows one is no title for being short.
    run_on: bool,
    /// Rules stand inside entries, and part nothing from the last of them.
    inner_rules: bool,
}

impl<'s> Cut<'s> {
    fn new(sheet: &'s Sheet, kept: &'s [usize]) -> Self {
        let blocks = &sheet.piece.blocks;
        let candidates = &sheet.page.candidates;
        let titled = titles_stand_before(sheet, kept);
        let figures = kept.iter().filter(|&&index| is_figure(&blocks[candidates[index].block])).count();
        let in_row = cells_before(sheet, kept);
        let long =
            |index: &&usize| blocks[candidates[**index].block].text.len() > candidates[**index].rest + LONGEST_TITLE;
        let starts: Vec<usize> = kept
            .iter()
            .zip(&in_row)
            .map(|(&index, cells)| candidates[index].block - cells.unwrap_or(usize::from(titled(index))))
            .collect();
        let inner_rules = starts.windows(2).zip(kept).any(|(pair, &index)| {
            let inside = candidates[index].block + 1..pair[1].max(candidates[index].block + 1);
            blocks[inside].iter().any(|block| block.ruled)
        });
        Self {
            sheet,
            kept,
            is_grid: figures * 10 >= kept.len() * 8,
            run_on: kept.iter().filter(long).count() * 2 > kept.len(),
            inner_rules,
            starts,
            in_row,
        }
    }

    /// The stretch of the heading at this place among those kept.
    fn stretch(&self, at: usize) -> Stretch {
        let blocks = &self.sheet.piece.blocks;
        let candidate = &self.sheet.page.candidates[self.kept[at]];
        let head = &blocks[candidate.block];
        let body = self.body(at, candidate.block);
        let followed = body.iter().any(|block| !block.chrome && block.kind() != BlockKind::Note);
        let titled = followed && !(self.run_on && candidate.style.shape == Shape::Opening);
        let (heading, mut title, rest) = heading_of(head, candidate.rest, candidate.style.shape, titled);
        let above = &blocks[self.starts[at]..candidate.block];
        if !above.is_empty() {
            title = Some(above.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join(", "));
        }
        let mut out: Vec<Block> = rest.into_iter().collect();
        out.extend(body.iter().filter(|block| !(block.chrome || self.is_grid && is_figure(block))).cloned());
        let headings = out.iter().filter(|block| matches!(block.dress, Dress::Heading(_))).count();
        if title.is_none() && headings == 1 && out.len() > 1 && matches!(out[0].dress, Dress::Heading(_)) {
            title = Some(out.remove(0).text);
        }
        self.drop_end(at, candidate.block, &mut out);
        let first = &blocks[self.starts[at]];
        let end = body.iter().rev().find(|block| !block.span.is_empty()).map_or(head.span.end, |block| block.span.end);
        Stretch {
            heading,
            title,
            line: head.line,
            span: diary::Span::new(first.span.start, end.max(first.span.start)),
            anchor: head.anchor.clone().or_else(|| first.anchor.clone()),
            blocks: out,
            dated: Some(at),
            tags: head.tags.iter().chain(body.iter().flat_map(|block| &block.tags)).cloned().collect(),
            under: None,
        }
    }

    /// The blocks below a heading, up to the next stretch; the last row ends with its table.
    fn body(&self, at: usize, head: usize) -> &'s [Block] {
        let blocks = &self.sheet.piece.blocks;
        let outside = |from: usize| blocks[from..].iter().position(|block| block.row == 0).map(|to| from + to);
        let table_end = || self.in_row[at].and_then(|_| outside(head)).unwrap_or(blocks.len());
        let end = self.starts.get(at + 1).copied().unwrap_or_else(table_end).max(head + 1);
        without_headings_below(self.sheet, head, &blocks[head + 1..end], self.is_last(at))
    }

    fn is_last(&self, at: usize) -> bool {
        at + 1 == self.kept.len()
    }

    /// Drops what stands at the end of a stretch and is no part of its entry.
    fn drop_end(&self, at: usize, head: usize, out: &mut Vec<Block>) {
        while out.len() > 1 && out.last().is_some_and(is_ornament) {
            out.pop();
        }
        if !self.is_last(at) {
            return;
        }
        if self.kept.len() >= FEWEST_PARTED {
            drop_back_matter(out, &self.sheet.piece.blocks[self.starts[0].min(head)..head]);
            if !self.inner_rules {
                drop_ruled(out);
            }
        }
        drop_tail(out);
    }
}

/// Whether a title is the date of a day, with its number.
fn is_dated(title: &str) -> bool {
    scan::is_day(title) && scan::scan(title).is_some_and(|written| written.first.day.is_some())
}

/// Whether a block only parts what stands above it from what stands below: `* * *`.
fn is_ornament(block: &Block) -> bool {
    !block.text.is_empty()
        && block.text.chars().all(|c| c.is_whitespace() || matches!(c, '*' | '⁂' | '—' | '~' | '·' | '•'))
}

/// Whether a block is a number and nothing else.
pub(crate) fn is_figure(block: &Block) -> bool {
    block.text.bytes().all(|b| b.is_ascii_digit())
}

/// Leaves out the headings of a month and of a chapter at the end, which belong to what comes after them. Where nothing
/// does, a month is text like other text.
fn without_headings_below<'a>(sheet: &Sheet, head: usize, mut body: &'a [Block], is_last: bool) -> &'a [Block] {
    for _ in 0..2 {
        while let Some(last) = body.last() {
            if !last.chrome && (is_last || !sheet.page.is_context(head + body.len())) {
                break;
            }
            body = &body[..body.len() - 1];
        }
        body = without_chapter(body);
    }
    body
}

/// How many cells stand before the date in the row of each entry, where every entry is a row of a table: `ALBERT | 1/7/16`.
fn cells_before(sheet: &Sheet, kept: &[usize]) -> Vec<Option<usize>> {
    let blocks = &sheet.piece.blocks;
    let heads: Vec<usize> = kept.iter().map(|&index| sheet.page.candidates[index].block).collect();
    let mut rows: Vec<u32> = heads.iter().map(|&at| blocks[at].row).collect();
    rows.dedup();
    // A cell that says more than a place is no part of the heading.
    let cells = |at: usize| {
        let cells = blocks[..at].iter().rev().take_while(|block| block.row == blocks[at].row);
        cells.take_while(|block| block.text.len() <= 60 && !block.chrome).count()
    };
    let inside = heads.first().zip(heads.last()).map_or(&[][..], |(first, last)| &blocks[*first..=*last]);
    let by_rows = kept.len() >= 2 && rows.len() == kept.len() && inside.iter().all(|block| block.row > 0);
    // Dates in rows of their own stand above their text, in the next.
    let told = heads.iter().filter(|&&at| blocks.get(at + 1).is_some_and(|next| next.row == blocks[at].row)).count();
    let by_rows = by_rows && told * 10 >= kept.len() * 8;
    heads.iter().map(|&at| by_rows.then(|| cells(at))).collect()
}

/// Whether a page sets the title of an entry above its date, as most of its headings show.
fn titles_stand_before<'a>(sheet: &'a Sheet, kept: &'a [usize]) -> impl Fn(usize) -> bool + 'a {
    let blocks = &sheet.piece.blocks;
    let under_title = move |index: usize| {
        let candidate = &sheet.page.candidates[index];
        let Some(before) = candidate.block.checked_sub(1).map(|at| &blocks[at]) else { return false };
        let level = |dress: Dress| match dress {
            Dress::Heading(level) => level,
            Dress::Bold => 7,
            _ => 8,
        };
        let above = candidate.block - 1;
        let taken = sheet.page.candidate_at(above).is_some_and(|other| kept.binary_search(&other).is_ok());
        let context = sheet.page.is_context(above);
        // A short line right above the date, in one paragraph with it.
        let line = before.dress == Dress::Plain
            && blocks[candidate.block].glued
            && !before.glued
            && before.text.chars().count() <= 60
            && !before.text.ends_with(['.', ',', ';', ':', '!', '?']);
        (matches!(before.dress, Dress::Heading(_)) || line || before.dress == Dress::Plain && is_number(&before.text))
            && !before.chrome
            && !taken
            && !context
            && level(before.dress) <= level(candidate.style.dress)
            && level(candidate.style.dress) == 8
    };
    let under = kept.iter().filter(|&&index| under_title(index)).count();
    let most = kept.len() >= 2 && under * 10 >= kept.len() * 8;
    // A line that heads one entry of many: the place where the diarist was from then on.
    let captioned = move |index: usize| {
        let candidate = &sheet.page.candidates[index];
        let before = kept.partition_point(|&other| other < index).checked_sub(1).map(|at| kept[at]);
        let (Some(before), Some(at)) = (before, candidate.block.checked_sub(1)) else { return false };
        let under = &sheet.page.candidates[before];
        let says = at > under.block + 1 || blocks[under.block].text.len() > under.rest + 1;
        at > under.block
            && says
            && !sheet.page.is_context(at)
            && !is_number(&blocks[at].text)
            && is_caption(&blocks[at], &blocks[at - 1], candidate.style.dress)
    };
    move |index| most && under_title(index) || captioned(index)
}

/// The heading as written, its title, and the block of what follows on its line.
fn heading_of(block: &Block, rest: usize, shape: Shape, followed: bool) -> (String, Option<String>, Option<Block>) {
    let text = &block.text;
    let left = text[rest.min(text.len())..].trim();
    let bare = |text: &str| {
        text.trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, '»' | ':' | ',' | '-' | '–' | '—' | '|' | '_' | '*' | '.' | '#')
        })
        .to_owned()
    };
    if shape == Shape::Within {
        return (text.clone(), None, None);
    }
    if left.chars().all(|c| !c.is_alphanumeric()) {
        return (text.clone(), None, None);
    }
    let sentence =
        left.trim_end_matches(['-', '—', '–', ' ']).ends_with(['.', '!', '?', '。', '…', ';', ',', ':', '”', '"']);
    let short = left.chars().count() <= LONGEST_TITLE && !left.contains('\n');
    let linked_only = !block.links.is_empty() && block.linked() * 10 >= text.len() * 8;
    if short && (shape == Shape::Alone || followed && !sentence && rest > 0 || linked_only) {
        return (text.clone(), Some(bare(left)).filter(|title| !title.is_empty()), None);
    }
    let start = text.len() - text[rest..].trim_start_matches(|c: char| c.is_whitespace() || c == ',').len();
    let mut body = block.clone();
    body.text = text[start..].to_owned();
    if matches!(body.kind(), BlockKind::Heading | BlockKind::List) {
        body.set_kind(BlockKind::Paragraph);
    }
    body.links.retain(|link| link.span.start >= start);
    for link in &mut body.links {
        link.span = diary::Span::new(link.span.start - start, link.span.end - start);
    }
    let quotes = ['"', '“', '„', '«'];
    let opened = |heading: &str| quotes.iter().any(|quote| heading.matches(*quote).count() == 1);
    let heading = text[..rest].trim_start_matches(|c| quotes.contains(&c) && opened(&text[..rest]));
    let heading =
        heading.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '—' | '–' | '：' | '、')).to_owned();
    (heading, None, Some(body))
}
