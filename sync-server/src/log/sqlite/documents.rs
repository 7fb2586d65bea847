//! Places, changes and held groups in SQLite.

use std::collections::BTreeSet;

use kept_core::model::ids::{
    Actor, DocId, FileHash, GroupId, Hash, OrganisationId, PersonId, Team,
};
use kept_core::model::place::Place;
use kept_core::wire::{Group, Reason, Receipt};
use rusqlite::{Row, params};

use super::SqliteTransaction;
use super::values::{bits, blob, cbor, optional, record, text, unsigned};
use crate::log::{Documents, HeldChange, HeldGroup, LogError, Result, StoredChange, StoredPlace};

impl Documents for SqliteTransaction<'_> {
    fn place(&self, organisation: OrganisationId, doc: DocId) -> Result<Option<StoredPlace>> {
        self.first(
            "
            SELECT doc, kind, team, parent, people, pools, files, author, home, parent_max_op, parent_hash, changes
            FROM place
            WHERE organisation = ?1 AND doc = ?2
            ",
            params![organisation, doc],
            stored_place,
        )
    }

    fn put_place(&self, organisation: OrganisationId, stored: &StoredPlace) -> Result<()> {
        let place = &stored.place;
        self.execute(
            "
            INSERT INTO place (organisation, doc, kind, team, parent, people, pools, files, author, home,
                               parent_max_op, parent_hash, changes)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
            ON CONFLICT (organisation, doc) DO UPDATE
            SET team = excluded.team, parent = excluded.parent, people = excluded.people, pools = excluded.pools,
                files = excluded.files, home = excluded.home, parent_max_op = excluded.parent_max_op,
                parent_hash = excluded.parent_hash
            ",
            params![
                organisation,
                place.doc,
                place.kind,
                place.team.as_ref().map_or("", Team::as_str),
                blob(place.parent.map(|parent| parent.0)),
                cbor(&place.people)?,
                cbor(&place.pools)?,
                cbor(&place.files)?,
                stored.author,
                stored.home,
                bits(stored.parent_max_op),
                blob(stored.parent_hash.map(|hash| hash.0)),
                stored.changes,
            ],
        )?;
        Ok(())
    }

    fn entries(&self, organisation: OrganisationId, doc: DocId) -> Result<Vec<u32>> {
        self.all(
            "
            SELECT scope
            FROM entry
            WHERE organisation = ?1 AND doc = ?2
            ORDER BY scope
            ",
            params![organisation, doc],
            |row| row.get(0),
        )
    }

    fn insert_entry(&self, organisation: OrganisationId, doc: DocId, scope: u32) -> Result<()> {
        self.execute(
            "
            INSERT INTO entry (organisation, doc, scope)
            VALUES (?1, ?2, ?3)
            ",
            params![organisation, doc, scope],
        )?;
        Ok(())
    }

    fn change(&self, organisation: OrganisationId, hash: Hash) -> Result<Option<StoredChange>> {
        self.first(
            "
            SELECT doc, hash, actor, seq, max_op, bytes, installation, received_at, mac, group_id
            FROM change
            WHERE organisation = ?1 AND hash = ?2
            ",
            params![organisation, hash],
            stored_change,
        )
    }

    fn document_of(&self, organisation: OrganisationId, hash: Hash) -> Result<Option<DocId>> {
        self.first(
            "
            SELECT doc
            FROM change
            WHERE organisation = ?1 AND hash = ?2
            ",
            params![organisation, hash],
            |row| row.get(0),
        )
    }

    fn change_at(
        &self,
        organisation: OrganisationId,
        doc: DocId,
        actor: Actor,
        seq: u64,
    ) -> Result<Option<Hash>> {
        self.first(
            "
            SELECT hash
            FROM change
            WHERE organisation = ?1 AND doc = ?2 AND actor = ?3 AND seq = ?4
            UNION ALL
            SELECT hash
            FROM held_change
            WHERE organisation = ?1 AND doc = ?2 AND actor = ?3 AND seq = ?4
            ",
            params![organisation, doc, actor, bits(seq)],
            |row| row.get(0),
        )
    }

    fn history(&self, organisation: OrganisationId, doc: DocId) -> Result<Vec<(Hash, GroupId)>> {
        self.all(
            "
            SELECT hash, group_id
            FROM change
            WHERE organisation = ?1 AND doc = ?2
            ORDER BY position
            ",
            params![organisation, doc],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }

    fn change_hashes(&self, organisation: OrganisationId) -> Result<Vec<Hash>> {
        self.all(
            "
            SELECT hash
            FROM change
            WHERE organisation = ?1
            ORDER BY hash
            ",
            params![organisation],
            |row| row.get(0),
        )
    }

    fn insert_change(&self, organisation: OrganisationId, change: &StoredChange) -> Result<()> {
        let position: Option<u32> = self.first(
            "
            UPDATE place
            SET changes = changes + 1
            WHERE organisation = ?1 AND doc = ?2
            RETURNING changes
            ",
            params![organisation, change.doc],
            |row| row.get(0),
        )?;
        let position =
            position.ok_or_else(|| LogError::Damaged(format!("{} has no place", change.doc)))?;
        self.execute(
            "
            INSERT INTO change (organisation, doc, position, hash, actor, seq, max_op, bytes, installation,
                                received_at, mac, group_id)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
            ",
            params![
                organisation,
                change.doc,
                position,
                change.hash,
                change.actor,
                bits(change.seq),
                bits(change.max_op),
                change.bytes,
                change.receipt.installation,
                change.receipt.received_at,
                &change.receipt.mac[..],
                change.group,
            ],
        )?;
        Ok(())
    }

    fn holds_any(&self, organisation: OrganisationId) -> Result<bool> {
        let first = self.first(
            "
            SELECT 1
            FROM held_change
            WHERE organisation = ?1
            LIMIT 1
            ",
            params![organisation],
            |_| Ok(()),
        )?;
        Ok(first.is_some())
    }

    fn held_change(&self, organisation: OrganisationId, hash: Hash) -> Result<Option<HeldChange>> {
        self.first(
            "
            SELECT hash, doc, actor, seq, group_id
            FROM held_change
            WHERE organisation = ?1 AND hash = ?2
            ",
            params![organisation, hash],
            |row| {
                Ok(HeldChange {
                    hash: row.get(0)?,
                    doc: row.get(1)?,
                    actor: row.get(2)?,
                    seq: unsigned(row, 3)?,
                    group: row.get(4)?,
                })
            },
        )
    }

    fn held_group(
        &self,
        organisation: OrganisationId,
        group: GroupId,
    ) -> Result<Option<HeldGroup>> {
        self.first(
            "
            SELECT content, installation, received_at, reasons
            FROM held
            WHERE organisation = ?1 AND group_id = ?2
            ",
            params![organisation, group],
            held_group,
        )
    }

    fn held_groups(&self, organisation: OrganisationId) -> Result<Vec<HeldGroup>> {
        self.all(
            "
            SELECT content, installation, received_at, reasons
            FROM held
            WHERE organisation = ?1
            ORDER BY received_at, group_id
            ",
            params![organisation],
            held_group,
        )
    }

    fn insert_held(
        &self,
        organisation: OrganisationId,
        held: &HeldGroup,
        changes: &[HeldChange],
    ) -> Result<()> {
        self.execute(
            "
            INSERT INTO held (organisation, group_id, installation, received_at, content, reasons)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ",
            params![
                organisation,
                held.group.id,
                held.installation,
                held.received_at,
                cbor(&held.group)?,
                cbor(&held.reasons)?,
            ],
        )?;
        for change in changes {
            self.execute(
                "
                INSERT INTO held_change (organisation, hash, doc, actor, seq, group_id)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                ",
                params![
                    organisation,
                    change.hash,
                    change.doc,
                    change.actor,
                    bits(change.seq),
                    change.group
                ],
            )?;
        }
        Ok(())
    }
}

