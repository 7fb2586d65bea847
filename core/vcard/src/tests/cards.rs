//! The properties that are taken from a card and those that are left out.

use super::ContactPointKind::{Address, Email, Phone, Web};
use super::LeftOutReason::{AlsoCalled, Duplicate, NotKept, PictureSetAside, TooLong, Unreadable};
use super::*;
use crate::{MAX_CONTACT_POINTS, MAX_NAME, MAX_NOTES, MAX_VALUE};

#[test]
fn takes_a_card_of_version_3() {
    let card = card(
        "3.0",
        "FN:Ada Byron\r\nN:Byron;Ada;;;\r\nORG:Engine Works;Analysis;Notes\r\nTITLE:Analyst\r\n\
         TEL;TYPE=CELL,VOICE,PREF:+44 1\r\nTEL;type=HOME;type=FAX:+44 2\r\n\
         EMAIL;TYPE=INTERNET,HOME:ada@example.org\r\n\
         ADR;TYPE=WORK:;Room 3;12 St James's Square\\,;London;;SW1Y 4JH;UK\r\n\
         URL:http\\://example.org/a\\,b\r\nCATEGORIES:Friends,My Contacts,Engine\\, old\r\n\
         NOTE:First\\nline\r\nNOTE:Second\r\nBDAY:1815-12-10T00:00:00Z",
    );
    assert_eq!(card.name, "Ada Byron");
    assert!(card.is_person);
    assert_eq!(card.organisation.as_deref(), Some("Engine Works"));
    assert_eq!(card.department.as_deref(), Some("Analysis, Notes"));
    assert_eq!(card.title.as_deref(), Some("Analyst"));
    assert_eq!(
        contact_points(&card),
        [
            (Phone, "mobile", "+44 1"),
            (Phone, "home fax", "+44 2"),
            (Email, "home", "ada@example.org"),
            (
                Address,
                "work",
                "Room 3\n12 St James's Square\nSW1Y 4JH London\nUK"
            ),
            (Web, "", "http://example.org/a,b"),
        ]
    );
    let preferred: Vec<_> = card
        .contact_points
        .iter()
        .map(|contact_point| contact_point.preferred)
        .collect();
    assert_eq!(preferred, [true, false, false, false, false]);
    assert_eq!(card.tags, ["Friends", "Engine, old"]);
    assert_eq!(card.notes, "First\nline\n\nSecond");
    assert_eq!(card.birthday.as_deref(), Some("1815-12-10"));
    assert_eq!(left_out(&card), []);
}

#[test]
fn takes_a_card_of_version_4() {
    let card = card(
        "4.0",
        "FN:Ada\r\nTEL;VALUE=uri;PREF=1;TYPE=\"work,voice\":tel:+1-418-656-9254;ext=102\r\n\
         TEL;VALUE=uri:tel:555-0001;phone-context=+1\r\nEMAIL;VALUE=uri:mailto:a@example.org\r\n\
         ADR;LABEL=\"1 Main St\\nTown\":;;;;;;\r\nBDAY:--0203",
    );
    assert_eq!(
        contact_points(&card),
        [
            (Phone, "work", "+1-418-656-9254 ext. 102"),
            (Phone, "", "+1-555-0001"),
            (Email, "", "a@example.org"),
            (Address, "", "1 Main St\nTown"),
        ]
    );
    assert!(card.contact_points[0].preferred);
    assert_eq!(card.birthday.as_deref(), Some("--02-03"));
}

