//! diary-ingest: what it reads, what it reports, and that the same bytes give the same entries.

use crate::world::World;

/// Every search after a copy or a checkout looked at all bytes of the diary, and no ingest ended that.
#[test]
fn new_times_of_the_same_bytes_are_noted_once() {
    let world = World::rusty();
    world.ingest(&[]).code(0);
    let first = world.read(".diary-index/CURRENT");
    let diary = std::fs::File::open(world.path().join("corpus/rusty-2003/rusty-2003.txt")).unwrap();
    diary.set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000)).unwrap();
    world.ingest(&[]).code(0).says("64 entries");
    let noted = world.read(".diary-index/CURRENT");
    assert_ne!(noted, first);
    world.ingest(&[]).code(0).says("nothing changed");
    assert_eq!(world.read(".diary-index/CURRENT"), noted);
}

#[test]
fn a_summary_always_and_a_report_when_asked() {
    let world = World::rusty();
    world.ingest(&[]).code(0).says("64 entries from 1 file").says("64 new").says("3 date conflicts");
    let report = world.ingest(&["--rebuild", "--report"]).code(0);
    for line in ["rusty-2003.txt:", "2003-09-02", "2003-08-16", "2003-08-10"] {
        assert!(report.stdout.contains(line) || report.stderr.contains(line), "{line} in {report:?}");
    }
    world.ingest(&[]).code(0).says("nothing changed");
}

#[test]
fn one_thread_and_many_give_the_same_entries() {
    let world = World::rusty();
    let one = world.ingest(&["--entries", "jsonl", "--jobs", "1"]).code(0);
    let many = world.ingest(&["--entries", "jsonl", "--jobs", "4"]).code(0);
    assert_eq!(one.stdout.lines().count(), 64);
    assert_eq!(one.stdout, many.stdout);
}

#[test]
fn fixtures_are_read_as_they_stand() {
    let world = World::corpus("fixtures", "private = [\"nothing-here\"]\n");
    let done = world.ingest(&["--entries", "jsonl", "diary"]);
    let entries: Vec<serde_json::Value> = done.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let dates: Vec<&str> = entries.iter().map(|entry| entry["date"].as_str().unwrap()).collect();
    for date in ["2019-04-02", "2019-05-21", "1999-05-02", "1999-05-03", "1999-05-05"] {
        assert!(dates.contains(&date), "{date} in {dates:?}");
    }
    for never in ["never happened", "nor did this", "color: navy"] {
        assert!(!done.stdout.contains(never), "{never}");
    }
}

#[test]
fn broken_diaries_lose_nothing_and_say_what_is_wrong() {
    let world = World::corpus("broken", "");
    let report = world.ingest(&["--report"]);
    assert!(matches!(report.code, Some(0 | 3)), "{report:?}");
    for said in ["february-30.txt", "not-text.txt", "two-of-a-day.txt"] {
        assert!(report.stdout.contains(said) || report.stderr.contains(said), "{said} in {report:?}");
    }
    assert_eq!(world.ids(&["quincunx"]).len(), 1, "an impossible date keeps its entry");
    assert_eq!(world.ids(&["\"crème brûlée\""]), ["test/2006-08-09"]);
    assert_eq!(world.ids(&["\"half of a sentence\""]), ["test/2004-06-04"]);
    let mut mornings = world.ids(&["date:2007-05-01"]);
    mornings.sort();
    assert_eq!(mornings, ["test/2007-05-01", "test/2007-05-01/2"]);
    assert_eq!(world.ids(&["date:2007-05-02"]).len(), 1, "the same words twice are one entry");
}

#[test]
fn a_source_that_is_suddenly_empty_empties_no_index() {
    let world = World::rusty();
    world.ingest(&[]).code(0);
    world.write("corpus/rusty-2003/rusty-2003.txt", "");
    world.ingest(&[]).code(3).says("--prune");
    assert_eq!(world.ids(&["--no-refresh", "hotplug cpu"]).len(), 6);
    world.ingest(&["--prune"]);
    assert_eq!(world.ids(&["--no-refresh", "hotplug cpu"]).len(), 0);
}

