//! Clients that ask without a pause, each on a connection of its own, and count what is not answered.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
    time::Duration,
};

/// Clients at work.
pub(crate) struct Load {
    stop: Arc<AtomicBool>,
    clients: Vec<JoinHandle<Tally>>,
}

/// What came of their requests.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) answered: u64,
    pub(crate) failures: Vec<String>,
}

impl Tally {
    /// Holds that every request was answered.
    pub(crate) fn lost_nothing(&self) {
        assert_eq!(
            self.failures,
            Vec::<String>::new(),
            "of {} requests",
            self.answered
        );
    }
}

impl Load {
    /// Sets so many clients to work.
    pub(crate) fn start(base: &str, clients: usize) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let clients = (0..clients).map(|_| {
            let (stop, base) = (Arc::clone(&stop), base.to_owned());
            std::thread::spawn(move || ask(&base, &stop))
        });
        let clients = clients.collect();
        Self { stop, clients }
    }

    /// Ends the work.
    pub(crate) fn finish(self) -> Tally {
        self.stop.store(true, Ordering::Relaxed);
        let mut total = Tally::default();
        for client in self.clients {
            let tally = client.join().unwrap();
            total.answered += tally.answered;
            total.failures.extend(tally.failures);
        }
        total
    }
}

fn ask(base: &str, stop: &AtomicBool) -> Tally {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(20)))
        .build()
        .into();
    let mut tally = Tally::default();
    let paths = [
        "/v1/offerings?postcode=3011&facets=kind",
        "/zoek?postcode=3011",
        "/",
    ];
    for path in paths.iter().cycle() {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let answer = agent
            .get(format!("{base}{path}"))
            .call()
            .and_then(|mut answer| answer.body_mut().read_to_string());
        match answer {
            Ok(body) if !body.is_empty() => tally.answered += 1,
            Ok(_) => tally.failures.push(format!("{path}: an empty answer")),
            Err(error) => tally.failures.push(format!("{path}: {error}")),
        }
    }
    tally
}
