//! The commands of a promise's page: its forms, each drawn and read in the module of its kind.
//!
//! `rewrite_form` writes one anew that does not count, `performer_forms` names the performer, `date_form` another date,
//! `telephone_forms` writes down what a performer says on the telephone, `customer_forms` what the customer says,
//! `decision_forms` has what only the office does, or an event's author.

mod customer_forms;
mod date_form;
mod decision_forms;
mod form_context;
mod performer_forms;
mod rewrite_form;
mod telephone_forms;

use kept_core::Notebook;
use kept_core::language::Message;
use kept_core::model::event::Performer;
use kept_core::model::ids::DocId;
use kept_core::notebook::{
    ApiResult, KeptError, OfficeCommand, Promise, PromiseAction, PromiseEdit,
};

use super::choices::{contacts, nothing_chosen};
use super::form::{FormBuilder, FormData, FormView};
use crate::office::localizer::Localizer;
use form_context::{FormContext, PromiseEdits};

/// The forms of a promise's page, in the order in which the office needs them.
pub(in crate::office) fn forms(
    notebook: &Notebook,
    promise: &Promise,
    localizer: &Localizer,
    failed: Option<&(String, FormData, Message)>,
) -> ApiResult<Vec<FormView>> {
    let context = FormContext {
        notebook,
        promise,
        localizer,
        draw: FormBuilder {
            localizer,
            environment: notebook.environment(),
            failed,
        },
        contacts: contacts(notebook, promise.summary.account, localizer)?,
    };
    // A form that was not done is drawn again though it is not offered any more: its reason and what was typed stay.
    let failed = |act: &str| failed.is_some_and(|(failed, ..)| failed == act);
    let may = |action: PromiseAction, act: &str| promise.actions.contains(&action) || failed(act);
    // A performer who phones in, or the reader who delivers themselves.
    let is_person = matches!(promise.summary.performer, Performer::Person { .. });
    let as_performer = |action: PromiseAction, act: &str| {
        promise.actions_for_performer.contains(&action) || (is_person && may(action, act))
    };
    let mut forms: Vec<FormView> = Vec::new();
    if may(PromiseAction::WriteAgain, "again") {
        forms.push(rewrite_form::form(&context)?);
    }
    if may(PromiseAction::Resolve, "resolve") {
        forms.push(decision_forms::resolve_form(&context));
    }
    if may(PromiseAction::Reassign, "give") {
        forms.push(performer_forms::reassign_form(&context)?);
    }
    if may(PromiseAction::Agree, "date") {
        forms.push(date_form::date_form(&context)?);
    }
    if may(PromiseAction::Ask, "ask") {
        forms.push(performer_forms::ask_form(&context));
    }
    if as_performer(PromiseAction::Propose, "speak") {
        forms.push(telephone_forms::answer_form(&context));
    }
    if as_performer(PromiseAction::Fulfil, "done") {
        forms.push(telephone_forms::fulfil_form(&context));
    }
    if may(PromiseAction::Cancel, "cancel") {
        forms.push(decision_forms::cancel_form(&context));
    }
    if may(PromiseAction::Confirm, "confirm") {
        forms.push(customer_forms::confirm_form(&context));
    }
    if may(PromiseAction::Dispute, "dispute") {
        forms.push(customer_forms::dispute_form(&context));
    }
    if may(PromiseAction::TakeBack, "retract") {
        forms.push(decision_forms::retract_form(&context));
    }
    Ok(forms)
}

/// The command of a form of a promise's page, or of a list.
pub(in crate::office) fn command_of(
    id: DocId,
    given: &FormData,
    localizer: &Localizer,
) -> Result<OfficeCommand, KeptError> {
    if given.get("do") == "seen" {
        let rung = given.get("rung").to_owned();
        return Ok(OfficeCommand::AcknowledgeReminder { id, rung });
    }
    if given.get("do") == "again" {
        return rewrite_form::command(id, given, localizer);
    }
    let PromiseEdits { edits, speaks_for } = edits_of(given, localizer)?;
    Ok(OfficeCommand::ChangePromise {
        id,
        edits,
        speaks_for,
    })
}

fn edits_of(given: &FormData, localizer: &Localizer) -> Result<PromiseEdits, KeptError> {
    match given.get("do") {
        "give" => performer_forms::reassign_edits(given),
        "ask" => Ok(PromiseEdit::Ask { person: None }.into()),
        "date" => date_form::date_edit(given, localizer),
        "speak" => telephone_forms::answer_edit(given, localizer),
        "done" => telephone_forms::fulfil_edit(given, localizer),
        "confirm" => customer_forms::confirm_edit(given),
        "dispute" => Ok(customer_forms::dispute_edit(given)),
        "resolve" => decision_forms::resolve_edit(given),
        "cancel" => decision_forms::cancel_edit(given),
        "retract" => decision_forms::retract_edit(given),
        _ => Err(nothing_chosen()),
    }
}
