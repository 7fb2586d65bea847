//! The performers that may be named for a promise: one list for every screen that asks.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use jiff::Zoned;
use serde::Serialize;

use crate::insight::{WorkloadItem, load_until, workload_item};
use crate::model::calendar::WorkingTime;
use crate::model::collation;
use crate::model::event::Performer;
use crate::model::handbook::PromiseKind;
use crate::model::ids::{PersonId, Team};
use crate::model::promise::OpenPromise;
use crate::model::registry::Colleague;
use crate::model::time::{DAY_MS, zoned};
use crate::notebook::Notebook;
use crate::notebook::context::Context;
use crate::notebook::errors::ApiResult;
use crate::notebook::handbook::checks::unknown_kind;
use crate::notebook::record::answers::PersonLoad;
use crate::store::open_promises::{self, OpenPromiseFilter};

/// The time within which whoever delivered a kind is one of those who deliver it, in milliseconds.
const RECENT_MS: i64 = 365 * DAY_MS;
/// The days ahead in which a day with room is looked for.
const SEARCHED_DAYS: usize = 14;

/// A performer that may be named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct PerformerChoice {
    /// The colleague or pool.
    pub performer: Performer,
    /// The colleague's or pool's name.
    pub name: String,
    /// The colleague's load for the next seven days, as far as their promises are here; none for a pool.
    #[uniffi(default = None)]
    pub load: Option<PersonLoad>,
    /// The first day of the next 14 for which the colleague has room, as in "2026-11-29" in the device's zone; none if
    /// there is none, and for a pool.
    #[uniffi(default = None)]
    pub free_on: Option<String>,
    /// The number of promises of the kind that the colleague fulfilled within a year, of those that are here; 0 where
    /// no kind is asked for, and for a pool.
    #[uniffi(default = 0)]
    pub delivered: u32,
}

#[uniffi::export]
impl Notebook {
    /// Returns the performers that may be named for a promise: colleagues who work here, then the pools that they serve.
    /// For a kind, the colleagues of its role, and those who fulfilled one of it within a year, the least loaded first;
    /// all of them if there is none such. Without one, all colleagues by name. An unknown kind is refused.
    #[uniffi::method(default(kind = None))]
    pub fn performers(&self, kind: Option<String>) -> ApiResult<Vec<PerformerChoice>> {
        self.read(|store| {
            let context = Context::load(self, store)?;
            let handbook = &context.company.handbook;
            let kind = match &kind {
                Some(key) => {
                    let known = handbook.kinds.get(key);
                    Some(known.ok_or_else(|| unknown_kind(key, handbook))?)
                }
                None => None,
            };
            let delivered = match kind {
                Some(kind) => {
                    let since = context.now.saturating_sub(RECENT_MS);
                    open_promises::delivered_since(store.read(), &kind.key, since)?
                }
                None => BTreeMap::new(),
            };
            let mut held: BTreeMap<PersonId, Vec<OpenPromise>> = BTreeMap::new();
            for open in open_promises::query(store.read(), OpenPromiseFilter::All)? {
                if let Performer::Person { person } = open.performer {
                    held.entry(person).or_default().push(open);
                }
            }

            let colleagues = context.registry.colleagues.values();
            let here: Vec<&Colleague> = colleagues
                .filter(|colleague| colleague.works_at(context.now))
                .collect();
            let pools: BTreeSet<&Team> = here.iter().flat_map(|one| &one.pools).collect();
            let fits = |colleague: &&&Colleague| {
                kind.is_none_or(|kind| delivers(colleague, kind, &delivered))
            };
            let fitting: Vec<&Colleague> = here.iter().filter(fits).copied().collect();
            let named = if fitting.is_empty() {
                here.as_slice()
            } else {
                &fitting
            };
            let mut people: Vec<PerformerChoice> = named
                .iter()
                .map(|colleague| {
                    let theirs = held.remove(&colleague.id).unwrap_or_default();
                    let delivered = delivered.get(&colleague.id).copied().unwrap_or_default();
                    context.performer_choice(colleague, &theirs, delivered)
                })
                .collect();
            people.sort_by(|one, other| {
                let by_load = match kind {
                    Some(_) => by_load(one, other).then_with(|| {
                        let me = Performer::Person {
                            person: context.me(),
                        };
                        (one.performer != me).cmp(&(other.performer != me))
                    }),
                    None => Ordering::Equal,
                };
                by_load.then_with(|| collation::compare(&one.name, &other.name))
            });
            let pools = pools.into_iter().map(|pool| PerformerChoice {
                performer: Performer::Pool { pool: pool.clone() },
                name: pool.to_string(),
                load: None,
                free_on: None,
                delivered: 0,
            });
            Ok(people.into_iter().chain(pools).collect())
        })
    }
}

/// True if a colleague has the role of a kind, or delivered one of it.
fn delivers(
    colleague: &Colleague,
    kind: &PromiseKind,
    delivered: &BTreeMap<PersonId, u32>,
) -> bool {
    kind.performer_role
        .is_none_or(|role| role == colleague.role)
        || delivered.contains_key(&colleague.id)
}

/// The order of choices by load, the least first; those who do not work in these days last.
fn by_load(one: &PerformerChoice, other: &PerformerChoice) -> Ordering {
    let percent = |choice: &PerformerChoice| {
        let percent = choice.load.as_ref().and_then(|load| load.percent);
        percent.unwrap_or(u32::MAX)
    };
    percent(one).cmp(&percent(other))
}

impl Context {
    /// Returns a colleague as a choice, given the open promises that they are to deliver.
    fn performer_choice(
        &self,
        colleague: &Colleague,
        theirs: &[OpenPromise],
        delivered: u32,
    ) -> PerformerChoice {
        let person = colleague.id;
        let hours = self.company_time().working_time(Some(&person.to_string()));
        let effort = |person, kind: &str| self.company.effort_minutes(Some(person), kind);
        let items = theirs.iter().filter_map(|open| workload_item(open, effort));
        let items: Vec<WorkloadItem> = items.map(|(_, item)| item).collect();
        PerformerChoice {
            performer: Performer::Person { person },
            name: colleague.name.clone(),
            load: Some(self.load_of(person, self.last_heard(person), theirs, hours)),
            free_on: self.first_day_with_room(&items, hours),
            delivered,
        }
    }

    /// Returns the first day from which on the work that is due by the end of each day leaves room until then: what is
    /// added for an earlier one would push something else beyond its date.
    fn first_day_with_room(&self, items: &[WorkloadItem], hours: &WorkingTime) -> Option<String> {
        let today = zoned(self.now, &self.zone).ok()?;
        let days = std::iter::successors(Some(today), |day| day.tomorrow().ok());
        let days: Vec<Zoned> = days.take(SEARCHED_DAYS).collect();
        let has_room = |day: &&Zoned| {
            let end = day.tomorrow().and_then(|next| next.start_of_day());
            end.is_ok_and(|end| {
                let until = end.timestamp().as_millisecond();
                let load = load_until(items.iter().copied(), self.now, until, hours);
                load.percent().is_some_and(|percent| percent < 100)
            })
        };
        let first = days.iter().rev().take_while(has_room).last();
        first.map(|day| day.date().to_string())
    }
}

#[cfg(test)]
#[path = "performers_tests.rs"]
mod tests;
