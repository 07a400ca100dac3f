//! Generated offerings and queries, made to meet: few words, few ids, points that coincide, poles and antimeridian.

use nabij_atlas::{Atlas, Territory, TerritoryPart};
use nabij_engine::{Area, BoundingBox, Criteria, Facets, Query, Region, Sort};
use nabij_offering::{
    Draft, Feature, FeatureSet, Field, Kind, KindSet, Offering, Pc4, Place, Position, Precision, Theme,
    ThemeSet,
};
use proptest::prelude::*;

const WORDS: [&str; 8] = [
    "taal",
    "taalcafé",
    "cursus",
    "computer",
    "koken",
    "de",
    "samen",
    "hulp",
];
const AREAS: [&str; 6] = [
    "national",
    "online",
    "telephone",
    "province:Zeeland",
    "municipality:Veere",
    "pc4:4351-4364|telephone",
];

pub(crate) fn position() -> impl Strategy<Value = Position> {
    let near = (52.0..52.1_f64, 4.9..5.1_f64);
    let country = (51.0..53.5_f64, 3.4..7.1_f64);
    let earth = (-90.0..=90.0_f64, -180.0..=180.0_f64);
    let special = prop::sample::select(vec![
        (52.05, 5.0),
        (52.0501, 5.0001),
        (90.0, 0.0),
        (-90.0, 17.0),
        (89.9999, -120.0),
        (0.0, 180.0),
        (0.0, -180.0),
        (0.001, -179.999),
        (-0.001, 179.999),
        (52.05, -180.0),
    ]);
    prop_oneof![6 => near, 2 => country, 2 => earth, 3 => special].prop_map(|(lat, lon)| {
        let whole = |degrees: f64| (degrees * 1e7).round() / 1e7;
        Position::new(whole(lat), whole(lon)).unwrap()
    })
}

/// A word that many of [`offerings`] have.
pub(crate) fn word() -> impl Strategy<Value = &'static str> {
    prop::sample::select(WORDS.to_vec())
}

fn text(words: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(WORDS.to_vec()), words).prop_map(|words| words.join(" "))
}

fn themes() -> impl Strategy<Value = Vec<Theme>> {
    prop::collection::vec(prop::sample::select(Theme::ALL.to_vec()), 0..3)
}

/// Mostly none, and of those that [`offerings`] have.
fn features() -> impl Strategy<Value = FeatureSet> {
    let one = prop::sample::select(vec![Feature::Free, Feature::WalkIn]);
    prop::collection::vec(one, 0..2).prop_map(|features| features.into_iter().collect())
}

fn kind() -> impl Strategy<Value = Kind> {
    prop::sample::select(Kind::ALL.to_vec())
}

/// What an offering is made from: title, description, kind, themes, a position or the areas it serves, features, postcode.
type Parts = (
    String,
    String,
    Kind,
    Vec<Theme>,
    Result<Position, &'static str>,
    FeatureSet,
    &'static str,
);

/// Up to `most` offerings with ids in no particular order.
pub(crate) fn offerings(most: usize) -> impl Strategy<Value = Vec<Offering>> {
    let place =
        prop_oneof![5 => position().prop_map(Ok), 1 => prop::sample::select(AREAS.to_vec()).prop_map(Err)];
    let postcode = prop::sample::select(vec!["", "4351", "3011 AD"]);
    let one = (
        text(1..4),
        text(0..8),
        kind(),
        themes(),
        place,
        features(),
        postcode,
    );
    prop::collection::vec(one, 0..most).prop_map(|all| {
        let count = all.len();
        let offering =
            |(at, (title, description, kind, themes, place, features, postcode)): (usize, Parts)| {
                let mut draft = Draft::default();
                draft.set(
                    Field::Id,
                    &format!("o{}", (at * 7_919 + 13) % count.max(1) + at * count),
                );
                draft.set(Field::Title, &title);
                draft.set(Field::Description, &description);
                draft.set(Field::Kind, kind.name());
                draft.set(Field::Postcode, postcode);
                draft.set_list(Field::Themes, themes);
                if features.contains(Feature::Free) {
                    draft.set(Field::Cost, "free");
                }
                if features.contains(Feature::WalkIn) {
                    draft.set(Field::Registration, "walk_in");
                }
                draft.set(Field::ServiceArea, place.err().unwrap_or("national"));
                let mut offering = draft.check().offering.unwrap();
                if let Ok(position) = place {
                    offering.place = Some(Place {
                        position,
                        precision: Precision::Point,
                    });
                }
                offering
            };
        all.into_iter().enumerate().map(offering).collect()
    })
}

