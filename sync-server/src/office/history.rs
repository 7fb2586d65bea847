//! A customer or a promise as it was at a moment, and everything that waits to be settled.

use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use kept_core::model::ids::DocId;
use kept_core::notebook::{Conflict, EntryKind, HistoryCheck, PastEntry, PastLine};
use kept_core::words::Words;
use serde::Deserialize;

use super::Office;
use super::act::fresh;
use super::frame::Frame;
use super::line::{self, account_href, promise_href};
use super::trouble::{Trouble, answer};

/// The query parameters: the moment, and if only what was known then counts.
#[derive(Default, Deserialize)]
pub(super) struct Asked {
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
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let Query(asked) = asked.unwrap_or_default();
    let say = frame.say.clone();
    answer(&say, read(&office, frame, &id, asked).await)
}

/// `GET /conflicts`: everything that waits to be settled.
pub(super) async fn conflicts(State(office): State<Arc<Office>>, frame: Frame) -> Response {
    let say = frame.say.clone();
    let found = office.read(|notebook| {
        let conflicts = notebook.conflicts()?.into_iter();
        let with_form = |conflict| (conflict, fresh(notebook.environment()));
        Ok(conflicts.map(with_form).collect())
    });
    let page = match found.await {
        Ok(conflicts) => {
            let page = ConflictsPage { frame, conflicts };
            page.render().map_err(Trouble::from)
        }
        Err(trouble) => Err(trouble),
    };
    answer(&say, page)
}

async fn read(office: &Office, frame: Frame, id: &str, asked: Asked) -> Result<String, Trouble> {
    let id: DocId = id.parse().map_err(|_| Trouble::NoSuchPage)?;
    let known = asked.known == "yes";
    let now = frame.say.now;
    let at = match asked.at.trim() {
        "" => Ok(now),
        text => frame.say.read_moment(text),
    };
    let found = office.read_of(id, move |notebook| {
        // The page exists for whatever is here now; only the moment may be wrong.
        let today = notebook.history_at(id, now, false)?;
        let past = match at {
            Ok(at) => notebook
                .history_at(id, at, known)
                .map_err(|error| error.words()),
            Err(error) => Err(error.words()),
        };
        Ok((today, past, notebook.verify_history(id)?))
    });
    let (today, past, check) = found.await?;
    let (title, href) = match (&today.account, &today.promise) {
        (Some(account), _) => (account.name.clone(), account_href(id)),
        (_, Some(promise)) => (promise.summary.deliverable.clone(), promise_href(id)),
        _ => return Err(Trouble::NoSuchPage),
    };
    let (past, error) = match past {
        Ok(past) => (Some(past), None),
        Err(words) => (None, Some(frame.say.words(&words))),
    };
    let (was, later) = past
        .as_ref()
        .map(|past| sentences(past, &frame))
        .unwrap_or_default();
    let page = HistoryPage {
        check: Some(check_sentence(&check, &frame)),
        title,
        href,
        at: asked.at,
        known,
        error,
        past,
        was,
        later,
        frame,
    };
    Ok(page.render()?)
}

fn sentences(past: &PastEntry, frame: &Frame) -> (String, String) {
    let was = match past.known {
        true => Words::new("past-known"),
        false => Words::new("past-was"),
    };
    let later = match past.later {
        0 => Words::new("past-nothing-later"),
        later => Words::new("past-later").number("count", later),
    };
    let was = was.instant("when", past.at, &frame.say.zone);
    (frame.say.words(&was), frame.say.words(&later))
}

fn check_sentence(check: &HistoryCheck, frame: &Frame) -> String {
    if check.problems.is_empty() {
        return frame.say.words(
            &Words::new("history-intact")
                .number("count", check.changes)
                .number("receipts", check.receipts)
                .number("unsent", check.unsent),
        );
    }
    let problems: Vec<String> = check.problems.iter().map(|p| frame.say.words(p)).collect();
    problems.join(" ")
}

/// The catalogue's key for the doubt about a time that is not to be trusted; None for others.
fn doubt(line: &PastLine) -> Option<&'static str> {
    line.trust.and_then(line::doubt)
}

/// The address of the page that shows the document of a conflict.
pub(super) fn page_of(conflict: &Conflict) -> String {
    match conflict.kind {
        EntryKind::Account => account_href(conflict.doc),
        EntryKind::Promise => promise_href(conflict.doc),
        // Other entries are shown at their customer.
        _ => conflict
            .account
            .map_or_else(|| "/conflicts".to_owned(), account_href),
    }
}
