//! The fullest row of every type that a projection makes: no field of it is empty, so that its bytes show its shape.

use std::fmt::Debug;

use minicbor::{Decode, Encode};

use super::*;
use crate::model::account::{
    Account, AccountForm, Asset, Contact, ContactPoint, ContactPointKind, Site,
};
use crate::model::account_field::ACCOUNT_FIELDS;
use crate::model::authored::{AuthoredValue, Authorship};
use crate::model::calendar::{Shift, WorkingCalendar};
use crate::model::colleague_profile::{PersonEdit, PersonEntry};
use crate::model::edit::Parts;
use crate::model::event::{
    CancelledBy, Event, EventBody, Evidence, EvidenceKind, Finding, Mood, OnBehalf, Performer,
    PromiseMade, PromiseRules, StoredEvent, Suggestion,
};
use crate::model::event_kind::EventKind;
use crate::model::event_quota::Overflow;
use crate::model::handbook::{HandbookEntry, HandbookTopic, HoursEdit, KindEdit};
use crate::model::ids::{Actor, EventId, FileHash, InstallationId, ItemId, PersonId, Team};
use crate::model::lead_time::{LeadTime, RequiredLeadTime, RequiredLeadTimeValue};
use crate::model::promise::{OpenPromise, PromiseRecord, SeenRung, WorkStage};
use crate::model::registry::Role;
use crate::model::time::{Due, DuePart, EndOfDay, RecordedTime};
use crate::model::unsettled::{
    ChildKind, ShortAnswer, TextField, Unsettled, UnsettledAnswer, UnsettledName, UnsettledRemoval,
    UnsettledSentence,
};
use crate::model::visit::{Channel, NameSnapshot, Usage, UsageKind, Visit, VisitPlace};
use crate::store::rows::{decode_row, encode_row};
use crate::testing::event_sample;

/// A row that leaves nothing out.
pub(super) struct FullRow {
    pub(super) name: &'static str,
    pub(super) bytes: Vec<u8>,
    pub(super) debug: String,
    /// Reads bytes as a row of its type.
    pub(super) decode: fn(&[u8]) -> Result<(), StoreError>,
}

fn full_row<T: Debug + Encode<()> + for<'b> Decode<'b, ()>>(
    name: &'static str,
    row: &T,
) -> FullRow {
    FullRow {
        name,
        bytes: encode_row(row),
        debug: format!("{row:?}"),
        decode: |bytes| decode_row::<T>(bytes).map(drop),
    }
}

const DOC: DocId = DocId([0xd0; 16]);
const ITEM: ItemId = ItemId([0xc0; 16]);
const EVENT: EventId = EventId([0xe0; 16]);
pub(super) const PERSON: PersonId = PersonId([2; 16]);

pub(super) fn text(text: &str) -> String {
    text.to_owned()
}

pub(super) fn team() -> Team {
    "north".parse().unwrap()
}

pub(super) fn authorship() -> Authorship {
    Authorship {
        actor: Actor([1; 16]),
        person: Some(PERSON),
        name: text("Ann"),
        at: 1,
    }
}

fn values() -> Vec<AuthoredValue> {
    vec![AuthoredValue {
        value: text("value"),
        by: authorship(),
    }]
}

fn time() -> RecordedTime {
    RecordedTime {
        wall_ms: 1,
        zone: text("UTC"),
        offset_ms: Some(2),
        age_ms: Some(3),
        known_ms: Some(4),
    }
}

pub(super) fn due() -> Due {
    Due {
        date: text("2026-11-26"),
        part: DuePart::Minute { of_day: 600 },
        zone: text("UTC"),
        end_of_day: Some(EndOfDay {
            date: text("2026-11-25"),
            of_day: 1020,
        }),
        repeated: true,
    }
}

fn labels() -> NameSnapshot {
    NameSnapshot {
        account: text("Mill"),
        site: text("Yard"),
        contact: text("Ben"),
    }
}

