//! Files of contacts: card by card, twice, and those that are none.

use crate::test_folder::TestFolder;

const CARDS: &str = "\
BEGIN:VCARD\r\nVERSION:3.0\r\nUID:one\r\nFN:Ada Byron\r\nTEL;TYPE=WORK:030 1\r\nX-CUSTOM:x\r\nEND:VCARD\r\n\
BEGIN:VCARD\r\nVERSION:3.0\r\nUID:two\r\nORG:Bäckerei Süß\r\nEMAIL:post@suess.example\r\nEND:VCARD\r\n\
BEGIN:VCARD\r\nVERSION:3.0\r\nUID:three\r\nEND:VCARD\r\n";

#[test]
fn a_file_is_taken_once_and_what_was_not_taken_is_named() {
    let test_folder = TestFolder::new();
    let file = test_folder.file("contacts.vcf", CARDS.as_bytes());
    let first = test_folder.run(&["account", "import", &file]);
    assert_eq!(first.code, 1, "a card was refused: {first:?}");
    for text in [
        "1. Ada Byron",
        "phone",
        "030 1",
        "has no name",
        "2 added, 0 here already, 1 not taken",
    ] {
        assert!(first.out.contains(text), "{text}: {}", first.out);
    }
    assert_eq!(first.err, "", "no progress into pipes");
    let second = test_folder.run(&["account", "import", &file, "--json"]);
    let report: serde_json::Value = serde_json::from_str(&second.out).unwrap();
    assert_eq!((&report["added"], &report["known"]), (&0.into(), &2.into()));
    assert!(
        report["cards"][2]["refused"]["text"].is_string(),
        "{report}"
    );
    assert_eq!(
        test_folder
            .json(&["account", "list"])
            .as_array()
            .unwrap()
            .len(),
        2
    );
    let piped =
        test_folder.run_with_input(&["account", "import", "-", "--brief"], CARDS.as_bytes());
    assert!(piped.out.contains("0 added, 2 here already"), "{piped:?}");
}

#[test]
fn what_is_no_file_of_contacts_is_refused_in_one_line() {
    let test_folder = TestFolder::new();
    let jpeg = test_folder.file(
        "photo.vcf",
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01BEGIN:VCARD",
    );
    let empty = test_folder.file("empty.vcf", b"");
    for (file, text) in [
        (jpeg.as_str(), "not a file of contacts"),
        (&empty, "This file is empty"),
        ("/no/such/file.vcf", "There is no file /no/such/file.vcf"),
        ("/", "cannot be read"),
    ] {
        let run_result = test_folder.run(&["account", "import", file]);
        assert!(
            run_result.complaint().contains(text),
            "{text}: {run_result:?}"
        );
    }
    let told = test_folder.run(&["account", "import", &jpeg, "--json"]);
    let told: serde_json::Value = serde_json::from_str(told.complaint()).unwrap();
    assert_eq!(told["error"]["kind"], "invalid");
    assert!(
        told["error"]["message"]
            .as_str()
            .unwrap()
            .contains("Nothing was changed")
    );
    assert_eq!(
        test_folder.json(&["account", "list"]),
        serde_json::json!([])
    );
}

/// A card of Ada Byron's, with more lines.
fn ada(lines: &str) -> String {
    format!("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:one\r\n{lines}END:VCARD\r\n")
}

