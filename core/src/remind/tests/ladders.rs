//! The rungs of every ladder, one by one.

use super::*;
use crate::language::{Lang, ReaderContext, message_text_at};

const MONDAY: &str = "2026-11-23 10:00";

#[test]
fn a_callback_climbs_from_half_time_to_the_office() {
    let (fixture, open_promise) = (CompanyFixture::new(), callback(MONDAY, "2026-11-23 10:30"));
    let now = open_promise.told_at;
    let members = [
        "2026-11-23 10:15 half",
        "2026-11-23 10:25 5-minutes",
        "2026-11-23 10:30 due",
        "2026-11-23 10:35 pool-step-in",
    ];
    assert_eq!(fixture.told(&open_promise, SAM, now), members);
    assert_eq!(fixture.told(&open_promise, EVA, now), members);
    assert_eq!(
        fixture.told(&open_promise, ANN, now),
        ["2026-11-23 10:30 promiser-due"]
    );
    assert_eq!(
        fixture.told(&open_promise, OFFICE, now),
        ["2026-11-23 10:45 office-step-in"]
    );
}

#[test]
fn within_a_day_two_hours_and_half_an_hour_before() {
    let (fixture, open_promise) = (CompanyFixture::new(), promise(MONDAY, "2026-11-23 15:00"));
    assert_eq!(
        fixture.told(&open_promise, SAM, open_promise.told_at),
        [
            "2026-11-23 13:00 2-hours",
            "2026-11-23 14:30 30-minutes",
            "2026-11-23 15:00 due"
        ]
    );
    assert_eq!(
        fixture.told(&open_promise, ANN, open_promise.told_at)[0],
        "2026-11-23 15:00 promiser-due"
    );
    assert_eq!(
        fixture.told(&open_promise, OFFICE, open_promise.told_at),
        ["2026-11-23 15:30 office-step-in"]
    );
    assert!(
        fixture
            .told(&open_promise, EVA, open_promise.told_at)
            .is_empty()
    );
}

#[test]
fn within_a_week_when_the_work_must_begin() {
    let (mut fixture, mut open_promise) =
        (CompanyFixture::new(), promise(MONDAY, "2026-11-26 09:00"));
    fixture
        .company
        .handbook
        .kinds
        .get_mut("fix")
        .unwrap()
        .effort_minutes = 100;
    // 120 minutes of Sam's working time before Thursday 9:00 begin on Wednesday at 16:00.
    let rungs = |fixture: &CompanyFixture, open_promise: &OpenPromise| {
        fixture.told(open_promise, SAM, open_promise.told_at)
    };
    assert_eq!(
        rungs(&fixture, &open_promise),
        [
            "2026-11-25 08:30 day-before",
            "2026-11-25 16:00 start-by",
            "2026-11-26 09:00 due",
        ]
    );
    assert_eq!(
        fixture.told(&open_promise, ANN, open_promise.told_at),
        ["2026-11-25 08:30 promiser-day-before"]
    );
    assert_eq!(
        fixture.told(&open_promise, OFFICE, open_promise.told_at),
        ["2026-11-26 11:00 office-step-in"]
    );

    // Sam's own entry goes before the kind's, and the record before his entry.
    let mut says = ColleagueProfile::default();
    says.efforts.insert("fix".into(), 50);
    fixture.company.people.insert(SAM, says);
    assert_eq!(
        rungs(&fixture, &open_promise)[1],
        "2026-11-26 08:00 start-by"
    );
    let record = usual_effort(vec![10, 10, 10, 10, 10, 150, 150, 300]).unwrap();
    fixture.pace.efforts.insert((SAM, "fix".into()), record);
    assert_eq!(
        rungs(&fixture, &open_promise)[1],
        "2026-11-25 15:00 start-by"
    );

    open_promise.started = true;
    assert_eq!(rungs(&fixture, &open_promise)[1], "2026-11-26 09:00 due");
    assert!(
        fixture
            .told(&open_promise, ANN, open_promise.told_at)
            .is_empty()
    );
}

#[test]
fn what_is_due_at_night_begins_at_night_and_need_not_be_renegotiated_at_once() {
    let fixture = CompanyFixture::new();
    let mut open_promise = promise("2026-11-25 22:00", "2026-11-25 22:30");
    open_promise.kind = "callback".into();
    let rings = fixture.ring(
        std::slice::from_ref(&open_promise),
        SAM,
        open_promise.told_at,
    );
    let early = |reminder: &&Reminder| reminder.at <= open_promise.due_at - 12 * MINUTE;
    assert!(rings.iter().filter(early).count() > 0);
    assert!(
        rings
            .iter()
            .filter(early)
            .all(|reminder| !reminder.renegotiate)
    );
    let told: Vec<_> = rings
        .iter()
        .filter(|reminder| reminder.renegotiate)
        .map(|reminder| reminder.rung.as_str())
        .collect();
    assert_eq!(
        told,
        ["5-minutes"],
        "the call takes longer than what is left"
    );
}

