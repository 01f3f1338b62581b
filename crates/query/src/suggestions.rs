//! What may be meant by the beginning of a word.

/// Suggestions by kind, the most frequent first.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Suggestions {
    /// People whose name, or a word of it, begins so.
    pub people: Vec<Suggestion>,
    /// Projects of which that is true.
    pub projects: Vec<Suggestion>,
    /// Words that begin so.
    pub words: Vec<Suggestion>,
    /// Years and months that there are entries of.
    pub dates: Vec<Suggestion>,
}

impl Suggestions {
    /// Whether there are none of any kind.
    pub fn is_empty(&self) -> bool {
        [&self.people, &self.projects, &self.words, &self.dates].into_iter().all(Vec::is_empty)
    }
}

/// One thing that may be meant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Suggestion {
    /// As people read it: `Andrew Tridgell`, `July 2003`.
    pub text: String,
    /// As the query language has it: `person:tridgell-andrew`, `date:2003-07`.
    pub query: String,
    /// How many entries have it.
    pub count: u64,
}
