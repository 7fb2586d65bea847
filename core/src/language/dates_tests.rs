//! Dates as people read them, as tables.

use super::*;
use crate::model::time::EndOfDay;

const BERLIN: &str = "Europe/Berlin";

fn reader(lang: Lang, now: Millis) -> ReaderContext {
    ReaderContext {
        lang,
        now,
        zone: BERLIN.into(),
    }
}

fn ms(text: &str) -> i64 {
    text.parse::<jiff::civil::DateTime>()
        .unwrap()
        .in_tz(BERLIN)
        .unwrap()
        .timestamp()
        .as_millisecond()
}

/// A Monday at noon.
fn now() -> i64 {
    ms("2026-11-16T12:00:00")
}

#[test]
fn instants_as_people_say_them() {
    for (at, en, de) in [
        ("2026-11-16T12:00:30", "in 1 min", "in 1 Min."),
        ("2026-11-16T12:01:59", "in 1 min", "in 1 Min."),
        ("2026-11-16T12:12:59", "in 12 min", "in 12 Min."),
        ("2026-11-16T12:00:00", "just now", "gerade eben"),
        ("2026-11-16T11:59:01", "just now", "gerade eben"),
        ("2026-11-16T11:48:00", "12 min ago", "vor 12 Min."),
        ("2026-11-16T14:30:00", "today 14:30", "heute 14:30"),
        ("2026-11-16T09:05:00", "today 09:05", "heute 09:05"),
        ("2026-11-17T09:00:00", "tomorrow 09:00", "morgen 09:00"),
        ("2026-11-15T17:05:00", "yesterday 17:05", "gestern 17:05"),
        ("2026-11-19T14:30:00", "Thu 19, 14:30", "Do 19., 14:30"),
        ("2026-11-22T23:59:00", "Sun 22, 23:59", "So 22., 23:59"),
        ("2026-11-10T08:00:00", "Tue 10, 08:00", "Di 10., 08:00"),
        ("2026-11-23T14:30:00", "23 Nov 14:30", "23. Nov. 14:30"),
        ("2026-06-03T14:30:00", "3 Jun 14:30", "3. Juni 14:30"),
        ("2025-06-03T14:30:00", "3 Jun 2025", "3. Juni 2025"),
        ("2027-03-01T14:30:00", "1 Mar 2027", "1. März 2027"),
    ] {
        assert_eq!(format_instant(ms(at), BERLIN, now(), Lang::En), en, "{at}");
        assert_eq!(format_instant(ms(at), BERLIN, now(), Lang::De), de, "{at}");
    }
    let eve = ms("2026-12-31T12:00:00");
    assert_eq!(
        format_instant(ms("2027-01-03T09:00:00"), BERLIN, eve, Lang::En),
        "Sun 3 Jan 2027, 09:00"
    );
}

#[test]
fn what_was_said_in_minutes_is_shown_in_as_many() {
    for second in 1..60 {
        let now = now() + second * 1000;
        let working = crate::model::calendar::WorkingTime::usual_utc();
        let here = crate::language::phrase::PhraseContext {
            now,
            zone: BERLIN,
            working: &working,
        };
        let due = crate::language::phrase::parse_due("in 30 minutes", &here).unwrap();
        let said = format_due(&due, &reader(Lang::En, now));
        assert_eq!(said, "in 30 min", "{second}");
    }
    // A reminder of five minutes before rings a moment later.
    let before = |ms| format_instant(now() + 300_000, BERLIN, now() + ms, Lang::En);
    assert_eq!(
        (before(0), before(200)),
        ("in 5 min".into(), "in 5 min".into())
    );
}

