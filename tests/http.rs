//! diary-serve over a real socket.

use crate::world::{Server, World};
use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

fn served() -> World {
    let world = World::rusty();
    world.ingest(&[]).code(0);
    world
}

#[test]
fn the_api_gives_the_bytes_of_the_command_line() {
    let world = served();
    let server = world.serve(&[]);
    for (path, arguments) in [
        ("/api/v1/search?q=hotplug+cpu", vec!["hotplug cpu"]),
        ("/api/v1/search?q=hotplug+cpu&limit=2", vec!["hotplug cpu", "--limit", "2"]),
        ("/api/v1/search?q=person:tridge", vec!["person:tridge"]),
        ("/api/v1/search?q=zzyzxqq", vec!["zzyzxqq"]),
    ] {
        let (status, body) = server.get(path);
        assert_eq!(status, 200, "{path}: {body}");
        let json = world.search(&[&["--json"], arguments.as_slice()].concat()).stdout;
        assert_eq!(body.trim_end(), json.trim_end(), "{path}");
    }
}

#[test]
fn the_page_works_without_a_script() {
    let world = served();
    let server = world.serve(&[]);
    let (status, page) = server.get("/?q=hotplug+cpu");
    assert_eq!(status, 200);
    for part in ["role=\"search\"", "<mark>hotplug", "datetime=\"2003-12-19\""] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(page.len() < 60_000, "{} bytes", page.len());
    assert_eq!(server.get("/healthz").0, 200);
    let (_, hostile) = server.get("/?q=%3Cscript%3Ealert(1)%3C/script%3E");
    assert!(!hostile.contains("<script>alert"), "{hostile}");
}

#[test]
fn odd_requests_get_a_clear_no() {
    let world = served();
    let server = world.serve(&[]);
    assert_eq!(server.get("/api/v1/search?q=a&nonsense=1").0, 400);
    assert_eq!(server.get("/no/such/page").0, 404);
    assert_eq!(server.get("/api/v1/search?strict=1&q=persn:x").0, 400);
    assert_eq!(server.get("/../../etc/passwd").0, 404);
    let status = |request: &str| server.send(request.as_bytes()).split(' ').nth(1).unwrap_or("").to_owned();
    assert_eq!(status("POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"), "405");
    assert_eq!(status("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"), "421");
    let long = format!("GET /?q={} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "a".repeat(20_000));
    assert!(["400", "413", "414", "431"].contains(&status(&long).as_str()));
}

#[test]
fn a_new_generation_is_picked_up_without_a_restart() {
    let world = World::empty();
    world.write("diary.toml", "[[archive]]\nname = \"test\"\nroot = \"diary\"\n");
    world.write("diary/a.txt", "1 March 2011\n\nFirst words.\n\n2 March 2011\n\nMore words.\n");
    world.ingest(&[]).code(0);
    let server = world.serve(&[]);
    assert!(server.get("/api/v1/search?q=second").1.contains("\"total\":0"));
    world.write("diary/a.txt", "1 March 2011\n\nSecond thoughts.\n\n2 March 2011\n\nMore words.\n");
    world.ingest(&[]).code(0);
    let found = (0..50).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        server.get("/api/v1/search?q=second").1.contains("\"total\":1")
    });
    assert!(found);
}

#[test]
fn an_index_that_is_taken_away_is_told_of_no_more_and_another_in_its_place_is() {
    let world = World::empty();
    world.write("diary.toml", "[[archive]]\nname = \"test\"\nroot = \"diary\"\n");
    world.write("diary/a.txt", "1 March 2011\n\nFirst words.\n");
    world.ingest(&["--index", "index"]).code(0);
    let server = world.serve(&["--no-refresh", "--index", "index"]);
    let becomes = |wanted: u16, part: &str| {
        (0..80).any(|_| {
            std::thread::sleep(Duration::from_millis(100));
            let (status, body) = server.get("/api/v1/search?q=words");
            status == wanted && body.contains(part) && (server.get("/readyz").0 == wanted)
        })
    };
    let (here, away) = (world.path().join("index"), world.path().join("away"));
    std::fs::rename(&here, &away).unwrap();
    assert!(becomes(503, "not-ready"));
    assert_eq!(server.get("/healthz").0, 200);
    std::fs::rename(&away, &here).unwrap();
    assert!(becomes(200, "\"total\":1"));
    // Another index with a generation of the same number.
    world.write("diary/a.txt", "1 March 2011\n\nFirst words.\n\n2 March 2011\n\nMore words.\n");
    world.ingest(&["--index", "other"]).code(0);
    std::fs::rename(&here, &away).unwrap();
    std::fs::rename(world.path().join("other"), &here).unwrap();
    assert!(becomes(200, "\"total\":2"));
}

