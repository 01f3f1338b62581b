//! Stretches of an entry that are taken, asked for quickly however many there are.

use diary::Span;
use std::collections::BTreeMap;

/// What is taken of a text and of its title; no two stretches of one overlap.
#[derive(Default)]
pub(super) struct Covered {
    /// Where each begins, in the title or not, and where it ends.
    ends: BTreeMap<(bool, usize), usize>,
}

impl Covered {
    /// Whether something of this is taken.
    pub(super) fn meets(&self, in_title: bool, span: Span) -> bool {
        let before = self.ends.range(..(in_title, span.end)).next_back();
        before.is_some_and(|(&(title, _), &end)| title == in_title && end > span.start)
    }

    /// Takes this, with what it overlaps.
    pub(super) fn add(&mut self, in_title: bool, mut span: Span) {
        while let Some((&(title, start), &end)) = self.ends.range(..(in_title, span.end)).next_back() {
            if title != in_title || end <= span.start {
                break;
            }
            span = Span::new(span.start.min(start), span.end.max(end));
            self.ends.remove(&(title, start));
        }
        self.ends.insert((in_title, span.start), span.end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_meets_one_of_many_spans_meets_what_they_cover(
            spans in prop::collection::vec((any::<bool>(), 0_usize..40, 1_usize..6), 0..12),
            (asked_title, asked, length) in (any::<bool>(), 0_usize..40, 1_usize..6),
        ) {
            let asked = Span::new(asked, asked + length);
            let mut covered = Covered::default();
            let mut any = false;
            for (in_title, start, length) in spans {
                let span = Span::new(start, start + length);
                covered.add(in_title, span);
                any |= in_title == asked_title && span.overlaps(asked);
            }
            prop_assert_eq!(covered.meets(asked_title, asked), any);
        }
    }
}
