//! Asks: how often a person asked a colleague for less than the usual lead, and whether they gave thanks. Private to
//! the person who asks.

use super::sample::{Minutes, TimeBase};
use crate::model::event::{Event, EventBody};
use crate::model::ids::{EventId, PersonId};
use crate::model::promise::{Facts, PromiseRecord};
use crate::model::time::Millis;

/// A colleague was asked whether they can deliver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The colleague who was asked.
    pub person: PersonId,
    /// The instant of asking, in milliseconds since the epoch.
    pub at: Millis,
    /// The due instant that was asked for, in milliseconds since the epoch.
    pub due_at: Millis,
    /// True if the asker has thanked them since, for this promise.
    pub thanked: bool,
}

impl Ask {
    /// The lead that was asked for, in minutes of the kind's time base.
    pub fn lead(&self, kind: &str, base: &dyn TimeBase) -> Minutes {
        let performer = self.person.to_string();
        base.minutes(kind, Some(&performer), self.at, self.due_at)
            .max(0)
    }
}

/// The asks of `me` to others in a promise; asks that were taken back are none.
pub fn asks_of(record: &PromiseRecord, facts: &Facts, me: PersonId) -> Vec<Ask> {
    let mine = |event: &&Event| event.by.person == Some(me);
    let taken_back = |id: EventId| facts.taken_back.contains(&id);
    let asks = record.events.iter().filter(mine).filter_map(|event| {
        let (person, terms) = event.stored.body.asked()?;
        let (at, due_at) = (event.instant(), due_of(record, terms)?);
        let thanked = record.events.iter().filter(mine).any(|later| {
            let to =
                matches!(later.stored.body, EventBody::Thanked { person: who } if who == person);
            to && later.instant() >= at
        });
        (person != me && !taken_back(event.id)).then_some(Ask {
            person,
            at,
            due_at,
            thanked,
        })
    });
    asks.collect()
}

/// The date of the terms that an event told.
fn due_of(record: &PromiseRecord, terms: EventId) -> Option<Millis> {
    let event = record.events.iter().find(|event| event.id == terms)?;
    event.stored.body.told_date()?.due.instant().ok()
}

#[cfg(test)]
mod tests {
    use super::super::promise_fixture::{ANN, PromiseFixture, SAM, at, company};
    use super::super::sample::CalendarTime;
    use super::*;

    #[test]
    fn an_ask_is_the_lead_that_was_left_and_whether_thanks_followed() {
        let asks_of = |record: &PromiseRecord, me| {
            let facts = crate::model::promise::reduce(&record.events, &company(1_000)).unwrap();
            asks_of(record, &facts, me)
        };
        let mut fixture = PromiseFixture::communicated();
        let terms = fixture.record.events[0].id;
        fixture.add_event(2, ANN, EventBody::Thanked { person: SAM });
        let asked = fixture.add_event(4, ANN, EventBody::Asked { person: SAM, terms });
        let asks = asks_of(&fixture.record, ANN);
        assert_eq!((asks.len(), asks[0].at, asks[0].due_at), (1, at(4), at(10)));
        assert_eq!(asks[0].lead("delivery", &CalendarTime), 6 * 60);
        assert!(
            !asks[0].thanked,
            "thanks before asking are for something else"
        );
        assert_eq!(
            asks_of(&fixture.record, SAM),
            [],
            "private to whoever asked"
        );
        fixture.add_event(8, ANN, EventBody::Thanked { person: SAM });
        assert!(asks_of(&fixture.record, ANN)[0].thanked);
        fixture.add_event(9, ANN, EventBody::Retracted { event: asked });
        assert_eq!(asks_of(&fixture.record, ANN), []);
    }

    #[test]
    fn who_delivers_themselves_asks_nobody() {
        let mut fixture = PromiseFixture::communicated();
        let terms = fixture.record.events[0].id;
        fixture.add_event(2, ANN, EventBody::Asked { person: ANN, terms });
        let facts = fixture.facts_in(&company(1_000));
        assert_eq!(asks_of(&fixture.record, &facts, ANN), []);
    }
}
