//! The language as a table: what can be written, what it means, an example. Help pages are made from it.

use super::TextField;
use diary::Facet;

/// One way to write something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operator {
    /// Under which heading a help page shows it.
    pub group: &'static str,
    /// How it is written.
    pub write: &'static str,
    /// What it means.
    pub means: &'static str,
    /// A query that uses it and reads without a diagnostic.
    pub example: &'static str,
}

macro_rules! operators {
    ($($group:literal { $($write:literal, $means:literal, $example:literal;)* })*) => {
        /// Everything that can be written, in the order of a help page.
        pub static OPERATORS: &[Operator] = &[$($(
            Operator { group: $group, write: $write, means: $means, example: $example },
        )*)*];
    };
}

operators! {
    "Words" {
        "hotplug cpu", "both words, in any order and form; the nearer to each other the better", "hotplug cpu";
        "what did he think of x", "the words asked about; small words, and such as only ask, need not be there", "when was the keynote";
        "first mention of x", "the entries with x, the oldest first; last mention of x, the newest; first entry, of all", "first mention of hotplug";
        "\"hotplug cpu\"", "exactly these words, in this order", "\"hotplug cpu\"";
        "\"hotplug cpu\"~5", "exactly these words, in any order, at most five others between", "\"hotplug cpu\"~5";
        "hotplug NEAR cpu", "the same with ten others between; NEAR/5 with five", "hotplug NEAR/5 cpu";
        "=module", "exactly this word, in no other form", "=module";
        "modul*", "words that begin so; three letters at least", "modul*";
        "tridgel~", "words one typing error away; two from eight letters on, or as many as ~1 and ~2 say", "tridgel~";
        "*", "everything", "*";
    }
    "Together" {
        "a b, a AND b", "both", "rzip AND rsync";
        "a OR b", "either; binds weaker than AND", "rzip OR rsync";
        "-a, NOT a", "not this", "module -person:linus";
        "(a OR b) c", "grouped", "(futex OR kthread) person:linus";
        "field:(a OR b)", "all of the group in one field", "title:(module OR kernel)";
    }
    "People and projects" {
        "person:tridge", "names this person, under whatever name; all who may be meant", "person:\"Andrew Tridgell\"";
        "tridgell", "a whole name among the words, or a surname that one alone has, meets their other names too", "dinner tridgell";
        "person:a,b", "names one of them; the same field twice asks for both", "person:tridge,linus";
        "person:=a", "the one whose key this is, and nobody else who goes by that name", "person:=tridgell-andrew";
        "person:dave?", "the uncertain mentions too", "person:dave?";
        "project:kernel", "is about this project or anything below it; `project:kernel/*` says the same", "project:kernel";
    }
    "Dates" {
        "date:2003-07", "in a day, month, quarter, week, year, decade or century", "date:2003-07";
        "date:2003-07-26", "on a day; 20030726 too", "date:2003-07-26";
        "date:2003-Q3", "in a quarter of a year", "date:2003-Q3";
        "date:2003-W30", "in an ISO week, Monday to Sunday", "date:2003-W30";
        "date:a..b", "from the start of one to the end of the other; either may be left out", "date:2003-07..2003-09";
        "date:[a TO b]", "the same", "date:[2003-01-01 TO 2003-01-31]";
        "date:>=a", "also <= > and <", "date:>=2003-11";
        "before:a", "strictly before it starts", "before:2003-06";
        "until:a", "up to its end", "until:2003-06";
        "after:a", "strictly after its end", "after:2003-06";
        "since:a", "from its start", "since:2003-06";
        "date:\"July 2003\"", "in words, with quotes or without: days, months, weeks of a month, halves of a year, early, mid and late, feasts, 17th century, 昭和五年九月", "date:\"last week of July 2003\"";
        "date:\"winter 2003\"", "a season, by the hemisphere of the archive; named by the year it begins in", "date:\"winter 2003\"";
        "date:\"around a\"", "about that time: a week either side of a day, half a month of a month", "date:\"around 2003-08-10\"";
        "date:\"last month\"", "counted from today: today, yesterday, this week, 3 weeks ago, last 30 days, last tuesday, last summer, since march", "date:\"3 weeks ago\"";
        "now:a", "the day that counts as today", "date:\"last month\" now:2003-08-15";
    }
    "Any year" {
        "keynote july", "a time among the words is met by the entries of that time too: months and seasons beside other words, days, years, easter 1661, before may 1661, from june to july 1667", "keynote july";
        "day:10-06", "on this day of any year; on: is the same", "on:10-06";
        "date:summer", "in this season of any year", "date:summer";
        "day:today", "on today's day of any year; on this day says the same", "on:today";
        "month:july", "in this month of any year, or of one: month:2003-07", "month:july";
        "weekday:friday", "on this day of the week", "weekday:friday";
        "year:2003", "in this year", "year:2003";
    }
    "Other fields" {
        "archive:rusty", "in this archive", "archive:rusty";
        "lang:de", "in this language", "lang:de";
        "title:a", "in its own title", "title:module";
        "heading:a", "in the line that names it", "heading:friday";
        "link:a", "in the address or the words of a link", "link:qemu";
        "code:a", "in preformatted text", "code:printk";
        "note:a", "in the words of others beside it: comments, footnotes", "note:editor";
        "tag:a", "among its labels", "tag:travel";
        "author:a", "by this writer, where that is not the diarist", "author:alli";
        "id:a", "the entry of this id, or all whose id begins so; a whole id needs no field", "id:rusty/2003-12-19";
    }
    "Flags" {
        "has:link", "has a link, code, quote, note, title, person or project", "has:link,code";
        "is:date-conflict", "its page names a weekday that its date does not have", "is:date-conflict";
        "is:first-after-gap", "the first after a long silence", "is:first-after-gap";
        "is:undated", "has no date that exists", "is:undated";
    }
    "Order" {
        "sort:date", "newest first; date-asc is oldest first, relevance best first", "keynote sort:date-asc";
        "limit:50", "so many entries", "keynote limit:50";
    }
}

