//! Where entries go: a part of a new generation.
//!
//! The entries, in time, are cut into runs, each run becomes a segment of the engine on one thread, and where there are
//! many, each few in a row are merged. Which entries a segment holds, and in which order, follows from the entries alone.

use diary::{Day, Entry};
use diary_index_schema::document::{GAP_DAYS, Place, document};
use diary_index_schema::packing::Packing;
use diary_index_schema::{Fields, engine};
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use tantivy::directory::MmapDirectory;
use tantivy::index::IndexMeta;
use tantivy::{Index, IndexWriter, SingleSegmentIndexWriter};

/// How the engine is to be fed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SinkOptions {
    /// Threads that index.
    pub(crate) threads: usize,
    /// Bytes that all of them may hold before they write. Few of them may run at once where it is little.
    pub(crate) memory: usize,
}

/// Fewer entries than this are not worth a second segment.
const FEW_ENTRIES: usize = 5_000;

/// The most bytes of text that one segment is first made of.
const RUN: usize = 16 << 20;

/// What the engine holds of a run of that length before it writes it.
const HELD: usize = 3 * RUN;

/// The most segments that are left as they are; of more, so many in a row are merged.
const FEW_SEGMENTS: usize = 8;

/// The least memory that the engine accepts for a thread.
const LEAST_MEMORY: usize = 15_000_000;

/// Writes `entries`, their records packed so, as an index in `folder`, telling `progress` how many are done.
pub(crate) fn write(
    folder: &Path,
    entries: &[&Entry],
    packing: &Packing,
    options: SinkOptions,
    progress: &(dyn Fn(usize) + Sync),
) -> tantivy::Result<()> {
    let entries = in_time(entries);
    let runs = runs(&entries);
    let sink = Sink { entries: &entries, places: places(&entries), packing, done: AtomicUsize::new(0), progress };
    let threads = options.threads.clamp(1, (options.memory / HELD).max(1));
    let segments = || match runs.len() {
        0..=FEW_SEGMENTS => sink.segments(folder, &runs),
        _ => sink.merged_segments(folder, &runs),
    };
    if threads == rayon::current_num_threads() {
        // These have memory to spare, from reading.
        return segments();
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.map_err(|error| tantivy::TantivyError::SystemError(error.to_string()))?.install(segments)
}

/// Entries in a row with about the same length of text each.
fn runs(entries: &[&Entry]) -> Vec<Range<usize>> {
    let all: usize = entries.iter().map(|entry| entry.text.len()).sum();
    let least = if entries.len() < FEW_ENTRIES { 1 } else { 2 };
    let count = all.div_ceil(RUN).max(least);
    let mut runs = Vec::with_capacity(count);
    let (mut start, mut before) = (0, 0);
    for (at, entry) in entries.iter().enumerate() {
        before += entry.text.len();
        if before * count >= all * (runs.len() + 1) && runs.len() + 1 < count {
            runs.push(start..at + 1);
            start = at + 1;
        }
    }
    runs.push(start..entries.len());
    runs
}

struct Sink<'a> {
    entries: &'a [&'a Entry],
    places: Vec<Place<'a>>,
    packing: &'a Packing,
    done: AtomicUsize,
    progress: &'a (dyn Fn(usize) + Sync),
}

impl Sink<'_> {
    /// Makes an index in `folder` with a segment for each run.
    fn segments(&self, folder: &Path, runs: &[Range<usize>]) -> tantivy::Result<()> {
        gather(folder, runs, |below, run| self.segment(below, run.clone()))
    }

    /// The same, each few segments merged to one.
    fn merged_segments(&self, folder: &Path, runs: &[Range<usize>]) -> tantivy::Result<()> {
        let few: Vec<&[Range<usize>]> = runs.chunks(FEW_SEGMENTS).collect();
        gather(folder, &few, |below, few| {
            self.segments(below, few)?;
            merge(below)
        })
    }

    /// Makes an index of one segment.
    fn segment(&self, folder: &Path, run: Range<usize>) -> tantivy::Result<()> {
        /// How often progress is told of.
        const STEP: usize = 512;
        let directory = MmapDirectory::open(folder)?;
        let mut writer: SingleSegmentIndexWriter = engine::builder().single_segment_index_writer(directory, HELD)?;
        let (fields, mut packer) = (Fields::new(), self.packing.packer()?);
        for steps in run.clone().step_by(STEP) {
            for at in steps..(steps + STEP).min(run.end) {
                writer.add_document(document(&fields, &mut packer, self.entries[at], self.places[at])?)?;
            }
            let here = STEP.min(run.end - steps);
            (self.progress)(self.done.fetch_add(here, Ordering::Relaxed) + here);
        }
        writer.finalize().map(drop)
    }
}

