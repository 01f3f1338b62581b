//! Text files whose lines are in the order of their bytes: what is asked for is searched for where it lies.

use memchr::{memchr, memrchr};

/// The lines of such a text that begin so, without their line breaks. Looks at the logarithm of their number.
pub(crate) fn lines_from<'t>(text: &'t [u8], start: &'t str) -> impl Iterator<Item = &'t [u8]> {
    let line_end = |at: usize| memchr(b'\n', &text[at..]).map_or(text.len(), |end| at + end);
    let (mut from, mut to) = (0, text.len());
    while from < to {
        let middle = from + (to - from) / 2;
        let line = memrchr(b'\n', &text[from..middle]).map_or(from, |at| from + at + 1);
        let end = line_end(line);
        if &text[line..end] < start.as_bytes() {
            from = (end + 1).min(to);
        } else {
            to = line;
        }
    }
    let lines = text[from..].split(|byte| *byte == b'\n');
    lines.take_while(move |line| line.starts_with(start.as_bytes()))
}
