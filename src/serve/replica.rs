//! A server that keeps nothing of its own: it follows a storage, and serves what it fetched while that is away.

use std::{sync::Arc, time::Duration};

use anyhow::{Context, Result};
use clap::Args;
use nabij_engine::{Index, OpenError, Store, StoreError};
use nabij_replication::{PullError, Pulled, Replica, Storage};
use nabij_search_server::App;
use tokio::{
    runtime::Runtime,
    signal::unix::{Signal, SignalKind, signal},
};

/// The longest pause before a storage that does not answer is asked again, unless it is asked less often anyway.
const LONGEST_PAUSE: Duration = Duration::from_secs(300);

/// Where indexes come from.
#[derive(Args)]
pub(super) struct ReplicaArguments {
    /// Serve what was published at a storage with `nabij publish`, and follow it: `s3://BUCKET/PREFIX`,
    /// `az://CONTAINER/PREFIX`, `gs://BUCKET/PREFIX`, `https://HOST/PREFIX` or `file:///FOLDER`. What is fetched is kept
    /// in the folder of the index. Credentials come from the environment.
    #[arg(long, env = "NABIJ_SERVE_FROM", value_name = "URL")]
    from: Option<String>,
    /// How often to ask the storage for a new index.
    #[arg(long, env = "NABIJ_PULL_EVERY", value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pull_every: u64,
}

/// A storage that is followed.
pub(super) struct Following {
    replica: Replica,
    every: Duration,
    hangup: Signal,
}

impl ReplicaArguments {
    /// What is to be followed, if anything is. Nothing is asked of it yet.
    pub(super) fn open(&self, store: &Store) -> Result<Option<Following>> {
        let Some(from) = &self.from else {
            return Ok(None);
        };
        Ok(Some(Following {
            replica: Replica::new(Storage::open(from)?, store.clone()),
            every: Duration::from_secs(self.pull_every),
            hangup: signal(SignalKind::hangup())?,
        }))
    }
}

/// The index to begin with: what is kept here, so that a start waits for nobody; else what the storage has.
pub(super) fn first(store: &Store, following: Option<&mut Following>, runtime: &Runtime) -> Result<Index> {
    let error = match store.open_current() {
        Ok(index) => return Ok(index),
        Err(error) => error,
    };
    let here = || format!("{} cannot be served", store.root().display());
    let Some(following) = following else {
        return Err(error).with_context(here);
    };
    if !matches!(error, OpenError::Store(StoreError::Empty(_))) {
        tracing::warn!(error = %chain(&error), "what is kept here cannot be served, and is fetched again");
    }
    let storage = following.replica.storage().to_string();
    runtime.block_on(following.replica.pull()).with_context(|| {
        format!(
            "nothing is kept in {} yet, and {storage} cannot be followed",
            store.root().display()
        )
    })?;
    store.open_current().with_context(here)
}

/// Follows a storage for as long as the server runs. While it is away, or has what cannot be used, the index in use
/// stays; that is said once, and it is asked again after longer and longer pauses.
pub(super) async fn follow(following: Following, app: Arc<App>) {
    let Following {
        mut replica,
        every,
        mut hangup,
    } = following;
    let storage = replica.storage().to_string();
    let mut pause = Duration::ZERO;
    let mut trouble = String::new();
    loop {
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = hangup.recv() => trouble.clear(),
        }
        match replica.pull().await {
            Ok(pulled) => {
                if !trouble.is_empty() {
                    tracing::info!(storage, "the storage can be followed again");
                    trouble.clear();
                }
                pause = every;
                match pulled {
                    Pulled::Unchanged => continue,
                    Pulled::Switched(generation) => {
                        tracing::info!(storage, generation, "index taken from what is kept");
                    }
                    Pulled::Fetched(generation, bytes) => {
                        tracing::info!(storage, generation, bytes, "index fetched");
                    }
                }
                app.look_now();
            }
            Err(error) => {
                let told = kind(&error);
                if told != trouble {
                    tracing::warn!(storage, error = %chain(&error), "the storage cannot be followed, the old index stays");
                    trouble = told;
                }
                pause = (pause * 2).clamp(every, LONGEST_PAUSE.max(every));
            }
        }
    }
}

/// What tells one trouble from another. The same one is told with other numbers of seconds each time.
fn kind(error: &PullError) -> String {
    match error {
        PullError::Storage(_) => "away".to_owned(),
        other => chain(other),
    }
}

/// An error with what caused it.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}
