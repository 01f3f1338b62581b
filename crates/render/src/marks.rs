//! Text and the marks on it, cut into pieces that a format can write one after the other.

use crate::clean;
use diary::Span;

/// A piece of a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// Its words.
    pub text: &'a str,
    /// Whether they matched.
    pub marked: bool,
}

/// Cuts `text` at the ends of its marks; the pieces put together are `text` again.
///
/// ```
/// use diary_render::pieces;
/// let cut = pieces("the cpu hotplug", &[diary::Span::new(4, 7)]);
/// let words: Vec<_> = cut.iter().map(|piece| (piece.text, piece.marked)).collect();
/// assert_eq!(words, [("the ", false), ("cpu", true), (" hotplug", false)]);
/// ```
pub fn pieces<'a>(text: &'a str, marks: &[Span]) -> Vec<Piece<'a>> {
    pieces_within(text, Span::new(0, text.len()), marks)
}

/// The same for one part of the text, with marks that speak of the whole of it.
pub(crate) fn pieces_within<'a>(text: &'a str, part: Span, marks: &[Span]) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut push = |from: usize, to: usize, marked: bool| match text.get(from..to) {
        Some(words) if !words.is_empty() => pieces.push(Piece { text: words, marked }),
        _ => {}
    };
    let mut at = part.start;
    for mark in marks.iter().filter(|mark| mark.overlaps(part)) {
        let (from, to) = (mark.start.max(at), mark.end.min(part.end));
        // A mark that is out of order or off the character bounds is left out rather than believed.
        if from < to && text.is_char_boundary(from) && text.is_char_boundary(to) {
            push(at, from, false);
            push(from, to, true);
            at = to;
        }
    }
    push(at, part.end, false);
    pieces
}

/// The text as HTML in which nothing is markup but the marks.
///
/// ```
/// use diary_render::marked_html;
/// assert_eq!(marked_html("a < b", &[diary::Span::new(4, 5)]), "a &lt; <mark>b</mark>");
/// ```
pub fn marked_html(text: &str, marks: &[Span]) -> String {
    let mut html = String::with_capacity(text.len() + 16 * marks.len());
    for piece in pieces(text, marks) {
        html.push_str(if piece.marked { "<mark>" } else { "" });
        for c in clean(piece.text).chars() {
            match c {
                '&' => html.push_str("&amp;"),
                '<' => html.push_str("&lt;"),
                '>' => html.push_str("&gt;"),
                '"' => html.push_str("&quot;"),
                '\'' => html.push_str("&#39;"),
                c => html.push(c),
            }
        }
        html.push_str(if piece.marked { "</mark>" } else { "" });
    }
    html
}

/// The same spans counted in UTF-16 code units, which is how JavaScript counts.
pub(crate) fn utf16(text: &str, spans: &[Span]) -> Vec<[usize; 2]> {
    let units = |to: usize| text.get(..to).unwrap_or(text).encode_utf16().count();
    spans.iter().map(|span| [units(span.start), units(span.end)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_put_together_are_the_text() {
        let text = "naïve café 😀 end";
        for marks in [
            vec![],
            vec![Span::new(0, 6)],
            vec![Span::new(3, 4)],
            vec![Span::new(7, 12), Span::new(8, 9), Span::new(13, 17)],
            vec![Span::new(0, 999)],
        ] {
            let joined: String = pieces(text, &marks).iter().map(|piece| piece.text).collect();
            assert_eq!(joined, text, "{marks:?}");
        }
        assert_eq!(utf16(text, &[Span::new(13, 17)]), [[11, 13]]);
    }
}
