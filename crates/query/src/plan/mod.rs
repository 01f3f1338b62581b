//! From what a query says to what an engine is to do: names and dates are settled here, and nothing else is left open.

mod aliases;
mod dates;
mod function_words;
mod names;
mod question;
mod understood;

#[cfg(test)]
mod tests;

pub use dates::DateRange;
pub(crate) use names::name_of;
pub use names::{NameMatch, Names, without_value};
pub use understood::{Understood, UnderstoodClause};

use crate::lang::{
    Clause, DayOfYear, Diagnostic, Flag, Has, MAX_DIAGNOSTICS, MonthOf, Query, Sort, Term, TextField, quoted,
};
use diary::{Calendar, CivilDate, Facet, Hemisphere, Weekday};
use diary_index_schema::analysis;

/// What a query is read against.
#[derive(Clone, Copy)]
pub struct PlanContext<'a> {
    /// What "today" means, unless the query says `now:` itself.
    pub today: CivilDate,
    /// Whether that is the newest entry of a closed archive rather than the day it is.
    pub today_is_newest: bool,
    /// The month and day that it is, by which past years are looked back on; that of a closed archive's reader.
    pub day_of_year: (u32, u32),
    /// Where the archive's seasons are.
    pub hemisphere: Hemisphere,
    /// The calendar that the archive prints, for weeks and the ends of months.
    pub calendar: Calendar,
    /// The people, projects, archives and languages there are.
    pub names: &'a dyn Names,
}

/// What an engine is to find, fully settled.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// What must hold of an entry.
    pub node: Node,
    /// The order of the entries.
    pub sort: Sort,
    /// How many entries, where the query says.
    pub limit: Option<usize>,
    /// Times named among the words, and diarists: entries of them rank higher, and no entry is left out for it.
    pub lifts: Vec<Lift>,
    /// How the query was read.
    pub understood: Understood,
    /// What could not be settled, or is worth knowing.
    pub diagnostics: Vec<Diagnostic>,
}

/// A condition on an entry. `All` and `None` stand at the top only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Every entry.
    All,
    /// No entry.
    None,
    /// All of these hold; two or more, none an `And`.
    And(Vec<Self>),
    /// At least one holds; two or more, none an `Or`.
    Or(Vec<Self>),
    /// This does not hold; no `Not` itself.
    Not(Box<Self>),
    /// This may hold, and raises an entry for which it does. Only among the parts of an `And` that has others.
    Optional(Box<Self>),
    /// A term stands in a field. A text of which the index makes no word holds everywhere.
    Text {
        /// Where.
        field: TextField,
        /// What.
        term: Term,
    },
    /// Words that are also a name of someone or something, or of a time: the words stand there, or the entry names it by
    /// any alias, or is of that time.
    Alias {
        /// The words: one [`Node::Text`] or an `And` of several.
        words: Box<Self>,
        /// Whose name they are: each a [`Node::Facet`], or for a time what a [`Lift`] has.
        named: Vec<Self>,
    },
    /// The entry has one of these values of a facet.
    Facet {
        /// Which facet. Years are `2003`, months `2003-07`, weekdays as [`weekday_key`] has them.
        facet: Facet,
        /// The values, sorted, each once.
        keys: Vec<String>,
        /// The values below those, which are found with them; sorted.
        below: Vec<String>,
        /// Names whose uncertain mentions count too: a suggested mention of one of `keys`, or in one of these forms.
        uncertain: Vec<String>,
    },
    /// The entry's printed days touch one of these ranges: in order, apart from one another. Undated entries never do.
    Dates(Vec<DateRange>),
    /// The entry's first printed day is one of these days of its year: (month, day).
    DaysOfYear(Vec<(u32, u32)>),
    /// The entry's first printed day is in one of these months, 1 to 12.
    MonthsOfYear(Vec<u32>),
    /// The entry has one of these.
    Has(Vec<Has>),
    /// One of these is true of the entry.
    Flag(Vec<Flag>),
    /// The entry's id is one of these or continues it after a `/` or `-`: `rusty/2003`.
    Id(Vec<String>),
}

