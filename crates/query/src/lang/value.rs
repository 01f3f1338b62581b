//! What stands behind a field's colon, as the field reads it.

use super::ast::{Clause, DayOfYear, Flag, Has, Mode, MonthOf, Name, Place, Sort, Term};
use super::chars::{is_break, is_lead, is_searchable, squeeze, trim_end, weight};
use super::date::{DateExpr, Period, Unit};
use super::diagnostic::quoted;
use super::numbers_in_words::month_in_any_language;
use super::table::{Field, nearest};
use super::text_of_date::{named_season, read_bound, read_day_of_year, read_days_of_year, read_expr, read_period};
use super::{MAX_LIMIT, MAX_PHRASE, MAX_REACH, MAX_SLOP, MIN_PREFIX};
use diary::{CivilDate, Facet, Span};

pub(super) use super::text_of_date::{Unread, weekday};

/// One value as it stands in the text: `"Andrew Tridgell"?` is a quoted part and a bare one.
pub(super) struct RawValue {
    /// Where it stands.
    pub(super) span: Span,
    /// Its first part, if that is in quotes, without them.
    pub(super) quoted: Option<String>,
    /// Everything else of it, quotes taken away.
    pub(super) bare: String,
}

impl RawValue {
    fn text(&self) -> String {
        squeeze(&format!("{}{}", self.quoted.as_deref().unwrap_or_default(), self.bare))
    }
}

/// What a value came to.
pub(super) enum Reading {
    /// A condition on entries.
    Clause(Clause),
    /// The order of the entries.
    Sort(Sort),
    /// How many of them.
    Limit(usize),
    /// What today is.
    Now(CivilDate),
}

/// The code for a date that is one of two days.
pub(super) const AMBIGUOUS: &str = "ambiguous-date";
/// The problem with a day that no calendar has.
pub(super) const NO_SUCH_DAY: &str = "no-such-day";

/// Why a value could not be read.
pub(super) struct Problem {
    /// The code of the diagnostic.
    pub(super) code: &'static str,
    /// Its message.
    pub(super) message: String,
    /// What to write instead of the value, if that can be said.
    pub(super) instead: Option<String>,
}

impl Problem {
    fn new(code: &'static str, message: String) -> Self {
        Self { code, message, instead: None }
    }
}

/// Reads one value of `field`.
pub(super) fn read(field: Field, raw: &RawValue) -> Result<Reading, Problem> {
    let text = raw.text();
    let clause = match field {
        Field::Named(facet) => named(facet, raw)?,
        Field::Text(field) => Clause::Text { field, terms: vec![term(raw)?] },
        Field::Date => date(&text)?,
        Field::Before => Clause::Dates(vec![DateExpr::Before(period(&text)?)]),
        Field::Until => Clause::Dates(vec![DateExpr::Until(period(&text)?)]),
        Field::After => Clause::Dates(vec![DateExpr::After(period(&text)?)]),
        Field::Since => Clause::Dates(vec![DateExpr::Since(period(&text)?)]),
        Field::Day => day(&text)?,
        Field::Month => match (month_of(&text), read_expr(&text)) {
            (Some(month), _) => Clause::Months(vec![month]),
            (None, Ok(range @ DateExpr::Between(..))) => Clause::Dates(vec![range]),
            (None, _) => {
                return Err(Problem::new("unreadable-date", format!("cannot read {} as a month", quoted(&text))));
            }
        },
        Field::Year => year(&text)?,
        Field::Weekday => match weekday(&text) {
            Some(day) => Clause::Weekdays(vec![day]),
            None => {
                return Err(Problem::new("unreadable-date", format!("no day of the week is called {}", quoted(&text))));
            }
        },
        Field::Has => Clause::Has(vec![one_of(&text, "has", Has::ALL, Has::name)?]),
        Field::Is => Clause::Is(vec![one_of(&text, "is", Flag::ALL, Flag::name)?]),
        Field::Id if is_searchable(&text) => Clause::Ids(vec![text]),
        Field::Id => return Err(Problem::new("no-value", "an id is missing".to_owned())),
        Field::Sort => return sort(&text).map(Reading::Sort),
        Field::Limit => return limit(&text).map(Reading::Limit),
        Field::Now => return now(&text).map(Reading::Now),
    };
    Ok(Reading::Clause(clause))
}

/// Whether the value of a date says its year, so that words behind it are not part of it.
pub(super) fn says_year(date: &str) -> bool {
    date.as_bytes().windows(4).any(|four| four.iter().all(u8::is_ascii_digit))
}

