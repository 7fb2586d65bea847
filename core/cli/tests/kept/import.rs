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
