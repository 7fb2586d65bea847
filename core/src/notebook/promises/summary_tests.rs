//! The summary of a promise: flags, lateness, the people in it, each said once.

use crate::document::{self, WriteContext};
use crate::environment::Environment;
use crate::language::{Lang, Message};
use crate::model::account::AccountDraft;
use crate::model::edit::{Edit, Operation};
use crate::model::event::{EventBody, Performer};
use crate::model::event_quota;
use crate::model::handbook::KindEdit;
use crate::model::ids::{Actor, GroupId, InstallationId};
use crate::model::promise::Flag;
use crate::model::registry::{Device, RegistryRow, Role};
use crate::model::time::{Due, DuePart, RecordedTime};
use crate::model::visit::Channel;
use crate::notebook::errors::KeptError;
use crate::notebook::promises::drafts::{PromiseDraft, PromiseEdit};
use crate::notebook::test_kit::{SAM, key_of, notebook_of};
use crate::notebook::test_kit::{SUNDAY, draft, due, events};
use crate::store::changes::{self, NewChange};
use crate::store::{group_writer, meta, projection, queries, registry};
use crate::testing::{HOUR, NOON};

#[test]
fn what_somebody_who_left_was_to_do_is_flagged_until_somebody_else_has_it() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, environment) = notebook_of(&folder, Role::Office);
    let soon = due("2026-11-24", DuePart::Minute { of_day: 600 });
    let id = ann.make_promise(draft("fix", soon)).unwrap();
    let flags = || ann.promise(id).unwrap().summary.flags;
    assert_eq!(flags(), []);
    ann.write(|store| {
        let mut sam = registry::load(store.read())?.colleagues[&SAM].clone();
        sam.to = Some(environment.wall_ms());
        store.write(|tx| registry::take(tx, &RegistryRow::Colleague(sam)))?;
        Ok(())
    })
    .unwrap();
    assert_eq!(flags(), [Flag::PerformerLeft { person: SAM }]);
    let me = ann.me().unwrap().person;
    let mine = PromiseEdit::Reassign {
        performer: Performer::Person { person: me },
        reason: String::new(),
    };
    ann.change_promise(id, vec![mine]).unwrap();
    assert_eq!(flags(), []);
}

