//! What an ingest is told: the archive, where it is, and how far to go.

use diary::{Archive, Reckoning};
use std::path::PathBuf;

/// An archive and where its sources are.
#[derive(Clone, Debug)]
pub struct ArchiveInput {
    /// What is known of it.
    pub archive: Archive,
    /// A folder, or a single file.
    pub root: PathBuf,
    /// Patterns of sources, relative to `root`, as in `.gitignore`; empty for everything that can be read.
    pub sources: Vec<String>,
    /// Patterns of sources that are left alone.
    pub exclude: Vec<String>,
    /// Patterns of sources whose entries are private.
    pub private: Vec<String>,
    /// Parts of the profile that are not to be found out but are known.
    pub profile: ProfileChoice,
}

impl ArchiveInput {
    /// Everything readable under a path, with nothing known beforehand.
    pub fn new(archive: Archive, root: impl Into<PathBuf>) -> Self {
        Self {
            archive,
            root: root.into(),
            sources: Vec::new(),
            exclude: Vec::new(),
            private: Vec::new(),
            profile: ProfileChoice::default(),
        }
    }
}

/// Parts of a [`crate::Profile`] that a person has fixed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProfileChoice {
    /// The heading style, by the name that the recognised profile shows: `h2`, `line`, `file`.
    pub heading: Option<String>,
    /// The format of every source, by name.
    pub format: Option<crate::Format>,
    /// Which of two numbers is the month.
    pub date_order: Option<DateOrder>,
    /// The calendar of its pages, and when its year begins.
    pub reckoning: Option<Reckoning>,
}

/// How dates in figures are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum DateOrder {
    /// 19/12/2003.
    #[default]
    DayFirst,
    /// 12/19/2003.
    MonthFirst,
}

impl DateOrder {
    /// `day first` or `month first`.
    pub fn name(self) -> &'static str {
        match self {
            Self::DayFirst => "day first",
            Self::MonthFirst => "month first",
        }
    }
}

/// How much is read. Sizes in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Of one source, or of one member of a container.
    pub file: u64,
    /// Of all that one container unpacks to.
    pub container: u64,
    /// How many times larger than itself a container may unpack to, once it has unpacked to a megabyte.
    pub ratio: u64,
    /// Members of one container.
    pub members: usize,
    /// Sources of one archive.
    pub sources: usize,
}

impl Default for Limits {
    fn default() -> Self {
        const MEGABYTE: u64 = 1024 * 1024;
        Self { file: 64 * MEGABYTE, container: 256 * MEGABYTE, ratio: 200, members: 10_000, sources: 1_000_000 }
    }
}

/// How far an ingest has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// So many sources were found.
    Found(usize),
    /// One more source was read, of so many bytes.
    Read(u64),
    /// So many entries were made.
    Entries(usize),
    /// So many entries of so many were put into the index.
    Indexed {
        /// So far.
        done: usize,
        /// In all.
        total: usize,
    },
}
