//! Finding: scripts, marks, numbers, what comes first, and lists in the order of a language.

use crate::test_folder::{RunResult, TestFolder};

/// The names of what a search finds, in its order.
fn found(test_folder: &TestFolder, query: &str) -> Vec<String> {
    let found = test_folder.json(&["search", query]);
    let names = found
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["text"].as_str().unwrap().to_owned());
    names.collect()
}

#[test]
fn names_are_found_in_every_script_and_spelling() {
    let test_folder = TestFolder::new();
    for name in [
        "东京拉面店",
        "مَكْتَبَةُ الفَجْر",
        "إسلام أحمد",
        "Ａｃｍｅ",
        "O’Brien",
        "ﾗｰﾒﾝ屋",
        "ร้านกาแฟ",
        "שָׁלוֹם בע״מ",
        "서울빵집",
        "Müller-Lüdenscheidt",
    ] {
        test_folder.ok(&["account", "add", name]);
    }
    for (query, name) in [
        ("东京", "东京拉面店"),
        ("拉面", "东京拉面店"),
        ("店", "东京拉面店"),
        ("مكتبة", "مَكْتَبَةُ الفَجْر"),
        ("اسلام", "إسلام أحمد"),
        ("احمد", "إسلام أحمد"),
        ("acme", "Ａｃｍｅ"),
        ("o'brien", "O’Brien"),
        ("obrien", "O’Brien"),
        ("brien", "O’Brien"),
        ("らーめん", "ﾗｰﾒﾝ屋"),
        ("ラーメン屋", "ﾗｰﾒﾝ屋"),
        ("กาแฟ", "ร้านกาแฟ"),
        ("שלום", "שָׁלוֹם בע״מ"),
        ("בעמ", "שָׁלוֹם בע״מ"),
        ("빵집", "서울빵집"),
        ("muellerluedenscheidt", "Müller-Lüdenscheidt"),
        ("lüden\u{202e}scheidt", "Müller-Lüdenscheidt"),
    ] {
        assert_eq!(found(&test_folder, query), [name], "{query}");
    }
    assert!(found(&test_folder, "京东").is_empty(), "in this order only");
}

#[test]
fn a_number_is_found_in_any_spelling() {
    let test_folder = TestFolder::new();
    for (name, phone) in [
        ("A", "+49 (0711) 123 45-67"),
        ("B", "0711/1234567"),
        ("C", "0049 711 1234567"),
        ("D", "+49 711 1234567"),
        ("E", "+49 711 1234568"),
    ] {
        test_folder.ok(&["account", "add", name, "--phone", phone]);
    }
    for query in [
        "+497111234567",
        "07111234567",
        "0711 123 45 67",
        "1234567",
        "00497111234567",
        "+49 (0) 711 1234567",
    ] {
        let mut names = found(&test_folder, query);
        names.sort();
        assert_eq!(names, ["A", "B", "C", "D"], "{query}");
    }
    let told = test_folder.ok(&["search", "1234567"]);
    assert!(told.contains("Phone: [0711/1234567]"), "{told}");
}

#[test]
fn the_best_comes_first_with_the_words_that_were_found() {
    let test_folder = TestFolder::new();
    test_folder.ok(&["account", "add", "Postbank"]);
    test_folder.ok(&["account", "add", "Gasthof Post"]);
    test_folder.ok(&[
        "account",
        "add",
        "Adler",
        "--note",
        "Key under the mat, opposite the post office",
    ]);
    test_folder.ok(&["account", "add", "Post"]);
    test_folder.ok(&["account", "add", "Bär", "--note", "Send it by postbox"]);
    test_folder.ok(&["visit", "adler", "Their post is late"]);
    let names = [
        "Post",
        "Gasthof Post",
        "Postbank",
        "Adler",
        "Their post is late",
        "Bär",
    ];
    assert_eq!(found(&test_folder, "post"), names);
    let told = test_folder.ok(&["search", "post"]);
    for text in [
        "opposite the [post] office",
        "What was said: Their [post] is late",
        "Send it by [postbox]",
    ] {
        assert!(told.contains(text), "{text}: {told}");
    }
    let matches = test_folder.json(&["search", "opposite"])[0]["matches"].clone();
    let segments = matches[0]["segments"].as_array().unwrap();
    let marked: Vec<_> = segments
        .iter()
        .filter(|segment| segment["found"] == true)
        .collect();
    assert_eq!(marked.len(), 1, "{matches}");
    assert_eq!(marked[0]["text"], "opposite");
}

