//! Open promises by due, and one promise with everything that happened to it.

use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use kept_core::model::ids::DocId;
use kept_core::notebook::{Conflict, Promise, PromiseSummary};
use kept_core::words::Words;
use serde::Deserialize;

use super::Office;
use super::act::{self, FieldKind, FormView, Given, fresh, performers};
use super::frame::Frame;
use super::history::page_of;
use super::incoming::{concerns_promise, open_promises};
use super::line;
use super::trouble::{Trouble, answer};

/// Promises of a page.
const MOST: usize = 1000;

/// The query parameters of the list.
#[derive(Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    only: String,
}

#[derive(Template)]
#[template(path = "promises.html")]
struct PromisesPage {
    frame: Frame,
    only: String,
    all: usize,
    promises: Vec<Giving>,
    /// That the list ends early.
    cut: Option<String>,
    /// The performers that may be named; empty where the list does not ask.
    performers: Vec<(String, String)>,
}

/// A promise of the list, with the id of the form that gives it to a performer.
struct Giving {
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
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let Query(asked) = asked.unwrap_or_default();
    let say = frame.say.clone();
    answer(
        &say,
        read_list(&office, frame.section("promises"), asked).await,
    )
}

/// `GET /promises/{id}`: one promise.
pub(super) async fn one(
    State(office): State<Arc<Office>>,
    frame: Frame,
    Path(id): Path<String>,
) -> Response {
    let say = frame.say.clone();
    let page = match id.parse() {
        Ok(id) => detail(&office, frame.section("promises"), id, None).await,
        Err(_) => Err(Trouble::NoSuchPage),
    };
    answer(&say, page)
}

async fn read_list(office: &Office, frame: Frame, asked: Asked) -> Result<String, Trouble> {
    let say = frame.say.clone();
    let asks = matches!(asked.only.as_str(), "nobody" | "not-asked");
    let found = office.read(move |notebook| {
        let performers = if asks {
            performers(notebook, &say)?
        } else {
            vec![]
        };
        Ok((notebook.promises(open_promises())?, performers))
    });
    let (mut promises, performers) = found.await?;
    let all = promises.len();
    promises.retain(|promise| concerns_promise(&asked.only, promise));
    let fitting = u64::try_from(promises.len()).unwrap_or(u64::MAX);
    promises.truncate(MOST);
    let giving = |promise| Giving {
        promise,
        form: fresh(&**office.state.environment()),
    };
    let page = PromisesPage {
        only: asked.only,
        all,
        cut: line::cut(&frame.say, "office-first-of", promises.len(), fitting),
        promises: promises.into_iter().map(giving).collect(),
        performers,
        frame,
    };
    Ok(page.render()?)
}

/// One promise with what can be done about it; `failed` is a form that was not done.
pub(super) async fn detail(
    office: &Office,
    frame: Frame,
    id: DocId,
    failed: Option<(String, Given, Words)>,
) -> Result<String, Trouble> {
    let say = frame.say.clone();
    let found = office.read_of(id, move |notebook| {
        let promise = notebook.promise(id)?;
        let forms = act::forms(notebook, &promise, &say, failed.as_ref())?;
        let conflicts = notebook.conflicts_of(id)?.into_iter();
        let conflicts = conflicts.map(|conflict| (conflict, fresh(notebook.environment())));
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
    format!("{}/act", line::promise_href(promise))
}
