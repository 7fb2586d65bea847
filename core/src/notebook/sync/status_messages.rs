//! The messages of the status: what is unsent, why a group waits, and the notes to be read.

use std::collections::BTreeSet;

use crate::environment::{FoundZone, ZoneError};
use crate::language::Message;
use crate::model::ids::DocId;
use crate::model::placement::DocumentKind;
use crate::model::time::Trust;
use crate::notebook::clock::zone_message;
use crate::notebook::context::Context;
use crate::notebook::errors::ApiResult;
use crate::notebook::numbers::count_i64;
use crate::notebook::sync::status_records::{Status, UnsentGroup};
use crate::notebook::sync::ways_out::ways_of;
use crate::store::Reading;
use crate::store::outbox::{GroupState, PendingGroup};
use crate::wire::{Reason, ReasonCode};

/// A clock that is off by more than this is worth a note, in milliseconds.
const CLOCK_OFF_MS: i64 = 2 * 60 * 1000;

/// Returns the documents of the groups that wait to be sent.
fn unsent_docs(pending: &[PendingGroup]) -> BTreeSet<(DocId, DocumentKind)> {
    let unsent = pending
        .iter()
        .filter(|group| group.state == GroupState::Unsent);
    unsent.flat_map(|group| group.docs.clone()).collect()
}

/// Returns the sentence on what is only here, drafts among it, and what becomes of it. Groups that wait for the office or were refused
/// are told by notes.
pub(in crate::notebook) fn unsent_line(
    pending: &[PendingGroup],
    drafts: u64,
    joined: bool,
    signed_out: bool,
) -> Message {
    let docs = unsent_docs(pending);
    // messages: status-all-sent status-nothing-waits unsent-entries unsent-entries-stay unsent-entries-local
    let key = match (docs.is_empty(), joined, signed_out) {
        (true, ..) if pending.is_empty() => "status-all-sent",
        (true, ..) => "status-nothing-waits",
        (_, _, true) => "unsent-entries-stay",
        (_, false, _) => "unsent-entries-local",
        (_, true, false) => "unsent-entries",
    };
    let words = Message::new(key).number("drafts", count_i64(drafts));
    if docs.is_empty() {
        return words;
    }
    let counted = [
        ("visits", DocumentKind::Visit),
        ("usages", DocumentKind::Usage),
        ("promises", DocumentKind::Promise),
        ("accounts", DocumentKind::Account),
    ];
    let of = |wanted: DocumentKind| docs.iter().filter(|(_, kind)| *kind == wanted).count();
    let named: usize = counted.iter().map(|(_, kind)| of(*kind)).sum();
    let words = words.number("others", count_i64(docs.len().saturating_sub(named)));
    counted.iter().fold(words, |words, (gap, kind)| {
        words.number(gap, count_i64(of(*kind)))
    })
}

/// Returns a group that waits, with its reasons in words.
pub(in crate::notebook) fn unsent_group(
    group: &PendingGroup,
    store: Reading<'_>,
    context: &Context,
) -> ApiResult<UnsentGroup> {
    let docs: Vec<DocId> = group.docs.iter().map(|(doc, _)| *doc).collect();
    let kind = group.docs.first().map(|(_, kind)| *kind);
    let kind = kind.unwrap_or(DocumentKind::Account);
    Ok(UnsentGroup {
        id: group.group,
        written_at: group.written_at,
        state: group.state,
        reasons: reason_messages(&group.reasons),
        words: context.group_words(store, &docs, kind)?,
        docs,
        ways: ways_of(group.state, &group.reasons, group.has_edits),
    })
}

/// Returns the reasons for which the server holds or refuses a group, each sentence once: every change of it has its
/// own reason.
pub(in crate::notebook) fn reason_messages(reasons: &[Reason]) -> Vec<Message> {
    let mut messages: Vec<Message> = Vec::new();
    for words in reasons.iter().map(reason_message) {
        if !messages.contains(&words) {
            messages.push(words);
        }
    }
    messages
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
pub(in crate::notebook) fn zone_note(found: &Result<FoundZone, ZoneError>) -> Message {
    match found {
        Ok(found) => Message::new("status-zone")
            .text("zone", &found.name)
            .keyed("from", found.source.key()),
        Err(trouble) => zone_message(trouble),
    }
}

/// Returns the notes on a status that are to be read.
pub(in crate::notebook) fn notes(
    status: &Status,
    pending: &[PendingGroup],
    zone: &str,
) -> Vec<Message> {
    let mut notes = Vec::new();
    for (state, key) in [
        (GroupState::Held, "status-held-groups"),
        (GroupState::Refused, "status-refused-groups"),
    ] {
        // messages: status-held-groups status-refused-groups
        let groups = pending.iter().filter(|group| group.state == state).count();
        if groups > 0 {
            notes.push(Message::new(key).number("count", count_i64(groups as u64)));
        }
    }
    if status.withdrawn > 0 {
        notes.push(Message::new("status-withdrawn").number("count", i64::from(status.withdrawn)));
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
                .number("count", count_i64(status.quarantined.len() as u64)),
        );
    }
    if !status.set_aside.is_empty() {
        notes.push(
            Message::new("status-set-aside")
                .number("count", count_i64(status.set_aside.len() as u64)),
        );
    }
    if !status.not_counted.is_empty() {
        let count = count_i64(status.not_counted.len() as u64);
        notes.push(Message::new("status-not-counted").number("count", count));
    }
    if status.arriving > 0 {
        notes.push(Message::new("status-arriving").number("count", count_i64(status.arriving)));
    }
    if status.unknown_rows > 0 {
        notes.push(
            Message::new("status-unknown-rows").number("count", count_i64(status.unknown_rows)),
        );
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
