//! diary-serve over a real socket.

use crate::world::World;

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
fn a_term_signal_drains_and_ends() {
    let world = served();
    let mut server = world.serve(&[]);
    assert_eq!(server.get("/healthz").0, 200);
    let killed = std::process::Command::new("kill").args(["-TERM", &server.id().to_string()]).status().unwrap();
    assert!(killed.success());
    assert_eq!(server.wait(), Some(0));
}
