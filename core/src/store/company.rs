//! The company's handbook and the colleagues' entries about themselves, read from the rows of their documents.

use rusqlite::{Connection, OptionalExtension};

use super::rows::decode_row;
use super::{StoreError, meta, registry};
use crate::model::colleague_profile::PersonEntry;
use crate::model::company::Company;
use crate::model::handbook::{Handbook, HandbookEntry};
use crate::model::ids::PersonId;
use crate::model::placement::DocumentKind;
use crate::model::registry::Registry;
use crate::model::time::Millis;

/// The company as rules ask it.
pub fn load(connection: &Connection) -> Result<Company, StoreError> {
    Ok(Company::of(
        &handbook_entries(connection)?,
        &person_entries(connection)?,
    ))
}

/// The company's handbook, without the colleagues' entries.
pub fn handbook(connection: &Connection) -> Result<Handbook, StoreError> {
    Ok(Handbook::of(&handbook_entries(connection)?))
}

/// The entries of the handbook, by document.
pub fn handbook_entries(connection: &Connection) -> Result<Vec<HandbookEntry>, StoreError> {
    details(connection, DocumentKind::Handbook)
}

/// The colleagues' entries that count, by document. An entry that its author wrote of another person counts only if the
/// author ran the company: the server tells by the placement, which a document need not agree with.
pub fn person_entries(connection: &Connection) -> Result<Vec<PersonEntry>, StoreError> {
    Ok(counted_and_uncounted(connection)?.0)
}

/// The entries that their authors wrote of another person and might not write, by document.
pub fn uncounted_person_entries(connection: &Connection) -> Result<Vec<PersonEntry>, StoreError> {
    Ok(counted_and_uncounted(connection)?.1)
}

/// The colleagues' entries: those that count, and those that do not.
fn counted_and_uncounted(
    connection: &Connection,
) -> Result<(Vec<PersonEntry>, Vec<PersonEntry>), StoreError> {
    let entries: Vec<PersonEntry> = details(connection, DocumentKind::Person)?;
    if entries.is_empty() {
        return Ok((entries, vec![]));
    }
    // A person who joined a moment ago writes before the registry knows their actor.
    let me = meta::identity(connection)?;
    let author = |entry: &PersonEntry| {
        let mine = (entry.by.actor == me.actor).then_some(me.person);
        entry.by.person.or(mine)
    };
    let of_themselves = |entry: &PersonEntry| author(entry) == Some(entry.person);
    if entries.iter().all(of_themselves) {
        return Ok((entries, vec![]));
    }
    let registry = registry::load(connection)?;
    let (mut counted, mut uncounted) = (Vec::new(), Vec::new());
    for entry in entries {
        let allowed = of_themselves(&entry)
            || match author(&entry) {
                Some(person) => {
                    let taken = begun_at(connection, &entry)?;
                    ran_the_company(&registry, person, entry.by.at, taken)
                }
                None => false,
            };
        if allowed {
            counted.push(entry);
        } else {
            uncounted.push(entry);
        }
    }
    Ok((counted, uncounted))
}

/// The instant when the server took the first change of an entry; None if that is not known.
fn begun_at(connection: &Connection, entry: &PersonEntry) -> Result<Option<Millis>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT received_at FROM change WHERE doc = ?1 AND actor = ?2 AND seq = 1",
    )?;
    let taken = statement.query_row((entry.id, entry.by.actor), |row| row.get(0));
    Ok(taken.optional()?.flatten())
}

/// True if a person ran the company when they wrote, at `at`, or when the server took it, at `taken`; before their
/// first row they are judged as they are.
fn ran_the_company(
    registry: &Registry,
    person: PersonId,
    at: Millis,
    taken: Option<Millis>,
) -> bool {
    let rows = [
        registry.colleague_at(person, at),
        taken.and_then(|taken| registry.colleague_at(person, taken)),
    ];
    let newest = registry
        .colleagues
        .get(&person)
        .filter(|_| rows[0].is_none());
    let mut rows = rows.into_iter().chain([newest]).flatten();
    rows.any(|row| row.role.runs_the_company())
}

fn details<T: for<'b> minicbor::Decode<'b, ()>>(
    connection: &Connection,
    kind: DocumentKind,
) -> Result<Vec<T>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT detail FROM entry WHERE kind = ?1 ORDER BY doc")?;
    let mut rows = statement.query([kind])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let detail = row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
        all.push(decode_row(detail)?);
    }
    Ok(all)
}
