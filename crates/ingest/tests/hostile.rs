//! Input made to hurt: everything ends soon, nothing panics, and the good neighbour is found.

use diary::Archive;
use diary_ingest::{ArchiveInput, Extraction, Limits, ProblemKind, extract};
use std::path::Path;

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
        ("weekdays.txt", "Sunday\n\nx y\n\n".repeat(40_000).into_bytes()),
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
        let extraction = read(std::slice::from_ref(file), &Limits::default());
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

#[test]
fn what_an_export_hides_stays_hidden() {
    let json = r#"{"date":"2003-12-20","text":"One.","status":"private"}
{"date":"2003-12-21","text":"Two.","private":"yes"}
{"date":"2003-12-22","text":"Three.","private":null,"draft":false}
{"date":"2003-12-23","text":"Four.","visibility":"friends"}
"#;
    let post = |day: u32, mark: &str| {
        format!(
            "<item><title>t{day}</title><wp:post_date>2004-01-{day} 10:00:00</wp:post_date><wp:post_type>post</wp:post_type>\
             <wp:status>publish</wp:status>{mark}<content:encoded><![CDATA[Words.]]></content:encoded></item>"
        )
    };
    let wxr = format!(
        "<?xml version='1.0'?><rss version='2.0' xmlns:wp='http://wordpress.org/export/1.2/' \
         xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>t</title>\
         <wp:wxr_version>1.2</wp:wxr_version>{}{}</channel></rss>",
        post(20, "<wp:post_password>secret</wp:post_password>"),
        post(21, "<wp:post_password></wp:post_password>")
    );
    let page = format!("---\n{}private: true\n---\nLong.", "key: a value\n".repeat(9000));
    let org = "* 2004-03-01 :private:\nOne.\n";
    let property = "* 2004-03-02\n:PROPERTIES:\n:PRIVATE: t\n:END:\nTwo.\n";
    let html = "<html><head><meta name='private' content='TRUE'></head><p>Some words of a day.</html>";
    let mail = "Date: Thu, 04 Mar 2004 10:00:00 +0000\nFrom: a@b\nSensitivity: Private\nSubject: s\n\nWords.\n";
    let marked = [("2004-03-01.org", org), ("2004-03-02.org", property), ("2004-03-03.html", html), ("mail.eml", mail)];
    let files = [
        ("days.jsonl", json.as_bytes().to_vec()),
        ("posts.xml", wxr.into_bytes()),
        ("2004-02-01.md", page.into_bytes()),
    ];
    let marked = marked.map(|(name, text)| (name, text.as_bytes().to_vec()));
    let files: Vec<(&str, Vec<u8>)> = files.into_iter().chain(marked).collect();
    let extraction = read(&files, &Limits::default());
    let private = extraction.entries.iter().filter(|entry| entry.visibility == diary::Visibility::Private);
    let mut private: Vec<&str> = private.map(|entry| entry.id.as_str()).collect();
    private.sort();
    let exported = ["x/2003-12-20", "x/2003-12-21", "x/2003-12-23", "x/2004-01-20", "x/2004-02-01"];
    assert_eq!(private, [&exported[..], &["x/2004-03-01", "x/2004-03-02", "x/2004-03-03", "x/2004-03-04"]].concat());
    assert_eq!(extraction.entries.len(), 12);
}

/// Reads one file; the neighbour is found. No clock is asked: at these sizes, more than a fixed cost for each of their
/// parts would not end within the patience of any test run.
fn read_soon(name: &str, bytes: Vec<u8>) -> Extraction {
    read(&[(name, bytes)], &Limits::default())
}

#[test]
fn marks_nested_in_marks_end_soon() {
    let marks = "div span p ul li ol table tr td b i a font form em blockquote pre select option button svg math template dl dt \
        dd nobr center object marquee h1 h2 section details ruby frameset iframe noscript xmp textarea title body html";
    for mark in marks.split_whitespace() {
        let page = format!("<html><h2>3 May 1999</h2>Seen.{}x", format!("<{mark}>").repeat(4000));
        let extraction = read_soon("page.html", page.into_bytes());
        assert!(extraction.entries.iter().any(|entry| entry.text.contains("Seen.")), "{mark}");
    }
    for flood in
        ["<", "&", "<!--", "</p>", "<b><p></b>", "<p a=\"", "<a><b></a>", "&amp;", "<!DOCTYPE", "<?", "<![CDATA["]
    {
        read_soon("page.html", format!("<html><h2>3 May 1999</h2>{}", flood.repeat(10_000)).into_bytes());
    }
}

