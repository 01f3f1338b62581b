//! Why a hit stands where it stands, in words.

/// What made the score of a hit, and what puts it above the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// Every word, name or time of the query, in its order.
    pub words: Vec<WordMatch>,
    /// What is added because words stand near each other.
    pub nearness: f32,
    /// What is given back of what a word loses by standing in a long entry; less than nothing in a short one.
    pub evenness: f32,
    /// What is added, where a word is missing, for how many of the others are there.
    pub coverage: f32,
    /// The sum of all that: [`Hit::score`](crate::Hit::score).
    pub score: f32,
    /// Why it stands above the next hit of the page; empty for the last.
    pub above_next: String,
}

/// What one word of the query brings.
#[derive(Clone, Debug, PartialEq)]
pub struct WordMatch {
    /// As the query has it.
    pub word: String,
    /// How the entry meets it.
    pub how: How,
    /// The forms in which it stands there, each once, at most [`WordMatch::MOST_FORMS`].
    pub forms: Vec<String>,
    /// Its part of the score.
    pub score: f32,
}

impl WordMatch {
    /// The most forms of a word that are told.
    pub const MOST_FORMS: usize = 3;
}

/// How an entry meets a word, the closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// It stands there as written.
    AsWritten,
    /// Another form of it stands there.
    Form,
    /// It stands there as part of a compound, or taken apart.
    Compound,
    /// A word stands there that begins so.
    Prefix,
    /// A word stands there that is some typing errors away.
    Typo,
    /// The entry names whom it names.
    Name,
    /// The entry is of the time that it names.
    Time,
    /// It stands in the title or a label, a link, or a note beside.
    Beside,
    /// It is not there.
    Missing,
}

impl How {
    /// In words.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::AsWritten => "as written",
            Self::Form => "another form",
            Self::Compound => "as a compound",
            Self::Prefix => "begins so",
            Self::Typo => "with typing errors",
            Self::Name => "by name",
            Self::Time => "of that time",
            Self::Beside => "in the title, a label or a link",
            Self::Missing => "missing",
        }
    }
}

impl Explanation {
    /// The explanation as lines of text, the parts of the score at their ends.
    pub fn lines(&self) -> Vec<String> {
        let what = |word: &WordMatch| match word.forms.as_slice() {
            [] => format!("{}: {}", word.word, word.how.in_words()),
            forms => format!("{}: {} ({})", word.word, word.how.in_words(), forms.join(", ")),
        };
        let mut parts: Vec<(String, f32)> = self.words.iter().map(|word| (what(word), word.score)).collect();
        parts.push(("words near each other".to_owned(), self.nearness));
        parts.push(("length of the entry".to_owned(), self.evenness));
        parts.push(("how many of the words are there".to_owned(), self.coverage));
        parts.retain(|(what, score)| *score != 0.0 || what.contains(": "));
        let mut lines: Vec<String> = parts.into_iter().map(|(what, score)| format!("{what} · {score:.2}")).collect();
        lines.push(format!("score · {:.2}", self.score));
        if !self.above_next.is_empty() {
            lines.push(format!("above the next: {}", self.above_next));
        }
        lines
    }

    /// Says why this stands above `next`.
    pub(crate) fn compare(&mut self, next: &Self, one_tier: bool) {
        if !one_tier && self.is_whole() {
            self.above_next = "it has all the words".to_owned();
            return;
        }
        let by = self.score - next.score;
        if by <= 0.0 {
            self.above_next = "the same score, and it is newer".to_owned();
            return;
        }
        let word = |of: &WordMatch| {
            let there = next.words.iter().find(|other| other.word == of.word).map_or(0.0, |other| other.score);
            (format!("“{}”", of.word), of.score - there)
        };
        let near = ("words nearer to each other".to_owned(), self.nearness - next.nearness);
        let even = ("more often in a long entry".to_owned(), self.evenness - next.evenness);
        let more = ("more of the words".to_owned(), self.coverage - next.coverage);
        let mut gains: Vec<(String, f32)> = self.words.iter().map(word).chain([near, even, more]).collect();
        gains.retain(|(_, gain)| *gain > 0.005);
        gains.sort_by(|(_, a), (_, b)| b.total_cmp(a));
        let told: Vec<String> = gains.iter().take(2).map(|(what, gain)| format!("{what} +{gain:.2}")).collect();
        self.above_next = format!("by {by:.2}, for {}", told.join(" and "));
    }

    fn is_whole(&self) -> bool {
        self.words.iter().all(|word| word.how != How::Missing)
    }
}
