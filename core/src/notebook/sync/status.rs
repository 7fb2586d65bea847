//! Status: everything unsent, held, refused, arriving, quarantined or set aside, with its reason, and the instant at
//! which each device was heard from.

use crate::notebook::context::Context;
use std::collections::BTreeSet;

use rusqlite::Connection;

use crate::document::set_aside::AsideReason;
use crate::environment::{FoundZone, ZoneError};
use crate::language::Message;
use crate::model::ids::DocId;
use crate::model::placement::DocumentKind;
use crate::model::promise::NotAllowed;
use crate::model::registry::Registry;
use crate::model::time::Trust;
use crate::notebook::entries::records::{
    DeviceStatus, OutageStatus, QuarantinedDocument, ScopeStatus, SetAsideChange, Status,
    UncountedEntry, UnsentGroup,
};
use crate::notebook::errors::ApiResult;
use crate::notebook::promises::event_messages::not_allowed_key;
use crate::notebook::{Notebook, me_of};
use crate::store::meta::{self, Access, OutageSince, Route, SyncVersions, Tickets};
use crate::store::outbox::{self, GroupState, PendingGroup};
use crate::store::{Store, StoreError, company, feed, queries, registry, set_aside};
use crate::sync::outage::{Outage, OutageCause};
use crate::sync::proxy::Proxy;
use crate::wire::{Reason, ReasonCode};

/// A clock that is off by more than this is worth a note, in milliseconds.
const CLOCK_OFF_MS: i64 = 2 * 60 * 1000;

#[uniffi::export]
impl Notebook {
    /// Returns the status: what is sent and what is not, the devices by when they were heard from, and the notes to be
    /// read.
    pub fn status(&self) -> ApiResult<Status> {
        self.read(|store| {
            let connection = store.read();
            let pending = outbox::pending(connection)?;
            let versions: SyncVersions = meta::get(connection)?.unwrap_or_default();
            let tickets: Tickets = meta::get(connection)?.unwrap_or_default();
            let access: Access = meta::get(connection)?.unwrap_or_default();
            let now = meta::now(connection, self.environment.as_ref())?;
            let (arriving, unknown_rows) = feed::waiting_counts(connection)?;
            let quarantined: Vec<QuarantinedDocument> = queries::quarantined(connection)?
                .into_iter()
                .map(|(id, reason)| QuarantinedDocument { id, reason })
                .collect();
            let found = self.environment.found_zone();
            let me = me_of(&meta::identity(connection)?);
            let joined = me.joined;
            let mut status = Status {
                me,
                line: unsent_line(&pending, joined, access.signed_out),
                unsent: pending.iter().map(unsent_group).collect(),
                last_contact: versions.last_contact,
                devices: devices_of(&registry::load(connection)?),
                scopes: feed::scopes(connection)?
                    .into_iter()
                    .map(|scope| ScopeStatus {
                        name: scope.name,
                        seq: scope.seq,
                        head: scope.head,
                        differs: scope.differs,
                    })
                    .collect(),
                arriving,
                unknown_rows,
                quarantined,
                set_aside: changes_aside(connection)?,
                not_counted: Context::load(self, store)?.not_counted(store)?,
                forked: tickets.forked,
                signed_out: access.signed_out,
                outage: meta::get::<OutageSince>(connection)?.map(outage_status),
                proxy: kept_proxy(meta::get(connection)?.unwrap_or_default()),
                clock: now.trust(),
                clock_offset_ms: now.offset_ms,
                zone: found.as_ref().ok().map(|found| found.name.clone()),
                zone_from: found.as_ref().ok().map(|found| found.source),
                notes: vec![],
            };
            status.notes = notes(&status, &pending, &self.environment.zone());
            status.notes.extend(self.clock_warning_in(store)?);
            status.notes.push(zone_note(&found));
            Ok(status)
        })
    }

    /// Returns the devices, the one heard from most recently first.
    pub fn devices(&self) -> ApiResult<Vec<DeviceStatus>> {
        self.read(|store| Ok(devices_of(&registry::load(store.read())?)))
    }
}

/// Returns the changes that are set aside, each with the reason.
pub(in crate::notebook) fn changes_aside(
    connection: &Connection,
) -> Result<Vec<SetAsideChange>, StoreError> {
    let aside = set_aside::all(connection)?.into_iter();
    let aside = aside.map(|(id, change)| SetAsideChange {
        id,
        change: change.hash.to_string(),
        reason: set_aside_message(change.reason),
        detail: change.detail,
    });
    Ok(aside.collect())
}

