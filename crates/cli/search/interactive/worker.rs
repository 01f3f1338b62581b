//! The one thread that asks the index, so that the keys never wait for it.

use anyhow::{Result, anyhow};
use diary::{Entry, EntryId, Span};
use diary_cli::refresh::sentence;
use diary_query::passage::{Wanted, marks};
use diary_query::{Answer, Engine, FacetRequest, Request, SearchError, Window, read, search};
use diary_render::entry::Around;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

/// A question with its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asking {
    pub(super) number: u64,
    pub(super) text: String,
    pub(super) limit: usize,
}

/// What there is to do.
pub(super) enum Job {
    Search(Asking),
    /// An entry to read, and the query whose words are to be marked in it.
    Read(EntryId, String),
}

/// What was done.
pub(super) enum Done {
    Searched(u64, Result<Answer, String>),
    Read(Result<Opened, String>),
}

/// A whole entry.
#[derive(Clone, Debug)]
pub(super) struct Opened {
    pub(super) entry: Entry,
    pub(super) around: Around,
    pub(super) marks: Vec<Span>,
    /// The first row on the screen.
    pub(super) first_row: usize,
}

/// Whoever types faster than this is not done.
const QUIET: Duration = Duration::from_millis(40);

/// Does what comes, in its order, until nobody asks any more. Of questions that follow closely the last alone is asked.
pub(super) fn work(engine: &dyn Engine, request: &Request, jobs: &Receiver<Job>, done: &Sender<Done>) {
    let mut latest: Option<Asking> = None;
    loop {
        let job = match &latest {
            Some(_) => jobs.recv_timeout(QUIET),
            None => jobs.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        let told = match job {
            Ok(Job::Search(asking)) => {
                latest = Some(asking);
                continue;
            }
            Ok(Job::Read(id, query)) => {
                Done::Read(opened(engine, request, &id, &query).map_err(|error| sentence(&error)))
            }
            Err(RecvTimeoutError::Timeout) => match latest.take() {
                Some(asking) => {
                    Done::Searched(asking.number, answer(engine, request, asking).map_err(|error| error.to_string()))
                }
                None => continue,
            },
            Err(RecvTimeoutError::Disconnected) => return,
        };
        if done.send(told).is_err() {
            return;
        }
    }
}

fn answer(engine: &dyn Engine, request: &Request, asking: Asking) -> Result<Answer, SearchError> {
    let window = Window {
        limit: asking.limit.min(Window::MAX_LIMIT),
        offset: 0,
        passages: 1,
        facets: facets(engine),
        ..request.window.clone()
    };
    search(engine, &Request { text: asking.text, window, ..request.clone() })
}

/// People, projects, and the months of a short diary or the years of a long one.
fn facets(engine: &dyn Engine) -> Vec<FacetRequest> {
    use diary::Facet;
    let year = |day: &str| day.split('-').next().and_then(|year| year.parse::<i32>().ok());
    let ranges = || engine.facts().archives.iter().filter_map(|archive| archive.range.as_ref());
    let first = ranges().filter_map(|(first, _)| year(first)).min();
    let last = ranges().filter_map(|(_, last)| year(last)).max();
    let is_short = first.zip(last).is_some_and(|(first, last)| last - first < 2);
    let times = if is_short { Facet::Month } else { Facet::Year };
    [Facet::Person, Facet::Project, times].map(|facet| FacetRequest { facet, limit: 10 }).to_vec()
}

fn opened(engine: &dyn Engine, request: &Request, id: &EntryId, query: &str) -> Result<Opened> {
    let entry = engine.entry(id)?.ok_or_else(|| anyhow!("there is no entry {id}"))?;
    let around = Around::find(engine, &entry)?;
    let plan = read(engine, &Request { text: query.to_owned(), ..request.clone() })?.plan;
    let found = Wanted::new(&plan.node).find(&entry);
    let marks = marks(&entry.text, found.iter().map(|found| found.span));
    Ok(Opened { entry, around, marks, first_row: 0 })
}
