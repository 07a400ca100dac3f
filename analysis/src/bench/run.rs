//! Clients, their clock, and what they record.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

use hdrhistogram::Histogram;

use super::{Client, NoAnswer};

/// How queries come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Load {
    /// Each client asks its next query when it has its answer.
    Closed {
        /// How many clients.
        clients: usize,
    },
    /// Queries are due at a set rate; as many as there are clients can be under way.
    Open {
        /// How many clients.
        clients: usize,
        /// Queries a second.
        per_second: f64,
    },
}

/// When to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// After some time.
    Elapsed(Duration),
    /// After so many queries.
    Asked(u64),
}

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    /// How queries come.
    pub load: Load,
    /// How long to ask before anything is recorded.
    pub warm_up: Duration,
    /// When to stop.
    pub until: Until,
}

/// What was recorded of one class.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// Nanoseconds of the queries that were answered, to three digits.
    pub times: Histogram<u64>,
    /// How many were not answered.
    pub errors: u64,
}

/// What was recorded in all.
#[derive(Debug, Clone)]
pub struct Run {
    /// By class.
    pub classes: Vec<Recorded>,
    /// Answers in each second of the measurement.
    pub per_second: Vec<u64>,
    /// How long the measurement took.
    pub elapsed: Duration,
    /// What some of the errors said.
    pub messages: Vec<String>,
}

/// Significant digits of a histogram.
const DIGITS: u8 = 3;
/// The longest time that is told apart, in nanoseconds: ten minutes.
const LONGEST: u64 = 600_000_000_000;
/// How many messages of errors are kept.
const MESSAGES: usize = 10;
/// Sleeping is not more exact than this; the rest of a wait is spun.
const SPIN: Duration = Duration::from_micros(150);

impl Default for Recorded {
    fn default() -> Self {
        #[expect(
            clippy::expect_used,
            reason = "the bounds are constants within those of the crate"
        )]
        let times = Histogram::new_with_max(LONGEST, DIGITS).expect("bounds that the crate accepts");
        Self { times, errors: 0 }
    }
}

impl Load {
    /// How many clients there are.
    pub fn clients(self) -> usize {
        match self {
            Self::Closed { clients } | Self::Open { clients, .. } => clients.max(1),
        }
    }
}

/// Puts queries to clients, round and round, each with its class in `classes`.
pub fn run<C: Client>(plan: &Plan, classes: &[usize], client: impl Fn() -> C + Sync) -> Run {
    if classes.is_empty() {
        return Run {
            classes: Vec::new(),
            per_second: Vec::new(),
            elapsed: Duration::ZERO,
            messages: Vec::new(),
        };
    }
    let warm_up = Plan {
        until: Until::Elapsed(plan.warm_up),
        ..*plan
    };
    if !plan.warm_up.is_zero() {
        clients(&warm_up, classes, &client);
    }
    clients(plan, classes, &client)
}

fn clients<C: Client>(plan: &Plan, classes: &[usize], client: &(impl Fn() -> C + Sync)) -> Run {
    let clock = Clock {
        plan: *plan,
        start: Instant::now(),
        next: AtomicU64::new(0),
    };
    let work = || Worker::new(&clock, classes).work(client());
    let parts: Vec<Run> = thread::scope(|scope| {
        let workers: Vec<_> = (0..plan.load.clients()).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .filter_map(|worker| worker.join().ok())
            .collect()
    });
    let mut whole = Worker::new(&clock, classes).run;
    whole.elapsed = clock.start.elapsed();
    for part in parts {
        whole.add(part);
    }
    whole
}

/// When which query is due.
struct Clock {
    plan: Plan,
    start: Instant,
    next: AtomicU64,
}

impl Clock {
    /// The number of the next query and when it is due; none when it is time to stop.
    fn next(&self) -> Option<(u64, Instant)> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let due = match self.plan.load {
            Load::Closed { .. } => Instant::now(),
            Load::Open { per_second, .. } => {
                let due = self.start + Duration::from_secs_f64(as_f64(number) / per_second.max(1e-3));
                wait_for(due);
                due
            }
        };
        let goes_on = match self.plan.until {
            Until::Asked(count) => number < count,
            Until::Elapsed(limit) => due < self.start + limit,
        };
        goes_on.then_some((number, due))
    }
}

fn wait_for(due: Instant) {
    let left = due.saturating_duration_since(Instant::now());
    thread::sleep(left.saturating_sub(SPIN));
    while Instant::now() < due {
        std::hint::spin_loop();
    }
}

#[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 queries")]
fn as_f64(number: u64) -> f64 {
    number as f64
}

/// One client and what it records.
struct Worker<'a> {
    clock: &'a Clock,
    classes: &'a [usize],
    run: Run,
}

