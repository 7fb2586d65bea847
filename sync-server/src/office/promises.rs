//! Open promises by due, and one promise with everything that happened to it.

use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use kept_core::model::ids::DocId;
use kept_core::notebook::{Promise, PromiseSummary};
use serde::Deserialize;

use super::Office;
use super::frame::Frame;
use super::incoming::{concerns_promise, open_promises};
use super::line;
use super::trouble::{Trouble, answer};

/// Promises of a page.
const MOST: usize = 1000;

/// What the list shows.
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
    promises: Vec<PromiseSummary>,
}

#[derive(Template)]
#[template(path = "promise.html")]
struct PromiseDetail {
    frame: Frame,
    promise: Promise,
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
    answer(
        &say,
        read_one(&office, frame.section("promises"), &id).await,
    )
}

async fn read_list(office: &Office, frame: Frame, asked: Asked) -> Result<String, Trouble> {
    let mut promises = office
        .read(|notebook| notebook.promises(open_promises()))
        .await?;
    let all = promises.len();
    promises.retain(|promise| concerns_promise(&asked.only, promise));
    promises.truncate(MOST);
    let page = PromisesPage {
        only: asked.only,
        all,
        promises,
        frame,
    };
    Ok(page.render()?)
}

async fn read_one(office: &Office, frame: Frame, id: &str) -> Result<String, Trouble> {
    let id: DocId = id.parse().map_err(|_| Trouble::NoSuchPage)?;
    let promise = office.read(move |notebook| notebook.promise(id)).await?;
    Ok(PromiseDetail { frame, promise }.render()?)
}
