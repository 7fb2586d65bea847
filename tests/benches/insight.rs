//! The truth about one kind: 60 closed and 40 open promises, asked for a date.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a benchmark that cannot go on has failed"
)]

use divan::{Bencher, black_box};
use kept_core::insight::{CalendarTime, CompanyTime, Ending, Question, Sample, TimeBase, advise};
use kept_core::model::calendar::WorkingCalendar;
use kept_core::model::colleague_profile::ColleagueProfile;
use kept_core::model::company::Company;
use kept_core::model::ids::PersonId;
use kept_core::model::time::{DAY_MS, Millis};

fn main() {
    divan::main();
}

const NOW: Millis = 1_795_348_800_000;
const SAM: PersonId = PersonId([2; 16]);

fn samples(kind: &str) -> Vec<Sample> {
    let sample = |days: i64, ending| Sample {
        kind: kind.into(),
        performer: Some(SAM.to_string()),
        team: Some("north".into()),
        start: NOW - days * DAY_MS,
        ending,
        received_at: None,
    };
    let closed = (0..60).map(|n| {
        let (age, lead) = (100 - n, (n * 7) % 13 + 1);
        sample(age, Ending::Closed(NOW - (age - lead) * DAY_MS))
    });
    let open = (0..40).map(|n| sample(n / 4 + 1, Ending::Open));
    closed.chain(open).collect()
}

fn ask(bencher: Bencher, kind: &str, base: &dyn TimeBase) {
    let samples = samples(kind);
    let question = Question {
        kind: kind.into(),
        performer: Some(SAM.to_string()),
        team: Some("north".into()),
        now: NOW,
        quantile: 0.8,
    };
    bencher.bench_local(|| advise(black_box(&samples), &question, base));
}

#[divan::bench]
fn truth_in_calendar_time(bencher: Bencher) {
    ask(bencher, "delivery", &CalendarTime);
}

/// Over the performer's own calendar, with holidays and clocks that change.
#[divan::bench]
fn truth_in_working_time(bencher: Bencher) {
    let mut hours = WorkingCalendar::usual("Europe/Berlin");
    hours.closed = (1..=12)
        .map(|month| format!("2026-{month:02}-15"))
        .collect();
    let mut company = Company::default();
    let says = ColleagueProfile {
        hours: Some(hours),
        ..ColleagueProfile::default()
    };
    company.people.insert(SAM, says);
    let time = CompanyTime::new(&company, [SAM].into_iter(), "Europe/Berlin");
    ask(bencher, "service-visit", &time);
}
