//! The office's acts on a promise: the forms of its page, each drawn and read in the module of its kind.
//!
//! `again` writes one anew that does not count, `giving` names the performer, `dating` another date, `phoning` writes
//! down what a performer says on the telephone, `customer` what the customer says, `deciding` has what only the office
//! does, or an event's author.

mod customer_forms;
mod date_form;
mod decision_forms;
mod performer_forms;
mod rewrite_form;
mod telephone_forms;

use std::sync::Arc;

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kept_core::Notebook;
use kept_core::language::Message;
use kept_core::model::event::Performer;
use kept_core::model::ids::{DocId, PersonId};
use kept_core::model::promise::Work;
use kept_core::notebook::{ApiResult, KeptError, OfficeCommand, Promise, PromiseEdit};

use super::CommandRefusal;
use super::choices::{contacts, nothing_chosen};
use super::form::{FieldKind, FormBuilder, FormData, FormView, back, given};
use crate::office::Office;
use crate::office::entry_view::promise_href;
use crate::office::frame::Frame;
use crate::office::localizer::Localizer;
use crate::office::page_error::{PageError, page_response};
use crate::office::promises::detail;

/// A promise for which forms are drawn.
struct FormContext<'a> {
    notebook: &'a Notebook,
    promise: &'a Promise,
    localizer: &'a Localizer,
    draw: FormBuilder<'a>,
    /// The people at the customer's.
    contacts: FieldKind,
}

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
    if let Work::NotCounted { .. } = promise.summary.state.work {
        let again = rewrite_form::form(&context)?.into_iter();
        return Ok(again
            .chain([decision_forms::retract_form(&context)])
            .collect());
    }
    let mut forms: Vec<FormView> = decision_forms::resolve_form(&context).into_iter().collect();
    if promise.summary.state.work.is_open() {
        forms.push(performer_forms::reassign_form(&context)?);
        forms.push(date_form::date_form(&context)?);
        if let Performer::Person { .. } = promise.summary.performer {
            forms.push(performer_forms::ask_form(&context));
            forms.push(telephone_forms::answer_form(&context));
            forms.push(telephone_forms::fulfil_form(&context));
        }
        forms.push(decision_forms::cancel_form(&context));
    }
    forms.push(customer_forms::confirm_form(&context));
    forms.push(customer_forms::dispute_form(&context));
    forms.push(decision_forms::retract_form(&context));
    Ok(forms)
}

/// `POST /promises/{id}/act`: does what a form of the promise's page says.
pub(in crate::office) async fn submit(
    State(office): State<Arc<Office>>,
    Path(id): Path<String>,
    frame: Frame,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Response {
    let localizer = frame.localizer.clone();
    let Ok(id) = id.parse::<DocId>() else {
        return PageError::NoSuchPage.into_page(localizer);
    };
    let Some(given) = given(&frame, form) else {
        return PageError::StaleForm.into_page(localizer);
    };
    let done = match command_of(id, &given, &localizer) {
        Ok(act) => office.run_command(&frame, &given, act).await,
        Err(error) => Err(CommandRefusal::from(error)),
    };
    match done {
        Ok(_) => Redirect::to(&back(&given, &promise_href(id))).into_response(),
        Err(CommandRefusal(words)) => {
            let failed = (given.get("do").to_owned(), given, words);
            let frame = frame.section("promises").of_page(&promise_href(id));
            let page = detail(&office, frame, id, Some(failed)).await;
            (
                StatusCode::UNPROCESSABLE_ENTITY,
                page_response(&localizer, page),
            )
                .into_response()
        }
    }
}

/// `GET /promises/{id}/act`: a reader who comes back to where a form was sent finds the promise.
pub(in crate::office) async fn redirect_to_promise(
    frame: Frame,
    Path(id): Path<String>,
) -> Response {
    match id.parse::<DocId>() {
        Ok(id) => Redirect::to(&promise_href(id)).into_response(),
        Err(_) => PageError::NoSuchPage.into_page(frame.localizer),
    }
}

/// The act of a form of a promise's page, or of a list.
fn command_of(
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

/// The edits of a form, and the person for whom they are written.
struct PromiseEdits {
    edits: Vec<PromiseEdit>,
    speaks_for: Option<PersonId>,
}

impl From<PromiseEdit> for PromiseEdits {
    fn from(edit: PromiseEdit) -> Self {
        Self {
            edits: vec![edit],
            speaks_for: None,
        }
    }
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
