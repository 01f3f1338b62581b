//! Breaking text into lines of a width, told as spans so that marks keep their places.

use diary::Span;
use textwrap::WordSeparator;
use textwrap::core::{Word, break_words, display_width};
use textwrap::wrap_algorithms::wrap_first_fit;

/// The columns that a text takes on a terminal.
pub(crate) fn width(text: &str) -> usize {
    display_width(text)
}

/// The lines of `text` at `columns`, as spans of it without the spaces at their ends; an empty span is an empty line.
pub(crate) fn lines(text: &str, columns: usize) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = 0;
    for paragraph in text.split('\n') {
        paragraph_lines(paragraph, start, columns.max(1), &mut spans);
        start += paragraph.len() + 1;
    }
    spans
}

fn paragraph_lines(paragraph: &str, start: usize, columns: usize, spans: &mut Vec<Span>) {
    let words = WordSeparator::AsciiSpace.find_words(paragraph).flat_map(at_ideographs);
    let words = break_words(words, columns);
    let mut at = start;
    for line in wrap_first_fit(&words, &[columns as f64]) {
        let first = at;
        at += line.iter().map(|word| word.word.len() + word.whitespace.len()).sum::<usize>();
        let trailing = line.last().map_or(0, |word| word.whitespace.len());
        spans.push(Span::new(first, at - trailing));
    }
}

/// Scripts without spaces may be broken before any ideograph or kana, though never before a closing mark.
fn at_ideographs(word: Word<'_>) -> Vec<Word<'_>> {
    if word.word.is_ascii() {
        return vec![word];
    }
    let mut pieces = Vec::new();
    let mut start = 0;
    for (at, c) in word.word.char_indices().skip(1) {
        if is_ideograph(c) {
            pieces.push(Word::from(&word.word[start..at]));
            start = at;
        }
    }
    // The last piece takes the white space, which textwrap finds again at the end of what it is given.
    pieces.push(Word { word: &word.word[start..], ..word });
    pieces
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// The text cut to so many columns of a terminal, an ellipsis standing for what was taken away.
pub fn elided(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut cut = String::new();
    for grapheme in unicode_segmentation::UnicodeSegmentation::graphemes(text, true) {
        if width(&cut) + width(grapheme) + 1 > columns {
            break;
        }
        cut.push_str(grapheme);
    }
    format!("{}…", cut.trim_end())
}

/// The text with spaces after it up to `columns`.
pub(crate) fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, columns: usize, expected: &[&str]) {
        let found: Vec<&str> = lines(text, columns).into_iter().map(|span| span.of(text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn lines_keep_every_word_in_its_place() {
        check("the quick brown fox", 10, &["the quick", "brown fox"]);
        check("one\n\ntwo  three", 80, &["one", "", "two  three"]);
        check("日本語の日記を読む", 8, &["日本語の", "日記を読", "む"]);
        check("incomprehensibilities", 8, &["incompre", "hensibil", "ities"]);
        check("cafe\u{301} cafe\u{301}", 4, &["cafe\u{301}", "cafe\u{301}"]);
        check("", 4, &[""]);
        assert_eq!(elided("Srivatsa Vaddagiri", 10), "Srivatsa…");
        assert_eq!(elided("日本語", 5), "日本…");
    }
}
