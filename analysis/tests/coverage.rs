//! Every figure of a coverage, by hand: all distances between all postcodes and all offerings.

use std::{collections::BTreeMap, num::NonZero};

use nabij_analysis::{
    Population,
    coverage::{
        AccessChange, Coverage, Origin, Reach, RegionLevel, Selection, Summary, by_pc4, changes, gaps,
        regions,
    },
};
use nabij_atlas::{Atlas, distance_m};
use nabij_engine::{Build, Document, Index, Store};
use nabij_offering::{Feature, Kind, Offering, Place, Precision, Theme};

/// Every eleventh postcode, so that a comparison with all offerings is quick.
const STEP: usize = 11;

/// Made-up offerings with the places that the indexer would give them, from the `skipped`th on.
fn offerings(atlas: &Atlas, skipped: usize, count: usize) -> Vec<Offering> {
    let placed = nabij_sample::drafts(atlas, 3)
        .skip(skipped)
        .take(count)
        .map(|draft| {
            let mut offering = draft.check().offering.unwrap();
            if let (None, Some(postcode)) = (offering.place, offering.postcode) {
                offering.place = Some(Place {
                    position: atlas.resolve(postcode).unwrap().position,
                    precision: Precision::Pc4,
                });
            }
            offering
        });
    placed.collect()
}

fn index(offerings: &[Offering]) -> (tempfile::TempDir, Index) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(folder.path());
    let mut build = Build::start(&store).unwrap();
    for offering in offerings {
        build.add(&Document::from(offering)).unwrap();
    }
    build.publish("test", 0, Vec::new(), |_| {}).unwrap();
    let index = store.open_current().unwrap();
    (folder, index)
}

/// Made-up inhabitants: some postcodes have none, some are not in the file.
fn population(atlas: &Atlas) -> Population {
    let rows = atlas.postcodes().enumerate().filter(|(at, _)| at % 7 > 0);
    let rows = rows.map(|(at, area)| format!("{},{}\n", area.pc4, (at % 13) * 100));
    let text: String = std::iter::once("postcode,inhabitants\n".to_owned())
        .chain(rows)
        .collect();
    Population::read(text.as_bytes()).unwrap().population
}

fn measure(index: &Index, origins: &[Origin], radius_m: f64) -> Coverage {
    let threads = NonZero::new(2).unwrap();
    Coverage::measure(index, origins.to_vec(), Selection::every(), radius_m, threads)
}

fn by_hand(offerings: &[Offering], origin: &Origin, selection: Selection, radius_m: f64) -> Reach {
    let belongs = |offering: &&Offering| {
        selection.kind.is_none_or(|kind| kind == offering.kind)
            && selection
                .theme
                .is_none_or(|theme| offering.themes.contains(theme))
    };
    let with_distance = |offering: &Offering| {
        // As exact as the index keeps it: a ten-millionth of a degree.
        let position = offering.place?.position;
        let whole = |degrees: f64| (degrees * 1e7).round() / 1e7;
        let position = nabij_offering::Position::new(whole(position.lat()), whole(position.lon())).ok()?;
        Some((distance_m(origin.position, position), offering.features()))
    };
    let mut all: Vec<_> = offerings
        .iter()
        .filter(belongs)
        .filter_map(with_distance)
        .collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let within = all.iter().filter(|(distance, _)| *distance <= radius_m);
    let count = |holds: &dyn Fn(nabij_offering::FeatureSet) -> bool| {
        u32::try_from(within.clone().filter(|(_, features)| holds(*features)).count()).unwrap()
    };
    Reach {
        nearest_m: [0, 2, 4].map(|at| all.get(at).map(|(distance, _)| *distance)),
        within: count(&|_| true),
        free: count(&|features| features.contains(Feature::Free)),
        evening_or_weekend: count(&|features| {
            features.contains(Feature::Evening) || features.contains(Feature::Weekend)
        }),
    }
}

/// The postcodes, 700 offerings, their index and coverage.
struct Case {
    offerings: Vec<Offering>,
    index: Index,
    origins: Vec<Origin>,
    coverage: Coverage,
    _folder: tempfile::TempDir,
}

const RADIUS_M: f64 = 8_000.0;

impl Case {
    fn new() -> Self {
        let atlas = Atlas::shipped().unwrap();
        let offerings = offerings(&atlas, 0, 700);
        let (folder, index) = index(&offerings);
        let origins: Vec<Origin> = by_pc4(&atlas, Some(&population(&atlas)))
            .into_iter()
            .step_by(STEP)
            .collect();
        Self {
            coverage: measure(&index, &origins, RADIUS_M),
            offerings,
            index,
            origins,
            _folder: folder,
        }
    }
}

#[test]
fn every_figure_is_that_of_all_distances() {
    let case = Case::new();
    assert_eq!(
        case.coverage.selections.len(),
        (Theme::ALL.len() + 1) * (Kind::ALL.len() + 1)
    );
    let mut met = 0;
    for (origin, selection, reach) in case.coverage.rows() {
        let expected = by_hand(&case.offerings, origin, selection, RADIUS_M);
        assert_eq!(*reach, expected, "{} {selection}", origin.postcode);
        met += 1;
    }
    assert_eq!(met, case.origins.len() * case.coverage.selections.len());
    assert!(case.coverage.totals.iter().any(|total| *total > 0));
}

