//! Organisations, scopes and feed rows in SQLite.

use kept_core::model::ids::OrganisationId;
use kept_core::model::place::Scope;
use kept_core::wire::Receipt;
use rusqlite::{Row, params};

use super::SqliteTransaction;
use super::values::{bits, blob, optional, text, unsigned};
use crate::log::{FeedRow, Feeds, LogError, Organisation, ReadRow, Result, ScopeState};

impl Feeds for SqliteTransaction<'_> {
    fn organisations(&self) -> Result<Vec<Organisation>> {
        self.all(
            "
            SELECT organisation, name, created
            FROM organisation
            ORDER BY created, organisation
            ",
            [],
            |row| {
                Ok(Organisation {
                    id: row.get(0)?,
                    name: row.get(1)?,
                    created: row.get(2)?,
                })
            },
        )
    }

    fn insert_organisation(&self, organisation: &Organisation) -> Result<()> {
        self.execute(
            "
            INSERT INTO organisation (organisation, name, created)
            VALUES (?1, ?2, ?3)
            ",
            params![organisation.id, organisation.name, organisation.created],
        )?;
        Ok(())
    }

    fn scopes(&self, organisation: OrganisationId) -> Result<Vec<ScopeState>> {
        self.all(
            "
            SELECT number, name, epoch, head, checksum
            FROM scope
            WHERE organisation = ?1
            ORDER BY number
            ",
            params![organisation],
            scope_state,
        )
    }

    fn scope(&self, organisation: OrganisationId, scope: &Scope) -> Result<Option<ScopeState>> {
        self.first(
            "
            SELECT number, name, epoch, head, checksum
            FROM scope
            WHERE organisation = ?1 AND name = ?2
            ",
            params![organisation, scope.to_string()],
            scope_state,
        )
    }

    fn create_scope(
        &self,
        organisation: OrganisationId,
        scope: &Scope,
        epoch: u64,
    ) -> Result<ScopeState> {
        let number: Option<u32> = self.first(
            "
            UPDATE organisation
            SET scopes = scopes + 1
            WHERE organisation = ?1
            RETURNING scopes
            ",
            params![organisation],
            |row| row.get(0),
        )?;
        let number =
            number.ok_or_else(|| LogError::Damaged("there is no such organisation".into()))?;
        self.execute(
            "
            INSERT INTO scope (organisation, number, name, epoch)
            VALUES (?1, ?2, ?3, ?4)
            ",
            params![organisation, number, scope.to_string(), bits(epoch)],
        )?;
        Ok(ScopeState {
            number,
            scope: scope.clone(),
            epoch,
            head: 0,
            checksum: 0,
        })
    }

    fn set_epoch(&self, organisation: OrganisationId, scope: u32, epoch: u64) -> Result<()> {
        self.execute(
            "
            UPDATE scope
            SET epoch = ?3
            WHERE organisation = ?1 AND number = ?2
            ",
            params![organisation, scope, bits(epoch)],
        )?;
        Ok(())
    }

    fn reserve(&self, organisation: OrganisationId, scope: u32, rows: u64) -> Result<ScopeState> {
        let after = self.first(
            "
            UPDATE scope
            SET head = head + ?3
            WHERE organisation = ?1 AND number = ?2
            RETURNING number, name, epoch, head, checksum
            ",
            params![organisation, scope, bits(rows)],
            scope_state,
        )?;
        let mut state =
            after.ok_or_else(|| LogError::Damaged(format!("there is no scope {scope}")))?;
        state.head -= rows;
        Ok(state)
    }

    fn insert_rows(
        &self,
        organisation: OrganisationId,
        scope: u32,
        rows: &[FeedRow],
    ) -> Result<()> {
        let mut insert = self.inner.prepare_cached(
            "
            INSERT INTO feed (organisation, scope, seq, unit, kind, doc, hash, group_id, control, mac, checksum)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
            ",
        )?;
        for row in rows {
            insert.execute(params![
                organisation,
                scope,
                bits(row.seq),
                bits(row.unit),
                row.kind,
                blob(row.doc.map(|doc| doc.0)),
                blob(row.hash.map(|hash| hash.0)),
                blob(row.group.map(|group| group.0)),
                row.control,
                blob(row.mac),
                bits(row.checksum),
            ])?;
        }
        if let Some(last) = rows.last() {
            self.execute(
                "
                UPDATE scope
                SET checksum = ?3
                WHERE organisation = ?1 AND number = ?2
                ",
                params![organisation, scope, bits(last.checksum)],
            )?;
        }
        Ok(())
    }

    fn rows_after(
        &self,
        organisation: OrganisationId,
        scope: u32,
        after: u64,
        limit: u32,
    ) -> Result<Vec<ReadRow>> {
        self.all(
            "
            SELECT f.seq, f.unit, f.kind, f.doc, f.hash, f.group_id, f.control, f.mac, f.checksum,
                   c.bytes, c.installation, c.received_at, c.mac
            FROM feed f
            LEFT JOIN change c ON c.organisation = f.organisation AND c.hash = f.hash
            WHERE f.organisation = ?1 AND f.scope = ?2 AND f.seq > ?3
            ORDER BY f.seq
            LIMIT ?4
            ",
            params![organisation, scope, bits(after), limit],
            read_row,
        )
    }

    fn checksum_at(
        &self,
        organisation: OrganisationId,
        scope: u32,
        seq: u64,
    ) -> Result<Option<u64>> {
        self.first(
            "
            SELECT checksum
            FROM feed
            WHERE organisation = ?1 AND scope = ?2 AND seq = ?3
            ",
            params![organisation, scope, bits(seq)],
            |row| unsigned(row, 0),
        )
    }
}

fn scope_state(row: &Row<'_>) -> rusqlite::Result<ScopeState> {
    Ok(ScopeState {
        number: row.get(0)?,
        scope: text(row, 1)?,
        epoch: unsigned(row, 2)?,
        head: unsigned(row, 3)?,
        checksum: unsigned(row, 4)?,
    })
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<ReadRow> {
    let bytes: Option<Vec<u8>> = row.get(9)?;
    let change = match bytes {
        None => None,
        Some(bytes) => {
            let receipt = Receipt {
                installation: row.get(10)?,
                received_at: row.get(11)?,
                mac: row.get::<_, [u8; 16]>(12)?.into(),
            };
            Some((bytes, receipt))
        }
    };
    Ok(ReadRow {
        row: FeedRow {
            seq: unsigned(row, 0)?,
            unit: unsigned(row, 1)?,
            kind: row.get(2)?,
            doc: optional(row, 3)?,
            hash: optional(row, 4)?,
            group: optional(row, 5)?,
            control: row.get(6)?,
            mac: optional(row, 7)?,
            checksum: unsigned(row, 8)?,
        },
        change,
    })
}
