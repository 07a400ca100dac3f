//! What people set in files: mappings of columns, and profiles of libraries with their logos.

use std::fs;

use nabij_atlas::Atlas;
use nabij_indexer::Mapping;
use nabij_profile::{LogoKind, Profiles};

use super::{Target, beginning, files::Scratch, sources::read};

/// Mappings, and a small table that is read by them.
pub(crate) fn mappings() -> Target {
    let seeds = [
        "data/sample/formats/tabel.toml",
        "data/sample/formats/punten.toml",
        "data/mappings/duo-schools.toml",
    ];
    let words = [
        "[fields]",
        "[values.kind]",
        "[separators]",
        "= \"\"",
        "title",
        "\"\"\"",
        "[[",
        "{",
        "1979-05-27",
    ];
    let (settings, rows) = (Scratch::new("mapping.toml"), Scratch::new("rijen.csv"));
    rows.write("naam,soort,postcode\nTaalcafé,Buurtkamer,3011AD\n");
    Target::new(seeds.map(beginning), &words, move |input| {
        match Mapping::read(settings.write(input)) {
            Ok(mapping) => read(&rows.folder().join("rijen.csv"), Some(mapping)),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    })
}

/// Profiles: each is in use, or it is said why not and where.
pub(crate) fn profiles() -> Target {
    let atlas = Atlas::shipped().unwrap();
    let seeds = [
        "profiles/gorinchem.toml",
        "profiles/amsterdam-taal.toml",
        "profiles/landelijk.toml",
    ];
    let words = [
        "[region]",
        "municipalities",
        "circle",
        "radius_km = 1e300",
        "based_on = \"fuzz\"",
        "polygon",
        "[[",
        "{",
        "accent = \"#",
        "hosts = [\"",
        "[texts.ar]",
        "pinned = [",
        "9999-12-31",
    ];
    let scratch = Scratch::new("fuzz.toml");
    fs::copy(
        super::project("profiles/gorinchem.svg"),
        scratch.folder().join("gorinchem.svg"),
    )
    .unwrap();
    Target::new(seeds.map(beginning), &words, move |input| {
        scratch.write(input);
        let (profiles, findings) = Profiles::load(scratch.folder(), &atlas, &Profiles::default()).unwrap();
        assert!(
            profiles.len() == 1 || !findings.is_empty(),
            "refused without a word"
        );
        for finding in findings {
            assert!(finding.line >= 1 && !finding.to_string().is_empty());
        }
    })
}

/// What a logo must not hold once it is served, whatever was sent.
const NEVER: [&str; 6] = [
    "<script",
    "<foreignobject",
    "javascript:",
    "data:",
    "<!entity",
    "@import",
];

/// Logos: refused, or cleaned to something harmless that is cleaned to itself.
pub(crate) fn logos() -> Target {
    let atlas = Atlas::shipped().unwrap();
    let seeds = [
        beginning("profiles/gorinchem.svg"),
        b"<?xml version=\"1.0\"?><!DOCTYPE svg><svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"x\"><metadata><a:b/></metadata>\
          <defs><linearGradient id=\"g\"><stop offset=\"0\"/></linearGradient></defs><style>.a{fill:url(#g)}</style>\
          <g class=\"a\" style=\"fill:#fff\"><use xlink:href=\"#g\"/><text>a &amp; b &#65;</text></g></svg>"
            .to_vec(),
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x09\0\0\0\x09\x08\x06\0\0\0".to_vec(),
    ];
    let words = [
        "<svg",
        "</svg>",
        "<g ",
        "/>",
        "<style>",
        "<script>",
        "<![CDATA[",
        "<!--",
        "-->",
        "<!DOCTYPE",
        "[",
        "&#x",
        "&lt;",
        "&quot;",
        "href=\"",
        "xlink:href",
        "onload=\"",
        "url(",
        "data:",
        "javascript:",
        "style=\"",
        "@import",
        "xmlns=\"",
        "\\",
        "<metadata>",
    ];
    let scratch = Scratch::new("logo.svg");
    fs::write(
        scratch.folder().join("fuzz.toml"),
        "name = \"Fuzz\"\nnational = \"all\"\n[look]\nlogo = \"logo.svg\"\n",
    )
    .unwrap();
    let clean = move |bytes: &[u8]| {
        scratch.write(bytes);
        let (profiles, findings) = Profiles::load(scratch.folder(), &atlas, &Profiles::default()).unwrap();
        let logo = profiles.get("fuzz").and_then(|profile| profile.look.logo.clone());
        assert!(logo.is_some() || !findings.is_empty(), "refused without a word");
        logo
    };
    Target::new(seeds, &words, move |input| {
        let Some(logo) = clean(input) else { return };
        if logo.kind == LogoKind::Svg {
            let lower = String::from_utf8(logo.bytes.clone())
                .unwrap()
                .to_ascii_lowercase();
            // In words that are drawn, anything may stand.
            let drawn = lower.contains("<text")
                || lower.contains("<tspan")
                || lower.contains("<title")
                || lower.contains("<desc");
            for word in NEVER {
                assert!(drawn || !lower.contains(word), "`{word}` is served");
            }
        }
        assert_eq!(
            clean(&logo.bytes).map(|again| again.bytes.clone()),
            Some(logo.bytes.clone()),
            "cleaned again, it changes"
        );
    })
}
