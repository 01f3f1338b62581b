//! How far an ingest has come, on the standard error, where someone reads it.
//!
//! Each phase says what is true of it: bytes while files are read, nothing but the time while names are weighed, entries
//! while they are written.

use crate::terminal::errors_are_read;
use diary_ingest::Progress;
use diary_render::words;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::fmt::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

const READING: &str = "reading {msg} {bar:20} {bytes} of {total_bytes} · {bytes_per_sec} · {eta} left";
const READING_UNMEASURED: &str = "reading {msg} · {bytes} · {bytes_per_sec}";
const DIVIDING: &str = "{spinner} finding entries in {msg} · {elapsed}";
const NAMING: &str = "{spinner} finding names in {msg} · {elapsed}";
const WRITING: &str = "writing {bar:20} {human_pos} of {human_len} entries · {rate} · {eta} left";

/// A bar for one run.
pub struct ProgressView {
    bar: ProgressBar,
    /// Bytes that will be read in all, where that was found out.
    bytes: Option<u64>,
    found: AtomicUsize,
    read: AtomicUsize,
}

impl ProgressView {
    /// A view of the reading of so many bytes.
    pub fn new(bytes: Option<u64>) -> Self {
        let target = if errors_are_read() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(bytes, target);
        let view = Self { bar, bytes, found: AtomicUsize::new(0), read: AtomicUsize::new(0) };
        view.phase(if view.bytes.is_some() { READING } else { READING_UNMEASURED });
        // The time goes on while nothing else happens.
        view.bar.enable_steady_tick(Duration::from_millis(200));
        view
    }

    fn phase(&self, template: &str) {
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        let rate = |state: &ProgressState, text: &mut dyn Write| {
            let _ = write!(text, "{} entries/s", words::number(state.per_sec() as u64));
        };
        self.bar.set_style(style.with_key("rate", rate).progress_chars("=> "));
    }

    /// One step of the ingest.
    pub fn show(&self, progress: Progress) {
        match progress {
            Progress::Found(sources) => {
                if self.found.fetch_add(sources, Ordering::Relaxed) > 0 {
                    self.phase(if self.bytes.is_some() { READING } else { READING_UNMEASURED });
                }
                self.files();
            }
            Progress::Read(bytes) => {
                self.read.fetch_add(1, Ordering::Relaxed);
                self.bar.inc(bytes);
                self.files();
            }
            Progress::Entries(entries) => {
                self.bar.set_message(words::entries(entries as u64));
                self.phase(NAMING);
            }
            Progress::Indexed { done, total } => {
                if self.bar.length() != Some(total as u64) || self.bar.position() > done as u64 {
                    self.bar.reset();
                    self.bar.set_length(total as u64);
                    self.phase(WRITING);
                }
                self.bar.set_position(done as u64);
            }
        }
    }

    fn files(&self) {
        let (read, found) = (self.read.load(Ordering::Relaxed), self.found.load(Ordering::Relaxed));
        let files = if found == 1 { "file" } else { "files" };
        if read == found {
            self.bar.set_message(format!("{} {files}", words::number(found as u64)));
            return self.phase(DIVIDING);
        }
        self.bar.set_message(format!("{} of {} {files}", words::number(read as u64), words::number(found as u64)));
    }

    /// Writes while the bar is out of the way.
    pub fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bar.suspend(write)
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

impl Drop for ProgressView {
    fn drop(&mut self) {
        self.finish();
    }
}
