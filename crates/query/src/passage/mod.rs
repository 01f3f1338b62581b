//! Which pieces of an entry to show, and what in them to mark.
//!
//! Chosen from the stored text alone, so that every engine shows the same: the text is analysed as the index does, what
//! the plan asks for is found in it, and the densest sentences are taken.

mod choose;
mod matcher;
mod sentence;

pub use choose::{CHOSEN_CHARACTERS, choose, marks};
pub use matcher::{Found, Wanted};

#[cfg(test)]
mod tests;
