//! `GET /mirror`: the statements of the company's own record about itself, and how much each colleague has taken on.
//! People are not ranked: colleagues stand in the order of their names.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use kept_core::model::collation::compare;
use kept_core::notebook::{CompanyReport, PersonLoad};

use super::Office;
use super::frame::Frame;
use super::trouble::{Trouble, answer};

#[derive(Template)]
#[template(path = "mirror.html")]
struct MirrorSheet {
    frame: Frame,
    report: CompanyReport,
    loads: Vec<PersonLoad>,
}

/// Calibration of the dates that were shown, then kinds, then loads.
pub(super) async fn page(State(office): State<Arc<Office>>, frame: Frame) -> Response {
    let say = frame.say.clone();
    answer(&say, read(&office, frame.section("mirror")).await)
}

async fn read(office: &Office, frame: Frame) -> Result<String, Trouble> {
    let found = office.read(|notebook| {
        let mut loads = Vec::new();
        for colleague in notebook.colleagues()? {
            if colleague.to.is_none() {
                loads.push(notebook.load_of(colleague.id)?);
            }
        }
        loads.retain(|load| load.promises > 0);
        loads.sort_by(|one, other| compare(&one.name, &other.name));
        Ok((notebook.report()?, loads))
    });
    let (report, loads) = found.await?;
    Ok(MirrorSheet {
        frame,
        report,
        loads,
    }
    .render()?)
}
