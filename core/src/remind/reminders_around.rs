//! The reminders around the present moment: those that rang while the device could not ring, and those ahead.

use super::{LadderContext, POOL_CALL_ENDS_MS, Recipient, Reminder, ReminderLevel, rings_of};
use crate::model::promise::OpenPromise;

/// The reminders of a person before and after the present moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RemindersAround {
    /// Those that rang and were not answered, one of each promise.
    pub(crate) missed: Vec<Reminder>,
    /// Those that ring from now on.
    pub(crate) ahead: Vec<Reminder>,
}

/// Returns the reminders of a recipient's time span on both sides of the present moment of `rules`. Of several that
/// rang about one promise the last remains, and says the others; none if that or a later one was acknowledged.
pub(crate) fn reminders_around(
    promises: &[OpenPromise],
    recipient: &Recipient<'_>,
    rules: &LadderContext<'_>,
) -> RemindersAround {
    let mut around = RemindersAround::default();
    let call_ends = rules.now.saturating_sub(POOL_CALL_ENDS_MS);
    rings_of(promises, recipient, rules, |rings| {
        let mut missed: Option<Reminder> = None;
        for ring in rings {
            let reminder = ring.reminder;
            if reminder.at >= rules.now {
                around.ahead.extend((!ring.is_seen).then_some(reminder));
                continue;
            }
            let is_call = reminder.callback || reminder.level == ReminderLevel::Pool;
            if ring.is_seen {
                missed = None;
            } else if !is_call || reminder.at >= call_ends {
                missed = Some(match missed.take() {
                    Some(earlier) => reminder.speaking_for(earlier),
                    None => reminder,
                });
            }
        }
        around.missed.extend(missed);
    });
    around
}

impl Reminder {
    /// Returns the same reminder, which says an earlier one of its promise as well.
    pub(crate) fn speaking_for(mut self, earlier: Self) -> Self {
        for rung in earlier.also.into_iter().chain([earlier.rung_words]) {
            if rung != self.rung_words && !self.also.contains(&rung) {
                self.also.push(rung);
            }
        }
        self
    }
}
