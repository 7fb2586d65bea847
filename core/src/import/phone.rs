//! From the ways in which vCards write a phone number to one a person can read.

use crate::model::telephone::Telephone;

/// A number as it is, or what a `tel:` address says.
pub(super) fn number(text: &str) -> String {
    let text = super::text::on_one_line(text);
    let Some(address) = text.get(..4).filter(|s| s.eq_ignore_ascii_case("tel:")) else {
        return text;
    };
    let rest = percent_decoded(text.get(address.len()..).unwrap_or_default());
    let mut parts = rest.split(';');
    let mut number = parts.next().unwrap_or_default().trim().to_owned();
    let mut extension = String::new();
    for part in parts {
        match part.split_once('=') {
            Some((name, value)) if name.eq_ignore_ascii_case("ext") => {
                extension = format!(" ext. {value}");
            }
            // The number is a local one, and this says where.
            Some((name, value))
                if name.eq_ignore_ascii_case("phone-context") && value.starts_with('+') =>
            {
                number = format!("{value}-{number}");
            }
            _ => {}
        }
    }
    number + &extension
}

/// The form that all writings of one number have in common.
pub(super) fn canonical(number: &str) -> String {
    match Telephone::all(number).as_slice() {
        [one] => one.dialled(),
        _ => number.split_whitespace().collect::<String>().to_lowercase(),
    }
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = |byte: &u8| char::from(*byte).to_digit(16);
        let code = match after {
            [high, low, ..] if *first == b'%' => hex(high).zip(hex(low)),
            _ => None,
        };
        match code.and_then(|(high, low)| u8::try_from(high * 16 + low).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