#[test]
fn cursors_lead_through_all_hits_of_one_generation() {
    let world = World::empty();
    world.write("diary.toml", "[[archive]]\nname = \"test\"\nroot = \"diary\"\n");
    let entry = |day: usize| format!("{day} March 2011\n\nWords of the day.\n\n");
    world.write("diary/a.txt", &(1..=25).map(entry).collect::<String>());
    world.ingest(&[]).code(0);
    let server = world.serve(&[]);
    let (mut ids, mut path) = (Vec::new(), "/api/v1/search?q=words&limit=4".to_owned());
    let mut last_cursor = String::new();
    while !path.is_empty() {
        let page = json(&server, &path);
        ids.extend(page["hits"].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap().to_owned()));
        path = page["links"]["next"].as_str().unwrap_or_default().to_owned();
        if !path.is_empty() {
            last_cursor.clone_from(&path);
        }
    }
    assert_eq!(ids.len(), 25);
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 25, "a hit came twice");
    world.write("diary/b.txt", "1 April 2011\n\nMore words.\n");
    world.ingest(&[]).code(0);
    let expired = (0..50).any(|_| {
        std::thread::sleep(Duration::from_millis(100));
        let (status, body) = server.get(&last_cursor);
        status == 410 && body.contains("cursor-expired")
    });
    assert!(expired);
}

#[test]
fn every_count_is_the_total_of_its_link() {
    let world = served();
    let server = world.serve(&[]);
    let mut followed = 0;
    for path in [
        "/api/v1/search?q=hotplug",
        "/api/v1/search?q=person:linus,alison&facets=person:100,project:5,year,weekday,month",
        "/api/v1/facets/project?q=person:tridge",
        "/api/v1/calendar?q=kernel",
        "/api/v1/people/torvalds-linus",
        "/api/v1/people/torvalds-linus/companions",
        "/api/v1/projects/qemu",
    ] {
        let mut counts = Vec::new();
        gather_counts(&json(&server, path), &mut counts);
        assert!(!counts.is_empty(), "{path} counts nothing");
        for (count, apply) in counts.into_iter().take(40) {
            let total =
                json(&server, &format!("{apply}&limit=0&facets=none").replace("facets=none&", ""))["total"].clone();
            assert_eq!(total, count, "{path}: {apply}");
            followed += 1;
        }
    }
    assert!(followed > 60, "only {followed} counts were followed");
}

/// Every count with the address behind it.
fn gather_counts(value: &Value, counts: &mut Vec<(u64, String)>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| gather_counts(value, counts)),
        Value::Object(fields) => {
            if let (Some(count), Some(apply)) = (fields.get("count"), fields.get("apply")) {
                let apply = apply.as_str().unwrap().split("&facets").next().unwrap();
                counts.push((count.as_u64().unwrap(), apply.to_owned()));
            }
            fields.values().for_each(|value| gather_counts(value, counts));
        }
        _ => {}
    }
}

