//! The sentences of reminders, for every performer, at every moment of reading.

use super::*;
use crate::language::{Lang, ReaderContext, message_text_at};

const MONDAY: &str = "2026-11-23 10:00";

/// All reminders of a promise for all people, as they read when they ring and half an hour before.
fn said(fixture: &CompanyFixture, open_promise: &OpenPromise, lang: Lang) -> Vec<String> {
    let mut said = Vec::new();
    for person in [ANN, SAM, EVA, OFFICE] {
        for reminder in fixture.ring(
            std::slice::from_ref(open_promise),
            person,
            open_promise.told_at,
        ) {
            for ahead in [0, 30 * MINUTE] {
                let reader = ReaderContext {
                    lang,
                    now: reminder.at - ahead,
                    zone: BERLIN.into(),
                };
                let mut text = message_text_at(&reminder.why, &reader);
                for words in reminder.remarks.iter().chain(&reminder.also) {
                    text.push_str(&format!(" {}", message_text_at(words, &reader)));
                }
                said.push(text);
            }
        }
    }
    said
}

#[test]
fn whoever_delivers_the_sentence_is_whole() {
    let mut fixture = CompanyFixture::new();
    let unknown = PersonId([9; 16]);
    fixture.pace.medians.insert("fix".into(), 60);
    let performers = [
        Performer::Person { person: SAM },
        Performer::Person { person: unknown },
        Performer::Pool { pool: pool() },
        Performer::Nobody,
    ];
    let stages = [
        WorkStage::Accepted,
        WorkStage::NotAsked,
        WorkStage::Waiting { since: at(MONDAY) },
        WorkStage::Declined,
        WorkStage::CounterOffered,
    ];
    let dues = [
        "2026-11-23 10:30",
        "2026-11-23 15:00",
        "2026-11-26 14:30",
        "2026-12-16 14:30",
        "2027-01-04 14:30",
    ];
    for (due, performer) in dues
        .iter()
        .flat_map(|due| performers.iter().map(move |who| (due, who)))
    {
        for stage in stages {
            let mut open_promise = promise(MONDAY, due);
            open_promise.performer = performer.clone();
            open_promise.stage = stage;
            open_promise.deliverable = "Deliver the seal".into();
            for text in said(&fixture, &open_promise, Lang::En) {
                assert!(
                    text.contains("“Deliver the seal” for Hotel Adler"),
                    "{text}"
                );
                assert!(text.starts_with(char::is_uppercase), "{text}");
                let odd = [
                    "for in ",
                    "just now",
                    " ago",
                    "whoever is free has",
                    "nobody has not",
                    "  ",
                    "Already late",
                ];
                assert!(!odd.iter().any(|odd| text.contains(odd)), "{text}");
            }
            for text in said(&fixture, &open_promise, Lang::De) {
                assert!(
                    text.contains("„Deliver the seal“ für Hotel Adler"),
                    "{text}"
                );
                assert!(text.starts_with(char::is_uppercase), "{text}");
                let odd = [
                    "für in ",
                    "gerade eben",
                    "vor ",
                    "wer gerade frei ist hat",
                    "niemand hat nicht",
                    "  ",
                ];
                assert!(!odd.iter().any(|odd| text.contains(odd)), "{text}");
            }
        }
    }
}

#[test]
fn lateness_is_said_once() {
    let fixture = CompanyFixture::new();
    let open_promise = promise("2026-11-19 10:00", "2026-11-19 15:00");
    let late = &fixture.ring(
        std::slice::from_ref(&open_promise),
        SAM,
        at("2026-11-20 12:00"),
    )[0];
    assert!(
        late.already_late && late.remarks.is_empty(),
        "the sentence says it"
    );
    // A later date was told when the first had passed: nothing else says that.
    let mut moved = promise("2026-11-23 10:00", "2026-11-26 15:00");
    moved.owed_at = at("2026-11-19 15:00");
    moved.owed_through = moved.owed_at + 5 * MINUTE;
    let ahead = &fixture.ring(&[moved], SAM, at("2026-11-23 10:00"))[0];
    let remarks: Vec<_> = ahead
        .remarks
        .iter()
        .map(|words| words.key.as_str())
        .collect();
    assert_eq!(remarks, ["remind-earlier-passed"]);
}
