//! The pieces of a time as people type them: clock times, amounts, halves of a day.
//!
//! Every function looks at the beginning of a list of words, prepared by [`plain`], and gives back
//! what it understood and the rest; `phrase` puts the pieces together.

use std::str::FromStr;

use super::vocabulary;
use crate::model::time::DuePart;

/// The rest of the words, after a piece was taken.
pub(crate) type Rest<'a> = &'a [&'a str];

/// An hour and a minute of the day, 0:00 to 23:59.
pub(crate) type HourMinute = (u16, u16);

/// An amount of time, in the unit in which it was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Amount {
    /// Minutes; hours are minutes too.
    Minutes(i64),
    /// Days of the calendar.
    Days(i64),
    /// Months of the calendar.
    Months(i64),
}

/// A text as plain words: lower case, ae for ä, numbers apart from letters, no abbreviation dots.
///
/// A number keeps its dots and colons, for they say what it is.
pub(crate) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    for c in text.chars().flat_map(char::to_lowercase) {
        let number = before.is_ascii_digit() || ".:-".contains(before);
        if (c.is_alphabetic() && number) || (c.is_ascii_digit() && before.is_alphabetic()) {
            plain.push(' ');
        }
        match c {
            'ä' => plain.push_str("ae"),
            'ö' => plain.push_str("oe"),
            'ü' => plain.push_str("ue"),
            // Some keyboards type the letter and its dots one after the other.
            '\u{308}' => plain.push('e'),
            ',' | ';' | '!' | '?' | '"' | '“' | '”' | '„' | '(' | ')' => plain.push(' '),
            '–' | '—' => plain.push('-'),
            '.' if !before.is_ascii_digit() => {}
            c => plain.push(c),
        }
        before = if c == '.' && before.is_alphabetic() {
            'a'
        } else {
            c
        };
    }
    // "Freitagnachmittag" is one word in German.
    plain
        .replace("vormittag", " vormittag")
        .replace("nachmittag", " nachmittag")
}

/// A number written in digits alone.
pub(crate) fn digits<T: FromStr>(word: &str) -> Option<T> {
    let all = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    all.then(|| word.parse().ok()).flatten()
}

/// The half of a day that a word names.
pub(crate) fn half(word: &str) -> Option<DuePart> {
    match word {
        "morning" | "vormittag" | "vormittags" | "morgens" | "frueh" => Some(DuePart::Morning),
        "afternoon" | "nachmittag" | "nachmittags" => Some(DuePart::Afternoon),
        _ => None,
    }
}

/// "17:30", "17 Uhr", "17 Uhr 30", "5 pm", "noon"; and "10" where the word before it was "at".
pub(crate) fn clock<'a>(before: &str, words: Rest<'a>) -> Option<(HourMinute, Rest<'a>)> {
    let (word, rest) = words.split_first()?;
    if matches!(*word, "noon" | "midday" | "mittag" | "mittags") {
        return Some(((12, 0), rest));
    }
    let bare = digits::<u16>(word).map(|hour| (hour, 0));
    let colon = pair(word, ':').or(bare);
    let (clock, rest) = match (colon, rest) {
        (Some((hour @ 1..=12, minute)), ["am", rest @ ..]) => ((hour % 12, minute), rest),
        (Some((hour @ 1..=12, minute)), ["pm", rest @ ..]) => ((hour % 12 + 12, minute), rest),
        (Some((hour, 0)), ["uhr" | "h", minute, rest @ ..])
            if minute.len() == 2 && digits::<u16>(minute).is_some() =>
        {
            ((hour, digits(minute)?), rest)
        }
        (Some(clock), ["uhr", rest @ ..]) => (clock, rest),
        // "2h" alone may be in two hours or at two o'clock.
        (Some(clock), ["h", rest @ ..]) if !before.is_empty() => (clock, rest),
        (None, ["uhr", rest @ ..]) => (pair(word, '.')?, rest),
        (Some(clock), rest) if word.contains(':') => (clock, rest),
        // "at 5" could be either half of the day, and "at 3 June" is none.
        (Some((hour @ 7..=23, _)), rest)
            if matches!(before, "at" | "um")
                && rest
                    .first()
                    .is_none_or(|next| vocabulary::month(next).is_none()) =>
        {
            ((hour, 0), rest)
        }
        _ => return None,
    };
    (clock.0 < 24 && clock.1 < 60).then_some((clock, rest))
}

