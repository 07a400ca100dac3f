//! What a program does with an index of another format: what `docs/guides/upgrading.md` says.

use std::{fs, path::PathBuf, time::Duration};

use crate::harness::{Folder, Server, index, nabij, text};

/// A folder with two generations of one offering, and the manifest of the later one.
fn two_generations() -> (Folder, PathBuf) {
    let folder = Folder::new();
    let file = folder.file("x.csv", "id,title,kind,postcode\na,Een,informal,3011AD\n");
    for _ in 0..2 {
        assert!(index(&folder.out(), &[&file], &[]).status.success());
    }
    let manifest = folder.out().join("generations/0000002/manifest.json");
    (folder, manifest)
}

/// Gives a manifest another format. What else it holds may be anything: no program can know.
fn set_format(manifest: &PathBuf, format: u64) {
    let text = format!(r#"{{"format":{format},"everything":"else is new"}}"#);
    fs::write(manifest, text).unwrap();
}

#[test]
fn an_older_and_a_newer_index_are_refused_with_what_to_do() {
    let (folder, manifest) = two_generations();
    let out = folder.out();
    for (format, advice) in [
        (1, "build the index again"),
        (
            1_000_000,
            "install the version of nabij that wrote it, or build the index again with this one",
        ),
    ] {
        set_format(&manifest, format);
        for arguments in [
            &["serve", "--listen", "127.0.0.1:0"][..],
            &["search", "--postcode", "3011"],
        ] {
            let output = nabij(&[arguments, &["--index", out.to_str().unwrap()]].concat());
            let said = text(&output.stderr);
            assert_eq!(output.status.code(), Some(1), "{said}");
            assert!(
                said.contains(&format!("is in format {format}, this program reads format"))
                    && said.trim().ends_with(advice),
                "{said}"
            );
        }
    }
}

#[test]
fn a_running_server_keeps_its_index_until_one_comes_that_it_can_read() {
    let (folder, manifest) = two_generations();
    let out = folder.out();
    let rollback = || nabij(&["rollback", "--index", out.to_str().unwrap()]);
    assert!(rollback().status.success());
    let server = Server::start(&out);
    // The next program has built an index in its own format.
    set_format(&manifest, 1_000_000);
    fs::write(out.join("CURRENT"), "2\n").unwrap();
    // Longer than the server waits between two looks.
    std::thread::sleep(Duration::from_secs(5));
    assert_eq!(server.json("/v1/offerings?postcode=3011")["total"], 1);
    // Back to the old program: its own generation is still there.
    assert!(rollback().status.success());
    assert_eq!(
        Server::start(&out).json("/v1/offerings?postcode=3011")["total"],
        1
    );
}

#[test]
fn an_index_of_another_format_is_built_again_beside_it() {
    let (folder, manifest) = two_generations();
    set_format(&manifest, 1);
    let file = folder.path().join("x.csv");
    let output = index(&folder.out(), &[&file], &[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("published as generation 3"));
    assert_eq!(
        Server::start(&folder.out()).json("/v1/offerings?postcode=3011")["total"],
        1
    );
}
