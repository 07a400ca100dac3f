//! What happens to the files of an index: published, damaged, interrupted, taken back.

use std::{fs, num::NonZero, path::Path};

use nabij_engine::{
    Build, BuildError, Document, FORMAT, Incoming, OpenError, Outgoing, Store, StoreError, fingerprint,
};
use nabij_offering::{Draft, Field, Offering};

fn offering(id: &str) -> Offering {
    let mut draft = Draft::default();
    for (field, value) in [
        (Field::Id, id),
        (Field::Title, "Taalcafé"),
        (Field::Kind, "informal"),
        (Field::Lat, "51.92"),
        (Field::Lon, "4.48"),
    ] {
        draft.set(field, value);
    }
    draft.check().offering.unwrap()
}

fn publish(store: &Store, ids: &[&str]) -> u64 {
    let mut build = Build::start(store).unwrap();
    for id in ids {
        build.add(&Document::from(&offering(id))).unwrap();
    }
    build.publish("test", 0, Vec::new(), |_| {}).unwrap().0
}

#[test]
fn an_offering_is_found_by_every_identifier_that_it_has() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(folder.path());
    let mut build = Build::start(&store).unwrap();
    for (id, other_ids) in [("a", vec![]), ("b", vec!["gids-7", "sheet 12"])] {
        let other_ids = other_ids.into_iter().map(str::to_owned).collect();
        build
            .add(&Document::from(&Offering {
                other_ids,
                ..offering(id)
            }))
            .unwrap();
    }
    build.publish("test", 0, Vec::new(), |_| {}).unwrap();
    let index = store.open_current().unwrap();
    let found = index.find("b").unwrap();
    assert!(found.is_some());
    assert_eq!(
        (index.find("gids-7").unwrap(), index.find("sheet 12").unwrap()),
        (found, found)
    );
    assert_eq!(index.find("gids").unwrap(), None);
    for id in ["b", "gids-7", "sheet 12"] {
        let code = index.code(id);
        assert_eq!(
            (code.len(), index.find_by_code(&code)),
            (7, vec![found.unwrap()]),
            "{code}"
        );
    }
    assert_eq!(index.find_by_code("gids-7"), Vec::<u32>::new());
}

pub(crate) fn files_below(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.push(path);
        }
    }
    files
}

#[test]
fn a_generation_follows_the_last_and_the_oldest_go() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(folder.path());
    assert!(matches!(
        store.open_current(),
        Err(OpenError::Store(StoreError::Empty(_)))
    ));
    for number in 1..=5 {
        assert_eq!(publish(&store, &["a", "b"]), number);
    }
    assert_eq!(store.generations().unwrap(), [3, 4, 5]);
    let index = store.open_current().unwrap();
    assert_eq!((index.number(), index.manifest().counts.placed), (5, 2));
    let doc = index.find("b").unwrap().unwrap();
    let detail: serde_json::Value = serde_json::from_slice(&index.detail(doc).unwrap().unwrap()).unwrap();
    assert_eq!(detail["id"], "b");
    assert_eq!(detail["precision"], "point");
}

#[test]
fn what_is_open_or_current_is_never_removed() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(folder.path()).keeping(NonZero::<usize>::MIN);
    publish(&store, &["a"]);
    let open = store.open_current().unwrap();
    publish(&store, &["a", "b"]);
    publish(&store, &["a", "b", "c"]);
    assert_eq!(store.generations().unwrap(), [1, 3]);
    assert_eq!(store.open(1).unwrap().manifest(), open.manifest());
    drop(open);
    publish(&store, &["a"]);
    assert_eq!(store.generations().unwrap(), [4]);
    // What a process leaves that was killed while it removed one.
    fs::create_dir(folder.path().join("generations/.removed-0000003")).unwrap();
    publish(&store, &["a"]);
    assert_eq!(
        fs::read_dir(folder.path().join("generations")).unwrap().count(),
        1
    );
}

