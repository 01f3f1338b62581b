//! What the engine costs beside the library under it, as ratios taken in one run.
//!
//! `cargo bench` measures 10,000 generated entries; `cargo bench -- 100000` so many. Figures are CPU time (user and system),
//! medians of interleaved rounds, with an A/A pair that says how far two equal things differ here and now: a ratio inside
//! that band says nothing. Every build is a child process, whose CPU time, time by the clock and peak memory are its own.

mod child;
mod clock;
mod diaries;
mod ingest;
mod queries;
mod serve;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    if let Some((child::FLAG, work)) = arguments.split_first().map(|(first, rest)| (first.as_str(), rest)) {
        return child::run(|| ingest::work(work));
    }
    let entries = arguments.first().and_then(|argument| argument.parse().ok()).unwrap_or(10_000);
    let folder = match tempfile::tempdir() {
        Ok(folder) => folder,
        Err(error) => return say(&format!("no folder to work in: {error}")),
    };
    let diary = diaries::generate(entries);
    say(&format!("{entries} entries"));
    ingest::measure(&diary, folder.path());
    queries::measure(folder.path());
    serve::measure(folder.path());
}

/// Prints one line.
#[expect(clippy::print_stdout, reason = "a bench is read on the terminal")]
fn say(line: &str) {
    println!("{line}");
}
