//! Properties that hold for every history, tried on 20,000 random ones. A failure names its seed.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::generator::{History, Rng, concurrent_body, history, next, usual_body};
use super::*;
use crate::model::conflicts::{is_promise_unsettled, of_promise};
use crate::model::event_kind::EventKind;

const HISTORIES: u64 = 20_000;

/// Tries an invariant on every history, on two threads.
fn for_every_history(invariant: impl Fn(&History, &mut Rng) + Sync) {
    let try_half = |half: u64| {
        for seed in (0..HISTORIES).filter(|seed| seed % 2 == half) {
            let tried = catch_unwind(AssertUnwindSafe(|| {
                invariant(&history(seed), &mut Rng::new(!seed));
            }));
            if let Err(failure) = tried {
                eprintln!("seed {seed}");
                std::panic::resume_unwind(failure);
            }
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(|| try_half(1));
        try_half(0);
    });
}

fn facts(history: &History) -> Option<Facts> {
    reduce(&history.events, &history.registry)
}

fn with(history: &History, more: &[Event]) -> History {
    History {
        events: history.events.iter().chain(more).cloned().collect(),
        registry: history.registry.clone(),
        end: history.end,
    }
}

/// Facts without the lists of events that do not count.
fn lists_aside(facts: Option<Facts>) -> Option<Facts> {
    facts.map(|facts| Facts {
        not_allowed: vec![],
        taken_back: vec![],
        ..facts
    })
}

#[test]
fn the_order_the_number_and_the_grouping_of_deliveries_do_not_matter() {
    for_every_history(|history, rng| {
        let expected = facts(history);
        let mut events = history.events.clone();
        // Every event once or twice, in any order, read after each of a few groups.
        let again: Vec<Event> = events.iter().filter(|_| rng.chance(30)).cloned().collect();
        events.extend(again);
        rng.shuffle(&mut events);
        let mut come = Vec::new();
        while !events.is_empty() {
            let group = events.split_off(events.len() - 1 - rng.below(events.len()));
            come.extend(group);
            let _ = reduce(&come, &history.registry);
        }
        assert_eq!(reduce(&come, &history.registry), expected);
        let trace = |events: &[Event]| why(events, DOC, history.end, &history.registry);
        assert_eq!(trace(&come), trace(&history.events));
    });
}

#[test]
fn whether_an_event_is_allowed_depends_on_its_own_past_alone() {
    for_every_history(|history, rng| {
        let Some(full) = facts(history) else { return };
        // Any part that contains, with an event, all that it had seen.
        let mut part: Vec<Event> = vec![];
        for event in &history.events {
            let whole = event
                .stored
                .after
                .iter()
                .all(|id| part.iter().any(|known| known.id == *id));
            if part.is_empty() || (whole && rng.chance(85)) {
                part.push(event.clone());
            }
        }
        let Some(known) = reduce(&part, &history.registry) else {
            return;
        };
        for event in &part {
            let reason = |facts: &Facts| {
                let listed = facts.not_allowed.iter().find(|(id, _)| *id == event.id);
                listed.map(|(_, reason)| *reason)
            };
            assert_eq!(reason(&known), reason(&full));
        }
    });
}

#[test]
fn kinds_without_an_effect_change_nothing() {
    for_every_history(|history, rng| {
        let at = history.end + HOUR;
        let who = rng.pick(&PEOPLE).0;
        let body = concurrent_body(history, rng, who, at);
        let more = next(history, rng, who, at, body);
        let after = facts(&with(history, &[more]));
        assert_eq!(lists_aside(after), lists_aside(facts(history)));
    });
}

#[test]
fn what_is_not_allowed_changes_nothing_but_the_list() {
    for_every_history(|history, rng| {
        let at = history.end + HOUR;
        let who = rng.pick(&PEOPLE).0;
        let body = usual_body(history, rng, who, at);
        let more = next(history, rng, who, at, body);
        let Err(reason) = may(&history.events, &more, &history.registry) else {
            return;
        };
        let (before, after) = (
            facts(history),
            facts(&with(history, std::slice::from_ref(&more))),
        );
        assert_eq!(lists_aside(after.clone()), lists_aside(before.clone()));
        if let (Some(before), Some(after)) = (before, after) {
            let new: Vec<_> = after
                .not_allowed
                .into_iter()
                .filter(|listed| !before.not_allowed.contains(listed))
                .collect();
            assert_eq!(new, [(more.id, reason)]);
        }
    });
}