#[test]
fn lists_are_in_the_order_of_the_language() {
    let test_folder = TestFolder::new();
    let ordered = [
        "Apfel",
        "Äpfel",
        "Café",
        "Cafe-Atlantico",
        "Ofen",
        "Öl",
        "Über",
        "Zebra",
        "zoo",
    ];
    for name in [
        "Äpfel",
        "Apfel",
        "Zebra",
        "Öl",
        "Ofen",
        "Café",
        "Cafe-Atlantico",
        "Über",
        "zoo",
    ] {
        test_folder.ok(&["account", "add", name]);
    }
    let listed = test_folder.json(&["account", "list"]);
    let names: Vec<_> = listed
        .as_array()
        .unwrap()
        .iter()
        .map(|a| a["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ordered);
    let page = test_folder.json(&["account", "list", "--offset", "2", "--limit", "3"]);
    assert_eq!(
        (&page[0]["name"], &page[2]["name"]),
        (&"Café".into(), &"Ofen".into())
    );
}

#[test]
fn what_nobody_sees_is_written_out_and_turns_no_line() {
    let test_folder = TestFolder::new();
    test_folder.ok(&[
        "account",
        "add",
        "exe\u{202e}fdp\u{1b}[2J",
        "--phone",
        "\u{202a}+49 711 1\u{202c}",
    ]);
    for told in [
        test_folder.ok(&["account", "list"]),
        test_folder.ok(&["account", "show", "exefdp"]),
        test_folder.ok(&["search", "exefdp"]),
    ] {
        assert!(told.contains("exe<U+202E>fdp<U+001B>[2J"), "{told}");
        assert!(!told.contains(['\u{202e}', '\u{1b}', '\u{202a}']), "{told}");
    }
    assert!(
        test_folder
            .ok(&["account", "list"])
            .contains("<U+202A>+49 711 1<U+202C>")
    );
}

#[test]
fn what_is_there_already_says_nothing_or_leaves_something_open_is_asked_about() {
    let test_folder = TestFolder::new();
    test_folder.ok(&["account", "add", "Adler", "--phone", "030 111"]);
    let refused = |args: &[&str]| {
        let run_result = test_folder.run(args);
        let told = run_result.complaint().to_owned();
        assert!(told.contains("--anyway"), "{told}");
        told
    };
    assert!(
        refused(&["account", "add", "ADLER", "--phone", "030/111"]).contains("is here already")
    );
    test_folder.ok(&["account", "add", "Adler", "--phone", "030 222"]);
    test_folder.ok(&["account", "add", "Adler", "--phone", "030 111", "--anyway"]);
    assert!(refused(&["visit", "030 222", " "]).contains("says nothing"));
    test_folder.ok(&["visit", "030 222", "", "--anyway"]);
    let empty = test_folder.run_with_input(
        &["log", "--stdin"],
        br#"{"account": "030 222", "said": " "}"#,
    );
    assert!(empty.complaint().contains("says nothing"), "{empty:?}");
    let empty = br#"{"account": "030 222", "said": "", "anyway": true}"#;
    assert_eq!(
        test_folder.run_with_input(&["log", "--stdin"], empty).code,
        0
    );
    let told = test_folder.ok(&["visit", "030 222", "Hello", "--channel", "call"]);
    assert!(told.contains("Call: Adler, just now."), "{told}");
    let told = test_folder.ok(&["account", "list"]);
    assert_eq!(told.matches("likely the same as").count(), 2, "{told}");
}

#[test]
fn anything_is_shown_whole() {
    let test_folder = TestFolder::new();
    test_folder.ok(&[
        "account",
        "add",
        "Adler",
        "--also-called",
        "Zum Adler",
        "--contact",
        "Ada, cook",
    ]);
    let long = format!("{}end", "Their oven smokes. ".repeat(20));
    let visit = test_folder.json(&[
        "visit",
        "adler",
        &long,
        "--means",
        "two\nlines",
        "--contact",
        "Ada",
    ]);
    let usage = test_folder.json(&["observe", "adler", "kicks the door", "--quote", "Ha!"]);
    let told = test_folder.ok(&["show", visit["visit"].as_str().unwrap()]);
    assert!(
        told.contains(&long) && told.contains("lines") && told.contains("Ada"),
        "{told}"
    );
    let told = test_folder.ok(&["show", usage["id"].as_str().unwrap()]);
    assert!(
        told.contains("kicks the door") && told.contains("Ha!"),
        "{told}"
    );
    assert!(
        test_folder
            .ok(&["show", "adler"])
            .contains("also called Zum Adler")
    );
    assert!(test_folder.ok(&["show", "delivery"]).contains("delivery"));
    assert_eq!(
        test_folder.json(&["show", "adler"])["account"]["name"],
        "Adler"
    );
    assert!(
        test_folder
            .run(&["show", "nobody"])
            .complaint()
            .contains("nobody")
    );
}

#[test]
fn a_table_is_as_wide_as_it_is_told_to_be_and_loses_nothing() {
    let test_folder = TestFolder::new();
    let name = "Schreinerei Hinterhuber und Töchter";
    test_folder.ok(&["account", "add", name, "--phone", "+49 7171 123456"]);
    let width = |text: &str| text.lines().map(|line| line.chars().count()).max();
    let piped = test_folder.ok(&["account", "list"]);
    assert!(piped.contains(name), "{piped}");
    let mut narrow = test_folder.command(&["account", "list"]);
    let narrow = RunResult::of(narrow.env("COLUMNS", "60").output().unwrap()).out;
    assert!(
        width(&narrow) <= Some(60) && width(&piped) > Some(60),
        "{narrow}"
    );
    for word in ["Schreinerei", "Hinterhuber", "Töchter", "123456"] {
        assert!(narrow.contains(word), "{narrow}");
    }
}
