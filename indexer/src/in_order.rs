//! Work on many items by all cores, whose outcome comes back in the order of the items.

use std::{
    num::NonZero,
    sync::{
        Mutex, PoisonError,
        mpsc::{Receiver, Sender, channel, sync_channel},
    },
    thread,
};

/// Items that go to a thread at once: enough that handing them over costs nothing.
const BATCH: usize = 128;

/// Batches that may be under way for each thread, so that memory does not grow with the number of items.
const UNDER_WAY: usize = 4;

/// Draws items on a thread of its own, does the work on as many threads as there are cores, and gives each outcome to
/// `each`, in the order of the items. The first error of `each` ends it.
pub(crate) fn in_order<I: Send, O: Send, E>(
    items: impl Iterator<Item = I> + Send,
    work: impl Fn(I) -> O + Sync,
    mut each: impl FnMut(O) -> Result<(), E>,
) -> Result<(), E> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let (to_workers, batches) = channel();
    let batches = Mutex::new(batches);
    thread::scope(|scope| {
        let (to_caller, outcomes) = sync_channel(threads * UNDER_WAY);
        for _ in 0..threads {
            scope.spawn(|| do_batches(&batches, &work));
        }
        scope.spawn(move || {
            let mut items = items;
            loop {
                let batch: Vec<I> = items.by_ref().take(BATCH).collect();
                let (outcome, turn) = channel();
                // Whoever stops listening has seen an error, or panicked.
                if batch.is_empty()
                    || to_caller.send(turn).is_err()
                    || to_workers.send((batch, outcome)).is_err()
                {
                    break;
                }
            }
        });
        outcomes
            .iter()
            .filter_map(|turn: Receiver<Vec<O>>| turn.recv().ok())
            .flatten()
            .try_for_each(&mut each)
    })
}

/// A batch, and where its outcome goes.
type Job<I, O> = (Vec<I>, Sender<Vec<O>>);

fn do_batches<I, O>(batches: &Mutex<Receiver<Job<I, O>>>, work: &impl Fn(I) -> O) {
    loop {
        let next = batches.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((batch, outcome)) = next else { break };
        // Nobody waits for it after an error.
        let _ = outcome.send(batch.into_iter().map(work).collect());
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn outcomes_come_in_the_order_of_the_items(count in 0_u32..3_000) {
            let mut seen = Vec::new();
            let outcome: Result<(), ()> = in_order(0..count, |item| item * 2, |twice| {
                seen.push(twice);
                Ok(())
            });
            prop_assert_eq!(outcome, Ok(()));
            prop_assert_eq!(seen, (0..count).map(|item| item * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn an_error_ends_it() {
        let mut last = 0;
        let outcome = in_order(
            0_u32..,
            |item| item,
            |item| {
                last = item;
                if item == 1_000 { Err(item) } else { Ok(()) }
            },
        );
        assert_eq!((outcome, last), (Err(1_000), 1_000));
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_panic_in_the_work_is_not_lost() {
        let _: Result<(), ()> = in_order(0_u32..10, |item| assert!(item < 5), |()| Ok(()));
    }
}
