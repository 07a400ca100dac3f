//! What every answer carries, who may read it, and TLS.

use std::{fs, path::Path, sync::Arc, thread::sleep, time::Duration};

use ureq::tls::{Certificate, RootCerts, TlsConfig};

use crate::{
    harness::Server,
    limits::{FORM, server},
    raw::Raw,
    web::Authority,
};

/// What every answer must carry.
const CARRIED: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("content-security-policy", "default-src 'none'; "),
    ("permissions-policy", "geolocation=(self), "),
];

#[test]
fn every_answer_carries_what_protects_errors_too() {
    let (_folder, server) = server(&[
        "--hsts",
        "31536000",
        "--requests-per-minute",
        "20",
        "--operator-token-sha256",
        &"0".repeat(64),
    ]);
    let get = |path: &str| format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n");
    let form = FORM.0.replace("Content-Length: 9", "Content-Length: 20000") + &"b".repeat(20_000);
    let known = Raw::open(&server).ask("/v1/offerings?postcode=3011");
    let tag = known.header("etag").unwrap();
    let mut seen = std::collections::BTreeSet::new();
    let requests = [
        get("/"),
        get("/zoek?postcode=3011"),
        get("/v1/offerings?postcode=3011"),
        get("/inbed"),
        get("/v1/offerings?postcode=x"),
        get("/nergens"),
        get("/v1/nergens"),
        get("/beheer/kwaliteit"),
        get("/v1/profiles/nobody"),
        get(&format!("/{}", "a".repeat(5_000))),
        format!("GET /v1/offerings?postcode=3011 HTTP/1.1\r\nHost: x\r\nIf-None-Match: {tag}\r\n\r\n"),
        "DELETE / HTTP/1.1\r\nHost: x\r\n\r\n".to_owned(),
        "OPTIONS /v1/offerings HTTP/1.1\r\nHost: x\r\n\r\n".to_owned(),
        form,
    ];
    for request in requests.into_iter().chain(std::iter::repeat_n(get("/"), 40)) {
        let mut raw = Raw::open(&server);
        raw.send(&request);
        let answer = raw.answer().unwrap();
        let line = request.lines().next().unwrap();
        for (name, begin) in CARRIED {
            let value = answer.header(name).unwrap_or_else(|| panic!("{line}: no {name}"));
            assert!(value.starts_with(begin), "{line}: {name}: {value}");
        }
        assert_eq!(
            answer.header("strict-transport-security"),
            Some("max-age=31536000")
        );
        assert_eq!(answer.header("x-request-id").map(str::len), Some(16), "{line}");
        assert_eq!(answer.header("set-cookie"), None);
        assert_eq!(answer.header("server"), None);
        seen.insert(answer.status);
    }
    for status in [200, 304, 400, 401, 404, 405, 413, 414, 429] {
        assert!(seen.contains(&status), "{status} is not among {seen:?}");
    }
}

#[test]
fn without_a_profile_no_other_website_may_read_an_answer() {
    let (_folder, server) = server(&[]);
    for path in [
        "/v1/offerings?postcode=3011",
        "/v1/locations?q=3011",
        "/zoek?postcode=3011",
        "/",
    ] {
        for method in ["GET", "OPTIONS"] {
            let mut raw = Raw::open(&server);
            raw.send(format!(
                "{method} {path} HTTP/1.1\r\nHost: x\r\nOrigin: https://evil.example\r\nAccess-Control-Request-Method: GET\r\n\r\n"
            ));
            let answer = raw.answer().unwrap();
            assert_eq!(
                answer.header("access-control-allow-origin"),
                None,
                "{method} {path}"
            );
            assert_eq!(
                answer.header("access-control-allow-credentials"),
                None,
                "{method} {path}"
            );
        }
    }
    assert_eq!(
        server.header("/", "strict-transport-security"),
        "",
        "off unless set"
    );
}

#[test]
fn the_page_of_the_operator_is_not_there_unless_set_and_opens_for_the_token_only() {
    let (_folder, off) = server(&[]);
    assert_eq!(off.get("/beheer/kwaliteit").0, 404);
    // The SHA-256 of `geheim`.
    let hash = "addb0f5e7826c857d7376d1bd9bc33c0c544790a2eac96144a8af22b1298c940";
    let (_folder, on) = server(&["--operator-token-sha256", hash]);
    let status = |authorization: &str| {
        let mut raw = Raw::open(&on);
        raw.send(format!(
            "GET /beheer/kwaliteit HTTP/1.1\r\nHost: x\r\n{authorization}\r\n"
        ));
        raw.answer().unwrap().status
    };
    assert_eq!(status("Authorization: Bearer geheim\r\n"), 200);
    for wrong in [
        "",
        "Authorization: Bearer geheim2\r\n",
        "Authorization: Bearer\r\n",
        "Cookie: token=geheim\r\n",
    ] {
        assert_eq!(status(wrong), 401, "{wrong}");
    }
    assert_eq!(
        status(&format!("Authorization: Bearer {hash}\r\n")),
        401,
        "the hash is no token"
    );
}

