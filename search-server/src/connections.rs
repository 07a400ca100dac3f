//! Connections: how many, for how long, with TLS or without, and how they end when the server stops.

use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
    num::NonZero,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Instant,
};

use axum::{body::Body, serve::Listener};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, watch},
};
use tokio_io_timeout::TimeoutStream;
use tokio_rustls::TlsAcceptor;

use crate::{
    gate::{Gate, Peer},
    limits::{LARGEST_HEAD, MOST_HEADERS, WRITE_TIME},
    slots::Slots,
    tls::Tls,
};

/// Serves connections until `stop` is done. Then nobody is let in any more, idle connections are closed, and requests
/// under way have the time to drain.
pub(crate) async fn serve(
    mut listener: TcpListener,
    gate: Arc<Gate>,
    tls: Option<Tls>,
    stop: impl Future<Output = ()> + Send + 'static,
) {
    let acceptor = tls.map(Tls::acceptor);
    let open = Arc::new(Open::new(gate));
    let mut stop = pin!(stop);
    let (stopping, is_stopping) = watch::channel(false);
    // Every connection holds one end; when the other is alone, all have ended.
    let (all_ended, under_way) = watch::channel(());
    loop {
        let (room, stream, peer) = tokio::select! {
            accepted = open.next(&mut listener) => accepted,
            () = &mut stop => break,
        };
        let Some(seat) = Open::seat(&open, room, peer.ip().to_canonical()) else {
            continue;
        };
        let (acceptor, is_stopping, under_way) = (acceptor.clone(), is_stopping.clone(), under_way.clone());
        tokio::spawn(async move {
            seat.hold(stream, acceptor, is_stopping).await;
            drop(under_way);
        });
    }
    drop(listener);
    drop(under_way);
    let start = Instant::now();
    let gate = &open.gate;
    gate.stopping.store(true, Ordering::Relaxed);
    let connections = gate.metrics.connections.get();
    tracing::info!(connections, "stopping");
    // Who stops listening is stopped too.
    let _ = stopping.send(true);
    let ended = tokio::time::timeout(gate.limits.drain_time, all_ended.closed()).await;
    let milliseconds = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    if ended.is_err() {
        let connections = gate.metrics.connections.get();
        tracing::warn!(connections, milliseconds, "connections were cut off");
    } else {
        tracing::info!(milliseconds, "all connections ended");
    }
}

/// Room for a connection, until it is dropped.
type Room = Option<OwnedSemaphorePermit>;

/// The open connections.
struct Open {
    gate: Arc<Gate>,
    /// Those that may be open, and some more that are only told to come back later.
    room: Arc<Semaphore>,
    by_client: Slots<AtomicU32>,
}

impl Open {
    fn new(gate: Arc<Gate>) -> Self {
        let most = usize::try_from(gate.limits.connections.get()).unwrap_or(usize::MAX);
        let with_surplus = most.saturating_add(most / 8).saturating_add(1);
        Self {
            gate,
            room: Arc::new(Semaphore::new(with_surplus.min(Semaphore::MAX_PERMITS))),
            by_client: Slots::default(),
        }
    }

    /// The next connection, when there is room for it. Until then it waits with the system.
    async fn next(&self, listener: &mut TcpListener) -> (Room, TcpStream, SocketAddr) {
        // A semaphore that is never closed always gives.
        let room = Arc::clone(&self.room).acquire_owned().await.ok();
        let (stream, peer) = Listener::accept(listener).await;
        (room, stream, peer)
    }

    /// A seat for a client; none if he has too many.
    fn seat(this: &Arc<Self>, room: Room, client: IpAddr) -> Option<Seat> {
        let limits = &this.gate.limits;
        let most = limits
            .connections_per_client
            .filter(|_| !this.gate.proxies.trust(client));
        let others = this.gate.metrics.connections.inc();
        let seat = Seat {
            open: Arc::clone(this),
            peer: Peer {
                address: client,
                is_surplus: others >= i64::from(limits.connections.get()),
            },
            is_counted: most.is_some(),
            _room: room,
        };
        let most = most.map_or(u32::MAX, NonZero::get);
        if seat.is_counted && this.count(client) > most {
            this.gate.metrics.turned_away.inc();
            return None;
        }
        Some(seat)
    }

    /// Counts a connection of a client, and says how many he has at most.
    fn count(&self, client: IpAddr) -> u32 {
        let places = self.by_client.of(client);
        let counts = places.map(|place| place.fetch_add(1, Ordering::Relaxed) + 1);
        counts.into_iter().min().unwrap_or(0)
    }
}

/// The seat of a connection, until it is dropped.
struct Seat {
    open: Arc<Open>,
    peer: Peer,
    is_counted: bool,
    _room: Room,
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.open.gate.metrics.connections.dec();
        if self.is_counted {
            for place in self.open.by_client.of(self.peer.address) {
                place.fetch_sub(1, Ordering::Relaxed);
            }
        }
    }
}

impl Seat {
    /// Answers the requests of a connection, to its end.
    async fn hold(&self, stream: TcpStream, acceptor: Option<TlsAcceptor>, stopping: watch::Receiver<bool>) {
        // Answers are written whole: waiting for more to send would only delay them.
        let _ = stream.set_nodelay(true);
        let mut stream = Box::pin(TimeoutStream::new(stream));
        stream.as_mut().set_write_timeout_pinned(Some(WRITE_TIME));
        let Some(acceptor) = acceptor else {
            return self.answer(stream, stopping).await;
        };
        let patience = self.open.gate.limits.header_time;
        let secured = tokio::time::timeout(patience, acceptor.accept(stream));
        let mut waiting = stopping.clone();
        let secured = tokio::select! {
            secured = secured => secured,
            _ = waiting.wait_for(|stopping| *stopping) => return,
        };
        match secured {
            Ok(Ok(stream)) => self.answer(stream, stopping).await,
            Ok(Err(_)) | Err(_) => {
                self.open.gate.metrics.handshakes_failed.inc();
            }
        }
    }

    async fn answer(
        &self,
        stream: impl AsyncRead + AsyncWrite + Unpin + Send,
        mut stopping: watch::Receiver<bool>,
    ) {
        let gate = &self.open.gate;
        let peer = self.peer;
        let service = service_fn(|request: hyper::Request<Incoming>| async move {
            Ok::<_, Infallible>(gate.answer(request.map(Body::new), peer).await)
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(gate.limits.header_time)
            .max_headers(MOST_HEADERS)
            .max_header_size(LARGEST_HEAD)
            .max_buf_size(LARGEST_HEAD)
            .keep_alive(!peer.is_surplus)
            .serve_connection(TokioIo::new(stream), service);
        let mut connection = pin!(connection);
        // How it ended is the other end's affair: the server has nothing to add to what it sent.
        tokio::select! {
            _ = connection.as_mut() => return,
            _ = stopping.wait_for(|stopping| *stopping) => connection.as_mut().graceful_shutdown(),
        }
        let _ = connection.await;
    }
}
