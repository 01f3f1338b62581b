//! How a query was read, for people to see and to take apart.

use super::aliases::{Run, runs};
use super::names::meant;
use super::{DateRange, Node, PlanContext, dates, texts};
use crate::lang::{Clause, DateExpr, DayOfYear, Mode, MonthOf, Name, Query, Season, Term, TextField, weekday_name};
use diary::{Calendar, Facet, Hemisphere, month_name};
use std::fmt::Write;

/// How a query was read.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Understood {
    /// The canonical query: words in their order, then filters in an order of their own. It reads to the same plan.
    pub text: String,
    /// Its conditions one by one, all of which hold; none for everything.
    pub clauses: Vec<UnderstoodClause>,
    /// The days from the first to the last that its dates leave open, where it has any.
    pub date: Option<DateRange>,
}

/// One condition of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnderstoodClause {
    /// As the language writes it.
    pub text: String,
    /// What it came to: `person = Andrew Tridgell (via "tridge")`. Empty where that says no more than the text.
    pub meaning: String,
    /// The canonical query without it.
    pub remove: String,
}

impl Understood {
    /// What the names and dates became, in one line; empty where there is nothing to say.
    pub fn summary(&self) -> String {
        let said: Vec<&str> =
            self.clauses.iter().map(|clause| clause.meaning.as_str()).filter(|meaning| !meaning.is_empty()).collect();
        said.join(" · ")
    }
}

/// The query with its words in front, in their order (nearness counts), and its filters behind, each once, sorted.
///
/// It is this query that is planned, so that the text shown and the plan made cannot differ.
pub(super) fn canonical(query: &Query) -> Query {
    let (words, filters): (Vec<Clause>, Vec<Clause>) = query.parts().iter().cloned().partition(has_text);
    let mut filters: Vec<(usize, String, Clause)> =
        filters.into_iter().map(|filter| (rank(&filter), filter.to_string(), filter)).collect();
    filters.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    filters.dedup_by(|a, b| a.2 == b.2);
    let parts = words.into_iter().chain(filters.into_iter().map(|(_, _, filter)| filter));
    query.with_clause(Clause::and(parts.collect()))
}

/// How a canonical query was read.
pub(super) fn understood(query: &Query, context: &PlanContext) -> Understood {
    let mut runs = named_runs(query, context).into_iter().peekable();
    let mut clauses = Vec::new();
    let mut at = 0;
    while let Some(part) = query.parts().get(at) {
        let run = runs.next_if(|run| run.nodes.start == at);
        let end = run.as_ref().map_or(at + 1, |run| run.nodes.end);
        let text = if run.is_some() { words(&query.parts()[at..end]) } else { part.to_string() };
        let meaning = run.map_or_else(|| meaning(part, context), |run| beside(&text, &run, context));
        let rest = query.parts()[..at].iter().chain(&query.parts()[end..]).cloned();
        let remove = query.with_clause(Clause::and(rest.collect())).to_string();
        clauses.push(UnderstoodClause { text, meaning, remove });
        at = end;
    }
    let ranges = query.parts().iter().filter_map(|part| match part {
        Clause::Dates(dates) => {
            dates.iter().filter_map(|date| dates::range(date, context)).reduce(|whole, range| whole.hull(range))
        }
        _ => None,
    });
    let date = ranges.map(Some).reduce(|open, range| open.zip(range).and_then(|(a, b)| a.meet(b))).flatten();
    Understood { text: query.to_string(), clauses, date }
}

/// The words of a query that name someone or a time.
fn named_runs(query: &Query, context: &PlanContext) -> Vec<Run> {
    let node = |part: &Clause| match part {
        Clause::Text { field, terms } => texts(*field, terms),
        _ => Node::All,
    };
    runs(&query.parts().iter().map(node).collect::<Vec<_>>(), context)
}

fn words(parts: &[Clause]) -> String {
    parts.iter().map(Clause::to_string).collect::<Vec<_>>().join(" ")
}

/// What else meets such words, or they stand for: `tridge, or person = Andrew Tridgell`.
fn beside(words: &str, run: &Run, context: &PlanContext) -> String {
    let named: Vec<String> = run.named.iter().map(|named| named_meaning(named, context)).collect();
    let also = named.iter().map(|named| format!(", or {named}"));
    match &run.time {
        Some(time) if time.is_unmistakable() => named.concat(),
        _ => words.to_owned() + &also.collect::<String>(),
    }
}

