//! The flags of diary-ingest.

use clap::{Parser, ValueEnum};
use diary_cli::generate::Generated;
use diary_cli::settings::Shared;
use std::path::PathBuf;

const EXAMPLES: &str = "Exit status: 0 when all is done, 3 when some input was left out, 2 after an error, 4 when the index cannot be used, 130 when interrupted.

Examples:
  diary-ingest                          every archive of diary.toml
  diary-ingest ~/diary --report         one folder, and all that was wrong in it
  diary-ingest --entries jsonl ~/diary  what would be read, without an index
  diary-ingest --people accept 'Ann Lee' Ann
                                        a person for people.toml, with another name";

/// Read diaries into the index that diary-search and diary-serve answer from.
#[derive(Debug, Parser)]
#[command(name = "diary-ingest", version, after_help = EXAMPLES, max_term_width = 100)]
pub(crate) struct Args {
    /// Folders or files; every archive of diary.toml and of the index if there are none
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// Every problem with file and line
    #[arg(long, value_enum, value_name = "FORMAT", num_args = 0..=1, require_equals = true, default_missing_value = "text")]
    pub(crate) report: Option<ReportFormat>,
    /// Print the entries that are found, one a line, and write no index
    #[arg(long, value_enum, value_name = "FORMAT", conflicts_with_all = ["report", "check"])]
    pub(crate) entries: Option<EntriesFormat>,
    /// Read everything, say how it was read and what else was weighed, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Go on, and read again what changes, until interrupted
    #[arg(long, conflicts_with_all = ["entries", "dry_run", "check", "people_suggest", "prune", "rebuild"])]
    pub(crate) watch: bool,
    /// Any problem makes the exit status 3
    #[arg(long)]
    pub(crate) strict: bool,
    /// Read everything again, whatever the index says
    #[arg(long)]
    pub(crate) rebuild: bool,
    /// Let entries go whose sources cannot be read or are suddenly gone
    #[arg(long)]
    pub(crate) prune: bool,
    /// Take an archive out of the index that was read from a folder; the folder stays as it is
    #[arg(long, value_name = "NAME", conflicts_with_all = ["paths", "entries", "dry_run", "check", "watch", "archive"])]
    pub(crate) forget: Option<String>,
    /// People whom people.toml does not know yet, as TOML to paste, with sentences that name them
    #[arg(long, conflicts_with_all = ["entries", "check"])]
    pub(crate) people_suggest: bool,
    /// The same for projects and projects.toml
    #[arg(long, conflicts_with_all = ["entries", "check", "people_suggest"])]
    pub(crate) projects_suggest: bool,
    /// Change people.toml: accept NAME [OTHER NAMES], deny NAME [WHY], merge FROM INTO, split NAME, import FILE; or print
    /// it: export FORMAT (csv, vcard, tei, skos, mailmap)
    #[arg(long, value_names = ["ACTION", "NAME"], num_args = 1..=16, conflicts_with_all = ["entries", "check", "report"])]
    pub(crate) people: Option<Vec<String>>,
    /// The same for projects.toml
    #[arg(long, value_names = ["ACTION", "NAME"], num_args = 1..=16, conflicts_with_all = ["entries", "check", "report", "people"])]
    pub(crate) projects: Option<Vec<String>>,
    /// The one archive to read, or whose file to change
    #[arg(long, value_name = "NAME")]
    pub(crate) archive: Option<String>,
    /// Verify every file of the index
    #[arg(long, conflicts_with = "paths")]
    pub(crate) check: bool,
    /// Threads that read and write [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) jobs: Option<u16>,
    /// Memory that the index writer may hold, such as 256M [default: 128M]
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub(crate) memory: Option<usize>,

    #[command(flatten)]
    pub(crate) shared: Shared,
    /// Say where settings came from
    #[arg(short, long)]
    pub(crate) verbose: bool,
    /// No summary
    #[arg(short, long)]
    pub(crate) quiet: bool,
    /// Write a manual page or completions
    #[arg(long, value_enum, value_name = "WHAT", exclusive = true)]
    pub(crate) generate: Option<Generated>,
}

/// How problems are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// For people, by kind
    Text,
    /// One object a line
    Json,
}

/// How entries are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum EntriesFormat {
    /// One object a line
    Jsonl,
}

/// `256M`, `1G`, `64000000`.
fn size(text: &str) -> Result<usize, String> {
    let (digits, unit) = match text.find(|c: char| !c.is_ascii_digit()) {
        Some(end) => text.split_at(end),
        None => (text, ""),
    };
    let factor: usize = match unit.to_ascii_uppercase().trim_end_matches("IB").trim_end_matches('B') {
        "" => 1,
        "K" => 1 << 10,
        "M" => 1 << 20,
        "G" => 1 << 30,
        _ => return Err(format!("{text} is not a size, such as 256M")),
    };
    let bytes = digits.parse::<usize>().ok().and_then(|number| number.checked_mul(factor));
    // The engine needs fifteen megabytes a thread to work at all.
    bytes.filter(|bytes| *bytes >= 16 << 20).ok_or_else(|| "at least 16M".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn flags_are_sound_and_explained() {
        Args::command().debug_assert();
        for flag in Args::command().get_arguments() {
            assert!(flag.get_help().is_some(), "{} has no help", flag.get_id());
        }
        assert_eq!((size("256M"), size("1GiB"), size("20000000")), (Ok(256 << 20), Ok(1 << 30), Ok(20_000_000)));
        for text in ["", "M", "1X", "1K", "99999999999999999999G", "-1M"] {
            assert!(size(text).is_err(), "{text}");
        }
    }
}
