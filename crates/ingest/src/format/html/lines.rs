//! The lines of a paragraph between line breaks, and which of them stand apart.

use crate::date::{Parts, scan};
use crate::document::MOST_BLOCKS;
use crate::plan::beside::placed_line;
use diary::Span;

/// Where a text is cut, and whether the part after a cut goes on with the paragraph: at empty lines, and on both sides of a
/// line that may be a heading.
pub(super) fn cuts(text: &str, stamps: &[(Span, Parts)], bolds: &[Span]) -> Vec<(usize, bool)> {
    let mut cuts: Vec<(usize, bool)> = Vec::new();
    let mut start = 0;
    for (n, line) in text.split('\n').enumerate() {
        if cuts.len() >= MOST_BLOCKS {
            break;
        }
        let next = start + line.len() + 1;
        if line.trim().is_empty() && n > 0 {
            cuts.push((start, false));
        } else if is_heading_line(line, start, stamps, bolds) || is_place_on_top(text, start, line) {
            cuts.push((start, true));
            if next <= text.len() {
                cuts.push((next, true));
            }
        }
        start = next;
    }
    cuts.dedup_by_key(|cut| cut.0);
    cuts
}

/// Whether a line between breaks is a place and a day, with its paragraph below it.
fn is_place_on_top(text: &str, start: usize, line: &str) -> bool {
    let first = text[..start].trim_end_matches([' ', '\t']);
    let goes_on = text[start + line.len()..].contains(|c: char| !c.is_whitespace());
    (first.trim().is_empty() || first.ends_with("\n\n")) && goes_on && placed_line(line.trim()).is_some()
}

/// Whether a line between breaks may be a heading: nothing but a date, or wholly bold with a date in front.
fn is_heading_line(line: &str, start: usize, stamps: &[(Span, Parts)], bolds: &[Span]) -> bool {
    let text = line.trim();
    if text.len() > 120 {
        return false;
    }
    let from = start + line.len() - line.trim_start().len();
    let bold = bolds.get(bolds.partition_point(|bold| bold.end <= from));
    let bold = bold.is_some_and(|bold| bold.start <= from + 1 && bold.end + 2 >= from + text.len());
    if bold && scan::weekday_alone(text).is_some() {
        return true;
    }
    let stamp = stamps.get(stamps.partition_point(|(span, _)| span.start < start));
    let timed = stamp.is_some_and(|(span, _)| span.start <= start + 2);
    scan::scan(text).is_some_and(|written| {
        let parts = written.first;
        let strong = parts.day.is_some() && (parts.month.is_some() || written.weekday.is_some());
        let alone = text[written.span.end..].trim_matches(|c: char| !c.is_alphanumeric()).is_empty();
        strong && alone || written.names_day() && (bold || timed)
    })
}