#[test]
fn what_follows_since_is_never_relative() {
    for (at, en, de) in [
        ("2026-11-16T11:48:00", "11:48", "11:48"),
        ("2026-11-15T17:05:00", "yesterday 17:05", "gestern 17:05"),
        ("2026-11-12T08:00:00", "Thu 12, 08:00", "Do 12., 08:00"),
        ("2025-11-12T08:00:00", "12 Nov 2025", "12. Nov. 2025"),
    ] {
        assert_eq!(format_since(ms(at), BERLIN, now(), Lang::En), en, "{at}");
        assert_eq!(format_since(ms(at), BERLIN, now(), Lang::De), de, "{at}");
    }
}

#[test]
fn dues_as_people_say_them() {
    let minute = |of_day| DuePart::Minute { of_day };
    for (date, part, en, de) in [
        ("2026-11-16", DuePart::Day, "today", "heute"),
        (
            "2026-11-16",
            DuePart::Morning,
            "this morning",
            "heute Vormittag",
        ),
        (
            "2026-11-16",
            DuePart::Afternoon,
            "this afternoon",
            "heute Nachmittag",
        ),
        (
            "2026-11-17",
            DuePart::Morning,
            "tomorrow morning",
            "morgen Vormittag",
        ),
        (
            "2026-11-15",
            DuePart::Afternoon,
            "yesterday afternoon",
            "gestern Nachmittag",
        ),
        ("2026-11-19", DuePart::Day, "Thu 19", "Do 19."),
        (
            "2026-11-19",
            DuePart::Afternoon,
            "Thu 19 afternoon",
            "Do 19. nachmittags",
        ),
        (
            "2026-12-03",
            DuePart::Morning,
            "3 Dec morning",
            "3. Dez. vormittags",
        ),
        ("2026-11-16", minute(732), "in 12 min", "in 12 Min."),
        ("2026-11-16", minute(870), "today 14:30", "heute 14:30"),
        ("2026-11-19", minute(870), "Thu 19, 14:30", "Do 19., 14:30"),
        (
            "2027-02-01",
            minute(545),
            "1 Feb 2027, 09:05",
            "1. Feb. 2027, 09:05",
        ),
        ("2027-02-01", DuePart::Day, "1 Feb 2027", "1. Feb. 2027"),
        ("soon", DuePart::Day, "soon", "soon"),
        (
            "2026-11-19",
            minute(u16::MAX),
            "Thu 19, 1092:15",
            "Do 19., 1092:15",
        ),
    ] {
        let due = Due {
            date: date.into(),
            part,
            zone: BERLIN.into(),
            end_of_day: None,
            repeated: false,
        };
        assert_eq!(format_due(&due, &reader(Lang::En, now())), en);
        assert_eq!(format_due(&due, &reader(Lang::De, now())), de);
    }
}

#[test]
fn a_due_is_said_on_the_calendar_of_its_place() {
    // Monday evening in Berlin is Tuesday morning in Auckland.
    let evening = ms("2026-11-16T20:00:00");
    let zone = "Pacific/Auckland".to_owned();
    let due = Due {
        date: "2026-11-17".into(),
        part: DuePart::Day,
        zone,
        end_of_day: None,
        repeated: false,
    };
    let there = ReaderContext {
        zone: due.zone.clone(),
        ..reader(Lang::En, evening)
    };
    assert_eq!(format_due(&due, &there), "today");
}