/// Brings the current generation of one store to another, as a program at the other end of a wire would.
fn carry(
    from: &Store,
    to: &Store,
    number: u64,
    change: impl Fn(&str, &mut Vec<u8>),
) -> Result<u64, OpenError> {
    let outgoing = Outgoing::current(from)?;
    let incoming = Incoming::start(to, &outgoing.manifest)?;
    let wanted: Vec<&str> = incoming.files().map(|(name, _)| name).collect();
    let sent: Vec<&str> = outgoing.files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(wanted, sent);
    for (name, path) in &outgoing.files {
        let mut bytes = fs::read(path).unwrap();
        change(name, &mut bytes);
        fs::write(incoming.place(name).unwrap(), bytes).unwrap();
    }
    incoming.finish(number)
}

#[test]
fn a_generation_travels_and_is_the_same_there() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let [from, to] = folders.each_ref().map(|folder| Store::new(folder.path()));
    let as_it_is = |_: &str, _: &mut Vec<u8>| ();
    publish(&from, &["a"]);
    assert_eq!(carry(&from, &to, 7, as_it_is).unwrap(), 7);
    assert_eq!(to.current().unwrap(), 7);
    assert_eq!(to.manifest().unwrap(), from.manifest().unwrap());
    let first = fingerprint(&Outgoing::current(&from).unwrap().manifest);
    publish(&from, &["a", "b"]);
    // Seven is another one already.
    assert_eq!(carry(&from, &to, 7, as_it_is).unwrap(), 8);
    assert_eq!(to.switch_to(&first).unwrap(), Some(7));
    assert_eq!(to.open_current().unwrap().manifest().counts.placed, 1);
    assert_eq!(to.switch_to("unknown").unwrap(), None);
    let damaged = |name: &str, bytes: &mut Vec<u8>| {
        if name == "records.cards" {
            bytes[0] ^= 1;
        }
    };
    assert!(matches!(
        carry(&from, &to, 9, damaged),
        Err(OpenError::Damaged { .. })
    ));
    let names = fs::read_dir(folders[1].path().join("generations")).unwrap();
    assert_eq!(names.count(), 2, "what was refused is gone");
    assert_eq!(to.current().unwrap(), 7);
    fs::write(folders[1].path().join("generations/0000008/records.cards"), "x").unwrap();
    let second = fingerprint(&Outgoing::current(&from).unwrap().manifest);
    assert_eq!(to.switch_to(&second).unwrap(), None, "it is damaged here");
}

#[test]
fn rollback_goes_back_one_and_no_further_than_there_is() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(folder.path());
    publish(&store, &["a"]);
    publish(&store, &["a", "b"]);
    assert_eq!(store.rollback().unwrap(), 1);
    assert_eq!(store.open_current().unwrap().manifest().counts.placed, 1);
    assert!(matches!(store.rollback(), Err(StoreError::NothingBefore(1))));
    assert_eq!(publish(&store, &["c"]), 3);
}

#[test]
fn rollback_does_not_lead_to_what_was_gone_back_from() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(folder.path());
    let names = || {
        let entries = fs::read_dir(folder.path().join("generations")).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    publish(&store, &["a"]);
    publish(&store, &["bad"]);
    let open = store.open_current().unwrap();
    assert_eq!(store.rollback().unwrap(), 1);
    assert_eq!(publish(&store, &["a", "b"]), 3);
    assert_eq!(store.generations().unwrap(), [1, 3]);
    // It is open, so it is there; but it has no number.
    assert_eq!(names(), [".removed-0000002", "0000001", "0000003"]);
    drop(open);
    assert_eq!(store.rollback().unwrap(), 1, "and not 2");
    // Numbers are not used twice, and what nobody has open any more goes.
    assert_eq!(publish(&store, &["a", "b", "c"]), 4);
    assert_eq!(names(), ["0000001", "0000004"]);
    assert_eq!(store.rollback().unwrap(), 1);
}

