//! Servers that follow a storage: here a folder. `tests/replicas/run` does the same with one that speaks S3.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

use crate::{
    harness::{Server, text},
    load::Load,
    publishing::{Publisher, logged, total, wait_for},
};

/// Asked so seldom that within a test only SIGHUP has it asked again.
const SELDOM: &str = "3600";

/// A folder that is a storage.
struct Shelf(tempfile::TempDir);

impl Shelf {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("shelf")
    }

    fn url(&self) -> String {
        format!("file://{}", self.path().display())
    }

    fn pointer(&self) -> Value {
        serde_json::from_slice(&fs::read(self.path().join("CURRENT")).unwrap()).unwrap()
    }

    /// The folder of the generation in use.
    fn generation(&self) -> PathBuf {
        let pointer = self.pointer();
        self.path()
            .join("generations")
            .join(pointer["generation"].as_str().unwrap())
    }
}

fn publish_with(publisher: &Publisher, to: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_nabij"))
        .args([
            "publish",
            "--index",
            publisher.out().to_str().unwrap(),
            "--to",
            to,
        ])
        .output()
        .unwrap()
}

fn publish(publisher: &Publisher, to: &str) -> String {
    let output = publish_with(publisher, to);
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout)
}

/// A server that follows a storage, with a folder for what it keeps and its log beside that.
fn replica(folder: &Path, from: &str, every: &str) -> Server {
    logged(
        &folder.join("kept"),
        &["--from", from, "--pull-every", every],
        &folder.join("log"),
    )
}

fn said(folder: &Path, words: &str) -> usize {
    let log = fs::read_to_string(folder.join("log")).unwrap();
    log.lines().filter(|line| line.contains(words)).count()
}

#[test]
fn a_replica_follows_what_is_published_and_taken_back() {
    let shelf = Shelf::new();
    let url = &shelf.url();
    let (publisher, folder) = (Publisher::new(), tempfile::tempdir().unwrap());
    publisher.index(1, &[]);
    assert!(publish(&publisher, url).contains("as number 1: "));
    let server = replica(folder.path(), url, SELDOM);
    assert_eq!(total(&server), 1);
    let load = Load::start(server.base(), 2);
    for offerings in 2..=4 {
        publisher.index(offerings, &[]);
        assert!(publish(&publisher, url).contains(&format!("as number {offerings}: ")));
        server.signal("HUP");
        wait_for("the new index is served", || total(&server) == offerings as u64);
    }
    assert!(publish(&publisher, url).contains("in use already, as number 4"));
    publisher.rollback();
    publish(&publisher, url);
    server.signal("HUP");
    wait_for("the index before is served", || total(&server) == 3);
    assert_eq!(
        said(folder.path(), "index fetched"),
        3,
        "the first is fetched before there is anything to follow"
    );
    assert_eq!(said(folder.path(), "index taken from what is kept"), 1);
    load.finish().lost_nothing();
    wait_for("one generation is open", || server.open_generations().len() == 1);
    let kept = fs::read_dir(folder.path().join("kept/generations"))
        .unwrap()
        .count();
    assert_eq!(kept, 3);
    assert_eq!(shelf.pointer()["sequence"], 5);
    let kept = fs::read_dir(shelf.path().join("generations")).unwrap().count();
    assert_eq!(kept, 3);
}

