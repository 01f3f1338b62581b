//! Every format has a folder of test data, and is read as `expect.txt` in it says.
//!
//! Set `BLESS=1` to write the files anew, and look at what changed.

use diary::{Archive, Entry, Visibility};
use diary_ingest::{ArchiveInput, Extraction, Format, Limits, extract};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("test_data")
}

fn read(root: &Path) -> Extraction {
    let mut input = ArchiveInput::new(Archive::named("x"), root);
    input.exclude = vec!["expect.txt".to_owned()];
    extract(&input, &Limits::default(), &|_| {})
}

fn shown(extraction: &Extraction) -> String {
    let mut out = String::new();
    for entry in &extraction.entries {
        let Entry { id, heading, title, author, tags, links, date, .. } = entry;
        let _ = writeln!(out, "== {id} {}:{}", entry.sources[0].path, entry.sources[0].line);
        let _ = writeln!(out, "written {:?} heading {heading:?} title {title:?} author {author:?}", date.as_written);
        let hidden = if entry.visibility == Visibility::Private { " private" } else { "" };
        let _ = writeln!(
            out,
            "tags {tags:?} links {:?}{hidden}",
            links.iter().map(|l| (l.span.of(&entry.text), &l.target)).collect::<Vec<_>>()
        );
        for block in &entry.blocks {
            let _ = writeln!(out, "{}: {:?}", block.kind.name(), block.span.of(&entry.text));
        }
    }
    for problem in &extraction.problems {
        let _ = writeln!(out, "! {} {}:{} {}", problem.kind.name(), problem.source, problem.line, problem.message);
    }
    out
}

#[test]
fn every_format_has_test_data_and_is_read_right() {
    for format in Format::ALL {
        let folder = data().join(format.name());
        let extraction = read(&folder);
        let formats: Vec<_> = extraction.profile.formats.iter().map(|(name, _)| *name).collect();
        assert_eq!(formats, [format.name()], "{}", format.name());
        assert!(!extraction.entries.is_empty(), "{}", format.name());
        let shown = shown(&extraction);
        let expect = folder.join("expect.txt");
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&expect, &shown).unwrap();
        }
        assert_eq!(shown, std::fs::read_to_string(&expect).unwrap_or_default(), "{}", format.name());
    }
}

/// An entry's text is its blocks with an empty line between two, and its links stand inside it.
#[test]
fn texts_blocks_and_links_fit_together() {
    for entry in Format::ALL.iter().flat_map(|format| read(&data().join(format.name())).entries) {
        let blocks: Vec<&str> = entry.blocks.iter().map(|block| block.span.of(&entry.text)).collect();
        assert_eq!(blocks.join("\n\n"), entry.text, "{}", entry.id);
        for link in &entry.links {
            assert!(!link.span.of(&entry.text).is_empty(), "{}", entry.id);
        }
    }
}

/// What is shown of a folder of `shapes`: each date, how it was written and what it leads to; and what was wrong.
fn dates(extraction: &Extraction) -> String {
    let mut out = String::new();
    for Entry { date, heading, title, author, text, .. } in &extraction.entries {
        let label = date.label().unwrap_or_else(|| "undated".to_owned());
        let last = date
            .printed_last()
            .filter(|last| Some(*last) != date.printed())
            .map_or(String::new(), |d| format!("..{d}"));
        let title = title.as_ref().map_or(String::new(), |title| format!(" [{title}]"));
        let author = author.as_ref().map_or(String::new(), |author| format!(" by {author}"));
        let words: String = text.chars().take(40).map(|c| if c == '\n' { '/' } else { c }).collect();
        let _ = writeln!(out, "{label}{last} “{heading}”{title}{author} {words}");
    }
    for problem in &extraction.problems {
        let _ = writeln!(out, "! {} :{} {}", problem.kind.name(), problem.line, problem.message);
    }
    out
}

#[test]
fn headings_are_found_in_every_shape() {
    let mut folders: Vec<_> =
        std::fs::read_dir(data().join("shapes")).unwrap().map(|item| item.unwrap().path()).collect();
    folders.sort();
    assert!(folders.len() >= 20);
    for folder in folders {
        let shown = dates(&read(&folder));
        let expect = folder.join("expect.txt");
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&expect, &shown).unwrap();
        }
        assert_eq!(shown, std::fs::read_to_string(&expect).unwrap_or_default(), "{}", folder.display());
    }
}
