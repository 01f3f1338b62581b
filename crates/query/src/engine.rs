//! What any engine must be able to do.

use crate::page::{ArchiveFacts, FacetCounts, FacetRequest, IndexState, Page, Window};
use crate::plan::{Names, Plan};
use crate::suggestions::Suggestions;
use diary::{Calendar, CivilDate, Entry, EntryId, Hemisphere};

/// Something that holds entries and finds them: the local index, or one day a cluster.
///
/// It is given plans, which are fully resolved, and knows nothing of query text or of directories.
pub trait Engine: Send + Sync {
    /// What it holds.
    fn facts(&self) -> &Facts;

    /// The people and projects it knows.
    fn names(&self) -> &dyn Names;

    /// The entries that a plan asks for, ranked, with passages and counts.
    fn search(&self, plan: &Plan, window: &Window) -> Result<Page, EngineError>;

    /// How many entries a plan asks for; exact.
    fn count(&self, plan: &Plan) -> Result<u64, EngineError>;

    /// The counts alone.
    fn facets(&self, plan: &Plan, requests: &[FacetRequest]) -> Result<Vec<FacetCounts>, EngineError>;

    /// How many entries of a plan begin on each printed day, in order; exact, undated ones left out.
    fn days(&self, plan: &Plan) -> Result<Vec<(CivilDate, u64)>, EngineError>;

    /// A word that does occur, near to one that does not; `None` where `word` occurs or nothing is near.
    fn spelling(&self, word: &str) -> Result<Option<String>, EngineError>;

    /// What may be meant by the beginning of a word or name, at most `limit` of each kind.
    ///
    /// An engine that cannot tell suggests nothing.
    fn suggest(&self, prefix: &str, limit: usize) -> Result<Suggestions, EngineError> {
        let _ = (prefix, limit);
        Ok(Suggestions::default())
    }

    /// One whole entry.
    fn entry(&self, id: &EntryId) -> Result<Option<Entry>, EngineError>;

    /// The entries before and after one in time, inside its archive.
    fn neighbours(&self, id: &EntryId) -> Result<(Option<EntryId>, Option<EntryId>), EngineError>;
}

/// What an engine holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Which state of which index this is.
    pub state: IndexState,
    /// Its archives, by name.
    pub archives: Vec<ArchiveFacts>,
    /// The printed day of its newest entry.
    pub newest: Option<CivilDate>,
    /// Where its seasons are: its first archive's.
    pub hemisphere: Hemisphere,
    /// The calendar of its pages: that of all its archives, or else the Gregorian one.
    pub calendar: Calendar,
}

/// Why an engine could not answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EngineError {
    /// The index cannot be used; the sentence says what to run.
    #[error("{0}")]
    Unusable(String),
    /// This engine has no way to do what the plan asks.
    #[error("this index cannot answer that: {0}")]
    Unsupported(String),
}
