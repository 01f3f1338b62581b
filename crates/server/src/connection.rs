//! From a listening socket to requests, every step with a bound.

use crate::app::App;
use crate::guard::{Log, Peer};
use crate::{Limits, router};
use axum::http::{HeaderValue, header};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
#[cfg(target_os = "linux")]
use socket2::SockRef;
use std::collections::HashMap;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, Sleep, sleep};
use tower::ServiceExt;

/// How much of an answer the system holds for a connection whose reader is slow: about a page, so that one who takes nothing
/// is noticed at the next.
const SEND_BUFFER: u32 = 64 * 1024;

/// Listens on the first of these addresses that can be had.
///
/// # Errors
///
/// Where none can: the reason of the last.
pub fn listen(addresses: &[SocketAddr]) -> io::Result<TcpListener> {
    let mut failure = io::Error::from(io::ErrorKind::AddrNotAvailable);
    for address in addresses {
        let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
        socket.set_reuseaddr(true)?;
        // Every connection that is taken inherits it.
        socket.set_send_buffer_size(SEND_BUFFER)?;
        match socket.bind(*address).and_then(|()| socket.listen(1024)) {
            Ok(listener) => return Ok(listener),
            Err(error) => failure = error,
        }
    }
    Err(failure)
}

/// Listens on a socket that another process opened.
///
/// # Errors
///
/// Where it cannot be made not to block.
pub fn adopt(listener: std::net::TcpListener) -> io::Result<TcpListener> {
    listener.set_nonblocking(true)?;
    TcpListener::from_std(listener)
}

/// Answers requests until `stop` is done, and then those that have begun.
///
/// # Errors
///
/// Never for a single connection; only where the socket itself fails for good.
pub async fn serve(app: Arc<App>, listener: TcpListener, log: Log, stop: impl Future<Output = ()>) -> io::Result<()> {
    let limits = app.settings.limits.clone();
    let watch = tokio::spawn(watch_index(Arc::clone(&app)));
    let server = Server {
        router: router(Arc::clone(&app), log),
        app: Arc::clone(&app),
        places: Arc::new(Semaphore::new(limits.connections)),
        addresses: Addresses::default(),
        graceful: GracefulShutdown::new(),
        limits: limits.clone(),
    };
    tokio::select! {
        () = server.accept(&listener) => {}
        () = stop => {}
    }
    // Whoever sends requests here learns from the answers that they are the last.
    app.stop();
    let _ = tokio::time::timeout(limits.lame_duck, server.accept(&listener)).await;
    server.take_waiting(listener);
    watch.abort();
    // One who is just asking again over an open connection is still answered; an idle one is closed after that.
    let all = u32::try_from(limits.connections).unwrap_or(u32::MAX);
    let _ = tokio::time::timeout(limits.farewell, server.places.acquire_many(all)).await;
    let _ = tokio::time::timeout(limits.drain, server.graceful.shutdown()).await;
    Ok(())
}

/// Looks for a newer state of the index once a second, so that no request has to.
async fn watch_index(app: Arc<App>) {
    loop {
        sleep(Duration::from_secs(1)).await;
        let app = Arc::clone(&app);
        // A panic while opening leaves the old engine in place.
        let _ = tokio::task::spawn_blocking(move || app.refresh()).await;
    }
}

struct Server {
    app: Arc<App>,
    router: axum::Router,
    places: Arc<Semaphore>,
    addresses: Addresses,
    graceful: GracefulShutdown,
    limits: Limits,
}

impl Server {
    /// Takes connections for ever.
    async fn accept(&self, listener: &TcpListener) {
        loop {
            // With every place taken, newcomers wait in the system's own queue.
            let Ok(place) = Arc::clone(&self.places).acquire_owned().await else { return };
            match listener.accept().await {
                Ok((stream, address)) => self.take(stream, address.ip(), place),
                // Out of descriptors, or the peer is gone already: neither lasts.
                Err(_) => sleep(Duration::from_millis(20)).await,
            }
        }
    }

