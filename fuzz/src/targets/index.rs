//! Files of an index that somebody made wrong, with right checksums: refused, or answered from without a panic.

use std::{collections::BTreeMap, fs, path::PathBuf};

use nabij_engine::{GenerationNumber, Store};
use serde_json::Value;
use tempfile::TempDir;
use xxhash_rust::xxh3::xxh3_64;

use self::everything::{answers, published};
use super::Target;

#[path = "../../../engine/tests/everything.rs"]
mod everything;

/// Enough that a word has more than one block of postings.
const DOCUMENTS: usize = 260;
const MANIFEST: &str = "manifest.json";

/// A generation, and every file of it as it was written.
struct Sound {
    folder: TempDir,
    files: BTreeMap<String, Vec<u8>>,
}

impl Sound {
    fn new() -> Self {
        let folder = published(DOCUMENTS);
        let mut sound = Self {
            folder,
            files: BTreeMap::new(),
        };
        let manifest: Value = serde_json::from_slice(&fs::read(sound.path(MANIFEST)).unwrap()).unwrap();
        let names = manifest["files"].as_object().unwrap().keys().cloned();
        for name in names.chain([MANIFEST.to_owned()]) {
            sound
                .files
                .insert(name.clone(), fs::read(sound.path(&name)).unwrap());
        }
        sound
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("generations/0000001").join(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        // Anew, as another inode: what is mapped still is left as it is.
        let path = self.path(name);
        fs::remove_file(&path).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Opens and asks the generation with another file in the place of one.
    fn with(&self, name: &str, bytes: &[u8]) {
        let mut manifest: Option<Value> = serde_json::from_slice(&self.files[MANIFEST]).ok();
        if name == MANIFEST {
            manifest = serde_json::from_slice(bytes).ok();
        } else if let Some(manifest) = &mut manifest {
            manifest["files"][name] = serde_json::json!({
                "bytes": bytes.len(),
                "xxh3": format!("{:016x}", xxh3_64(bytes)),
            });
            self.write(name, bytes);
        }
        // Without its own checksum: that is what those of before had.
        if let Some(fields) = manifest.as_mut().and_then(Value::as_object_mut) {
            fields.remove("xxh3");
        }
        let manifest = manifest.map_or_else(|| bytes.to_vec(), |manifest| manifest.to_string().into_bytes());
        self.write(MANIFEST, &manifest);
        match Store::new(self.folder.path()).open(GenerationNumber::from(1_u8)) {
            Ok(index) => drop(answers(&index)),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
        self.write(name, &self.files[name]);
    }
}

/// The first byte says which file the others are.
pub(crate) fn index_files() -> Target {
    let sound = Sound::new();
    let names: Vec<String> = sound.files.keys().cloned().collect();
    let seed = |(at, bytes): (u8, &Vec<u8>)| [&[at], bytes.as_slice()].concat();
    let seeds: Vec<Vec<u8>> = (0..).zip(sound.files.values()).map(seed).collect();
    let words = [
        "\u{7f}",
        "\0\0\0\0",
        "\u{1}\0\0\0",
        "tantivy",
        "{",
        "\"files\":",
        "-1",
        "4294967296",
    ];
    Target::new(seeds, &words, move |input| {
        if let Some((at, bytes)) = input.split_first() {
            let name = &names[usize::from(*at) % names.len()];
            sound.with(name, bytes);
        }
    })
}
