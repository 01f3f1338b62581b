//! The flags of diary-search.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, Parser, ValueEnum};
use diary::Facet;
use diary_cli::config::Color;
use diary_cli::generate::Generated;
use diary_cli::settings::Shared;
use diary_cli::terminal::Paging;
use diary_render::Format;
use std::path::PathBuf;

const FILTERS: &str = "Filters, each one clause of the query";

/// The flags that ask for counts in place of hits.
const OVERVIEWS: [&str; 7] = ["facets", "people", "projects", "who", "calendar", "timeline", "gaps"];

macro_rules! examples {
    () => {
        "Examples:
  diary-search hotplug cpu
  diary-search '\"Linux Beer Hike\"' --person tridge
  diary-search --date 'winter 2003' --facets"
    };
}

const LANGUAGE: &str = concat!(
    "The query language, in short:
  hotplug cpu                both words          \"hotplug cpu\"       the phrase
  rzip OR rsync              either              -person:linus       without him
  modul*  =module  tridgel~  beginning with, exactly, with typing errors
  person:tridge  project:qemu  archive:rusty     date:2003-07..2003-09
  day:10-06  month:july  weekday:friday          sort:date

Exit status: 0 with at least one hit, 1 with none, 2 after an error, 130 when interrupted.

",
    examples!()
);

/// Search a diary: ranked snippets, with dates, people and projects.
#[derive(Debug, Parser)]
#[command(name = "diary-search", version, after_help = examples!(), after_long_help = LANGUAGE, max_term_width = 100)]
pub(crate) struct Args {
    /// What to search for, in the query language; everything if there are no words
    #[arg(value_name = "WORDS")]
    pub(crate) words: Vec<String>,

    /// Entries naming this person
    #[arg(long, value_name = "NAME", help_heading = FILTERS)]
    pub(crate) person: Vec<String>,
    /// Entries not naming this person
    #[arg(hide_short_help = true, long, value_name = "NAME", help_heading = FILTERS)]
    pub(crate) not_person: Vec<String>,
    /// Entries about this project
    #[arg(long, value_name = "NAME", help_heading = FILTERS)]
    pub(crate) project: Vec<String>,
    /// Entries of this archive
    #[arg(hide_short_help = true, long, value_name = "NAME", help_heading = FILTERS)]
    pub(crate) archive: Vec<String>,
    /// Entries of this day, month, year or range: 2003-07, 2003-07..2003-09, 'winter 2003'
    #[arg(long, value_name = "DATE", help_heading = FILTERS)]
    pub(crate) date: Vec<String>,
    /// Entries from the start of this period on
    #[arg(hide_short_help = true, long, value_name = "DATE", help_heading = FILTERS)]
    pub(crate) since: Vec<String>,
    /// Entries up to the end of this period
    #[arg(hide_short_help = true, long, value_name = "DATE", help_heading = FILTERS)]
    pub(crate) until: Vec<String>,
    /// Entries of this day in any year; today's if no day is given
    #[arg(long, value_name = "MM-DD", num_args = 0..=1, require_equals = true, default_missing_value = "", help_heading = FILTERS)]
    pub(crate) on_this_day: Option<String>,