#[test]
fn entities_are_not_expanded_and_nothing_outside_is_read() {
    let bodies = [
        "<rss version='2.0'><channel><item><title>t</title><pubDate>Sat, 20 Dec 2003 00:00:00 GMT</pubDate><description>&x;</description></item></channel></rss>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>t</title><published>2003-12-20T00:00:00Z</published><content>&x;</content></entry></feed>",
        "<TEI xmlns='http://www.tei-c.org/ns/1.0'><text><body><div type='entry'><head>20 December 2003</head><p>&x;</p></div></body></text></TEI>",
        "<plist><dict><key>Creation Date</key><date>2003-12-20T00:00:00Z</date><key>Entry Text</key><string>&x;</string></dict></plist>",
        "<html><body><h2>20 December 2003</h2><p>&x;</p></body></html>",
    ];
    let laughs: String =
        ('b'..='k').map(|c| format!("<!ENTITY {c} '{}'>", format!("&{};", (c as u8 - 1) as char).repeat(10))).collect();
    let entities = [
        "<!ENTITY x SYSTEM 'file:///etc/passwd'>".to_owned(),
        format!("<!ENTITY a 'laughs'>{laughs}<!ENTITY x '&k;'>"),
        "<!ENTITY x '&x;'>".to_owned(),
    ];
    for body in bodies {
        for entity in &entities {
            let page = format!("<?xml version='1.0'?><!DOCTYPE r [{entity}]>{body}");
            let extraction = read_soon("page.xml", page.into_bytes());
            let text: String = extraction.entries.iter().map(|entry| entry.text.as_str()).collect();
            assert!(text.len() < 4000 && !text.contains("root:"), "{text}");
        }
    }
}

#[test]
fn many_copies_of_one_entry_cost_no_more_each() {
    let rows = "2003-12-20,\"the same words\"\n".repeat(20_000);
    let extraction = read_soon("rows.csv", format!("date,text\n{rows}").into_bytes());
    assert_eq!(extraction.entries.len(), 2);
}

#[test]
fn more_paragraphs_than_are_told_apart_are_kept_as_one() {
    let text = format!("3 May 1999\n\n{}4 May 1999\n\nThe end.", "a\n\n".repeat(160_000));
    let page = format!("<html><h2>3 May 1999</h2>{}<h2>4 May 1999</h2>The end.", "<p>a".repeat(160_000));
    for (name, bytes) in [("long.txt", text), ("long.html", page)] {
        let extraction = read_soon(name, bytes.into_bytes());
        assert_eq!(kinds(&extraction), [ProblemKind::TooDeep], "{name}");
        let entry = extraction.entries.iter().find(|entry| entry.text.ends_with("The end.")).unwrap();
        assert_eq!(entry.text.matches('a').count(), 160_000 + "4 May 1999".matches('a').count(), "{name}");
    }
}

#[test]
fn markdown_of_nothing_but_marks_is_plain_text() {
    for marks in ["[*x", "- >x"] {
        let page = "# 20 December 2003\n\nSeen.\n\n".to_owned() + &marks.repeat(1_100_000);
        let extraction = read_soon("marks.md", page.into_bytes());
        let kept = |text: &str| text.contains("Seen.") && text.contains(&marks.repeat(2));
        assert!(extraction.entries.iter().any(|entry| kept(&entry.text)), "{marks}");
    }
}

#[test]
fn numbers_of_pages_without_a_page_end_soon() {
    let text = "3 May 1999\n\nSeen.\n\n".to_owned() + &"- 12 -\n\n".repeat(150_000);
    let extraction = read_soon("pages.txt", text.into_bytes());
    assert!(extraction.entries.iter().any(|entry| entry.text == "Seen."));
}

#[test]
fn dates_with_nothing_but_links_below_end_soon() {
    let entry = "<h3>3 May 1999</h3><p><a href=\"#top\">Top</a></p>";
    let page = format!("<html><p>We saw it all.</p>{}", entry.repeat(40_000));
    let extraction = read_soon("top.html", page.into_bytes());
    assert!(!extraction.entries.is_empty());
}

#[test]
fn thousands_of_problems_of_a_kind_are_summed_up() {
    let entries: String = (0..1500).map(|n| format!("[1999-05-03 11:{:02}] Same.\n", n % 60)).collect();
    let extraction = read_soon("same.txt", entries.into_bytes());
    let of_kind: Vec<_> = extraction.problems.iter().filter(|p| p.kind == ProblemKind::Duplicate).collect();
    assert_eq!(of_kind.len(), 1001);
    assert_eq!(of_kind.iter().map(|problem| problem.times).sum::<usize>(), 1499);
    assert_eq!(of_kind[1000].message, "499 more are like these.");
}

