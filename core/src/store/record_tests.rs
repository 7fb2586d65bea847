//! Records that cannot be made anew: those that an older program wrote are read by every later one.

use std::fmt::Debug;

use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};

use super::meta::{
    Access, FormerActors, Identity, JoinProof, LastWritten, LinkSizes, OutageSince, PushAddress,
    Renewal, Route, ServerClock, SyncVersions, Tickets,
};
use super::rows::{decode_row, encode_row};
use super::withdrawal::OutboxGroup;
use crate::model::account::{
    AccountDraft, AccountEdit, AssetDraft, ContactDraft, ContactPointDraft, ContactPointKind,
    SiteDraft,
};
use crate::model::colleague_profile::{PersonDraft, PersonEdit};
use crate::model::edit::{Edit, Operation, Part};
use crate::model::event::EventBody;
use crate::model::handbook::{HoursEdit, KindDraft, KindEdit};
use crate::model::ids::{
    Actor, DocId, FileHash, GroupId, Hash, InstallationId, ItemId, OrganisationId, PersonId, Team,
};
use crate::model::key_pin::KeyPin;
use crate::model::placement::{DocumentKind, Placement};
use crate::model::registry::{Colleague, Device, Presence, Role};
use crate::model::silence::SilenceEnded;
use crate::model::visit::{UsageDraft, UsageEdit, VisitDraft, VisitEdit};
use crate::testing::golden_bytes;
use crate::wire::{Group, Reason, ReasonCode, SampleEnding, SampleLifetime};

const DOC: DocId = DocId([0xd0; 16]);
const ITEM: ItemId = ItemId([0xc0; 16]);
const PERSON: PersonId = PersonId([2; 16]);
const INSTALLATION: InstallationId = InstallationId([7; 16]);

/// Reads the golden record, which an older program wrote: it says what this program's says, where a field that came
/// since has its default.
fn still_read<T: Debug + PartialEq + Encode<()> + for<'b> Decode<'b, ()>>(name: &str, record: &T) {
    let name = format!("record/{name}");
    let written = golden_bytes(&name, &encode_row(record));
    let read = decode_row::<T>(&written).unwrap_or_else(|error| {
        panic!("{name}: {error}; give the new field `#[cbor(n(K), default)]` or make it an Option")
    });
    assert_eq!(&read, record, "{name}");
}

fn text(text: &str) -> String {
    text.to_owned()
}

fn team() -> Team {
    "north".parse().unwrap()
}

#[test]
fn facts_about_the_notebook_are_read_as_they_were_written() {
    let identity = Identity {
        organisation: OrganisationId([1; 16]),
        organisation_name: text("Mill & Sons"),
        person: PERSON,
        person_name: text("Ann"),
        role: Role::Office,
        team: Some(team()),
        installation: INSTALLATION,
        actor: Actor([1; 16]),
        server: Some(text("https://kept.example")),
        certificate: Some(text("-----BEGIN CERTIFICATE-----")),
        pin: None,
    };
    still_read("identity", &identity);
    let pin = Some(KeyPin::of_public_key(b"key"));
    still_read("identity-with-pin", &Identity { pin, ..identity });
    still_read(
        "tickets",
        &Tickets {
            prev: Some(ByteArray::from([1; 16])),
            pending: Some(ByteArray::from([2; 16])),
            forked: true,
        },
    );
    still_read(
        "server-clock",
        &ServerClock {
            offset_ms: -250,
            boot_ms: 60_000,
            boot_id: text("boot"),
            server_ms: 1,
        },
    );
    still_read(
        "last-written",
        &LastWritten {
            trusted: Some(1),
            wall: 2,
        },
    );
    still_read(
        "versions",
        &SyncVersions {
            presence: 1,
            samples: 2,
            last_contact: Some(3),
        },
    );
    still_read(
        "join-proof",
        &JoinProof {
            proof: ByteArray::from([3; 32]),
        },
    );
    still_read(
        "link-sizes",
        &LinkSizes {
            batch: 1 << 20,
            page: 1 << 18,
        },
    );
    still_read(
        "outage",
        &OutageSince {
            cause: 1,
            detail: text("502"),
            since: 1,
        },
    );
    still_read(
        "route",
        &Route {
            proxy: Some(text("http://proxy:3128")),
        },
    );
    still_read(
        "withdrawn-group",
        &OutboxGroup {
            group: Group {
                id: GroupId([2; 16]),
                changes: vec![],
                places: vec![Placement::new(DocId([1; 16]), DocumentKind::Visit)],
            },
            edits: vec![],
            written_at: 1,
            state: 2,
            reasons: vec![ReasonCode::Malformed.about(Some(Hash([3; 32])), "west")],
            first: Some(GroupId([4; 16])),
        },
    );
    still_read(
        "renewal",
        &Renewal {
            proof: ByteArray::from([1; 32]),
            actor: Actor([2; 16]),
        },
    );
    still_read(
        "push-address",
        &PushAddress {
            wanted: text("https://push.example/2"),
            told: Some(text("https://push.example/1")),
        },
    );
    still_read("access", &Access { signed_out: true });
    still_read(
        "former-actors",
        &FormerActors {
            actors: vec![Actor([1; 16])],
        },
    );
}

