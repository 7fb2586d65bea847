//! Runs of words that say one thing: amounts from now, weeks and months, the end of a day, and words that say
//! nothing by themselves.

use super::Lang;
use super::clock_times::{self, Amount, Clock, Rest};
use super::time_parts::{Ambiguity, Period};
use super::vocabulary;

/// "half three" is 3:30 in London and 2:30 in German ears.
pub(super) fn half_hour_ambiguity(word: &str) -> Option<Ambiguity> {
    let hour = clock_times::digits(word).or_else(|| vocabulary::number(word));
    let hour = hour.filter(|hour| (1..=12).contains(hour))?;
    let before = if hour == 1 { 12 } else { hour - 1 };
    Some(Ambiguity::Clocks(
        Clock::FaceHour(hour, 30),
        Clock::FaceHour(before, 30),
    ))
}

pub(super) struct Relative<'a> {
    pub sign: i64,
    pub amount: Amount,
    /// True if it is counted from a day that follows: "a week from Monday".
    pub anchored: bool,
    pub rest: Rest<'a>,
}

/// "in 2 h 30 min", "vor 3 Tagen", "an hour ago", "a week from Monday", with -1 for what is over.
pub(super) fn relative<'a>(words: Rest<'a>) -> Option<Relative<'a>> {
    let (sign, after) = match words {
        [
            "in" | "within" | "binnen" | "innerhalb",
            "von" | "the" | "der",
            rest @ ..,
        ]
        | ["in" | "within" | "binnen" | "innerhalb", rest @ ..] => (Some(1), rest),
        ["vor", rest @ ..] => (Some(-1), rest),
        rest => (None, rest),
    };
    let (mut amount, mut rest) = clock_times::amount(after)?;
    while let Some((sum, after)) = added_amount(amount, rest) {
        (amount, rest) = (sum, after);
    }
    let relative = |sign, anchored, rest| Relative {
        sign,
        amount,
        anchored,
        rest,
    };
    let Some(sign) = sign else {
        let days = matches!(amount, Amount::Days(_));
        return match rest {
            ["ago", rest @ ..] | ["her", rest @ ..] => Some(relative(-1, false, rest)),
            ["from", "now", rest @ ..] => Some(relative(1, false, rest)),
            ["from" | "on", rest @ ..] if days && is_day(rest) => Some(relative(1, true, rest)),
            rest if days && is_day(rest) => Some(relative(1, true, rest)),
            _ => None,
        };
    };
    let rest = match rest {
        // "in two hours' time"
        ["time" | "zeit", rest @ ..] => rest,
        rest => rest,
    };
    Some(relative(sign, false, rest))
}

fn is_day(words: Rest<'_>) -> bool {
    let Some(word) = words.first() else {
        return false;
    };
    matches!(*word, "today" | "tomorrow") || vocabulary::weekday_in(word).is_some()
}

/// "2 h 30 min", "2 weeks and 3 days": one amount.
fn added_amount<'a>(amount: Amount, words: Rest<'a>) -> Option<(Amount, Rest<'a>)> {
    let words = match words {
        ["and" | "und", rest @ ..] => rest,
        rest => rest,
    };
    let (more, rest) = clock_times::amount(words)?;
    let sum = match (amount, more) {
        (Amount::Minutes(one), Amount::Minutes(more)) => Amount::Minutes(one + more),
        (Amount::Days(one), Amount::Days(more)) => Amount::Days(one + more),
        _ => return None,
    };
    Some((sum, rest))
}

/// "next week", "Ende des Monats", "end of November": with whether its end was named.
pub(super) fn period<'a>(words: Rest<'a>) -> Option<(Period, bool, Rest<'a>)> {
    match words {
        ["eow", rest @ ..] => return Some((Period::Week(0), true, rest)),
        ["eom" | "monatsende", rest @ ..] => return Some((Period::Month(0), true, rest)),
        ["eoy" | "jahresende", rest @ ..] => return Some((Period::Year(0), true, rest)),
        ["week", "after", "next", rest @ ..] => return Some((Period::Week(2), false, rest)),
        _ => {}
    }
    let ended = match words {
        ["end", "of", "the", rest @ ..]
        | ["end", "of", rest @ ..]
        | ["end", rest @ ..]
        | ["ende", "der" | "des" | "vom", rest @ ..]
        | ["ende", rest @ ..] => Some(rest),
        _ => None,
    };
    let ends = ended.is_some();
    let (word, rest) = ended.unwrap_or(words).split_first()?;
    if ends && let Some(month) = vocabulary::month(word) {
        return Some((Period::Named(month), true, rest));
    }
    if ends && let Some(unit) = period_unit(word) {
        return Some((unit(0), true, rest));
    }
    let from_this = match *word {
        "this" | "diese" | "dieser" | "diesen" | "dieses" | "current" => 0,
        "next" | "coming" | "naechste" | "naechster" | "naechsten" | "naechstes" | "kommende"
        | "kommender" | "kommenden" | "kommendes" => 1,
        "uebernaechste" | "uebernaechster" | "uebernaechsten" | "uebernaechstes" => 2,
        "last" | "previous" | "letzte" | "letzter" | "letzten" | "letztes" | "vergangene"
        | "vergangener" | "vergangenen" | "vorige" | "voriger" | "vorigen" => -1,
        _ => return None,
    };
    let (word, rest) = rest.split_first()?;
    Some((period_unit(word)?(from_this), ends, rest))
}