#[test]
fn seven_efforts_are_no_record() {
    assert_eq!(usual_effort(vec![60; 7]), None);
    assert_eq!(usual_effort((1..=10).rev().collect()), Some(8));
}

#[test]
fn beyond_a_week_still_fine_three_days_and_one() {
    let (fixture, mut open_promise) = (CompanyFixture::new(), promise(MONDAY, "2026-12-10 15:00"));
    assert_eq!(
        fixture.told(&open_promise, SAM, open_promise.told_at),
        [
            "2026-12-02 00:30 still-fine",
            "2026-12-07 15:00 3-days",
            "2026-12-09 15:00 1-day",
            "2026-12-10 15:00 due"
        ]
    );
    let own = |open_promise: &OpenPromise| fixture.told(open_promise, ANN, at("2026-12-07 12:00"));
    assert!(own(&open_promise).is_empty());
    open_promise.stage = WorkStage::CounterOffered;
    assert_eq!(
        own(&open_promise)[..2],
        [
            "2026-12-07 15:00 promiser-3-days",
            "2026-12-08 08:00 promiser-answer-2026-12-08"
        ]
    );
    open_promise.stage = WorkStage::Accepted;
    // Thursday and a working day.
    let office = fixture.ring(&[open_promise.clone()], OFFICE, open_promise.told_at);
    assert_eq!(clock(office[0].at), "2026-12-11 15:00");
}

#[test]
fn nobody_accepts_until_the_office_must_decide() {
    let (mut fixture, mut open_promise) =
        (CompanyFixture::new(), promise(MONDAY, "2026-11-26 16:00"));
    open_promise.stage = WorkStage::Waiting {
        since: at("2026-11-23 16:00"),
    };
    open_promise.started = true;
    // Two working hours after being asked on Monday at 16:00, then at the beginning of each day.
    assert_eq!(
        fixture.told(&open_promise, SAM, open_promise.told_at)[..3],
        [
            "2026-11-24 09:00 answer",
            "2026-11-25 08:00 answer-2026-11-25",
            "2026-11-25 08:30 day-before",
        ]
    );
    assert_eq!(
        fixture.told(&open_promise, ANN, open_promise.told_at)[0],
        "2026-11-24 09:00 promiser-answer"
    );
    // Half of the fixes take two working days, so the office decides on Tuesday at 16:00.
    fixture.pace.medians.insert("fix".into(), 2 * 8 * 60);
    let decide = "2026-11-24 16:00 office-decide";
    assert_eq!(
        fixture.told(&open_promise, OFFICE, open_promise.told_at)[0],
        decide
    );

    // A performer who declined hears no more of it; the promiser stands in.
    open_promise.stage = WorkStage::Declined;
    assert!(
        fixture
            .told(&open_promise, SAM, open_promise.told_at)
            .is_empty()
    );
    let promiser = fixture.told(&open_promise, ANN, open_promise.told_at);
    assert!(
        promiser.contains(&"2026-11-26 16:00 promiser-due".to_owned()),
        "{promiser:?}"
    );
    assert_eq!(
        fixture.told(&open_promise, OFFICE, open_promise.told_at)[0],
        decide
    );
}

#[test]
fn whose_promise_it_is_hears_of_it_where_nobody_delivers() {
    let (fixture, mut open_promise) = (CompanyFixture::new(), promise(MONDAY, "2026-11-23 15:00"));
    open_promise.performer = Performer::Nobody;
    open_promise.stage = WorkStage::NotAsked;
    assert_eq!(
        fixture.told(&open_promise, ANN, open_promise.told_at)[..3],
        [
            "2026-11-23 12:00 promiser-answer",
            "2026-11-23 13:00 promiser-2-hours",
            "2026-11-23 14:30 promiser-30-minutes",
        ]
    );
    let office = fixture.ring(
        std::slice::from_ref(&open_promise),
        OFFICE,
        open_promise.told_at,
    );
    assert!(!office.is_empty());
    assert!(
        office
            .iter()
            .all(|reminder| reminder.why.key.ends_with("-nobody"))
    );
}

#[test]
fn a_missed_promise_stays_work_every_working_morning() {
    let (fixture, open_promise) = (
        CompanyFixture::new(),
        promise("2026-11-19 10:00", "2026-11-19 15:00"),
    );
    // Friday noon: the next working morning is Monday's.
    let late = fixture.ring(&[open_promise], SAM, at("2026-11-20 12:00"));
    assert_eq!(clock(late[0].at), "2026-11-23 08:00");
    assert_eq!(clock(late[1].at), "2026-11-24 08:00");
    assert_eq!(late[0].rung, "late-2026-11-23");
    assert!(late[0].already_late && !late[0].renegotiate);
}

