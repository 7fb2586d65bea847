//! What asking the record returns: dates, loads, reliability, asks and reports, each with its counts.

use serde::Serialize;

use crate::model::event::Suggestion;
use crate::model::ids::{DocId, PersonId};
use crate::model::lead::NeedValue;
use crate::model::time::{Due, Millis};
use crate::words::Words;

pub use crate::model::lead::Within;

/// What date can we honestly give?
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct DateQuestion {
    /// The kind: "callback", "quote", "delivery" and so on.
    pub kind: String,
    /// Who would deliver.
    #[uniffi(default = None)]
    pub performer: Option<PersonId>,
    /// How often was it made within this time?
    #[uniffi(default = None)]
    pub within: Option<Within>,
    /// The customer, whose own record is told beside.
    #[uniffi(default = None)]
    pub account: Option<DocId>,
    /// The date that somebody has in mind: how often was one like it kept?
    #[uniffi(default = None)]
    pub due: Option<Due>,
    /// The share of promises that the date should keep, in percent, 50 to 99; none: the handbook's.
    #[uniffi(default = None)]
    pub quantile_percent: Option<u8>,
}

/// The form of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum DateAnswer {
    /// There is a date.
    Suggested,
    /// The record does not settle it: ask whoever delivers.
    Ask,
    /// Few closings: only the slowest so far is known.
    Few,
    /// No record yet: ask whoever delivers.
    NoRecord,
}

/// How often it was made within some time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, uniffi::Record)]
pub struct DateChance {
    /// The time, in minutes of the kind's time base.
    pub lead_minutes: i64,
    /// The share, 0 to 1.
    pub share: f64,
    /// The lower end of its interval, whose ends each hold with 80 % confidence.
    pub lower: f64,
    /// The upper end.
    pub upper: f64,
}

/// How much a colleague has taken on for the next seven days, what is overdue included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct PersonLoad {
    /// Who.
    pub person: PersonId,
    /// What they are called.
    pub name: String,
    /// In percent of four fifths of their working time; none where they do not work in these days.
    pub percent: Option<u32>,
    /// The work, in working minutes, what is not accepted at half.
    pub effort_minutes: i64,
    /// Four fifths of their working time, in minutes.
    pub available_minutes: i64,
    /// How many promises that is.
    pub promises: u32,
    /// How many of them are not accepted yet.
    pub unaccepted: u32,
    /// How many of them are overdue.
    pub overdue: u32,
    /// When their device last spoke, in milliseconds since the epoch; none if it has not.
    pub as_of: Option<Millis>,
    /// All that as a sentence.
    pub words: Words,
}

/// What the record says to a [`DateQuestion`].
#[derive(Clone, Debug, PartialEq, Serialize, uniffi::Record)]
pub struct DateAdvice {
    /// The form of the answer.
    pub answer: DateAnswer,
    /// The date, ready to be kept beside the promise that it is shown for; none if there is none.
    pub suggestion: Option<Suggestion>,
    /// The lead of that date, of what fits most, or the slowest so far, as the answer has it; in minutes of
    /// the kind's time base.
    pub lead_minutes: Option<i64>,
    /// Half of them took no longer, in minutes of the kind's time base.
    pub median_minutes: Option<i64>,
    /// The longest life so far, in minutes of the kind's time base, where the record does not settle it.
    pub longest_minutes: Option<i64>,
    /// Whether the kind counts working time.
    pub working_time: bool,
    /// How long a day of the kind's time base is, in minutes.
    pub day_minutes: i64,
    /// The share of promises that the date should keep, in percent.
    pub quantile_percent: u8,
    /// How sure that is, in percent.
    pub confidence_percent: u8,
    /// The level that answers: "kind-and-performer", "kind-and-team", "kind" or "company".
    pub level: String,
    /// Closings that the answer rests on.
    pub closed: u32,
    /// Promises that are still open there.
    pub open: u32,
    /// How often it was made within the time that was asked about; none for thin records.
    pub chance: Option<DateChance>,
    /// How often the date that somebody has in mind would have been kept; none for thin records.
    pub due_chance: Option<DateChance>,
    /// The answer, what it rests on, and what was asked besides, as sentences.
    pub sentences: Vec<Words>,
    /// What should give pause before this date is told, as sentences.
    pub warnings: Vec<Words>,
    /// How much the performer has taken on.
    pub load: Option<PersonLoad>,
    /// Within what time the customer needs this kind, where they do.
    pub need: Option<NeedLine>,
}