    /// At most so many hits [default: 20]
    #[arg(
        short = 'n',
        long,
        value_name = "N",
        allow_negative_numbers = true,
        env = "DIARY_SEARCH_LIMIT",
        hide_env_values = true,
        help_heading = "Which hits"
    )]
    pub(crate) limit: Option<usize>,
    /// Pass over so many hits
    #[arg(
        hide_short_help = true,
        long,
        value_name = "N",
        default_value_t = 0,
        hide_default_value = true,
        help_heading = "Which hits"
    )]
    pub(crate) offset: usize,
    /// All hits
    #[arg(long, conflicts_with = "limit", help_heading = "Which hits")]
    pub(crate) all: bool,
    /// The order of the hits
    #[arg(short, long, value_enum, value_name = "ORDER", help_heading = "Which hits")]
    pub(crate) sort: Option<Order>,
    /// Only entries with all the words: no partial hits
    #[arg(hide_short_help = true, long, help_heading = "Which hits")]
    pub(crate) all_words: bool,
    /// Entries with any of the words
    #[arg(hide_short_help = true, long, conflicts_with = "all_words", help_heading = "Which hits")]
    pub(crate) any: bool,

    /// With each hit the first lines of so many entries before and after it
    #[arg(hide_short_help = true, short = 'C', long, value_name = "N", value_parser = clap::value_parser!(u16).range(..=100), help_heading = "What is shown")]
    pub(crate) context: Option<u16>,
    /// At most so many passages a hit [default: 3]
    #[arg(hide_short_help = true, short = 'P', long, value_name = "N", help_heading = "What is shown")]
    pub(crate) passages: Option<usize>,
    /// Results as you type, facets beside them, entries whole: F1 shows the keys
    #[arg(short, long, conflicts_with_all = ["overview", "walk", "open", "edit", "count", "ids", "quiet", "analyze", "explain", "full", "short", "context", "format", "json", "jsonl", "csv"], help_heading = "What is shown")]
    pub(crate) interactive: bool,
    /// Whole entries in place of passages
    #[arg(hide_short_help = true, long, conflicts_with = "short", help_heading = "What is shown")]
    pub(crate) full: bool,
    /// One line a hit
    #[arg(hide_short_help = true, long, help_heading = "What is shown")]
    pub(crate) short: bool,
    /// Only the number of entries
    #[arg(short, long, conflicts_with = "ids", help_heading = "What is shown")]
    pub(crate) count: bool,
    /// Only the ids, one a line
    #[arg(hide_short_help = true, short = 'l', long, help_heading = "What is shown")]
    pub(crate) ids: bool,
    /// With -l: a NUL after each id in place of a line break
    #[arg(hide_short_help = true, short = '0', long = "null", requires = "ids", help_heading = "What is shown")]
    pub(crate) null: bool,
    /// Nothing: the exit status tells
    #[arg(hide_short_help = true, short, long, help_heading = "What is shown")]
    pub(crate) quiet: bool,
    /// Counts of these facets: person, project, archive, year, month, weekday, lang
    #[arg(long, group = "overview", value_name = "LIST", num_args = 0..=1, require_equals = true, default_missing_value = "person,project,month", help_heading = "Overviews")]
    pub(crate) facets: Option<String>,
    /// The people, with counts
    #[arg(long, group = "overview", help_heading = "Overviews")]
    pub(crate) people: bool,
    /// The projects, with counts
    #[arg(hide_short_help = true, long, group = "overview", help_heading = "Overviews")]
    pub(crate) projects: bool,
    /// A person's card: names used, first and last, entries a year, companions, projects
    #[arg(long, group = "overview", conflicts_with = "words", value_name = "NAME", help_heading = "Overviews")]
    pub(crate) who: Option<String>,
    /// The days of all hits as a heat map, a year a block
    #[arg(long, group = "overview", help_heading = "Overviews")]
    pub(crate) calendar: bool,
    /// The months or years of all hits, with bars and silences
    #[arg(long, group = "overview", help_heading = "Overviews")]
    pub(crate) timeline: bool,
    /// The longest silences between hits
    #[arg(hide_short_help = true, long, group = "overview", help_heading = "Overviews")]
    pub(crate) gaps: bool,
    /// Why each hit matched, in words; with --show, why it names whom it names
    #[arg(hide_short_help = true, long, help_heading = "What is shown")]
    pub(crate) explain: bool,
    /// How the query was read, and nothing else
    #[arg(hide_short_help = true, long, help_heading = "What is shown")]
    pub(crate) analyze: bool,

    /// The whole entry with this id; its day is enough where one archive alone has it
    #[arg(long, group = "walk", conflicts_with = "words", conflicts_with_all = OVERVIEWS, value_name = "ID", help_heading = "Entries")]
    pub(crate) show: Option<String>,
    /// The entry after this one
    #[arg(hide_short_help = true, long, group = "walk", conflicts_with = "words", conflicts_with_all = OVERVIEWS, value_name = "ID", help_heading = "Entries")]
    pub(crate) next: Option<String>,
    /// The entry before this one
    #[arg(hide_short_help = true, long, group = "walk", conflicts_with = "words", conflicts_with_all = OVERVIEWS, value_name = "ID", help_heading = "Entries")]
    pub(crate) prev: Option<String>,
    /// Any one of the hits, whole
    #[arg(hide_short_help = true, long, group = "walk", conflicts_with_all = OVERVIEWS, help_heading = "Entries")]
    pub(crate) random: bool,
    /// The page of the first hit, or of the Nth, in a browser
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "1", help_heading = "Entries")]
    pub(crate) open: Option<String>,
    /// The source of the first hit, or of the Nth, in an editor
    #[arg(hide_short_help = true, long, value_name = "N", num_args = 0..=1, default_missing_value = "1", conflicts_with = "open", help_heading = "Entries")]
    pub(crate) edit: Option<String>,

    /// How hits are written [default: text on a terminal, tsv elsewhere]
    #[arg(hide_short_help = true, long, value_parser = formats(), value_name = "FORMAT", help_heading = "Formats")]
    pub(crate) format: Option<Format>,
    /// The same as --format json: the bytes that the API sends
    #[arg(long, conflicts_with_all = ["format", "jsonl", "csv"], help_heading = "Formats")]
    pub(crate) json: bool,
    /// The same as --format jsonl
    #[arg(hide_short_help = true, long, conflicts_with_all = ["format", "csv"], help_heading = "Formats")]
    pub(crate) jsonl: bool,
    /// The same as --format csv
    #[arg(long, conflicts_with = "format", help_heading = "Formats")]
    pub(crate) csv: bool,
    /// The version of JSON that is expected; another is refused
    #[arg(hide_short_help = true, long, value_name = "N", help_heading = "Formats")]
    pub(crate) format_version: Option<u32>,
    /// When to use colour
    #[arg(
        long,
        value_enum,
        value_name = "WHEN",
        env = "DIARY_SEARCH_COLOR",
        hide_env_values = true,
        help_heading = "Formats"
    )]
    pub(crate) color: Option<Color>,
    /// Whether addresses are links
    #[arg(
        hide_short_help = true,
        long,
        value_enum,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true,
        help_heading = "Formats"
    )]
    pub(crate) hyperlink: Hyperlink,
    /// Whether what is taller than the terminal goes through a pager
    #[arg(
        hide_short_help = true,
        long,
        value_enum,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true,
        help_heading = "Formats"
    )]
    pub(crate) pager: Paging,

    /// Refuse what cannot be read in place of warning of it
    #[arg(hide_short_help = true, long, help_heading = "Reading of the query")]
    pub(crate) strict: bool,
    /// What today is, in place of the day of the newest entry
    #[arg(
        hide_short_help = true,
        long,
        value_name = "YYYY-MM-DD",
        env = "DIARY_SEARCH_NOW",
        hide_env_values = true,
        help_heading = "Reading of the query"
    )]
    pub(crate) now: Option<String>,
    /// When winter is, in place of what the archive says
    #[arg(hide_short_help = true, long, value_enum, value_name = "HALF", help_heading = "Reading of the query")]
    pub(crate) hemisphere: Option<Half>,

    #[command(flatten)]
    pub(crate) shared: Shared,
    /// Search the private entries in place of the public ones
    #[arg(hide_short_help = true, long, help_heading = "Places")]
    pub(crate) private: bool,
    /// Read changed sources first, however long it takes
    #[arg(hide_short_help = true, long, overrides_with = "no_refresh", help_heading = "Places")]
    pub(crate) refresh: bool,
    /// Do not look whether the sources changed
    #[arg(hide_short_help = true, long, help_heading = "Places")]
    pub(crate) no_refresh: bool,

    /// Say where settings came from and how long things took
    #[arg(short, long, action = ArgAction::Count)]
    pub(crate) verbose: u8,
    /// Write a manual page or completions
    #[arg(hide_short_help = true, long, value_enum, value_name = "WHAT", exclusive = true)]
    pub(crate) generate: Option<Generated>,
    /// What may stand after a flag, for completions: values that begin with the word given
    #[arg(hide = true, long, value_enum, value_name = "KIND")]
    pub(crate) candidates: Option<Candidates>,
}