/// A name, with `?` for its uncertain mentions; `/*` says what holds anyway, that all below it counts too. `*` alone is
/// any name at all.
fn named(facet: Facet, raw: &RawValue) -> Result<Clause, Problem> {
    let bare = raw.bare.trim_end_matches(|c| is_lead(c) && c != '?' || c == '.');
    let (bare, uncertain) = match bare.trim_end_matches('?') {
        rest if rest.len() < bare.len() => (rest, true),
        rest => (rest, false),
    };
    let bare = bare.strip_suffix("/*").unwrap_or(bare);
    let (first, rest) = match &raw.quoted {
        Some(quoted) => (quoted.as_str(), bare),
        None => ("", bare.trim_start_matches(is_lead)),
    };
    let text = squeeze(&format!("{first}{rest}"));
    let any = match facet {
        Facet::Person => Some(Has::Person),
        Facet::Project => Some(Has::Project),
        _ => None,
    };
    match any {
        Some(any) if text == "*" => Ok(Clause::Has(vec![any])),
        _ if !is_searchable(&text) => Err(Problem::new("no-value", format!("{}: has no name behind it", facet.name()))),
        _ => Ok(Clause::Named { facet, names: vec![Name { text, uncertain, place: Place(raw.span) }] }),
    }
}

/// A term in a field, read as it is anywhere.
fn term(raw: &RawValue) -> Result<Term, Problem> {
    let place = Place(raw.span);
    let read = match &raw.quoted {
        Some(phrase) => {
            let text = self::phrase(phrase);
            let slop = slop(&raw.bare).map_or(0, |(slop, _)| slop.min(most_slop(&text)));
            is_searchable(&text).then_some((text, Mode::Phrase { slop }))
        }
        None => bare_term(&raw.bare),
    };
    match read {
        Some((text, mode)) => Ok(Term { text, mode, place }),
        None => Err(Problem::new("no-value", "there is nothing to look for here".to_owned())),
    }
}

/// The words of a phrase, as many as are read.
pub(super) fn phrase(text: &str) -> String {
    text.split(is_break).filter(|word| !word.is_empty()).take(MAX_PHRASE).collect::<Vec<_>>().join(" ")
}

/// The slop behind a phrase, `~5`, and how many bytes it is; nothing where there is none.
pub(super) fn slop(rest: &str) -> Option<(u32, usize)> {
    let rest = rest.strip_prefix('~')?;
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let slop = rest.get(..digits).filter(|digits| !digits.is_empty());
    // A number too long to read is a large one.
    Some((slop.map_or(0, |digits| digits.parse().unwrap_or(MAX_SLOP).min(MAX_SLOP)), digits + 1))
}

/// The most slop of a phrase of so many words: the more words, the nearer they stand, or looking for them takes long.
pub(super) fn most_slop(phrase: &str) -> u32 {
    let words = phrase.split(is_break).filter(|word| !word.is_empty()).count().max(1);
    MAX_SLOP.min(MAX_REACH / words as u32)
}

/// What stands at the end of a word and says how it is to be met.
#[derive(Clone, Copy)]
pub(super) enum Suffix {
    /// `*`
    Star,
    /// `~`, or with a digit.
    Tilde(Option<u8>),
}

/// A word without what stands behind it, and the last sign that did.
pub(super) fn stem(word: &str) -> (&str, Option<Suffix>) {
    let (mut stem, mut suffix) = (trim_end(word), None);
    loop {
        let digit = stem.chars().next_back().and_then(|c| c.to_digit(10)).and_then(|digit| u8::try_from(digit).ok());
        let (rest, sign) = if let Some(rest) = stem.strip_suffix('*') {
            (rest, Suffix::Star)
        } else if let Some(rest) = stem.strip_suffix('~') {
            (rest, Suffix::Tilde(None))
        } else if let Some(rest) = digit.and(stem.get(..stem.len().saturating_sub(1))).and_then(|s| s.strip_suffix('~'))
        {
            (rest, Suffix::Tilde(digit))
        } else {
            return (stem, suffix);
        };
        stem = trim_end(rest);
        suffix = suffix.or(Some(sign));
    }
}

