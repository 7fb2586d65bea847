//! The company's record of promises: pure statistics over plain samples, so that they can be asked of any record.
//!
//! *What date can we honestly give?* Closed promises alone answer too early, for the slow ones are still open; adding
//! all open ones to the last closed ones answers never. So every promise counts with the part of its life that lies
//! inside a window (Kaplan-Meier with delayed entry), and a date is suggested only where the *upper* bound of what
//! would still be open is small enough. A thin record says that it is thin.

mod advice;
mod asks;
mod backtest;
mod company_time;
mod fit;
mod level_record;
mod load;
#[cfg(test)]
mod promise_fixture;
mod rates;
mod reliability;
mod report;
mod sample;
mod sampling;
mod slowing;
mod steady;
mod survival;

pub use advice::{
    Advice, AdviceLevel, AdviceOutcome, Chance, LevelUsed, MIN_CLOSINGS_TOLD, Question, advise,
    chance_within,
};
pub use asks::{Ask, asks_of};
pub use backtest::{Backtest, Score, Trial, TrialDate, backtest, score, trials};
pub use company_time::CompanyTime;
pub use fit::{FIT_QUANTILE, Fit, fit, meets};
pub use load::{AHEAD_MS, Load, WorkloadItem, load, load_until, workload_item};
pub use rates::{Rate, wilson_lower};
pub use reliability::{
    DecidedPromise, Reliability, decided_promise, delivered_by, reliability, said_by,
};
pub use report::{
    Calibration, KindReport, Margin, Padding, ShownDate, calibrations, kind_reports, margin_of,
    shown_dates,
};
pub use sample::{CalendarTime, Ending, Minutes, Sample, TimeBase};
pub use sampling::{performer_at, sample_of};
pub use slowing::{Slowing, slowing};
pub use steady::{Steady, steady};
pub use survival::{CONFIDENCE_PERCENT, Curve, CurveStep, Lifetime};
