//! The data that every question to the record reads: the promises that are here, the company's record of the others,
//! the registry, and the working hours.

use std::collections::{BTreeMap, BTreeSet};

use super::Notebook;
use super::company_record::sample_of_life;
use super::errors::ApiResult;
use crate::insight::{CompanyTime, Sample, sample_of};
use crate::model::colleague::Company;
use crate::model::ids::{DocId, PersonId};
use crate::model::people::Registry;
use crate::model::place::Kind;
use crate::model::promise::{Facts, PromiseRecord, reduce};
use crate::model::time::Millis;
use crate::store::meta::{self, Identity};
use crate::store::queries::{self, Listed};
use crate::store::{Store, company, registry, samples};

/// The company and the present moment, without promises.
pub(super) struct Frame {
    pub(super) registry: Registry,
    pub(super) identity: Identity,
    pub(super) company: Company,
    pub(super) time: CompanyTime,
    pub(super) now: Millis,
    pub(super) zone: String,
}

/// A promise with the facts that its events say.
pub(super) struct Told {
    pub(super) record: PromiseRecord,
    pub(super) facts: Facts,
}

/// The frame with every promise that is here, and the company's record of those that are not.
pub(super) struct Books {
    pub(super) frame: Frame,
    pub(super) promises: Vec<Told>,
    elsewhere: Vec<Sample>,
}

impl Frame {
    pub(super) fn open(notebook: &Notebook, store: &Store) -> ApiResult<Self> {
        let registry = registry::load(store.read())?;
        let company = company::load(store.read())?;
        let zone = notebook.environment.zone();
        Ok(Self {
            time: CompanyTime::new(&company, registry.colleagues.keys().copied(), &zone),
            identity: meta::identity(store.read())?,
            now: meta::now(store.read(), notebook.environment.as_ref())?.instant(None),
            registry,
            company,
            zone,
        })
    }

    /// Returns a person's name; empty while unknown. This notebook's person is known before their row of the registry
    /// has come.
    pub(super) fn name(&self, person: PersonId) -> String {
        let known = self.registry.name(person);
        let mine = (person == self.identity.person).then_some(self.identity.person_name.as_str());
        known.or(mine).unwrap_or_default().to_owned()
    }

    /// Returns the promises of some rows; those whose beginning has not arrived are left out.
    pub(super) fn told(&self, rows: &[Listed]) -> ApiResult<Vec<Told>> {
        let mut told = Vec::with_capacity(rows.len());
        for row in rows {
            let record = row.promise()?;
            if let Some(facts) = reduce(&record.events, &self.registry) {
                told.push(Told { record, facts });
            }
        }
        Ok(told)
    }

    /// Returns the instant at which a device of a person last spoke, in milliseconds since the epoch; for this
    /// notebook's person, now. None if none ever did.
    pub(super) fn heard(&self, person: PersonId) -> Option<Millis> {
        if person == self.identity.person {
            return Some(self.now);
        }
        let devices = self.registry.devices.values();
        devices
            .filter(|device| device.person == person)
            .filter_map(|device| self.registry.presence.get(&device.id))
            .map(|presence| presence.heard)
            .max()
    }
}

impl Books {
    pub(super) fn open(notebook: &Notebook, store: &Store) -> ApiResult<Self> {
        let frame = Frame::open(notebook, store)?;
        let rows = queries::latest(store.read(), &[Kind::Promise], u32::MAX)?;
        let promises = frame.told(&rows)?;
        let here: BTreeSet<DocId> = promises.iter().map(|told| told.record.id).collect();
        let record = samples::all(store.read())?.into_iter();
        let others = record.filter(|(promise, _)| !here.contains(promise));
        Ok(Self {
            elsewhere: others
                .filter_map(|(_, life)| sample_of_life(life))
                .collect(),
            promises,
            frame,
        })
    }

    /// Returns every promise of the company as a sample of the record, without customer, words or promiser: from its
    /// document where that is here, else as the office told it.
    pub(super) fn samples(&self) -> Vec<Sample> {
        let frame = &self.frame;
        let samples = self
            .promises
            .iter()
            .filter_map(|told| sample_of(&told.record, &told.facts, frame.now, &frame.registry));
        samples.chain(self.elsewhere.iter().cloned()).collect()
    }

    /// Returns the results of `of` for every promise that is here, by its kind.
    pub(super) fn by_kind<T>(&self, of: impl Fn(&Told) -> Option<T>) -> BTreeMap<String, Vec<T>> {
        let mut kinds: BTreeMap<String, Vec<T>> = BTreeMap::new();
        for told in &self.promises {
            if let Some(one) = of(told) {
                let kind = told.facts.made.kind.clone();
                kinds.entry(kind).or_default().push(one);
            }
        }
        kinds
    }
}
