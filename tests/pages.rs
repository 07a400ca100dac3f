//! The pages over real HTTP: what they say without a browser. What they look like is tested in `web/test/browser`.

use std::path::Path;

use crate::{
    harness::{Server, index},
    serving::sample_server,
};

/// The values of an attribute that begin with something.
fn attributes<'a>(page: &'a str, name: &str, begin: &str) -> Vec<&'a str> {
    let opening = format!("{name}=\"");
    page.split(&opening)
        .skip(1)
        .filter_map(|part| part.split('"').next())
        .filter(|value| value.starts_with(begin))
        .collect()
}

#[test]
fn a_resident_finds_a_numbered_list_in_words_of_his_own() {
    let (_folder, server) = sample_server();
    let (status, kind, start) = server.get("/");
    assert_eq!((status, kind.as_str()), (200, "text/html; charset=utf-8"));
    assert!(start.contains("Wat is je postcode?"));
    let (_, _, page) = server.get("/zoek?postcode=3011+ad");
    assert!(page.contains("plekken bij 3011 AD") && page.contains("<ol") && page.contains("Voorbeeld."));
    for policy in ["nonformal", "non-formeel", "informeel", "doelgroep", "intake"] {
        let shown = page.replace("value=\"nonformal\"", "");
        assert!(!shown.contains(policy), "a resident reads {policy}");
    }
    let link = attributes(&page, "href", "/plek/")[0].replace("&amp;", "&");
    let (status, _, detail) = server.get(&link);
    assert!(status == 200 && detail.contains("Hoe begin je"), "{detail}");
    let (status, _, wrong) = server.get("/zoek?postcode=3011+S");
    assert!(status == 400 && wrong.contains("Dit is geen postcode.") && wrong.contains("aria-invalid"));
    assert!(server.get("/zoek?postcode=den+haag").2.contains("bij Den Haag"));
}

#[test]
fn html_in_data_and_in_questions_is_shown_and_not_run() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.jsonl");
    let row = r#"{"id":"x/<y>","title":"Taal<script>alert(1)</script>","kind":"informal","postcode":"3011AD","description":"a\"><img src=x onerror=alert(1)>","organisation":"</script><script>alert(2)</script>"}"#;
    std::fs::write(&file, row).unwrap();
    let out = folder.path().join("index");
    assert!(index(&out, &[&file], &[]).status.success());
    let server = Server::start(&out);
    for path in [
        "/zoek?postcode=3011",
        "/plek/x%2F%3Cy%3E",
        "/plek/x%2F%3Cy%3E/kaartje",
        "/lijst?list=x%2F%3Cy%3E",
        "/zoek?postcode=%3Cscript%3Ealert(3)",
        "/zoek?postcode=3011&q=%22%3E%3Cscript%3Ealert(3)",
        "/plaats?begin=%22%3E%3Cscript%3Ealert(3)",
    ] {
        let (_, _, page) = server.get(path);
        assert!(
            !page.contains("<script>") && !page.contains("<img src=x"),
            "{page}"
        );
    }
}

#[test]
fn what_is_not_there_is_a_page_for_people_and_a_problem_for_programs() {
    let (_folder, server) = sample_server();
    for path in [
        "/er-is-niets",
        "/plek/geen",
        "/plek/geen/kaartje",
        "/plek/geen/agenda.ics",
        "/lijst/x",
    ] {
        let (status, kind, page) = server.get(path);
        assert_eq!(
            (status, kind.as_str()),
            (404, "text/html; charset=utf-8"),
            "{path}"
        );
        assert!(page.contains("Deze bladzijde is er niet"), "{path}");
    }
    assert_eq!(server.get("/v1/nothing").1, "application/problem+json");
}

#[test]
fn files_have_a_hash_in_their_address_and_may_be_kept_for_ever() {
    let (_folder, server) = sample_server();
    let (_, _, page) = server.get("/");
    let style = attributes(&page, "href", "/assets/style.")[0];
    assert_eq!(
        server.header(style, "cache-control"),
        "public, max-age=31536000, immutable"
    );
    assert_eq!(server.header(style, "content-type"), "text/css; charset=utf-8");
    for trick in [
        "/assets/style.css",
        "/assets/..%2fCargo.toml",
        "/assets/%2e%2e/%2e%2e/etc/passwd",
    ] {
        assert_eq!(server.get(trick).0, 404, "{trick}");
    }
    let policy = server.header("/", "content-security-policy");
    assert!(
        !policy.contains("unsafe") && policy.starts_with("default-src 'none'"),
        "{policy}"
    );
    assert_eq!(server.header("/", "set-cookie"), "");
}

