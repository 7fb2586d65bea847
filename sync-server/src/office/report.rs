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
use super::page_error::{PageError, page_response};

#[derive(Template)]
#[template(path = "report.html")]
struct ReportPage {
    frame: Frame,
    report: CompanyReport,
    loads: Vec<PersonLoad>,
}

/// Calibration of the dates that were shown, then kinds, then loads.
pub(super) async fn page(State(office): State<Arc<Office>>, frame: Frame) -> Response {
    let localizer = frame.localizer.clone();
    page_response(&localizer, read(&office, frame.section("mirror")).await)
}

async fn read(office: &Office, frame: Frame) -> Result<String, PageError> {
    let found = office.read(|notebook| {
        let now = notebook.now_ms()?;
        let mut loads = Vec::new();
        for colleague in notebook.colleagues()? {
            if colleague.works_at(now) {
                loads.push(notebook.load_of_colleague(colleague.id)?);
            }
        }
        loads.retain(|load| load.promises > 0);
        loads.sort_by(|one, other| compare(&one.name, &other.name));
        Ok((notebook.company_report()?, loads))
    });
    let (report, loads) = found.await?;
    Ok(ReportPage {
        frame,
        report,
        loads,
    }
    .render()?)
}