pub(super) fn hours() -> WorkingCalendar {
    WorkingCalendar {
        zone: text("UTC"),
        week: vec![vec![Shift { from: 480, to: 720 }]],
        closed: vec![text("2026-12-25")],
    }
}

fn unsettled() -> Unsettled {
    Unsettled {
        names: vec![UnsettledName {
            kind: Some(ChildKind::Contact),
            item: Some(ITEM),
            values: values(),
        }],
        removals: vec![UnsettledRemoval {
            kind: Some(ChildKind::Asset),
            item: Some(ITEM),
            removed: vec![authorship()],
            edited: vec![authorship()],
        }],
        answers: vec![UnsettledAnswer {
            answer: ShortAnswer::Uses,
            values: values(),
        }],
        sentences: vec![UnsettledSentence {
            field: TextField::Notes,
            ancestor: text("1"),
            was: text("was"),
            values: values(),
        }],
    }
}

fn account() -> Account {
    let mut account = Account {
        form: AccountForm::Person,
        source: Some(text("card")),
        team: Some(team()),
        tags: vec![text("regular")],
        contact_points: vec![ContactPoint {
            id: ITEM,
            kind: ContactPointKind::Email,
            label: text("work"),
            contact: Some(ITEM),
            values: values(),
            removal_in_question: true,
        }],
        contacts: vec![Contact {
            id: ITEM,
            name: text("Ben"),
            role: text("chief"),
            removal_in_question: true,
            birthday: text("1970"),
            also_called: vec![text("Benny")],
            source: Some(text("card")),
        }],
        sites: vec![Site {
            id: ITEM,
            label: text("Yard"),
            address: values(),
            removal_in_question: true,
        }],
        assets: vec![Asset {
            id: ITEM,
            label: text("Oven"),
            serial: text("7"),
            site: Some(ITEM),
            removal_in_question: true,
        }],
        archived: true,
        unsettled: Some(unsettled()),
        needs: vec![RequiredLeadTime {
            kind: text("repair"),
            values: vec![
                RequiredLeadTimeValue {
                    within: LeadTime::Minutes { count: 5 },
                    by: authorship(),
                },
                RequiredLeadTimeValue {
                    within: LeadTime::Days { count: 5 },
                    by: authorship(),
                },
            ],
        }],
        parts: Some(Parts { here: 1, of: 2 }),
        also_called: vec![text("Miller")],
        further_sources: vec![text("card 2")],
        ..Account::empty(DOC, authorship())
    };
    for field in ACCOUNT_FIELDS {
        field.set(&mut account, text(field.key));
    }
    account
}

fn visit() -> Visit {
    Visit {
        id: DOC,
        account: Some(DOC),
        contact: Some(ITEM),
        labels: labels(),
        team: Some(team()),
        channel: Channel::Call,
        said: text("said"),
        means: text("means"),
        marks: vec![text("urgent")],
        help: text("help"),
        happened_at: 1,
        written: time(),
        files: vec![FileHash([0xf0; 32])],
        by: authorship(),
        parts: Some(Parts { here: 1, of: 2 }),
        unsettled: Some(unsettled()),
        planned_at: Some(2),
        arrived_at: Some(3),
        left_at: Some(4),
        place: Some(VisitPlace::Fix {
            latitude_micro: 52_520_008,
            longitude_micro: -13_404_954,
            accuracy_m: 20,
            age_ms: 180_000,
        }),
        nothing_promised: true,
        archived: true,
    }
}

fn usage() -> Usage {
    Usage {
        id: DOC,
        kind: UsageKind::Need,
        account: Some(DOC),
        visit: Some(DOC),
        labels: labels(),
        team: Some(team()),
        product: text("oven"),
        doing: text("bread"),
        workaround: text("wood"),
        frequency: text("daily"),
        pain: 3,
        quantity: text("20"),
        quote: text("quote"),
        themes: vec![text("heat")],
        consent: true,
        notes: text("notes"),
        files: vec![FileHash([0xf0; 32])],
        written: time(),
        by: authorship(),
        parts: Some(Parts { here: 1, of: 2 }),
        unsettled: Some(unsettled()),
        archived: true,
    }
}

