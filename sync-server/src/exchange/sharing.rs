//! Sharing: how a document enters the scopes that its placement names, with everything that it has.

use std::collections::BTreeMap;

use kept_core::environment::Environment;
use kept_core::model::ids::{DocId, OrganisationId, Team};

use super::feed_writer::{FeedWriter, PendingRow, Unit};
use super::placements::PlacedDocument;
use crate::keys::Keys;
use crate::log::{Log, LogError, StoredPlacement};

/// Lets a document into the scopes that it is not in yet.
///
/// The changes that it had before come first, row by row; `new` changes of a group follow in one unit, so that the
/// group is whole in every scope.
pub(super) fn enter_scopes(
    feeds: &mut FeedWriter<'_>,
    document: &mut PlacedDocument,
    new: u32,
    units: &mut BTreeMap<u32, Unit>,
) -> Result<(), LogError> {
    let mut entering = Vec::new();
    for scope in document.scopes() {
        let number = feeds.number(&scope)?;
        let known = document.stored.scopes.contains(&number) || entering.contains(&number);
        if !known {
            entering.push(number);
        }
    }
    if entering.is_empty() {
        return Ok(());
    }
    let doc = document.stored.placement.doc;
    let history = match document.is_new() {
        true => vec![],
        false => feeds.history(doc)?,
    };
    let old = u32::try_from(history.len()).unwrap_or(u32::MAX);
    let entered = PendingRow::entered(&document.stored.placement, old.saturating_add(new))?;
    for number in &entering {
        if history.is_empty() {
            units.entry(*number).or_default().push(entered.clone());
            continue;
        }
        feeds.push(*number, vec![entered.clone()]);
        for (hash, group) in &history {
            feeds.push(*number, vec![PendingRow::change(doc, *hash, *group)]);
        }
    }
    document.stored.scopes.extend(entering);
    Ok(())
}

/// Shares a document with pools, as the server decides that they are called; true if any of them was not in its
/// placement before. A document that is not here is not shared.
pub(crate) fn share(
    log: &mut dyn Log,
    keys: &Keys,
    environment: &dyn Environment,
    organisation: OrganisationId,
    doc: DocId,
    pools: &[Team],
) -> Result<bool, LogError> {
    let log = log.write()?;
    let mut feeds = FeedWriter::new(&*log, keys, environment, organisation);
    let Some(known) = feeds.placement(doc)? else {
        return Ok(false);
    };
    let mut stored = StoredPlacement::clone(&known);
    if pools
        .iter()
        .all(|pool| stored.placement.pools.contains(pool))
    {
        return Ok(false);
    }
    stored.placement.pools.extend(pools.iter().cloned());
    let home = stored.placement.home(stored.author);
    let mut document = PlacedDocument::known(stored, home);
    let mut units = BTreeMap::new();
    enter_scopes(&mut feeds, &mut document, 0, &mut units)?;
    feeds.put_placement(document.stored);
    for (scope, unit) in units {
        feeds.push(scope, unit);
    }
    feeds.flush()?;
    log.commit()?;
    Ok(true)
}
