//! People and projects as entries name them, and the facets that everything can be counted by.

use crate::Span;
use std::sync::Arc;

/// What entries can be counted and narrowed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// A person named in it.
    Person,
    /// A project it is about.
    Project,
    /// The archive it belongs to.
    Archive,
    /// The year of its first day, as printed.
    Year,
    /// The year and month of its first day, as printed: `2003-07`.
    Month,
    /// The day of the week of its first day.
    Weekday,
    /// Its language.
    Lang,
}

impl Facet {
    /// Every facet, in the order people are shown them.
    pub const ALL: [Self; 7] =
        [Self::Person, Self::Project, Self::Archive, Self::Year, Self::Month, Self::Weekday, Self::Lang];

    /// Its name in the query language, the index, the command line and HTTP: one lower-case word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Project => "project",
            Self::Archive => "archive",
            Self::Year => "year",
            Self::Month => "month",
            Self::Weekday => "weekday",
            Self::Lang => "lang",
        }
    }

    /// What people call several of its values.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Person => "people",
            Self::Project => "projects",
            Self::Archive => "archives",
            Self::Year => "years",
            Self::Month => "months",
            Self::Weekday => "weekdays",
            Self::Lang => "languages",
        }
    }

    /// The facet of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|facet| facet.name() == name)
    }

    /// Whether its values have an order of their own, which is then the order they are shown in.
    pub fn is_chronological(self) -> bool {
        matches!(self, Self::Year | Self::Month | Self::Weekday)
    }
}

/// A place in an entry that names a person or a project. A diary names few people many times: its words are shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where: in the entry's text, or in its title.
    pub span: Span,
    /// Whether `span` speaks of the title.
    pub in_title: bool,
    /// [`Facet::Person`] or [`Facet::Project`].
    pub facet: Facet,
    /// The facet value: the key of whom or what it names.
    pub key: Arc<str>,
    /// The name shown for that key.
    pub name: Arc<str>,
    /// The words as written.
    pub form: Arc<str>,
    /// How sure that is.
    pub state: MentionState,
    /// Why, in words: the authority file's line, or the evidence.
    pub why: Arc<str>,
}

impl Mention {
    /// Whether its value is one of these.
    pub fn is_of(&self, keys: &[String]) -> bool {
        keys.iter().any(|key| **key == *self.key)
    }

    /// Whom it names, as what, and why, in words.
    pub fn reason(&self) -> String {
        let form = if self.form == self.name { String::new() } else { format!(" as “{}”", self.form) };
        let verb = if self.state.is_facet() { "names" } else { "perhaps names" };
        format!("{verb} {}{form} ({}: {})", self.name, self.state.name(), self.why)
    }
}

/// How a mention came by its value, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionState {
    /// The authority file says so.
    Confirmed,
    /// A guarded rule joined it to a fuller name of the archive.
    Linked,
    /// A name, but whose is not settled: its own form is its value.
    Unresolved,
    /// Perhaps a name. Not a facet until someone says so.
    Suggested,
}

impl MentionState {
    /// Its name, one lower-case word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Linked => "linked",
            Self::Unresolved => "unresolved",
            Self::Suggested => "suggested",
        }
    }

    /// Whether entries are counted by it.
    pub fn is_facet(self) -> bool {
        self != Self::Suggested
    }
}
