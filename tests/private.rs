//! What is private is not in the public index: the index is searched as if it had never been written.

use crate::world::World;

const PAGES: [(&str, &str); 2] = [
    ("2019-04-02.md", "---\ndate: 2019-04-02\n---\nSowed beans with Hedda Gabler. The beans were dry.\n"),
    ("2019-05-21.md", "---\ndate: 2019-05-21\n---\nSlugs. Hedda Gabler laughed.\n"),
];
const SECRET: (&str, &str) = (
    "2019-04-01.md",
    "---\ndate: 2019-04-02\nprivate: true\n---\nMet Xanthippe Quill about the hyacinthectomy. Xanthippe Quill wept over beans.\n",
);

fn world(pages: &[(&str, &str)]) -> World {
    let world = World::empty();
    world.write("diary.toml", "[[archive]]\nname = \"garden\"\nroot = \"garden\"\n");
    for (name, text) in pages {
        world.write(&format!("garden/{name}"), text);
    }
    world.ingest(&[]).code(0);
    world
}

#[test]
fn answers_equal_those_of_an_index_without_it() {
    let (with, without) = (world(&[PAGES[0], PAGES[1], SECRET]), world(&PAGES));
    for query in [
        "beans",
        "hyacinthectomy",
        "hyacinth*",
        "xanthippe",
        "person:xanthippe",
        "quill",
        "date:2019-04",
        "*",
        "hyacinthectomi~",
        "id:garden/2019-04-02",
        "beans sort:date",
        "hedda beans",
    ] {
        let answer = |world: &World| {
            let mut json = world.json(&[query]);
            json["index"] = serde_json::Value::Null;
            json
        };
        assert_eq!(answer(&with), answer(&without), "{query}");
    }
    for arguments in [["--people"], ["--facets"], ["--projects"]] {
        assert_eq!(with.search(&arguments).stdout, without.search(&arguments).stdout, "{arguments:?}");
    }
    assert_eq!(with.search(&["--private", "-l", "hyacinthectomy"]).code(0).stdout.lines().count(), 1);
}

/// `--people accept` of someone whom private entries alone name put the name into public suggestions.
#[test]
fn whom_private_entries_alone_name_is_nobody_to_the_public_though_a_file_knows_them() {
    let world = world(&[PAGES[0], PAGES[1], SECRET]);
    let quill = "[[person]]\nkey = \"quill-xanthippe\"\nprefLabel = \"Xanthippe Quill\"\n";
    world.write("garden/people.toml", quill);
    world.ingest(&[]).code(0);
    for asked in ["person:quill", "person:xantippe", "--who=Xanthippe Quill", "--candidates=person"] {
        let done = world.search(&[asked]);
        let said = (done.stdout + &done.stderr).to_lowercase().replace(asked.trim_start_matches("--who="), "");
        assert!(!said.contains("quill-xanthippe") && !said.contains("did you mean xanthippe"), "{asked}: {said}");
    }
    assert!(world.search(&["--private", "--people"]).code(0).stdout.contains("Xanthippe Quill"));
    // Whom a public entry names is known again.
    world.write("garden/2019-06-01.md", "---\ndate: 2019-06-01\n---\nXanthippe Quill came.\n");
    world.ingest(&[]).code(0);
    assert!(world.search(&["--people"]).code(0).stdout.contains("Xanthippe Quill"));
}

#[test]
fn no_public_file_holds_a_private_word() {
    fn look(folder: &std::path::Path) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if name != "private" {
                    look(&path);
                }
            } else if name != "sources" {
                let bytes = std::fs::read(&path).unwrap();
                for word in ["hyacinthectomy", "Xanthippe", "xanthippe"] {
                    assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{word} in {name}");
                }
            }
        }
    }
    look(&world(&[PAGES[0], PAGES[1], SECRET]).path().join(".diary-index"));
}

