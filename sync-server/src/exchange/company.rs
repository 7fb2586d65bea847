//! The people and pools that places may name: those of the registry, and the pools that a company has.

use std::collections::BTreeSet;

use kept_core::limits;
use kept_core::model::ids::{OrganisationId, PersonId, Team};
use kept_core::model::place::{Place, Scope};

use crate::log::{LogError, Transaction};

/// The people and pools of a company, as one transaction finds them.
///
/// Every person and pool that a place names gets a scope, and nothing ever takes that away: so names that are not known
/// here are left out of places. A device says its whole place with every group, and is heard again once they are known.
pub(super) struct Company {
    people: BTreeSet<PersonId>,
    pools: BTreeSet<Team>,
    /// The number of pools without members that may still come.
    vacant: usize,
}

impl Company {
    /// Reads the registry and the scopes that are there.
    pub(super) fn read(
        log: &dyn Transaction,
        organisation: OrganisationId,
    ) -> Result<Self, LogError> {
        let mut company = Self {
            people: BTreeSet::new(),
            pools: BTreeSet::new(),
            vacant: limits::POOLS,
        };
        let mut served = BTreeSet::new();
        for colleague in log.colleagues(organisation)? {
            company.people.insert(colleague.id);
            served.extend(colleague.pools);
        }
        for state in log.scopes(organisation)? {
            if let Scope::Pool(pool) = state.scope {
                if !served.contains(&pool) {
                    company.vacant = company.vacant.saturating_sub(1);
                }
                company.pools.insert(pool);
            }
        }
        company.pools.extend(served);
        Ok(company)
    }

    /// A place as it was said, without the people who are not known here, and the pools beyond what one company has.
    pub(super) fn known(&mut self, place: &Place) -> Place {
        let mut place = place.clone();
        place.people.retain(|person| self.people.contains(person));
        place.pools.retain(|pool| self.has(pool));
        place
    }

    fn has(&mut self, pool: &Team) -> bool {
        if self.pools.contains(pool) {
            return true;
        }
        if self.vacant == 0 {
            return false;
        }
        self.vacant -= 1;
        self.pools.insert(pool.clone())
    }
}