/// What completions ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Candidates {
    /// Keys of people
    Person,
    /// Keys of projects
    Project,
    /// Names of archives
    Archive,
    /// Ids of entries
    Id,
    /// Years and months with entries
    Date,
}

/// The orders of hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Order {
    /// The best first
    Relevance,
    /// The newest first
    Date,
    /// The oldest first
    DateAsc,
}

impl Order {
    pub(crate) fn clause(self) -> &'static str {
        match self {
            Self::Relevance => "sort:relevance",
            Self::Date => "sort:date",
            Self::DateAsc => "sort:date-asc",
        }
    }
}

/// The formats by name.
fn formats() -> impl TypedValueParser<Value = Format> {
    let names = PossibleValuesParser::new(Format::ALL.map(Format::name));
    names.try_map(|name| Format::from_name(&name).ok_or("there is no such format"))
}

/// Whether addresses are links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Hyperlink {
    /// Where the terminal can
    Auto,
    /// Never
    Never,
}

/// The halves of the Earth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Half {
    /// Winter is December to February
    North,
    /// Winter is June to August
    South,
}

impl Args {
    /// The flags with their loose ends tied: a word after `--open` or `--edit` that is no number is a word to search for,
    /// and a day after `--on-this-day` is the day meant, though no `=` stands between them.
    pub(crate) fn settled(mut self) -> Self {
        for chosen in [&mut self.open, &mut self.edit] {
            if let Some(word) = chosen.take_if(|value| value.parse::<usize>().is_err()) {
                self.words.insert(0, word);
                *chosen = Some("1".to_owned());
            }
        }
        if let (Some(day), [word]) = (self.on_this_day.as_mut(), self.words.as_slice())
            && day.is_empty()
            && word
                .split_once('-')
                .is_some_and(|(month, day)| [month, day].iter().all(|part| part.parse::<u8>().is_ok()))
        {
            *day = self.words.remove(0);
        }
        self
    }

