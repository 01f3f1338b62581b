//! Bars and shades: how many, drawn in characters that say the same without colour.

/// A column an eighth to eight eighths high.
const SPARKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// The end of a lying bar, one eighth to seven eighths wide.
const EDGES: [char; 7] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉'];
/// The shades of a heat map, the lightest first.
pub(crate) const SHADES: [char; 4] = ['░', '▒', '▓', '█'];

/// A standing bar of one column; a space for zero, and never one for more.
pub(crate) fn spark(count: u64, most: u64) -> char {
    match count {
        0 => ' ',
        count => SPARKS[share(count, most, 8).saturating_sub(1).min(7)],
    }
}

/// A lying bar of at most `columns`; one eighth at least for what is not zero.
pub(crate) fn bar(count: u64, most: u64, columns: usize) -> String {
    let eighths = share(count, most, columns * 8);
    let mut bar = "█".repeat(eighths / 8);
    bar.extend((eighths % 8).checked_sub(1).map(|edge| EDGES[edge]));
    bar
}

/// Which of [`SHADES`] shows so many, from 1; 0 for none.
pub(crate) fn shade(count: u64, most: u64) -> usize {
    match most {
        0..=4 => usize::try_from(count).unwrap_or(4).min(4),
        most => share(count, most, 4),
    }
}

/// `count` of `most` as a share of `whole`, rounded up.
fn share(count: u64, most: u64, whole: usize) -> usize {
    let share = (u128::from(count) * whole as u128).div_ceil(u128::from(most.max(1)));
    usize::try_from(share).unwrap_or(whole).min(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_grow_with_their_counts() {
        let sparks: String = [0, 1, 5, 10].into_iter().map(|count| spark(count, 10)).collect();
        assert_eq!(sparks, " ▁▄█");
        for (count, drawn) in [(0, ""), (1, "▏"), (8, "█"), (9, "█▏"), (80, "██████████")] {
            assert_eq!(bar(count, 80, 10), drawn);
        }
        assert_eq!([0, 1, 2, 4].map(|count| shade(count, 4)), [0, 1, 2, 4]);
        assert_eq!([0, 1, 25, 26, 100].map(|count| shade(count, 100)), [0, 1, 1, 2, 4]);
        assert_eq!(bar(u64::MAX, 1, 3), "███");
    }
}