#[test]
fn summaries_regions_and_gaps_add_up() {
    let case = Case::new();
    for at in [0, 7, 31] {
        let (summary, reaches) = (
            Summary::new(&case.coverage, at),
            case.coverage.of(at).collect::<Vec<_>>(),
        );
        let weight = |holds: &dyn Fn(&Reach) -> bool| -> f64 {
            reaches
                .iter()
                .filter(|(_, reach)| holds(reach))
                .map(|(origin, _)| origin.weight)
                .sum()
        };
        let near =
            |km: f64| move |reach: &Reach| reach.nearest_m[0].is_none_or(|metres| metres > km * 1_000.0);
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-6 * b.abs().max(1.0), "{a} {b}");
        close(summary.weight, weight(&|_| true));
        close(summary.weight_without, weight(&|reach| reach.within == 0));
        close(summary.further[2], weight(&near(5.0)));
        // The Gini coefficient as half the mean difference between two people, relative to the mean.
        let pairs = |value: &dyn Fn(f64, f64) -> f64| -> f64 {
            let each = reaches.iter().flat_map(|(a, x)| {
                reaches
                    .iter()
                    .map(move |(b, y)| a.weight * b.weight * value(f64::from(x.within), f64::from(y.within)))
            });
            each.sum()
        };
        let mean_twice = pairs(&|x, y| x + y);
        if mean_twice > 0.0 {
            close(summary.gini.unwrap(), pairs(&|x, y| (x - y).abs()) / mean_twice);
        }
        for level in [RegionLevel::Municipality, RegionLevel::Province] {
            let rows = regions(&case.coverage, at, level);
            close(rows.iter().map(|row| row.weight).sum(), summary.weight);
            close(
                rows.iter().map(|row| row.weight_without).sum(),
                summary.weight_without,
            );
            assert_eq!(
                rows.iter().map(|row| row.postcodes).sum::<usize>(),
                case.origins.len()
            );
        }
        let all = gaps(&case.coverage, at, usize::MAX);
        close(
            all.iter().map(|gap| gap.origin.weight).sum(),
            summary.weight_without,
        );
        assert!(all.is_sorted_by(|a, b| a.origin.weight >= b.origin.weight));
    }
}

#[test]
fn the_parquet_file_holds_every_row() {
    use parquet::{file::reader::SerializedFileReader, record::RowAccessor};
    let case = Case::new();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("coverage.parquet");
    case.coverage
        .parquet(fs_err::File::create(&path).unwrap())
        .unwrap();
    let file = fs_err::File::open(&path).unwrap().into_file();
    let mut read = 0;
    let rows = SerializedFileReader::new(file).unwrap().into_iter();
    for (row, (origin, selection, reach)) in rows.zip(case.coverage.rows()) {
        let row = row.unwrap();
        assert_eq!(row.get_string(0).unwrap(), &origin.postcode.to_string());
        assert_eq!(row.get_string(7).unwrap(), selection.theme_name());
        assert_eq!(
            (row.get_double(6).ok(), row.get_double(9).ok()),
            (origin.inhabitants, reach.nearest_m[0])
        );
        assert_eq!(row.get_int(12).unwrap(), i32::try_from(reach.within).unwrap());
        read += 1;
    }
    assert_eq!(read, case.coverage.rows().count());
}

#[test]
fn an_index_without_offerings_covers_nobody() {
    let atlas = Atlas::shipped().unwrap();
    let (_folder, index) = index(&[]);
    let coverage = measure(&index, &by_pc4(&atlas, None)[..50], 5_000.0);
    let summary = Summary::new(&coverage, 0);
    assert_eq!(
        (summary.postcodes_without, summary.gini, summary.median_nearest_m),
        (50, None, None)
    );
    assert!((summary.percent_without() - 100.0).abs() < 1e-9);
}

#[test]
fn what_opened_closed_and_moved_is_told_with_who_gained_and_lost() {
    let atlas = Atlas::shipped().unwrap();
    let case = Case::new();
    // The first hundred closed, a hundred others opened, one moved.
    let mut now = offerings(&atlas, 100, 700);
    let moved = now.iter().position(|offering| offering.place.is_some()).unwrap();
    now[moved].place = Some(Place {
        position: nabij_offering::Position::new(51.44, 3.57).unwrap(),
        precision: Precision::Point,
    });
    let (_folder, index) = index(&now);
    let found = changes(&case.index, &index, &[Selection::default()]);
    assert_eq!(
        (found.opened.len(), found.closed.len(), found.moved.len()),
        (100, 100, 1)
    );
    assert_eq!(found.moved[0].now.id, now[moved].id);
    let language = [Selection {
        theme: Some(Theme::Language),
        kind: None,
    }];
    let only = changes(&case.index, &index, &language);
    assert!(
        only.opened.len() < 100
            && only
                .opened
                .iter()
                .all(|listed| listed.themes.contains(&Theme::Language))
    );

    let after = measure(&index, &case.origins, RADIUS_M);
    let mut expected: BTreeMap<&str, f64> = BTreeMap::new();
    for ((origin, then), (_, reach)) in case.coverage.of(0).zip(after.of(0)) {
        if then.within == 0 && reach.within > 0 {
            *expected.entry("gained").or_default() += origin.weight;
        }
        if then.within > 0 && reach.within == 0 {
            *expected.entry("lost").or_default() += origin.weight;
        }
    }
    let change = AccessChange::new(&case.coverage, &after, 0);
    assert!(
        (change.gained - expected["gained"]).abs() < 1e-6 && (change.lost - expected["lost"]).abs() < 1e-6
    );
    let mut csv = Vec::new();
    AccessChange::csv(&case.coverage, &after, &mut csv).unwrap();
    assert!(csv.len() > 100);
}
