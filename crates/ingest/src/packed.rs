//! Short words as numbers, which are compared and looked up sooner than text.

/// A word of up to eight bytes, which most words are. It has no NUL at its end.
pub(crate) fn packed(word: &str) -> Option<u64> {
    let bytes = word.as_bytes();
    match (bytes.len(), bytes.first_chunk(), bytes.last_chunk()) {
        (9.., ..) => None,
        // The halves of a word of five to seven bytes overlap, where they are the same.
        (length @ 4.., Some(first), Some(last)) => {
            let half = |bytes: &[u8; 4]| u64::from(u32::from_le_bytes(*bytes));
            Some(half(first) | half(last) << (8 * (length - 4)))
        }
        _ => Some(bytes.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte))),
    }
}
