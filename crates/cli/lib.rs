//! What the three programs share: settings, the terminal, and an index that is there when it is needed.
//!
//! Here alone are the environment, the working directory, the clock and the terminal read.

pub mod arguments;
mod completion;
pub mod config;
pub mod generate;
mod manual;
mod pager;
pub mod progress;
pub mod refresh;
pub mod remembered;
pub mod settings;
pub mod terminal;

use chrono::{Datelike, Local};
use diary::CivilDate;

/// The day it is here.
pub fn today() -> Option<CivilDate> {
    let now = Local::now();
    CivilDate::new(now.year(), now.month(), now.day())
}
