//! From the ways in which vCards write a phone number to one a person can read.

use percent_encoding::percent_decode_str;

/// A number as it is, or what a `tel:` address says.
pub(super) fn number(text: &str) -> String {
    let text = super::text::on_one_line(text);
    let Some(address) = text.get(..4).filter(|s| s.eq_ignore_ascii_case("tel:")) else {
        return text;
    };
    let rest = percent_decode_str(text.get(address.len()..).unwrap_or_default());
    let rest = rest.decode_utf8_lossy();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_a_number_is_read_with_its_escapes_and_broken_ones_stay() {
        for (text, expected) in [
            ("tel:%2B49%2030%2F12", "+49 30/12"),
            ("tel:1%4", "1%4"),
            ("tel:%zz", "%zz"),
            ("tel:1%FF", "1\u{FFFD}"),
            ("1%20", "1%20"),
        ] {
            assert_eq!(number(text), expected, "{text}");
        }
    }
}
