//! Who may ask for a profile, and what is said to who may not.

use std::fs;

use super::{KEY, ORIGIN, ask, licence, server, wait_for, widget};

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
