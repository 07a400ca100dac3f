//! Coverage that was measured, kept until the index changes: the same few choices are looked at again and again.

use std::{
    collections::VecDeque,
    num::NonZero,
    sync::{Arc, Mutex, PoisonError},
};

use nabij_analysis::coverage::{Coverage, Selection, by_pc4};

use crate::state::App;

/// What tells one measurement from another: the generation, what was looked for, and the radius in kilometres.
type Key = (u64, Selection, u32);

/// How many are kept: half a megabyte each.
const KEPT: usize = 16;

/// The measurements that were looked at last, the latest first.
#[derive(Debug, Default)]
pub(crate) struct Measured(Mutex<VecDeque<(Key, Arc<Coverage>)>>);

impl Measured {
    /// The coverage from every four-digit postcode. Takes about a tenth of a second the first time; one is measured at
    /// a time, so that curious visitors do not keep both processors from residents.
    pub(crate) fn coverage(&self, app: &App, selection: Selection, radius_km: u32) -> Arc<Coverage> {
        let index = app.index();
        let key = (index.number(), selection, radius_km);
        tokio::task::block_in_place(|| {
            // Nothing is half done when a thread that held it ended.
            let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(at) = kept.iter().position(|(known, _)| *known == key)
                && let Some(found) = kept.remove(at)
            {
                kept.push_front(found);
            } else {
                let origins = by_pc4(&app.atlas, app.site.population.as_ref());
                let one = NonZero::<usize>::MIN;
                let coverage = Coverage::measure(
                    &index,
                    origins,
                    vec![selection],
                    f64::from(radius_km) * 1_000.0,
                    one,
                );
                kept.push_front((key, Arc::new(coverage)));
                kept.truncate(KEPT);
            }
            kept.front()
                .map(|(_, coverage)| Arc::clone(coverage))
                .unwrap_or_default()
        })
    }
}
