//! Requests that nobody should send, as bytes: each gets one plain answer or none, and leaves nothing behind.

use crate::world::{Server, World};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread::sleep;
use std::time::Duration;

fn served() -> World {
    let world = World::rusty();
    world.ingest(&[]).code(0);
    world
}

/// The statuses of all answers that come to some bytes.
fn statuses(server: &Server, bytes: &[u8]) -> Vec<u16> {
    let answer = server.send(bytes);
    let lines = answer.split("\r\n").filter(|line| line.starts_with("HTTP/1."));
    lines.map(|line| line.split(' ').nth(1).unwrap().parse().unwrap()).collect()
}

#[test]
fn there_is_one_answer_to_a_request_however_it_is_framed() {
    let world = served();
    let server = world.serve(&[]);
    let inner = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    for (framed, expected) in [
        (format!("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{inner}"), vec![400, 413]),
        (format!("Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef{inner}"), vec![400]),
        (format!("Content-Length: {}\r\nConnection: close\r\n\r\n{inner}", inner.len()), vec![413]),
        (format!("Content-Length: -1\r\n\r\n{inner}"), vec![400]),
        (format!("Content-Length: +5\r\n\r\nabcde{inner}"), vec![400]),
        (format!("Transfer-Encoding: xchunked\r\n\r\n{inner}"), vec![400]),
        (format!("Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n{inner}"), vec![400]),
        ("Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\nabcde\r\n0\r\n\r\n".to_owned(), vec![413]),
        ("X-Folded: a\r\n b\r\n\r\n".to_owned(), vec![400]),
        ("X-Nul: a\0b\r\n\r\n".to_owned(), vec![400]),
        ("Host: localhost\r\nConnection: close\r\n\r\n".to_owned(), vec![400]),
        (format!("X-Long: {}\r\nConnection: close\r\n\r\n", "a".repeat(20_000)), vec![431]),
        (format!("X-Long: {}\r\n\r\n", "a".repeat(100_000)), vec![431]),
    ] {
        let got = statuses(&server, format!("GET / HTTP/1.1\r\nHost: localhost\r\n{framed}").as_bytes());
        assert!(got.len() == 1 && expected.contains(&got[0]), "{got:?} to {:?}", &framed[..framed.len().min(90)]);
    }
    for (line, status) in [
        ("GET http://evil.example/ HTTP/1.1", 421),
        ("GET / HTTP/9.9", 400),
        ("TRACE / HTTP/1.1", 405),
        ("CONNECT localhost:80 HTTP/1.1", 405),
        ("get / HTTP/1.1", 405),
        ("OPTIONS * HTTP/1.1", 204),
    ] {
        let request = format!("{line}\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assert_eq!(statuses(&server, request.as_bytes()), [status], "{line}");
    }
    let split =
        server.send(b"GET /search?q=a%0d%0aX-Injected:%20yes HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    let head = split.split("\r\n\r\n").next().unwrap();
    assert!(head.starts_with("HTTP/1.1 200") && !head.contains("X-Injected"), "{head}");
}

#[test]
fn paths_that_climb_find_nothing() {
    let world = served();
    let server = world.serve(&[]);
    let ways = [
        "..",
        "%2e%2e",
        "..%2f",
        "%2e%2e%2f",
        "..%5c",
        "..\\",
        "%252e%252e",
        "%c0%ae%c0%ae",
        "..;",
        ".%00.",
        "%uff0e%uff0e",
        "....//",
        "%2e%2e/%2e%2e",
        "%F0%80%80%AE",
        "~root",
    ];
    let roots = [
        "/",
        "/entries/",
        "/entries/rusty/",
        "/js/",
        "/people/",
        "/projects/",
        "/on/",
        "/2003/",
        "/api/v1/entries/",
        "/api/v1/facets/",
        "/api/v1/days/",
        "/style.css/",
    ];
    let (mut tried, targets) = (0, ["etc/passwd", "diary.toml", "proc/self/environ", ".diary-index/CURRENT"]);
    for (i, way) in ways.iter().enumerate() {
        for root in roots {
            for depth in [1, 2, 5, 9] {
                let path = format!("{root}{}/{}", vec![*way; depth].join("/"), targets[(i + depth) % targets.len()]);
                let (status, body) = server.get(&path);
                assert!(matches!(status, 400 | 404), "{path} is {status}");
                assert!(
                    !body.contains("root:") && !body.contains("generation-0") && !body.contains("[[archive]]"),
                    "{path}"
                );
                tried += 1;
            }
        }
    }
    assert!(tried > 700);
}

#[test]
fn connections_that_vanish_leave_nothing_behind() {
    let world = served();
    let server = world.serve(&[]);
    let descriptors = || std::fs::read_dir(format!("/proc/{}/fd", server.id())).unwrap().count();
    let before = descriptors();
    let ask = b"GET /search?q=kernel HTTP/1.1\r\nHost: localhost\r\n\r\n";
    for round in 0..300 {
        let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
        match round % 3 {
            0 => stream.write_all(ask).unwrap(),
            1 => stream.write_all(&ask[..20]).unwrap(),
            _ => {}
        }
        // With an answer on its way and nobody to read it, the system resets the connection.
    }
    let flood: Vec<_> = (0..200)
        .map(|_| {
            let port = server.port;
            std::thread::spawn(move || {
                let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
                stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
                stream
                    .write_all(b"GET /search?q=kernel HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .unwrap();
                let mut answer = Vec::new();
                let _ = stream.read_to_end(&mut answer);
                String::from_utf8_lossy(&answer).split(' ').nth(1).unwrap_or_default().to_owned()
            })
        })
        .collect();
    for answer in flood {
        let status = answer.join().unwrap();
        assert!(status == "200" || status == "503", "{status}");
    }
    let gone = (0..100).any(|_| {
        sleep(Duration::from_millis(100));
        descriptors() <= before + 20
    });
    assert!(gone, "{before} descriptors became {}", descriptors());
    assert_eq!(server.get("/healthz").0, 200);
}
