//! The time within which what the record says of a promise stays as it is, whatever is heard of devices: nearly all of a
//! long record need be read once.

use super::report::suggestion_of;
use super::sampling::start_of;
use crate::model::event::Finding;
use crate::model::promise::{Facts, PromiseRecord};
use crate::model::time::Millis;

/// A span of time, from an instant until before another, in milliseconds since the epoch; empty where an answer may
/// change at any moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Steady {
    from: Millis,
    until: Millis,
}

impl Steady {
    /// True if what was said then holds at an instant.
    pub fn holds_at(&self, now: Millis) -> bool {
        (self.from..self.until).contains(&now)
    }

    /// True if it never held for longer than a moment.
    pub fn moves(&self) -> bool {
        self.from >= self.until
    }
}

/// Returns the time around `now` within which [`sample_of`](super::sample_of),
/// [`decided_promise`](super::decided_promise), [`shown_dates`](super::shown_dates) and
/// [`margin_of`](super::margin_of) say the same of a promise as at `now`.
pub fn steady(record: &PromiseRecord, facts: &Facts, now: Millis) -> Steady {
    let moving = Steady {
        from: now,
        until: now,
    };
    let found_sometime = facts.finding == Some(Finding::Kept) && facts.found_at.is_none();
    let Some(open_until) = facts.outcome_open_until() else {
        return moving;
    };
    if found_sometime || open_until < now {
        return moving;
    }
    let cancelled = facts.cancelled.as_ref().map(|cancelled| cancelled.at);
    let decided_at = facts.fulfilled_at.or(cancelled);
    let decided_at = decided_at.unwrap_or_else(|| facts.owed_through());
    if open_until == Millis::MAX && decided_at > now {
        return moving;
    }
    let through = |suggestion: &crate::model::event::Suggestion| {
        let grace = suggestion.due.grace_ms();
        Some(suggestion.due.instant().ok()?.saturating_add(grace))
    };
    let shown = record.events.iter().filter_map(suggestion_of);
    let shown = shown.filter_map(through);
    // From each of these on something reads differently than before.
    let changes = shown
        .map(|through| through.saturating_add(1))
        .chain([start_of(facts), decided_at, open_until.saturating_add(1)])
        .filter(|at| *at < Millis::MAX);
    let mut steady = Steady {
        from: Millis::MIN,
        until: Millis::MAX,
    };
    for at in changes {
        if at > now {
            steady.until = steady.until.min(at);
        } else {
            steady.from = steady.from.max(at);
        }
    }
    steady
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::{CalendarTime, decided_promise, margin_of, sample_of, shown_dates};
    use crate::model::promise::reduce;
    use crate::model::promise::tests::generator::{Rng, history};
    use crate::model::registry::Registry;

    #[test]
    fn what_is_steady_is_the_same_at_every_moment_whatever_is_heard() {
        let (mut steady_ones, mut moving) = (0, 0);
        for seed in 0..6_000 {
            let history = history(seed);
            let mut rng = Rng::new(!seed);
            let Some(facts) = reduce(&history.events, &history.registry) else {
                continue;
            };
            let record = PromiseRecord {
                id: crate::model::ids::DocId([9; 16]),
                team: None,
                events: history.events.clone(),
                notes: String::new(),
                files: vec![],
                overflow: None,
            };
            let silent = Registry {
                presence: std::collections::BTreeMap::new(),
                ..history.registry.clone()
            };
            let said = |now, registry: &Registry| {
                (
                    sample_of(&record, &facts, now, registry),
                    decided_promise(&record, &facts, now, registry),
                    shown_dates(&record, &facts, now, registry),
                    margin_of(&record, &facts, now, registry, &CalendarTime),
                )
            };
            let begun = facts.made_at - 3_600_000;
            let span = usize::try_from((history.end - begun).max(1) * 3).unwrap();
            let mut moment = || begun + i64::try_from(rng.below(span)).unwrap();
            for _ in 0..4 {
                let now = moment();
                let steady = steady(&record, &facts, now);
                let expected = said(now, &history.registry);
                moving += u32::from(steady.moves());
                let edges = [steady.from, steady.until.saturating_sub(1)];
                let edges = edges
                    .into_iter()
                    .filter(|at| at.unsigned_abs() < u64::MAX / 4);
                for then in edges.chain([now, moment(), moment(), moment()]) {
                    if steady.holds_at(then) {
                        steady_ones += 1;
                        assert_eq!(said(then, &silent), expected, "seed {seed} {now} {then}");
                        assert_eq!(said(then, &history.registry), expected, "seed {seed}");
                    }
                }
            }
        }
        assert!(
            steady_ones > 10_000 && moving > 500,
            "{steady_ones} {moving}"
        );
    }
}
