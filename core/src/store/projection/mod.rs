//! From changes to what screens read: one row per document, a function of its changes, their
//! `received_at` and the registry. No column depends on the clock, on presence or on another document.

mod entry;

use rusqlite::{Connection, OptionalExtension, ToSql, Transaction, params_from_iter};

use super::open_promises::{self, PromiseRows};
use super::{
    StoreError, basis, changes, likeness, moved, placements, queries, search, set_aside, stale,
};
use crate::document::set_aside::{ReceivedChange, Selection, select};
use crate::document::{Content, DocumentError, LoadedDocument};
use crate::model::ids::DocId;
use crate::model::placement::{DocumentKind, Placement};
use crate::model::registry::Registry;
use crate::model::time::Millis;
use entry::EntryRow;
use likeness::Likeness;

/// A document that has just come whole.
pub struct ArrivedDocument {
    /// The document's placement.
    pub placement: Placement,
    /// Its changes, each with the moment at which the server took it.
    pub changes: Vec<ReceivedChange>,
}

/// Writes the first row of a document that was not here before; `crowded` is whether it may have events
/// without room.
pub fn insert_row(
    transaction: &Transaction<'_>,
    content: &Content,
    crowded: bool,
    placement: &Placement,
    registry: &Registry,
) -> Result<(), StoreError> {
    insert(
        transaction,
        placement,
        &EntryRow::of(content, crowded, registry),
    )
}

/// Rewrites the row of a document from what it says; `crowded` is whether it may have events without room.
pub fn update_row(
    transaction: &Transaction<'_>,
    content: &Content,
    crowded: bool,
    placement: &Placement,
    registry: &Registry,
) -> Result<(), StoreError> {
    rewrite(
        transaction,
        placement,
        &EntryRow::of(content, crowded, registry),
    )
}

fn rewrite(
    transaction: &Transaction<'_>,
    placement: &Placement,
    entry: &EntryRow,
) -> Result<(), StoreError> {
    match stored(transaction, placement.doc)? {
        Some((_, before)) if before == *entry => {}
        Some((id, before)) => {
            update(transaction, placement.doc, id, &before, entry)?;
            change_basis(transaction, placement.kind)?;
        }
        None => insert(transaction, placement, entry)?,
    }
    transaction
        .prepare_cached("DELETE FROM quarantine WHERE doc = ?1")?
        .execute([placement.doc])?;
    Ok(())
}

/// Notes that what is read beside rows changes with a document of a kind.
fn change_basis(transaction: &Transaction<'_>, kind: DocumentKind) -> Result<(), StoreError> {
    match kind {
        DocumentKind::Handbook | DocumentKind::Person => basis::change(transaction),
        _ => Ok(()),
    }
}

/// Stores a new row. It waits to be indexed, as all new ones do.
fn insert(
    transaction: &Transaction<'_>,
    placement: &Placement,
    entry: &EntryRow,
) -> Result<(), StoreError> {
    change_basis(transaction, placement.kind)?;
    if let Some(promise_rows) = &entry.promise_rows {
        promise_rows.write(transaction, placement.doc, true)?;
        moved::note(transaction, placement.doc)?;
    }
    likeness::write(transaction, placement.doc, &entry.likeness, true)?;
    transaction
        .prepare_cached(
            "INSERT INTO entry (account, at, title, source, archived, promiser, performer, pool, due_at, open,
                                next_at, indifferent_from, detail, names, words, sort_key, uncounted, predecessor,
                                unsettled, promise_kind, doc, kind)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)",
        )?
        .execute(params_from_iter(
            entry
                .values()
                .into_iter()
                .chain([&placement.doc as &dyn ToSql, &placement.kind]),
        ))?;
    Ok(())
}

