//! Work done in a process of its own, which knows its whole cost: CPU time, time by the clock, and the most memory it held.

use crate::clock;
use crate::say;
use std::process::Command;
use std::time::Instant;

/// The argument that makes this program a child; those after it say what to do.
pub(crate) const FLAG: &str = "child";

/// What some work cost.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cost {
    /// User and system time, in seconds.
    pub(crate) cpu: f64,
    /// In seconds.
    pub(crate) wall: f64,
    /// The most memory that was resident, in megabytes.
    pub(crate) peak: f64,
}

/// Has a child do this work.
pub(crate) fn cost_of(work: &[&str]) -> Cost {
    let output = std::env::current_exe().and_then(|me| Command::new(me).arg(FLAG).args(work).output());
    let Ok(output) = output else { return Cost::default() };
    let printed = String::from_utf8_lossy(&output.stdout);
    let numbers: Vec<f64> = printed.split_whitespace().filter_map(|number| number.parse().ok()).collect();
    match numbers.as_slice() {
        &[cpu, wall, peak] if output.status.success() => Cost { cpu, wall, peak },
        _ => {
            say(&format!("{} failed: {printed}{}", work.join(" "), String::from_utf8_lossy(&output.stderr)));
            Cost::default()
        }
    }
}

/// The other side: does the work, and prints what it cost.
pub(crate) fn run(work: impl FnOnce() -> Result<(), String>) {
    let start = Instant::now();
    match work() {
        Ok(()) => {
            let (cpu, wall) = (clock::of_process().as_secs_f64(), start.elapsed().as_secs_f64());
            say(&format!("{cpu} {wall} {}", peak()));
        }
        Err(error) => say(&error),
    }
}

/// Megabytes.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap_or_default() / 1e3
}

/// The median of each figure.
pub(crate) fn medians(costs: Vec<Cost>) -> Cost {
    let median = |figure: fn(&Cost) -> f64| {
        let mut values: Vec<f64> = costs.iter().map(figure).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or_default()
    };
    Cost { cpu: median(|cost| cost.cpu), wall: median(|cost| cost.wall), peak: median(|cost| cost.peak) }
}
