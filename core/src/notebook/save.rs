//! Saving: edits become groups of changes, and are on disk when the call returns.

use rusqlite::Transaction;

use crate::document::WriteContext;
use crate::environment::{new_uuid, random_bytes};
use crate::model::edit::Edit;
use crate::model::ids::{Actor, DocId, GroupId, ItemId};
use crate::model::time::RecordedTime;
use crate::notebook::Notebook;
use crate::notebook::checks::check_whole_characters_of;
use crate::notebook::clock::device_zone;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::identity::own_team;
use crate::notebook::long_texts::split_long_texts;
use crate::store::meta::{self, Identity};
use crate::store::{Reading, group_writer, registry, set_aside, written};

impl Notebook {
    /// Makes the id of a new document.
    pub(in crate::notebook) fn new_doc(&self) -> DocId {
        DocId(new_uuid(self.environment.as_ref()))
    }

    /// Builds edits and saves them in one transaction: they are checked against the same state that they are written
    /// upon.
    pub(in crate::notebook) fn save<T>(
        &self,
        build: impl FnOnce(Reading<'_>) -> ApiResult<(Vec<Edit>, T)>,
    ) -> ApiResult<T> {
        let (docs, built) = self.write(|store| {
            store.write(|tx| {
                let (edits, built) = build(tx.into())?;
                let docs = match edits.is_empty() {
                    true => vec![],
                    false => self.save_in(tx, edits)?,
                };
                Ok::<_, KeptError>((docs, built))
            })
        })?;
        self.changed(docs);
        Ok(built)
    }

    /// Saves edits in a transaction: one group, or several where a text is too long for one.
    pub(in crate::notebook) fn save_in(
        &self,
        tx: &Transaction<'_>,
        edits: Vec<Edit>,
    ) -> ApiResult<Vec<DocId>> {
        self.save_group(tx, edits, self.new_group())
    }

    /// Saves edits in a transaction as a group of this id; where a text is too long for one group, the further ones
    /// have ids of their own.
    pub(in crate::notebook) fn save_group(
        &self,
        tx: &Transaction<'_>,
        edits: Vec<Edit>,
        first: GroupId,
    ) -> ApiResult<Vec<DocId>> {
        device_zone(self.environment.as_ref())?;
        check_whole_characters_of(&edits)?;
        let time = meta::now(tx, self.environment.as_ref())?;
        let new_id = || new_uuid(self.environment.as_ref());
        meta::remember_write(tx, &time)?;
        written::forget_old(tx, time.wall_ms)?;
        let mut identity = meta::identity(tx)?;
        for edit in &edits {
            if set_aside::has_change_of_actor(tx, edit.doc, identity.actor)? {
                identity = meta::replace_actor(tx, Actor(random_bytes(self.environment.as_ref())))?;
            }
        }
        let write_context = write_context(&identity, time, &new_id);
        let known = registry::colleague(tx, identity.person)?;
        let team = own_team(known.as_ref(), &identity);
        let mut docs = Vec::new();
        let mut next = first;
        for edits in split_long_texts(tx, edits, &new_id)? {
            let written =
                group_writer::write_group(tx, &edits, &write_context, next, team.as_ref())?;
            docs.extend(written);
            if next != first {
                written::set_first(tx, next, first)?;
            }
            next = GroupId(new_id());
        }
        Ok(docs)
    }

    /// Makes the id of a new group.
    pub(in crate::notebook) fn new_group(&self) -> GroupId {
        GroupId(new_uuid(self.environment.as_ref()))
    }

    /// Makes the id of a new item of a document.
    pub(in crate::notebook) fn new_item(&self) -> ItemId {
        ItemId(new_uuid(self.environment.as_ref()))
    }
}

/// Returns the context of writing as an identity at a time.
pub(in crate::notebook) fn write_context<'a>(
    identity: &Identity,
    time: RecordedTime,
    new_id: &'a dyn Fn() -> [u8; 16],
) -> WriteContext<'a> {
    WriteContext {
        actor: identity.actor,
        device: identity.installation,
        time,
        on_behalf: None,
        new_id,
    }
}