/// Private pages that would show if anything public looked at them: before, on, between and after the public days, in
/// another language, naming whom a public page names, tagged, without a date, and marked in other ways.
const SECRETS: [(&str, &str); 8] = [
    SECRET,
    (
        "a.md",
        "---\ndate: 1987-01-05\nprivate: true\ntags: [quincunx]\n---\nHedda Gabler and Xanthippe Quill. Hedda Gabler again.\n",
    ),
    ("b.md", "---\ndate: 2019-05-01\nprivate: true\n---\nSlugs and xylographers, by Xanthippe Quill.\n"),
    (
        "c.md",
        "---\ndate: 2031-12-24\nprivate: true\n---\nGestern war das Wetter schlecht und wir blieben zu Hause, Xanthippe Quill und ich.\n",
    ),
    ("d.md", "---\ndate: 2019-05-21\nprivate: true\n---\nSlugs. Xylographers laughed.\n"),
    ("e.md", "---\ntitle: Hyacinthectomy\nprivate: true\n---\nNo day. Xanthippe Quill.\n"),
    ("f.txt", "7 July 2020\n\nXylographers of the Quincunx Project came.\n\nTags: private\n"),
    ("kept/g.txt", "8 July 2020\n\nHyacinthectomy, said Hedda Gabler.\n"),
];

/// Two worlds with one public diary and indexes of one name and number; the first has the private pages too.
fn twins() -> (World, World) {
    let with = world(&PAGES);
    with.write("diary.toml", "[[archive]]\nname = \"garden\"\nroot = \"garden\"\nprivate = [\"kept/\"]\n");
    let without = World::empty();
    crate::world::copy(with.path(), without.path());
    for (name, text) in SECRETS {
        with.write(&format!("garden/{name}"), text);
    }
    with.ingest(&[]).code(0);
    without.ingest(&["--rebuild"]).code(0);
    assert_eq!(with.search(&["--private", "-l", "--all", "*"]).stdout.lines().count(), SECRETS.len());
    (with, without)
}

const QUERIES: [&str; 13] = [
    "beans",
    "slugs",
    "hyacinthectomy",
    "hyacinth*",
    "xantippe",
    "hedda",
    "quill",
    "person:xanthippe",
    "lang:de",
    "tag:quincunx",
    "date:2019",
    "date:1987..2031",
    "*",
];

#[test]
fn the_command_line_says_the_same_as_without_the_private_entries() {
    let (with, without) = twins();
    let now = ["--no-refresh", "--now", "2020-07-08"];
    let mut asked: Vec<Vec<&str>> = vec![
        vec!["--people"],
        vec!["--projects"],
        vec!["--facets"],
        vec!["--facets=tag"],
        vec!["--calendar"],
        vec!["--timeline"],
        vec!["--gaps"],
        vec!["--who", "hedda"],
        vec!["--who", "xanthippe"],
        vec!["--on-this-day=07-08"],
        vec!["--show", "garden/2019-04-02"],
        vec!["--show", "garden/2019-04-02/2"],
        vec!["--show", "garden/1987-01-05"],
        vec!["--next", "garden/2019-04-02"],
        vec!["--prev", "garden/2019-04-02"],
        vec!["--next", "garden/2019-05-21"],
        vec!["--candidates", "person", "--", "x"],
        vec!["--candidates", "person", "--", ""],
        vec!["--candidates", "id", "--", "g"],
    ];
    for query in QUERIES {
        for form in ["--json", "--jsonl", "--csv", "--explain"] {
            asked.push(vec![form, query]);
        }
        asked.push(vec!["--format", "atom", query]);
    }
    for arguments in asked {
        let answer = |world: &World| {
            let done = world.search(&[&now, arguments.as_slice()].concat());
            // The time that a search took is not part of what it says.
            let lines = done.stdout.lines().filter(|line| !line.starts_with("{\"type\":\"end\""));
            (done.code, lines.collect::<Vec<_>>().join("\n"), done.stderr)
        };
        assert_eq!(answer(&with), answer(&without), "{arguments:?}");
    }
}

