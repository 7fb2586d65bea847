//! The table of phrases, and what holds for every text.

use std::fmt::Write as _;

use jiff::civil::{Date, DateTime};
use proptest::prelude::*;

use super::*;
use crate::language::{Lang, ReaderContext, format_due, message_text_at};
use crate::model::calendar::WorkingCalendar;
use crate::model::time::{DuePart, zone};

const BERLIN: &str = "Europe/Berlin";
const TABLE: &str = include_str!("phrases.txt");
const CLOSED: [&str; 4] = ["2026-12-24", "2026-12-25", "2026-12-26", "2027-01-01"];

fn working() -> WorkingTime {
    let closed = CLOSED.map(str::to_owned);
    WorkingTime::new(&WorkingCalendar::usual(BERLIN), &closed).unwrap()
}

fn ms(local: &str) -> i64 {
    let local: DateTime = local.parse().unwrap();
    let zoned = zone(BERLIN).unwrap().to_zoned(local).unwrap();
    zoned.timestamp().as_millisecond()
}

fn here(now: Millis, working: &WorkingTime) -> PhraseContext<'_> {
    PhraseContext {
        now,
        zone: BERLIN,
        working,
    }
}

fn told(due: &Due) -> String {
    let part = match due.part {
        DuePart::Minute { of_day } => format!(" {:02}:{:02}", of_day / 60, of_day % 60),
        DuePart::Morning => " morning".to_owned(),
        DuePart::Afternoon => " afternoon".to_owned(),
        DuePart::Day => String::new(),
    };
    let again = if due.repeated { " again" } else { "" };
    format!("{}{part}{again}", due.date)
}

fn told_error(error: &PhraseError) -> String {
    match error {
        PhraseError::NotUnderstood { word, .. } => format!("word {word}"),
        PhraseError::Vague { word, .. } => format!("open {word}"),
        PhraseError::Ambiguous { dues, .. } => {
            format!("either {} or {}", told(&dues.0), told(&dues.1))
        }
        PhraseError::Contradiction(_) => "contradiction".to_owned(),
        PhraseError::Unfinished(_) => "nothing".to_owned(),
        PhraseError::Place(error) => error.to_string(),
    }
}

/// True if a meaning is the one of the table, where `…` stands for anything.
fn is_meant(meaning: &str, expected: &str) -> bool {
    match expected.split_once('…') {
        Some((kind, _)) => meaning.starts_with(kind),
        None => meaning == expected,
    }
}

