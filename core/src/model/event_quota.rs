//! Room: a document counts a bounded number of events, and of one person at most a quarter of them.
//!
//! Each event is judged by all before it, so that too many of them would stop the device that reads the document.
//! Events without room are kept, shown, and change nothing; events that come late displace nothing that counted.
//!
//! A device refuses at the tap what would have no room. Rows of documents with more events than one person may write
//! are made anew with each receipt, for room depends on receipts.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};

use super::event::Event;
use super::ids::{Actor, Hash, PersonId};
use crate::limits;

/// Events of one document that count.
pub const MAX_EVENTS: usize = limits::DOCUMENT_EVENTS;
/// Events of one document by one person that count.
pub const MAX_EVENTS_PER_AUTHOR: usize = limits::DOCUMENT_EVENTS / 4;
/// Events without room that are kept beside the others, for readers of the document.
const SHOWN: usize = 100;

/// An event with the change that carried it.
pub struct CarriedEvent {
    /// The event.
    pub event: Event,
    /// The change.
    pub change: Hash,
    /// True if the document begins with that change.
    pub first: bool,
}

/// Events for which a document has no room.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Overflow {
    /// The number of events without room.
    #[n(0)]
    pub count: u64,
    /// The first of them, in the order of events.
    #[n(1)]
    pub events: Vec<Event>,
    /// The person who wrote most of them; None while the registry does not know them.
    #[n(2)]
    pub most_by: Option<PersonId>,
}

/// The author of an event: one person with several devices has the room of one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum EventAuthor {
    Known(PersonId),
    Unknown(Actor),
}

impl EventAuthor {
    fn of(event: &Event) -> Self {
        let known = event.by.person.map(Self::Known);
        known.unwrap_or(Self::Unknown(event.by.actor))
    }
}

/// True if a document with so many events may have some without room.
pub fn may_exceed(events: usize) -> bool {
    events > MAX_EVENTS_PER_AUTHOR
}

/// The number of events that an author may still write into a document that counts these.
pub fn remaining(counted: &[Event], person: Option<PersonId>, actor: Actor) -> usize {
    let writer = person.map_or(EventAuthor::Unknown(actor), EventAuthor::Known);
    let own = counted
        .iter()
        .filter(|event| EventAuthor::of(event) == writer)
        .count();
    MAX_EVENTS_PER_AUTHOR
        .saturating_sub(own)
        .min(MAX_EVENTS.saturating_sub(counted.len()))
}

/// The events that count, in their order, and those without room.
///
/// Room is given to the events that the document begins with, then in the order in which the server took the changes,
/// then by their hashes; events that it has not taken come last.
pub fn split_by_quota(mut carried: Vec<CarriedEvent>) -> (Vec<Event>, Option<Overflow>) {
    if !may_exceed(carried.len()) {
        let mut events: Vec<Event> = carried.into_iter().map(|one| one.event).collect();
        events.sort_by_key(Event::order);
        return (events, None);
    }
    carried.sort_by_cached_key(|one| {
        let taken = one.event.received_at;
        let order = one.event.order();
        (!one.first, taken.is_none(), taken, one.change, order)
    });
    let mut own: BTreeMap<EventAuthor, usize> = BTreeMap::new();
    let (mut counted, mut beyond) = (Vec::new(), Vec::new());
    for CarriedEvent { event, .. } in carried {
        let own = own.entry(EventAuthor::of(&event)).or_default();
        if counted.len() < MAX_EVENTS && *own < MAX_EVENTS_PER_AUTHOR {
            *own += 1;
            counted.push(event);
        } else {
            beyond.push(event);
        }
    }
    counted.sort_by_key(Event::order);
    let overflow = (!beyond.is_empty()).then(|| overflow(beyond));
    (counted, overflow)
}