fn rules() -> PromiseRules {
    PromiseRules {
        working_time: true,
        grace_minutes: 5,
        quantile_percent: 80,
        evidence: vec![EvidenceKind::Photo],
    }
}

fn suggestion() -> Suggestion {
    Suggestion {
        due: due(),
        quantile_percent: 80,
        level: text("company"),
        closed: 12,
        open: 3,
    }
}

pub(super) fn made() -> PromiseMade {
    PromiseMade {
        kind: text("repair"),
        deliverable: text("oven"),
        criterion: text("it bakes"),
        account: Some(DOC),
        contact: Some(ITEM),
        labels: labels(),
        promiser: PERSON,
        performer: Performer::Person { person: PERSON },
        due: due(),
        words: text("Thursday"),
        channel: Channel::Call,
        visit: Some(DOC),
        not_before: Some(due()),
        rules: rules(),
        suggestion: Some(suggestion()),
        predecessor: Some(DOC),
        makes_right: Some(DOC),
    }
}

/// A body of every kind of event: full ones, and the samples of later kinds.
fn all_bodies() -> Vec<EventBody> {
    let mut all = bodies();
    let known: Vec<Option<EventKind>> = all.iter().map(EventBody::kind).collect();
    let later = EventKind::ALL
        .iter()
        .filter(|kind| !known.contains(&Some(**kind)));
    all.extend(later.map(|kind| event_sample(*kind)));
    all
}

/// Bodies of events that leave nothing out.
fn bodies() -> Vec<EventBody> {
    let reason = || text("reason");
    vec![
        EventBody::Made(Box::new(made())),
        EventBody::Communicated {
            contact: Some(ITEM),
            channel: Channel::Call,
        },
        EventBody::Asked {
            person: PERSON,
            terms: EVENT,
        },
        EventBody::Accepted {
            terms: EVENT,
            for_person: Some(PERSON),
        },
        EventBody::Declined {
            terms: EVENT,
            reason: reason(),
            for_person: Some(PERSON),
        },
        EventBody::TermsProposed {
            due: due(),
            reason: reason(),
            for_person: Some(PERSON),
        },
        EventBody::TermsAgreed {
            due: due(),
            words: text("Friday"),
            contact: Some(ITEM),
            channel: Channel::Call,
            proposal: Some(EVENT),
            suggestion: Some(suggestion()),
        },
        EventBody::Reassigned {
            performer: Performer::Pool { pool: team() },
            reason: reason(),
        },
        EventBody::Started {
            for_person: Some(PERSON),
        },
        EventBody::Fulfilled {
            occurred_at: time(),
            evidence: vec![Evidence {
                kind: EvidenceKind::Photo,
                note: text("closed"),
                file: Some(FileHash([0xf0; 32])),
            }],
            for_person: Some(PERSON),
        },
        EventBody::CustomerConfirmed {
            mood: Mood::Happy,
            contact: Some(ITEM),
        },
        EventBody::Disputed {
            words: text("it sticks"),
        },
        EventBody::DisputeResolved {
            dispute: EVENT,
            finding: Finding::Kept,
            reason: reason(),
        },
        EventBody::Cancelled {
            by: CancelledBy::Us,
            agreed_by: Some(ITEM),
            reason: reason(),
        },
        EventBody::Retracted { event: EVENT },
        EventBody::Thanked { person: PERSON },
        EventBody::ReminderAcked { rung: text("half") },
        EventBody::Archived { reason: reason() },
        EventBody::Restored { reason: reason() },
    ]
}

fn event(body: EventBody) -> Event {
    Event {
        id: EVENT,
        stored: StoredEvent {
            device: InstallationId([7; 16]),
            time: time(),
            after: vec![EVENT],
            n: 2,
            on_behalf: Some(OnBehalf {
                person: PERSON,
                actor: Actor([9; 16]),
            }),
            body,
        },
        by: authorship(),
        seq: 3,
        received_at: Some(5),
    }
}

