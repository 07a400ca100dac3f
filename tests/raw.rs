//! Bytes over a socket: for what no well-behaved client sends.

use std::{
    io::{ErrorKind, Read, Write},
    net::{SocketAddr, TcpStream},
    time::{Duration, Instant},
};

use crate::harness::Server;

/// Longer than any answer takes here.
const PATIENCE: Duration = Duration::from_secs(20);

/// A connection to a server.
pub(crate) struct Raw(TcpStream);

impl Raw {
    pub(crate) fn open(server: &Server) -> Self {
        let address: SocketAddr = server.base().split_once("://").unwrap().1.parse().unwrap();
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        Self(stream)
    }

    /// Sends bytes; those that the other end does not take are lost.
    pub(crate) fn send(&mut self, bytes: impl AsRef<[u8]>) {
        let _ = self.0.write_all(bytes.as_ref());
    }

    /// Asks for a path, and keeps the connection.
    pub(crate) fn ask(&mut self, path: &str) -> Answer {
        self.send(format!("GET {path} HTTP/1.1\r\nHost: nabij.test\r\n\r\n"));
        self.answer().unwrap()
    }

    /// The next answer; none if the connection ends before it begins. One that breaks off fails the test.
    pub(crate) fn answer(&mut self) -> Option<Answer> {
        let mut bytes = Vec::new();
        let head = loop {
            if let Some(end) = bytes.windows(4).position(|end| end == b"\r\n\r\n") {
                break String::from_utf8(bytes.drain(..end + 4).collect()).unwrap();
            }
            if self.read(&mut bytes) == 0 {
                assert!(bytes.is_empty(), "a head broke off");
                return None;
            }
        };
        let mut answer = Answer {
            status: head.split(' ').nth(1).unwrap().parse().unwrap(),
            head,
            body: String::new(),
        };
        let length = answer.header("content-length");
        let length = length.map_or(0, |length| length.parse().unwrap());
        while bytes.len() < length {
            assert!(self.read(&mut bytes) > 0, "a body broke off");
        }
        assert_eq!(bytes.len(), length, "more than one answer");
        answer.body = String::from_utf8(bytes).unwrap();
        Some(answer)
    }

    /// Everything until the connection ends, and how long that took.
    pub(crate) fn rest(&mut self) -> (String, Duration) {
        let start = Instant::now();
        let mut bytes = Vec::new();
        while self.read(&mut bytes) > 0 {}
        (String::from_utf8_lossy(&bytes).into_owned(), start.elapsed())
    }

    /// Reads a piece; 0 at the end. A connection that was reset has ended too.
    fn read(&mut self, into: &mut Vec<u8>) -> usize {
        let mut piece = [0; 4_096];
        match self.0.read(&mut piece) {
            Ok(count) => {
                into.extend(&piece[..count]);
                count
            }
            Err(error) => {
                let is_wait = [ErrorKind::WouldBlock, ErrorKind::TimedOut].contains(&error.kind());
                assert!(!is_wait, "the connection stays open");
                0
            }
        }
    }
}

/// An answer as it was sent.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines();
        lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    /// Whether it says to come back later, in the way that programs understand.
    pub(crate) fn is_problem(&self, status: u16) -> bool {
        let seconds: Option<u32> = self.header("retry-after").and_then(|after| after.parse().ok());
        self.status == status
            && self.header("content-type") == Some("application/problem+json")
            && self.body.contains(&format!("\"status\":{status}"))
            && seconds.is_some_and(|seconds| seconds >= 1)
    }
}
