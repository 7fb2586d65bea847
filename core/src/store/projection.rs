//! From changes to what screens read: one row per document, a function of its changes, their
//! `received_at` and the registry. No column depends on the clock, on presence or on another document.

use rusqlite::{Connection, OptionalExtension, Transaction};

use super::held::{self, Short};
use super::{StoreError, cbor, changes, places, queries, search};
use crate::document::chunk::CheckedChange;
use crate::document::{self, Content, DocumentError, Loaded};
use crate::model::conflicts::of_account;
use crate::model::event::Performer;
use crate::model::ids::{DocId, PersonId, Team};
use crate::model::people::Registry;
use crate::model::place::{Kind, Place};
use crate::model::promise::{PromiseRecord, indifferent_from, reduce};
use crate::model::time::Millis;

/// A row of `entry`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    account: Option<DocId>,
    at: Millis,
    title: String,
    source: Option<String>,
    archived: bool,
    promiser: Option<PersonId>,
    performer: Option<PersonId>,
    pool: Option<Team>,
    due_at: Option<Millis>,
    open: bool,
    next_at: Option<Millis>,
    /// Receipts of the server from this moment on change nothing of this row.
    indifferent_from: Millis,
    detail: Vec<u8>,
    words: String,
    /// What a promise leaves in the tables of short rows.
    short: Option<Short>,
}

/// Writes the first row of a document that was not here before.
pub fn begin(
    transaction: &Transaction<'_>,
    content: &Content,
    place: &Place,
    registry: &Registry,
) -> Result<(), StoreError> {
    let entry = entry_of(content, registry);
    put(transaction, place, &entry)
}

/// Rewrites the row of a document from what it says.
pub fn write(
    transaction: &Transaction<'_>,
    content: &Content,
    place: &Place,
    registry: &Registry,
) -> Result<(), StoreError> {
    let entry = entry_of(content, registry);
    match stored(transaction, place.doc)? {
        Some((_, before)) if before == entry => {}
        Some((id, before)) => replace(transaction, place.doc, id, &before, &entry)?,
        None => put(transaction, place, &entry)?,
    }
    transaction
        .prepare_cached("DELETE FROM quarantine WHERE doc = ?1")?
        .execute([place.doc])?;
    Ok(())
}

/// Stores a new row. It waits to be indexed, as all new ones do.
fn put(transaction: &Transaction<'_>, place: &Place, entry: &Entry) -> Result<(), StoreError> {
    if let Some(short) = &entry.short {
        short.write(transaction, place.doc, true)?;
    }
    transaction
        .prepare_cached(
            "INSERT INTO entry (doc, kind, account, at, title, source, archived, promiser, performer, pool,
                                due_at, open, next_at, indifferent_from, detail, words)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
        )?
        .execute(rusqlite::params![
            place.doc,
            place.kind,
            entry.account,
            entry.at,
            entry.title,
            entry.source,
            entry.archived,
            entry.promiser,
            entry.performer,
            entry.pool,
            entry.due_at,
            entry.open,
            entry.next_at,
            entry.indifferent_from,
            entry.detail,
            entry.words,
        ])?;
    Ok(())
}

/// Stores what a row says now; `before` is what it said so far.
fn replace(
    transaction: &Transaction<'_>,
    doc: DocId,
    id: i64,
    before: &Entry,
    entry: &Entry,
) -> Result<(), StoreError> {
    if entry.short != before.short
        && let Some(short) = &entry.short
    {
        short.write(transaction, doc, false)?;
    }
    let only_detail = Entry {
        detail: entry.detail.clone(),
        short: entry.short.clone(),
        ..before.clone()
    };
    if only_detail == *entry {
        // What has no index is stored alone: SQLite would write every index anew.
        transaction
            .prepare_cached("UPDATE entry SET detail = ?2 WHERE id = ?1")?
            .execute((id, &entry.detail))?;
        return Ok(());
    }
    transaction
        .prepare_cached(
            "UPDATE entry SET account = ?2, at = ?3, title = ?4, source = ?5, archived = ?6, promiser = ?7,
                performer = ?8, pool = ?9, due_at = ?10, open = ?11, next_at = ?12, indifferent_from = ?13,
                detail = ?14, words = ?15
             WHERE id = ?1",
        )?
        .execute(rusqlite::params![
            id,
            entry.account,
            entry.at,
            entry.title,
            entry.source,
            entry.archived,
            entry.promiser,
            entry.performer,
            entry.pool,
            entry.due_at,
            entry.open,
            entry.next_at,
            entry.indifferent_from,
            entry.detail,
            entry.words,
        ])?;
    search::note(transaction, id, &before.words, &entry.words)
}

