//! What goes wrong beneath the program: a kill or an error at any call that changes files, no file descriptors left, a clock
//! that jumps. A small library of ours, `tests/faults/shim.c`, is loaded before the C library and strikes one call.
//!
//! `FAULT_POINTS` says how many calls are tried, evenly over all there are; `make crash` and `make faults` strike every one.

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::LazyLock,
    thread,
    time::{Duration, Instant},
};

use nabij_engine::Store;

use crate::harness::{Folder, Server, index, text};

const OLD: &str = "id,title,kind,postcode\na,Taalcafé,informal,3011AD\n";
const NEW: &str =
    "id,title,kind,postcode\na,Taalcafé,informal,3011AD\nb,Cursus,formal,1012AB\nc,Hulp,informal,3012AD\n";

/// Errors as Linux numbers them.
const EIO: u32 = 5;
const EMFILE: u32 = 24;
const ENOSPC: u32 = 28;

/// The library, built once by the C compiler that Rust links with.
static SHIM: LazyLock<PathBuf> = LazyLock::new(|| {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults/shim.c");
    let shim = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("shim-{}.so", std::process::id()));
    let mut compile = Command::new("cc");
    compile
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .arg(&shim)
        .arg(source)
        .arg("-ldl");
    assert!(compile.status().unwrap().success());
    shim
});

/// How many calls of all are tried.
fn points(usual: u64) -> u64 {
    let said = std::env::var("FAULT_POINTS").ok();
    said.and_then(|said| said.parse().ok()).unwrap_or(usual)
}

/// A folder with an index of one offering, and a source of three for the next.
struct Stage {
    folder: Folder,
    source: PathBuf,
}

