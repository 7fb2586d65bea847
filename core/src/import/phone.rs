//! The numbers of a card that are one.

use crate::model::telephone::Telephone;

/// Returns the form that all writings of one phone number have in common.
pub fn canonical_number(number: &str) -> String {
    match Telephone::all(number).as_slice() {
        [one] => one.dialled(),
        _ => number.split_whitespace().collect::<String>().to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vcard::{CardOutcome, LeftOutReason, read_cards};

    #[test]
    fn a_card_that_writes_a_number_twice_has_it_once() {
        let file = "BEGIN:VCARD\nVERSION:3.0\nFN:Ada\nTEL;TYPE=CELL:+49 (0)30 901820\n\
                    TEL;TYPE=PREF:+4930901820\nTEL:030 901820-0 or 030 901821\n\
                    TEL:030901820-0 OR 030901821\nTEL:+49 30 901820 ext. 7\nEND:VCARD\n";
        let results = read_cards(file.as_bytes(), canonical_number).unwrap();
        let CardOutcome::Taken(card) = &results[0].outcome else {
            panic!("{results:?}")
        };
        let numbers: Vec<&str> = card
            .contact_points
            .iter()
            .map(|contact_point| contact_point.value.as_str())
            .collect();
        assert_eq!(
            numbers,
            [
                "+49 (0)30 901820",
                "030 901820-0 or 030 901821",
                "+49 30 901820 ext. 7"
            ]
        );
        assert!(card.contact_points[0].preferred);
        let left_out: Vec<_> = card.left_out.iter().map(|left| &left.reason).collect();
        assert_eq!(
            left_out,
            [&LeftOutReason::Duplicate, &LeftOutReason::Duplicate]
        );
    }
}
