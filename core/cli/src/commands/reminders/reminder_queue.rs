//! The reminders that wait to ring, each once, and the time until which there is nothing to do.

use std::collections::BTreeSet;

use kept_core::model::time::Millis;
use kept_core::remind::Reminder;

/// The reminders that wait to ring, and the ids of those that have rung.
#[derive(Debug, Default)]
pub struct ReminderQueue {
    waiting: Vec<Reminder>,
    rung_ids: BTreeSet<String>,
}

impl ReminderQueue {
    /// Rings at `now` what was waiting, then waits for what a fresh look at the notebook brought. A machine that
    /// slept rings late, but rings.
    pub fn take_due(&mut self, now: Millis) -> Vec<Reminder> {
        let (due, waiting) = std::mem::take(&mut self.waiting)
            .into_iter()
            .partition(|reminder| reminder.at <= now);
        self.waiting = waiting;
        let due: Vec<Reminder> = due;
        due.into_iter()
            .filter(|reminder| self.rung_ids.insert(reminder.id.clone()))
            .collect()
    }

    /// Rings the calls that a person has by now, wherever their notebook was when they came.
    pub fn take_calls(&mut self, calls: Vec<Reminder>) -> Vec<Reminder> {
        let rings = calls.into_iter();
        rings
            .filter(|reminder| self.rung_ids.insert(reminder.id.clone()))
            .collect()
    }

    /// Takes what the notebook says: what was done, moved or seen elsewhere no longer waits.
    pub fn replace_waiting(&mut self, reminders: Vec<Reminder>) {
        self.waiting = reminders;
        self.waiting
            .retain(|reminder| !self.rung_ids.contains(&reminder.id));
    }

    /// The instant at which the next one rings, in milliseconds since the epoch; None if none waits.
    pub fn next_at(&self) -> Option<Millis> {
        self.waiting.iter().map(|reminder| reminder.at).min()
    }
}

#[cfg(test)]
mod tests {
    use kept_core::language::Message;
    use kept_core::model::ids::DocId;
    use kept_core::remind::ReminderLevel;
    use kept_core::{Environment, ScriptedEnvironment};

    use super::*;

    fn reminder(rung: &str, at: Millis) -> Reminder {
        Reminder {
            id: format!("terms/{rung}"),
            promise: DocId([1; 16]),
            at,
            level: ReminderLevel::Performer,
            rung: rung.into(),
            rung_words: Message::new("rung-due"),
            why: Message::new("remind-due"),
            also: vec![],
            renegotiate: false,
            remarks: vec![],
            already_late: false,
            callback: false,
        }
    }

    fn rings(reminder_queue: &mut ReminderQueue, clock: &ScriptedEnvironment) -> Vec<String> {
        let rings = reminder_queue.take_due(clock.wall_ms()).into_iter();
        rings.map(|reminder| reminder.rung).collect()
    }

    #[test]
    fn each_rings_once_at_its_time_or_when_the_machine_wakes() {
        let clock = ScriptedEnvironment::new(1_000, 1);
        let mut reminder_queue = ReminderQueue::default();
        reminder_queue.replace_waiting(vec![reminder("half", 2_000), reminder("due", 3_000)]);
        assert_eq!(reminder_queue.next_at(), Some(2_000));
        assert!(rings(&mut reminder_queue, &clock).is_empty());
        clock.advance(1_000);
        assert_eq!(rings(&mut reminder_queue, &clock), ["half"]);
        // The notebook, asked in the same moment, still names it.
        reminder_queue.replace_waiting(vec![reminder("half", 2_000), reminder("due", 3_000)]);
        assert_eq!(reminder_queue.next_at(), Some(3_000));
        // The lid was closed for a day.
        clock.advance(86_400_000);
        assert_eq!(rings(&mut reminder_queue, &clock), ["due"]);
        assert_eq!(reminder_queue.next_at(), None);
    }

    #[test]
    fn a_call_that_comes_late_rings_at_once_and_once() {
        let clock = ScriptedEnvironment::new(5_000, 1);
        let mut reminder_queue = ReminderQueue::default();
        let rung = |calls: Vec<Reminder>| -> Vec<String> {
            calls.into_iter().map(|reminder| reminder.rung).collect()
        };
        let call = || vec![reminder("pool-step-in", 2_000)];
        assert_eq!(rung(reminder_queue.take_calls(call())), ["pool-step-in"]);
        assert!(reminder_queue.take_calls(call()).is_empty());
        // It was known in time, and has rung with the others.
        reminder_queue.replace_waiting(vec![reminder("office-step-in", 6_000)]);
        clock.advance(2_000);
        assert_eq!(rings(&mut reminder_queue, &clock), ["office-step-in"]);
        assert!(
            reminder_queue
                .take_calls(vec![reminder("office-step-in", 6_000)])
                .is_empty()
        );
    }

    #[test]
    fn what_was_done_meanwhile_does_not_ring() {
        let clock = ScriptedEnvironment::new(1_000, 1);
        let mut reminder_queue = ReminderQueue::default();
        reminder_queue.replace_waiting(vec![reminder("half", 2_000)]);
        reminder_queue.replace_waiting(vec![]);
        clock.advance(5_000);
        assert!(rings(&mut reminder_queue, &clock).is_empty());
    }
}
