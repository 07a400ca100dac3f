use std::sync::LazyLock;

use fs_err as fs;
use nabij_atlas::{Atlas, Postcode};

use super::*;
use crate::{Blank, blank};

static ATLAS: LazyLock<Atlas> = LazyLock::new(|| Atlas::shipped().unwrap());

const LICENCE: &str = "[licence]\nkey_sha256 = \"addb0f5e7826c857d7376d1bd9bc33c0c544790a2eac96144a8af22b1298c940\"\nfrom = 2026-01-01\nuntil = 2026-12-31\n";

/// A folder with files in it.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn load(folder: &tempfile::TempDir, before: &Profiles) -> (Profiles, Vec<String>) {
    let (profiles, findings) = Profiles::load(folder.path(), &ATLAS, before).unwrap();
    let path = format!("{}/", folder.path().display());
    let shown = |finding: &Finding| finding.to_string().replace(&path, "");
    (profiles, findings.iter().map(shown).collect())
}

/// What is said of one profile that is wrong.
fn refused(text: &str) -> Vec<String> {
    let folder = folder(&[
        ("x.toml", text),
        (
            "script.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\">\n<script>alert(1)</script></svg>",
        ),
        ("point.geojson", r#"{"type":"Point","coordinates":[5,52]}"#),
    ]);
    let (profiles, findings) = load(&folder, &Profiles::default());
    assert!(profiles.get("x").is_none(), "{text} is a profile");
    findings
}

#[test]
fn a_new_profile_works_as_it_is() {
    let made = Blank {
        municipality: "den bosch",
        name: None,
        origin: Some("https://www.bibliotheek.nl"),
        key: "geheim",
        period: ("2026-01-01".parse().unwrap(), "2026-12-31".parse().unwrap()),
    };
    let (id, text) = blank(&ATLAS, &made).unwrap();
    assert_eq!(id, "s-hertogenbosch");
    assert!(!text.contains("geheim"));
    let (profiles, findings) = load(&folder(&[(&format!("{id}.toml"), &text)]), &Profiles::default());
    assert_eq!(findings, [""; 0]);
    let profile = profiles.get(&id).unwrap();
    assert_eq!(profile.name, "Bibliotheek 's-Hertogenbosch");
    assert!(profile.licence.as_ref().unwrap().key.admits(b"geheim"));
    assert!(profile.allows("https://www.bibliotheek.nl"));
    let at = |postcode: &str| ATLAS.resolve(postcode.parse::<Postcode>().unwrap()).unwrap();
    for (postcode, served) in [("5211", true), ("3011", false)] {
        let location = at(postcode);
        assert_eq!(
            profile.serves(location.pc4, location.position),
            served,
            "{postcode}"
        );
    }
}

#[test]
fn every_mistake_is_said_with_its_line() {
    for (text, said) in [
        ("name = \"x", "x.toml, line 1: invalid basic string"),
        ("nam = \"x\"", "x.toml, line 1: unknown field `nam`"),
        ("languages = [\"nl\"]", "x.toml, line 1: `name`: is missing"),
        ("name = \"\"", "x.toml, line 1: `name`: is empty"),
        ("name = \"a\\nb\"", "x.toml, line 1: `name`: must be one line"),
        (
            "name = \"x\"\nlanguages = [\"nl\", \"de\"]",
            "x.toml, line 2: `languages`: `de` is not one of nl",
        ),
        (
            "name = \"x\"\norigins = [\n\"*\"]",
            "x.toml, line 3: `origins`: `*` a star would let everybody in",
        ),
        (
            "name = \"x\"\norigins = [\"https://*.x.nl\"]",
            "x.toml, line 2: `origins`: `https://*.x.nl` a star",
        ),
        (
            "name = \"x\"\norigins = [\"http://x.nl\"]",
            "x.toml, line 2: `origins`: `http://x.nl` is not on https",
        ),
        (
            "name = \"x\"\nhosts = [\"x.nl\"]",
            "x.toml, line 2: `hosts`: with a host name of its own, set `national`",
        ),
        (
            "name = \"x\"\nkinds = [\"les\"]",
            "x.toml, line 2: `kinds`: `les` is refused",
        ),
        (
            "name = \"x\"\npinned = [\"a\"]\nblocked = [\"b\", \"a\"]",
            "x.toml, line 2: `pinned`: `a` is blocked as well",
        ),
        (
            "name = \"x\"\npinned = [\"a\",\n\"a\"]",
            "x.toml, line 3: `pinned`: `a` stands here twice",
        ),
        ("name = \"x\"\n[region]\n", "x.toml, line 2: `region`: is empty"),
        (
            "name = \"x\"\n[region]\nmunicipalities = [\n  \"Gorinchem\",\n  \"Gorkum aan Zee\"]",
            "x.toml, line 5: `region.municipalities`: `Gorkum aan Zee` is not a Dutch municipality",
        ),
        (
            "name = \"x\"\n[region]\npc4 = [\"4209-4200\"]",
            "x.toml, line 3: `region.pc4`: `4209-4200` is refused",
        ),
        (
            "name = \"x\"\n[region]\npc4 = [\"1001\"]",
            "x.toml, line 3: `region.pc4`: `1001` holds no postcode",
        ),
        (
            "name = \"x\"\n[region]\ncircle = { postcode = \"1001\", radius_km = 5 }",
            "x.toml, line 3: `region.circle.postcode`: no Dutch address",
        ),
        (
            "name = \"x\"\n[region]\ncircle = { postcode = \"4201\", radius_km = 0 }",
            "x.toml, line 3: `region.circle.radius_km`: must be from",
        ),
        (
            "name = \"x\"\n[region]\npolygon = \"../x\"",
            "x.toml, line 3: `region.polygon`: must lie beside",
        ),
        (
            "name = \"x\"\n[region]\npolygon = \"point.geojson\"",
            "`region.polygon`: point.geojson holds a Point",
        ),
        (
            "name = \"x\"\n[defaults]\nradius_km = 7",
            "x.toml, line 3: `defaults.radius_km`: is not one of 1, 2",
        ),
        (
            "name = \"x\"\nthemes = [\"language\"]\n[defaults]\nthemes = [\"money\"]",
            "x.toml, line 4: `defaults.themes`: `money` is not among `themes`",
        ),
        (
            "name = \"x\"\n[look]\naccent = \"blue\"",
            "x.toml, line 3: `look.accent`: is not a colour",
        ),
        (
            "name = \"x\"\n[look]\naccent = \"#8ab4f8\"",
            "x.toml, line 3: `look.accent`: #8ab4f8 has a contrast of 2.1",
        ),
        (
            "name = \"x\"\n[look]\nink = \"#f0f0f0\"",
            "x.toml, line 3: `look.ink`: #f0f0f0 has a contrast of 1.1",
        ),
        (
            "name = \"x\"\n[look]\npaper = \"#000000\"",
            "x.toml, line 3: `look.paper`: #000000 has a contrast of",
        ),
        (
            "name = \"x\"\n[look]\nfont = \"Comic Sans\"",
            "x.toml, line 3: `look.font`: end with one of",
        ),
        (
            "name = \"x\"\n[look]\nlogo = \"geen.svg\"",
            "x.toml, line 3: `look.logo`: cannot be read",
        ),
        (
            "name = \"x\"\n[look]\nlogo = \"script.svg\"",
            "`look.logo`: script.svg cannot be read as SVG, line 2: the element `script`",
        ),
        (
            "name = \"x\"\n[texts.de]\ntitle = \"a\"",
            "x.toml, line 2: `texts`: `de` is not one of",
        ),
        (
            "name = \"x\"\n[texts.nl]\nkop = \"a\"",
            "x.toml, line 3: unknown field `kop`",
        ),
        (
            "name = \"x\"\n[contact]\nphone = \"bel ons\"",
            "x.toml, line 3: `contact.phone`: is not a telephone number",
        ),
        (
            "name = \"x\"\n[contact]\nemail = \"bieb\"",
            "x.toml, line 3: `contact.email`: is not an e-mail address",
        ),
        (
            "name = \"x\"\n[licence]\nkey_sha256 = \"geheim\"\nfrom = 2026-01-01\nuntil = 2026-01-02",
            "x.toml, line 3: `licence.key_sha256`: is not a SHA-256",
        ),
        (
            &format!("name = \"x\"\n{}", LICENCE.replace("2026-12-31", "2025-12-31")),
            "x.toml, line 5: `licence.until`: lies before `from`",
        ),
        (
            &format!(
                "name = \"x\"\n{}",
                LICENCE.replace("2026-12-31", "2026-12-31T10:00:00")
            ),
            "x.toml, line 5: `licence.until`: is not a day",
        ),
        (
            &format!("name = \"x\"\n{LICENCE}requests_per_minute = 0"),
            "x.toml, line 6: `licence.requests_per_minute`: must be from 1",
        ),
        (
            "based_on = \"y\"",
            "x.toml, line 1: `based_on`: there is no profile `y`",
        ),
        (
            "based_on = \"x\"",
            "x.toml, line 1: `based_on`: goes in a circle: x → x",
        ),
    ] {
        let findings = refused(text);
        assert!(
            findings.iter().any(|finding| finding.contains(said)),
            "{text}: {findings:?}"
        );
    }
}

#[test]
fn a_profile_says_of_itself_what_its_base_does_not() {
    let base = format!(
        "name = \"Netwerk\"\nlanguages = [\"nl\", \"ar\"]\nblocked = [\"a\"]\n[look]\naccent = \"#7a1f3d\"\n{LICENCE}"
    );
    let folder = folder(&[
        ("netwerk.toml", &base),
        (
            "branch.toml",
            "based_on = \"netwerk\"\nname = \"Filiaal\"\n[look]\nink = \"#000000\"\n",
        ),
    ]);
    let (profiles, findings) = load(&folder, &Profiles::default());
    let branch = profiles.get("branch").unwrap();
    assert_eq!((branch.name.as_str(), branch.languages.len()), ("Filiaal", 2));
    assert_eq!(
        (
            branch.look.accent.to_string().as_str(),
            branch.look.ink.to_string().as_str()
        ),
        ("#7a1f3d", "#000000")
    );
    assert!(branch.licence.is_some() && branch.blocked == ["a"]);
    assert_eq!(
        findings,
        ["netwerk.toml, line 6: `origins`: are missing: no website may show the widget"]
    );
    fs::write(folder.path().join("netwerk.toml"), base.replace("Netwerk", "Net")).unwrap();
    let (later, _) = load(&folder, &profiles);
    assert_ne!(later.get("branch").unwrap().version, branch.version);
}

#[test]
fn profiles_that_are_based_on_each_other_in_a_circle_are_refused() {
    let folder = folder(&[
        ("a.toml", "name = \"A\"\nbased_on = \"b\""),
        ("b.toml", "name = \"B\"\nbased_on = \"c\""),
        ("c.toml", "name = \"C\"\nbased_on = \"a\""),
        ("d.toml", "name = \"D\"\nbased_on = \"a\""),
        ("e.toml", "name = \"E\""),
    ]);
    let (profiles, findings) = load(&folder, &Profiles::default());
    assert_eq!(
        profiles
            .iter()
            .map(|profile| profile.id.as_str())
            .collect::<Vec<_>>(),
        ["e"]
    );
    assert!(
        findings.contains(&"c.toml, line 2: `based_on`: goes in a circle: a → b → c → a".to_owned()),
        "{findings:?}"
    );
    assert!(
        findings.contains(&"d.toml, line 2: `based_on`: `a` is wrong itself".to_owned()),
        "{findings:?}"
    );
}

#[test]
fn the_last_good_profile_stays_while_its_file_is_wrong() {
    let folder = folder(&[("x.toml", "name = \"Goed\""), ("y.toml", "name = \"Ander\"")]);
    let (first, _) = load(&folder, &Profiles::default());
    let changed = |text: &str| {
        let before = signature(folder.path()).unwrap();
        fs::write(folder.path().join("x.toml"), text).unwrap();
        assert_ne!(signature(folder.path()).unwrap(), before);
    };
    changed("name = \"Fout\"\norigins = [\"*\"]");
    let (second, findings) = load(&folder, &first);
    assert_eq!(findings.len(), 1);
    assert_eq!(second.get("x").unwrap().name, "Goed");
    assert_eq!(second.version(), first.version());
    changed("name = \"Beter\"");
    let (third, findings) = load(&folder, &second);
    assert_eq!(
        (third.get("x").unwrap().name.as_str(), findings.len()),
        ("Beter", 0)
    );
    fs::remove_file(folder.path().join("x.toml")).unwrap();
    assert!(load(&folder, &third).0.get("x").is_none());
}

#[test]
fn a_host_name_stays_with_who_had_it() {
    let claim = |name: &str| {
        format!("name = \"{name}\"\nnational = \"https://nabij.example\"\nhosts = [\"zoek.bieb.nl\"]")
    };
    let folder = folder(&[("b.toml", &claim("B"))]);
    let (first, _) = load(&folder, &Profiles::default());
    assert_eq!(first.at_host("Zoek.Bieb.nl:443").unwrap().id, "b");
    fs::write(folder.path().join("a.toml"), claim("A")).unwrap();
    let (second, findings) = load(&folder, &first);
    assert_eq!(second.at_host("zoek.bieb.nl").unwrap().id, "b");
    assert_eq!(
        findings,
        ["a.toml, line 3: `hosts`: `zoek.bieb.nl` is the host name of `b` already, and stays so"]
    );
    assert!(second.get("a").is_some());
}

#[test]
fn regions_that_overlap_are_one_region_and_ten_thousand_ids_can_be_blocked() {
    let ids: Vec<String> = (0..10_000).map(|id| format!("\"{id}\"")).collect();
    let text = format!(
        "name = \"x\"\nblocked = [{}]\n[region]\nmunicipalities = [\"Den Bosch\", \"'s-Hertogenbosch\"]\npc4 = [\"5211-5220\", \"5215\"]",
        ids.join(", ")
    );
    let (profiles, findings) = load(&folder(&[("x.toml", &text)]), &Profiles::default());
    assert_eq!(profiles.get("x").unwrap().blocked.len(), 10_000);
    assert_eq!(
        findings,
        [
            "x.toml, line 4: `region.municipalities`: ``s-Hertogenbosch` stands here by two names"
                .replace("``", "`'"),
            "x.toml, line 5: `region.pc4`: `5215` overlaps `5211-5220`".to_owned(),
        ]
    );
}

#[test]
fn a_file_name_that_is_no_identifier_is_said() {
    let (profiles, findings) = load(
        &folder(&[("Mijn bieb.toml", "name = \"x\"")]),
        &Profiles::default(),
    );
    assert!(
        profiles.is_empty() && findings[0].starts_with("Mijn bieb.toml, line 1: the name of the file"),
        "{findings:?}"
    );
}
