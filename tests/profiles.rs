//! Profiles over real HTTP: what a library's pages and its widget may see, and who may ask.

use std::{fs, path::Path, time::Instant};

use serde_json::Value;

use crate::harness::{Folder, Server, index, nabij, text};

/// An origin that every example allows.
const ORIGIN: &str = "http://localhost:3000";
/// The key of every example.
const KEY: &str = "Bearer voorbeeld";

fn shipped(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A server of the sample with the examples and some other profiles.
fn server(others: &[(&str, &str)], extra: &[&str]) -> (Folder, Server) {
    let folder = Folder::new();
    assert!(
        index(&folder.out(), &[&shipped("data/sample/offerings.jsonl")], &[])
            .status
            .success()
    );
    let profiles = folder.path().join("profiles");
    fs::create_dir(&profiles).unwrap();
    for file in fs::read_dir(shipped("profiles")).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), profiles.join(file.file_name())).unwrap();
    }
    for (name, content) in others {
        fs::write(profiles.join(name), content).unwrap();
    }
    let mut arguments = vec!["--profiles", profiles.to_str().unwrap()];
    arguments.extend(extra);
    let server = Server::start_with(&folder.out(), &arguments);
    (folder, server)
}

/// A licence with the key of the examples.
fn licence(until: &str, a_minute: u32) -> String {
    let example = fs::read_to_string(shipped("profiles/landelijk.toml")).unwrap();
    let hash = example
        .lines()
        .find(|line| line.starts_with("key_sha256"))
        .unwrap();
    format!("[licence]\n{hash}\nfrom = 2020-01-01\nuntil = {until}\nrequests_per_minute = {a_minute}\n")
}

