//! Files of contacts: card by card, twice, and those that are none.

use crate::bench::Bench;

const CARDS: &str = "\
BEGIN:VCARD\r\nVERSION:3.0\r\nUID:one\r\nFN:Ada Byron\r\nTEL;TYPE=WORK:030 1\r\nX-CUSTOM:x\r\nEND:VCARD\r\n\
BEGIN:VCARD\r\nVERSION:3.0\r\nUID:two\r\nORG:Bäckerei Süß\r\nEMAIL:post@suess.example\r\nEND:VCARD\r\n\
BEGIN:VCARD\r\nVERSION:3.0\r\nUID:three\r\nEND:VCARD\r\n";

#[test]
fn a_file_is_taken_once_and_what_was_not_taken_is_named() {
    let bench = Bench::new();
    let file = bench.file("contacts.vcf", CARDS.as_bytes());
    let first = bench.run(&["account", "import", &file]);
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
    let second = bench.run(&["account", "import", &file, "--json"]);
    let report: serde_json::Value = serde_json::from_str(&second.out).unwrap();
    assert_eq!((&report["added"], &report["known"]), (&0.into(), &2.into()));
    assert!(
        report["cards"][2]["refused"]["text"].is_string(),
        "{report}"
    );
    assert_eq!(
        bench.json(&["account", "list"]).as_array().unwrap().len(),
        2
    );
    let piped = bench.fed(&["account", "import", "-", "--brief"], CARDS.as_bytes());
    assert!(piped.out.contains("0 added, 2 here already"), "{piped:?}");
}

#[test]
fn what_is_no_file_of_contacts_is_refused_in_one_line() {
    let bench = Bench::new();
    let jpeg = bench.file(
        "photo.vcf",
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01BEGIN:VCARD",
    );
    let empty = bench.file("empty.vcf", b"");
    for (file, text) in [
        (jpeg.as_str(), "not a file of contacts"),
        (&empty, "This file is empty"),
        ("/no/such/file.vcf", "There is no file /no/such/file.vcf"),
        ("/", "cannot be read"),
    ] {
        let ran = bench.run(&["account", "import", file]);
        assert!(ran.complaint().contains(text), "{text}: {ran:?}");
    }
    let told = bench.run(&["account", "import", &jpeg, "--json"]);
    let told: serde_json::Value = serde_json::from_str(told.complaint()).unwrap();
    assert_eq!(told["error"]["kind"], "invalid");
    assert!(
        told["error"]["message"]
            .as_str()
            .unwrap()
            .contains("Nothing was changed")
    );
    assert_eq!(bench.json(&["account", "list"]), serde_json::json!([]));
}

/// A card of Ada Byron's, with more lines.
fn ada(lines: &str) -> String {
    format!("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:one\r\n{lines}END:VCARD\r\n")
}

#[test]
fn what_a_card_says_that_its_customer_does_not_is_named() {
    let bench = Bench::new();
    let first = ada("FN:Ada Byron\r\nTEL;TYPE=WORK:030 1\r\nTITLE:Countess\r\nNOTE:Ring twice\r\n");
    let second = ada(
        "FN:Ada Lovelace\r\nTEL;TYPE=WORK:0301\r\nTEL;TYPE=CELL:0170 2\r\nEMAIL:ada@example.org\r\n\
         TITLE:Analyst\r\nCATEGORIES:engines\r\nNOTE:Ring thrice\r\n",
    );
    // Two cards with one UID in a file are one customer as well.
    let file = bench.file("both.vcf", format!("{first}{second}").as_bytes());
    let ran = bench.ok(&["account", "import", &file]);
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
        assert!(ran.contains(text), "{text}: {ran}");
    }
    assert!(!ran.contains("“0301”"), "the same number: {ran}");
    let again = bench.file("first.vcf", first.as_bytes());
    let report = bench.json(&["account", "import", &again]);
    assert_eq!(report["cards"][0]["left_out"], serde_json::json!([]));
    assert_eq!(
        (&report["known"], &report["differing"]),
        (&1.into(), &0.into())
    );
    // What is entered by hand is not named any more.
    bench.ok(&["account", "edit", "ada", "--email", "ada@example.org"]);
    bench.ok(&[
        "account",
        "edit",
        "ada",
        "--name",
        "Ada Lovelace",
        "--tag",
        "engines",
    ]);
    bench.ok(&[
        "account",
        "edit",
        "ada",
        "--add-note",
        "Ring thrice, Analyst",
    ]);
    let again = bench.file("second.vcf", second.as_bytes());
    let report = bench.json(&["account", "import", &again]);
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
    let bench = Bench::new();
    let note = "x".repeat(19_990);
    let card = ada(&format!(
        "FN:Ada Byron\r\nTEL:030 1\r\nTITLE:Countess of Lovelace\r\nBDAY:1815\r\nNOTE:{note}\r\n"
    ));
    let file = bench.file("long.vcf", card.as_bytes());
    let report = bench.json(&["account", "import", &file]);
    assert_eq!(report["added"], 1, "{report}");
    let left = &report["cards"][0]["left_out"];
    assert_eq!(left.as_array().unwrap().len(), 1, "{left}");
    assert_eq!(left[0]["property"], "TITLE");
    assert_eq!(left[0]["reason"]["key"], "import-left-out-too-long");
    let notes = bench.json(&["account", "show", "ada"])["account"]["notes"].clone();
    let notes = notes.as_str().unwrap();
    assert!(notes.starts_with("* 1815\n\nxxx"), "{}", &notes[..40]);
    assert_eq!(notes.chars().count(), 19_998);
}
