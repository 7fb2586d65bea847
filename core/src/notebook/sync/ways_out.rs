//! The ways out of what cannot be sent or read, on the device: it is written again, copied, withdrawn, or exported.
//!
//! A group that is held may still be taken by the office, so it is never written again: that would double it. A group
//! takes those with it that were written upon its changes, and what is written after it has an actor of its own, so that
//! no other change stands where one of these did.

use std::collections::HashMap;

use rusqlite::Transaction;
use serde::Serialize;

use crate::environment::{new_uuid, random_bytes};
use crate::language::{Lang, Message};
use crate::model::ids::{Actor, DocId, GroupId};
use crate::model::time::Millis;
use crate::notebook::Notebook;
use crate::notebook::clock::device_zone;
use crate::notebook::context::Context;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::identity::own_team;
use crate::notebook::save::write_context;
use crate::notebook::sync::group_words::withdrawn_words;
use crate::notebook::sync::status_messages::reason_messages;
use crate::notebook::verification::{QuarantinedDocument, quarantined_documents};
use crate::store::outbox::GroupState;
use crate::store::rows::encode_row;
use crate::store::withdrawal::{self, OutboxGroup, WithdrawnRow};
use crate::store::{changes, group_writer, meta, placements, queries, registry, written};
use crate::wire::{Change, Group, Reason, ReasonCode};

/// A way out of what cannot be sent or read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum WayOut {
    /// `write_group_again`: the same is written anew, and sent.
    WriteAgain,
    /// `group_text`: what was typed goes to the clipboard.
    CopyText,
    /// `withdraw_group`, `withdraw_document`: it leaves the lists and is kept.
    Withdraw,
    /// `bring_group_back`: it stands again where it was.
    BringBack,
    /// `export_group`, `export_entry`: it goes into a file.
    Export,
}

/// Returns the ways out of a group, the likeliest first. `can_be_replayed` is true if its edits are here.
pub(in crate::notebook) fn ways_of(
    state: GroupState,
    reasons: &[Reason],
    can_be_replayed: bool,
) -> Vec<WayOut> {
    // What is too much for the server stays too much.
    let is_too_much = |reason: &Reason| {
        matches!(
            ReasonCode::from_number(reason.code),
            ReasonCode::TooLarge | ReasonCode::TooManyOperations
        )
    };
    let mut ways = Vec::new();
    if state == GroupState::Refused && can_be_replayed && !reasons.iter().any(is_too_much) {
        ways.push(WayOut::WriteAgain);
    }
    ways.push(WayOut::CopyText);
    if state != GroupState::Unsent {
        ways.push(WayOut::Withdraw);
    }
    ways.push(WayOut::Export);
    ways
}

fn ways_of_withdrawn(row: &WithdrawnRow) -> Vec<WayOut> {
    let content = &row.content;
    let again = ways_of(content.state(), &content.reasons, !content.edits.is_empty());
    let kept = again.into_iter().filter(|way| *way != WayOut::Withdraw);
    kept.chain([WayOut::BringBack]).collect()
}

/// A group that was withdrawn: on this device only, and in no list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct WithdrawnGroup {
    /// The group's id.
    pub id: GroupId,
    /// The thing that it concerns, in a few words.
    pub words: Message,
    /// The instant at which it was written, in milliseconds since the epoch.
    pub written_at: Millis,
    /// The instant at which it was withdrawn, in milliseconds since the epoch.
    pub withdrawn_at: Millis,
    /// The reasons for which it was held or refused, each once.
    pub reasons: Vec<Message>,
    /// The number of groups that went with it, for they were written upon it.
    pub others: u32,
    /// The ways out, the likeliest first.
    pub ways: Vec<WayOut>,
}

/// The groups and documents that were withdrawn on this device.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct Withdrawn {
    /// The groups, oldest first.
    pub groups: Vec<WithdrawnGroup>,
    /// The documents that cannot be read and are named no more.
    pub documents: Vec<QuarantinedDocument>,
}

