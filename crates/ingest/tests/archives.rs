//! Real archives, where they are at hand: beside the checkout, in `shared/archives`. Skipped, and said so, where not.

use diary::{Archive, Calendar, Entry};
use diary_ingest::{ArchiveInput, Extraction, Limits, ProblemKind, extract};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn archives() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/archives");
    if root.is_dir() {
        return Some(root);
    }
    // Not by a macro that the workspace keeps out of libraries; a test has only its output to say so.
    let _ = std::io::Write::write_all(&mut std::io::stderr(), b"skipped: no real archives beside the checkout\n");
    None
}

fn read(root: &Path) -> Extraction {
    extract(&ArchiveInput::new(Archive::named("x"), root), &Limits::default(), &|_| {})
}

fn archive(name: &str) -> Option<Extraction> {
    archives().map(|root| read(&root.join(name)))
}

/// The rows of a gold file, by the names of its columns.
fn gold(name: &str) -> Vec<BTreeMap<String, String>> {
    let Some(root) = archives() else { return Vec::new() };
    let text = std::fs::read_to_string(root.join("gold").join(name)).unwrap();
    let mut lines = text.lines();
    let columns: Vec<&str> = lines.next().unwrap().split('\t').collect();
    lines
        .map(|line| columns.iter().map(|c| (*c).to_owned()).zip(line.split('\t').map(str::to_owned)).collect())
        .collect()
}

fn file(entry: &Entry) -> &str {
    entry.sources[0].path.rsplit('/').next().unwrap()
}

fn label(entry: &Entry) -> String {
    entry.date.label().unwrap_or_default()
}

fn gregorian(entry: &Entry) -> String {
    entry.date.days.map_or(String::new(), |days| Calendar::Gregorian.civil(days.first).to_string())
}

/// How many of the expected pairs are found.
fn matched(expect: impl Iterator<Item = (String, String)>, found: impl Iterator<Item = (String, String)>) -> usize {
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for pair in found {
        *counts.entry(pair).or_default() += 1;
    }
    expect
        .filter(|pair| match counts.get_mut(pair) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        })
        .count()
}

fn of_kind(extraction: &Extraction, kind: ProblemKind) -> usize {
    extraction.problems.iter().filter(|problem| problem.kind == kind).count()
}

#[test]
fn rusty_2003() {
    let extraction = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/rusty-2003"));
    let entries = &extraction.entries;
    assert_eq!(entries.len(), 64);
    let conflicts: Vec<String> = entries.iter().filter(|entry| entry.date.is_conflict()).map(label).collect();
    assert_eq!(conflicts, ["2003-09-02", "2003-08-16", "2003-08-10"]);
    assert_eq!(of_kind(&extraction, ProblemKind::DateConflict), 3);
    let all: String = entries.iter().map(|entry| entry.text.as_str()).collect();
    for furniture in ["What's Happening?", "Rusty's GPG Key", "Rusty's 2002 Diary"] {
        assert!(!all.contains(furniture), "{furniture}");
    }
    let listing = entries.iter().find(|entry| label(entry) == "2003-11-03").unwrap();
    let code: Vec<&str> =
        listing.blocks.iter().filter(|b| b.kind == diary::BlockKind::Code).map(|b| b.span.of(&listing.text)).collect();
    assert_eq!(code.len(), 1);
    assert_eq!(code[0].lines().count(), 2);
}

#[test]
fn pepys() {
    let Some(extraction) = archive("pepys-xhtml") else { return };
    assert_eq!(extraction.entries.len(), 3415);
    assert!(
        extraction.entries.iter().all(|entry| entry.date.calendar == Calendar::Julian && entry.date.days.is_some())
    );
    let expect = gold("pepys-se.tsv");
    let days = matched(
        expect.iter().map(|row| (row["file"].clone(), row["gregorian_date"].clone())),
        extraction.entries.iter().map(|entry| (file(entry).to_owned(), gregorian(entry))),
    );
    // Two articles have no date line, and three have one that their machine-readable date contradicts: the page wins.
    assert_eq!(days, 3410);
    assert_eq!(of_kind(&extraction, ProblemKind::DateConflict), 3);
    let first = extraction.entries.iter().find(|entry| label(entry) == "1660-01-01").unwrap();
    assert_eq!(gregorian(first), "1660-01-11");
}

