//! Clock times and amounts at the beginning of a list of words, each with the rest of the words; `time_parts` puts them
//! together.

use std::str::FromStr;

use super::vocabulary;

/// The rest of the words, after a piece was taken.
pub(super) type Rest<'a> = &'a [&'a str];

/// Minutes of a day on the clock.
const DAY_MINUTES: u16 = 24 * 60;

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clock {
    /// This minute of the day, 0 to 1440: the midnight at its end.
    MinuteOfDay(u16),
    /// An hour of a clock face, 1 to 12, and a minute: either half of the day.
    FaceHour(u16, u16),
    /// "Midnight", at the beginning of a day or at its end.
    Midnight,
}

/// An amount of time, in the unit in which it was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amount {
    /// Minutes; hours are minutes too.
    Minutes(i64),
    /// Days of the calendar.
    Days(i64),
    /// Days on which people work.
    WorkingDays(i64),
    /// Months of the calendar.
    Months(i64),
}

/// A number written in digits alone.
pub(super) fn digits<T: FromStr>(word: &str) -> Option<T> {
    let all = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    all.then(|| word.parse().ok()).flatten()
}

/// A whole number in digits or words: "12", "drei", "twenty five".
pub(super) fn number<'a>(words: Rest<'a>) -> Option<(u16, Rest<'a>)> {
    let (word, rest) = words.split_first()?;
    if let Some(number) = digits(word) {
        return Some((number, rest));
    }
    let tens = vocabulary::tens(word).zip(rest.split_first());
    if let Some((tens, (ones, rest))) = tens
        && let Some(ones @ 1..=9) = vocabulary::number(ones)
    {
        return Some((tens + ones, rest));
    }
    Some((vocabulary::number(word)?, rest))
}

/// True if "am" stands for a.m.: not where a German date follows, as in "10 am Freitag".
pub(super) fn is_before_noon(after: Rest<'_>) -> bool {
    let german = |word: &&str| vocabulary::begins_german_date(word);
    !after.first().is_some_and(german)
}

/// "17:30", "17 Uhr 30", "5 pm", "noon", "halb vier", "quarter to three"; a bare number only after "at" or "um".
pub(super) fn clock<'a>(before: &str, words: Rest<'a>) -> Option<(Clock, Rest<'a>)> {
    match words {
        ["noon" | "midday" | "mittag" | "mittags", rest @ ..] => {
            return Some((Clock::MinuteOfDay(12 * 60), rest));
        }
        ["midnight" | "mitternacht" | "mitternachts", rest @ ..] => {
            return Some((Clock::Midnight, rest));
        }
        _ => {}
    }
    if let Some(((hour, minute), rest)) = spoken(words) {
        let rest = match rest {
            ["uhr" | "oclock", rest @ ..] => rest,
            rest => rest,
        };
        return Some(halved(hour, minute, rest));
    }
    written(before, words)
}

/// An hour of a clock face, with the half of the day that follows it.
fn halved<'a>(hour: u16, minute: u16, rest: Rest<'a>) -> (Clock, Rest<'a>) {
    match rest {
        ["am", rest @ ..] if is_before_noon(rest) => {
            (Clock::MinuteOfDay(hour % 12 * 60 + minute), rest)
        }
        ["pm", rest @ ..] => (Clock::MinuteOfDay((hour % 12 + 12) * 60 + minute), rest),
        ["nachts" | "night", rest @ ..] | ["at", "night", rest @ ..] if hour != 12 => {
            // Seven in the evening or in the morning is not called night.
            match hour {
                9..=11 => (Clock::MinuteOfDay((hour + 12) * 60 + minute), rest),
                1..=5 => (Clock::MinuteOfDay(hour * 60 + minute), rest),
                _ => (Clock::FaceHour(hour, minute), rest),
            }
        }
        rest => (Clock::FaceHour(hour, minute), rest),
    }
}

