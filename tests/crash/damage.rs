//! An index whose files are not what was written is refused with the command to run, or answers as if nothing were wrong;
//! it is never believed.

use super::{NEW, changed, fault};
use crate::world::World;
use std::path::{Path, PathBuf};

/// Every file of the index but the locks, which belong to no state.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            found.extend(files(&path));
        } else if !name.ends_with(".lock") && name != "LOCK" {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The ways in which a disk, a copy or a hand spoils a file.
fn damages(good: &[u8], other: &[u8]) -> Vec<(&'static str, Option<Vec<u8>>)> {
    let flipped = |at: usize| {
        let mut bad = good.to_vec();
        // A file may be empty: an index of few words has no stems to list.
        bad.get_mut(at).into_iter().for_each(|byte| *byte ^= 0x04);
        Some(bad)
    };
    let last = good.len().saturating_sub(1);
    let mut damages = vec![
        ("first byte", flipped(0)),
        ("middle byte", flipped(last / 2)),
        ("last byte", flipped(last)),
        ("cut in half", Some(good[..good.len() / 2].to_vec())),
        ("a byte short", Some(good[..last].to_vec())),
        ("emptied", Some(Vec::new())),
        ("a byte long", Some([good, b"\n"].concat())),
        ("zeros", Some(vec![0; good.len()])),
        ("another file", Some(other.to_vec())),
        ("gone", None),
    ];
    // Bytes all over the file, the same in each run.
    damages.extend((1..6usize).map(|nth| ("some byte", flipped(nth * 7919 % good.len().max(1)))));
    damages.retain(|(_, bad)| bad.as_deref() != Some(good));
    damages
}

fn put(path: &Path, bytes: Option<&[u8]>) {
    match bytes {
        Some(bytes) => std::fs::write(path, bytes).unwrap(),
        None => std::fs::remove_file(path).unwrap(),
    }
}

#[test]
fn every_damage_is_seen_by_the_check_and_none_is_believed() {
    let world = changed();
    let index = world.path().join(".diary-index");
    let answer = || {
        let ask = |arguments: &[&str]| world.search(&[&["--no-refresh", "--json"], arguments].concat());
        (ask(&["oldword"]), ask(&["--private", "hidden"]))
    };
    let right = answer();
    assert!((right.0.code, right.1.code) == (Some(0), Some(0)), "{right:?}");
    let (files, mut count) = (files(&index), 0);
    for (at, path) in files.iter().enumerate() {
        let (good, other) = (std::fs::read(path).unwrap(), std::fs::read(&files[(at + 1) % files.len()]).unwrap());
        for (how, bad) in damages(&good, &other) {
            put(path, bad.as_deref());
            assert!(fault::entries(&index) != Ok(Some(28)), "{}: {how} is not seen", path.display());
            count += 1;
            if count % 8 == 0 {
                let now = answer();
                for (done, right) in [(now.0, &right.0), (now.1, &right.1)] {
                    let is_refused = done.code == Some(2) && done.stderr.contains("diary-ingest");
                    assert!(is_refused || done.stdout == right.stdout, "{}: {how}: {done:?}", path.display());
                    assert!(!done.stderr.contains("panicked"), "{}: {how}: {done:?}", path.display());
                }
            }
            put(path, Some(&good));
        }
    }
    assert!(count > 300, "{count}");
    assert_eq!(fault::entries(&index), Ok(Some(28)));
    assert_eq!(answer().0.stdout, right.0.stdout);
}

#[test]
fn the_next_ingest_repairs_what_is_damaged() {
    for name in ["CURRENT", "manifest.json", "sources", "public/names", "public/meta.json", "private/meta.json"] {
        let world = changed();
        let index = world.path().join(".diary-index");
        let path = files(&index).into_iter().find(|path| path.ends_with(name)).unwrap();
        std::fs::write(&path, "nonsense").unwrap();
        world.ingest(&["--check"]).code(4).says("diary-ingest");
        world.ingest(&[]).code(0);
        world.ingest(&["--check"]).code(0);
        assert_eq!(fault::entries(&index), Ok(Some(NEW)), "{name}");
    }
}

/// Changes a line of CURRENT or of a JSON file, its seal put right.
fn tamper(world: &World, from: &str, to: &str) {
    let pointer = world.read(".diary-index/CURRENT");
    let folder = format!(".diary-index/{}", pointer.split(' ').next().unwrap());
    let old = world.read(&format!("{folder}/manifest.json"));
    let new = old.replace(from, to);
    assert_ne!(old, new, "{from} is not in {old}");
    world.write(&format!("{folder}/manifest.json"), &new);
    let seal = |text: &str| blake3::hash(text.as_bytes()).to_hex().to_string();
    world.write(".diary-index/CURRENT", &pointer.replace(&seal(&old), &seal(&new)));
}

#[test]
fn another_version_or_another_program_is_named_with_the_way_out() {
    use diary_index_schema::{ANALYSIS_VERSION, SCHEMA_VERSION};
    let schema = format!("\"schema\": {SCHEMA_VERSION}");
    let analysis = format!("\"analysis\": {ANALYSIS_VERSION}");
    for (from, to, words) in [
        (schema.as_str(), "\"schema\": 99", "a newer version"),
        (schema.as_str(), "\"schema\": 0", "an older version"),
        (analysis.as_str(), "\"analysis\": 0", "an older version"),
    ] {
        let world = changed();
        tamper(&world, from, to);
        let said = world.search(&["--no-refresh", "oldword"]).code(2).says(words).says("diary-ingest --rebuild");
        assert!(said.stderr.contains(&to.replace(['"', ':'], "")), "{said:?}");
        // An older one is written anew; a newer one only when that is asked for.
        world.ingest(&[]).code(if words == "a newer version" { 4 } else { 0 });
        world.ingest(&["--rebuild"]).code(0);
        assert_eq!(fault::entries(&world.path().join(".diary-index")), Ok(Some(NEW)));
    }
    let world = changed();
    tamper(&world, "\"diary-search index\"", "\"somebody's index\"");
    world.search(&["--no-refresh", "oldword"]).code(2).says("is not an index of diary-search");
    world.ingest(&["--rebuild"]).code(4).says("--index");
}

#[test]
fn of_an_older_index_over_large_sources_one_thing_is_said() {
    let world = changed();
    world.write("diary/large.txt", &"x".repeat(17 << 20));
    assert!(world.search(&["oldword"]).stderr.contains("MB to read"));
    tamper(&world, &format!("\"analysis\": {}", diary_index_schema::ANALYSIS_VERSION), "\"analysis\": 0");
    let said = world.search(&["oldword"]).code(2).says("diary-ingest --rebuild");
    assert!(!said.stderr.contains("MB to read"), "{said:?}");
}

#[test]
fn a_pointer_that_lies_is_refused() {
    let world = changed();
    let good = world.read(".diary-index/CURRENT");
    let seals = good.split_once(' ').unwrap().1.to_owned();
    for name in
        ["generation-18446744073709551615", "generation--1", "generation-../x", "../generation-1", "", "generation-2"]
    {
        world.write(".diary-index/CURRENT", &format!("{name} {seals}"));
        let done = world.search(&["--no-refresh", "oldword"]).code(2);
        assert!(done.stderr.contains("diary-ingest"), "{name}: {done:?}");
        world.ingest(&["--check"]).code(4);
    }
    world.ingest(&[]).code(0);
    world.ingest(&["--check"]).code(0);
}