#[uniffi::export]
impl Notebook {
    /// Writes a group that the server refused anew, with those that were written upon it, and takes the old ones away;
    /// also one that was withdrawn. All of it is on disk, or nothing is changed: `Invalid` where that is no way out of it,
    /// `NotFound` where it is not here. Returns the new groups, which the next synchronisation sends.
    pub fn write_group_again(&self, group: GroupId) -> ApiResult<Vec<GroupId>> {
        let (groups, docs) = self.write(|store| {
            store.write(|tx| {
                let away = withdrawal::of_cause(tx, group)?;
                let mut docs = Vec::new();
                let contents: Vec<OutboxGroup> = match away.is_empty() {
                    true => {
                        let all = withdrawal::with_dependents(tx, group)?;
                        let read = |id: &GroupId| Ok(withdrawal::outbox_group(tx, *id)?);
                        let contents = all.iter().filter_map(|id| read(id).transpose());
                        let contents = contents.collect::<ApiResult<Vec<_>>>()?;
                        check_replay(group, &contents)?;
                        let now = self.environment.wall_ms();
                        docs = withdrawal::withdraw(tx, &all, group, now)?;
                        contents
                    }
                    false => {
                        let contents = away.into_iter().map(|row| row.content).collect::<Vec<_>>();
                        check_replay(group, &contents)?;
                        contents
                    }
                };
                let groups = self.replay(tx, &contents, &mut docs)?;
                for content in &contents {
                    withdrawal::forget(tx, content.group.id)?;
                }
                Ok::<_, KeptError>((groups, docs))
            })
        })?;
        self.changed(docs);
        Ok(groups)
    }

    /// Takes a group that is held or refused out of every list, with those that were written upon it. It is kept on this
    /// device, and `bring_group_back` undoes it. The office may still take one that is held. Returns the groups that
    /// went; `Invalid` for one that is still to be sent, `NotFound` where it is not here.
    pub fn withdraw_group(&self, group: GroupId) -> ApiResult<Vec<GroupId>> {
        let (groups, docs) = self.write(|store| {
            store.write(|tx| {
                let content =
                    withdrawal::outbox_group(tx, group)?.ok_or_else(|| no_group(group))?;
                if content.state() == GroupState::Unsent {
                    return Err(no_way());
                }
                let all = withdrawal::with_dependents(tx, group)?;
                let docs = withdrawal::withdraw(tx, &all, group, self.environment.wall_ms())?;
                meta::replace_actor(tx, Actor(random_bytes(self.environment.as_ref())))?;
                Ok::<_, KeptError>((all, docs))
            })
        })?;
        self.changed(docs);
        Ok(groups)
    }

    /// Brings a group back that was withdrawn, with those that went with it: they are held or refused as before. `NotFound`
    /// where it was not withdrawn.
    pub fn bring_group_back(&self, group: GroupId) -> ApiResult<()> {
        let docs = self.write(|store| {
            store.write(|tx| {
                let rows = withdrawal::of_cause(tx, group)?;
                if rows.is_empty() {
                    return Err(no_group(group));
                }
                Ok::<_, KeptError>(withdrawal::bring_back(tx, &rows)?)
            })
        })?;
        self.changed(docs);
        Ok(())
    }

    /// Names a document that cannot be read no more; it is kept, and shown as soon as it can be read. `NotFound` where no
    /// such document is here.
    pub fn withdraw_document(&self, id: DocId) -> ApiResult<()> {
        self.write(|store| {
            store.write(|tx| {
                let all = queries::quarantined(tx)?;
                if all.iter().all(|(doc, _)| *doc != id) {
                    return Err(KeptError::not_found("thing-entry", id));
                }
                let at = self.environment.wall_ms();
                Ok(withdrawal::withdraw_document(tx, id, at)?)
            })
        })
    }

    /// Returns what was withdrawn on this device.
    pub fn withdrawn(&self) -> ApiResult<Withdrawn> {
        self.read(|store| {
            let rows = withdrawal::all(store.read())?;
            let others = |cause: GroupId| rows.iter().filter(|row| row.cause == cause).count();
            let chosen = rows.iter().filter(|row| row.content.group.id == row.cause);
            let groups = chosen.map(|row| WithdrawnGroup {
                id: row.cause,
                words: withdrawn_words(&row.content),
                written_at: row.content.written_at,
                withdrawn_at: row.at,
                reasons: reason_messages(&row.content.reasons),
                others: u32::try_from(others(row.cause).saturating_sub(1)).unwrap_or(u32::MAX),
                ways: ways_of_withdrawn(row),
            });
            let (_, documents) = quarantined_documents(store)?;
            Ok(Withdrawn {
                groups: groups.collect(),
                documents,
            })
        })
    }

    /// Returns what was written in a group that is not acknowledged, or was withdrawn, as text: what it concerns, and each
    /// field with its value, as lines. `NotFound` where it is not here.
    pub fn group_text(&self, group: GroupId, lang: Lang) -> ApiResult<String> {
        let mut text = None;
        let read = self.write(|store| {
            store.write(|tx| {
                let rows = withdrawal::of_cause(tx, group)?;
                if rows.is_empty() && withdrawal::outbox_group(tx, group)?.is_none() {
                    return Err(no_group(group));
                }
                // Before anything is put back: what is loaded is held between calls.
                let context = Context::load(self, tx.into())?;
                // One that was withdrawn is read where it stood: it is put back, and the transaction is not committed.
                withdrawal::bring_back(tx, &rows)?;
                text = Some(self.written_text(tx.into(), &context, group, lang)?);
                Err::<(), _>(no_group(group))
            })
        });
        match text {
            Some(text) => Ok(text),
            None => read.map(|()| String::new()),
        }
    }

