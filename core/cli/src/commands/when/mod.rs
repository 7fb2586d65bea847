//! `kept when`: what date the record honestly gives, for the company's own promises or for any file.

mod args;
mod sample_file;
mod sample_json;

use std::process::ExitCode;

use kept_core::notebook::{ApiResult, DateAdvice, DateQuestion};
use serde_json::{Value, json};

use crate::app::App;
use crate::output::Style;
use crate::parse::{self, people};
use crate::view::View;
pub use args::Args;

/// Asks the record.
pub fn run(app: &App, args: &Args) -> ApiResult<ExitCode> {
    match (&args.backtest, &args.samples) {
        (Some(file), _) => sample_file::backtest_file(app, file, args),
        (None, Some(file)) => sample_file::advise_from_file(app, file, args),
        (None, None) => ask(app, args),
    }
}

fn ask(app: &App, args: &Args) -> ApiResult<ExitCode> {
    let notebook = app.open()?;
    let view = View::new(app, &notebook)?;
    let performer = match &args.performer {
        Some(name) => Some(people::colleague(&notebook, name)?),
        None => None,
    };
    let account = match &args.account {
        Some(text) => Some(notebook.find_document(text.clone())?),
        None => None,
    };
    let due = match &args.due {
        Some(text) => Some(parse::due(&view, text)?),
        None => None,
    };
    let advice = notebook.advise_date(DateQuestion {
        kind: args.kind.clone().unwrap_or_default(),
        performer,
        within: args.within,
        account,
        due,
        quantile_percent: args.quantile,
    })?;
    if app.out.json {
        app.out.print_json(&with_days(&advice))?;
        return Ok(ExitCode::SUCCESS);
    }
    for message in &advice.sentences {
        app.out.print_message(message);
    }
    for message in &advice.warnings {
        view.out.print_styled(&[(Style::Late, view.text(message))]);
    }
    if let Some(load) = &advice.load {
        app.out.print_message(&load.words);
    }
    Ok(ExitCode::SUCCESS)
}

/// The record with its times in days of the kind's time base as well, as for a file.
fn with_days(advice: &DateAdvice) -> Value {
    let mut json_value = json!(advice);
    let days = |minutes: Option<i64>| minutes.map(|m| m as f64 / advice.day_minutes as f64);
    json_value["lead_days"] = json!(days(advice.lead_minutes));
    json_value["median_days"] = json!(days(advice.median_minutes));
    json_value["longest_days"] = json!(days(advice.longest_minutes));
    json_value
}
