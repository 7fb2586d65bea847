//! Folding, quoted-printable, base64 blocks, and where cards begin and end.

use super::ContactPointKind::{Address, Phone};
use super::LeftOutReason::{NoEnd, NotKept, PictureSetAside, Unreadable};
use super::*;
use crate::MAX_PROPERTIES;

#[test]
fn unfolds_lines_even_within_a_character_or_a_header() {
    let folded = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ren\xC3\r\n \xA9e\r\nTEL;TY\r\n\tPE=CELL\r\n :12\r\n  3\r\nEND:VCARD";
    let cards = taken(folded);
    assert_eq!(cards[0].name, "Renée");
    assert_eq!(contact_points(&cards[0]), [(Phone, "mobile", "12 3")]);
}

#[test]
fn reads_every_kind_of_line_end() {
    let unix = "BEGIN:VCARD\nVERSION:3.0\nFN:Ada\n  Byron\n\nTEL:1\nEND:VCARD\nBEGIN:VCARD\nFN:B\nEND:VCARD";
    for end in ["\n", "\r\n", "\r", "\r\r\n"] {
        let cards = taken(unix.replace('\n', end));
        assert_eq!(cards.len(), 2, "{end:?}");
        assert_eq!(cards[0].name, "Ada Byron", "{end:?}");
        assert_eq!(contact_points(&cards[0]), [(Phone, "", "1")], "{end:?}");
    }
}

#[test]
fn decodes_quoted_printable_with_soft_breaks() {
    let card = card(
        "2.1",
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=91u=\r\n=C3=\r\n=B1ez;Ana;;;\r\n\
         NOTE;QUOTED-PRINTABLE:one=0D=0A=\r\n two, = three=\r\n\r\nTEL;CELL:1\r\n\
         ORG;ENCODING=QUOTED-PRINTABLE:A=3BB;C\\=3BD\r\n\
         ADR;ENCODING=QUOTED-PRINTABLE:;;1 High St=2C rear=0D=0AYard;Town;;;\r\n\
         TITLE;ENCODING=QUOTED-PRINTABLE:cut off=",
    );
    assert_eq!(card.name, "Ana Ñuñez");
    assert_eq!(card.notes, "one\n two, = three");
    assert_eq!(card.organisation.as_deref(), Some("A;B"));
    assert_eq!(card.department.as_deref(), Some("C;D"));
    assert_eq!(card.title.as_deref(), Some("cut off"));
    assert_eq!(
        contact_points(&card),
        [
            (Phone, "mobile", "1"),
            (Address, "", "1 High St, rear\nYard\nTown"),
        ]
    );
    assert_eq!(left_out(&card), []);
}

#[test]
fn divides_a_name_whose_separators_are_encoded() {
    let card = card("2.1", "N;ENCODING=QUOTED-PRINTABLE:Byron=3BAda=3B=3B=3B");
    assert_eq!(card.name, "Ada Byron");
}

#[test]
fn reads_base64_blocks_until_a_blank_line() {
    let card = card(
        "2.1",
        "KEY;X509;ENCODING=BASE64:\r\n MIIB/jCC\r\n AWug\r\n\r\nPHOTO;JPEG;BASE64:\r\n/9j/4AAQ\r\n\
         SkZJRg==\r\n\r\norphan\r\nFN:A\r\nLOGO;ENCODING=BASE64;PNG:iVBO\r\nRw0K\r\nTEL:1\r\n\
         NOTE;ENCODING=BASE64:w4kgYQ==",
    );
    assert_eq!(card.name, "A");
    assert_eq!(card.notes, "É a");
    assert_eq!(card.photos[0], b"\xFF\xD8\xFF\xE0\x00\x10JFIF");
    assert_eq!(card.photos[1], b"\x89PNG\r\n");
    assert_eq!(contact_points(&card), [(Phone, "", "1")]);
    assert_eq!(
        left_out(&card),
        [
            ("KEY", NotKept),
            ("orphan", Unreadable),
            ("PHOTO", PictureSetAside { bytes: 10 }),
            ("LOGO", PictureSetAside { bytes: 6 }),
        ]
    );
}

#[test]
fn finds_cards_among_garbage() {
    let cards = taken(
        "-- sent from my phone --\nBEGIN:VCARD\nFN:A\nthis is no property\nTEL;TYPE=\"CELL:1\n\
         END:VCARD\n\n%%%:;;\nTEL:999\nbegin:vcard \nFN:B\nEND:VCARD  \nEND:VCARD\nTEL:998\n",
    );
    let names: Vec<_> = cards.iter().map(|card| card.name.as_str()).collect();
    assert_eq!(names, ["A", "B"]);
    assert_eq!(left_out(&cards[0]), [("this is no property", Unreadable)]);
    assert_eq!(contact_points(&cards[0]), [(Phone, "mobile", "1")]);
    assert_eq!(contact_points(&cards[1]), []);
}

