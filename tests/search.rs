//! diary-search as a person at a terminal and as a script uses it.

use crate::world::{Done, World};
use std::process::Stdio;

#[test]
fn the_first_search_builds_the_index_and_answers() {
    let world = World::rusty();
    let done = world.search(&["hotplug cpu"]).code(0);
    assert_eq!(done.stdout.lines().count(), 6, "{done:?}");
    let again = world.search(&["hotplug", "cpu"]).code(0);
    assert_eq!(done.stdout, again.stdout);
}

#[test]
fn json_gives_exactly_the_six_entries() {
    let world = World::rusty();
    let answer = world.json(&["hotplug cpu"]);
    assert_eq!(answer["total"], 6);
    let mut ids: Vec<&str> = answer["hits"].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap()).collect();
    ids.sort_unstable();
    let days = ["02-04", "09-25", "10-06", "11-03", "11-17", "12-19"];
    assert_eq!(ids, days.map(|day| format!("rusty/2003-{day}")));
    for hit in answer["hits"].as_array().unwrap() {
        let passage = &hit["passages"][0];
        let text = passage["text"].as_str().unwrap();
        let spans = passage["spans"].as_array().unwrap();
        assert!(!spans.is_empty(), "{text}");
        for span in spans {
            let range = span[0].as_u64().unwrap() as usize..span[1].as_u64().unwrap() as usize;
            let marked = text[range].to_lowercase();
            assert!(["hotplug", "cpu", "hotplug cpu", "hotplug code"].contains(&marked.as_str()), "{marked}");
        }
    }
}

#[test]
fn a_person_narrows() {
    let world = World::rusty();
    let all = world.ids(&["hotplug cpu"]);
    let some = world.ids(&["hotplug cpu", "--person", "linus"]);
    assert!(some.len() < all.len() && some.iter().all(|id| all.contains(id)), "{some:?}");
    assert_eq!(some, world.ids(&["hotplug cpu person:linus"]));
}

#[test]
fn exit_codes_are_those_of_grep() {
    let world = World::rusty();
    world.search(&["keynote"]).code(0);
    world.search(&["zzyzxqq"]).code(1);
    world.search(&["--strict", "persn:tridge"]).code(2).says("person");
    world.search(&["--no-such-flag"]).code(2);
    let nowhere = World::empty();
    nowhere.search(&["keynote"]).code(2).says("diary-ingest");
}

#[test]
fn a_closed_pipe_is_silent_success() {
    let world = World::rusty();
    world.ingest(&[]).code(0);
    let mut child = world
        .command("diary-search")
        .args(["--all", "--json", "*"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let done = Done::of(&child.wait_with_output().unwrap());
    assert_eq!((done.code, done.stderr.as_str()), (Some(0), ""));
}

#[test]
fn a_changed_source_is_seen_by_the_next_search() {
    let world = World::empty();
    world.write("diary.toml", "[[archive]]\nname = \"test\"\nroot = \"diary\"\n");
    world.write("diary/2010.txt", "Monday 4 January 2010\n\nAn aardvark.\n\nTuesday 5 January 2010\n\nNothing.\n");
    assert_eq!(world.ids(&["aardvark"]), ["test/2010-01-04"]);
    world.write(
        "diary/2010.txt",
        "Monday 4 January 2010\n\nAn aardvark.\n\nTuesday 5 January 2010\n\nAnother aardvark.\n",
    );
    let mut found = world.ids(&["aardvark"]);
    found.sort();
    assert_eq!(found, ["test/2010-01-04", "test/2010-01-05"]);
}

#[test]
fn a_read_only_index_can_be_searched() {
    let world = World::rusty();
    world.ingest(&[]).code(0);
    let run = |mode: &str| {
        let path = world.path().join(".diary-index");
        assert!(std::process::Command::new("chmod").args(["-R", mode]).arg(path).status().unwrap().success());
    };
    run("a-w");
    let done = world.search(&["--no-refresh", "keynote"]);
    run("u+w");
    assert_eq!(done.code(0).stdout.lines().count(), 3);
}

#[test]
fn a_wider_project_counts_what_is_below_it() {
    let world = World::empty();
    world.write("diary.toml", "[[archive]]\nname = \"d\"\nroot = \"d\"\nprojects = \"projects.toml\"\n");
    let project =
        |key: &str, broader: &str| format!("[[project]]\nkey = \"{key}\"\nprefLabel = \"{key}\"\n{broader}\n");
    let file = [
        project("kernel", ""),
        project("locking", "broader = [\"kernel\"]"),
        project("futex", "broader = [\"locking\"]"),
    ];
    world.write("projects.toml", &file.concat());
    for (day, text) in [(1, "futex and locking"), (2, "futex again"), (3, "rain"), (4, "locking")] {
        world.write(&format!("d/{day}.md"), &format!("---\ndate: 2003-01-0{day}\n---\n{text}\n"));
    }
    world.ingest(&[]).code(0);
    for (query, expect) in
        [("project:kernel", "3"), ("project:kernel/*", "3"), ("project:locking", "3"), ("project:futex", "2")]
    {
        assert_eq!(world.search(&["-c", query]).stdout.trim(), expect, "{query}");
    }
    let counts = world.search(&["--projects", "--csv"]).stdout;
    for row in ["kernel,kernel,3", "locking,locking,3", "futex,futex,2"] {
        assert!(counts.contains(row), "{counts}");
    }
    let card = world.search(&["--who", "kernel"]).code(0).stdout;
    assert!(card.contains("3 entries") && card.contains("futex 2"), "{card}");
}
