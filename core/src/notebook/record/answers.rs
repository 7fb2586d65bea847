//! The answers of the company's record, as calls return them: advice on dates, loads, reliability, asks, reports.

use serde::Serialize;

use crate::insight::{Advice, AdviceLevel, Minutes, chance_within};
use crate::language::Message;
use crate::model::event::Suggestion;
use crate::model::ids::{DocId, PersonId};
use crate::model::lead_time::RequiredLeadTimeValue;
use crate::model::time::{Due, Millis};

pub use crate::model::lead_time::LeadTime;

/// A question to the record: the date that can honestly be given for a promise of a kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct DateQuestion {
    /// The kind's key: "callback", "quote", "delivery" and so on.
    pub kind: String,
    /// The colleague who would deliver; none if not known yet.
    #[uniffi(default = None)]
    pub performer: Option<PersonId>,
    /// A time: the advice tells how often a promise was made within it. None for no such question.
    #[uniffi(default = None)]
    pub within: Option<LeadTime>,
    /// The customer: the advice tells their own record and need beside. None for no such question.
    #[uniffi(default = None)]
    pub account: Option<DocId>,
    /// The date that the asker has in mind: the advice tells how often one like it was kept. None for no such question.
    #[uniffi(default = None)]
    pub due: Option<Due>,
    /// The share of promises that the date should keep, in percent, 50 to 99; others count as the nearest of these.
    /// None: the handbook's.
    #[uniffi(default = None)]
    pub quantile_percent: Option<u8>,
}

/// The form of an answer to a [`DateQuestion`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum DateAnswer {
    /// There is a date.
    Suggested,
    /// The record does not settle it: ask the performer.
    Ask,
    /// Few closings: only the slowest so far is known.
    Few,
    /// No record yet: ask the performer.
    NoRecord,
}

/// The share of promises that were made within a time, with its interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, uniffi::Record)]
pub struct DateChance {
    /// The time, in minutes of the kind's time base.
    pub lead_minutes: i64,
    /// The share, 0 to 1.
    pub share: f64,
    /// The lower end of its interval, 0 to 1; each of the two ends holds with 80 % confidence.
    pub lower: f64,
    /// The upper end of its interval, 0 to 1.
    pub upper: f64,
}

impl DateChance {
    /// Returns the chance that the record gives a lead, in minutes of its time base; none where it gives none.
    pub(in crate::notebook) fn of(advice: &Advice, lead_minutes: Minutes) -> Option<Self> {
        let chance = chance_within(advice.curve.as_ref()?, lead_minutes)?;
        Some(Self {
            lead_minutes,
            share: chance.share,
            lower: chance.lower,
            upper: chance.upper,
        })
    }
}

/// The load of a colleague: the work that they have taken on for the next seven days, with what is overdue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct PersonLoad {
    /// The colleague.
    pub person: PersonId,
    /// The colleague's name; empty while unknown.
    pub name: String,
    /// The load in percent of four fifths of the colleague's working time; none if they do not work in these days.
    pub percent: Option<u32>,
    /// The work, in working minutes, what is not accepted at half.
    pub effort_minutes: i64,
    /// Four fifths of the colleague's working time, in minutes.
    pub available_minutes: i64,
    /// The number of promises that it consists of.
    pub promises: u32,
    /// The number of these promises that are not accepted yet.
    pub unaccepted: u32,
    /// The number of these promises that are overdue.
    pub overdue: u32,
    /// The instant at which the colleague's device last spoke, in milliseconds since the epoch; none if it has not.
    pub as_of: Option<Millis>,
    /// The load as a sentence.
    pub words: Message,
}