/// Stores what a row says now; `before` is what it said so far.
fn update(
    transaction: &Transaction<'_>,
    doc: DocId,
    id: i64,
    before: &EntryRow,
    entry: &EntryRow,
) -> Result<(), StoreError> {
    if entry.promise_rows.is_some() {
        moved::note(transaction, doc)?;
    }
    if entry.promise_rows != before.promise_rows
        && let Some(promise_rows) = &entry.promise_rows
    {
        promise_rows.write(transaction, doc, false)?;
    }
    if entry.likeness != before.likeness {
        likeness::write(transaction, doc, &entry.likeness, false)?;
    }
    let only_detail = EntryRow {
        detail: entry.detail.clone(),
        promise_rows: entry.promise_rows.clone(),
        likeness: entry.likeness.clone(),
        ..before.clone()
    };
    if only_detail == *entry {
        // A column without an index is stored alone: SQLite would write every index anew.
        transaction
            .prepare_cached("UPDATE entry SET detail = ?2 WHERE id = ?1")?
            .execute((id, &entry.detail))?;
        return Ok(());
    }
    transaction
        .prepare_cached(
            "UPDATE entry SET account = ?1, at = ?2, title = ?3, source = ?4, archived = ?5, promiser = ?6,
                performer = ?7, pool = ?8, due_at = ?9, open = ?10, next_at = ?11, indifferent_from = ?12,
                detail = ?13, names = ?14, words = ?15, sort_key = ?16, uncounted = ?17, predecessor = ?18,
                unsettled = ?19, promise_kind = ?20
             WHERE id = ?21",
        )?
        .execute(params_from_iter(
            entry.values().into_iter().chain([&id as &dyn ToSql]),
        ))?;
    search::update_row(transaction, id, &before.words, &entry.words)
}

/// Takes away the row of a document, if it has one.
fn take_away(transaction: &Transaction<'_>, doc: DocId) -> Result<(), StoreError> {
    if let Some((id, before)) = stored(transaction, doc)? {
        basis::change(transaction)?;
        PromiseRows::default().write(transaction, doc, false)?;
        if before.promise_rows.is_some() {
            moved::note(transaction, doc)?;
        }
        likeness::write(transaction, doc, &Likeness::default(), false)?;
        transaction
            .prepare_cached("DELETE FROM entry WHERE id = ?1")?
            .execute([id])?;
        search::remove_row(transaction, id, &before.words)?;
    }
    Ok(())
}

/// Rewrites the row of a document from its changes. One that cannot be read is quarantined; one that
/// is still arriving is left for later.
pub fn refresh(
    transaction: &Transaction<'_>,
    doc: DocId,
    registry: &Registry,
) -> Result<(), StoreError> {
    let Some(placement) = placements::get(transaction, doc)? else {
        return Ok(());
    };
    if is_arriving(transaction, doc)? {
        return Ok(());
    }
    let row = match changes::select(transaction, doc) {
        Ok(selection) => {
            set_aside::replace(transaction, doc, &selection.aside)?;
            read(selection, &placement, registry)
        }
        Err(StoreError::Document(reason)) => Err(reason),
        Err(StoreError::NoDocument(_)) => return Ok(()),
        Err(other) => return Err(other),
    };
    store_or_quarantine(transaction, &placement, row, rewrite)
}

/// The same for a document of which changes were taken away; of one that has none left nothing stays.
pub fn refresh_or_remove(
    transaction: &Transaction<'_>,
    doc: DocId,
    registry: &Registry,
) -> Result<(), StoreError> {
    if changes::count_of(transaction, doc)? > 0 || is_arriving(transaction, doc)? {
        return refresh(transaction, doc, registry);
    }
    take_away(transaction, doc)?;
    set_aside::replace(transaction, doc, &[])?;
    for table in ["quarantine", "place"] {
        transaction.execute(&format!("DELETE FROM {table} WHERE doc = ?1"), [doc])?;
    }
    Ok(())
}

