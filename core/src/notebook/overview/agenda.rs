//! The agenda of a person: their open promises by what today asks for, and the next instant that changes it.

use serde::Serialize;

use crate::model::ids::DocId;
use crate::model::promise::OpenPromise;
use crate::model::time::Millis;
use crate::notebook::clock::last_instant_of_day;
use crate::notebook::context::Context;
use crate::notebook::errors::ApiResult;
use crate::remind::Reminder;

/// Open promises of which today asks the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct AgendaGroup {
    /// The thing that today asks for.
    pub group: AgendaKind,
    /// The promises, the next due first.
    pub ids: Vec<DocId>,
}

/// The thing that today asks for about an open promise; of several that fit, the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum AgendaKind {
    /// Asked of me by others, and waiting for my answer.
    AskedOfMe,
    /// Answered by the performer, which I have to tell the customer.
    TellCustomer,
    /// Past the date that is owed, and still to be done.
    Late,
    /// Due until midnight.
    DueToday,
    /// Every other one.
    Later,
}

impl AgendaKind {
    /// Every kind, in the order of a screen.
    const ALL: [Self; 5] = [
        Self::AskedOfMe,
        Self::TellCustomer,
        Self::Late,
        Self::DueToday,
        Self::Later,
    ];

    fn of(open_promise: &OpenPromise, midnight: Millis, context: &Context) -> Self {
        if context.performs(open_promise) && open_promise.stage.is_unanswered() {
            Self::AskedOfMe
        } else if open_promise.has_notice && open_promise.promiser == context.me() {
            Self::TellCustomer
        } else if open_promise.late_ms(context.now) > 0 {
            Self::Late
        } else if open_promise.due_at <= midnight {
            Self::DueToday
        } else {
            Self::Later
        }
    }
}

/// Returns the agenda of the open promises that I hold, given with the next due first; groups with none are left out.
pub(super) fn agenda(mine: &[OpenPromise], context: &Context) -> ApiResult<Vec<AgendaGroup>> {
    let midnight = last_instant_of_day(context.now, &context.zone)?;
    let mut groups = AgendaKind::ALL.map(|kind| AgendaGroup {
        group: kind,
        ids: vec![],
    });
    for open_promise in mine {
        let kind = AgendaKind::of(open_promise, midnight, context);
        let group = groups.iter_mut().find(|group| group.group == kind);
        if let Some(group) = group {
            group.ids.push(open_promise.id);
        }
    }
    let groups = groups.into_iter().filter(|group| !group.ids.is_empty());
    Ok(groups.collect())
}

/// Returns the first instant after now, in milliseconds since the epoch, at which one of these promises becomes late,
/// one of the reminders that are shown has rung, the first of those ahead comes within `ahead_ms`, or another day
/// begins.
pub(super) fn changes_at(
    mine: &[OpenPromise],
    shown: &[Reminder],
    ahead: Option<&Reminder>,
    ahead_ms: i64,
    context: &Context,
) -> ApiResult<Millis> {
    let late_after = mine.iter().map(|open_promise| open_promise.owed_through);
    let rings = shown.iter().map(|reminder| reminder.at);
    let arrives = ahead.map(|reminder| reminder.at.saturating_sub(ahead_ms));
    let last = late_after.chain(rings).chain(arrives);
    let last = last.filter(|at| *at >= context.now).min();
    let midnight = last_instant_of_day(context.now, &context.zone)?;
    Ok(last.unwrap_or(midnight).min(midnight).saturating_add(1))
}

#[cfg(test)]
#[path = "agenda_tests.rs"]
mod tests;
