//! Where entries go: a part of a new generation.

use diary::{Entry, EntryId};
use diary_index_schema::Fields;
use diary_index_schema::document::{GAP_DAYS, Place, document};
use rayon::prelude::*;
use std::collections::HashMap;
use std::path::Path;
use tantivy::{Index, IndexSettings, IndexWriter, store::Compressor, store::ZstdCompressor};

/// How the engine is to be fed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SinkOptions {
    /// Threads that index; each holds its share of `memory`.
    pub(crate) threads: usize,
    /// Bytes held before a segment is written.
    pub(crate) memory: usize,
}

/// Fewer entries than this are not worth a second indexing thread, or a second segment.
const FEW_ENTRIES: usize = 20_000;

/// How many documents are made at once, which bounds what is held beside the engine's own memory.
const BATCH: usize = 2_048;

/// The least that the engine accepts for a thread.
const MIN_MEMORY_PER_THREAD: usize = 15_000_000;

/// Writes `entries` as an index in `folder`, telling `progress` how many are done.
pub(crate) fn write(
    folder: &Path,
    entries: &[&Entry],
    options: SinkOptions,
    progress: &(dyn Fn(usize) + Sync),
) -> tantivy::Result<()> {
    let settings =
        IndexSettings { docstore_compression: Compressor::Zstd(ZstdCompressor::default()), ..IndexSettings::default() };
    let index = Index::builder().schema(Fields::schema()).settings(settings).create_in_dir(folder)?;
    let threads = if entries.len() < FEW_ENTRIES { 1 } else { options.threads.clamp(1, 8) };
    let memory = (options.memory / threads).max(MIN_MEMORY_PER_THREAD) * threads;
    let mut writer: IndexWriter = index.writer_with_num_threads(threads, memory)?;
    let fields = Fields::new();
    let places = places(entries);
    let mut done = 0;
    for (batch, places) in entries.chunks(BATCH).zip(places.chunks(BATCH)) {
        let documents = batch.par_iter().zip(places).map(|(entry, place)| document(&fields, entry, *place));
        for document in documents.collect::<Vec<_>>() {
            writer.add_document(document?)?;
        }
        done += batch.len();
        progress(done);
    }
    writer.commit()?;
    writer.wait_merging_threads()
}

/// Where each entry stands among the others, in the order given.
fn places<'a>(entries: &[&'a Entry]) -> Vec<Place<'a>> {
    let mut order: Vec<usize> = (0..entries.len()).collect();
    // Newest first means highest rank; on one day the first entry comes first, and so ranks highest too.
    order.sort_by(|&a, &b| by_date(entries[a], entries[b]));
    let mut places = vec![Place::default(); entries.len()];
    let mut last_of_archive: HashMap<&str, usize> = HashMap::new();
    for (rank, &at) in order.iter().rev().enumerate() {
        places[at].rank = rank as u64;
    }
    // `order` runs from the newest day back; walk it the other way for neighbours, days rising, ordinals rising.
    let mut chronological = order;
    chronological.sort_by(|&a, &b| chronologically(entries[a], entries[b]));
    for &at in &chronological {
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

/// Newest first; on one day, by archive and then as the day's entries are numbered. Undated entries come last.
fn by_date(a: &Entry, b: &Entry) -> std::cmp::Ordering {
    let day = |entry: &Entry| entry.date.days.map(|days| days.first);
    day(b).cmp(&day(a)).then_with(|| in_day(&a.id).cmp(&in_day(&b.id)))
}

/// Oldest first, undated entries before all; on one day as its entries are numbered.
fn chronologically(a: &Entry, b: &Entry) -> std::cmp::Ordering {
    let day = |entry: &Entry| entry.date.days.map(|days| days.first);
    day(a).cmp(&day(b)).then_with(|| in_day(&a.id).cmp(&in_day(&b.id)))
}

fn in_day(id: &EntryId) -> (&str, &str, u32) {
    (id.archive(), id.date_part(), id.ordinal())
}