/// "30 minutes", "einer Stunde", "half an hour", "2 weeks".
pub(crate) fn amount<'a>(words: Rest<'a>) -> Option<(Amount, Rest<'a>)> {
    if let ["half", "an", "hour", rest @ ..]
    | ["einer" | "eine", "halben" | "halbe", "stunde", rest @ ..] = words
    {
        return Some((Amount::Minutes(30), rest));
    }
    let [count, unit, rest @ ..] = words else {
        return None;
    };
    // Four digits reach beyond every calendar that we keep.
    let count =
        i64::from(digits::<u16>(count).or_else(|| vocabulary::count(count)?.try_into().ok())?);
    let amount = match *unit {
        "min" | "mins" | "minute" | "minutes" | "minuten" => Amount::Minutes(count),
        "viertelstunde" => Amount::Minutes(count * 15),
        "h" | "hr" | "hrs" | "hour" | "hours" | "std" | "stunde" | "stunden" => {
            Amount::Minutes(count * 60)
        }
        "day" | "days" | "tag" | "tage" | "tagen" => Amount::Days(count),
        "week" | "weeks" | "woche" | "wochen" => Amount::Days(count * 7),
        "month" | "months" | "monat" | "monate" | "monaten" => Amount::Months(count),
        _ => return None,
    };
    Some((amount, rest))
}

fn pair(word: &str, between: char) -> Option<HourMinute> {
    let (hour, minute) = word.split_once(between)?;
    (hour.len() <= 2 && minute.len() == 2).then_some((digits(hour)?, digits(minute)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_plain() {
        for (text, plainly) in [
            ("Übermorgen 17Uhr30", "uebermorgen 17 uhr 30"),
            ("u\u{308}bermorgen", "uebermorgen"),
            ("3. Juni, 5:30 p.m.", "3. juni  5:30 pm"),
            ("Do. 1.12.2026", "do 1.12.2026"),
            ("Freitagnachmittag", "freitag nachmittag"),
            ("2026-12-01T14:00", "2026-12-01 t 14:00"),
            ("24th", "24 th"),
            ("1.Dez", "1. dez"),
        ] {
            assert_eq!(plain(text), plainly);
        }
    }

    #[test]
    fn clocks_take_only_what_is_theirs() {
        for (before, words, taken, rest) in [
            ("", "17:30 uhr x", Some((17, 30)), "x"),
            ("", "17.30 uhr", Some((17, 30)), ""),
            ("", "17 uhr 05", Some((17, 5)), ""),
            ("", "17 uhr 30. juni", Some((17, 0)), "30. juni"),
            ("", "12 am", Some((0, 0)), ""),
            ("", "12:15 pm", Some((12, 15)), ""),
            ("", "14:30 am freitag", Some((14, 30)), "am freitag"),
            ("um", "10 freitag", Some((10, 0)), "freitag"),
            ("at", "5", None, ""),
            ("at", "10 june", None, ""),
            ("", "24:00", None, ""),
            ("", "9:5", None, ""),
            ("", "9:60", None, ""),
            ("", "1.12", None, ""),
            ("", "10", None, ""),
        ] {
            let words: Vec<&str> = words.split(' ').collect();
            let rest: Vec<&str> = rest.split_whitespace().collect();
            assert_eq!(
                clock(before, &words),
                taken.map(|clock| (clock, &rest[..])),
                "{words:?}"
            );
        }
    }
}
