//! Several posts of one day, each with a line below it that says who wrote it and at what time, as weblogs have them.

use super::Page;
use crate::date::Written;
use crate::document::Block;
use crate::plan::beside::is_posted_at;
use crate::plan::candidate::Candidate;
use crate::plan::style::{Shape, Style};
use diary::Span;

/// Fewer such lines are no custom of the page.
const FEWEST: usize = 3;

impl Page {
    /// Takes what follows such a line, where no date does, for another post of the same day.
    pub(super) fn posts_of_a_day(&mut self, blocks: &[Block]) {
        let signed = |block: &Block| !block.chrome && block.text.lines().last().is_some_and(is_posted_at);
        let ends: Vec<usize> = (0..blocks.len()).filter(|&at| signed(&blocks[at])).collect();
        if ends.len() < FEWEST {
            return;
        }
        let mut posts = Vec::new();
        for pair in ends.windows(2) {
            let [above, below] = pair else { continue };
            let dated = self.candidates.partition_point(|candidate| candidate.block <= *above);
            let divided = |at: usize| *above < at && at <= *below;
            let apart = self.candidates.get(dated).is_some_and(|next| divided(next.block))
                || self.contexts.iter().any(|(at, _)| divided(*at));
            let first = (above + 1..*below + 1).find(|&at| !blocks[at].chrome && !blocks[at].text.trim().is_empty());
            let day = dated.checked_sub(1).and_then(|at| self.candidates.get(at));
            if let (Some(day), Some(block), false) = (day, first, apart) {
                let written = Written { days_on: Some(0), span: Span::new(0, 0), ..Written::default() };
                let style = Style { shape: Shape::Opening, ..day.style };
                posts.push(Candidate { block, style, written, stamp: None, rest: 0 });
            }
        }
        self.candidates.extend(posts);
        self.candidates.sort_by_key(|candidate| candidate.block);
    }
}
