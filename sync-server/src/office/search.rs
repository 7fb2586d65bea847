//! `GET /search`: whatever has all words, customers first.

use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;

use super::Office;
use super::frame::Frame;
use super::line::{self, Body, Line};
use super::trouble::{Trouble, answer};

/// The longest text that is searched for, in characters.
const TEXT_CHARS: usize = 200;
const MOST: u32 = 100;

/// The query parameter: the text that is searched for.
#[derive(Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    frame: Frame,
    lines: Vec<Line>,
    most: usize,
}

/// The page of the entries that were found.
pub(super) async fn page(
    State(office): State<Arc<Office>>,
    frame: Frame,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let Query(asked) = asked.unwrap_or_default();
    let say = frame.say.clone();
    answer(&say, read(&office, frame, asked).await)
}

async fn read(office: &Office, mut frame: Frame, asked: Asked) -> Result<String, Trouble> {
    let text = within_reason(&asked.q);
    frame.query.clone_from(&text);
    let found = office.read(move |notebook| {
        let entries = notebook.search(text, MOST)?;
        Line::all(notebook, entries)
    });
    let page = SearchPage {
        lines: found.await?,
        most: usize::try_from(MOST).unwrap_or(usize::MAX),
        frame,
    };
    Ok(page.render()?)
}

/// A text to search for, cut at the length beyond which people do not type.
pub(super) fn within_reason(text: &str) -> String {
    text.trim().chars().take(TEXT_CHARS).collect()
}