fn promise() -> PromiseRecord {
    PromiseRecord {
        id: DOC,
        team: Some(team()),
        events: all_bodies().into_iter().map(event).collect(),
        notes: text("notes"),
        files: vec![FileHash([0xf0; 32])],
        overflow: Some(Overflow {
            count: 1,
            events: vec![event(EventBody::Thanked { person: PERSON })],
            most_by: Some(PERSON),
        }),
    }
}

fn open_promise() -> OpenPromise {
    OpenPromise {
        id: DOC,
        kind: text("repair"),
        deliverable: text("oven"),
        account: Some(DOC),
        account_name: text("Mill"),
        promiser: PERSON,
        performer: Performer::Person { person: PERSON },
        pool: Some(team()),
        terms: EVENT,
        told_at: 1,
        due: due(),
        due_at: 2,
        owed_through: 3,
        stage: WorkStage::Waiting { since: 1 },
        started: true,
        done: true,
        taken_at: Some(4),
        seen: vec![SeenRung {
            rung: text("half"),
            by: Some(PERSON),
        }],
        owed_at: 5,
        told: true,
        owed_zone: text("UTC"),
        working_time: true,
        has_notice: true,
    }
}

pub(super) fn kind_edits() -> Vec<KindEdit> {
    vec![
        KindEdit::Name { name: text("Tow") },
        KindEdit::PerformerRole {
            role: Some(Role::Technician),
        },
        KindEdit::WorkingTime { working_time: true },
        KindEdit::Quantile { percent: 80 },
        KindEdit::Evidence {
            evidence: vec![EvidenceKind::Photo],
        },
        KindEdit::Effort { minutes: 45 },
        KindEdit::Lead { minutes: 60 },
        KindEdit::Grace { minutes: 5 },
        KindEdit::Retired { retired: true },
    ]
}

fn hours_edits() -> Vec<HoursEdit> {
    let date = || text("2026-12-25");
    vec![
        HoursEdit::Week { hours: hours() },
        HoursEdit::Close { date: date() },
        HoursEdit::Reopen { date: date() },
    ]
}

pub(super) fn person_edits() -> Vec<PersonEdit> {
    let (date, number) = (|| text("2026-12-25"), || text("+49 30 1"));
    vec![
        PersonEdit::Hours {
            hours: Some(hours()),
        },
        PersonEdit::Quiet {
            quiet: Some(Shift { from: 1, to: 2 }),
        },
        PersonEdit::Effort {
            kind: text("repair"),
            minutes: 45,
        },
        PersonEdit::Wins {
            text: text("humour"),
            was: None,
        },
        PersonEdit::AddPhone { number: number() },
        PersonEdit::RemovePhone { number: number() },
        PersonEdit::Absent { date: date() },
        PersonEdit::Present { date: date() },
    ]
}

fn handbook(topic: HandbookTopic) -> HandbookEntry {
    HandbookEntry {
        id: DOC,
        topic,
        by: authorship(),
    }
}

/// The fullest row of every type that a projection makes.
pub(super) fn full_rows() -> Vec<FullRow> {
    let (key, name) = (text("tow"), text("playbook"));
    let kind = HandbookTopic::PromiseKind {
        key,
        edits: kind_edits(),
    };
    let week = HandbookTopic::WorkingHours {
        edits: hours_edits(),
    };
    let person = PersonEntry {
        id: DOC,
        person: PERSON,
        edits: person_edits(),
        by: authorship(),
        unsettled: Some(unsettled()),
    };
    vec![
        full_row("account", &account()),
        full_row("visit", &visit()),
        full_row("usage", &usage()),
        full_row("promise", &promise()),
        full_row("open-promise", &open_promise()),
        full_row("handbook-kind", &handbook(kind)),
        full_row("handbook-hours", &handbook(week)),
        full_row(
            "handbook-unknown",
            &handbook(HandbookTopic::Unknown { name }),
        ),
        full_row("person", &person),
    ]
}