/// Makes an index in `folder` of the segments of smaller ones, each made by `make` in a folder of its own, in this order.
fn gather<T: Sync>(
    folder: &Path,
    parts: &[T],
    make: impl Fn(&Path, &T) -> tantivy::Result<()> + Sync,
) -> tantivy::Result<()> {
    let made = parts.par_iter().enumerate().map(|(number, part)| {
        let below = folder.join(format!("part-{number}"));
        std::fs::create_dir(&below)?;
        make(&below, part)?;
        let meta = Index::open_in_dir(&below)?.load_metas()?;
        let names: Vec<String> = meta.segments.iter().map(|segment| segment.id().uuid_string()).collect();
        for file in std::fs::read_dir(&below)? {
            let file = file?.file_name();
            if names.iter().any(|name| file.to_string_lossy().starts_with(name)) {
                std::fs::rename(below.join(&file), folder.join(&file))?;
            }
        }
        std::fs::remove_dir_all(&below)?;
        Ok(meta)
    });
    let made = made.collect::<tantivy::Result<Vec<IndexMeta>>>()?;
    let mut meta = engine::create(folder)?.load_metas()?;
    meta.segments = made.into_iter().flat_map(|meta| meta.segments).collect();
    std::fs::write(folder.join("meta.json"), serde_json::to_vec_pretty(&meta)?)?;
    Ok(())
}

/// Makes one segment of those in `folder`, in their order.
fn merge(folder: &Path) -> tantivy::Result<()> {
    let index = Index::open_in_dir(folder)?;
    let segments = index.searchable_segment_ids()?;
    let mut writer: IndexWriter = index.writer_with_num_threads(1, LEAST_MEMORY)?;
    writer.merge(&segments).wait()?;
    writer.wait_merging_threads()
}

/// Oldest first, undated entries before all; those of one day last one first, so that the newest of all comes last and
/// after it the first of its day.
fn in_time<'a>(entries: &[&'a Entry]) -> Vec<&'a Entry> {
    let in_day = |entry: &'a Entry| (entry.id.archive(), entry.id.date_part(), entry.id.ordinal());
    let mut keyed: Vec<_> = entries.par_iter().map(|&entry| (day(entry), Reverse(in_day(entry)), entry)).collect();
    keyed.par_sort_by_key(|&(day, in_day, _)| (day, in_day));
    keyed.into_iter().map(|(_, _, entry)| entry).collect()
}

fn day(entry: &Entry) -> Option<Day> {
    entry.date.days.map(|days| days.first)
}

