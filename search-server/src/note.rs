//! What becomes known of a request while it is answered, for the metrics and the log: which route, which plan.
//!
//! It goes along with the task, so that nothing between the gate and the query has to hand it on.

use std::{
    cell::{Cell, OnceCell},
    time::{Duration, Instant},
};

use axum::{
    extract::{MatchedPath, Request},
    http::HeaderValue,
};
use nabij_engine::Plan;

tokio::task_local! {
    static NOTE: Note;
}

/// What becomes known of a request while it is answered.
#[derive(Debug)]
pub(crate) struct Note {
    /// The identifier of the request.
    id: HeaderValue,
    route: OnceCell<MatchedPath>,
    slowest: Cell<Option<(Plan, Duration)>>,
}

/// The same when the answer is there.
#[derive(Debug, Clone, Default)]
pub(crate) struct Noted {
    /// The pattern of its address, not the address.
    pub(crate) route: Option<MatchedPath>,
    /// The slowest of its queries, and how long that took.
    pub(crate) slowest: Option<(Plan, Duration)>,
}

/// Does the work of a request, and says what became known of it.
pub(crate) async fn along<T>(id: HeaderValue, work: impl Future<Output = T>) -> (T, Noted) {
    let note = Note {
        id,
        route: OnceCell::new(),
        slowest: Cell::new(None),
    };
    let noting = async {
        let done = work.await;
        let noted = NOTE.with(|note| Noted {
            route: note.route.get().cloned(),
            slowest: note.slowest.get(),
        });
        (done, noted)
    };
    NOTE.scope(note, noting).await
}

/// Notes which route a request took.
pub(crate) fn route(request: &Request) {
    if let Some(path) = request.extensions().get::<MatchedPath>() {
        // Outside a request there is nothing to note it in.
        let _ = NOTE.try_with(|note| note.route.set(path.clone()));
    }
}

/// Answers a query, and notes how long that took.
pub(crate) fn timed<T>(plan: Plan, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = work();
    let took = start.elapsed();
    let _ = NOTE.try_with(|note| {
        let is_slower = note.slowest.get().is_none_or(|(_, slowest)| took > slowest);
        if is_slower {
            note.slowest.set(Some((plan, took)));
        }
    });
    done
}

/// The identifier of the request that is being answered, for the log.
pub(crate) fn id() -> String {
    let id = NOTE.try_with(|note| note.id.to_str().unwrap_or_default().to_owned());
    id.unwrap_or_default()
}
