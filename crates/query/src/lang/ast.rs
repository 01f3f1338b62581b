//! What a query says, once read.

use super::date::{DateExpr, Season};
use diary::{CivilDate, Facet, Span, Weekday};

/// A query: what must hold of an entry, and how the entries are wanted.
///
/// Its [`Display`](std::fmt::Display) is the canonical text, which reads back as an equal query.
///
/// ```
/// # use diary_query::lang::parse;
/// let query = parse("  who:Tridge   AND (rzip OR rsync)").query;
/// assert_eq!(query.to_string(), "person:Tridge (rzip OR rsync)");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// What must hold of an entry.
    pub clause: Clause,
    /// The order asked for; without one, relevance where there are words and newest first where there are none.
    pub sort: Option<Sort>,
    /// How many entries are asked for, 1 to [`MAX_LIMIT`](super::MAX_LIMIT).
    pub limit: Option<usize>,
    /// What "today" is to mean, where the query says.
    pub now: Option<CivilDate>,
}

impl Query {
    /// The query that everything answers.
    pub fn everything() -> Self {
        Self::of(Clause::All)
    }

    /// A query that asks for `clause` in the usual order.
    pub fn of(clause: Clause) -> Self {
        Self { clause, sort: None, limit: None, now: None }
    }

    /// The parts that must all hold: the members of an outermost AND, or the one clause there is; none for everything.
    pub fn parts(&self) -> &[Clause] {
        match &self.clause {
            Clause::And(parts) => parts,
            Clause::All => &[],
            one => std::slice::from_ref(one),
        }
    }

    /// The same query with another clause.
    #[must_use]
    pub fn with_clause(&self, clause: Clause) -> Self {
        Self { clause, ..self.clone() }
    }

    /// The same query without its `index`-th part.
    #[must_use]
    pub fn without_part(&self, index: usize) -> Self {
        let kept = self.parts().iter().enumerate().filter(|(i, _)| *i != index).map(|(_, part)| part.clone());
        self.with_clause(Clause::and(kept.collect()))
    }

    /// The same query with `clause` as a further condition.
    #[must_use]
    pub fn and(&self, clause: Clause) -> Self {
        let parts = self.parts().iter().cloned().chain([clause]);
        self.with_clause(Clause::and(parts.collect()))
    }

    /// The same query with a further value of a facet: beside the values that it asks for already, any of which will do, or
    /// as a condition of its own.
    #[must_use]
    pub fn with_value(&self, facet: Facet, key: &str) -> Self {
        let value = Clause::facet_value(facet, key);
        let mut parts = self.parts().to_vec();
        match parts.iter_mut().rev().find_map(|part| part.merge(&value).then_some(())) {
            Some(()) => self.with_clause(Clause::and(parts)),
            None => self.and(value),
        }
    }

    /// The same query with every clause that `change` answers for replaced by its answer. Outer clauses are asked first,
    /// and what was replaced is not looked into.
    #[must_use]
    pub fn map(&self, change: &mut dyn FnMut(&Clause) -> Option<Clause>) -> Self {
        self.with_clause(self.clause.map(change))
    }

    /// Whether an order by relevance has anything to go by: some word that is not excluded.
    pub fn has_words(&self) -> bool {
        self.clause.has_words()
    }
}

/// A condition on an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clause {
    /// Always holds.
    All,
    /// All of these hold; two or more.
    And(Vec<Self>),
    /// At least one of these holds; two or more.
    Or(Vec<Self>),
    /// This does not hold.
    Not(Box<Self>),
    /// The words stand in this part of the entry; one of several terms is enough.
    Text {
        /// Where they are looked for.
        field: TextField,
        /// What is looked for; exactly one where the field is [`TextField::Any`].
        terms: Vec<Term>,
    },
    /// The entry has one of these values of a facet: a person, project, archive or language.
    Named {
        /// Which facet.
        facet: Facet,
        /// The values as written; any of them will do.
        names: Vec<Name>,
    },
    /// The entry's date meets one of these.
    Dates(Vec<DateExpr>),
    /// The entry is of one of these days, in any year.
    Days(Vec<DayOfYear>),
    /// The entry is of one of these months.
    Months(Vec<MonthOf>),
    /// The entry is of one of these seasons, in any year.
    Seasons(Vec<Season>),
    /// The entry is of one of these years.
    Years(Vec<i32>),
    /// The entry is of one of these days of the week.
    Weekdays(Vec<Weekday>),
    /// The entry has one of these.
    Has(Vec<Has>),
    /// The entry is one of these.
    Is(Vec<Flag>),
    /// The entry's id is one of these, or begins with it.
    Ids(Vec<String>),
}