/// A reader in Berlin sees what was promised in Auckland, and the other way round.
#[test]
fn a_due_elsewhere_is_said_in_both_places() {
    let now = ms("2026-11-30T11:00:00");
    let due = |date: &str, part, zone: &str| Due {
        date: date.into(),
        part,
        zone: zone.into(),
        end_of_day: None,
        repeated: false,
    };
    let ten = DuePart::Minute { of_day: 600 };
    for (due, en, de) in [
        (
            due("2026-12-01", ten, "Pacific/Auckland"),
            "tomorrow 10:00 in Auckland, today 22:00 here",
            "morgen 10:00 in Auckland, hier heute 22:00",
        ),
        (
            due("2027-02-01", ten, "America/Argentina/Buenos_Aires"),
            "1 Feb 2027, 10:00 in Buenos Aires, 1 Feb 2027, 14:00 here",
            "1. Feb. 2027, 10:00 in Buenos Aires, hier 1. Feb. 2027, 14:00",
        ),
        (
            due("2026-12-04", DuePart::Day, "Pacific/Auckland"),
            "Fri 4 in Auckland, until Fri 4, 05:00 here",
            "Fr 4. in Auckland, hier bis Fr 4., 05:00",
        ),
        (
            due("2026-12-04", DuePart::Morning, "Pacific/Auckland"),
            "Fri 4 morning in Auckland, until Fri 4, 00:00 here",
            "Fr 4. vormittags in Auckland, hier bis Fr 4., 00:00",
        ),
        // Paris shows what Berlin shows, and what is near is as near everywhere.
        (
            due("2026-12-01", ten, "Europe/Paris"),
            "tomorrow 10:00",
            "morgen 10:00",
        ),
        (
            due(
                "2026-12-01",
                DuePart::Minute { of_day: 20 },
                "Pacific/Auckland",
            ),
            "tomorrow 00:20 in Auckland, today 12:20 here",
            "morgen 00:20 in Auckland, hier heute 12:20",
        ),
        (
            due(
                "2026-11-30",
                DuePart::Minute {
                    of_day: 23 * 60 + 20,
                },
                "Pacific/Auckland",
            ),
            "in 20 min",
            "in 20 Min.",
        ),
        (
            due("2026-12-01", ten, "Mars/Base"),
            "tomorrow 10:00 in Base",
            "morgen 10:00 in Base",
        ),
    ] {
        assert_eq!(format_due(&due, &reader(Lang::En, now)), en);
        assert_eq!(format_due(&due, &reader(Lang::De, now)), de);
    }
    let due = due("2026-12-01", ten, "Pacific/Auckland");
    assert_eq!(
        format_due_in_full_for(&due, &reader(Lang::En, now)),
        "Tue 1 Dec 2026, 10:00 NZDT in Auckland, Mon 30 Nov 2026, 22:00 CET here"
    );
}

/// Lateness is another number: a due that has passed stays the time that was told.
#[test]
fn a_due_is_never_so_long_ago() {
    let due = Due::at(now(), BERLIN).unwrap();
    for (minutes, en, de) in [
        (-12, "in 12 min", "in 12 Min."),
        (0, "today 12:00", "heute 12:00"),
        (11, "today 12:00", "heute 12:00"),
    ] {
        let now = now() + minutes * MINUTE_MS;
        assert_eq!(format_due(&due, &reader(Lang::En, now)), en);
        assert_eq!(format_due(&due, &reader(Lang::De, now)), de);
    }
}

/// People who go home at noon on Fridays promise no Friday afternoon, whatever they say.
#[test]
fn an_afternoon_after_work_is_told_with_the_end_that_it_means() {
    let due = Due {
        date: "2026-11-20".into(),
        part: DuePart::Afternoon,
        zone: BERLIN.into(),
        end_of_day: Some(EndOfDay {
            date: "2026-11-20".into(),
            of_day: 12 * 60,
        }),
        repeated: false,
    };
    assert_eq!(
        format_due(&due, &reader(Lang::En, now())),
        "Fri 20 afternoon (by Fri 20, 12:00)"
    );
}

#[test]
fn an_instant_in_an_unknown_zone_is_said_in_utc_and_so() {
    let at = ms("2026-11-16T14:30:00");
    assert_eq!(
        format_instant(at, "Mars/Base", now(), Lang::En),
        "today 13:30 UTC"
    );
}

