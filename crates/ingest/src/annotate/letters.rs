//! Words that are nearly one another.

/// Whether one letter more, less or other, or two neighbours exchanged, make one word the other.
pub(super) fn differ_by_a_letter(one: &str, other: &str) -> bool {
    let shared = |pairs: &mut dyn Iterator<Item = (char, char)>| -> usize {
        pairs.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
    };
    let front = shared(&mut one.chars().zip(other.chars()));
    let (one, other) = (&one[front..], &other[front..]);
    let back = shared(&mut one.chars().rev().zip(other.chars().rev()));
    let (one, other) = (&one[..one.len() - back], &other[..other.len() - back]);
    let letters = |rest: &str| {
        let mut letters = rest.chars();
        [letters.next(), letters.next(), letters.next()]
    };
    match (letters(one), letters(other)) {
        ([_, None, _], [_, None, _]) => one != other,
        ([first, second, None], [a, b, None]) => (first, second) == (b, a),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn words_differ_by_a_letter_where_their_distance_is_one(one in "[abé]{0,5}", other in "[abé]{0,5}") {
            prop_assert_eq!(differ_by_a_letter(&one, &other), strsim::damerau_levenshtein(&one, &other) == 1);
        }
    }
}
