//! Another engine's opinion: for words and phrases as written, SQLite's FTS5 finds the same entries.

use crate::world::{World, root};
use std::collections::BTreeSet;
use std::io::Write;
use std::process::{Command, Stdio};

/// Reads entries as JSON lines from the file named first, and questions of FTS5 from the standard input, one a line;
/// prints for each the ids found.
const FTS5: &str = r#"
import json, sqlite3, sys
base = sqlite3.connect(":memory:")
base.execute("create virtual table entry using fts5(id unindexed, text, tokenize = 'unicode61 remove_diacritics 2')")
for line in open(sys.argv[1], encoding="utf-8"):
    each = json.loads(line)
    base.execute("insert into entry values (?, ?)", (each["id"], each["text"]))
for question in sys.stdin.read().splitlines():
    print(" ".join(row[0] for row in base.execute("select id from entry where entry match ?", (question,))))
"#;

/// Questions over the diary of 2003: words that must all stand there as written, or a phrase in quotes that is nobody's name.
const QUESTIONS: &[&str] = &[
    "hotplug",
    "cpu",
    "hotplug cpu",
    "keynote",
    "module",
    "modules",
    "patch patches",
    "the",
    "linus",
    "tridge rzip",
    "alli",
    "australia",
    "conference",
    "bug",
    "bugs",
    "kernel module",
    "futex",
    "netfilter",
    "qemu fabrice",
    "fhs",
    "smp",
    "automake",
    "2003",
    "2 6",
    "nothing",
    "zebra",
    "linux conf au",
    "\"in the\"",
    "\"per cpu\"",
    "\"smp processor id\"",
    "\"module init\"",
    "\"net core flow c\"",
    "\"a lot\"",
    "\"oh well\"",
];

fn fts5(entries: &std::path::Path, questions: &str) -> Option<Vec<BTreeSet<String>>> {
    let mut python = Command::new("python3")
        .args(["-c", FTS5])
        .arg(entries)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    python.stdin.take()?.write_all(questions.as_bytes()).ok()?;
    let output = python.wait_with_output().ok()?;
    let found = |line: &str| line.split(' ').filter(|id| !id.is_empty()).map(str::to_owned).collect();
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).lines().map(found).collect())
}

#[test]
fn words_and_phrases_as_written_are_found_where_fts5_finds_them() {
    let world = World::rusty();
    let entries = world.ingest(&["--entries", "jsonl", root().join("corpus/rusty-2003").to_str().unwrap()]).code(0);
    let ids = entries.stdout.replace("rusty-2003/2003-", "rusty/2003-");
    world.write("entries.jsonl", &ids);
    let Some(expect) = fts5(&world.path().join("entries.jsonl"), &QUESTIONS.join("\n")) else {
        eprintln!("skipped: there is no python3 with FTS5 here");
        return;
    };
    assert_eq!(expect.len(), QUESTIONS.len());
    for (question, expect) in QUESTIONS.iter().zip(expect) {
        let exactly = |word| format!("={word}");
        let asked: Vec<String> = match question.starts_with('"') {
            true => vec![(*question).to_owned()],
            false => question.split(' ').map(exactly).collect(),
        };
        let found: BTreeSet<String> = world.ids(&["--all-words", &asked.join(" ")]).into_iter().collect();
        assert_eq!(found, expect, "{question}");
    }
}
