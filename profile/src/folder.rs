//! A folder of profiles, as they are in use.

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
    sync::Arc,
    time::UNIX_EPOCH,
};

use fs_err as fs;
use nabij_atlas::Atlas;
use xxhash_rust::xxh3::{Xxh3Default, xxh3_64};

use crate::{check::Checker, file::ProfileFile, finding::Finding, names, profile::Profile};

/// The largest file, in bytes.
const LARGEST: usize = 2_000_000;
/// How many profiles may be based on each other in a row.
const MOST_BASES: usize = 8;

/// The profiles in use.
#[derive(Debug, Default)]
pub struct Profiles {
    by_id: BTreeMap<String, Arc<Profile>>,
    by_host: BTreeMap<String, Arc<Profile>>,
    version: u64,
}

impl Profiles {
    /// Reads every `.toml` of a folder. What is wrong with them comes along; of a profile that is wrong now the one
    /// `before` stays, and a host name that two claim stays with the one that had it.
    pub fn load(folder: &Path, atlas: &Atlas, before: &Self) -> io::Result<(Self, Vec<Finding>)> {
        let mut loader = Loader {
            folder,
            atlas,
            before,
            done: BTreeMap::new(),
            findings: Vec::new(),
        };
        for id in loader.ids()? {
            loader.load(&id, &mut Vec::new());
        }
        let mut findings = loader.findings;
        let by_id: BTreeMap<String, Arc<Profile>> = loader
            .done
            .into_iter()
            .filter_map(|(id, profile)| Some((id, profile?)))
            .collect();
        let by_host = hosts(folder, &by_id, before, &mut findings);
        let versions: Vec<u8> = by_id
            .values()
            .flat_map(|profile| profile.version.to_le_bytes())
            .collect();
        let profiles = Self {
            version: xxh3_64(&versions),
            by_id,
            by_host,
        };
        Ok((profiles, findings))
    }

    /// The profile with an identifier.
    pub fn get(&self, id: &str) -> Option<&Arc<Profile>> {
        self.by_id.get(id)
    }

    /// The profile whose pages stand under a host name. The port does not count.
    pub fn at_host(&self, host: &str) -> Option<&Arc<Profile>> {
        if self.by_host.is_empty() {
            return None;
        }
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        self.by_host.get(&name.to_ascii_lowercase())
    }

    /// Every profile, by identifier.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Arc<Profile>> {
        self.by_id.values()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// Changes when any of them does.
    pub fn version(&self) -> u64 {
        self.version
    }
}

/// Changes when a file of the folder does: by names, lengths and times, so that it costs next to nothing to ask.
pub fn signature(folder: &Path) -> io::Result<u64> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let about = entry.metadata()?;
        let modified = about.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
        files.push((entry.file_name(), about.len(), modified));
    }
    files.sort();
    let mut hash = Xxh3Default::new();
    for (name, length, modified) in files {
        hash.update(name.as_encoded_bytes());
        hash.update(&length.to_le_bytes());
        hash.update(&modified.as_nanos().to_le_bytes());
    }
    Ok(hash.digest())
}

struct Loader<'a> {
    folder: &'a Path,
    atlas: &'a Atlas,
    before: &'a Profiles,
    /// None for one that is wrong and was not there before.
    done: BTreeMap<String, Option<Arc<Profile>>>,
    findings: Vec<Finding>,
}

