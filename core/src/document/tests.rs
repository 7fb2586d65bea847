//! Golden files of first changes, and what merging must do.

use automerge::transaction::Transactable;

use crate::document::chunk::CheckedChange;
use crate::document::{Content, LoadedDocument};
use crate::model::account::{
    Account, AccountDraft, AccountEdit, ContactDraft, ContactPointDraft, ContactPointKind,
};
use crate::model::calendar::{Shift, WorkingCalendar};
use crate::model::colleague_profile::{PersonDraft, PersonEdit};
use crate::model::edit::{Operation, Part};
use crate::model::event::EvidenceKind;
use crate::model::event_kind::EventKind;
use crate::model::handbook::{HandbookTopic, HoursEdit, KindDraft, KindEdit};
use crate::model::ids::{DocId, Hash, ItemId, PersonId};
use crate::model::placement::DocumentKind;
use crate::model::registry::Role;
use crate::model::visit::{UsageDraft, VisitDraft, VisitPlace};
use crate::testing::{NOON, TestAuthor, content, event_sample, golden, loaded, test_author};

const DOC: DocId = DocId([0xd0; 16]);

mod answers;
mod events;
mod needs;

fn account_draft() -> AccountDraft {
    AccountDraft {
        name: "Bäckerei Süß".into(),
        source: Some("vcard:uid:7".into()),
        tags: vec!["bakery".into()],
        notes: "Key at the neighbour’s.\n".into(),
        contact_points: vec![phone("+49 30 1")],
        contacts: vec![ContactDraft {
            id: Some(ItemId([0xc0; 16])),
            name: "Frau Süß".into(),
            role: "owner".into(),
            ..ContactDraft::default()
        }],
        ..AccountDraft::default()
    }
}

fn phone(number: &str) -> ContactPointDraft {
    let (label, value) = (String::new(), number.to_owned());
    ContactPointDraft {
        id: Some(ContactPointKind::Phone.main_item()),
        kind: ContactPointKind::Phone,
        label,
        value,
        contact: None,
    }
}

fn account(doc: &LoadedDocument) -> Account {
    match content(doc, DocumentKind::Account) {
        Content::Account(account) => *account,
        other => panic!("{other:?}"),
    }
}

fn set_phone(number: &str) -> Operation {
    Operation::EditAccount(vec![AccountEdit::SetContactPoint {
        contact_point: phone(number),
    }])
}

fn set_contact(role: &str) -> Operation {
    let contact = ContactDraft {
        id: Some(ItemId([0xc0; 16])),
        name: "Frau Süß".into(),
        role: role.into(),
        ..ContactDraft::default()
    };
    Operation::EditAccount(vec![AccountEdit::SetContact { contact }])
}

#[test]
fn the_first_change_of_every_kind_stays_as_it_is_on_disks() {
    let alice = test_author(1, "Alice");
    let first = |operation| {
        alice
            .apply(&mut LoadedDocument::empty(DOC), operation)
            .bytes()
            .to_vec()
    };
    golden(
        "document/account",
        &first(Operation::CreateAccount(account_draft())),
    );
    golden(
        "document/visit",
        &first(Operation::CreateVisit(VisitDraft {
            account: Some(DocId([0xac; 16])),
            said: "The door sticks.".into(),
            means: "They lose heat.".into(),
            marks: vec!["follow-up".into()],
            ..VisitDraft::default()
        })),
    );
    golden(
        "document/usage",
        &first(Operation::CreateUsage(UsageDraft {
            account: Some(DocId([0xac; 16])),
            product: "oven".into(),
            workaround: "a wooden wedge".into(),
            quote: "We kick it shut".into(),
            pain: 2,
            ..UsageDraft::default()
        })),
    );
    golden(
        "document/promise",
        &first(Operation::CreatePromise(vec![event_sample(
            EventKind::Made,
        )])),
    );
    golden("document/kind", &first(Operation::CreateKind(kind_draft())));
    golden(
        "document/hours",
        &first(Operation::CreateHours(company_hours())),
    );
    golden(
        "document/person",
        &first(Operation::CreatePerson(PersonDraft {
            person: PersonId([2; 16]),
            edits: everything_about_somebody(),
        })),
    );
    let part = Part {
        of: ItemId([9; 16]),
        number: 1,
        count: 3,
        texts: vec!["said".into()],
    };
    let visit = VisitDraft {
        said: "The door sticks.\n".into(),
        ..VisitDraft::default()
    };
    let operation = Operation::Part(part, Box::new(Operation::CreateVisit(visit)));
    golden("document/visit-in-parts", &first(operation));
    golden(
        "document/visit-in-full",
        &first(Operation::CreateVisit(VisitDraft {
            said: "The door sticks.".into(),
            planned_at: Some(NOON - 3_600_000),
            arrived_at: Some(NOON - 1_800_000),
            left_at: Some(NOON),
            place: Some(VisitPlace::Fix {
                latitude_micro: 52_520_008,
                longitude_micro: -13_404_954,
                accuracy_m: 20,
                age_ms: 180_000,
            }),
            nothing_promised: true,
            ..VisitDraft::default()
        })),
    );
}

