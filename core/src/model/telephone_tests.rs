//! Telephone numbers as people write them, in several countries.

use super::*;

fn in_country(iso: &str) -> Option<&'static Country> {
    country(iso)
}

#[test]
fn one_number_is_one_however_it_is_written() {
    let germany = in_country("de");
    for writing in [
        "+49 (0711) 123 45-67",
        "+49 (0)711 1234567",
        "0049 711 1234567",
        "0711/1234567",
        "0711.123.45.67",
        "(0711) 1234567",
        "\u{202a}+49 711 1234567\u{202c}",
        "＋４９ ７１１ １２３４５６７",
        "+٤٩ ٧١١ ١٢٣٤٥٦٧",
    ] {
        let read = Telephone::read_in(writing, germany).unwrap();
        assert_eq!(read.dialled(), "+497111234567", "{writing}");
        assert!(is_same(writing, "+497111234567", germany));
        assert!(
            is_same(writing, "+497111234567", None),
            "{writing} anywhere"
        );
        assert_eq!(read.key(), "111234567");
    }
}

#[test]
fn every_country_has_its_own_prefixes() {
    for (iso, writing, dialled) in [
        ("US", "(555) 123-4567", "+15551234567"),
        ("US", "1-555-123-4567", "+15551234567"),
        ("US", "011 49 711 1234567", "+497111234567"),
        ("RU", "8 (495) 123-45-67", "+74951234567"),
        ("HU", "06 1 234 5678", "+3612345678"),
        ("IT", "02 1234 5678", "+390212345678"),
        ("AT", "0512 123456", "+43512123456"),
        ("PL", "22 123 45 67", "+48221234567"),
        ("JP", "03-1234-5678", "+81312345678"),
        ("DE", "112", "112"),
        ("DE", "0711 1234567 ext. 12", "+497111234567,12"),
        ("DE", "0711 1234567 Durchwahl 12", "+497111234567,12"),
        ("DE", "0711 1234567", "+497111234567"),
        ("DE", "1234567", "1234567"),
        (
            "DE",
            "Tel.: 0711 1234567 (Büro, Mo-Fr 8-16)",
            "+497111234567",
        ),
        ("IT", "+39 02 1234 5678", "+390212345678"),
        ("IN", "98765 43210", "+919876543210"),
        ("CN", "138 0013 8000", "+8613800138000"),
        ("AR", "011 15-2345-6789", "+5491123456789"),
        ("GB", "+44 (0) 20 7946 0958", "+442079460958"),
        ("US", "1-800-FLOWERS", "+18003569377"),
        ("US", "(212) 555-0123 x12", "+12125550123,12"),
    ] {
        let read = Telephone::read_in(writing, in_country(iso)).unwrap();
        assert_eq!(read.dialled(), dialled, "{iso} {writing}");
    }
    assert_eq!(country_of_zone("Europe/Vienna").map(|c| c.iso), Some("AT"));
    assert_eq!(country_of_zone("Asia/Calcutta").map(|c| c.iso), Some("IN"));
    assert_eq!(country_of_zone("UTC"), None);
    assert_eq!(country("DE").unwrap().name(), "DE +49");
    let lines = include_str!("countries.txt").lines();
    assert_eq!(lines.count() - 1, COUNTRIES.len(), "every line is a region");
}

#[test]
fn every_number_of_a_field_is_read() {
    let all = |text: &str| -> Vec<String> {
        let numbers = Telephone::all(text).into_iter();
        numbers.map(|number| number.dialled()).collect()
    };
    assert_eq!(
        all("0711 123456 / 0172 654321"),
        ["0711123456", "0172654321"]
    );
    assert_eq!(
        all("0711/123456, 0172/654321"),
        ["0711123456", "0172654321"]
    );
    assert_eq!(
        all("+49 711 1234567 oder +43 1 234567"),
        ["+497111234567", "+431234567"]
    );
    assert_eq!(all("0711 / 123456"), ["0711123456"]);
    assert_eq!(all("0711 123456 Mo-Fr 8-16 Uhr"), ["0711123456"]);
    assert!(all("Room 123, 2nd floor").is_empty());
}

#[test]
fn what_is_no_number_is_none() {
    for text in ["", "12", "Room 5", "a@b.c", "+", "1".repeat(31).as_str()] {
        assert_eq!(Telephone::read(text), None, "{text}");
    }
}

/// True if a query in a country finds a number as it was written.
fn finds(query: &str, iso: &str, written: &str) -> bool {
    let index = Telephone::read(written).unwrap().index_words();
    let words = Telephone::query_words(query, in_country(iso));
    words
        .iter()
        .any(|word| index.iter().any(|known| known.starts_with(&word.word)))
}

#[test]
fn a_number_is_found_by_every_other_writing_of_it() {
    let written = [
        "+49 (0711) 123 45-67",
        "0711/1234567",
        "0049 711 1234567",
        "+49 711 1234567",
    ];
    let asked = [
        "+497111234567",
        "07111234567",
        "1234567",
        "00497111234567",
        "0711 123",
        "+49 711",
        "4567",
    ];
    for number in written {
        for query in asked {
            for country in ["DE", "AT", "-"] {
                // A number without a country code is one of the company's country.
                let foreign =
                    country == "AT" && query.starts_with("07") && !number.starts_with("07");
                assert_eq!(
                    finds(query, country, number),
                    !foreign,
                    "{query} in {country}: {number}"
                );
            }
        }
        assert!(!finds("+43 711 1234567", "DE", "+49 711 1234567"));
        assert!(!finds("0711 1234568", "DE", number));
    }
    assert!(finds("+7 495 1234567", "DE", "8 (495) 123-45-67"));
    assert!(finds("+36 1 234 5678", "DE", "06 1 234 5678"));
    assert!(finds("(555) 123-4567", "US", "+1 555 123 4567"));
    assert!(finds("+1 555 123 4567", "US", "1-555-123-4567"));
    assert!(finds("+39 02 1234 5678", "IT", "02 1234 5678"));
    assert!(finds("02 1234", "IT", "+39 02 1234 5678"));
    assert!(finds("+54 9 11 2345 6789", "DE", "011 15-2345-6789"));
    assert!(finds("+497", "DE", "+49 711 1234567"));
    assert!(finds("1 800 356 9377", "US", "1-800-FLOWERS"));
}