#[test]
fn takes_labels_of_groups_and_of_the_owner() {
    let card = card(
        "3.0",
        "FN:A\r\nitem1.TEL:1\r\nitem1.X-ABLabel:_$!<AssistantPhone>!$_\r\nitem2.TEL:2\r\n\
         ITEM2.X-ABLabel:Summer House\r\nTEL;X-Ski-Hut:3\r\n\
         TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=C3=89cole):4\r\n\
         item3.TEL:5\r\nitem3.X-ABLabel:_$!<HomeFAX>!$_\r\nitem4.X-ABDATE:1999-01-01\r\n\
         item4.X-ABLabel:_$!<Anniversary>!$_\r\nitem5.X-ABLabel:of nothing\r\nTEL;CELL;PAGER:6",
    );
    let labels: Vec<_> = card
        .contact_points
        .iter()
        .map(|contact_point| contact_point.label.as_str())
        .collect();
    assert_eq!(
        labels,
        [
            "assistant phone",
            "Summer House",
            "Ski-Hut",
            "École",
            "home fax",
            "pager"
        ]
    );
    assert_eq!(
        left_out(&card),
        [("X-ABDATE", NotKept), ("X-ABLABEL", NotKept)]
    );
}

#[test]
fn names_a_card_without_a_name() {
    let name = |properties: &str| card("3.0", properties).name;
    assert_eq!(
        name("FN:\r\nN:Byron;Ada;Augusta;Lady;II"),
        "Lady Ada Augusta Byron II"
    );
    assert_eq!(name("N:;;;;\r\nNICKNAME:Bob,Bobby\r\nORG:Acme"), "Bob");
    assert_eq!(name("TEL:1\r\nEMAIL:a@b\r\nORG:Acme"), "Acme");
    assert_eq!(name("TEL:1\r\nEMAIL:a@b"), "a@b");
    assert_eq!(name("TEL:1"), "1");
    let refused = outcomes("BEGIN:VCARD\nVERSION:3.0\nNOTE:nobody\nEND:VCARD\n");
    let reason = CardRefusal::Empty;
    assert_eq!(refused, [CardOutcome::Refused { name: None, reason }]);
}

#[test]
fn reports_parts_of_a_name_that_the_name_does_not_say() {
    let same = card("3.0", "FN:Ada Byron\r\nN:BYRON;Ada;;;");
    assert_eq!(left_out(&same), []);
    let other = card("3.0", "FN:Ada\r\nN:Byron;Ada;;;\r\nNICKNAME:Augusta");
    let also = |name: &str| AlsoCalled { name: name.into() };
    assert_eq!(
        left_out(&other),
        [("N", also("Ada Byron")), ("NICKNAME", also("Augusta"))]
    );
    assert_eq!(other.also_called, ["Ada Byron", "Augusta"]);
    let two = card(
        "3.0",
        "FN:Ada\r\nFN:Ben\r\nN:;Ada;;;\r\nN:;Ben;;;\r\nNICKNAME:Augusta,Gusta",
    );
    assert_eq!(
        (two.name.as_str(), two.also_called.join(" ").as_str()),
        ("Ada", "Ben Augusta Gusta")
    );
}

#[test]
fn east_asian_names_have_the_family_first() {
    for (lines, name) in [
        ("N:张;三", "张三"),
        ("N:山田;太郎;;;様", "山田太郎 様"),
        ("N:김;철수", "김철수"),
        ("N:李;Ann", "Ann 李"),
        ("FN:山田 太郎\r\nN:山田;太郎", "山田 太郎"),
        ("FN:王小明\r\nN:王;小明", "王小明"),
    ] {
        let card = card("3.0", lines);
        assert_eq!(card.name, name);
        assert!(card.also_called.is_empty(), "{card:?}");
    }
}

