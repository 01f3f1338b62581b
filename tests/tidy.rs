//! Holds the arrows and the doors that ARCHITECTURE.md draws, by reading manifests and sources.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every Rust file of the project, relative to its root.
fn sources() -> Vec<PathBuf> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path.strip_prefix(root()).unwrap().to_owned());
            }
        }
    }
    let mut found = Vec::new();
    for folder in ["crates", "index-schema", "benches", "tests"] {
        walk(&root().join(folder), &mut found);
    }
    found.sort();
    assert!(found.len() > 50, "the walk found only {} files", found.len());
    found
}

/// The code of a file without its line comments, so that prose may name what code may not.
fn code(path: &Path) -> String {
    let lines = read(path);
    let code = lines.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_arrows_are_those_of_the_architecture() {
    let allowed = BTreeMap::from([
        ("crates/diary", vec![]),
        ("index-schema", vec!["diary"]),
        ("crates/ingest", vec!["diary", "diary-index-schema"]),
        ("crates/query", vec!["diary", "diary-index-schema"]),
        ("crates/render", vec!["diary", "diary-query"]),
        ("crates/server", vec!["diary", "diary-query", "diary-render"]),
    ]);
    let ours: BTreeSet<&str> =
        ["diary", "diary-index-schema", "diary-ingest", "diary-query", "diary-render", "diary-server"].into();
    for (folder, expected) in allowed {
        let manifest: toml::Table = read(format!("{folder}/Cargo.toml")).parse().unwrap();
        let dependencies = manifest["dependencies"].as_table().unwrap();
        let arrows: Vec<&str> = dependencies.keys().map(String::as_str).filter(|name| ours.contains(name)).collect();
        assert_eq!(arrows, expected, "the arrows of {folder}");
    }
}

/// Crates that may be named in a few places alone.
const DOORS: &[(&str, &[&str])] = &[
    ("tantivy", &["index-schema/", "crates/ingest/src/build/", "crates/query/src/local/", "benches/"]),
    ("scraper", &["crates/ingest/src/format/html"]),
    ("axum", &["crates/server/", "benches/"]),
    ("tokio", &["crates/server/", "crates/cli/serve/", "benches/"]),
    ("clap", &["crates/cli/"]),
    ("ratatui", &["crates/cli/search/interactive/"]),
];

#[test]
fn each_library_is_named_behind_its_own_door() {
    for path in sources() {
        let shown = path.to_string_lossy();
        if shown.starts_with("tests/") {
            continue;
        }
        let code = code(&path);
        for (library, doors) in DOORS {
            let named = [format!("{library}::"), format!("use {library};")].iter().any(|name| code.contains(name));
            assert!(!named || doors.iter().any(|door| shown.starts_with(door)), "{shown} names {library}");
        }
    }
}

#[test]
fn nouns_and_queries_have_no_wire_format() {
    for path in sources() {
        let shown = path.to_string_lossy();
        if shown.starts_with("crates/diary/") || shown.starts_with("crates/query/") {
            assert!(!code(&path).contains("Serialize"), "{shown} derives a wire format");
        }
    }
}

#[test]
fn only_the_programs_touch_the_world() {
    for path in sources() {
        let shown = path.to_string_lossy().into_owned();
        if !shown.starts_with("crates/") || shown.starts_with("crates/cli/") {
            continue;
        }
        let code = code(&path);
        // The tests of a crate, which stand at the end of its files, may do as they like.
        let code = code.split("#[cfg(test)]\nmod").next().unwrap_or_default();
        let is_test = shown.contains("/tests") || shown.contains("/benches/");
        for door in ["std::env::var", "env::current_dir", "process::exit", "Utc::now", "Local::now", "SystemTime::now"]
        {
            assert!(is_test || !code.contains(door), "{shown} uses {door}");
        }
    }
}

#[test]
fn no_loose_ends() {
    for path in sources() {
        let shown = path.to_string_lossy();
        let text = read(&path);
        for loose in
            [concat!("todo", "!("), concat!("unimplemented", "!("), concat!("FIX", "ME"), concat!("#[ig", "nore]")]
        {
            assert!(!text.contains(loose), "{shown} holds {loose}");
        }
    }
}

#[test]
fn the_architecture_names_every_crate_and_every_place_for_more() {
    let architecture = read("ARCHITECTURE.md");
    for part in [
        "crates/diary",
        "index-schema",
        "crates/ingest",
        "crates/query",
        "crates/render",
        "crates/server",
        "crates/cli",
        "corpus",
        "benches",
        "tests",
        "an input format",
        "a facet",
        "a query operator",
        "an output format",
        "a flag",
        "a route",
        "an archive",
        "an engine",
    ] {
        assert!(architecture.contains(part), "ARCHITECTURE.md says nothing of {part}");
    }
}