/// A word as written without quotes: what is looked for and how. Nothing where there is nothing to look for, or where a
/// star stands inside.
pub(super) fn bare_term(text: &str) -> Option<(String, Mode)> {
    let text = text.trim_start_matches(is_lead);
    let (text, mode) = if text.starts_with('=') {
        (trim_end(text.trim_start_matches(|c| c == '=' || is_lead(c))), Mode::Exact)
    } else {
        let (stem, suffix) = stem(text);
        if stem.contains('*') {
            return None;
        }
        let usual = Mode::usual_distance(stem);
        let mode = match suffix {
            None | Some(Suffix::Tilde(Some(0))) => Mode::Word,
            Some(_) if weight(stem) < MIN_PREFIX => Mode::Word,
            Some(Suffix::Star) => Mode::Prefix,
            Some(Suffix::Tilde(asked)) => Mode::Fuzzy { distance: asked.map_or(usual, |asked| asked.min(usual)) },
        };
        (stem, mode)
    };
    is_searchable(text).then(|| (text.to_owned(), mode))
}

/// A date, or what a date can lack: its year, or all but its weekday.
pub(super) fn date(text: &str) -> Result<Clause, Problem> {
    read_date(text).map_err(|why| unread(text, why))
}

/// As [`date`]; what is wrong is told in a word, which costs far less than a sentence with a way on.
pub(super) fn read_date(text: &str) -> Result<Clause, Unread> {
    read_expr(text).map(|read| Clause::Dates(vec![read])).or_else(|why| {
        if why != Unread::Unreadable {
            return Err(why);
        }
        let lower = text.to_lowercase();
        let day = || days_of_year(&lower);
        let month = || month_in_any_language(&lower).map(|month| Clause::Months(vec![MonthOf { year: None, month }]));
        let weekday = || weekday(&lower).map(|day| Clause::Weekdays(vec![day]));
        let season = || named_season(&lower).map(|season| Clause::Seasons(vec![season]));
        day().or_else(month).or_else(weekday).or_else(season).ok_or(why)
    })
}

fn period(text: &str) -> Result<Period, Problem> {
    read_bound(&squeeze(text)).map_err(|why| unread(text, why))
}

fn days_of_year(text: &str) -> Option<Clause> {
    let days = read_days_of_year(text).into_iter().map(|(month, day)| DayOfYear::On { month, day });
    let days: Vec<DayOfYear> = days.collect();
    (!days.is_empty()).then_some(Clause::Days(days))
}

/// A day of any year. A day of one year is that day.
fn day(text: &str) -> Result<Clause, Problem> {
    if let Some(days) = days_of_year(text) {
        return Ok(days);
    }
    match read_period(text) {
        Ok(Period::Ago(0, Unit::Day)) => Ok(Clause::Days(vec![DayOfYear::Today])),
        Ok(day @ Period::Day(_)) => Ok(Clause::Dates(vec![DateExpr::In(day)])),
        Err(why @ (Unread::Ambiguous(..) | Unread::NoSuchDay(_))) => Err(unread(text, why)),
        _ if is_no_day(text) => Err(unread(text, Unread::Unreadable)),
        _ => {
            let message = format!("cannot read {} as a day: write MM-DD", quoted(text));
            Err(Problem { instead: month_first(text), ..Problem::new("unreadable-date", message) })
        }
    }
}

/// `25-12` as it is to be written, where that is a day.
fn month_first(text: &str) -> Option<String> {
    let (day, month) = text.split_once(['-', '/', '.'])?;
    let (month, day) = read_day_of_year(&format!("{}-{day}", month.trim_end_matches('.')))?;
    Some(format!("{month:02}-{day:02}"))
}

fn month_of(text: &str) -> Option<MonthOf> {
    let number = || text.parse::<u32>().ok().filter(|number| (1..=12).contains(number) && text.len() <= 2);
    if let Some(month) = month_in_any_language(text).or_else(number) {
        return Some(MonthOf { year: None, month });
    }
    match read_period(text) {
        Ok(Period::Month(year, month)) => Some(MonthOf { year: Some(year), month }),
        _ => None,
    }
}

fn year(text: &str) -> Result<Clause, Problem> {
    let is_short = text.len() < 3;
    match (text.parse::<i32>(), read_expr(text)) {
        (Ok(1..=9999), _) if is_short => {
            Err(Problem::new("unreadable-date", format!("a year has four digits, unlike {}", quoted(text))))
        }
        (Ok(year @ 1..=9999), _) => Ok(Clause::Years(vec![year])),
        (_, Ok(range))
            if range
                .periods()
                .all(|period| matches!(period, Period::Year(_) | Period::Decade(_) | Period::Century(_))) =>
        {
            Ok(Clause::Dates(vec![range]))
        }
        _ => Err(Problem::new("unreadable-date", format!("cannot read {} as a year", quoted(text)))),
    }
}