fn written<'a>(before: &str, words: Rest<'a>) -> Option<(Clock, Rest<'a>)> {
    let (word, rest) = words.split_first()?;
    let marked = matches!(before, "at" | "um" | "@");
    if let Some((hour, minute)) = pair(word, ':') {
        let rest = match rest {
            ["uhr", rest @ ..] => rest,
            ["am" | "pm", ..] if (1..=12).contains(&hour) => {
                let half = halved(hour, minute, rest);
                if matches!(half.0, Clock::MinuteOfDay(_)) {
                    return Some(half);
                }
                rest
            }
            rest => rest,
        };
        return Some((at(hour, minute)?, rest));
    }
    if let Some((hour, minute)) = pair(word, '.')
        && (marked || rest.first() == Some(&"uhr"))
    {
        let rest = rest.strip_prefix(&["uhr"]).unwrap_or(rest);
        return Some((at(hour, minute)?, rest));
    }
    let article = (*word == "ein" && rest.first() == Some(&"uhr")).then_some((1, rest));
    let (hour, rest) = article.or_else(|| number(words))?;
    let face = |minute| match (hour, word.starts_with('0')) {
        (1..=12, false) => Some(Clock::FaceHour(hour, minute)),
        _ => at(hour, minute),
    };
    match rest {
        ["uhr" | "h", minute, rest @ ..]
            if minute.len() == 2 && digits::<u16>(minute).is_some() =>
        {
            Some((face(digits(minute)?)?, rest))
        }
        ["uhr" | "oclock", after @ ..] => match face(0)? {
            Clock::FaceHour(hour, minute) => Some(halved(hour, minute, after)),
            exact => Some((exact, after)),
        },
        // "2h" alone may be in two hours or at two o'clock.
        ["h", rest @ ..] if !before.is_empty() && digits::<u16>(word).is_some() => {
            Some((face(0)?, rest))
        }
        ["am" | "pm" | "nachts", ..] | ["at", "night", ..] if (1..=12).contains(&hour) => {
            let half = halved(hour, 0, rest);
            (marked || matches!(half.0, Clock::MinuteOfDay(_))).then_some(half)
        }
        // "3 nachmittags", "8 in the morning"
        ["morgens" | "vormittags" | "nachmittags" | "abends", ..]
        | ["in", "the", "morning" | "afternoon" | "evening", ..]
            if (1..=12).contains(&hour) =>
        {
            Some((face(0)?, rest))
        }
        // "at 3 June" is no hour.
        rest if marked
            && rest.first().is_none_or(|next| {
                !matches!(*next, "ish" | "th" | "st" | "nd" | "rd")
                    && vocabulary::month(next).is_none()
            }) =>
        {
            Some((face(0)?, rest))
        }
        _ => None,
    }
}

/// Hours of a clock face in words: "half past three", "fünf vor halb vier", "viertel nach 3".
fn spoken<'a>(words: Rest<'a>) -> Option<((u16, u16), Rest<'a>)> {
    let hour = |words: Rest<'a>| number(words).filter(|(hour, _)| (1..=12).contains(hour));
    let before = |hour: u16| if hour == 1 { 12 } else { hour - 1 };
    match words {
        ["a" | "at", "quarter", ..] => return spoken(words.get(1..)?),
        ["half", "past", rest @ ..] => {
            let (at, rest) = hour(rest)?;
            return Some(((at, 30), rest));
        }
        ["halb", rest @ ..] => {
            let (at, rest) = hour(rest)?;
            return Some(((before(at), 30), rest));
        }
        ["dreiviertel", rest @ ..] | ["drei", "viertel", rest @ ..] => {
            let (at, rest) = hour(rest)?;
            return Some(((before(at), 45), rest));
        }
        ["viertel", rest @ ..] => {
            if let Some((at, rest)) = hour(rest) {
                return Some(((before(at), 15), rest));
            }
        }
        _ => {}
    }
    let (minutes, rest) = match words {
        ["quarter" | "viertel", rest @ ..] => (15, rest),
        _ => {
            let (minutes, rest) = number(words)?;
            let rest = match rest {
                ["minutes" | "minuten" | "min", rest @ ..] => rest,
                rest => rest,
            };
            (minutes, rest)
        }
    };
    let (sign, rest) = match rest {
        ["past" | "nach", rest @ ..] => (1, rest),
        ["to" | "till" | "vor", rest @ ..] => (-1, rest),
        _ => return None,
    };
    let (of_hour, rest) = match rest {
        ["halb", rest @ ..] => (-30, rest),
        rest => (0, rest),
    };
    let (at, rest) = hour(rest)?;
    let minutes = i32::from(minutes);
    if !(1..30).contains(&minutes) {
        return None;
    }
    let of_face = i32::from(at % 12) * 60 + of_hour + sign * minutes;
    let of_face = u16::try_from(of_face.rem_euclid(12 * 60)).ok()?;
    let face = if of_face < 60 { 12 } else { of_face / 60 };
    Some(((face, of_face % 60), rest))
}

