//! The company's record of promises in SQLite.

use kept_core::model::ids::{DocId, OrganisationId};
use kept_core::wire::SampleRow;
use rusqlite::params;

use super::SqliteTransaction;
use super::values::{bits, cbor, news_after, record, unsigned};
use crate::log::{LogError, Result, SampleStore, SamplesPage};

impl SampleStore for SqliteTransaction<'_> {
    fn sample(&self, organisation: OrganisationId, promise: DocId) -> Result<Option<SampleRow>> {
        self.first(
            "
            SELECT record
            FROM sample
            WHERE organisation = ?1 AND promise = ?2
            ",
            params![organisation, promise],
            |row| record(row, 0),
        )
    }

    fn put_samples(&self, organisation: OrganisationId, rows: &[SampleRow]) -> Result<()> {
        let before = self.first(
            "
            UPDATE organisation
            SET samples_version = samples_version + ?2
            WHERE organisation = ?1
            RETURNING samples_version - ?2
            ",
            params![organisation, bits(rows.len() as u64)],
            |row| unsigned(row, 0),
        )?;
        let before =
            before.ok_or_else(|| LogError::Damaged("there is no such organisation".into()))?;
        for (version, row) in (before..).skip(1).zip(rows) {
            self.execute(
                "
                INSERT INTO sample (organisation, promise, version, record)
                VALUES (?1, ?2, ?3, ?4)
                ON CONFLICT (organisation, promise) DO UPDATE
                SET version = excluded.version, record = excluded.record
                ",
                params![organisation, row.promise, bits(version), cbor(row)?],
            )?;
        }
        Ok(())
    }

    fn samples_since(
        &self,
        organisation: OrganisationId,
        version: u64,
        limit: u32,
    ) -> Result<SamplesPage> {
        let current = self.first(
            "
            SELECT samples_version
            FROM organisation
            WHERE organisation = ?1
            ",
            params![organisation],
            |row| unsigned(row, 0),
        )?;
        let current = current.unwrap_or(0);
        let after = news_after(version, current);
        let rows = self.all(
            "
            SELECT version, record
            FROM sample
            WHERE organisation = ?1 AND version > ?2
            ORDER BY version
            LIMIT ?3
            ",
            params![organisation, bits(after), limit],
            |row| Ok((unsigned(row, 0)?, record(row, 1)?)),
        )?;
        // The newest row has the present version; where none came there is none newer.
        let version = rows.last().map_or(current, |(version, _)| *version);
        Ok(SamplesPage {
            rows: rows.into_iter().map(|(_, row)| row).collect(),
            version,
            more: version < current,
        })
    }
}