impl Stage {
    fn new() -> Self {
        let folder = Folder::new();
        let source = folder.file("new.csv", NEW);
        let old = folder.path().join("old");
        let output = index(&old, &[&folder.file("old.csv", OLD)], &[]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let stage = Self { folder, source };
        stage.reset();
        stage
    }

    /// Starts with the old index alone.
    fn reset(&self) {
        // The first time nothing is there to be removed.
        let _ = fs::remove_dir_all(self.folder.out());
        let mut copy = Command::new("cp");
        copy.arg("-r")
            .arg(self.folder.path().join("old"))
            .arg(self.folder.out());
        assert!(copy.status().unwrap().success());
    }

    /// Indexes the source with a fault.
    fn struck(&self, fault: &[(&str, String)]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nabij"));
        command
            .args(["index", "--max-gone", "100", "--out"])
            .arg(self.folder.out())
            .arg(&self.source);
        command.env("LD_PRELOAD", &*SHIM).env("RUST_BACKTRACE", "0");
        command
            .envs(fault.iter().map(|(name, value)| (*name, value)))
            .output()
            .unwrap()
    }

    /// How many calls an undisturbed run makes.
    fn calls(&self) -> u64 {
        let count = self.folder.path().join("count");
        assert!(
            self.struck(&[("FAULT_COUNT", count.display().to_string())])
                .status
                .success()
        );
        let calls = fs::read_to_string(count).unwrap().trim().parse().unwrap();
        self.reset();
        calls
    }

    /// How many offerings the index in use has; every checksum is looked at.
    fn offerings(&self) -> usize {
        Store::new(self.folder.out())
            .open_current()
            .unwrap()
            .manifest()
            .counts
            .offerings()
    }

    /// What lies in the folder beside the index in use and the generations before it.
    fn left_over(&self) -> Vec<String> {
        let mut names = Vec::new();
        for folder in [self.folder.out(), self.folder.out().join("generations")] {
            for entry in fs::read_dir(folder).unwrap() {
                names.push(entry.unwrap().file_name().into_string().unwrap());
            }
        }
        let known = [
            "CURRENT",
            "LOCK",
            "generations",
            "report.json",
            "report.csv",
            "report.html",
        ];
        names.retain(|name| !known.contains(&name.as_str()) && name.parse::<u64>().is_err());
        names
    }
}

/// So many of the numbers from 1 to `all`, the first and the last among them.
fn spread(all: u64, wanted: u64) -> Vec<u64> {
    let wanted = wanted.clamp(2, all);
    (0..wanted).map(|at| 1 + at * (all - 1) / (wanted - 1)).collect()
}

#[test]
fn killed_at_any_call_the_old_or_the_new_index_is_whole() {
    let stage = Stage::new();
    let calls = stage.calls();
    let (mut old, mut new) = (0, 0);
    for at in spread(calls, points(10)) {
        let output = stage.struck(&[("FAULT_AT", at.to_string()), ("FAULT_DO", "kill".into())]);
        let said = format!("killed at call {at} of {calls}");
        // The order of calls differs a little from run to run, as two threads make them: the last may not be made.
        assert!(!output.status.success() || at + 8 > calls, "{said} it went on");
        match stage.offerings() {
            1 => old += 1,
            3 => new += 1,
            other => panic!("{said} the index has {other} offerings"),
        }
        let next = stage.struck(&[]);
        assert!(
            next.status.success(),
            "{said} the next run fails: {}",
            text(&next.stderr)
        );
        assert_eq!((stage.offerings(), stage.left_over()), (3, Vec::new()), "{said}");
        stage.reset();
    }
    println!(
        "kill -9 at {} of {calls} calls: {old} old, {new} new, 0 lost",
        old + new
    );
}

/// Fails every call in turn, once or from there on, and sees that the old index stays or the new one is whole.
fn fails(error: u32, message: &str, lasts: bool) {
    let stage = Stage::new();
    let calls = stage.calls();
    let (mut old, mut new) = (0, 0);
    for at in spread(calls, points(5)) {
        let mut fault = vec![("FAULT_AT", at.to_string()), ("FAULT_DO", error.to_string())];
        if lasts {
            fault.push(("FAULT_LASTS", "1".into()));
        }
        let output = stage.struck(&fault);
        let said = text(&output.stderr);
        let told = format!("{message} at call {at} of {calls}: {:?}, {said}", output.status);
        match (output.status.code(), stage.offerings()) {
            (Some(0), 3) => new += 1,
            // The index was published; what came after, such as the report, was not written.
            (Some(1), 3) => {
                assert!(said.contains(message), "{told}");
                new += 1;
            }
            (Some(1), 1) => {
                assert!(
                    said.contains(message) && said.contains("nothing was published"),
                    "{told}"
                );
                old += 1;
            }
            (_, offerings) => panic!("{offerings} offerings: {told}"),
        }
        let next = stage.struck(&[]);
        assert!(
            next.status.success(),
            "{told} the next run fails: {}",
            text(&next.stderr)
        );
        assert_eq!((stage.offerings(), stage.left_over()), (3, Vec::new()), "{told}");
        stage.reset();
    }
    println!(
        "{message} at {} of {calls} calls, lasting: {lasts}: {old} old, {new} new, 0 lost",
        old + new
    );
}

#[test]
fn an_error_of_the_disk_at_any_call_is_said() {
    fails(EIO, "Input/output error", false);
}

#[test]
fn a_disk_that_is_full_from_any_call_on_is_said() {
    fails(ENOSPC, "No space left on device", true);
}

#[test]
fn no_file_descriptors_from_any_call_on_is_said() {
    fails(EMFILE, "Too many open files", true);
}

/// Asks over a connection of its own; none if there is no answer.
fn ask(base: &str, path: &str) -> Option<String> {
    let mut stream = TcpStream::connect(base.strip_prefix("http://")?).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    )
    .ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    Some(answer)
}