/// What a name or a time among the words came to.
fn named_meaning(named: &Node, context: &PlanContext) -> String {
    let month = |month: &u32| month_meaning(&MonthOf { year: None, month: *month });
    let day = |(month, day): &(u32, u32)| day_meaning(&DayOfYear::On { month: *month, day: *day }, context);
    match named {
        Node::Facet { facet, keys, .. } => {
            let label = |key: &String| context.names.forms(*facet, key).into_iter().next();
            either(keys.iter().map(|key| label(key).unwrap_or_else(|| key.clone())), facet.name())
        }
        Node::Dates(ranges) => either(ranges.iter().map(DateRange::to_string), "date"),
        Node::DaysOfYear(days) => either(days.iter().map(day), "day"),
        Node::MonthsOfYear(months) => either(months.iter().map(month), "month"),
        _ => String::new(),
    }
}

fn has_text(clause: &Clause) -> bool {
    match clause {
        Clause::Text { .. } => true,
        Clause::And(parts) | Clause::Or(parts) => parts.iter().any(has_text),
        Clause::Not(inner) => has_text(inner),
        _ => false,
    }
}

/// Which filters stand before which.
fn rank(clause: &Clause) -> usize {
    match clause {
        Clause::Named { facet, .. } => *facet as usize,
        Clause::Years(_) => Facet::Year as usize,
        Clause::Months(_) => Facet::Month as usize,
        Clause::Weekdays(_) => Facet::Weekday as usize,
        Clause::Seasons(_) => 9,
        Clause::Days(_) => 10,
        Clause::Dates(_) => 11,
        Clause::Has(_) => 12,
        Clause::Is(_) => 13,
        Clause::Ids(_) => 14,
        _ => 15,
    }
}

/// What a condition came to; empty where that says no more than its text.
fn meaning(clause: &Clause, context: &PlanContext) -> String {
    match clause {
        Clause::All => String::new(),
        Clause::And(parts) | Clause::Or(parts) => {
            let joint = if matches!(clause, Clause::And(_)) { " and " } else { " or " };
            let told: Vec<(String, String)> =
                parts.iter().map(|part| (meaning(part, context), part.to_string())).collect();
            if told.iter().all(|(meaning, _)| meaning.is_empty()) {
                return String::new();
            }
            let each = told.into_iter().map(|(meaning, text)| if meaning.is_empty() { text } else { meaning });
            each.collect::<Vec<_>>().join(joint)
        }
        Clause::Not(inner) => match meaning(inner, context) {
            meaning if meaning.is_empty() => meaning,
            meaning => format!("not: {meaning}"),
        },
        Clause::Text { field, terms } => terms_meaning(*field, terms),
        Clause::Named { facet, names } => {
            either(names.iter().map(|name| name_meaning(*facet, name, context)), facet.name())
        }
        Clause::Dates(dates) => {
            let told = dates.iter().map(|date| date_meaning(date, context)).collect::<Vec<_>>().join(" or ");
            if clause.to_string().ends_with(&format!(":{told}")) { String::new() } else { told }
        }
        Clause::Days(days) => either(days.iter().map(|day| day_meaning(day, context)), "day"),
        Clause::Months(months) => either(months.iter().map(month_meaning), "month"),
        Clause::Seasons(seasons) => either(seasons.iter().map(|season| season_meaning(*season, context)), "month"),
        Clause::Years(years) => either(years.iter().map(|year| format!("{year:04}")), "year"),
        Clause::Weekdays(days) => either(days.iter().map(|day| weekday_name(*day).to_owned()), "weekday"),
        Clause::Has(values) => either(values.iter().map(|value| value.name().to_owned()), "has"),
        Clause::Is(flags) => either(flags.iter().map(|flag| flag.name().replace('-', " ")), "is"),
        Clause::Ids(ids) => either(ids.iter().cloned(), "id"),
    }
}

/// `what = a or b`.
fn either(values: impl Iterator<Item = String>, what: &str) -> String {
    format!("{what} = {}", values.collect::<Vec<_>>().join(" or "))
}

