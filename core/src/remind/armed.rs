//! The choice of reminders to arm on a phone that holds only so many at once.

use super::Reminder;

/// Notifications that iOS keeps pending for one app.
pub const MAX_ARMED: usize = 64;
/// Of these, the slots that nothing but callbacks may take.
pub const RESERVED_FOR_CALLBACKS: usize = 8;

/// The reminders to arm now, the next first: a window that rolls on with each call. Reminders that are of no callback
/// leave [`RESERVED_FOR_CALLBACKS`] of the [`MAX_ARMED`] free, so that there is always room for a callback.
pub fn reminders_to_arm(mut reminders: Vec<Reminder>) -> Vec<Reminder> {
    reminders.sort_by(Reminder::order);
    as_many_as_fit(reminders, |reminder| reminder.callback)
}

/// The first of an ordered list, as many as a phone holds, with the same room for callbacks.
pub(crate) fn as_many_as_fit<T>(ordered: Vec<T>, is_callback: impl Fn(&T) -> bool) -> Vec<T> {
    let mut armed = Vec::with_capacity(MAX_ARMED);
    let mut open = MAX_ARMED - RESERVED_FOR_CALLBACKS;
    let mut reserved = RESERVED_FOR_CALLBACKS;
    for one in ordered {
        let slot = if is_callback(&one) && reserved > 0 {
            &mut reserved
        } else {
            &mut open
        };
        if *slot > 0 {
            *slot -= 1;
            armed.push(one);
        }
    }
    armed
}