#[test]
fn an_identifier_is_taken_over_from_a_trusted_proxy_only() {
    let id = |server: &Server, id: &str| {
        let mut raw = Raw::open(server);
        raw.send(format!("GET / HTTP/1.1\r\nHost: x\r\nX-Request-Id: {id}\r\n\r\n"));
        raw.answer().unwrap().header("x-request-id").unwrap().to_owned()
    };
    let (_folder, trusting) = server(&["--trusted-proxies", "127.0.0.1"]);
    assert_eq!(id(&trusting, "abc-1.2_3"), "abc-1.2_3");
    for wrong in ["", "a b", "a\"b", "{x}", &"a".repeat(65)] {
        assert_ne!(id(&trusting, wrong), wrong, "{wrong}");
    }
    let (_folder, open) = server(&[]);
    assert_ne!(id(&open, "abc-1.2_3"), "abc-1.2_3");
    assert_ne!(id(&open, "x"), id(&open, "x"), "each has its own");
}

/// Writes a certificate for this machine and its key.
fn certify(authority: &Authority, certificate: &Path, key: &Path) {
    let (certified, pair) = authority.certify("localhost");
    fs::write(certificate, certified.pem()).unwrap();
    fs::write(key, pair.serialize_pem()).unwrap();
}

/// Whether a server is believed by who believes nobody but this authority.
fn vouches_for(authority: &Authority, server: &Server) -> bool {
    let root = Certificate::from_pem(authority.pem().as_bytes()).unwrap();
    let tls = TlsConfig::builder()
        .root_certs(RootCerts::Specific(Arc::new(vec![root])))
        .build();
    let agent: ureq::Agent = ureq::Agent::config_builder().tls_config(tls).build().into();
    let address = server.base().replace("127.0.0.1", "localhost");
    agent
        .get(format!("{address}/v1/offerings?postcode=3011"))
        .call()
        .is_ok()
}

#[test]
fn tls_takes_a_new_certificate_without_a_restart_and_keeps_the_old_one_from_a_broken_file() {
    let folder = tempfile::tempdir().unwrap();
    let (certificate, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
    let (old, new) = (Authority::new(), Authority::new());
    certify(&old, &certificate, &key);
    let tls = [
        "--tls-cert",
        certificate.to_str().unwrap(),
        "--tls-key",
        key.to_str().unwrap(),
    ];
    let (_index, server) = server(&tls);
    assert!(server.base().starts_with("https://"), "{}", server.base());
    assert!(vouches_for(&old, &server) && !vouches_for(&new, &server));
    let mut plain = Raw::open(&server);
    plain.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    assert!(
        !plain.rest().0.contains("HTTP/1.1"),
        "nothing is answered without TLS"
    );
    fs::write(&certificate, "-----BEGIN CERTIFICATE-----\nhalf").unwrap();
    // Longer than the server waits between two looks.
    sleep(Duration::from_secs(3));
    assert!(vouches_for(&old, &server), "a broken file was taken into use");
    certify(&new, &certificate, &key);
    sleep(Duration::from_secs(5));
    assert!(
        vouches_for(&new, &server),
        "the new certificate was not taken into use"
    );
    assert!(!vouches_for(&old, &server));
}

#[test]
fn tls_that_cannot_be_is_said_at_the_start() {
    let (index, _server) = server(&[]);
    let folder = tempfile::tempdir().unwrap();
    let (certificate, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
    let other = folder.path().join("other.pem");
    let authority = Authority::new();
    certify(&authority, &certificate, &other);
    certify(&authority, &certificate, &key);
    fs::write(folder.path().join("empty.pem"), "").unwrap();
    let empty = folder.path().join("empty.pem");
    let index = index.path().join("index");
    for (certificate, key, said) in [
        (&certificate, &other, "cannot be used together"),
        (&empty, &key, "holds no certificate"),
        (&certificate, &empty, "cannot be read as PEM"),
        (
            &folder.path().join("gone.pem"),
            &key,
            "gone.pem cannot be read as PEM",
        ),
    ] {
        let output = crate::harness::nabij(&[
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--index",
            index.to_str().unwrap(),
            "--tls-cert",
            certificate.to_str().unwrap(),
            "--tls-key",
            key.to_str().unwrap(),
        ]);
        let stderr = crate::harness::text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{stderr}");
        assert!(stderr.contains(said), "{said}: {stderr}");
    }
}
