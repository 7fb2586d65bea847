//! The same contact has the same source however it was exported.

use super::*;

fn source(text: &str) -> String {
    taken(text)[0].source.clone()
}

const CARD: &str = "BEGIN:VCARD\nVERSION:3.0\nPRODID:one\nFN:Zoë Byron\nTEL;TYPE=CELL;TYPE=WORK:123\n\
    item1.URL:http\\://a.b\nitem1.X-ABLabel:Blog\nNOTE:Some text, that is long\nREV:2020\n\
    PHOTO;ENCODING=b:/9j/4AAQ\nEND:VCARD\n";

#[test]
fn does_not_depend_on_how_it_is_written() {
    let first = source(CARD);
    assert!(first.starts_with("vcard:sha256:"));
    assert_eq!(first.len(), "vcard:sha256:".len() + 64);
    let folded: Vec<String> = CARD.lines().map(fold).collect();
    let same = [
        CARD.replace('\n', "\r\n"),
        CARD.replace('\n', "\r"),
        format!("\u{FEFF}{}", folded.join("\r\n")),
        CARD.replace("REV:2020\n", "")
            .replace("PRODID:one", "PRODID:two"),
        CARD.replace("item1.", "item7."),
        CARD.replace("/9j/4AAQ", "/9j/\n 4AAQAAAA"),
        CARD.replace("http\\:", "http:").replace("text,", "text\\,"),
        CARD.replace("TYPE=CELL;TYPE=WORK", "type=work,cell"),
        CARD.replace("3.0", "2.1")
            .replace("TYPE=CELL", "CELL")
            .replace(
                "FN:Zoë",
                "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zo=C3=\n=AB",
            ),
        CARD.replace("FN:Zoë Byron\n", "")
            .replace("REV:2020", "FN:Zoë Byron"),
    ];
    for text in same {
        assert_eq!(source(&text), first, "{text}");
    }
}

#[test]
fn depends_on_what_it_says() {
    let first = source(CARD);
    let others = [
        CARD.replace("123", "124"),
        CARD.replace("CELL", "HOME"),
        CARD.replace("Blog", "Shop"),
        CARD.replace("NOTE", "X-NOTE"),
        CARD.replace("REV:2020", "N:Byron;Zoë"),
        CARD.replace("REV:2020", "N:Byron Zoë"),
    ];
    let mut sources: Vec<_> = others.iter().map(|text| source(text)).collect();
    sources.push(first);
    let count = sources.len();
    sources.sort();
    sources.dedup();
    assert_eq!(sources.len(), count);
}

#[test]
fn is_the_identifier_of_the_card_where_it_has_one() {
    let with = |uid: &str| source(&CARD.replace("REV:2020", uid));
    assert_eq!(with("UID:urn:uuid:4fbe8971"), "vcard:uid:urn:uuid:4fbe8971");
    assert_eq!(with("UID: "), source(CARD));
}

/// Breaks a line after every four characters.
fn fold(line: &str) -> String {
    if line.contains("VCARD") {
        return line.to_owned();
    }
    let characters: Vec<char> = line.chars().collect();
    let parts: Vec<String> = characters
        .chunks(4)
        .map(|part| part.iter().collect())
        .collect();
    parts.join("\r\n ")
}
