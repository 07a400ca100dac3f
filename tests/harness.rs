//! Runs the command, and a server that is stopped when the test ends.

use std::{
    collections::HashMap,
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

use serde_json::Value;

pub(crate) fn nabij(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_nabij"))
        .args(arguments)
        .output()
        .unwrap()
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Indexes files and gives the outcome.
pub(crate) fn index(out: &Path, sources: &[&Path], extra: &[&str]) -> Output {
    let mut arguments = vec!["index", "--out", out.to_str().unwrap()];
    arguments.extend(sources.iter().map(|path| path.to_str().unwrap()));
    arguments.extend(extra);
    nabij(&arguments)
}

/// Indexes the sources in a settings file that is written into a folder; its paths are seen from there.
pub(crate) fn index_by_settings(folder: &Folder, settings: &str) -> Output {
    folder.file("nabij.toml", settings);
    Command::new(env!("CARGO_BIN_EXE_nabij"))
        .current_dir(folder.path())
        .args(["index", "--out", "index"])
        .output()
        .unwrap()
}

/// A folder for one test, with an index in it.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, content).unwrap();
        path
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn out(&self) -> PathBuf {
        self.0.path().join("index")
    }

    pub(crate) fn report(&self) -> Value {
        serde_json::from_slice(&fs::read(self.out().join("report.json")).unwrap()).unwrap()
    }
}

pub(crate) struct Server {
    process: Child,
    base: String,
}

impl Server {
    pub(crate) fn start(index: &Path) -> Self {
        Self::start_with(index, &[])
    }

    pub(crate) fn start_with(index: &Path, extra: &[&str]) -> Self {
        Self::start_logging(index, extra, Stdio::null())
    }

    /// The same, with its log in a file.
    pub(crate) fn start_with_log(index: &Path, extra: &[&str], log: &Path) -> Self {
        Self::start_logging(
            index,
            extra,
            fs_err::File::create(log).unwrap().into_parts().0.into(),
        )
    }

    fn start_logging(index: &Path, extra: &[&str], log: Stdio) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nabij"));
        Self::run(command.stderr(log), index, extra)
    }

    /// A server that lives in a folder: whatever it writes without being told where is there, its log as `log`.
    pub(crate) fn start_at_home(home: &Path, index: &Path, extra: &[&str]) -> Self {
        let log = fs_err::File::create(home.join("log")).unwrap().into_parts().0;
        let mut command = Command::new(env!("CARGO_BIN_EXE_nabij"));
        command
            .current_dir(home)
            .env("HOME", home)
            .env("TMPDIR", home)
            .stderr(log);
        Self::run(&mut command, index, extra)
    }

    /// A server whose process is made ready by the caller: its environment, where its log goes.
    pub(crate) fn start_by(index: &Path, extra: &[&str], prepare: impl FnOnce(&mut Command)) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nabij"));
        command.stderr(Stdio::null());
        prepare(&mut command);
        Self::run(&mut command, index, extra)
    }

    /// Starts it behind a command of the shell, such as `ulimit -n 40`, and with variables.
    pub(crate) fn start_limited(limit: &str, index: &Path, variables: &[(&str, &Path)]) -> Self {
        let mut command = Command::new("sh");
        command.args([
            "-c",
            &format!("{limit}; exec \"$@\""),
            "sh",
            env!("CARGO_BIN_EXE_nabij"),
        ]);
        command.envs(variables.iter().copied()).stderr(Stdio::null());
        Self::run(&mut command, index, &[])
    }

    pub(crate) fn run(command: &mut Command, index: &Path, extra: &[&str]) -> Self {
        let mut process = command
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(["--index", index.to_str().unwrap()])
            .args(extra)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut base = String::new();
        BufReader::new(process.stdout.take().unwrap())
            .read_line(&mut base)
            .unwrap();
        assert!(base.starts_with("http"), "the server did not start: {base:?}");
        Self {
            process,
            base: base.trim().to_owned(),
        }
    }

    /// Status, content type and body.
    pub(crate) fn get(&self, path: &str) -> (u16, String, String) {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .build()
            .into();
        let mut response = agent.get(format!("{}{path}", self.base)).call().unwrap();
        let kind = response
            .headers()
            .get("content-type")
            .map(|kind| kind.to_str().unwrap().to_owned());
        (
            response.status().as_u16(),
            kind.unwrap_or_default(),
            response.body_mut().read_to_string().unwrap(),
        )
    }

    /// The tag by which a client asks whether its copy is still right.
    pub(crate) fn tag(&self, path: &str) -> String {
        let response = ureq::get(format!("{}{path}", self.base)).call().unwrap();
        response.headers()["etag"].to_str().unwrap().to_owned()
    }

    /// Sends a form with some headers; status and body.
    pub(crate) fn post(&self, path: &str, form: &str, headers: &[(&str, &str)]) -> (u16, String) {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .build()
            .into();
        let mut request = agent
            .post(format!("{}{path}", self.base))
            .content_type("application/x-www-form-urlencoded");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = request.send(form).unwrap();
        (
            response.status().as_u16(),
            response.body_mut().read_to_string().unwrap(),
        )
    }

    /// A header of an answer; empty if it is not there.
    pub(crate) fn header(&self, path: &str, name: &str) -> String {
        let response = ureq::get(format!("{}{path}", self.base)).call().unwrap();
        let value = response
            .headers()
            .get(name)
            .map(|value| value.to_str().unwrap().to_owned());
        value.unwrap_or_default()
    }

    /// The headers of an answer to a request with some headers, and its body as it was sent.
    pub(crate) fn fetch(&self, path: &str, headers: &[(&str, &str)]) -> (HashMap<String, String>, Vec<u8>) {
        let mut request = ureq::get(format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = request.call().unwrap();
        let headers = response.headers().iter();
        let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
        (headers.collect(), response.body_mut().read_to_vec().unwrap())
    }

    pub(crate) fn json(&self, path: &str) -> Value {
        let (status, _, body) = self.get(path);
        assert_eq!(status, 200, "{body}");
        serde_json::from_str(&body).unwrap()
    }

    /// Sends the server a signal, by its name.
    pub(crate) fn signal(&self, name: &str) {
        let process = self.process.id().to_string();
        let sent = Command::new("kill")
            .args([&format!("-{name}"), &process])
            .status();
        assert!(sent.unwrap().success());
    }

    /// Asks the server to stop, as the system does, and gives its exit status.
    pub(crate) fn terminate(mut self) -> Option<i32> {
        self.ask_to_stop();
        self.process.wait().unwrap().code()
    }

    /// Asks the server to stop, as the system does.
    pub(crate) fn ask_to_stop(&self) {
        self.signal("TERM");
    }

    /// Waits for the server to end, and gives its exit status.
    pub(crate) fn ended(mut self) -> Option<i32> {
        self.process.wait().unwrap().code()
    }

    /// The folders of the generations of which the server has a file open or mapped, also of those that were removed.
    pub(crate) fn open_generations(&self) -> Vec<PathBuf> {
        let process = PathBuf::from(format!("/proc/{}", self.process.id()));
        let maps = fs::read_to_string(process.join("maps")).unwrap();
        let mapped = maps
            .lines()
            .filter_map(|line| Some(line[line.find('/')?..].to_owned()));
        let open = fs::read_dir(process.join("fd")).unwrap();
        let open = open.filter_map(|entry| fs::read_link(entry.ok()?.path()).ok());
        let paths = mapped.map(PathBuf::from).chain(open);
        let mut folders: Vec<PathBuf> = paths
            .filter_map(|path| {
                let of_generation = |folder: &&Path| {
                    folder
                        .parent()
                        .is_some_and(|above| above.ends_with("generations"))
                };
                path.ancestors().find(of_generation).map(Path::to_owned)
            })
            .collect();
        folders.sort();
        folders.dedup();
        folders
    }

    /// How much memory the server has, in kilobytes; 0 where the system does not say.
    pub(crate) fn resident_kb(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with("VmRSS"));
        let number = line.and_then(|line| line.split_whitespace().nth(1));
        number.and_then(|number| number.parse().ok()).unwrap_or(0)
    }

    pub(crate) fn base(&self) -> &str {
        &self.base
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