    /// Returns a group that is not acknowledged, or was withdrawn, as a file: its changes with the edits that made them,
    /// its state and the reasons, as CBOR. It holds what was typed, and no secret. `NotFound` where it is not here.
    pub fn export_group(&self, group: GroupId) -> ApiResult<Vec<u8>> {
        self.read(|store| {
            let away = withdrawal::of_cause(store.read(), group)?.into_iter();
            let away = away
                .map(|row| row.content)
                .find(|content| content.group.id == group);
            let content = match away {
                Some(content) => content,
                None => {
                    withdrawal::outbox_group(store.read(), group)?.ok_or_else(|| no_group(group))?
                }
            };
            Ok(encode_row(&content))
        })
    }

    /// Returns an entry as a file, also one that cannot be read: all its changes, and its place, as CBOR, in the shape of
    /// a group of the protocol. `NotFound` where it is not here.
    pub fn export_entry(&self, id: DocId) -> ApiResult<Vec<u8>> {
        self.read(|store| {
            let recorded = changes::of_doc(store.read(), id)?;
            if recorded.is_empty() {
                return Err(KeptError::not_found("thing-entry", id));
            }
            let changes = recorded.into_iter().map(|change| Change {
                doc: id,
                hash: change.hash,
                bytes: change.bytes.into(),
                parent: None,
                receipt: None,
            });
            Ok(encode_row(&Group {
                id: GroupId(id.0),
                changes: changes.collect(),
                places: placements::get(store.read(), id)?.into_iter().collect(),
            }))
        })
    }
}

impl Notebook {
    /// Writes again what clashes with changes of another copy of this notebook; true if something was written. What
    /// cannot be written again stays where it is, with its reason.
    pub(in crate::notebook) fn rewrite_clashes(&self) -> ApiResult<bool> {
        let clashes = self.read(|store| Ok(withdrawal::clashes(store.read())?))?;
        let mut is_written = false;
        for group in clashes {
            match self.write_group_again(group) {
                Ok(groups) => is_written |= !groups.is_empty(),
                // An earlier one took it along, or its edits are not here.
                Err(KeptError::NotFound { .. } | KeptError::Invalid { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(is_written)
    }

    /// Writes the edits of groups once more, each as a group of its own, with a new actor. Adds the documents to `docs`.
    fn replay(
        &self,
        tx: &Transaction<'_>,
        contents: &[OutboxGroup],
        docs: &mut Vec<DocId>,
    ) -> ApiResult<Vec<GroupId>> {
        device_zone(self.environment.as_ref())?;
        let time = meta::now(tx, self.environment.as_ref())?;
        meta::remember_write(tx, &time)?;
        let identity = meta::replace_actor(tx, Actor(random_bytes(self.environment.as_ref())))?;
        let new_id = || new_uuid(self.environment.as_ref());
        let context = write_context(&identity, time, &new_id);
        let known = registry::colleague(tx, identity.person)?;
        let team = own_team(known.as_ref(), &identity);
        let mut new_ids: HashMap<GroupId, GroupId> = HashMap::new();
        let mut groups = Vec::with_capacity(contents.len());
        for content in contents {
            let group = self.new_group();
            let written =
                group_writer::write_group(tx, &content.edits, &context, group, team.as_ref())?;
            if written.is_empty() {
                continue;
            }
            docs.extend(written);
            if let Some(first) = content.first.and_then(|first| new_ids.get(&first)) {
                written::set_first(tx, group, *first)?;
            }
            new_ids.insert(content.group.id, group);
            groups.push(group);
        }
        Ok(groups)
    }
}

/// Refuses to write groups again of which the first is not refused, one may still be taken, or the edits are not here.
fn check_replay(group: GroupId, contents: &[OutboxGroup]) -> ApiResult<()> {
    let chosen = contents.iter().find(|content| content.group.id == group);
    let chosen = chosen.ok_or_else(|| no_group(group))?;
    let ways = ways_of(chosen.state(), &chosen.reasons, !chosen.edits.is_empty());
    let may_be_taken = |content: &OutboxGroup| content.state() == GroupState::Held;
    let is_open = ways.contains(&WayOut::WriteAgain)
        && !contents.iter().any(may_be_taken)
        && contents.iter().all(|content| !content.edits.is_empty());
    is_open.then_some(()).ok_or_else(no_way)
}

fn no_group(group: GroupId) -> KeptError {
    KeptError::not_found("thing-entry", group)
}

fn no_way() -> KeptError {
    KeptError::invalid("group", Message::new("error-no-way-out"))
}
