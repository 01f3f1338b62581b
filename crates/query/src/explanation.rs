//! Why a hit stands where it stands, in words.

/// What made the score of a hit, and what puts it above the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// Every word, name or time of the query, in its order.
    pub words: Vec<WordMatch>,
    /// What is added because words stand near each other.
    pub nearness: f32,
    /// What is given back of what a word loses by standing in a long entry, and often; less than nothing in a short one.
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
    /// At how many places of the text, as closely as that.
    pub places: usize,
    /// Whether it only asks, and need not be there.
    pub is_optional: bool,
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
            Self::Form => "in another form",
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
        let mut lines: Vec<String> = self.asked_about().map(WordMatch::line).collect();
        let rest = [
            ("small words", self.small_words()),
            ("words near each other", self.nearness),
            (
                if self.evenness > 0.0 { "said often in a long entry" } else { "said seldom in a short entry" },
                self.evenness,
            ),
            (if self.is_whole() { "all of the words" } else { "how many of the words it has" }, self.coverage),
        ];
        let told = rest.into_iter().filter(|(_, score)| score.abs() >= LEAST_TOLD);
        lines.extend(told.map(|(what, score)| format!("{what} · {score:.2}")));
        lines.push(format!("score · {:.2}", self.score));
        if !self.above_next.is_empty() {
            lines.push(format!("above the next {}", self.above_next));
        }
        lines
    }

    /// Says why this stands above `next`.
    pub(crate) fn compare(&mut self, next: &Self, one_tier: bool) {
        if !one_tier && self.is_whole() {
            self.above_next = "because it has all the words".to_owned();
            return;
        }
        let by = self.score - next.score;
        if by <= 0.0 {
            self.above_next = "because it is newer: the score is the same".to_owned();
            return;
        }
        let word = |of: &WordMatch| {
            let there = next.words.iter().find(|other| other.word == of.word).map_or(0.0, |other| other.score);
            (format!("“{}”", of.word), of.score - there)
        };
        let rest = [
            ("small words", self.small_words() - next.small_words()),
            ("nearness", self.nearness - next.nearness),
            ("how often in how long an entry", self.evenness - next.evenness),
            ("how many words it has", self.coverage - next.coverage),
        ];
        let rest = rest.into_iter().map(|(what, gain)| (what.to_owned(), gain));
        let mut gains: Vec<(String, f32)> = self.asked_about().map(word).chain(rest).collect();
        gains.retain(|(_, gain)| gain.abs() >= LEAST_TOLD);
        gains.sort_by(|(_, a), (_, b)| b.total_cmp(a));
        let told = |(what, gain): &(String, f32)| format!("{what} ({:.2})", gain.abs());
        let more: Vec<String> = gains.iter().take(2).filter(|(_, gain)| *gain > 0.0).map(told).collect();
        let most = gains.first().map_or(0.0, |(_, gain)| *gain);
        let less = gains.last().filter(|(_, gain)| -gain > most / 2.0).map(told);
        let less = less.map_or_else(String::new, |less| format!(", less for {less}"));
        self.above_next = format!("by {by:.2}: more for {}{less}", more.join(" and "));
    }

    /// The words that are asked about.
    fn asked_about(&self) -> impl Iterator<Item = &WordMatch> {
        self.words.iter().filter(|word| !word.is_optional)
    }

    /// What those bring that only ask.
    fn small_words(&self) -> f32 {
        self.words.iter().filter(|word| word.is_optional).map(|word| word.score).sum()
    }

    fn is_whole(&self) -> bool {
        self.asked_about().all(|word| word.how != How::Missing)
    }
}

/// A smaller part of a score is not told.
const LEAST_TOLD: f32 = 0.005;

impl WordMatch {
    /// `“bug” in another form, bugs, twice · 1.20`.
    fn line(&self) -> String {
        let mut line = format!("“{}” {}", self.word, self.how.in_words());
        if self.how == How::Missing {
            return line;
        }
        let other = |form: &String| self.how != How::AsWritten || form.to_lowercase() != self.word.to_lowercase();
        if self.forms.iter().any(other) {
            line.push_str(&format!(": {}", self.forms.join(", ")));
        }
        line.push_str(&match self.places {
            0 | 1 => String::new(),
            2 => ", twice".to_owned(),
            many => format!(", {many} times"),
        });
        format!("{line} · {:.2}", self.score)
    }
}
