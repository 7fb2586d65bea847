//! The load of a colleague for the next seven days.

use crate::insight::{load, workload_item};
use crate::model::calendar::WorkingTime;
use crate::model::ids::PersonId;
use crate::model::promise::OpenPromise;
use crate::model::time::Millis;
use crate::notebook::Notebook;
use crate::notebook::context::Context;
use crate::notebook::errors::ApiResult;
use crate::notebook::record::answers::PersonLoad;
use crate::notebook::record::messages::load_message;
use crate::store::Reading;
use crate::store::open_promises::{self, OpenPromiseFilter};

#[uniffi::export]
impl Notebook {
    /// Returns the load of a colleague for the next seven days.
    pub fn load_of_colleague(&self, person: PersonId) -> ApiResult<PersonLoad> {
        self.read(|store| Context::load(self, store)?.load_of_colleague(person, store))
    }
}

impl Context {
    /// Reads the load of a colleague.
    pub(in crate::notebook) fn load_of_colleague(
        &self,
        person: PersonId,
        store: Reading<'_>,
    ) -> ApiResult<PersonLoad> {
        let theirs = open_promises::query(store.read(), OpenPromiseFilter::Of(person, &[]))?;
        let hours = self.company_time().working_time(Some(&person.to_string()));
        Ok(self.load_of(person, self.last_heard(person), &theirs, hours))
    }

    /// Returns the load of a person, given open promises among which are all of theirs; `as_of` is the instant at which
    /// their device last spoke, in milliseconds since the epoch, none if it has not.
    pub(in crate::notebook) fn load_of(
        &self,
        person: PersonId,
        as_of: Option<Millis>,
        promises: &[OpenPromise],
        hours: &WorkingTime,
    ) -> PersonLoad {
        let effort = |person, kind: &str| self.company.effort_minutes(Some(person), kind);
        let items = promises
            .iter()
            .filter_map(|open_promise| workload_item(open_promise, effort));
        let theirs = items.filter(|(performer, _)| *performer == person);
        let load = load(theirs.map(|(_, item)| item), self.now, hours);
        let name = self.name(person);
        PersonLoad {
            words: load_message(&load, &name, as_of, &self.zone),
            person,
            name,
            percent: load.percent(),
            effort_minutes: load.effort_minutes,
            available_minutes: load.available_minutes,
            promises: load.promises,
            unaccepted: load.unaccepted,
            overdue: load.overdue,
            as_of,
        }
    }
}
