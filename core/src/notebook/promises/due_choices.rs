//! The dates that are offered for one tap: in half an hour, today, the next day, this week, next week.

use jiff::civil::{Date, Weekday};
use serde::Serialize;

use crate::language::Message;
use crate::model::calendar::WorkingTime;
use crate::model::handbook::PromiseKind;
use crate::model::time::{Due, DuePart, MINUTE_MS, Millis, zoned};
use crate::notebook::Notebook;
use crate::notebook::checks::with_field;
use crate::notebook::context::Context;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::handbook::checks::offered_kind;

/// The greatest number of minutes ahead: a year.
const MAX_MINUTES: u32 = 366 * 24 * 60;
/// The minutes ahead that are offered for what is usually done within a day.
const SOON_MINUTES: u32 = 30;
/// The days ahead in which a working day is looked for where everything nearer is closed.
const SEARCHED_DAYS: i64 = 60;

/// A date that is offered for one tap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct DueChoice {
    /// The date, as it is promised.
    pub due: Due,
    /// The date in words: "in 30 min", "tomorrow", "Next week, by Fri 11".
    pub words: Message,
}

#[uniffi::export]
impl Notebook {
    /// Returns the date in so many minutes, as the first full minute of the device's clock by then. Refused if
    /// `minutes` is 0 or more than a year.
    pub fn due_in(&self, minutes: u32) -> ApiResult<Due> {
        if !(1..=MAX_MINUTES).contains(&minutes) {
            let refused = Message::new("error-minutes")
                .number("least", MINUTE_MS)
                .number("most", i64::from(MAX_MINUTES) * MINUTE_MS);
            return Err(KeptError::invalid("due", with_field(refused, "due")));
        }
        self.read(|store| {
            let context = Context::load(self, store)?;
            minutes_ahead(context.now, minutes, &context.zone)
        })
    }

    /// Returns the dates to offer for a promise of a kind, the nearest first: never one that would be refused if it
    /// were promised now, never two that end at the same instant, and at least one. Days are the company's working
    /// days where the kind counts working time. An unknown or retired kind is refused.
    pub fn due_choices(&self, kind: String) -> ApiResult<Vec<DueChoice>> {
        self.read(|store| {
            let context = Context::load(self, store)?;
            let kind = offered_kind(&context.company.handbook, &kind)?;
            due_choices(&context, &kind)
        })
    }
}

/// Returns the first full minute by which `minutes` have passed since `now`, in ms since the epoch.
fn minutes_ahead(now: Millis, minutes: u32, zone: &str) -> ApiResult<Due> {
    let ahead = i64::from(minutes) * MINUTE_MS + MINUTE_MS - 1;
    Ok(Due::at(now.saturating_add(ahead), zone)?)
}

fn due_choices(context: &Context, kind: &PromiseKind) -> ApiResult<Vec<DueChoice>> {
    let working = context.company.working_time_at(&context.zone);
    let today = zoned(context.now, &context.zone)?.date();
    let is_open = |date: &Date| !working.shifts(*date).is_empty();
    let next_day = days_after(today)
        .find(|date| !kind.working_time || is_open(date))
        .or_else(|| today.tomorrow().ok());
    let last_of_week = |monday: Date| {
        let week = std::iter::once(monday).chain(days_after(monday)).take(7);
        week.filter(is_open).last()
    };
    let monday = monday_of(today);
    let next_monday = monday.and_then(|monday| days_after(monday).nth(6));

    let mut offered: Vec<(&str, Due)> = Vec::new();
    if is_usually_soon(kind, &working) {
        let soon = minutes_ahead(context.now, SOON_MINUTES, &context.zone)?;
        offered.push(("due-choice", soon));
    }
    // messages: due-choice due-choice-this-week due-choice-next-week
    let days = [
        ("due-choice", Some(today)),
        ("due-choice", next_day),
        ("due-choice-this-week", monday.and_then(last_of_week)),
        ("due-choice-next-week", next_monday.and_then(last_of_week)),
    ];
    let day_due = |date: Date| Due {
        date: date.to_string(),
        part: DuePart::Day,
        zone: context.zone.clone(),
        end_of_day: None,
        repeated: false,
    };
    offered.extend(
        days.into_iter()
            .filter_map(|(key, date)| Some((key, day_due(date?)))),
    );

    let mut choices: Vec<(Millis, DueChoice)> = Vec::new();
    let mut take = |key: &str, due: Due| -> ApiResult<()> {
        let Ok(due) = context.checked_due(due) else {
            return Ok(());
        };
        let at = due.instant()?;
        if choices.iter().all(|(other, _)| *other != at) {
            let words = Message::new(key).due("due", &due);
            choices.push((at, DueChoice { due, words }));
        }
        Ok(())
    };
    for (key, due) in offered {
        take(key, due)?;
    }
    if choices.is_empty() {
        let searched = usize::try_from(SEARCHED_DAYS).unwrap_or(usize::MAX);
        let mut ahead = days_after(today).take(searched);
        let first = ahead
            .find(is_open)
            .map(|date| context.checked_due(day_due(date)));
        let due = match first {
            Some(Ok(due)) => due,
            Some(Err(_)) | None => minutes_ahead(context.now, 24 * 60, &context.zone)?,
        };
        let words = Message::new("due-choice").due("due", &due);
        choices.push((due.instant()?, DueChoice { due, words }));
    }
    choices.sort_by_key(|(at, _)| *at);
    Ok(choices.into_iter().map(|(_, choice)| choice).collect())
}

/// True if a kind is usually done within a day of its time base.
fn is_usually_soon(kind: &PromiseKind, working: &WorkingTime) -> bool {
    let day = match kind.working_time {
        true => working.usual_day_minutes(),
        false => 24 * 60,
    };
    i64::from(kind.lead_minutes) <= day
}

/// The days after a day.
fn days_after(day: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(day.tomorrow().ok(), |day| day.tomorrow().ok())
}

/// Returns the Monday of the week of a day; none before the calendar begins.
fn monday_of(day: Date) -> Option<Date> {
    let mut days = std::iter::successors(Some(day), |day| day.yesterday().ok());
    days.find(|day| day.weekday() == Weekday::Monday)
}

#[cfg(test)]
#[path = "due_choices_tests.rs"]
mod tests;
