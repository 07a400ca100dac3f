//! Files that went wrong, and files that somebody made wrong: refused, or answered from without a panic.
//!
//! `FLIPS` says how many damages are tried; `make fuzz` tries many more than a test run.

use std::{
    cell::Cell,
    collections::BTreeMap,
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
};

use nabij_engine::{GenerationNumber, Index, Store};
use proptest::{
    prelude::*,
    test_runner::{Config, TestCaseError, TestRunner},
};
use serde_json::Value;
use xxhash_rust::xxh3::xxh3_64;

use super::everything::{answers, published};

/// Enough that a word has several blocks of postings.
const DOCUMENTS: usize = 600;

/// An index with every sort of file, with words in more than one block of postings.
struct Sound {
    folder: tempfile::TempDir,
    files: BTreeMap<PathBuf, Vec<u8>>,
    answers: Vec<String>,
}

impl Sound {
    fn new() -> Self {
        let folder = published(DOCUMENTS);
        let root = folder.path().join("generations/0000001");
        let mut files = BTreeMap::new();
        for path in super::generations::files_below(&root) {
            let bytes = fs::read(&path).unwrap();
            files.insert(path.strip_prefix(&root).unwrap().to_owned(), bytes);
        }
        let answers = answers(&Store::new(folder.path()).open_current().unwrap());
        Self {
            folder,
            files,
            answers,
        }
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("generations/0000001")
    }

    fn open(&self) -> Result<Index, nabij_engine::OpenError> {
        Store::new(self.folder.path()).open(GenerationNumber::from(1_u8))
    }

    fn restore(&self, name: &Path) {
        fs::write(self.root().join(name), &self.files[name]).unwrap();
        fs::write(
            self.root().join("manifest.json"),
            &self.files[Path::new("manifest.json")],
        )
        .unwrap();
    }

    /// Writes a file anew and gives the manifest its checksum, as who wants to do harm would.
    fn write_with_right_sum(&self, name: &Path, bytes: &[u8]) {
        fs::write(self.root().join(name), bytes).unwrap();
        let mut manifest = self.manifest();
        manifest["files"][name.to_str().unwrap()] = serde_json::json!({
            "bytes": bytes.len(),
            "xxh3": format!("{:016x}", xxh3_64(bytes)),
        });
        self.write_manifest(manifest);
    }

    fn manifest(&self) -> Value {
        serde_json::from_slice(&self.files[Path::new("manifest.json")]).unwrap()
    }

    /// Without its own checksum: that is what those of before had.
    fn write_manifest(&self, mut manifest: Value) {
        manifest.as_object_mut().unwrap().remove("xxh3");
        fs::write(self.root().join("manifest.json"), manifest.to_string()).unwrap();
    }
}

/// What is done to a file.
#[derive(Debug, Clone)]
enum Damage {
    Flip {
        at: prop::sample::Index,
        mask: u8,
    },
    /// A number, little-endian, as large or as small as it can be.
    Number {
        at: prop::sample::Index,
        width: usize,
        value: u64,
    },
    Cut {
        at: prop::sample::Index,
    },
    Grow {
        by: usize,
    },
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<prop::sample::Index>;
    let value = prop_oneof![
        Just(0),
        Just(1),
        Just(u64::MAX),
        Just(1 << 31),
        Just(127),
        any::<u64>()
    ];
    prop_oneof![
        6 => (at(), 1..=255_u8).prop_map(|(at, mask)| Damage::Flip { at, mask }),
        3 => (at(), prop::sample::select(vec![1, 2, 4, 8]), value)
            .prop_map(|(at, width, value)| Damage::Number { at, width, value }),
        1 => at().prop_map(|at| Damage::Cut { at }),
        1 => (1..64_usize).prop_map(|by| Damage::Grow { by }),
    ]
}

impl Damage {
    fn apply(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Grow { by } => bytes.extend(std::iter::repeat_n(0x41, *by)),
            Self::Cut { at } => bytes.truncate(at.index(bytes.len().max(1))),
            _ if bytes.is_empty() => bytes.push(0),
            Self::Flip { at, mask } => {
                let at = at.index(bytes.len());
                bytes[at] ^= mask;
            }
            Self::Number { at, width, value } => {
                let at = at.index(bytes.len()) / width * width;
                let end = bytes.len().min(at + width);
                bytes[at..end].copy_from_slice(&value.to_le_bytes()[..end - at]);
            }
        }
    }
}

/// How many damages are tried.
fn flips(usual: u32) -> u32 {
    let said = std::env::var("FLIPS").ok();
    said.and_then(|said| said.parse().ok()).unwrap_or(usual)
}

fn runner(cases: u32) -> TestRunner {
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new(config)
}