impl Clause {
    /// A bare word.
    pub fn word(text: &str) -> Self {
        Self::term(Term::word(text))
    }

    /// One term, wherever it stands.
    pub fn term(term: Term) -> Self {
        Self::Text { field: TextField::Any, terms: vec![term] }
    }

    /// The term of a bare word: one to be found wherever it stands, in whatever form.
    pub(crate) fn bare_term(&self) -> Option<&Term> {
        match self {
            Self::Text { field: TextField::Any, terms } => match terms.as_slice() {
                [term] if term.mode == Mode::Word => Some(term),
                _ => None,
            },
            _ => None,
        }
    }

    /// The bare word that this clause is.
    pub(crate) fn bare_word(&self) -> Option<&str> {
        self.bare_term().map(|term| term.text.as_str())
    }

    /// One value of a facet by its key, written as the language writes it.
    ///
    /// Years, months (`2003-07`) and weekdays that are none give a clause that looks for a value of that name.
    pub fn facet_value(facet: Facet, key: &str) -> Self {
        let calendar = match facet {
            Facet::Year => key.parse().ok().map(|year| Self::Years(vec![year])),
            Facet::Month => MonthOf::from_key(key).map(|month| Self::Months(vec![month])),
            Facet::Weekday => super::value::weekday(key).map(|day| Self::Weekdays(vec![day])),
            _ => None,
        };
        calendar.unwrap_or_else(|| Self::Named { facet, names: vec![Name::plain(key)] })
    }

    /// All of `parts`: flattened, and without what always holds.
    pub fn and(parts: Vec<Self>) -> Self {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Self::All => {}
                Self::And(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        match flat.len() {
            0 => Self::All,
            1 => flat.remove(0),
            _ => Self::And(flat),
        }
    }

    /// Any of `parts`, of which there is at least one: flattened.
    pub fn or(parts: Vec<Self>) -> Self {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Self::Or(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        match flat.len() {
            0 => Self::All,
            1 => flat.remove(0),
            _ => Self::Or(flat),
        }
    }

    /// The opposite of this clause; of an opposite, the clause itself.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// The clause with the parts that `change` answers for replaced.
    fn map(&self, change: &mut dyn FnMut(&Self) -> Option<Self>) -> Self {
        if let Some(changed) = change(self) {
            return changed;
        }
        match self {
            Self::And(parts) => Self::and(parts.iter().map(|part| part.map(change)).collect()),
            Self::Or(parts) => Self::or(parts.iter().map(|part| part.map(change)).collect()),
            Self::Not(inner) => inner.map(change).negated(),
            leaf => leaf.clone(),
        }
    }

    /// Takes in the values of a clause of the same kind and field, so that any of them will do; says whether it did.
    pub(super) fn merge(&mut self, other: &Self) -> bool {
        match (self, other) {
            (Self::Named { facet, names }, Self::Named { facet: of, names: more }) if facet == of => {
                names.extend_from_slice(more);
            }
            (Self::Text { field, terms }, Self::Text { field: of, terms: more })
                if field == of && *of != TextField::Any =>
            {
                terms.extend_from_slice(more);
            }
            (Self::Dates(dates), Self::Dates(more)) => dates.extend_from_slice(more),
            (Self::Days(days), Self::Days(more)) => days.extend_from_slice(more),
            (Self::Months(months), Self::Months(more)) => months.extend_from_slice(more),
            (Self::Seasons(seasons), Self::Seasons(more)) => seasons.extend_from_slice(more),
            (Self::Years(years), Self::Years(more)) => years.extend_from_slice(more),
            (Self::Weekdays(days), Self::Weekdays(more)) => days.extend_from_slice(more),
            (Self::Has(has), Self::Has(more)) => has.extend_from_slice(more),
            (Self::Is(flags), Self::Is(more)) => flags.extend_from_slice(more),
            (Self::Ids(ids), Self::Ids(more)) => ids.extend_from_slice(more),
            _ => return false,
        }
        true
    }

    fn has_words(&self) -> bool {
        match self {
            Self::Text { .. } => true,
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::has_words),
            _ => false,
        }
    }
}

/// A word, or several in a row, to be found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The user's own characters. How they fall into words is for the index to say: `2.6.0-test10` is one term here,
    /// and a text of which the index makes nothing (an emoji, perhaps) is to be passed over.
    pub text: String,
    /// How closely it is to be met.
    pub mode: Mode,
    /// Where it was written.
    pub place: Place,
}

