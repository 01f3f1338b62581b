//! Days that people remember by name.

/// A feast of which the days are not the same every year, or are several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Feast {
    /// 24 to 26 December.
    Christmas,
    /// 31 December of the year before and 1 January.
    NewYear,
    /// Good Friday to Easter Monday.
    Easter,
    /// 31 October.
    Halloween,
    /// 14 February.
    Valentine,
    /// 47 days before Easter Sunday.
    ShroveTuesday,
    /// The day after Shrove Tuesday.
    AshWednesday,
    /// The Sunday before Easter.
    PalmSunday,
    /// The Friday before Easter.
    GoodFriday,
    /// 39 days after Easter Sunday, a Thursday.
    Ascension,
    /// Whit Sunday, Pentecost: 49 days after Easter Sunday.
    Whitsun,
}

impl Feast {
    /// Every one with its words, the canonical one first.
    pub(super) const WORDS: [(&'static str, Self); 15] = [
        ("christmas", Self::Christmas),
        ("new year", Self::NewYear),
        ("easter", Self::Easter),
        ("halloween", Self::Halloween),
        ("valentine", Self::Valentine),
        ("shrove tuesday", Self::ShroveTuesday),
        ("ash wednesday", Self::AshWednesday),
        ("palm sunday", Self::PalmSunday),
        ("good friday", Self::GoodFriday),
        ("ascension day", Self::Ascension),
        ("whitsun", Self::Whitsun),
        ("xmas", Self::Christmas),
        ("valentines", Self::Valentine),
        ("whit sunday", Self::Whitsun),
        ("pentecost", Self::Whitsun),
    ];

    /// How many days after Easter Sunday it is, where it is one day that moves with Easter.
    pub(crate) fn days_after_easter(self) -> Option<i64> {
        match self {
            Self::ShroveTuesday => Some(-47),
            Self::AshWednesday => Some(-46),
            Self::PalmSunday => Some(-7),
            Self::GoodFriday => Some(-2),
            Self::Ascension => Some(39),
            Self::Whitsun => Some(49),
            Self::Christmas | Self::NewYear | Self::Easter | Self::Halloween | Self::Valentine => None,
        }
    }

    /// Its days in any year, month and day, where they are the same in all.
    pub(super) fn days_of_year(self) -> Option<&'static [(u32, u32)]> {
        match self {
            Self::Christmas => Some(&[(12, 24), (12, 25), (12, 26)]),
            Self::NewYear => Some(&[(12, 31), (1, 1)]),
            Self::Halloween => Some(&[(10, 31)]),
            Self::Valentine => Some(&[(2, 14)]),
            _ => None,
        }
    }
}

/// The days of a year that have a name, apostrophes left out, with their month and day.
const NAMED_DAYS: [(&str, (u32, u32)); 27] = [
    ("all fools day", (4, 1)),
    ("all saints", (11, 1)),
    ("all saints day", (11, 1)),
    ("all souls", (11, 2)),
    ("all souls day", (11, 2)),
    ("armistice day", (11, 11)),
    ("bonfire night", (11, 5)),
    ("boxing day", (12, 26)),
    ("candlemas", (2, 2)),
    ("christmas day", (12, 25)),
    ("christmas eve", (12, 24)),
    ("epiphany", (1, 6)),
    ("gunpowder day", (11, 5)),
    ("guy fawkes", (11, 5)),
    ("lady day", (3, 25)),
    ("lammas", (8, 1)),
    ("martinmas", (11, 11)),
    ("may day", (5, 1)),
    ("michaelmas", (9, 29)),
    ("midsummer", (6, 24)),
    ("midsummer day", (6, 24)),
    ("new year day", (1, 1)),
    ("new year eve", (12, 31)),
    ("new years day", (1, 1)),
    ("new years eve", (12, 31)),
    ("twelfth day", (1, 6)),
    ("valentines day", (2, 14)),
];

/// The month and day of a day that has a name.
pub(super) fn named_day(name: &str) -> Option<(u32, u32)> {
    NAMED_DAYS.iter().find(|(each, _)| *each == name).map(|(_, day)| *day)
}

/// The feast of this name.
pub(super) fn named_feast(name: &str) -> Option<Feast> {
    let name = if name == "new years" { "new year" } else { name };
    Feast::WORDS.iter().find(|(each, _)| *each == name).map(|(_, feast)| *feast)
}
