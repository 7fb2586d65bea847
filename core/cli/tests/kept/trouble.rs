//! Failures, each told in one calm line: nothing is lost, and the exit code says it.

use crate::test_folder::TestFolder;

#[test]
fn what_is_not_understood_is_told_with_exit_code_2() {
    let test_folder = TestFolder::new();
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
        let run_result = test_folder.run(args);
        // Without an account "x" the edit cannot get as far as asking what to change.
        let code = if args.first() == Some(&"account") {
            1
        } else {
            2
        };
        assert_eq!(run_result.code, code, "{args:?}: {run_result:?}");
        assert!(!run_result.err.is_empty());
    }
    test_folder.ok(&["account", "add", "Miller"]);
    let run_result = test_folder.run(&["account", "edit", "miller"]);
    assert_eq!(run_result.code, 2);
    assert!(
        run_result.err.contains("Say what is to change"),
        "{run_result:?}"
    );
}

#[test]
fn what_cannot_be_entered_changes_nothing() {
    let test_folder = TestFolder::new();
    test_folder.ok(&["account", "add", "Miller"]);
    test_folder.ok(&["account", "add", "Miller & Sons"]);
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
        let run_result = test_folder.run(args);
        assert!(
            run_result.complaint().contains(text),
            "{text}: {run_result:?}"
        );
    }
    assert_eq!(
        test_folder.json(&["status"])["unsent"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn a_promise_without_a_company_says_that_nothing_of_it_was_written() {
    let test_folder = TestFolder::new();
    test_folder.ok(&["account", "add", "Miller"]);
    let run_result = test_folder.run(&[
        "visit",
        "miller",
        "lost",
        "--promise",
        "x",
        "--due",
        "tomorrow 10:00",
    ]);
    let told = run_result.complaint();
    assert!(!told.contains("is kept here"), "{told}");
    assert!(told.contains("Nothing of this was written"), "{told}");
    assert!(told.contains("visits without a promise"), "{told}");
    assert_eq!(
        test_folder.json(&["account", "show", "miller"])["timeline"],
        serde_json::json!([])
    );
}

#[test]
fn without_a_network_everything_stays_here() {
    let test_folder = TestFolder::new().joined();
    test_folder.ok(&["account", "add", "Miller"]);
    let run_result = test_folder.run(&["sync"]);
    assert!(
        run_result
            .complaint()
            .contains("Everything is saved on this device"),
        "{run_result:?}"
    );
    let told = test_folder.run(&["sync", "--json"]);
    let told: serde_json::Value = serde_json::from_str(told.complaint()).unwrap();
    assert_eq!(told["error"]["kind"], "offline");
    let join = [
        "join",
        "kept://127.0.0.1:9/join?v=1&code=x&http=1",
        "--json",
    ];
    let told = TestFolder::new().run(&join);
    let told: serde_json::Value = serde_json::from_str(told.complaint()).unwrap();
    assert_eq!(told["error"]["kind"], "offline");
    let message = told["error"]["message"].as_str().unwrap();
    assert!(!message.contains("by itself"), "{message}");
    assert_eq!(
        test_folder.json(&["status"])["unsent"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let again = test_folder.run(&["join", "kept://127.0.0.1:9/join?v=1&code=x&http=1"]);
    assert!(
        again.complaint().contains("belongs to Nord already"),
        "{again:?}"
    );
}

#[test]
fn a_notebook_without_its_key_is_left_alone() {
    let test_folder = TestFolder::new();
    test_folder.ok(&["account", "add", "Miller"]);
    let secrets = test_folder.data().join("secrets");
    let kept = std::fs::read(&secrets).unwrap();
    for broken in [
        &b"database-key xyz\n"[..],
        b"\xff\xfe",
        b"database-key 00\n",
        b"",
    ] {
        std::fs::write(&secrets, broken).unwrap();
        let run_result = test_folder.run(&["account", "list"]);
        assert!(
            run_result.complaint().contains("key to this notebook"),
            "{broken:?}: {run_result:?}"
        );
    }
    std::fs::remove_file(&secrets).unwrap();
    let run_result = test_folder.run(&["account", "add", "Jones"]);
    assert!(
        run_result.complaint().contains("The notebook is untouched"),
        "{run_result:?}"
    );
    assert!(!secrets.exists(), "no new key for an old notebook");
    let mut other = kept.clone();
    let digit = kept.len() - 3;
    other[digit] = if kept[digit] == b'0' { b'1' } else { b'0' };
    std::fs::write(&secrets, other).unwrap();
    let run_result = test_folder.run(&["account", "list"]);
    assert!(
        run_result.complaint().contains("key to this notebook"),
        "{run_result:?}"
    );
    std::fs::write(&secrets, kept).unwrap();
    assert!(test_folder.ok(&["account", "list"]).contains("Miller"));
}

#[test]
fn a_notebook_whose_file_is_gone_is_not_begun_anew_in_silence() {
    let test_folder = TestFolder::new();
    test_folder.ok(&["account", "add", "Miller"]);
    let file = test_folder.data().join("notebook.db");
    let kept = std::fs::read(&file).unwrap();
    for gone in [true, false] {
        std::fs::remove_file(&file).unwrap();
        if !gone {
            std::fs::write(&file, b"").unwrap();
        }
        for args in [&["status"][..], &["account", "add", "Jones"], &["doctor"]] {
            let run_result = test_folder.run(args);
            assert!(run_result.complaint().contains("is gone"), "{run_result:?}");
            assert!(run_result.err.contains("notebook.db"), "{run_result:?}");
        }
        std::fs::write(&file, &kept).unwrap();
        assert!(test_folder.ok(&["account", "list"]).contains("Miller"));
    }
    // A user who removes the secrets as well begins anew.
    std::fs::remove_file(&file).unwrap();
    std::fs::remove_file(test_folder.data().join("secrets")).unwrap();
    test_folder.ok(&["account", "add", "Jones"]);
}

#[test]
fn a_notebook_that_cannot_be_used_makes_room_for_a_new_one_and_stays() {
    let test_folder = TestFolder::new();
    test_folder.ok(&["account", "add", "Miller"]);
    let begin_anew = ["doctor", "--begin-anew", "--anyway"];
    let run_result = test_folder.run(&begin_anew);
    assert!(run_result.complaint().contains("opens"), "{run_result:?}");
    let file = test_folder.data().join("notebook.db");
    let secrets = test_folder.data().join("secrets");
    std::fs::write(&secrets, "spoilt").unwrap();
    let kept = std::fs::read(&file).unwrap();
    let run_result = test_folder.run(&["status"]);
    let told = run_result.complaint();
    assert!(told.contains("kept doctor --begin-anew"), "{told}");
    let run_result = test_folder.run(&begin_anew[..2]);
    assert!(
        run_result.complaint().contains("--anyway"),
        "{run_result:?}"
    );
    assert_eq!(std::fs::read(&file).unwrap(), kept);
    let retired = test_folder.json(&begin_anew);
    assert_eq!(retired["key_kept"], false);
    let folder = std::path::Path::new(retired["folder"].as_str().unwrap());
    assert_eq!(std::fs::read(folder.join("notebook.db")).unwrap(), kept);
    let beside = std::fs::read_to_string(test_folder.data().join("secrets.lost-1"));
    assert_eq!(beside.unwrap(), "spoilt");
    test_folder.ok(&["account", "add", "Jones"]);
    assert!(!test_folder.ok(&["account", "list"]).contains("Miller"));
}

#[test]
fn a_first_start_that_broke_off_before_the_file_was_made_is_gone_on_with() {
    let test_folder = TestFolder::new();
    test_folder.ok(&["status"]);
    let secrets = test_folder.data().join("secrets");
    let text = std::fs::read_to_string(&secrets).unwrap();
    let key = text.lines().find(|line| line.starts_with("database-key "));
    std::fs::write(&secrets, format!("{}\n", key.unwrap())).unwrap();
    std::fs::remove_file(test_folder.data().join("notebook.db")).unwrap();
    test_folder.ok(&["account", "add", "Miller"]);
}

#[test]
fn damage_is_reported_as_damage() {
    let test_folder = TestFolder::new();
    let card = |number: usize| {
        let note: String = (0..300)
            .map(|word| format!("{} ", word * number * 7919))
            .collect();
        format!(
            "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Customer {number}\r\nNOTE:{note}\r\nEND:VCARD\r\n"
        )
    };
    let cards: String = (1..60).map(card).collect();
    let run_result =
        test_folder.run_with_input(&["account", "import", "-", "--brief"], cards.as_bytes());
    assert_eq!(run_result.code, 0, "{run_result:?}");
    let file = test_folder.data().join("notebook.db");
    let mut bytes = std::fs::read(&file).unwrap();
    for page in bytes.chunks_mut(4096).skip(40).step_by(3) {
        page[100] ^= 0xff;
    }
    std::fs::write(&file, bytes).unwrap();
    let run_result = test_folder.run(&["doctor"]);
    assert_eq!(run_result.code, 1);
    assert!(run_result.out.contains("is damaged"), "{run_result:?}");
    for args in [&["account", "list"][..], &["search", "customer"]] {
        let run_result = test_folder.run(args);
        assert!(!run_result.err.contains("still here"), "{run_result:?}");
    }
}

#[test]
fn a_folder_that_is_none_is_said_so() {
    let test_folder = TestFolder::new();
    let file = test_folder.file("data", b"");
    for args in [&["account", "add", "Miller"][..], &["status"], &["doctor"]] {
        let run_result = test_folder.run(args);
        assert!(run_result.complaint().contains(&file), "{run_result:?}");
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
        let test_folder = TestFolder::new();
        let path = test_folder.data().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, b"").unwrap();
        let before = std::fs::read_dir(test_folder.data()).unwrap().count();
        for args in [
            &["account", "add", "Miller"][..],
            &["status"],
            &["sync"],
            &["doctor"],
        ] {
            let run_result = test_folder.run(args);
            let told = run_result.complaint();
            assert!(
                told.contains("belongs to a Kept server") && told.contains("KEPT_DATA"),
                "{told}"
            );
        }
        assert_eq!(
            std::fs::read_dir(test_folder.data()).unwrap().count(),
            before,
            "{file}"
        );
    }
    // One that both were made in by earlier versions.
    let test_folder = TestFolder::new();
    test_folder.ok(&["account", "add", "Miller"]);
    std::fs::write(test_folder.data().join("log.sqlite"), b"").unwrap();
    assert!(test_folder.ok(&["account", "list"]).contains("Miller"));
}

#[cfg(not(feature = "keyring"))]
#[test]
fn a_keyring_that_is_not_built_in_is_said_so() {
    let test_folder = TestFolder::new();
    let run_result = test_folder.run(&[
        "join",
        "--keyring",
        "kept://127.0.0.1:9/join?v=1&code=x&http=1",
    ]);
    assert!(
        run_result.complaint().contains("built without the keyring"),
        "{run_result:?}"
    );
    test_folder.ok(&["account", "add", "Miller"]);
    std::fs::write(test_folder.data().join("secrets"), "keyring 0199a1b2\n").unwrap();
    let run_result = test_folder.run(&["account", "list"]);
    assert!(
        run_result.complaint().contains("built without the keyring"),
        "{run_result:?}"
    );
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let test_folder = TestFolder::new();
    test_folder.ok(&["account", "add", "Miller"]);
    let mut child = test_folder
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
    let test_folder = TestFolder::new().joined();
    test_folder.ok(&[
        "account",
        "add",
        "Miller\nJones",
        "--tag",
        "#oven",
        "--contact",
        "Ann\nBerg",
    ]);
    let list = test_folder.ok(&["account", "list"]);
    assert_eq!(list.lines().count(), 2, "{list}");
    let due = ["--due", "2099-01-02"];
    let made =
        test_folder.ok(&[&["promise", "make", "miller", "a fuse\nspare"][..], &due].concat());
    for told in [
        made,
        test_folder.ok(&["promise", "list"]),
        test_folder.ok(&["mine"]),
        test_folder.ok(&["account", "show", "miller"]),
    ] {
        let begins =
            |line: &str| ["Jones", "spare", "Berg"].map(|end| line.trim().starts_with(end));
        assert!(
            !told.lines().any(|line| begins(line).contains(&true)),
            "{told}"
        );
    }
    assert!(
        test_folder
            .ok(&["account", "show", "miller"])
            .contains(", #oven")
    );
    assert!(
        test_folder
            .ok(&["handbook", "hours"])
            .starts_with("Working hours")
    );
}

#[test]
fn what_others_wrote_commands_no_terminal() {
    let test_folder = TestFolder::new();
    test_folder.ok(&["account", "add", "Mil\u{1b}[2Jler"]);
    let shown = test_folder.ok(&["account", "list"]) + &test_folder.ok(&["account", "show", "mil"]);
    assert!(!shown.contains('\u{1b}'), "{shown:?}");
}
