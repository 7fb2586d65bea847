//! Whole files: character sets, and files that are no vCards.

use super::*;
use crate::{MAX_CARDS, MAX_FILE};

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
    assert_eq!(name(cut), "ÑÑ\\xC3");
    assert_eq!(name(b"FN:\xC3\x91\xC3\x91 \xC3"), "ÑÑ \\xC3");
    assert_eq!(name(b"FN;CHARSET=no such set:\xEB"), "\\xEB");
}

/// The name of a card whose name is written so, and what is said of it.
fn named(params: &str, value: &[u8]) -> (String, Vec<(String, LeftOutReason)>) {
    let head = format!("BEGIN:VCARD\r\nVERSION:2.1\r\nFN{params}:");
    let file = [head.as_bytes(), value, b"\r\nTEL:1\r\nEND:VCARD\r\n"].concat();
    let card = taken(file).remove(0);
    let left = card
        .left_out
        .into_iter()
        .map(|left| (left.property, left.reason));
    (card.name, left.collect())
}

#[test]
fn reads_the_character_sets_of_phones_everywhere() {
    let sets: &[(&[&str], &[u8], &str)] = &[
        (
            &[
                "SHIFT_JIS",
                "Shift-JIS",
                "cp932",
                "MS932",
                "windows-31j",
                "x-sjis",
            ],
            b"\x8E\x52\x93\x63\x91\xBE\x98\x59",
            "山田太郎",
        ),
        (&["SHIFT_JIS"], b"\x83\x5C\x83\x6E", "ソハ"),
        (
            &["EUC-JP", "eucJP", "EUC_JP"],
            b"\xBB\xB3\xC5\xC4\xC2\xC0\xCF\xBA",
            "山田太郎",
        ),
        (&["ISO-2022-JP", "JIS"], b"\x1B$B;3EDB@O:\x1B(B", "山田太郎"),
        (
            &["GB2312", "GBK", "GB18030", "CP936", "EUC-CN", "x-gbk"],
            b"\xCD\xF5\xD0\xA1\xC3\xF7",
            "王小明",
        ),
        (&["GBK"], b"\xC4\xA3", "模"),
        (
            &["BIG5", "big5-hkscs", "cp950"],
            b"\xB3\xAF\xA4\x6A\xA4\xE5",
            "陳大文",
        ),
        (
            &["EUC-KR", "ks_c_5601-1987", "cp949", "UHC"],
            b"\xB1\xE8\xC3\xB6\xBC\xF6",
            "김철수",
        ),
        (&["IBM866", "cp866", "866"], b"\x88\xA2\xA0\xAD", "Иван"),
        (
            &["WINDOWS-874", "TIS-620", "cp874"],
            b"\xCA\xC1\xAA\xD2\xC2",
            "สมชาย",
        ),
        (&["KOI8-R", "koi8r"], b"\xE9\xD7\xC1\xCE", "Иван"),
        (&["KOI8-U"], b"\xB6\xD7\xC1\xCE", "Іван"),
        (&["WINDOWS-1251", "cp1251"], b"\xC8\xE2\xE0\xED", "Иван"),
        (&["ISO-8859-2", "latin2"], b"\xA3\xF3d\xBC", "Łódź"),
        (&["WINDOWS-1250"], b"\xA3\xF3d\x9F", "Łódź"),
        (
            &["ISO-8859-7", "WINDOWS-1253"],
            b"\xCD\xDF\xEA\xEF\xF2",
            "Νίκος",
        ),
        (&["WINDOWS-1255", "ISO-8859-8"], b"\xF9\xEC\xE5\xED", "שלום"),
        (&["WINDOWS-1256"], b"\xE3\xCD\xE3\xCF", "محمد"),
        (&["WINDOWS-1254"], b"\xDDpek", "İpek"),
        (&["WINDOWS-1257"], b"J\xFBrm\xE2la", "Jūrmāla"),
        (&["IBM437", "CP437", "DOS-437"], b"M\x81ller", "Müller"),
        (&["IBM850", "CP850", "850"], b"M\x81ller \xB5", "Müller Á"),
        (&["IBM852", "cp852"], b"\x9D\xA2d\xAB", "Łódź"),
        (&["macintosh", "MacRoman"], b"M\x9Fller", "Müller"),
        (&["UTF-16LE", "UTF-16"], b"\xFF\xFEZ\x00\xEB\x00", "Zë"),
    ];
    for (labels, bytes, name) in sets {
        for label in *labels {
            let shown = (name.to_string(), vec![]);
            if !bytes.contains(&0) {
                assert_eq!(named(&format!(";CHARSET={label}"), bytes), shown, "{label}");
            }
            let quoted: String = bytes.iter().map(|byte| format!("={byte:02X}")).collect();
            let params = format!(";CHARSET={label};ENCODING=QUOTED-PRINTABLE");
            assert_eq!(named(&params, quoted.as_bytes()), shown, "{label} quoted");
            let base64 = data_encoding::BASE64.encode(bytes);
            let params = format!(";CHARSET={label};ENCODING=BASE64");
            assert_eq!(
                named(&params, format!("{base64}\r\n").as_bytes()),
                shown,
                "{label} base64"
            );
            // Programs that write UTF-8 declare other sets out of habit.
            assert_eq!(
                named(&format!(";CHARSET={label}"), name.as_bytes()),
                shown,
                "UTF-8 as {label}"
            );
        }
    }
}

