//! The order of events by cause: the events that each author had seen, and those that the next event names as its past.

use std::collections::BTreeSet;

use super::event::Event;
use super::ids::EventId;

/// The most that a number may lie above those known here where its past is not known: more than a document ever has
/// events, and too little to exhaust the numbers.
const UNKNOWN_PAST: u32 = 10_000;

/// The newest events of a set, which the next event names in `after`, and its `n`. Those whose number is
/// absurd are left out: nothing is ever written upon them.
pub fn frontier(events: &[Event]) -> (Vec<EventId>, u32) {
    let mut ordered: Vec<&Event> = events.iter().collect();
    ordered.sort_by_key(|event| event.order());
    let in_order = in_order(&ordered, &positions(&ordered));
    let sound: Vec<&Event> = ordered
        .into_iter()
        .zip(in_order)
        .filter_map(|(event, sound)| sound.then_some(event))
        .collect();
    let seen: BTreeSet<EventId> = sound
        .iter()
        .flat_map(|event| event.stored.after.iter().copied())
        .collect();
    let newest: BTreeSet<EventId> = sound
        .iter()
        .map(|event| event.id)
        .filter(|id| !seen.contains(id))
        .collect();
    let n = sound.last().map_or(0, |event| event.stored.n);
    (newest.into_iter().collect(), n.saturating_add(1))
}

/// The position of each event in the order, sorted by id.
fn positions(ordered: &[&Event]) -> Vec<(EventId, usize)> {
    let ids = ordered.iter().map(|event| event.id);
    let mut positions: Vec<(EventId, usize)> = ids.zip(0..).collect();
    positions.sort_unstable();
    positions
}

fn position(positions: &[(EventId, usize)], id: EventId) -> Option<usize> {
    let position = positions.binary_search_by_key(&id, |(id, _)| *id);
    position.ok().map(|position| positions[position].1)
}

/// Tells of each event if it has the number that its past gives it: above all that it names, and no higher than needed.
/// Where part of what it names is not known, or is out of order itself, within [`UNKNOWN_PAST`].
fn in_order(ordered: &[&Event], positions: &[(EventId, usize)]) -> Vec<bool> {
    let mut in_order: Vec<bool> = Vec::with_capacity(ordered.len());
    for event in ordered {
        let stored = &event.stored;
        let (mut largest, mut all_known, mut above) = (0, true, true);
        for id in &stored.after {
            let known = position(positions, *id);
            above &= known.is_none_or(|position| ordered[position].stored.n < stored.n);
            match known.filter(|position| in_order.get(*position) == Some(&true)) {
                Some(position) => largest = largest.max(ordered[position].stored.n),
                None => all_known = false,
            }
        }
        let room = if all_known { 1 } else { UNKNOWN_PAST };
        in_order.push(above && stored.n > largest && stored.n - largest <= room);
    }
    in_order
}

/// A set of positions, one bit each.
#[derive(Clone, Debug, Default)]
pub struct Positions(Vec<u64>);

impl Positions {
    /// Adds a position.
    pub fn insert(&mut self, position: usize) {
        let word = position / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        if let Some(bits) = self.0.get_mut(word) {
            *bits |= 1 << (position % 64);
        }
    }

    /// True if a position is among them.
    pub fn contains(&self, position: usize) -> bool {
        let word = self.0.get(position / 64);
        word.is_some_and(|word| word & (1 << (position % 64)) != 0)
    }
}

/// The events that each author had seen: the closure of `after` over events in their order, asked by position.
#[derive(Clone, Debug, Default)]
pub struct Causality {
    /// Position by id, sorted by id.
    positions: Vec<(EventId, usize)>,
    /// One bit per position; each event has `width` words.
    past: Vec<u64>,
    width: usize,
    in_order: Vec<bool>,
}

impl Causality {
    /// Computes the closure over events that are sorted by [`Event::order`], each once. Unknown ids in
    /// `after` are ignored, and so are those of events that do not come before.
    pub fn of(ordered: &[&Event]) -> Self {
        let positions = positions(ordered);
        let width = ordered.len().div_ceil(64);
        let mut causality = Self {
            in_order: in_order(ordered, &positions),
            positions,
            past: vec![0; ordered.len() * width],
            width,
        };
        for (later, event) in ordered.iter().enumerate() {
            for id in &event.stored.after {
                if let Some(earlier) = causality.position(*id).filter(|position| *position < later)
                {
                    let (before, own) = causality.past.split_at_mut(later * width);
                    let seen = &before[earlier * width..(earlier + 1) * width];
                    for (word, more) in own.iter_mut().zip(seen) {
                        *word |= more;
                    }
                    own[earlier / 64] |= 1 << (earlier % 64);
                }
            }
        }
        causality
    }

    /// The position of an event in the order; None if it is not among them.
    pub fn position(&self, id: EventId) -> Option<usize> {
        position(&self.positions, id)
    }

    /// True if an event has the number that its past gives it.
    pub fn in_order(&self, position: usize) -> bool {
        self.in_order.get(position) == Some(&true)
    }

    /// True if the author of the event at `later` had seen the one at `earlier`.
    pub fn saw(&self, later: usize, earlier: usize) -> bool {
        let word = self.past.get(later * self.width + earlier / 64);
        earlier < later && word.is_some_and(|word| word & (1 << (earlier % 64)) != 0)
    }

    /// True if the author of the event at `later` had seen all of these.
    pub fn saw_all(&self, later: usize, events: &Positions) -> bool {
        let seen = self.past.get(later * self.width..(later + 1) * self.width);
        let seen = seen.unwrap_or_default().iter().copied();
        let mut pairs = events.0.iter().zip(seen.chain(std::iter::repeat(0)));
        pairs.all(|(events, seen)| events & !seen == 0)
    }
}
