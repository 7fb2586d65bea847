//! `GET /devices`: which device was heard from when, and through when it is clear.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use kept_core::notebook::DeviceSeen;

use super::Office;
use super::frame::Frame;
use super::trouble::{Trouble, answer};

#[derive(Template)]
#[template(path = "devices.html")]
struct DevicesPage {
    frame: Frame,
    devices: Vec<DeviceSeen>,
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
    let devices = office.read(|notebook| notebook.devices()).await?;
    Ok(DevicesPage { frame, devices }.render()?)
}
