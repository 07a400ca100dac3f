//! An index with a bit of everything, and all that an index can be asked: for tests that care whether it survives, and what it
//! says before and after, not whether that is right.

use nabij_engine::{Area, BoundingBox, Build, Document, Facets, Index, Query, Region, Sort, Store};
use nabij_language::Lexicon;
use nabij_offering::{Draft, FeatureSet, Field, Kind, KindSet, Pc4, Position, ThemeSet};
use tempfile::TempDir;

const WORDS: [&str; 7] = ["taal", "taalcafé", "cursus", "computer", "koken", "samen", "hulp"];
const AREAS: [&str; 3] = ["national", "province:Zeeland", "pc4:4351-4364|telephone"];

/// A document like no other of `count`.
fn document(at: usize, count: usize, lexicon: &Lexicon) -> Document {
    let mut draft = Draft::default();
    let word = |step: usize| WORDS[at / step % WORDS.len()];
    draft.set(Field::Id, &format!("o{}", at * 7_919 % count));
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
pub(crate) fn answers(index: &Index) -> Vec<String> {
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
    for id in ["o1", "o77", "o259", "geen"] {
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

/// A folder with a published index of so many documents.
pub(crate) fn published(documents: usize) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut build = Build::start(&Store::new(folder.path())).unwrap();
    let lexicon = Lexicon::shipped().unwrap();
    for at in 0..documents {
        build.add(&document(at, documents, &lexicon)).unwrap();
    }
    build.publish("test", 0, Vec::new(), |_| {}).unwrap();
    folder
}
