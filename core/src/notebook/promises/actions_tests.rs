//! The actions that are offered: each is accepted when it is written, and the likeliest stands first.

use super::*;
use crate::language::{Lang, message_text};
use crate::model::event::{Evidence, EvidenceKind};
use crate::model::ids::DocId;
use crate::model::registry::Role;
use crate::model::time::{DAY_MS, DuePart};
use crate::model::visit::Channel;
use crate::notebook::promises::drafts::PromiseDraft;
use crate::notebook::test_kit::{SAM, compare_clock, draft, due, notebook_of};
use crate::notebook::{Notebook, Promise};

use PromiseAction::*;

fn tuesday(of_day: u16) -> crate::model::time::Due {
    due("2026-11-24", DuePart::Minute { of_day })
}

/// The likeliest action on a promise, for whoever holds the notebook.
fn likeliest(notebook: &Notebook, id: DocId) -> Option<PromiseAction> {
    notebook.promise(id).unwrap().actions.first().copied()
}

/// An edit that an action leads to, with what a person would add to it; None for those that begin another promise.
fn edit_of(action: PromiseAction, promise: &Promise) -> Option<PromiseEdit> {
    let reason = String::new();
    Some(match action {
        Accept => PromiseEdit::Accept,
        Start => PromiseEdit::Start,
        Fulfil => PromiseEdit::Fulfil {
            occurred_at: None,
            evidence: vec![Evidence {
                kind: EvidenceKind::Call,
                note: String::new(),
                file: None,
            }],
        },
        Ask => PromiseEdit::Ask { person: None },
        Reassign => PromiseEdit::Reassign {
            performer: Performer::Person { person: SAM },
            reason,
        },
        NameAccount => PromiseEdit::NameAccount {
            account: DocId([7; 16]),
            contact: None,
            labels: NameSnapshot {
                account: "Mill".into(),
                ..NameSnapshot::default()
            },
        },
        Communicate => PromiseEdit::Communicate {
            channel: Channel::Call,
            contact: None,
        },
        Agree => PromiseEdit::Agree {
            due: tuesday(900),
            channel: Channel::Call,
            words: String::new(),
            contact: None,
            suggestion: None,
        },
        Propose => PromiseEdit::Propose {
            due: tuesday(900),
            reason,
        },
        Decline => PromiseEdit::Decline { reason },
        Confirm => PromiseEdit::Confirm {
            mood: Mood::SoSo,
            contact: None,
        },
        Resolve => PromiseEdit::Resolve {
            dispute: promise.open_dispute?,
            finding: Finding::Broken,
            reason,
        },
        Thank => PromiseEdit::Thank { person: SAM },
        Dispute => PromiseEdit::Dispute {
            words: "it drips again".into(),
        },
        Cancel => PromiseEdit::Cancel {
            by: CancelledBy::Customer,
            agreed_by: None,
            reason,
        },
        TakeBack => PromiseEdit::Retract {
            event: *promise.retractable.first()?,
        },
        MakeRight | WriteAgain => return None,
    })
}

#[test]
fn what_is_offered_is_accepted_in_every_state_that_it_leads_to() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Office);
    // Every path of two actions, then every action that is offered there.
    let written = |path: &[PromiseAction]| -> Option<DocId> {
        let id = ann.make_promise(draft("delivery", tuesday(600))).unwrap();
        for action in path {
            let edit = edit_of(*action, &ann.promise(id).unwrap())?;
            ann.change_promise(id, vec![edit]).ok()?;
        }
        Some(id)
    };
    let mut judged = 0;
    for first in PromiseAction::ALL {
        for second in PromiseAction::ALL {
            let Some(id) = written(&[first, second]) else {
                continue;
            };
            let promise = ann.promise(id).unwrap();
            for action in promise.actions {
                let Some(again) = written(&[first, second]) else {
                    panic!("{first:?}, {second:?} was written before");
                };
                let Some(edit) = edit_of(action, &ann.promise(again).unwrap()) else {
                    continue;
                };
                let result = ann.change_promise(again, vec![edit]);
                assert!(
                    result.is_ok(),
                    "{action:?} after {first:?}, {second:?}: {result:?}"
                );
                judged += 1;
            }
        }
    }
    assert!(judged > 200, "only {judged} actions were tried");
}