fn stored_place(row: &Row<'_>) -> rusqlite::Result<StoredPlace> {
    let team = match row.get_ref(2)?.as_str()? {
        "" => None,
        _ => Some(text::<Team>(row, 2)?),
    };
    Ok(StoredPlace {
        place: Place {
            doc: row.get(0)?,
            kind: row.get(1)?,
            team,
            parent: optional(row, 3)?,
            people: record::<BTreeSet<PersonId>>(row, 4)?,
            pools: record::<BTreeSet<Team>>(row, 5)?,
            files: record::<BTreeSet<FileHash>>(row, 6)?,
        },
        author: row.get(7)?,
        home: row.get(8)?,
        parent_max_op: unsigned(row, 9)?,
        parent_hash: optional(row, 10)?,
        changes: row.get(11)?,
    })
}

fn stored_change(row: &Row<'_>) -> rusqlite::Result<StoredChange> {
    Ok(StoredChange {
        doc: row.get(0)?,
        hash: row.get(1)?,
        actor: row.get(2)?,
        seq: unsigned(row, 3)?,
        max_op: unsigned(row, 4)?,
        bytes: row.get(5)?,
        receipt: Receipt {
            installation: row.get(6)?,
            received_at: row.get(7)?,
            mac: row.get::<_, [u8; 16]>(8)?.into(),
        },
        group: row.get(9)?,
    })
}

fn held_group(row: &Row<'_>) -> rusqlite::Result<HeldGroup> {
    Ok(HeldGroup {
        group: record::<Group>(row, 0)?,
        installation: row.get(1)?,
        received_at: row.get(2)?,
        reasons: record::<Vec<Reason>>(row, 3)?,
    })
}
