//! What is set for the way in: limits, proxies, TLS, and what the operator is told.

use std::{net::SocketAddr, num::NonZero, path::PathBuf, time::Duration};

use anyhow::{Context, Result, bail};
use clap::{ArgAction, Args};
use nabij_search_server::{Front, Limits, RequestLog, Tls, Traces, TrustedProxies};
use tokio::net::TcpListener;

/// What is set for the way in.
#[derive(Args)]
#[command(next_help_heading = "Limits")]
pub(crate) struct FrontArguments {
    /// How many connections may be open.
    #[arg(long, env = "NABIJ_CONNECTIONS", value_name = "N", default_value = "4096")]
    connections: NonZero<u32>,
    /// How many of them one client may have; without it no client is counted. Trusted proxies may have all.
    #[arg(long, env = "NABIJ_CONNECTIONS_PER_CLIENT", value_name = "N")]
    connections_per_client: Option<NonZero<u32>>,
    /// How many requests are worked on at once. The next is told to come back later.
    #[arg(long, env = "NABIJ_REQUESTS_AT_ONCE", value_name = "N", default_value = "512")]
    requests_at_once: NonZero<u32>,
    /// How many requests one client may make in a minute; without it no client is counted.
    #[arg(long, env = "NABIJ_REQUESTS_PER_MINUTE", value_name = "N")]
    requests_per_minute: Option<NonZero<u32>>,
    /// Proxies that are believed when they say for whom they ask (`X-Forwarded-For`) and by which identifier
    /// (`X-Request-Id`): addresses and networks with commas between, such as `10.0.0.0/8,::1`.
    #[arg(long, env = "NABIJ_TRUSTED_PROXIES", value_name = "CIDR,...")]
    trusted_proxies: Option<TrustedProxies>,
    /// How long the head of a request may take, and an open connection may be idle.
    #[arg(
        long,
        env = "NABIJ_HEADER_TIMEOUT",
        value_name = "SECONDS",
        default_value = "10"
    )]
    header_timeout: NonZero<u32>,
    /// How long a request may take.
    #[arg(
        long,
        env = "NABIJ_REQUEST_TIMEOUT",
        value_name = "SECONDS",
        default_value = "10"
    )]
    request_timeout: NonZero<u32>,
    /// How long requests under way may take when the server is to stop.
    #[arg(long, env = "NABIJ_DRAIN", value_name = "SECONDS", default_value_t = 10)]
    drain: u32,
    #[command(flatten)]
    tls: TlsArguments,
    #[command(flatten)]
    observation: ObservationArguments,
}

/// TLS by the server itself.
#[derive(Args)]
#[command(next_help_heading = "TLS")]
struct TlsArguments {
    /// The certificate and what vouches for it, in PEM. With it the server speaks TLS, and reads the file again when it
    /// changes.
    #[arg(long, env = "NABIJ_TLS_CERT", value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// The key of the certificate, in PEM.
    #[arg(long, env = "NABIJ_TLS_KEY", value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// Have browsers use nothing but TLS for so long (HSTS). Only when every address of the site is there over TLS.
    #[arg(long, env = "NABIJ_HSTS", value_name = "SECONDS")]
    hsts: Option<u32>,
}

/// What the operator is told.
#[derive(Args)]
#[command(next_help_heading = "Observation")]
struct ObservationArguments {
    /// Address and port for `/livez`, `/readyz` and `/metrics`, for the operator's programs only; without it there are
    /// none.
    #[arg(long, env = "NABIJ_OPERATIONS_LISTEN", value_name = "ADDR")]
    operations_listen: Option<SocketAddr>,
    /// Write a line for every request, without what was asked.
    #[arg(long, env = "NABIJ_LOG_REQUESTS", value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_missing_value = "true", default_value_t = false, action = ArgAction::Set)]
    log_requests: bool,
    /// Write a line with the plan for every request with a query that takes longer than this.
    #[arg(long, env = "NABIJ_SLOW_QUERY", value_name = "MS", default_value_t = 100)]
    slow_query: u32,
}

impl FrontArguments {
    /// Opens what is set. The report of the last build is told of among the metrics.
    pub(crate) async fn open(&self, report: PathBuf) -> Result<Front> {
        Ok(Front {
            limits: self.limits(),
            proxies: self.trusted_proxies.clone().unwrap_or_default(),
            tls: self.tls.open()?,
            log: RequestLog {
                every: self.observation.log_requests,
                slow: Duration::from_millis(self.observation.slow_query.into()),
            },
            traces: Traces::open()?,
            operations: match self.observation.operations_listen {
                None => None,
                Some(address) => {
                    let listener = listen(address, "--operations-listen").await?;
                    tracing::info!(address = %listener.local_addr()?, "port for operations open");
                    Some((listener, report))
                }
            },
        })
    }

    /// TLS, if it is set.
    pub(super) fn tls(&self) -> Result<Option<Tls>> {
        self.tls.open()
    }

    /// Where the operator's programs ask, if that is set.
    pub(super) fn operations(&self) -> Option<SocketAddr> {
        self.observation.operations_listen
    }

    fn limits(&self) -> Limits {
        let seconds = |seconds: NonZero<u32>| Duration::from_secs(seconds.get().into());
        Limits {
            connections: self.connections,
            connections_per_client: self.connections_per_client,
            requests_at_once: self.requests_at_once,
            requests_per_minute: self.requests_per_minute,
            header_time: seconds(self.header_timeout),
            request_time: seconds(self.request_timeout),
            drain_time: Duration::from_secs(self.drain.into()),
            hsts_seconds: self.tls.hsts,
        }
    }
}

impl TlsArguments {
    fn open(&self) -> Result<Option<Tls>> {
        // Of a flag clap sees to it; what stands in the settings file has no such guard.
        let (certificate, key) = match (&self.tls_cert, &self.tls_key) {
            (Some(certificate), Some(key)) => (certificate, key),
            (None, None) => return Ok(None),
            _ => bail!("one of tls_cert and tls_key is set and the other is not; set both, or none"),
        };
        let tls = Tls::open(certificate.clone(), key.clone());
        let tls = tls.with_context(|| {
            let (certificate, key) = (certificate.display(), key.display());
            format!("no TLS with {certificate} and {key}")
        });
        tls.map(Some)
    }
}

/// Listens on an address that an argument named.
pub(crate) async fn listen(address: SocketAddr, argument: &str) -> Result<TcpListener> {
    let listener = TcpListener::bind(address).await;
    listener.with_context(|| format!("cannot listen on {address}; choose another with {argument}"))
}
