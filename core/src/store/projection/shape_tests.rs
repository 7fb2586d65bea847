//! The shape of rows that are made anew: it has a version, and rows of every older version can be read.

use std::fmt::Debug;
use std::path::PathBuf;

use minicbor::{Decode, Decoder, Encode, Encoder};

use super::*;
use crate::model::account::{
    Account, AccountForm, Asset, Contact, ContactPoint, ContactPointKind, Site,
};
use crate::model::account_field::ACCOUNT_FIELDS;
use crate::model::authored::{AuthoredValue, Authorship};
use crate::model::calendar::{Shift, WorkingCalendar};
use crate::model::colleague_profile::{PersonDraft, PersonEdit, PersonEntry};
use crate::model::edit::{Edit, Operation, Parts};
use crate::model::event::{
    CancelledBy, Event, EventBody, Evidence, EvidenceKind, Finding, Made, Mood, OnBehalf,
    Performer, Rules, StoredEvent, Suggestion,
};
use crate::model::event_kind::EventKind;
use crate::model::event_quota::Overflow;
use crate::model::handbook::{HandbookEntry, HandbookTopic, HoursEdit, KindDraft, KindEdit};
use crate::model::ids::{
    Actor, EventId, FileHash, InstallationId, ItemId, OrganisationId, PersonId, Team,
};
use crate::model::lead_time::{LeadTime, RequiredLeadTime, RequiredLeadTimeValue};
use crate::model::promise::{OpenPromise, PromiseRecord, SeenRung, WorkStage};
use crate::model::registry::Role;
use crate::model::time::{Due, DuePart, EndOfDay, Time};
use crate::model::unsettled::{
    ChildKind, ShortAnswer, TextField, Unsettled, UnsettledAnswer, UnsettledName, UnsettledRemoval,
    UnsettledSentence,
};
use crate::model::visit::{Channel, NameSnapshot, Usage, UsageDraft, UsageKind, Visit, VisitDraft};
use crate::store::open_promises::OpenPromiseFilter;
use crate::store::rows::{SHAPE, VERSION, decode_row, encode_row};
use crate::store::tests::fixture;
use crate::store::{company, meta};
use crate::testing::{event_sample, golden_bytes, golden_or};

