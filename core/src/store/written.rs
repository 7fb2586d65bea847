//! The taps that this device wrote of late and that can be taken back, those in the outbox and those that the server
//! has; and the taps that were taken back.

use rusqlite::{Connection, OptionalExtension, Row, Transaction};

use super::StoreError;
use super::outbox::GroupState;
use crate::model::ids::{DocId, GroupId};
use crate::model::time::{DAY_MS, Millis};

/// The time for which it is kept which groups the server has, and which were taken back, in milliseconds.
const KEPT_MS: i64 = 2 * DAY_MS;

/// The most groups of a document among which its newest tap is looked for.
const GROUPS_OF_DOC: u32 = 50;

/// A tap of this device: one group, or the first of those over which a long text was split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrittenTap {
    /// Its first group.
    pub group: GroupId,
    /// The instant when it was written, by the device's wall clock.
    pub written_at: Millis,
    /// The state of its first group; none if the server has it.
    pub state: Option<GroupState>,
}

/// The taps of both tables, those of several groups once.
const TAPS: &str = "
    SELECT group_id, written_at, state, ordinal FROM tap WHERE first_group IS NULL AND written_at > 0
    UNION ALL SELECT group_id, written_at, NULL, ordinal FROM written WHERE first_group IS NULL";

/// Keeps of a group that leaves the outbox that it was written here; does nothing while the server lacks a change of it.
pub(super) fn remember(transaction: &Transaction<'_>, group: GroupId) -> Result<(), StoreError> {
    transaction
        .prepare_cached(
            "INSERT OR IGNORE INTO written (group_id, ordinal, first_group, written_at)
             SELECT group_id, ordinal, first_group, written_at FROM tap
             WHERE group_id = ?1 AND written_at > 0
             AND NOT EXISTS (SELECT 1 FROM change WHERE group_id = ?1 AND acknowledged = 0)",
        )?
        .execute([group])?;
    Ok(())
}

/// Notes that a group goes on with the long text of a first one.
pub fn set_first(
    transaction: &Transaction<'_>,
    group: GroupId,
    first: GroupId,
) -> Result<(), StoreError> {
    transaction
        .prepare_cached("UPDATE tap SET first_group = ?2 WHERE group_id = ?1")?
        .execute((group, first))?;
    Ok(())
}

/// Forgets what was written, and what was taken back, longer ago than it is of use; `now` in milliseconds by the
/// device's wall clock.
pub fn forget_old(transaction: &Transaction<'_>, now: Millis) -> Result<(), StoreError> {
    let before = now.saturating_sub(KEPT_MS);
    transaction
        .prepare_cached("DELETE FROM written WHERE written_at < ?1")?
        .execute([before])?;
    transaction
        .prepare_cached("DELETE FROM undone WHERE at < ?1")?
        .execute([before])?;
    Ok(())
}

/// The tap that a group belongs to; None if this device wrote it long ago, or not at all.
pub fn tap(connection: &Connection, group: GroupId) -> Result<Option<WrittenTap>, StoreError> {
    let first: Option<Option<GroupId>> = connection
        .prepare_cached(
            "SELECT first_group FROM tap WHERE group_id = ?1
             UNION ALL SELECT first_group FROM written WHERE group_id = ?1",
        )?
        .query_row([group], |row| row.get(0))
        .optional()?;
    let group = first.flatten().unwrap_or(group);
    let sql = format!("SELECT * FROM ({TAPS}) WHERE group_id = ?1");
    Ok(connection
        .prepare_cached(&sql)?
        .query_row([group], read)
        .optional()?)
}

/// The taps that neither were taken back nor took others back, the newest first: those that were written after an
/// instant by the device's wall clock.
pub fn latest(
    connection: &Connection,
    after: Millis,
    limit: u32,
) -> Result<Vec<WrittenTap>, StoreError> {
    let sql = format!(
        "SELECT * FROM ({TAPS}) WHERE written_at > ?1
         AND group_id NOT IN (SELECT group_id FROM undone)
         AND group_id NOT IN (SELECT by_group FROM undone)
         ORDER BY ordinal DESC LIMIT ?2"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map((after, limit), read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The newest tap of this device that wrote a document, of the latest groups that did; None if it is too long ago, was
/// taken back, or took another one back.
pub fn latest_of_doc(
    connection: &Connection,
    doc: DocId,
) -> Result<Option<WrittenTap>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT group_id FROM change WHERE doc = ?1 GROUP BY group_id ORDER BY max(id) DESC LIMIT ?2",
    )?;
    let groups = statement.query_map((doc, GROUPS_OF_DOC), |row| row.get(0))?;
    for group in groups {
        if let Some(tap) = tap(connection, group?)? {
            let is_over =
                undone_by(connection, tap.group)?.is_some() || undoes(connection, tap.group)?;
            return Ok((!is_over).then_some(tap));
        }
    }
    Ok(None)
}

/// The groups of a tap, in the order in which they were written.
pub fn groups_of_tap(connection: &Connection, first: GroupId) -> Result<Vec<GroupId>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT group_id FROM (
             SELECT group_id, ordinal FROM tap WHERE group_id = ?1 OR first_group = ?1
             UNION SELECT group_id, ordinal FROM written WHERE group_id = ?1 OR first_group = ?1
         ) ORDER BY ordinal",
    )?;
    let rows = statement.query_map([first], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// True if a group of a tap is held or refused.
pub fn waits_for_the_office(connection: &Connection, first: GroupId) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM tap WHERE (group_id = ?1 OR first_group = ?1) AND state <> 0)",
        )?
        .query_row([first], |row| row.get(0))?)
}

/// Notes that a group took a tap back, at an instant by the device's wall clock.
pub fn set_undone(
    transaction: &Transaction<'_>,
    tap: GroupId,
    by: GroupId,
    at: Millis,
) -> Result<(), StoreError> {
    transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO undone (group_id, by_group, at) VALUES (?1, ?2, ?3)",
        )?
        .execute((tap, by, at))?;
    Ok(())
}

/// The group that took a tap back; None if none did.
pub fn undone_by(connection: &Connection, tap: GroupId) -> Result<Option<GroupId>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT by_group FROM undone WHERE group_id = ?1")?
        .query_row([tap], |row| row.get(0))
        .optional()?)
}

/// True if a group took a tap back.
pub fn undoes(connection: &Connection, group: GroupId) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM undone WHERE by_group = ?1)")?
        .query_row([group], |row| row.get(0))?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<WrittenTap> {
    let state: Option<i64> = row.get(2)?;
    Ok(WrittenTap {
        group: row.get(0)?,
        written_at: row.get(1)?,
        state: state.map(GroupState::from_number),
    })
}
