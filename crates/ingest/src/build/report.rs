//! What a build did, for people and programs to read.

use crate::problem::Problem;

/// What a build did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The generation that answers now.
    pub generation: u64,
    /// Whether nothing had changed, so that nothing was written.
    pub nothing_changed: bool,
    /// Archive by archive, in the order given.
    pub archives: Vec<ArchiveReport>,
}

/// What a build did with one archive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArchiveReport {
    /// Its name.
    pub name: String,
    /// How many files were read.
    pub files: usize,
    /// How many entries it has now, private ones among them.
    pub entries: usize,
    /// How many of them are private.
    pub private: usize,
    /// How many ids were not there before.
    pub new: usize,
    /// How many entries say something else than before.
    pub changed: usize,
    /// The ids of the entries that say the same, but name others than before.
    pub renamed: Vec<String>,
    /// How many ids are gone.
    pub removed: usize,
    /// Whether its sources were the same as before, so that it was not read again.
    pub unchanged: bool,
    /// How many entries of the generation before were kept although their sources cannot be read or are suddenly gone.
    pub kept: usize,
    /// How many inputs were left out, now or when it was last read.
    pub left_out: usize,
    /// Everything that was wrong; empty where it was not read again.
    pub problems: Vec<Problem>,
}

impl Report {
    /// How many entries there are now.
    pub fn entries(&self) -> usize {
        self.archives.iter().map(|archive| archive.entries).sum()
    }

    /// Whether some input was left out, or some archive kept as it was.
    pub fn incomplete(&self) -> bool {
        self.archives.iter().any(|archive| archive.kept > 0 || archive.left_out > 0)
    }

    /// The ids of all entries that say the same, but name others than before.
    pub fn renamed(&self) -> impl Iterator<Item = &str> {
        self.archives.iter().flat_map(|archive| archive.renamed.iter().map(String::as_str))
    }

    /// Every problem with the name of its archive.
    pub fn problems(&self) -> impl Iterator<Item = (&str, &Problem)> {
        self.archives.iter().flat_map(|archive| archive.problems.iter().map(|problem| (archive.name.as_str(), problem)))
    }
}