/// A promise "for Saturday" is due when Friday's work ends, and says so.
#[test]
fn a_day_on_which_nobody_works_is_told_with_the_end_that_it_means() {
    let due = |part| Due {
        date: "2026-11-21".into(),
        part,
        zone: BERLIN.into(),
        end_of_day: Some(EndOfDay {
            date: "2026-11-20".into(),
            of_day: 17 * 60,
        }),
        repeated: false,
    };
    let day = due(DuePart::Day);
    for (now, en, de) in [
        (
            "2026-11-17T12:00:00",
            "Sat 21 (by Fri 20, 17:00)",
            "Sa 21. (bis Fr 20., 17:00)",
        ),
        (
            "2026-11-20T16:30:00",
            "tomorrow (by today 17:00)",
            "morgen (bis heute 17:00)",
        ),
        (
            "2026-11-21T09:00:00",
            "today (by yesterday 17:00)",
            "heute (bis gestern 17:00)",
        ),
    ] {
        assert_eq!(format_due(&day, &reader(Lang::En, ms(now))), en);
        assert_eq!(format_due(&day, &reader(Lang::De, ms(now))), de);
    }
    let exact = "Sat 21 Nov 2026 (by Fri 20 Nov 2026, 17:00)";
    assert_eq!(format_due_in_full(&day, Lang::En), exact);
    let afternoon = format_due_in_full(&due(DuePart::Afternoon), Lang::En);
    assert!(
        afternoon.ends_with("afternoon (by Fri 20 Nov 2026, 17:00)"),
        "{afternoon}"
    );
    let same = EndOfDay {
        date: "2026-11-21".into(),
        of_day: 15 * 60,
    };
    let works = Due {
        end_of_day: Some(same),
        ..day
    };
    assert_eq!(format_due_in_full(&works, Lang::En), "Sat 21 Nov 2026");
}

#[test]
fn a_time_that_comes_twice_is_told_with_its_zone() {
    let at = |hour: i64| ms("2026-10-25T00:30:00") + hour * 3_600_000;
    let told: Vec<_> = (1..=3)
        .map(|hour| format_instant(at(hour), BERLIN, at(0) - 60_000, Lang::De))
        .collect();
    assert_eq!(told, ["heute 01:30", "heute 02:30 MESZ", "heute 02:30 MEZ"]);
    let due = Due::at(at(3), BERLIN).unwrap();
    assert_eq!(
        format_due_in_full(&due, Lang::En),
        "Sun 25 Oct 2026, 02:30 CET"
    );
    let due = Due {
        repeated: false,
        ..due
    };
    assert_eq!(
        format_due_in_full(&due, Lang::En),
        "Sun 25 Oct 2026, 02:30 CEST"
    );
    let exact = format_instant_in_full(at(2), BERLIN, Lang::En);
    assert_eq!(exact, "Sun 25 Oct 2026, 02:30 CEST");
}

#[test]
fn exact_dates_name_year_and_zone() {
    let at = ms("2026-11-21T14:30:00");
    assert_eq!(
        format_instant_in_full(at, BERLIN, Lang::En),
        "Sat 21 Nov 2026, 14:30 CET"
    );
    assert_eq!(
        format_instant_in_full(at, BERLIN, Lang::De),
        "Sa 21. Nov. 2026, 14:30 MEZ"
    );
    assert_eq!(
        format_instant_in_full(at, "Mars/Base", Lang::En),
        "Sat 21 Nov 2026, 13:30 UTC"
    );
    let due = |part| Due {
        date: "2026-05-03".into(),
        part,
        zone: BERLIN.into(),
        end_of_day: None,
        repeated: false,
    };
    for (part, en, de) in [
        (DuePart::Day, "Sun 3 May 2026", "So 3. Mai 2026"),
        (
            DuePart::Morning,
            "Sun 3 May 2026, morning",
            "So 3. Mai 2026, vormittags",
        ),
        (
            DuePart::Afternoon,
            "Sun 3 May 2026, afternoon",
            "So 3. Mai 2026, nachmittags",
        ),
        (
            DuePart::Minute { of_day: 5 },
            "Sun 3 May 2026, 00:05 CEST",
            "So 3. Mai 2026, 00:05 MESZ",
        ),
    ] {
        assert_eq!(format_due_in_full(&due(part), Lang::En), en);
        assert_eq!(format_due_in_full(&due(part), Lang::De), de);
    }
}

