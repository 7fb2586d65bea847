//! The company's record of promises: the rows that the office's replica makes for every device, and the samples that a
//! device reads from them beside its own promises.

use std::collections::{BTreeMap, BTreeSet};

use crate::insight::{Ending, sample_of};
use crate::model::handbook::Handbook;
use crate::model::ids::{DocId, PersonId};
use crate::model::placement::DocumentKind;
use crate::model::registry::Colleague;
use crate::notebook::Notebook;
use crate::notebook::context::Context;
use crate::notebook::errors::ApiResult;
use crate::notebook::events::{EventStream, NotebookEvent};
use crate::notebook::record::company_record::ReducedPromise;
use crate::store::open_promises::{self, OpenPromiseFilter};
use crate::store::queries;
use crate::wire::{SampleEnding, SampleLifetime, SampleRow};

/// The rows of the record that may have changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordUpdate {
    /// True if these are the rows of all promises: a promise that is not among them is gone.
    pub whole: bool,
    /// The rows, in no order; without a life for promises that say nothing.
    pub rows: Vec<SampleRow>,
}

/// Follows a notebook and makes the rows of the record anew that may have changed.
///
/// A row changes with its document; for a promise that is overdue and still to be done also with time and with the
/// devices that were heard from; and with the registry and the way in which kinds are counted, which asks for all of
/// them.
#[derive(Default)]
pub struct RecordTracker {
    events: Option<EventStream>,
    basis: Option<Basis>,
}

/// The state that every row rests on.
#[derive(PartialEq, Eq)]
struct Basis {
    colleagues: BTreeMap<PersonId, Colleague>,
    past: BTreeMap<PersonId, Vec<Colleague>>,
    handbook: Handbook,
}

impl RecordTracker {
    /// Returns the rows that may have changed since the last call; all of them the first time, and after a failure.
    pub fn update(&mut self, notebook: &Notebook) -> ApiResult<RecordUpdate> {
        let basis = self.basis.take();
        // First what changed, then the rows: what changes meanwhile is told the next time.
        let events = self.events.get_or_insert_with(|| notebook.events.follow());
        let changed = changed_documents(events.waiting());
        notebook.read(|store| {
            let connection = store.read();
            let context = Context::load(notebook, store)?;
            let now = Basis {
                colleagues: context.registry.colleagues.clone(),
                past: context.registry.past.clone(),
                handbook: context.company.handbook.clone(),
            };
            let (whole, listed) = match changed.filter(|_| basis.as_ref() == Some(&now)) {
                None => (
                    true,
                    queries::latest(connection, &[DocumentKind::Promise], None, u32::MAX)?,
                ),
                Some(mut docs) => {
                    let open = open_promises::query(connection, OpenPromiseFilter::All)?;
                    let overdue = open
                        .iter()
                        .filter(|open_promise| open_promise.late_ms(context.now) > 0);
                    docs.extend(overdue.map(|open_promise| open_promise.id));
                    let mut listed = Vec::with_capacity(docs.len());
                    for doc in docs {
                        let row = queries::one(connection, doc)?;
                        listed.extend(row.filter(|row| row.kind == DocumentKind::Promise));
                    }
                    (false, listed)
                }
            };
            let reduced = context.reduced(&listed)?;
            let rows = reduced.iter().map(|reduced| context.row_of_record(reduced));
            let rows = rows.collect();
            self.basis = Some(now);
            Ok(RecordUpdate { whole, rows })
        })
    }

    /// Makes the next call return all rows: what was told has not been kept.
    pub fn start_over(&mut self) {
        self.basis = None;
    }
}

/// Returns the documents that changed; none if that is not known.
fn changed_documents(events: Vec<NotebookEvent>) -> Option<BTreeSet<DocId>> {
    let mut docs = BTreeSet::new();
    for event in events {
        match event {
            NotebookEvent::Changed { ids } => docs.extend(ids),
            NotebookEvent::PeopleChanged
            | NotebookEvent::Syncing { .. }
            | NotebookEvent::DraftsChanged
            | NotebookEvent::Progress { .. } => {}
            NotebookEvent::Missed => return None,
        }
    }
    Some(docs)
}

impl Context {
    /// Returns the row of the record for a promise.
    fn row_of_record(&self, reduced: &ReducedPromise) -> SampleRow {
        let sample = sample_of(&reduced.record, &reduced.facts, self.now, &self.registry);
        SampleRow {
            promise: reduced.record.id,
            life: sample.map(|sample| {
                let (ending, exit) = match sample.ending {
                    Ending::Open => (SampleEnding::Open, None),
                    Ending::Closed(at) => (SampleEnding::Fulfilled, Some(at)),
                    Ending::Censored(at) => (SampleEnding::Censored, Some(at)),
                };
                SampleLifetime {
                    working_time: self.company_time().is_working_time(&sample.kind),
                    kind: sample.kind,
                    performer: sample.performer.and_then(|key| key.parse().ok()),
                    team: sample.team.and_then(|team| team.parse().ok()),
                    start: sample.start,
                    exit,
                    ending,
                    received_at: sample.received_at,
                }
            }),
        }
    }
}

#[cfg(test)]
#[path = "tracker_tests.rs"]
mod tests;
