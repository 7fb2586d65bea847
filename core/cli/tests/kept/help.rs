//! Help and usage errors, as people in both languages and as programs read them.

use kept_core::language::phrase::{PhraseContext, parse_due, parse_moment};
use serde_json::Value;

use crate::test_folder::{RunResult, TestFolder};

/// A run in German, as the environment asks for it.
fn in_german(test_folder: &TestFolder, args: &[&str]) -> RunResult {
    let mut command = test_folder.command(args);
    RunResult::of(command.env("LANG", "de_AT.UTF-8").output().unwrap())
}

/// The error of a run that was not understood, as JSON.
fn json_error(run_result: &RunResult) -> Value {
    assert_eq!(
        (run_result.code, run_result.out.as_str()),
        (2, ""),
        "{run_result:?}"
    );
    assert_eq!(run_result.err.lines().count(), 1, "{run_result:?}");
    let value: Value = serde_json::from_str(&run_result.err).unwrap();
    assert_eq!(value["error"]["kind"], "usage");
    value["error"].clone()
}

/// Calls that are not understood: what the English and the German message say, and their key.
const WRONG: &[(&[&str], &str, &str, &str)] = &[
    (
        &["vist", "x"],
        "no command “vist” in `kept`",
        "Befehl „vist“",
        "usage-unknown-command",
    ),
    (
        &["promise", "mak"],
        "mean `make`?",
        "Meinten Sie `make`?",
        "usage-unknown-command",
    ),
    (
        &["promise", "make", "x", "y", "--deu", "Fri"],
        "`--due`?",
        "Meinten Sie `--due`?",
        "usage-unknown-option",
    ),
    (
        &["promise", "--due", "Fri"],
        "kept promise make --due",
        "kept promise make --due",
        "usage-unknown-option",
    ),
    (
        &["visit", "x", "y", "z"],
        "quotes around",
        "in Anführungszeichen",
        "usage-one-too-many",
    ),
    (
        &["visit", "x", "-5 degrees"],
        "begins with a hyphen",
        "mit einem Strich beginnt",
        "usage-unknown-option",
    ),
    (
        &["promise", "make", "x", "y"],
        "missing: --due <WHEN>",
        "fehlt: --due <WANN>",
        "usage-missing",
    ),
    (
        &["promise", "make", "x", "y", "--due"],
        "--due needs a value",
        "Hinter --due fehlt",
        "usage-no-value",
    ),
    (
        &["status", "--lang", "fr"],
        "one of: en, de",
        "Möglich ist: en, de",
        "usage-value-of",
    ),
    (
        &["promise", "confirm", "x", ""],
        "“” does not fit <MOOD>",
        "„“ passt nicht zu <STIMMUNG>",
        "usage-value-of",
    ),
    (
        &["promise", "confirm", "x", "hapy"],
        "mean `happy`?",
        "Meinten Sie `happy`?",
        "usage-value-of",
    ),
    (
        &["observe", "x", "y", "--pain", "4"],
        "from 0 to 3, not “4”",
        "von 0 bis 3, nicht „4“",
        "usage-number",
    ),
    (
        &["search", "x", "--limit", "many"],
        "from 0 on",
        "ab 0",
        "usage-number-from",
    ),
    (
        &["when", "x", "--quantile", "9"],
        "from 50 to 99",
        "von 50 bis 99",
        "usage-number",
    ),
    (
        &["when", "x", "--within", "long"],
        "such as 2d",
        "wie 2d",
        "usage-amount",
    ),
    (
        &["when", "x", "--samples", "f", "--as-of", "soon"],
        "`now` or an instant",
        "`now` oder",
        "usage-as-of",
    ),
    (
        &[
            "promise",
            "make",
            "x",
            "y",
            "--due",
            "Fri",
            "--pool",
            "a",
            "--performer",
            "b",
        ],
        "--pool does not go together with --performer",
        "--pool geht nicht zusammen mit --performer",
        "usage-conflict",
    ),
    (
        &["search", "x", "--limit", "1", "--limit", "2"],
        "--limit stands there twice",
        "steht zweimal da",
        "usage-twice",
    ),
    (
        &["reminders", "--watch", "ack", "x", "y"],
        "`ack` does not go together with --watch",
        "`ack` geht nicht zusammen mit --watch",
        "usage-conflict",
    ),
    (
        &["reminders", "--watch", "--within", "3h"],
        "--watch does not go together with --within",
        "--watch geht nicht zusammen mit --within",
        "usage-conflict",
    ),
    (
        &["promise"],
        "needs to know what to do",
        "fehlt, was zu tun ist",
        "usage-missing-command",
    ),
];