impl<'a> Worker<'a> {
    fn new(clock: &'a Clock, classes: &'a [usize]) -> Self {
        let count = classes.iter().max().map_or(0, |most| most + 1);
        Self {
            clock,
            classes,
            run: Run {
                classes: vec![Recorded::default(); count],
                per_second: Vec::new(),
                elapsed: Duration::ZERO,
                messages: Vec::new(),
            },
        }
    }

    fn work(mut self, mut client: impl Client) -> Run {
        while let Some((number, due)) = self.clock.next() {
            let length = self.classes.len() as u64;
            let query = usize::try_from(number % length).unwrap_or(0);
            let answer = client.ask(query);
            let now = Instant::now();
            self.record(query, now - due, now, answer);
        }
        self.run
    }

    fn record(&mut self, query: usize, took: Duration, now: Instant, answer: Result<(), NoAnswer>) {
        let class = self.classes.get(query).copied().unwrap_or(0);
        let Some(recorded) = self.run.classes.get_mut(class) else {
            return;
        };
        match answer {
            Ok(()) => {
                let nanoseconds = u64::try_from(took.as_nanos()).unwrap_or(u64::MAX);
                recorded.times.saturating_record(nanoseconds);
                let second = usize::try_from((now - self.clock.start).as_secs()).unwrap_or(0);
                if self.run.per_second.len() <= second {
                    self.run.per_second.resize(second + 1, 0);
                }
                self.run.per_second[second] += 1;
            }
            Err(error) => {
                recorded.errors += 1;
                if self.run.messages.len() < MESSAGES {
                    self.run.messages.push(error.0);
                }
            }
        }
    }
}

impl Run {
    fn add(&mut self, part: Self) {
        for (mine, theirs) in self.classes.iter_mut().zip(part.classes) {
            // Both have the same bounds.
            let _ = mine.times.add(&theirs.times);
            mine.errors += theirs.errors;
        }
        if self.per_second.len() < part.per_second.len() {
            self.per_second.resize(part.per_second.len(), 0);
        }
        for (mine, theirs) in self.per_second.iter_mut().zip(part.per_second) {
            *mine += theirs;
        }
        self.messages.extend(part.messages);
        self.messages.truncate(MESSAGES);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes a millisecond, and a long time for one query.
    struct Slow {
        stall: Duration,
        stalls_at: u64,
        asked: u64,
    }

    impl Client for Slow {
        fn ask(&mut self, query: usize) -> Result<(), NoAnswer> {
            self.asked += 1;
            if query == 1 {
                return Err(NoAnswer("no".to_owned()));
            }
            if self.asked == self.stalls_at {
                thread::sleep(self.stall);
            }
            Ok(())
        }

        fn fingerprint(&mut self, query: usize) -> Result<u64, NoAnswer> {
            Ok(query as u64)
        }
    }

    fn slow() -> Slow {
        Slow {
            stall: Duration::from_millis(300),
            stalls_at: 10,
            asked: 0,
        }
    }

    fn plan(load: Load, until: Until) -> Plan {
        Plan {
            load,
            warm_up: Duration::ZERO,
            until,
        }
    }

    #[test]
    fn every_query_is_recorded_once_in_its_class() {
        let run = run(
            &plan(Load::Closed { clients: 3 }, Until::Asked(300)),
            &[0, 1, 0],
            slow,
        );
        let counts = |class: usize| (run.classes[class].times.len(), run.classes[class].errors);
        assert_eq!((counts(0), counts(1)), ((200, 0), (0, 100)));
        assert_eq!(run.per_second.iter().sum::<u64>(), 200);
        assert_eq!(run.messages.len(), MESSAGES);
    }

    /// One query stalls for 300 ms while 100 a second are due: about 29 others had to wait, up to 290 ms.
    #[test]
    fn queries_that_wait_for_a_slow_one_count_as_slow() {
        let load = Load::Open {
            clients: 1,
            per_second: 100.0,
        };
        let run = run(&plan(load, Until::Asked(60)), &[0], slow);
        let times = &run.classes[0].times;
        let late = times.count_between(50_000_000, LONGEST);
        assert!((20..=40).contains(&late), "{late}");
        assert!(run.elapsed >= Duration::from_millis(580), "{:?}", run.elapsed);
    }

    #[test]
    fn time_ends_a_run_and_nothing_to_ask_is_no_run() {
        let for_a_while = plan(
            Load::Closed { clients: 2 },
            Until::Elapsed(Duration::from_millis(50)),
        );
        assert!(run(&for_a_while, &[0], slow).elapsed >= Duration::from_millis(50));
        assert!(run(&for_a_while, &[], slow).classes.is_empty());
    }
}
