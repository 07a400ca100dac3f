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

use nabij_engine::{
    Area, BoundingBox, Build, Document, Facets, GenerationNumber, Index, Query, Region, Sort, Store,
};
use nabij_language::Lexicon;
use nabij_offering::{Draft, FeatureSet, Field, Kind, KindSet, Pc4, Position, ThemeSet};
use proptest::{
    prelude::*,
    test_runner::{Config, TestCaseError, TestRunner},
};
use serde_json::Value;
use xxhash_rust::xxh3::xxh3_64;

const WORDS: [&str; 7] = ["taal", "taalcafé", "cursus", "computer", "koken", "samen", "hulp"];
const AREAS: [&str; 3] = ["national", "province:Zeeland", "pc4:4351-4364|telephone"];

/// An index with every sort of file, with words in more than one block of postings.
struct Sound {
    folder: tempfile::TempDir,
    files: BTreeMap<PathBuf, Vec<u8>>,
    answers: Vec<String>,
}

impl Sound {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(folder.path());
        let mut build = Build::start(&store).unwrap();
        let lexicon = Lexicon::shipped().unwrap();
        for at in 0..600 {
            build.add(&document(at, &lexicon)).unwrap();
        }
        build.publish("test", 0, Vec::new(), |_| {}).unwrap();
        let root = folder.path().join("generations/0000001");
        let mut files = BTreeMap::new();
        for path in super::generations::files_below(&root) {
            let bytes = fs::read(&path).unwrap();
            files.insert(path.strip_prefix(&root).unwrap().to_owned(), bytes);
        }
        let answers = answers(&store.open_current().unwrap());
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

fn document(at: usize, lexicon: &Lexicon) -> Document {
    let mut draft = Draft::default();
    let word = |step: usize| WORDS[at / step % WORDS.len()];
    draft.set(Field::Id, &format!("o{}", at * 7_919 % 600));
    draft.set(Field::Title, &format!("{} {}", word(1), word(3)));
    draft.set(Field::Description, &format!("{} {} nummer{at}", word(5), word(7)));
    draft.set(Field::Kind, Kind::ALL[at % Kind::ALL.len()].name());
    draft.set(Field::Cost, if at.is_multiple_of(3) { "free" } else { "2.50" });
    if at.is_multiple_of(20) {
        draft.set(Field::ServiceArea, AREAS[at / 20 % AREAS.len()]);
    } else {
        let step = |degrees: f64, by: usize| degrees + f64::from(u32::try_from(at % by).unwrap()) / 100.0;
        draft.set(Field::Lat, &step(51.9, 37).to_string());
        draft.set(Field::Lon, &step(4.3, 53).to_string());
    }
    Document::new(&draft.check().offering.unwrap(), lexicon)
}

fn queries() -> Vec<Query> {
    let origin = Position::new(52.05, 4.5).unwrap();
    let south_west = Position::new(51.95, 4.4).unwrap();
    let areas = [
        Area::Anywhere,
        Area::Circle {
            centre: origin,
            radius_m: 9_000.0,
        },
        Area::Circle {
            centre: origin,
            radius_m: 2_000_000.0,
        },
        Area::Box(BoundingBox {
            south_west,
            north_east: origin,
        }),
    ];
    let texts = ["", "taal", "taal cursus", "nummer77", "samen koken hulp"];
    let pairs = areas.into_iter().flat_map(|area| texts.map(|text| (area, text)));
    let query = |(at, (area, text)): (usize, (Area, &str))| Query {
        area,
        text: text.to_owned(),
        sort: if at.is_multiple_of(2) {
            Sort::Distance
        } else {
            Sort::Relevance
        },
        origin: Some(origin),
        region: Some(Region {
            pc4: Pc4::new(4_360),
            ..Region::default()
        }),
        kinds: Kind::ALL
            .iter()
            .copied()
            .take(usize::from(text.is_empty()))
            .collect(),
        limit: 30,
        total: true,
        facets: Facets {
            kind: true,
            theme: true,
            feature: true,
        },
        half_distance_m: Some(3_000.0),
        ..Query::default()
    };
    pairs.enumerate().map(query).collect()
}

/// What an index says to all sorts of questions.
fn answers(index: &Index) -> Vec<String> {
    let mut said = Vec::new();
    for query in queries() {
        let hits = index.search(&query);
        if let Ok(hits) = &hits {
            let mut cards = Vec::new();
            for hit in hits.hits.iter().chain(&hits.area_wide) {
                index.push_card(hit.doc, &mut cards);
            }
            said.push(String::from_utf8_lossy(&cards).into_owned());
        }
        said.push(format!("{hits:?}"));
        let every_way = index.search_every_way(&query).map(|answers| answers.len());
        said.push(format!("{every_way:?}"));
    }
    for id in ["o1", "o77", "o599", "geen"] {
        let doc = index.find(id).ok().flatten();
        let detail = doc.map(|doc| {
            index
                .detail(doc)
                .map(|json| json.map(|json| String::from_utf8_lossy(&json).into_owned()))
        });
        let code = index.code(id);
        let found = index.find_by_code(&code);
        for doc in &found {
            said.push(format!("{:?}", index.detail(*doc).is_ok()));
        }
        said.push(format!(
            "{doc:?} {detail:?} {code} {found:?} {:?}",
            doc.and_then(|doc| index.position(doc))
        ));
    }
    for word in ["taal", "taalcafe", "kompjoeter", "s"] {
        let near = index.words_near(&nabij_language::automaton(word, 2), 10);
        let beginning = index.words_beginning(word, 10);
        said.push(format!(
            "{near:?} {beginning:?} {} {}",
            index.knows_word(word),
            index.can_find(word)
        ));
    }
    let subset = index.subset(KindSet::EMPTY, ThemeSet::EMPTY, FeatureSet::EMPTY);
    let centre = Position::new(52.0, 4.5).unwrap();
    said.push(format!("{:?}", subset.nearest_m(centre, 5)));
    said.push(format!(
        "{:?}",
        index.count_within(centre, 5_000.0, std::slice::from_ref(&subset))
    ));
    said
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
