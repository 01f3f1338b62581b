//! CPU time, and medians of it.

use std::time::Duration;

/// What this process has used so far, threads that have ended included. Steps of ten milliseconds.
pub(crate) fn of_process() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The second field is a name in parentheses that may hold spaces; user and system time are the 14th and 15th.
    let after_name = stat.rsplit_once(") ").map_or("", |(_, rest)| rest);
    let ticks: u64 = after_name.split(' ').skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

/// What this thread has used so far, in nanoseconds.
pub(crate) fn of_thread() -> Duration {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(stat.split(' ').next().and_then(|field| field.parse().ok()).unwrap_or(0))
}

/// The CPU time that one call of `work` costs this thread, over enough calls to be worth measuring.
pub(crate) fn call_cost(mut work: impl FnMut()) -> Duration {
    const ENOUGH: Duration = Duration::from_millis(40);
    let before = of_thread();
    let mut calls = 0u32;
    loop {
        work();
        calls += 1;
        let cost = of_thread() - before;
        if cost >= ENOUGH || calls == 20_000 {
            return cost / calls;
        }
    }
}

pub(crate) fn median(mut values: Vec<Duration>) -> Duration {
    values.sort();
    values.get(values.len() / 2).copied().unwrap_or_default()
}

pub(crate) fn ratio(a: Duration, b: Duration) -> f64 {
    a.as_secs_f64() / b.as_secs_f64().max(1e-9)
}