/// A time named among the words of a query, or in a question a diarist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lift {
    /// The words: `july 2003`.
    pub words: String,
    /// Which entries: [`Node::Dates`], [`Node::DaysOfYear`] or [`Node::MonthsOfYear`]; of a diarist, a [`Node::Facet`].
    pub node: Node,
    /// Whether the words ask for nothing but times: then its entries come before those that only speak of it.
    pub alone: bool,
}

impl Node {
    /// All of `nodes`.
    pub fn and(nodes: Vec<Self>) -> Self {
        let mut flat = Vec::with_capacity(nodes.len());
        for node in nodes {
            match node {
                Self::All => {}
                Self::None => return Self::None,
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

    /// Any of `nodes`.
    pub fn or(nodes: Vec<Self>) -> Self {
        let mut flat = Vec::with_capacity(nodes.len());
        for node in nodes {
            match node {
                Self::None => {}
                Self::All => return Self::All,
                Self::Or(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        match flat.len() {
            0 => Self::None,
            1 => flat.remove(0),
            _ => Self::Or(flat),
        }
    }

    /// The opposite.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::All => Self::None,
            Self::None => Self::All,
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// The parts that must all hold; none for everything.
    pub fn parts(&self) -> &[Self] {
        match self {
            Self::And(parts) => parts,
            Self::All => &[],
            one => std::slice::from_ref(one),
        }
    }
}

/// The value of [`Facet::Weekday`] for a day of the week: its English name in lower case.
pub fn weekday_key(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "monday",
        Weekday::Tue => "tuesday",
        Weekday::Wed => "wednesday",
        Weekday::Thu => "thursday",
        Weekday::Fri => "friday",
        Weekday::Sat => "saturday",
        Weekday::Sun => "sunday",
    }
}

/// Settles a query: whom its names name, which days its dates are, in what order its entries come.
///
/// Total: what names nobody finds nothing and is said in the diagnostics. The work is bounded by the size of the query,
/// which the parser bounds, times the cost of a look-up in `context.names`.
pub fn plan(query: &Query, context: &PlanContext) -> Plan {
    let context = &PlanContext {
        today: query.now.unwrap_or(context.today),
        today_is_newest: context.today_is_newest && query.now.is_none(),
        day_of_year: query.now.map_or(context.day_of_year, |now| (now.month(), now.day())),
        ..*context
    };
    let query = &understood::canonical(query);
    let mut diagnostics = Vec::new();
    let node = lower(&query.clause, query, context, &mut diagnostics);
    let usual = if query.has_words() { Sort::Relevance } else { Sort::Date };
    let in_words = if query.sort.is_none() { question::order(query, &node, context) } else { None };
    diagnostics.extend(in_words.map(|sort| ordered_in_words(query, sort)));
    diagnostics.extend(query.parts().iter().filter_map(Clause::bare_term).filter_map(without_words));
    diagnostics.extend(question::operator_in_small_letters(query, context));
    let sort = query.sort.or(in_words).unwrap_or(usual);
    let mut lifts = aliases::lifts(query, &node, context);
    lifts.extend(question::diarists(query, context));
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
    diagnostics.dedup();
    diagnostics.truncate(MAX_DIAGNOSTICS);
    Plan { node, sort, limit: query.limit, lifts, understood: understood::understood(query, context), diagnostics }
}

/// That a term is not looked for, where it holds nothing that is indexed: `🎉`.
fn without_words(term: &Term) -> Option<Diagnostic> {
    let message = || format!("{} is no word: it is not looked for", quoted(&term.text));
    analysis::tokens(&term.text).is_empty().then(|| Diagnostic::note("nothing-to-search", term.place.0, message()))
}

/// That the words of a query ask for an order, and how to have the usual one.
fn ordered_in_words(query: &Query, sort: Sort) -> Diagnostic {
    let first = if sort == Sort::DateAsc { "oldest" } else { "newest" };
    let message = format!("the {first} come first, as the words ask");
    let usual = Query { sort: Some(Sort::Relevance), ..query.clone() };
    Diagnostic::note("order-in-words", diary::Span::default(), message).suggesting(usual.to_string())
}

impl Plan {
    /// The bare words that an entry need not have.
    pub(crate) fn optional_words(&self) -> Vec<&str> {
        let parts = self.node.parts().iter();
        let optional =
            parts.filter_map(|part| if let Node::Optional(inner) = part { Some(inner.as_ref()) } else { None });
        optional
            .filter_map(|part| if let Node::Text { term, .. } = part { Some(term.text.as_str()) } else { None })
            .collect()
    }
}

/// What a clause of `query` asks of an entry.
fn lower(clause: &Clause, query: &Query, context: &PlanContext, diagnostics: &mut Vec<Diagnostic>) -> Node {
    match clause {
        Clause::All => Node::All,
        Clause::And(parts) => {
            // Words side by side are looked at together: one name may take several of them.
            let nodes = parts.iter().map(|part| match part {
                Clause::Text { field, terms } => texts(*field, terms),
                other => lower(other, query, context, diagnostics),
            });
            let nodes = nodes.collect();
            Node::and(question::lighten(aliases::join(nodes, context), context))
        }
        Clause::Or(parts) => Node::or(parts.iter().map(|part| lower(part, query, context, diagnostics)).collect()),
        // An excluded word excludes that word, not everyone who goes by it.
        Clause::Not(inner) => plain(lower(inner, query, context, diagnostics)).negated(),
        Clause::Text { field, terms } => Node::and(aliases::join(vec![texts(*field, terms)], context)),
        Clause::Named { facet, names } => names::named(*facet, names, query, context, diagnostics),
        Clause::Dates(dates) => {
            let ranges = DateRange::union(dates.iter().filter_map(|date| dates::range(date, context)).collect());
            if ranges.is_empty() { Node::None } else { Node::Dates(ranges) }
        }
        Clause::Days(days) => Node::DaysOfYear(sorted(days.iter().map(|day| match day {
            DayOfYear::On { month, day } => (*month, *day),
            DayOfYear::Today => context.day_of_year,
        }))),
        Clause::Months(months) => lower_months(months),
        Clause::Seasons(seasons) => {
            Node::MonthsOfYear(sorted(seasons.iter().flat_map(|season| dates::season_months(*season, context))))
        }
        Clause::Years(years) => facet(Facet::Year, years.iter().map(|year| format!("{year:04}"))),
        Clause::Weekdays(days) => facet(Facet::Weekday, days.iter().map(|day| weekday_key(*day).to_owned())),
        Clause::Has(values) => Node::Has(values.clone()),
        Clause::Is(flags) => Node::Flag(flags.clone()),
        Clause::Ids(ids) => Node::Id(sorted(ids.iter().cloned())),
    }
}

/// One of these terms in a field.
fn texts(field: TextField, terms: &[Term]) -> Node {
    Node::or(terms.iter().map(|term| Node::Text { field, term: term.clone() }).collect())
}

/// The node without its aliases: the words alone.
fn plain(node: Node) -> Node {
    match node {
        Node::Alias { words, .. } => *words,
        Node::And(parts) => Node::and(parts.into_iter().map(plain).collect()),
        Node::Or(parts) => Node::or(parts.into_iter().map(plain).collect()),
        Node::Not(inner) => plain(*inner).negated(),
        leaf => leaf,
    }
}

fn lower_months(months: &[MonthOf]) -> Node {
    let any_year = sorted(months.iter().filter(|month| month.year.is_none()).map(|month| month.month));
    let of_a_year = months.iter().filter_map(|of| of.year.map(|year| format!("{year:04}-{:02}", of.month)));
    let any_year = if any_year.is_empty() { Node::None } else { Node::MonthsOfYear(any_year) };
    Node::or(vec![any_year, facet(Facet::Month, of_a_year)])
}

/// The entries with one of these values; none where there are none.
fn facet(facet: Facet, keys: impl Iterator<Item = String>) -> Node {
    let keys = sorted(keys);
    if keys.is_empty() {
        return Node::None;
    }
    Node::Facet { facet, keys, below: Vec::new(), uncertain: Vec::new() }
}

fn sorted<T: Ord>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut values: Vec<T> = values.collect();
    values.sort();
    values.dedup();
    values
}
