//! The audit lines of the office's commands: those that only the office decides leave one.

use kept_core::model::event::{CancelledBy, Finding};
use kept_core::notebook::{OfficeCommand, PromiseEdit};

use crate::audit::AuditEvent;

/// The audit line of an act, without a word that a person wrote; None for acts that leave none.
pub(in crate::office) fn audit_event(act: &OfficeCommand) -> Option<AuditEvent> {
    match act {
        OfficeCommand::ChangePromise { id, edits, .. } => {
            let audit_event = edits.iter().find_map(decision)?;
            Some(audit_event.with("promise", id))
        }
        OfficeCommand::SettleConflict { conflict, choice } => {
            let audit_event = AuditEvent::new("conflict-settled").with("conflict", conflict);
            Some(audit_event.with("choice", choice))
        }
        OfficeCommand::EditAccount { .. }
        | OfficeCommand::AcknowledgeReminder { .. }
        | OfficeCommand::MakePromise { .. }
        | OfficeCommand::RewritePromise { .. } => None,
    }
}

fn decision(edit: &PromiseEdit) -> Option<AuditEvent> {
    match edit {
        PromiseEdit::Resolve { finding, .. } => {
            let finding = match finding {
                Finding::Kept => "kept",
                Finding::Broken => "broken",
                Finding::Void => "void",
            };
            Some(AuditEvent::new("dispute-decided").with("finding", finding))
        }
        PromiseEdit::Cancel { by, .. } => {
            let by = match by {
                CancelledBy::Us => "us",
                CancelledBy::Customer => "customer",
            };
            Some(AuditEvent::new("promise-called-off").with("called-off-by", by))
        }
        PromiseEdit::Retract { event } => {
            Some(AuditEvent::new("event-retracted").with("event", event))
        }
        _ => None,
    }
}
