//! Decisions: a dispute is decided, a promise is called off, an event is taken back.

use kept_core::model::event::{CancelledBy, Finding};
use kept_core::model::promise::Work;
use kept_core::notebook::{KeptError, Promise, PromiseEdit};

use super::{Facing, Said};
use crate::office::act::choices::{choices, contact, nothing};
use crate::office::act::form::{FieldKind, FormView, Given, hidden};

/// The form that decides a dispute, where one waits.
pub(super) fn resolve(facing: &Facing<'_>) -> Option<FormView> {
    let dispute = open_dispute(facing.promise)?;
    let draw = &facing.draw;
    let findings = choices(
        facing.say,
        &[
            ("kept", "finding-kept"),
            ("broken", "finding-broken"),
            ("void", "finding-void"),
        ],
    );
    let fields = vec![
        hidden("dispute", dispute),
        draw.field("finding", "office-act-finding", findings),
        draw.field("reason", "office-act-reason", FieldKind::Line),
    ];
    Some(draw.form("resolve", 'v', "office-act-resolve", fields))
}

/// The event of a dispute that is not decided; None unless the promise is disputed.
fn open_dispute(promise: &Promise) -> Option<String> {
    if !matches!(promise.summary.state.work, Work::Disputed { .. }) {
        return None;
    }
    let mut disputes = promise.events.iter().rev();
    let last = disputes.find(|event| event.what == "disputed");
    last.map(|event| event.id.to_string())
}

/// The form that calls it off.
pub(super) fn cancel(facing: &Facing<'_>) -> FormView {
    let draw = &facing.draw;
    let by = choices(
        facing.say,
        &[
            ("customer", "office-act-by-customer"),
            ("us", "office-act-by-us"),
        ],
    );
    let fields = vec![
        draw.field("by", "office-act-by", by),
        draw.field("agreed", "office-act-agreed", facing.contacts.clone()),
        draw.field("reason", "office-act-reason", FieldKind::Line),
    ];
    draw.form("cancel", 'x', "office-act-cancel", fields)
}

/// The form that takes an event back, the newest offered first.
pub(super) fn retract(facing: &Facing<'_>) -> FormView {
    let draw = &facing.draw;
    let events = facing.promise.events.iter().rev().map(|event| {
        let says = format!("{} {}", event.by.name, facing.say.words(&event.words));
        (event.id.to_string(), says)
    });
    let events = FieldKind::Choice(events.collect());
    let fields = vec![draw.field("event", "office-act-event", events)];
    draw.form("retract", 'z', "office-act-retract", fields)
}

/// The edit of the first form.
pub(super) fn resolved(given: &Given) -> Result<Said, KeptError> {
    Ok(PromiseEdit::Resolve {
        dispute: given.read("dispute").ok_or_else(nothing)?,
        finding: match given.get("finding") {
            "kept" => Finding::Kept,
            "broken" => Finding::Broken,
            "void" => Finding::Void,
            _ => return Err(nothing()),
        },
        reason: given.get("reason").to_owned(),
    }
    .into())
}

/// The edit of the second form.
pub(super) fn cancelled(given: &Given) -> Result<Said, KeptError> {
    Ok(PromiseEdit::Cancel {
        by: match given.get("by") {
            "us" => CancelledBy::Us,
            "customer" => CancelledBy::Customer,
            _ => return Err(nothing()),
        },
        agreed_by: contact(given, "agreed")?,
        reason: given.get("reason").to_owned(),
    }
    .into())
}

/// The edit of the third form.
pub(super) fn retracted(given: &Given) -> Result<Said, KeptError> {
    Ok(PromiseEdit::Retract {
        event: given.read("event").ok_or_else(nothing)?,
    }
    .into())
}