/// Rewrites the row of a document from its changes. One that cannot be read is quarantined; one that
/// is still arriving is left for later.
pub fn refresh(
    transaction: &Transaction<'_>,
    doc: DocId,
    registry: &Registry,
) -> Result<(), StoreError> {
    let Some(place) = places::get(transaction, doc)? else {
        return Ok(());
    };
    if is_arriving(transaction, doc)? {
        return Ok(());
    }
    let loaded = changes::load(transaction, doc);
    show(transaction, loaded, &place, registry, write)
}

/// Writes the first row of a document that has just come whole, from what is at hand.
pub fn arrive(
    transaction: &Transaction<'_>,
    place: &Place,
    changes: Vec<(CheckedChange, Option<Millis>)>,
    registry: &Registry,
) -> Result<(), StoreError> {
    let loaded = Loaded::load(place.doc, changes).map_err(StoreError::from);
    show(transaction, loaded, place, registry, begin)
}

fn show(
    transaction: &Transaction<'_>,
    loaded: Result<Loaded, StoreError>,
    place: &Place,
    registry: &Registry,
    put: impl FnOnce(&Transaction<'_>, &Content, &Place, &Registry) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let read = loaded.and_then(|loaded| Ok(document::read(&loaded, place, registry)?));
    match read {
        Ok(Some(content)) => put(transaction, &content, place, registry),
        Ok(None)
        | Err(StoreError::Document(DocumentError::Incomplete(_)) | StoreError::NoDocument(_)) => {
            Ok(())
        }
        Err(StoreError::Document(reason)) => {
            transaction
                .prepare_cached(
                    "INSERT INTO quarantine (doc, reason) VALUES (?1, ?2)
                     ON CONFLICT (doc) DO UPDATE SET reason = excluded.reason",
                )?
                .execute((place.doc, reason.to_string()))?;
            Ok(())
        }
        Err(other) => Err(other),
    }
}

/// Whether a document's row depends on when the server took something of it, if that was at `received_at`.
pub fn shows_receipt(
    connection: &Connection,
    doc: DocId,
    received_at: Millis,
) -> Result<bool, StoreError> {
    let indifferent_from: Option<Millis> = connection
        .prepare_cached("SELECT indifferent_from FROM entry WHERE doc = ?1")?
        .query_row([doc], |row| row.get(0))
        .optional()?;
    Ok(indifferent_from.is_none_or(|from| received_at < from))
}

/// Whether a document is shown, or named as one that cannot be read.
pub fn is_shown(connection: &Connection, doc: DocId) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM entry WHERE doc = ?1)
                 OR EXISTS (SELECT 1 FROM quarantine WHERE doc = ?1)",
        )?
        .query_row([doc], |row| row.get(0))?)
}

/// Whether rows of a document are still to come in every scope that brings it.
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
    held::clear(transaction)?;
    transaction.execute_batch("DELETE FROM entry; DELETE FROM quarantine;")?;
    search::start_over(transaction)?;
    let registry = super::registry::load(transaction)?;
    let docs = docs(transaction)?;
    let total = docs.len() as u64;
    for (done, doc) in docs.into_iter().enumerate() {
        refresh(transaction, doc, &registry)?;
        progress(done as u64 + 1, total);
    }
    search::keep_up(transaction)?;
    Ok(total)
}