#[test]
fn a_call_that_is_not_understood_is_told_in_the_language_of_its_reader() {
    let test_folder = TestFolder::new();
    for (args, english, german, key) in WRONG {
        let asked = [args, &["--lang=de"][..]].concat();
        // Where the value of `--lang` is wrong, the second one would be one too many.
        let asked = if args.contains(&"--lang") {
            in_german(&test_folder, args)
        } else {
            test_folder.run(&asked)
        };
        let told = [
            (test_folder.run(args), english, "Usage: kept", "says more."),
            (
                in_german(&test_folder, args),
                german,
                "Aufruf: kept",
                "sagt mehr.",
            ),
            (asked, german, "Aufruf: kept", "sagt mehr."),
        ];
        for (run_result, message, usage, more) in told {
            assert_eq!(
                (run_result.code, run_result.out.as_str()),
                (2, ""),
                "{args:?}: {run_result:?}"
            );
            assert!(
                run_result.err.contains(*message),
                "{args:?}: {run_result:?}"
            );
            assert!(run_result.err.contains(usage), "{args:?}: {run_result:?}");
            // A command that lacks its own command shows its whole page.
            assert!(
                run_result.err.contains(more) || *key == "usage-missing-command",
                "{args:?}: {run_result:?}"
            );
            assert!(
                !run_result.err.contains("error:"),
                "{args:?}: {run_result:?}"
            );
        }
        let both = [&["--json"][..], args].concat();
        let error = json_error(&test_folder.run(&both));
        assert_eq!(error["key"], *key, "{args:?}: {error}");
        assert!(
            error["message"].as_str().unwrap().contains(*english),
            "{args:?}: {error}"
        );
        assert!(
            error["usage"].as_str().unwrap().starts_with("kept"),
            "{error}"
        );
        assert!(
            error["help"].as_str().unwrap().ends_with("--help"),
            "{error}"
        );
        let behind = [args, &["--json"][..]].concat();
        let error = json_error(&in_german(&test_folder, &behind));
        assert!(
            error["message"].as_str().unwrap().contains(*german),
            "{args:?}: {error}"
        );
    }
    assert!(!test_folder.data().exists(), "nothing was written");
}

#[test]
fn json_that_stands_behind_the_mistake_is_noticed() {
    let test_folder = TestFolder::new();
    let error = json_error(&test_folder.run(&["vist", "--json"]));
    assert!(error["message"].as_str().unwrap().contains("vist"));
    assert_eq!(error["suggestions"][0], "visit", "{error}");
    let error = json_error(&test_folder.run(&["promise", "make", "--json"]));
    assert_eq!(error["help"], "kept promise make --help");
    // Behind `--` it is typed text.
    let run_result = test_folder.run(&["visit", "x", "y", "--", "--json"]);
    assert!(
        run_result
            .err
            .starts_with("`kept visit` has no place for “--json”"),
        "{run_result:?}"
    );
    // A call that clap takes and a command cannot do is told the same way.
    test_folder.ok(&["account", "add", "Miller"]);
    let error = json_error(&test_folder.run(&["account", "edit", "miller", "--json"]));
    assert_eq!(error["key"], "usage-nothing-to-change");
    let run_result = in_german(&test_folder, &["me", "set"]);
    assert_eq!(run_result.code, 2);
    assert!(
        run_result.err.contains("Sagen Sie, was sich ändern soll"),
        "{run_result:?}"
    );
    assert!(
        run_result.err.contains("`kept me set --help` sagt mehr."),
        "{run_result:?}"
    );
}