/// A row that leaves nothing out.
struct FullRow {
    name: &'static str,
    bytes: Vec<u8>,
    debug: String,
    /// Reads bytes as a row of its type.
    decode: fn(&[u8]) -> Result<(), StoreError>,
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
const PERSON: PersonId = PersonId([2; 16]);

fn text(text: &str) -> String {
    text.to_owned()
}

fn team() -> Team {
    "north".parse().unwrap()
}

fn authorship() -> Authorship {
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

fn time() -> Time {
    Time {
        wall_ms: 1,
        zone: text("UTC"),
        offset_ms: Some(2),
        age_ms: Some(3),
        known_ms: Some(4),
    }
}

fn due() -> Due {
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

fn hours() -> WorkingCalendar {
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
    }
}

fn rules() -> Rules {
    Rules {
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

fn made() -> Made {
    Made {
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
    }
}

fn kind_edits() -> Vec<KindEdit> {
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

fn person_edits() -> Vec<PersonEdit> {
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
fn full_rows() -> Vec<FullRow> {
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

/// Every version of the rows' shape that has golden rows, the oldest first.
fn shapes() -> Vec<i64> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden/projection");
    let names = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    let mut shapes: Vec<i64> = names
        .map(|name| name.to_str().unwrap().parse().unwrap())
        .collect();
    shapes.sort_unstable();
    shapes
}

/// The name of a row, and its bytes as a program wrote them.
type GoldenRow = (String, Vec<u8>);

/// The golden rows of a version.
fn golden_rows(version: i64) -> Vec<GoldenRow> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let folder = folder.join(format!("golden/projection/{version}"));
    let files = std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut rows = Vec::new();
    for file in files {
        let path = file.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let bytes = golden_bytes(&format!("projection/{version}/{name}"), &[]);
        rows.push((name, bytes));
    }
    rows
}

/// A row without its field of the highest number, as a program wrote it that did not know that field.
fn without_newest_field(bytes: &[u8]) -> Vec<u8> {
    let mut decoder = Decoder::new(bytes);
    let count = decoder.map().unwrap().unwrap();
    let mut fields = Vec::new();
    for _ in 0..count {
        let from = decoder.position();
        let number = decoder.u32().unwrap();
        decoder.skip().unwrap();
        fields.push((number, &bytes[from..decoder.position()]));
    }
    fields.sort_by_key(|(number, _)| *number);
    fields.pop();
    let mut older = Vec::new();
    Encoder::new(&mut older).map(fields.len() as u64).unwrap();
    for (_, field) in fields {
        older.extend_from_slice(field);
    }
    older
}

#[test]
fn the_fullest_rows_leave_nothing_out() {
    for row in full_rows() {
        for empty in ["None", "[]", "\"\"", "{}"] {
            let found = row.debug.find(empty);
            let near = found.map(|at| &row.debug[at.saturating_sub(40)..at]);
            assert_eq!(near, None, "fill the field of {} that is {empty}", row.name);
        }
    }
}

#[test]
fn the_rows_have_the_shape_of_their_version() {
    for row in full_rows() {
        let hint = format!(
            "the rows of {} changed: raise ROWS in store/rows.rs by one and run with KEPT_WRITE_GOLDEN=1; the older files stay",
            row.name
        );
        golden_or(
            &format!("projection/{SHAPE}/{}", row.name),
            &row.bytes,
            &hint,
        );
    }
    assert_eq!(golden_rows(SHAPE).len(), full_rows().len());
}

#[test]
fn rows_of_every_older_version_can_still_be_read() {
    let types = full_rows();
    for version in shapes() {
        for (name, bytes) in golden_rows(version) {
            let row = types.iter().find(|row| row.name == name);
            let read = (row
                .unwrap_or_else(|| panic!("no row is called {name}"))
                .decode)(&bytes);
            assert!(
                read.is_ok(),
                "a {name} of version {version}: {read:?}; give the new field `#[cbor(n(K), default)]` or make it an Option"
            );
        }
    }
}

#[test]
fn a_file_with_rows_of_every_older_version_is_made_anew_when_it_is_opened() {
    let mut fixture = fixture();
    let owner = meta::Identity {
        organisation: OrganisationId([1; 16]),
        organisation_name: String::new(),
        person: PERSON,
        person_name: String::new(),
        role: Role::Owner,
        team: None,
        installation: InstallationId([1; 16]),
        actor: Actor([1; 16]),
        server: Some(text("https://kept.example")),
        certificate: None,
    };
    let kept = fixture.store.write(|tx| meta::set(tx, &owner));
    kept.unwrap();
    let (account, _) = fixture.account("Mill");
    let about_account = Some(account);
    let operations = [
        Operation::CreateVisit(VisitDraft {
            account: about_account,
            said: text("said"),
            ..VisitDraft::default()
        }),
        Operation::CreateUsage(UsageDraft {
            account: about_account,
            product: text("oven"),
            ..UsageDraft::default()
        }),
        Operation::CreatePromise(vec![EventBody::Made(Box::new(Made {
            account: about_account,
            ..made()
        }))]),
        Operation::CreateKind(KindDraft {
            key: text("tow"),
            edits: kind_edits(),
        }),
        Operation::CreatePerson(PersonDraft {
            person: PERSON,
            edits: person_edits(),
        }),
    ];
    for operation in operations {
        let doc = fixture.doc();
        fixture.write(&[Edit { doc, operation }]).unwrap();
    }
    let lists = |connection: &Connection| -> Result<usize, StoreError> {
        let mut shown = queries::accounts(connection, true, 9, 0)?.len();
        shown += queries::timeline(connection, account, 9)?.len();
        for row in queries::latest(connection, &[DocumentKind::Promise], 9)? {
            row.promise()?;
        }
        shown += open_promises::query(connection, OpenPromiseFilter::All)?.len();
        company::load(connection)?;
        Ok(shown)
    };
    let before = rows(fixture.store.read()).unwrap();
    assert_eq!(lists(fixture.store.read()).unwrap(), 5);

    let mut older: Vec<(i64, Vec<GoldenRow>)> = shapes()
        .into_iter()
        .map(|version| (version, golden_rows(version)))
        .collect();
    let newest = full_rows().into_iter();
    let lacking = newest.map(|row| (row.name.to_owned(), without_newest_field(&row.bytes)));
    older.push((0, lacking.collect()));
    for (version, golden) in older {
        for (name, bytes) in &golden {
            let (table, column, kind) = match name.as_str() {
                "account" => ("entry", "detail", DocumentKind::Account),
                "visit" => ("entry", "detail", DocumentKind::Visit),
                "usage" => ("entry", "detail", DocumentKind::Usage),
                "promise" => ("entry", "detail", DocumentKind::Promise),
                "handbook-kind" => ("entry", "detail", DocumentKind::Handbook),
                "person" => ("entry", "detail", DocumentKind::Person),
                "open-promise" => ("held", "gist", DocumentKind::Promise),
                _ => continue,
            };
            let sql = format!(
                "UPDATE {table} SET {column} = ?1 WHERE doc IN (SELECT doc FROM entry WHERE kind = ?2)"
            );
            let changed = fixture.store.read().execute(&sql, (bytes, kind)).unwrap();
            assert_eq!(changed, 1, "{name}");
        }
        let made_by = VERSION - SHAPE + version;
        let sql = "UPDATE indexed SET projection = ?1";
        fixture.store.read().execute(sql, [made_by]).unwrap();
        if version == SHAPE {
            assert_eq!(lists(fixture.store.read()).unwrap(), 5);
            // The next opening takes these rows for those of an older program.
            fixture.store.read().execute(sql, [0]).unwrap();
        }
        fixture.reopen();
        assert_eq!(rows(fixture.store.read()).unwrap(), before, "{version}");
        assert!(verify(fixture.store.read()).unwrap().is_empty());
    }
}
