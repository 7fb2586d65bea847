//! The placements of documents: derived from what is written here, corrected by what the server says.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, Transaction};

use super::StoreError;
use super::rows::{decode_row, encode_row};
use crate::document::Content;
use crate::model::event::{EventBody, Performer};
use crate::model::ids::{DocId, PersonId, Team};
use crate::model::placement::{DocumentKind, Placement};

/// The placement of a document.
pub fn get(connection: &Connection, doc: DocId) -> Result<Option<Placement>, StoreError> {
    let bytes: Option<Vec<u8>> = connection
        .prepare_cached("SELECT place FROM place WHERE doc = ?1")?
        .query_row([doc], |row| row.get(0))
        .optional()?;
    bytes.map(|bytes| decode_row(&bytes)).transpose()
}

/// Writes a placement.
pub fn set(transaction: &Transaction<'_>, placement: &Placement) -> Result<(), StoreError> {
    transaction
        .prepare_cached(
            "INSERT INTO place (doc, kind, place) VALUES (?1, ?2, ?3)
             ON CONFLICT (doc) DO UPDATE SET place = excluded.place",
        )?
        .execute((placement.doc, placement.kind, encode_row(placement)))?;
    Ok(())
}

/// The promises that name one of these people, or were given to one of these pools, at some time.
pub fn promises_naming(
    connection: &Connection,
    people: &BTreeSet<PersonId>,
    pools: &BTreeSet<Team>,
) -> Result<Vec<DocId>, StoreError> {
    if people.is_empty() && pools.is_empty() {
        return Ok(Vec::new());
    }
    let mut statement = connection.prepare_cached("SELECT place FROM place WHERE kind = ?1")?;
    let placements =
        statement.query_map([DocumentKind::Promise], |row| row.get::<_, Vec<u8>>(0))?;
    let mut docs = Vec::new();
    for bytes in placements {
        let placement: Placement = decode_row(&bytes?)?;
        if !placement.pools.is_disjoint(pools) || !placement.people.is_disjoint(people) {
            docs.push(placement.doc);
        }
    }
    Ok(docs)
}

/// The change that the server's word made here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlacementChange {
    /// The document was not known here.
    New,
    /// It was known elsewhere, or otherwise.
    Changed,
    /// Nothing.
    Same,
}

/// Takes what the server says: its team and parent count; people, pools and files grow.
pub fn merge_from_server(
    transaction: &Transaction<'_>,
    server: &Placement,
) -> Result<PlacementChange, StoreError> {
    let is_new = transaction
        .prepare_cached(
            "INSERT INTO place (doc, kind, place) VALUES (?1, ?2, ?3) ON CONFLICT (doc) DO NOTHING",
        )?
        .execute((server.doc, server.kind, &encode_row(server)))?;
    if is_new == 1 {
        return Ok(PlacementChange::New);
    }
    let Some(known) = get(transaction, server.doc)? else {
        return Err(StoreError::Corrupt(format!("{} has no place", server.doc)));
    };
    let mut placement = server.clone();
    placement.people.extend(known.people.iter().copied());
    placement.pools.extend(known.pools.iter().cloned());
    placement.files.extend(known.files.iter().copied());
    placement.parent = placement.parent.or(known.parent);
    if placement == known {
        return Ok(PlacementChange::Same);
    }
    set(transaction, &placement)?;
    Ok(PlacementChange::Changed)
}

/// Gives the documents that have no team yet to one: what happens to a local notebook when it joins.
pub fn assign_team(transaction: &Transaction<'_>, team: &Team) -> Result<(), StoreError> {
    let mut statement = transaction.prepare("SELECT place FROM place")?;
    let placements = statement
        .query_map([], |row| row.get::<_, Vec<u8>>(0))?
        .collect::<Result<Vec<_>, _>>()?;
    for bytes in placements {
        let mut placement: Placement = decode_row(&bytes)?;
        if placement.team.is_none() {
            placement.team = Some(team.clone());
            set(transaction, &placement)?;
        }
    }
    Ok(())
}

/// Puts into a placement what a document's content says of it, beside the envelope and the team.
pub fn complete_from_content(content: &Content, placement: &mut Placement) {
    match content {
        Content::Account(_) | Content::Handbook(_) => {}
        // The person whom it is about may write it: the server tells by its placement.
        Content::Person(entry) => drop(placement.people.insert(entry.person)),
        Content::Visit(visit) => {
            placement.parent = placement.parent.or(visit.account);
            placement.files.extend(visit.files.iter().copied());
        }
        Content::Usage(usage) => {
            placement.parent = placement.parent.or(usage.account);
            placement.files.extend(usage.files.iter().copied());
        }
        Content::Promise(promise) => {
            let mut named = None;
            for event in &promise.events {
                let body = &event.stored.body;
                if let EventBody::Made(made) = body {
                    named = named.or(made.account);
                    placement.people.insert(made.promiser);
                }
                placement
                    .people
                    .extend(body.asked().map(|(person, _)| person));
                match body.named_performer() {
                    Some(Performer::Person { person }) => drop(placement.people.insert(*person)),
                    Some(Performer::Pool { pool }) => drop(placement.pools.insert(pool.clone())),
                    Some(Performer::Nobody) | None => {}
                }
            }
            placement.parent = placement.parent.or(named);
            placement.files.extend(promise.files.iter().copied());
        }
    }
}
