//! Decisions: a dispute is decided, a promise is called off, an event is taken back.

use kept_core::model::event::{CancelledBy, Finding};
use kept_core::notebook::{KeptError, PromiseEdit};

use super::form_context::{FormContext, PromiseEdits};
use crate::office::commands::choices::{choices, contact, nothing_chosen};
use crate::office::commands::form::{FieldKind, FormData, FormView, hidden};

/// The form that decides the open dispute.
pub(super) fn resolve_form(context: &FormContext<'_>) -> FormView {
    let dispute = context.promise.open_dispute;
    let draw = &context.draw;
    let findings = choices(
        context.localizer,
        &[
            ("kept", "finding-kept"),
            ("broken", "finding-broken"),
            ("void", "finding-void"),
        ],
    );
    let fields = vec![
        hidden(
            "dispute",
            dispute.map(|id| id.to_string()).unwrap_or_default(),
        ),
        draw.field("finding", "office-act-finding", findings),
        draw.field("reason", "field-reason", FieldKind::Line),
    ];
    draw.form("resolve", 'v', "office-act-resolve", fields)
}

/// The form that calls it off.
pub(super) fn cancel_form(context: &FormContext<'_>) -> FormView {
    let draw = &context.draw;
    let by = choices(
        context.localizer,
        &[
            ("customer", "cancelled-by-customer"),
            ("us", "cancelled-by-us"),
        ],
    );
    let fields = vec![
        draw.field("by", "office-act-by", by),
        draw.field("agreed", "office-act-agreed", context.contacts.clone()),
        draw.field("reason", "field-reason", FieldKind::Line),
    ];
    draw.form("cancel", 'x', "action-cancel", fields)
}

/// The form that takes an event back, the newest offered first.
pub(super) fn retract_form(context: &FormContext<'_>) -> FormView {
    let draw = &context.draw;
    let events = context.promise.events.iter().rev();
    let events = events.filter(|event| context.promise.retractable.contains(&event.id));
    let events = events.map(|event| {
        let says = format!(
            "{} {}",
            event.by.name,
            context.localizer.message(&event.words)
        );
        (event.id.to_string(), says)
    });
    let events = FieldKind::Choice(events.collect());
    let fields = vec![draw.field("event", "office-act-event", events)];
    draw.form("retract", 'z', "office-act-retract", fields)
}

/// The edit of the first form.
pub(super) fn resolve_edit(given: &FormData) -> Result<PromiseEdits, KeptError> {
    Ok(PromiseEdit::Resolve {
        dispute: given.read("dispute").ok_or_else(nothing_chosen)?,
        finding: match given.get("finding") {
            "kept" => Finding::Kept,
            "broken" => Finding::Broken,
            "void" => Finding::Void,
            _ => return Err(nothing_chosen()),
        },
        reason: given.get("reason").to_owned(),
    }
    .into())
}

/// The edit of the second form.
pub(super) fn cancel_edit(given: &FormData) -> Result<PromiseEdits, KeptError> {
    Ok(PromiseEdit::Cancel {
        by: match given.get("by") {
            "us" => CancelledBy::Us,
            "customer" => CancelledBy::Customer,
            _ => return Err(nothing_chosen()),
        },
        agreed_by: contact(given, "agreed")?,
        reason: given.get("reason").to_owned(),
    }
    .into())
}

/// The edit of the third form.
pub(super) fn retract_edit(given: &FormData) -> Result<PromiseEdits, KeptError> {
    Ok(PromiseEdit::Retract {
        event: given.read("event").ok_or_else(nothing_chosen)?,
    }
    .into())
}
