//! Values of arguments whose errors are sentences of the catalogue.

use std::fmt;
use std::net::SocketAddr;
use std::ops::RangeInclusive;

use kept_core::words::{Lang, Words, words_text};

/// A value that is refused, with a sentence whose gaps `text` (the value) and `option` are filled when it is told.
#[derive(Clone, Debug)]
pub struct Refusal(pub Words);

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&words_text(&self.0, Lang::En))
    }
}

impl std::error::Error for Refusal {}

/// Reads a whole number of a range.
pub fn number<T>(
    range: RangeInclusive<i64>,
) -> impl Fn(&str) -> Result<T, Refusal> + Clone + Send + Sync + 'static
where
    T: TryFrom<i64> + 'static,
{
    move |text| {
        let read = text.trim().parse::<i64>().ok();
        let fits = read.filter(|number| range.contains(number));
        let number = fits.and_then(|number| T::try_from(number).ok());
        number.ok_or_else(|| Refusal(range_words(&range, text)))
    }
}

/// The range that a text misses. An end that is only a computer's is told to those who pass it.
fn range_words(range: &RangeInclusive<i64>, text: &str) -> Words {
    const OF_A_COMPUTER: i64 = u32::MAX as i64;
    let from = range.start().to_string();
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match *range.end() {
        OF_A_COMPUTER.. if !is_number => Words::new("usage-number-from").text("from", from),
        to => Words::new("usage-number")
            .text("from", from)
            .text("to", to.to_string()),
    }
}

/// Reads an address to listen on.
pub fn address(text: &str) -> Result<SocketAddr, Refusal> {
    text.trim()
        .parse()
        .map_err(|_| Refusal(Words::new("usage-address")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_outside_its_range_is_told_with_the_range() {
        let percent = number::<u8>(50..=99);
        assert_eq!(percent("99").unwrap_or_default(), 99);
        for wrong in ["100", "-1", "x", "", "9999999999999999999999", "1.5"] {
            let told = percent(wrong).err().map(|refusal| refusal.to_string());
            let told = told.unwrap_or_default();
            assert!(
                told.contains("50") && told.contains("99"),
                "{wrong}: {told}"
            );
        }
    }
}
