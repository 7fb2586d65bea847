//! A second reading of the table of outcomes, written from its text alone and as plainly as it stands there. It
//! takes from the other one only which events count.

use std::collections::BTreeSet;

use super::generator::{History, history};
use super::*;
use crate::model::event::CancelledBy;
use crate::model::people::Confirmation;
use crate::model::promise::reading::{Reading, Standing};
use crate::model::time::{DuePart, Trust};

/// An outcome, without the names in a doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
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

fn verdict(outcome: &Outcome) -> Verdict {
    match outcome {
        Outcome::Open => Verdict::Open,
        Outcome::Kept => Verdict::Kept,
        Outcome::BrokenLate => Verdict::Late,
        Outcome::BrokenMissed => Verdict::Missed,
        Outcome::BrokenCancelled => Verdict::Cancelled,
        Outcome::BrokenFound => Verdict::FoundBroken,
        Outcome::Void => Verdict::Void,
        Outcome::NotConfirmed {
            doubt: Doubt::Clock,
        } => Verdict::ClockNotTrusted,
        Outcome::NotConfirmed { .. } => Verdict::NotHeard,
    }
}

/// An event that counts.
struct Counted<'a> {
    event: &'a Event,
    /// The author; None while their row of the registry has not arrived.
    author: Option<PersonId>,
    /// True if its author took the promise after its date, for they were called.
    stepped_in: bool,
}

/// The promise, its events that count in their order, and the company.
struct Plain<'a> {
    all: Vec<&'a Event>,
    /// The events that the author of each had seen: those that it names, and those that these had seen.
    seen: Vec<BTreeSet<EventId>>,
    counted: Vec<Counted<'a>>,
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
type Moved = Vec<(EventId, Millis)>;

/// A date that the customer was told.
#[derive(Clone)]
struct Date {
    by: EventId,
    told: Millis,
    due: Millis,
    grace: i64,
}

