//! The nouns of diary-search: what a diary is made of, and nothing that is done to it.
//!
//! An [`Archive`] is a set of sources read together; its pieces are [`Entry`] values, each with an [`EntryId`], an
//! [`EntryDate`] and the [`Mention`]s of the people and projects it names. A place in a text is a [`Span`].
//!
//! This crate does no I/O, knows no index and no wire format. Everything else depends on it and it on nothing of ours.

mod archive;
mod authority;
mod date;
mod entry;
mod kanji;
mod mention;
mod names;
mod span;

pub use archive::{Archive, Hemisphere};
pub use authority::{Authority, Concept, Denial, FormRule};
pub use date::{
    Calendar, CivilDate, Day, DaySpan, EntryDate, Precision, Reckoning, YearStart, month_name, ordinal, weekday_name,
};
pub use entry::{Block, BlockKind, Entry, EntryId, Link, SourceRef, Visibility};
pub use kanji::{era, figure, kanji_number};
pub use mention::{Facet, Mention, MentionState};
pub use names::{fold, slug};
pub use span::Span;

/// The days of the week, Monday first, as chrono has them.
pub use chrono::Weekday;
