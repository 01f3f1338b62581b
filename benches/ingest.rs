//! Building an index from pages, beside the engine alone over ready entries.

use crate::clock::{median, process_cost, ratio};
use crate::diaries::Page;
use crate::say;
use diary::Archive;
use diary_ingest::build::{BuildInput, BuildOptions, build};
use diary_ingest::{ArchiveInput, Limits, extract};
use std::path::Path;
use std::time::{Duration, Instant};
use tantivy::schema::{FAST, INDEXED, STORED, STRING, Schema, TEXT, TextFieldIndexing, TextOptions};

const ROUNDS: usize = 3;

pub(crate) fn measure(diary: &[Page], bytes: u64, folder: &Path) {
    let (mut ours, mut bare, mut again) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let index = folder.join(if round + 1 == ROUNDS { "index".to_owned() } else { format!("index-{round}") });
        ours.push(process_cost(|| build_pages(&folder.join("html"), &index, false)).0);
        bare.push(process_cost(|| engine_alone(diary, &folder.join(format!("bare-{round}")))).0);
        again.push(process_cost(|| engine_alone(diary, &folder.join(format!("again-{round}")))).0);
    }
    let (ours, bare, again) = (median(ours), median(bare), median(again));
    say(&format!("A/A  engine alone, twice                 {:.2}", ratio(again, bare)));
    say(&format!("build from HTML / engine alone          {:.2}   ({ours:.2?} / {bare:.2?})", ratio(ours, bare)));
    let (with_names, _) = process_cost(|| build_pages(&folder.join("html"), &folder.join("named"), true));
    say(&format!("the same with names looked for / without {:.2}", ratio(with_names, ours)));
    say(&format!("index / text bytes                       {:.2}", size(&folder.join("index")) as f64 / bytes as f64));
    for (what, path) in [("HTML", "html"), ("plain text", "text")] {
        let one = reading(&folder.join(path), 1);
        let two = reading(&folder.join(path), 2);
        let speed = size(&folder.join(path)) as f64 / 1e6 / one.as_secs_f64();
        say(&format!("read {what}: {speed:.0} MB/s on one thread, two are {:.2} times as fast", ratio(one, two)));
    }
    let (again, _) = process_cost(|| build_pages(&folder.join("html"), &folder.join("index"), false));
    say(&format!("ingest again, nothing changed / ingest   {:.3}", ratio(again, ours)));
}

fn build_pages(pages: &Path, index: &Path, discover: bool) {
    let archive = ArchiveInput::new(Archive::named("bench"), pages);
    let input = BuildInput { archive, people: None, projects: None, discover };
    if let Err(error) = build(index, &[input], &BuildOptions::default(), &|_| {}) {
        say(&format!("the build failed: {error}"));
    }
}

/// The time that reading all pages into entries takes on so many threads.
fn reading(pages: &Path, threads: usize) -> Duration {
    let input = ArchiveInput::new(Archive::named("bench"), pages);
    let Ok(pool) = rayon::ThreadPoolBuilder::new().num_threads(threads).build() else { return Duration::MAX };
    let start = Instant::now();
    pool.install(|| extract(&input, &Limits::default(), &|_| {}));
    start.elapsed()
}

/// The engine over ready entries, with fields like ours and its own analysis.
fn engine_alone(diary: &[Page], folder: &Path) {
    let mut schema = Schema::builder();
    let stemmed = TextFieldIndexing::default()
        .set_tokenizer("en_stem")
        .set_index_option(tantivy::schema::IndexRecordOption::WithFreqsAndPositions);
    let heading = schema.add_text_field("heading", STRING | STORED);
    let text = schema.add_text_field("text", TEXT | STORED);
    let stem = schema.add_text_field("text_stem", TextOptions::default().set_indexing_options(stemmed));
    let day = schema.add_i64_field("day", INDEXED | FAST);
    let built = std::fs::create_dir_all(folder).map_err(tantivy::TantivyError::from).and_then(|()| {
        let index = tantivy::Index::create_in_dir(folder, schema.build())?;
        let mut writer = index.writer_with_num_threads(2, 128_000_000)?;
        let mut number = 0;
        for entry in diary.iter().flat_map(|page| &page.entries) {
            number += 1;
            let words = entry.paragraphs.join("\n\n");
            writer.add_document(tantivy::doc!(
                heading => entry.heading.as_str(), text => words.as_str(), stem => words.as_str(), day => number as i64
            ))?;
        }
        writer.commit()?;
        writer.wait_merging_threads()
    });
    if let Err(error) = built {
        say(&format!("the engine alone failed: {error}"));
    }
}

fn size(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| match entry.metadata() {
            Ok(metadata) if metadata.is_dir() => size(&entry.path()),
            Ok(metadata) => metadata.len(),
            Err(_) => 0,
        })
        .sum()
}
