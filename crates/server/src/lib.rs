//! The HTTP endpoint and the search page: thin handlers over the call that the command line makes.
//!
//! Read-only. Searches run off the async threads, so many at once and no more; every connection, header, body and answer
//! has a bound in size and in time. [`serve`] runs it all; [`router`] is the same without a socket, for tests.

mod answer;
mod api;
mod app;
mod assets;
mod calendar;
mod chart;
mod connection;
mod guard;
mod metrics;
mod openapi;
mod page;
mod params;
mod problem;
mod profile;
mod rate;
mod recent;
mod routes;
mod suggest;
mod tag;

pub use app::{App, Live};
pub use connection::{adopt, listen, serve};
pub use guard::{Access, Log};
pub use params::{PARAMETERS, Parameter, Value};
pub use rate::Rate;
pub use routes::{Answers, ROUTES, Route, router};

use diary::CivilDate;
use std::time::Duration;

/// What the one who starts the server decides.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// What stands in front of every path: empty, or `/search` without a slash at its end.
    pub base_path: String,
    /// The host names it answers to, beside the loopback ones; lower case, without a port.
    pub hosts: Vec<String>,
    /// Whether anyone may read it, from pages of other sites too.
    pub public: bool,
    /// The name of the page; without it, the title of the archive.
    pub title: Option<String>,
    /// How many proxies stand before it, each adding the address it was asked from to `X-Forwarded-For`; 0 for none.
    pub proxies: usize,
    /// The clock; without one, today is the day of the newest entry.
    pub today: Option<fn() -> Option<CivilDate>>,
    /// The bounds.
    pub limits: Limits,
}

/// The bounds of the server, all of them.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Connections at once.
    pub connections: usize,
    /// Connections at once from one address that is not this machine's own.
    pub connections_per_address: usize,
    /// Searches at once.
    pub searches: usize,
    /// Requests that may wait for one of those; the next is turned away.
    pub waiting: usize,
    /// Requests of one address.
    pub rate: Rate,
    /// Bytes of an address.
    pub address: usize,
    /// Bytes of all headers of a request.
    pub headers: usize,
    /// Bytes of a query text.
    pub query: usize,
    /// Bytes of answers that are kept, for those who ask the same.
    pub recent: usize,
    /// Hits on one page.
    pub hits: usize,
    /// The furthest hit.
    pub offset: usize,
    /// From the first byte of a request's head to its last, and between two requests.
    pub head: Duration,
    /// From a whole request to its answer.
    pub answer: Duration,
    /// From the first byte of an answer that a reader does not take at once to its last.
    pub reading: Duration,
    /// The life of a connection.
    pub connection: Duration,
    /// How long a stopping server goes on taking connections, so that whoever sends them learns of it.
    pub lame_duck: Duration,
    /// How long it then leaves connections open that nothing is asked over.
    pub farewell: Duration,
    /// How long it then waits for requests already begun.
    pub drain: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            connections: 512,
            connections_per_address: 64,
            searches: cores,
            waiting: 128,
            rate: Rate::DEFAULT,
            address: 8 * 1024,
            headers: 16 * 1024,
            query: 4 * 1024,
            recent: 8 * 1024 * 1024,
            hits: 100,
            offset: 10_000,
            head: Duration::from_secs(5),
            answer: Duration::from_secs(10),
            reading: Duration::from_secs(8),
            connection: Duration::from_secs(300),
            lame_duck: Duration::from_millis(300),
            farewell: Duration::from_secs(1),
            drain: Duration::from_secs(10),
        }
    }
}

#[cfg(test)]
mod tests;
