//! `GET /handbook`: what the company agreed on, kinds of promises, working hours and holidays.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use kept_core::model::calendar::WorkingCalendar;
use kept_core::model::collation::compare;
use kept_core::model::handbook::WORKING_DAY_MINUTES;
use kept_core::notebook::{HandbookKind, proof_words, role_words};
use kept_core::words::Words;

use super::Office;
use super::frame::Frame;
use super::say::Say;
use super::trouble::{Trouble, answer};

#[derive(Template)]
#[template(path = "handbook.html")]
struct HandbookSheet {
    frame: Frame,
    kinds: Vec<Line>,
    hours: Option<WorkingCalendar>,
    /// The sentence with the country whose telephone numbers are written without a country code.
    telephones: String,
}

/// A kind of promises as the page shows it.
struct Line {
    name: String,
    key: String,
    lead: String,
    effort: String,
    share: String,
    proofs: String,
    role: String,
    retired: bool,
}

impl Line {
    fn new(known: &HandbookKind, say: &Say) -> Self {
        let kind = &known.kind;
        let lead = say.amount(kind.lead_minutes, kind.day_minutes());
        let lead = match kind.working_time {
            true => say.with("cli-working-time", "time", lead),
            false => lead,
        };
        let effort = say.amount(kind.effort_minutes, WORKING_DAY_MINUTES);
        let proofs: Vec<String> = kind
            .evidence
            .iter()
            .map(|proof| say.words(&proof_words(*proof)))
            .collect();
        let share = kind.quantile_percent.to_string();
        Self {
            name: say.words(&known.words),
            key: kind.key.clone(),
            lead: say.with("office-kind-lead", "time", lead),
            effort: say.with("office-kind-effort", "time", effort),
            share: say.with("office-kind-share", "percent", share),
            proofs: match proofs.is_empty() {
                true => String::new(),
                false => say.with("office-kind-proof", "proof", proofs.join(", ")),
            },
            role: say.words(&role_words(kind.performer_role)),
            retired: kind.retired,
        }
    }
}

/// The kinds that are offered first, then hours and holidays.
pub(super) async fn page(State(office): State<Arc<Office>>, frame: Frame) -> Response {
    let say = frame.say.clone();
    answer(&say, read(&office, frame.section("handbook")).await)
}

async fn read(office: &Office, frame: Frame) -> Result<String, Trouble> {
    let handbook = office.read(|notebook| notebook.handbook()).await?;
    let mut kinds: Vec<Line> = handbook
        .kinds
        .iter()
        .map(|known| Line::new(known, &frame.say))
        .collect();
    kinds.sort_by(|one, other| {
        let by_name = || compare(&one.name, &other.name);
        one.retired.cmp(&other.retired).then_with(by_name)
    });
    let hours = handbook.hours;
    let telephones = match &handbook.telephone_country {
        Some(country) => Words::new("cli-telephone-country").text("country", country),
        None => Words::new("office-telephone-no-country"),
    };
    Ok(HandbookSheet {
        telephones: frame.say.words(&telephones),
        frame,
        kinds,
        hours,
    }
    .render()?)
}