#[test]
fn no_typed_word_commands_the_terminal() {
    let test_folder = TestFolder::new();
    let evil = "sta\u{1b}[2Jtus\u{202e}\u{7}\r\n";
    let option = format!("--{evil}");
    for args in [
        &[evil][..],
        &[option.as_str()],
        &["search", "x", "--limit", evil],
        &["status", "--lang", evil],
        &["status", evil],
    ] {
        let run_result = test_folder.run(args);
        assert_eq!(run_result.code, 2, "{run_result:?}");
        assert!(run_result.err.contains("<U+001B>[2J"), "{run_result:?}");
        let raw = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!run_result.err.contains(raw), "{run_result:?}");
    }
    let run_result = test_folder.run(&[&"x".repeat(5_000)]);
    assert!(run_result.err.len() < 1_000, "{}", run_result.err.len());
}

#[cfg(unix)]
#[test]
fn an_argument_that_is_no_text_is_told() {
    use std::os::unix::ffi::OsStrExt;
    let test_folder = TestFolder::new();
    for (lang, message) in [("en", "is not valid UTF-8"), ("de", "kein gültiges UTF-8")] {
        let mut command = test_folder.command(&["--lang", lang, "search"]);
        let run_result = RunResult::of(
            command
                .arg(std::ffi::OsStr::from_bytes(b"S\xfc\xdf"))
                .output()
                .unwrap(),
        );
        assert_eq!(run_result.code, 2, "{run_result:?}");
        assert!(run_result.err.contains(message), "{run_result:?}");
    }
}

#[test]
fn help_is_in_the_language_of_its_reader() {
    let test_folder = TestFolder::new();
    let english = test_folder.ok(&["promise", "make", "--help"]);
    for text in [
        "Promise something to a customer",
        "Usage: kept promise make [OPTIONS]",
        "[possible values: on-site",
    ] {
        assert!(english.contains(text), "{text}: {english}");
    }
    let of = |args: &[&str]| {
        let run_result = in_german(&test_folder, args);
        assert_eq!(
            (run_result.code, run_result.err.as_str()),
            (0, ""),
            "{run_result:?}"
        );
        run_result.out
    };
    let german = of(&["promise", "make", "--help"]);
    assert_eq!(
        german,
        test_folder.ok(&["promise", "make", "--help", "--lang", "de"])
    );
    assert_eq!(
        german,
        test_folder.ok(&["--lang=de", "help", "promise", "make"])
    );
    for text in [
        "Einem Kunden etwas zusagen",
        "Aufruf: kept promise make [OPTIONEN] --due <WANN> <KUNDE> <WAS>",
        "Argumente:",
        "Optionen:",
        "[möglich: on-site",
        "--due \"Fr 12:00\"",
        "Diese Hilfe zeigen",
    ] {
        assert!(german.contains(text), "{text}: {german}");
    }
    assert!(of(&["search", "-h"]).contains("[Standard: 50]"));
    let all = of(&["--help"]);
    for text in [
        "Befehle:",
        "Einen Besuch festhalten",
        "[Variable: KEPT_DATA]",
        "Die Version zeigen",
        "Rückgabewerte",
    ] {
        assert!(all.contains(text), "{text}: {all}");
    }
    for args in [
        &["help", "promise", "make", "--lang", "de"][..],
        &["promise", "help", "make"],
        &["help", "--data", "x", "promise", "make"],
        &["promise", "make", "--help", "--nonsense"],
    ] {
        assert_eq!(of(args), german, "{args:?}");
    }
    assert_eq!(of(&["help", "--help"]), all);
    let run_result = in_german(&test_folder, &["help", "promis"]);
    assert!(
        run_result.code == 2 && run_result.err.contains("Meinten Sie `promise`?"),
        "{run_result:?}"
    );
    // A bare call shows the same page, and is not understood.
    let bare = in_german(&test_folder, &[]);
    assert_eq!((bare.code, bare.out.as_str()), (2, ""));
    assert!(
        bare.err.contains("Befehle:") && bare.err.contains("fehlt, was zu tun ist"),
        "{bare:?}"
    );
}

