//! Profiles over real HTTP: what a library's pages and its widget may see, and who may ask.

mod folder;
mod licences;
mod operator;
mod selection;
mod variants;

use std::{fs, path::Path};

use serde_json::Value;

use crate::harness::{Folder, Server, index};

/// An origin that every example allows.
const ORIGIN: &str = "http://localhost:3000";
/// The key of every example.
const KEY: &str = "Bearer voorbeeld";

fn shipped(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A server of the sample with the examples and some other profiles.
fn server(others: &[(&str, &str)], extra: &[&str]) -> (Folder, Server) {
    let folder = Folder::new();
    assert!(
        index(&folder.out(), &[&shipped("data/sample/offerings.jsonl")], &[])
            .status
            .success()
    );
    let profiles = folder.path().join("profiles");
    fs::create_dir(&profiles).unwrap();
    for file in fs::read_dir(shipped("profiles")).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), profiles.join(file.file_name())).unwrap();
    }
    for (name, content) in others {
        fs::write(profiles.join(name), content).unwrap();
    }
    let mut arguments = vec!["--profiles", profiles.to_str().unwrap()];
    arguments.extend(extra);
    let server = Server::start_with(&folder.out(), &arguments);
    (folder, server)
}

/// A licence with the key of the examples.
fn licence(until: &str, a_minute: u32) -> String {
    let example = fs::read_to_string(shipped("profiles/landelijk.toml")).unwrap();
    let hash = example
        .lines()
        .find(|line| line.starts_with("key_sha256"))
        .unwrap();
    format!("[licence]\n{hash}\nfrom = 2020-01-01\nuntil = {until}\nrequests_per_minute = {a_minute}\n")
}

/// An answer with what the tests look at.
struct Answer {
    status: u16,
    headers: ureq::http::HeaderMap,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

fn ask(server: &Server, path: &str, headers: &[(&str, &str)]) -> Answer {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .build()
        .into();
    let mut request = agent.get(format!("{}{path}", server.base()));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut response = request.call().unwrap();
    Answer {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        body: response.body_mut().read_to_string().unwrap(),
    }
}

/// What a widget on the website of an example gets.
fn widget(server: &Server, path: &str) -> Answer {
    ask(server, path, &[("origin", ORIGIN)])
}

/// The server looks at the folder every two seconds.
fn wait_for<T>(mut look: impl FnMut() -> Option<T>) -> T {
    for _ in 0..200 {
        if let Some(found) = look() {
            return found;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    panic!("it did not come in 20 seconds");
}
