//! The knowledge of one level of the record at a moment, and the part of every life that lies inside its window.

use std::collections::BTreeMap;

use super::sample::{Ending, Minutes, Sample, TimeBase};
use super::survival::Lifetime;
use crate::model::time::{DAY_MS, Millis};

/// Closings after which older ones leave the window.
const WINDOW_CLOSINGS: usize = 60;
/// The days that the window reaches back where there are fewer.
const WINDOW_DAYS: i64 = 365;

/// A promise that left the record.
#[derive(Clone, Copy, Debug)]
struct EndedPromise<'a> {
    at: Millis,
    closed: bool,
    sample: &'a Sample,
}

impl EndedPromise<'_> {
    fn lead(&self, base: &dyn TimeBase) -> Minutes {
        minutes(base, self.sample, self.sample.start, self.at).max(1)
    }
}

/// The promises that a level knows.
#[derive(Clone, Debug, Default)]
pub(super) struct LevelRecord<'a> {
    /// The promises that left the record, the earliest first.
    ended: Vec<EndedPromise<'a>>,
    /// The open promises, by the number under which they came.
    open: BTreeMap<usize, &'a Sample>,
}

/// The lives inside the window of a level.
#[derive(Clone, Debug, Default)]
pub(super) struct FollowUpWindow {
    /// One for each promise that lived inside the window.
    pub lifetimes: Vec<Lifetime>,
    /// The number of them that closed.
    pub closed: usize,
    /// The number of them that are open.
    pub open: usize,
}

impl<'a> LevelRecord<'a> {
    /// The samples as they were known at `now`.
    pub(super) fn known_at(samples: impl Iterator<Item = &'a Sample>, now: Millis) -> Self {
        let mut level_record = Self::default();
        for (number, sample) in samples.enumerate() {
            match sample.ending_at(now) {
                Some(Ending::Open) => level_record.begin(number, sample),
                Some(Ending::Closed(at)) => level_record.ended.push(EndedPromise {
                    at,
                    closed: true,
                    sample,
                }),
                Some(Ending::Censored(at)) => level_record.ended.push(EndedPromise {
                    at,
                    closed: false,
                    sample,
                }),
                None => {}
            }
        }
        level_record.ended.sort_by_key(|ended| ended.at);
        level_record
    }

    /// A promise begins.
    pub(super) fn begin(&mut self, number: usize, sample: &'a Sample) {
        self.open.insert(number, sample);
    }

    /// The end of a promise becomes known.
    pub(super) fn end(&mut self, number: usize) {
        let Some(sample) = self.open.remove(&number) else {
            return;
        };
        let (at, closed) = match sample.ending {
            Ending::Closed(at) => (at, true),
            Ending::Censored(at) => (at, false),
            Ending::Open => return,
        };
        // Almost always the last place: only news that came late stands further ahead.
        let index = self.ended.partition_point(|ended| ended.at <= at);
        self.ended
            .insert(index, EndedPromise { at, closed, sample });
    }

    /// The part of every life that lies inside the window that ends at `now`.
    pub(super) fn window(&self, now: Millis, base: &dyn TimeBase) -> FollowUpWindow {
        let from = self.window_start(now);
        let mut window = FollowUpWindow::default();
        for ended in self.ended.iter().rev().take_while(|ended| ended.at >= from) {
            if window.take(ended.sample, from, ended.at, ended.closed, base) {
                window.closed += usize::from(ended.closed);
            }
        }
        for sample in self.open.values() {
            if window.take(sample, from, now, false, base) {
                window.open += 1;
            }
        }
        window
    }

    /// The leads of the latest closings, the latest first.
    pub(super) fn latest_leads(&self, count: usize, base: &dyn TimeBase) -> Vec<Minutes> {
        let closings = self.ended.iter().rev().filter(|ended| ended.closed);
        closings.take(count).map(|ended| ended.lead(base)).collect()
    }

    /// One minute before the 60th latest closing; a year ago if there are fewer.
    fn window_start(&self, now: Millis) -> Millis {
        let mut closings = self.ended.iter().rev().filter(|ended| ended.closed);
        match closings.nth(WINDOW_CLOSINGS - 1) {
            Some(ended) => ended.at.saturating_sub(60_000),
            None => now.saturating_sub(WINDOW_DAYS * DAY_MS),
        }
    }
}

impl FollowUpWindow {
    /// Takes a life that ended at `end`, unless nothing of it lies inside the window.
    fn take(
        &mut self,
        sample: &Sample,
        from: Millis,
        end: Millis,
        closed: bool,
        base: &dyn TimeBase,
    ) -> bool {
        let lived = minutes(base, sample, sample.start, end);
        let lifetime = Lifetime {
            entry: if sample.start < from {
                minutes(base, sample, sample.start, from)
            } else {
                0
            },
            exit: if closed { lived.max(1) } else { lived },
            closed,
        };
        let inside = lifetime.entry < lifetime.exit;
        if inside {
            self.lifetimes.push(lifetime);
        }
        inside
    }

    /// The longest of the lives, closed or not, in minutes.
    pub(super) fn longest(&self) -> Minutes {
        self.lifetimes
            .iter()
            .map(|lifetime| lifetime.exit)
            .max()
            .unwrap_or(0)
    }

    /// The slowest of those that closed, in minutes.
    pub(super) fn slowest(&self) -> Option<Minutes> {
        let closed = self.lifetimes.iter().filter(|lifetime| lifetime.closed);
        closed.map(|lifetime| lifetime.exit).max()
    }

    /// The number of those that closed within `lead` minutes.
    pub(super) fn closed_within(&self, lead: Minutes) -> usize {
        let closed = self.lifetimes.iter().filter(|lifetime| lifetime.closed);
        closed.filter(|lifetime| lifetime.exit <= lead).count()
    }
}

fn minutes(base: &dyn TimeBase, sample: &Sample, from: Millis, to: Millis) -> Minutes {
    base.minutes(&sample.kind, sample.performer.as_deref(), from, to)
}
