//! A web server that a test starts, with or without TLS.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
};

use rcgen::{BasicConstraints, Certificate, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};

/// What a client asked: the path, and the headers in small letters.
pub(crate) struct Request {
    pub(crate) path: String,
    headers: Vec<String>,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

/// A server on a free port, and the paths that were asked of it.
pub(crate) struct Web {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Web {
    /// `answer` gives all bytes of an answer; none holds the connection open without one.
    pub(crate) fn start(answer: impl Fn(&Request) -> Option<Vec<u8>> + Send + 'static) -> Self {
        Self::serve(Some, answer)
    }

    /// The same over TLS, for a host that an authority vouches for.
    pub(crate) fn start_tls(
        authority: &Authority,
        host: &str,
        answer: impl Fn(&Request) -> Option<Vec<u8>> + Send + 'static,
    ) -> Self {
        let config = Arc::new(authority.server(host));
        let secure = move |stream| {
            let connection = ServerConnection::new(Arc::clone(&config)).ok()?;
            Some(StreamOwned::new(connection, stream))
        };
        Self::serve(secure, answer)
    }

    fn serve<S: Read + Write + Send>(
        open: impl Fn(TcpStream) -> Option<S> + Send + 'static,
        answer: impl Fn(&Request) -> Option<Vec<u8>> + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        std::thread::spawn(move || {
            let mut held = Vec::new();
            for mut stream in listener.incoming().flatten().filter_map(open) {
                let Some(request) = read(&mut stream) else {
                    continue;
                };
                log.lock().unwrap().push(request.path.clone());
                match answer(&request) {
                    Some(bytes) => drop(stream.write_all(&bytes).and_then(|()| stream.flush())),
                    None => held.push(stream),
                }
            }
        });
        Self { port, asked }
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}/{path}", self.port)
    }

    pub(crate) fn secure_url(&self, path: &str) -> String {
        format!("https://localhost:{}/{path}", self.port)
    }

    pub(crate) fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }
}

fn read(stream: &mut impl Read) -> Option<Request> {
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next()?.ok()?;
    let path = first.split(' ').nth(1)?.to_owned();
    let headers = lines.map_while(Result::ok).take_while(|line| !line.is_empty());
    let headers = headers.map(|line| {
        let (name, value) = line.split_once(':').unwrap_or((&line, ""));
        format!("{}: {}", name.to_lowercase(), value.trim())
    });
    Some(Request {
        path,
        headers: headers.collect(),
    })
}

pub(crate) fn answer(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n{body}")
        .into_bytes()
}

/// A certificate authority, as a municipality has for its own network.
pub(crate) struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        Self {
            pem: params.self_signed(&key).unwrap().pem(),
            issuer: Issuer::new(params, key),
        }
    }

    /// Its own certificate.
    pub(crate) fn pem(&self) -> &str {
        &self.pem
    }

    /// A certificate for a host, and its key.
    pub(crate) fn certify(&self, host: &str) -> (Certificate, KeyPair) {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec![host.to_owned()]).unwrap();
        (params.signed_by(&key, &self.issuer).unwrap(), key)
    }

    fn server(&self, host: &str) -> ServerConfig {
        let (certificate, key) = self.certify(host);
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .unwrap()
    }
}
