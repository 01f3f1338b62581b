//! The service with a socket, and clients who do not do their part.

use super::{app, quiet};
use crate::{Limits, Settings, listen, serve};
use std::io::Write;
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::time::{sleep, timeout};

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_who_takes_nothing_is_let_go() {
    let limits = Limits { reading: Duration::from_millis(300), ..Limits::default() };
    let app = app(Settings { limits, ..Settings::default() });
    let listener = listen(&[SocketAddr::from(([127, 0, 0, 1], 0))]).unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(serve(Arc::clone(&app), listener, quiet(), std::future::pending()));
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_write_timeout(Some(Duration::from_secs(1))).unwrap();
    // Megabytes of answers: more than the system holds for either side.
    let asked = "GET /style.css HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(600);
    let _ = stream.write_all(asked.as_bytes());
    for wanted in [1, 0] {
        let becomes_so = async {
            while app.metrics.connections.load(Ordering::Relaxed) != wanted {
                sleep(Duration::from_millis(10)).await;
            }
        };
        assert!(timeout(Duration::from_secs(20), becomes_so).await.is_ok(), "there are not {wanted} connections");
    }
    server.abort();
}
