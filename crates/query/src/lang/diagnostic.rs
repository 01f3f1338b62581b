//! What was wrong with a query, or is worth saying about it.

use diary::Span;
use unicode_width::UnicodeWidthChar;

/// Something to tell the person who wrote a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable: what programs go by. Lower case, words joined by hyphens.
    pub code: &'static str,
    /// Whether something could not be read as written.
    pub severity: Severity,
    /// One sentence without a full stop.
    pub message: String,
    /// What it speaks of, in the query text.
    pub span: Span,
    /// A query that says what was probably meant, and runs.
    pub suggestion: Option<String>,
}

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The query was understood; there is another reading, or more to know.
    Note,
    /// Something was left out or searched as words. A strict reading refuses it.
    Warning,
}

impl Diagnostic {
    /// A warning without a suggestion.
    pub fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { code, severity: Severity::Warning, message: message.into(), span, suggestion: None }
    }

    /// A note without a suggestion.
    pub fn note(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Note, ..Self::warning(code, span, message) }
    }

    /// The same with a query to run instead.
    #[must_use]
    pub fn suggesting(self, query: impl Into<String>) -> Self {
        Self { suggestion: Some(query.into()), ..self }
    }
}

/// The code for what looks like a field and is none.
pub(crate) const UNKNOWN_FIELD: &str = "unknown-field";

/// How many columns of the query are shown on either side of the place that a caret points at.
const CONTEXT: usize = 60;

/// The query with carets under the place that `diagnostic` speaks of, its message, and its suggestion.
///
/// Control characters are shown as spaces; of a long query, the neighbourhood of the place.
///
/// ```
/// # use diary_query::lang::{caret, strict};
/// let text = "rzip persn:tridge";
/// assert_eq!(caret(text, &strict(text).unwrap_err()), "\
/// rzip persn:tridge
///      ^^^^^
/// no field \"persn\": did you mean person?
/// try: rzip person:tridge");
/// ```
pub fn caret(text: &str, diagnostic: &Diagnostic) -> String {
    let start = text.floor_char_boundary(diagnostic.span.start);
    let end = text.floor_char_boundary(diagnostic.span.end).max(start);
    let (before, at, after) = (&text[..start], &text[start..end], &text[end..]);
    let before = match before.char_indices().rev().nth(CONTEXT) {
        Some((cut, c)) => format!("…{}", visible(&before[cut + c.len_utf8()..])),
        None => visible(before),
    };
    let at = cut_after(at, CONTEXT);
    let after = cut_after(after, CONTEXT);
    let mut drawn = format!("{before}{at}{after}");
    drawn.truncate(drawn.trim_end().len());
    let (indent, carets) = (columns(&before), columns(&at).max(1));
    drawn.push_str(&format!("\n{}{}\n{}", " ".repeat(indent), "^".repeat(carets), diagnostic.message));
    if let Some(suggestion) = &diagnostic.suggestion {
        drawn.push_str(&format!("\ntry: {suggestion}"));
    }
    drawn
}

/// At most `limit` characters of `text`, with an ellipsis where there are more.
fn cut_after(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((cut, _)) => format!("{}…", visible(&text[..cut])),
        None => visible(text),
    }
}

/// The text with nothing in it that moves a cursor.
fn visible(text: &str) -> String {
    text.chars().map(|c| if super::chars::is_break(c) { ' ' } else { c }).collect()
}

fn columns(text: &str) -> usize {
    text.chars().filter_map(UnicodeWidthChar::width).sum()
}

/// What the user wrote, short enough to be part of a sentence.
pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", cut_after(text.trim(), 40))
}
