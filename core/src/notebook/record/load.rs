//! The load of a colleague for the next seven days.

use crate::insight::{load, workload_item};
use crate::model::calendar::WorkingTime;
use crate::model::company::Company;
use crate::model::ids::PersonId;
use crate::model::promise::OpenPromise;
use crate::model::time::Millis;
use crate::notebook::Notebook;
use crate::notebook::context::Context;
use crate::notebook::errors::ApiResult;
use crate::notebook::record::messages::load_message;
use crate::notebook::record::records::PersonLoad;
use crate::store::Store;
use crate::store::open_promises::{self, OpenPromiseFilter};

#[uniffi::export]
impl Notebook {
    /// Returns the load of a colleague for the next seven days.
    pub fn load_of_colleague(&self, person: PersonId) -> ApiResult<PersonLoad> {
        self.read(|store| Context::load(self, store)?.load_of_colleague(person, store))
    }
}

/// A colleague who bears a load.
pub(in crate::notebook) struct Bearer<'a> {
    pub(in crate::notebook) person: PersonId,
    pub(in crate::notebook) name: String,
    /// The instant at which their device last spoke, in milliseconds since the epoch; none if it has not.
    pub(in crate::notebook) as_of: Option<Millis>,
    pub(in crate::notebook) now: Millis,
    pub(in crate::notebook) zone: &'a str,
}

impl Bearer<'_> {
    /// Returns their load, given open promises among which are all of theirs.
    pub(in crate::notebook) fn load(
        self,
        promises: &[OpenPromise],
        company: &Company,
        hours: &WorkingTime,
    ) -> PersonLoad {
        let effort = |person, kind: &str| company.effort_minutes(Some(person), kind);
        let burdens = promises
            .iter()
            .filter_map(|open_promise| workload_item(open_promise, effort));
        let theirs = burdens.filter(|(who, _)| *who == self.person);
        let load = load(theirs.map(|(_, burden)| burden), self.now, hours);
        PersonLoad {
            words: load_message(&load, &self.name, self.as_of, self.zone),
            person: self.person,
            name: self.name,
            percent: load.percent(),
            effort_minutes: load.effort_minutes,
            available_minutes: load.available_minutes,
            promises: load.promises,
            unaccepted: load.unaccepted,
            overdue: load.overdue,
            as_of: self.as_of,
        }
    }
}

impl Context {
    pub(in crate::notebook) fn load_of_colleague(
        &self,
        person: PersonId,
        store: &Store,
    ) -> ApiResult<PersonLoad> {
        let theirs = open_promises::query(store.read(), OpenPromiseFilter::Of(person, &[]))?;
        let bearer = Bearer {
            person,
            name: self.name(person),
            as_of: self.last_heard(person),
            now: self.now,
            zone: &self.zone,
        };
        let hours = self.time().working_time(Some(&person.to_string()));
        Ok(bearer.load(&theirs, &self.company, hours))
    }

    pub(in crate::notebook) fn my_load(&self, mine: &[OpenPromise]) -> PersonLoad {
        let bearer = Bearer {
            person: self.me(),
            name: self.registry.name(self.me()).unwrap_or_default().to_owned(),
            as_of: Some(self.now),
            now: self.now,
            zone: &self.zone,
        };
        let hours = self.company.working_time(Some(self.me()), &self.zone);
        bearer.load(mine, &self.company, &hours)
    }
}
