//! The people and pools that placements may name: those of the registry, and the pools that a company has.

use std::collections::BTreeSet;

use kept_core::limits;
use kept_core::model::ids::{OrganisationId, PersonId, Team};
use kept_core::model::placement::{Placement, Scope};

use crate::log::{LogError, Transaction};

/// The people and pools of a company, as one transaction finds them.
///
/// Every person and pool that a placement names gets a scope, and nothing ever takes that away: so names that are not
/// known here are left out of placements. A device says its whole placement with every group, and is heard again once
/// they are known.
pub(super) struct Directory {
    people: BTreeSet<PersonId>,
    pools: BTreeSet<Team>,
    /// The number of pools without members that may still come.
    vacant_pools: usize,
}

impl Directory {
    /// Reads the registry and the scopes that are there.
    pub(super) fn read(
        log: &dyn Transaction,
        organisation: OrganisationId,
    ) -> Result<Self, LogError> {
        let mut directory = Self {
            people: BTreeSet::new(),
            pools: BTreeSet::new(),
            vacant_pools: limits::POOLS,
        };
        let mut staffed = BTreeSet::new();
        for colleague in log.colleagues(organisation)? {
            directory.people.insert(colleague.id);
            staffed.extend(colleague.pools);
        }
        for state in log.scopes(organisation)? {
            if let Scope::Pool(pool) = state.scope {
                if !staffed.contains(&pool) {
                    directory.vacant_pools = directory.vacant_pools.saturating_sub(1);
                }
                directory.pools.insert(pool);
            }
        }
        directory.pools.extend(staffed);
        Ok(directory)
    }

    /// A placement as it was said, without the people who are not known here, and the pools beyond what one company
    /// has.
    pub(super) fn retain_known(&mut self, placement: &Placement) -> Placement {
        let mut placement = placement.clone();
        placement
            .people
            .retain(|person| self.people.contains(person));
        placement.pools.retain(|pool| self.admit_pool(pool));
        placement
    }

    fn admit_pool(&mut self, pool: &Team) -> bool {
        if self.pools.contains(pool) {
            return true;
        }
        if self.vacant_pools == 0 {
            return false;
        }
        self.vacant_pools -= 1;
        self.pools.insert(pool.clone())
    }
}