#[test]
fn what_the_server_told_is_read_as_it_was_written() {
    still_read(
        "placement",
        &Placement {
            doc: DOC,
            kind: DocumentKind::Visit,
            team: Some(team()),
            parent: Some(DOC),
            people: [PERSON].into(),
            pools: [team()].into(),
            files: [FileHash([0xf0; 32])].into(),
        },
    );
    still_read(
        "colleague",
        &Colleague {
            id: PERSON,
            name: text("Ben"),
            role: Role::Technician,
            teams: vec![team()],
            pools: vec![team()],
            from: 1,
            to: Some(2),
        },
    );
    still_read(
        "device",
        &Device {
            id: INSTALLATION,
            person: PERSON,
            label: text("phone"),
            actors: vec![Actor([1; 16])],
            push: Some(text("token")),
            enrolled: 1,
            revoked: Some(2),
            server: true,
        },
    );
    let presence = Presence {
        installation: INSTALLATION,
        heard: 1,
        clear_through: Some(2),
        open: vec![DOC],
        closed: true,
    };
    still_read("presence", &presence);
    still_read(
        "silence-ended",
        &SilenceEnded {
            installation: INSTALLATION,
            at: 1,
            before: vec![presence],
        },
    );
    still_read(
        "sample",
        &SampleLifetime {
            kind: text("repair"),
            performer: Some(PERSON),
            team: Some(team()),
            working_time: true,
            start: 1,
            exit: Some(2),
            ending: SampleEnding::Censored,
            received_at: Some(3),
        },
    );
    still_read(
        "reasons",
        &vec![Reason {
            hash: Some(Hash([0xf0; 32])),
            code: 1,
            detail: text("too large"),
        }],
    );
}

/// An operation of every kind.
fn operations() -> Vec<(&'static str, Operation)> {
    let draft = AccountDraft {
        name: text("Mill"),
        source: Some(text("card")),
        tags: vec![text("regular")],
        notes: text("notes"),
        contact_points: vec![ContactPointDraft {
            id: Some(ITEM),
            kind: ContactPointKind::Email,
            label: text("work"),
            value: text("mill@example.org"),
            contact: Some(ITEM),
        }],
        contacts: vec![ContactDraft {
            id: Some(ITEM),
            name: text("Ben"),
            ..ContactDraft::default()
        }],
        sites: vec![SiteDraft {
            id: Some(ITEM),
            label: text("Yard"),
            address: text("Road 1"),
        }],
        assets: vec![AssetDraft {
            id: Some(ITEM),
            label: text("Oven"),
            serial: text("7"),
            site: Some(ITEM),
        }],
        ..AccountDraft::default()
    };
    let account_edits = vec![
        AccountEdit::Name { name: text("Mill") },
        AccountEdit::Title { title: text("Dr.") },
        AccountEdit::Archive,
    ];
    let visit = VisitDraft {
        account: Some(DOC),
        said: text("said"),
        ..VisitDraft::default()
    };
    let usage = UsageDraft {
        account: Some(DOC),
        product: text("oven"),
        ..UsageDraft::default()
    };
    let events = || {
        vec![EventBody::Archived {
            reason: text("old"),
        }]
    };
    let kinds = || vec![KindEdit::Lead { minutes: 60 }];
    let days = || {
        vec![HoursEdit::Close {
            date: text("2026-12-25"),
        }]
    };
    let person = || {
        vec![PersonEdit::AddPhone {
            number: text("+49 30 1"),
        }]
    };
    let part = Part {
        of: ITEM,
        number: 1,
        count: 2,
        texts: vec![text("notes")],
    };
    let said = VisitEdit::Said {
        text: text("said"),
        was: Some(text("was")),
    };
    vec![
        ("create-account", Operation::CreateAccount(draft)),
        ("edit-account", Operation::EditAccount(account_edits)),
        ("create-visit", Operation::CreateVisit(visit)),
        ("edit-visit", Operation::EditVisit(vec![said.clone()])),
        ("create-usage", Operation::CreateUsage(usage)),
        (
            "edit-usage",
            Operation::EditUsage(vec![UsageEdit::Pain { pain: 3 }]),
        ),
        ("create-promise", Operation::CreatePromise(events())),
        ("append-events", Operation::AppendEvents(events())),
        (
            "create-kind",
            Operation::CreateKind(KindDraft {
                key: text("tow"),
                edits: kinds(),
            }),
        ),
        ("edit-kind", Operation::EditKind(kinds())),
        ("create-hours", Operation::CreateHours(days())),
        ("edit-hours", Operation::EditHours(days())),
        (
            "create-person",
            Operation::CreatePerson(PersonDraft {
                person: PERSON,
                edits: person(),
            }),
        ),
        ("edit-person", Operation::EditPerson(person())),
        (
            "part",
            Operation::Part(part, Box::new(Operation::EditVisit(vec![said]))),
        ),
    ]
}

#[test]
fn edits_beside_unacknowledged_changes_are_read_as_they_were_written() {
    for (name, operation) in operations() {
        let edits = vec![Edit {
            doc: DOC,
            operation,
        }];
        still_read(&format!("edit/{name}"), &edits);
    }
}
