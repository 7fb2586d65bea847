//! No bytes make the reader panic, and none get past its limits.

use super::*;
use crate::{MAX_CONTACT_POINTS, MAX_NAME, MAX_NOTES, MAX_VALUE};
use proptest::prelude::*;

const CARD: &[u8] = b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=91=\r\n=20u;\\;A;;;\r\n\
FN:A\\, B\r\nitem1.TEL;type=\"work,voice\";PREF:tel:+1;ext=2\r\nitem1.X-ABLabel:_$!<Fax>!$_\r\n\
ADR;WORK:;;1\\nSt,;Town,Region;;1;X\r\nPHOTO;ENCODING=BASE64:\r\n /9j/\r\n 4AAQ\r\n\r\nBDAY:2000-01-02\r\n\
AGENT:\r\nBEGIN:VCARD\r\nFN:B\r\nEND:VCARD\r\nNOTE;ENCODING=QUOTED-PRINTABLE:a=0D=0A=\r\n\r\n\
TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=C3):3\r\nKIND:org\r\nEND:VCARD\r\n";

/// Pieces that mean something, to be strewn among each other.
const PIECES: &[&str] = &[
    "BEGIN:VCARD",
    "END:VCARD",
    "AGENT:",
    "FN",
    "N",
    "TEL",
    "ADR",
    "NOTE",
    "BDAY",
    "PHOTO",
    "KIND",
    "UID",
    "ORG",
    "GENDER",
    "item1.",
    ".",
    ":",
    ";",
    ",",
    "=",
    "\\",
    "\"",
    "\n",
    "\r\n",
    "\r",
    " ",
    "\t",
    "=\n",
    "=3B",
    "=C3",
    "=",
    "^n",
    ";ENCODING=b",
    ";QUOTED-PRINTABLE",
    ";CHARSET=utf-7",
    ";CHARSET=KOI8-R",
    ";TYPE=",
    ";PREF=99999999999",
    ";VALUE=date",
    "JSCOMPS=",
    ";LABEL=",
    "tel:",
    "%4",
    "data:;base64,",
    "_$!<",
    "2000-",
    "--",
    "é",
    "\u{0}",
    "\u{85}",
];

/// Reads the bytes and checks what holds for everything that is read.
fn check(bytes: &[u8]) {
    let Ok(results) = read_cards(bytes) else {
        return;
    };
    assert!(!results.is_empty());
    for result in results {
        let CardOutcome::Taken(card) = result.outcome else {
            continue;
        };
        assert!(!card.name.trim().is_empty());
        assert!(card.name.chars().count() <= MAX_NAME);
        assert!(card.notes.chars().count() <= MAX_NOTES);
        assert!(card.contact_points.len() <= MAX_CONTACT_POINTS);
        assert!(card.source.starts_with("vcard:"));
        for contact_point in &card.contact_points {
            assert!(
                !contact_point.value.is_empty() && contact_point.value.chars().count() <= MAX_VALUE
            );
        }
    }
}

#[test]
fn every_truncation_is_read_or_refused() {
    for length in 0..CARD.len() {
        check(&CARD[..length]);
        check(&[b"BEGIN:VCARD\n", &CARD[length..]].concat());
    }
}

#[test]
fn every_changed_byte_is_read_or_refused() {
    for at in 0..CARD.len() {
        for byte in [
            0, b'\n', b'\r', b' ', b'"', b':', b';', b'=', b'\\', b',', b'.', 0xC3, 0xFF,
        ] {
            let mut changed = CARD.to_vec();
            changed[at] = byte;
            check(&changed);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn arbitrary_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        check(&bytes);
        check(&[b"BEGIN:VCARD\nFN:A\nNOTE:", &bytes[..], b"\nEND:VCARD\n"].concat());
    }

    #[test]
    fn arbitrary_pieces_are_read_or_refused(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..60)) {
        let text = format!("BEGIN:VCARD\nFN:A\n{}\nEND:VCARD\n", pieces.concat());
        check(text.as_bytes());
    }

    /// A card within the limits that is framed rightly must never be lost to the parser.
    #[test]
    fn any_text_survives_as_a_note(text in "[^\\p{Cc}]{1,80}") {
        let escaped = text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
        let note = card("4.0", format!("FN:A\r\nNOTE:{escaped}")).notes;
        prop_assert_eq!(note, text.trim());
    }
}
