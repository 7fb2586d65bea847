//! Placements, changes and held groups in SQLite.

use kept_core::document::set_aside::DocumentSize;
use kept_core::model::ids::{Actor, DocId, GroupId, Hash, InstallationId, OrganisationId};
use kept_core::wire::{Group, Reason, Receipt};
use rusqlite::{Row, params};

use super::SqliteTransaction;
use super::values::{bits, blob, cbor, optional, record, unsigned};
use crate::log::{DocumentStore, HeldChange, HeldGroup, Result, StoredChange, StoredPlacement};

impl DocumentStore for SqliteTransaction<'_> {
    fn placement(
        &self,
        organisation: OrganisationId,
        doc: DocId,
    ) -> Result<Option<StoredPlacement>> {
        self.first(
            "
            SELECT author, parent_max_op, parent_hash, changes, scopes, record, operations, bytes
            FROM place
            WHERE organisation = ?1 AND doc = ?2
            ",
            params![self.number(organisation)?, doc],
            stored_placement,
        )
    }

    fn put_placements(
        &self,
        organisation: OrganisationId,
        places: &[&StoredPlacement],
    ) -> Result<()> {
        let organisation = self.present(organisation)?;
        let mut put = self.inner.prepare_cached(
            "
            INSERT INTO place (organisation, doc, author, parent_max_op, parent_hash, changes, scopes, record,
                               operations, bytes)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            ON CONFLICT (organisation, doc) DO UPDATE
            SET parent_max_op = excluded.parent_max_op, parent_hash = excluded.parent_hash,
                changes = excluded.changes, scopes = excluded.scopes, record = excluded.record,
                operations = excluded.operations, bytes = excluded.bytes
            ",
        )?;
        for stored in places {
            put.execute(params![
                organisation,
                stored.placement.doc,
                stored.author,
                bits(stored.parent_max_op),
                blob(stored.parent_hash.map(|hash| hash.0)),
                stored.changes,
                cbor(&stored.scopes)?,
                cbor(&stored.placement)?,
                stored.size.map_or(UNCOUNTED, |size| bits(size.operations)),
                bits(stored.size.unwrap_or_default().bytes),
            ])?;
        }
        Ok(())
    }

    fn change(&self, organisation: OrganisationId, hash: Hash) -> Result<Option<StoredChange>> {
        self.first(
            "
            SELECT doc, hash, actor, seq, max_op, bytes, installation, received_at, mac, group_id
            FROM change
            WHERE organisation = ?1 AND hash = ?2
            ",
            params![self.number(organisation)?, hash],
            stored_change,
        )
    }

    fn document_of(
        &self,
        organisation: OrganisationId,
        hash: Hash,
    ) -> Result<Option<(DocId, u64)>> {
        self.first(
            "
            SELECT doc, max_op
            FROM change
            WHERE organisation = ?1 AND hash = ?2
            ",
            params![self.number(organisation)?, hash],
            |row| Ok((row.get(0)?, unsigned(row, 1)?)),
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
            WHERE organisation = ?1 AND doc = ?3 AND actor = ?4 AND seq = ?5
            UNION ALL
            SELECT hash
            FROM held_change
            WHERE organisation = ?2 AND doc = ?3 AND actor = ?4 AND seq = ?5
            ",
            params![
                self.number(organisation)?,
                organisation,
                doc,
                actor,
                bits(seq)
            ],
            |row| row.get(0),
        )
    }

    fn history(&self, organisation: OrganisationId, doc: DocId) -> Result<Vec<(Hash, GroupId)>> {
        self.all(
            "
            SELECT hash, group_id
            FROM change
            WHERE organisation = ?1 AND doc = ?2
            ORDER BY number
            ",
            params![self.number(organisation)?, doc],
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
            params![self.number(organisation)?],
            |row| row.get(0),
        )
    }

    fn insert_changes(&self, organisation: OrganisationId, changes: &[StoredChange]) -> Result<()> {
        let organisation = self.present(organisation)?;
        let mut insert = self.inner.prepare_cached(
            "
            INSERT INTO change (organisation, doc, hash, actor, seq, max_op, installation, received_at, mac,
                                group_id, bytes)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
            ",
        )?;
        let mut inserted = self.inserted.borrow_mut();
        for change in changes {
            let number = insert.insert(params![
                organisation,
                change.doc,
                change.hash,
                change.actor,
                bits(change.seq),
                bits(change.max_op),
                change.receipt.installation,
                change.receipt.received_at,
                &change.receipt.mac[..],
                change.group,
                change.bytes,
            ])?;
            inserted.insert(change.hash, number);
        }
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

    fn held_bytes(
        &self,
        organisation: OrganisationId,
        installation: InstallationId,
    ) -> Result<u64> {
        let bytes = self.first(
            "
            SELECT coalesce(sum(bytes), 0)
            FROM held
            WHERE organisation = ?1 AND installation = ?2
            ",
            params![organisation, installation],
            |row| unsigned(row, 0),
        )?;
        Ok(bytes.unwrap_or(0))
    }

    fn insert_held(
        &self,
        organisation: OrganisationId,
        held: &HeldGroup,
        changes: &[HeldChange],
    ) -> Result<()> {
        self.execute(
            "
            INSERT INTO held (organisation, group_id, installation, received_at, content, reasons, bytes)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, length(?5))
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

/// The operations of a document that were not counted yet.
const UNCOUNTED: i64 = -1;

fn stored_placement(row: &Row<'_>) -> rusqlite::Result<StoredPlacement> {
    let size = DocumentSize {
        operations: unsigned(row, 6)?,
        bytes: unsigned(row, 7)?,
    };
    Ok(StoredPlacement {
        size: (row.get::<_, i64>(6)? != UNCOUNTED).then_some(size),
        author: row.get(0)?,
        parent_max_op: unsigned(row, 1)?,
        parent_hash: optional(row, 2)?,
        changes: row.get(3)?,
        scopes: record(row, 4)?,
        placement: record(row, 5)?,
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
