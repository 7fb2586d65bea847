//! A second reading of the table of outcomes, written from its text alone and as plainly as it stands there. It
//! takes from the other one only which events count.

use std::collections::BTreeSet;

use super::generator::{History, history};
use super::*;
use crate::model::event::CancelledBy;
use crate::model::promise::event_history::{EventHistory, Verdict};
use crate::model::registry::Confirmation;
use crate::model::time::{DuePart, Trust};

/// An outcome, without the names in a doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ExpectedOutcome {
    Open,
    Kept,
    Late,
    Missed,
    Cancelled,
    FoundBroken,
    Void,
    NotHeard,
    ClockNotTrusted,
}

fn expected_outcome(outcome: &Outcome) -> ExpectedOutcome {
    match outcome {
        Outcome::Open => ExpectedOutcome::Open,
        Outcome::Kept => ExpectedOutcome::Kept,
        Outcome::BrokenLate => ExpectedOutcome::Late,
        Outcome::BrokenMissed => ExpectedOutcome::Missed,
        Outcome::BrokenCancelled => ExpectedOutcome::Cancelled,
        Outcome::BrokenFound => ExpectedOutcome::FoundBroken,
        Outcome::Void => ExpectedOutcome::Void,
        Outcome::NotConfirmed {
            doubt: Doubt::Clock,
        } => ExpectedOutcome::ClockNotTrusted,
        Outcome::NotConfirmed { .. } => ExpectedOutcome::NotHeard,
    }
}

/// An event that counts.
struct CountedEvent<'a> {
    event: &'a Event,
    /// The author; None while their row of the registry has not arrived.
    author: Option<PersonId>,
    /// True if its author took the promise after its date, for they were called.
    stepped_in: bool,
}

/// The promise, its events that count in their order, and the company.
struct Oracle<'a> {
    all: Vec<&'a Event>,
    /// The events that the author of each had seen: those that it names, and those that these had seen.
    seen: Vec<BTreeSet<EventId>>,
    counted: Vec<CountedEvent<'a>>,
    made: &'a Event,
    retracted: bool,
    registry: &'a Registry,
    now: Millis,
}

fn seen(events: &[&Event]) -> Vec<BTreeSet<EventId>> {
    let mut seen: Vec<BTreeSet<EventId>> = Vec::new();
    for event in events {
        let mut own = BTreeSet::new();
        for id in &event.stored.after {
            let before = events
                .iter()
                .take(seen.len())
                .position(|other| other.id == *id);
            if let Some(before) = before {
                own.insert(*id);
                own.extend(seen[before].iter().copied());
            }
        }
        seen.push(own);
    }
    seen
}

/// Times of events that are other than they say.
type ShiftedTimes = Vec<(EventId, Millis)>;

/// A date that the customer was told.
#[derive(Clone)]
struct Date {
    by: EventId,
    told: Millis,
    due: Millis,
    grace: i64,
}

impl<'a> Oracle<'a> {
    fn of(history: &'a History, now: Millis) -> Option<Self> {
        let reading = EventHistory::of(&history.events, &history.registry);
        let (made, _) = reading.promised()?;
        let counts = |at: usize| reading.verdicts[at] == Verdict::Counts;
        let counted = (0..reading.events.len())
            .filter(|at| counts(*at) || *at == made)
            .map(|at| CountedEvent {
                event: reading.events[at],
                author: reading.authors[at],
                stepped_in: reading.step_ins.contains(&at),
            });
        Some(Self {
            counted: counted.collect(),
            made: reading.events[made],
            retracted: !counts(made),
            seen: seen(&reading.events),
            all: reading.events.clone(),
            registry: &history.registry,
            now,
        })
    }

    fn find(&self, id: EventId) -> Option<usize> {
        self.all.iter().position(|event| event.id == id)
    }

