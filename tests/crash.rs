//! A writer that is killed, refused or cut off from power at any moment leaves an index that answers: the old state or
//! the new, never a mixture; and the next ingest needs no hand.

mod damage;
mod fault;
mod power;
mod writers;

use crate::world::{Done, World};
use fault::{Fault, calls, copy, entries, ingest};
use power::{Disk, Rule};
use std::time::Duration;

const OLD: u64 = 28;
const NEW: u64 = 20;

fn page(words: &str, days: u64) -> String {
    (1..=days).map(|day| format!("{day} March 2011\n\nThe {words} of day {day}.\n\n")).collect()
}

/// An index of the old state, over sources that say something new.
fn changed() -> World {
    let world = World::empty();
    world.write("diary.toml", "[[archive]]\nname = \"test\"\nroot = \"diary\"\n");
    world.write("diary/a.txt", &page("oldword", OLD));
    world.write("diary/b.md", "---\ndate: 2011-04-01\nprivate: true\n---\nHidden.\n");
    world.ingest(&[]).code(0);
    world.write("diary/a.txt", &page("newword", NEW));
    world
}

/// Sources that no index knows.
fn unread() -> World {
    let world = changed();
    std::fs::remove_dir_all(world.path().join(".diary-index")).unwrap();
    world
}

/// The index is whole, in the old state or the new, and the next ingest brings the new.
#[track_caller]
fn is_old_or_new(world: &World, done: &Done, old: Option<u64>) {
    let index = world.path().join(".diary-index");
    let found = entries(&index).unwrap_or_else(|error| panic!("{error}: {done:?}"));
    assert!(found == old || found == Some(NEW), "{found:?}: {done:?}");
    assert!(done.code != Some(0) || found == Some(NEW), "done, and yet {found:?}: {done:?}");
    says_it_in_words(done);
    world.ingest(&[]).code(0);
    assert_eq!(entries(&index), Ok(Some(NEW)), "after {done:?}");
}

/// Killed, or ended with a status of ours and in words for people.
#[track_caller]
fn says_it_in_words(done: &Done) {
    assert!(matches!(done.code, None | Some(0 | 2 | 3 | 4)), "{done:?}");
    for never in ["panicked", "os error", "Os {", "Error(", "RUST_BACKTRACE"] {
        assert!(!done.stderr.contains(never), "{done:?}");
    }
}

#[test]
fn an_ingest_killed_at_any_moment_leaves_the_old_state_or_the_new() {
    let world = changed();
    for round in 0..12u64 {
        let fresh = copy(&world);
        let mut child = fresh.command("diary-ingest").stderr(std::process::Stdio::piped()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(round * 7));
        let _ = child.kill();
        is_old_or_new(&fresh, &Done::of(&child.wait_with_output().unwrap()), Some(OLD));
    }
}

#[test]
fn an_ingest_killed_in_place_of_a_change_leaves_the_old_state_or_the_new() {
    if fault::shim().is_none() {
        return;
    }
    for (world, old) in [(changed(), Some(OLD)), (unread(), None)] {
        let changes = calls(&world, ".diary-index", "change");
        assert!(changes > 50, "{changes}");
        // The last ones put the new state in its place and clear the old away.
        for at in (1..=changes).filter(|at| at % 20 == 0 || at + 5 > changes) {
            let fresh = copy(&world);
            let done = ingest(&fresh, ".diary-index", Fault { call: "change", at, ..Fault::default() }).output();
            is_old_or_new(&fresh, &Done::of(&done.unwrap()), old);
        }
    }
}

#[test]
fn an_ingest_killed_forgets_no_folder_that_the_index_holds() {
    if fault::shim().is_none() {
        return;
    }
    let world = World::empty();
    world.write("a/x.txt", "Monday 4 January 2010\n\nAn aardvark.\n");
    world.write("b/y.txt", "5 May 2011\n\nA zebra came.\n");
    world.ingest(&["--index", "ix", "a"]).code(0);
    let killed = |at| {
        let (fresh, counter) = (copy(&world), tempfile::NamedTempFile::new().unwrap());
        let mut command = ingest(&fresh, "ix", Fault { call: "change", at, ..Fault::default() });
        let done = command.args(["--index", "ix", "b"]).env("FAULT_COUNT", counter.path()).output().unwrap();
        (fresh, std::fs::read(counter.path()).unwrap().len(), done.status.success())
    };
    let (_, changes, done) = killed(0);
    assert!(done && changes > 50, "{changes}");
    for at in changes - 16..=changes {
        let (fresh, _, done) = killed(at);
        assert!(!done, "call {at} of {changes} was survived");
        let index = fresh.path().join("ix");
        let held = entries(&index).unwrap();
        fresh.ingest(&["--index", "ix", "a"]).code(0);
        assert!(!fresh.ids(&["--index", "ix", "aardvark"]).is_empty(), "call {at} of {changes}");
        let zebra = fresh.ids(&["--index", "ix", "zebra"]);
        assert!(held == Some(1) || !zebra.is_empty(), "call {at} of {changes}");
    }
}

