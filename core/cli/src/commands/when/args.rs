//! The arguments of `kept when`.

use std::path::PathBuf;

use kept_core::language::Message;
use kept_core::model::time::Millis;
use kept_core::notebook::LeadTime;
use kept_help::InvalidValue;

use crate::parse;

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
    pub kind: Option<String>,
    /// The colleague or pool that would deliver
    #[arg(long, value_name = "NAME")]
    pub performer: Option<String>,
    /// Their team, in a record
    #[arg(long, value_name = "TEAM", requires = "samples")]
    pub team: Option<String>,
    /// How often was it made within this time: 2d, 36h, 90m
    #[arg(long, value_name = "TIME", value_parser = parse::lead_time)]
    pub within: Option<LeadTime>,
    /// The customer: what they heard before is told beside
    #[arg(long, value_name = "ACCOUNT", conflicts_with = "samples")]
    pub account: Option<String>,
    /// The date that you have in mind
    #[arg(long, value_name = "WHEN", conflicts_with = "samples")]
    pub due: Option<String>,
    /// The share of promises that the date should keep, in percent [default: the handbook's, for a record 80]
    #[arg(long, value_name = "PERCENT", value_parser = kept_help::number::<u8>(50..=99))]
    pub quantile: Option<u8>,
    /// Ask this record instead of the company's own
    #[arg(long, value_name = "FILE")]
    pub samples: Option<PathBuf>,
    /// The present of whoever asks the record: `now`, or a time like 2026-11-22T14:30:00Z [default: now; for a
    /// record that ends more than a month ago, its last moment]
    #[arg(long, value_name = "WHEN", requires = "samples", value_parser = as_of)]
    pub as_of: Option<AsOf>,
    /// With --json, the whole survival curve of the record
    #[arg(long, requires = "samples")]
    pub curve: bool,
    /// Ask this record at every promise's own moment, and compare
    #[arg(long, value_name = "FILE", conflicts_with_all = ["samples", "within", "kind", "performer", "team", "account", "due"])]
    pub backtest: Option<PathBuf>,
}

/// The present of a question to a record.
#[derive(Clone, Copy, Debug)]
pub enum AsOf {
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
