//! Whole files: character sets, and files that are no vCards.

use super::*;
use crate::import::{ImportError, MAX_CARDS, MAX_FILE};

const TEXT: &str = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zoë €\r\nEND:VCARD\r\n";

#[test]
fn reads_unicode_with_and_without_marks() {
    let little: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let files = [
        TEXT.as_bytes().to_vec(),
        [b"\xEF\xBB\xBF", TEXT.as_bytes()].concat(),
        [b"\xFF\xFE", &little[..]].concat(),
        [b"\xFE\xFF", &big[..]].concat(),
        little,
        big,
    ];
    for file in files {
        assert_eq!(taken(&file)[0].name, "Zoë €", "{:?}", &file[..6]);
    }
}

#[test]
fn reads_older_character_sets() {
    let name = |line: &[u8]| {
        let file = [b"BEGIN:VCARD\nVERSION:2.1\n", line, b"\nEND:VCARD\n"].concat();
        taken(file)[0].name.clone()
    };
    assert_eq!(name(b"FN:Zo\xEB \x80"), "Zoë €");
    assert_eq!(name(b"FN;CHARSET=ISO-8859-1:Zo\xEB"), "Zoë");
    assert_eq!(name(b"FN;CHARSET=ISO-8859-1:Zo\xC3\xAB"), "Zoë");
    assert_eq!(name(b"FN;ENCODING=QUOTED-PRINTABLE:Zo=EB"), "Zoë");
    assert_eq!(name(b"FN;ENCODING=QUOTED-PRINTABLE:Zo=C3=AB"), "Zoë");
    let russian = b"FN;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE:=C8=E2=E0=ED";
    assert_eq!(name(russian), "Иван");
    assert_eq!(name(b"FN;CHARSET=KOI8-R:\xE9\xD7\xC1\xCE"), "Иван");
    let cut = b"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=91=C3=91=C3";
    assert_eq!(name(cut), "ÑÑ\u{FFFD}");
    assert_eq!(name(b"FN:\xC3\x91\xC3\x91 \xC3"), "ÑÑ \u{FFFD}");
    assert_eq!(name(b"FN;CHARSET=no such set:\xEB"), "ë");
}

#[test]
fn says_what_a_wrong_file_looks_like() {
    let kind = |file: &[u8]| match read_cards(file) {
        Err(ImportError::OtherKind { kind }) => kind,
        other => panic!("{other:?}"),
    };
    assert_eq!(kind(b"\xFF\xD8\xFF\xE0\0\x10JFIF"), "a JPEG picture");
    assert_eq!(kind(b"\x89PNG\r\n\x1A\n"), "a PNG picture");
    assert_eq!(kind(b"PK\x03\x04\x14"), "a ZIP archive (unpack it first)");
    assert_eq!(kind(b"%PDF-1.7"), "a PDF document");
    assert_eq!(kind(b"RIFF\0\0\0\0WEBPVP8 "), "a WebP picture");
    assert_eq!(kind(b"\n<!DOCTYPE html><title>"), "a web page");
    assert_eq!(kind(b"BEGIN:VCALENDAR\nEND:VCALENDAR"), "a calendar");
    assert_eq!(kind(b"abc\0\x01def"), "binary data");
    let message = read_cards(b"\xFF\xD8\xFF")
        .expect_err("a picture")
        .to_string();
    assert!(
        message.starts_with("this is a JPEG picture, not a vCard; choose"),
        "{message}"
    );
}

#[test]
fn says_what_is_wrong_with_a_file_without_cards() {
    assert_eq!(read_cards(b""), Err(ImportError::Empty));
    assert_eq!(read_cards(b"\xEF\xBB\xBF \r\n"), Err(ImportError::Empty));
    assert_eq!(
        read_cards(b"Name,Phone\nAda,1\n"),
        Err(ImportError::NoCards)
    );
    let large = vec![b' '; MAX_FILE + 1];
    let bytes = large.len();
    assert_eq!(read_cards(&large), Err(ImportError::FileTooLarge { bytes }));
    let many = "BEGIN:VCARD\nEND:VCARD\n".repeat(MAX_CARDS + 1);
    assert_eq!(read_cards(many.as_bytes()), Err(ImportError::TooManyCards));
    for error in [
        ImportError::Empty,
        ImportError::NoCards,
        ImportError::TooManyCards,
    ] {
        assert!(error.key().starts_with("import-error-"));
        assert_eq!(error.to_string().lines().count(), 1);
    }
}
