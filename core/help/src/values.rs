//! Values of arguments whose errors are sentences of the catalogue.

use std::fmt;
use std::net::SocketAddr;
use std::ops::RangeInclusive;

use kept_core::language::{Lang, Message, message_text};

/// A value that is refused, with a sentence whose gaps `text` (the value) and `option` are filled when it is told.
#[derive(Clone, Debug)]
pub struct InvalidValue(pub Message);

impl fmt::Display for InvalidValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&message_text(&self.0, Lang::En))
    }
}

impl std::error::Error for InvalidValue {}

/// Reads a whole number of a range.
pub fn number<T>(
    range: RangeInclusive<i64>,
) -> impl Fn(&str) -> Result<T, InvalidValue> + Clone + Send + Sync + 'static
where
    T: TryFrom<i64> + 'static,
{
    move |text| {
        let read = text.trim().parse::<i64>().ok();
        let fits = read.filter(|number| range.contains(number));
        let number = fits.and_then(|number| T::try_from(number).ok());
        number.ok_or_else(|| InvalidValue(range_message(&range, text)))
    }
}

/// The range that a text misses. An end that is only a computer's is told to those who pass it.
fn range_message(range: &RangeInclusive<i64>, text: &str) -> Message {
    const TYPE_LIMIT: i64 = u32::MAX as i64;
    let from = range.start().to_string();
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match *range.end() {
        TYPE_LIMIT.. if !is_number => Message::new("usage-number-from").text("from", from),
        to => Message::new("usage-number")
            .text("from", from)
            .text("to", to.to_string()),
    }
}

/// Reads an address to listen on.
pub fn address(text: &str) -> Result<SocketAddr, InvalidValue> {
    text.trim()
        .parse()
        .map_err(|_| InvalidValue(Message::new("usage-address")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_outside_its_range_is_told_with_the_range() {
        let percent = number::<u8>(50..=99);
        assert_eq!(percent("99").unwrap_or_default(), 99);
        for wrong in ["100", "-1", "x", "", "9999999999999999999999", "1.5"] {
            let sentence = percent(wrong).err().map(|refusal| refusal.to_string());
            let sentence = sentence.unwrap_or_default();
            assert!(
                sentence.contains("50") && sentence.contains("99"),
                "{wrong}: {sentence}"
            );
        }
    }
}
