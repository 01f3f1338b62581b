//! The pages of a year, a month and a day, and of a day in every year.

use super::{FacetView, Frame, HTML, HitView, Hits, LinkView, facet, search_page};
use crate::answer::{Outcome, answer};
use crate::app::App;
use crate::calendar::{self, Calendar};
use crate::chart::{self, DayGrid, Pages, PeriodTable};
use crate::params;
use crate::problem::Problem;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use diary::{CivilDate, Facet};
use diary_query::{Answer, Engine, FacetRequest, Request, Window, search};
use diary_render::filter::with_clauses;
use diary_render::{address, one_line, words};
use serde::Serialize;
use std::ops::Bound;
use std::sync::Arc;

/// What the pages of a year, a month and a day take: the query that they show the entries of.
pub(crate) const WITHIN: &[&str] = &["q", params::FILTERS];

/// How many entries a page of a month or a day lists.
const LISTED: usize = 100;
/// Bytes that the days of a year may take.
const ROOM_FOR_DAYS: usize = 50_000;
/// Bytes that its months may take.
const ROOM_FOR_PERIODS: usize = 10_000;
/// How many entries are listed without a passage of each, for the page's size.
const WITH_PASSAGES: u64 = 40;

#[derive(Serialize)]
struct TimeView {
    frame: Frame,
    heading: String,
    /// The wider period that it is part of.
    up: Option<LinkView>,
    summary: String,
    query: String,
    previous: Option<LinkView>,
    next: Option<LinkView>,
    days: Option<DayGrid>,
    periods: Option<PeriodTable>,
    month: Option<MonthView>,
    hits: Vec<HitView>,
    facets: Vec<FacetView>,
    /// All of its entries as hits of a search.
    all: String,
    /// The same without the words that were asked for.
    without_query: Option<LinkView>,
}

/// A month as a calendar on the wall: weeks from Monday.
#[derive(Serialize)]
struct MonthView {
    weeks: Vec<Vec<Option<DayView>>>,
}

#[derive(Serialize, Clone)]
struct DayView {
    day: u32,
    count: u64,
    /// 1 to 4: how much that is among the others.
    level: u64,
    page: Option<String>,
}