#[test]
fn settings_errors_name_file_line_and_the_right_word() {
    let world = World::empty();
    world.write("diary.toml", "[[archive]]\nname = \"a\"\nroot = \"x\"\ntitel = \"A\"\n");
    world.ingest(&[]).code(2).says("diary.toml:4").says("title");
}

#[test]
fn two_owners_of_one_name_are_both_shown() {
    let world = World::rusty();
    let people = world.read("corpus/rusty-2003/people.toml");
    world.write(
        "corpus/rusty-2003/people.toml",
        &format!("{people}\n[[person]]\nkey = \"other\"\nprefLabel = \"Other\"\naltLabel = [\"Tridge\"]\n"),
    );
    world.ingest(&[]).code(2).says("people.toml").says("Tridge");
}

#[test]
fn an_edit_of_the_authority_file_renames_without_reading_again() {
    let world = World::rusty();
    world.ingest(&[]).code(0);
    assert_eq!(world.ids(&["person:zwane"]).len(), 1);
    let people = world.read("corpus/rusty-2003/people.toml");
    world.write(
        "corpus/rusty-2003/people.toml",
        &people.replace("prefLabel = \"Zwane Mwaikambo\"", "prefLabel = \"Zwane the Tester\""),
    );
    world.ingest(&[]).code(0).says("1 naming others than before: rusty/2003-02-04");
    assert_eq!(world.ids(&["person:\"Zwane the Tester\""]).len(), 1);
}

#[test]
fn an_entry_says_why_it_names_whom_it_names() {
    let world = World::rusty();
    world.ingest(&[]).code(0);
    let shown = world.search(&["--show", "rusty/2003-02-04", "--explain"]).code(0).stdout;
    assert!(shown.contains("why: names Zwane Mwaikambo"), "{shown}");
    assert!(shown.contains("in the authority"), "{shown}");
}

#[test]
fn an_index_made_of_folders_remembers_them() {
    let world = World::empty();
    world.write("a/x.txt", "Monday 4 January 2010\n\nAn aardvark.\n");
    world.write("b/a/y.txt", "5 May 2011\n\nA zebra came.\n");
    world.ingest(&["--index", "ix", "a"]).code(0).says("1 entry from 1 file");
    world.ingest(&["--index", "ix", "b/a"]).code(0).says("2 entries from 2 files");
    assert_eq!(world.ids(&["--index", "ix", "aardvark"]), ["a/2010-01-04"]);
    assert_eq!(world.ids(&["--index", "ix", "zebra"]), ["a-2/2011-05-05"]);
    world.write("b/a/y.txt", "5 May 2011\n\nA zebra came.\n\n6 May 2011\n\nAnother zebra.\n");
    assert_eq!(world.ids(&["--index", "ix", "zebra"]).len(), 2, "what changed is read again");
    std::fs::remove_dir_all(world.path().join("a")).unwrap();
    world.ingest(&["--index", "ix", "--prune", "b/a"]).code(0);
    assert_eq!(world.ids(&["--index", "ix", "aardvark"]), [""; 0]);
}

/// Nothing took out again what was read by mistake, and without a path nothing was read.
#[test]
fn an_index_made_of_folders_is_refreshed_without_a_path_and_forgets_one() {
    let world = World::empty();
    world.write("a/x.txt", "Monday 4 January 2010\n\nAn aardvark.\n");
    world.write("a/b/y.txt", "5 May 2011\n\nA zebra came.\n");
    let ingest = |flags: &[&str]| world.ingest(&[&["--index", "ix"], flags].concat());
    ingest(&["a/b", "a/b/"]).code(0).says("1 entry from 1 file");
    ingest(&["a"]).code(0).says("b is inside a, and found twice: diary-ingest --forget b takes it out");
    assert_eq!(world.ids(&["--index", "ix", "zebra"]), ["a/2011-05-05", "b/2011-05-05"]);
    ingest(&["--forget", "b"]).code(0).says("b is out of the index");
    assert_eq!(world.ids(&["--index", "ix", "zebra"]), ["a/2011-05-05"]);
    world.write("a/x.txt", "Monday 4 January 2010\n\nTwo aardvarks.\n");
    ingest(&[]).code(0).says("1 changed");
    ingest(&["--people", "accept", "Ann Lee"]).code(0).says("a/people.toml: Ann Lee is in it");
    ingest(&["--forget", "c"]).code(2).says("there is no archive c: there are a");
    World::rusty().ingest(&["--forget", "rusty"]).code(2).says("rusty is named in diary.toml");
    ingest(&["--forget", "a"]).code(0);
    world.search(&["--index", "ix", "zebra"]).code(1);
}

