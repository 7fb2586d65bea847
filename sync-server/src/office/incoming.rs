//! `GET /`: the entries that came in, newest first, and beside them what the office should look at.

use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use kept_core::notebook::{DeviceStatus, EntryKind};
use serde::Deserialize;

use super::Office;
use super::entry_view::{self, DayGroup, EntryBody, EntryView};
use super::frame::Frame;
use super::links;
use super::open_calls::OpenCalls;
use super::page_error::{PageError, page_response};
use super::promise_filters::{PromiseFilter, open_promises, promise_filters};

/// Lines of a page, and how many more each "show more" brings.
const PAGE_SIZE: u32 = 50;
/// Beyond so many lines the search finds things sooner.
const MAX_LINES: u32 = 1000;
/// Devices beside the list.
const MAX_DEVICES: usize = 8;

/// The query parameters of the list.
#[derive(Default, Deserialize)]
pub(super) struct IncomingParams {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    limit: String,
}

/// One choice of a filter.
pub(super) struct EntryFilter {
    pub(super) key: &'static str,
    pub(super) href: String,
    pub(super) chosen: bool,
}

#[derive(Template)]
#[template(path = "incoming.html")]
struct IncomingPage {
    frame: Frame,
    needs: OpenCalls,
    entry_filters: Vec<EntryFilter>,
    days: Vec<DayGroup>,
    more: Option<String>,
    /// That the list ends here, and that there is more.
    cut: Option<String>,
    promise_filters: Vec<PromiseFilter>,
    open: usize,
    conflicts: usize,
    devices: Vec<DeviceStatus>,
    further_devices: usize,
}

/// The page of the entries that came in.
pub(super) async fn page(
    State(office): State<Arc<Office>>,
    frame: Frame,
    params: Result<Query<IncomingParams>, QueryRejection>,
) -> Response {
    let Query(params) = params.unwrap_or_default();
    let localizer = frame.localizer.clone();
    page_response(
        &localizer,
        read(&office, frame.section("incoming"), params).await,
    )
}

async fn read(office: &Office, frame: Frame, params: IncomingParams) -> Result<String, PageError> {
    let limit = params
        .limit
        .parse()
        .unwrap_or(PAGE_SIZE)
        .clamp(1, MAX_LINES);
    let (kinds, kind) = kinds(&params.kind);
    let called = office.escalations.called();
    let found = office.read(move |notebook| {
        // One more than shown tells whether there is more.
        let entries = notebook.latest_entries(limit.saturating_add(1), None, kinds.clone())?;
        let lines = (
            EntryView::read_all(notebook, entries)?,
            notebook.count_entries(&kinds)?,
        );
        let open = notebook.promises(open_promises())?;
        let conflicts = notebook.conflicts()?.len();
        let beside = (notebook.devices()?, OpenCalls::read(notebook, &called)?);
        Ok((lines, open, conflicts, beside))
    });
    let ((mut lines, all), open, conflicts, (mut devices, needs)) = found.await?;
    let shown = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = (lines.len() > shown && limit < MAX_LINES).then(|| {
        let next = limit.saturating_add(PAGE_SIZE).min(MAX_LINES);
        format!("/?kind={kind}&limit={next}")
    });
    lines.truncate(shown);
    // While there is more to show, the link says it.
    let cut = entry_view::truncation_note(&frame.localizer, "office-newest-of", lines.len(), all);
    let cut = cut.filter(|_| more.is_none());
    devices.retain(|device| !device.revoked);
    let further_devices = devices.len().saturating_sub(MAX_DEVICES);
    devices.truncate(MAX_DEVICES);
    let page = IncomingPage {
        needs,
        days: entry_view::group_by_day(&frame.localizer, lines),
        entry_filters: entry_filters(kind),
        more,
        cut,
        promise_filters: promise_filters(&open),
        open: open.len(),
        conflicts,
        devices,
        further_devices,
        frame,
    };
    Ok(page.render()?)
}

fn kinds(params: &str) -> (Vec<EntryKind>, &'static str) {
    match params {
        "visits" => (vec![EntryKind::Visit], "visits"),
        "observations" => (vec![EntryKind::Usage], "observations"),
        "promises" => (vec![EntryKind::Promise], "promises"),
        _ => (
            vec![EntryKind::Visit, EntryKind::Usage, EntryKind::Promise],
            "",
        ),
    }
}

fn entry_filters(chosen: &str) -> Vec<EntryFilter> {
    let choice = |key, kind: &str| EntryFilter {
        key,
        href: if kind.is_empty() {
            "/".to_owned()
        } else {
            format!("/?kind={kind}")
        },
        chosen: kind == chosen,
    };
    vec![
        choice("office-filter-all", ""),
        choice("office-filter-visits", "visits"),
        choice("office-filter-observations", "observations"),
        choice("office-promises", "promises"),
    ]
}
