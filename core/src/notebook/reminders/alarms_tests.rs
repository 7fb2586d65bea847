//! Alarms of a phone that was off, that has many, whose clock was set, and that is locked.

use std::sync::Arc;

use super::*;
use crate::environment::{Environment, ScriptedEnvironment};
use crate::language::{Lang, message_text};
use crate::model::event::Performer;
use crate::model::registry::Role;
use crate::model::time::Due;
use crate::notebook::promises::drafts::PromiseDraft;
use crate::notebook::promises::mine::HeldPromises;
use crate::notebook::test_kit::{compare_clock, draft, named, notebook_of};
use crate::store::open_promises::decoded;

const HOUR_MS: i64 = 3_600_000;

/// The phone of Ann, a technician, who has to deliver what she promises.
struct Phone {
    _folder: tempfile::TempDir,
    notebook: Notebook,
    environment: Arc<ScriptedEnvironment>,
}

impl Phone {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (notebook, environment) = notebook_of(&folder, Role::Technician);
        compare_clock(&notebook, &environment);
        Self {
            _folder: folder,
            notebook,
            environment,
        }
    }

    fn promise(&self, kind: &str, due_in: i64) -> DocId {
        let due = Due::at(self.notebook.now_ms().unwrap() + due_in, "UTC").unwrap();
        let me = self.notebook.me().unwrap().person;
        let draft = PromiseDraft {
            performer: Performer::Person { person: me },
            ..draft(kind, due)
        };
        self.notebook.make_promise(draft).unwrap()
    }

    fn alarms(&self, looked_at: Option<Millis>) -> Alarms {
        self.notebook.alarms(looked_at).unwrap()
    }
}

fn rungs(alarms: &[Alarm]) -> Vec<&str> {
    let rungs = alarms.iter().map(|alarm| alarm.reminder.rung.as_str());
    rungs.collect()
}

#[test]
fn what_rang_while_the_phone_was_off_rings_once_when_it_comes_back() {
    let phone = Phone::new();
    phone.promise("other", 20 * HOUR_MS);
    let before = phone.alarms(None);
    assert_eq!(rungs(&before.ring_now), [""; 0]);
    assert!(rungs(&before.arm).contains(&"2-hours"), "{before:?}");

    phone.environment.advance(18 * HOUR_MS + HOUR_MS / 4);
    let back = phone.alarms(Some(before.looked_at));
    assert_eq!(rungs(&back.ring_now), ["2-hours"]);
    assert!(back.ring_now[0].missed && !back.arm[0].missed);
    assert_eq!(rungs(&back.arm)[..2], ["30-minutes", "due"]);
    assert_eq!(rungs(&phone.alarms(Some(back.looked_at)).ring_now), [""; 0]);
}

#[test]
fn of_several_rungs_missed_only_the_last_rings_and_says_so() {
    let phone = Phone::new();
    phone.promise("other", 20 * HOUR_MS);
    let looked_at = Some(phone.alarms(None).looked_at);
    phone.environment.advance(20 * HOUR_MS + HOUR_MS / 4);
    let back = phone.alarms(looked_at).ring_now;
    assert_eq!(rungs(&back), ["due"]);
    let also = &back[0].reminder.also;
    let also: Vec<&str> = also.iter().map(|words| words.key.as_str()).collect();
    assert_eq!(also[..2], ["rung-2-hours", "rung-30-minutes"]);

    let seen = back[0].reminder.id.clone();
    let promise = back[0].reminder.promise;
    phone.notebook.acknowledge_reminder(promise, seen).unwrap();
    let silent = phone.alarms(looked_at).ring_now;
    assert_eq!(rungs(&silent), [""; 0], "those before are silent too");
}

#[test]
fn alarms_leave_room_for_callbacks_and_the_time_to_look_again_is_said() {
    let phone = Phone::new();
    let few = phone.alarms(None);
    assert_eq!(few.again_at, few.looked_at + LOOK_AGAIN_MS);
    for number in 0..40 {
        phone.promise("other", (10 + number) * HOUR_MS / 2);
    }
    let callback = phone.promise("callback", 60 * HOUR_MS);
    let many = phone.alarms(None);
    let calls = many.arm.iter().filter(|alarm| alarm.reminder.callback);
    let calls: Vec<DocId> = calls.map(|alarm| alarm.reminder.promise).collect();
    assert!(!calls.is_empty() && calls.iter().all(|id| *id == callback));
    assert_eq!(
        many.arm.len(),
        remind::MAX_ARMED - remind::RESERVED_FOR_CALLBACKS + calls.len()
    );
    let mut ordinary = many.arm.iter().filter(|alarm| !alarm.reminder.callback);
    let last = ordinary.next_back().unwrap();
    assert_eq!(
        many.again_at, last.reminder.at,
        "not that of a later callback"
    );
    assert!(many.again_at < few.again_at);
}

#[test]
fn a_clock_set_back_a_year_rings_nothing_twice() {
    let phone = Phone::new();
    phone.promise("other", 20 * HOUR_MS);
    phone.environment.advance(18 * HOUR_MS + HOUR_MS / 4);
    let rang = phone.alarms(None);
    assert_eq!(rungs(&rang.ring_now), ["2-hours"]);
    let year = 365 * DAY_MS;
    let wall = phone.environment.wall_ms();
    phone.environment.restart();
    phone.environment.set_wall(wall - year);
    let back = phone.alarms(Some(rang.looked_at));
    assert_eq!(rungs(&back.ring_now), [""; 0]);
    // What is promised by the clock as it is now is armed, though the phone looked a year ahead of it.
    phone.promise("fix", 20 * HOUR_MS);
    let armed = phone.alarms(Some(rang.looked_at)).arm;
    assert!(rungs(&armed).contains(&"2-hours"), "{armed:?}");
}

