//! A promise that does not count is shown everywhere, and written again once.

use super::*;
use crate::language::{Lang, message_text};
use crate::model::event::Performer;
use crate::model::event_kind::EventKind;
use crate::model::promise::WorkState;
use crate::model::registry::{RegistryRow, Role};
use crate::model::time::{Due, Millis};
use crate::model::visit::Channel;
use crate::notebook::test_kit::{SAM, compare_clock, key_of, notebook_of};
use crate::notebook::{PromiseEdit, PromiseListQuery};
use crate::store::{Store, meta, registry};

/// Changes the registry: this notebook's person left at an instant, or came back.
fn told(notebook: &Notebook, from: Millis, left: bool) {
    let row = |store: &mut Store| {
        let me = meta::identity(store.read())?.person;
        let mut row = registry::load(store.read())?.colleagues[&me].clone();
        row.from = from;
        row.to = left.then_some(from);
        store.write(|tx| registry::take(tx, &RegistryRow::Colleague(row)))?;
        Ok(())
    };
    notebook.write(row).unwrap();
    notebook.rebuild().unwrap();
}

#[test]
fn a_promise_that_does_not_count_is_shown_everywhere_until_it_is_written_again() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, environment) = notebook_of(&folder, Role::Technician);
    compare_clock(&ann, &environment);
    let due = Due::at(ann.now_ms().unwrap() + 48 * 3_600_000, "Europe/Berlin").unwrap();
    let draft = PromiseDraft {
        kind: "delivery".into(),
        deliverable: "a new seal".into(),
        criterion: "no drops".into(),
        account: None,
        contact: None,
        performer: Performer::Person { person: SAM },
        due: due.clone(),
        words: "in two days".into(),
        channel: Channel::Call,
        told: true,
        ask: true,
        not_before: None,
        suggestion: None,
        makes_right: None,
    };
    let id = ann.make_promise(draft).unwrap();
    assert_eq!(
        key_of(ann.rewrite_promise(id, RewriteDraft::default())),
        "error-counts-already"
    );
    told(&ann, ann.now_ms().unwrap() - 60_000, true);

    let list = |open_only| {
        let (account, limit) = (None, 10);
        let query = PromiseListQuery {
            open_only,
            mine: true,
            account,
            limit,
            offset: 0,
            kind: None,
        };
        let listed = ann.promises(query).unwrap().into_iter();
        listed.map(|promise| promise.id).collect::<Vec<_>>()
    };
    let shown = ann.promise(id).unwrap();
    assert!(matches!(
        shown.summary.state.work,
        WorkState::NotCounted { .. }
    ));
    for (lang, says) in [
        (Lang::En, "did not work here"),
        (Lang::De, "arbeitete damals nicht hier"),
    ] {
        let words = message_text(&shown.summary.state_words, lang);
        assert!(words.contains(says), "{words}");
    }
    assert!(shown.events.iter().all(|event| !event.counts));
    assert_eq!((list(true), list(false)), (vec![id], vec![id]));
    let overview = ann.my_overview().unwrap();
    assert_eq!((overview.not_counted[0].id, overview.counts.open), (id, 0));
    assert!(overview.reminders.is_empty());
    assert_eq!(ann.status().unwrap().not_counted[0].id, id);
    assert_eq!(ann.search("seal".into(), 5).unwrap()[0].id, id);
    assert!(
        ann.latest_entries(5, None, vec![]).unwrap()[0]
            .promise
            .is_some()
    );
    assert!(ann.explain_promise(id).is_ok());
    assert!(ann.verify().unwrap().is_healthy());
    let called_off = PromiseEdit::Accept;
    assert_eq!(
        key_of(ann.change_promise(id, vec![called_off])),
        "error-not-counted"
    );

    environment.advance(3_600_000);
    told(&ann, ann.now_ms().unwrap() - 1_000, false);
    assert_eq!(list(true), [id], "as it was when it was written");
    let again = ann.rewrite_promise(id, RewriteDraft::default()).unwrap();
    let (old, new) = (ann.promise(id).unwrap(), ann.promise(again).unwrap());
    assert_eq!((old.successor, new.predecessor), (Some(again), Some(id)));
    assert!(new.summary.state.work.is_open());
    assert_eq!(new.summary.deliverable, "a new seal");
    assert_eq!(
        (&new.spoken, &new.summary.due.date),
        (&"in two days".into(), &due.date)
    );
    let happened: Vec<&str> = new
        .events
        .iter()
        .map(|event| event.kind.map_or("unknown", EventKind::name))
        .collect();
    assert_eq!(happened, ["made", "communicated", "asked"]);
    assert_eq!((list(true), list(false).len()), (vec![again], 2));
    assert!(ann.my_overview().unwrap().not_counted.is_empty());
    assert!(ann.status().unwrap().not_counted.is_empty());
    assert_eq!(
        key_of(ann.rewrite_promise(id, RewriteDraft::default())),
        "error-written-again"
    );
    assert!(ann.verify().unwrap().is_healthy());
}