#[test]
fn barbellion() {
    let Some(extraction) = archive("barbellion-xhtml") else { return };
    assert_eq!(extraction.entries.len(), 533);
    let ranges: Vec<String> = extraction
        .entries
        .iter()
        .filter(|entry| entry.date.printed() != entry.date.printed_last())
        .map(|entry| format!("{}..{}", label(entry), entry.date.printed_last().unwrap()))
        .collect();
    assert_eq!(ranges, ["1914-08-21..1914-08-24", "1917-10-14..1917-10-20"]);
    let christmas = extraction.entries.iter().filter(|entry| entry.date.as_written == "Xmas Day").map(label);
    assert_eq!(christmas.collect::<Vec<_>>(), ["1904-12-25", "1909-12-25"]);
}

#[test]
fn evelyn() {
    let Some(extraction) = archive("evelyn-fragments/_archive") else { return };
    assert_eq!(extraction.entries.len(), 2230);
    let days = matched(
        gold("evelyn.tsv").iter().map(|row| (row["file"].clone(), row["date_from_name"].clone())),
        extraction.entries.iter().map(|entry| (file(entry).to_owned(), label(entry))),
    );
    assert_eq!(days, 2229);
    let leap = extraction.entries.iter().find(|entry| file(entry) == "29th February 1671.html").unwrap();
    assert_eq!(label(leap), "1672-02-29");
    assert!(leap.date.inferred && leap.date.calendar == Calendar::Julian);
    assert_eq!(of_kind(&extraction, ProblemKind::RepairedDate), 1);
}

#[test]
fn scott_is_the_same_from_both_encodings() {
    let Some(root) = archives() else { return };
    let dir = tempfile::tempdir().unwrap();
    let read_copy = |name: &str| {
        let folder = dir.path().join(name);
        std::fs::create_dir(&folder).unwrap();
        std::fs::copy(root.join("scott-text").join(name), folder.join("journal.txt")).unwrap();
        read(&folder)
    };
    let (one, two) = (read_copy("14860-0.txt"), read_copy("14860-8.txt"));
    assert!((1310..=1345).contains(&one.entries.len()), "{}", one.entries.len());
    let dates =
        |extraction: &Extraction| extraction.entries.iter().map(|entry| entry.id.to_string()).collect::<Vec<_>>();
    assert_eq!(dates(&one), dates(&two));
    assert_eq!(label(&one.entries[0]), "1825-11-20");
    assert!(one.entries.iter().all(|entry| entry.date.days.is_some()));
}

#[test]
fn boettiger_has_each_entry_once() {
    let Some(extraction) = archive("boettiger-2010") else { return };
    let expect = gold("boettiger-2010.tsv");
    let days = matched(
        expect.iter().map(|row| (String::new(), row["meta_date"].clone())),
        extraction.entries.iter().map(|entry| (String::new(), label(entry))),
    );
    assert_eq!((extraction.entries.len(), days), (271, 271));
    let twice = extraction.entries.iter().filter(|entry| entry.sources.iter().any(|s| s.path.ends_with("atom.xml")));
    assert!(twice.count() >= 265);
    for chrome in ["Please enable JavaScript", "SHA Hash", "Posted in"] {
        assert!(!extraction.entries.iter().any(|entry| entry.text.contains(chrome)), "{chrome}");
    }
}

#[test]
fn santoka_is_read_from_shift_jis() {
    let Some(extraction) = archive("santoka-sjis") else { return };
    assert!(extraction.sources.iter().all(|source| source.encoding == "Shift_JIS"));
    assert!(extraction.entries.len() >= 2380, "{}", extraction.entries.len());
    assert_eq!(of_kind(&extraction, ProblemKind::ReplacedCharacters), 0);
}

#[test]
fn re_encoded_copies_are_one_diary() {
    let Some(extraction) = archive("derived-encodings") else { return };
    let yukie: Vec<&Entry> =
        extraction.entries.iter().filter(|e| e.sources.iter().any(|s| s.path.starts_with("chiri-yukie"))).collect();
    assert!(yukie.len() >= 55, "{}", yukie.len());
    assert!(yukie.iter().all(|entry| entry.sources.len() >= 4));
    let pages = extraction.entries.iter().filter(|e| e.sources.iter().any(|s| s.path.contains(".warc.gz!"))).count();
    assert!(pages >= 59, "{pages}");
    let tolstoy: Vec<String> =
        extraction.entries.iter().filter(|e| file(e).starts_with("ru-tolstoy")).map(label).collect();
    assert_eq!(tolstoy, ["1847-03-17", "1847-03-18", "1847-03-19"]);
}

#[test]
fn threads_change_nothing() {
    let Some(root) = archives() else { return };
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| read(&root.join("barbellion-xhtml")))
    };
    let (one, four) = (with(1), with(4));
    assert_eq!(one.entries, four.entries);
    assert_eq!(one.problems, four.problems);
}