#[test]
fn a_locked_profiles_alarm_names_no_customer() {
    let phone = Phone::new();
    let customer = phone.notebook.create_account(named("Hotel Adler")).unwrap();
    for kind in ["callback", "fix"] {
        let due = Due::at(phone.notebook.now_ms().unwrap() + 5 * HOUR_MS, "UTC").unwrap();
        let me = phone.notebook.me().unwrap().person;
        let draft = PromiseDraft {
            account: Some(customer),
            performer: Performer::Person { person: me },
            ..draft(kind, due)
        };
        phone.notebook.make_promise(draft).unwrap();
    }
    let armed = phone.alarms(None).arm;
    assert!(armed.iter().any(|alarm| alarm.reminder.callback));
    for alarm in &armed {
        assert_eq!(alarm.account_name, "Hotel Adler");
        for lang in [Lang::En, Lang::De] {
            assert!(message_text(&alarm.title, lang).contains("Hotel Adler"));
            let private = message_text(&alarm.private_title, lang);
            assert!(!private.contains("Hotel Adler") && !private.contains("a call"));
        }
    }
}

#[test]
fn a_callback_is_answered_done_call_or_cannot_and_a_deadline_by_beginning() {
    use ReminderAction::{Cannot, Done, Renegotiate, Start, StillFine};
    let phone = Phone::new();
    let callback = phone.promise("callback", 5 * HOUR_MS);
    let deadline = phone.promise("other", 5 * HOUR_MS);
    let armed = phone.alarms(None).arm;
    let actions = |id| {
        let alarm = armed.iter().find(|alarm| alarm.reminder.promise == id);
        alarm.unwrap().actions.clone()
    };
    assert_eq!(actions(callback), [Done, Cannot], "nobody has a number");
    assert_eq!(actions(deadline), [Start, StillFine, Renegotiate]);
}

/// Promises of many kinds and dates, some late, some far ahead.
fn many_promises(phone: &Phone) {
    let kinds = ["callback", "fix", "other", "quote"];
    for (number, kind) in (0..120).zip(kinds.into_iter().cycle()) {
        phone.promise(kind, (1 + number * number / 5) * HOUR_MS);
    }
    phone.environment.advance(26 * HOUR_MS);
}

/// The alarms by one look at all promises and the whole time ahead: ids of those that ring and are armed, and when to
/// ask again.
fn alarms_at_once(phone: &Phone, looked_at: Millis) -> (Vec<String>, Vec<String>, Millis) {
    let around = phone.notebook.read(|store| {
        let context = Context::load(&phone.notebook, store)?;
        let held = HeldPromises::read(&context, store, 14 * DAY_MS)?;
        let recipient = context.recipient(looked_at, 14 * DAY_MS);
        let pace = context.pace(&held.mine, store)?;
        let rules = context.rules(&pace);
        let around = remind::rings_around(&held.mine, &recipient, &rules);
        let mut missed = around.missed;
        add_calls(
            &mut missed,
            remind::calls_to(context.me(), &held.mine, &rules),
        );
        let words = |rings: Vec<Ring<'_>>| -> Vec<Reminder> {
            rings.iter().map(|ring| ring.reminder(&rules)).collect()
        };
        let missed = missed.iter().map(|missed| missed.reminder(&rules));
        Ok((missed.collect::<Vec<_>>(), words(around.ahead), context.now))
    });
    let (mut missed, mut ahead, now) = around.unwrap();
    missed.sort_by(|one, other| other.order(one));
    ahead.sort_by(Reminder::order);
    let missed = remind::as_many_as_fit(missed, |reminder| reminder.callback);
    ahead.retain(|reminder| !missed.iter().any(|rings| rings.id == reminder.id));
    let arm = remind::reminders_to_arm(ahead.clone());
    let week = now + LOOK_AGAIN_MS;
    let again_at = last_before_gap(&ahead, &arm).map_or(week, |at| at.min(week));
    let ids = |reminders: Vec<Reminder>| reminders.into_iter().map(|one| one.id).collect();
    (ids(missed), ids(arm), again_at)
}

#[test]
fn alarms_that_are_read_in_spans_are_those_of_one_look_at_all() {
    let phone = Phone::new();
    many_promises(&phone);
    for hours in [0, 7, 40, 200, 500] {
        phone.environment.advance(hours * HOUR_MS);
        let looked_at = phone.notebook.now_ms().unwrap() - DAY_MS;
        let alarms = phone.alarms(Some(looked_at));
        let ids = |alarms: &[Alarm]| -> Vec<String> {
            alarms
                .iter()
                .map(|alarm| alarm.reminder.id.clone())
                .collect()
        };
        let found = (ids(&alarms.ring_now), ids(&alarms.arm), alarms.again_at);
        assert!(!found.1.is_empty());
        assert_eq!(found, alarms_at_once(&phone, looked_at), "{hours}");
    }
}

#[test]
fn what_is_not_shown_is_not_put_in_words_and_what_is_far_is_not_read() {
    let phone = Phone::new();
    for number in 0..100 {
        phone.promise("fix", 2 * HOUR_MS + number * HOUR_MS / 5);
        phone.promise("fix", 40 * DAY_MS + number * HOUR_MS);
    }
    let (words, rows) = (remind::worded(), decoded());
    let alarms = phone.alarms(None);
    assert_eq!(alarms.ring_now, []);
    let room = remind::MAX_ARMED - remind::RESERVED_FOR_CALLBACKS;
    assert_eq!(alarms.arm.len(), room);
    assert_eq!(remind::worded() - words, remind::ENOUGH);
    assert_eq!(decoded() - rows, 100);
}
