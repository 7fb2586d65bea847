//! The company's record of promises: the rows that the office's replica makes for every device, and the samples that a
//! device reads from them beside its own promises.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Notebook;
use super::books::{Frame, Told};
use super::errors::ApiResult;
use super::events::EventStream;
use super::records::NotebookEvent;
use crate::insight::{Fate, Sample, sample_of};
use crate::model::handbook::Handbook;
use crate::model::ids::{DocId, PersonId};
use crate::model::people::Colleague;
use crate::model::place::Kind;
use crate::store::held::{self, Whose};
use crate::store::queries;
use crate::wire::{SampleFate, SampleLife, SampleRow};

/// The rows of the record that may have changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordNews {
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
pub struct RecordKeeper {
    events: Option<Arc<EventStream>>,
    basis: Option<Basis>,
}

/// The state that every row rests on.
#[derive(PartialEq, Eq)]
struct Basis {
    colleagues: BTreeMap<PersonId, Colleague>,
    past: BTreeMap<PersonId, Vec<Colleague>>,
    handbook: Handbook,
}

impl RecordKeeper {
    /// Returns the rows that may have changed since the last call; all of them the first time, and after a failure.
    pub fn news(&mut self, notebook: &Notebook) -> ApiResult<RecordNews> {
        let basis = self.basis.take();
        // First what changed, then the rows: what changes meanwhile is told the next time.
        let events = self.events.get_or_insert_with(|| notebook.events());
        let changed = changed(events.waiting());
        notebook.read(|store| {
            let connection = store.read();
            let frame = Frame::open(notebook, store)?;
            let now = Basis {
                colleagues: frame.registry.colleagues.clone(),
                past: frame.registry.past.clone(),
                handbook: frame.company.handbook.clone(),
            };
            let (whole, listed) = match changed.filter(|_| basis.as_ref() == Some(&now)) {
                None => (
                    true,
                    queries::latest(connection, &[Kind::Promise], u32::MAX)?,
                ),
                Some(mut docs) => {
                    let open = held::promises(connection, Whose::All)?;
                    let overdue = open.iter().filter(|gist| gist.late_ms(frame.now) > 0);
                    docs.extend(overdue.map(|gist| gist.id));
                    let mut listed = Vec::with_capacity(docs.len());
                    for doc in docs {
                        let row = queries::one(connection, doc)?;
                        listed.extend(row.filter(|row| row.kind == Kind::Promise));
                    }
                    (false, listed)
                }
            };
            let told = frame.told(&listed)?;
            let rows = told.iter().map(|told| frame.row_of_record(told));
            let rows = rows.collect();
            self.basis = Some(now);
            Ok(RecordNews { whole, rows })
        })
    }

    /// Makes the next call return all rows: what was told has not been kept.
    pub fn start_over(&mut self) {
        self.basis = None;
    }
}

/// Returns the documents that changed; none if that is not known.
fn changed(events: Vec<NotebookEvent>) -> Option<BTreeSet<DocId>> {
    let mut docs = BTreeSet::new();
    for event in events {
        match event {
            NotebookEvent::Changed { ids } => docs.extend(ids),
            NotebookEvent::People | NotebookEvent::Syncing { .. } => {}
            NotebookEvent::Missed => return None,
        }
    }
    Some(docs)
}

impl Frame {
    /// Returns the row of the record for a promise.
    fn row_of_record(&self, told: &Told) -> SampleRow {
        let sample = sample_of(&told.record, &told.facts, self.now, &self.registry);
        SampleRow {
            promise: told.record.id,
            life: sample.map(|sample| {
                let (fate, exit) = match sample.fate {
                    Fate::Open => (SampleFate::Open, None),
                    Fate::Closed(at) => (SampleFate::Fulfilled, Some(at)),
                    Fate::Censored(at) => (SampleFate::Censored, Some(at)),
                };
                SampleLife {
                    working_time: self.time.is_working_time(&sample.kind),
                    kind: sample.kind,
                    performer: sample.performer.and_then(|key| key.parse().ok()),
                    team: sample.team.and_then(|team| team.parse().ok()),
                    start: sample.start,
                    exit,
                    fate,
                    received_at: sample.received_at,
                }
            }),
        }
    }
}

/// Returns a row of the record as a sample; none if it contradicts itself.
pub(super) fn sample_of_life(life: SampleLife) -> Option<Sample> {
    let fate = match (life.fate, life.exit) {
        (SampleFate::Open, _) => Fate::Open,
        (SampleFate::Fulfilled, Some(at)) => Fate::Closed(at),
        (SampleFate::Censored, Some(at)) => Fate::Censored(at),
        (SampleFate::Fulfilled | SampleFate::Censored, None) => return None,
    };
    Some(Sample {
        kind: life.kind,
        performer: life.performer.map(|person| person.to_string()),
        team: life.team.map(|team| team.to_string()),
        start: life.start,
        fate,
        received_at: life.received_at,
    })
}

#[cfg(test)]
#[path = "company_record_tests.rs"]
mod tests;
