//! Building an index from pages, beside the engine alone over ready entries.

use crate::child::{Cost, cost_of, medians};
use crate::diaries::{FORMATS, Page, write, write_ready};
use crate::say;
use diary::Archive;
use diary_index_schema::stems::StoredStems;
use diary_index_schema::{Fields, engine};
use diary_ingest::ArchiveInput;
use diary_ingest::build::{BuildInput, BuildOptions, build};
use std::path::Path;
use tantivy::schema::{FAST, INDEXED, STORED, STRING, Schema, TEXT, TextFieldIndexing, TextOptions};
use tantivy::{Index, IndexWriter, doc};

const ROUNDS: usize = 3;

pub(crate) fn measure(diary: &[Page], folder: &Path) {
    let bytes: Vec<u64> = FORMATS.iter().map(|&format| write(diary, folder, format)).collect();
    let text = write_ready(diary, &folder.join("ready"));
    let mut rounds: [Vec<Cost>; 3] = Default::default();
    for _ in 0..ROUNDS {
        rounds[0].push(ours(folder, "html", "index", 2, "no names"));
        rounds[1].push(cost_of(&["bare", &at(folder, "ready"), &fresh(folder, "bare"), "2"]));
        rounds[2].push(cost_of(&["bare", &at(folder, "ready"), &fresh(folder, "bare"), "2"]));
    }
    let [ours_plain, bare, again] = rounds.map(medians);
    let named = ours(folder, "html", "named", 2, "names");
    say("ingest                                                  ratio   CPU s   CPU s");
    row("A/A: the engine alone over ready entries, twice", again.cpu, bare.cpu);
    row("from HTML, no names looked for / engine alone", ours_plain.cpu, bare.cpu);
    row("from HTML with people and projects / engine alone", named.cpu, bare.cpu);
    let stems = |how: &str| cost_of(&["words", &at(folder, "ready"), &fresh(folder, "words"), how]);
    row("words in all their forms / words as written", stems("stems").cpu, stems("words").cpu);
    row("one page changed, all named again / ingest", change_a_page(folder), named.cpu);
    row("nothing changed / ingest", again_unchanged(folder).cpu, named.cpu);
    say("                                                        ratio      MB      MB");
    row("peak memory / engine alone", ours_plain.peak, bare.peak);
    row("peak memory with names / engine alone", named.peak, bare.peak);
    row("index / text", size(&folder.join("index")) as f64 / 1e6, text as f64 / 1e6);
    row("index with names / text", size(&folder.join("named")) as f64 / 1e6, text as f64 / 1e6);
    say("                                                        ratio  1 thr s  2 thr s");
    for ((name, _), bytes) in FORMATS.into_iter().zip(bytes) {
        let [one, two] = [1, 2].map(|threads| ours(folder, name, "threads", threads, "names").wall);
        let megabytes = bytes as f64 / 1e6;
        let what = format!("{name}: {:.1} MB/s on one thread, {:.1} on two", megabytes / one, megabytes / two);
        row(&what, one, two);
    }
}

fn row(what: &str, a: f64, b: f64) {
    say(&format!("  {what:<52} {:>6.2} {a:>7.2} {b:>7.2}", a / b.max(1e-9)));
}

fn at(folder: &Path, name: &str) -> String {
    folder.join(name).display().to_string()
}

/// A folder that is not there yet.
fn fresh(folder: &Path, name: &str) -> String {
    let _ = std::fs::remove_dir_all(folder.join(name));
    at(folder, name)
}

fn ours(folder: &Path, pages: &str, index: &str, threads: usize, names: &str) -> Cost {
    cost_of(&["ours", &at(folder, pages), &fresh(folder, index), &threads.to_string(), names])
}

/// The CPU seconds of bringing an index up to date after a sentence was added to one page.
fn change_a_page(folder: &Path) -> f64 {
    let pages = std::fs::read_dir(folder.join("html")).into_iter().flatten().flatten();
    let page = pages.map(|page| page.path()).min().unwrap_or_default();
    let text = std::fs::read_to_string(&page).unwrap_or_default().replace("</body>", "<p>And so to bed.</p></body>");
    if std::fs::write(&page, text).is_err() {
        say("no page can be changed");
    }
    again_unchanged(folder).cpu
}