#[test]
fn of_many_publishers_to_a_folder_none_overwrites_another_in_silence() {
    let shelf = Shelf::new();
    let publishers: Vec<Publisher> = (1..=4).map(|_| Publisher::new()).collect();
    for (number, publisher) in publishers.iter().enumerate() {
        publisher.index(number + 1, &[]);
    }
    let url = &shelf.url();
    let outcomes: Vec<Output> = std::thread::scope(|scope| {
        let publish = |publisher| scope.spawn(move || publish_with(publisher, url));
        let threads: Vec<_> = publishers.iter().map(publish).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let published = outcomes.iter().filter(|output| output.status.success()).count();
    for output in outcomes.iter().filter(|output| !output.status.success()) {
        assert!(
            text(&output.stderr).contains("another publisher was faster"),
            "{output:?}"
        );
    }
    assert_eq!(
        shelf.pointer()["sequence"],
        published,
        "each that says it published is counted"
    );
}

#[test]
fn a_damaged_object_is_refused_and_a_mended_one_is_taken() {
    let (publisher, shelf, folder) = (Publisher::new(), Shelf::new(), tempfile::tempdir().unwrap());
    publisher.index(1, &[]);
    publish(&publisher, &shelf.url());
    let server = replica(folder.path(), &shelf.url(), SELDOM);
    publisher.index(2, &[]);
    publish(&publisher, &shelf.url());
    let object = shelf.generation().join("records.cards");
    let good = fs::read(&object).unwrap();
    let mut flipped = good.clone();
    flipped[0] ^= 1;
    let mut times = 0;
    for (bad, words) in [
        (Some(&flipped[..]), "records.cards is damaged"),
        (Some(&good[..good.len() - 1]), "records.cards"),
        (None, "records.cards"),
    ] {
        match bad {
            Some(bad) => fs::write(&object, bad).unwrap(),
            None => fs::remove_file(&object).unwrap(),
        }
        server.signal("HUP");
        times += 1;
        wait_for("it is refused", || {
            said(folder.path(), "cannot be followed") == times
        });
        assert!(
            said(folder.path(), words) >= times,
            "{}",
            fs::read_to_string(folder.path().join("log")).unwrap()
        );
        assert_eq!(total(&server), 1);
    }
    fs::write(&object, good).unwrap();
    server.signal("HUP");
    wait_for("the mended one is served", || total(&server) == 2);
    assert_eq!(said(folder.path(), "index swapped"), 1);
}

#[test]
fn a_pointer_or_manifest_that_is_not_for_us_is_refused_before_anything_is_fetched() {
    let (publisher, shelf, folder) = (Publisher::new(), Shelf::new(), tempfile::tempdir().unwrap());
    publisher.index(1, &[]);
    publish(&publisher, &shelf.url());
    let server = replica(folder.path(), &shelf.url(), SELDOM);
    let pointer = fs::read_to_string(shelf.path().join("CURRENT")).unwrap();
    let manifest = fs::read_to_string(shelf.generation().join("manifest.json")).unwrap();
    let name = shelf.pointer()["generation"].as_str().unwrap().to_owned();
    let with_manifest = |manifest: &str| {
        let other = nabij_engine::fingerprint(manifest.as_bytes());
        let generation = shelf.path().join("generations").join(&other);
        fs::create_dir_all(&generation).unwrap();
        fs::write(generation.join("manifest.json"), manifest).unwrap();
        pointer.replace(&name, &other)
    };
    let newer = manifest.replacen("\"format\": ", "\"format\": 9", 1);
    // Whoever means harm leaves out the checksum of the manifest itself, as those of before did.
    let mut unsealed: Value = serde_json::from_str(&manifest).unwrap();
    unsealed.as_object_mut().unwrap().remove("xxh3");
    let outside = unsealed
        .to_string()
        .replacen("\"records.cards\"", "\"../../../escaped\"", 1);
    for (pointer, words) in [
        (
            with_manifest(&newer),
            "install the version of nabij that wrote it",
        ),
        (with_manifest(&outside), "not within the generation"),
        (pointer.replace(&name, "../../../../etc"), "no fingerprint"),
        ("half a poi".to_owned(), "no pointer"),
        (pointer.replace(&name, &"0".repeat(32)), "missing or damaged"),
    ] {
        fs::write(shelf.path().join("CURRENT"), pointer).unwrap();
        server.signal("HUP");
        wait_for(words, || said(folder.path(), words) > 0);
        assert_eq!(total(&server), 1);
    }
    assert!(!folder.path().join("escaped").exists());
    let kept = fs::read_dir(folder.path().join("kept/generations"))
        .unwrap()
        .count();
    assert_eq!(kept, 1, "what was refused is left behind");
}

#[test]
fn while_the_storage_is_away_the_old_index_stays_also_after_a_restart() {
    let (publisher, shelf, folder) = (Publisher::new(), Shelf::new(), tempfile::tempdir().unwrap());
    publisher.index(1, &[]);
    publish(&publisher, &shelf.url());
    let server = replica(folder.path(), &shelf.url(), "1");
    let away = shelf.path().with_extension("away");
    fs::rename(shelf.path(), &away).unwrap();
    wait_for("it is said", || said(folder.path(), "cannot be followed") == 1);
    std::thread::sleep(std::time::Duration::from_secs(4));
    assert_eq!(
        said(folder.path(), "cannot be followed"),
        1,
        "it is said again and again"
    );
    assert_eq!(total(&server), 1);
    drop(server);
    let server = replica(folder.path(), &shelf.url(), "1");
    assert_eq!(total(&server), 1);
    wait_for("it is said", || said(folder.path(), "cannot be followed") == 1);
    fs::rename(away, shelf.path()).unwrap();
    publisher.index(2, &[]);
    publish(&publisher, &shelf.url());
    wait_for("the new index is served", || total(&server) == 2);
    assert_eq!(said(folder.path(), "can be followed again"), 1);
}

#[test]
fn a_damaged_copy_is_fetched_again_at_the_start() {
    let (publisher, shelf, folder) = (Publisher::new(), Shelf::new(), tempfile::tempdir().unwrap());
    publisher.index(2, &[]);
    publish(&publisher, &shelf.url());
    drop(replica(folder.path(), &shelf.url(), SELDOM));
    fs::write(
        folder.path().join("kept/generations/0000001/records.cards"),
        "flipped",
    )
    .unwrap();
    let server = replica(folder.path(), &shelf.url(), SELDOM);
    assert_eq!(total(&server), 2);
    assert_eq!(said(folder.path(), "is fetched again"), 1);
}

#[test]
fn a_storage_that_cannot_be_used_is_said_without_a_secret() {
    let (publisher, folder) = (Publisher::new(), tempfile::tempdir().unwrap());
    publisher.index(1, &[]);
    for (to, words) in [
        ("https://127.0.0.1:1/x", "https://127.0.0.1:1/x/CURRENT"),
        ("somewhere", "no address of a storage"),
        ("s3://name:secret@bucket/x", "belong in the environment"),
    ] {
        let output = publish_with(&publisher, to);
        let told = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{told}");
        assert!(told.contains(words) && !told.contains("secret"), "{told}");
    }
    let empty = format!("file://{}", folder.path().display());
    let output = Command::new(env!("CARGO_BIN_EXE_nabij"))
        .args(["serve", "--listen", "127.0.0.1:0", "--from", &empty, "--index"])
        .arg(folder.path().join("kept"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stderr).contains("nothing was published at file://"),
        "{}",
        text(&output.stderr)
    );
}