#[test]
fn what_was_retracted_and_had_no_followers_is_as_if_never_written() {
    for_every_history(|history, rng| {
        let at = history.end + HOUR;
        let who = rng.pick(&PEOPLE).0;
        let body = usual_body(history, rng, who, at);
        // Where nothing counts yet it begins the promise, which then is one that was taken back.
        if body.kind() == Some(EventKind::Made) {
            return;
        }
        let mistake = next(history, rng, who, at, body);
        let mut back = mistake.clone();
        back.id = EventId([254; 16]);
        back.stored.after = vec![mistake.id];
        back.stored.n += 1;
        back.stored.body = EventBody::Retracted { event: mistake.id };
        if may(
            &with(history, std::slice::from_ref(&mistake)).events,
            &back,
            &history.registry,
        )
        .is_ok()
        {
            let after = facts(&with(history, &[mistake, back]));
            assert_eq!(lists_aside(after), lists_aside(facts(history)));
        }
    });
}

#[test]
fn nothing_told_after_the_deed_makes_kept_broken() {
    for_every_history(|history, rng| {
        let Some(before) = facts(history) else { return };
        let (PerformanceResult::Kept, Some(done)) = (before.decision, before.fulfilled_at) else {
            return;
        };
        let at = history.end.max(done) + HOUR;
        let hours = (at - NOON) / HOUR + 1;
        for who in [before.made.promiser, ANN, SAM] {
            let more = next(history, rng, who, at, agreed(hours, None));
            let after = facts(&with(history, &[more])).unwrap();
            assert_eq!(after.decision, PerformanceResult::Kept);
        }
    });
}

#[test]
fn as_time_passes_nothing_changes_but_open_to_not_confirmed_or_missed() {
    for_every_history(|history, _| {
        let Some(facts) = facts(history) else { return };
        let state = |now| facts.state(DOC, now, &history.registry);
        let moments = [0, 5, 10, 11, 20, 40, 80, 10_000].map(|hours| NOON + hours * HOUR);
        // Where times are unknown, the dates that would then be owed pass as well.
        let first = facts.next_at();
        let others = facts
            .alternatives
            .iter()
            .flatten()
            .map(|other| other.through + 1);
        let turns: Vec<Millis> = first
            .into_iter()
            .chain(others.filter(|_| first.is_some()))
            .collect();
        for pair in moments.windows(2) {
            let (before, after) = (state(pair[0]), state(pair[1]));
            assert_eq!(before.work, after.work);
            let within = |at: &Millis| pair[0] < *at && *at <= pair[1];
            let changed = before.outcome != after.outcome;
            assert!(
                changed || !first.as_ref().is_some_and(within),
                "the named instant"
            );
            if changed {
                assert!(turns.iter().any(within), "nothing passed");
                let doubt = Doubt::Clock;
                assert!([Outcome::Open, Outcome::NotConfirmed { doubt }].contains(&before.outcome));
                assert!(matches!(
                    after.outcome,
                    Outcome::BrokenMissed | Outcome::NotConfirmed { .. }
                ));
            }
        }
    });
}

fn record(history: &History) -> PromiseRecord {
    PromiseRecord {
        id: DocId([9; 16]),
        team: None,
        events: history.events.clone(),
        notes: String::new(),
        files: vec![],
        overflow: None,
    }
}

#[test]
fn a_promise_is_called_unsettled_exactly_where_conflicts_are_found_in_it() {
    use std::sync::atomic::{AtomicU64, Ordering};
    let found = AtomicU64::new(0);
    for_every_history(|history, rng| {
        let record = record(history);
        let now = if rng.chance(50) { NOON } else { history.end };
        let conflicts = of_promise(&record, &history.registry, now);
        let facts = read(&history.events, &history.registry);
        let unsettled =
            facts.is_some_and(|facts| is_promise_unsettled(&record, &facts, &history.registry));
        assert_eq!(unsettled, !conflicts.is_empty());
        found.fetch_add(u64::from(unsettled), Ordering::Relaxed);
    });
    assert!(found.into_inner() > HISTORIES / 100);
}

