//! `kept when`: what date the record honestly gives, for the company's own promises or for any file.

mod sample_file;

use std::path::PathBuf;
use std::process::ExitCode;

use kept_core::language::Message;
use kept_core::model::time::Millis;
use kept_core::notebook::{ApiResult, DateAdvice, DateQuestion, LeadTime};
use kept_help::InvalidValue;
use serde_json::{Value, json};

use crate::app::App;
use crate::output::Style;
use crate::parse;
use crate::people;
use crate::view::View;

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kept when delivery                                  from the company's own promises
  kept when delivery --performer Sam --within 2d      and how often it was made within two days
  kept when delivery --due Friday --account süß       is Friday honest? and what this customer heard
  kept when delivery --samples record.csv             from any record
  kept when --backtest record.csv                     how often such dates would have been kept

A record is CSV with the columns kind,performer,team,made,closed,cancelled; times are RFC 3339, `made` is when
the customer was told, the last two may be empty; a column `received` may say when the end became known. Every
minute counts, unless there is a notebook whose handbook counts working time for the kind. Open promises count,
so that slow ones are not forgotten.")]
pub struct Args {
    /// The kind of promise: callback, quote, delivery and so on
    #[arg(required_unless_present = "backtest")]
    kind: Option<String>,
    /// Who would deliver
    #[arg(long, value_name = "NAME")]
    performer: Option<String>,
    /// Their team, in a record
    #[arg(long, value_name = "TEAM", requires = "samples")]
    team: Option<String>,
    /// How often was it made within this time: 2d, 36h, 90m
    #[arg(long, value_name = "TIME", value_parser = parse::lead_time)]
    within: Option<LeadTime>,
    /// The customer: what they heard before is told beside
    #[arg(long, value_name = "ACCOUNT", conflicts_with = "samples")]
    account: Option<String>,
    /// The date that you have in mind
    #[arg(long, value_name = "WHEN", conflicts_with = "samples")]
    due: Option<String>,
    /// The share of promises that the date should keep, in percent [default: the handbook's, for a record 80]
    #[arg(long, value_name = "PERCENT", value_parser = kept_help::number::<u8>(50..=99))]
    quantile: Option<u8>,
    /// Ask this record instead of the company's own
    #[arg(long, value_name = "FILE")]
    samples: Option<PathBuf>,
    /// The present of whoever asks the record: `now`, or a time like 2026-11-22T14:30:00Z [default: now; for a
    /// record that ends more than a month ago, its last moment]
    #[arg(long, value_name = "WHEN", requires = "samples", value_parser = as_of)]
    as_of: Option<AsOf>,
    /// With --json, the whole survival curve of the record
    #[arg(long, requires = "samples")]
    curve: bool,
    /// Ask this record at every promise's own moment, and compare
    #[arg(long, value_name = "FILE", conflicts_with_all = ["samples", "within", "kind", "performer", "team", "account", "due"])]
    backtest: Option<PathBuf>,
}

/// The present of a question to a record.
#[derive(Clone, Copy, Debug)]
enum AsOf {
    /// That of this machine.
    Now,
    /// This moment, in milliseconds since the epoch.
    At(Millis),
}

/// Reads "now" or an RFC 3339 time.
fn as_of(text: &str) -> Result<AsOf, InvalidValue> {
    if text == "now" {
        return Ok(AsOf::Now);
    }
    let moment: Result<jiff::Timestamp, _> = text.parse();
    moment
        .map(|at| AsOf::At(at.as_millisecond()))
        .map_err(|_| InvalidValue(Message::new("usage-as-of")))
}

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
