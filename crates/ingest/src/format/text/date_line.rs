//! A line of plain text with the date that it begins with, and what that makes of the line.

use crate::date::{Written, scan};
use crate::plan::beside::{bracketed_day, place_column, placed_line};

/// Whether a line is a weekday, or a date with at least a day and one part more, and nothing else.
pub(in crate::format) fn is_date_line(line: &str) -> bool {
    line.trim().len() <= LONGEST_DATE && DateLine::new(line).is_date()
}

/// No date is longer, in bytes.
pub(super) const LONGEST_DATE: usize = 80;

/// A line with the date that it begins with.
pub(super) struct DateLine<'a> {
    pub(super) text: &'a str,
    written: Option<Written>,
}

impl<'a> DateLine<'a> {
    pub(super) fn new(line: &'a str) -> Self {
        let text = line.trim();
        Self { text, written: scan::scan(text) }
    }

    /// Whether nothing stands behind the date.
    fn is_all(&self, written: &Written) -> bool {
        !self.text[written.span.end..].contains(char::is_alphanumeric)
    }

    /// Whether it is a weekday, or a date with at least a day and one part more, and nothing else.
    pub(super) fn is_date(&self) -> bool {
        self.text.len() <= LONGEST_DATE
            && (scan::weekday_alone(self.text).is_some()
                || self.written.as_ref().is_some_and(|written| {
                    let parts = written.first;
                    // "den 4", "4th"
                    let marked = written.ordinal || self.text[..written.span.start].contains(char::is_alphabetic);
                    let strong = parts.day.is_some() && (parts.month.is_some() || written.weekday.is_some() || marked)
                        || written.days_on.is_some();
                    strong && self.is_all(written)
                }))
    }

    /// Whether it is a place and a day with its month, and nothing else; or a title with a day in brackets.
    pub(super) fn is_placed(&self) -> bool {
        self.written.is_none() && (placed_line(self.text).is_some() || bracketed_day(self.text).is_some())
    }

    /// Whether it is a month with its year, and nothing else.
    pub(super) fn is_month(&self) -> bool {
        self.text.len() <= 40
            && self.written.as_ref().is_some_and(|written| {
                let parts = written.first;
                parts.month.is_some() && parts.year.is_some() && parts.day.is_none() && self.is_all(written)
            })
    }

    /// Whether it begins with a day and a month, or a day that only an entry would begin with; or with a place beside one.
    pub(super) fn opens(&self) -> bool {
        if self.text.contains("  ") && place_column(self.text).is_some() {
            return true;
        }
        let first = self.text.chars().next();
        let may = |c: char| c.is_numeric() || c.is_uppercase() || matches!(c, '_' | '[' | '*') || c > '\u{3000}';
        first.is_some_and(may)
            && self.written.as_ref().is_some_and(|written| {
                let parts = written.first;
                let closed = self.text[written.span.end..].starts_with(['.', ':', '。', '　', ')', '—', '-']);
                let apart = (written.weekday.is_some() || written.ordinal) && closed;
                parts.day.is_some() && (parts.month.is_some() || apart)
            })
    }
}