fn kind_draft() -> KindDraft {
    let key = "tow".to_owned();
    let edits = vec![
        KindEdit::Name {
            name: "Abschleppen".into(),
        },
        KindEdit::PerformerRole {
            role: Some(Role::Technician),
        },
        KindEdit::WorkingTime { working_time: true },
        KindEdit::Quantile { percent: 90 },
        KindEdit::Evidence {
            evidence: vec![EvidenceKind::Photo, EvidenceKind::Signature],
        },
        KindEdit::Effort { minutes: 45 },
        KindEdit::Lead { minutes: 90 },
        KindEdit::Grace { minutes: 10 },
        KindEdit::Retired { retired: false },
    ];
    KindDraft { key, edits }
}

fn company_hours() -> Vec<HoursEdit> {
    let hours = WorkingCalendar::usual("Europe/Berlin");
    let date = "2026-12-25".to_owned();
    vec![HoursEdit::Week { hours }, HoursEdit::Close { date }]
}

fn everything_about_somebody() -> Vec<PersonEdit> {
    vec![
        PersonEdit::Hours {
            hours: Some(WorkingCalendar::usual("Europe/Berlin")),
        },
        PersonEdit::Quiet {
            quiet: Some(Shift {
                from: 1200,
                to: 420,
            }),
        },
        PersonEdit::Effort {
            kind: "fix".into(),
            minutes: 45,
        },
        PersonEdit::Wins {
            text: "Ask me before noon.".into(),
            was: None,
        },
        PersonEdit::AddPhone {
            number: "+49 30 2".into(),
        },
        PersonEdit::Absent {
            date: "2026-12-24".into(),
        },
    ]
}

#[test]
fn the_handbook_and_a_person_say_what_was_written_and_edits_of_two_devices_meet() {
    let (alice, bob) = (test_author(1, "Alice"), test_author(2, "Bob"));
    let read =
        |changes: &[&CheckedChange]| match content(&loaded(DOC, changes), DocumentKind::Handbook) {
            Content::Handbook(entry) => entry.topic,
            other => panic!("{other:?}"),
        };
    let draft = kind_draft();
    let first = alice.apply(
        &mut LoadedDocument::empty(DOC),
        Operation::CreateKind(draft.clone()),
    );
    let (key, says) = (draft.key, draft.edits);
    assert_eq!(
        read(&[&first]),
        HandbookTopic::PromiseKind { key, edits: says }
    );

    let first = alice.apply(
        &mut LoadedDocument::empty(DOC),
        Operation::CreateHours(company_hours()),
    );
    let edited = |test_author: &TestAuthor, edit| {
        test_author.apply(
            &mut loaded(DOC, &[&first]),
            Operation::EditHours(vec![edit]),
        )
    };
    let date = |date: &str| date.to_owned();
    let unexpanded = edited(
        &alice,
        HoursEdit::Close {
            date: date("2026-05-01"),
        },
    );
    let opened = edited(
        &bob,
        HoursEdit::Reopen {
            date: date("2026-12-25"),
        },
    );
    let mut says = company_hours();
    says[1] = HoursEdit::Close {
        date: date("2026-05-01"),
    };
    assert_eq!(
        read(&[&first, &unexpanded, &opened]),
        HandbookTopic::WorkingHours { edits: says }
    );

    let person = PersonId([2; 16]);
    let edits = everything_about_somebody();
    let introduced = Operation::CreatePerson(PersonDraft {
        person,
        edits: edits.clone(),
    });
    let first = bob.apply(&mut LoadedDocument::empty(DOC), introduced);
    let Content::Person(entry) = content(&loaded(DOC, &[&first]), DocumentKind::Person) else {
        panic!()
    };
    assert_eq!((entry.person, &entry.edits), (person, &edits));
    assert_eq!(entry.by.name, "Bob");
}