fn area(origin: Position) -> impl Strategy<Value = Area> {
    let radius = prop_oneof![
        Just(0.0),
        0.0..50.0_f64,
        0.0..20_000.0_f64,
        0.0..400_000.0_f64,
        0.0..21_000_000.0_f64,
    ];
    prop_oneof![
        1 => Just(Area::Anywhere),
        4 => radius.prop_map(move |radius_m| Area::Circle { centre: origin, radius_m }),
        3 => (position(), position()).prop_map(|(a, b)| {
            let (south, north) = if a.lat() <= b.lat() { (a, b) } else { (b, a) };
            Area::Box(BoundingBox {
                south_west: Position::new(south.lat(), a.lon()).unwrap(),
                north_east: Position::new(north.lat(), b.lon()).unwrap(),
            })
        }),
    ]
}

fn region() -> impl Strategy<Value = Option<Region>> {
    prop::option::of(prop::sample::select(vec![
        Region {
            pc4: Pc4::new(4_360),
            municipality: Some("veere".into()),
            province: Some("Zeeland".into()),
        },
        Region {
            pc4: Pc4::new(3_011),
            municipality: Some("Rotterdam".into()),
            province: None,
        },
    ]))
}

pub(crate) fn query() -> impl Strategy<Value = Query> {
    let words = prop_oneof![3 => Just(String::new()), 4 => text(1..4), 1 => Just("nergens taal".to_owned())];
    let sort = prop::sample::select(vec![Sort::Distance, Sort::Relevance]);
    let kinds = prop::collection::vec(kind(), 0..2);
    let pages = (
        0..6_usize,
        prop_oneof![Just(0_usize), 1..30_usize],
        prop_oneof![2 => Just(0_usize), 1 => 1..6_usize],
    );
    (
        position().prop_flat_map(|origin| (Just(origin), area(origin))),
        words,
        sort,
        kinds,
        themes(),
        pages,
        region(),
        any::<bool>(),
        features(),
    )
        .prop_map(
            |(
                (origin, area),
                text,
                sort,
                kinds,
                themes,
                (offset, limit, area_wide_offset),
                region,
                located,
                features,
            )| Query {
                understood: None,
                loosely: false,
                half_distance_m: None,
                origin: located.then_some(origin),
                selection: None,
                area,
                region,
                text,
                kinds: kinds.into_iter().collect::<KindSet>(),
                themes: themes.into_iter().collect::<ThemeSet>(),
                features,
                sort,
                offset,
                limit,
                area_wide_offset,
                facets: Facets {
                    kind: true,
                    theme: true,
                    feature: true,
                },
                total: true,
            },
        )
}

/// What a profile may say, of offerings with some of these ids.
pub(crate) fn criteria(atlas: &Atlas, ids: &[String]) -> impl Strategy<Value = Criteria> + use<> {
    let part = |atlas: &Atlas, parts: &[&str]| {
        let parts: Vec<TerritoryPart> = parts.iter().map(|part| territory_part(part)).collect();
        Some(Territory::new(atlas, &parts))
    };
    let territories = vec![
        None,
        part(atlas, &["Veere"]),
        part(atlas, &["3011-3020"]),
        part(atlas, &["near"]),
        part(atlas, &["Rotterdam", "near", "4351"]),
    ];
    let some = |most| prop::collection::vec(prop::sample::select(ids.to_vec()), 0..most);
    (
        prop::sample::select(territories),
        prop::collection::vec(kind(), 0..3),
        themes(),
        some(4),
        some(20),
    )
        .prop_map(|(territory, kinds, themes, pinned, blocked)| Criteria {
            territory,
            kinds: kinds.into_iter().collect(),
            themes: themes.into_iter().collect(),
            pinned,
            blocked,
        })
}

/// A municipality, a range of postcodes, or a circle that holds many of the [`position`]s.
fn territory_part(part: &str) -> TerritoryPart {
    match part.parse() {
        Ok(range) => TerritoryPart::Pc4(range),
        Err(_) if part == "near" => TerritoryPart::Circle {
            centre: Position::new(52.05, 5.0).unwrap(),
            radius_m: 4_000.0,
        },
        Err(_) => TerritoryPart::Municipality(part.to_owned()),
    }
}
