//! The whole way of an offering: from a file to a published index and its report.

use std::path::Path;

use nabij_atlas::Atlas;
use nabij_engine::Store;
use nabij_indexer::{Guard, Job, Source, index};
use nabij_language::Lexicon;

use super::{
    Target, beginning,
    bundle::{joined, members},
    files::Scratch,
    sources::{mapping, today},
};

const NAMES: [&str; 5] = [
    "data/sample/offerings.jsonl",
    "data/sample/formats/aanbod.csv",
    "data/sample/formats/agenda.ics",
    "data/sample/formats/cursussen.jsonld",
    "data/sample/gids/producten.xml",
];

fn named(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Every row of every source ends in the index or in the report, and what was published opens.
pub(crate) fn whole_way() -> Target {
    let (atlas, lexicon) = (Atlas::shipped().unwrap(), Lexicon::shipped().unwrap());
    let alone = |path: &&str| (named(path).to_owned(), beginning(path));
    let mut seeds: Vec<Vec<u8>> = NAMES.iter().map(|path| joined(&[alone(path)])).collect();
    seeds.push(joined(&NAMES.iter().skip(1).map(alone).collect::<Vec<_>>()));
    let words = [
        "<b>",
        "&amp;lt;",
        "\u{202e}",
        "\u{0}",
        "Straße",
        "ǅ",
        "0031",
        "Mo-Su 24/7",
        "pc4:1000-9999",
        "{",
        "<",
    ];
    let scratch = NAMES.map(|path| Scratch::new(named(path)));
    let folder = tempfile::tempdir().unwrap();
    Target::new(seeds, &words, move |input| {
        let known = |name: &str| NAMES.iter().position(|path| named(path) == name);
        let written = members(input);
        let written = written
            .iter()
            .filter_map(|(name, content)| Some((name, scratch[known(name)?].write(content))));
        let open = |(name, path): (&String, &Path)| {
            let mut source = Source::open(path).ok()?;
            source.mapping = mapping(name);
            Some(source)
        };
        let sources: Vec<Source> = written.filter_map(open).collect();
        if sources.is_empty() {
            return;
        }
        let store = Store::new(folder.path().join("index"));
        let job = Job {
            atlas: &atlas,
            lexicon: &lexicon,
            sources: &sources,
            guard: Guard {
                rejected: 1.0,
                gone: 1.0,
            },
            now: 1_795_000_000,
            today: today(),
        };
        let (report, outcome) = index(&job, &store, |_| {});
        if outcome.is_ok() {
            let opened = store.open_current().unwrap();
            assert_eq!(opened.manifest().counts.offerings() as u64, report.indexed);
        }
    })
}