#[test]
fn what_is_wrong_comes_in_the_queue_and_spam_does_not() {
    let (folder, first) = sample_server();
    assert_eq!(first.get("/plek/voorbeeld-0000001/meld").0, 404);
    assert!(!first.get("/plek/voorbeeld-0000001").2.contains("/meld"));
    let queue = folder.path().join("corrections");
    let server = Server::start_with(folder.path(), &["--corrections", queue.to_str().unwrap()]);
    let path = "/plek/voorbeeld-0000001/meld";
    assert!(server.get("/plek/voorbeeld-0000001").2.contains(path));
    let send = |form: &str, headers: &[(&str, &str)]| server.post(path, form, headers).0;
    assert_eq!(send("message=De+tijd+klopt+niet.&contact=06", &[]), 200);
    assert_eq!(send("message=", &[]), 400);
    assert_eq!(send(&format!("message={}", "x".repeat(1_001)), &[]), 400);
    assert_eq!(send(&format!("message={}", "x".repeat(20_000)), &[]), 413);
    // A program fills in what people do not see; another site sends its visitors.
    assert_eq!(send("message=buy&website=http://spam.example", &[]), 200);
    assert_eq!(
        send("message=elsewhere", &[("sec-fetch-site", "cross-site")]),
        200
    );
    assert_eq!(server.post("/plek/geen/meld", "message=x", &[]).0, 404);
    let files: Vec<_> = std::fs::read_dir(&queue)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert_eq!(files.len(), 1);
    let lines = std::fs::read_to_string(&files[0]).unwrap();
    assert_eq!(lines.lines().count(), 1, "{lines}");
    let message: serde_json::Value = serde_json::from_str(&lines).unwrap();
    assert_eq!(message["message"], "De tijd klopt niet.");
    assert_eq!(message["offering"], "voorbeeld-0000001");
}

#[test]
fn links_on_paper_have_the_address_that_the_operator_set() {
    let (folder, _) = sample_server();
    let server = Server::start_with(folder.path(), &["--public-url", "https://nabij.example/"]);
    let (_, _, card) = server.get("/plek/voorbeeld-0000001/kaartje");
    assert!(card.contains("nabij.example/p/"), "{card}");
    assert!(card.contains("<svg xmlns"), "{card}");
}

#[test]
fn a_short_link_from_paper_leads_to_the_place_and_several_to_the_list() {
    let (_folder, server) = sample_server();
    let code = |id: &str| {
        let (_, _, card) = server.get(&format!("/plek/{id}/kaartje"));
        let typed = card.split("/p/").nth(1).unwrap();
        typed.split('<').next().unwrap().to_owned()
    };
    let (first, second) = (code("voorbeeld-0000001"), code("voorbeeld-0000002"));
    assert!(first.len() == 7 && first != second, "{first}");
    let title = "<title>";
    for typed in [
        first.clone(),
        first.to_uppercase(),
        format!("{}-{}", &first[..3], &first[3..]),
    ] {
        let (status, _, page) = server.get(&format!("/p/{typed}"));
        assert_eq!(status, 200, "{typed}");
        assert_eq!(
            page.split(title).nth(1).unwrap().lines().next(),
            server
                .get("/plek/voorbeeld-0000001")
                .2
                .split(title)
                .nth(1)
                .unwrap()
                .lines()
                .next()
        );
    }
    assert!(
        server
            .get(&format!("/p/{first}?lang=tr"))
            .2
            .contains("lang=\"tr\"")
    );
    let (_, _, list) = server.get("/lijst?list=voorbeeld-0000001&list=voorbeeld-0000002");
    assert!(list.contains(&format!("/p/{first}.{second}<")), "{list}");
    let (status, _, list) = server.get(&format!("/p/{first}.{second}"));
    assert_eq!((status, list.matches("<article>").count()), (200, 2));
    for wrong in ["0000000", "x", "%2e%2e", "a.b.c", "%F0%9F%92%A9"] {
        assert_eq!(server.get(&format!("/p/{wrong}")).0, 404, "{wrong}");
    }
}

#[test]
fn a_place_shows_its_hours_by_the_day() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.jsonl");
    let row = |id: &str, hours: &str| {
        format!(
            r#"{{"id":"{id}","title":"Taal","kind":"informal","postcode":"3011AD","opening_hours":"{hours}"}}"#
        )
    };
    let rows = [
        row("a", "Mo 10:00-12:00,13:00-15:30"),
        row("b", "Mo[1] 10:00-12:00"),
    ];
    std::fs::write(&file, rows.join("\n")).unwrap();
    let out = folder.path().join("index");
    assert!(index(&out, &[&file], &[]).status.success());
    let server = Server::start(&out);
    let page = server.get("/plek/a").2.replace('\u{a0}', " ");
    let table = page
        .split("<table")
        .nth(1)
        .unwrap()
        .split("</table>")
        .next()
        .unwrap();
    assert_eq!(
        (table.matches("<tr>").count(), table.matches("Dicht").count()),
        (7, 6)
    );
    assert!(
        table.contains("Maandag") && table.contains("13.00–15.30 uur"),
        "{table}"
    );
    assert!(
        !server.get("/plek/b").2.contains("<table"),
        "not every week is alike"
    );
}