#[test]
fn the_description_of_the_api_is_true() {
    let world = served();
    let server = world.serve(&[]);
    let description = json(&server, "/api/v1/openapi.json");
    assert_eq!(description["openapi"], "3.1.0");
    let schemas = &description["components"]["schemas"];
    for (route, query) in [
        ("/api/v1/search", "?q=hotplug+kernel&facets=person,month,weekday"),
        ("/api/v1/search", "?q=persn:x+19999&highlight=html&passages=2&explain=1"),
        ("/api/v1/search", "?q=zzyzxqq+person:tridge"),
        ("/api/v1/suggest", "?q=rzip+ju"),
        ("/api/v1/suggest", "?q=person:tri&limit=2"),
        ("/api/v1/parse", "?q=tridge+july+2003"),
        ("/api/v1/explain", "?q=hotplug+person:linus&id=rusty/2003-10-06"),
        ("/api/v1/facets/{name}", "?q=kernel&prefix=l"),
        ("/api/v1/calendar", "?q=kernel&year=2003"),
        ("/api/v1/calendar", "?q=zzyzxqq"),
        ("/api/v1/days/{day}", ""),
        ("/api/v1/entries", "?since=2003-06&until=2003-07&limit=3"),
        ("/api/v1/entries/{archive}/{date}", ""),
        ("/api/v1/people", "?prefix=t"),
        ("/api/v1/people/{slug}", ""),
        ("/api/v1/people/{slug}/companions", "?limit=5"),
        ("/api/v1/projects", ""),
        ("/api/v1/projects/{slug}", ""),
        ("/api/v1/projects/{slug}/companions", ""),
    ] {
        let slug = if route.contains("projects") { "qemu" } else { "torvalds-linus" };
        let path = route.replace("{name}", "person").replace("{day}", "12-19").replace("{slug}", slug);
        let path = path.replace("{archive}", "rusty").replace("{date}", "2003-12-19");
        let said = &description["paths"][route]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
        assert!(said.is_object(), "{route} is not described");
        conforms(schemas, said, &json(&server, &format!("{path}{query}")), &path);
    }
    for path in ["/api/v1/search?q=persn:x&strict=1", "/api/v1/people/nobody", "/api/v1/search?nonsense=1"] {
        let (_, body) = server.get(path);
        conforms(schemas, &schemas["Problem"], &serde_json::from_str(&body).unwrap(), path);
    }
}

/// Holds a value against a schema, as far as ours go.
pub(crate) fn conforms(schemas: &Value, schema: &Value, value: &Value, at: &str) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().unwrap();
        return conforms(schemas, &schemas[name], value, at);
    }
    if let Some(either) = schema["anyOf"].as_array() {
        let chosen = either.iter().find(|schema| (schema["type"] == "null") == value.is_null());
        return conforms(schemas, chosen.unwrap(), value, at);
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let types = match &schema["type"] {
        Value::Array(types) => types.clone(),
        one => vec![one.clone()],
    };
    let fits = types.iter().any(|known| known == kind || known == "number" && kind == "integer");
    assert!(fits, "{at} is {kind}, and should be {}", schema["type"]);
    if let Some(words) = schema["enum"].as_array() {
        assert!(words.contains(value), "{at} is {value}");
    }
    for (place, item) in value.as_array().into_iter().flatten().enumerate() {
        conforms(schemas, &schema["items"], item, &format!("{at}[{place}]"));
    }
    if let Some(fields) = value.as_object() {
        for name in schema["required"].as_array().into_iter().flatten() {
            assert!(fields.contains_key(name.as_str().unwrap()), "{at} lacks {name}");
        }
        for (name, field) in fields {
            let known = &schema["properties"][name];
            assert!(known.is_object(), "{at}.{name} is not described");
            conforms(schemas, known, field, &format!("{at}.{name}"));
        }
    }
}

fn json(server: &Server, path: &str) -> Value {
    let (status, body) = server.get(path);
    assert_eq!(status, 200, "{path}: {body}");
    serde_json::from_str(&body).unwrap_or_else(|error| panic!("{path}: {error}: {body}"))
}

