//! The company's record of promises: what the office makes of them is kept in the log, and what is new of it
//! goes into replies.

use std::collections::{BTreeMap, BTreeSet};

use kept_core::limits;
use kept_core::model::ids::{DocId, OrganisationId};
use kept_core::notebook::RecordUpdate;
use kept_core::wire::{Reply, Request, SampleRow};

use super::ResolvedCaller;
use crate::log::{Log, LogError, Transaction};

/// Fills what is new of the record into a reply that says all else. The office makes it and needs none.
pub(super) fn fill(
    log: &dyn Transaction,
    organisation: OrganisationId,
    reader: &ResolvedCaller,
    request: &Request,
    reply: &mut Reply,
) -> Result<(), LogError> {
    // Over a slow link work comes before what is known of others' work.
    if reply.more || matches!(reader, ResolvedCaller::Office) {
        return Ok(());
    }
    let requested = usize::try_from(request.page_bytes).unwrap_or(usize::MAX);
    let limit = (requested / limits::SAMPLE_PAGE_BYTES).clamp(1, limits::SAMPLES);
    let limit = u32::try_from(limit).unwrap_or(u32::MAX);
    let page = log.samples_since(organisation, request.samples_version, limit)?;
    for row in &page.rows {
        let row = minicbor::to_vec(row).map_err(|e| LogError::Damaged(e.to_string()))?;
        reply.samples.push(row.into());
    }
    reply.samples_version = page.version;
    reply.more = page.more;
    Ok(())
}

/// Keeps what is new of the record, and notes what is gone from it; true if anything was new.
pub(crate) fn keep(
    log: &mut dyn Log,
    organisation: OrganisationId,
    news: RecordUpdate,
) -> Result<bool, LogError> {
    // Most looks bring nothing, and then nothing is written.
    let changed = changed(&*log.read()?, organisation, news)?;
    if changed.is_empty() {
        return Ok(false);
    }
    let log = log.write()?;
    log.put_samples(organisation, &changed)?;
    log.commit()?;
    Ok(true)
}

/// The rows that say something else than those that are kept.
fn changed(
    log: &dyn Transaction,
    organisation: OrganisationId,
    news: RecordUpdate,
) -> Result<Vec<SampleRow>, LogError> {
    let mut kept: BTreeMap<DocId, SampleRow> = BTreeMap::new();
    if news.whole {
        let rows = log
            .samples_since(organisation, 0, u32::MAX)?
            .rows
            .into_iter();
        kept.extend(rows.map(|row| (row.promise, row)));
    } else {
        for row in &news.rows {
            let known = log.sample(organisation, row.promise)?;
            kept.extend(known.map(|known| (row.promise, known)));
        }
    }
    let reported: BTreeSet<DocId> = news.rows.iter().map(|row| row.promise).collect();
    let mut changed = news.rows;
    // A row that never was in the record needs not leave it.
    changed.retain(|row| match kept.get(&row.promise) {
        Some(known) => known != row,
        None => row.life.is_some(),
    });
    let gone = kept
        .into_values()
        .filter(|row| !reported.contains(&row.promise));
    changed.extend(
        gone.filter(|row| row.life.is_some())
            .map(|row| SampleRow { life: None, ..row }),
    );
    Ok(changed)
}