/// The answer of the record to a [`DateQuestion`].
#[derive(Clone, Debug, PartialEq, Serialize, uniffi::Record)]
pub struct DateAdvice {
    /// The form of the answer.
    pub answer: DateAnswer,
    /// The date, to be kept unchanged beside the promise that it is shown for; none if there is no date.
    pub suggestion: Option<Suggestion>,
    /// The lead, in minutes of the kind's time base: for `Suggested` that of the date, for `Ask` the one that fits
    /// most, for `Few` the slowest so far. None if there is none.
    pub lead_minutes: Option<i64>,
    /// The median lead, in minutes of the kind's time base: half of them took no longer. None if too little is known.
    pub median_minutes: Option<i64>,
    /// The longest life so far, in minutes of the kind's time base, for `Ask`; else none.
    pub longest_minutes: Option<i64>,
    /// True if the kind counts working time.
    pub working_time: bool,
    /// The length of a day of the kind's time base, in minutes.
    pub day_minutes: i64,
    /// The share of promises that the date should keep, in percent.
    pub quantile_percent: u8,
    /// The confidence that it keeps that share, in percent.
    pub confidence_percent: u8,
    /// The level of the record that answers.
    pub level: AdviceLevel,
    /// The number of closings that the answer rests on.
    pub closed: u32,
    /// The number of promises that are still open there.
    pub open: u32,
    /// The share of promises that were made within the time that was asked about; none if no time was, for thin
    /// records, and where nothing is known of so short a time.
    pub chance: Option<DateChance>,
    /// The share of promises that would have kept the date that the asker has in mind; none if there is no such date,
    /// for thin records, and where nothing is known of so short a time.
    pub due_chance: Option<DateChance>,
    /// The answer, the record that it rests on, and the answers to what was asked besides, as sentences.
    pub sentences: Vec<Message>,
    /// The reasons to pause before this date is told, as sentences; empty if there are none.
    pub warnings: Vec<Message>,
    /// The load of the performer; none if the question names none.
    pub load: Option<PersonLoad>,
    /// The lead time within which the customer needs this kind, held against the record; none if they need none.
    pub need: Option<NeedFit>,
}

/// A lead time that a customer needs, held against our record.
#[derive(Clone, Debug, PartialEq, Serialize, uniffi::Record)]
pub struct NeedFit {
    /// The kind's key.
    pub kind: String,
    /// The kind's name for readers.
    pub kind_words: Message,
    /// The time within which they need it; of several that stand side by side the shortest.
    pub within: LeadTime,
    /// The times that were written down, with author and instant; more than one wait to be settled.
    pub values: Vec<RequiredLeadTimeValue>,
    /// The time of `within`, in minutes of the kind's time base.
    pub needed_minutes: i64,
    /// The length of a day of that time base, in minutes.
    pub day_minutes: i64,
    /// The lead that our record keeps 80 times in 100, in minutes of the kind's time base; none where it gives no date.
    pub lead_minutes: Option<i64>,
    /// The share of promises that were made within the time that they need; none for thin records, and where nothing is
    /// known of so short a time.
    pub chance: Option<DateChance>,
    /// True if our record meets it; none where the record does not settle that.
    pub meets: Option<bool>,
    /// The number of closings that this rests on.
    pub closed: u32,
    /// The number of promises that are still open there.
    pub open: u32,
    /// The need, how often we made it, and if that meets it, as sentences.
    pub sentences: Vec<Message>,
    /// The record that this rests on, as sentences.
    pub rests_on: Vec<Message>,
}

/// The fit of our record to the lead times that a customer needs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, uniffi::Record)]
pub struct LeadTimeFit {
    /// The number of needed lead times that our record meets.
    pub met: u32,
    /// The number of needed lead times for which the record does not settle that.
    pub unsettled: u32,
    /// The number of needed lead times in all.
    pub needed: u32,
    /// The needed lead times, one line for each kind.
    pub needs: Vec<NeedFit>,
    /// The fit as sentences; empty if they need nothing.
    pub sentences: Vec<Message>,
}

