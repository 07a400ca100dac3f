//! The profiles that the report of a build looks through: which of them shows what.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use chrono::NaiveDate;
use clap::Args;
use nabij_atlas::Atlas;
use nabij_indexer::Viewpoint;
use nabij_profile::{Profile, Profiles, Refusal};
use nabij_search_server::criteria;

/// Whose pages the report looks at.
#[derive(Args)]
pub(crate) struct Viewed {
    /// A folder of profiles: the report then says which of them shows what, also as a table (.visible.csv).
    #[arg(long, env = "NABIJ_PROFILES", value_name = "DIR")]
    profiles: Option<PathBuf>,
}

impl Viewed {
    /// The profiles of the folder, if one is given. Those that are wrong are said and passed over.
    pub(crate) fn viewpoints(&self, atlas: &Atlas, today: NaiveDate) -> Result<Option<Vec<Viewpoint>>> {
        let Some(folder) = &self.profiles else {
            return Ok(None);
        };
        let profiles = load(folder, atlas)?;
        Ok(Some(
            profiles.iter().map(|profile| viewpoint(profile, today)).collect(),
        ))
    }
}

fn load(folder: &Path, atlas: &Atlas) -> Result<Profiles> {
    let loaded = Profiles::load(folder, atlas, &Profiles::default());
    let (profiles, findings) =
        loaded.with_context(|| format!("the profiles in {} cannot be read", folder.display()))?;
    for finding in findings.iter().filter(|finding| !finding.is_note) {
        // A closed standard error is no reason to stop.
        let _ = writeln!(std::io::stderr(), "not in the report: {finding}");
    }
    Ok(profiles)
}

fn viewpoint(profile: &Profile, today: NaiveDate) -> Viewpoint {
    Viewpoint {
        id: profile.id.clone(),
        name: profile.name.clone(),
        criteria: criteria(profile),
        closed: profile.licensed(today).err().map(Refusal::name),
    }
}