/// Returns the reason for which a change is set aside, as a sentence.
pub(in crate::notebook) fn set_aside_message(reason: AsideReason) -> Message {
    // messages: aside-unbounded aside-malformed aside-numbers aside-document aside-depends-on
    Message::new(match reason {
        AsideReason::Unbounded => "aside-unbounded",
        AsideReason::Malformed => "aside-malformed",
        AsideReason::Numbers => "aside-numbers",
        AsideReason::Document => "aside-document",
        AsideReason::DependsOn => "aside-depends-on",
    })
}

impl Context {
    /// Returns everything here that does not count and has not been written again.
    fn not_counted(&self, store: &Store) -> ApiResult<Vec<UncountedEntry>> {
        let promises = self.promises(&queries::uncounted(store.read())?)?;
        let promises = promises.into_iter().map(|promise| UncountedEntry {
            id: promise.id,
            title: promise.deliverable,
            reason: promise.state_words,
        });
        let people = company::uncounted_person_entries(store.read())?.into_iter();
        let people = people.map(|entry| {
            let reason = match entry.by.person {
                Some(_) => NotAllowed::NotOffice,
                None => NotAllowed::AuthorArriving,
            };
            UncountedEntry {
                id: entry.id,
                title: self.name(entry.person),
                reason: Message::new("state-not-counted").keyed("why", not_allowed_key(reason)),
            }
        });
        Ok(promises.chain(people).collect())
    }
}

fn outage_status(known: OutageSince) -> OutageStatus {
    OutageStatus {
        outage: Outage {
            cause: OutageCause::from_number(known.cause),
            detail: known.detail,
        },
        since: known.since,
    }
}

/// Returns a proxy's address, without its secrets; none if there is none.
fn kept_proxy(route: Route) -> Option<String> {
    let proxy = route.proxy.map(|text| Proxy::parse(&text));
    Some(proxy?.ok()?.to_string())
}

fn devices_of(registry: &Registry) -> Vec<DeviceStatus> {
    let mut devices: Vec<DeviceStatus> = registry
        .devices
        .values()
        .filter(|device| !device.server)
        .map(|device| {
            let presence = registry.presence.get(&device.id);
            DeviceStatus {
                installation: device.id,
                person: device.person,
                name: registry.name(device.person).unwrap_or_default().to_owned(),
                device: device.label.clone(),
                heard: presence.map(|presence| presence.heard),
                clear_through: presence.and_then(|presence| presence.clear_through),
                open: presence.map_or(0, |presence| {
                    u32::try_from(presence.open.len()).unwrap_or(u32::MAX)
                }),
                revoked: device.revoked.is_some(),
            }
        })
        .collect();
    devices.sort_by(|a, b| b.heard.cmp(&a.heard).then_with(|| a.name.cmp(&b.name)));
    devices
}

/// Returns the documents of the groups that wait to be sent.
fn unsent_docs(pending: &[PendingGroup]) -> BTreeSet<(DocId, DocumentKind)> {
    let unsent = pending
        .iter()
        .filter(|group| group.state == GroupState::Unsent);
    unsent.flat_map(|group| group.docs.clone()).collect()
}

/// Returns the sentence on what is only here, and what becomes of it. Groups that wait for the office or were refused
/// are told by notes.
fn unsent_line(pending: &[PendingGroup], joined: bool, signed_out: bool) -> Message {
    let docs = unsent_docs(pending);
    // messages: status-all-sent status-nothing-waits unsent-entries unsent-entries-stay unsent-entries-local
    let key = match (docs.is_empty(), joined, signed_out) {
        (true, ..) if pending.is_empty() => return Message::new("status-all-sent"),
        (true, ..) => return Message::new("status-nothing-waits"),
        (_, _, true) => "unsent-entries-stay",
        (_, false, _) => "unsent-entries-local",
        (_, true, false) => "unsent-entries",
    };
    let counted = [
        ("visits", DocumentKind::Visit),
        ("usages", DocumentKind::Usage),
        ("promises", DocumentKind::Promise),
        ("accounts", DocumentKind::Account),
    ];
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let of = |wanted: DocumentKind| docs.iter().filter(|(_, kind)| *kind == wanted).count();
    let named: usize = counted.iter().map(|(_, kind)| of(*kind)).sum();
    let words = Message::new(key).number("others", number(docs.len().saturating_sub(named)));
    counted.iter().fold(words, |words, (gap, kind)| {
        words.number(gap, number(of(*kind)))
    })
}