impl Loader<'_> {
    /// The identifiers of the files, in order.
    fn ids(&mut self) -> io::Result<Vec<String>> {
        let mut ids = Vec::new();
        for entry in fs::read_dir(self.folder)? {
            let path = entry?.path();
            if path.extension().is_none_or(|extension| extension != "toml") {
                continue;
            }
            match path.file_stem().and_then(|stem| stem.to_str()) {
                Some(id) if names::is_id(id) => ids.push(id.to_owned()),
                _ => self.report(
                    &path,
                    "the name of the file is the identifier of the profile: at most 40 small letters, digits and hyphens"
                        .to_owned(),
                ),
            }
        }
        ids.sort();
        Ok(ids)
    }

    fn path(&self, id: &str) -> PathBuf {
        self.folder.join(format!("{id}.toml"))
    }

    fn report(&mut self, file: &Path, message: String) {
        self.findings.push(Finding {
            file: file.to_owned(),
            line: 1,
            field: String::new(),
            message,
            is_note: false,
        });
    }

    /// The profile of a file; the one before if it is wrong now. `above` are those that are based on it.
    fn load(&mut self, id: &str, above: &mut Vec<String>) -> Option<Arc<Profile>> {
        if let Some(done) = self.done.get(id) {
            return done.clone();
        }
        above.push(id.to_owned());
        let read = self.read(id, above);
        above.pop();
        let profile = read.map(Arc::new).or_else(|| self.before.get(id).cloned());
        self.done.insert(id.to_owned(), profile.clone());
        profile
    }

    fn read(&mut self, id: &str, above: &mut Vec<String>) -> Option<Profile> {
        let path = self.path(id);
        let text = match fs::read_to_string(&path) {
            Ok(text) if text.len() > LARGEST => {
                self.report(
                    &path,
                    format!("has {} bytes; at most {LARGEST} are read", text.len()),
                );
                return None;
            }
            Ok(text) => text,
            Err(error) => {
                self.report(&path, format!("cannot be read: {error}"));
                return None;
            }
        };
        let mut checker = Checker::new(&path, &text, self.atlas);
        let file: ProfileFile = match toml::from_str(&text) {
            Ok(file) => file,
            Err(error) => {
                checker.report("", &error.span().unwrap_or(0..0), error.message());
                self.findings.append(&mut checker.findings);
                return None;
            }
        };
        let base = match &file.based_on {
            None => None,
            Some(base) => match self.base(base.get_ref(), above) {
                Ok(base) => Some(base),
                Err(message) => {
                    checker.report("based_on", &base.span(), message);
                    self.findings.append(&mut checker.findings);
                    return None;
                }
            },
        };
        let profile = checker.profile(id, &file, base.as_deref());
        self.findings.append(&mut checker.findings);
        profile
    }

    fn base(&mut self, base: &str, above: &mut Vec<String>) -> Result<Arc<Profile>, String> {
        if above.iter().any(|id| id == base) {
            return Err(format!("goes in a circle: {} → {base}", above.join(" → ")));
        }
        if above.len() >= MOST_BASES {
            return Err(format!(
                "at most {MOST_BASES} profiles are based on each other: {}",
                above.join(" → ")
            ));
        }
        if !names::is_id(base) || !self.path(base).exists() {
            return Err(format!("there is no profile `{base}` beside this one"));
        }
        let loaded = self.load(base, above);
        loaded.ok_or_else(|| format!("`{base}` is wrong itself"))
    }
}

/// Who stands under which host name.
fn hosts(
    folder: &Path,
    by_id: &BTreeMap<String, Arc<Profile>>,
    before: &Profiles,
    findings: &mut Vec<Finding>,
) -> BTreeMap<String, Arc<Profile>> {
    let mut claims: Vec<(&String, &Arc<Profile>)> = by_id
        .values()
        .flat_map(|profile| profile.hosts.iter().map(move |host| (host, profile)))
        .collect();
    let had_it = |host: &str, profile: &Profile| before.at_host(host).is_some_and(|had| had.id == profile.id);
    claims.sort_by_key(|(host, profile)| (!had_it(host, profile), &profile.id));
    let mut by_host: BTreeMap<String, Arc<Profile>> = BTreeMap::new();
    for (host, profile) in claims {
        if let Some(holder) = by_host.get(host) {
            let file = folder.join(format!("{}.toml", profile.id));
            let text = fs::read_to_string(&file).unwrap_or_default();
            let line = text.lines().position(|line| line.contains(host.as_str()));
            findings.push(Finding {
                line: 1 + line.unwrap_or(0),
                field: "hosts".to_owned(),
                message: format!(
                    "`{host}` is the host name of `{}` already, and stays so",
                    holder.id
                ),
                is_note: false,
                file,
            });
        } else {
            by_host.insert(host.clone(), Arc::clone(profile));
        }
    }
    by_host
}

#[cfg(test)]
mod tests;
