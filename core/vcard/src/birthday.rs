//! From the ways in which vCards write a birthday to one.

use super::parse::Field;

/// The year that Apple writes for a birthday without one.
const APPLE_NO_YEAR: &str = "1604";

/// The birthday of a `BDAY`, as described at [`super::Card::birthday`].
pub(super) fn read(field: &Field) -> String {
    let text = field.text();
    let no_year = field.omit_year.as_deref().unwrap_or(APPLE_NO_YEAR);
    date(text, no_year).unwrap_or_else(|| text.to_owned())
}

fn date(text: &str, no_year: &str) -> Option<String> {
    let day_part = text.split(['T', 't', ' ']).next()?;
    if let Some(month_and_day) = day_part.strip_prefix("--") {
        let digits = month_and_day.replace('-', "");
        let (month, day) = month_day(&digits)?;
        return Some(format!("--{month}-{day}"));
    }
    let dashes = day_part.matches('-').count();
    let digits = day_part.replace('-', "");
    let (year, rest) = digits.split_at_checked(4)?;
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match (rest.len(), dashes) {
        (4, 0 | 2) => {
            let (month, day) = month_day(rest)?;
            if year == no_year || year == "0000" {
                Some(format!("--{month}-{day}"))
            } else {
                Some(format!("{year}-{month}-{day}"))
            }
        }
        (2, 1) if (1..=12).contains(&rest.parse::<u8>().ok()?) => Some(format!("{year}-{rest}")),
        (0, 0) => Some(year.to_owned()),
        _ => None,
    }
}

fn month_day(digits: &str) -> Option<(&str, &str)> {
    if digits.len() != 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (month, day) = digits.split_at_checked(2)?;
    let valid = (1..=12).contains(&month.parse::<u8>().ok()?)
        && (1..=31).contains(&day.parse::<u8>().ok()?);
    valid.then_some((month, day))
}
