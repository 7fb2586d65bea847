//! Help and usage errors of the real program, as people in both languages and as programs read them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::process::{Command, Output};

use serde_json::Value;

fn run(lang: &str, args: &[&str]) -> (i32, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(env!("CARGO_BIN_EXE_kept-demo"))
        .env_clear()
        .env("LANG", lang)
        .args(args)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

#[test]
fn a_call_that_is_not_understood_is_told_in_the_language_of_its_reader() {
    for (args, english, german, key) in [
        (
            &["--seed", "-x"][..],
            "hyphen",
            "Strich",
            "usage-unknown-option",
        ),
        (&["--seed", "x"], "from 0 on", "ab 0", "usage-number-from"),
        (
            &["--size", "smal"],
            "mean `small`?",
            "Meinten Sie `small`?",
            "usage-value-of",
        ),
        (
            &["--once=yes"],
            "--once takes no value",
            "--once nimmt keinen Wert",
            "usage-takes-none",
        ),
    ] {
        let (code, out, told) = run("en_GB.UTF-8", args);
        assert_eq!((code, out.as_str()), (2, ""), "{told}");
        assert!(
            told.contains(english) && told.contains("Usage: kept-demo"),
            "{told}"
        );
        let (code, _, told) = run("de_DE.UTF-8", args);
        assert_eq!(code, 2);
        assert!(
            told.contains(german) && told.contains("Aufruf: kept-demo"),
            "{told}"
        );
        let (code, out, told) = run("en", &[args, &["--json", "--lang", "de"]].concat());
        assert_eq!((code, out.as_str()), (2, ""), "{told}");
        let error: Value = serde_json::from_str(&told).unwrap();
        assert_eq!(error["error"]["key"], key, "{told}");
        let message = error["error"]["message"].as_str().unwrap();
        assert!(message.contains(german), "{told}");
    }
}

#[test]
fn the_help_is_in_the_language_of_its_reader() {
    let (code, english, _) = run("en", &["--help"]);
    assert_eq!(code, 0);
    assert!(english.contains("Usage: kept-demo [OPTIONS]"), "{english}");
    let (code, german, _) = run("de_DE.UTF-8", &["--help"]);
    assert_eq!(code, 0);
    assert!(german.contains("Aufruf: kept-demo [OPTIONEN]"), "{german}");
}
