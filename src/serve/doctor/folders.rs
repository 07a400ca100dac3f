//! What the server writes: whether it may, and whether only it may read what visitors wrote.

use std::{
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
};

use fs_err as fs;

use super::{Arguments, Check};

/// The number of the user who may do everything.
const ROOT: u32 = 0;

pub(super) fn checks(arguments: &Arguments) -> Vec<Check> {
    let site = &arguments.site;
    let mut checks = vec![user()];
    checks.push(match &site.corrections {
        None => Check::ok("corrections", "visitors are not asked what is wrong"),
        Some(folder) => match writable(folder) {
            Err(error) => Check::wrong("corrections", error),
            Ok(()) if is_open_to_all(folder) => Check::look(
                "corrections",
                format!(
                    "everybody on this machine can read {0}, and what visitors wrote is personal; chmod 750 {0}",
                    folder.display()
                ),
            ),
            Ok(()) => Check::ok("corrections", format!("{} can be written", folder.display())),
        },
    });
    checks.push(match &site.demand {
        None => Check::ok("demand", "nothing is counted"),
        Some(file) => match appendable(file) {
            Ok(()) => Check::ok("demand", format!("{} can be written", file.display())),
            Err(error) => Check::wrong("demand", error),
        },
    });
    checks.extend(site.tiles.as_ref().map(|_| match &site.tile_cache {
        None => Check::wrong(
            "tiles",
            "tiles are set and tile_cache is not; name a folder to keep them in",
        ),
        Some(folder) => match writable(folder) {
            Ok(()) => Check::ok("tiles", format!("{} can be written", folder.display())),
            Err(error) => Check::wrong("tiles", error),
        },
    }));
    checks
}

/// Who asks decides what may be written: an administrator may everything, the server's user may not.
fn user() -> Check {
    match fs::metadata("/proc/self").map(|about| about.uid()) {
        Ok(ROOT) => Check::look(
            "user",
            "this is root, who may write everywhere; ask as the user of the server: sudo -u nabij nabij doctor",
        ),
        Ok(user) => Check::ok("user", format!("user {user}, not root")),
        Err(error) => Check::look("user", format!("the system does not say who this is: {error}")),
    }
}

/// The folder itself, or else the nearest above it that is there: the server makes what is missing.
fn nearest(folder: &Path) -> PathBuf {
    let above = folder
        .ancestors()
        .find(|above| !above.as_os_str().is_empty() && above.exists());
    above.unwrap_or_else(|| Path::new(".")).to_owned()
}

/// Makes a file and takes it away again.
fn writable(folder: &Path) -> Result<(), String> {
    let nearest = nearest(folder);
    let made = tempfile::Builder::new()
        .prefix(".nabij-doctor")
        .tempfile_in(&nearest);
    made.map(drop).map_err(|error| {
        format!(
            "{} cannot be written ({error}); give it to the user of the server with chown",
            nearest.display()
        )
    })
}

/// Whether a file can be added to; it is not made if it is not there.
fn appendable(file: &Path) -> Result<(), String> {
    if !file.exists() {
        let folder = file.parent().unwrap_or(Path::new("."));
        // Unlike the folders, the server does not make the one that this file is in.
        if !folder.as_os_str().is_empty() && !folder.is_dir() {
            return Err(format!(
                "the folder {} is not there; make it with mkdir",
                folder.display()
            ));
        }
        return writable(folder);
    }
    match fs::OpenOptions::new().append(true).open(file) {
        Ok(_) => Ok(()),
        Err(error) => Err(format!("{error}; give it to the user of the server with chown")),
    }
}

fn is_open_to_all(folder: &Path) -> bool {
    fs::metadata(folder).is_ok_and(|about| about.permissions().mode() & 0o007 != 0)
}
