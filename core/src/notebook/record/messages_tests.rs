//! The messages of the record, for leads, levels and chances.

use super::*;
use crate::language::{Lang, message_text};

#[test]
fn what_is_not_known_is_not_counted_as_missed() {
    let said = |met, unsettled, needed| {
        let fit = Fit {
            met,
            unsettled,
            needed,
        };
        let words = fit_messages(&fit);
        let said: Vec<_> = words
            .iter()
            .map(|words| message_text(words, Lang::En))
            .collect();
        said.join(" ")
    };
    assert_eq!(said(0, 0, 0), "");
    assert_eq!(
        said(0, 1, 1),
        "Too little is known to say whether we are soon enough for them."
    );
    assert_eq!(
        said(1, 1, 3),
        "Soon enough for them: 1 of 2. Too little is known to say so of 1 more."
    );
    assert_eq!(said(0, 0, 2), "Soon enough for them: 0 of 2.");
}

#[test]
fn times_of_work_are_not_times_of_the_clock() {
    let date = Message::new("when-suggested-due")
        .text("due", "Tomorrow 09:00")
        .text("lead", "1h")
        .number("percent", 80);
    let said = working_time_messages(vec![date]);
    let said: Vec<_> = said
        .iter()
        .map(|words| message_text(words, Lang::De))
        .collect();
    assert!(
        said[0].contains("1 Std. Arbeitszeit von jetzt an"),
        "{said:?}"
    );
    assert_eq!(said[1], "Gezählt wird Arbeitszeit.");
}

#[test]
fn a_lead_is_never_told_sooner_than_it_is() {
    let told = |lead: Minutes, day: Minutes| {
        let words = Message::new("when-median").text("lead", told_lead(lead, day));
        message_text(&words, Lang::En)
    };
    for (lead, day, said) in [
        (12 * 1440, 1440, "12 days"),
        (5085, 1440, "3 days 13 h"),
        (11 * 1440 + 90, 1440, "12 days"),
        (1439, 1440, "23 h 59 min"),
        (91, 480, "1 h 31 min"),
        // Working days of eight hours.
        (2698, 480, "6 days"),
        (959, 480, "2 days"),
    ] {
        let said = format!("Half took no longer than {said}.");
        assert_eq!(told(lead, day), said, "{lead} of {day}");
    }
}
