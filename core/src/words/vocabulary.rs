//! Names of days, months and small numbers as people type them, in every language at once.
//!
//! Lower case, with ae, oe and ue for umlauts, as `phrase` prepares its text.

use jiff::civil::Weekday;

const WEEKDAYS: [(Weekday, &[&str]); 7] = [
    (Weekday::Monday, &["mon", "monday", "mo", "montag"]),
    (
        Weekday::Tuesday,
        &["tue", "tues", "tuesday", "di", "dienstag"],
    ),
    (
        Weekday::Wednesday,
        &["wed", "weds", "wednesday", "mi", "mittwoch"],
    ),
    (
        Weekday::Thursday,
        &["thu", "thur", "thurs", "thursday", "do", "donnerstag"],
    ),
    (Weekday::Friday, &["fri", "friday", "fr", "freitag"]),
    (
        Weekday::Saturday,
        &["sat", "saturday", "sa", "samstag", "sonnabend"],
    ),
    (Weekday::Sunday, &["sun", "sunday", "so", "sonntag"]),
];

const MONTHS: [&[&str]; 12] = [
    &["jan", "january", "januar", "jaenner"],
    &["feb", "february", "februar"],
    &["mar", "march", "maerz", "mrz"],
    &["apr", "april"],
    &["may", "mai"],
    &["jun", "june", "juni"],
    &["jul", "july", "juli"],
    &["aug", "august"],
    &["sep", "sept", "september"],
    &["oct", "october", "okt", "oktober"],
    &["nov", "november"],
    &["dec", "december", "dez", "dezember"],
];

const COUNTS: [&[&str]; 10] = [
    &["a", "an", "one", "ein", "eine", "einem", "einen", "einer"],
    &["two", "zwei"],
    &["three", "drei"],
    &["four", "vier"],
    &["five", "fuenf"],
    &["six", "sechs"],
    &["seven", "sieben"],
    &["eight", "acht"],
    &["nine", "neun"],
    &["ten", "zehn"],
];

/// The day of the week that a word names.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    let (weekday, _) = WEEKDAYS.iter().find(|(_, names)| names.contains(&word))?;
    Some(*weekday)
}

/// The month that a word names, 1 to 12.
pub(super) fn month(word: &str) -> Option<i8> {
    position(&MONTHS, word)
}

/// The number that a word names, 1 to 10.
pub(super) fn count(word: &str) -> Option<i8> {
    position(&COUNTS, word)
}

fn position(table: &[&[&str]], word: &str) -> Option<i8> {
    let index = table.iter().position(|names| names.contains(&word))?;
    i8::try_from(index + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_means_two_things() {
        let weekdays = WEEKDAYS.iter().flat_map(|(_, names)| names.iter());
        let months = MONTHS.iter().flat_map(|names| names.iter());
        let counts = COUNTS.iter().flat_map(|names| names.iter());
        let mut all: Vec<_> = weekdays.chain(months).chain(counts).collect();
        let before = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), before);
    }
}