#[test]
fn a_topic_of_a_later_version_is_kept_and_says_nothing() {
    let alice = test_author(1, "Alice");
    let mut doc = LoadedDocument::empty(DOC);
    let first = alice.apply(&mut doc, Operation::CreateKind(kind_draft()));
    // A later version's entry differs in its topic; here it is written over one that is known.
    let automerge = doc.automerge().unwrap();
    let mut transaction = automerge.transaction();
    transaction
        .put(automerge::ROOT, "topic", "playbook")
        .unwrap();
    transaction.commit();
    let change = automerge.get_last_local_change().unwrap();
    let later = CheckedChange::parse(change.raw_bytes(), Hash(change.hash().0)).unwrap();
    let Content::Handbook(entry) = content(&loaded(DOC, &[&first, &later]), DocumentKind::Handbook)
    else {
        panic!()
    };
    let name = "playbook".to_owned();
    assert_eq!(entry.topic, HandbookTopic::Unknown { name });
}

#[test]
fn two_people_write_one_customer_and_nothing_is_lost() {
    let (alice, bob) = (test_author(1, "Alice"), test_author(2, "Bob"));
    let mut base = LoadedDocument::empty(DOC);
    let first = alice.apply(&mut base, Operation::CreateAccount(account_draft()));

    let notes = |text: &str| {
        Operation::EditAccount(vec![AccountEdit::Notes {
            text: text.into(),
            was: None,
        }])
    };
    let (mut hers, mut his) = (loaded(DOC, &[&first]), loaded(DOC, &[&first]));
    let a1 = alice.apply(&mut hers, notes("Key at the neighbour’s.\nDog bites.\n"));
    let a2 = alice.apply(&mut hers, set_phone("+49 30 222"));
    let b1 = bob.apply(
        &mut his,
        notes("Closed on Mondays.\nKey at the neighbour’s.\n"),
    );
    let b2 = bob.apply(&mut his, set_phone("+49 30 333"));

    let one = account(&loaded(DOC, &[&first, &a1, &a2, &b1, &b2]));
    assert_eq!(
        one,
        account(&loaded(DOC, &[&first, &b1, &b2, &a1, &a2])),
        "the order of arrival does not matter"
    );
    for line in [
        "Key at the neighbour’s.",
        "Dog bites.",
        "Closed on Mondays.",
    ] {
        assert_eq!(one.notes.matches(line).count(), 1, "{}", one.notes);
    }
    let mut numbers: Vec<_> = one.contact_points[0]
        .values
        .iter()
        .map(|v| (v.value.as_str(), v.by.name.as_str()))
        .collect();
    numbers.sort_unstable();
    assert_eq!(numbers, [("+49 30 222", "Alice"), ("+49 30 333", "Bob")]);

    // One person's choice settles it for all.
    let mut merged = loaded(DOC, &[&first, &a1, &a2, &b1, &b2]);
    let chosen = bob.apply(&mut merged, set_phone("+49 30 222"));
    let settled = account(&loaded(DOC, &[&first, &a1, &a2, &b1, &b2, &chosen]));
    assert_eq!(settled.contact_points[0].values.len(), 1);
    assert_eq!(settled.contact_points[0].values[0].value, "+49 30 222");
}

#[test]
fn two_who_choose_differently_wait_to_be_settled_again() {
    let (alice, bob) = (test_author(1, "Alice"), test_author(2, "Bob"));
    let first = alice.apply(
        &mut LoadedDocument::empty(DOC),
        Operation::CreateAccount(account_draft()),
    );
    let a = alice.apply(&mut loaded(DOC, &[&first]), set_phone("+49 30 222"));
    let b = bob.apply(&mut loaded(DOC, &[&first]), set_phone("+49 30 333"));
    for (hers, his) in [("222", "333"), ("333", "222"), ("222", "222")] {
        let both = || loaded(DOC, &[&first, &a, &b]);
        let one = alice.apply(&mut both(), set_phone(&format!("+49 30 {hers}")));
        let other = bob.apply(&mut both(), set_phone(&format!("+49 30 {his}")));
        let chosen = account(&loaded(DOC, &[&first, &a, &b, &one, &other]));
        let values = chosen.contact_points[0].values.len();
        assert_eq!(values, if hers == his { 1 } else { 2 }, "{hers} and {his}");
    }
}

#[test]
fn the_same_number_entered_twice_is_one_number() {
    let (alice, bob) = (test_author(1, "Alice"), test_author(2, "Bob"));
    let first = alice.apply(
        &mut LoadedDocument::empty(DOC),
        Operation::CreateAccount(account_draft()),
    );
    let a = alice.apply(&mut loaded(DOC, &[&first]), set_phone("+49 30 9"));
    let b = bob.apply(&mut loaded(DOC, &[&first]), set_phone("+49 30 9"));
    assert_eq!(
        account(&loaded(DOC, &[&first, &a, &b])).contact_points[0]
            .values
            .len(),
        1
    );
}

