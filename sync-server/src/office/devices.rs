//! `GET /devices`: which device was heard from when, through when it is clear, and what is set aside.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use kept_core::model::ids::DocId;
use kept_core::notebook::{DeviceSeen, Status};
use kept_core::words::Words;

use super::Office;
use super::frame::Frame;
use super::trouble::{Trouble, answer};

#[derive(Template)]
#[template(path = "devices.html")]
struct DevicesPage {
    frame: Frame,
    devices: Vec<DeviceSeen>,
    /// What the office cannot show: changes that are set aside, and documents that cannot be read.
    aside: Vec<Aside>,
}

/// Something that is stored and not shown.
struct Aside {
    /// Its document.
    id: DocId,
    /// Why, for people.
    reason: Words,
    /// Why, for somebody who looks into it.
    detail: String,
}

/// What a notebook sets aside.
fn aside(status: Status) -> Vec<Aside> {
    let changes = status.set_aside.into_iter().map(|change| Aside {
        id: change.id,
        reason: change.reason,
        detail: format!("{}: {}", change.change, change.detail),
    });
    let documents = status.quarantined.into_iter().map(|document| Aside {
        id: document.id,
        reason: Words::new("aside-malformed"),
        detail: document.reason,
    });
    changes.chain(documents).collect()
}

/// How many of a device's entries wait for the office.
fn waiting(device: &DeviceSeen) -> usize {
    usize::try_from(device.open).unwrap_or(usize::MAX)
}

/// All devices, the last heard from first.
pub(super) async fn page(State(office): State<Arc<Office>>, frame: Frame) -> Response {
    let say = frame.say.clone();
    answer(&say, read(&office, frame.section("devices")).await)
}

async fn read(office: &Office, frame: Frame) -> Result<String, Trouble> {
    let (devices, status) = office
        .read(|notebook| Ok((notebook.devices()?, notebook.status()?)))
        .await?;
    let aside = aside(status);
    Ok(DevicesPage {
        frame,
        devices,
        aside,
    }
    .render()?)
}
