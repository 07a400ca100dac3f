//! Two publishers and a replica around a folder, with their steps interleaved as an unlucky moment would.

#![expect(clippy::unwrap_used, reason = "a test that cannot be made ready has failed")]

use std::num::NonZero;

use nabij_engine::{Build, Document, KEPT_GENERATIONS, Store};
use nabij_offering::{Draft, Field};
use nabij_replication::{Publication, PublishError, PullError, Pulled, Replica, Storage};

const KEEP: NonZero<usize> = KEPT_GENERATIONS;

/// A store with one generation, of offerings with these identifiers.
fn store(folder: &tempfile::TempDir, ids: &[&str]) -> Store {
    let store = Store::new(folder.path());
    let mut build = Build::start(&store).unwrap();
    for id in ids {
        let mut draft = Draft::default();
        for (field, value) in [
            (Field::Id, *id),
            (Field::Title, "Taalcafé"),
            (Field::Kind, "informal"),
            (Field::Place, "Sneek"),
        ] {
            draft.set(field, value);
        }
        build
            .add(&Document::from(&draft.check().offering.unwrap()))
            .unwrap();
    }
    build.publish("test", 0, Vec::new(), |_| {}).unwrap();
    store
}

fn folders<const N: usize>() -> [tempfile::TempDir; N] {
    std::array::from_fn(|_| tempfile::tempdir().unwrap())
}

fn shelf(folder: &tempfile::TempDir) -> Storage {
    Storage::open(&format!("file://{}/shelf", folder.path().display())).unwrap()
}

#[tokio::test]
async fn the_slower_of_two_publishers_changes_nothing() {
    let [one, two, kept, place] = folders();
    let (one, two, storage) = (store(&one, &["a"]), store(&two, &["a", "b"]), shelf(&place));
    let slow = Publication::prepare(&storage, &one).await.unwrap();
    let fast = Publication::prepare(&storage, &two).await.unwrap();
    assert_eq!(fast.point(KEEP, 10).await.unwrap().sequence, 1);
    let error = slow.point(KEEP, 10).await.unwrap_err();
    assert!(matches!(error, PublishError::Overtaken(_)), "{error}");
    let kept = Store::new(kept.path());
    let mut replica = Replica::new(shelf(&place), kept.clone());
    assert!(matches!(replica.pull().await.unwrap(), Pulled::Fetched(1, _)));
    assert_eq!(kept.manifest().unwrap(), two.manifest().unwrap());
    assert_eq!(replica.pull().await.unwrap(), Pulled::Unchanged);

    let again = Publication::prepare(&storage, &one).await.unwrap();
    assert_eq!(again.point(KEEP, 20).await.unwrap().sequence, 2);
    assert!(matches!(replica.pull().await.unwrap(), Pulled::Fetched(2, _)));
    let back = Publication::prepare(&storage, &two).await.unwrap();
    assert_eq!(back.point(KEEP, 30).await.unwrap().sequence, 3);
    assert_eq!(replica.pull().await.unwrap(), Pulled::Switched(1));
    let same = Publication::prepare(&storage, &two)
        .await
        .unwrap()
        .point(KEEP, 40)
        .await
        .unwrap();
    assert_eq!((same.sequence, same.bytes), (3, 0));
}

#[tokio::test]
async fn what_was_interrupted_is_removed_once_it_is_old_and_what_is_kept_never() {
    let [one, two, three, place] = folders();
    let (one, two, three) = (store(&one, &["a"]), store(&two, &["b"]), store(&three, &["c"]));
    let storage = shelf(&place);
    // Prepared, and then the publisher was killed.
    drop(Publication::prepare(&storage, &one).await.unwrap());
    let generations = || {
        std::fs::read_dir(place.path().join("shelf/generations"))
            .unwrap()
            .count()
    };
    let written = std::fs::metadata(place.path().join("shelf/generations"))
        .unwrap()
        .modified();
    let now = written.unwrap().duration_since(std::time::UNIX_EPOCH).unwrap();
    let now = now.as_secs().cast_signed();
    let publish = async |store: &Store, now| {
        let publication = Publication::prepare(&storage, store).await.unwrap();
        publication
            .point(NonZero::<usize>::MIN, now)
            .await
            .unwrap()
            .removed
            .unwrap()
    };
    assert_eq!(publish(&two, now).await, 0, "somebody may still be bringing it");
    assert_eq!(generations(), 2);
    assert!(publish(&three, now + 7_200).await > 0);
    assert_eq!(generations(), 1);
}

#[tokio::test]
async fn a_folder_with_nothing_in_it_is_said() {
    let [kept, place] = folders();
    let mut replica = Replica::new(shelf(&place), Store::new(kept.path()));
    assert!(matches!(replica.pull().await, Err(PullError::Nothing(_))));
    assert!(
        !place.path().join("shelf").exists(),
        "a replica writes nothing to the storage"
    );
}
