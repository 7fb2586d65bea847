//! A new promise to a customer, on a page of its own.

use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kept_core::Notebook;
use kept_core::model::ids::DocId;
use kept_core::notebook::{Act, KeptError, PromiseDraft};
use kept_core::words::Words;
use serde::Deserialize;

use super::Refusal;
use super::choices::{
    channel, channels, contact, contacts, due, performer, performer_value, performers,
};
use super::form::{Drawer, FieldKind, FormView, Given, given, hidden};
use crate::office::Office;
use crate::office::frame::Frame;
use crate::office::line::{self, promise_href};
use crate::office::say::Say;
use crate::office::trouble::{Trouble, answer};

/// The query parameters of a new promise.
#[derive(Default, Deserialize)]
pub(in crate::office) struct Begin {
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
pub(in crate::office) async fn new(
    State(office): State<Arc<Office>>,
    frame: Frame,
    begin: Result<Query<Begin>, QueryRejection>,
) -> Response {
    let Query(begin) = begin.unwrap_or_default();
    let say = frame.say.clone();
    let page = match begin.account.parse() {
        Ok(account) => {
            blank(
                &office,
                frame.section("promises"),
                account,
                begin.right.parse().ok(),
                None,
            )
            .await
        }
        Err(_) => Err(Trouble::NoSuchPage),
    };
    answer(&say, page)
}

/// `POST /promises/new`: makes it.
pub(in crate::office) async fn make(
    State(office): State<Arc<Office>>,
    frame: Frame,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Response {
    let say = frame.say.clone();
    let Some(given) = given(&frame, form) else {
        return Trouble::OldForm.told(say);
    };
    let Some(account) = given.read::<DocId>("account") else {
        return Trouble::NoSuchPage.told(say);
    };
    let done = match draft(&given, account, &say) {
        Ok(draft) => {
            let draft = Box::new(draft);
            office.act(&frame, &given, Act::MakePromise { draft }).await
        }
        Err(error) => Err(Refusal::from(error)),
    };
    match done {
        Ok(Some(promise)) => Redirect::to(&promise_href(promise)).into_response(),
        Ok(None) => Redirect::to(&line::account_href(account)).into_response(),
        Err(Refusal(words)) => {
            let right = given.read::<DocId>("right");
            let href = match right {
                Some(right) => format!("/promises/new?account={account}&right={right}"),
                None => format!("/promises/new?account={account}"),
            };
            let failed = ("new".to_owned(), given, words);
            let page = blank(
                &office,
                frame.section("promises").of_page(&href),
                account,
                right,
                Some(failed),
            )
            .await;
            (StatusCode::UNPROCESSABLE_ENTITY, answer(&say, page)).into_response()
        }
    }
}

fn draft(given: &Given, account: DocId, say: &Say) -> Result<PromiseDraft, KeptError> {
    Ok(PromiseDraft {
        kind: given.get("kind").to_owned(),
        deliverable: given.get("deliverable").to_owned(),
        criterion: given.get("criterion").to_owned(),
        account: Some(account),
        contact: contact(given, "contact")?,
        performer: performer(given.get("performer"))?,
        due: due(given, say)?,
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
struct Begun {
    kind: String,
    deliverable: String,
    criterion: String,
    performer: String,
    contact: String,
}

/// The draft of a promise that makes a broken one right; None where that one is not broken, or made right.
fn to_make_right(notebook: &Notebook, broken: DocId) -> Option<PromiseDraft> {
    let due = notebook.promise(broken).ok()?.summary.due;
    notebook.draft_to_make_right(broken, due).ok()
}

async fn blank(
    office: &Office,
    frame: Frame,
    account: DocId,
    right: Option<DocId>,
    failed: Option<(String, Given, Words)>,
) -> Result<String, Trouble> {
    let say = frame.say.clone();
    let read = move |notebook: &Notebook| {
        let name = notebook.account(account)?.account.name;
        let broken = right.and_then(|right| to_make_right(notebook, right));
        let draw = Drawer {
            say: &say,
            environment: notebook.environment(),
            failed: failed.as_ref(),
        };
        let begun = match &broken {
            Some(broken) => Begun {
                kind: broken.kind.clone(),
                deliverable: say.with("office-act-right-for", "what", &broken.deliverable),
                criterion: broken.criterion.clone(),
                performer: performer_value(&broken.performer),
                contact: broken.contact.map(|id| id.to_string()).unwrap_or_default(),
            },
            None => Begun {
                kind: "callback".to_owned(),
                ..Begun::default()
            },
        };
        let kinds = notebook.handbook()?.kinds.into_iter();
        let kinds = kinds.filter(|offered| !offered.kind.retired);
        let kinds = kinds.map(|offered| (offered.kind.key, say.words(&offered.words)));
        let mut people = vec![(String::new(), say.the("office-act-nobody-yet"))];
        people.extend(performers(notebook, &say)?);
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
                "office-act-deliverable",
                FieldKind::Line,
                begun.deliverable,
            ),
            draw.when("when", "office-due"),
            draw.filled(
                "criterion",
                "office-criterion-name",
                FieldKind::Line,
                begun.criterion,
            ),
            draw.filled(
                "kind",
                "office-act-kind",
                FieldKind::Choice(kinds.collect()),
                begun.kind,
            ),
            draw.filled(
                "performer",
                "office-act-performer",
                FieldKind::Choice(people),
                begun.performer,
            ),
            draw.filled("ask", "office-act-ask-at-once", FieldKind::Tick, "yes"),
            draw.filled(
                "contact",
                "office-act-contact",
                contacts(notebook, Some(account), &say)?,
                begun.contact,
            ),
            draw.filled("channel", "office-said-how", channels(&say), "call"),
            draw.filled("told", "office-act-told", FieldKind::Tick, "yes"),
        ];
        Ok((name, draw.form("new", 'n', "office-act-new", fields)))
    };
    let (account_name, form) = office.read_of(account, read).await?;
    let page = NewPromise {
        frame,
        form,
        account,
        account_name,
    };
    Ok(page.render()?)
}