#[test]
fn the_server_says_the_same_as_without_the_private_entries() {
    let (with, without) = twins();
    let (one, other) = (with.serve(&[]), without.serve(&[]));
    let mut paths: Vec<String> = [
        "/",
        "/people",
        "/people?prefix=x",
        "/people/gabler-hedda",
        "/people/quill-xanthippe",
        "/projects",
        "/on/04-02",
        "/on/07-08",
        "/2019",
        "/2019/04",
        "/2020",
        "/1987",
        "/2031/12",
        "/entries/garden/2019-04-02",
        "/entries/garden/2019-04-02/2",
        "/entries/garden/1987-01-05",
        "/api/v1/calendar",
        "/api/v1/calendar?year=2020",
        "/api/v1/days/07-08",
        "/api/v1/days/04-02",
        "/api/v1/entries",
        "/api/v1/entries?order=desc",
        "/api/v1/entries/garden/2019-04-02",
        "/api/v1/entries/garden/2019-04-02/2",
        "/api/v1/entries/garden/1987-01-05",
        "/api/v1/entries/garden/2020-07-08",
        "/api/v1/people",
        "/api/v1/people?prefix=x",
        "/api/v1/people/gabler-hedda",
        "/api/v1/people/gabler-hedda/companions",
        "/api/v1/people/quill-xanthippe",
        "/api/v1/projects",
        "/api/v1/projects/quincunx",
        "/api/v1/openapi.json",
        "/opensearch.xml",
        "/robots.txt",
        "/healthz",
        "/readyz",
        "/sitemap.xml",
        "/search.atom",
        "/feed",
        "/nothing/here",
    ]
    .map(str::to_owned)
    .to_vec();
    for query in QUERIES {
        let q = query.replace(':', "%3A").replace('*', "%2A");
        for route in [
            "/?q=",
            "/search.atom?q=",
            "/api/v1/search?q=",
            "/api/v1/suggest?q=",
            "/api/v1/parse?q=",
            "/api/v1/calendar?q=",
            "/2019?q=",
        ] {
            paths.push(format!("{route}{q}"));
        }
        for id in ["2019-04-02", "2019-04-02%2F2", "1987-01-05"] {
            paths.push(format!("/api/v1/explain?q={q}&id=garden%2F{id}"));
        }
        for facet in ["person", "project", "year", "month", "weekday", "tag", "lang", "archive", "author", "mood"] {
            paths.push(format!("/api/v1/facets/{facet}?q={q}"));
        }
    }
    for typed in
        ["x", "xa", "hy", "hed", "qui", "person%3Ax", "date%3A19", "lang%3A", "tag%3A", "id%3Agarden%2F", "xylo"]
    {
        paths.push(format!("/api/v1/suggest?q={typed}"));
    }
    // The time that a search took is not part of what it says.
    let ask = |server: &crate::world::Server, path: &str| {
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        let answer = server.send(request.as_bytes());
        let is_of_time =
            |line: &str| ["date:", "server-timing:"].iter().any(|name| line.to_lowercase().starts_with(name));
        answer.lines().filter(|line| !is_of_time(line)).collect::<Vec<_>>().join("\n")
    };
    let mut good = 0;
    for path in &paths {
        let (said, expected) = (ask(&one, path), ask(&other, path));
        assert_eq!(said, expected, "{path}");
        good += usize::from(said.starts_with("HTTP/1.1 200"));
        for canary in ["anthippe", "ylograph", "yacinthectom", "uincunx"] {
            let is_asked = QUERIES.iter().any(|query| query.contains(canary));
            assert!(is_asked || !said.contains(canary), "{canary} in {path}: {said}");
        }
    }
    assert!(good > 100, "{good} of {} were answered", paths.len());
    let counts = |server: &crate::world::Server| {
        let text = ask(server, "/metrics");
        text.lines()
            // A connection is counted off a moment after its end.
            .filter(|line| line.starts_with("diary_") && !["seconds", "connections"].iter().any(|of| line.contains(of)))
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert_eq!(counts(&one), counts(&other));
}

#[test]
fn what_is_made_private_or_deleted_is_gone_from_every_public_answer() {
    let world = world(&[
        PAGES[0],
        PAGES[1],
        ("2019-06-01.md", "---\ndate: 2019-06-01\n---\nThe hyacinthectomy of Xanthippe Quill.\n"),
    ]);
    assert_eq!(world.ids(&["hyacinthectomy"]), ["garden/2019-06-01"]);
    world.write(
        "garden/2019-06-01.md",
        "---\ndate: 2019-06-01\nprivate: true\n---\nThe hyacinthectomy of Xanthippe Quill.\n",
    );
    world.ingest(&[]).code(0);
    let (said, people) = (world.json(&["hyacinthectomy"]).to_string(), world.search(&["--people"]).stdout);
    assert!(said.contains("\"total\":0") && !people.contains("Quill"), "{said} {people}");
    world.search(&["--show", "garden/2019-06-01"]).code(1);
    std::fs::remove_file(world.path().join("garden/2019-06-01.md")).unwrap();
    world.ingest(&[]).code(0);
    let mut folders = vec![world.path().join(".diary-index")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let bytes = std::fs::read(&path).unwrap();
                assert!(
                    !bytes.windows(9).any(|window| window.eq_ignore_ascii_case(b"xanthippe")),
                    "{}",
                    path.display()
                );
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn the_private_part_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let (with, _) = twins();
    let pointer = with.read(".diary-index/CURRENT");
    let folder = with.path().join(".diary-index").join(pointer.split(' ').next().unwrap());
    let mode = |name: &str| std::fs::metadata(folder.join(name)).unwrap().permissions().mode() & 0o077;
    assert_eq!((mode("private"), mode("sources")), (0, 0));
}

/// Who is private in the file of people, though the entries are public: nothing public says their name as a value, a
/// companion, a reason, a suggestion or as what is wider.
#[test]
fn a_private_person_is_in_no_public_list() {
    let world = World::empty();
    world.write("diary.toml", "[[archive]]\nname = \"garden\"\nroot = \"garden\"\npeople = \"people.toml\"\n");
    let people = "[[person]]\nkey = \"quill-xan\"\nprefLabel = \"Xanthippe Quill\"\naltLabel = [\"Xan\"]\nprivate = true\n\
                  broader = [\"everyone\"]\n\
                  [[person]]\nprefLabel = \"Hedda Gabler\"\nbroader = [\"quill-xan\"]\n\
                  [[person]]\nkey = \"everyone\"\nprefLabel = \"Everyone\"\n";
    world.write("people.toml", people);
    let pages = [
        ("1.md", "---\ndate: 2019-04-01\n---\nMet Xanthippe Quill and Hedda Gabler. Xan told Hedda Gabler so.\n"),
        ("2.md", "---\ndate: 2019-04-02\n---\nXanthippe and Mrs. Quill with Hedda Gabler. Quill said no.\n"),
        ("3.md", "---\ndate: 2019-04-03\nprivate: true\n---\nXanthippe Quill alone.\n"),
    ];
    for (name, text) in pages {
        world.write(&format!("garden/{name}"), text);
    }
    world.ingest(&[]).code(0);
    let silent = |arguments: &[&str]| {
        let said = world.search(arguments).stdout.to_lowercase();
        for word in ["xan", "quill"] {
            assert!(!said.contains(word), "{arguments:?}: {said}");
        }
    };
    silent(&["--people"]);
    let facets = world.json(&["--facets"])["facets"].to_string().to_lowercase();
    assert!(facets.contains("gabler") && !facets.contains("quill"), "{facets}");
    silent(&["--who", "Hedda Gabler"]);
    silent(&["--who", "Hedda Gabler", "--json"]);
    silent(&["--who", "Everyone"]);
    silent(&["--who", "Xan"]);
    let suggested = world.ingest(&["--people-suggest"]).stdout.to_lowercase();
    assert!(!suggested.contains("preflabel = \"xan") && !suggested.contains("quill-xan"), "{suggested}");
    let explained = world.search(&["--explain", "--json", "person:hedda"]).stdout;
    assert!(explained.contains("Hedda Gabler") && !explained.contains("quill-xan"), "{explained}");
    for name in ["public/names", "CURRENT"] {
        let folder = world.path().join(".diary-index");
        let generation =
            std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).find(|path| path.is_dir());
        let path = if name == "CURRENT" { folder.join(name) } else { generation.unwrap().join(name) };
        let text = String::from_utf8_lossy(&std::fs::read(path).unwrap()).to_lowercase();
        assert!(!text.contains("quill"), "{name}");
    }
    // Who is wider than a private one is wider than those below it.
    assert_eq!(world.search(&["-c", "person:everyone"]).stdout.trim(), "2");
    assert_eq!(world.search(&["--private", "-c", "person:quill-xan"]).stdout.trim(), "1");
}
