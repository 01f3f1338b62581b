//! Entries whose dates stand below their text: "posted by Ann on May 3, 2004" at the foot of each.

use super::cut::Stretch;
use super::tail::{drop_tail, is_furniture};
use crate::document::{Block, Dress};
use crate::plan::candidate::Candidate;
use crate::plan::split::Sheet;
use crate::plan::style::Shape;
use diary::{BlockKind, Span};

/// Whether dates stand below the text that they date: text before the first of them, none after the last, and mostly
/// the title of the next entry right behind each.
pub(crate) fn dates_stand_below(sheet: &Sheet, kept: &[usize]) -> bool {
    let blocks = &sheet.piece.blocks;
    if kept.len() < 3 {
        return false;
    }
    let heads: Vec<usize> = kept.iter().map(|&index| sheet.page.candidates[index].block).collect();
    let (Some(&first), Some(&last)) = (heads.first(), heads.last()) else { return false };
    let is_text = |block: &&Block| {
        !block.chrome
            && !matches!(block.dress, Dress::Heading(_))
            && block.kind() != BlockKind::Note
            && !is_furniture(block)
    };
    let last_text = blocks.iter().rposition(|block| is_text(&block));
    if last_text.is_some_and(|at| at > last) {
        return false;
    }
    let letters: usize = blocks[..first].iter().filter(is_text).map(|block| block.text.len()).sum();
    let titled = |at: &&usize| {
        blocks.get(**at + 1).is_some_and(|next| matches!(next.dress, Dress::Heading(_)))
            || last_text.is_none_or(|text| text <= **at)
    };
    let within = kept.iter().filter(|&&index| sheet.page.candidates[index].style.shape == Shape::Within).count();
    letters > 0
        && (signs_off(sheet, kept, &heads)
            || heads.iter().filter(titled).count() * 10 >= heads.len() * 8
            || within * 10 >= kept.len() * 8)
}

/// A date and a place below a text are no longer.
const LONGEST_SIGNATURE: usize = 50;

/// Whether lines of dates close the text above them: it would be in no entry, and the last of them without a text, where all
/// others have one. A preface is longer, and a title no sentence.
fn signs_off(sheet: &Sheet, kept: &[usize], heads: &[usize]) -> bool {
    let blocks = &sheet.piece.blocks;
    let alone = kept.iter().all(|&index| {
        let Candidate { block, style, .. } = &sheet.page.candidates[index];
        style.shape == Shape::Alone || blocks[*block].text.chars().count() <= LONGEST_SIGNATURE
    });
    let text = |from: usize, to: usize| -> usize {
        blocks[from.min(to)..to].iter().filter(|block| !block.chrome).map(|block| block.text.len()).sum()
    };
    let between: Vec<usize> = heads.windows(2).map(|pair| text(pair[0] + 1, pair[1])).collect();
    let longest = between.iter().copied().max().unwrap_or(0);
    let before = blocks[..heads[0]].iter().rfind(|block| !block.chrome);
    let sentence = before.is_some_and(|block| block.text.trim_end().ends_with(['.', '!', '?', '…', '"', '”', ')']));
    alone && sentence && between.iter().all(|length| *length > 0) && text(0, heads[0]) <= longest * 3
}

/// The stretches that end with these dates.
pub(crate) fn above_dates<'s>(sheet: &'s Sheet, kept: &'s [usize]) -> impl Iterator<Item = Stretch> + 's {
    let blocks = &sheet.piece.blocks;
    let mut from = 0;
    kept.iter().enumerate().map(move |(at, &index)| {
        let candidate = &sheet.page.candidates[index];
        let body = &blocks[from.min(candidate.block)..candidate.block];
        from = candidate.block + 1;
        let head = &blocks[candidate.block];
        let mut out: Vec<Block> = body.iter().filter(|block| !block.chrome).cloned().collect();
        // The heading right above the text is its title; one above that is the page's.
        let titles = out.iter().take_while(|block| matches!(block.dress, Dress::Heading(_))).count();
        let title = out.drain(..titles).next_back().map(|block| block.text);
        drop_tail(&mut out);
        let start = body.iter().find(|block| !block.span.is_empty()).map_or(head.span.start, |b| b.span.start);
        let tags = body.iter().chain([head]).flat_map(|block| &block.tags).cloned().collect();
        Stretch {
            heading: head.text.clone(),
            title,
            line: body.iter().find(|block| !block.chrome).map_or(head.line, |block| block.line),
            span: Span::new(start, head.span.end.max(start)),
            anchor: body.iter().find_map(|block| block.anchor.clone()),
            blocks: out,
            dated: Some(at),
            tags,
            under: None,
        }
    })
}