#[test]
fn a_contact_removed_while_somebody_edits_them_is_kept_with_a_question() {
    let (alice, bob) = (test_author(1, "Alice"), test_author(2, "Bob"));
    let first = alice.apply(
        &mut LoadedDocument::empty(DOC),
        Operation::CreateAccount(account_draft()),
    );
    let remove = || {
        Operation::EditAccount(vec![AccountEdit::RemoveContact {
            id: ItemId([0xc0; 16]),
        }])
    };

    let removed = alice.apply(&mut loaded(DOC, &[&first]), remove());
    assert!(
        account(&loaded(DOC, &[&first, &removed]))
            .contacts
            .is_empty()
    );

    let edited = bob.apply(&mut loaded(DOC, &[&first]), set_contact("retired"));
    let both = account(&loaded(DOC, &[&first, &removed, &edited]));
    assert_eq!(
        (
            both.contacts[0].role.as_str(),
            both.contacts[0].removal_in_question
        ),
        ("retired", true)
    );

    // An edit by an author who saw the removal brings the contact back without a question.
    let back = bob.apply(
        &mut loaded(DOC, &[&first, &removed]),
        set_contact("back again"),
    );
    let back = account(&loaded(DOC, &[&first, &removed, &back]));
    assert_eq!(
        (back.contacts.len(), back.contacts[0].removal_in_question),
        (1, false)
    );

    // A removal that saw the edit answers the question.
    let again = alice.apply(&mut loaded(DOC, &[&first, &removed, &edited]), remove());
    assert!(
        account(&loaded(DOC, &[&first, &removed, &edited, &again]))
            .contacts
            .is_empty()
    );
}

#[test]
fn an_edit_made_without_seeing_it_beats_putting_away() {
    let (alice, bob) = (test_author(1, "Alice"), test_author(2, "Bob"));
    let first = alice.apply(
        &mut LoadedDocument::empty(DOC),
        Operation::CreateAccount(account_draft()),
    );
    let away = alice.apply(
        &mut loaded(DOC, &[&first]),
        Operation::EditAccount(vec![AccountEdit::Archive]),
    );
    assert!(account(&loaded(DOC, &[&first, &away])).archived);

    let edited = bob.apply(&mut loaded(DOC, &[&first]), set_phone("+49 30 5"));
    assert!(!account(&loaded(DOC, &[&first, &away, &edited])).archived);

    let later = bob.apply(&mut loaded(DOC, &[&first, &away]), set_phone("+49 30 5"));
    assert!(
        account(&loaded(DOC, &[&first, &away, &later])).archived,
        "an edit that saw it does not"
    );

    let restored = bob.apply(
        &mut loaded(DOC, &[&first, &away]),
        Operation::EditAccount(vec![AccountEdit::Restore]),
    );
    assert!(!account(&loaded(DOC, &[&first, &away, &restored])).archived);
}

#[test]
fn a_new_document_reads_the_same_as_when_automerge_has_merged_it() {
    let alice = test_author(1, "Alice");
    let visit = VisitDraft {
        account: Some(DocId([0xac; 16])),
        said: "The door sticks.".into(),
        marks: vec!["follow-up".into(), "again".into()],
        ..VisitDraft::default()
    };
    let seen = UsageDraft {
        workaround: "a wooden wedge".into(),
        themes: vec!["doors".into()],
        notes: "Ask Ben.".into(),
        ..UsageDraft::default()
    };
    for (operation, kind) in [
        (
            Operation::CreateAccount(account_draft()),
            DocumentKind::Account,
        ),
        (Operation::CreateVisit(visit), DocumentKind::Visit),
        (Operation::CreateUsage(seen), DocumentKind::Usage),
        (
            Operation::CreatePromise(vec![event_sample(EventKind::Made)]),
            DocumentKind::Promise,
        ),
    ] {
        let mut written = LoadedDocument::empty(DOC);
        let change = alice.apply(&mut written, operation);
        let mut received = loaded(DOC, &[&change]);
        assert_eq!(content(&written, kind), content(&received, kind));
        received.automerge().unwrap();
        assert_eq!(content(&written, kind), content(&received, kind));
    }
}

#[test]
fn a_document_with_a_gap_says_so_and_shows_nothing_false() {
    let alice = test_author(1, "Alice");
    let mut doc = LoadedDocument::empty(DOC);
    let first = alice.apply(&mut doc, Operation::CreateAccount(account_draft()));
    let second = alice.apply(&mut doc, set_phone("+49 30 5"));
    drop(first);
    let alone = LoadedDocument::load(
        DOC,
        [(
            CheckedChange::parse(second.bytes(), second.hash()).unwrap(),
            None,
        )],
    );
    assert!(matches!(
        alone,
        Err(crate::document::DocumentError::Incomplete(DOC))
    ));
}