    /// True if the author of `later` had seen `earlier`: by the closure of what events name as seen.
    fn saw(&self, later: &Event, earlier: EventId) -> bool {
        self.seen[self.find(later.id).unwrap()].contains(&earlier)
    }

    /// The instant at which an event was written.
    fn at(&self, event: &Event, shifted: &ShiftedTimes) -> Millis {
        let other = shifted.iter().find(|(id, _)| *id == event.id);
        let own = event.stored.time.trust() == Trust::Unknown;
        match other {
            Some((_, time)) if own => *time,
            _ => event.instant(),
        }
    }

    /// The instant at which it was done.
    fn done_at(&self, event: &Event, occurred: &RecordedTime, shifted: &ShiftedTimes) -> Millis {
        let other = shifted.iter().find(|(id, _)| *id == event.id);
        match other {
            Some((_, time)) if occurred.trust() == Trust::Unknown => *time,
            _ => occurred.instant(event.received_at),
        }
    }

    fn acting_person(&self, counted: &CountedEvent<'_>) -> Option<PersonId> {
        match &counted.event.stored.body {
            EventBody::Accepted { for_person, .. }
            | EventBody::Declined { for_person, .. }
            | EventBody::TermsProposed { for_person, .. }
            | EventBody::Started { for_person }
            | EventBody::Fulfilled { for_person, .. } => for_person.or(counted.author),
            _ => counted.author,
        }
    }

    /// The told terms: made's and each that was agreed.
    fn dates(&self, shifted: &ShiftedTimes) -> Vec<Date> {
        let EventBody::Made(made) = &self.made.stored.body else {
            panic!("a promise begins with what was promised");
        };
        let date = |event: &Event, due: &Due| {
            let minute = matches!(due.part, DuePart::Minute { .. });
            Date {
                by: event.id,
                told: self.at(event, shifted),
                due: due.instant().unwrap(),
                grace: i64::from(made.rules.grace_minutes) * 60_000 * i64::from(minute),
            }
        };
        let mut dates = vec![date(self.made, &made.due)];
        for counted in &self.counted {
            if let EventBody::TermsAgreed { due, .. } = &counted.event.stored.body {
                dates.push(date(counted.event, due));
            }
        }
        dates
    }

