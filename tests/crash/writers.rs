//! Several writers, readers beside a writer, limits of the system, and ends that come from outside.

use super::fault::{copy, entries};
use super::{NEW, OLD, changed, is_old_or_new, page, says_it_in_words};
use crate::world::{Done, World};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

#[test]
fn of_several_writers_one_wins_and_the_others_are_told() {
    for count in [2, 4] {
        let world = changed();
        world.write(".diary-index/LOCK", "left by a writer that was killed");
        let start = || world.command("diary-ingest").stderr(Stdio::piped()).spawn().unwrap();
        let writers: Vec<_> = (0..count).map(|_| start()).collect();
        let done: Vec<Done> = writers.into_iter().map(|writer| Done::of(&writer.wait_with_output().unwrap())).collect();
        assert!(done.iter().any(|done| done.code == Some(0)), "{done:?}");
        for done in done.iter().filter(|done| done.code != Some(0)) {
            assert!(done.code == Some(2) && done.stderr.contains("another diary-ingest is writing"), "{done:?}");
        }
        assert_eq!(entries(&world.path().join(".diary-index")), Ok(Some(NEW)));
    }
}

#[test]
fn each_answer_beside_a_writer_is_of_one_generation() {
    let (world, is_over) = (changed(), AtomicBool::new(false));
    let answers = std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut answers = 0;
            while !is_over.load(Ordering::Relaxed) {
                let counts = ["oldword", "newword"].map(|word| world.ids(&["--no-refresh", word]).len() as u64);
                // Between the two questions the generation may change, within one it does not.
                assert!([0, OLD].contains(&counts[0]) && [0, NEW].contains(&counts[1]), "{counts:?}");
                answers += 1;
            }
            answers
        });
        for round in 0..12 {
            let (words, days) = if round % 2 == 0 { ("newword", NEW) } else { ("oldword", OLD) };
            world.write("diary/a.txt", &page(words, days));
            world.ingest(&["--rebuild", "--prune"]).code(0);
        }
        is_over.store(true, Ordering::Relaxed);
        reader.join().unwrap()
    });
    assert!(answers > 3, "{answers}");
}

