//! From the text of a query to ranked snippets.
//!
//! [`lang`] reads the text, [`plan`] settles its names and dates against what the index knows, an [`Engine`] finds the
//! entries, [`passage`] chooses what to show of them. [`search`] is the whole way in one call, and the only one that the
//! command line and the server make.

mod engine;
mod explanation;
pub mod lang;
mod local;
mod page;
pub mod passage;
pub mod plan;
mod request;
mod selection;
mod suggestions;
mod ways_on;

pub use engine::{Engine, EngineError, Facts};
pub use explanation::{Explanation, How, WordMatch};
pub use local::{LocalEngine, Standing, Weights};
pub use page::{
    Answer, ArchiveFacts, FacetCounts, FacetOrder, FacetRequest, FacetValue, Hit, IndexState, Named, Page, Passage,
    WayOn, Window,
};
pub use request::{Reading, Request, SearchError, read, search};
pub use suggestions::{Suggestion, Suggestions};
