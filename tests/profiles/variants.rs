//! The pages of a library: its look, its words, its addresses, its frame.

use super::{ORIGIN, ask, licence, server};

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
