//! What stops `nabij index` from outside: a kill, a full disk, a folder that cannot be written. The old index stays.

use std::{
    fs,
    hash::{BuildHasher, RandomState},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::Instant,
};

use rand::{Rng, SeedableRng, rngs::StdRng};

use crate::harness::{Server, index, nabij, text};

const OLD: &str = "id,title,kind,postcode\na,Taalcafé,informal,3011AD\n";

fn sample() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/sample/offerings.jsonl")
}

/// Writes an index of one offering.
fn old_index(out: &Path, scratch: &Path) {
    let rows = scratch.join("old.csv");
    fs::write(&rows, OLD).unwrap();
    let output = index(out, &[&rows], &[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
}

/// How many offerings the index has, as a fresh server sees it.
fn served(out: &Path) -> u64 {
    total(&Server::start(out))
}

fn total(server: &Server) -> u64 {
    let answer = server.json("/v1/offerings?bbox=3,50,8,54&limit=0");
    answer["total"].as_u64().unwrap()
}

fn assert_nothing_published(output: &Output, reason: &str) {
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("nothing was published") && said.contains(reason),
        "{said}"
    );
}

/// A small file system of its own; unmounted when the test ends. Only root may have one.
struct Disk(tempfile::TempDir);

impl Disk {
    fn mount() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mut mount = Command::new("mount");
        mount
            .args(["-t", "tmpfs", "-o", "size=16m", "none"])
            .arg(folder.path());
        let mounted = mount.stderr(Stdio::null()).status();
        if mounted.is_ok_and(|status| status.success()) {
            return Some(Self(folder));
        }
        println!("left out: this user may not mount a file system");
        None
    }

    fn make_read_only(&self) {
        let mut mount = Command::new("mount");
        assert!(
            mount
                .args(["-o", "remount,ro"])
                .arg(self.0.path())
                .status()
                .unwrap()
                .success()
        );
    }

    /// Fills the disk until so many bytes are left.
    fn leave(&self, bytes: usize) {
        let ballast = self.0.path().join("ballast");
        // A disk that fills up while it is filled is what we are after.
        let _ = fs::write(&ballast, vec![1; 16 << 20]);
        let filled = fs::metadata(&ballast).unwrap().len();
        let file = fs_err::OpenOptions::new().write(true).open(&ballast).unwrap();
        file.set_len(filled - bytes as u64).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

#[test]
fn killed_at_any_moment_the_old_index_stays_in_use() {
    let folder = tempfile::tempdir().unwrap();
    let run = |out: &Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nabij"));
        command.args(["index", "--out"]).arg(out).arg(sample());
        command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    };
    let clock = Instant::now();
    assert!(run(&folder.path().join("measured")).wait().unwrap().success());
    let length = clock.elapsed();
    let new = served(&folder.path().join("measured"));

    let served_old = |name: String| {
        let out = folder.path().join(name);
        old_index(&out, folder.path());
        let server = Server::start(&out);
        (out, server)
    };
    let (mut out, mut server) = served_old("old".to_owned());
    let seed = RandomState::new().hash_one(0);
    let mut dice = StdRng::seed_from_u64(seed);
    for trial in 0..20_u32 {
        // A random moment in each twentieth of the run.
        let moment = length.mul_f64((f64::from(trial) + dice.random::<f64>()) / 20.0);
        let mut process = run(&out);
        std::thread::sleep(moment);
        process.kill().unwrap();
        process.wait().unwrap();
        let current = fs::read_to_string(out.join("CURRENT")).unwrap();
        let published = current.trim() != "1";
        let expected = if published { new } else { 1 };
        let said = format!("seed {seed}, trial {trial}, killed after {moment:?}, CURRENT {current}");
        assert_eq!(served(&out), expected, "{said}");
        // The server that runs has two seconds to follow, so it may still be on the old one.
        let running = total(&server);
        assert!(running == 1 || published && running == new, "{said}: {running}");
        if published {
            // It was faster than the kill: nothing was interrupted. The next trial has an index and a server of its own.
            (out, server) = served_old(format!("old-{trial}"));
        }
    }
    assert!(
        run(&out).wait().unwrap().success(),
        "seed {seed}: what a kill left is in the way"
    );
    assert_eq!(served(&out), new);
}

#[test]
fn a_folder_that_cannot_be_made_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "in the way").unwrap();
    assert_nothing_published(&index(&file, &[&sample()], &[]), "Not a directory");
    assert_eq!(fs::read_to_string(&file).unwrap(), "in the way");
    // A folder in which not even root can make another.
    let nowhere = Path::new("/proc/nabij");
    assert_nothing_published(&index(nowhere, &[&sample()], &[]), "/proc/nabij");
}

#[test]
fn on_a_disk_that_became_read_only_the_old_index_is_still_served() {
    let Some(disk) = Disk::mount() else { return };
    let scratch = tempfile::tempdir().unwrap();
    let out = disk.0.path().join("index");
    old_index(&out, scratch.path());
    disk.make_read_only();
    assert_nothing_published(&index(&out, &[&sample()], &[]), "Read-only file system");
    assert_eq!(served(&out), 1);
    let output = nabij(&["rollback", "--index", out.to_str().unwrap()]);
    assert!(
        text(&output.stderr).contains("Read-only file system"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn a_disk_that_fills_up_at_any_file_leaves_the_old_index() {
    let Some(disk) = Disk::mount() else { return };
    let scratch = tempfile::tempdir().unwrap();
    let out = disk.0.path().join("index");
    old_index(&out, scratch.path());
    let mut failures = 0;
    for kilobytes in (0..8_000).step_by(500) {
        disk.leave(kilobytes << 10);
        let output = index(&out, &[&sample()], &[]);
        if output.status.success() {
            break;
        }
        assert_nothing_published(&output, "No space left on device");
        assert_eq!(served(&out), 1, "{kilobytes} kB left");
        failures += 1;
    }
    assert!(failures > 0, "the disk never filled up");
    fs::remove_file(disk.0.path().join("ballast")).unwrap();
    assert!(
        index(&out, &[&sample()], &[]).status.success(),
        "what was left is in the way"
    );
}

#[test]
fn a_file_that_may_not_grow_leaves_the_old_index() {
    let scratch = tempfile::tempdir().unwrap();
    let out = scratch.path().join("index");
    old_index(&out, scratch.path());
    for blocks in ["0", "100", "2000"] {
        // The signal would end the command; ignored, a write past the limit is an error.
        let output = Command::new("sh")
            .args([
                "-c",
                "trap '' XFSZ; ulimit -f \"$1\"; shift; exec \"$@\"",
                "sh",
                blocks,
            ])
            .args([env!("CARGO_BIN_EXE_nabij"), "index", "--out"])
            .arg(&out)
            .arg(sample())
            .output()
            .unwrap();
        assert_nothing_published(&output, "File too large");
        assert_eq!(served(&out), 1, "{blocks} blocks");
    }
}