/// One of the two numbers of a colleague's reliability.
#[derive(Clone, Debug, PartialEq, Serialize, uniffi::Record)]
pub struct ReliabilityRate {
    /// The number of promises that were kept.
    pub kept: u32,
    /// The number of promises that are decided.
    pub total: u32,
    /// The number of kept promises that had been given another date in time.
    pub renegotiated: u32,
    /// The share that was kept, recent promises weighing more, 0 to 1; none if nothing is decided.
    pub share: Option<f64>,
    /// The lower bound of that share with 90 % confidence, 0 to 1; none if there are fewer than five, where promises of
    /// long ago count less than one.
    pub lower: Option<f64>,
    /// The number as sentences.
    pub sentences: Vec<Message>,
}

/// The reliability of a colleague, from the promises that are on this device.
#[derive(Clone, Debug, PartialEq, Serialize, uniffi::Record)]
pub struct ReliabilityReport {
    /// The colleague.
    pub person: PersonId,
    /// The colleague's name; empty while unknown.
    pub name: String,
    /// The share of what they told customers that was kept.
    pub said: ReliabilityRate,
    /// The share of what they accepted to deliver that was kept.
    pub delivered: ReliabilityRate,
}

/// An ask: a colleague was asked to deliver, for less than the usual lead or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct AskLine {
    /// The promise's document.
    pub promise: DocId,
    /// The promise's deliverable.
    pub deliverable: String,
    /// The name of the colleague who was asked; empty while unknown.
    pub name: String,
    /// The instant of the ask, in milliseconds since the epoch.
    pub at: Millis,
    /// The lead that was left, in minutes of the kind's time base.
    pub lead_minutes: i64,
    /// The usual lead, in minutes of the kind's time base: half took no longer, or, without a record, the handbook's.
    pub usual_minutes: i64,
    /// True if the lead that was left was less than the usual one.
    pub rushed: bool,
    /// True if the asker has given thanks since.
    pub thanked: bool,
}

/// My asks of others this month. They are shown to no one else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct AsksReport {
    /// The instant at which the month began, in milliseconds since the epoch.
    pub since: Millis,
    /// The number of asks.
    pub asked: u32,
    /// The number of asks for less than the usual lead.
    pub rushed: u32,
    /// The number of asks for less than the usual lead for which I gave thanks.
    pub thanked: u32,
    /// The asks, the latest first.
    pub asks: Vec<AskLine>,
    /// The counts as a sentence.
    pub words: Message,
}

/// The fate of the dates that should be kept in one percentage of the cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct CalibrationLine {
    /// The share of them that should be kept, in percent.
    pub quantile_percent: u8,
    /// The number of them that were kept.
    pub kept: u32,
    /// The number of them that are decided.
    pub decided: u32,
    /// The number of them that were shown.
    pub shown: u32,
    /// The counts as a sentence.
    pub words: Message,
}

/// The record of a kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct KindLine {
    /// The kind's key.
    pub kind: String,
    /// The number of its decided promises that were kept on time, of the promises that are on this device.
    pub kept: u32,
    /// The number of its promises that are decided, of those on this device.
    pub decided: u32,
    /// The number of closings in its window.
    pub closed: u32,
    /// The number of promises of its window that are still open.
    pub open: u32,
    /// The median lead, in minutes of the kind's time base: half of them took no longer. None if too few are closed.
    pub median_minutes: Option<i64>,
    /// The median share of the lead that was left when a promise was kept, in percent; none of fewer than five.
    pub left_percent: Option<u32>,
    /// The number of kept promises of which that is the median; 0 if there is none.
    pub left_of: u32,
    /// True if that is padding: more than half of the lead.
    pub padded: bool,
    /// True if it is slowing down.
    pub slowing: bool,
    /// The record as sentences.
    pub sentences: Vec<Message>,
    /// The kind's name for readers.
    pub kind_words: Message,
}

/// The report on the company's own dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct CompanyReport {
    /// The dates that were shown, one line per percentage, the lowest first.
    pub calibrations: Vec<CalibrationLine>,
    /// The kinds of the record, one line per kind, by key.
    pub kinds: Vec<KindLine>,
}
