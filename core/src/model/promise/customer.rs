//! The customer of a promise: the one of whom it was made, or whom an event named since.

use super::event_history::EventHistory;
use crate::model::event::{EventBody, PromiseMade};
use crate::model::event_kind::EffectClass;

/// The event that names the customer who stands: of those that count, the last in the order of events; none where the
/// promise itself does.
pub(super) fn naming_event(history: &EventHistory<'_>) -> Option<usize> {
    history.counting().rev().find(|position| {
        let kind = history.body(*position).kind();
        kind.is_some_and(|kind| kind.effect() == EffectClass::Customer)
    })
}

/// The promise as it was made, with the customer who was named since.
pub(super) fn with_customer(history: &EventHistory<'_>, made: &PromiseMade) -> PromiseMade {
    let mut made = made.clone();
    let named = naming_event(history).map(|position| history.body(position));
    if let Some(EventBody::AccountNamed {
        account,
        contact,
        labels,
    }) = named
    {
        made.account = *account;
        made.contact = *contact;
        made.labels.clone_from(labels);
    }
    made
}