/// The content of a promise's rows, which no receipt rewrites from the moment on that is said for it.
fn projected(history: &History) -> Option<impl PartialEq + std::fmt::Debug> {
    let facts = facts(history)?;
    let record = record(history);
    let open_promise = OpenPromise::of(&record, &facts);
    let delivered = (
        facts.fulfilled_at,
        facts.started_at,
        facts.performer.clone(),
    );
    let dates = (facts.made_at, facts.present.due_at, facts.next_at());
    let unsettled = is_promise_unsettled(&record, &facts, &history.registry);
    Some((
        open_promise,
        delivered,
        dates,
        facts.work().is_open(),
        unsettled,
    ))
}

#[test]
fn receipts_from_the_moment_said_change_nothing_that_rows_say() {
    use std::sync::atomic::{AtomicU64, Ordering};
    let tried = AtomicU64::new(0);
    for_every_history(|history, rng| {
        let mut without = with(history, &[]);
        for event in &mut without.events {
            event.received_at = None;
        }
        let from = receipts_irrelevant_from(&without.events, &history.registry);
        let known = receipts_irrelevant_from(&history.events, &history.registry);
        assert_eq!(from, known, "the answer does not depend on what is known");
        if from == Millis::MAX {
            return;
        }
        tried.fetch_add(1, Ordering::Relaxed);
        let mut received = with(&without, &[]);
        for event in &mut received.events {
            let later = if rng.chance(50) {
                0
            } else {
                90 * 24 * 3_600_000
            };
            event.received_at = rng.chance(70).then_some(from + later);
        }
        assert_eq!(projected(&received), projected(&without));
    });
    let tried = tried.into_inner();
    assert!(
        tried > HISTORIES / 10,
        "only {tried} histories say a moment"
    );
}

#[test]
fn every_kind_every_outcome_every_work_state_and_every_reason_is_reached() {
    let name = |thing: &dyn std::fmt::Debug| {
        let text = format!("{thing:?}");
        let end = text.find(|c: char| !c.is_ascii_alphanumeric());
        text[..end.unwrap_or(text.len())].to_owned()
    };
    let seen = std::sync::Mutex::new(BTreeSet::new());
    for_every_history(|history, _| {
        let Some(facts) = facts(history) else { return };
        let mut here = BTreeSet::new();
        let kinds = history.events.iter().map(|event| event.stored.body.name());
        here.extend(kinds.map(|kind| format!("kind {kind}")));
        for hours in [0, 200] {
            let now = NOON + hours * HOUR;
            let state = facts.state(DOC, now, &history.registry);
            here.insert(format!("outcome {}", name(&state.outcome)));
            here.insert(format!("work {}", name(&state.work)));
            if let Outcome::NotConfirmed { doubt } = &state.outcome {
                here.insert(format!("doubt {}", name(doubt)));
            }
            let flags = facts.flags_in(&state);
            here.extend(flags.iter().map(|flag| format!("flag {}", name(flag))));
            let trace = why(&history.events, DOC, now, &history.registry).unwrap();
            here.insert(format!("rule {:?}", trace.outcome));
            here.insert(format!("row {:?}", trace.work));
            let effects = trace.lines.iter().map(|line| name(&line.effect));
            here.extend(effects.map(|effect| format!("effect {effect}")));
        }
        let reasons = facts.not_allowed.iter().map(|(_, reason)| reason);
        here.extend(reasons.map(|reason| format!("reason {reason:?}")));
        seen.lock().unwrap().extend(here);
    });
    let seen = seen.into_inner().unwrap();
    for (kind, count) in [
        ("kind", EventKind::ALL.len()),
        ("outcome", 8),
        ("work", 10),
        ("doubt", 3),
        ("flag", 6),
        ("rule", 10),
        ("row", 8),
        ("effect", 35),
        ("reason", 15),
    ] {
        let reached: Vec<_> = seen.iter().filter(|what| what.starts_with(kind)).collect();
        assert_eq!(reached.len(), count, "{kind}: {reached:#?}");
    }
}