#[test]
fn a_company_without_an_office_escalates_to_its_owner() {
    let (mut fixture, open_promise) = (CompanyFixture::new(), promise(MONDAY, "2026-11-23 15:00"));
    fixture.add_colleague(ANN, "Ann", Role::Owner, &[]);
    assert!(
        !fixture
            .told(&open_promise, ANN, open_promise.told_at)
            .contains(&"2026-11-23 15:30 office-step-in".into())
    );
    fixture.registry.colleagues.get_mut(&OFFICE).unwrap().to = Some(0);
    assert!(
        fixture
            .told(&open_promise, ANN, open_promise.told_at)
            .contains(&"2026-11-23 15:30 office-step-in".into())
    );
    assert!(
        fixture
            .told(&open_promise, OFFICE, open_promise.told_at)
            .is_empty()
    );
}

#[test]
fn what_needs_the_office_comes_newest_first() {
    let fixture = CompanyFixture::new();
    let early = callback(MONDAY, "2026-11-23 10:30");
    let mut late = promise(MONDAY, "2026-11-23 15:00");
    late.id = DocId([6; 16]);
    late.terms = EventId([8; 16]);
    let needs = |now: &str, promises: &[OpenPromise]| {
        office_reminders(promises, &fixture.rules(at(now)))
            .into_iter()
            .map(|need| (need.promise, clock(need.at)))
            .collect::<Vec<_>>()
    };
    let both = [early.clone(), late.clone()];
    assert_eq!(needs("2026-11-23 10:44", &both), []);
    assert_eq!(
        needs("2026-11-23 10:45", &both),
        [(early.id, "2026-11-23 10:45".to_owned())]
    );
    assert_eq!(
        needs("2026-11-24 09:00", &both),
        [
            (late.id, "2026-11-23 15:30".to_owned()),
            (early.id, "2026-11-23 10:45".to_owned())
        ]
    );
    late.seen.push(SeenRung {
        rung: format!("{}/office-step-in", late.terms),
        by: Some(ANN),
    });
    assert_eq!(needs("2026-11-24 09:00", &[early, late]).len(), 1);
}

#[test]
fn a_reminder_says_why_in_one_sentence() {
    let (fixture, open_promise) = (CompanyFixture::new(), promise(MONDAY, "2026-11-25 14:30"));
    let start = &fixture.ring(
        std::slice::from_ref(&open_promise),
        SAM,
        at("2026-11-25 09:00"),
    )[0];
    let say = |reminder: &Reminder, lang| {
        let (now, zone) = (reminder.at, "Europe/Berlin".to_owned());
        message_text_at(&reminder.why, &ReaderContext { lang, now, zone })
    };
    assert_eq!(
        say(start, Lang::En),
        "Time to begin: “new door seal” for Hotel Adler, due today 14:30"
    );
    assert_eq!(
        say(start, Lang::De),
        "Zeit anzufangen: „new door seal“ für Hotel Adler, fällig heute 14:30"
    );
    assert!(!start.renegotiate, "there is just enough time");
    let due = &fixture.ring(&[open_promise], SAM, at("2026-11-25 14:00"))[0];
    assert!(due.renegotiate && !due.already_late);
}

/// A call takes up to twelve minutes: what leaves no more was known when it was promised, and is said once more
/// while something can still be done about it.
#[test]
fn renegotiate_now_is_said_once() {
    let fixture = CompanyFixture::new();
    for (told, due, rungs) in [
        ("2026-11-25 10:00", "2026-11-25 10:12", &["5-minutes"][..]),
        ("2026-11-25 10:00", "2026-11-25 10:03", &["half"]),
        ("2026-11-25 10:00", "2026-11-25 10:30", &["5-minutes"]),
        ("2026-11-25 09:00", "2026-11-25 15:00", &["due"]),
    ] {
        let mut open_promise = promise(told, due);
        open_promise.kind = "callback".into();
        let rings = fixture.ring(
            std::slice::from_ref(&open_promise),
            SAM,
            open_promise.told_at,
        );
        let told = rings.iter().filter(|reminder| reminder.renegotiate);
        let told: Vec<_> = told.map(|reminder| reminder.rung.as_str()).collect();
        assert_eq!(told, rungs, "{due}");
        open_promise.started = true;
        let rings = fixture.ring(&[open_promise.clone()], SAM, open_promise.told_at);
        assert!(rings.iter().all(|reminder| !reminder.renegotiate));
    }
}

#[test]
fn names_of_rungs_are_known_and_no_others() {
    for name in [
        "half",
        "promiser-due",
        "pool-step-in",
        "answer-2026-11-25",
        "office-decide",
    ] {
        assert!(is_rung(name), "{name}");
    }
    for name in [
        "",
        "-",
        "promiser-",
        "halftime",
        "half-",
        "half-of",
        "due-2026-13-01",
    ] {
        assert!(!is_rung(name), "{name}");
    }
}
