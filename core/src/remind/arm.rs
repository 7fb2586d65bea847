//! The choice of reminders to arm on a phone that holds only so many at once.

use super::Reminder;

/// Notifications that iOS keeps pending for one app.
pub const WINDOW: usize = 64;
/// Of these, the slots that nothing but callbacks may take.
pub const CALLBACK_SLOTS: usize = 8;

/// The reminders to arm now, the next first: a window that rolls on with each call. Reminders that are of no callback
/// leave [`CALLBACK_SLOTS`] of the [`WINDOW`] free, so that there is always room for a callback.
#[uniffi::export]
pub fn arm(reminders: Vec<Reminder>) -> Vec<Reminder> {
    let mut waiting = reminders;
    waiting.sort_by(Reminder::order);
    let mut armed = Vec::with_capacity(WINDOW);
    let mut open = WINDOW - CALLBACK_SLOTS;
    let mut reserved = CALLBACK_SLOTS;
    for reminder in waiting {
        let slot = if reminder.callback && reserved > 0 {
            &mut reserved
        } else {
            &mut open
        };
        if *slot > 0 {
            *slot -= 1;
            armed.push(reminder);
        }
    }
    armed
}
