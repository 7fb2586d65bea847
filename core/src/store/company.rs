//! What the company agreed on and what colleagues say about themselves, from the rows of their documents.

use rusqlite::Connection;

use super::{StoreError, meta, registry};
use crate::model::colleague::{Company, PersonEntry};
use crate::model::handbook::{Handbook, HandbookEntry};
use crate::model::ids::PersonId;
use crate::model::people::Registry;
use crate::model::place::Kind;
use crate::model::time::Millis;

/// The company as rules ask it.
pub fn load(connection: &Connection) -> Result<Company, StoreError> {
    Ok(Company::of(&agreed(connection)?, &people(connection)?))
}

/// What was agreed on, without what colleagues say.
pub fn handbook(connection: &Connection) -> Result<Handbook, StoreError> {
    Ok(Handbook::of(&agreed(connection)?))
}

/// The entries of the handbook, by document.
pub fn agreed(connection: &Connection) -> Result<Vec<HandbookEntry>, StoreError> {
    details(connection, Kind::Handbook)
}

/// What colleagues say, by document. What somebody wrote of another one counts only if they ran the
/// company: the server tells by the place, which a document need not agree with.
pub fn people(connection: &Connection) -> Result<Vec<PersonEntry>, StoreError> {
    let mut entries: Vec<PersonEntry> = details(connection, Kind::Person)?;
    if entries.is_empty() {
        return Ok(entries);
    }
    // Who joined a moment ago writes before the registry knows their actor.
    let me = meta::identity(connection)?;
    let author = |entry: &PersonEntry| {
        let mine = (entry.by.actor == me.actor).then_some(me.person);
        entry.by.person.or(mine)
    };
    let of_themselves = |entry: &PersonEntry| author(entry) == Some(entry.person);
    if entries.iter().all(of_themselves) {
        return Ok(entries);
    }
    let registry = registry::load(connection)?;
    entries.retain(|entry| {
        let ran = |person| ran_the_company(&registry, person, entry.by.at);
        of_themselves(entry) || author(entry).is_some_and(ran)
    });
    Ok(entries)
}

/// Whether somebody ran the company at a moment; before their first row they are judged as they are.
fn ran_the_company(registry: &Registry, person: PersonId, at: Millis) -> bool {
    let then = registry.at(person, at);
    then.or_else(|| registry.colleagues.get(&person))
        .is_some_and(|colleague| colleague.role.runs_the_company())
}

fn details<T: for<'b> minicbor::Decode<'b, ()>>(
    connection: &Connection,
    kind: Kind,
) -> Result<Vec<T>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT detail FROM entry WHERE kind = ?1 ORDER BY doc")?;
    let mut rows = statement.query([kind])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let detail = row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
        all.push(minicbor::decode(detail)?);
    }
    Ok(all)
}