#[test]
fn an_ingest_whose_writing_is_refused_says_so_and_leaves_the_old_state_or_the_new() {
    if fault::shim().is_none() {
        return;
    }
    let world = changed();
    for (call, errno) in [
        ("write", libc::ENOSPC),
        ("fsync", libc::EIO),
        ("create", libc::EDQUOT),
        ("open", libc::EMFILE),
        ("read", libc::EIO),
        ("rename", libc::EACCES),
        ("mkdir", libc::ENOSPC),
        ("unlink", libc::EIO),
        ("flock", libc::EIO),
        ("mmap", libc::ENOMEM),
        ("readdir", libc::EIO),
    ] {
        let calls = calls(&world, ".diary-index", call);
        for (at, on) in [(1, true), (1 + calls / 2, false), (calls.max(1), true)] {
            let fresh = copy(&world);
            let done = ingest(&fresh, ".diary-index", Fault { call, at, errno, on }).output().unwrap();
            is_old_or_new(&fresh, &Done::of(&done), Some(OLD));
        }
    }
}

#[test]
fn a_source_that_cannot_be_read_for_the_moment_loses_no_entry() {
    if fault::shim().is_none() {
        return;
    }
    let world = World::empty();
    world.write("diary.toml", "[[archive]]\nname = \"test\"\nroot = \"diary\"\n");
    for year in 2001..2009 {
        world.write(&format!("diary/{year}/a.txt"), &format!("3 May {year}\n\nA day of {year}.\n"));
    }
    let (first, index) = (copy(&world), |world: &World| world.path().join(".diary-index"));
    world.ingest(&[]).code(0);
    world.write("diary/2001/a.txt", "3 May 2001\n\nA day in other words.\n");
    for (call, errno) in [("open", libc::EMFILE), ("read", libc::EIO), ("readdir", libc::EIO), ("open", libc::EACCES)] {
        for (at, on) in [(1, true), (7, false), (12, false), (25, true)] {
            let (known, unknown) = (copy(&world), copy(&first));
            let fault = Fault { call, at, errno, on };
            let run = |world| Done::of(&ingest(world, "/diary/", fault).output().unwrap());
            let done = run(&known);
            says_it_in_words(&done);
            assert_eq!(entries(&index(&known)), Ok(Some(8)), "{fault:?}: {done:?}");
            let done = run(&unknown);
            says_it_in_words(&done);
            let found = entries(&index(&unknown)).unwrap();
            assert!(done.code != Some(0) || found == Some(8), "{fault:?}: lost in silence: {done:?}");
            for world in [&known, &unknown] {
                world.ingest(&[]).code(0);
                assert_eq!(entries(&index(world)), Ok(Some(8)), "{fault:?}: not made good");
                assert_eq!(world.ids(&["--no-refresh", "day"]).len(), 8);
            }
            assert_eq!(known.ids(&["--no-refresh", "\"other words\""]), ["test/2001-05-03"]);
        }
    }
}

#[test]
fn a_power_cut_leaves_the_old_state_or_the_new() {
    let Some(shim) = fault::shim() else { return };
    for (world, old) in [(changed(), Some(OLD)), (unread(), None)] {
        let mut disk = Disk::new(world.path());
        let log = tempfile::NamedTempFile::new().unwrap();
        let mut command = world.command("diary-ingest");
        command.env("LD_PRELOAD", shim).env("FAULT_UNDER", world.path()).env("FAULT_LOG", log.path());
        assert!(command.output().unwrap().status.success());
        let changes = power::read(&std::fs::read(log.path()).unwrap());
        assert!(changes.len() > 50, "{changes:?}");
        let mut known = std::collections::HashSet::new();
        for (at, change) in changes.iter().enumerate() {
            disk.apply(change);
            let is_last = at + 1 == changes.len();
            let rules =
                [Rule::Strict, Rule::Prefix, Rule::Names, Rule::Zero, Rule::Torn, Rule::Reorder(1), Rule::Reorder(9)];
            for rule in rules {
                let state = disk.after_a_cut(rule);
                if !known.insert(power::hash(&state)) && !is_last {
                    continue;
                }
                let after = World::empty();
                power::lay_out(&state, world.path(), after.path());
                let found = entries(&after.path().join(".diary-index"));
                let found = found.unwrap_or_else(|error| panic!("{rule:?} after change {at}, {change:?}: {error}"));
                assert!(found == old || found == Some(NEW), "{rule:?} after change {at}: {found:?}");
                assert!(!is_last || found == Some(NEW), "{rule:?}: what was done is lost");
            }
        }
    }
}