#[test]
fn every_page_is_german_to_its_last_line_and_bare_of_colours() {
    let test_folder = TestFolder::new();
    let tree: Value =
        serde_json::from_str(&test_folder.ok(&["--help", "--json", "--lang", "de"])).unwrap();
    let mut pages = vec![tree];
    let mut count = 0;
    while let Some(page) = pages.pop() {
        let name = page["name"].as_str().unwrap();
        let mut args: Vec<&str> = name.split(' ').skip(1).collect();
        args.push("--help");
        let text = in_german(&test_folder, &args).out;
        assert!(text.contains(&format!("Aufruf: {name}")), "{text}");
        let english = [
            "Usage:",
            "Options",
            "Arguments:",
            "Commands:",
            "Examples",
            "[default",
            "[possible",
            "[env",
            "Print ",
        ];
        for word in english {
            assert!(!text.contains(word), "{name} says {word}: {text}");
        }
        assert!(!text.contains('\u{1b}'), "{text}");
        assert!(
            text.lines().all(|line| line.chars().count() <= 100),
            "{text}"
        );
        pages.extend(page["commands"].as_array().unwrap().iter().cloned());
        count += 1;
    }
    assert!(count > 50, "{count} pages");
}

#[test]
fn help_and_version_are_data_for_programs() {
    let test_folder = TestFolder::new();
    let page: Value =
        serde_json::from_str(&test_folder.ok(&["promise", "make", "--help", "--json"])).unwrap();
    assert_eq!(page["name"], "kept promise make");
    let arguments: Vec<_> = page["arguments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|arg| &arg["value"])
        .collect();
    assert_eq!(arguments, ["ACCOUNT", "DELIVERABLE"]);
    let option = |flag: &str| {
        let options = page["options"].as_array().unwrap();
        let has = |option: &&Value| option["flags"].as_array().unwrap().contains(&flag.into());
        options.iter().find(has).unwrap().clone()
    };
    assert_eq!(
        (&option("--due")["required"], &option("--due")["value"]),
        (&true.into(), &"WHEN".into())
    );
    assert_eq!(option("--channel")["values"][0], "on-site");
    assert_eq!(option("--data")["env"], "KEPT_DATA");
    assert_eq!(option("--told")["value"], Value::Null);
    let version: Value = serde_json::from_str(&test_folder.ok(&["--version", "--json"])).unwrap();
    assert_eq!(version["name"], "kept");
    let said = test_folder.ok(&["--version"]);
    assert_eq!(
        said.trim_end(),
        format!("kept {}", version["version"].as_str().unwrap())
    );
}

/// The values behind an option in the examples of a page, with or without quotes.
fn values_behind(option: &str, page: &str) -> Vec<String> {
    let behind = page.split(option).skip(1);
    let values = behind.filter_map(|rest| match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => rest.split_whitespace().next(),
    });
    values.map(str::to_owned).collect()
}

#[test]
fn the_times_in_the_examples_are_understood() {
    let working = kept_core::model::calendar::WorkingTime::usual_utc();
    let here = PhraseContext {
        // Tuesday, 1 December 2026, 10:00 in Berlin.
        now: 1_796_115_600_000,
        zone: "Europe/Berlin",
        working: &working,
    };
    let test_folder = TestFolder::new();
    let mut count = 0;
    for lang in ["en", "de"] {
        let tree = test_folder.ok(&["--help", "--json", "--lang", lang]);
        let mut pages = vec![serde_json::from_str::<Value>(&tree).unwrap()];
        while let Some(page) = pages.pop() {
            let name = page["name"].as_str().unwrap();
            let notes = page["notes"].as_str().unwrap_or_default();
            for text in values_behind("--due ", notes) {
                assert!(parse_due(&text, &here).is_ok(), "{name}: {text}");
                count += 1;
            }
            for text in values_behind("--at ", notes) {
                assert!(parse_moment(&text, &here).is_ok(), "{name}: {text}");
                count += 1;
            }
            if name == "kept promise make" {
                let lists = notes.lines().filter(|line| line.contains(" · "));
                for text in lists.flat_map(|line| line.trim().split(" · ")) {
                    let text = text.split(" (").next().unwrap();
                    assert!(parse_due(text, &here).is_ok(), "{text}");
                    count += 1;
                }
            }
            pages.extend(page["commands"].as_array().unwrap().iter().cloned());
        }
    }
    assert!(count > 60, "{count} times");
}
