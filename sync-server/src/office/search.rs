//! `GET /search`: whatever has all words, customers first.

use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;

use super::Office;
use super::entry_view::{self, EntryBody, EntryView};
use super::frame::Frame;
use super::links;
use super::page_error::{PageError, page_response};

/// The longest text that is searched for, in characters.
const TEXT_CHARS: usize = 200;
const MOST: u32 = 100;

/// The query parameter: the text that is searched for.
#[derive(Default, Deserialize)]
pub(super) struct SearchParams {
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    frame: Frame,
    lines: Vec<EntryView>,
    most: usize,
}

/// The page of the entries that were found.
pub(super) async fn page(
    State(office): State<Arc<Office>>,
    frame: Frame,
    params: Result<Query<SearchParams>, QueryRejection>,
) -> Response {
    let Query(params) = params.unwrap_or_default();
    let localizer = frame.localizer.clone();
    page_response(&localizer, read(&office, frame, params).await)
}

async fn read(
    office: &Office,
    mut frame: Frame,
    params: SearchParams,
) -> Result<String, PageError> {
    let text = trimmed_query(&params.q);
    frame.query.clone_from(&text);
    let found = office.read(move |notebook| {
        let entries = notebook.search(text, MOST)?;
        EntryView::read_all(notebook, entries)
    });
    let page = SearchPage {
        lines: found.await?,
        most: usize::try_from(MOST).unwrap_or(usize::MAX),
        frame,
    };
    Ok(page.render()?)
}

/// A text to search for, cut at the length beyond which people do not type.
pub(super) fn trimmed_query(text: &str) -> String {
    text.trim().chars().take(TEXT_CHARS).collect()
}
