//! Failures, each told in one calm line: nothing is lost, and the exit code says it.

use crate::bench::Bench;

#[test]
fn what_is_not_understood_is_told_with_exit_code_2() {
    let bench = Bench::new();
    for args in [
        &["frobnicate"][..],
        &[],
        &["account", "edit", "x"],
        &["observe"],
        &["visit", "x", "y", "--promise", "z"],
        &["observe", "x", "y", "--pain", "4"],
        &["log"],
        &["status", "--lang", "fr"],
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
    ] {
        let ran = bench.run(args);
        // Without an account "x" the edit cannot get as far as asking what to change.
        let code = if args.first() == Some(&"account") {
            1
        } else {
            2
        };
        assert_eq!(ran.code, code, "{args:?}: {ran:?}");
        assert!(!ran.err.is_empty());
    }
    bench.ok(&["account", "add", "Miller"]);
    let ran = bench.run(&["account", "edit", "miller"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("Say what is to change"), "{ran:?}");
}

#[test]
fn what_cannot_be_entered_changes_nothing() {
    let bench = Bench::new();
    bench.ok(&["account", "add", "Miller"]);
    bench.ok(&["account", "add", "Miller & Sons"]);
    let long = "x".repeat(20_001);
    for (args, text) in [
        (&["account", "add", "  "][..], "“Name” is empty"),
        (
            &["account", "add", "x", "--note", &long],
            "longer than 20000",
        ),
        (&["visit", "zebra", "hello"], "no customer “zebra”"),
        (&["visit", "mill", "hello"], "fits several"),
        (
            &["visit", "miller", "hello", "--at", "soonish"],
            "not a time",
        ),
        (
            &["visit", "miller", "hello", "--at", "tomorrow 10:00"],
            "in the future",
        ),
        (
            &["visit", "miller", "hello", "--contact", "Zoe"],
            "no contact “Zoe”",
        ),
        (
            &["account", "edit", "miller", "--untag", "x"],
            "“x” is not here, and so cannot be removed",
        ),
        (
            &["account", "edit", "miller", "--settle-phone", "1"],
            "nothing to settle",
        ),
        (
            &["account", "edit", "miller", "--remove", "1"],
            "Nothing was changed",
        ),
        (&["history", "0199a1b2-c3d4"], "no entry “0199a1b2-c3d4”"),
        (&["promise", "show", "zz"], "no promise “zz”"),
        (&["promise", "accept", "zz"], "no promise “zz”"),
        (&["account", "edit", "miller", "--email", ""], "--remove"),
        (
            &["account", "edit", "miller", "--phone", " "],
            "“phone” is empty",
        ),
        (&["account", "add", "x", "--web", ""], "“web” is empty"),
        (&["observe", "miller", ""], "says nothing"),
        (&["observe", "--need", " "], "says nothing"),
        (&["visit", "miller", "x", "--observe", ""], "says nothing"),
        (
            &["account", "edit", "miller", "--unneed", "quote"],
            "“quote” is not here, and so cannot be removed",
        ),
        (
            &[
                "join",
                "--label",
                "L\u{1b}[31m\nab",
                "kept://x/join?v=1&code=x",
            ],
            "name of a device has 1 to 500 characters",
        ),
        (
            &["join", "--label", " ", "kept://x/join?v=1&code=x"],
            "name of a device has 1 to 500 characters",
        ),
        (&["promise", "show", "miller"], "no promise"),
        (
            &["promise", "make", "miller", "x", "--due", "Fri 12:00"],
            "belongs to no company yet",
        ),
        (&["sync"], "belongs to no company yet"),
        (&["sync", "--watch"], "belongs to no company yet"),
        (&["join", "https://example.org"], "not an invitation"),
        (
            &["join", "kept://example.org/join?v=1&code=x&http=1"],
            "not secure",
        ),
        (
            &["join", "kept://example.org/join?v=9&code=x"],
            "newer version",
        ),
        (
            &["join", "kept://127.0.0.1:9/join?v=1&code=x&http=1"],
            "not joined",
        ),
        (
            &[
                "join",
                "--certificate",
                "/no/such.pem",
                "kept://x/join?v=1&code=x",
            ],
            "no file",
        ),
    ] {
        let ran = bench.run(args);
        assert!(ran.complaint().contains(text), "{text}: {ran:?}");
    }
    assert_eq!(
        bench.json(&["status"])["unsent"].as_array().unwrap().len(),
        2
    );
}

#[test]
fn a_promise_without_a_company_says_that_nothing_of_it_was_written() {
    let bench = Bench::new();
    bench.ok(&["account", "add", "Miller"]);
    let ran = bench.run(&[
        "visit",
        "miller",
        "lost",
        "--promise",
        "x",
        "--due",
        "tomorrow 10:00",
    ]);
    let told = ran.complaint();
    assert!(!told.contains("is kept here"), "{told}");
    assert!(told.contains("Nothing of this was written"), "{told}");
    assert!(told.contains("visits without a promise"), "{told}");
    assert_eq!(
        bench.json(&["account", "show", "miller"])["timeline"],
        serde_json::json!([])
    );
}

#[test]
fn without_a_network_everything_stays_here() {
    let bench = Bench::new().joined();
    bench.ok(&["account", "add", "Miller"]);
    let ran = bench.run(&["sync"]);
    assert!(
        ran.complaint()
            .contains("Everything is saved on this device"),
        "{ran:?}"
    );
    let told = bench.run(&["sync", "--json"]);
    let told: serde_json::Value = serde_json::from_str(told.complaint()).unwrap();
    assert_eq!(told["error"]["kind"], "offline");
    let join = [
        "join",
        "kept://127.0.0.1:9/join?v=1&code=x&http=1",
        "--json",
    ];
    let told = Bench::new().run(&join);
    let told: serde_json::Value = serde_json::from_str(told.complaint()).unwrap();
    assert_eq!(told["error"]["kind"], "offline");
    let message = told["error"]["message"].as_str().unwrap();
    assert!(!message.contains("by itself"), "{message}");
    assert_eq!(
        bench.json(&["status"])["unsent"].as_array().unwrap().len(),
        1
    );
    let again = bench.run(&["join", "kept://127.0.0.1:9/join?v=1&code=x&http=1"]);
    assert!(
        again.complaint().contains("belongs to Nord already"),
        "{again:?}"
    );
}

#[test]
fn a_notebook_without_its_key_is_left_alone() {
    let bench = Bench::new();
    bench.ok(&["account", "add", "Miller"]);
    let secrets = bench.data().join("secrets");
    let kept = std::fs::read(&secrets).unwrap();
    for broken in [
        &b"database-key xyz\n"[..],
        b"\xff\xfe",
        b"database-key 00\n",
        b"",
    ] {
        std::fs::write(&secrets, broken).unwrap();
        let ran = bench.run(&["account", "list"]);
        assert!(
            ran.complaint().contains("key to this notebook"),
            "{broken:?}: {ran:?}"
        );
    }
    std::fs::remove_file(&secrets).unwrap();
    let ran = bench.run(&["account", "add", "Jones"]);
    assert!(
        ran.complaint().contains("The notebook is untouched"),
        "{ran:?}"
    );
    assert!(!secrets.exists(), "no new key for an old notebook");
    let mut other = kept.clone();
    let digit = kept.len() - 3;
    other[digit] = if kept[digit] == b'0' { b'1' } else { b'0' };
    std::fs::write(&secrets, other).unwrap();
    let ran = bench.run(&["account", "list"]);
    assert!(ran.complaint().contains("key to this notebook"), "{ran:?}");
    std::fs::write(&secrets, kept).unwrap();
    assert!(bench.ok(&["account", "list"]).contains("Miller"));
}

#[test]
fn a_notebook_whose_file_is_gone_is_not_begun_anew_in_silence() {
    let bench = Bench::new();
    bench.ok(&["account", "add", "Miller"]);
    let file = bench.data().join("notebook.db");
    let kept = std::fs::read(&file).unwrap();
    for gone in [true, false] {
        std::fs::remove_file(&file).unwrap();
        if !gone {
            std::fs::write(&file, b"").unwrap();
        }
        for args in [&["status"][..], &["account", "add", "Jones"], &["doctor"]] {
            let ran = bench.run(args);
            assert!(ran.complaint().contains("is gone"), "{ran:?}");
            assert!(ran.err.contains("notebook.db"), "{ran:?}");
        }
        std::fs::write(&file, &kept).unwrap();
        assert!(bench.ok(&["account", "list"]).contains("Miller"));
    }
    // A user who removes the secrets as well begins anew.
    std::fs::remove_file(&file).unwrap();
    std::fs::remove_file(bench.data().join("secrets")).unwrap();
    bench.ok(&["account", "add", "Jones"]);
}

#[test]
fn a_first_start_that_broke_off_before_the_file_was_made_is_gone_on_with() {
    let bench = Bench::new();
    bench.ok(&["status"]);
    let secrets = bench.data().join("secrets");
    let text = std::fs::read_to_string(&secrets).unwrap();
    let key = text.lines().find(|line| line.starts_with("database-key "));
    std::fs::write(&secrets, format!("{}\n", key.unwrap())).unwrap();
    std::fs::remove_file(bench.data().join("notebook.db")).unwrap();
    bench.ok(&["account", "add", "Miller"]);
}

#[test]
fn damage_is_reported_as_damage() {
    let bench = Bench::new();
    let card = |number: usize| {
        let note: String = (0..300)
            .map(|word| format!("{} ", word * number * 7919))
            .collect();
        format!(
            "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Customer {number}\r\nNOTE:{note}\r\nEND:VCARD\r\n"
        )
    };
    let cards: String = (1..60).map(card).collect();
    let ran = bench.fed(&["account", "import", "-", "--brief"], cards.as_bytes());
    assert_eq!(ran.code, 0, "{ran:?}");
    let file = bench.data().join("notebook.db");
    let mut bytes = std::fs::read(&file).unwrap();
    for page in bytes.chunks_mut(4096).skip(40).step_by(3) {
        page[100] ^= 0xff;
    }
    std::fs::write(&file, bytes).unwrap();
    let ran = bench.run(&["doctor"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("is damaged"), "{ran:?}");
    for args in [&["account", "list"][..], &["search", "customer"]] {
        let ran = bench.run(args);
        assert!(!ran.err.contains("still here"), "{ran:?}");
    }
}

#[test]
fn a_folder_that_is_none_is_said_so() {
    let bench = Bench::new();
    let file = bench.file("data", b"");
    for args in [&["account", "add", "Miller"][..], &["status"], &["doctor"]] {
        let ran = bench.run(args);
        assert!(ran.complaint().contains(&file), "{ran:?}");
    }
}

#[test]
fn a_notebook_moves_into_no_servers_folder() {
    for file in [
        "log.sqlite",
        "serving.lock",
        "keys/token.key",
        "token.key",
        "receipt.key",
    ] {
        let bench = Bench::new();
        let path = bench.data().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, b"").unwrap();
        let before = std::fs::read_dir(bench.data()).unwrap().count();
        for args in [
            &["account", "add", "Miller"][..],
            &["status"],
            &["sync"],
            &["doctor"],
        ] {
            let ran = bench.run(args);
            let told = ran.complaint();
            assert!(
                told.contains("belongs to a Kept server") && told.contains("KEPT_DATA"),
                "{told}"
            );
        }
        assert_eq!(
            std::fs::read_dir(bench.data()).unwrap().count(),
            before,
            "{file}"
        );
    }
    // One that both were made in by earlier versions.
    let bench = Bench::new();
    bench.ok(&["account", "add", "Miller"]);
    std::fs::write(bench.data().join("log.sqlite"), b"").unwrap();
    assert!(bench.ok(&["account", "list"]).contains("Miller"));
}

#[cfg(not(feature = "keyring"))]
#[test]
fn a_keyring_that_is_not_built_in_is_said_so() {
    let bench = Bench::new();
    let ran = bench.run(&[
        "join",
        "--keyring",
        "kept://127.0.0.1:9/join?v=1&code=x&http=1",
    ]);
    assert!(
        ran.complaint().contains("built without the keyring"),
        "{ran:?}"
    );
    bench.ok(&["account", "add", "Miller"]);
    std::fs::write(bench.data().join("secrets"), "keyring 0199a1b2\n").unwrap();
    let ran = bench.run(&["account", "list"]);
    assert!(
        ran.complaint().contains("built without the keyring"),
        "{ran:?}"
    );
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let bench = Bench::new();
    bench.ok(&["account", "add", "Miller"]);
    let mut child = bench
        .command(&["account", "list"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[test]
fn a_line_break_in_a_name_makes_neither_a_row_nor_a_heading() {
    let bench = Bench::new().joined();
    bench.ok(&[
        "account",
        "add",
        "Miller\nJones",
        "--tag",
        "#oven",
        "--contact",
        "Ann\nBerg",
    ]);
    let list = bench.ok(&["account", "list"]);
    assert_eq!(list.lines().count(), 2, "{list}");
    let due = ["--due", "2099-01-02"];
    let made = bench.ok(&[&["promise", "make", "miller", "a fuse\nspare"][..], &due].concat());
    for told in [
        made,
        bench.ok(&["promise", "list"]),
        bench.ok(&["mine"]),
        bench.ok(&["account", "show", "miller"]),
    ] {
        let begins =
            |line: &str| ["Jones", "spare", "Berg"].map(|end| line.trim().starts_with(end));
        assert!(
            !told.lines().any(|line| begins(line).contains(&true)),
            "{told}"
        );
    }
    assert!(bench.ok(&["account", "show", "miller"]).contains(", #oven"));
    assert!(
        bench
            .ok(&["handbook", "hours"])
            .starts_with("Working hours")
    );
}

#[test]
fn what_others_wrote_commands_no_terminal() {
    let bench = Bench::new();
    bench.ok(&["account", "add", "Mil\u{1b}[2Jler"]);
    let shown = bench.ok(&["account", "list"]) + &bench.ok(&["account", "show", "mil"]);
    assert!(!shown.contains('\u{1b}'), "{shown:?}");
}