#[test]
fn one_person_fills_a_quarter_of_a_promise_and_it_stays() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Office);
    let soon = due("2026-11-24", DuePart::Minute { of_day: 600 });
    let id = ann.make_promise(draft("callback", soon)).unwrap();
    let me = ann.read(|store| Ok(meta::identity(store.read())?)).unwrap();
    let number = std::cell::Cell::new(0_u32);
    let new_id = || {
        number.set(number.get() + 1);
        let mut id = [7; 16];
        id[12..].copy_from_slice(&number.get().to_be_bytes());
        id
    };
    let write_context = |actor| WriteContext {
        actor,
        device: me.installation,
        time: RecordedTime {
            wall_ms: NOON,
            zone: "UTC".into(),
            offset_ms: Some(0),
            age_ms: Some(0),
            known_ms: None,
        },
        on_behalf: None,
        new_id: &new_id,
    };
    let seen = |count| {
        let rung = "due".to_owned();
        let body = EventBody::ReminderAcked { rung };
        let operation = Operation::AppendEvents(vec![body; count]);
        Edit { doc: id, operation }
    };
    let append = |count| {
        let written = ann.write(|store| {
            let group = GroupId(new_id());
            let edits = [seen(count)];
            store
                .write(|tx| {
                    group_writer::write_group(tx, &edits, &write_context(me.actor), group, None)
                })
                .map_err(KeptError::from)
        });
        written.map(|_| ())
    };
    let mut left = event_quota::MAX_EVENTS_PER_AUTHOR - events(&ann, id).len() - 1;
    while left > 0 {
        let some = left.min(250);
        append(some).unwrap();
        left -= some;
    }
    // Another device has not seen the last event that fits.
    let other = ann.read(|store| Ok(changes::load(store.read(), id)?));
    let mut other = other.unwrap();
    let further = RegistryRow::Device(Device {
        id: InstallationId([9; 16]),
        person: me.person,
        label: "a tablet".into(),
        actors: vec![Actor([9; 16])],
        push: None,
        enrolled: 0,
        revoked: None,
        server: false,
    });
    ann.write(|store| Ok(store.write(|tx| registry::take(tx, &further))?))
        .unwrap();
    let registry = ann.read(|store| Ok(registry::load(store.read())?)).unwrap();
    let stray = document::write(
        &mut other,
        &seen(1),
        &write_context(Actor([9; 16])),
        &registry,
    );
    let stray = stray.unwrap().unwrap();
    append(1).unwrap();
    assert_eq!(events(&ann, id).len(), event_quota::MAX_EVENTS_PER_AUTHOR);

    let rows = ann.rows().unwrap();
    let tell = PromiseEdit::Communicate {
        contact: None,
        channel: Channel::Call,
    };
    let refused = ann.change_promise(id, vec![tell]);
    assert_eq!(key_of(refused), "error-too-many-events-of-one");
    assert_eq!(ann.rows().unwrap(), rows);
    assert!(ann.verify().unwrap().is_healthy());

    let account = ann.create_account(AccountDraft {
        name: "Adler".into(),
        ..AccountDraft::default()
    });
    let come = ann.write(|store| {
        let done = store.write(|tx| {
            let change = NewChange {
                doc: id,
                change: &stray.change,
                parent: None,
                group: GroupId([9; 16]),
                receipt: None,
            };
            changes::insert(tx, &change)?;
            projection::refresh(tx, id, &registry::load(tx)?)
        });
        done.map_err(KeptError::from)
    });
    come.unwrap();
    let aside = ann.read(|store| Ok(queries::quarantined(store.read())?));
    assert_eq!(aside.unwrap(), []);
    let crowded = ann.promise(id).unwrap();
    let flag = crowded.summary.flags.iter().find_map(|flag| match flag {
        Flag::NoRoom { events, most_by } => Some((*events, *most_by)),
        _ => None,
    });
    assert_eq!(flag, Some((1, Some(me.person))));
    assert_eq!(events(&ann, id).len(), event_quota::MAX_EVENTS_PER_AUTHOR);
    let last = crowded.events.last().unwrap();
    assert_eq!(
        (last.counts, crowded.events.len()),
        (false, event_quota::MAX_EVENTS_PER_AUTHOR + 1)
    );
    assert_eq!(last.remarks[0].key, "event-not-allowed");
    assert!(ann.verify().unwrap().is_healthy());
    assert!(ann.account(account.unwrap()).is_ok(), "others are read");
}

#[test]
fn a_pool_is_spoken_of_as_whoever_is_free_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Office);
    ann.write(|store| {
        let mut sam = registry::load(store.read())?.colleagues[&SAM].clone();
        sam.pools = vec!["service".parse().unwrap()];
        store.write(|tx| registry::take(tx, &RegistryRow::Colleague(sam)))?;
        Ok(())
    })
    .unwrap();
    let pool = Performer::Pool {
        pool: "service".parse().unwrap(),
    };
    let soon = Due::at(ann.now_ms().unwrap() + 3_600_000, "Europe/Berlin").unwrap();
    let mut to_pool = draft("fix", soon);
    to_pool.performer = pool.clone();
    let id = ann.make_promise(to_pool).unwrap();
    ann.change_promise(
        id,
        vec![PromiseEdit::Reassign {
            performer: pool,
            reason: String::new(),
        }],
    )
    .unwrap();
    let promise = ann.promise(id).unwrap();
    let said = |words: &Message, lang| crate::language::message_text(words, lang);
    let (line, next) = (&promise.summary.performer_words, &promise.next_words);
    assert_eq!(
        (said(line, Lang::En), said(line, Lang::De)),
        (
            "Whoever is free on call for “service” delivers".into(),
            "Es liefert, wer in der Rufbereitschaft „service“ gerade frei ist".into()
        )
    );
    assert!(said(next, Lang::En).contains("whoever is free on call for “service”"));
    let given = &promise.events.last().unwrap().words;
    assert_eq!(
        said(given, Lang::En),
        "gave it to whoever is free on call for “service”"
    );
}

