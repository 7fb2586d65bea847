//! Organisations, scopes and feed rows in SQLite.

use kept_core::model::ids::{Hash, InstallationId, OrganisationId};
use kept_core::model::placement::Scope;
use kept_core::wire::Receipt;
use rusqlite::{Row, params};

use super::values::{bits, text, unsigned};
use super::{SqliteTransaction, units};
use crate::log::{FeedRow, FeedStore, LogError, Organisation, ReadRow, Result, ScopeState};

impl FeedStore for SqliteTransaction<'_> {
    fn organisation(&self) -> Result<Option<Organisation>> {
        self.first(
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
            INSERT INTO organisation (organisation, number, name, created)
            VALUES (?1, (SELECT coalesce(max(number), 0) + 1 FROM organisation), ?2, ?3)
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
        let number = self.present(organisation)?;
        let mut insert = self.inner.prepare_cached(
            "
            INSERT INTO feed (organisation, scope, last, rows)
            VALUES (?1, ?2, ?3, ?4)
            ",
        )?;
        for unit in rows.chunk_by(|one, next| one.unit == next.unit) {
            let packed = units::pack(unit, |hash| self.change_number(organisation, hash))?;
            let last = unit.last().map_or(0, |row| row.seq);
            insert.execute(params![number, scope, bits(last), packed])?;
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
        reader: InstallationId,
    ) -> Result<Vec<ReadRow>> {
        let number = self.number(organisation)?;
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let mut from = self.inner.prepare_cached(UNITS_FROM)?;
        let mut change = self.inner.prepare_cached(
            "
            SELECT doc, hash, group_id, installation, received_at, mac, bytes
            FROM change
            WHERE number = ?1
            ",
        )?;
        let mut read = Vec::new();
        let mut units = from.query(params![number, scope, up_to(after.saturating_add(1))])?;
        while let Some(unit) = units.next()? {
            for (mut row, number) in units::unpack(unsigned(unit, 0)?, bytes(unit, 1)?)? {
                if row.seq <= after {
                    continue;
                }
                if read.len() == limit {
                    return Ok(read);
                }
                let change = match number {
                    None => None,
                    Some(number) => {
                        let named = |named: &Row<'_>| name_change(&mut row, named, reader);
                        Some(change.query_row([number], named)?)
                    }
                };
                read.push(ReadRow { row, change });
            }
        }
        Ok(read)
    }

    fn checksum_at(
        &self,
        organisation: OrganisationId,
        scope: u32,
        seq: u64,
    ) -> Result<Option<u64>> {
        let number = self.number(organisation)?;
        let mut from = self.inner.prepare_cached(UNITS_FROM)?;
        let mut units = from.query(params![number, scope, up_to(seq)])?;
        let Some(unit) = units.next()? else {
            return Ok(None);
        };
        let rows = units::unpack(unsigned(unit, 0)?, bytes(unit, 1)?)?;
        let at = rows.into_iter().find(|(row, _)| row.seq == seq);
        Ok(at.map(|(row, _)| row.checksum))
    }
}

impl SqliteTransaction<'_> {
    fn change_number(&self, organisation: OrganisationId, hash: Hash) -> Result<i64> {
        if let Some(number) = self.inserted.borrow().get(&hash) {
            return Ok(*number);
        }
        let number = self.first(
            "
            SELECT number
            FROM change
            WHERE organisation = ?1 AND hash = ?2
            ",
            params![self.number(organisation)?, hash],
            |row| row.get(0),
        )?;
        number.ok_or_else(|| LogError::Damaged(format!("there is no change {hash}")))
    }
}

/// Units of a scope from the one that a sequence number is in.
const UNITS_FROM: &str = "
    SELECT last, rows
    FROM feed
    WHERE organisation = ?1 AND scope = ?2 AND last >= ?3
    ORDER BY last
";

/// A sequence number as a caller named it, which may lie beyond all that there are.
fn up_to(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}

fn bytes<'r>(row: &'r Row<'_>, column: usize) -> rusqlite::Result<&'r [u8]> {
    Ok(row.get_ref(column)?.as_blob()?)
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

/// Fills into a row what stands with the change that it names; gives the change's bytes, if it is not the
/// reader's own, and its receipt.
fn name_change(
    row: &mut FeedRow,
    change: &Row<'_>,
    reader: InstallationId,
) -> rusqlite::Result<(Vec<u8>, Receipt)> {
    row.doc = Some(change.get(0)?);
    row.hash = Some(change.get(1)?);
    row.group = Some(change.get(2)?);
    let receipt = Receipt {
        installation: change.get(3)?,
        received_at: change.get(4)?,
        mac: change.get::<_, [u8; 16]>(5)?.into(),
    };
    let content = match receipt.installation == reader {
        true => Vec::new(),
        false => bytes(change, 6)?.to_vec(),
    };
    Ok((content, receipt))
}