#[test]
fn many_broken_lines_are_a_few_problems() {
    let lines = "{\"date\":\"1999-05-03\",\"text\":\"Kept.\"}\n".to_owned() + &"{\n".repeat(50_000);
    let extraction = read(&[("broken.jsonl", lines.into_bytes())], &Limits::default());
    assert!(extraction.entries.iter().any(|entry| entry.text == "Kept."));
    assert!(extraction.problems.len() < 200, "{} problems", extraction.problems.len());
    assert!(extraction.problems.iter().any(|problem| problem.message.starts_with("49900 lines more")));
}

#[test]
fn pages_of_nothing_but_dates_end_soon() {
    let mut day = 0;
    let mut next = || {
        day = (day + 7919) % 28;
        day + 1
    };
    let pages: [(&str, String); 5] = [
        ("bare.txt", (0..5_000).map(|_| format!("{}. x\n\n", next())).collect()),
        ("weekdays.txt", "Monday\n\nThursday\n\n".repeat(2_500)),
        ("wrong.txt", (0..5_000).map(|_| format!("Sunday {} May 1999\n", next())).collect()),
        ("figures.txt", (0..5_000).map(|n| format!("{}/{}/1999\n\n", next() % 12 + 1, n % 12 + 1)).collect()),
        ("breaks.html", "<html>".to_owned() + &"3 May 1999<br>x<br>".repeat(5_000)),
    ];
    for (name, page) in pages {
        read_soon(name, format!("May 1999\n\nJune 1999\n\n{page}").into_bytes());
    }
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut writer, bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn containers_that_lie_are_read_as_far_as_they_are_true() {
    let page = "20 December 2003\n\nIn a container.\n".repeat(3).into_bytes();
    let good = zip(&[("a/one.txt", &page), ("../../two.txt", &page), ("/three.txt", &page)]);
    assert_eq!(read_soon("good.zip", good.clone()).entries.len(), 2);
    // Every length, offset, flag and method is wrong once.
    for at in 0..good.len() {
        for value in [0, 0x7f, 0xff] {
            let mut bad = good.clone();
            bad[at] = value;
            read_soon("bad.zip", bad);
        }
    }
    for cut in (0..good.len()).step_by(7) {
        read_soon("cut.zip", good[..cut].to_vec());
    }
    let mut tar = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(page.len() as u64);
    header.set_cksum();
    tar.append_data(&mut header, "one.txt", page.as_slice()).unwrap();
    let good = tar.into_inner().unwrap();
    for at in (0..512).chain([1000, 1100]) {
        for value in [b'0', b'7', 0x80, 0xff] {
            let mut bad = good.clone();
            bad[at] = value;
            read_soon("bad.tar", bad);
        }
    }
}

#[test]
fn bombs_stop_at_the_limits_and_what_was_before_them_is_kept() {
    let zeros = vec![b'a'; 24 << 20];
    let limits = Limits { file: 4 << 20, container: 16 << 20, ..Limits::default() };
    let bomb =
        zip(&[("2003-12-20.txt", b"Before the bomb."), ("2003-12-21.txt", &zeros), ("2003-12-22.txt", b"After it.")]);
    let extraction = read(&[("bomb.zip", bomb.clone())], &limits);
    assert!(extraction.entries.iter().any(|entry| entry.text.contains("Before the bomb")));
    assert!(extraction.entries.iter().all(|entry| entry.text.len() < 5 << 20));
    assert!(extraction.problems.iter().any(|problem| problem.kind.leaves_out()));
    let packed = [
        ("a.gz", 1, {
            let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            std::io::Write::write_all(&mut gz, &zeros).unwrap();
            gz.finish().unwrap()
        }),
        ("a.zst", 1, zstd::encode_all(zeros.as_slice(), 1).unwrap()),
        ("nested.zip", 3, zip(&[("inner.zip", &bomb)])),
    ];
    for (name, count, bytes) in packed {
        let extraction = read(&[(name, bytes)], &limits);
        assert_eq!(extraction.entries.len(), count, "{name}");
        assert!(extraction.problems.iter().any(|problem| problem.kind.leaves_out()), "{name}");
    }
}

#[test]
fn a_file_that_grows_while_it_is_read_is_whole_or_named() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("growing.txt");
    std::fs::write(&path, GOOD).unwrap();
    let is_over = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut year = 1700;
            while !is_over.load(std::sync::atomic::Ordering::Relaxed) {
                year = if year < 2000 { year + 1 } else { 1700 };
                let _ = std::fs::write(
                    &path,
                    format!("3 May {year}\n\nWords.\n\nFriday December 19 2003\n\nThe end.\n").repeat(year % 50),
                );
            }
        });
        for _ in 0..60 {
            let extraction = folder(dir.path(), &Limits::default());
            let is_named = kinds(&extraction).contains(&ProblemKind::Unreadable);
            assert!(is_named || extraction.sources.len() == 1, "{:?}", extraction.problems);
        }
        is_over.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}
