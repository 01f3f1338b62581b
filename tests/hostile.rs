//! Folders made to hurt, read by the real programs: the report is in words that steer no terminal, memory and time have
//! bounds, and the good neighbour is found.

use crate::world::World;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

fn world() -> World {
    let world = World::empty();
    world.write("diary.toml", "[[archive]]\nname = \"test\"\nroot = \"diary\"\n");
    world.write("diary/good.txt", "Friday December 19 2003\n\nThe neighbour quincunx is well.\n");
    world
}

/// Reads the world; gives the report.
#[track_caller]
fn read(world: &World) -> String {
    let done = world.ingest(&["--report"]);
    let said = format!("{}{}", done.stdout, done.stderr);
    assert!(matches!(done.code, Some(0 | 3)), "{done:?}");
    for never in ["panicked", "os error", "Error(", "Os {"] {
        assert!(!said.contains(never), "{never}: {said}");
    }
    let steers =
        |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(!said.contains(steers), "{said:?}");
    assert_eq!(world.ids(&["--no-refresh", "quincunx"]), ["test/2003-12-19"], "{said}");
    said
}

#[test]
fn names_that_no_person_would_give_are_read_and_shown_escaped() {
    let names: [&[u8]; 35] = [
        b"a\nb.txt",
        b"a\rb.txt",
        b"a'b.txt",
        b"a\"b.txt",
        b"<b>x<b>.txt",
        b"\xff\xfe.txt",
        b"caf\xe9.txt",
        b"--help.txt",
        b"-.txt",
        "\u{202e}gnp.txt".as_bytes(),
        "\u{200f}\u{2066}.txt".as_bytes(),
        b" .txt",
        b"  lead.txt",
        b"trail .txt",
        b"a\tb.txt",
        b"a\x1b[31mb.txt",
        b"a\x07.txt",
        b"*.txt",
        b"?.txt",
        b"[a].txt",
        b"{a}.txt",
        b"$(id).txt",
        b"`id`.txt",
        b"a;b.txt",
        b"a|b.txt",
        b"a\\b.txt",
        b"%2e%2e%2f.txt",
        b"a!b.txt",
        b"a#b?c=d.txt",
        "e\u{301}.txt".as_bytes(),
        "\u{85}.txt".as_bytes(),
        b"~.txt",
        b"a:b.txt",
        b"\x7f.txt",
        "\u{1f600}.txt".as_bytes(),
    ];
    let world = world();
    for (nth, name) in names.iter().enumerate() {
        let path = world.path().join("diary").join(OsStr::from_bytes(name));
        // A date that does not exist brings each name into the report.
        std::fs::write(
            path,
            format!("30 February {}\n\nAn aardvark.\n\n3 May {}\n\nAn aardvark.\n", 1900 + nth, 1900 + nth),
        )
        .unwrap();
    }
    read(&world);
    assert_eq!(world.ids(&["--no-refresh", "aardvark date:1900..1999"]).len(), names.len());
    let json = world.ingest(&["--rebuild", "--report=json"]).stdout;
    assert!(json.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()), "{json}");
}

#[test]
fn files_too_large_to_read_are_left_out_before_they_are_read() {
    let world = world();
    let sparse = std::fs::File::create(world.path().join("diary/terabyte.txt")).unwrap();
    if sparse.set_len(1 << 40).is_err() {
        println!("skipped: this file system has no files with holes");
        return;
    }
    assert!(read(&world).contains("larger than 64 MB"));
}

#[test]
fn what_is_no_regular_file_inside_the_archive_is_never_opened() {
    let world = world();
    let diary = world.path().join("diary");
    let fifo =
        |name: &str| assert!(std::process::Command::new("mkfifo").arg(diary.join(name)).status().unwrap().success());
    fifo("pipe.txt");
    std::os::unix::fs::symlink("/dev/zero", diary.join("zero.txt")).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", diary.join("passwd.txt")).unwrap();
    std::os::unix::fs::symlink(".", diary.join("loop")).unwrap();
    let said = read(&world);
    assert!(said.contains("pipe, socket or device") && said.contains("symbolic link"), "{said}");
}

