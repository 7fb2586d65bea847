//! Properties of every ladder.

use proptest::prelude::*;

use super::*;

const ZONES: [&str; 5] = [
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Pacific/Apia",
    "UTC",
];

fn stages() -> impl Strategy<Value = WorkStage> {
    prop::sample::select(vec![
        WorkStage::NotAsked,
        WorkStage::Waiting { since: 0 },
        WorkStage::Accepted,
        WorkStage::Declined,
        WorkStage::CounterOffered,
        WorkStage::Disputed,
    ])
}

fn performers() -> impl Strategy<Value = Performer> {
    prop::sample::select(vec![
        Performer::Nobody,
        Performer::Person { person: ANN },
        Performer::Person { person: SAM },
        Performer::Pool { pool: pool() },
    ])
}

prop_compose! {
    fn open_promises()(
        number: u8,
        told in 0_i64..400 * 24 * 60,
        ahead in prop_oneof![1_i64..120, 1_i64..24 * 60, 1_i64..7 * 24 * 60, 1_i64..60 * 24 * 60],
        stage in stages(),
        performer in performers(),
        zone in prop::sample::select(ZONES.to_vec()),
        started: bool,
        done in prop::bool::weighted(0.1),
        is_callback: bool,
        promiser in prop::sample::select(vec![ANN, SAM]),
    ) -> OpenPromise {
        let told_at = at("2026-01-01 00:00") + told * MINUTE;
        let due_at = told_at + ahead * MINUTE;
        OpenPromise {
            id: DocId([number; 16]),
            kind: if is_callback { CALLBACK.into() } else { "fix".into() },
            terms: EventId([number; 16]),
            told_at,
            due: Due::at(due_at, zone).unwrap(),
            due_at,
            stage,
            performer,
            started,
            done,
            promiser,
            ..promise("2026-01-01 10:00", "2026-01-01 15:00")
        }
    }
}

fn by_id(open_promises: Vec<OpenPromise>) -> Vec<OpenPromise> {
    let open_promises: BTreeMap<DocId, OpenPromise> = open_promises
        .into_iter()
        .map(|open_promise| (open_promise.id, open_promise))
        .collect();
    open_promises.into_values().collect()
}

proptest! {
    /// Nothing rings before now or beyond the horizon, nothing in quiet hours but callbacks, no two rungs of
    /// a promise within two minutes; the order of promises does not matter, and asking twice gives the same.
    #[test]
    fn reminders_are_in_time_quiet_and_the_same_for_everybody(
        open_promises in prop::collection::vec(open_promises(), 1..6),
        person in prop::sample::select(vec![ANN, SAM, EVA, OFFICE]),
        zone in prop::sample::select(ZONES.to_vec()),
        now in 0_i64..460 * 24 * 60,
        days in 0_i64..40,
        (from, to) in (0_u16..1440, 0_u16..=1440),
    ) {
        let mut fixture = CompanyFixture::new();
        fixture.quiet(person, from, to);
        let now = at("2026-01-01 00:00") + now * MINUTE;
        let recipient = Recipient { person, zone, now, horizon: days * DAY_MS };
        let mut open_promises = by_id(open_promises);
        let rings = due_reminders(&open_promises, &recipient, &fixture.rules(recipient.now));
        let quiet = QuietHours::new(Some(Shift { from, to }), zone);
        for reminder in &rings {
            prop_assert!((now..now + days * DAY_MS).contains(&reminder.at));
            let silent = quiet.as_ref().is_some_and(|quiet| quiet.contains(reminder.at));
            prop_assert!(!silent || reminder.callback, "{}", clock(reminder.at));
        }
        for (one, other) in rings.iter().zip(rings.iter().skip(1)) {
            prop_assert!(one.order(other).is_lt());
        }
        let mut last: BTreeMap<DocId, Millis> = BTreeMap::new();
        for reminder in &rings {
            if let Some(before) = last.insert(reminder.promise, reminder.at) {
                prop_assert!(reminder.at > before);
            }
        }
        open_promises.reverse();
        prop_assert_eq!(due_reminders(&open_promises, &recipient, &fixture.rules(recipient.now)), rings);
    }

    /// The reminders in a window are those in its two halves: time passing changes nothing.
    #[test]
    fn a_window_is_the_sum_of_its_halves(
        open_promise in open_promises(),
        person in prop::sample::select(vec![ANN, SAM, EVA, OFFICE]),
        now in 0_i64..430 * 24 * 60,
        hours in 1_i64..24 * 20,
        (from, to) in (0_u16..1440, 0_u16..=1440),
    ) {
        let mut fixture = CompanyFixture::new();
        fixture.quiet(person, from, to);
        let now = at("2026-01-01 00:00") + now * MINUTE;
        let ring = |now, horizon| {
            let recipient = Recipient { person, zone: BERLIN, now, horizon };
            due_reminders(std::slice::from_ref(&open_promise), &recipient, &fixture.rules(recipient.now))
        };
        let half = hours * HOUR;
        let halves = [ring(now, half), ring(now + half, half)].concat();
        prop_assert_eq!(ring(now, 2 * half), halves);
    }

    /// No calendar, zone or number panics.
    #[test]
    fn nothing_panics(
        told: i64, due: i64, owed: i64, now: i64, horizon: i64, effort: u32,
        zone in "[A-Za-z/]{0,12}",
        stage in stages(),
    ) {
        let mut fixture = CompanyFixture::new();
        fixture.pace.efforts.insert((SAM, "fix".into()), effort % 1_000_000);
        fixture.pace.medians.insert("fix".into(), effort % 1_000_000);
        let open_promise = OpenPromise {
            told_at: told,
            due_at: due,
            owed_through: owed,
            due: Due { date: zone.clone(), part: crate::model::time::DuePart::Day, zone: zone.clone(), end_of_day: None, repeated: false },
            stage,
            ..promise("2026-01-01 10:00", "2026-01-01 15:00")
        };
        for person in [ANN, SAM, OFFICE] {
            let recipient = Recipient { person, zone: &zone, now, horizon: horizon % DAY_MS };
            let _ = due_reminders(std::slice::from_ref(&open_promise), &recipient, &fixture.rules(recipient.now));
            let _ = office_reminders(std::slice::from_ref(&open_promise), &fixture.rules(now));
        }
    }
}