#[test]
fn what_a_card_says_that_its_customer_does_not_is_named() {
    let test_folder = TestFolder::new();
    let first = ada("FN:Ada Byron\r\nTEL;TYPE=WORK:030 1\r\nTITLE:Countess\r\nNOTE:Ring twice\r\n");
    let second = ada(
        "FN:Ada Lovelace\r\nTEL;TYPE=WORK:0301\r\nTEL;TYPE=CELL:0170 2\r\nEMAIL:ada@example.org\r\n\
         TITLE:Analyst\r\nCATEGORIES:engines\r\nNOTE:Ring thrice\r\n",
    );
    // Two cards with one UID in a file are one customer as well.
    let file = test_folder.file("both.vcf", format!("{first}{second}").as_bytes());
    let run_result = test_folder.ok(&["account", "import", &file]);
    for text in [
        "1 added, 1 here already, 0 not taken",
        "1 contact says something that its customer does not",
        "    name: “Ada Lovelace” was not taken",
        "    phone (mobile): “0170 2” was not taken",
        "    email: “ada@example.org” was not taken",
        "    title: “Analyst” was not taken",
        "    tags: “engines” was not taken",
        "    notes: “Ring thrice” was not taken",
    ] {
        assert!(run_result.contains(text), "{text}: {run_result}");
    }
    assert!(
        !run_result.contains("“0301”"),
        "the same number: {run_result}"
    );
    let again = test_folder.file("first.vcf", first.as_bytes());
    let report = test_folder.json(&["account", "import", &again]);
    assert_eq!(report["cards"][0]["left_out"], serde_json::json!([]));
    assert_eq!(
        (&report["known"], &report["differing"]),
        (&1.into(), &0.into())
    );
    // A value that is entered by hand is not named any more.
    test_folder.ok(&["account", "edit", "ada", "--email", "ada@example.org"]);
    test_folder.ok(&[
        "account",
        "edit",
        "ada",
        "--name",
        "Ada Lovelace",
        "--tag",
        "engines",
    ]);
    test_folder.ok(&[
        "account",
        "edit",
        "ada",
        "--add-note",
        "Ring thrice, Analyst",
    ]);
    let again = test_folder.file("second.vcf", second.as_bytes());
    let report = test_folder.json(&["account", "import", &again]);
    let left = report["cards"][0]["left_out"].as_array().unwrap();
    assert_eq!(left.len(), 1, "{report}");
    assert_eq!(left[0]["property"], "phone (mobile)");
    assert_eq!(report["differing"], 1);
    assert!(
        left[0]["reason"]["text"]
            .as_str()
            .unwrap()
            .contains("by hand")
    );
}

#[test]
fn a_card_whose_notes_are_full_loses_a_part_and_not_the_card() {
    let test_folder = TestFolder::new();
    let note = "x".repeat(19_995);
    let card = ada(&format!(
        "FN:Ada Byron\r\nORG:Engine Works\r\nTEL:030 1\r\nTITLE:Analyst\r\nBDAY:1815\r\nNOTE:{note}\r\n"
    ));
    let file = test_folder.file("long.vcf", card.as_bytes());
    let report = test_folder.json(&["account", "import", &file]);
    assert_eq!(report["added"], 1, "{report}");
    let left = &report["cards"][0]["left_out"];
    assert_eq!(left.as_array().unwrap().len(), 1, "{left}");
    assert_eq!(left[0]["property"], "NOTE");
    assert_eq!(left[0]["reason"]["key"], "import-left-out-too-long");
    let account = test_folder.json(&["account", "show", "ada"])["account"].clone();
    assert_eq!(account["name"], "Engine Works");
    let contact = &account["contacts"][0];
    assert_eq!(
        (&contact["name"], &contact["role"], &contact["birthday"]),
        (&"Ada Byron".into(), &"Analyst".into(), &"1815".into())
    );
    assert_eq!(account["reaches"][0]["contact"], contact["id"]);
}

/// A card of a person, with more lines.
fn card(name: &str, lines: &str) -> String {
    format!("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{name}\r\nFN:{name}\r\n{lines}END:VCARD\r\n")
}