/// An answer with what the tests look at.
struct Answer {
    status: u16,
    headers: ureq::http::HeaderMap,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

fn ask(server: &Server, path: &str, headers: &[(&str, &str)]) -> Answer {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .build()
        .into();
    let mut request = agent.get(format!("{}{path}", server.base()));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut response = request.call().unwrap();
    Answer {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        body: response.body_mut().read_to_string().unwrap(),
    }
}

/// What a widget on the website of an example gets.
fn widget(server: &Server, path: &str) -> Answer {
    ask(server, path, &[("origin", ORIGIN)])
}

fn ids(answer: &Value) -> Vec<String> {
    let lists = [&answer["offerings"], &answer["area_wide"]];
    let offerings = lists.iter().flat_map(|list| list.as_array().unwrap());
    offerings
        .map(|offering| offering["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_widget_sees_its_profile_and_nothing_else() {
    let (_folder, server) = server(&[], &[]);
    let public = widget(&server, "/v1/profiles/gorinchem");
    assert_eq!(
        (public.status, public.header("access-control-allow-origin")),
        (200, ORIGIN)
    );
    assert!(
        public.header("vary").contains("origin"),
        "{}",
        public.header("vary")
    );
    assert_eq!(public.header("access-control-allow-credentials"), "");
    let public = public.json();
    assert_eq!(public["name"], "Bibliotheek Gorinchem");
    assert_eq!(public["theme"]["accent"], "#7a1f3d");
    assert_eq!(public["kinds"].as_array().unwrap().len(), 4);
    assert_eq!(public["contact"], serde_json::json!({ "phone": "0183 00 00 00" }));
    assert!(public["pages"].as_str().unwrap().ends_with("/v/gorinchem/"));
    let whole = public.to_string();
    for private in ["webredacteur", "web@", "licence", "key"] {
        assert!(!whole.contains(private), "{private} in {whole}");
    }
    // Amsterdam offers no money matters; all that is seen lies in its region, whatever is asked.
    for query in [
        "postcode=1011",
        "postcode=1011&theme=money",
        "postcode=3011&radius=200000",
        "bbox=3,50,8,54",
        "q=taal",
        "",
    ] {
        let answer = widget(
            &server,
            &format!("/v1/offerings?profile=amsterdam-taal&limit=100&{query}"),
        );
        assert_eq!(
            (answer.status, answer.header("access-control-allow-origin")),
            (200, ORIGIN)
        );
        for offering in answer.json()["offerings"].as_array().unwrap() {
            let themes = offering["themes"].to_string();
            assert!(
                ["language", "digital", "integration"]
                    .iter()
                    .any(|theme| themes.contains(theme)),
                "{offering}"
            );
            assert_ne!(offering["kind"], "formal");
            let postcode = offering["postcode"].as_str().unwrap_or_default();
            assert!(
                postcode.starts_with("10") || postcode.starts_with("11") || postcode.is_empty(),
                "{offering}"
            );
        }
    }
    let all = server.json("/v1/offerings?postcode=3011&limit=1&theme=money&kind=practical_help");
    let outside = all["offerings"][0]["id"].as_str().unwrap();
    assert_eq!(
        widget(
            &server,
            &format!("/v1/offerings/{outside}?profile=amsterdam-taal")
        )
        .status,
        404
    );
    assert_eq!(
        widget(&server, &format!("/v1/offerings/{outside}?profile=landelijk")).status,
        200
    );
}

#[test]
fn defaults_hold_for_who_chose_nothing_and_a_place_outside_is_said() {
    let (_folder, server) = server(&[], &[]);
    let near = widget(&server, "/v1/offerings?profile=gorinchem&postcode=4201&limit=100").json();
    let distances = near["offerings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|offering| offering["distance_m"].as_f64().unwrap());
    assert!(distances.clone().count() > 0 && distances.fold(0.0, f64::max) <= 5_000.0);
    assert_eq!(near["query"]["outside_region"], false);
    let far = widget(&server, "/v1/offerings?profile=gorinchem&postcode=9711").json();
    assert_eq!(
        (far["query"]["outside_region"].as_bool(), far["total"].as_u64()),
        (Some(true), Some(0))
    );
    // What is suggested can be found in what the profile offers.
    let typed = "/v1/suggestions?q=taal&postcode=9711";
    assert_ne!(server.json(typed)["words"], serde_json::json!([]));
    let within = widget(&server, &format!("{typed}&profile=gorinchem"));
    assert_eq!(
        (within.status, &within.json()["words"]),
        (200, &serde_json::json!([]))
    );
    let without = server.json("/v1/offerings?postcode=9711");
    assert!(without["query"].get("outside_region").is_none());
}

#[test]
fn pinned_comes_first_and_blocked_never() {
    let (folder, plain) = server(&[], &[]);
    let found = ids(&plain.json("/v1/offerings?postcode=4201&radius=20000&limit=100"));
    let (pinned, blocked) = (&found[9], &found[0]);
    let profile = format!(
        "name = \"x\"\norigins = [\"{ORIGIN}\"]\npinned = [\"{pinned}\", \"bestaat-niet\"]\nblocked = [\"{blocked}\"]\n{}",
        licence("2099-12-31", 1_000)
    );
    fs::write(folder.path().join("profiles/eigen.toml"), profile).unwrap();
    drop(plain);
    let server = Server::start_with(
        &folder.out(),
        &["--profiles", folder.path().join("profiles").to_str().unwrap()],
    );
    let own = widget(
        &server,
        "/v1/offerings?profile=eigen&postcode=4201&radius=20000&limit=100",
    )
    .json();
    let own = ids(&own);
    assert_eq!(own[0], *pinned);
    assert!(!own.contains(blocked) && own.len() >= found.len() - 1);
    assert_eq!(
        widget(&server, &format!("/v1/offerings/{blocked}?profile=eigen")).status,
        404
    );
    let page = server.get("/v/eigen/zoek?postcode=4201&within=25").2;
    assert!(
        page.contains(&format!("/v/eigen/plek/{pinned}")) && !page.contains(&format!("/plek/{blocked}?"))
    );
    assert_eq!(server.get(&format!("/v/eigen/plek/{blocked}")).0, 404);
    assert_eq!(server.get(&format!("/plek/{blocked}")).0, 200);
}

#[test]
#[expect(clippy::too_many_lines, reason = "one server, and all that it refuses")]
fn who_may_not_ask_is_told_why_and_where_the_national_site_is() {
    let profile = |licence: &str| {
        format!("name = \"x\"\nnational = \"https://nabij.example\"\norigins = [\"{ORIGIN}\"]\n{licence}")
    };
    let (_folder, server) = server(
        &[
            ("verlopen.toml", &profile(&licence("2020-12-31", 60))),
            (
                "later.toml",
                &profile(&licence("2099-12-31", 60).replace("2020-01-01", "2098-01-01")),
            ),
            ("zonder.toml", &profile("")),
            ("krap.toml", &profile(&licence("2099-12-31", 2))),
        ],
        &[],
    );
    let refused = |path: &str, headers: &[(&str, &str)], status: u16, name: &str| {
        let answer = ask(&server, path, headers);
        let problem = answer.json();
        assert_eq!(
            answer.header("content-type"),
            "application/problem+json",
            "{path}"
        );
        assert_eq!(
            (answer.status, problem["type"].as_str().unwrap()),
            (status, format!("/v1/problems/{name}").as_str()),
            "{path}"
        );
        assert!(
            !problem["detail"].as_str().unwrap().is_empty()
                && problem["national"].as_str().unwrap().starts_with("http")
        );
        assert_eq!(server.get(&format!("/v1/problems/{name}")).0, 200);
        answer
    };
    let ours = [("origin", ORIGIN)];
    let stranger = [("origin", "https://www.elders.example")];
    let expired = refused("/v1/profiles/verlopen", &ours, 403, "licence-expired");
    assert_eq!(
        expired.header("access-control-allow-origin"),
        ORIGIN,
        "the widget must be able to read why"
    );
    assert_eq!(expired.json()["national"], "https://nabij.example");
    refused(
        "/v1/offerings?profile=verlopen&postcode=3011",
        &ours,
        403,
        "licence-expired",
    );
    refused("/v1/offerings?profile=later", &ours, 403, "licence-not-yet");
    refused("/v1/offerings?profile=zonder", &ours, 403, "licence-missing");
    refused(
        "/v1/offerings?profile=bestaat-niet",
        &ours,
        404,
        "profile-unknown",
    );
    for path in [
        "/v1/offerings?profile=gorinchem",
        "/v1/profiles/gorinchem",
        "/v1/locations?q=gor&profile=gorinchem",
    ] {
        let answer = refused(path, &stranger, 403, "origin-not-allowed");
        assert_eq!(answer.header("access-control-allow-origin"), "");
    }
    refused("/v1/offerings?profile=gorinchem", &[], 401, "key-wrong");
    refused(
        "/v1/offerings?profile=gorinchem",
        &[("authorization", "Bearer fout")],
        401,
        "key-wrong",
    );
    refused(
        "/v1/offerings?profile=gorinchem",
        &[("origin", "null")],
        403,
        "origin-not-allowed",
    );
    let program = ask(
        &server,
        "/v1/offerings?profile=gorinchem",
        &[("authorization", KEY)],
    );
    assert_eq!(
        (program.status, program.header("access-control-allow-origin")),
        (200, "")
    );
    assert_eq!(
        ask(
            &server,
            "/v1/offerings?profile=gorinchem",
            &[("sec-fetch-site", "same-origin")]
        )
        .status,
        200
    );
    let budget: Vec<u16> = (0..4)
        .map(|_| widget(&server, "/v1/profiles/krap").status)
        .collect();
    assert_eq!(budget, [200, 200, 429, 429]);
    let spent = refused("/v1/offerings?profile=krap", &ours, 429, "budget-spent");
    assert!(spent.header("retry-after").parse::<u32>().is_ok());
    // A mistake in what is asked can be read as well.
    let mistake = widget(&server, "/v1/offerings?profile=gorinchem&postcode=12");
    assert_eq!(
        (mistake.status, mistake.header("access-control-allow-origin")),
        (400, ORIGIN)
    );
}

/// A copy that is known by its tag would be served without the licence being looked at.
#[test]
fn a_licence_that_ended_ends_copies_too() {
    let (folder, server) = server(
        &[(
            "eigen.toml",
            &format!(
                "name = \"x\"\norigins = [\"{ORIGIN}\"]\n{}",
                licence("2099-12-31", 60)
            ),
        )],
        &[],
    );
    let path = "/v1/offerings?profile=eigen";
    let tag = widget(&server, path).header("etag").to_owned();
    let again = ask(&server, path, &[("origin", ORIGIN), ("if-none-match", &tag)]);
    assert_eq!(
        (again.status, again.header("access-control-allow-origin")),
        (304, ORIGIN)
    );
    fs::write(
        folder.path().join("profiles/eigen.toml"),
        format!(
            "name = \"x\"\norigins = [\"{ORIGIN}\"]\n{}",
            licence("2021-01-01", 60)
        ),
    )
    .unwrap();
    let ended = wait_for(|| {
        let answer = ask(&server, path, &[("origin", ORIGIN), ("if-none-match", &tag)]);
        (answer.status == 403).then_some(answer)
    });
    assert!(ended.body.contains("licence-expired"));
}

/// The server looks at the folder every two seconds.
fn wait_for<T>(mut look: impl FnMut() -> Option<T>) -> T {
    for _ in 0..200 {
        if let Some(found) = look() {
            return found;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    panic!("it did not come in 20 seconds");
}

#[test]
fn a_variant_has_its_own_words_look_links_and_selection() {
    let (_folder, server) = server(&[], &[]);
    for path in ["/v/gorinchem", "/v/gorinchem/"] {
        let (status, _, start) = server.get(path);
        assert_eq!(status, 200);
        assert!(
            start.contains("<h1>Leren en hulp in Gorinchem</h1>") && start.contains("0183"),
            "{start}"
        );
        assert!(
            start.contains("action=\"/v/gorinchem/zoek\"")
                && start.contains("Een dienst van Bibliotheek Gorinchem.")
        );
        assert!(!start.contains("hreflang=\"fr\"") && start.contains("hreflang=\"ar\""));
    }
    let page = server.get("/v/gorinchem/zoek?postcode=4201").2;
    let links = page
        .split("href=\"/")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap());
    for link in links {
        assert!(
            ["v/gorinchem/", "assets/", "profielen/gorinchem/"]
                .iter()
                .any(|begin| link.starts_with(begin)),
            "{link}"
        );
    }
    let style = page
        .split("href=\"")
        .find_map(|rest| {
            rest.split('"')
                .next()
                .filter(|href| href.starts_with("/profielen/"))
        })
        .unwrap();
    let (status, kind, css) = server.get(style);
    assert_eq!((status, kind.as_str()), (200, "text/css; charset=utf-8"));
    assert!(
        css.contains("--accent: #7a1f3d;") && css.contains("font-family: \"Verdana\", sans-serif"),
        "{css}"
    );
    let logo = page
        .split("class=\"logo\" src=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let logo = ask(&server, logo, &[]);
    assert_eq!((logo.status, logo.header("content-type")), (200, "image/svg+xml"));
    assert!(logo.header("content-security-policy").contains("sandbox"));
    // In the national pages nothing changed.
    let national = server.get("/").2;
    assert!(national.contains("action=\"/zoek\"") && !national.contains("profielen"));
    assert_eq!(server.get("/v/bestaat-niet/").0, 404);
    assert_eq!(server.get("/v/gorinchem/bestaat-niet").0, 404);
    let arabic = server.get("/v/amsterdam-taal/?lang=ar").2;
    assert!(arabic.contains("dir=\"rtl\"") && arabic.contains("تعلّم الهولندية في أمستردام"));
    assert!(server.get("/v/amsterdam-taal/?lang=pl").2.contains("lang=\"nl\""));
}

#[test]
fn a_postcode_outside_the_region_leads_to_the_national_search() {
    let (_folder, server) = server(&[], &["--public-url", "https://nabij.example"]);
    let (status, _, page) = server.get("/v/gorinchem/zoek?postcode=9711&theme=language");
    assert_eq!(status, 200);
    assert!(
        page.contains("9711 ligt niet in het gebied van Bibliotheek Gorinchem"),
        "{page}"
    );
    assert!(
        page.contains("href=\"https://nabij.example/zoek?postcode=9711&#38;theme=language\""),
        "{page}"
    );
    // Just across the border of the municipality, within the circle.
    assert!(
        server
            .get("/v/gorinchem/zoek?postcode=4251")
            .2
            .contains("plekken bij 4251")
    );
}

#[test]
fn a_host_name_of_its_own_serves_the_variant_at_the_root() {
    let own = format!(
        "name = \"Bieb\"\nnational = \"https://nabij.example\"\nhosts = [\"zoek.bieb.example\"]\n[region]\nmunicipalities = [\"Gorinchem\"]\n{}",
        licence("2099-12-31", 60)
    );
    let (_folder, server) = server(&[("bieb.toml", &own)], &["--public-url", "https://nabij.example"]);
    let at = |path: &str| ask(&server, path, &[("host", "zoek.bieb.example")]);
    let start = at("/");
    assert!(
        start.body.contains("Bieb") && start.body.contains("action=\"/zoek\""),
        "{}",
        start.body
    );
    let page = at("/zoek?postcode=4201").body;
    assert!(page.contains("href=\"/plek/") && !page.contains("/v/bieb"));
    let id = page
        .split("href=\"/plek/")
        .nth(1)
        .unwrap()
        .split('?')
        .next()
        .unwrap()
        .to_owned();
    assert!(
        at(&format!("/plek/{id}/kaartje"))
            .body
            .contains("zoek.bieb.example/")
    );
    assert!(
        at("/zoek?postcode=9711")
            .body
            .contains("https://nabij.example/zoek?postcode=9711")
    );
    let style = page
        .split("href=\"/assets/")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    assert_eq!(at(&format!("/assets/{style}")).status, 200);
    assert!(
        !ask(&server, "/", &[("host", "nabij.example")])
            .body
            .contains("Bieb")
    );
}

#[test]
fn a_frame_may_be_shown_by_the_websites_of_the_profile_only() {
    let (_folder, server) = server(
        &[(
            "verlopen.toml",
            &format!(
                "name = \"Oud\"\norigins = [\"{ORIGIN}\"]\n{}",
                licence("2020-12-31", 60)
            ),
        )],
        &[],
    );
    let frame = ask(&server, "/v/gorinchem/inbed?postcode=4201", &[]);
    let policy = frame.header("content-security-policy");
    assert!(
        policy.ends_with("frame-ancestors https://www.bibliotheek-gorinchem.example http://localhost:3000"),
        "{policy}"
    );
    assert!(frame.body.contains("action=\"/v/gorinchem/inbed\"") && frame.body.contains("target=\"_blank\""));
    assert!(frame.body.contains("href=\"/v/gorinchem/plek/") && !frame.body.contains("<script"));
    assert!(
        ask(&server, "/v/gorinchem/", &[])
            .header("content-security-policy")
            .contains("frame-ancestors 'none'")
    );
    assert_eq!(server.get("/inbed").0, 404);
    assert!(
        server
            .get("/v/gorinchem/inbed?postcode=9711")
            .2
            .contains("ligt niet in het gebied")
    );
    let closed = ask(&server, "/v/verlopen/inbed", &[]);
    assert_eq!(closed.status, 403);
    assert!(
        closed.body.contains("De pagina van Oud is nu dicht")
            && closed.body.contains("De licentie is afgelopen")
    );
    assert!(closed.header("content-security-policy").contains(ORIGIN));
    assert_eq!(server.get("/v/verlopen/zoek?postcode=3011").0, 403);
}

#[test]
fn a_wrong_profile_is_refused_while_the_last_good_one_stays() {
    let good = format!("name = \"Goed\"\n{}", licence("2099-12-31", 60));
    let (folder, server) = server(&[("x.toml", &good), ("fout.toml", "name = 3")], &[]);
    let file = folder.path().join("profiles/x.toml");
    assert!(server.get("/v/x/").2.contains("Goed"));
    assert_eq!(server.get("/v/fout/").0, 404);
    fs::write(&file, good.replace("Goed", "Fout\\nFout")).unwrap();
    fs::write(
        folder.path().join("profiles/y.toml"),
        good.replace("Goed", "Nieuw"),
    )
    .unwrap();
    wait_for(|| server.get("/v/y/").2.contains("Nieuw").then_some(()));
    assert!(server.get("/v/x/").2.contains("Goed"));
    fs::write(&file, good.replace("Goed", "Beter")).unwrap();
    wait_for(|| server.get("/v/x/").2.contains("Beter").then_some(()));
    fs::remove_file(&file).unwrap();
    wait_for(|| (server.get("/v/x/").0 == 404).then_some(()));
}

#[test]
fn the_operator_sees_what_a_profile_selects_and_how_to_embed_it() {
    // The SHA-256 of `geheim`.
    let token = "addb0f5e7826c857d7376d1bd9bc33c0c544790a2eac96144a8af22b1298c940";
    let (_folder, server) = server(
        &[],
        &[
            "--operator-token-sha256",
            token,
            "--public-url",
            "https://nabij.example",
        ],
    );
    assert_eq!(ask(&server, "/beheer/profiel/gorinchem", &[]).status, 401);
    ask(
        &server,
        "/v1/offerings?profile=gorinchem",
        &[("origin", "https://www.elders.example")],
    );
    let page = ask(
        &server,
        "/beheer/profiel/gorinchem",
        &[("authorization", "Bearer geheim")],
    );
    assert_eq!((page.status, page.header("cache-control")), (200, "no-store"));
    for words in [
        "Bibliotheek Gorinchem",
        "De licentie geldt.",
        "Deze website staat niet in het profiel",
        "De webredacteur",
        "<svg",
        "https://nabij.example/widget/1/nabij-zoeker.js",
        "https://nabij.example/v/gorinchem/inbed",
        "/beheer/kwaliteit",
        "language",
    ] {
        assert!(page.body.contains(words), "{words} in {}", page.body);
    }
    assert!(!page.body.contains("key_sha256"));
    assert_eq!(
        ask(
            &server,
            "/beheer/profiel/bestaat-niet",
            &[("authorization", "Bearer geheim")]
        )
        .status,
        404
    );
}

#[test]
fn new_makes_a_profile_that_check_finds_good_and_preview_shows() {
    let folder = Folder::new();
    let profiles = folder.path().join("profiles");
    let profiles = profiles.to_str().unwrap();
    let made = nabij(&[
        "profile",
        "new",
        "--municipality",
        "gorinchem",
        "--profiles",
        profiles,
    ]);
    let said = text(&made.stdout);
    assert!(made.status.success() && said.contains("gorinchem.toml"), "{said}");
    let key = said
        .split("shown once: ")
        .nth(1)
        .unwrap()
        .split_whitespace()
        .next()
        .unwrap();
    assert!(
        key.len() == 48
            && !fs::read_to_string(format!("{profiles}/gorinchem.toml"))
                .unwrap()
                .contains(key)
    );
    let again = nabij(&[
        "profile",
        "new",
        "--municipality",
        "Gorinchem",
        "--profiles",
        profiles,
    ]);
    assert!(
        !again.status.success() && text(&again.stderr).contains("there already"),
        "{}",
        text(&again.stderr)
    );
    let unknown = nabij(&[
        "profile",
        "new",
        "--municipality",
        "Gorkum aan Zee",
        "--profiles",
        profiles,
    ]);
    assert!(text(&unknown.stderr).contains("`Gorkum aan Zee` is not a Dutch municipality"));
    let good = nabij(&["profile", "check", "--profiles", profiles]);
    assert!(
        good.status.success() && text(&good.stdout).contains("good: gorinchem, Bibliotheek Gorinchem"),
        "{}",
        text(&good.stdout)
    );
    assert!(
        index(&folder.out(), &[&shipped("data/sample/offerings.jsonl")], &[])
            .status
            .success()
    );
    let preview = nabij(&[
        "profile",
        "preview",
        "gorinchem",
        "--profiles",
        profiles,
        "--index",
        folder.out().to_str().unwrap(),
    ]);
    let said = text(&preview.stdout);
    assert!(
        preview.status.success() && said.contains("region: Gorinchem") && said.contains("kind informal"),
        "{said}"
    );
    fs::write(
        format!("{profiles}/fout.toml"),
        "name = \"x\"\n[look]\naccent = \"#ffff00\"\n",
    )
    .unwrap();
    let bad = nabij(&["profile", "check", "--profiles", profiles]);
    assert_eq!(bad.status.code(), Some(1));
    assert!(
        text(&bad.stdout).contains("fout.toml, line 3: `look.accent`: #ffff00 has a contrast of 1.07"),
        "{}",
        text(&bad.stdout)
    );
    let examples = nabij(&[
        "profile",
        "check",
        "--profiles",
        shipped("profiles").to_str().unwrap(),
    ]);
    assert!(examples.status.success(), "{}", text(&examples.stdout));
}

/// Prints how long a start with so many takes and what memory it uses; speed is measured elsewhere.
#[test]
fn five_hundred_profiles_are_served() {
    let towns = ["Gorinchem", "Rotterdam", "Groningen", "Maastricht", "Zwolle"];
    let others: Vec<(String, String)> = (0..500)
        .map(|at| {
            let town = towns[at % towns.len()];
            let text = format!(
                "name = \"Bibliotheek {at}\"\norigins = [\"{ORIGIN}\"]\n[region]\nmunicipalities = [\"{town}\"]\ncircle = {{ postcode = \"4201\", radius_km = {} }}\n{}",
                1 + at % 50,
                licence("2099-12-31", 60)
            );
            (format!("bieb-{at}.toml"), text)
        })
        .collect();
    let others: Vec<(&str, &str)> = others.iter().map(|(name, text)| (&**name, &**text)).collect();
    let (folder, first) = server(&others, &[]);
    drop(first);
    let profiles = folder.path().join("profiles");
    for count in [0, 500] {
        let extra = ["--profiles", profiles.to_str().unwrap()];
        let start = Instant::now();
        let server = Server::start_with(&folder.out(), if count == 0 { &[] } else { &extra });
        let started = start.elapsed();
        let before = server.resident_kb();
        let asked = Instant::now();
        for at in 0..count {
            let answer = widget(
                &server,
                &format!("/v1/offerings?profile=bieb-{at}&postcode=4201&limit=1"),
            );
            assert_eq!(
                (
                    answer.status,
                    answer.json()["total"].as_u64().is_some_and(|total| total > 0)
                ),
                (200, true)
            );
        }
        println!(
            "{count} profiles: started in {started:?} with {before} kB; all asked once in {:?}, then {} kB",
            asked.elapsed(),
            server.resident_kb()
        );
    }
}
