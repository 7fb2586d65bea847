//! The office's acts on a promise: the forms of its page, each drawn and read in the module of its kind.
//!
//! `again` writes one anew that does not count, `giving` names the performer, `dating` another date, `phoning` writes
//! down what a performer says on the telephone, `customer` what the customer says, `deciding` has what only the office
//! does, or an event's author.

mod again;
mod customer;
mod dating;
mod deciding;
mod giving;
mod phoning;

use std::sync::Arc;

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kept_core::Notebook;
use kept_core::model::event::Performer;
use kept_core::model::ids::{DocId, PersonId};
use kept_core::model::promise::Work;
use kept_core::notebook::{Act, ApiResult, KeptError, Promise, PromiseEdit};
use kept_core::words::Words;

use super::Refusal;
use super::choices::{contacts, nothing};
use super::form::{Drawer, FieldKind, FormView, Given, back, given};
use crate::office::Office;
use crate::office::frame::Frame;
use crate::office::line::promise_href;
use crate::office::promises::detail;
use crate::office::say::Say;
use crate::office::trouble::{Trouble, answer};

/// A promise for which forms are drawn.
struct Facing<'a> {
    notebook: &'a Notebook,
    promise: &'a Promise,
    say: &'a Say,
    draw: Drawer<'a>,
    /// The people at the customer's.
    contacts: FieldKind,
}

/// The forms of a promise's page, in the order in which the office needs them.
pub(in crate::office) fn forms(
    notebook: &Notebook,
    promise: &Promise,
    say: &Say,
    failed: Option<&(String, Given, Words)>,
) -> ApiResult<Vec<FormView>> {
    let facing = Facing {
        notebook,
        promise,
        say,
        draw: Drawer {
            say,
            environment: notebook.environment(),
            failed,
        },
        contacts: contacts(notebook, promise.summary.account, say)?,
    };
    if let Work::NotCounted { .. } = promise.summary.state.work {
        let again = again::again(&facing)?.into_iter();
        return Ok(again.chain([deciding::retract(&facing)]).collect());
    }
    let mut forms: Vec<FormView> = deciding::resolve(&facing).into_iter().collect();
    if promise.summary.state.work.is_open() {
        forms.push(giving::give(&facing)?);
        forms.push(dating::date(&facing)?);
        if let Performer::Person { .. } = promise.summary.performer {
            forms.push(giving::ask(&facing));
            forms.push(phoning::speak(&facing));
            forms.push(phoning::done(&facing));
        }
        forms.push(deciding::cancel(&facing));
    }
    forms.push(customer::confirm(&facing));
    forms.push(customer::dispute(&facing));
    forms.push(deciding::retract(&facing));
    Ok(forms)
}

/// `POST /promises/{id}/act`: does what a form of the promise's page says.
pub(in crate::office) async fn act(
    State(office): State<Arc<Office>>,
    Path(id): Path<String>,
    frame: Frame,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Response {
    let say = frame.say.clone();
    let Ok(id) = id.parse::<DocId>() else {
        return Trouble::NoSuchPage.told(say);
    };
    let Some(given) = given(&frame, form) else {
        return Trouble::OldForm.told(say);
    };
    let done = match act_of(id, &given, &say) {
        Ok(act) => office.act(&frame, &given, act).await,
        Err(error) => Err(Refusal::from(error)),
    };
    match done {
        Ok(_) => Redirect::to(&back(&given, &promise_href(id))).into_response(),
        Err(Refusal(words)) => {
            let failed = (given.get("do").to_owned(), given, words);
            let frame = frame.section("promises").of_page(&promise_href(id));
            let page = detail(&office, frame, id, Some(failed)).await;
            (StatusCode::UNPROCESSABLE_ENTITY, answer(&say, page)).into_response()
        }
    }
}

/// `GET /promises/{id}/act`: a reader who comes back to where a form was sent finds the promise.
pub(in crate::office) async fn acted(frame: Frame, Path(id): Path<String>) -> Response {
    match id.parse::<DocId>() {
        Ok(id) => Redirect::to(&promise_href(id)).into_response(),
        Err(_) => Trouble::NoSuchPage.told(frame.say),
    }
}

/// The act of a form of a promise's page, or of a list.
fn act_of(id: DocId, given: &Given, say: &Say) -> Result<Act, KeptError> {
    if given.get("do") == "seen" {
        let rung = given.get("rung").to_owned();
        return Ok(Act::Acknowledge { id, rung });
    }
    if given.get("do") == "again" {
        return again::written_again(id, given, say);
    }
    let Said { edits, speaks_for } = said(given, say)?;
    Ok(Act::ChangePromise {
        id,
        edits,
        speaks_for,
    })
}

/// The edits of a form, and the person for whom they are written.
struct Said {
    edits: Vec<PromiseEdit>,
    speaks_for: Option<PersonId>,
}

impl From<PromiseEdit> for Said {
    fn from(edit: PromiseEdit) -> Self {
        Self {
            edits: vec![edit],
            speaks_for: None,
        }
    }
}

fn said(given: &Given, say: &Say) -> Result<Said, KeptError> {
    match given.get("do") {
        "give" => giving::given_away(given),
        "ask" => Ok(PromiseEdit::Ask { person: None }.into()),
        "date" => dating::agreed(given, say),
        "speak" => phoning::spoken(given, say),
        "done" => phoning::fulfilled(given, say),
        "confirm" => customer::confirmed(given),
        "dispute" => Ok(customer::disputed(given)),
        "resolve" => deciding::resolved(given),
        "cancel" => deciding::cancelled(given),
        "retract" => deciding::retracted(given),
        _ => Err(nothing()),
    }
}