    /// Of some dates, those that no other of them saw.
    fn unseen<'d>(&self, dates: &[&'d Date]) -> Vec<&'d Date> {
        let replaced = |date: &&Date| {
            let mut others = dates.iter();
            others.any(|other| self.saw(self.all[self.find(other.by).unwrap()], date.by))
        };
        dates
            .iter()
            .copied()
            .filter(|date| !replaced(date))
            .collect()
    }

    /// The earliest told date that no told terms replaced in time, with its grace: for a fulfilment or
    /// cancellation at `performed_at`, of those told before it.
    fn owed(&self, performed_at: Option<Millis>, shifted: &ShiftedTimes) -> (Millis, i64) {
        let dates = self.dates(shifted);
        let counts = |date: &&Date| {
            date.by == self.made.id
                || performed_at.is_none_or(|performed_at| date.told <= performed_at)
        };
        let dates: Vec<&Date> = dates.iter().filter(counts).collect();
        let mut replaced = BTreeSet::new();
        for later in &dates {
            let event = self.all[self.find(later.by).unwrap()];
            let seen = dates
                .iter()
                .copied()
                .filter(|date| self.saw(event, date.by));
            let open = self.unseen(&seen.collect::<Vec<_>>());
            let latest = open.iter().map(|date| date.due).max();
            if latest.is_some_and(|latest| later.told <= latest) {
                replaced.extend(open.iter().map(|date| date.by));
            }
        }
        let verdicts: Vec<&&Date> = dates
            .iter()
            .filter(|date| !replaced.contains(&date.by))
            .collect();
        let due = verdicts.iter().map(|date| date.due).min().unwrap();
        let same = verdicts.iter().filter(|date| date.due == due);
        (due, same.map(|date| date.grace).max().unwrap())
    }

    /// Everyone who was performer before an instant.
    fn performers(&self, through: Millis, shifted: &ShiftedTimes) -> BTreeSet<PersonId> {
        let EventBody::Made(made) = &self.made.stored.body else {
            return BTreeSet::new();
        };
        let mut given = vec![(self.made, &made.performer)];
        for counted in &self.counted {
            if let EventBody::Reassigned { performer, .. } = &counted.event.stored.body
                && self.at(counted.event, shifted) <= through
            {
                given.push((counted.event, performer));
            }
        }
        let mut people = BTreeSet::new();
        for (by, performer) in given {
            match performer {
                Performer::Nobody => {}
                Performer::Person { person } => drop(people.insert(*person)),
                Performer::Pool { pool } => {
                    let mut somebody_had_it = false;
                    for taking in self.takeovers(by, through, shifted) {
                        people.extend(self.acting_person(taking));
                        somebody_had_it |= !self.returned(by, taking, through, shifted);
                    }
                    if !somebody_had_it {
                        for person in self.registry.colleagues.keys() {
                            let row = self.registry.colleague_at(*person, through);
                            let serves = row.is_some_and(|row| {
                                row.pools.contains(pool) && row.to.is_none_or(|to| through < to)
                            });
                            people.extend(serves.then_some(*person));
                        }
                    }
                }
            }
        }
        people
    }

    fn takeovers(
        &self,
        by: &Event,
        through: Millis,
        shifted: &ShiftedTimes,
    ) -> Vec<&CountedEvent<'a>> {
        let takes = |counted: &&CountedEvent<'a>| {
            let body = &counted.event.stored.body;
            let takes = matches!(
                body,
                EventBody::Accepted { .. }
                    | EventBody::Started { .. }
                    | EventBody::Fulfilled { .. }
            );
            takes
                && !counted.stepped_in
                && self.saw(counted.event, by.id)
                && self.at(counted.event, shifted) <= through
        };
        self.counted.iter().filter(takes).collect()
    }

    /// True if the person who took it gave it back by then; a fulfilment is not given back.
    fn returned(
        &self,
        by: &Event,
        taking: &CountedEvent<'_>,
        through: Millis,
        shifted: &ShiftedTimes,
    ) -> bool {
        if matches!(taking.event.stored.body, EventBody::Fulfilled { .. }) {
            return false;
        }
        self.counted.iter().any(|counted| {
            matches!(counted.event.stored.body, EventBody::Declined { .. })
                && self.acting_person(counted) == self.acting_person(taking)
                && self.saw(counted.event, by.id)
                && !self.saw(taking.event, counted.event.id)
                && self.at(counted.event, shifted) <= through
        })
    }

    /// True if everyone who could have done it was heard from through an instant.
    fn heard(&self, through: Millis, shifted: &ShiftedTimes) -> bool {
        let EventBody::Made(made) = &self.made.stored.body else {
            return true;
        };
        let mut people = self.performers(through, shifted);
        people.insert(made.promiser);
        people
            .iter()
            .all(|person| self.registry.confirmed(*person, DOC, through) == Confirmation::Confirmed)
    }

    /// The finding that decides, by the disputes that are settled.
    fn found(&self) -> Option<Finding> {
        let disputes: Vec<&Event> = self
            .counted
            .iter()
            .map(|counted| counted.event)
            .filter(|event| matches!(event.stored.body, EventBody::Disputed { .. }))
            .collect();
        let settles = |finding: &Event, dispute: &Event| match &finding.stored.body {
            EventBody::DisputeResolved { dispute: named, .. } => {
                *named == dispute.id || self.saw(finding, dispute.id)
            }
            _ => false,
        };
        let findings: Vec<&Event> = self
            .counted
            .iter()
            .map(|counted| counted.event)
            .filter(|event| disputes.iter().any(|dispute| settles(event, dispute)))
            .collect();
        let replaced = |finding: &&Event| findings.iter().any(|other| self.saw(other, finding.id));
        let latest = disputes
            .iter()
            .rev()
            .find(|dispute| findings.iter().any(|finding| settles(finding, dispute)))?;
        let deciding: Vec<Finding> = findings
            .iter()
            .filter(|finding| !replaced(finding) && settles(finding, latest))
            .filter_map(|finding| match finding.stored.body {
                EventBody::DisputeResolved { finding, .. } => Some(finding),
                _ => None,
            })
            .collect();
        let first = *deciding.first()?;
        deciding
            .iter()
            .all(|other| *other == first)
            .then_some(first)
    }

    /// The rows below a finding and a retraction, with some times moved.
    fn by_performance(&self, shifted: &ShiftedTimes) -> ExpectedOutcome {
        let done = self
            .counted
            .iter()
            .filter_map(|counted| match &counted.event.stored.body {
                EventBody::Fulfilled { occurred_at, .. } => {
                    Some(self.done_at(counted.event, occurred_at, shifted))
                }
                _ => None,
            });
        let done = done.min();
        // Only the earliest standing cancellation counts, against the owed date at its instant.
        let mut cancelled: Option<(Millis, bool)> = None;
        for counted in &self.counted {
            if let EventBody::Cancelled { by, agreed_by, .. } = &counted.event.stored.body {
                let at = self.at(counted.event, shifted);
                let with_customer = *by == CancelledBy::Customer || agreed_by.is_some();
                if cancelled.is_none_or(|(earliest, _)| at < earliest) {
                    cancelled = Some((at, with_customer));
                }
            }
        }
        if let Some((at, with_customer)) = cancelled {
            let (due, grace) = self.owed(Some(at), shifted);
            let before = done.is_none_or(|done| at < done) && at <= due + grace;
            if before {
                return match with_customer {
                    true => ExpectedOutcome::Void,
                    false => ExpectedOutcome::Cancelled,
                };
            }
        }
        if let Some(done) = done {
            let (due, grace) = self.owed(Some(done), shifted);
            return match done <= due + grace {
                true => ExpectedOutcome::Kept,
                false => ExpectedOutcome::Late,
            };
        }
        let (due, grace) = self.owed(None, shifted);
        if self.now <= due + grace {
            ExpectedOutcome::Open
        } else if self.heard(due + grace, shifted) {
            ExpectedOutcome::Missed
        } else {
            ExpectedOutcome::NotHeard
        }
    }

    /// The events of unknown clocks on which the outcome rests, with the instants that they lie between.
    fn unknown(&self) -> Vec<(EventId, Millis, Millis)> {
        let to_pool = |performer: &Performer| matches!(performer, Performer::Pool { .. });
        let pools = self
            .counted
            .iter()
            .any(|counted| match &counted.event.stored.body {
                EventBody::Made(made) => !self.retracted && to_pool(&made.performer),
                EventBody::Reassigned { performer, .. } => to_pool(performer),
                _ => false,
            });
        let mut unknown = Vec::new();
        for counted in &self.counted {
            let event = counted.event;
            let own = event.stored.time.trust() == Trust::Unknown;
            let rests = match &event.stored.body {
                EventBody::Fulfilled { occurred_at, .. } => {
                    occurred_at.trust() == Trust::Unknown || (own && pools)
                }
                EventBody::Cancelled { .. }
                | EventBody::TermsAgreed { .. }
                | EventBody::Reassigned { .. } => own,
                EventBody::Accepted { .. }
                | EventBody::Started { .. }
                | EventBody::Declined { .. } => own && pools,
                _ => false,
            };
            if rests {
                let seen = self.all.iter().filter(|other| self.saw(event, other.id));
                let trusted = seen.filter(|other| other.stored.time.trust() != Trust::Unknown);
                let from = trusted.map(|other| other.instant()).max();
                let until = event.received_at.unwrap_or(Millis::MAX / 8);
                let from = from.unwrap_or(Millis::MIN / 8).min(until);
                unknown.push((event.id, from, until));
            }
        }
        unknown
    }

    /// The whole table: the first row that matches.
    fn outcome(&self) -> ExpectedOutcome {
        match self.found() {
            Some(Finding::Kept) => return ExpectedOutcome::Kept,
            Some(Finding::Broken) => return ExpectedOutcome::FoundBroken,
            Some(Finding::Void) => return ExpectedOutcome::Void,
            None => {}
        }
        if self.retracted {
            return ExpectedOutcome::Void;
        }
        let outcome = self.by_performance(&vec![]);
        if !matches!(
            outcome,
            ExpectedOutcome::Late | ExpectedOutcome::Missed | ExpectedOutcome::Cancelled
        ) {
            return outcome;
        }
        let unknown = self.unknown();
        if unknown.len() > 8 {
            return ExpectedOutcome::ClockNotTrusted;
        }
        let all = |end: fn(&(EventId, Millis, Millis)) -> Millis| -> ShiftedTimes {
            unknown.iter().map(|one| (one.0, end(one))).collect()
        };
        let mut tried = vec![all(|one| one.1), all(|one| one.2)];
        for (event, from, until) in &unknown {
            tried.push(vec![(*event, *from)]);
            tried.push(vec![(*event, *until)]);
            for date in self.dates(&vec![]) {
                let passed = date.due + date.grace;
                if (*from..=*until).contains(&passed) {
                    tried.push(vec![(*event, passed)]);
                }
            }
        }
        let same = tried
            .iter()
            .all(|shifted| self.by_performance(shifted) == outcome);
        if same {
            outcome
        } else {
            ExpectedOutcome::ClockNotTrusted
        }
    }
}

