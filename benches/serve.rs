//! What an answer over HTTP costs beside what it cannot do without: an empty handler, and the query itself.
//!
//! One connection that is kept open, one request at a time. The client is a thread of this process, and its own CPU time is
//! taken off.

use crate::clock::{call_cost, median, of_process, of_thread, ratio};
use crate::diaries::word;
use crate::say;
use axum::Router;
use axum::routing::get;
use diary_query::{LocalEngine, Request, search};
use diary_render::{address, json};
use diary_server::{App, Limits, Live, Settings, listen, serve};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

const ROUNDS: usize = 5;
/// Requests of one measurement.
const REQUESTS: u32 = 1500;

pub(crate) fn measure(folder: &Path) {
    if let Err(error) = measured(&folder.join("index")) {
        say(&format!("the server cannot be measured: {error}"));
    }
}

fn measured(index: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let engine = Arc::new(LocalEngine::open(index, false)?);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let _entered = runtime.enter();
    let loopback = SocketAddr::from(([127, 0, 0, 1], 0));
    let (bare, ours) = (listen(&[loopback])?, listen(&[loopback])?);
    let (bare_at, ours_at) = (bare.local_addr()?, ours.local_addr()?);
    runtime.spawn(async move { axum::serve(bare, Router::new().route("/", get(|| async { "" }))).await });
    let served = Arc::clone(&engine);
    // Each request is to be worked out anew, not found among the last answers.
    let settings = Settings { limits: Limits { recent: 0, ..Limits::default() }, ..Settings::default() };
    let app = App::new(settings, move || Ok(Arc::clone(&served) as Arc<dyn Live>))?;
    runtime.spawn(serve(app, ours, Arc::new(|_| {}), std::future::pending()));
    say("an answer over HTTP                           ratio   whole     empty     query    (and its JSON)");
    for (name, text) in [
        ("a rare word", word(20_000)),
        ("a frequent word", word(2)),
        ("two words", format!("{} {}", word(5), word(9))),
        ("a phrase", format!("\"{} {}\"", word(5), word(9))),
    ] {
        let request = Request { text, window: address::default_window(), ..Request::default() };
        let path = address::question("", address::API_SEARCH, &request);
        let (mut whole, mut empty, mut query, mut written) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            empty.push(cost(bare_at, "/")?);
            whole.push(cost(ours_at, &path)?);
            query.push(call_cost(|| drop(search(&*engine, &request))));
            let answer = search(&*engine, &request)?;
            written.push(call_cost(|| drop(json::answer(&request, &answer, ""))));
        }
        let (whole, empty, query, written) = (median(whole), median(empty), median(query), median(written));
        let ratio = ratio(whole, empty + query);
        say(&format!("  {name:<40} {ratio:>7.2}   {whole:>8.1?}  {empty:>8.1?}  {query:>8.1?}  {written:>8.1?}"));
    }
    Ok(())
}

/// The CPU time that the server needs for one answer.
fn cost(server: SocketAddr, path: &str) -> std::io::Result<Duration> {
    let mut stream = BufReader::new(TcpStream::connect(server)?);
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    let mut body = Vec::new();
    let (all, mine) = (of_process(), of_thread());
    for _ in 0..REQUESTS {
        stream.get_mut().write_all(request.as_bytes())?;
        let (mut length, mut line) = (0, String::new());
        while stream.read_line(&mut line)? > 2 {
            if let Some(value) = line.strip_prefix("content-length: ") {
                length = value.trim().parse().unwrap_or(0);
            }
            line.clear();
        }
        body.resize(length, 0);
        stream.read_exact(&mut body)?;
    }
    Ok((of_process() - all).saturating_sub(of_thread() - mine) / REQUESTS)
}
