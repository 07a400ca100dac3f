//! An index of generated offerings.

use nabij_atlas::Atlas;
use nabij_engine::{Build, Document, Index, Store};
use nabij_offering::{Offering, Place, Precision};

/// So many generated offerings, each made a document, in an index that goes with its folder.
pub(crate) fn index(
    atlas: &Atlas,
    size: usize,
    document: impl Fn(&Offering) -> Document,
) -> (tempfile::TempDir, Index) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = Store::new(folder.path());
    let mut build = Build::start(&store).expect("an empty store");
    for draft in nabij_sample::drafts(atlas, 1).take(size) {
        let mut offering = draft.check().offering.expect("examples are valid");
        if let (None, Some(postcode)) = (offering.place, offering.postcode) {
            let location = atlas.resolve(postcode).expect("examples have known postcodes");
            offering.place = Some(Place {
                position: location.position,
                precision: Precision::Pc4,
            });
        }
        build.add(&document(&offering)).expect("space on the disk");
    }
    build
        .publish("bench", 0, Vec::new(), |_| {})
        .expect("space on the disk");
    let index = store.open_current().expect("what was just published");
    (folder, index)
}
