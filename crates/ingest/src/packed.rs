//! Short words as numbers, which are compared and looked up sooner than text.

/// A word of up to eight bytes, which most words are. It has no NUL at its end.
pub(crate) fn packed(word: &str) -> Option<u64> {
    let mut bytes = [0; 8];
    bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    Some(u64::from_le_bytes(bytes))
}
