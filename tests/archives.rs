//! Real diaries, when they lie beside the checkout: the counts that they promise, through the real program.

use crate::world::{World, root};
use std::path::PathBuf;

/// A folder of the archives, or nothing, said aloud.
fn archive(name: &str) -> Option<PathBuf> {
    let path = root().join("../shared/archives").join(name);
    if !path.exists() {
        eprintln!("skipped: there is no {} beside this checkout", path.display());
        return None;
    }
    Some(path)
}

fn entries(path: &std::path::Path) -> Vec<serde_json::Value> {
    let done = World::empty().ingest(&["--entries", "jsonl", path.to_str().unwrap()]);
    assert!(matches!(done.code, Some(0 | 3)), "{:?} {}", done.code, done.stderr);
    done.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn pepys_without_a_word_of_configuration() {
    let Some(path) = archive("pepys-xhtml") else { return };
    let entries = entries(&path);
    assert!(entries.len() >= 3_400, "{}", entries.len());
    let first = entries.iter().find(|entry| entry["date_gregorian"] == "1660-01-11").unwrap();
    assert_eq!(first["date"], "1660-01-01");
}

#[test]
fn the_seed_has_sixty_four_entries() {
    let done =
        World::empty().ingest(&["--entries", "jsonl", root().join("corpus/rusty-2003").to_str().unwrap()]).code(0);
    let entries: Vec<serde_json::Value> = done.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(entries.len(), 64);
    let conflicts: Vec<&str> =
        entries.iter().filter(|e| e["weekday_agrees"] == false).map(|e| e["date"].as_str().unwrap()).collect();
    assert_eq!(conflicts, ["2003-09-02", "2003-08-16", "2003-08-10"]);
    for furniture in ["What's Happening?", "GPG Key", "2002 Diary"] {
        assert!(entries.iter().all(|e| !e["text"].as_str().unwrap().contains(furniture)), "{furniture}");
    }
}
