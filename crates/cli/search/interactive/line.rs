//! A line of text that is being typed.

use unicode_segmentation::UnicodeSegmentation;

/// The text, and where the next character goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    text: String,
    at: usize,
}

impl Line {
    /// A line with the cursor at its end.
    pub(super) fn new(text: &str) -> Self {
        Self { text: text.to_owned(), at: text.len() }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// What stands before the cursor, and what stands after it.
    pub(super) fn halves(&self) -> (&str, &str) {
        self.text.split_at(self.at)
    }

    pub(super) fn insert(&mut self, c: char) {
        self.text.insert(self.at, c);
        self.at += c.len_utf8();
    }

    pub(super) fn left(&mut self) {
        self.at -= self.halves().0.graphemes(true).next_back().map_or(0, str::len);
    }

    pub(super) fn right(&mut self) {
        self.at += self.halves().1.graphemes(true).next().map_or(0, str::len);
    }

    pub(super) fn home(&mut self) {
        self.at = 0;
    }

    pub(super) fn end(&mut self) {
        self.at = self.text.len();
    }

    pub(super) fn delete_left(&mut self) {
        let end = self.at;
        self.left();
        self.text.replace_range(self.at..end, "");
    }

    pub(super) fn delete_right(&mut self) {
        let end = self.at + self.halves().1.graphemes(true).next().map_or(0, str::len);
        self.text.replace_range(self.at..end, "");
    }

    pub(super) fn delete_word(&mut self) {
        let before = self.halves().0.trim_end();
        let start = before.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        // A wide space has more bytes than one.
        let start = (start..=before.len()).find(|at| before.is_char_boundary(*at)).unwrap_or(0);
        self.text.replace_range(start..self.at, "");
        self.at = start;
    }

    pub(super) fn delete_to_start(&mut self) {
        self.text.replace_range(..self.at, "");
        self.at = 0;
    }

    pub(super) fn delete_to_end(&mut self) {
        self.text.truncate(self.at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_whole() {
        let mut line = Line::new("ne\u{301}e 日本");
        line.left();
        line.delete_left();
        assert_eq!(line.halves(), ("ne\u{301}e ", "本"));
        line.home();
        line.right();
        line.delete_right();
        assert_eq!(line.halves(), ("n", "e 本"));
        line.insert('雪');
        assert_eq!(line.halves(), ("n雪", "e 本"));
        line.end();
        line.delete_word();
        assert_eq!(line.text(), "n雪e ");
        line.delete_word();
        assert_eq!(line, Line::default());
        for act in
            [Line::left, Line::right, Line::delete_left, Line::delete_right, Line::delete_word, Line::delete_to_end]
        {
            act(&mut line);
            assert_eq!(line, Line::default());
        }
        let mut line = Line::new("two\u{3000}words");
        line.delete_word();
        assert_eq!(line.text(), "two\u{3000}");
        line.delete_to_start();
        assert_eq!(line.text(), "");
    }
}