fn unsent_group(group: &PendingGroup) -> UnsentGroup {
    UnsentGroup {
        id: group.group,
        written_at: group.written_at,
        state: match group.state {
            GroupState::Unsent => "unsent",
            GroupState::Held => "held",
            GroupState::Refused => "refused",
        }
        .to_owned(),
        reasons: reason_messages(&group.reasons),
        docs: group.docs.iter().map(|(doc, _)| *doc).collect(),
    }
}

/// Returns the reasons for which the server holds or refuses a group, each sentence once: every change of it has its
/// own reason.
fn reason_messages(reasons: &[Reason]) -> Vec<Message> {
    let mut told: Vec<Message> = Vec::new();
    for words in reasons.iter().map(reason_message) {
        if !told.contains(&words) {
            told.push(words);
        }
    }
    told
}

/// Returns the reason for which the server holds or refuses a group, as a sentence.
fn reason_message(reason: &Reason) -> Message {
    // messages: reason-too-large reason-malformed reason-actor reason-sequence reason-depends-refused
    // messages: reason-place reason-may-not-write reason-depends-held reason-too-many-operations
    // messages: reason-too-much-held reason-other
    let key = match ReasonCode::from_number(reason.code) {
        ReasonCode::TooLarge => "reason-too-large",
        ReasonCode::Malformed | ReasonCode::WrongHash => "reason-malformed",
        ReasonCode::WrongActor => "reason-actor",
        ReasonCode::SequenceTaken => "reason-sequence",
        ReasonCode::DependsOnRefused => "reason-depends-refused",
        ReasonCode::WrongPlace | ReasonCode::NotFirst => "reason-place",
        ReasonCode::MayNotWrite => "reason-may-not-write",
        ReasonCode::DependsOnHeld => "reason-depends-held",
        ReasonCode::TooManyOperations => "reason-too-many-operations",
        ReasonCode::TooMuchHeld => "reason-too-much-held",
        ReasonCode::Other(_) => "reason-other",
    };
    Message::new(key)
}

/// Returns the sentence on the zone and where it was found, or on what to do if it was not.
fn zone_note(found: &Result<FoundZone, ZoneError>) -> Message {
    match found {
        Ok(found) => Message::new("status-zone")
            .text("zone", &found.name)
            .keyed("from", found.source.key()),
        Err(trouble) => trouble.message(),
    }
}

fn notes(status: &Status, pending: &[PendingGroup], zone: &str) -> Vec<Message> {
    let mut notes = Vec::new();
    let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    for (state, key) in [
        (GroupState::Held, "status-held-groups"),
        (GroupState::Refused, "status-refused-groups"),
    ] {
        // messages: status-held-groups status-refused-groups
        let groups = pending.iter().filter(|group| group.state == state).count();
        if groups > 0 {
            notes.push(Message::new(key).number("count", number(groups as u64)));
        }
    }
    if status.me.joined {
        notes.push(match status.last_contact {
            Some(at) => Message::new("status-last-contact").instant("when", at, zone),
            None => Message::new("status-never-in-contact"),
        });
    }
    if let Some(seen) = &status.outage {
        let why = Message::new("status-outage").keyed("why", seen.outage.cause.key());
        let why = why.text("detail", &seen.outage.detail);
        notes.push(why.instant("since", seen.since, zone));
    }
    if status.signed_out {
        notes.push(Message::new("status-signed-out"));
    }
    if status.forked {
        notes.push(Message::new("status-forked"));
    }
    if !status.quarantined.is_empty() {
        notes.push(
            Message::new("status-quarantined")
                .number("count", number(status.quarantined.len() as u64)),
        );
    }
    if !status.set_aside.is_empty() {
        notes.push(
            Message::new("status-set-aside").number("count", number(status.set_aside.len() as u64)),
        );
    }
    if !status.not_counted.is_empty() {
        let count = number(status.not_counted.len() as u64);
        notes.push(Message::new("status-not-counted").number("count", count));
    }
    if status.arriving > 0 {
        notes.push(Message::new("status-arriving").number("count", number(status.arriving)));
    }
    if status.unknown_rows > 0 {
        notes
            .push(Message::new("status-unknown-rows").number("count", number(status.unknown_rows)));
    }
    if status.scopes.iter().any(|scope| scope.differs) {
        notes.push(Message::new("status-differs"));
    }
    match (status.clock, status.clock_offset_ms) {
        (Trust::Good | Trust::Drifting, Some(offset)) if offset.abs() > CLOCK_OFF_MS => {
            notes.push(Message::new("status-clock-off").number("offset", offset.abs()));
        }
        (Trust::Unknown, _) if status.me.joined => notes.push(Message::new("status-clock-unknown")),
        _ => {}
    }
    notes
}