#[test]
fn a_closed_day_is_one_whatever_part_of_it_was_said() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, environment) = notebook_of(&folder, Role::Office);
    let parts = [DuePart::Day, DuePart::Morning, DuePart::Afternoon];
    let ends = parts.map(|part| {
        let id = ann.make_promise(draft("fix", due(SUNDAY, part))).unwrap();
        ann.promise(id).unwrap().summary.due_at
    });
    let friday = due("2026-11-27", DuePart::Day).instant().unwrap();
    assert_eq!(ends, [friday; 3]);
    // A morning on which people work ends at noon.
    let monday = due("2026-11-30", DuePart::Morning);
    let id = ann.make_promise(draft("fix", monday.clone())).unwrap();
    assert_eq!(ann.promise(id).unwrap().summary.due, monday);
    // On the Saturday before, all three are over.
    environment.advance(6 * 24 * 60 * 60 * 1000);
    for part in parts {
        let made = ann.make_promise(draft("fix", due(SUNDAY, part)));
        assert_eq!(key_of(made), "error-due-closed", "{part:?}");
    }
}

/// The tests begin at noon on a Sunday, which is 13:00 in Berlin.
#[test]
fn lateness_counts_from_the_owed_instant_in_the_days_of_its_kind() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, environment) = notebook_of(&folder, Role::Office);
    let always = vec![KindEdit::WorkingTime {
        working_time: false,
    }];
    ann.save_kind("quote".into(), always).unwrap();
    let thursday = || due("2026-11-26", DuePart::Day);
    let [fix, quote] = ["fix", "quote"].map(|kind| {
        let own = PromiseDraft {
            performer: Performer::Person {
                person: ann.me().unwrap().person,
            },
            ..draft(kind, thursday())
        };
        ann.make_promise(own).unwrap()
    });
    let minute = PromiseDraft {
        performer: Performer::Person {
            person: ann.me().unwrap().person,
        },
        ..draft("fix", due("2026-11-23", DuePart::Minute { of_day: 600 }))
    };
    let call = ann.make_promise(minute).unwrap();
    let said = |id| {
        let summary = ann.promise(id).unwrap().summary;
        let late = summary.late_words.as_ref();
        let late = late.map(|words| crate::language::message_text(words, Lang::En));
        (summary.state.late_ms, late)
    };
    environment.advance(21 * HOUR + 4 * 60_000);
    assert_eq!(said(call), (0, None), "five minutes are granted");
    environment.advance(7 * 60_000);
    let late = Some("11 min late, still to do".to_owned());
    assert_eq!(
        said(call),
        (11 * 60_000, late),
        "they count once they are over"
    );
    // Monday ten o'clock: Friday and Monday were worked, four days passed.
    environment.advance(7 * 24 * HOUR - 11 * 60_000);
    let (_, late) = said(fix);
    assert_eq!(late.unwrap(), "2 working days late, still to do");
    let (_, late) = said(quote);
    assert_eq!(late.unwrap(), "4 days late, still to do");
}

/// A state, the flags below it, who delivers and what comes next are read one after the other.
#[test]
fn what_is_shown_of_a_late_promise_is_said_once() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, environment) = notebook_of(&folder, Role::Office);
    let me = ann.me().unwrap().person;
    let own = PromiseDraft {
        performer: Performer::Person { person: me },
        ..draft("fix", due("2026-11-23", DuePart::Minute { of_day: 600 }))
    };
    let id = ann.make_promise(own).unwrap();
    ann.change_promise(id, vec![PromiseEdit::Accept]).unwrap();
    environment.advance(3 * 24 * 60 * 60 * 1000);
    let promise = ann.promise(id).unwrap();
    let summary = &promise.summary;
    assert!(summary.flags.contains(&Flag::AlreadyLate));
    let shown = [
        &summary.state_words,
        &summary.sentence,
        &summary.performer_words,
        &promise.next_words,
    ];
    let shown: Vec<_> = shown.into_iter().chain(&summary.flag_words).collect();
    for lang in [Lang::En, Lang::De] {
        let said: Vec<_> = shown
            .iter()
            .map(|words| crate::language::message_text(words, lang))
            .collect();
        let late = said
            .iter()
            .filter(|text| text.contains("late") || text.contains("zu spät"));
        assert_eq!(late.count(), 1, "{said:?}");
        let performer = said[2].as_str();
        assert!(!said[3].contains(performer), "{said:?}");
    }
}