#[test]
fn what_cannot_be_decoded_stands_as_it_came_and_is_said() {
    let undecoded = |charset: &str| LeftOutReason::Undecoded {
        charset: charset.to_owned(),
    };
    for (params, bytes, name, reason) in [
        (
            ";CHARSET=SHIFT_JIS",
            &b"\x8E\x52\xFF"[..],
            "山\\xFF",
            undecoded("SHIFT_JIS"),
        ),
        (";CHARSET=UTF-8", b"Zo\xEB", "Zo\\xEB", undecoded("UTF-8")),
        (
            ";CHARSET=KLINGON",
            b"Zo\xEB",
            "Zo\\xEB",
            undecoded("KLINGON"),
        ),
        (";CHARSET=UTF-7", b"Zo+AOs-", "Zo+AOs-", undecoded("UTF-7")),
        (
            ";CHARSET=ISO-2022-KR",
            b"\x1B$)C\x0E1h\x0F",
            "$)C1h",
            undecoded("ISO-2022-KR"),
        ),
        ("", b"\xC3\x91\xC3\x91 \xC3", "ÑÑ \\xC3", undecoded("")),
        ("", b"Zo\xEB", "Zoë", LeftOutReason::Guessed),
    ] {
        let told = named(params, bytes);
        assert_eq!(
            told,
            (name.to_owned(), vec![("FN".to_owned(), reason)]),
            "{params}"
        );
        assert!(!told.0.contains('\u{FFFD}'));
    }
    assert_eq!(named(";CHARSET=UTF-7", b"Zoe"), ("Zoe".to_owned(), vec![]));
    let half: Vec<u8> = "BEGIN:VCARD\nFN:A"
        .encode_utf16()
        .chain([0xD83D])
        .chain("\nEND:VCARD\n".encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(taken(&half)[0].name, "A\\xED\\xA0\\xBD");
}

#[test]
fn says_what_a_wrong_file_looks_like() {
    let kind = |file: &[u8]| match read_cards(file) {
        Err(FileError::OtherKind { kind }) => kind,
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
    assert_eq!(read_cards(b""), Err(FileError::Empty));
    assert_eq!(read_cards(b"\xEF\xBB\xBF \r\n"), Err(FileError::Empty));
    assert_eq!(read_cards(b"Name,Phone\nAda,1\n"), Err(FileError::NoCards));
    let large = vec![b' '; MAX_FILE + 1];
    let bytes = large.len();
    assert_eq!(read_cards(&large), Err(FileError::FileTooLarge { bytes }));
    let many = "BEGIN:VCARD\nEND:VCARD\n".repeat(MAX_CARDS + 1);
    assert_eq!(read_cards(many.as_bytes()), Err(FileError::TooManyCards));
    for error in [
        FileError::Empty,
        FileError::NoCards,
        FileError::TooManyCards,
    ] {
        assert_eq!(error.to_string().lines().count(), 1);
    }
}
