//! A new index under a running server: swapped in while requests go on, refused and said once, taken back.

use std::{
    fs,
    os::unix::{
        fs::{PermissionsExt, chown},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use crate::{
    harness::{Server, index, nabij, text},
    load::Load,
};

/// An index in a folder of its own, of which every generation has another number of offerings.
pub(crate) struct Publisher {
    folder: tempfile::TempDir,
}

impl Publisher {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn out(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    /// Publishes a generation of so many offerings.
    pub(crate) fn index(&self, offerings: usize, extra: &[&str]) {
        let rows = self.folder.path().join("rows.csv");
        let row = |number| format!("o{number},Taalcafé {number},informal,3011AD\n");
        let csv: String = (0..offerings).map(row).collect();
        fs::write(&rows, format!("id,title,kind,postcode\n{csv}")).unwrap();
        let output = index(&self.out(), &[&rows], extra);
        assert!(output.status.success(), "{}", text(&output.stderr));
    }

    pub(crate) fn rollback(&self) {
        let output = nabij(&["rollback", "--index", self.out().to_str().unwrap()]);
        assert!(output.status.success(), "{}", text(&output.stderr));
    }

    fn generation(&self, number: u64) -> PathBuf {
        self.out().join(format!("generations/{number:07}"))
    }

    fn point_to(&self, number: u64) {
        let fresh = self.out().join("CURRENT.test");
        fs::write(&fresh, format!("{number}\n")).unwrap();
        fs::rename(fresh, self.out().join("CURRENT")).unwrap();
    }

    /// Makes a copy of a generation under another number, and points to it once it was changed.
    fn publish_changed(&self, of: u64, number: u64, change: impl FnOnce(&Path)) {
        copy(&self.generation(of), &self.generation(number));
        change(&self.generation(number));
        self.point_to(number);
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

pub(crate) fn total(server: &Server) -> u64 {
    server.json("/v1/offerings?postcode=3011&limit=0")["total"]
        .as_u64()
        .unwrap()
}

/// Waits until something holds.
pub(crate) fn wait_for(what: &str, mut holds: impl FnMut() -> bool) {
    let patience = Instant::now();
    while !holds() {
        assert!(
            patience.elapsed() < Duration::from_secs(60),
            "still not so: {what}"
        );
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// A server whose log is in a file.
pub(crate) fn logged(out: &Path, extra: &[&str], log: &Path) -> Server {
    let file = fs_err::File::create(log).unwrap().into_parts().0;
    Server::start_by(out, extra, |command| {
        command.stderr(file);
    })
}

#[test]
fn swaps_under_load_lose_no_request_and_leave_one_generation() {
    let publisher = Publisher::new();
    publisher.index(1, &[]);
    let server = Server::start(&publisher.out());
    let load = Load::start(server.base(), 4);
    for offerings in 2..=6 {
        publisher.index(offerings, &["--keep", "2"]);
        server.signal("HUP");
        wait_for("the new index is served", || total(&server) == offerings as u64);
    }
    let tally = load.finish();
    tally.lost_nothing();
    assert!(tally.answered > 20, "{} requests are no load", tally.answered);
    let kept = fs::read_dir(publisher.out().join("generations")).unwrap().count();
    assert_eq!(kept, 2);
    wait_for("one generation is open", || {
        server.open_generations() == [publisher.generation(6)]
    });
}

#[test]
fn what_cannot_be_used_is_said_once_and_taken_when_it_is_mended() {
    let publisher = Publisher::new();
    publisher.index(2, &[]);
    let log = publisher.path().join("log");
    let server = logged(&publisher.out(), &[], &log);
    let refused = || {
        let log = fs::read_to_string(&log).unwrap();
        let lines = log.lines().filter(|line| line.contains("new index refused"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let reformat = |folder: &Path, format: &str| {
        let manifest = folder.join("manifest.json");
        let mut json: serde_json::Value = serde_json::from_slice(&fs::read(&manifest).unwrap()).unwrap();
        json["format"] = format.parse::<u64>().unwrap().into();
        fs::write(manifest, json.to_string()).unwrap();
    };
    publisher.publish_changed(1, 2, |folder| reformat(folder, "1"));
    wait_for("the older format is refused", || refused().len() == 1);
    publisher.publish_changed(1, 3, |folder| reformat(folder, "1000"));
    wait_for("the newer format is refused", || refused().len() == 2);
    publisher.publish_changed(1, 4, |folder| {
        let manifest = fs::read(folder.join("manifest.json")).unwrap();
        fs::write(folder.join("manifest.json"), &manifest[..manifest.len() / 2]).unwrap();
    });
    wait_for("half a manifest is refused", || refused().len() == 3);
    publisher.publish_changed(1, 5, |folder| {
        fs::remove_file(folder.join("text/meta.json")).unwrap();
    });
    wait_for("a generation without a file is refused", || refused().len() == 4);
    publisher.publish_changed(1, 6, |folder| {
        fs::write(folder.join("records.cards"), "flipped").unwrap();
    });
    wait_for("a changed file is refused", || refused().len() == 5);
    // Long enough for several more looks at the same generation, and less than until the next.
    std::thread::sleep(Duration::from_secs(7));
    let said = refused();
    for (line, (generation, why)) in said.iter().zip([
        (2, "is in format 1, this program reads format"),
        (3, "install the version of nabij that wrote it"),
        (4, "is not the manifest of an index"),
        (5, "meta.json is damaged"),
        (6, "records.cards is damaged"),
    ]) {
        assert!(
            line.contains(&format!("generation={generation}")) && line.contains(why),
            "{line}"
        );
    }
    assert_eq!(said.len(), 5, "{said:#?}");
    assert_eq!(total(&server), 2);
    assert_eq!(server.open_generations(), [publisher.generation(1)]);
    fs::copy(
        publisher.generation(1).join("records.cards"),
        publisher.generation(6).join("records.cards"),
    )
    .unwrap();
    server.signal("HUP");
    let asked = Instant::now();
    wait_for("the mended generation is open", || {
        server.open_generations() == [publisher.generation(6)]
    });
    assert!(
        asked.elapsed() < Duration::from_secs(4),
        "it was not looked at at once"
    );
}

#[test]
fn a_rollback_holds_and_the_next_index_goes_on_from_there() {
    let publisher = Publisher::new();
    publisher.index(1, &[]);
    publisher.index(2, &[]);
    let server = Server::start(&publisher.out());
    assert_eq!(total(&server), 2);
    publisher.rollback();
    wait_for("the index before is served", || total(&server) == 1);
    // Longer than the server waits between two looks.
    std::thread::sleep(Duration::from_secs(5));
    assert_eq!(total(&server), 1);
    publisher.index(3, &[]);
    wait_for("the next index is served", || total(&server) == 3);
    assert!(publisher.generation(3).exists());
}

#[test]
fn a_folder_that_may_only_be_read_is_served_by_another_user() {
    let publisher = Publisher::new();
    publisher.index(2, &[]);
    let mut folders = vec![publisher.out()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                fs::set_permissions(path, fs::Permissions::from_mode(0o444)).unwrap();
            }
        }
        fs::set_permissions(folder, fs::Permissions::from_mode(0o555)).unwrap();
    }
    fs::set_permissions(publisher.path(), fs::Permissions::from_mode(0o755)).unwrap();
    // Root may write anywhere, so it hands the server to nobody, who must be able to reach the program.
    let nobody = 65_534;
    let program = publisher.path().join("nabij");
    fs::copy(env!("CARGO_BIN_EXE_nabij"), &program).unwrap();
    let is_root = chown(&program, Some(nobody), Some(nobody)).is_ok();
    let mut command = Command::new(&program);
    if is_root {
        command.uid(nobody).gid(nobody);
    }
    let server = Server::run(&mut command, &publisher.out(), &[]);
    assert_eq!(total(&server), 2);
    assert_eq!(server.get("/zoek?postcode=3011").0, 200);
}