fn again_unchanged(folder: &Path) -> Cost {
    cost_of(&["ours", &at(folder, "html"), &at(folder, "named"), "2", "names"])
}

/// The work of a child process, named by its first argument; what it returns is what went wrong.
pub(crate) fn work(arguments: &[String]) -> Result<(), String> {
    let words = |error: tantivy::TantivyError| error.to_string();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["ours", pages, index, threads, names] => build_pages(pages, index, threads, *names == "names"),
        ["bare", ready, index, threads] => engine_alone(ready, index, threads.parse().unwrap_or(1)).map_err(words),
        ["words", ready, index, how] => words_alone(ready, index, *how == "stems").map_err(words),
        other => Err(format!("no such work: {other:?}")),
    }
}

fn build_pages(pages: &str, index: &str, threads: &str, discover: bool) -> Result<(), String> {
    let archive = ArchiveInput::new(Archive::named("bench"), pages);
    let input = BuildInput { archive, people: None, projects: None, discover };
    let jobs = threads.parse().unwrap_or(1);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build().map_err(|error| error.to_string())?;
    let options = BuildOptions { jobs, ..BuildOptions::default() };
    pool.install(|| build(index.as_ref(), &[input], &options, &|_| {})).map(drop).map_err(|error| error.to_string())
}

/// The engine over ready entries, with fields like ours and its own analysis.
fn engine_alone(ready: &str, folder: &str, threads: usize) -> tantivy::Result<()> {
    let mut schema = Schema::builder();
    let stemmed = TextFieldIndexing::default()
        .set_tokenizer("en_stem")
        .set_index_option(tantivy::schema::IndexRecordOption::WithFreqsAndPositions);
    let id = schema.add_text_field("id", STRING | STORED);
    let heading = schema.add_text_field("heading", TEXT | STORED);
    let text = schema.add_text_field("text", TEXT | STORED);
    let stem = schema.add_text_field("text_stem", TextOptions::default().set_indexing_options(stemmed));
    let facets = ["person", "year", "month"].map(|name| (name, schema.add_text_field(name, STRING | FAST)));
    let day = schema.add_i64_field("day", INDEXED | FAST);
    std::fs::create_dir_all(folder)?;
    let index = Index::create_in_dir(folder, schema.build())?;
    let mut writer: IndexWriter = index.writer_with_num_threads(threads, 128_000_000)?;
    for line in std::fs::read_to_string(ready)?.lines() {
        let entry: serde_json::Value = serde_json::from_str(line)?;
        let of = |name: &str| entry[name].as_str().unwrap_or_default();
        let mut document = doc!(
            id => of("id"), heading => of("heading"), text => of("text"), stem => of("text"),
            day => entry["day"].as_i64().unwrap_or_default()
        );
        for (name, field) in facets {
            let values = entry[name].as_array().cloned().unwrap_or_else(|| vec![entry[name].clone()]);
            values.iter().filter_map(|value| value.as_str()).for_each(|value| document.add_text(field, value));
        }
        writer.add_document(document)?;
    }
    writer.commit()?;
    writer.wait_merging_threads()
}

/// The words of ready entries in our analysis; with `stems`, also which of them have one stem.
fn words_alone(ready: &str, folder: &str, stems: bool) -> tantivy::Result<()> {
    let text = Fields::new().text;
    std::fs::create_dir_all(folder)?;
    let index = engine::create(folder.as_ref())?;
    let mut writer: IndexWriter = index.writer_with_num_threads(1, 128_000_000)?;
    for line in std::fs::read_to_string(ready)?.lines() {
        let entry: serde_json::Value = serde_json::from_str(line)?;
        writer.add_document(doc!(text => entry["text"].as_str().unwrap_or_default()))?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    if stems {
        let stems = StoredStems::write(&index.reader()?.searcher())?;
        std::fs::write(Path::new(folder).join("stems"), stems)?;
    }
    Ok(())
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