#[test]
fn phrases_mean_what_the_table_says() {
    let working = working();
    let (mut phrases, mut refused, mut wrong) = (0, 0, String::new());
    let (mut now, mut past) = (0, false);
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let moment = ["due ", "past "].into_iter().find_map(|kind| {
            let rest = line.strip_prefix(kind).filter(|_| !line.contains('='))?;
            Some((rest.get(..19)?, kind == "past "))
        });
        if let Some((at, is_past)) = moment {
            (now, past) = (ms(at), is_past);
            continue;
        }
        let Some((texts, expected)) = line.split_once(" = ") else {
            assert!(line.is_empty(), "{line}");
            continue;
        };
        for text in texts.split(" | ") {
            let here = here(now, &working);
            let meaning = match past {
                false => parse_due(text, &here).map(|due| told(&due)),
                true => parse_moment(text, &here).map(|at| {
                    let local = zoned(at, BERLIN).unwrap().datetime();
                    let exact = local.strftime("%Y-%m-%d %H:%M:%S").to_string();
                    let minutes = exact.strip_suffix(":00").unwrap_or(&exact);
                    if expected.len() == 19 {
                        exact
                    } else {
                        minutes.to_owned()
                    }
                }),
            };
            phrases += 1;
            refused += usize::from(meaning.is_err());
            let meaning = meaning.unwrap_or_else(|error| {
                assert!(crate::language::has_key(&error.message().key));
                told_error(&error)
            });
            if !is_meant(&meaning, expected) {
                let _ = writeln!(wrong, "{text:?} is {meaning}, not {expected}");
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(phrases >= 300 && refused >= 60, "{phrases}, {refused}");
}

#[test]
fn an_unclear_text_is_refused_with_what_to_write() {
    let working = working();
    let here = here(ms("2026-11-16 12:00:30"), &working);
    let reader = ReaderContext {
        lang: Lang::En,
        now: here.now,
        zone: BERLIN.into(),
    };
    for (text, en, de) in [
        (
            "tomorrow at 3",
            "Kept understands “3” as tomorrow 03:00 or as tomorrow 15:00. Nothing was changed. Write which of the two.",
            "Kept versteht „3“ als morgen 03:00 oder als morgen 15:00. Es wurde nichts geändert. Schreiben Sie, was von beidem.",
        ),
        (
            "12/3",
            "Kept understands “12/3” as 12 Mar 2027 or as 3 Dec. Nothing was changed. Write which of the two.",
            "Kept versteht „12/3“ als 12. März 2027 oder als 3. Dez. Es wurde nichts geändert. Schreiben Sie, was von beidem.",
        ),
        (
            "Freitach 10:00",
            "“Freitach 10:00” is not a time that Kept understands, because of “Freitach”. Nothing was changed. Write “in 30 minutes”, “tomorrow 10:00” or “Friday afternoon”.",
            "Kept versteht „Freitach 10:00“ nicht als Zeit, wegen „Freitach“. Es wurde nichts geändert. Schreiben Sie „in 30 Minuten“, „morgen 10:00“ oder „Freitag Nachmittag“.",
        ),
        (
            "8ish",
            "“8ish” is not a time that Kept understands: “8ish” leaves open when. Nothing was changed. Write a day or a time that a promise can be measured by, such as “tomorrow 10:00” or “Friday afternoon”.",
            "Kept versteht „8ish“ nicht als Zeit: „8ish“ lässt offen, wann. Es wurde nichts geändert. Schreiben Sie einen Tag oder eine Uhrzeit, an der sich eine Zusage messen lässt, etwa „morgen 10:00“ oder „Freitag Nachmittag“.",
        ),
    ] {
        let words = parse_due(text, &here).unwrap_err().message();
        assert_eq!(message_text_at(&words, &reader), en);
        let german = ReaderContext {
            lang: Lang::De,
            ..reader.clone()
        };
        assert_eq!(message_text_at(&words, &german), de);
    }
    let nowhere = PhraseContext {
        zone: "Mars/Base",
        ..here
    };
    let error = parse_due("today", &nowhere).unwrap_err();
    assert!(matches!(error, PhraseError::Place(DueError::Zone(_))));
}

#[test]
fn clocks_that_change() {
    let working = working();
    let first = ms("2026-10-25 01:50:00") + 60 * MINUTE_MS;
    for (text, minutes) in [("in 30 minutes", 30), ("2:15", 25), ("2:50", 60)] {
        let in_fold = parse_due(text, &here(first, &working)).unwrap();
        let at = first + minutes * MINUTE_MS;
        assert_eq!(in_fold.instant(), Ok(at), "{text}: {in_fold:?}");
    }
    let ago = parse_moment("today 2:30", &here(first + 120 * MINUTE_MS, &working));
    assert_eq!(ago, Ok(first + 40 * MINUTE_MS), "the latest that is over");
    let gap = parse_moment("today 2:30", &here(ms("2026-03-29 12:00:00"), &working));
    assert_eq!(gap, Ok(ms("2026-03-29 03:30:00")));
}

/// Pieces that people use, so that chance gets past the first word.
fn phrases() -> impl Strategy<Value = String> {
    let pieces = "in|ago|vor|next|am|at|day|after|tomorrow|morgen|früh|Fri|Do|3.|1.12.|29.2.|June|9999|
        0|30|65535|min|weeks|Monate|17:00|24:00|12|pm|Uhr|2026-11-20|9999-12-31|-009999|this|.|ü|half|an|hour|
        end|of|Ende|der|week|Woche|halb|viertel|dreiviertel|nach|business|days|Werktagen|midnight|12/3|3.12|
        Freitagabend|tonight|last|bis|und|and|anderthalb|Stunden|1,5|½|~|fünfundvierzig|CET|EOD|from|week|(by x)";
    let pieces: Vec<&str> = pieces.split('|').map(str::trim).collect();
    prop::collection::vec(prop::sample::select(pieces), 0..7).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn no_text_and_no_clock_panics(text in prop_oneof![".{0,40}", phrases()], now: i64, near in -1_i64 << 46..1 << 46) {
        let working = working();
        for now in [now, near, i64::MIN, i64::MAX] {
            for zone in [BERLIN, "Pacific/Apia", ""] {
                let here = PhraseContext { now, zone, working: &working };
                match parse_due(&text, &here) {
                    Ok(due) => {
                        prop_assert!(due.instant().is_ok());
                        // "now" on a clock that is centuries off is as far off as that clock.
                        let year: i16 = due.date.parse::<Date>().unwrap().year();
                        prop_assert!((1970..=9999).contains(&year) || near < 0 || now < 0, "{}", due.date);
                    }
                    Err(error) => prop_assert!(crate::language::has_key(&error.message().key)),
                }
                let _ = parse_moment(&text, &here);
            }
        }
    }

    #[test]
    fn a_date_in_digits_comes_back(year in 1970_i16..9999, month in 1_i8..=12, day in 1_i8..=28, of_day in 0_u16..1440) {
        let working = working();
        let here = here(ms("2026-11-16 12:00:30"), &working);
        let date = Date::new(year, month, day).unwrap().to_string();
        let text = format!("{date} {:02}:{:02}", of_day / 60, of_day % 60);
        let minute = parse_due(&text, &here).unwrap();
        prop_assert_eq!((&minute.date, minute.part), (&date, DuePart::Minute { of_day }));
        let whole = parse_due(&date, &here).unwrap();
        prop_assert_eq!((&whole.date, whole.part), (&date, DuePart::Day));
        prop_assert_eq!(parse_moment(&text, &here).unwrap(), minute.instant().unwrap());
    }

    /// The catalogue's words for a due that is ahead may be typed for the same due.
    #[test]
    fn a_due_that_was_said_reads_back_as_the_same(
        minutes in 0_i64..1_200_000, ahead in 61_i64..900_000, part in 0_usize..4,
    ) {
        let working = working();
        let now = ms("2026-01-01 00:00:00") + minutes * MINUTE_MS;
        let here = here(now, &working);
        let at = Due::at(now + ahead * MINUTE_MS, BERLIN).unwrap();
        let part = [at.part, DuePart::Morning, DuePart::Afternoon, DuePart::Day][part];
        let due = Due { part, repeated: at.repeated && part == at.part, ..at };
        prop_assume!(due.instant().unwrap() > now);
        for lang in [Lang::En, Lang::De] {
            let said = format_due(&due, &ReaderContext { lang, now, zone: BERLIN.into() });
            prop_assert_eq!(parse_due(&said, &here), Ok(due.clone()), "{}", said);
            let exact = crate::language::dates::format_due_in_full(&due, lang);
            prop_assert_eq!(parse_due(&exact, &here), Ok(due.clone()), "{}", exact);
        }
    }
}
