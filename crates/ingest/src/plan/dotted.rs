//! Dates in figures between full stops, `03.14.01`: the day stands in front, but where the archive proves the month to.

use super::split::Sheet;
use crate::date::{Parts, Written};

/// Exchanges day and month of such dates, where none has a month beyond twelve that way, and some have a day.
pub(crate) fn settle(sheets: &mut [Sheet]) {
    let (mut month_first, mut day_first) = (0, 0);
    for [one, two] in sheets.iter().flat_map(|sheet| dotted(sheet).map(|(_, figures)| figures)) {
        month_first += usize::from(one <= 12 && two > 12);
        day_first += usize::from(one > 12 && two <= 12);
    }
    if month_first == 0 || day_first > 0 {
        return;
    }
    for sheet in sheets {
        let either = |(at, [one, two]): (usize, [u32; 2])| (one <= 12 && two <= 12).then_some(at);
        let exchanged: Vec<usize> = dotted(sheet).filter_map(either).collect();
        for at in exchanged {
            let Written { first, .. } = &mut sheet.page.candidates[at].written;
            *first = Parts { month: first.day, day: first.month, ..*first };
        }
    }
}

/// The candidates of a page that are such dates, with their year behind, and the two figures in front of it.
fn dotted(sheet: &Sheet) -> impl Iterator<Item = (usize, [u32; 2])> {
    sheet.page.candidates.iter().enumerate().filter_map(|(at, candidate)| {
        let text = candidate.written.span.of(&sheet.piece.blocks[candidate.block].text);
        let date = text.split(|c: char| !(c.is_ascii_digit() || c == '.')).find(|part| part.contains('.'))?;
        let mut figures = date.split('.').map(|part| part.parse::<u32>().ok());
        let (one, two, _) = (figures.next()??, figures.next()??, figures.next()??);
        let whole = candidate.written.first.is_whole() && figures.next().is_none();
        whole.then_some((at, [one, two]))
    })
}
