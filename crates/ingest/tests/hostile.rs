//! Input made to hurt: everything ends soon, nothing panics, and the good neighbour is found.

use diary::Archive;
use diary_ingest::{ArchiveInput, Extraction, Limits, ProblemKind, extract};
use std::path::Path;
use std::time::{Duration, Instant};

const GOOD: &str = "Friday December 19 2003\n\nThe neighbour is well.\n";

/// Reads a folder of these files beside a good one.
fn read(files: &[(&str, Vec<u8>)], limits: &Limits) -> Extraction {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("good.txt"), GOOD).unwrap();
    for (name, bytes) in files {
        std::fs::write(dir.path().join(name), bytes).unwrap();
    }
    let extraction = folder(dir.path(), limits);
    assert!(extraction.entries.iter().any(|entry| entry.text.contains("neighbour is well")));
    extraction
}

fn folder(root: &Path, limits: &Limits) -> Extraction {
    extract(&ArchiveInput::new(Archive::named("x"), root), limits, &|_| {})
}

fn kinds(extraction: &Extraction) -> Vec<ProblemKind> {
    let mut kinds: Vec<ProblemKind> = extraction.problems.iter().map(|problem| problem.kind).collect();
    kinds.sort();
    kinds.dedup();
    kinds
}

#[test]
fn hostile_texts_end_soon() {
    let deep_json = "[".repeat(100_000);
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("empty.txt", Vec::new()),
        ("one.txt", b"x".to_vec()),
        ("bom.txt", b"\xEF\xBB\xBF".to_vec()),
        ("line.txt", "word ".repeat(400_000).into_bytes()),
        ("token.txt", vec![b'a'; 1 << 20]),
        ("lines.txt", "\n".repeat(500_000).into_bytes()),
        ("dates.txt", "May 3\n".repeat(5_000).into_bytes()),
        ("numbers.txt", "1 2 3 4 5 6 7 8 9\n".repeat(20_000).into_bytes()),
        ("deep.html", ("<html>".to_owned() + &"<div>".repeat(50_000) + "x").into_bytes()),
        ("lists.html", ("<html>".to_owned() + &"<ul><li>".repeat(20_000) + "x").into_bytes()),
        ("tags.html", ("<html>".to_owned() + &"<b><i>x".repeat(20_000)).into_bytes()),
        ("flood.html", ("<html>".to_owned() + &"<".repeat(200_000)).into_bytes()),
        ("deep.json", deep_json.into_bytes()),
        ("deep.xml", ("<rss>".to_owned() + &"<item>".repeat(50_000)).into_bytes()),
        ("quotes.md", (">".repeat(20_000) + "x").into_bytes()),
        ("brackets.md", ("[".repeat(20_000) + "x").into_bytes()),
        ("stars.md", ("*a ".repeat(20_000)).into_bytes()),
        ("bomb.md", ("---\na: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n---\nMay".to_owned()).into_bytes()),
        ("stars.org", ("* ".to_owned() + &"*".repeat(100_000)).into_bytes()),
        ("control.txt", b"2003-12-20\n\nbell\x07 and \x1B[31mred\x1B[0m\n".to_vec()),
    ];
    for file in &files {
        let start = Instant::now();
        let extraction = read(std::slice::from_ref(file), &Limits::default());
        assert!(start.elapsed() < Duration::from_secs(10), "{} took {:?}", file.0, start.elapsed());
        let clean = |text: &str| !text.chars().any(|c| c.is_control() && c != '\n' && c != '\t');
        assert!(extraction.entries.iter().all(|entry| clean(&entry.text) && clean(&entry.heading)), "{}", file.0);
    }
}

#[test]
fn what_is_no_text_is_left_out_in_words() {
    let png = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR".to_vec();
    let noise: Vec<u8> = (0..4096u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let extraction = read(&[("picture.txt", png), ("noise.txt", noise)], &Limits::default());
    let left: Vec<&str> = extraction
        .problems
        .iter()
        .filter(|p| p.kind == ProblemKind::SkippedBinary)
        .map(|p| p.source.as_str())
        .collect();
    assert_eq!(left, ["noise.txt", "picture.txt"]);
    assert!(ProblemKind::SkippedBinary.leaves_out());
}

#[test]
fn a_file_over_the_limit_is_not_read() {
    let limits = Limits { file: 1000, ..Limits::default() };
    let extraction = read(&[("large.txt", vec![b'a'; 1001])], &limits);
    assert_eq!(kinds(&extraction), [ProblemKind::TooLarge]);
    assert!(!extraction.problems[0].message.contains('/'));
}

#[test]
fn unseen_words_are_in_no_entry() {
    let page = "<html><h2>3 May 1999</h2><p>Seen.<script>Hidden</script><style>Hidden{}</style><!-- <h2>4 May 1999</h2>Hidden -->\
        <textarea><h2>5 May 1999</h2>Hidden</textarea><template><h2>6 May 1999</h2>Hidden</template>\
        <p title='<h2>7 May 1999</h2>Hidden'>Seen too.<?php echo '<h2>8 May 1999</h2>Hidden > x' ?>";
    let extraction = read(&[("page.html", page.as_bytes().to_vec())], &Limits::default());
    assert_eq!(extraction.entries.len(), 2);
    assert!(extraction.entries.iter().all(|entry| !entry.text.contains("Hidden")));
}

#[test]
fn pages_cut_anywhere_are_read_as_far_as_they_go() {
    let page = "<html><head><title>Days</title></head><body><h2>3 May 1999</h2><p>One &amp; two.</p><!-- x --><h2 class='a'>4 May 1999</h2><ul><li>Three</ul></body></html>";
    for cut in 0..page.len() {
        read(&[("page.html", page.as_bytes()[..cut].to_vec())], &Limits::default());
    }
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_and_pipes_not_opened() {
    use std::os::unix::fs::symlink;
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("archive");
    std::fs::create_dir(&root).unwrap();
    std::fs::write(root.join("good.txt"), GOOD).unwrap();
    std::fs::write(dir.path().join("secret.txt"), "Saturday December 20 2003\n\nSecret.\n").unwrap();
    symlink(dir.path().join("secret.txt"), root.join("out.txt")).unwrap();
    symlink(&root, root.join("loop")).unwrap();
    symlink("/", root.join("everything")).unwrap();
    let socket = std::os::unix::net::UnixListener::bind(root.join("socket.txt")).unwrap();
    let extraction = folder(&root, &Limits::default());
    drop(socket);
    assert_eq!(extraction.entries.len(), 1);
    assert_eq!(kinds(&extraction), [ProblemKind::SkippedLink, ProblemKind::SkippedSpecial]);
}

#[test]
fn private_marks_are_heeded() {
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("2003-12-20.md", b"---\ntitle: a\nprivate: true\n---\nOne.".to_vec()),
        ("2003-12-21.md", b"---\ntitle: b\nsensitive: true\n---\nTwo.".to_vec()),
        ("2003-12-22.txt", b"Three.\n\nTags: garden, private\n".to_vec()),
    ];
    let extraction = read(&files, &Limits::default());
    let private = extraction.entries.iter().filter(|entry| entry.visibility == diary::Visibility::Private);
    assert_eq!(private.map(|entry| entry.id.as_str()).collect::<Vec<_>>(), ["x/2003-12-20", "x/2003-12-22"]);
    assert_eq!(extraction.entries.iter().filter(|entry| entry.sensitive).count(), 1);
}
