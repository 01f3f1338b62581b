//! The numbers of the ranking, in one place.

/// How much each way of meeting a word counts, and what is added to it.
///
/// The defaults were chosen on judged queries (`tests/relevance`). A way further from what was written never counts more
/// than a nearer one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// The word as written; beside [`Weights::stem`], which every such place meets too.
    pub exact: f32,
    /// Another form of the word.
    pub stem: f32,
    /// The parts of a compound written as one word, or the other way round.
    pub joined: f32,
    /// A word that begins so.
    pub prefix: f32,
    /// A word with typing errors.
    pub typo: f32,
    /// Times as much where it stands in the title or a tag.
    pub title: f32,
    /// In the address of a link.
    pub link: f32,
    /// A name that the entry is known to mention, whatever words stand there: times how seldom it is named.
    pub named: f32,
    /// An entry of a time that the words name.
    pub lift: f32,
    /// The same where the words name nothing else: more than any word.
    pub lift_alone: f32,
    /// A word that need not be there: times as much as it would count otherwise.
    pub optional: f32,
    /// Words of the query as near to each other as the query has them: times how seldom they are.
    pub near: f32,
    /// Words of the query in one stretch of the text, in whatever order: times how seldom they are.
    pub together: f32,
    /// An entry with all the words that are seldom, among those that lack one: times its score.
    pub cover: f32,
}

impl Weights {
    /// What is used unless someone says otherwise.
    pub const DEFAULT: Self = Self {
        exact: 0.5,
        stem: 1.0,
        joined: 0.6,
        prefix: 0.3,
        typo: 0.1,
        title: 1.0,
        link: 0.5,
        named: 1.5,
        lift: 5.0,
        lift_alone: 25.0,
        optional: 0.5,
        near: 1.5,
        together: 1.0,
        cover: 0.3,
    };

    /// The same with one number changed, by its name; `None` where there is none of that name.
    pub fn with(mut self, name: &str, to: f32) -> Option<Self> {
        let number = match name {
            "exact" => &mut self.exact,
            "stem" => &mut self.stem,
            "joined" => &mut self.joined,
            "prefix" => &mut self.prefix,
            "typo" => &mut self.typo,
            "title" => &mut self.title,
            "link" => &mut self.link,
            "named" => &mut self.named,
            "lift" => &mut self.lift,
            "lift_alone" => &mut self.lift_alone,
            "optional" => &mut self.optional,
            "near" => &mut self.near,
            "together" => &mut self.together,
            "cover" => &mut self.cover,
            _ => return None,
        };
        *number = to;
        Some(self)
    }
}

impl Default for Weights {
    fn default() -> Self {
        Self::DEFAULT
    }
}