impl Term {
    /// A word that any form of it meets.
    pub fn word(text: &str) -> Self {
        Self::new(text, Mode::Word)
    }

    /// A term written nowhere.
    pub fn new(text: &str, mode: Mode) -> Self {
        Self { text: text.to_owned(), mode, place: Place::default() }
    }
}

/// How closely a term is to be met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// In any form of the word, and in parts of an identifier.
    Word,
    /// In this form only: `=word`.
    Exact,
    /// By any word that begins so: `modul*`.
    Prefix,
    /// By any word at most this many typing errors away: `tridgel~`.
    Fuzzy {
        /// 1 or 2.
        distance: u8,
    },
    /// In this order and these forms: `"hotplug cpu"`. With slop in any order, at most that many words between.
    Phrase {
        /// How many words may stand between; 0 for none, at most [`MAX_SLOP`](super::MAX_SLOP).
        slop: u32,
    },
}

/// The part of an entry that a term is looked for in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextField {
    /// Everything that is read as the diarist's words.
    Any,
    /// Its own title.
    Title,
    /// The line that names it.
    Heading,
    /// Where its links lead, and their words.
    Link,
    /// Its preformatted pieces.
    Code,
    /// Words of others beside it: comments, footnotes, editors' notes.
    Note,
    /// The labels that it carries.
    Tag,
    /// Who wrote it, where that is not the diarist.
    Author,
}

impl TextField {
    /// Its name in the language; empty for [`TextField::Any`].
    pub fn name(self) -> &'static str {
        match self {
            Self::Any => "",
            Self::Title => "title",
            Self::Heading => "heading",
            Self::Link => "link",
            Self::Code => "code",
            Self::Note => "note",
            Self::Tag => "tag",
            Self::Author => "author",
        }
    }
}

/// A facet value as written, before anyone has said whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name.
    pub text: String,
    /// Whether uncertain mentions count too: `person:dave?`.
    pub uncertain: bool,
    /// Where it was written.
    pub place: Place,
}

impl Name {
    /// A name written nowhere, its certain mentions only.
    pub fn plain(text: &str) -> Self {
        Self { text: text.to_owned(), uncertain: false, place: Place::default() }
    }
}

/// Where in the query text something was written; empty where it was not.
///
/// All places are equal: two queries that say the same are the same, wherever their words stand.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place(pub Span);

impl PartialEq for Place {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Place {}

/// A day in any year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DayOfYear {
    /// This day of this month, which exists in leap years at least.
    On {
        /// 1 to 12.
        month: u32,
        /// 1 to 31.
        day: u32,
    },
    /// The day and month that it is today.
    Today,
}

/// A month of any year, or of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MonthOf {
    /// The year, or any.
    pub year: Option<i32>,
    /// 1 to 12.
    pub month: u32,
}

impl MonthOf {
    /// The month that a facet value names: `2003-07`.
    pub fn from_key(key: &str) -> Option<Self> {
        let (year, month) = key.split_once('-')?;
        let date = CivilDate::new(year.parse().ok()?, month.parse().ok()?, 1)?;
        Some(Self { year: Some(date.year()), month: date.month() })
    }
}

macro_rules! names {
    ($(#[$doc:meta])* $type:ident { $($(#[$variant_doc:meta])* $variant:ident = $name:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $type { $($(#[$variant_doc])* $variant,)* }

        impl $type {
            /// All there are.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its name in the language.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The one of this name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.name() == name)
            }
        }
    };
}

names! {
    /// What an entry can contain.
    Has {
        /// A link.
        Link = "link",
        /// A preformatted piece.
        Code = "code",
        /// The words of another.
        Quote = "quote",
        /// A comment, footnote or editor's note.
        Note = "note",
        /// A title of its own.
        Title = "title",
        /// A person named.
        Person = "person",
        /// A project named.
        Project = "project",
    }
}

names! {
    /// What can be true of an entry.
    Flag {
        /// Its page names a weekday that its date does not have.
        DateConflict = "date-conflict",
        /// A long silence came before it.
        FirstAfterGap = "first-after-gap",
        /// Its page gives no date that exists.
        Undated = "undated",
    }
}

names! {
    /// In which order the entries are wanted. Ties go by date, newest first, then by entry id.
    Sort {
        /// The best match first.
        Relevance = "relevance",
        /// The newest first.
        Date = "date",
        /// The oldest first.
        DateAsc = "date-asc",
    }
}