#[test]
fn a_list_of_exclusions_that_cannot_be_heeded_shows_nothing_that_it_might_hide() {
    let hidden = "3 May 1999\n\nThe secret platypus.\n";
    for (how, bytes) in [("no text", &b"secret.txt\n\xff\xfe\n"[..]), ("no pattern", b"secret.txt\n[z-a]\n")] {
        let world = world();
        world.write("diary/kept/secret.txt", hidden);
        std::fs::write(world.path().join("diary/kept/.diaryignore"), bytes).unwrap();
        assert!(read(&world).contains(".diaryignore"), "{how}");
        assert!(world.ids(&["--no-refresh", "platypus"]).is_empty(), "{how}");
    }
    for target in ["pipe", "/dev/zero"] {
        let world = world();
        world.write("diary/kept/secret.txt", hidden);
        let path = world.path().join("diary/kept/.diaryignore");
        match target {
            "pipe" => assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success()),
            _ => std::os::unix::fs::symlink(target, &path).unwrap(),
        }
        assert!(read(&world).contains(".diaryignore"), "{target}");
        assert!(world.ids(&["--no-refresh", "platypus"]).is_empty(), "{target}");
    }
    let world = world();
    world.write("diary/kept/secret.txt", hidden);
    world.write("diary/kept/.diaryignore", "secret.txt\n");
    read(&world);
    assert!(world.ids(&["--no-refresh", "platypus"]).is_empty());
}

#[test]
fn sources_that_shrink_to_nothing_keep_their_entries_until_they_are_pruned() {
    let world = world();
    for year in 2001..2007 {
        world.write(
            &format!("diary/{year}.txt"),
            &format!("3 May {year}\n\nA day of {year}, and of platypus and rain.\n"),
        );
    }
    world.ingest(&[]).code(0);
    let count = || world.ids(&["--no-refresh", "platypus"]).len();
    assert_eq!(count(), 6);
    world.write("diary/2003.txt", "");
    world.write("diary/2004.txt", "gone\n");
    world.ingest(&[]).code(3).says("--prune");
    assert_eq!(count(), 6);
    // It is not forgotten by the next change, nor by the next run, nor when all is read again.
    world.write("diary/2006.txt", "3 May 2006\n\nAnother platypus.\n");
    world.ingest(&[]).code(3);
    world.ingest(&[]).code(3);
    world.ingest(&["--rebuild"]).code(3);
    assert_eq!(count(), 6);
    // A source that is deleted is meant to be gone, and one that is excluded too.
    std::fs::remove_file(world.path().join("diary/2005.txt")).unwrap();
    world.ingest(&[]).code(3);
    assert_eq!(count(), 5);
    world.write("diary.toml", "[[archive]]\nname = \"test\"\nroot = \"diary\"\nexclude = [\"2003.txt\"]\n");
    world.ingest(&[]).code(3);
    assert_eq!(count(), 4);
    world.write("diary.toml", "[[archive]]\nname = \"test\"\nroot = \"diary\"\nprivate = [\"2004.txt\"]\n");
    world.ingest(&[]);
    assert_eq!(world.ids(&["--no-refresh", "platypus date:2004"]), [""; 0], "what is kept is as private as its source");
    world.ingest(&["--prune"]).code(0);
    assert_eq!(count(), 3);
}

#[test]
fn a_container_that_is_cut_off_keeps_what_was_in_it() {
    let world = world();
    let text = (1..=20).map(|day| format!("{day} May 2001\n\nPlatypus {day}.\n\n")).collect::<String>();
    let path = world.path().join("diary/old.txt.gz");
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut encoder, text.as_bytes()).unwrap();
    let good = encoder.finish().unwrap();
    std::fs::write(&path, &good).unwrap();
    world.ingest(&[]).code(0);
    for left in [good.len() / 2, good.len() - 4, 12] {
        std::fs::write(&path, &good[..left]).unwrap();
        world.ingest(&[]).code(3).says("--report");
        assert_eq!(world.ids(&["--no-refresh", "platypus"]).len(), 20, "{left} bytes left");
    }
    std::fs::write(&path, &good).unwrap();
    world.ingest(&[]).code(0);
}
