//! The golden set of the seed: exact sets of entries, the diary of 2003 asked as its readers would.

use crate::world::World;
use std::sync::OnceLock;

fn rusty() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| {
        let world = World::rusty();
        world.ingest(&[]).code(0);
        world
    })
}

/// The entries of 2003 that a query finds, as a set.
#[track_caller]
fn check(query: &str, expect: &str) {
    let mut found = rusty().ids(&[query]);
    let mut expect: Vec<String> = expect.split_whitespace().map(|day| format!("rusty/2003-{day}")).collect();
    found.sort();
    expect.sort();
    assert_eq!(found, expect, "{query}");
}

#[test]
fn hotplug_cpu() {
    check("hotplug cpu", "12-19 11-17 11-03 10-06 09-25 02-04");
}

#[test]
fn people_under_all_their_names() {
    check("person:tridge", "12-11 11-04 11-03 01-27 01-13");
    check("person:\"Andrew Tridgell\"", "12-11 11-04 11-03 01-27 01-13");
    check("person:\"Greg Kroah-Hartman\"", "09-11 08-10 01-27");
    check("person:\"David Gibson\"", "12-11 08-29");
    check("qemu person:fabrice", "07-06 04-29 04-11 04-10");
}

#[test]
fn a_name_that_only_the_authority_file_has_is_no_misspelling() {
    check("andrew tridgell", "12-11 11-04 11-03 01-27 01-13");
    let found = rusty().search(&["tridgell", "rsync"]);
    assert!(!found.stderr.contains("stands nowhere"), "{found:?}");
}

#[test]
fn mingo_is_a_machine() {
    check("mingo", "04-16");
    let people = rusty().search(&["--people"]).code(0);
    assert!(!people.stdout.to_lowercase().contains("mingo"), "{people:?}");
}

#[test]
fn identifiers() {
    check("smp_processor_id", "07-03 06-28 04-30");
    check("kmalloc-percpu", "04-30 04-29");
    check("kmalloc_percpu", "04-30 04-29");
}

#[test]
fn one_project_under_three_names() {
    check("LBW", "08-16 08-10 07-02 04-15");
    check("\"Linux Beer Hike\"", "08-16 08-10 07-02 04-15");
}

#[test]
fn dates_in_words() {
    check("date:\"last week of July 2003\"", "07-28 07-27 07-26");
    assert_eq!(rusty().ids(&["date:\"winter 2003\""]).len(), 16);
    check("keynote", "07-26 06-23 01-26");
}

#[test]
fn an_empty_month_names_its_neighbours() {
    check("date:2003-05", "");
    rusty().search(&["--format", "text", "date:2003-05"]).code(1).says("2003-04-30").says("2003-06-23");
}

#[test]
fn headings_with_a_wrong_weekday() {
    check("date:2003-08 is:date-conflict", "08-16 08-10");
    check("is:date-conflict", "09-02 08-16 08-10");
}
