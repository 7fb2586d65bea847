//! A customer or a promise as it was at a moment, and everything that waits to be settled.

use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use kept_core::language::Message;
use kept_core::model::ids::DocId;
use kept_core::notebook::{Conflict, HistoryCheck, PastEntry, PastLine};
use serde::Deserialize;

use super::Office;
use super::commands::new_form_id;
use super::entry_view;
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
    let found = office.read_document(id, move |notebook| {
        // The page exists for whatever is here now; only the moment may be wrong.
        let today = notebook.history_at(id, now, false)?;
        let past = match at {
            Ok(at) => notebook
                .history_at(id, at, known)
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
    let (was, later) = past
        .as_ref()
        .map(|past| moment_messages(past, &frame))
        .unwrap_or_default();
    let page = HistoryPage {
        check: Some(check_message(&check, &frame)),
        title,
        href,
        at: params.at,
        known,
        error,
        past,
        was,
        later,
        frame,
    };
    Ok(page.render()?)
}

fn moment_messages(past: &PastEntry, frame: &Frame) -> (String, String) {
    let was = match past.known {
        true => Message::new("past-known"),
        false => Message::new("past-was"),
    };
    let later = match past.later {
        0 => Message::new("past-nothing-later"),
        later => Message::new("past-later").number("count", later),
    };
    let was = was.instant("when", past.at, &frame.localizer.zone);
    (
        frame.localizer.message(&was),
        frame.localizer.message(&later),
    )
}

fn check_message(check: &HistoryCheck, frame: &Frame) -> String {
    if check.problems.is_empty() {
        return frame.localizer.message(
            &Message::new("history-intact")
                .number("count", check.changes)
                .number("receipts", check.receipts)
                .number("unsent", check.unsent),
        );
    }
    let problems: Vec<String> = check
        .problems
        .iter()
        .map(|p| frame.localizer.message(p))
        .collect();
    problems.join(" ")
}

/// The catalogue's key for the doubt about a time that is not to be trusted; None for others.
fn doubt(line: &PastLine) -> Option<&'static str> {
    line.trust.and_then(entry_view::doubt)
}