#[test]
fn technical_words_are_no_labels_and_types_survive_them() {
    let labels = |lines: &str| -> Vec<(String, bool)> {
        let card = card("3.0", format!("FN:A\r\n{lines}"));
        card.contact_points
            .into_iter()
            .map(|contact_point| (contact_point.label, contact_point.preferred))
            .collect()
    };
    for (types, label, expected, preferred) in [
        (";TYPE=\"WORK,VOICE\"", "VOICE", "work", false),
        (";TYPE=CELL,PREF", "PREF\\;CELL", "mobile", true),
        (";TYPE=VOICE", "PREF\\;HOME\\;FAX", "home fax", true),
        (";TYPE=CELL,WORK", "_$!<Work>!$_", "work mobile", false),
        (";TYPE=HOME", "_$!<Mobile>!$_", "home mobile", false),
        (";TYPE=HOME,VOICE", "Ferienhaus", "Ferienhaus, home", false),
        (";TYPE=CELL", "Mein Mobile", "Mein Mobile", false),
        (";TYPE=WORK", "", "work", false),
        ("", "INTERNET", "", false),
        (";TYPE=CELL", "TYPE=WORK\\;type=voice", "work mobile", false),
        ("", "Call first", "Call first", false),
    ] {
        let lines = format!("A.TEL{types}:1\r\nA.X-ABLABEL:{label}");
        assert_eq!(
            labels(&lines),
            [(expected.to_owned(), preferred)],
            "{types} {label}"
        );
    }
    assert_eq!(
        labels("TEL;WORK;CELL:1"),
        [("work mobile".to_owned(), false)]
    );
}

#[test]
fn tells_people_from_organisations() {
    let person = |properties: &str| card("3.0", properties).is_person;
    assert!(person("FN:Ada\r\nORG:Acme"));
    assert!(person("TEL:1"));
    assert!(person("FN:Acme\r\nORG:Acme\r\nKIND:individual"));
    assert!(!person(
        "FN:Front desk\r\nN:desk;Front;;;\r\nORG:Acme\r\nX-ABShowAs:COMPANY"
    ));
    assert!(!person("FN:Front desk\r\nKIND:org"));
    assert!(!person("FN:acme\r\nN:;;;;\r\nORG:Acme"));
    assert!(!person("FN:Family\r\nX-ADDRESSBOOKSERVER-KIND:group"));
    let organisation = card("3.0", "N:;;;;\r\nORG:Acme;Sales");
    assert_eq!(organisation.name, "Acme");
    assert_eq!(organisation.organisation, None);
    assert_eq!(organisation.department.as_deref(), Some("Sales"));
}

#[test]
fn takes_the_same_value_once() {
    let card = card(
        "2.1",
        "FN:A\r\nTEL;CELL:555-1234\r\nTEL;WORK;PREF:(555) 1234\r\nEMAIL:A@b.c\r\nEMAIL:a@B.c\r\n\
         URL:https://a.b/\r\nURL:a.b\r\nORG:X\r\nORG:X\r\nORG:Y\r\nTITLE:Boss\r\nTITLE:Chief\r\nROLE:Boss\r\n\
         NOTE:n\r\nNOTE:n\r\nADR:;;1 High St;Town;;;\r\nLABEL:1 High St=2C Town",
    );
    assert_eq!(
        contact_points(&card),
        [
            (Phone, "mobile", "555-1234"),
            (Email, "", "A@b.c"),
            (Web, "", "https://a.b/"),
            (Address, "", "1 High St\nTown"),
            (Address, "", "1 High St=2C Town"),
        ]
    );
    assert!(card.contact_points[0].preferred);
    let mut names: Vec<_> = left_out(&card);
    names.sort_by_key(|(name, _)| *name);
    let expected = [
        ("EMAIL", Duplicate),
        ("NOTE", Duplicate),
        ("ORG", Duplicate),
        ("ORG", NotKept),
        ("ROLE", Duplicate),
        ("TEL", Duplicate),
        ("TITLE", NotKept),
        ("URL", Duplicate),
    ];
    assert_eq!(names, expected);
}

#[test]
fn sets_pictures_aside() {
    let card = card(
        "4.0",
        "FN:A\r\nPHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ\r\nLOGO:data:image/png;base64\\,iVBORw0=\r\n\
         PHOTO;ENCODING=b:!!!\r\nPHOTO;VALUE=uri:http://a.b/c.jpg\r\nKEY;ENCODING=b:AAAA",
    );
    assert_eq!(
        card.photos,
        [b"\xFF\xD8\xFF\xE0\x00\x10".to_vec(), b"\x89PNG\r".to_vec()]
    );
    assert_eq!(
        left_out(&card),
        [
            ("PHOTO", Unreadable),
            ("KEY", NotKept),
            ("PHOTO", NotKept),
            ("PHOTO", PictureSetAside { bytes: 6 }),
            ("LOGO", PictureSetAside { bytes: 5 }),
        ]
    );
}