/// Waits until something holds, up to half a minute.
fn until(what: &str, holds: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(30);
    while !holds() {
        assert!(Instant::now() < end, "{what}");
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_server_without_file_descriptors_answers_again_when_it_has_some() {
    let stage = Stage::new();
    let server = Server::start_limited("ulimit -n 40", &stage.folder.out(), &[]);
    let host = server.base().strip_prefix("http://").unwrap();
    let answers = || {
        ask(server.base(), "/v1/offerings?postcode=3011AD")
            .is_some_and(|answer| answer.contains("\"total\":1"))
    };
    assert!(answers());
    let crowd: Vec<TcpStream> = (0..80).map_while(|_| TcpStream::connect(host).ok()).collect();
    assert!(crowd.len() > 40, "only {} connections were made", crowd.len());
    // No descriptor is left: a new generation cannot be opened either, and the old one stays.
    let next = stage.struck(&[]);
    assert!(next.status.success(), "{}", text(&next.stderr));
    thread::sleep(Duration::from_secs(3));
    drop(crowd);
    until("the server answers again, from the new index", || {
        ask(server.base(), "/v1/offerings?bbox=3,50,8,54")
            .is_some_and(|answer| answer.contains("\"total\":3"))
    });
    assert_eq!(server.terminate(), Some(0));
}

#[test]
fn a_clock_that_jumps_stops_no_answer() {
    let stage = Stage::new();
    let clock = stage.folder.file("clock", "0");
    let faults = [("LD_PRELOAD", SHIM.as_path()), ("FAULT_CLOCK", &clock)];
    let server = Server::start_limited(":", &stage.folder.out(), &faults);
    let hour = 3_600_i64;
    let year = 365 * 24 * hour;
    // An hour on and back as when the clock is changed, years on and back, beyond 2038. Before 1970 the HTTP library knows
    // no date to send.
    for jump in [hour, 0, -hour, year, -year, 20 * year, -50 * year, 0] {
        fs::write(&clock, jump.to_string()).unwrap();
        for path in [
            "/zoek?postcode=3011AD",
            "/v1/offerings?postcode=3011AD&texts=nl",
            "/plek/a",
            "/plek/a/agenda.ics",
            "/",
        ] {
            let answer = ask(server.base(), path).unwrap_or_default();
            assert!(
                answer.starts_with("HTTP/1.1 200"),
                "{jump} s, {path}: {answer:.200}"
            );
        }
    }
    let next = stage.struck(&[("FAULT_CLOCK", clock.display().to_string())]);
    assert!(next.status.success());
    until("the new index is taken in use after the clock has jumped", || {
        ask(server.base(), "/v1/offerings?bbox=3,50,8,54")
            .is_some_and(|answer| answer.contains("\"total\":3"))
    });
}

#[test]
fn an_index_is_published_whatever_the_year() {
    let stage = Stage::new();
    let year = 365 * 24 * 3_600_i64;
    for jump in [-50 * year, 20 * year, 7_000 * year] {
        let clock = stage.folder.file("clock", jump.to_string());
        let output = stage.struck(&[("FAULT_CLOCK", clock.display().to_string())]);
        assert!(output.status.success(), "{jump}: {}", text(&output.stderr));
        assert_eq!(stage.offerings(), 3);
    }
}

#[test]
fn a_clock_before_1970_is_said_and_not_used() {
    let stage = Stage::new();
    let clock = stage
        .folder
        .file("clock", (-60 * 365 * 24 * 3_600_i64).to_string());
    let output = stage.struck(&[("FAULT_CLOCK", clock.display().to_string())]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("the clock of this machine says 196") && said.contains("before 1970; set it"),
        "{said}"
    );
    assert!(!said.contains("panicked"), "{said}");
    assert_eq!(stage.offerings(), 1);
    let mut serve = Command::new(env!("CARGO_BIN_EXE_nabij"));
    serve
        .args(["serve", "--listen", "127.0.0.1:0", "--index"])
        .arg(stage.folder.out())
        .env("LD_PRELOAD", &*SHIM)
        .env("FAULT_CLOCK", &clock);
    let said = text(&serve.output().unwrap().stderr);
    assert!(said.contains("before 1970; set it"), "{said}");
}

#[test]
fn without_memory_the_command_ends_and_the_old_index_stays() {
    let stage = Stage::new();
    let rows: Vec<String> = (0..20_000)
        .map(|at| format!("n{at},Cursus {at},formal,3011AD"))
        .collect();
    let many = stage.folder.file(
        "many.csv",
        format!("id,title,kind,postcode\n{}\n", rows.join("\n")),
    );
    let mut failures = 0;
    for megabytes in [60, 90, 120] {
        let output = Command::new("sh")
            .args([
                "-c",
                "ulimit -v \"$1\"; shift; exec \"$@\"",
                "sh",
                &(megabytes << 10).to_string(),
            ])
            .args([env!("CARGO_BIN_EXE_nabij"), "index", "--out"])
            .arg(stage.folder.out())
            .arg(&many)
            .output()
            .unwrap();
        if output.status.success() {
            break;
        }
        failures += 1;
        assert_eq!(stage.offerings(), 1, "{megabytes} MB: {}", text(&output.stderr));
    }
    assert!(failures > 0, "60 MB were enough");
}
