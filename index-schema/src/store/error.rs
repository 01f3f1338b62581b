//! What can be wrong with an index, each as a sentence that says what to run.

use std::path::PathBuf;

/// Why an index cannot be opened or written.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// Nothing is there.
    #[error("there is no index in {}: run `diary-ingest` to build one", .0.display())]
    Missing(PathBuf),
    /// Something is there, but no program of ours wrote it.
    #[error("{} is not an index of diary-search: name another folder with --index, or empty this one", .0.display())]
    Foreign(PathBuf),
    /// It was written by another version.
    #[error(
        "the index in {} was written by {} version of diary-search ({found}, this program reads {expected}): \
         run `diary-ingest --rebuild`", .path.display(), if *.newer { "a newer" } else { "an older" }
    )]
    Version {
        /// The index directory.
        path: PathBuf,
        /// What the index says, in words.
        found: String,
        /// What this program writes, in words.
        expected: String,
        /// Whether the index is ahead of this program.
        newer: bool,
    },
    /// A file is not what was written.
    #[error("the index in {} is damaged ({what}): run `diary-ingest --rebuild`", .path.display())]
    Damaged {
        /// The index directory.
        path: PathBuf,
        /// Which file, and how.
        what: String,
    },
    /// Another writer is at work.
    #[error("another diary-ingest is writing the index in {}: try again when it is done", .0.display())]
    Busy(PathBuf),
    /// The file system said no.
    #[error("cannot {what} {}: {}", .path.display(), plain(.source))]
    Io {
        /// What was tried, as a verb.
        what: &'static str,
        /// Where.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

impl IndexError {
    pub(crate) fn io(what: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { what, path, source }
    }
}

/// An operating system's message without its number.
fn plain(error: &std::io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error") {
        Some(end) => text[..end].to_lowercase(),
        None => text,
    }
}