#[cfg(unix)]
#[test]
fn a_limit_of_the_system_is_said_in_words_and_loses_nothing() {
    // Blocks of 512 bytes, and files.
    for limit in ["ulimit -f 0", "ulimit -f 2", "ulimit -f 12", "ulimit -n 5", "ulimit -n 8", "ulimit -n 14"] {
        let world = changed();
        let program = world.command("diary-ingest");
        let script = format!("{limit} && exec \"$0\" 2>&1 | cat >&2");
        // The report goes through a pipe: what is printed must not count as a file that is too long.
        let mut shell = Command::new("bash");
        shell.args(["-c", &format!("set -o pipefail; {script}")]).arg(program.get_program());
        shell.current_dir(world.path()).env_clear().env("HOME", world.path()).env("PATH", "/usr/bin:/bin");
        let done = Done::of(&shell.stdin(Stdio::null()).output().unwrap());
        assert!(done.code.is_some_and(|code| code < 100), "{limit}: {done:?}");
        is_old_or_new(&world, &done, Some(OLD));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_nobody_reads_is_no_fault_and_a_full_one_is_said() {
    let world = changed();
    world.ingest(&[]).code(0);
    let lines = ["--entries", "jsonl"];
    for (program, arguments) in
        [("diary-ingest", &lines[..]), ("diary-search", &["--jsonl", "--all", "*"]), ("diary-search", &["--help"])]
    {
        let mut child =
            world.command(program).args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let done = Done::of(&child.wait_with_output().unwrap());
        assert_eq!(
            (done.code, done.stderr.contains("panicked")),
            (Some(0), false),
            "{program} {arguments:?}: {done:?}"
        );
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let done = Done::of(&world.command(program).args(arguments).stdout(full).output().unwrap());
        says_it_in_words(&done);
        if arguments[0] != "--help" {
            assert!(done.code == Some(2) && done.stderr.contains("cannot write the output"), "{program}: {done:?}");
        }
    }
    assert_eq!(entries(&world.path().join(".diary-index")), Ok(Some(NEW)));
}

#[cfg(unix)]
#[test]
fn an_interrupted_ingest_ends_in_words_and_keeps_the_state() {
    for (signal, code) in [("-INT", 130), ("-TERM", 143)] {
        for wait in [5, 30, 60] {
            let world = changed();
            let mut command = world.command("diary-ingest");
            let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
            std::thread::sleep(Duration::from_millis(wait));
            Command::new("kill").args([signal, &child.id().to_string()]).output().unwrap();
            let done = Done::of(&child.wait_with_output().unwrap());
            // No code: it came before the program could listen.
            assert!(done.code.is_none_or(|found| found == code || found == 0), "{done:?}");
            assert!(done.code != Some(code) || done.stderr.contains("interrupted"), "{done:?}");
            let found = entries(&world.path().join(".diary-index")).unwrap();
            assert!([Some(OLD), Some(NEW)].contains(&found), "{found:?}");
        }
    }
}

#[test]
fn an_edit_is_found_whatever_the_file_times_say() {
    let world = World::empty();
    world.write("diary.toml", "[[archive]]\nname = \"test\"\nroot = \"diary\"\n");
    let year = Duration::from_secs(365 * 86_400);
    let times = [
        SystemTime::UNIX_EPOCH,
        SystemTime::UNIX_EPOCH - 60 * year,
        SystemTime::UNIX_EPOCH + 300 * year,
        SystemTime::now(),
    ];
    for (nth, time) in times.into_iter().enumerate() {
        for word in ["cat", "dog"] {
            let word = format!("{word}{nth}");
            world.write("diary/a.txt", &format!("3 May 1999\n\nA {word} came.\n"));
            let file = std::fs::File::options().write(true).open(world.path().join("diary/a.txt")).unwrap();
            file.set_modified(time).unwrap();
            world.ingest(&[]).code(0);
            assert_eq!(world.ids(&["--no-refresh", &word]), ["test/1999-05-03"], "{time:?}");
        }
    }
}

#[test]
fn an_index_after_many_edits_is_that_of_a_fresh_ingest() {
    let mut seed = 7u64;
    let mut next = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let world = World::empty();
    let toml =
        "[[archive]]\nname = \"a\"\nroot = \"a\"\n[[archive]]\nname = \"b\"\nroot = \"b\"\npeople = \"people.toml\"\n";
    world.write("diary.toml", toml);
    world.write("people.toml", "[[person]]\nkey = \"lee-ann\"\nprefLabel = \"Ann Lee\"\n");
    let mut write = |world: &World| {
        let name = format!("{}/{}.md", ["a", "b"][next(2) as usize], next(6));
        if next(5) == 0 && world.path().join(&name).exists() {
            std::fs::remove_file(world.path().join(name)).unwrap();
            return;
        }
        let who = ["Ann Lee", "Oleg Nesterov", "Oleg", "nobody"][next(4) as usize];
        let private = if next(4) == 0 { "private: true\n" } else { "" };
        let (day, words) = (1 + next(9), ["slugs", "beans", "rain"][next(3) as usize]);
        world.write(
            &name,
            &format!("---\ndate: 2019-04-0{day}\n{private}---\nMet {who} about {words}. {who} laughed.\n"),
        );
    };
    (0..12).for_each(|_| write(&world));
    world.ingest(&[]).code(0);
    for round in 0..8 {
        (0..1 + round % 3).for_each(|_| write(&world));
        if round == 5 {
            world.write(
                "people.toml",
                "[[person]]\nkey = \"nesterov-oleg\"\nprefLabel = \"Oleg Nesterov\"\naltLabel = [\"Oleg\"]\n",
            );
        }
        world.ingest(&[]).code(0);
        let fresh = copy(&world);
        std::fs::remove_dir_all(fresh.path().join(".diary-index")).unwrap();
        fresh.ingest(&[]).code(0);
        for arguments in [
            &["--jsonl", "--all", "*"][..],
            &["--private", "--jsonl", "--all", "*"],
            &["--people"],
            &["--facets"],
            &["--csv", "slugs"],
        ] {
            let said = |world: &World| {
                let done = world.search(&[&["--no-refresh"], arguments].concat());
                // The first line and the last name the index, and the time that the search took.
                let is_of_run = |line: &&str| {
                    ["begin", "end"].iter().any(|kind| line.starts_with(&format!("{{\"type\":\"{kind}\"")))
                };
                done.stdout.lines().filter(|line| !is_of_run(line)).collect::<Vec<_>>().join("\n")
            };
            assert_eq!(said(&world), said(&fresh), "round {round}: {arguments:?}");
        }
    }
}