/// A minute of the day, if it is one.
fn at(hour: u16, minute: u16) -> Option<Clock> {
    let of_day = hour.checked_mul(60)? + minute;
    (minute < 60 && of_day <= DAY_MINUTES).then_some(Clock::MinuteOfDay(of_day))
}

/// "30 minutes", "einer Stunde", "anderthalb Stunden", "half an hour", "2 weeks", "3 business days".
pub(super) fn amount<'a>(words: Rest<'a>) -> Option<(Amount, Rest<'a>)> {
    let (quarters, rest) = match words {
        ["half", "an" | "a", rest @ ..]
        | [
            "a" | "einer" | "eine" | "einem",
            "half" | "halben" | "halbe",
            rest @ ..,
        ]
        | ["half" | "halbe" | "halben", rest @ ..] => (2, rest),
        [
            "anderthalb" | "anderthalben" | "eineinhalb" | "einundeinhalb",
            rest @ ..,
        ] => (6, rest),
        ["zweieinhalb", rest @ ..] => (10, rest),
        ["dreieinhalb", rest @ ..] => (14, rest),
        ["viereinhalb", rest @ ..] => (18, rest),
        ["fuenfeinhalb", rest @ ..] => (22, rest),
        ["three", "quarters", "of", "an", rest @ ..]
        | ["einer" | "eine", "dreiviertel", rest @ ..]
        | ["dreiviertel", rest @ ..] => (3, rest),
        ["a", "quarter", "of", "an", rest @ ..] | ["quarter", "of", "an", rest @ ..] => (1, rest),
        _ => return counted(words),
    };
    let (unit, rest) = unit(rest)?;
    (unit == Unit::Hour).then_some((Amount::Minutes(quarters * 15), rest))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Minute,
    Quarter,
    ThreeQuarters,
    Hour,
    Day,
    WorkingDay,
    Week,
    Fortnight,
    Month,
}

fn unit<'a>(words: Rest<'a>) -> Option<(Unit, Rest<'a>)> {
    if let ["business" | "working" | "work", "day" | "days", rest @ ..] = words {
        return Some((Unit::WorkingDay, rest));
    }
    let (word, rest) = words.split_first()?;
    let unit = match *word {
        "m" | "min" | "mins" | "minute" | "minutes" | "minuten" => Unit::Minute,
        "viertelstunde" | "viertelstunden" => Unit::Quarter,
        "dreiviertelstunde" => Unit::ThreeQuarters,
        "h" | "hr" | "hrs" | "hour" | "hours" | "std" | "stunde" | "stunden" => Unit::Hour,
        "day" | "days" | "tag" | "tage" | "tagen" => Unit::Day,
        "werktag" | "werktage" | "werktagen" | "arbeitstag" | "arbeitstage" | "arbeitstagen"
        | "workday" | "workdays" => Unit::WorkingDay,
        "week" | "weeks" | "woche" | "wochen" => Unit::Week,
        "fortnight" | "fortnights" => Unit::Fortnight,
        "month" | "months" | "monat" | "monate" | "monaten" => Unit::Month,
        _ => return None,
    };
    Some((unit, rest))
}

fn counted<'a>(words: Rest<'a>) -> Option<(Amount, Rest<'a>)> {
    let (word, after) = words.split_first()?;
    if let Some(minutes) = decimal_hours(word) {
        let (unit, rest) = unit(after)?;
        return (unit == Unit::Hour).then_some((Amount::Minutes(minutes), rest));
    }
    let article = vocabulary::is_article(word).then_some((1, after));
    let (count, rest) = article.or_else(|| number(words))?;
    let (halves, rest) = match rest {
        ["and", "a", "half", rest @ ..] | ["einhalb" | "half", rest @ ..] => (1, rest),
        rest => (0, rest),
    };
    let (unit, rest) = unit(rest)?;
    let (halves, rest) = match rest {
        ["and", "a", "half", rest @ ..] if halves == 0 => (1, rest),
        rest => (halves, rest),
    };
    let count = i64::from(count);
    let amount = match unit {
        Unit::Hour => return Some((Amount::Minutes(count * 60 + halves * 30), rest)),
        _ if halves > 0 => return None,
        Unit::Minute => Amount::Minutes(count),
        Unit::Quarter => Amount::Minutes(count * 15),
        Unit::ThreeQuarters => Amount::Minutes(count * 45),
        Unit::Day => Amount::Days(count),
        Unit::WorkingDay => Amount::WorkingDays(count),
        Unit::Week => Amount::Days(count * 7),
        Unit::Fortnight => Amount::Days(count * 14),
        Unit::Month => Amount::Months(count),
    };
    Some((amount, rest))
}