#[test]
fn durations_in_the_largest_whole_unit() {
    for (duration, ago, vor, span, dauer) in [
        (
            -5,
            "just now",
            "gerade eben",
            "less than a minute",
            "unter einer Minute",
        ),
        (
            12 * MINUTE_MS,
            "12 min ago",
            "vor 12 Min.",
            "12 min",
            "12 Min.",
        ),
        (HOUR_MS, "1 h ago", "vor 1 Std.", "1 h", "1 Std."),
        (DAY_MS - 1, "23 h ago", "vor 23 Std.", "23 h", "23 Std."),
        (DAY_MS, "1 day ago", "vor 1 Tag", "1 day", "1 Tag"),
        (3 * DAY_MS, "3 days ago", "vor 3 Tagen", "3 days", "3 Tage"),
    ] {
        assert_eq!(format_ago(duration, Lang::En), ago);
        assert_eq!(format_ago(duration, Lang::De), vor);
        assert_eq!(format_span(duration, Lang::En), span);
        assert_eq!(format_span(duration, Lang::De), dauer);
    }
}

#[test]
fn nothing_is_too_far_away_to_be_said() {
    let ends = [i64::MIN, i64::MIN + 1, -1, 0, 1, i64::MAX];
    for lang in [Lang::En, Lang::De] {
        for zone in ["UTC", "Pacific/Kiritimati", "", "nowhere"] {
            for at in ends {
                for now in ends {
                    assert!(!format_instant(at, zone, now, lang).is_empty());
                    assert!(!format_since(at, zone, now, lang).is_empty());
                    for date in ["-9999-01-01", "9999-12-31", "2026-13-01", ""] {
                        let part = DuePart::Minute { of_day: 1439 };
                        let due = Due {
                            date: date.into(),
                            part,
                            zone: zone.into(),
                            end_of_day: None,
                            repeated: false,
                        };
                        let said = format_due(&due, &reader(lang, now));
                        assert_eq!(said.is_empty(), date.is_empty());
                    }
                }
                assert!(!format_instant_in_full(at, zone, lang).is_empty());
                assert!(!format_ago(at, lang).is_empty());
                assert!(!format_span(at, lang).is_empty());
            }
        }
    }
}

/// Every day that is not of the reader's year is said with its own, however near and in whichever way.
#[test]
fn a_day_of_another_year_has_its_year() {
    let minute = DuePart::Minute { of_day: 540 };
    for (now, date) in [
        ("2026-12-29T12:00:00", "2027-01-02"),
        ("2026-12-29T12:00:00", "2027-06-01"),
        ("2027-01-02T12:00:00", "2026-12-30"),
        ("2027-01-02T12:00:00", "2025-12-30"),
    ] {
        let (now, year) = (ms(now), &date[..4]);
        for part in [DuePart::Day, DuePart::Morning, DuePart::Afternoon, minute] {
            let due = Due {
                date: date.into(),
                part,
                zone: BERLIN.into(),
                end_of_day: None,
                repeated: false,
            };
            for lang in [Lang::En, Lang::De] {
                let said = format_due(&due, &reader(lang, now));
                assert!(said.contains(year), "{said}");
                let at = due.instant().unwrap();
                for said in [
                    format_instant(at, BERLIN, now, lang),
                    format_since(at, BERLIN, now, lang),
                ] {
                    assert!(said.contains(year), "{said}");
                }
            }
        }
    }
    let eve = ms("2026-12-31T12:00:00");
    let tomorrow = format_instant(ms("2027-01-01T09:00:00"), BERLIN, eve, Lang::De);
    assert_eq!(tomorrow, "morgen 09:00");
}