/// The documents whose rows are not what their changes say; none in a healthy notebook.
pub fn verify(connection: &Connection) -> Result<Vec<DocId>, StoreError> {
    let registry = super::registry::load(connection)?;
    let mut wrong = Vec::new();
    for doc in docs(connection)? {
        let Some(place) = places::get(connection, doc)? else {
            continue;
        };
        if is_arriving(connection, doc)? {
            continue;
        }
        let expected = match changes::load(connection, doc)
            .and_then(|loaded| Ok(document::read(&loaded, &place, &registry)?))
        {
            Ok(content) => content.as_ref().map(|content| entry_of(content, &registry)),
            Err(StoreError::Document(_)) => None,
            Err(other) => return Err(other),
        };
        if expected != stored(connection, doc)?.map(|(_, entry)| entry) {
            wrong.push(doc);
        }
    }
    search::catch_up(connection)?;
    connection.execute(
        "INSERT INTO search (search, rank) VALUES ('integrity-check', 1)",
        [],
    )?;
    Ok(wrong)
}

fn docs(connection: &Connection) -> Result<Vec<DocId>, StoreError> {
    let mut statement = connection.prepare("SELECT doc FROM place ORDER BY doc")?;
    Ok(statement
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// The row of a document, and its number.
fn stored(connection: &Connection, doc: DocId) -> Result<Option<(i64, Entry)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT account, at, title, source, archived, promiser, performer, pool, due_at, open, next_at, detail, words, kind,
                id, indifferent_from
         FROM entry WHERE doc = ?1",
    )?;
    let row: Option<(i64, Kind, Entry)> = statement
        .query_row([doc], |row| {
            let entry = Entry {
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
                indifferent_from: row.get(15)?,
                detail: row.get(11)?,
                words: row.get(12)?,
                short: None,
            };
            Ok((row.get(14)?, row.get(13)?, entry))
        })
        .optional()?;
    row.map(|(id, kind, entry)| {
        let short = (kind == Kind::Promise).then(|| Short::read(connection, doc));
        let short = short.transpose()?;
        Ok((id, Entry { short, ..entry }))
    })
    .transpose()
}

fn entry_of(content: &Content, registry: &Registry) -> Entry {
    match content {
        Content::Account(account) => {
            let reaches = account
                .reaches
                .iter()
                .flat_map(|reach| reach.values.iter().map(|value| value.value.as_str()));
            let contacts = account
                .contacts
                .iter()
                .flat_map(|contact| [contact.name.as_str(), contact.role.as_str()]);
            let places = account.sites.iter().flat_map(|site| {
                std::iter::once(site.label.as_str())
                    .chain(site.address.iter().map(|value| value.value.as_str()))
            });
            let machines = account
                .assets
                .iter()
                .flat_map(|asset| [asset.label.as_str(), asset.serial.as_str()]);
            let own = [
                &account.name,
                &account.notes,
                &account.uses,
                &account.must_not_fail,
            ];
            let words = own
                .into_iter()
                .map(String::as_str)
                .chain(account.tags.iter().map(String::as_str));
            Entry {
                account: Some(account.id),
                at: account.created.at,
                title: account.name.clone(),
                source: account.source.clone(),
                archived: account.archived,
                open: !of_account(account).is_empty(),
                detail: cbor(account.as_ref()),
                words: search::index_text(
                    words
                        .chain(reaches)
                        .chain(contacts)
                        .chain(places)
                        .chain(machines),
                ),
                ..Entry::plain()
            }
        }
        Content::Visit(visit) => {
            let own = [
                &visit.said,
                &visit.means,
                &visit.help,
                &visit.labels.account,
                &visit.labels.contact,
            ];
            let words = own
                .into_iter()
                .map(String::as_str)
                .chain(visit.marks.iter().map(String::as_str));
            Entry {
                account: visit.account,
                at: visit.happened_at,
                title: visit.labels.account.clone(),
                detail: cbor(visit.as_ref()),
                words: search::index_text(words),
                ..Entry::plain()
            }
        }
        Content::Usage(usage) => {
            let own = [
                &usage.product,
                &usage.doing,
                &usage.workaround,
                &usage.quote,
                &usage.notes,
                &usage.labels.account,
            ];
            let words = own
                .into_iter()
                .map(String::as_str)
                .chain(usage.themes.iter().map(String::as_str));
            Entry {
                account: usage.account,
                at: usage.written.instant(None),
                title: usage.labels.account.clone(),
                detail: cbor(usage.as_ref()),
                words: search::index_text(words),
                ..Entry::plain()
            }
        }
        Content::Promise(promise) => promise_entry(promise, registry),
        // Neither is a customer's, and no search looks for them: `company` reads them whole.
        Content::Handbook(entry) => Entry {
            at: entry.by.at,
            detail: cbor(entry.as_ref()),
            ..Entry::plain()
        },
        Content::Person(entry) => Entry {
            at: entry.by.at,
            detail: cbor(entry.as_ref()),
            ..Entry::plain()
        },
    }
}

