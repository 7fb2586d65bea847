//! The reminders around the present moment: those that rang while the device could not ring, and those ahead.

use super::{
    LadderContext, MissedRings, POOL_CALL_ENDS_MS, Recipient, Reminder, ReminderLevel, Ring,
    rings_of,
};
use crate::model::promise::OpenPromise;

/// The rings of a person before and after the present moment.
#[derive(Clone, Debug, Default)]
pub(crate) struct RingsAround<'a> {
    /// Those that rang and were not answered, together for each promise.
    pub(crate) missed: Vec<MissedRings<'a>>,
    /// Those that ring from now on.
    pub(crate) ahead: Vec<Ring<'a>>,
}

/// Returns the rings of a recipient's time span on both sides of the present moment of `rules`. Of several that rang
/// about one promise the last speaks for the others; none does if that or a later one was acknowledged.
pub(crate) fn rings_around<'a>(
    promises: &'a [OpenPromise],
    recipient: &Recipient<'_>,
    rules: &LadderContext<'_>,
) -> RingsAround<'a> {
    let mut around = RingsAround::default();
    let call_ends = rules.now.saturating_sub(POOL_CALL_ENDS_MS);
    rings_of(promises, recipient, rules, |rings| {
        let mut missed: Option<MissedRings<'_>> = None;
        for ring in rings {
            if ring.at() >= rules.now {
                around.ahead.extend((!ring.is_seen).then_some(ring));
                continue;
            }
            let is_call = ring.is_callback() || ring.level() == ReminderLevel::Pool;
            if ring.is_seen {
                missed = None;
            } else if !is_call || ring.at() >= call_ends {
                match &mut missed {
                    Some(earlier) => earlier.push(ring),
                    None => missed = Some(MissedRings::of(ring)),
                }
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
