//! `GET /handbook`: what the company agreed on, kinds of promises, working hours and holidays.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use kept_core::language::Message;
use kept_core::model::calendar::WorkingCalendar;
use kept_core::model::collation::compare;
use kept_core::model::handbook::WORKING_DAY_MINUTES;
use kept_core::notebook::{HandbookKind, proof_message, role_message};

use super::Office;
use super::frame::Frame;
use super::localizer::Localizer;
use super::page_error::{PageError, page_response};

#[derive(Template)]
#[template(path = "handbook.html")]
struct HandbookPage {
    frame: Frame,
    kinds: Vec<KindView>,
    hours: Option<WorkingCalendar>,
    /// The sentence with the country whose telephone numbers are written without a country code.
    telephones: String,
}

/// A kind of promises as the page shows it.
struct KindView {
    name: String,
    key: String,
    lead: String,
    effort: String,
    share: String,
    proofs: String,
    role: String,
    retired: bool,
}

impl KindView {
    fn new(known: &HandbookKind, localizer: &Localizer) -> Self {
        let kind = &known.kind;
        let lead = localizer.duration(kind.lead_minutes, kind.day_minutes());
        let lead = match kind.working_time {
            true => localizer.text_with("working-time", "time", lead),
            false => lead,
        };
        let effort = localizer.duration(kind.effort_minutes, WORKING_DAY_MINUTES);
        let proofs: Vec<String> = kind
            .evidence
            .iter()
            .map(|proof| localizer.message(&proof_message(*proof)))
            .collect();
        let share = kind.quantile_percent.to_string();
        Self {
            name: localizer.message(&known.words),
            key: kind.key.clone(),
            lead: localizer.text_with("office-kind-lead", "time", lead),
            effort: localizer.text_with("office-kind-effort", "time", effort),
            share: localizer.text_with("office-kind-share", "percent", share),
            proofs: match proofs.is_empty() {
                true => String::new(),
                false => localizer.text_with("office-kind-proof", "proof", proofs.join(", ")),
            },
            role: localizer.message(&role_message(kind.performer_role)),
            retired: kind.retired,
        }
    }
}

/// The kinds that are offered first, then hours and holidays.
pub(super) async fn page(State(office): State<Arc<Office>>, frame: Frame) -> Response {
    let localizer = frame.localizer.clone();
    page_response(&localizer, read(&office, frame.section("handbook")).await)
}

async fn read(office: &Office, frame: Frame) -> Result<String, PageError> {
    let handbook = office.read(|notebook| notebook.handbook()).await?;
    let mut kinds: Vec<KindView> = handbook
        .kinds
        .iter()
        .map(|known| KindView::new(known, &frame.localizer))
        .collect();
    kinds.sort_by(|one, other| {
        let by_name = || compare(&one.name, &other.name);
        one.retired.cmp(&other.retired).then_with(by_name)
    });
    let hours = handbook.hours;
    let telephones = match &handbook.telephone_country {
        Some(country) => Message::new("telephone-country").text("country", country),
        None => Message::new("office-telephone-no-country"),
    };
    Ok(HandbookPage {
        telephones: frame.localizer.message(&telephones),
        frame,
        kinds,
        hours,
    }
    .render()?)
}
