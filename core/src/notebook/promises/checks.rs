//! Promises under rules: the kind's rules, the end of the working day, and who may be named to deliver.
//!
//! A promise carries the rules of its kind and the end of the working day that its date means, as they were when it was
//! made: what the office changes later judges only what is promised later.

use std::collections::BTreeSet;

use crate::language::Message;
use crate::limits;
use crate::model::event::{Performer, Suggestion};
use crate::model::ids::{PersonId, Team};
use crate::model::time::{Due, DuePart, Millis};
use crate::notebook::checks::check_max_chars;
use crate::notebook::context::Context;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::promises::drafts::PromiseEdit;

impl Context {
    /// Returns a date with the end of the working day that it means, as calendars have it now: the company's hours on
    /// the clocks of the place. A date that has passed is refused.
    pub(in crate::notebook) fn checked_due(&self, due: Due) -> ApiResult<Due> {
        let due = self.with_end_of_day(due)?.ahead_of(self.now);
        if due.instant()? > self.now {
            return Ok(due);
        }
        let moved = due
            .end_of_day
            .as_ref()
            .is_some_and(|end| end.date != due.date);
        let key = if moved {
            "error-due-closed"
        } else {
            "error-due-passed"
        };
        // messages: error-due-closed error-due-passed
        let said = Due {
            end_of_day: None,
            ..due
        };
        Err(KeptError::invalid(
            "due",
            Message::new(key).due("due", &said),
        ))
    }

    /// Returns a date with the end of the working day that it means.
    fn with_end_of_day(&self, due: Due) -> ApiResult<Due> {
        let plain = Due {
            end_of_day: None,
            repeated: due.repeated && due.again().is_some(),
            ..due
        };
        plain.instant()?;
        if matches!(plain.part, DuePart::Minute { .. }) {
            return Ok(plain);
        }
        let working = self.company.working_time_at(&plain.zone);
        let day = plain.date.parse().ok();
        let end_of_day = day.and_then(|day| working.end_of_day(day));
        // The morning of a day with working hours ends at noon, whenever these end.
        let morning = plain.part == DuePart::Morning;
        let end_of_day = end_of_day.filter(|end_of_day| !morning || end_of_day.date != plain.date);
        Ok(Due {
            end_of_day,
            ..plain
        })
    }

    /// Returns a day before which it is not wanted, which must not be after the date.
    pub(in crate::notebook) fn checked_not_before(
        &self,
        not_before: Option<Due>,
        due: &Due,
    ) -> ApiResult<Option<Due>> {
        let Some(not_before) = not_before else {
            return Ok(None);
        };
        let not_before = self.with_end_of_day(not_before)?;
        if beginning(&not_before)? <= due.instant()? {
            return Ok(Some(not_before));
        }
        Err(KeptError::invalid(
            "not_before",
            Message::new("error-not-before").due("not_before", &not_before),
        ))
    }

    /// Returns the date that the record suggested, as it was shown.
    pub(in crate::notebook) fn checked_suggestion(
        &self,
        shown: Option<Suggestion>,
    ) -> ApiResult<Option<Suggestion>> {
        let Some(shown) = shown else {
            return Ok(None);
        };
        check_max_chars("level", &shown.level, limits::NAME_CHARS)?;
        if shown.due.instant().is_err() || shown.quantile_percent > 100 {
            return Err(KeptError::invalid(
                "suggestion",
                Message::new("error-suggestion"),
            ));
        }
        Ok(Some(shown))
    }

    /// Refuses a colleague who is unknown or has left, and a pool that no colleague serves.
    pub(in crate::notebook) fn check_performer(&self, performer: &Performer) -> ApiResult<()> {
        match performer {
            Performer::Person { person } => self.check_colleague(*person),
            Performer::Pool { pool } => self.check_pool(pool),
            Performer::Nobody => Ok(()),
        }
    }

    /// Refuses a pool that no colleague serves.
    fn check_pool(&self, pool: &Team) -> ApiResult<()> {
        let colleagues = self.registry.colleagues.values();
        let here = colleagues.filter(|known| !self.has_left(known.id));
        let served: BTreeSet<&Team> = here.flat_map(|known| known.pools.iter()).collect();
        // Before the registry has come this cannot be told.
        if served.contains(pool) || self.registry.colleagues.is_empty() {
            return Ok(());
        }
        let served: Vec<&str> = served.into_iter().map(Team::as_str).collect();
        let known = match served.as_slice() {
            [] => "–".to_owned(),
            served => served.join(", "),
        };
        let words = Message::new("error-unserved-pool");
        let words = words.text("pool", pool.as_str()).text("known", known);
        Err(KeptError::invalid("performer", words))
    }

    /// Refuses a colleague who is unknown or has left.
    fn check_colleague(&self, person: PersonId) -> ApiResult<()> {
        // A person who joined a moment ago is here before their row of the registry is.
        if person == self.me() {
            return Ok(());
        }
        let known = self.registry.colleagues.get(&person);
        let known = known.ok_or_else(|| KeptError::not_found("thing-colleague", person))?;
        if self.has_left(person) {
            let words = Message::new("error-colleague-left").text("name", &known.name);
            return Err(KeptError::invalid("performer", words));
        }
        Ok(())
    }

    /// Returns an edit whose dates and people are checked.
    pub(in crate::notebook) fn checked_edit(&self, edit: PromiseEdit) -> ApiResult<PromiseEdit> {
        Ok(match edit {
            PromiseEdit::Propose { due, reason } => PromiseEdit::Propose {
                due: self.checked_due(due)?,
                reason,
            },
            PromiseEdit::Agree {
                due,
                words,
                contact,
                channel,
                suggestion,
            } => PromiseEdit::Agree {
                due: self.checked_due(due)?,
                words,
                contact,
                channel,
                suggestion: self.checked_suggestion(suggestion)?,
            },
            PromiseEdit::Ask {
                person: Some(person),
            } => {
                self.check_colleague(person)?;
                PromiseEdit::Ask {
                    person: Some(person),
                }
            }
            PromiseEdit::Reassign { performer, reason } => {
                self.check_performer(&performer)?;
                PromiseEdit::Reassign { performer, reason }
            }
            edit => edit,
        })
    }
}

/// Returns the instant at which a day begins before which something is not wanted; a time of day is itself.
fn beginning(due: &Due) -> ApiResult<Millis> {
    let part = match due.part {
        DuePart::Afternoon => DuePart::Morning,
        DuePart::Morning | DuePart::Day => DuePart::Minute { of_day: 0 },
        part => part,
    };
    Ok(Due {
        part,
        ..due.clone()
    }
    .instant()?)
}

#[cfg(test)]
#[path = "checks_tests.rs"]
mod tests;