#[test]
fn the_likeliest_action_is_that_of_whoever_has_to_move() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, environment) = notebook_of(&folder, Role::Office);
    let by_sam = |edits: Vec<PromiseEdit>, id| ann.change_promise_for(id, SAM, edits).unwrap();
    let new = |kind: &str, ask: bool, performer: Performer| {
        let plain = PromiseDraft {
            ask,
            performer,
            ..draft(kind, tuesday(600))
        };
        ann.make_promise(plain).unwrap()
    };
    let sam = || Performer::Person { person: SAM };
    let me = Performer::Person {
        person: ann.me().unwrap().person,
    };

    let nobody = new("delivery", false, Performer::Nobody);
    assert_eq!(likeliest(&ann, nobody), Some(Reassign), "nobody is named");
    let unasked = new("delivery", false, sam());
    assert_eq!(likeliest(&ann, unasked), Some(Ask), "nobody was asked");
    let declined = new("delivery", true, sam());
    by_sam(
        vec![PromiseEdit::Decline {
            reason: String::new(),
        }],
        declined,
    );
    assert_eq!(likeliest(&ann, declined), Some(Reassign), "declined");
    let offered = new("delivery", true, sam());
    let later = PromiseEdit::Propose {
        due: tuesday(900),
        reason: String::new(),
    };
    by_sam(vec![later], offered);
    assert_eq!(
        likeliest(&ann, offered),
        Some(Agree),
        "another date is offered"
    );
    let mine = new("delivery", false, me.clone());
    assert_eq!(likeliest(&ann, mine), Some(Start), "mine to do");
    ann.change_promise(mine, vec![PromiseEdit::Start]).unwrap();
    assert_eq!(likeliest(&ann, mine), Some(Fulfil), "begun");
    let callback = new("callback", false, me);
    assert_eq!(
        likeliest(&ann, callback),
        Some(Fulfil),
        "a callback is done at once"
    );
    let done = new("delivery", true, sam());
    let fulfil = PromiseEdit::Fulfil {
        occurred_at: None,
        evidence: vec![],
    };
    by_sam(vec![PromiseEdit::Accept, fulfil], done);
    assert_eq!(likeliest(&ann, done), Some(Confirm), "done");
    let words = "it drips".to_owned();
    ann.change_promise(done, vec![PromiseEdit::Dispute { words }])
        .unwrap();
    assert_eq!(likeliest(&ann, done), Some(Resolve), "in dispute");
    let dispute = ann.promise(done).unwrap().open_dispute.unwrap();
    let broken = PromiseEdit::Resolve {
        dispute,
        finding: Finding::Broken,
        reason: String::new(),
    };
    ann.change_promise(done, vec![broken]).unwrap();
    assert_eq!(likeliest(&ann, done), Some(MakeRight), "found broken");

    // Past the moment to begin, another date comes before beginning.
    let late = new(
        "delivery",
        false,
        Performer::Person {
            person: ann.me().unwrap().person,
        },
    );
    let start_by = ann.promise(late).unwrap().start_by.unwrap();
    environment.advance(start_by - ann.now_ms().unwrap() + 1);
    assert_eq!(likeliest(&ann, late), Some(Agree), "too late to begin");
}

#[test]
fn a_technician_is_offered_nothing_of_the_office_and_nobody_anothers_day_old_word() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, environment) = notebook_of(&folder, Role::Technician);
    compare_clock(&ann, &environment);
    let id = ann.make_promise(draft("delivery", tuesday(600))).unwrap();
    let promise = ann.promise(id).unwrap();
    assert_eq!(
        promise.actions_for_performer,
        [],
        "only the office writes for others"
    );
    assert!(!promise.actions.contains(&Accept), "Sam is to deliver");
    assert!(!promise.actions.contains(&Resolve));
    assert!(promise.actions.contains(&TakeBack));
    assert_eq!(
        promise.actions,
        ann.promise_actions(vec![id]).unwrap()[0].actions
    );
    environment.advance(DAY_MS + 1);
    let promise = ann.promise(id).unwrap();
    assert_eq!(promise.retractable, [], "after 24 hours");
    assert!(!promise.actions.contains(&TakeBack));
}

#[test]
fn the_office_may_write_for_a_performer_who_phones_in() {
    let folder = tempfile::tempdir().unwrap();
    let (ann, _) = notebook_of(&folder, Role::Office);
    let id = ann.make_promise(draft("delivery", tuesday(600))).unwrap();
    let promise = ann.promise(id).unwrap();
    assert_eq!(
        promise.actions_for_performer,
        [Accept, Start, Fulfil, Propose, Decline]
    );
    for action in promise.actions_for_performer {
        let id = ann.make_promise(draft("delivery", tuesday(600))).unwrap();
        let edit = edit_of(action, &ann.promise(id).unwrap()).unwrap();
        ann.change_promise_for(id, SAM, vec![edit]).unwrap();
    }
}

#[test]
fn an_action_has_a_name_in_both_languages() {
    for action in PromiseAction::ALL {
        let name = promise_action_message(action);
        let (en, de) = (message_text(&name, Lang::En), message_text(&name, Lang::De));
        assert!(en != de && en != name.key, "{action:?}: {en}, {de}");
    }
}