/// Whether an index can be asked anything without a panic.
fn survives(index: &Index) -> Result<(), TestCaseError> {
    match catch_unwind(AssertUnwindSafe(|| answers(index))) {
        Ok(_) => Ok(()),
        Err(_) => Err(TestCaseError::fail("an answer panicked")),
    }
}

#[test]
fn an_accident_anywhere_is_refused_or_harms_no_answer() {
    let sound = Sound::new();
    let names: Vec<PathBuf> = sound.files.keys().cloned().collect();
    let (refused, right) = (Cell::new(0), Cell::new(0));
    let strategy = (prop::sample::select(names), damage());
    let outcome = runner(flips(300)).run(&strategy, |(name, damage)| {
        let mut bytes = sound.files[&name].clone();
        damage.apply(&mut bytes);
        if bytes == sound.files[&name] {
            return Ok(());
        }
        fs::write(sound.root().join(&name), &bytes).unwrap();
        let opened = sound.open();
        sound.restore(&name);
        // Only where nothing is checked yet, in the name of a checksum, may a changed byte pass: it harms no answer.
        match opened {
            Ok(index) => {
                prop_assert_eq!(&answers(&index), &sound.answers);
                right.set(right.get() + 1);
            }
            Err(_) => refused.set(refused.get() + 1),
        }
        Ok(())
    });
    println!(
        "accidents: {} refused, {} answered right",
        refused.get(),
        right.get()
    );
    outcome.unwrap();
}

#[test]
fn a_file_made_wrong_with_a_right_checksum_makes_nothing_panic() {
    let sound = Sound::new();
    let names: Vec<PathBuf> = sound
        .files
        .keys()
        .filter(|name| name.to_str() != Some("manifest.json"))
        .cloned()
        .collect();
    let (refused, answered) = (Cell::new(0), Cell::new(0));
    let strategy = (prop::sample::select(names), prop::collection::vec(damage(), 1..4));
    let outcome = runner(flips(400)).run(&strategy, |(name, damages)| {
        let mut bytes = sound.files[&name].clone();
        for damage in &damages {
            damage.apply(&mut bytes);
        }
        sound.write_with_right_sum(&name, &bytes);
        let opened = sound.open();
        sound.restore(&name);
        match opened {
            Ok(index) => {
                survives(&index)?;
                answered.set(answered.get() + 1);
            }
            Err(_) => refused.set(refused.get() + 1),
        }
        Ok(())
    });
    println!(
        "made wrong: {} refused, {} answered without a panic",
        refused.get(),
        answered.get()
    );
    outcome.unwrap();
}

#[test]
fn a_manifest_made_wrong_makes_nothing_panic() {
    let sound = Sound::new();
    let numbers = [
        "first_band",
        "band_count",
        "frequent_words",
        "identifiers",
        "mean_length",
        "built_at",
    ];
    let values: Vec<Value> = [
        "0",
        "1",
        "-1",
        "-2147483648",
        "2147483647",
        "18446744073709551615",
        "1e308",
        "null",
    ]
    .iter()
    .map(|text| serde_json::from_str(text).unwrap())
    .collect();
    for value in &values {
        for name in numbers {
            let mut manifest = sound.manifest();
            manifest[name] = value.clone();
            sound.write_manifest(manifest);
            if let Ok(index) = sound.open() {
                survives(&index).unwrap();
            }
        }
        for name in ["placed", "area_wide"] {
            let mut manifest = sound.manifest();
            manifest["counts"][name] = value.clone();
            sound.write_manifest(manifest);
            assert!(sound.open().is_err(), "{name} = {value}");
        }
    }
    let mut manifest = sound.manifest();
    manifest["files"] = Value::Object(serde_json::Map::new());
    sound.write_manifest(manifest);
    assert!(sound.open().is_ok_and(|index| answers(&index) == sound.answers));
}

/// tantivy sets memory aside for as many layers as the file says. Found by fuzzing: the process ended.
#[test]
fn a_store_that_says_it_has_billions_of_layers_is_refused() {
    let sound = Sound::new();
    let stores = sound
        .files
        .keys()
        .filter(|name| name.extension().is_some_and(|end| end == "store"));
    for name in stores {
        let mut bytes = sound.files[name].clone();
        let number = |at: usize, width: usize| {
            let digits = bytes[at..at + width].iter().rev();
            digits.fold(0, |number, digit| number << 8 | usize::from(*digit))
        };
        // From behind: a mark, the length of what tantivy says of the file, that, and where the skip list begins.
        let end = bytes.len() - 8 - number(bytes.len() - 8, 4);
        let layers = number(end - 28 + 4, 8);
        assert!(bytes[layers] >= 0x80, "{name:?} has few layers");
        bytes[layers..layers + 5].copy_from_slice(&[0, 0, 0, 0, 0xc0]);
        sound.write_with_right_sum(name, &bytes);
        assert!(sound.open().is_err(), "{name:?}");
        sound.restore(name);
    }
    assert!(sound.open().is_ok());
}
