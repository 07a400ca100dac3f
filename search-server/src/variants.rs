//! The profiles in use, what each selects of the index in use, and what each has asked.

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use arc_swap::ArcSwap;
use nabij_atlas::Atlas;
use nabij_engine::{Criteria, GenerationNumber, Index, Selection};
use nabij_profile::{Profile, Profiles, signature};

use crate::{licences::Accounts, problem::Problem};

/// The profiles in use, what each selects of the index in use, and what each has asked.
#[derive(Debug, Default)]
pub(crate) struct Variants {
    folder: Option<PathBuf>,
    /// Of the folder when it was last read.
    signature: AtomicU64,
    profiles: ArcSwap<Profiles>,
    selections: Mutex<HashMap<String, Kept>>,
    pub(crate) accounts: Accounts,
}

/// A selection, with what it was made of.
#[derive(Debug)]
struct Kept {
    generation: GenerationNumber,
    version: u64,
    selection: Arc<Selection>,
}

impl Variants {
    /// The profiles of a folder. Those that are wrong are reported and passed over.
    pub(crate) fn open(folder: PathBuf, atlas: &Atlas) -> Self {
        let variants = Self {
            folder: Some(folder),
            ..Self::default()
        };
        variants.refresh(atlas);
        variants
    }

    /// The profiles in use.
    pub(crate) fn profiles(&self) -> Arc<Profiles> {
        self.profiles.load_full()
    }

    /// Reads the folder again if a file in it changed. A profile that is wrong is reported; the last good one stays.
    pub(crate) fn refresh(&self, atlas: &Atlas) {
        let Some(folder) = &self.folder else {
            return;
        };
        let now = match signature(folder) {
            Ok(now) if now == self.signature.load(Ordering::Relaxed) => return,
            Ok(now) => now,
            Err(error) => {
                tracing::warn!(%error, "the folder of profiles cannot be read, the old profiles stay");
                return;
            }
        };
        match Profiles::load(folder, atlas, &self.profiles.load()) {
            Ok((profiles, findings)) => {
                for finding in findings.iter().filter(|finding| !finding.is_note) {
                    tracing::warn!(%finding, "a profile is wrong; the last good one stays, if there was one");
                }
                tracing::info!(profiles = profiles.len(), "profiles read");
                self.profiles.store(Arc::new(profiles));
                self.signature.store(now, Ordering::Relaxed);
            }
            Err(error) => tracing::warn!(%error, "profiles cannot be read, the old ones stay"),
        }
    }

    /// What a profile selects of an index; none if that is everything. Kept until the index or the profile changes.
    pub(crate) fn selection(
        &self,
        index: &Index,
        atlas: &Atlas,
        profile: &Profile,
    ) -> Result<Option<Arc<Selection>>, Problem> {
        let (generation, version) = (index.number(), profile.version);
        let is_now = |kept: &Kept| kept.generation == generation && kept.version == version;
        if let Some(kept) = self.selections().get(&profile.id).filter(|kept| is_now(kept)) {
            return Ok(Some(Arc::clone(&kept.selection)));
        }
        let criteria = criteria(profile);
        if criteria.is_open() {
            return Ok(None);
        }
        // Every document is looked at: other requests need not wait for that.
        let made = tokio::task::block_in_place(|| index.select(atlas, &criteria));
        let selection = Arc::new(made.map_err(|error| Problem::internal(&error))?);
        let kept = Kept {
            generation,
            version,
            selection: Arc::clone(&selection),
        };
        let mut selections = self.selections();
        selections.retain(|_, kept| kept.generation == generation);
        selections.insert(profile.id.clone(), kept);
        Ok(Some(selection))
    }

    /// Who panicked with the lock left nothing half done.
    fn selections(&self) -> std::sync::MutexGuard<'_, HashMap<String, Kept>> {
        self.selections.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a profile lets be seen of an index.
pub fn criteria(profile: &Profile) -> Criteria {
    Criteria {
        territory: profile.region.as_deref().cloned(),
        kinds: profile.kinds,
        themes: profile.themes,
        pinned: profile.pinned.clone(),
        blocked: profile.blocked.clone(),
    }
}
