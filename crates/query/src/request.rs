//! The one call that the command line and the server both make.

use crate::engine::{Engine, EngineError};
use crate::lang::{self, Clause, Diagnostic, Mode, Parsed, Query, Severity};
use crate::page::{Answer, Window};
use crate::plan::{Plan, PlanContext, plan};
use crate::selection;
use crate::ways_on::ways_on;
use diary::{Calendar, CivilDate, Hemisphere};

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Request {
    /// In the query language.
    pub text: String,
    /// Whether what cannot be read is an error instead of a warning.
    pub strict: bool,
    /// What "today" is to mean, whatever the clock says.
    pub now: Option<CivilDate>,
    /// What the clock says. An archive whose newest entry is long past is closed: its "today" is that entry's day.
    pub clock: Option<CivilDate>,
    /// Where its seasons are; without it, the archive's own.
    pub hemisphere: Option<Hemisphere>,
    /// Which part of the answer.
    pub window: Window,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SearchError {
    /// A strict query that cannot be read.
    #[error("{}", .0.message)]
    Query(Diagnostic),
    /// The engine could not answer.
    #[error(transparent)]
    Engine(#[from] EngineError),
}

/// Reads the question, plans it, lets the engine find, and offers ways on where nothing was found.
///
/// # Errors
///
/// [`SearchError::Query`] for a strict request alone; [`SearchError::Engine`] where the index cannot be used.
pub fn search(engine: &dyn Engine, request: &Request) -> Result<Answer, SearchError> {
    let Reading { query, plan, mut diagnostics } = read(engine, request)?;
    let (query, plan) = match respelt(engine, request, &query, &plan, &diagnostics)? {
        Some((respelt, note)) => {
            diagnostics.push(note);
            let plan = plan_for(engine, request, &respelt);
            (respelt, plan)
        }
        None => (query, plan),
    };
    let window = Window { limit: plan.limit.unwrap_or(request.window.limit), ..request.window.clone() };
    let mut page = engine.search(&plan, &window)?;
    // The canonical query says each thing once, as the plan does.
    let canonical = lang::parse(&plan.understood.text).query;
    for counts in &mut page.facets {
        selection::link(&canonical, &plan, engine.names(), window.facets_of_hits, counts);
    }
    let ways_on = if page.total == 0 { ways_on(engine, request, &query, &page)? } else { Vec::new() };
    Ok(Answer {
        query: request.text.clone(),
        understood: plan.understood,
        diagnostics,
        page,
        ways_on,
        index: engine.facts().state.clone(),
    })
}

/// How a question is read, without asking anything of the entries.
pub struct Reading {
    /// What was understood.
    pub query: Query,
    /// What is to be found.
    pub plan: Plan,
    /// What was wrong, or is worth saying.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads and plans a question against what the engine holds.
///
/// # Errors
///
/// As [`search`].
pub fn read(engine: &dyn Engine, request: &Request) -> Result<Reading, SearchError> {
    let Parsed { query, mut diagnostics } = lang::parse(&request.text);
    let plan = plan_for(engine, request, &query);
    diagnostics.extend(plan.diagnostics.iter().cloned());
    let refused = diagnostics.iter().find(|diagnostic| diagnostic.severity == Severity::Warning);
    match refused.filter(|_| request.strict) {
        Some(diagnostic) => Err(SearchError::Query(diagnostic.clone())),
        None => Ok(Reading { query, plan, diagnostics }),
    }
}

/// An archive without an entry in so many days is closed.
const CLOSED_AFTER_DAYS: i64 = 366;

pub(crate) fn plan_for(engine: &dyn Engine, request: &Request, query: &Query) -> Plan {
    let facts = engine.facts();
    let number = |date: CivilDate| Calendar::Gregorian.day(date).map(diary::Day::number);
    let open = facts.newest.zip(request.clock).and_then(|(newest, clock)| Some(number(clock)? - number(newest)?));
    let clock = request.clock.filter(|_| open.is_none_or(|days| days <= CLOSED_AFTER_DAYS));
    let (today, today_is_newest) = match (request.now.or(clock), facts.newest) {
        (Some(today), _) => (today, false),
        (None, Some(newest)) => (newest, true),
        (None, None) => (Calendar::Gregorian.civil(diary::Day::MIN), false),
    };
    let hemisphere = request.hemisphere.unwrap_or(facts.hemisphere);
    let now = request.now.or(request.clock).unwrap_or(today);
    let context = PlanContext {
        today,
        today_is_newest,
        day_of_year: (now.month(), now.day()),
        hemisphere,
        calendar: facts.calendar,
        names: engine.names(),
    };
    plan(query, &context)
}

/// The query with words that stand nowhere exchanged for the nearest that do, and what to say of it.
fn respelt(
    engine: &dyn Engine,
    request: &Request,
    query: &Query,
    plan: &Plan,
    said: &[Diagnostic],
) -> Result<Option<(Query, Diagnostic)>, EngineError> {
    if request.strict {
        return Ok(None);
    }
    // The name of a month or season is no misspelling, even where nobody wrote it.
    let times: Vec<&str> = plan.lifts.iter().flat_map(|lift| lift.words.split(' ')).collect();
    // What was meant by a field or a value that is none has been said already.
    let is_said = |clause: &Clause| said.iter().any(|said| Some(said.span) == place(clause));
    let mut exchanged: Vec<(String, String)> = Vec::new();
    let mut looked_up: Vec<&str> = Vec::new();
    let optional = plan.optional_words();
    let asked = |word: &&str| !times.contains(word) && !optional.contains(word) && !lang::names_a_time(word);
    let words = query.parts().iter().filter_map(Clause::bare_word).filter(asked).count();
    for clause in query.parts() {
        let Some(word) = clause.bare_word().filter(asked) else { continue };
        if is_said(clause) || looked_up.contains(&word) || looked_up.len() >= MOST_LOOKED_UP {
            continue;
        }
        looked_up.push(word);
        if let Some(near) = engine.spelling(word)?
            && (words < MANY_WORDS || is_surely(word, &near))
        {
            exchanged.push((word.to_owned(), near));
        }
    }
    if exchanged.is_empty() {
        return Ok(None);
    }
    let respelt = query.map(&mut |clause| {
        let word = clause.bare_word()?;
        let (_, near) = exchanged.iter().find(|(absent, _)| absent == word)?;
        Some(Clause::word(near))
    });
    let original = query.map(&mut |clause| {
        let word = clause.bare_word()?;
        exchanged.iter().any(|(absent, _)| absent == word).then(|| exactly(word))
    });
    let said: Vec<String> =
        exchanged.iter().map(|(absent, near)| format!("“{absent}” stands nowhere: “{near}” was searched")).collect();
    let (first, _) = &exchanged[0];
    let start = request.text.find(first.as_str()).unwrap_or(0);
    let span = diary::Span::new(start, (start + first.len()).min(request.text.len()));
    let note = Diagnostic::warning("respelt", span, said.join("; ")).suggesting(original.to_string());
    Ok(Some((respelt, note)))
}

/// The spelling of so many words of a query is looked up.
const MOST_LOOKED_UP: usize = 16;

/// From so many words on, one that stands nowhere is not missed, and a wrong guess does more harm than none.
const MANY_WORDS: usize = 6;

/// Whether the two differ by so little that hardly another word can be meant.
fn is_surely(word: &str, near: &str) -> bool {
    const LETTERS_AN_ERROR: usize = 7;
    strsim::osa_distance(&word.to_lowercase(), near) * LETTERS_AN_ERROR <= word.chars().count()
}

/// Where a bare word stands in the text of the query.
fn place(clause: &Clause) -> Option<diary::Span> {
    clause.bare_term().map(|term| term.place.0)
}

fn exactly(word: &str) -> Clause {
    Clause::term(lang::Term::new(word, Mode::Exact))
}
