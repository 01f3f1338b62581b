//! What was wrong in the input and survived.

use diary::EntryId;
use std::collections::BTreeMap;

/// Something wrong in a source. Reading went on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What it is.
    pub kind: ProblemKind,
    /// The source, relative to its archive; as on disk, so escape it before it is shown.
    pub source: String,
    /// The line, from 1; 0 where lines mean nothing.
    pub line: usize,
    /// One sentence for people.
    pub message: String,
    /// The entry it speaks of, where there is one.
    pub entry: Option<EntryId>,
    /// How many there are of it: 1, but for what sums up others.
    pub times: usize,
}

impl Problem {
    /// A problem of a whole source.
    pub fn of_source(kind: ProblemKind, source: &str, message: impl Into<String>) -> Self {
        Self { kind, source: source.to_owned(), line: 0, message: message.into(), entry: None, times: 1 }
    }
}

/// So many problems of one kind are told one by one of a source.
const MOST_TOLD: usize = 1000;

/// Sums up what a source has more of. The problems come, and go, in the order of their sources.
pub(crate) fn summed_up(problems: &[Problem]) -> Vec<Problem> {
    let mut told = Vec::new();
    for of_source in problems.chunk_by(|a, b| a.source == b.source) {
        let mut counts: BTreeMap<ProblemKind, usize> = BTreeMap::new();
        for problem in of_source {
            let count = counts.entry(problem.kind).or_default();
            *count += 1;
            if *count <= MOST_TOLD {
                told.push(problem.clone());
            }
        }
        for (kind, count) in counts.into_iter().filter(|(_, count)| *count > MOST_TOLD) {
            let times = count - MOST_TOLD;
            let message = format!("{times} more are like these.");
            told.push(Problem { times, ..Problem::of_source(kind, &of_source[0].source, message) });
        }
    }
    told
}

/// The kinds of problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProblemKind {
    /// The weekday, the metadata or the path contradicts the date.
    DateConflict,
    /// The date does not exist, so that its entry has none.
    ImpossibleDate,
    /// A misspelt or misprinted date was mended.
    RepairedDate,
    /// An entry has text but nothing that dates it.
    MissingDate,
    /// An entry stands out of the order of its neighbours.
    OutOfOrder,
    /// The same entry stands in several places.
    Duplicate,
    /// A dated entry without a word.
    Empty,
    /// A source has text, but nothing in it is an entry.
    NoEntries,
    /// A source has entries, and a good deal of text outside them.
    OutsideEntries,
    /// Bytes that the encoding has no letter for.
    ReplacedCharacters,
    /// The label of the encoding is wrong.
    WrongEncoding,
    /// Control characters were taken out.
    ControlCharacters,
    /// Part of a source could not be understood, and was passed over.
    Malformed,
    /// Marks nested deeper than the limit, or paragraphs beyond the most that are told apart; their text was kept.
    TooDeep,
    /// A source, or a member of a container, is larger than the limit.
    TooLarge,
    /// A container has more members, or unpacks to more, than the limits allow.
    ContainerLimit,
    /// A source could not be opened or read.
    Unreadable,
    /// A source is no text.
    SkippedBinary,
    /// A symbolic link, which is not followed.
    SkippedLink,
    /// A pipe, socket or device, which is not opened.
    SkippedSpecial,
    /// A pattern or setting could not be understood.
    BadSetting,
}

impl ProblemKind {
    /// Every kind.
    pub const ALL: [Self; 21] = [
        Self::DateConflict,
        Self::ImpossibleDate,
        Self::RepairedDate,
        Self::MissingDate,
        Self::OutOfOrder,
        Self::Duplicate,
        Self::Empty,
        Self::NoEntries,
        Self::OutsideEntries,
        Self::ReplacedCharacters,
        Self::WrongEncoding,
        Self::ControlCharacters,
        Self::Malformed,
        Self::TooDeep,
        Self::TooLarge,
        Self::ContainerLimit,
        Self::Unreadable,
        Self::SkippedBinary,
        Self::SkippedLink,
        Self::SkippedSpecial,
        Self::BadSetting,
    ];

    /// Its name: lower-case words joined by hyphens.
    pub fn name(self) -> &'static str {
        match self {
            Self::DateConflict => "date-conflict",
            Self::ImpossibleDate => "impossible-date",
            Self::RepairedDate => "repaired-date",
            Self::MissingDate => "missing-date",
            Self::OutOfOrder => "out-of-order",
            Self::Duplicate => "duplicate",
            Self::Empty => "empty",
            Self::NoEntries => "no-entries",
            Self::OutsideEntries => "outside-entries",
            Self::ReplacedCharacters => "replaced-characters",
            Self::WrongEncoding => "wrong-encoding",
            Self::ControlCharacters => "control-characters",
            Self::Malformed => "malformed",
            Self::TooDeep => "too-deep",
            Self::TooLarge => "too-large",
            Self::ContainerLimit => "container-limit",
            Self::Unreadable => "unreadable",
            Self::SkippedBinary => "skipped-binary",
            Self::SkippedLink => "skipped-link",
            Self::SkippedSpecial => "skipped-special",
            Self::BadSetting => "bad-setting",
        }
    }

    /// Whether input was left out, so that the run must not be called complete.
    pub fn leaves_out(self) -> bool {
        matches!(
            self,
            Self::TooLarge
                | Self::ContainerLimit
                | Self::Unreadable
                | Self::SkippedBinary
                | Self::SkippedLink
                | Self::SkippedSpecial
                | Self::BadSetting
        )
    }
}
