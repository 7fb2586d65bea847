//! A new promise to a customer, on a page of its own.

use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kept_core::Notebook;
use kept_core::language::Message;
use kept_core::model::ids::DocId;
use kept_core::notebook::{KeptError, OfficeCommand, PromiseDraft};
use serde::Deserialize;

use super::CommandRefusal;
use super::choices::{
    channel, channels, contact, contacts, due, performer, performer_value, performers,
};
use super::form::{FieldKind, FormBuilder, FormData, FormView, given, hidden};
use crate::office::Office;
use crate::office::frame::Frame;
use crate::office::links::{self, promise_href};
use crate::office::localizer::Localizer;
use crate::office::page_error::{PageError, page_response};

/// The query parameters of a new promise.
#[derive(Default, Deserialize)]
pub(in crate::office) struct NewPromiseParams {
    #[serde(default)]
    account: String,
    /// The broken promise that this one makes right.
    #[serde(default)]
    right: String,
}

#[derive(Template)]
#[template(path = "new-promise.html")]
struct NewPromise {
    frame: Frame,
    form: FormView,
    account: DocId,
    account_name: String,
}

/// `GET /promises/new`: the form for a promise to a customer.
pub(in crate::office) async fn new_promise_page(
    State(office): State<Arc<Office>>,
    frame: Frame,
    params: Result<Query<NewPromiseParams>, QueryRejection>,
) -> Response {
    let Query(params) = params.unwrap_or_default();
    let localizer = frame.localizer.clone();
    let page = match params.account.parse() {
        Ok(account) => {
            render_form(
                &office,
                frame.section("promises"),
                account,
                params.right.parse().ok(),
                None,
            )
            .await
        }
        Err(_) => Err(PageError::NoSuchPage),
    };
    page_response(&localizer, page)
}

/// `POST /promises/new`: makes it.
pub(in crate::office) async fn create_promise(
    State(office): State<Arc<Office>>,
    frame: Frame,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Response {
    let localizer = frame.localizer.clone();
    let Some(given) = given(&frame, form) else {
        return PageError::StaleForm.into_page(localizer);
    };
    let Some(account) = given.read::<DocId>("account") else {
        return PageError::NoSuchPage.into_page(localizer);
    };
    let done = match draft(&given, account, &localizer) {
        Ok(draft) => {
            let draft = Box::new(draft);
            office
                .run_command(&frame, &given, OfficeCommand::MakePromise { draft })
                .await
        }
        Err(error) => Err(CommandRefusal::from(error)),
    };
    match done {
        Ok(Some(promise)) => Redirect::to(&promise_href(promise)).into_response(),
        Ok(None) => Redirect::to(&links::account_href(account)).into_response(),
        Err(CommandRefusal(words)) => {
            let right = given.read::<DocId>("right");
            let href = match right {
                Some(right) => format!("/promises/new?account={account}&right={right}"),
                None => format!("/promises/new?account={account}"),
            };
            let failed = ("new".to_owned(), given, words);
            let page = render_form(
                &office,
                frame.section("promises").of_page(&href),
                account,
                right,
                Some(failed),
            )
            .await;
            (
                StatusCode::UNPROCESSABLE_ENTITY,
                page_response(&localizer, page),
            )
                .into_response()
        }
    }
}

fn draft(
    given: &FormData,
    account: DocId,
    localizer: &Localizer,
) -> Result<PromiseDraft, KeptError> {
    Ok(PromiseDraft {
        kind: given.get("kind").to_owned(),
        deliverable: given.get("deliverable").to_owned(),
        criterion: given.get("criterion").to_owned(),
        account: Some(account),
        contact: contact(given, "contact")?,
        performer: performer(given.get("performer"))?,
        due: due(given, localizer)?,
        words: given.get("when").to_owned(),
        channel: channel(given)?,
        told: given.get("told") == "yes",
        ask: given.get("ask") == "yes",
        not_before: None,
        suggestion: None,
        makes_right: given.read("right"),
    })
}

/// The values that the fields of the form begin with.
#[derive(Default)]
struct InitialValues {
    kind: String,
    deliverable: String,
    criterion: String,
    performer: String,
    contact: String,
}

/// The draft of a promise that makes a broken one right; None where that one is not broken, or made right.
fn draft_to_make_right_if_broken(notebook: &Notebook, broken: DocId) -> Option<PromiseDraft> {
    let due = notebook.promise(broken).ok()?.summary.due;
    notebook.draft_to_make_right(broken, due).ok()
}

async fn render_form(
    office: &Office,
    frame: Frame,
    account: DocId,
    right: Option<DocId>,
    failed: Option<(String, FormData, Message)>,
) -> Result<String, PageError> {
    let localizer = frame.localizer.clone();
    let read = move |notebook: &Notebook| {
        let name = notebook.account(account)?.account.name;
        let broken = right.and_then(|right| draft_to_make_right_if_broken(notebook, right));
        let draw = FormBuilder {
            localizer: &localizer,
            environment: notebook.environment(),
            failed: failed.as_ref(),
        };
        let initial = match &broken {
            Some(broken) => InitialValues {
                kind: broken.kind.clone(),
                deliverable: localizer.text_with(
                    "office-act-right-for",
                    "what",
                    &broken.deliverable,
                ),
                criterion: broken.criterion.clone(),
                performer: performer_value(&broken.performer),
                contact: broken.contact.map(|id| id.to_string()).unwrap_or_default(),
            },
            None => InitialValues {
                kind: "callback".to_owned(),
                ..InitialValues::default()
            },
        };
        let kinds = notebook.handbook()?.kinds.into_iter();
        let kinds = kinds.filter(|offered| !offered.kind.retired);
        let kinds = kinds.map(|offered| (offered.kind.key, localizer.message(&offered.words)));
        let mut people = vec![(String::new(), localizer.text("office-act-nobody-yet"))];
        people.extend(performers(notebook, &localizer)?);
        let fields = vec![
            hidden("account", account.to_string()),
            hidden(
                "right",
                broken
                    .and_then(|broken| broken.makes_right)
                    .map(|id| id.to_string())
                    .unwrap_or_default(),
            ),
            draw.filled(
                "deliverable",
                "field-deliverable",
                FieldKind::Line,
                initial.deliverable,
            ),
            draw.when("when", "office-due"),
            draw.filled(
                "criterion",
                "field-criterion",
                FieldKind::Line,
                initial.criterion,
            ),
            draw.filled(
                "kind",
                "office-act-kind",
                FieldKind::Choice(kinds.collect()),
                initial.kind,
            ),
            draw.filled(
                "performer",
                "office-act-performer",
                FieldKind::Choice(people),
                initial.performer,
            ),
            draw.filled("ask", "office-act-ask-at-once", FieldKind::Tick, "yes"),
            draw.filled(
                "contact",
                "office-act-contact",
                contacts(notebook, Some(account), &localizer)?,
                initial.contact,
            ),
            draw.filled("channel", "office-said-how", channels(&localizer), "call"),
            draw.filled("told", "office-act-told", FieldKind::Tick, "yes"),
        ];
        Ok((name, draw.form("new", 'n', "office-act-new", fields)))
    };
    let (account_name, form) = office.read_document(account, read).await?;
    let page = NewPromise {
        frame,
        form,
        account,
        account_name,
    };
    Ok(page.render()?)
}
