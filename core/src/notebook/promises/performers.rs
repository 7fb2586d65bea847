//! The performers that may be named for a promise: one list for every screen that asks.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::event::Performer;
use crate::model::ids::Team;
use crate::notebook::Notebook;
use crate::notebook::errors::ApiResult;

/// A performer that may be named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct PerformerChoice {
    /// The colleague or pool.
    pub performer: Performer,
    /// The colleague's or pool's name.
    pub name: String,
}

#[uniffi::export]
impl Notebook {
    /// Returns the performers that may be named for a promise: the colleagues who work here, by name, then the pools
    /// that they serve.
    pub fn performers(&self) -> ApiResult<Vec<PerformerChoice>> {
        let now = self.now_ms()?;
        let mut colleagues = self.colleagues()?;
        colleagues.retain(|colleague| colleague.works_at(now));
        let pools = colleagues.iter().flat_map(|colleague| &colleague.pools);
        let pools: BTreeSet<Team> = pools.cloned().collect();
        let people = colleagues.into_iter().map(|colleague| PerformerChoice {
            performer: Performer::Person {
                person: colleague.id,
            },
            name: colleague.name,
        });
        let pools = pools.into_iter().map(|pool| PerformerChoice {
            name: pool.to_string(),
            performer: Performer::Pool { pool },
        });
        Ok(people.chain(pools).collect())
    }
}