    /// Which hit is to be opened or edited, from 1.
    pub(crate) fn chosen(&self) -> Option<usize> {
        self.open.as_ref().or(self.edit.as_ref()).and_then(|number| number.parse().ok())
    }

    /// The folder given where words are; a slip worth a hint.
    pub(crate) fn folder_among_words(&self) -> Option<PathBuf> {
        match self.words.as_slice() {
            [one] if one.contains('/') => Some(PathBuf::from(one)).filter(|path| path.is_dir()),
            _ => None,
        }
    }

    /// The facets given where words are, without the `=` that a list of them takes; another such slip.
    pub(crate) fn facets_among_words(&self) -> Option<&str> {
        match self.words.as_slice() {
            [one] if self.facets.is_some() => {
                one.split(',').all(|name| Facet::from_name(name).is_some()).then_some(one.as_str())
            }
            _ => None,
        }
    }
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
    }

    #[test]
    fn a_word_after_open_is_searched_for() {
        for (line, words, chosen) in [
            ("x hotplug --open 3", vec!["hotplug"], Some(3)),
            ("x --open hotplug cpu", vec!["hotplug", "cpu"], Some(1)),
            ("x hotplug --edit", vec!["hotplug"], Some(1)),
            ("x hotplug", vec!["hotplug"], None),
        ] {
            let args = Args::try_parse_from(line.split(' ')).unwrap().settled();
            assert_eq!((args.chosen(), &args.words), (chosen, &words.iter().map(ToString::to_string).collect()));
        }
    }
}
