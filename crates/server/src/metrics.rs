//! Counts for Prometheus, in its text format. Nothing in them says what was searched for.

use crate::app::App;
use axum::http::StatusCode;
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// The media type of the text format.
pub(crate) const MEDIA_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Upper bounds of the buckets of answer times, in seconds.
const BOUNDS: [f64; 9] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2.0, 10.0];

/// What the server counts of its own work.
#[derive(Default)]
pub(crate) struct Metrics {
    /// By the first digit of the status.
    answers: [AtomicU64; 6],
    /// Turned away: over the rate, and over the number of searches at once.
    limited: AtomicU64,
    shed: AtomicU64,
    buckets: [AtomicU64; BOUNDS.len()],
    nanoseconds: AtomicU64,
    pub(crate) connections: AtomicU64,
}

impl Metrics {
    /// Counts one answer.
    pub(crate) fn note(&self, status: StatusCode, elapsed: Duration) {
        let add = |counter: &AtomicU64, n: u64| counter.fetch_add(n, Ordering::Relaxed);
        if let Some(class) = self.answers.get(usize::from(status.as_u16() / 100)) {
            add(class, 1);
        }
        match status {
            StatusCode::TOO_MANY_REQUESTS => add(&self.limited, 1),
            StatusCode::SERVICE_UNAVAILABLE => add(&self.shed, 1),
            _ => 0,
        };
        for (bound, bucket) in BOUNDS.iter().zip(&self.buckets) {
            if elapsed.as_secs_f64() <= *bound {
                add(bucket, 1);
            }
        }
        add(&self.nanoseconds, u64::try_from(elapsed.as_nanos()).unwrap_or(u64::MAX));
    }

    /// All of it as text.
    pub(crate) fn text(&self, app: &App) -> String {
        let mut text = String::new();
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        // Writing to a string does not fail.
        let mut metric = |name: &str, kind: &str, help: &str, values: &[(String, f64)]| {
            let _ = writeln!(text, "# HELP diary_{name} {help}\n# TYPE diary_{name} {kind}");
            for (labels, value) in values {
                let _ = writeln!(text, "diary_{name}{labels} {value}");
            }
        };
        let one = |value: u64| vec![(String::new(), value as f64)];
        let classes = (1_usize..).zip(self.answers.iter().skip(1));
        let classes: Vec<_> =
            classes.map(|(class, count)| (format!("{{status=\"{class}xx\"}}"), read(count) as f64)).collect();
        let total: f64 = classes.iter().map(|(_, count)| count).sum();
        metric("answers_total", "counter", "Answers by class of status.", &classes);
        metric("rate_limited_total", "counter", "Answers 429.", &one(read(&self.limited)));
        metric("unavailable_total", "counter", "Answers 503.", &one(read(&self.shed)));
        metric("connections", "gauge", "Open connections.", &one(read(&self.connections)));
        metric("searches", "gauge", "Searches running now.", &one(app.searching()));
        let state = app.engine().facts().state.clone();
        metric("index_generation", "gauge", "The generation of the index in use.", &one(state.generation));
        metric("index_entries", "gauge", "Entries in it.", &one(state.entries));
        let buckets = BOUNDS.iter().zip(&self.buckets);
        let buckets = buckets.map(|(bound, count)| (format!("_bucket{{le=\"{bound}\"}}"), read(count) as f64));
        let rest = [
            ("_bucket{le=\"+Inf\"}".to_owned(), total),
            ("_sum".to_owned(), read(&self.nanoseconds) as f64 / 1e9),
            ("_count".to_owned(), total),
        ];
        let all: Vec<_> = buckets.chain(rest).collect();
        metric("answer_seconds", "histogram", "From a whole request to its answer.", &all);
        text
    }
}
