//! Who and what the diary that ships with the project names, with its authority files and without.

use diary::{Archive, Authority, Entry, Facet};
use diary_ingest::annotate::{Annotation, Annotator};
use diary_ingest::{ArchiveInput, Limits, authority, extract};
use std::path::PathBuf;

fn corpus() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/rusty-2003"))
}

fn read(with_files: bool) -> (Vec<Entry>, Annotation) {
    let mut archive = Archive::named("rusty");
    archive.diarist = Some("Rusty Russell".to_owned());
    let input = ArchiveInput::new(archive.clone(), corpus().join("rusty-2003.txt"));
    let mut entries = extract(&input, &Limits::default(), &|_| ()).entries;
    let load = |facet, file: &str| match with_files {
        true => authority::parse(facet, &std::fs::read_to_string(corpus().join(file)).unwrap()).unwrap(),
        false => Authority::default(),
    };
    let (people, projects) = (load(Facet::Person, "people.toml"), load(Facet::Project, "projects.toml"));
    let annotation = Annotator::new(&people, &projects, &archive, true).annotate(&mut entries);
    (entries, annotation)
}

/// The days, as month and day, whose entries have a facet value.
fn days(entries: &[Entry], facet: Facet, key: &str) -> String {
    let named =
        |entry: &&Entry| entry.mentions.iter().any(|m| m.facet == facet && *m.key == *key && m.state.is_facet());
    let days = entries.iter().filter(named).filter_map(|entry| entry.date.label()).map(|day| day[5..].to_owned());
    days.collect::<Vec<_>>().join(" ")
}

#[test]
fn the_authority_files_settle_who_is_who() {
    let (entries, annotation) = read(true);
    let check = |facet, key, expect| assert_eq!(days(&entries, facet, key), expect, "{key}");
    check(Facet::Person, "tridgell-andrew", "12-11 11-04 11-03 01-27 01-13");
    check(Facet::Person, "kroah-hartman-greg", "09-11 08-10 01-27");
    check(Facet::Person, "gibson-david", "12-11 08-29");
    check(Facet::Person, "mosberger-tang-david", "07-03 04-30");
    check(Facet::Person, "miller-david", "04-30 04-11");
    check(Facet::Person, "bellard-fabrice", "08-28 07-06 04-29 04-11 04-10");
    check(Facet::Person, "mckenney-paul", "07-26");
    check(Facet::Person, "mackerras-paul", "04-16");
    check(Facet::Person, "mingo", "");
    check(Facet::Project, "linux-beer-hike", "08-16 08-10 07-02 04-15");
    check(Facet::Project, "hotplug-cpu", "12-19 11-17 11-03 10-06 09-25 02-04");
    let people = annotation.concepts.iter().filter(|concept| concept.facet == Facet::Person);
    assert!(people.clone().all(|person| person.from_file), "{:?}", people.filter(|p| !p.from_file).collect::<Vec<_>>());
}

#[test]
fn without_files_the_archive_speaks_for_itself() {
    let (entries, annotation) = read(false);
    let check = |facet, key, expect| assert_eq!(days(&entries, facet, key), expect, "{key}");
    check(Facet::Person, "tridge", "12-11 11-04 11-03 01-27 01-13");
    check(Facet::Person, "bellard-fabrice", "08-28 07-06 04-29 04-11 04-10");
    check(Facet::Person, "kroah-hartmann-greg", "09-11 08-10 01-27");
    check(Facet::Person, "vaddagiri-srivatsa", "11-17");
    // One full name does not license the bare given name.
    check(Facet::Person, "bottomley-james", "07-26");
    check(Facet::Person, "james", "04-15");
    check(Facet::Person, "wright-chris", "08-10");
    check(Facet::Person, "chris", "02-03");
    check(Facet::Person, "paul", "04-16");
    check(Facet::Person, "mckenney-paul", "07-26");
    for nobody in ["rusty", "mingo", "broome", "debian", "godfather", "norwood-park", "transmeta"] {
        check(Facet::Person, nobody, "");
    }
    check(Facet::Project, "hotplug-cpu", "12-19 11-17 11-03 10-06 09-25 02-04");
    check(Facet::Project, "module-init-tools", "09-29 04-01 01-11");
    let first = &annotation.suggestions[0];
    assert_eq!((first.form.as_str(), first.entries, first.sentences.len()), ("Linus", 13, 3));
    let accepted = annotation.suggestions.iter().map(|suggestion| (suggestion.facet, suggestion.toml.as_str()));
    for (facet, toml) in accepted {
        assert!(authority::parse(facet, toml).is_ok(), "{toml}");
    }
}
