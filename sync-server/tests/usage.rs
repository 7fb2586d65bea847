//! Help and usage errors of the real program, as people in both languages and as programs read them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::process::{Command, Output};

use serde_json::Value;

fn run(lang: &str, args: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kept-server"));
    let Output {
        status,
        stdout,
        stderr,
    } = command
        .env_clear()
        .env("LANG", lang)
        .args(args)
        .current_dir(std::env::temp_dir())
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

#[test]
fn a_call_that_is_not_understood_is_told_in_the_language_of_its_reader() {
    for (args, english, german, key) in [
        (
            &["srve"][..],
            "mean `serve`?",
            "Meinten Sie `serve`?",
            "usage-unknown-command",
        ),
        (
            &["serve", "--tls-crt", "x"],
            "mean `--tls-cert`?",
            "Meinten Sie `--tls-cert`?",
            "usage-unknown-option",
        ),
        (
            &["serve", "--tls-cert", "x"],
            "missing: --tls-key <FILE>",
            "fehlt: --tls-key <DATEI>",
            "usage-missing",
        ),
        (
            &["serve", "--listen", "here"],
            "such as 127.0.0.1:8787",
            "wie 127.0.0.1:8787",
            "usage-address",
        ),
        (
            &["invite", "Sam", "--role", "boss"],
            "technician",
            "technician",
            "usage-value-of",
        ),
        (
            &["invite", "Sam", "--team", "The North"],
            "lower-case",
            "Kleinbuchstaben",
            "usage-team",
        ),
        (
            &["people", "set", "Sam", "--left", "--back"],
            "does not go together",
            "geht nicht zusammen",
            "usage-conflict",
        ),
        (
            &["devices", "--data", "x", "list"],
            "Write --data behind the whole command: `kept-server devices list`",
            "Schreiben Sie --data hinter den ganzen Befehl: `kept-server devices list`",
            "usage-behind",
        ),
        (
            &["--data", "x", "people"],
            "--data stands behind the command.",
            "--data steht hinter dem Befehl.",
            "usage-unknown-option",
        ),
        (
            &["init", "--name", "Co"],
            "missing: --owner <NAME>",
            "fehlt: --owner <NAME>",
            "usage-missing",
        ),
    ] {
        let (code, out, told) = run("en_GB.UTF-8", args);
        assert_eq!((code, out.as_str()), (2, ""), "{told}");
        assert!(
            told.contains(english) && told.contains("Usage: kept-server"),
            "{told}"
        );
        let (code, _, told) = run("de_DE.UTF-8", args);
        assert_eq!(code, 2);
        assert!(
            told.contains(german) && told.contains("Aufruf: kept-server"),
            "{told}"
        );
        for line in [[args, &["--json"]].concat(), [&["--json"], args].concat()] {
            let (code, out, told) = run("en", &[&line[..], &["--lang", "de"]].concat());
            assert_eq!((code, out.as_str()), (2, ""), "{told}");
            let error: Value = serde_json::from_str(&told).unwrap();
            assert_eq!(error["error"]["kind"], "usage");
            assert_eq!(error["error"]["key"], key, "{told}");
            assert!(
                error["error"]["message"].as_str().unwrap().contains(german),
                "{told}"
            );
        }
    }
}

#[test]
fn other_errors_are_json_as_well_and_not_done_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("none");
    let data = data.to_str().unwrap();
    let (code, _, told) = run("en", &["people", "--data", data, "--json"]);
    let error: Value = serde_json::from_str(&told).unwrap();
    assert_eq!((code, &error["error"]["kind"]), (1, &"server".into()));
    let since = ["audit", "--data", data, "--since", "soon"];
    let (code, _, told) = run("de_DE.UTF-8", &since);
    assert_eq!(code, 1);
    assert!(
        told.contains("--since nimmt einen Tag wie 2026-03-01"),
        "{told}"
    );
    let (_, _, told) = run("en", &[&since[..], &["--json"]].concat());
    let error: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(
        (&error["error"]["kind"], &error["error"]["key"]),
        (&"usage".into(), &"usage-since".into())
    );
}

#[test]
fn every_page_is_in_the_language_of_its_reader_and_data_for_programs() {
    let (code, out, _) = run("de_DE.UTF-8", &["--help", "--json"]);
    assert_eq!(code, 0);
    let mut pages = vec![serde_json::from_str::<Value>(&out).unwrap()];
    let mut count = 0;
    while let Some(page) = pages.pop() {
        let name = page["name"].as_str().unwrap();
        let mut args: Vec<&str> = name.split(' ').skip(1).collect();
        args.push("--help");
        let (code, text, _) = run("de_DE.UTF-8", &args);
        assert_eq!(code, 0);
        assert!(
            text.contains(&format!("Aufruf: {name} [OPTIONEN]")),
            "{text}"
        );
        for word in [
            "Usage:",
            "Options",
            "Arguments:",
            "Commands:",
            "Examples",
            "[default",
            "[possible",
            "[env",
            "Print ",
        ] {
            assert!(!text.contains(word), "{name} says {word}: {text}");
        }
        let (_, text, _) = run("en", &args);
        assert!(text.contains(&format!("Usage: {name} [OPTIONS]")), "{text}");
        pages.extend(page["commands"].as_array().unwrap().iter().cloned());
        count += 1;
    }
    assert!(count > 10, "{count} pages");
    let (_, out, _) = run("en", &["--version", "--json"]);
    assert_eq!(
        serde_json::from_str::<Value>(&out).unwrap()["name"],
        "kept-server"
    );
}
