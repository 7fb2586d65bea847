//! Open promises by due, and one promise with everything that happened to it.

use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kept_core::language::Message;
use kept_core::model::ids::DocId;
use kept_core::notebook::{Conflict, Promise, PromiseSummary};
use serde::Deserialize;

use super::Office;
use super::commands::{
    self, CommandRefusal, FieldKind, FormData, FormView, new_form_id, performers,
};
use super::entry_view;
use super::frame::Frame;
use super::links::{self, promise_href};
use super::page_error::{PageError, page_response};
use super::promise_filters::{matches_filter, open_promises};

/// Promises of a page.
const MAX_PROMISES: usize = 1000;

/// The query parameters of the list.
#[derive(Default, Deserialize)]
pub(super) struct PromisesParams {
    #[serde(default)]
    only: String,
}

#[derive(Template)]
#[template(path = "promises.html")]
struct PromisesPage {
    frame: Frame,
    only: String,
    all: usize,
    promises: Vec<PromiseRow>,
    /// That the list ends early.
    cut: Option<String>,
    /// The performers that may be named; empty where the list does not ask.
    performers: Vec<(String, String)>,
}

/// A promise of the list, with the id of the form that gives it to a performer.
struct PromiseRow {
    promise: PromiseSummary,
    form: String,
}

#[derive(Template)]
#[template(path = "promise.html")]
struct PromiseDetail {
    frame: Frame,
    promise: Promise,
    forms: Vec<FormView>,
    conflicts: Vec<(Conflict, String)>,
    /// The address at which a promise that makes this one right is begun; None where none may.
    right: Option<String>,
}

/// `GET /promises`: all that have something left to do, or those that `only` names.
pub(super) async fn list(
    State(office): State<Arc<Office>>,
    frame: Frame,
    params: Result<Query<PromisesParams>, QueryRejection>,
) -> Response {
    let Query(params) = params.unwrap_or_default();
    let localizer = frame.localizer.clone();
    page_response(
        &localizer,
        read_list(&office, frame.section("promises"), params).await,
    )
}

/// `GET /promises/{id}`: one promise.
pub(super) async fn one(
    State(office): State<Arc<Office>>,
    frame: Frame,
    Path(id): Path<String>,
) -> Response {
    let localizer = frame.localizer.clone();
    let page = match id.parse() {
        Ok(id) => detail(&office, frame.section("promises"), id, None).await,
        Err(_) => Err(PageError::NoSuchPage),
    };
    page_response(&localizer, page)
}

/// `POST /promises/{id}/act`: does what a form of the promise's page says.
pub(super) async fn submit(
    State(office): State<Arc<Office>>,
    Path(id): Path<String>,
    frame: Frame,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Response {
    let localizer = frame.localizer.clone();
    let Ok(id) = id.parse::<DocId>() else {
        return PageError::NoSuchPage.into_page(localizer);
    };
    let Some(given) = commands::given(&frame, form) else {
        return PageError::StaleForm.into_page(localizer);
    };
    let done = match commands::command_of(id, &given, &localizer) {
        Ok(act) => office.run_command(&frame, &given, act).await,
        Err(error) => Err(CommandRefusal::from(error)),
    };
    match done {
        Ok(_) => Redirect::to(&commands::back(&given, &promise_href(id))).into_response(),
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
pub(super) async fn redirect_to_promise(frame: Frame, Path(id): Path<String>) -> Response {
    match id.parse::<DocId>() {
        Ok(id) => Redirect::to(&promise_href(id)).into_response(),
        Err(_) => PageError::NoSuchPage.into_page(frame.localizer),
    }
}

async fn read_list(
    office: &Office,
    frame: Frame,
    params: PromisesParams,
) -> Result<String, PageError> {
    let localizer = frame.localizer.clone();
    let offers_performers = matches!(params.only.as_str(), "nobody" | "not-asked");
    let found = office.read(move |notebook| {
        let performers = if offers_performers {
            performers(notebook, &localizer)?
        } else {
            vec![]
        };
        Ok((notebook.promises(open_promises())?, performers))
    });
    let (mut promises, performers) = found.await?;
    let all = promises.len();
    promises.retain(|promise| matches_filter(&params.only, promise));
    let fitting = u64::try_from(promises.len()).unwrap_or(u64::MAX);
    promises.truncate(MAX_PROMISES);
    let row = |promise| PromiseRow {
        promise,
        form: new_form_id(&**office.state.environment()),
    };
    let page = PromisesPage {
        only: params.only,
        all,
        cut: entry_view::truncation_note(
            &frame.localizer,
            "office-first-of",
            promises.len(),
            fitting,
        ),
        promises: promises.into_iter().map(row).collect(),
        performers,
        frame,
    };
    Ok(page.render()?)
}

/// One promise with what can be done about it; `failed` is a form that was not done.
async fn detail(
    office: &Office,
    frame: Frame,
    id: DocId,
    failed: Option<(String, FormData, Message)>,
) -> Result<String, PageError> {
    let (localizer, reader) = (frame.localizer.clone(), frame.person_id);
    let found = office.read_document(id, move |notebook| {
        let promise = notebook.promise_for(id, reader)?;
        let forms = commands::forms(notebook, &promise, &localizer, failed.as_ref())?;
        let conflicts = notebook.conflicts_of(id)?.into_iter();
        let conflicts = conflicts.map(|conflict| (conflict, new_form_id(notebook.environment())));
        Ok((promise, forms, conflicts.collect()))
    });
    let (promise, forms, conflicts) = found.await?;
    let right = promise.summary.account.filter(|_| promise.may_make_right);
    let page = PromiseDetail {
        right: right.map(|account| format!("/promises/new?account={account}&right={id}")),
        frame,
        promise,
        forms,
        conflicts,
    };
    Ok(page.render()?)
}

/// The address that the forms of a promise are sent to.
fn act_href(promise: impl std::fmt::Display) -> String {
    format!("{}/act", promise_href(promise))
}
