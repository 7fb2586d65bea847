//! Golden files of first changes and events, and what merging must do.

use automerge::transaction::Transactable;

use crate::document::chunk::CheckedChange;
use crate::document::{Content, LoadedDocument};
use crate::model::account::{
    Account, AccountDraft, AccountEdit, ContactDraft, ContactPointDraft, ContactPointKind,
};
use crate::model::calendar::{Shift, WorkingCalendar};
use crate::model::colleague_profile::{PersonDraft, PersonEdit};
use crate::model::edit::{Operation, Part};
use crate::model::event::*;
use crate::model::handbook::{HandbookTopic, HoursEdit, KindDraft, KindEdit};
use crate::model::ids::{Actor, DocId, EventId, Hash, InstallationId, ItemId, PersonId};
use crate::model::placement::DocumentKind;
use crate::model::registry::Role;
use crate::model::time::{Due, DuePart, Time};
use crate::model::visit::{Channel, NameSnapshot, UsageDraft, VisitDraft};
use crate::testing::{NOON, TestAuthor, content, golden, loaded, test_author};

const DOC: DocId = DocId([0xd0; 16]);

mod answers;
mod needs;

fn due() -> Due {
    Due {
        date: "2026-11-26".into(),
        part: DuePart::Minute { of_day: 600 },
        zone: "Europe/Berlin".into(),
        end_of_day: None,
        repeated: false,
    }
}

fn made() -> EventBody {
    EventBody::Made(Box::new(Made {
        kind: "delivery".into(),
        deliverable: "the new door seal".into(),
        criterion: "the oven closes by itself".into(),
        account: Some(DocId([0xac; 16])),
        contact: Some(ItemId([0xc0; 16])),
        labels: NameSnapshot {
            account: "Bäckerei Süß".into(),
            site: "Backstube".into(),
            contact: "Frau Süß".into(),
        },
        promiser: PersonId([1; 16]),
        performer: Performer::Person {
            person: PersonId([2; 16]),
        },
        due: due(),
        words: "Thursday at ten".into(),
        channel: Channel::OnSite,
        visit: None,
        not_before: None,
        rules: Rules::default(),
        suggestion: Some(Suggestion {
            due: due(),
            quantile_percent: 80,
            level: "kind".into(),
            closed: 20,
            open: 3,
        }),
        predecessor: None,
        makes_right: None,
    }))
}

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
        &first(Operation::CreatePromise(vec![made()])),
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
fn every_event_stays_as_it_is_on_disks() {
    let (terms, person, reason) = (EventId([0xe1; 16]), PersonId([2; 16]), "because".to_owned());
    let time = Time {
        wall_ms: NOON,
        zone: "Europe/Berlin".into(),
        offset_ms: Some(-250),
        age_ms: Some(60_000),
        known_ms: None,
    };
    let evidence = vec![Evidence {
        kind: EvidenceKind::Photo,
        note: "closed".into(),
        file: None,
    }];
    let contact = Some(ItemId([0xc0; 16]));
    let bodies = [
        made(),
        EventBody::Communicated {
            contact,
            channel: Channel::Call,
        },
        EventBody::Asked { person, terms },
        EventBody::Accepted {
            terms,
            for_person: None,
        },
        EventBody::Declined {
            terms,
            reason: reason.clone(),
            for_person: Some(person),
        },
        EventBody::TermsProposed {
            due: due(),
            reason: reason.clone(),
            for_person: None,
        },
        EventBody::TermsAgreed {
            due: due(),
            words: "Thursday".into(),
            contact,
            channel: Channel::Call,
            proposal: Some(terms),
            suggestion: None,
        },
        EventBody::Reassigned {
            performer: Performer::Pool {
                pool: "north".parse().unwrap(),
            },
            reason: reason.clone(),
        },
        EventBody::Started { for_person: None },
        EventBody::Fulfilled {
            occurred_at: time.clone(),
            evidence,
            for_person: None,
        },
        EventBody::CustomerConfirmed {
            mood: Mood::Happy,
            contact,
        },
        EventBody::Disputed {
            words: "It still sticks".into(),
        },
        EventBody::DisputeResolved {
            dispute: terms,
            finding: Finding::Broken,
            reason: reason.clone(),
        },
        EventBody::Cancelled {
            by: CancelledBy::Us,
            agreed_by: contact,
            reason: reason.clone(),
        },
        EventBody::Retracted { event: terms },
        EventBody::Thanked { person },
        EventBody::ReminderAcked {
            rung: "half".into(),
        },
        EventBody::Archived {
            reason: reason.clone(),
        },
        EventBody::Restored { reason },
    ];
    for body in bodies {
        let name = format!("event/{}", body.name());
        let on_behalf = Some(OnBehalf {
            person,
            actor: Actor([9; 16]),
        });
        let stored = StoredEvent {
            device: InstallationId([7; 16]),
            time: time.clone(),
            after: vec![terms],
            n: 2,
            on_behalf,
            body,
        };
        let bytes = minicbor::to_vec(&stored).unwrap();
        golden(&name, &bytes);
        assert_eq!(minicbor::decode::<StoredEvent>(&bytes).unwrap(), stored);
    }
}

#[test]
fn an_event_from_the_future_is_kept_and_read_as_unknown() {
    let time = Time {
        wall_ms: NOON,
        zone: "UTC".into(),
        offset_ms: None,
        age_ms: None,
        known_ms: None,
    };
    let body = EventBody::Started { for_person: None };
    let stored = StoredEvent {
        device: InstallationId([7; 16]),
        time,
        after: vec![],
        n: 1,
        on_behalf: None,
        body,
    };
    let mut bytes = minicbor::to_vec(&stored).unwrap();
    // The body is `[8, {}]`: the last bytes of the event. Type 8 becomes 23, and the event has a new field.
    let at = bytes.len() - 3;
    assert_eq!(bytes[at..], [0x82, 0x08, 0xa0]);
    bytes[at + 1] = 0x17;
    assert_eq!(
        minicbor::decode::<StoredEvent>(&bytes).unwrap().body,
        EventBody::Unknown(23)
    );
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
            Operation::CreatePromise(vec![made()]),
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

#[test]
fn events_of_one_tap_follow_each_other_and_asking_means_the_terms_just_made() {
    let alice = test_author(1, "Alice");
    let mut doc = LoadedDocument::empty(DOC);
    let asked = EventBody::Asked {
        person: PersonId([2; 16]),
        terms: EventId([0; 16]),
    };
    alice.apply(&mut doc, Operation::CreatePromise(vec![made(), asked]));
    alice.apply(
        &mut doc,
        Operation::AppendEvents(vec![EventBody::Started { for_person: None }]),
    );
    let Content::Promise(promise) = content(&doc, DocumentKind::Promise) else {
        panic!()
    };
    let [first, second, third] = promise.events.as_slice() else {
        panic!("{:?}", promise.events)
    };
    assert!(matches!(&second.stored.body, EventBody::Asked { terms, .. } if *terms == first.id));
    assert_eq!((first.stored.n, second.stored.n, third.stored.n), (1, 2, 3));
    assert_eq!(
        (&second.stored.after, &third.stored.after),
        (&vec![first.id], &vec![second.id])
    );
    assert_eq!(first.by.name, "Alice");
}