/// A lead time that a customer needs, held against our record.
#[derive(Clone, Debug, PartialEq, Serialize, uniffi::Record)]
pub struct NeedLine {
    /// The kind of promise.
    pub kind: String,
    /// What it is called.
    pub kind_words: Words,
    /// Within what time they need it; of several that stand side by side the shortest.
    pub within: Within,
    /// Who said so, and when; more than one waits to be settled.
    pub values: Vec<NeedValue>,
    /// The time, in minutes of the kind's time base.
    pub needed_minutes: i64,
    /// How long a day of that time base is, in minutes.
    pub day_minutes: i64,
    /// The lead that our record keeps 80 times in 100, in minutes of the kind's time base; none where it gives no
    /// date.
    pub lead_minutes: Option<i64>,
    /// How often it was made within the time that they need; none for thin records.
    pub chance: Option<DateChance>,
    /// Whether we meet it; none where the record does not settle that.
    pub meets: Option<bool>,
    /// Closings that this rests on.
    pub closed: u32,
    /// Promises that are still open there.
    pub open: u32,
    /// What they need, how often we made it, and whether that meets it, as sentences.
    pub sentences: Vec<Words>,
    /// What that rests on, as sentences.
    pub rests_on: Vec<Words>,
}

/// How well our record fits a customer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, uniffi::Record)]
pub struct AccountFit {
    /// How many of the lead times that they need our record meets.
    pub met: u32,
    /// How many it leaves open.
    pub unsettled: u32,
    /// How many there are.
    pub needed: u32,
    /// Each of them, by kind.
    pub needs: Vec<NeedLine>,
    /// The fit as sentences; none where they need nothing.
    pub sentences: Vec<Words>,
}

/// One of the two numbers about somebody.
#[derive(Clone, Debug, PartialEq, Serialize, uniffi::Record)]
pub struct FairShare {
    /// How many promises were kept.
    pub kept: u32,
    /// Of how many.
    pub total: u32,
    /// How many of the kept ones had been given another date in time.
    pub renegotiated: u32,
    /// The share with recent promises weighing more, 0 to 1; none of nothing.
    pub share: Option<f64>,
    /// What it is at least, with 90 % confidence, 0 to 1; none of fewer than five.
    pub lower: Option<f64>,
    /// All that as sentences.
    pub sentences: Vec<Words>,
}

/// How reliable somebody is, from the promises that are on this device.
#[derive(Clone, Debug, PartialEq, Serialize, uniffi::Record)]
pub struct FairNumbers {
    /// Who.
    pub person: PersonId,
    /// What they are called.
    pub name: String,
    /// What they told customers.
    pub said: FairShare,
    /// What they accepted to deliver.
    pub delivered: FairShare,
}

/// Somebody was asked for less than the usual lead, or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct AskLine {
    /// The promise.
    pub promise: DocId,
    /// What was asked for.
    pub deliverable: String,
    /// Who was asked.
    pub name: String,
    /// When, in milliseconds since the epoch.
    pub at: Millis,
    /// The lead that was left, in minutes of the kind's time base.
    pub lead_minutes: i64,
    /// The usual one: half took no longer, or, without a record, what the handbook has.
    pub usual_minutes: i64,
    /// Whether that was less than usual.
    pub rushed: bool,
    /// Whether thanks were given.
    pub thanked: bool,
}

/// What I asked of others this month. Nobody else sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct AsksReport {
    /// When the month began, in milliseconds since the epoch.
    pub since: Millis,
    /// How often I asked.
    pub asked: u32,
    /// How often for less than the usual lead.
    pub rushed: u32,
    /// For how many of those I gave thanks.
    pub thanked: u32,
    /// Each of them, the latest first.
    pub asks: Vec<AskLine>,
    /// The counts as a sentence.
    pub words: Words,
}

/// How the dates did that should be kept in some percent of the cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct CalibrationLine {
    /// How often they should be kept, in percent.
    pub quantile_percent: u8,
    /// How many were kept.
    pub kept: u32,
    /// Of how many that are decided.
    pub decided: u32,
    /// How many were shown.
    pub shown: u32,
    /// That as a sentence.
    pub words: Words,
}

/// What the record says of a kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct KindLine {
    /// The kind.
    pub kind: String,
    /// How many of those that are decided were kept on time, of the promises that are here.
    pub kept: u32,
    /// How many are decided.
    pub decided: u32,
    /// Closings in its window.
    pub closed: u32,
    /// Promises of its window that are still open.
    pub open: u32,
    /// Half of them took no longer, in minutes of the kind's time base.
    pub median_minutes: Option<i64>,
    /// Half of the kept ones had at least this much of their lead left, in percent; none of few.
    pub left_percent: Option<u32>,
    /// Of how many kept ones.
    pub left_of: u32,
    /// Whether that is padding: more than half of the lead.
    pub padded: bool,
    /// Whether it is slowing down.
    pub slowing: bool,
    /// All that as sentences.
    pub sentences: Vec<Words>,
}

/// How the company's own dates do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct CompanyReport {
    /// The dates that were shown, one line per percentage.
    pub calibrations: Vec<CalibrationLine>,
    /// One line per kind, by its name.
    pub kinds: Vec<KindLine>,
}