/// The row of a document, from what is shown of it.
fn read(
    selection: Selection,
    placement: &Placement,
    registry: &Registry,
) -> Result<Option<EntryRow>, DocumentError> {
    let loaded = LoadedDocument::selected(placement.doc, selection)?;
    EntryRow::read(&loaded, placement, registry)
}

/// Writes the first row of a document that has just come whole, from what is at hand.
pub fn insert_arrived(
    transaction: &Transaction<'_>,
    arrived: ArrivedDocument,
    registry: &Registry,
) -> Result<(), StoreError> {
    let ArrivedDocument { placement, changes } = arrived;
    let selection = select(changes);
    if !selection.aside.is_empty() {
        set_aside::replace(transaction, placement.doc, &selection.aside)?;
    }
    let row = read(selection, &placement, registry);
    store_or_quarantine(transaction, &placement, row, insert)
}

/// Keeps the row of a document as `put` does it. One that cannot be read is quarantined, and shown no more: what it
/// said before is not what its changes say. One of which something is still to come is left for later.
fn store_or_quarantine(
    transaction: &Transaction<'_>,
    placement: &Placement,
    row: Result<Option<EntryRow>, DocumentError>,
    put: impl FnOnce(&Transaction<'_>, &Placement, &EntryRow) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    match row {
        Ok(Some(entry)) => put(transaction, placement, &entry),
        Ok(None) | Err(DocumentError::Incomplete(_)) => Ok(()),
        Err(reason) => {
            take_away(transaction, placement.doc)?;
            transaction
                .prepare_cached(
                    "INSERT INTO quarantine (doc, reason) VALUES (?1, ?2)
                     ON CONFLICT (doc) DO UPDATE SET reason = excluded.reason",
                )?
                .execute((placement.doc, reason.to_string()))?;
            Ok(())
        }
    }
}

/// True if a document's row depends on the instant when the server took something of it, if that was at `received_at`.
pub fn shows_receipt(
    connection: &Connection,
    doc: DocId,
    received_at: Millis,
) -> Result<bool, StoreError> {
    let receipts_irrelevant_from: Option<Millis> = connection
        .prepare_cached("SELECT indifferent_from FROM entry WHERE doc = ?1")?
        .query_row([doc], |row| row.get(0))
        .optional()?;
    Ok(receipts_irrelevant_from.is_none_or(|from| received_at < from))
}

/// True if a document is shown, or named as one that cannot be read.
pub fn is_shown(connection: &Connection, doc: DocId) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM entry WHERE doc = ?1)
                 OR EXISTS (SELECT 1 FROM quarantine WHERE doc = ?1)",
        )?
        .query_row([doc], |row| row.get(0))?)
}

/// True if rows of a document are still to come in every scope that brings it.
fn is_arriving(connection: &Connection, doc: DocId) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM arriving WHERE doc = ?1)")?
        .query_row([doc], |row| row.get(0))?)
}

/// Drops every projection and makes it anew from the changes. Tells `progress` how many of how many.
pub fn rebuild(
    transaction: &Transaction<'_>,
    mut progress: impl FnMut(u64, u64),
) -> Result<u64, StoreError> {
    open_promises::clear(transaction)?;
    likeness::clear(transaction)?;
    moved::note_everything(transaction)?;
    basis::change(transaction)?;
    stale::clear(transaction)?;
    transaction.execute_batch("DELETE FROM entry; DELETE FROM quarantine;")?;
    set_aside::clear(transaction)?;
    search::clear_index(transaction)?;
    let registry = super::registry::load(transaction)?;
    let docs = docs(transaction)?;
    let total = docs.len() as u64;
    for (done, doc) in docs.into_iter().enumerate() {
        refresh(transaction, doc, &registry)?;
        progress(done as u64 + 1, total);
    }
    search::index_pending(transaction)?;
    Ok(total)
}

