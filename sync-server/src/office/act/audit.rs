//! The audit lines of the office's acts: those that only the office decides leave one.

use kept_core::model::event::{CancelledBy, Finding};
use kept_core::notebook::{Act, PromiseEdit};

use crate::audit::Deed;

/// The audit line of an act, without a word that a person wrote; None for acts that leave none.
pub(in crate::office) fn deed(act: &Act) -> Option<Deed> {
    match act {
        Act::ChangePromise { id, edits, .. } => {
            let deed = edits.iter().find_map(decision)?;
            Some(deed.with("promise", id))
        }
        Act::Settle { conflict, choice } => {
            let deed = Deed::new("conflict-settled").with("conflict", conflict);
            Some(deed.with("choice", choice))
        }
        Act::EditAccount { .. }
        | Act::Edit(_)
        | Act::Acknowledge { .. }
        | Act::MakePromise { .. }
        | Act::WriteAgain { .. } => None,
    }
}

fn decision(edit: &PromiseEdit) -> Option<Deed> {
    match edit {
        PromiseEdit::Resolve { finding, .. } => {
            let finding = match finding {
                Finding::Kept => "kept",
                Finding::Broken => "broken",
                Finding::Void => "void",
            };
            Some(Deed::new("dispute-decided").with("finding", finding))
        }
        PromiseEdit::Cancel { by, .. } => {
            let by = match by {
                CancelledBy::Us => "us",
                CancelledBy::Customer => "customer",
            };
            Some(Deed::new("promise-called-off").with("called-off-by", by))
        }
        PromiseEdit::Retract { event } => Some(Deed::new("event-retracted").with("event", event)),
        _ => None,
    }
}