fn period_unit(word: &str) -> Option<fn(i64) -> Period> {
    match word {
        "week" | "woche" => Some(Period::Week),
        "month" | "monat" | "monats" => Some(Period::Month),
        "year" | "jahr" | "jahres" => Some(Period::Year),
        _ => None,
    }
}

/// "end of day", "Ende des Tages", "close of business".
pub(super) fn end_of_day<'a>(words: Rest<'a>) -> Option<Rest<'a>> {
    match words {
        ["end" | "close", "of", "the", "day" | "business", rest @ ..]
        | [
            "end" | "close",
            "of",
            "day" | "business" | "play" | "work",
            rest @ ..,
        ]
        | [
            "ende",
            "des" | "vom",
            "tages" | "tag" | "arbeitstages",
            rest @ ..,
        ]
        | ["ende", "tag" | "tages", rest @ ..] => Some(rest),
        _ => None,
    }
}

/// Words that say nothing by themselves: the rest after them.
pub(super) fn filler<'a>(before: &str, words: Rest<'a>) -> Option<Rest<'a>> {
    let (word, rest) = words.split_first()?;
    match (*word, rest) {
        ("no", ["later", "than", rest @ ..]) | ("at", ["the", "latest", rest @ ..]) => Some(rest),
        // "in June" and "in the morning" are times, "in 5" is none.
        ("in", [next, ..])
            if matches!(*next, "the" | "der" | "den" | "dem")
                || vocabulary::month(next).is_some()
                || period(rest).is_some() =>
        {
            Some(rest)
        }
        ("am", _) => {
            let german = !clock_times::is_before_noon(rest);
            let first = before.is_empty() || matches!(before, "bis" | "spaetestens");
            let number = rest
                .first()
                .is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()));
            let weekday = rest
                .first()
                .is_some_and(|next| vocabulary::weekday(next).is_some());
            let german_before = matches!(vocabulary::weekday_in(before), Some((_, Lang::De)));
            (german || (first && (number || weekday)) || (german_before && number)).then_some(rest)
        }
        ("this" | "diesen" | "dieser", [next, ..]) => {
            vocabulary::weekday(next).is_some().then_some(rest)
        }
        ("uhr", _) => None,
        (
            "on" | "at" | "@" | "by" | "the" | "of" | "until" | "till" | "t" | "um" | "bis" | "zu"
            | "zum" | "den" | "der" | "dem" | "latest" | "spaetestens" | "im",
            _,
        ) => Some(rest),
        _ => None,
    }
}

/// The index of the word at fault: 2 for "in a few"; 0 if no number follows "in" or a word like it.
pub(super) fn faulty_word(words: Rest<'_>) -> usize {
    let counts = ["in", "within", "innerhalb", "binnen", "vor"];
    let Some((first, rest)) = words.split_first() else {
        return 0;
    };
    let number = |word: &&&str| {
        vocabulary::is_article(word)
            || matches!(**word, "von" | "the" | "der")
            || vocabulary::number(word).is_some()
            || word.starts_with(|first: char| first.is_ascii_digit())
    };
    let counted = rest.iter().take_while(number).count();
    match counts.contains(first) && counted > 0 {
        true => (counted + 1).min(words.len() - 1),
        false => 0,
    }
}

/// True if a word must be followed by another.
pub(super) fn is_preposition(word: Option<&str>) -> bool {
    matches!(
        word,
        Some(
            "on" | "at"
                | "@"
                | "by"
                | "the"
                | "of"
                | "until"
                | "till"
                | "um"
                | "bis"
                | "zu"
                | "zum"
                | "in"
                | "im"
        )
    )
}

/// True if a.m. or p.m. may follow a word: a day in English, or in digits.
pub(super) fn is_english_day(word: &str) -> bool {
    matches!(vocabulary::weekday_in(word), Some((_, Lang::En)))
        || matches!(
            word,
            "today" | "tomorrow" | "yesterday" | "st" | "nd" | "rd" | "th"
        )
        || (word.starts_with(|first: char| first.is_ascii_digit())
            && word.contains(['.', '-', '/']))
        || vocabulary::month(word).is_some()
}