#[test]
fn suggestions_complete_the_query() {
    let world = served();
    let server = world.serve(&[]);
    for (typed, kind, query) in [
        ("tridg", "person", "person:tridgell-andrew "),
        ("rzip -person:tridg", "person", "rzip -person:tridgell-andrew "),
        ("rzip andrew trid", "person", "rzip person:tridgell-andrew "),
        ("qem", "project", "project:qemu "),
        ("july", "date", "date:2003-07 "),
        ("rzip hotpl", "word", "rzip hotplug "),
    ] {
        let found = json(&server, &format!("/api/v1/suggest?q={}", typed.replace(' ', "+")));
        let offered = found["groups"].as_array().unwrap().iter().filter(|group| group["kind"] == kind);
        let queries: Vec<&Value> =
            offered.flat_map(|group| group["suggestions"].as_array().unwrap()).map(|offer| &offer["query"]).collect();
        assert!(queries.iter().any(|offered| **offered == query), "{typed}: {found}");
    }
    let found = json(&server, "/api/v1/suggest?q=tridg&format=opensearch");
    assert_eq!(found[0], "tridg");
    assert_eq!(found[1].as_array().unwrap().len(), found[3].as_array().unwrap().len());
    assert_eq!(found[1][0], "person:tridgell-andrew");
    let address = format!("http://127.0.0.1:{}/search?q=person%3Atridgell-andrew", server.port);
    assert_eq!(found[3][0], address, "a browser has no page that it would be beside");
}

#[test]
fn slow_clients_do_not_keep_honest_ones_waiting() {
    let world = served();
    let server = world.serve(&[]);
    let shapes: [&[u8]; 5] = [
        b"",
        b"G",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: a",
        b"GET /search?q=kernel HTTP/1.1\r\nHost: localhost\r\n\r\nGET /",
    ];
    let mut slow: Vec<TcpStream> = Vec::new();
    for shape in shapes.iter().cycle().take(150) {
        let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
        stream.write_all(shape).unwrap();
        slow.push(stream);
    }
    for _ in 0..20 {
        assert_eq!(server.get("/api/v1/search?q=hotplug").0, 200);
    }
    // Each of them is closed from the other side.
    for mut stream in slow {
        stream.set_read_timeout(Some(Duration::from_secs(45))).unwrap();
        let mut rest = Vec::new();
        let _ = stream.read_to_end(&mut rest).map_err(|error| {
            assert!(
                !matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut),
                "still open"
            );
        });
    }
    // The server counts a connection off a moment after its other end has seen it closed.
    let all_gone = (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(100));
        server.get("/metrics").1.contains("diary_connections 1")
    });
    assert!(all_gone);
}

#[test]
fn no_begun_request_is_lost_when_it_ends() {
    let world = served();
    let mut server = world.serve(&[]);
    let port = server.port;
    // Each request is begun a good while before the signal; each must have its whole answer.
    let ask = move |_| {
        std::thread::spawn(move || {
            let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
            stream.write_all(b"GET /search?q=kernel+patch HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
            let mut answer = Vec::new();
            stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
            let _ = stream.read_to_end(&mut answer);
            String::from_utf8_lossy(&answer).into_owned()
        })
    };
    let asked: Vec<_> = (0..40).map(ask).collect();
    std::thread::sleep(Duration::from_millis(150));
    let killed = std::process::Command::new("kill").args(["-TERM", &server.id().to_string()]).status().unwrap();
    assert!(killed.success());
    let late: Vec<_> = (0..10).map(ask).collect();
    for answer in asked.into_iter().chain(late) {
        let answer = answer.join().unwrap();
        assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("</html>"), "{answer}");
    }
    assert_eq!(server.wait(), Some(0));
}

#[test]
fn one_address_may_ask_only_so_much() {
    let world = served();
    let server = world.serve(&["--rate", "1"]);
    let answers: Vec<String> =
        (0..8).map(|_| server.send(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")).collect();
    assert!(answers[0].starts_with("HTTP/1.1 200"));
    let limited = answers.iter().find(|answer| answer.starts_with("HTTP/1.1 429")).expect("no answer is 429");
    assert!(limited.to_lowercase().contains("retry-after: 1"), "{limited}");
}

#[test]
fn a_term_signal_drains_and_ends() {
    let world = served();
    let mut server = world.serve(&[]);
    assert_eq!(server.get("/healthz").0, 200);
    let killed = std::process::Command::new("kill").args(["-TERM", &server.id().to_string()]).status().unwrap();
    assert!(killed.success());
    assert_eq!(server.wait(), Some(0));
}
