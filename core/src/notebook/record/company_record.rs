//! The company's record: the promises that are here, and samples of those that are not.

use std::collections::{BTreeMap, BTreeSet};

use crate::insight::{Ending, Sample, decided_promise, sample_of};
use crate::model::ids::DocId;
use crate::model::placement::DocumentKind;
use crate::model::promise::{Facts, PromiseRecord, reduce};
use crate::model::time::Millis;
use crate::notebook::Notebook;
use crate::notebook::context::Context;
use crate::notebook::errors::ApiResult;
use crate::store::queries::{self, ListedEntry};
use crate::store::{Reading, samples};
use crate::wire::{SampleEnding, SampleLifetime};

/// A promise with the facts that its events say.
pub(in crate::notebook) struct ReducedPromise {
    pub(in crate::notebook) record: PromiseRecord,
    pub(in crate::notebook) facts: Facts,
}

/// The frame with every promise that is here, and the company's record of those that are not.
pub(in crate::notebook) struct CompanyRecord {
    pub(in crate::notebook) context: Context,
    pub(in crate::notebook) promises: Vec<ReducedPromise>,
    other_samples: Vec<Sample>,
}

impl Context {
    /// Returns the promises of some rows; those whose beginning has not arrived are left out.
    pub(in crate::notebook) fn reduced(
        &self,
        rows: &[ListedEntry],
    ) -> ApiResult<Vec<ReducedPromise>> {
        let mut reduced = Vec::with_capacity(rows.len());
        for row in rows {
            let record = row.promise()?;
            if let Some(facts) = reduce(&record.events, &self.registry) {
                reduced.push(ReducedPromise { record, facts });
            }
        }
        Ok(reduced)
    }
}

impl CompanyRecord {
    /// Reads the record from the store.
    pub(in crate::notebook) fn open(notebook: &Notebook, store: Reading<'_>) -> ApiResult<Self> {
        let context = Context::load(notebook, store)?;
        let rows = queries::latest(store.read(), &[DocumentKind::Promise], None, u32::MAX)?;
        let promises = context.reduced(&rows)?;
        let here: BTreeSet<DocId> = promises.iter().map(|reduced| reduced.record.id).collect();
        let record = samples::all(store.read())?.into_iter();
        let others = record.filter(|(promise, _)| !here.contains(promise));
        Ok(Self {
            other_samples: others.filter_map(|(_, life)| sample_of_row(life)).collect(),
            promises,
            context,
        })
    }

    /// Returns every promise of the company as a sample of the record, without customer, words or promiser: from its
    /// document where that is here, else as the office told it.
    pub(in crate::notebook) fn samples(&self) -> Vec<Sample> {
        let context = &self.context;
        let samples = self.promises.iter().filter_map(|reduced| {
            sample_of(
                &reduced.record,
                &reduced.facts,
                context.now,
                &context.registry,
            )
        });
        samples.chain(self.other_samples.iter().cloned()).collect()
    }

    /// Returns the results of `of` for every promise that is here, by its kind.
    pub(in crate::notebook) fn by_kind<T>(
        &self,
        of: impl Fn(&ReducedPromise) -> Option<T>,
    ) -> BTreeMap<String, Vec<T>> {
        let mut kinds: BTreeMap<String, Vec<T>> = BTreeMap::new();
        for reduced in &self.promises {
            if let Some(one) = of(reduced) {
                let kind = reduced.facts.made.kind.clone();
                kinds.entry(kind).or_default().push(one);
            }
        }
        kinds
    }
}

impl Notebook {
    /// Returns every promise of the company as a sample of the record, without customer, words or promiser. Performers
    /// are known by their ids.
    pub fn samples(&self) -> ApiResult<Vec<Sample>> {
        self.read(|store| Ok(CompanyRecord::open(self, store)?.samples()))
    }

    /// Returns the time bases of the company's kinds, for asking another record.
    pub fn company_time(&self) -> ApiResult<crate::insight::CompanyTime> {
        self.read(|store| Ok(Context::load(self, store)?.company_time().clone()))
    }
}

impl CompanyRecord {
    /// Returns the verdict on a promise; none while it is undecided.
    pub(in crate::notebook) fn verdict(
        &self,
        promise: &ReducedPromise,
    ) -> Option<crate::insight::DecidedPromise> {
        let (now, registry): (Millis, _) = (self.context.now, &self.context.registry);
        decided_promise(&promise.record, &promise.facts, now, registry)
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