impl<'a> Plain<'a> {
    fn of(history: &'a History, now: Millis) -> Option<Self> {
        let reading = Reading::of(&history.events, &history.registry);
        let (made, _) = reading.promised()?;
        let counts = |at: usize| reading.standing[at] == Standing::Counts;
        let counted = (0..reading.events.len())
            .filter(|at| counts(*at) || *at == made)
            .map(|at| Counted {
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
    fn at(&self, event: &Event, moved: &Moved) -> Millis {
        let other = moved.iter().find(|(id, _)| *id == event.id);
        let own = event.stored.time.trust() == Trust::Unknown;
        match other {
            Some((_, time)) if own => *time,
            _ => event.instant(),
        }
    }

    /// The instant at which it was done.
    fn done_at(&self, event: &Event, occurred: &Time, moved: &Moved) -> Millis {
        let other = moved.iter().find(|(id, _)| *id == event.id);
        match other {
            Some((_, time)) if occurred.trust() == Trust::Unknown => *time,
            _ => occurred.instant(event.received_at),
        }
    }

    fn voice(&self, counted: &Counted<'_>) -> Option<PersonId> {
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
    fn dates(&self, moved: &Moved) -> Vec<Date> {
        let EventBody::Made(made) = &self.made.stored.body else {
            panic!("a promise begins with what was promised");
        };
        let date = |event: &Event, due: &Due| {
            let minute = matches!(due.part, DuePart::Minute { .. });
            Date {
                by: event.id,
                told: self.at(event, moved),
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
    /// cancellation at `deed`, of those told before it.
    fn owed(&self, deed: Option<Millis>, moved: &Moved) -> (Millis, i64) {
        let dates = self.dates(moved);
        let counts =
            |date: &&Date| date.by == self.made.id || deed.is_none_or(|deed| date.told <= deed);
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
        let standing: Vec<&&Date> = dates
            .iter()
            .filter(|date| !replaced.contains(&date.by))
            .collect();
        let due = standing.iter().map(|date| date.due).min().unwrap();
        let same = standing.iter().filter(|date| date.due == due);
        (due, same.map(|date| date.grace).max().unwrap())
    }

    /// Everyone who was performer before an instant.
    fn performers(&self, through: Millis, moved: &Moved) -> BTreeSet<PersonId> {
        let EventBody::Made(made) = &self.made.stored.body else {
            return BTreeSet::new();
        };
        let mut given = vec![(self.made, &made.performer)];
        for counted in &self.counted {
            if let EventBody::Reassigned { performer, .. } = &counted.event.stored.body
                && self.at(counted.event, moved) <= through
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
                    for taking in self.takings(by, through, moved) {
                        people.extend(self.voice(taking));
                        somebody_had_it |= !self.given_back(by, taking, through, moved);
                    }
                    if !somebody_had_it {
                        for person in self.registry.colleagues.keys() {
                            let row = self.registry.at(*person, through);
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

    fn takings(&self, by: &Event, through: Millis, moved: &Moved) -> Vec<&Counted<'a>> {
        let takes = |counted: &&Counted<'a>| {
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
                && self.at(counted.event, moved) <= through
        };
        self.counted.iter().filter(takes).collect()
    }

    /// True if the person who took it gave it back by then; a fulfilment is not given back.
    fn given_back(&self, by: &Event, taking: &Counted<'_>, through: Millis, moved: &Moved) -> bool {
        if matches!(taking.event.stored.body, EventBody::Fulfilled { .. }) {
            return false;
        }
        self.counted.iter().any(|counted| {
            matches!(counted.event.stored.body, EventBody::Declined { .. })
                && self.voice(counted) == self.voice(taking)
                && self.saw(counted.event, by.id)
                && !self.saw(taking.event, counted.event.id)
                && self.at(counted.event, moved) <= through
        })
    }

    /// True if everyone who could have done it was heard from through an instant.
    fn heard(&self, through: Millis, moved: &Moved) -> bool {
        let EventBody::Made(made) = &self.made.stored.body else {
            return true;
        };
        let mut people = self.performers(through, moved);
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
    fn by_deeds(&self, moved: &Moved) -> Verdict {
        let done = self
            .counted
            .iter()
            .filter_map(|counted| match &counted.event.stored.body {
                EventBody::Fulfilled { occurred_at, .. } => {
                    Some(self.done_at(counted.event, occurred_at, moved))
                }
                _ => None,
            });
        let done = done.min();
        // Only the earliest standing cancellation counts, against the owed date at its instant.
        let mut cancelled: Option<(Millis, bool)> = None;
        for counted in &self.counted {
            if let EventBody::Cancelled { by, agreed_by, .. } = &counted.event.stored.body {
                let at = self.at(counted.event, moved);
                let with_customer = *by == CancelledBy::Customer || agreed_by.is_some();
                if cancelled.is_none_or(|(earliest, _)| at < earliest) {
                    cancelled = Some((at, with_customer));
                }
            }
        }
        if let Some((at, with_customer)) = cancelled {
            let (due, grace) = self.owed(Some(at), moved);
            let before = done.is_none_or(|done| at < done) && at <= due + grace;
            if before {
                return match with_customer {
                    true => Verdict::Void,
                    false => Verdict::Cancelled,
                };
            }
        }
        if let Some(done) = done {
            let (due, grace) = self.owed(Some(done), moved);
            return match done <= due + grace {
                true => Verdict::Kept,
                false => Verdict::Late,
            };
        }
        let (due, grace) = self.owed(None, moved);
        if self.now <= due + grace {
            Verdict::Open
        } else if self.heard(due + grace, moved) {
            Verdict::Missed
        } else {
            Verdict::NotHeard
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
    fn outcome(&self) -> Verdict {
        match self.found() {
            Some(Finding::Kept) => return Verdict::Kept,
            Some(Finding::Broken) => return Verdict::FoundBroken,
            Some(Finding::Void) => return Verdict::Void,
            None => {}
        }
        if self.retracted {
            return Verdict::Void;
        }
        let outcome = self.by_deeds(&vec![]);
        if !matches!(
            outcome,
            Verdict::Late | Verdict::Missed | Verdict::Cancelled
        ) {
            return outcome;
        }
        let unknown = self.unknown();
        if unknown.len() > 8 {
            return Verdict::ClockNotTrusted;
        }
        let all = |end: fn(&(EventId, Millis, Millis)) -> Millis| -> Moved {
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
        let same = tried.iter().all(|moved| self.by_deeds(moved) == outcome);
        if same {
            outcome
        } else {
            Verdict::ClockNotTrusted
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
            let plain = Plain::of(&history, now).unwrap();
            let (one, other) = (
                verdict(&facts.state(DOC, now, &history.registry).outcome),
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
    let (mut given_back, mut reassigned, mut moved) = (0, 0, 0);
    for seed in 0..5_000 {
        let history = history(seed);
        let reading = Reading::of(&history.events, &history.registry);
        if reading.promised().is_none() {
            continue;
        }
        let unknown = |at: usize| reading.events[at].stored.time.trust() == Trust::Unknown;
        for at in reading.counting() {
            match reading.body(at) {
                EventBody::Declined { .. } => {
                    let took = reading.counting().any(|take| {
                        matches!(reading.body(take), EventBody::Accepted { .. })
                            && reading.voice(take) == reading.voice(at)
                            && reading.saw(at, take)
                    });
                    let to_pool = reading.counting().any(|given| match reading.body(given) {
                        EventBody::Made(made) => made.performer == pool(),
                        EventBody::Reassigned { performer, .. } => *performer == pool(),
                        _ => false,
                    });
                    given_back += usize::from(took && to_pool);
                }
                EventBody::Reassigned { .. } if unknown(at) => reassigned += 1,
                EventBody::TermsAgreed { .. } if unknown(at) => moved += 1,
                _ => {}
            }
        }
    }
    let reached = (given_back, reassigned, moved);
    assert!(
        given_back > 50 && reassigned > 50 && moved > 50,
        "{reached:?}"
    );
}
