//! How good the ranking is: judged queries over the seed and, where they lie beside the checkout, four other diaries.
//!
//! The figures stand in `relevance/figures/`; a change that moves one shows which, and `UPDATE_EXPECT=1` writes them anew.

mod judged;
mod marks;
mod rivals;

use crate::world::{World, root};
use diary_query::{Engine, LocalEngine, Request, Weights, Window, search};
use judged::Judged;
use marks::{Marks, Table};
use std::path::{Path, PathBuf};

/// How deep an answer is looked at.
const DEPTH: usize = 10;

#[test]
fn rusty() {
    check("rusty");
}

#[test]
fn barbellion() {
    check("barbellion");
}

#[test]
fn evelyn() {
    check("evelyn");
}

#[test]
fn scott() {
    check("scott");
}

#[test]
fn pepys() {
    check("pepys");
}

/// The judgements of a folder over indexes that exist already, printed: for archives that are not of this project, and for
/// trying other weights. See the README.
#[test]
fn elsewhere() {
    let folder = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let (Some(files), Some(indexes)) = (folder("RELEVANCE_JUDGED"), folder("RELEVANCE_INDEXES")) else {
        eprintln!(
            "skipped: RELEVANCE_JUDGED names a folder of judgements, RELEVANCE_INDEXES one of folders with an index each"
        );
        return;
    };
    let tried = std::env::var("RELEVANCE_WEIGHTS").unwrap_or_default();
    let (verbose, rival) = (folder("RELEVANCE_VERBOSE").is_some(), folder("RELEVANCE_RIVAL").is_some());
    let mut names: Vec<PathBuf> = std::fs::read_dir(files).unwrap().map(|file| file.unwrap().path()).collect();
    names.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    names.sort();
    for path in names {
        let judged = Judged::read(&path);
        let index = indexes.join(&judged.archive).join(".diary-index");
        let Ok(mut engine) = LocalEngine::open(&index, false) else {
            eprintln!("skipped: {} has no index in {}", judged.archive, index.display());
            continue;
        };
        let mut table = Table::default();
        for tried in tried.split(';') {
            engine = engine.with_weights(weights(tried));
            for (place, query) in judged.queries.iter().enumerate() {
                let found = ask(&engine, &judged.archive, &query.text);
                let marks = Marks::of(&found, &query.grades);
                table.add(tried, &query.kind, place, marks);
                if verbose && marks.ndcg < 0.95 {
                    println!("{:.3} {} {} {:?} {:?}", marks.ndcg, query.kind, query.text, query.grades, found);
                }
            }
        }
        let rival = rival.then(|| rivals::Tantivy::new(&all(&engine)));
        for (place, query) in judged.queries.iter().enumerate() {
            let Some(rival) = &rival else { break };
            let found = strip(&judged.archive, rival.any(&query.text));
            table.add("tantivy, any word", &query.kind, place, Marks::of(&found, &query.grades));
        }
        println!("{}\n{table}", judged.archive);
    }
}

/// Weights as `name=number` with commas between.
fn weights(text: &str) -> Weights {
    let pairs = text.split(',').filter_map(|pair| pair.split_once('='));
    pairs.fold(Weights::default(), |all, (name, to)| {
        all.with(name, to.parse().unwrap()).unwrap_or_else(|| panic!("no weight {name}"))
    })
}

/// Builds the index of one archive and holds the marks of its judgements against the figures.
#[track_caller]
fn check(name: &str) {
    let folder = root().join("tests/relevance");
    let judged = Judged::read(&folder.join(format!("{name}.toml")));
    let sources = root().join(&judged.root);
    if !sources.exists() {
        eprintln!("skipped: there is no {} beside this checkout", sources.display());
        return;
    }
    let world = World::empty();
    let settings = judged.settings.replace("{root}", &sources.display().to_string());
    let config = format!("[[archive]]\nname = \"{name}\"\nroot = \"{}\"\n{settings}", sources.display());
    world.write("diary.toml", &config);
    let done = world.ingest(&["--quiet"]);
    assert!(matches!(done.code, Some(0 | 3)), "{done:?}");
    let engine = LocalEngine::open(&world.path().join(".diary-index"), false).unwrap();
    let entries: Vec<diary::Entry> = all(&engine);
    for (query, day) in judged.queries.iter().flat_map(|query| query.grades.keys().map(move |day| (query, day))) {
        let known = entries.iter().any(|entry| entry.id.as_str() == format!("{name}/{day}"));
        assert!(known, "{name}: “{}” is judged over {day}, which is no entry", query.text);
    }
    let rival = rivals::Tantivy::new(&entries);
    let mut table = Table::default();
    for (place, query) in judged.queries.iter().enumerate() {
        let mut add = |who, found: &[String]| table.add(who, &query.kind, place, Marks::of(found, &query.grades));
        add("this engine", &ask(&engine, name, &query.text));
        add("tantivy, any word", &strip(name, rival.any(&query.text)));
        add("tantivy, all words", &strip(name, rival.all(&query.text)));
    }
    marks::hold(&folder.join(format!("figures/{name}.txt")), &table.to_string());
}

/// The first days that a query finds.
fn ask(engine: &dyn Engine, archive: &str, text: &str) -> Vec<String> {
    let window = Window { limit: DEPTH, passages: 0, ..Window::default() };
    let answer = search(engine, &Request { text: text.to_owned(), window, ..Request::default() }).unwrap();
    strip(archive, answer.page.hits.iter().map(|hit| hit.id.as_str().to_owned()).collect())
}

/// Ids without the archive in front.
fn strip(archive: &str, ids: Vec<String>) -> Vec<String> {
    let strip = |id: &String| id.strip_prefix(archive).and_then(|id| id.strip_prefix('/')).unwrap_or(id).to_owned();
    ids.iter().map(strip).collect()
}

/// Every entry of an index.
fn all(engine: &dyn Engine) -> Vec<diary::Entry> {
    let window = Window { limit: Window::MAX_LIMIT, passages: 0, ..Window::default() };
    let answer = search(engine, &Request { window, ..Request::default() }).unwrap();
    answer.page.hits.iter().map(|hit| engine.entry(&hit.id).unwrap().unwrap()).collect()
}

#[test]
fn judgements_are_many_and_of_every_kind() {
    let folder = root().join("tests/relevance");
    let count = |path: &Path| Judged::read(path).queries.len();
    let total: usize = ["rusty", "barbellion", "evelyn", "scott", "pepys"]
        .map(|n| count(&folder.join(format!("{n}.toml"))))
        .iter()
        .sum();
    assert!(total >= 200, "{total}");
}
