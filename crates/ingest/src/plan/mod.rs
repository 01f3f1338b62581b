//! What every page is to become: which of its lines are headings and what dates it, judged over the whole archive.
//!
//! ```text
//! document ─► page ─► candidate ─► style ─► score ─► split ─► a plan for every sheet
//! ```
//!
//! [`page`] holds the lines that may be headings ([`candidate`], [`beside`]) and what stands above and dates them
//! ([`context`]); [`outline`] knows numbers that only look like dates. [`style`] tells candidates apart by their dress,
//! [`score`] says how good a diary each style would make, and [`split`] decides; [`fitting`] adds single headings of another
//! dress, [`sift`] takes out what is none. [`own`] is the day of a page as a whole. What dates leave open is settled over
//! the archive: [`year`], [`century`], [`dotted`], [`croatian`], [`reckoning`], and years that were mistyped by [`astray`]. [`chrome`],
//! [`pointers`] and [`aside`] find what is in no entry.

pub(crate) mod aside;
mod astray;
pub(crate) mod beside;
pub(crate) mod candidate;
mod century;
mod chrome;
mod context;
mod croatian;
mod dotted;
mod fitting;
mod outline;
pub(crate) mod own;
pub(crate) mod page;
mod pointers;
pub(crate) mod reckoning;
mod score;
mod sift;
pub(crate) mod split;
pub(crate) mod style;
mod year;