/// Where each of these entries stands among the others, which are in time.
fn places<'a>(entries: &[&'a Entry]) -> Vec<Place<'a>> {
    let ranks = 0..entries.len() as u64;
    let mut places: Vec<Place<'_>> = ranks.map(|rank| Place { rank, ..Place::default() }).collect();
    let mut last_of_archive: HashMap<&str, usize> = HashMap::new();
    let days = entries.chunk_by(|a, b| day(a) == day(b)).scan(0, |end, of_day| {
        *end += of_day.len();
        Some(*end - of_day.len()..*end)
    });
    for at in days.flat_map(Iterator::rev) {
        let entry = entries[at];
        if let Some(before) = last_of_archive.insert(entry.id.archive(), at) {
            places[at].previous = Some(&entries[before].id);
            places[before].next = Some(&entry.id);
            places[at].after_gap = match (entries[before].date.days, entry.date.days) {
                (Some(before), Some(now)) => now.first.number() - before.last.number() > GAP_DAYS,
                _ => false,
            };
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ArchiveInput, Limits, extract};
    use diary::Archive;

    /// So many entries, a day apart.
    fn entries(count: usize) -> Vec<Entry> {
        let folder = tempfile::tempdir().unwrap();
        let days = (0..count).map(|day| format!("2003-{:02}-{:02}\n\nRain {day}.\n\n", day / 28 + 1, day % 28 + 1));
        std::fs::write(folder.path().join("diary.txt"), days.collect::<String>()).unwrap();
        let read = extract(&ArchiveInput::new(Archive::named("a"), folder.path()), &Limits::default(), &|_| {});
        assert_eq!(read.entries.len(), count);
        read.entries
    }

    /// The ids that each segment holds, in their order.
    fn segments(entries: &[&Entry], runs: &[Range<usize>], threads: usize) -> Vec<Vec<String>> {
        let folder = tempfile::tempdir().unwrap();
        let packing = Packing::of(entries);
        let (places, done) = (places(entries), AtomicUsize::new(0));
        let sink = Sink { entries, places, packing: &packing, done, progress: &|_| {} };
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| sink.merged_segments(folder.path(), runs)).unwrap();
        assert_eq!(sink.done.into_inner(), entries.len());
        let left = std::fs::read_dir(folder.path()).unwrap().flatten().filter(|file| file.path().is_dir()).count();
        assert_eq!(left, 0, "folders of parts are left");
        let searcher = Index::open_in_dir(folder.path()).unwrap().reader().unwrap().searcher();
        let ids = searcher.segment_readers().iter().map(|segment| {
            let rank = segment.fast_fields().i64("rank").unwrap();
            (0..segment.max_doc()).map(|doc| entries[rank.first(doc).unwrap() as usize].id.to_string()).collect()
        });
        ids.collect()
    }

    #[test]
    fn segments_hold_the_same_entries_in_the_same_order_on_any_number_of_threads() {
        let entries = entries(41);
        let entries: Vec<&Entry> = entries.iter().collect();
        let runs: Vec<Range<usize>> = (0..41).map(|at| at..at + 1).collect();
        let mut one = segments(&entries, &runs, 1);
        let mut four = segments(&entries, &runs, 4);
        one.sort();
        four.sort();
        assert_eq!(one, four);
        assert_eq!(one.len(), 41usize.div_ceil(FEW_SEGMENTS));
        let ids: Vec<String> = entries.iter().map(|entry| entry.id.to_string()).collect();
        assert_eq!(one.concat(), ids);
    }

    #[test]
    fn entries_are_held_in_time_however_they_come() {
        let entries = entries(41);
        let backwards: Vec<&Entry> = entries.iter().rev().collect();
        let ordered = in_time(&backwards);
        assert!(ordered.iter().map(|entry| &entry.id).eq(entries.iter().map(|entry| &entry.id)));
        let places = places(&ordered);
        for (at, place) in places.iter().enumerate() {
            assert_eq!(place.rank, at as u64);
            assert_eq!(place.previous, at.checked_sub(1).map(|before| &entries[before].id));
            assert_eq!(place.next, entries.get(at + 1).map(|next| &next.id));
        }
    }

    #[test]
    fn runs_are_all_entries_in_order() {
        let entries = entries(30);
        let entries: Vec<&Entry> = entries.iter().collect();
        for (text, expected) in [(0, 1), (RUN, 30), (RUN / 10, 3)] {
            let long = Entry { text: "x".repeat(text), ..entries[0].clone() };
            let long: Vec<&Entry> = vec![&long; 30];
            let runs = runs(&long);
            assert_eq!(runs.len(), expected);
            assert!(runs.windows(2).all(|two| two[0].end == two[1].start && two[0].start < two[0].end));
            assert_eq!((runs[0].start, runs[expected - 1].end), (0, 30));
        }
        assert!(runs(&[]).iter().all(Range::is_empty));
    }
}