#[test]
fn what_serves_everyone_is_read_page_after_page() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.jsonl");
    let rows = (1..=23).map(|n| {
        format!(r#"{{"id":"w{n:02}","title":"Overal {n}","kind":"informal","service_area":["national"]}}"#)
    });
    let near = r#"{"id":"near","title":"Dichtbij","kind":"informal","postcode":"3011AD"}"#.to_owned();
    std::fs::write(&file, rows.chain([near]).collect::<Vec<_>>().join("\n")).unwrap();
    let out = folder.path().join("index");
    assert!(index(&out, &[&file], &[]).status.success());
    let server = Server::start(&out);
    let mut address = "/zoek?postcode=3011".to_owned();
    let mut seen = Vec::new();
    for page_number in 1..=3 {
        let (_, _, page) = server.get(&address);
        assert!(
            page.contains("Dichtbij"),
            "what is near stays on page {page_number}"
        );
        let on_page = attributes(&page, "href", "/plek/w").len();
        assert_eq!(on_page, if page_number < 3 { 10 } else { 3 });
        seen.extend(
            attributes(&page, "href", "/plek/w")
                .into_iter()
                .map(|link| link[6..9].to_owned()),
        );
        let next = attributes(&page, "href", "/zoek")
            .into_iter()
            .find(|link| link.contains(&format!("wide={}#", page_number + 1)));
        assert_eq!(next.is_some(), page_number < 3);
        let next = next.unwrap_or_default().replace("&#38;", "&");
        address = next.split('#').next().unwrap().to_owned();
    }
    seen.dedup();
    assert_eq!(seen.len(), 23);
    assert_eq!(server.get("/zoek?postcode=3011&wide=99").0, 200);
}

#[test]
fn the_list_is_numbered_once() {
    let (_folder, server) = sample_server();
    let (_, _, page) = server.get("/zoek?postcode=3011&page=2");
    assert!(page.contains(r#"<ol class="results" start="11">"#), "{page}");
    assert!(page.contains(r#"<h3 data-number="11"><a"#), "{page}");
    let (_, _, list) = server.get("/lijst?list=voorbeeld-0000001");
    assert!(list.contains(r#"<h2 data-number="1"><a"#), "{list}");
}

#[test]
fn files_are_sent_packed_as_they_were_built() {
    let (_folder, server) = sample_server();
    let (_, _, page) = server.get("/");
    let style = attributes(&page, "href", "/assets/style.")[0];
    assert_eq!(server.header(style, "content-encoding"), "");
    let (headers, packed) = server.fetch(style, &[("accept-encoding", "gzip, br")]);
    assert_eq!(
        (headers["content-encoding"].as_str(), headers["vary"].as_str()),
        ("br", "accept-encoding")
    );
    let (headers, _) = server.fetch(style, &[("accept-encoding", "gzip, br;q=0")]);
    // Nobody else is sent brotli.
    assert_ne!(headers.get("content-encoding").map(String::as_str), Some("br"));
    let plain = server.get(style).2;
    assert!(
        packed.len() * 3 < plain.len(),
        "{} of {}",
        packed.len(),
        plain.len()
    );
    let mut unpacked = Vec::new();
    std::io::Read::read_to_end(&mut brotli::Decompressor::new(&packed[..], 4_096), &mut unpacked).unwrap();
    assert_eq!(unpacked, plain.as_bytes());
}

#[test]
fn a_calendar_holds_the_next_times() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.jsonl");
    let row = r#"{"id":"a","title":"Taal; les, \"A\"","kind":"informal","postcode":"3011AD","dates":["2126-12-02T10:00/12:00","2020-01-01"]}"#;
    std::fs::write(&file, row).unwrap();
    let out = folder.path().join("index");
    assert!(index(&out, &[&file], &[]).status.success());
    let server = Server::start(&out);
    // A hundred years ahead is not next: no calendar is offered, and an empty one is given.
    assert!(!server.get("/plek/a").2.contains("agenda.ics"));
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample/offerings.jsonl");
    assert!(index(&out, &[&sample], &[]).status.success());
    let server = Server::start(&out);
    let (status, kind, calendar) = server.get("/plek/voorbeeld-0000001/agenda.ics");
    assert_eq!((status, kind.as_str()), (200, "text/calendar; charset=utf-8"));
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 10, "{calendar}");
    assert!(calendar.lines().all(|line| line.len() <= 75), "{calendar}");
}

#[test]
fn a_drawn_map_is_an_image_without_a_script() {
    let (_folder, server) = sample_server();
    for path in ["/kaart.svg?postcode=3011AD", "/plek/voorbeeld-0000001/kaart.svg"] {
        let (status, kind, map) = server.get(path);
        assert_eq!((status, kind.as_str()), (200, "image/svg+xml"), "{path}");
        assert!(map.starts_with("<svg") && !map.contains("script"), "{map}");
    }
    assert_eq!(server.get("/kaart.svg?postcode=nergens").0, 404);
    let (_, _, sea) = server.get("/kaart.svg?postcode=2586");
    assert!(sea.contains("<path d=\"M") && sea.contains("CBS"), "{sea}");
    let (_, kind, outline) = server.get("/omtrek.txt");
    assert!(
        kind.starts_with("text/plain") && outline.starts_with('5'),
        "{outline}"
    );
}
