//! Days that a page gives in its marks and never in words: `<a name="20010312">`, `<img alt="Monday, 12 March">`.

use crate::date::{Parts, scan, stamp};
use crate::document::{Block, Dress, MOST_BLOCKS};
use diary::BlockKind;

/// A day that a mark gives, and the number of the block that it stands before.
pub(super) struct Silent {
    pub(super) before: usize,
    pub(super) day: String,
}

/// The day in the name of an anchor: `20010312`, `d2001-03-12`, `day_2001_03_12`.
pub(super) fn day_of_anchor(name: &str) -> Option<String> {
    let start = name.find(|c: char| c.is_ascii_digit())?;
    let letters = name[..start].chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '-' | '_'));
    let figures = &name[start..];
    let date = if figures.bytes().all(|b| b.is_ascii_digit()) {
        // The time of day may stand behind.
        figures.get(..8).filter(|_| matches!(figures.len(), 8 | 12 | 14)).map(str::to_owned)
    } else {
        figures.get(..10).map(|date| date.replace('_', "-"))
    };
    date.filter(|date| letters && stamp::iso(date).is_some_and(|parts| parts.is_whole()))
}

/// The day that the words for an image are, with a month or a weekday in it, or its number alone.
pub(super) fn day_of_image(words: &str) -> Option<String> {
    let words = words.trim();
    if number_of_day(words).is_some() {
        return Some(words.to_owned());
    }
    let written = scan::scan(words).filter(|_| scan::is_day(words))?;
    let told = written.first.day.is_some() && (written.first.month.is_some() || written.weekday.is_some());
    told.then(|| words.to_owned())
}

fn number_of_day(words: &str) -> Option<u32> {
    let figures = (1..=2).contains(&words.len()) && words.bytes().all(|b| b.is_ascii_digit());
    words.parse().ok().filter(|day| figures && (1..=31).contains(day))
}

/// Whether the numbers among these days may be those of days: several, upwards or downwards.
fn numbers_count(silent: &[Silent]) -> bool {
    const FEWEST: usize = 3;
    let numbers: Vec<u32> = silent.iter().filter_map(|silent| number_of_day(&silent.day)).collect();
    let ordered = |sign: fn(&u32, &u32) -> bool| numbers.windows(2).all(|pair| sign(&pair[0], &pair[1]));
    numbers.len() >= FEWEST && (ordered(u32::lt) || ordered(u32::gt))
}

/// The blocks of a page with its silent days in their places, where words say none: as lines that are dates.
pub(super) fn spoken(mut blocks: Vec<Block>, mut silent: Vec<Silent>) -> Vec<Block> {
    silent.dedup_by(|later, earlier| later.day == earlier.day);
    if !numbers_count(&silent) {
        silent.retain(|silent| number_of_day(&silent.day).is_none());
    }
    let shown = || blocks.iter().filter(|block| !block.chrome && shows_day(&block.text)).count();
    if silent.len() < 2 || blocks.len() + silent.len() > MOST_BLOCKS || shown() * 2 >= silent.len() {
        tell_years(&mut blocks, &silent);
        return blocks;
    }
    let mut out = Vec::with_capacity(blocks.len() + silent.len());
    let mut silent = silent.into_iter().peekable();
    for (at, block) in blocks.into_iter().enumerate() {
        while let Some(Silent { day, .. }) = silent.next_if(|silent| silent.before <= at) {
            let line = Block::new(day, BlockKind::Paragraph, block.line);
            out.push(Block { dress: Dress::Dateline, anchor: block.anchor.clone(), unit: block.unit, ..line });
        }
        out.push(block);
    }
    out
}

/// Puts the day of a mark beside words that lack only its year: `<a name="20010312"><h3>Monday, 12 March</h3></a>`.
fn tell_years(blocks: &mut [Block], silent: &[Silent]) {
    for Silent { before, day } in silent {
        let Some((block, parts)) = blocks.get_mut(*before).zip(stamp::iso(day)) else { continue };
        let written = scan::scan(&block.text).filter(|written| written.first == Parts { year: None, ..parts });
        block.stamps.extend(written.filter(|written| !written.ambiguous).map(|written| (written.span, parts)));
    }
}

/// Whether a text begins with a day.
fn shows_day(text: &str) -> bool {
    scan::scan(text).is_some_and(|written| {
        let parts = written.first;
        parts.day.is_some() && (parts.month.is_some() || written.weekday.is_some() || written.ordinal)
    })
}
