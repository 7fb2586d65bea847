//! A customer or a promise as it was at a moment, and everything that waits to be settled.

use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use kept_core::language::Message;
use kept_core::model::ids::DocId;
use kept_core::notebook::{Conflict, PastBasis, PastEntry, PastLine, trust_message};
use serde::Deserialize;

use super::Office;
use super::commands::new_form_id;
use super::frame::Frame;
use super::links::{self, account_href, promise_href};
use super::page_error::{PageError, page_response};

/// The query parameters: the moment, and if only what was known then counts.
#[derive(Default, Deserialize)]
pub(super) struct HistoryParams {
    #[serde(default)]
    at: String,
    #[serde(default)]
    known: String,
}

#[derive(Template)]
#[template(path = "history.html")]
struct HistoryPage {
    frame: Frame,
    /// The document's name now.
    title: String,
    href: String,
    /// The moment as it was typed.
    at: String,
    known: bool,
    error: Option<String>,
    past: Option<PastEntry>,
    was: String,
    later: String,
    check: Option<String>,
}

#[derive(Template)]
#[template(path = "conflicts.html")]
struct ConflictsPage {
    frame: Frame,
    conflicts: Vec<(Conflict, String)>,
}

/// `GET /promises/{id}/history` and `GET /accounts/{id}/history`: as it is now, or as it was `at`.
pub(super) async fn page(
    State(office): State<Arc<Office>>,
    frame: Frame,
    Path(id): Path<String>,
    params: Result<Query<HistoryParams>, QueryRejection>,
) -> Response {
    let Query(params) = params.unwrap_or_default();
    let localizer = frame.localizer.clone();
    page_response(&localizer, read(&office, frame, &id, params).await)
}

/// `GET /conflicts`: everything that waits to be settled.
pub(super) async fn conflicts(State(office): State<Arc<Office>>, frame: Frame) -> Response {
    let localizer = frame.localizer.clone();
    let found = office.read(|notebook| {
        let conflicts = notebook.conflicts()?.into_iter();
        let with_form = |conflict| (conflict, new_form_id(notebook.environment()));
        Ok(conflicts.map(with_form).collect())
    });
    let page = match found.await {
        Ok(conflicts) => {
            let page = ConflictsPage { frame, conflicts };
            page.render().map_err(PageError::from)
        }
        Err(trouble) => Err(trouble),
    };
    page_response(&localizer, page)
}

async fn read(
    office: &Office,
    frame: Frame,
    id: &str,
    params: HistoryParams,
) -> Result<String, PageError> {
    let id: DocId = id.parse().map_err(|_| PageError::NoSuchPage)?;
    let known = params.known == "yes";
    let now = frame.localizer.now;
    let at = match params.at.trim() {
        "" => Ok(now),
        text => frame.localizer.parse_typed_moment(text),
    };
    let basis = match known {
        true => PastBasis::Known,
        false => PastBasis::Written,
    };
    let found = office.read_document(id, move |notebook| {
        // The page exists for whatever is here now; only the moment may be wrong.
        let today = notebook.history_at(id, now, PastBasis::Written)?;
        let past = match at {
            Ok(at) => notebook
                .history_at(id, at, basis)
                .map_err(|error| error.message()),
            Err(error) => Err(error.message()),
        };
        Ok((today, past, notebook.verify_history(id)?))
    });
    let (today, past, check) = found.await?;
    let (title, href) = match (&today.account, &today.promise) {
        (Some(account), _) => (account.name.clone(), account_href(id)),
        (_, Some(promise)) => (promise.summary.deliverable.clone(), promise_href(id)),
        _ => return Err(PageError::NoSuchPage),
    };
    let (past, error) = match past {
        Ok(past) => (Some(past), None),
        Err(words) => (None, Some(frame.localizer.message(&words))),
    };
    let localizer = frame.localizer.clone();
    let said = |message: Option<Message>| message.map(|message| localizer.message(&message));
    let was = past
        .as_ref()
        .map(|past| past.moment_message(&localizer.zone));
    let later = past.as_ref().map(PastEntry::later_message);
    let checked = check
        .messages()
        .into_iter()
        .map(|message| localizer.message(&message));
    let page = HistoryPage {
        check: Some(checked.collect::<Vec<_>>().join(" ")),
        title,
        href,
        at: params.at,
        known,
        error,
        past,
        was: said(was).unwrap_or_default(),
        later: said(later).unwrap_or_default(),
        frame,
    };
    Ok(page.render()?)
}

/// The doubt about a time that is not to be trusted; None for others.
fn doubt(line: &PastLine) -> Option<Message> {
    line.trust.and_then(trust_message)
}