fn promise_entry(promise: &PromiseRecord, registry: &Registry) -> Entry {
    let plain = Entry {
        detail: cbor(promise),
        short: Some(Short::default()),
        ..Entry::plain()
    };
    let Some(facts) = reduce(&promise.events, registry) else {
        return plain;
    };
    let (performer, pool) = match &facts.performer {
        Performer::Person { person } => (Some(*person), None),
        Performer::Pool { pool } => (None, Some(pool.clone())),
        Performer::Nobody => (None, None),
    };
    let made = &facts.made;
    let own = [
        &made.deliverable,
        &made.criterion,
        &made.words,
        &made.labels.account,
        &made.labels.contact,
    ];
    let words = own
        .into_iter()
        .map(String::as_str)
        .chain([promise.notes.as_str()]);
    Entry {
        account: made.account,
        at: facts.made_at,
        title: made.deliverable.clone(),
        promiser: Some(made.promiser),
        performer,
        pool,
        due_at: Some(facts.present.due_at),
        open: facts.work().is_open(),
        next_at: facts.next_at(),
        indifferent_from: indifferent_from(&promise.events, registry),
        words: search::index_text(words),
        short: Some(Short::of(promise, &facts)),
        ..plain
    }
}

impl Entry {
    fn plain() -> Self {
        Self {
            account: None,
            at: 0,
            title: String::new(),
            source: None,
            archived: false,
            promiser: None,
            performer: None,
            pool: None,
            due_at: None,
            open: false,
            next_at: None,
            indifferent_from: Millis::MIN,
            detail: Vec::new(),
            words: String::new(),
            short: None,
        }
    }
}

/// What a document's content says of its place, beside the envelope and the team.
pub fn describe(content: &Content, place: &mut Place) {
    match content {
        Content::Account(_) | Content::Handbook(_) => {}
        // Whom it is about may write it: the server tells by its place.
        Content::Person(entry) => drop(place.people.insert(entry.person)),
        Content::Visit(visit) => {
            place.parent = place.parent.or(visit.account);
            place.files.extend(visit.files.iter().copied());
        }
        Content::Usage(usage) => {
            place.parent = place.parent.or(usage.account);
            place.files.extend(usage.files.iter().copied());
        }
        Content::Promise(promise) => {
            use crate::model::event::EventBody;
            for event in &promise.events {
                let performer = match &event.stored.body {
                    EventBody::Made(made) => {
                        place.parent = place.parent.or(made.account);
                        place.people.insert(made.promiser);
                        Some(&made.performer)
                    }
                    EventBody::Asked { person, .. } => {
                        place.people.insert(*person);
                        None
                    }
                    EventBody::Reassigned { performer, .. } => Some(performer),
                    _ => None,
                };
                match performer {
                    Some(Performer::Person { person }) => drop(place.people.insert(*person)),
                    Some(Performer::Pool { pool }) => drop(place.pools.insert(pool.clone())),
                    Some(Performer::Nobody) | None => {}
                }
            }
            place.files.extend(promise.files.iter().copied());
        }
    }
}

/// The kinds of documents that lists show.
pub const SHOWN: [Kind; 4] = [Kind::Account, Kind::Visit, Kind::Usage, Kind::Promise];

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
