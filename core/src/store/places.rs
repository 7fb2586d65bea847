//! The places of documents: derived from what is written here, corrected by what the server says.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, Transaction};

use super::{StoreError, cbor};
use crate::document::Content;
use crate::model::event::{EventBody, Performer};
use crate::model::ids::{DocId, PersonId, Team};
use crate::model::place::{Kind, Place};

/// The place of a document.
pub fn get(connection: &Connection, doc: DocId) -> Result<Option<Place>, StoreError> {
    let bytes: Option<Vec<u8>> = connection
        .prepare_cached("SELECT place FROM place WHERE doc = ?1")?
        .query_row([doc], |row| row.get(0))
        .optional()?;
    Ok(bytes.map(|bytes| minicbor::decode(&bytes)).transpose()?)
}

/// Writes a place.
pub fn set(transaction: &Transaction<'_>, place: &Place) -> Result<(), StoreError> {
    transaction
        .prepare_cached(
            "INSERT INTO place (doc, kind, place) VALUES (?1, ?2, ?3)
             ON CONFLICT (doc) DO UPDATE SET place = excluded.place",
        )?
        .execute((place.doc, place.kind, cbor(place)))?;
    Ok(())
}

/// The promises that name one of these people, or were given to one of these pools, at some time.
pub fn naming(
    connection: &Connection,
    people: &BTreeSet<PersonId>,
    pools: &BTreeSet<Team>,
) -> Result<Vec<DocId>, StoreError> {
    if people.is_empty() && pools.is_empty() {
        return Ok(Vec::new());
    }
    let mut statement = connection.prepare_cached("SELECT place FROM place WHERE kind = ?1")?;
    let places = statement.query_map([Kind::Promise], |row| row.get::<_, Vec<u8>>(0))?;
    let mut docs = Vec::new();
    for bytes in places {
        let place: Place = minicbor::decode(&bytes?)?;
        if !place.pools.is_disjoint(pools) || !place.people.is_disjoint(people) {
            docs.push(place.doc);
        }
    }
    Ok(docs)
}

/// The change that the server's word made here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Took {
    /// The document was not known here.
    New,
    /// It was known elsewhere, or otherwise.
    Changed,
    /// Nothing.
    Same,
}

/// Takes what the server says: its team and parent count; people, pools and files grow.
pub fn take(transaction: &Transaction<'_>, server: &Place) -> Result<Took, StoreError> {
    let is_new = transaction
        .prepare_cached(
            "INSERT INTO place (doc, kind, place) VALUES (?1, ?2, ?3) ON CONFLICT (doc) DO NOTHING",
        )?
        .execute((server.doc, server.kind, &cbor(server)))?;
    if is_new == 1 {
        return Ok(Took::New);
    }
    let Some(known) = get(transaction, server.doc)? else {
        return Err(StoreError::Corrupt(format!("{} has no place", server.doc)));
    };
    let mut place = server.clone();
    place.people.extend(known.people.iter().copied());
    place.pools.extend(known.pools.iter().cloned());
    place.files.extend(known.files.iter().copied());
    place.parent = place.parent.or(known.parent);
    if place == known {
        return Ok(Took::Same);
    }
    set(transaction, &place)?;
    Ok(Took::Changed)
}

/// Gives the documents that have no team yet to one: what happens to a local notebook when it joins.
pub fn adopt(transaction: &Transaction<'_>, team: &Team) -> Result<(), StoreError> {
    let mut statement = transaction.prepare("SELECT place FROM place")?;
    let places = statement
        .query_map([], |row| row.get::<_, Vec<u8>>(0))?
        .collect::<Result<Vec<_>, _>>()?;
    for bytes in places {
        let mut place: Place = minicbor::decode(&bytes)?;
        if place.team.is_none() {
            place.team = Some(team.clone());
            set(transaction, &place)?;
        }
    }
    Ok(())
}

/// Puts into a place what a document's content says of it, beside the envelope and the team.
pub fn describe(content: &Content, place: &mut Place) {
    match content {
        Content::Account(_) | Content::Handbook(_) => {}
        // The person whom it is about may write it: the server tells by its place.
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