/// The documents whose rows are not what their changes say, and are not about to be made anew; none in a healthy
/// notebook.
pub fn verify(connection: &Connection) -> Result<Vec<DocId>, StoreError> {
    let registry = super::registry::load(connection)?;
    let mut wrong = Vec::new();
    for doc in docs(connection)? {
        let Some(placement) = placements::get(connection, doc)? else {
            continue;
        };
        if is_arriving(connection, doc)? || stale::contains(connection, doc)? {
            continue;
        }
        let expected = match changes::load(connection, doc)
            .and_then(|loaded| Ok(EntryRow::read(&loaded, &placement, &registry)?))
        {
            Ok(row) => row,
            Err(StoreError::Document(DocumentError::Incomplete(_))) => continue,
            Err(StoreError::Document(_)) => None,
            Err(other) => return Err(other),
        };
        if expected != stored(connection, doc)?.map(|(_, entry)| entry) {
            wrong.push(doc);
        }
    }
    search::verify(connection)?;
    Ok(wrong)
}

fn docs(connection: &Connection) -> Result<Vec<DocId>, StoreError> {
    let mut statement = connection.prepare("SELECT doc FROM place ORDER BY doc")?;
    Ok(statement
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// The row of a document, and its number.
fn stored(connection: &Connection, doc: DocId) -> Result<Option<(i64, EntryRow)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT account, at, title, source, archived, promiser, performer, pool, due_at, open, next_at, detail, words, kind,
                id, indifferent_from, uncounted, predecessor, names, sort_key, unsettled, promise_kind
         FROM entry WHERE doc = ?1",
    )?;
    let row: Option<(i64, DocumentKind, EntryRow)> = statement
        .query_row([doc], |row| {
            let entry = EntryRow {
                account: row.get(0)?,
                at: row.get(1)?,
                title: row.get(2)?,
                source: row.get(3)?,
                archived: row.get(4)?,
                promiser: row.get(5)?,
                performer: row.get(6)?,
                pool: row.get(7)?,
                due_at: row.get(8)?,
                open: row.get(9)?,
                next_at: row.get(10)?,
                receipts_irrelevant_from: row.get(15)?,
                uncounted: row.get(16)?,
                predecessor: row.get(17)?,
                detail: row.get(11)?,
                words: search::IndexedWords {
                    names: row.get(18)?,
                    text: row.get(12)?,
                },
                sort_key: row.get(19)?,
                unsettled: row.get(20)?,
                promise_kind: row.get(21)?,
                promise_rows: None,
                likeness: Likeness::default(),
            };
            Ok((row.get(14)?, row.get(13)?, entry))
        })
        .optional()?;
    row.map(|(id, kind, entry)| {
        let promise_rows =
            (kind == DocumentKind::Promise).then(|| PromiseRows::read(connection, doc));
        let promise_rows = promise_rows.transpose()?;
        let likeness = match kind {
            DocumentKind::Account => Likeness::read(connection, doc)?,
            _ => Likeness::default(),
        };
        let entry = EntryRow {
            promise_rows,
            likeness,
            ..entry
        };
        Ok((id, entry))
    })
    .transpose()
}

/// Every row as bytes, by document, with the receipts that it is read with: two notebooks with the same
/// changes have the same.
pub fn rows(connection: &Connection) -> Result<Vec<(DocId, Vec<u8>)>, StoreError> {
    let mut statement = connection.prepare("SELECT doc FROM entry ORDER BY doc")?;
    let docs = statement
        .query_map([], |row| row.get::<_, DocId>(0))?
        .collect::<Result<Vec<_>, _>>()?;
    let mut rows = Vec::with_capacity(docs.len());
    for doc in docs {
        if let Some((_, entry)) = stored(connection, doc)? {
            let received = queries::received(connection, doc)?;
            rows.push((doc, format!("{entry:?} {received:?}").into_bytes()));
        }
    }
    Ok(rows)
}

#[cfg(test)]
mod full_rows;
#[cfg(test)]
mod shape_tests;