#[test]
fn reads_birthdays() {
    let birthday = |line: &str| {
        card("3.0", format!("FN:A\r\n{line}"))
            .birthday
            .expect("one")
    };
    assert_eq!(birthday("BDAY:19220310"), "1922-03-10");
    assert_eq!(birthday("BDAY;value=date:2012-06-06"), "2012-06-06");
    assert_eq!(birthday("BDAY:--0203"), "--02-03");
    assert_eq!(birthday("BDAY:--02-03"), "--02-03");
    assert_eq!(birthday("BDAY:1985-04"), "1985-04");
    assert_eq!(
        birthday("BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-06"),
        "--05-06"
    );
    assert_eq!(birthday("BDAY:19801340"), "19801340");
    assert_eq!(birthday("BDAY;VALUE=text:circa 1800"), "circa 1800");
}

#[test]
fn leaves_out_what_is_too_long_and_cuts_nothing() {
    let long = "x".repeat(MAX_VALUE + 1);
    let fits = "y".repeat(MAX_VALUE);
    let note = "n".repeat(MAX_NOTES - 10);
    let text = format!(
        "FN:A\r\nURL:{long}\r\nURL:{fits}\r\nTITLE:{long}\r\nORG:{long}\r\nCATEGORIES:{long},ok\r\n\
         NOTE:{note}\r\nNOTE:123456789\r\nNOTE:12345678\r\nUID:{long}"
    );
    let card = card("3.0", text);
    let names: Vec<_> = left_out(&card);
    let expected = ["URL", "TITLE", "ORG", "CATEGORIES", "NOTE", "UID"].map(|name| (name, TooLong));
    assert_eq!(names, expected);
    assert_eq!(contact_points(&card), [(Web, "", fits.as_str())]);
    assert_eq!(card.notes.chars().count(), MAX_NOTES);
    assert!(card.source.starts_with("vcard:sha256:"));
}

#[test]
fn bounds_the_number_of_reaches_and_the_name() {
    let numbers: String = (0..=MAX_CONTACT_POINTS)
        .map(|n| format!("\r\nTEL:{n}"))
        .collect();
    let card = card("3.0", format!("FN:A{numbers}"));
    assert_eq!(card.contact_points.len(), MAX_CONTACT_POINTS);
    assert_eq!(left_out(&card), [("TEL", TooLong)]);
    let name = "é".repeat(MAX_NAME + 1);
    let text = format!("BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nTEL:1\nEND:VCARD\n");
    let [CardOutcome::Refused { name, reason }] = &outcomes(text)[..] else {
        panic!("taken")
    };
    assert_eq!(name.as_ref().map(|name| name.chars().count()), Some(61));
    assert_eq!(*reason, CardRefusal::TooLong { limit: MAX_NAME });
}

#[test]
fn does_not_parse_what_could_never_be_kept() {
    let parts = ";x".repeat(8 * MAX_NOTES);
    let card = card("3.0", format!("FN:A\r\nADR:{parts}\r\nTEL:1"));
    assert_eq!(left_out(&card), [("ADR", TooLong)]);
    let text = format!("BEGIN:VCARD\nFN:{parts}\nEND:VCARD\n");
    let reason = CardRefusal::TooLong { limit: MAX_NAME };
    assert_eq!(
        outcomes(text),
        [CardOutcome::Refused { name: None, reason }]
    );
}

#[test]
fn keeps_backslashes_that_begin_no_escape() {
    let card = card("2.1", "FN:A\\;B\r\nNOTE:\\\\srv\\share \\x \\\"q\\\" end\\");
    assert_eq!(card.name, "A;B");
    assert_eq!(card.notes, "\\srv\\share \\x \"q\" end\\");
}
