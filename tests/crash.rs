//! A writer that is killed at any moment leaves an index that answers: the old state or the new, never a mixture.

use crate::world::World;
use std::time::Duration;

fn page(words: &str) -> String {
    let days = (1..=28).map(|day| format!("{day} March 2011\n\nThe {words} of day {day}.\n\n"));
    days.collect()
}

#[test]
fn a_killed_ingest_leaves_the_old_state_or_the_new() {
    let world = World::empty();
    world.write("diary.toml", "[[archive]]\nname = \"test\"\nroot = \"diary\"\n");
    world.write("diary/a.txt", &page("oldword"));
    world.ingest(&[]).code(0);
    let (mut killed, mut finished) = (0, 0);
    for round in 0..24u64 {
        let (words, other) = if round % 2 == 0 { ("newword", "oldword") } else { ("oldword", "newword") };
        world.write("diary/a.txt", &page(words));
        let mut child = world.command("diary-ingest").stderr(std::process::Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(round * 7 % 90));
        let _ = child.kill();
        if child.wait().unwrap().success() {
            finished += 1
        } else {
            killed += 1
        }
        let found = |word: &str| world.ids(&["--no-refresh", word]).len();
        let (new, old) = (found(words), found(other));
        assert!([(28, 0), (0, 28)].contains(&(new, old)), "round {round}: {new} new, {old} old");
        world.ingest(&[]).code(0);
        assert_eq!((found(words), found(other)), (28, 0), "round {round}: the next ingest needs no hand");
    }
    assert!(killed + finished == 24);
}

#[test]
fn every_damaged_file_is_named_or_harmless_and_the_next_ingest_repairs_it() {
    let world = World::empty();
    world.write("diary.toml", "[[archive]]\nname = \"test\"\nroot = \"diary\"\n");
    world.write("diary/a.txt", &page("oldword"));
    world.ingest(&[]).code(0);
    let current = world.read(".diary-index/CURRENT");
    let folder = format!(".diary-index/{}/public", current.split(' ').next().unwrap());
    let names: Vec<String> = std::fs::read_dir(world.path().join(&folder))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| !name.ends_with(".lock"))
        .collect();
    for name in names {
        let path = world.path().join(&folder).join(&name);
        let good = std::fs::read(&path).unwrap();
        let mut bad = good.clone();
        let middle = bad.len() / 2;
        bad[middle] ^= 0xff;
        std::fs::write(&path, &bad).unwrap();
        world.ingest(&["--check"]).code(4).says("damaged");
        let done = world.search(&["--no-refresh", "oldword"]);
        assert!(done.code == Some(0) || done.code == Some(2), "{name}: {done:?}");
        assert!(!done.stderr.contains("panicked"), "{name}: {done:?}");
        std::fs::write(&path, &good).unwrap();
        world.ingest(&["--check"]).code(0);
    }
    std::fs::write(world.path().join(".diary-index/CURRENT"), "nonsense").unwrap();
    world.search(&["--no-refresh", "oldword"]).code(2).says("diary-ingest");
    world.ingest(&[]).code(0);
    assert_eq!(world.ids(&["oldword"]).len(), 28);
}
