//! What shells and `man` are given about the command.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use crate::harness::{Folder, nabij, text};

/// Runs a program of the system; none where it is not installed.
fn run(program: &str, arguments: &[&str], input: &[u8]) -> Option<(bool, String)> {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    Some((
        output.status.success(),
        text(&output.stderr) + &text(&output.stdout),
    ))
}

#[test]
fn bash_completes_subcommands_and_flags() {
    let script = nabij(&["completions", "bash"]).stdout;
    let (accepted, said) = run("bash", &["-n"], &script).unwrap();
    assert!(accepted && said.is_empty(), "{said}");
    // As bash does it when somebody presses tab.
    for (typed, offered) in [("ser", "serve"), ("doc", "doctor"), ("roll", "rollback")] {
        let ask = format!(
            "COMP_WORDS=(nabij {typed}) COMP_CWORD=1; _nabij nabij {typed} nabij; echo ${{COMPREPLY[*]}}"
        );
        let script = [&script[..], ask.as_bytes()].concat();
        let (_, said) = run("bash", &["--norc"], &script).unwrap();
        assert_eq!(said.trim(), offered, "{typed}");
    }
    let ask = "COMP_WORDS=(nabij serve --listen --oper) COMP_CWORD=3; _nabij nabij --oper --listen; echo ${COMPREPLY[*]}";
    let (_, said) = run("bash", &["--norc"], &[&script[..], ask.as_bytes()].concat()).unwrap();
    assert!(said.contains("--operator-token-sha256"), "{said}");
}

#[test]
fn every_shell_has_a_script_and_an_unknown_one_is_refused() {
    for (shell, sign) in [
        ("bash", "_nabij()"),
        ("zsh", "#compdef nabij"),
        ("fish", "complete -c nabij"),
    ] {
        let output = nabij(&["completions", shell]);
        let script = text(&output.stdout);
        assert!(
            output.status.success() && script.contains(sign) && script.contains("doctor"),
            "{shell}"
        );
        if let Some((accepted, said)) = run(shell, &["-n"], script.as_bytes()) {
            assert!(accepted, "{shell}: {said}");
        }
    }
    let output = nabij(&["completions", "command.com"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn every_subcommand_has_a_page_of_the_manual() {
    let folder = Folder::new();
    let pages = folder.path().join("man");
    let output = nabij(&["man", pages.to_str().unwrap()]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let help = text(&nabij(&["--help"]).stdout);
    let commands = help.split("Commands:").nth(1).unwrap();
    let commands = commands
        .lines()
        .take_while(|line| !line.starts_with("Options:"))
        .filter_map(|line| {
            line.strip_prefix("  ")?
                .split(' ')
                .next()
                .filter(|name| !name.is_empty())
        })
        .filter(|name| *name != "help");
    let commands: Vec<&str> = commands.collect();
    assert!(
        commands.contains(&"serve") && commands.contains(&"man"),
        "{commands:?}"
    );
    for command in commands {
        let page = std::fs::read_to_string(pages.join(format!("nabij-{command}.1"))).unwrap();
        assert!(
            page.contains(".SH NAME") && page.contains("config"),
            "{command}: {page}"
        );
    }
    let serve = std::fs::read_to_string(pages.join("nabij-serve.1")).unwrap();
    assert!(serve.replace('\\', "").contains("NABIJ_LISTEN"), "{serve}");
    // Warnings of the typesetter, where there is one.
    for page in std::fs::read_dir(&pages).unwrap() {
        let page = page.unwrap().path();
        if let Some((set, said)) = run(
            "groff",
            &["-Kutf8", "-man", "-Tutf8", "-ww", "-z", page.to_str().unwrap()],
            b"",
        ) {
            assert!(set && said.is_empty(), "{}: {said}", page.display());
        }
    }
}
