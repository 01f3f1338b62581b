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
            } else if name != "sources.json" {
                let bytes = std::fs::read(&path).unwrap();
                for word in ["hyacinthectomy", "Xanthippe", "xanthippe"] {
                    assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{word} in {name}");
                }
            }
        }
    }
    look(&world(&[PAGES[0], PAGES[1], SECRET]).path().join(".diary-index"));
}
