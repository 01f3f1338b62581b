//! Where nothing was found: questions near to the one that was asked, each with what it finds.

use crate::engine::{Engine, EngineError};
use crate::lang::{self, Clause, DateExpr, DayOfYear, Mode, Period, Query, TextField};
use crate::page::{Page, WayOn, Window};
use crate::plan::{DateRange, Node};
use crate::request::{Request, plan_for};
use diary::month_name;
use std::collections::BTreeSet;

/// The most ways on that are offered.
const MOST_WAYS: usize = 5;

/// How many conditions of a query are tried without.
const MOST_TRIED: usize = 8;

/// Fewer letters begin too many words.
const SHORTEST_BEGINNING: usize = 4;

/// Questions near to one that found nothing, each with what it finds: its words for a time as that time, the nearest
/// entries on both sides of a date, the words of a phrase without its quotes, words that begin as its own do, then one
/// condition fewer.
pub(crate) fn ways_on(
    engine: &dyn Engine,
    request: &Request,
    query: &Query,
    page: &Page,
) -> Result<Vec<WayOn>, EngineError> {
    let dated = lang::dated(query);
    let mut ways = match &dated {
        Some((dated, words)) => of_its_time(engine, request, dated, words.start)?,
        None => Vec::new(),
    };
    if page.partial_total > 0 {
        return Ok(ways);
    }
    let parts = query.parts();
    for (place, clause) in parts.iter().enumerate().take(MOST_TRIED) {
        if let Clause::Dates(_) | Clause::Days(_) = clause {
            ways.extend(nearest(engine, request, query, place)?);
        }
    }
    let mut offer = |what: String, query: Query| -> Result<(), EngineError> {
        if ways.len() < MOST_WAYS {
            let count = engine.count(&plan_for(engine, request, &query))?;
            ways.extend((count > 0).then(|| WayOn { what, query: query.to_string(), count }));
        }
        Ok(())
    };
    let unquoted = query.map(&mut words_of_phrase);
    if unquoted != *query {
        offer("without the quotes".to_owned(), unquoted)?;
    }
    let begun = query.map(&mut longer_words);
    if begun != *query {
        offer("with longer words too".to_owned(), begun)?;
    }
    if parts.len() > 1 {
        // The 4 without the July is no time.
        let is_of_time = |place: usize| dated.as_ref().is_some_and(|(_, words)| words.contains(&place));
        let others = parts.iter().enumerate().filter(|(place, _)| !is_of_time(*place));
        for (place, clause) in others.take(MOST_TRIED) {
            offer(format!("without {clause}"), query.without_part(place))?;
        }
    }
    ways.truncate(MOST_WAYS);
    Ok(ways)
}

/// A query whose words for a time were made the clause at `place`, or the nearest entries where there are none then.
fn of_its_time(engine: &dyn Engine, request: &Request, dated: &Query, place: usize) -> Result<Vec<WayOn>, EngineError> {
    match engine.count(&plan_for(engine, request, dated))? {
        0 => nearest(engine, request, dated, place),
        count => Ok(vec![WayOn { what: "at that time".to_owned(), query: dated.to_string(), count }]),
    }
}

/// A bare word as the beginning of one: `whitsun*` for `whitsun`.
fn longer_words(clause: &Clause) -> Option<Clause> {
    let word = clause.bare_word().filter(|word| word.chars().count() >= SHORTEST_BEGINNING)?;
    Some(Clause::term(lang::Term::new(word, Mode::Prefix)))
}

/// The words of a phrase, in any order and form.
fn words_of_phrase(clause: &Clause) -> Option<Clause> {
    let Clause::Text { field: TextField::Any, terms } = clause else { return None };
    let [lang::Term { text, mode: Mode::Phrase { .. }, .. }] = terms.as_slice() else { return None };
    Some(Clause::and(text.split_whitespace().map(Clause::word).collect()))
}

/// The days with entries next before and next after the dates or the day of one clause, all else of the query kept.
fn nearest(engine: &dyn Engine, request: &Request, query: &Query, place: usize) -> Result<Vec<WayOn>, EngineError> {
    let rest = query.without_part(place);
    let plan = plan_for(engine, request, query);
    let day = query.parts().get(place).map(|clause| plan_for(engine, request, &query.with_clause(clause.clone())).node);
    match (day, plan.understood.date) {
        (Some(Node::DaysOfYear(days)), _) => match days.as_slice() {
            [day] => nearest_days_of_year(engine, request, &rest, *day),
            _ => Ok(Vec::new()),
        },
        (_, Some(range)) => nearest_days(engine, request, &rest, range),
        (_, None) => Ok(Vec::new()),
    }
}

/// The days next to a day of any year on which there are entries, around the turn of the year where need be.
fn nearest_days_of_year(
    engine: &dyn Engine,
    request: &Request,
    rest: &Query,
    day: (u32, u32),
) -> Result<Vec<WayOn>, EngineError> {
    let dated = rest.and(Clause::Dates(vec![DateExpr::Since(Period::Year(1))]));
    let days = engine.days(&plan_for(engine, request, &dated))?;
    let days: BTreeSet<(u32, u32)> = days.into_iter().map(|(date, _)| (date.month(), date.day())).collect();
    let before = days.range(..day).next_back().or(days.last());
    let after = days.range(day..).next().or(days.first()).filter(|after| Some(*after) != before);
    let way = |(what, (month, day)): (&str, (u32, u32))| {
        let there = rest.and(Clause::Days(vec![DayOfYear::On { month, day }]));
        let count = engine.count(&plan_for(engine, request, &there))?;
        Ok(WayOn { what: format!("{what}: {day} {}", month_name(month)), query: there.to_string(), count })
    };
    let sides = [("the nearest day before", before), ("the nearest day after", after)];
    sides.into_iter().filter_map(|(what, day)| Some((what, *day?))).map(way).collect()
}

/// The days with entries next before and next after a range.
fn nearest_days(
    engine: &dyn Engine,
    request: &Request,
    rest: &Query,
    range: DateRange,
) -> Result<Vec<WayOn>, EngineError> {
    let sides = [
        ("the nearest before", range.has_start(), DateExpr::Before(Period::Day(range.from)), lang::Sort::Date),
        ("the nearest after", range.has_end(), DateExpr::After(Period::Day(range.to)), lang::Sort::DateAsc),
    ];
    let mut ways = Vec::new();
    for (what, bounded, dates, sort) in sides {
        if !bounded {
            continue;
        }
        let side = Query { sort: Some(sort), ..rest.and(Clause::Dates(vec![dates])) };
        let one = Window { limit: 1, passages: 0, partial: false, ..Window::default() };
        let found = engine.search(&plan_for(engine, request, &side), &one)?;
        let Some(day) = found.hits.first().and_then(|hit| hit.date.printed()) else { continue };
        let there = rest.and(Clause::Dates(vec![DateExpr::In(Period::Day(day))]));
        let count = engine.count(&plan_for(engine, request, &there))?;
        ways.push(WayOn { what: format!("{what}: {day}"), query: there.to_string(), count });
    }
    Ok(ways)
}
