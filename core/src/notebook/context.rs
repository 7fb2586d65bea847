//! The context of a call: the people, the identity, the handbook, the moment and the zone that it reads beside the
//! rows, loaded once and the same way.

use std::cell::OnceCell;
use std::sync::{Arc, Mutex, PoisonError};

use crate::insight::CompanyTime;
use crate::model::authored::Authorship;
use crate::model::company::Company;
use crate::model::ids::{PersonId, Team};
use crate::model::registry::Registry;
use crate::model::telephone::{Country, country_of_zone};
use crate::model::time::{Millis, RecordedTime};
use crate::notebook::Notebook;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::store::meta::{self, Identity};
use crate::store::registry::{self, Silences};
use crate::store::{Reading, basis, company};

/// The data that a call reads beside the rows.
pub(in crate::notebook) struct Context {
    /// The people and devices of the company.
    pub(in crate::notebook) registry: Arc<Registry>,
    /// The person whose notebook this is.
    pub(in crate::notebook) identity: Identity,
    /// The handbook, and what colleagues say about themselves.
    pub(in crate::notebook) company: Arc<Company>,
    /// The present time, as this device knows it.
    pub(in crate::notebook) time: RecordedTime,
    /// The silences of devices that have ended.
    pub(in crate::notebook) silences: Arc<Silences>,
    /// The moment at which everything is looked at, in ms since the epoch.
    pub(in crate::notebook) now: Millis,
    /// The IANA zone in which times are said.
    pub(in crate::notebook) zone: String,
    company_time: OnceCell<CompanyTime>,
}

/// The part of a context that changes seldom: people, handbook and silences.
#[derive(Clone)]
struct Basis {
    version: i64,
    registry: Arc<Registry>,
    company: Arc<Company>,
    silences: Arc<Silences>,
}

/// The place of what changes seldom, between two calls.
#[derive(Default)]
pub(in crate::notebook) struct BasisHolder {
    held: Mutex<Option<Basis>>,
}

impl BasisHolder {
    /// Returns it as it is now: as it is held, where nothing of it has changed since.
    fn now(&self, store: Reading<'_>) -> ApiResult<Basis> {
        let version = basis::version(store.read())?;
        let held = self.place().clone();
        if let Some(held) = held.filter(|held| held.version == version) {
            return Ok(held);
        }
        let basis = Basis {
            version,
            registry: Arc::new(registry::load(store.read())?),
            company: Arc::new(company::load(store.read())?),
            silences: Arc::new(Silences::load(store.read())?),
        };
        // What a writer reads may never be committed, and its version come again with something else.
        if store.read().is_readonly("main")? {
            *self.place() = Some(basis.clone());
        }
        Ok(basis)
    }

    /// Gives the memory back.
    pub(in crate::notebook) fn give_back(&self) {
        *self.place() = None;
    }

    fn place(&self) -> std::sync::MutexGuard<'_, Option<Basis>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Context {
    /// Reads the context at the present moment.
    pub(in crate::notebook) fn load(notebook: &Notebook, store: Reading<'_>) -> ApiResult<Self> {
        let time = meta::now(store.read(), notebook.environment.as_ref())?;
        let basis = notebook.basis.now(store)?;
        Ok(Self {
            registry: basis.registry,
            identity: meta::identity(store.read())?,
            company: basis.company,
            silences: basis.silences,
            now: time.instant(None),
            time,
            zone: notebook.environment.zone(),
            company_time: OnceCell::new(),
        })
    }

    /// Reads the context of a notebook that belongs to a company; `NeedsJoin` before `join`.
    pub(in crate::notebook) fn load_joined(
        notebook: &Notebook,
        store: Reading<'_>,
    ) -> ApiResult<Self> {
        Self::load(notebook, store)?.joined()
    }

    /// Returns the same context if the notebook belongs to a company; `NeedsJoin` before `join`.
    pub(in crate::notebook) fn joined(self) -> ApiResult<Self> {
        match self.identity.server {
            Some(_) => Ok(self),
            None => Err(KeptError::NeedsJoin),
        }
    }

    /// Returns the same context for another author.
    pub(in crate::notebook) fn with_author(self, identity: Identity) -> Self {
        Self { identity, ..self }
    }

    /// Returns the same context at another moment, in ms since the epoch.
    pub(in crate::notebook) fn at(self, now: Millis) -> Self {
        Self { now, ..self }
    }

    /// The person whose notebook this is.
    pub(in crate::notebook) fn me(&self) -> PersonId {
        self.identity.person
    }

    /// True if this notebook's person wrote it: with this notebook's actor, or with another one of theirs.
    pub(in crate::notebook) fn is_mine(&self, by: &Authorship) -> bool {
        by.actor == self.identity.actor || by.person == Some(self.me())
    }

    /// True if this notebook's person runs the company, by the registry; by their invitation until their row has come.
    pub(in crate::notebook) fn runs_the_company(&self) -> bool {
        let known = self.registry.colleagues.get(&self.me());
        let role = known.map_or(self.identity.role, |known| known.role);
        role.runs_the_company()
    }

    /// The pools that this notebook's person serves.
    pub(in crate::notebook) fn my_pools(&self) -> &[Team] {
        let me = self.registry.colleagues.get(&self.me());
        me.map(|me| me.pools.as_slice()).unwrap_or_default()
    }

    /// Returns a person's name; empty while unknown. This notebook's person is known before their row of the registry
    /// has come.
    pub(in crate::notebook) fn name(&self, person: PersonId) -> String {
        let known = self.registry.name(person);
        let mine = (person == self.me()).then_some(self.identity.person_name.as_str());
        known.or(mine).unwrap_or_default().to_owned()
    }

    /// True if a person has left the company by now.
    pub(in crate::notebook) fn has_left(&self, person: PersonId) -> bool {
        let colleague = self.registry.colleagues.get(&person);
        colleague.is_some_and(|colleague| !colleague.works_at(self.now))
    }

    /// Returns the instant at which a device of a person last spoke, in ms since the epoch; for this notebook's
    /// person, now. None if none ever did.
    pub(in crate::notebook) fn last_heard(&self, person: PersonId) -> Option<Millis> {
        if person == self.me() {
            return Some(self.now);
        }
        let devices = self.registry.devices.values();
        devices
            .filter(|device| device.person == person)
            .filter_map(|device| self.registry.presence.get(&device.id))
            .map(|presence| presence.heard)
            .max()
    }

    /// The country whose telephone numbers are written without a country code: that of the working hours, else of the
    /// zone; none where that is in no country.
    pub(in crate::notebook) fn country(&self) -> Option<&'static Country> {
        let hours = self.company.handbook.hours.as_ref();
        country_of_zone(hours.map_or(&self.zone, |hours| &hours.zone))
    }

    /// The time bases of the company, made when they are first asked for.
    pub(in crate::notebook) fn company_time(&self) -> &CompanyTime {
        self.company_time.get_or_init(|| {
            let colleagues = self.registry.colleagues.keys().copied();
            CompanyTime::new(&self.company, colleagues, &self.zone)
        })
    }
}

#[cfg(test)]
#[path = "context_tests.rs"]
mod tests;
