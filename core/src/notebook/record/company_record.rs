//! The company's record: the promises that are here, and samples of those that are not.

use std::sync::Arc;

use crate::insight::{Ending, Sample};
use crate::model::promise::{Facts, PromiseRecord, reduce};
use crate::notebook::Notebook;
use crate::notebook::context::Context;
use crate::notebook::errors::ApiResult;
use crate::notebook::record::held_record::HeldRecord;
use crate::store::Reading;
use crate::store::queries::ListedEntry;
use crate::wire::{SampleEnding, SampleLifetime};

/// A promise with the facts that its events say.
pub(in crate::notebook) struct ReducedPromise {
    pub(in crate::notebook) record: PromiseRecord,
    pub(in crate::notebook) facts: Facts,
}

/// The frame with what the record says of every promise that is here, and of those that are not.
pub(in crate::notebook) struct CompanyRecord {
    pub(in crate::notebook) context: Context,
    pub(in crate::notebook) held: Arc<HeldRecord>,
}

impl Context {
    /// Returns the promises of some rows; those whose beginning has not arrived are left out.
    pub(in crate::notebook) fn reduced(
        &self,
        rows: &[ListedEntry],
    ) -> ApiResult<Vec<ReducedPromise>> {
        let mut reduced = Vec::with_capacity(rows.len());
        for row in rows {
            reduced.extend(self.reduced_one(row)?);
        }
        Ok(reduced)
    }

    /// Returns the promise of a row; none if its beginning has not arrived.
    pub(in crate::notebook) fn reduced_one(
        &self,
        row: &ListedEntry,
    ) -> ApiResult<Option<ReducedPromise>> {
        let record = row.promise()?;
        let facts = reduce(&record.events, &self.registry);
        Ok(facts.map(|facts| ReducedPromise { record, facts }))
    }
}

impl CompanyRecord {
    /// Reads the record from the store, as far as it is not held already.
    pub(in crate::notebook) fn open(notebook: &Notebook, store: Reading<'_>) -> ApiResult<Self> {
        let context = Context::load(notebook, store)?;
        let held = notebook.record.now(&context, store)?;
        Ok(Self { context, held })
    }
}

impl Notebook {
    /// Returns every promise of the company as a sample of the record, without customer, words or promiser. Performers
    /// are known by their ids.
    pub fn samples(&self) -> ApiResult<Vec<Sample>> {
        self.read(|store| {
            let company_record = CompanyRecord::open(self, store)?;
            let samples = company_record.held.samples().into_iter();
            Ok(samples.cloned().collect())
        })
    }

    /// Returns the time bases of the company's kinds, for asking another record.
    pub fn company_time(&self) -> ApiResult<crate::insight::CompanyTime> {
        self.read(|store| Ok(Context::load(self, store)?.company_time().clone()))
    }
}

/// Returns a row of the record as a sample; none if it contradicts itself.
pub(in crate::notebook) fn sample_of_row(life: SampleLifetime) -> Option<Sample> {
    let ending = match (life.ending, life.exit) {
        (SampleEnding::Open, _) => Ending::Open,
        (SampleEnding::Fulfilled, Some(at)) => Ending::Closed(at),
        (SampleEnding::Censored, Some(at)) => Ending::Censored(at),
        (SampleEnding::Fulfilled | SampleEnding::Censored, None) => return None,
    };
    Some(Sample {
        kind: life.kind,
        performer: life.performer.map(|person| person.to_string()),
        team: life.team.map(|team| team.to_string()),
        start: life.start,
        ending,
        received_at: life.received_at,
    })
}