#[test]
fn people_of_one_firm_are_contacts_of_one_customer() {
    let test_folder = TestFolder::new();
    let file = [
        card(
            "Ada",
            "ORG:Engine Works;Analysis\r\nTITLE:Analyst\r\nEMAIL:ada@engines.example\r\n",
        ),
        card(
            "Ben",
            "ORG:ENGINE WORKS\r\nTEL;TYPE=CELL:0170 2\r\nNOTE:Left-handed\r\n",
        ),
        card("Cem", "ORG:Engine Works\r\nEMAIL:cem@other.example\r\n"),
        card("Dora", "EMAIL:dora@engines.example\r\n"),
        card(
            "Engine Works",
            "ORG:Engine Works\r\nTEL:030 9\r\nEMAIL:post@engines.example\r\n",
        ),
        card("Eve", "ORG:Engine Works\r\nEMAIL:eve@gmail.com\r\n"),
    ]
    .concat();
    let path = test_folder.file("firm.vcf", file.as_bytes());
    let report = test_folder.json(&["account", "import", &path]);
    assert_eq!(
        (&report["added"], &report["accounts"], &report["contacts"]),
        (&6.into(), &3.into(), &4.into()),
        "{report}"
    );
    let id = report["cards"][0]["account"].as_str().unwrap();
    let account = test_folder.json(&["account", "show", id])["account"].clone();
    let contacts = account["contacts"].as_array().unwrap();
    let contacts: Vec<_> = contacts
        .iter()
        .map(|c| (c["name"].as_str().unwrap(), c["role"].as_str().unwrap()))
        .collect();
    assert_eq!(
        contacts,
        [("Ada", "Analyst, Analysis"), ("Ben", ""), ("Eve", "")]
    );
    assert!(
        account["notes"]
            .as_str()
            .unwrap()
            .contains("Ben: Left-handed")
    );
    let main = account["reaches"]
        .as_array()
        .unwrap()
        .iter()
        .find(|r| r["values"][0]["value"] == "030 9")
        .unwrap();
    assert_eq!(main["contact"], serde_json::Value::Null);
    assert_eq!(report["cards"][2]["account_name"], "Engine Works");
    assert_ne!(
        report["cards"][2]["account"], report["cards"][0]["account"],
        "another domain"
    );
    let told = test_folder.ok(&["account", "import", &path]);
    assert!(
        told.contains("0 added, 6 here already, 0 not taken."),
        "{told}"
    );
    assert!(
        told.contains("2. Ben  is here already, as a contact of Engine Works"),
        "{told}"
    );
    // Another file knows the firm.
    let more = test_folder.file(
        "more.vcf",
        card("Fay", "ORG:Engine Works\r\nEMAIL:fay@engines.example\r\n").as_bytes(),
    );
    let told = test_folder.ok(&["account", "import", &more]);
    assert!(
        told.contains("1. Fay  added as a contact of Engine Works, which is here"),
        "{told}"
    );
}

#[test]
fn several_files_are_told_one_by_one_and_folders_are_refused() {
    let test_folder = TestFolder::new();
    let one = test_folder.file("one.vcf", card("Ada", "TEL:030 1\r\n").as_bytes());
    let two = test_folder.file("two.vcf", card("Ben", "TEL:030 2\r\n").as_bytes());
    let none = test_folder.file("none.vcf", b"Name,Phone\n");
    let run_result = test_folder.run(&["account", "import", &one, &none, &two]);
    assert_eq!(run_result.code, 1, "{run_result:?}");
    for text in ["one.vcf\n1. Ada  added", "two.vcf\n1. Ben  added"] {
        assert!(run_result.out.contains(text), "{text}: {run_result:?}");
    }
    assert!(
        run_result.err.contains("no contact in this file"),
        "{run_result:?}"
    );
    let told = test_folder.run(&["account", "import", &one, &none, "--json"]);
    let told: serde_json::Value = serde_json::from_str(&told.out).unwrap();
    assert_eq!(told[0]["report"]["known"], 1);
    assert_eq!(told[1]["error"]["kind"], "invalid");
    let folder = test_folder.run(&["account", "import", &one, "/"]);
    assert!(folder.complaint().contains("folder"), "{folder:?}");
    assert_eq!(
        test_folder
            .json(&["account", "list"])
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn what_cannot_be_decoded_is_told_by_the_exit_code() {
    let test_folder = TestFolder::new();
    let file = b"BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=SHIFT_JIS:\x8E\x52\xFF\r\nTEL:1\r\nEND:VCARD\r\n";
    let path = test_folder.file("odd.vcf", file);
    let run_result = test_folder.run(&["account", "import", &path]);
    assert_eq!(run_result.code, 1, "{run_result:?}");
    assert!(
        run_result.out.contains("1. 山\\xFF  added"),
        "{run_result:?}"
    );
    assert!(
        run_result.out.contains("SHIFT_JIS, the character set"),
        "{run_result:?}"
    );
}
