//! Follows the folder of the index: a new generation is checked and swapped in while requests go on; one that cannot be
//! used is said once, and the one in use stays.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use nabij_engine::{GenerationNumber, Index, OpenError};
use tokio::{
    sync::Notify,
    time::{Instant, timeout},
};

use crate::state::App;

/// How often `CURRENT` is looked at.
const WATCH: Duration = Duration::from_secs(2);
/// The longest wait before a generation that was refused is opened again: it may have been mended, and opening it reads
/// every file.
const LONGEST_WAIT: Duration = Duration::from_secs(64);

/// What was last seen of the folder of the index.
#[derive(Debug, Default)]
pub(crate) struct Follow {
    /// Wakes [`watch`] before its time.
    wake: Notify,
    refused: Mutex<Option<Refused>>,
}

/// What could not be used.
#[derive(Debug)]
struct Refused {
    generation: Option<GenerationNumber>,
    why: String,
    wait: Duration,
    again_at: Instant,
}

impl Follow {
    /// Whether a generation was refused so short ago that it is not worth another look.
    fn may_wait(&self, generation: GenerationNumber) -> bool {
        let refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        refused
            .as_ref()
            .is_some_and(|refused| refused.generation == Some(generation) && now < refused.again_at)
    }

    /// Says what is wrong, unless that was the last thing said.
    fn refuse(&self, generation: Option<GenerationNumber>, error: &OpenError) {
        let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        let why = error.to_string();
        let known = refused
            .as_ref()
            .filter(|known| known.generation == generation && known.why == why);
        let wait = known.map_or(WATCH, |known| (known.wait * 2).min(LONGEST_WAIT));
        if known.is_none() {
            if let Some(generation) = generation {
                tracing::warn!(generation, error = why, "new index refused, the old one stays");
            } else {
                tracing::warn!(
                    error = why,
                    "the index folder cannot be read, the old index stays"
                );
            }
        }
        *refused = Some(Refused {
            generation,
            why,
            wait,
            again_at: Instant::now() + wait,
        });
    }

    /// Forgets what was refused: it is said again, and looked at at once.
    fn forget(&self) {
        *self.refused.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl App {
    /// Looks for a new index now, also for one that was refused before.
    pub fn look_now(&self) {
        self.follow.forget();
        self.follow.wake.notify_one();
    }

    /// Opens the current generation if it is another than the one in use.
    fn follow_folder(&self) {
        let current = match self.store.current() {
            Ok(current) => current,
            Err(error) => return self.follow.refuse(None, &error.into()),
        };
        if current == self.index().number() {
            return self.follow.forget();
        }
        if self.follow.may_wait(current) {
            return;
        }
        match self.store.open(current) {
            Ok(index) => {
                let offerings = index.manifest().counts.offerings();
                let old = self.swap(index);
                self.follow.forget();
                tracing::info!(generation = current, offerings, "index swapped");
                let_go(old);
            }
            Err(error) => self.follow.refuse(Some(current), &error),
        }
    }
}

/// Whoever lets go of an index last unmaps all of it, which takes milliseconds: no request should. So this waits for those
/// that are under way, though not for ever.
fn let_go(old: Arc<Index>) {
    let start = Instant::now();
    while Arc::strong_count(&old) > 1 && start.elapsed() < WATCH {
        std::thread::sleep(Duration::from_millis(5));
    }
    drop(old);
}

/// Looks for changed profiles and a new generation every two seconds and when [`App::look_now`] says so, for as long as
/// the server runs.
pub async fn watch(app: Arc<App>) {
    loop {
        // Either way it is time to look.
        let _ = timeout(WATCH, app.follow.wake.notified()).await;
        let app = Arc::clone(&app);
        // Opening reads every file: that must not hold up requests.
        let look = move || {
            app.variants.refresh(&app.atlas);
            app.follow_folder();
            app.write_demand();
        };
        if tokio::task::spawn_blocking(look).await.is_err() {
            tracing::warn!("looking for a new index was interrupted");
        }
    }
}
