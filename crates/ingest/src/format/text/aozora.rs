//! The markup of Aozora Bunko.

use super::Line;
use crate::document::{Block, Dress, add};
use diary::{BlockKind, Span};

/// Whether a text is in the markup of Aozora Bunko: ruby in 《》 and notes in ［＃］.
pub(super) fn is_aozora(lines: &[Line<'_>]) -> bool {
    let marked = |mark: &str| lines.iter().any(|line| line.text.contains(mark));
    marked("［＃") && marked("底本") || marked("【テキスト中に現れる記号について】")
}

/// Every line is a paragraph; the legend between rules and the colophon are cut, ruby and notes taken out.
pub(super) fn aozora(lines: &[Line<'_>]) -> Vec<Block> {
    let end = lines.iter().position(|line| line.text.starts_with("底本：")).unwrap_or(lines.len());
    let legend = lines.iter().position(|line| line.text.contains("【テキスト中に現れる記号について】"));
    let legend_end = legend.and_then(|at| (at..end).find(|&n| lines[n].is_rule()));
    let mut out = Vec::new();
    let mut verse = false;
    for (at, line) in lines[..end].iter().enumerate() {
        if legend.zip(legend_end).is_some_and(|(from, to)| (from.saturating_sub(1)..=to).contains(&at))
            || line.is_rule()
        {
            continue;
        }
        if line.text.contains("字下げ終わり") {
            verse = false;
        }
        verse |= line.text.contains("［＃ここから") && line.text.contains("字下げ");
        let text = without_ruby(line.text);
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        let mut block = Block::new(text, BlockKind::Paragraph, line.number);
        block.span = Span::new(line.start, line.end());
        block.glued = at > 0 && !lines[at - 1].is_blank();
        // Verse is set in; a date inside it is a caption.
        block.closed = verse;
        if line.text.contains("見出し］") {
            block.dress = Dress::Heading(3);
        }
        add(&mut out, block);
    }
    out
}

fn without_ruby(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(['《', '［', '｜']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let close = if rest.starts_with('《') {
            rest.find('》').map(|end| end + '》'.len_utf8())
        } else if rest.starts_with("［＃") {
            note_end(rest)
        } else if rest.starts_with('｜') {
            Some('｜'.len_utf8())
        } else {
            out.push('［');
            Some('［'.len_utf8())
        };
        let Some(close) = close else { break };
        rest = &rest[close..];
    }
    out.push_str(rest);
    out
}

/// Where a ［＃…］ note ends; notes may hold notes.
fn note_end(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '［' => depth += 1,
            '］' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return Some(at + c.len_utf8());
        }
    }
    None
}