#[test]
fn a_dry_run_says_how_it_would_read() {
    let world = World::rusty();
    let done = world.ingest(&["--dry-run"]).code(0).says("64 entries from 1 file");
    for said in ["formats     text (1)", "headings    line (64)", "weighed", "calendar    gregorian"] {
        assert!(done.stdout.contains(said), "{said} in {}", done.stdout);
    }
    assert!(!world.path().join(".diary-index").exists());
    world.ingest(&["--dry-run", "--strict"]).code(3);
}

#[test]
fn people_are_suggested_accepted_denied_merged_and_split() {
    let world = World::empty();
    world.write("diary.toml", "[[archive]]\nname = \"test\"\nroot = \"diary\"\n");
    let text = "Monday 4 January 2010\n\nMet Oleg Nesterov at the station. Oleg Nesterov said hello.\n\n\
                Tuesday 5 January 2010\n\nDinner with Oleg Nesterov and Ann Lee. She laughed.\n";
    world.write("diary/2010.txt", text);
    let suggested = world.ingest(&["--people-suggest"]).code(0).stdout;
    assert!(suggested.contains("# Oleg Nesterov: 3 times in 2 entries"), "{suggested}");
    assert!(
        suggested.contains("#   Met Oleg Nesterov at the station.") && !suggested.contains("[[project]]"),
        "{suggested}"
    );
    world.write("diary/people.toml", &suggested);
    assert_eq!(world.ids(&["person:nesterov-oleg"]).len(), 2, "what is suggested can be pasted");
    std::fs::remove_file(world.path().join("diary/people.toml")).unwrap();

    world.ingest(&["--people", "accept", "Oleg Nesterov", "Oleg"]).code(0).says("people.toml");
    world.ingest(&["--people", "accept", "Ann Lee"]).code(0);
    world.ingest(&["--people", "merge", "Ann Lee", "Oleg Nesterov"]).code(0);
    assert_eq!(world.ids(&["person:\"Ann Lee\""]).len(), 2);
    world.ingest(&["--people", "split", "Ann Lee"]).code(0);
    assert_eq!(world.ids(&["person:\"Ann Lee\""]).len(), 1);
    world.ingest(&["--people", "deny", "Station", "a", "place"]).code(0);
    assert!(world.read("diary/people.toml").contains("why = \"a place\""));
    let before = world.read("diary/people.toml");
    world.ingest(&["--people", "merge", "Ann Lee", "nobody"]).code(2).says("stays as it is");
    world.ingest(&["--people", "acept", "Ann Lee"]).code(2).says("did you mean accept");
    assert_eq!(world.read("diary/people.toml"), before);
}

#[test]
fn a_watched_diary_is_read_again_when_it_changes() {
    let world = World::empty();
    world.write("diary.toml", "[[archive]]\nname = \"test\"\nroot = \"diary\"\n");
    world.write("diary/2010.txt", "Monday 4 January 2010\n\nAn aardvark.\n");
    let mut child = world.command("diary-ingest").arg("--watch").stderr(std::process::Stdio::piped()).spawn().unwrap();
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(child.stderr.take().unwrap()));
    let mut said = |what: &str| lines.by_ref().map_while(Result::ok).any(|line| line.contains(what));
    assert!(said("watching test"));
    world.write("diary/2010.txt", "Monday 4 January 2010\n\nAn aardvark.\n\nTuesday 5 January 2010\n\nA zebra.\n");
    assert!(said("2 entries from 1 file: 1 new"));
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(world.ids(&["--no-refresh", "zebra"]), ["test/2010-01-05"]);
}
