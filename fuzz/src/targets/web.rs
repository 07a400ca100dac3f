//! What a server on the web answers, when it means no good: to who fetches a file, and to who reads an API page by page.
//!
//! An input is the answers one behind the other. Those that are named `whole` get a head that fits; the others are all bytes
//! of an answer. The last one is given again and again.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use nabij_indexer::{FetchError, FetchPolicy, Fetched, fetch, fetch_api};

use super::{
    Target,
    bundle::{Member, joined, members},
    sources::read,
};

/// The name of an answer whose head is made for it.
const WHOLE: &str = "whole";
/// How many bytes a source may have.
const LARGEST: u64 = 40_000;
/// How many answers are given; who asks for more finds the connection closed.
const MOST: usize = 64;

/// What the server still has to say.
type Script = Arc<Mutex<Vec<Vec<u8>>>>;

/// A server on this machine that reads a request, answers with what comes next, whatever was asked, and hangs up.
struct Hostile {
    script: Script,
    base: String,
}

impl Hostile {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}/", listener.local_addr().unwrap());
        let script = Script::default();
        let next = Arc::clone(&script);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let answer = next.lock().unwrap_or_else(PoisonError::into_inner).pop();
                // Who asked may have gone.
                let _ = reply(stream, &answer.unwrap_or_default());
            }
        });
        Self { script, base }
    }

    /// From now on it answers so.
    fn will_say(&self, answers: &[Vec<u8>]) {
        let last = answers
            .last()
            .into_iter()
            .flat_map(|last| std::iter::repeat_n(last, MOST));
        let mut script: Vec<Vec<u8>> = answers.iter().chain(last).take(MOST).cloned().collect();
        script.reverse();
        *self.script.lock().unwrap_or_else(PoisonError::into_inner) = script;
    }
}

fn reply(mut stream: TcpStream, answer: &[u8]) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(2)))?;
    let head = BufReader::new(&stream).lines().map_while(Result::ok);
    head.take_while(|line| !line.is_empty()).for_each(drop);
    stream.write_all(answer)
}

/// All bytes of an answer.
fn bytes((name, content): &Member) -> Vec<u8> {
    if name != WHOLE {
        return content.clone();
    }
    let mut bytes = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", content.len()).into_bytes();
    bytes.extend_from_slice(content);
    bytes
}

/// How many bytes the files of a folder have.
fn size(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries.map(|entry| entry.metadata().unwrap().len()).sum()
}

/// Whether what was fetched is there and no larger than it may be, or somebody says why not.
fn holds(fetched: Result<Fetched, FetchError>) {
    match fetched {
        Ok(fetched) if fetched.path.is_dir() => {
            assert!(size(&fetched.path) <= LARGEST, "more than a source may have");
            read(&fetched.path, None);
        }
        Ok(fetched) => assert!(fs::metadata(&fetched.path).unwrap().len() <= LARGEST),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// A register's own answers, and those of servers that break off, send elsewhere or never end.
fn seeds() -> [Vec<Vec<u8>>; 6] {
    let page = br#"{"total_items":2,"total_pages":1,"page_number":1,"contents":[{"id":"a","name":"Taalles"},{"id":"b/../c","name":"Hulp"}]}"#;
    let service = br#"{"id":"a","name":"Taalles","organization":{"id":"o","name":"Bieb"},"service_at_locations":[{"location":{"id":"l","latitude":51.9,"longitude":4.4}}]}"#;
    let whole = |content: &[u8]| joined(&[(WHOLE.to_owned(), content.to_vec())]);
    let bare = |content: &str| joined(&[("bare".to_owned(), content.as_bytes().to_vec())]);
    [
        vec![whole(page), whole(service)],
        vec![
            whole(br#"[{"id":"a"},{"id":"b"}]"#),
            bare("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"),
        ],
        vec![
            whole(br#"{"content":[{"id":"a"}],"last_page":false}"#),
            whole(service),
            whole(br#"{"content":[],"last_page":true}"#),
        ],
        vec![
            bare("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n"),
            whole(page),
            whole(service),
        ],
        vec![
            bare("HTTP/1.1 302 Found\r\nLocation: /elders\r\nContent-Length: 0\r\n\r\n"),
            whole(b"id,title\na,Taalles\n"),
        ],
        vec![bare(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nETag: \"a\"\r\n\r\n4\r\n[{}]\r\n0\r\n\r\n",
        )],
    ]
}

/// Whatever a server answers, what is fetched keeps to its limits, and a server that is well again is read.
pub(crate) fn answers() -> Target {
    let words = [
        "=== whole\n",
        "=== bare\n",
        "HTTP/1.1 ",
        "200 OK\r\n",
        "\r\n\r\n",
        "Content-Length: ",
        "Transfer-Encoding: chunked\r\n",
        "Content-Encoding: gzip\r\n",
        "Location: ",
        "http://",
        "Retry-After: 9",
        "ETag: ",
        "ffffffffffffffff",
        "100 Continue",
        "304 ",
        "503 ",
        "\"contents\":[",
        "\"id\":",
        "\"last_page\":",
        "\"total_pages\":",
        "[",
        "{",
        "../",
    ];
    let hostile = Hostile::start();
    let policy = FetchPolicy {
        timeout: Duration::from_secs(2),
        largest: LARGEST,
        pause: Duration::ZERO,
        longest_wait: Duration::from_millis(1),
        allow_http: true,
        allow_private: true,
        ..FetchPolicy::default()
    };
    let good = bytes(&(WHOLE.to_owned(), b"[]".to_vec()));
    let seeds = seeds().map(|answers| answers.concat());
    Target::new(seeds, &words, move |input| {
        let said: Vec<Vec<u8>> = members(input).iter().map(bytes).collect();
        let cache = tempfile::tempdir().unwrap();
        // Twice: what the first one left is what the second one finds.
        for _ in 0..2 {
            hostile.will_say(&said);
            holds(fetch(
                &format!("{}aanbod.json", hostile.base),
                cache.path(),
                &policy,
            ));
            hostile.will_say(&said);
            holds(fetch_api(&hostile.base, cache.path(), &policy));
        }
        // What was fetched of the other may leave no room; then it goes, and the next run has it.
        hostile.will_say(std::slice::from_ref(&good));
        let mut runs = (0..2).map(|_| fetch_api(&hostile.base, cache.path(), &policy));
        assert!(runs.any(|run| run.is_ok()), "the server is well again");
    })
}