pub(crate) async fn year(
    State(app): State<Arc<App>>,
    Path(year): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Outcome {
    let year = parse_year(&year)?;
    let query = params::given(&uri, WITHIN)?.query(&app.settings.limits)?;
    let question = format!("year {year} {query}");
    answer(&app, &headers, HTML, &question, move |app, engine| {
        let base = app.settings.base_path.as_str();
        let (asked, calendar) = whole_calendar(engine, &query)?;
        let pages = Pages { base, query: &asked };
        let within = calendar::query_of_year(&asked, year);
        let facets = [Facet::Person, Facet::Project].map(|facet| FacetRequest { facet, limit: 15 });
        let window = Window { limit: 1, facets: facets.to_vec(), passages: 0, ..Window::default() };
        let answer = search(engine, &Request { text: within.clone(), window, ..Request::default() })?;
        let link = |year: &i32| LinkView { label: format!("{year:04}"), page: pages.year(*year) };
        let years = calendar.years();
        let this_year = Calendar { days: calendar.of_year(year).collect() };
        let heading = format!("{year:04}");
        let frame = Frame::new(app, &heading, &query);
        let view = TimeView {
            previous: years.range(..year).next_back().map(|(year, _)| link(year)),
            next: years.range(year.saturating_add(1)..).next().map(|(year, _)| link(year)),
            days: chart::days(&calendar, super::printed(engine, &answer.page.hits), year, &pages, ROOM_FOR_DAYS),
            periods: chart::periods(&this_year, &pages, ROOM_FOR_PERIODS),
            facets: narrowing(base, &answer),
            without_query: without_query(&query, format!("{base}/{year:04}")),
            ..TimeView::of(frame, heading, &query, &answer, search_page(base, &within))
        };
        Ok(app.pages.render("time.html", &view))
    })
    .await
}

pub(crate) async fn month(
    State(app): State<Arc<App>>,
    Path((year, month)): Path<(String, String)>,
    uri: Uri,
    headers: HeaderMap,
) -> Outcome {
    let year = parse_year(&year)?;
    let two = month.len() == 2 && month.bytes().all(|byte| byte.is_ascii_digit());
    let month: u32 = month.parse().ok().filter(|month| two && (1..=12).contains(month)).ok_or_else(nothing)?;
    let query = params::given(&uri, WITHIN)?.query(&app.settings.limits)?;
    let question = format!("month {year} {month} {query}");
    answer(&app, &headers, HTML, &question, move |app, engine| {
        let base = app.settings.base_path.as_str();
        let (asked, calendar) = whole_calendar(engine, &query)?;
        let pages = Pages { base, query: &asked };
        let within = with_clauses(&asked, &[format!("month:{year:04}-{month:02}")]);
        let answer = listed(engine, &within)?;
        let name = |year: i32, month: u32| format!("{} {year}", diary::month_name(month));
        let link = |day: &CivilDate| LinkView {
            label: name(day.year(), day.month()),
            page: pages.month(day.year(), day.month()),
        };
        let this = |day: &&CivilDate| (day.year(), day.month());
        let frame = Frame::new(app, &name(year, month), &query);
        let view = TimeView {
            up: Some(LinkView { label: format!("{year:04}"), page: pages.year(year) }),
            previous: calendar.days.keys().rev().find(|day| this(day) < (year, month)).map(link),
            next: calendar.days.keys().find(|day| this(day) > (year, month)).map(link),
            month: month_view(&pages, engine, &calendar, &answer, year, month),
            hits: Hits::new(base, &query, engine).all(&answer.page.hits),
            facets: narrowing(base, &answer),
            without_query: without_query(&query, format!("{base}/{year:04}/{month:02}")),
            ..TimeView::of(frame, name(year, month), &query, &answer, search_page(base, &within))
        };
        Ok(app.pages.render("time.html", &view))
    })
    .await
}

pub(crate) async fn date(
    State(app): State<Arc<App>>,
    Path((year, month, day)): Path<(String, String, String)>,
    uri: Uri,
    headers: HeaderMap,
) -> Outcome {
    let (month, day) = calendar::month_day(&format!("{month}-{day}")).ok_or_else(nothing)?;
    let date = CivilDate::new(parse_year(&year)?, month, day).ok_or_else(nothing)?;
    let query = params::given(&uri, WITHIN)?.query(&app.settings.limits)?;
    let question = format!("date {date} {query}");
    answer(&app, &headers, HTML, &question, move |app, engine| {
        let base = app.settings.base_path.as_str();
        let (asked, calendar) = whole_calendar(engine, &query)?;
        let pages = Pages { base, query: &asked };
        let within = calendar::query_of_day(&asked, date);
        let answer = listed(engine, &within)?;
        let link = |(day, _): (&CivilDate, &u64)| LinkView { label: words::day(*day), page: pages.day(*day) };
        let heading = format!("{day} {} {}", diary::month_name(month), date.year());
        let view = TimeView {
            up: Some(LinkView {
                label: format!("{} {}", diary::month_name(month), date.year()),
                page: pages.month(date.year(), month),
            }),
            previous: calendar.days.range(..date).next_back().map(link),
            next: calendar.days.range((Bound::Excluded(date), Bound::Unbounded)).next().map(link),
            hits: Hits::new(base, &query, engine).all(&answer.page.hits),
            facets: narrowing(base, &answer),
            without_query: without_query(&query, Pages { base, query: "" }.day(date)),
            ..TimeView::of(Frame::new(app, &heading, &query), heading, &query, &answer, search_page(base, &within))
        };
        Ok(app.pages.render("time.html", &view))
    })
    .await
}

pub(crate) async fn day(State(app): State<Arc<App>>, Path(day): Path<String>, uri: Uri, headers: HeaderMap) -> Outcome {
    let (month, day) = calendar::month_day(&day).ok_or_else(nothing)?;
    params::given(&uri, &[])?;
    let question = format!("day {month} {day}");
    answer(&app, &headers, HTML, &question, move |app, engine| {
        let base = app.settings.base_path.as_str();
        let within = format!("day:{month:02}-{day:02}");
        let answer = listed(engine, &within)?;
        let heading = format!("{day} {}", diary::month_name(month));
        let (_, calendar) = whole_calendar(engine, "")?;
        let of_year = |day: &CivilDate| (day.month(), day.day());
        let link = |(month, day): (u32, u32)| LinkView {
            label: format!("{day} {}", words::month(month)),
            page: format!("{base}/on/{month:02}-{day:02}"),
        };
        let frame = Frame::new(app, &heading, "");
        let heading = format!("{heading} in every year");
        let view = TimeView {
            previous: calendar.days.keys().map(of_year).filter(|other| *other < (month, day)).max().map(link),
            next: calendar.days.keys().map(of_year).filter(|other| *other > (month, day)).min().map(link),
            hits: Hits::new(base, "", engine).all(&answer.page.hits),
            facets: narrowing(base, &answer),
            ..TimeView::of(frame, heading, "", &answer, search_page(base, &within))
        };
        Ok(app.pages.render("time.html", &view))
    })
    .await
}

impl TimeView {
    /// What all three have alike.
    fn of(frame: Frame, heading: String, query: &str, answer: &Answer, all: String) -> Self {
        Self {
            frame,
            heading,
            summary: words::entries(answer.page.total),
            query: one_line(query),
            all,
            up: None,
            previous: None,
            next: None,
            days: None,
            periods: None,
            month: None,
            hits: Vec::new(),
            facets: Vec::new(),
            without_query: None,
        }
    }
}

/// The entries of a query, the oldest first, with a passage of each where they are few.
fn listed(engine: &dyn Engine, within: &str) -> Result<Answer, Problem> {
    let facets = [Facet::Person, Facet::Project].map(|facet| FacetRequest { facet, limit: 10 });
    let text = format!("{within} sort:date-asc");
    let window = Window { limit: LISTED, facets: facets.to_vec(), passages: 1, ..Window::default() };
    let mut answer = search(engine, &Request { text, window, ..Request::default() })?;
    if answer.page.total > WITH_PASSAGES {
        for hit in &mut answer.page.hits {
            hit.people.clear();
            hit.projects.clear();
        }
    }
    Ok(answer)
}

/// The query as it was understood, and the days of all that it finds.
fn whole_calendar(engine: &dyn Engine, query: &str) -> Result<(String, Calendar), Problem> {
    let request = Request { text: query.to_owned(), ..Request::default() };
    let asked = match query.trim() {
        "" => String::new(),
        _ => diary_query::read(engine, &request)?.plan.understood.text,
    };
    Ok((asked, Calendar::of(engine, &request)?))
}

fn narrowing(base: &str, answer: &Answer) -> Vec<FacetView> {
    let facets = answer.page.facets.iter().filter(|counts| !counts.values.is_empty());
    let rest =
        |of: Facet| format!("{}&facets={}:200", search_page(base, &answer.understood.text), address::encode(of.name()));
    facets.map(|counts| facet(base, counts, rest(counts.facet))).collect()
}

fn without_query(query: &str, page: String) -> Option<LinkView> {
    (!query.trim().is_empty()).then(|| LinkView { label: one_line(query), page })
}

fn month_view(
    pages: &Pages,
    engine: &dyn Engine,
    calendar: &Calendar,
    answer: &Answer,
    year: i32,
    month: u32,
) -> Option<MonthView> {
    let printed = super::printed(engine, &answer.page.hits);
    let dates = (1..=31).filter_map(|day| CivilDate::new(year, month, day));
    let dates: Vec<(CivilDate, i64)> = dates.filter_map(|date| Some((date, printed.day(date)?.number()))).collect();
    let (_, first) = dates.first()?;
    let most = dates.iter().filter_map(|(date, _)| calendar.days.get(date)).copied().max().unwrap_or(0);
    let lead = usize::try_from((first - 1).rem_euclid(7)).unwrap_or(0);
    let view = |date: &CivilDate| {
        let count = calendar.days.get(date).copied().unwrap_or(0);
        let hit = answer.page.hits.iter().find(|hit| hit.date.printed() == Some(*date));
        // One entry stands below; several have a page.
        let page = match (count, hit) {
            (0, _) => None,
            (1, Some(hit)) => Some(format!("#{}", hit.id)),
            _ => Some(pages.day(*date)),
        };
        DayView { day: date.day(), count, level: chart::level(count, most), page }
    };
    let mut cells: Vec<Option<DayView>> = vec![None; lead];
    cells.extend(dates.iter().map(|(date, _)| Some(view(date))));
    cells.resize(cells.len().next_multiple_of(7), None);
    Some(MonthView { weeks: cells.chunks(7).map(<[_]>::to_vec).collect() })
}

fn parse_year(text: &str) -> Result<i32, Problem> {
    let four = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|year| four && *year > 0).ok_or_else(nothing)
}

fn nothing() -> Problem {
    Problem::not_found("there is nothing at this address")
}