    /// Takes the connections that the system has taken already, and lets go of the socket.
    fn take_waiting(&self, listener: TcpListener) {
        // The socket itself knows of them before the runtime does.
        let Ok(listener) = listener.into_std() else { return };
        while let Ok(place) = Arc::clone(&self.places).try_acquire_owned() {
            let Ok((stream, address)) = listener.accept() else { return };
            if let Ok(stream) = stream.set_nonblocking(true).and_then(|()| TcpStream::from_std(stream)) {
                self.take(stream, address.ip(), place);
            }
        }
    }

    fn take(&self, stream: TcpStream, address: IpAddr, place: OwnedSemaphorePermit) {
        let Some(count) = self.addresses.enter(address, self.limits.connections_per_address) else { return };
        let _ = stream.set_nodelay(true);
        give_up_after(&stream, self.limits.reading);
        let (router, end) = (self.router.clone(), Instant::now() + self.limits.connection);
        let service = service_fn(move |mut request: hyper::Request<hyper::body::Incoming>| {
            request.extensions_mut().insert(Peer(address));
            let router = router.clone();
            async move {
                let mut response = router.oneshot(request).await?;
                if Instant::now() > end {
                    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
                }
                Ok::<_, std::convert::Infallible>(response)
            }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.limits.head)
            .max_buf_size(32 * 1024)
            .half_close(true)
            .serve_connection(TokioIo::new(Patient::new(stream, self.limits.reading)), service);
        let watched = self.graceful.watch(connection);
        let app = Arc::clone(&self.app);
        tokio::spawn(async move {
            let _held = (place, count);
            app.metrics.connections.fetch_add(1, Ordering::Relaxed);
            // A connection that ends badly is the client's affair.
            let _ = watched.await;
            app.metrics.connections.fetch_sub(1, Ordering::Relaxed);
        });
    }
}

/// Has the system itself let go of a peer that takes nothing of what it holds, after the answer has left our hands too.
fn give_up_after(stream: &TcpStream, patience: Duration) {
    #[cfg(target_os = "linux")]
    let _ = SockRef::from(stream).set_tcp_user_timeout(Some(patience));
    #[cfg(not(target_os = "linux"))]
    let _ = (stream, patience);
}

/// How many connections each address has. A proxy on this machine speaks for many, so loopback is not counted.
#[derive(Clone, Default)]
struct Addresses(Arc<Mutex<HashMap<IpAddr, usize>>>);

impl Addresses {
    fn enter(&self, address: IpAddr, most: usize) -> Option<Entered> {
        let address = address.to_canonical();
        if !address.is_loopback() {
            let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let count = counts.entry(address).or_insert(0);
            if *count >= most {
                return None;
            }
            *count += 1;
        }
        Some(Entered { addresses: self.clone(), address })
    }
}

/// A connection that is counted until it is dropped.
struct Entered {
    addresses: Addresses,
    address: IpAddr,
}

impl Drop for Entered {
    fn drop(&mut self) {
        let mut counts = self.addresses.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.address);
            }
        }
    }
}

/// A stream that gives up on readers who do not take an answer in time, however many drops they take.
struct Patient {
    stream: TcpStream,
    patience: Duration,
    /// Running from the first byte that had to wait to the moment that none waits.
    waiting: Option<Pin<Box<Sleep>>>,
}

impl Patient {
    fn new(stream: TcpStream, patience: Duration) -> Self {
        Self { stream, patience, waiting: None }
    }

    fn bounded<T>(&mut self, written: Poll<io::Result<T>>, context: &mut Context) -> Poll<io::Result<T>> {
        if written.is_ready() {
            return written;
        }
        let patience = self.patience;
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(sleep(patience)));
        match waiting.as_mut().poll(context) {
            Poll::Ready(()) => {
                // What still waits in the system's buffers is thrown away with the connection.
                let _ = self.stream.set_zero_linger();
                Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
            }
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncRead for Patient {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context, buffer: &mut ReadBuf) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.bounded(written, context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context,
        slices: &[io::IoSlice],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.bounded(written, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        if flushed.is_ready() {
            self.waiting = None;
        }
        self.bounded(flushed, context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context) -> Poll<io::Result<()>> {
        let shut = Pin::new(&mut self.stream).poll_shutdown(context);
        self.bounded(shut, context)
    }
}