#[test]
fn what_comes_in_takes_the_place_of_what_was_gone_back_from() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let [from, to] = folders.each_ref().map(|folder| Store::new(folder.path()));
    for (sequence, id) in [(1, "a"), (2, "bad")] {
        publish(&from, &[id]);
        assert_eq!(carry(&from, &to, sequence, |_, _| ()).unwrap(), sequence);
    }
    assert_eq!(to.rollback().unwrap(), 1);
    publish(&from, &["b"]);
    assert_eq!(carry(&from, &to, 3, |_, _| ()).unwrap(), 3);
    assert_eq!(to.rollback().unwrap(), 1);
}

#[test]
fn a_build_that_stops_leaves_the_old_index_in_use() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(folder.path());
    publish(&store, &["a"]);
    let mut build = Build::start(&store).unwrap();
    build.add(&Document::from(&offering("b"))).unwrap();
    assert!(matches!(
        Build::start(&store),
        Err(BuildError::Store(StoreError::Locked(_)))
    ));
    drop(build);
    assert_eq!(store.open_current().unwrap().manifest().counts.placed, 1);
    // What a killed process leaves behind.
    fs::create_dir_all(folder.path().join("generations/.building/text")).unwrap();
    fs::write(folder.path().join("generations/.building/spill"), "half").unwrap();
    fs::write(folder.path().join("CURRENT.new"), "9").unwrap();
    assert_eq!(store.open_current().unwrap().number(), 1);
    assert_eq!(publish(&store, &["a", "b"]), 2);
}

#[test]
fn a_flipped_byte_in_any_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(folder.path());
    publish(&store, &["a", "b", "c"]);
    let files = files_below(&folder.path().join("generations/0000001"));
    assert!(files.len() > 10);
    for file in files {
        let good = fs::read(&file).unwrap();
        if good.is_empty() {
            continue;
        }
        let mut bad = good.clone();
        let middle = bad.len() / 2;
        bad[middle] ^= 0x10;
        fs::write(&file, bad).unwrap();
        assert!(store.open_current().is_err(), "{} was accepted", file.display());
        fs::write(&file, &good[..good.len() - 1]).unwrap();
        assert!(
            store.open_current().is_err(),
            "{} was accepted when cut",
            file.display()
        );
        fs::write(&file, good).unwrap();
    }
    assert!(store.open_current().is_ok());
}

#[test]
fn another_format_version_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(folder.path());
    publish(&store, &["a"]);
    let manifest = folder.path().join("generations/0000001/manifest.json");
    let right = fs::read_to_string(&manifest).unwrap();
    let own = format!("\"format\": {FORMAT}");
    for (format, advice) in [
        (FORMAT - 1, "; build the index again"),
        (
            FORMAT + 1,
            "; install the version of nabij that wrote it, or build the index again with this one",
        ),
    ] {
        let other = right.replacen(&own, &format!("\"format\": {format}"), 1);
        fs::write(&manifest, other).unwrap();
        let error = store.open_current().unwrap_err().to_string();
        let says = format!("is in format {format}, this program reads format {FORMAT}{advice}");
        assert!(error.ends_with(&says), "{error}");
    }
}

#[test]
fn an_offering_that_is_nowhere_is_kept_and_never_found_by_place() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(folder.path());
    let mut nowhere = offering("nowhere");
    nowhere.place = None;
    let mut build = Build::start(&store).unwrap();
    build.add(&Document::from(&nowhere)).unwrap();
    build.publish("test", 0, Vec::new(), |_| {}).unwrap();
    let index = store.open_current().unwrap();
    assert!(index.find("nowhere").unwrap().is_some());
    let query = nabij_engine::Query {
        limit: 10,
        total: true,
        ..nabij_engine::Query::default()
    };
    let hits = index.search(&query).unwrap();
    assert_eq!((hits.total, hits.area_wide_total), (Some(0), 0));
}