fn overflow(mut events: Vec<Event>) -> Overflow {
    let mut writers: BTreeMap<EventAuthor, u64> = BTreeMap::new();
    for event in &events {
        *writers.entry(EventAuthor::of(event)).or_default() += 1;
    }
    let most = writers.into_iter().max_by_key(|(_, count)| *count);
    let most_by = most.and_then(|(writer, _)| match writer {
        EventAuthor::Known(person) => Some(person),
        EventAuthor::Unknown(_) => None,
    });
    let count = events.len() as u64;
    events.sort_by_key(Event::order);
    events.truncate(SHOWN);
    Overflow {
        count,
        events,
        most_by,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::authored::Authorship;
    use crate::model::event::{EventBody, StoredEvent};
    use crate::model::ids::{EventId, InstallationId};
    use crate::model::time::RecordedTime;

    /// The event `number`, by `person`, of a change that the server took at `taken`.
    fn carried(number: u32, person: u8, taken: Option<i64>) -> CarriedEvent {
        let mut id = [0; 16];
        id[..4].copy_from_slice(&number.to_be_bytes());
        let mut change = [person; 32];
        change[..4].copy_from_slice(&number.wrapping_mul(2_654_435_761).to_be_bytes());
        CarriedEvent {
            event: Event {
                id: EventId(id),
                stored: StoredEvent {
                    device: InstallationId([person; 16]),
                    time: RecordedTime {
                        wall_ms: i64::from(number),
                        zone: "UTC".into(),
                        offset_ms: Some(0),
                        age_ms: Some(0),
                        known_ms: None,
                    },
                    after: vec![],
                    n: number + 1,
                    on_behalf: None,
                    body: EventBody::ReminderAcked { rung: "due".into() },
                },
                by: Authorship {
                    actor: Actor([person; 16]),
                    person: Some(PersonId([person; 16])),
                    name: String::new(),
                    at: 0,
                },
                seq: 1,
                received_at: taken,
            },
            change: Hash(change),
            first: number == 0,
        }
    }

    fn ids(events: &[Event]) -> Vec<EventId> {
        events.iter().map(|event| event.id).collect()
    }

    #[test]
    fn nobody_takes_the_room_of_others() {
        let flood = (1..50_000).map(|number| carried(number, 2, Some(i64::from(number))));
        let others = (50_000..50_100).map(|number| carried(number, 3, None));
        let made = carried(0, 1, Some(60_000));
        let all = std::iter::once(made).chain(flood).chain(others).collect();
        let (counted, overflow) = split_by_quota(all);
        assert_eq!(counted.len(), 1 + MAX_EVENTS_PER_AUTHOR + 100);
        assert_eq!(counted[0].id, carried(0, 1, None).event.id);
        let overflow = overflow.unwrap();
        assert_eq!(overflow.count, 49_999 - MAX_EVENTS_PER_AUTHOR as u64);
        assert_eq!(overflow.most_by, Some(PersonId([2; 16])));
        assert_eq!(overflow.events.len(), SHOWN);
        assert_eq!(
            remaining(&counted, Some(PersonId([2; 16])), Actor([9; 16])),
            0
        );
        assert_eq!(
            remaining(&counted, Some(PersonId([3; 16])), Actor([9; 16])),
            MAX_EVENTS_PER_AUTHOR - 100
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        /// Events that come late displace nothing that counted, in whatever order they come here.
        #[test]
        fn late_events_displace_nothing(
            people in proptest::collection::vec(1_u8..6, 400..2_600), late in 1_usize..400, seed in any::<u64>(),
        ) {
            let all = |until: usize| -> Vec<CarriedEvent> {
                let numbered = people.iter().take(until).enumerate();
                let event = |(at, person): (usize, &u8)| {
                    let number = u32::try_from(at).unwrap();
                    carried(number, *person, Some(i64::from(number / 7)))
                };
                numbered.map(event).collect()
            };
            // Whole moments only: what came at one moment is ordered by its hashes.
            let early = (people.len() - late.min(people.len() - 1)) / 7 * 7;
            let (before, _) = split_by_quota(all(early));
            let mut shuffled = all(people.len());
            let len = shuffled.len() as u64;
            shuffled.sort_by_key(|one| u64::from(one.event.stored.n).wrapping_mul(seed | 1) % len);
            let (after, overflow) = split_by_quota(shuffled);
            let (again, _) = split_by_quota(all(people.len()));
            prop_assert_eq!(ids(&after), ids(&again));
            let after = ids(&after);
            prop_assert!(ids(&before).iter().all(|id| after.contains(id)));
            let beyond = overflow.map_or(0, |overflow| overflow.count);
            prop_assert_eq!(after.len() as u64 + beyond, people.len() as u64);
        }
    }
}
