//! Asked to stop, the server lets nobody in, and finishes what it began.

use std::{
    net::{SocketAddr, TcpStream},
    sync::atomic::{AtomicBool, AtomicU32, Ordering},
    thread::{scope, sleep},
    time::{Duration, Instant},
};

use crate::{
    limits::{FORM, server, under_way},
    raw::Raw,
};

#[test]
fn a_request_under_way_is_answered_while_nobody_is_let_in() {
    let (_folder, server) = server(&[]);
    let address: SocketAddr = server.base().strip_prefix("http://").unwrap().parse().unwrap();
    let mut held = under_way(&server);
    let mut idle = Raw::open(&server);
    assert_eq!(idle.ask("/").status, 200);
    server.ask_to_stop();
    let start = Instant::now();
    while TcpStream::connect(address).is_ok() {
        assert!(
            start.elapsed() < Duration::from_secs(5),
            "connections are still taken"
        );
        sleep(Duration::from_millis(10));
    }
    assert_eq!(idle.rest().0, "", "who asks nothing is let go");
    held.send(FORM.1);
    assert_eq!(held.answer().unwrap().status, 200);
    assert_eq!(held.rest().0, "", "and nothing after it");
    assert_eq!(server.ended(), Some(0));
}

#[test]
fn what_does_not_end_is_cut_off_after_the_time_to_drain() {
    let (_folder, server) = server(&["--drain", "1"]);
    let mut held = under_way(&server);
    server.ask_to_stop();
    let start = Instant::now();
    assert_eq!(server.ended(), Some(0));
    let took = start.elapsed();
    assert!(
        took >= Duration::from_secs(1) && took < Duration::from_secs(6),
        "{took:?}"
    );
    assert_eq!(held.rest().0, "");
}

/// Every answer that began is whole: `Raw` fails a test in which one breaks off.
#[test]
fn under_load_no_answer_breaks_off() {
    let (_folder, server) = server(&[]);
    let (answers, is_over) = (AtomicU32::new(0), AtomicBool::new(false));
    scope(|threads| {
        for _ in 0..8 {
            threads.spawn(|| {
                let mut raw = Raw::open(&server);
                while !is_over.load(Ordering::Relaxed) {
                    raw.send("GET /v1/offerings?postcode=3011 HTTP/1.1\r\nHost: x\r\n\r\n");
                    let Some(answer) = raw.answer() else {
                        return;
                    };
                    assert_eq!(answer.status, 200);
                    answers.fetch_add(1, Ordering::Relaxed);
                    if answer.header("connection") == Some("close") {
                        return;
                    }
                }
                panic!("the connection was not closed");
            });
        }
        while answers.load(Ordering::Relaxed) < 200 {
            sleep(Duration::from_millis(10));
        }
        server.ask_to_stop();
        sleep(Duration::from_secs(5));
        is_over.store(true, Ordering::Relaxed);
    });
    assert_eq!(server.ended(), Some(0));
}