/// The problem with a text that is no date.
pub(super) fn unread(text: &str, why: Unread) -> Problem {
    let text = text.trim_start_matches(['<', '>', '=']).trim_start();
    match why {
        Unread::Unreadable if lacks_year(text) => Problem::new(
            "unreadable-date",
            format!("{} wants a year: {}", quoted(text), quoted(&format!("{text} 2003"))),
        ),
        Unread::Unreadable if is_no_day(text) => Problem::new(NO_SUCH_DAY, format!("there is no day {}", quoted(text))),
        Unread::Unreadable => Problem::new(
            "unreadable-date",
            format!("cannot read {} as a date: 2003-07-26, july 2003 and winter 2003 are some", quoted(text)),
        ),
        Unread::Ambiguous(day_first, month_first) => Problem {
            code: AMBIGUOUS,
            message: format!("{} is {day_first} or {month_first}: write the one that is meant", quoted(text)),
            instead: Some(day_first.to_string()),
        },
        Unread::NoSuchDay(month) => Problem {
            code: NO_SUCH_DAY,
            message: format!("there is no day {}", quoted(text)),
            instead: Some(month.to_string()),
        },
    }
}

/// Whether it is a day that no year has: `feb 30`.
fn is_no_day(text: &str) -> bool {
    matches!(read_expr(&format!("{text} 2004")), Err(Unread::NoSuchDay(_)))
}

/// Whether it would be a date with a year behind it.
fn lacks_year(text: &str) -> bool {
    let with_year = read_expr(&format!("{text} 2003"));
    // `the` says nothing that the year alone does not.
    with_year.is_ok() && with_year != read_expr("2003")
}

/// The value of this name.
fn one_of<T: Copy>(text: &str, field: &str, all: &[T], name: fn(T) -> &'static str) -> Result<T, Problem> {
    let text = trim_end(text).to_lowercase().replace([' ', '_'], "-");
    let names = || all.iter().map(|value| name(*value));
    let found = all.iter().copied().find(|value| name(*value) == text || format!("{}s", name(*value)) == text);
    found.ok_or_else(|| {
        let near = nearest(&text, names());
        let help = match near {
            Some(near) => format!("did you mean {near}?"),
            None => format!("known are {}", names().collect::<Vec<_>>().join(", ")),
        };
        Problem {
            code: "unknown-value",
            message: format!("no {field}:{}: {help}", quoted(&text)),
            instead: near.map(str::to_owned),
        }
    })
}

fn sort(text: &str) -> Result<Sort, Problem> {
    match trim_end(text).to_lowercase().as_str() {
        "score" | "best" => Ok(Sort::Relevance),
        "newest" | "date-desc" | "-date" => Ok(Sort::Date),
        "oldest" | "asc" => Ok(Sort::DateAsc),
        other => one_of(other, "sort", Sort::ALL, Sort::name),
    }
}

fn limit(text: &str) -> Result<usize, Problem> {
    let text = trim_end(text);
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    match text.parse::<usize>() {
        Ok(1..=MAX_LIMIT) => Ok(text.parse().unwrap_or(MAX_LIMIT)),
        Ok(0) => Err(bad_limit(text, 1)),
        // All digits and yet no number: too large for one.
        Ok(_) | Err(_) if digits => Err(bad_limit(text, MAX_LIMIT)),
        _ => Err(Problem::new("unknown-value", format!("limit: wants a number, not {}", quoted(text)))),
    }
}

fn bad_limit(text: &str, nearest: usize) -> Problem {
    Problem {
        code: "unknown-value",
        message: format!("limit: wants a number from 1 to {MAX_LIMIT}, not {}", quoted(text)),
        instead: Some(nearest.to_string()),
    }
}

fn now(text: &str) -> Result<CivilDate, Problem> {
    match read_period(text) {
        Ok(Period::Day(day)) => Ok(day),
        Ok(_) | Err(Unread::Unreadable) => {
            Err(Problem::new("unreadable-date", format!("now: wants a day, not {}", quoted(text))))
        }
        Err(why) => Err(unread(text, why)),
    }
}

/// One clause for the values of a comma list: any of them holds.
pub(super) fn either(clauses: Vec<Clause>) -> Option<Clause> {
    let mut kinds: Vec<Clause> = Vec::new();
    for clause in clauses {
        if !kinds.last_mut().is_some_and(|last| last.merge(&clause)) {
            kinds.push(clause);
        }
    }
    (!kinds.is_empty()).then(|| Clause::or(kinds))
}