#[test]
fn refuses_unfinished_cards_only() {
    let refused = |name: &str| CardOutcome::Refused {
        name: Some(name.to_owned()),
        reason: CardRefusal::Unfinished,
    };
    let results = outcomes(
        "BEGIN:VCARD\nFN:A\nTEL:1\nBEGIN:VCARD\nFN:B\nEND:VCARD\nBEGIN:VCARD\nFN:C\nTEL:12",
    );
    assert_eq!(results.len(), 3);
    assert!(
        matches!(&results[0], CardOutcome::Taken(card) if card.name == "A" && left_out(card) == [("END", NoEnd)])
    );
    assert!(matches!(&results[1], CardOutcome::Taken(card) if card.name == "B"));
    assert_eq!(results[2], refused("C"));
}

#[test]
fn cards_that_were_glued_together_are_several() {
    let two = |text: &str| {
        let cards = taken(text.replace('\n', "\r\n"));
        let names: Vec<_> = cards.iter().map(|card| card.name.clone()).collect();
        assert_eq!(names, ["Ada", "Ben"], "{text:?}");
        assert_eq!(contact_points(&cards[0]), [(Phone, "", "1")], "{text:?}");
        assert_eq!(contact_points(&cards[1]), [(Phone, "", "2")], "{text:?}");
    };
    let ada = "BEGIN:VCARD\nVERSION:3.0\nFN:Ada\nTEL:1";
    let ben = "BEGIN:VCARD\nVERSION:3.0\nFN:Ben\nTEL:2\nEND:VCARD\n";
    for joint in [
        "\nEND:VCARD\n",
        "\nEND:VCARD",
        "\nend:vcard ",
        "\nEND:VCARD\u{feff}",
        "\nEND:VCARD\n\u{feff}",
        "\nEND:VCARD\u{1a}\n",
        "END:VCARD\n",
        "END:VCARD",
        "\n",
        "",
    ] {
        two(&format!("{ada}{joint}{ben}"));
    }
    two(&format!("{ada}END:VCARD\n{ben}").replace("BEGIN:VCARD\n", "BEGIN:VCARD"));
    two(&format!(
        "{ada}\nEND:VCARD\n{}",
        ben.replace("\nEND:VCARD\n", "END:VCARD")
    ));
    // A text that speaks of marks is no mark.
    let card = card(
        "3.0",
        "FN:A\r\nNOTE:ends with END:VCARD and BEGIN:VCARD\r\nNOTE:END:VCARD\r\nTEL:1",
    );
    assert_eq!(contact_points(&card), [(Phone, "", "1")]);
    assert!(
        card.notes.contains("and BEGIN:VCARD\n\nEND:VCARD"),
        "{}",
        card.notes
    );
}

#[test]
fn passes_over_cards_inside_cards() {
    for agent in [
        "AGENT:\nBEGIN:VCARD",
        "AGENT:BEGIN:VCARD",
        "AGENT;TYPE=x:\n\nBEGIN:VCARD",
    ] {
        let text = format!(
            "BEGIN:VCARD\nVERSION:2.1\nN:Boss;The\n{agent}\nVERSION:2.1\nN:Help;The\nTEL:2\n\
             END:VCARD\nTEL:1\nEND:VCARD\nBEGIN:VCARD\nFN:Next\nEND:VCARD\n"
        );
        let cards = taken(text);
        assert_eq!(cards.len(), 2, "{agent:?}");
        assert_eq!(cards[0].name, "The Boss");
        assert_eq!(contact_points(&cards[0]), [(Phone, "", "1")]);
        assert_eq!(left_out(&cards[0]), [("AGENT", NotKept)]);
    }
    let card = card(
        "3.0",
        "FN:A\r\nAGENT:BEGIN:VCARD\\nFN:B\\nEND:VCARD\\n\r\nTEL:1",
    );
    assert_eq!(left_out(&card), [("AGENT", NotKept)]);
    assert_eq!(contact_points(&card), [(Phone, "", "1")]);
}

#[test]
fn refuses_a_card_with_too_many_properties() {
    let many = "X-A:b\n".repeat(MAX_PROPERTIES);
    let results = outcomes(format!("BEGIN:VCARD\nFN:A\n{many}END:VCARD\n"));
    let CardOutcome::Refused { name, reason } = &results[0] else {
        panic!("taken")
    };
    assert_eq!(name.as_deref(), Some("A"));
    assert_eq!(
        *reason,
        CardRefusal::TooLong {
            limit: MAX_PROPERTIES
        }
    );
}