#[test]
fn both_readings_of_the_table_say_the_same() {
    let mut reached = BTreeSet::new();
    for seed in 0..20_000 {
        let history = history(seed);
        let Some(facts) = reduce(&history.events, &history.registry) else {
            continue;
        };
        for hours in [0, 2, 11, 40, 300] {
            let now = history.end + hours * HOUR;
            let plain = Oracle::of(&history, now).unwrap();
            let (one, other) = (
                expected_outcome(&facts.state(DOC, now, &history.registry).outcome),
                plain.outcome(),
            );
            assert_eq!(one, other, "seed {seed}, {hours} hours later");
            reached.insert(format!("{one:?}"));
        }
    }
    assert_eq!(reached.len(), 9, "{reached:?}");
}

/// Random histories must reach these cases for the comparison to mean anything.
#[test]
fn random_histories_reach_what_is_compared() {
    let (mut returned, mut reassigned, mut shifted) = (0, 0, 0);
    for seed in 0..5_000 {
        let history = history(seed);
        let reading = EventHistory::of(&history.events, &history.registry);
        if reading.promised().is_none() {
            continue;
        }
        let unknown = |at: usize| reading.events[at].stored.time.trust() == Trust::Unknown;
        for at in reading.counting() {
            match reading.body(at) {
                EventBody::Declined { .. } => {
                    let took = reading.counting().any(|take| {
                        matches!(reading.body(take), EventBody::Accepted { .. })
                            && reading.acting_person(take) == reading.acting_person(at)
                            && reading.saw(at, take)
                    });
                    let to_pool = reading.counting().any(|given| match reading.body(given) {
                        EventBody::Made(made) => made.performer == pool(),
                        EventBody::Reassigned { performer, .. } => *performer == pool(),
                        _ => false,
                    });
                    returned += usize::from(took && to_pool);
                }
                EventBody::Reassigned { .. } if unknown(at) => reassigned += 1,
                EventBody::TermsAgreed { .. } if unknown(at) => shifted += 1,
                _ => {}
            }
        }
    }
    let reached = (returned, reassigned, shifted);
    assert!(
        returned > 50 && reassigned > 50 && shifted > 50,
        "{reached:?}"
    );
}