/// What is unusual about a term; bare words and phrases speak for themselves.
fn terms_meaning(field: TextField, terms: &[Term]) -> String {
    let kind = |term: &Term| match term.mode {
        Mode::Word | Mode::Phrase { slop: 0 } => String::new(),
        Mode::Exact => format!("exactly {}", term.text),
        Mode::Prefix => format!("words that begin with {}", term.text),
        Mode::Fuzzy { distance: 1 } => format!("{} with at most one typing error", term.text),
        Mode::Fuzzy { distance } => format!("{} with at most {distance} typing errors", term.text),
        Mode::Phrase { slop } => format!("{} within {slop} words of each other", term.text),
    };
    if field == TextField::Any {
        return terms.iter().map(kind).collect();
    }
    let each = terms.iter().map(|term| match kind(term) {
        usual if usual.is_empty() => term.text.clone(),
        unusual => unusual,
    });
    either(each, field.name())
}

/// How many of the values that a name may mean are listed.
const LISTED: usize = 8;

fn name_meaning(facet: Facet, name: &Name, context: &PlanContext) -> String {
    let found = meant(facet, name, context.names);
    let mut told: Vec<String> = found.iter().take(LISTED).map(|found| found.label.clone()).collect();
    if found.len() > LISTED {
        told.push(format!("{} more", found.len() - LISTED));
    }
    let mut text = if told.is_empty() { format!("nothing known as \"{}\"", name.text) } else { told.join(" or ") };
    let is_label = |label: &str| diary::fold(label) == diary::fold(&name.text);
    if let [only] = found.as_slice()
        && !is_label(&only.label)
        && name.text.trim_start_matches('=') != only.key
    {
        // Writing to a string does not fail.
        let _ = write!(text, " (via \"{}\")", name.text);
    }
    let keys: Vec<String> = found.iter().map(|found| found.key.clone()).collect();
    if !context.names.below(facet, &keys).is_empty() {
        text.push_str(" and all below");
    }
    if name.uncertain {
        text.push_str(", uncertain mentions too");
    }
    text
}

/// `2003-06-01..2003-08-31 (winter 2003, southern)`.
fn date_meaning(expr: &DateExpr, context: &PlanContext) -> String {
    let days = match dates::range(expr, context) {
        Some(range) => range.to_string(),
        None => return format!("no day at all ({})", in_words(expr)),
    };
    let mut why = Vec::new();
    let is_plain = matches!(expr, DateExpr::In(_) | DateExpr::Between(..));
    if !(is_plain && expr.periods().all(|period| period.is_numeric() && !period.is_relative())) {
        why.push(in_words(expr));
    }
    if expr.periods().any(|period| period.is_seasonal()) {
        why.push(hemisphere_name(context).to_owned());
    }
    if expr.periods().any(|period| period.is_relative()) {
        let newest = if context.today_is_newest { "the newest entry, " } else { "" };
        why.push(format!("counted from {newest}{}", context.today));
    }
    if context.calendar != Calendar::Gregorian {
        why.push("as the archive prints its dates".to_owned());
    }
    if why.is_empty() { days } else { format!("{days} ({})", why.join(", ")) }
}

fn in_words(expr: &DateExpr) -> String {
    match expr {
        DateExpr::In(period) => period.to_string(),
        DateExpr::Between(from, to) => format!("{from}..{to}"),
        DateExpr::Before(period) => format!("before {period}"),
        DateExpr::Until(period) => format!("until the end of {period}"),
        DateExpr::After(period) => format!("after {period}"),
        DateExpr::Since(period) => format!("since {period}"),
    }
}

fn day_meaning(day: &DayOfYear, context: &PlanContext) -> String {
    let told = |month, day| format!("{day} {} of any year", month_name(month));
    match day {
        DayOfYear::On { month, day } => told(*month, *day),
        DayOfYear::Today => told(context.day_of_year.0, context.day_of_year.1),
    }
}

/// `December, January or February of any year (summer, southern)`.
fn season_meaning(season: Season, context: &PlanContext) -> String {
    let [first, second, third] = dates::season_months(season, context).map(month_name);
    format!("{first}, {second} or {third} of any year ({}, {})", season.word(), hemisphere_name(context))
}

fn hemisphere_name(context: &PlanContext) -> &'static str {
    if context.hemisphere == Hemisphere::South { "southern" } else { "northern" }
}

fn month_meaning(of: &MonthOf) -> String {
    match of.year {
        Some(year) => format!("{} {year:04}", month_name(of.month)),
        None => format!("{} of any year", month_name(of.month)),
    }
}
