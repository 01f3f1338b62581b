//! The documents say what the programs do: the README's examples are run, and the tables stand in their documents.

use crate::world::{World, root};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The commands of the README with the output that follows each in its code block.
fn examples() -> Vec<(String, String)> {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let mut examples: Vec<(String, String)> = Vec::new();
    let (mut inside, mut running) = (false, false);
    for line in readme.lines() {
        if line.starts_with("```") {
            inside = !inside;
            running = false;
        } else if let Some(command) = line.strip_prefix("$ ").filter(|_| inside) {
            examples.push((command.to_owned(), String::new()));
            running = true;
        } else if inside && running {
            let (_, output) = examples.last_mut().unwrap();
            output.push_str(line);
            output.push('\n');
        }
    }
    examples
}

/// The words of a command line, quotes taken away as a shell would.
fn words(command: &str) -> Vec<String> {
    let (mut words, mut quote, mut word) = (Vec::new(), None, None::<String>);
    for c in command.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), c) => word.get_or_insert_default().push(c),
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, ' ') => words.extend(word.take()),
            (None, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// A text without the times in it, which differ from run to run, and without spaces at the ends of lines.
fn timeless(text: &str) -> String {
    let timed = |word: &str| word.len() < 6 && word.chars().all(|c| c.is_ascii_digit());
    let line = |line: &str| match line.trim_end().strip_suffix(" ms").and_then(|line| line.rsplit_once(" · ")) {
        Some((before, time)) if timed(time) => before.split_whitespace().collect::<Vec<_>>().join(" "),
        _ => line.trim_end().to_owned(),
    };
    text.trim().lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_readme_s_examples_print_what_it_shows() {
    let world = World::rusty();
    world.ingest(&[]).code(0);
    let mut ran = 0;
    for (command, expected) in examples() {
        let words = words(&command);
        let (program, arguments) = match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["cargo", "run", "--release", "--", rest @ ..] => ("diary-search", rest.join("\u{0}")),
            [program @ ("diary-search" | "diary-ingest"), rest @ ..] => (*program, rest.join("\u{0}")),
            _ => continue,
        };
        let arguments: Vec<&str> = arguments.split('\u{0}').filter(|word| !word.is_empty()).collect();
        // What a person sees on a terminal of eighty columns.
        let command_line =
            world.command(program).args(&arguments).args(["--format", "text"]).env("COLUMNS", "80").output();
        let done = crate::world::Done::of(&command_line.unwrap());
        assert_eq!(timeless(&done.stdout), timeless(&expected), "$ {command}\n{}", done.stderr);
        ran += 1;
    }
    assert!(ran >= 3, "the README shows only {ran} examples that can be run");
}

/// What stands in a document after its marker line, to be compared with what the program says; written anew on demand.
#[track_caller]
fn check_document(path: &str, title: &str, generated: &str) {
    let path = root().join(path);
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    let marker = format!("## {title}\n\n");
    let (before, rest) = text.split_once(&marker).unwrap_or((&text, ""));
    let end = rest.find("\n## ").map_or(rest.len(), |at| at + 1);
    let shown = rest[..end].trim_end();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let after = &rest[end..];
        let gap = if after.is_empty() { "" } else { "\n" };
        std::fs::write(&path, format!("{before}{marker}{}\n{gap}{after}", generated.trim_end())).unwrap();
    } else {
        assert!(
            shown == generated.trim_end(),
            "{}: {title} is not what the program says: run with UPDATE_EXPECT=1",
            path.display()
        );
    }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

#[test]
fn the_query_language_is_documented_whole() {
    let mut table = String::from("| write | means | for example |\n| --- | --- | --- |\n");
    let mut group = "";
    for operator in diary_query::lang::OPERATORS {
        if operator.group != group {
            group = operator.group;
            table.push_str(&format!("| **{group}** | | |\n"));
        }
        table.push_str(&format!(
            "| `{}` | {} | `{}` |\n",
            cell(operator.write),
            cell(operator.means),
            cell(operator.example)
        ));
    }
    check_document("crates/query/README.md", "Everything that can be written", &table);
}

#[test]
fn every_flag_is_documented() {
    let world = World::empty();
    for program in ["diary-search", "diary-ingest", "diary-serve"] {
        let help = world.run(program, &["--help"]).code(0).stdout;
        let help: Vec<&str> = help.lines().map(str::trim_end).collect();
        check_document("crates/cli/README.md", program, &format!("```text\n{}\n```", help.join("\n").trim()));
    }
}

#[test]
fn every_route_is_documented() {
    let mut table = String::from("| route | gives | takes |\n| --- | --- | --- |\n");
    for route in diary_server::ROUTES {
        let takes: Vec<String> = route.takes.iter().map(|name| format!("`{name}`")).collect();
        table.push_str(&format!("| `{}` | {} | {} |\n", route.path, cell(route.gives), takes.join(" ")));
    }
    check_document("crates/server/README.md", "Routes", &table);
    // In the same test, since two would write the one file at once.
    let mut table = String::from("| parameter | what it says |\n| --- | --- |\n");
    for parameter in &diary_server::PARAMETERS {
        let values = match parameter.value {
            diary_server::Value::Text => String::new(),
            diary_server::Value::Number(most) => format!(" (0 to {most})"),
            diary_server::Value::OneOf(words) => format!(" ({})", words.join(", ")),
            diary_server::Value::Day => " (YYYY-MM-DD)".to_owned(),
            diary_server::Value::Like { example, .. } => format!(" (such as {})", cell(example)),
        };
        table.push_str(&format!("| `{}` | {}{values} |\n", parameter.name, cell(parameter.meaning)));
    }
    table.push_str("\n`filters` stands for these, each a clause of the query and repeatable:\n\n| filter | only entries | is |\n| --- | --- | --- |\n");
    for filter in &diary_render::filter::FILTERS {
        table.push_str(&format!("| `{}` | {} | `{}` |\n", filter.name, cell(filter.meaning), filter.field));
    }
    check_document("crates/server/README.md", "Parameters", &table);
}

/// A schema in a few words.
fn kind(schema: &Value) -> String {
    let of_items = || format!("list of {}", kind(&schema["items"]));
    let named = |name: &str| match name {
        "array" if schema.get("prefixItems").is_none() && schema["items"].is_object() => of_items(),
        "null" => "null".to_owned(),
        name => name.to_owned(),
    };
    match (&schema["$ref"], &schema["type"]) {
        (Value::String(path), _) => path.rsplit('/').next().unwrap().to_owned(),
        (_, Value::String(name)) => named(name),
        (_, Value::Array(names)) => {
            names.iter().map(|name| named(name.as_str().unwrap())).collect::<Vec<_>>().join(" or ")
        }
        _ => ["oneOf", "anyOf"]
            .iter()
            .filter_map(|ways| schema[ways].as_array())
            .flat_map(|ways| ways.iter().map(kind))
            .collect::<Vec<_>>()
            .join(" or "),
    }
}

#[test]
fn what_programs_read_is_documented_and_holds() {
    let world = World::rusty();
    world.ingest(&[]).code(0);
    let path = root().join("crates/server/src/assets/schemas.json");
    let schemas: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let version = diary_render::FORMAT_VERSION;

    let mut table = "| of | field | type | |\n| --- | --- | --- | --- |\n".to_owned();
    for name in ["Answer", "Understood", "Warning", "Hit", "Passage", "Named", "WayOn", "FacetCounts", "Links", "Index"]
    {
        for (field, schema) in schemas[name].as_object().unwrap()["properties"].as_object().unwrap() {
            let required = schemas[name]["required"].as_array().unwrap().iter().any(|one| one == field);
            let about = schema["description"].as_str().unwrap_or_default();
            let about = format!("{}{}", if required { "" } else { "only where asked for; " }, about);
            table.push_str(&format!(
                "| {name} | `{field}` | {} | {} |\n",
                kind(schema),
                cell(about.trim_end_matches("; "))
            ));
        }
    }
    check_document("crates/render/README.md", &format!("JSON, version {version}"), &table);

    // Every line of every kind of answer: with hits, with a warning, with nothing but ways on.
    let mut lines: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for query in
        [vec!["hotplug", "cpu"], vec!["--explain", "tridge"], vec!["date:blah", "hotplug"], vec!["zzyzxqq", "hotplug"]]
    {
        crate::http::conforms(&schemas, &schemas["Answer"], &world.json(&query), &query.join(" "));
        let done = world.search(&[&["--jsonl"], query.as_slice()].concat());
        for line in done.stdout.lines() {
            let mut line: serde_json::Map<String, Value> = serde_json::from_str(line).unwrap();
            let kind = line.remove("type").unwrap().as_str().unwrap().to_owned();
            lines.entry(kind.clone()).or_default().extend(line.keys().cloned());
            let of = match kind.as_str() {
                "hit" => "Hit",
                "facet" => "FacetCounts",
                _ => continue,
            };
            crate::http::conforms(&schemas, &schemas[of], &Value::Object(line), of);
        }
    }
    let fields = |kind: &str| lines[kind].iter().map(|field| format!("`{field}`")).collect::<Vec<_>>().join(", ");
    let mut table = "| `type` | how many | other fields |\n| --- | --- | --- |\n".to_owned();
    table.push_str(&format!("| `begin` | one | {} |\n", fields("begin")));
    table.push_str("| `hit` | one a hit | those of Hit |\n");
    table.push_str("| `facet` | one a facet | those of FacetCounts |\n");
    table.push_str(&format!("| `end` | one, if nothing went wrong | {} |\n", fields("end")));
    check_document("crates/render/README.md", &format!("JSON Lines, version {version}"), &table);

    let csv = world.search(&["hotplug", "--csv"]).code(0).stdout;
    let columns: Vec<String> = csv.lines().next().unwrap().split(',').map(|column| format!("`{column}`")).collect();
    let tsv = world.search(&["hotplug"]).code(0).stdout;
    assert!(tsv.lines().all(|line| line.split('\t').count() == 4), "{tsv}");
    let text = format!(
        "Comma-separated (`--csv`), with a header row: {}. A text that a spreadsheet would take for a \
         formula (it begins with `=`, `+`, `-` or `@`) gets an apostrophe in front.\n\nTab-separated, what a pipe gets: `date`, `id`, `score`, \
         `snippet`, without a header row.",
        columns.join(", ")
    );
    check_document("crates/render/README.md", "Rows", &text);
}
