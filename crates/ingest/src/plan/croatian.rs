//! A month whose name means October in Croatian and November in Polish and Czech: decided by the other names of an archive.

use super::split::Sheet;
use crate::date::names;

/// The month that the name means in most languages.
const NOVEMBER: u32 = 11;

/// Takes `1. listopada` for a day of October where other months have their Croatian names.
pub(crate) fn settle(sheets: &mut [Sheet]) {
    const CROATIAN: [&str; 10] =
        ["sijec", "veljac", "ozuj", "travnj", "svibnj", "lipnj", "kolovoz", "rujn", "studen", "prosinac"];
    let written = |sheet: &Sheet, at: usize| {
        let candidate = &sheet.page.candidates[at];
        names::plain(candidate.written.span.of(&sheet.piece.blocks[candidate.block].text))
    };
    let of = |sheet: &Sheet| 0..sheet.page.candidates.len();
    let croatian = |words: String| CROATIAN.iter().any(|name| words.contains(name));
    if !sheets.iter().any(|sheet| of(sheet).any(|at| croatian(written(sheet, at)))) {
        return;
    }
    for sheet in sheets {
        for at in of(sheet).filter(|&at| written(sheet, at).contains("listopad")).collect::<Vec<_>>() {
            let month = &mut sheet.page.candidates[at].written.first.month;
            *month = month.map(|month| if month == NOVEMBER { 10 } else { month });
        }
    }
}