/// "1.5" hours in minutes, where these are whole.
fn decimal_hours(word: &str) -> Option<i64> {
    let (whole, part) = word.split_once('.')?;
    let (whole, hundredths): (u16, i64) = match part.len() {
        1 => (digits(whole)?, digits::<i64>(part)? * 10),
        2 => (digits(whole)?, digits(part)?),
        _ => return None,
    };
    let minutes = i64::from(whole) * 60 + hundredths * 60 / 100;
    (hundredths * 60 % 100 == 0).then_some(minutes)
}

/// Two numbers with a sign between, an hour and its minute: "9:05".
pub(super) fn pair(word: &str, between: char) -> Option<(u16, u16)> {
    let (hour, minute) = word.split_once(between)?;
    (hour.len() <= 2 && minute.len() == 2).then_some((digits(hour)?, digits(minute)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_take_only_what_is_theirs() {
        let exact = |hour: u16, minute: u16| Some(Clock::MinuteOfDay(hour * 60 + minute));
        let face = |hour: u16, minute: u16| Some(Clock::FaceHour(hour, minute));
        for (before, words, taken, rest) in [
            ("", "17:30 uhr x", exact(17, 30), "x"),
            ("", "17.30 uhr", exact(17, 30), ""),
            ("um", "17.30", exact(17, 30), ""),
            ("", "17 uhr 05", exact(17, 5), ""),
            ("", "17 uhr 30. juni", exact(17, 0), "30. juni"),
            ("", "12 am", exact(0, 0), ""),
            ("", "12:15 pm", exact(12, 15), ""),
            ("", "14:30 am freitag", exact(14, 30), "am freitag"),
            ("", "10:30 am freitag", exact(10, 30), "am freitag"),
            ("", "3 am friday", exact(3, 0), "friday"),
            ("", "3 am freitag", None, ""),
            ("um", "10 freitag", face(10, 0), "freitag"),
            ("um", "3 am freitag", face(3, 0), "am freitag"),
            ("at", "5", face(5, 0), ""),
            ("at", "05", exact(5, 0), ""),
            ("at", "10 june", None, ""),
            ("", "drei uhr", face(3, 0), ""),
            ("", "ein uhr", face(1, 0), ""),
            ("", "15 uhr", exact(15, 0), ""),
            ("", "3 oclock pm", exact(15, 0), ""),
            ("", "24:00", exact(24, 0), ""),
            ("", "24:01", None, ""),
            ("", "9:5", None, ""),
            ("", "9:60", None, ""),
            ("", "1.12", None, ""),
            ("", "10", None, ""),
            ("", "halb vier", face(3, 30), ""),
            ("", "halb eins", face(12, 30), ""),
            ("", "dreiviertel 4", face(3, 45), ""),
            ("", "viertel vor eins", face(12, 45), ""),
            ("", "fuenf vor halb vier", face(3, 25), ""),
            ("", "zehn nach 12", face(12, 10), ""),
            ("", "half past three pm", exact(15, 30), ""),
            ("", "quarter to four", face(3, 45), ""),
            ("", "twenty past 8", face(8, 20), ""),
            ("", "midnight", Some(Clock::Midnight), ""),
            ("", "65535 uhr", None, ""),
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

    #[test]
    fn amounts_in_their_unit() {
        for (words, meant) in [
            ("anderthalb stunden", Some(Amount::Minutes(90))),
            ("an hour and a half", Some(Amount::Minutes(90))),
            ("two and a half hours", Some(Amount::Minutes(150))),
            ("1.5 h", Some(Amount::Minutes(90))),
            ("0.33 h", None),
            ("twenty five minutes", Some(Amount::Minutes(25))),
            ("three quarters of an hour", Some(Amount::Minutes(45))),
            ("dreiviertel stunde", Some(Amount::Minutes(45))),
            ("a fortnight", Some(Amount::Days(14))),
            ("3 werktagen", Some(Amount::WorkingDays(3))),
            ("2 business days", Some(Amount::WorkingDays(2))),
            ("anderthalb tage", None),
            ("1.5 days", None),
            ("65536 days", None),
        ] {
            let words: Vec<&str> = words.split(' ').collect();
            let (amount, rest) = amount(&words).unzip();
            assert_eq!(amount, meant, "{words:?}");
            assert!(rest.is_none_or(<[_]>::is_empty), "{words:?}");
        }
    }
}