/// What a field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// A value of a facet that has names: person, project, archive, language.
    Named(Facet),
    /// A year, or years.
    Year,
    /// A month of any year or of one.
    Month,
    /// A day of the week.
    Weekday,
    /// Words in a part of the entry.
    Text(TextField),
    /// A date.
    Date,
    /// Strictly before a period.
    Before,
    /// Up to the end of a period.
    Until,
    /// Strictly after a period.
    After,
    /// From the start of a period.
    Since,
    /// A day of any year.
    Day,
    /// What the entry contains.
    Has,
    /// What is true of the entry.
    Is,
    /// The entry's id.
    Id,
    /// The order of the entries.
    Sort,
    /// How many entries.
    Limit,
    /// What "today" means.
    Now,
}

/// A field with its names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldNames {
    /// What it is.
    pub field: Field,
    /// The name that canonical queries use.
    pub name: &'static str,
    /// Other names that are read.
    pub aliases: &'static [&'static str],
}

/// Every field. Names are lower case; a query may write them in any.
pub static FIELDS: &[FieldNames] = &[
    field(Field::Named(Facet::Person), "person", &["people", "persons", "who", "with"]),
    field(Field::Named(Facet::Project), "project", &["projects"]),
    field(Field::Named(Facet::Archive), "archive", &["archives", "diary"]),
    field(Field::Named(Facet::Lang), "lang", &["language"]),
    field(Field::Date, "date", &["dates", "when", "in"]),
    field(Field::Before, "before", &[]),
    field(Field::Until, "until", &["till", "to"]),
    field(Field::After, "after", &[]),
    field(Field::Since, "since", &["from"]),
    field(Field::Day, "day", &["on"]),
    field(Field::Month, "month", &["months"]),
    field(Field::Weekday, "weekday", &["weekdays"]),
    field(Field::Year, "year", &["years"]),
    field(Field::Text(TextField::Title), "title", &["subject"]),
    field(Field::Text(TextField::Heading), "heading", &[]),
    field(Field::Text(TextField::Link), "link", &["links", "url"]),
    field(Field::Text(TextField::Code), "code", &[]),
    field(Field::Text(TextField::Note), "note", &["notes", "comment"]),
    field(Field::Text(TextField::Tag), "tag", &["tags", "label"]),
    field(Field::Text(TextField::Author), "author", &["by"]),
    field(Field::Has, "has", &[]),
    field(Field::Is, "is", &[]),
    field(Field::Id, "id", &[]),
    field(Field::Sort, "sort", &["order"]),
    field(Field::Limit, "limit", &[]),
    field(Field::Now, "now", &[]),
];

const fn field(field: Field, name: &'static str, aliases: &'static [&'static str]) -> FieldNames {
    FieldNames { field, name, aliases }
}

impl Field {
    /// The field that goes by this name, in any letter case.
    pub fn from_name(name: &str) -> Option<Self> {
        let is = |known: &&str| known.eq_ignore_ascii_case(name);
        FIELDS.iter().find(|row| is(&row.name) || row.aliases.iter().any(is)).map(|row| row.field)
    }

    /// The name that canonical queries use; empty for words anywhere.
    pub fn name(self) -> &'static str {
        FIELDS.iter().find(|row| row.field == self).map_or("", |row| row.name)
    }

    /// Whether its values are dates, which may stand in brackets.
    pub(super) fn is_date(self) -> bool {
        matches!(self, Self::Date | Self::Year | Self::Month | Self::Before | Self::Until | Self::After | Self::Since)
    }

    /// Whether its values are words to be found.
    pub(super) fn is_text(self) -> bool {
        matches!(self, Self::Text(_))
    }

    /// Whether it says how entries are wanted instead of which.
    pub fn is_directive(self) -> bool {
        matches!(self, Self::Sort | Self::Limit | Self::Now)
    }
}

/// The longest name that is compared with others for its spelling, in bytes.
const LONGEST_MISSPELT: usize = 32;

/// The one of `known` that `text` is most likely a misspelling of.
pub(super) fn nearest<'a>(text: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if text.len() > LONGEST_MISSPELT {
        return None;
    }
    let text = text.to_lowercase();
    let allowed = if text.chars().count() < 5 { 1 } else { 2 };
    let distances = known.map(|name| (strsim::damerau_levenshtein(&text, name), name));
    distances.filter(|(distance, _)| *distance <= allowed).min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}
