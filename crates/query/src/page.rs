//! What a search gives back: values only, so that every edge renders them in its own way.

use crate::explanation::Explanation;
use crate::lang::Diagnostic;
use crate::plan::Understood;
use diary::{EntryDate, EntryId, Facet, Span};

/// Which part of the answer is wanted, and what is to be counted beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// How many hits to pass over.
    pub offset: usize,
    /// How many hits to give; 0 for none but the counts.
    pub limit: usize,
    /// Which facets to count, and how many values of each.
    pub facets: Vec<FacetRequest>,
    /// In which order the values of facets other than dates come.
    pub facet_order: FacetOrder,
    /// Whether to count among the hits alone, even the values of a facet that the query asks for: whom an entry names beside
    /// someone. Otherwise a count is what choosing that value in addition finds.
    pub facets_of_hits: bool,
    /// How many passages a hit, at most.
    pub passages: usize,
    /// Whether entries that lack one of the words may follow those that have them all.
    pub partial: bool,
    /// Whether every hit is to say why it stands where it stands.
    pub explain: bool,
}

impl Window {
    /// The most hits that one window gives, and the furthest it starts.
    pub const MAX_LIMIT: usize = 10_000;
    /// The furthest hit that can be asked for.
    pub const MAX_OFFSET: usize = 1_000_000;
}

impl Default for Window {
    fn default() -> Self {
        Self {
            offset: 0,
            limit: 20,
            facets: Vec::new(),
            facet_order: FacetOrder::Frequent,
            facets_of_hits: false,
            passages: 3,
            partial: true,
            explain: false,
        }
    }
}

/// An order of the values of a facet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum FacetOrder {
    /// Those that most entries have.
    #[default]
    Frequent,
    /// Those that stand out: more frequent among these entries than in the whole archive.
    Surprising,
}

/// A facet to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FacetRequest {
    /// Which.
    pub facet: Facet,
    /// How many values at most; date facets give all of theirs.
    pub limit: usize,
}

/// The whole answer to one question.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The question, as asked.
    pub query: String,
    /// How it was read.
    pub understood: Understood,
    /// What was wrong with it, or worth saying.
    pub diagnostics: Vec<Diagnostic>,
    /// What was found.
    pub page: Page,
    /// Ways on when nothing was found.
    pub ways_on: Vec<WayOn>,
    /// Which state of which index answered.
    pub index: IndexState,
}

/// Hits and counts.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Page {
    /// Where it starts among all hits.
    pub offset: usize,
    /// How many hits were asked for.
    pub limit: usize,
    /// How many entries meet the whole query; exact. Facets speak of these alone.
    pub total: u64,
    /// How many more have most of its words; exact up to what was looked at.
    pub partial_total: u64,
    /// Whether entries that lack a word stand among those that have all, by their score: where a question is long.
    pub mixed: bool,
    /// The first printed day of the earliest of all `total` entries, and the last of the latest, as `YYYY-MM-DD`.
    pub range: Option<(String, String)>,
    /// The best first.
    pub hits: Vec<Hit>,
    /// In the order they were asked for.
    pub facets: Vec<FacetCounts>,
}

/// One entry found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Its id.
    pub id: EntryId,
    /// Its date.
    pub date: EntryDate,
    /// The line that names it.
    pub heading: String,
    /// A title of its own.
    pub title: Option<String>,
    /// Who wrote it, where that is not the diarist.
    pub author: Option<String>,
    /// Its place on the web, where the archive has one.
    pub url: Option<String>,
    /// Higher is better; comparable within one answer only. 0 where nothing was ranked.
    pub score: f32,
    /// The words of the query that it lacks; empty for a full hit.
    pub missing: Vec<String>,
    /// What to show of it, in the order of its text.
    pub passages: Vec<Passage>,
    /// How many further places match that no passage shows; not counted where no passages were asked for.
    pub more_places: usize,
    /// Whom it names.
    pub people: Vec<Named>,
    /// What it is about.
    pub projects: Vec<Named>,
    /// Why it is here, in words.
    pub reasons: Vec<String>,
    /// Why it stands where it stands, where that was asked for.
    pub explanation: Option<Explanation>,
    /// The entry before it in time.
    pub previous: Option<EntryId>,
    /// The entry after it in time.
    pub next: Option<EntryId>,
    /// Where it was read: `path:line`.
    pub source: String,
}

/// A facet value with the name people know it by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Named {
    /// The value in queries and addresses.
    pub key: String,
    /// The name shown.
    pub label: String,
}

/// A piece of an entry worth showing, and what in it matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The words, cut at sentence bounds where that is possible.
    pub text: String,
    /// Where it stands in the entry's text.
    pub span: Span,
    /// What to mark, as spans of `text`: in order, apart from one another.
    pub marks: Vec<Span>,
    /// Whether it begins in the midst of a sentence or block.
    pub cut_before: bool,
    /// Whether it ends in the midst of a sentence or block.
    pub cut_after: bool,
    /// Whether its line breaks and spaces are to be kept.
    pub preformatted: bool,
}

/// How often each value of one facet occurs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCounts {
    /// Which facet.
    pub facet: Facet,
    /// Its values: chronological for dates (zeros between kept), most frequent first for the rest.
    pub values: Vec<FacetValue>,
    /// How many values there are in all.
    pub distinct: usize,
}

/// One value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    /// The value in queries.
    pub value: String,
    /// The name shown.
    pub label: String,
    /// How many entries `apply` finds (or, for a selected value, the entries that have it); exact.
    pub count: u64,
    /// Whether the query asks for it already.
    pub selected: bool,
    /// The query with this value asked for.
    pub apply: String,
    /// The query without it, where it is selected.
    pub remove: Option<String>,
}

/// A question that would find something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayOn {
    /// In words, without the count: `without "person:linus"`.
    pub what: String,
    /// The query.
    pub query: String,
    /// How many entries it finds; exact.
    pub count: u64,
}

/// Which index answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexState {
    /// Stays the same over re-ingests.
    pub uuid: String,
    /// Grows by one with each.
    pub generation: u64,
    /// How many entries it holds.
    pub entries: u64,
}

/// An archive as the index knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchiveFacts {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// How many entries it has.
    pub entries: u64,
    /// Its first and last printed day, as `YYYY-MM-DD`.
    pub range: Option<(String, String)>,
}
