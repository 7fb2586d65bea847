//! The notes on a customer, on a page of their own: what came in while it was open stays.

use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kept_core::language::Message;
use kept_core::limits;
use kept_core::model::account::AccountEdit;
use kept_core::model::ids::DocId;
use kept_core::notebook::OfficeCommand;

use super::CommandRefusal;
use super::form::{FieldKind, FormBuilder, FormData, FormView, given, hidden};
use crate::office::Office;
use crate::office::frame::Frame;
use crate::office::links::{self, account_href};
use crate::office::page_error::{PageError, page_response};

/// The longest form with notes that is read, in bytes: the text twice, with characters of 4 bytes, each written as 3.
pub(in crate::office) const NOTES_FORM_BYTES: usize = 2 * 12 * limits::TEXT_CHARS + 4 * 1024;

#[derive(Template)]
#[template(path = "notes.html")]
struct NotesPage {
    frame: Frame,
    form: FormView,
    account: DocId,
    account_name: String,
    action: String,
}

/// `GET /accounts/{id}/notes`: the form.
pub(in crate::office) async fn notes(
    State(office): State<Arc<Office>>,
    frame: Frame,
    Path(id): Path<String>,
) -> Response {
    let localizer = frame.localizer.clone();
    let page = match id.parse() {
        Ok(account) => page(&office, frame.section("accounts"), account, None).await,
        Err(_) => Err(PageError::NoSuchPage),
    };
    page_response(&localizer, page)
}

/// `POST /accounts/{id}/notes`: writes what differs from what the page showed.
pub(in crate::office) async fn write_notes(
    State(office): State<Arc<Office>>,
    frame: Frame,
    Path(id): Path<String>,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Response {
    let localizer = frame.localizer.clone();
    let Some(given) = given(&frame, form) else {
        return PageError::StaleForm.into_page(localizer);
    };
    let Ok(account) = id.parse::<DocId>() else {
        return PageError::NoSuchPage.into_page(localizer);
    };
    let edit = AccountEdit::Notes {
        text: given.get("notes").to_owned(),
        was: Some(given.get("was").to_owned()),
    };
    let act = OfficeCommand::EditAccount {
        id: account,
        edits: vec![edit],
    };
    match office.run_command(&frame, &given, act).await {
        Ok(_) => Redirect::to(&account_href(account)).into_response(),
        Err(CommandRefusal(words)) => {
            let frame = frame.section("accounts");
            let page = page(&office, frame, account, Some((given, words))).await;
            (
                StatusCode::UNPROCESSABLE_ENTITY,
                page_response(&localizer, page),
            )
                .into_response()
        }
    }
}

async fn page(
    office: &Office,
    frame: Frame,
    account: DocId,
    failed: Option<(FormData, Message)>,
) -> Result<String, PageError> {
    let action = format!("{}/notes", account_href(account));
    let localizer = frame.localizer.clone();
    let found = office.read_document(account, move |notebook| {
        let known = notebook.account(account)?.account;
        let failed = failed.map(|(given, words)| ("notes".to_owned(), given, words));
        // The next try is measured against what the first page showed.
        let was = match &failed {
            Some((_, given, _)) => given.get("was").to_owned(),
            None => known.notes.clone(),
        };
        let draw = FormBuilder {
            localizer: &localizer,
            environment: notebook.environment(),
            failed: failed.as_ref(),
        };
        let fields = vec![
            hidden("was", was),
            draw.filled("notes", "field-notes", FieldKind::Text, known.notes),
        ];
        let form = draw.form("notes", 'n', "office-act-notes", fields);
        Ok((known.name, form))
    });
    let (account_name, form) = found.await?;
    let page = NotesPage {
        frame: frame.of_page(&action),
        form,
        account,
        account_name,
        action,
    };
    Ok(page.render()?)
}
