//! Numbers of outlines and lists, which look like dates: `2.1. First results` under `2. Results`, `1)`, `2)`, `3)`.

use super::candidate::Candidate;
use crate::document::{Block, Dress};
use std::collections::HashSet;

/// A month that is told day by day comes this far.
const LATE_IN_MONTH: u32 = 28;

/// Takes out the headings that are numbered as parts of one above them.
pub(crate) fn drop_parts(candidates: &mut Vec<Candidate>, blocks: &[Block]) {
    let dated: HashSet<usize> = candidates.iter().map(|candidate| candidate.block).collect();
    let mut above: HashSet<Vec<u32>> = HashSet::new();
    let mut parts: HashSet<usize> = HashSet::new();
    for (at, block) in blocks.iter().enumerate().filter(|(_, block)| matches!(block.dress, Dress::Heading(_))) {
        let Some(numbers) = outline_number(&block.text) else { continue };
        if above.contains(&numbers[..numbers.len() - 1]) {
            parts.insert(at);
        }
        if parts.contains(&at) || !dated.contains(&at) {
            above.insert(numbers);
        }
    }
    candidates.retain(|candidate| !parts.contains(&candidate.block));
}

/// The numbers in front of the words of a heading: 2 and 1 of `2.1. First results`.
fn outline_number(text: &str) -> Option<Vec<u32>> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.'))?;
    let words = text[end..].trim_start_matches([')', ':']).strip_prefix(' ')?;
    let numbers = text[..end].trim_end_matches('.').split('.').map(|number| number.parse().ok());
    let numbers: Vec<u32> = numbers.collect::<Option<_>>()?;
    // "4.30 p.m.", "4.30 Uhr"
    let titled = words.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase()) && !words.starts_with("Uhr");
    (titled && numbers.iter().all(|number| *number < 100)).then_some(numbers)
}

/// Whether days are the numbers of lists: nearly every time they begin anew it is at one, they leave out none, and they
/// seldom come to the end of a month.
pub(crate) fn are_lists(days: &[u32]) -> bool {
    let runs: Vec<&[u32]> = days.chunk_by(|one, two| one < two).collect();
    let counts = |run: &&&[u32]| run[0] == 1 && run.windows(2).all(|pair| pair[0] + 1 == pair[1]);
    let counting = runs.iter().filter(counts).count();
    let whole = runs.iter().filter(|run| run.last() >= Some(&LATE_IN_MONTH)).count();
    runs.len() >= 3 && counting * 10 >= runs.len() * 8 && whole * 4 <= runs.len()
}

/// The blocks of paragraphs that are numbered and count on past the days of a month: `31. At last`, `32. We`.
pub(crate) fn numbered_paragraphs(blocks: &[Block]) -> HashSet<usize> {
    /// No month has so many days.
    const BEYOND: u32 = 34;
    let number = |(at, block): (usize, &Block)| -> Option<(usize, u32)> {
        let (figures, text) = block.text.split_once(". ")?;
        let is_number = matches!(figures.len(), 1..=3) && text.starts_with(char::is_uppercase);
        if is_number { Some((at, figures.parse().ok()?)) } else { None }
    };
    let numbers: Vec<(usize, u32)> = blocks.iter().enumerate().filter_map(number).collect();
    let runs = numbers.chunk_by(|(_, one), (_, two)| one + 1 == *two);
    let beyond = runs.filter(|run| run.last().is_some_and(|(_, last)| *last >= BEYOND));
    beyond.flatten().map(|(at, _)| *at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_outlines() {
        assert_eq!(outline_number("2.1. First results"), Some(vec![2, 1]));
        assert_eq!(outline_number("2. Results"), Some(vec![2]));
        assert_eq!(outline_number("3.3.1 Action Space"), Some(vec![3, 3, 1]));
        for text in ["2.1.2024", "2.1.", "Results", "2003.12.19 Rain", "4.30 p.m.", "4.30 Uhr"] {
            assert_eq!(outline_number(text), None, "{text}");
        }
    }

    #[test]
    fn lists_count_from_one() {
        assert!(are_lists(&[1, 2, 3, 1, 2, 1, 2, 3, 4]));
        assert!(!are_lists(&[1, 2, 4, 9, 20, 28, 1, 2, 3, 5, 1, 2, 3]));
        assert!(!are_lists(&[3, 5, 9, 1, 2, 7, 2, 6]));
    }
}
