//! The reliability of a colleague: for oneself, the owner and the office.

use crate::insight::{Reliability, delivered_by, reliability, said_by};
use crate::language::Message;
use crate::model::ids::PersonId;
use crate::notebook::Notebook;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::record::company_record::{CompanyRecord, ReducedPromise};
use crate::notebook::record::messages::reliability_messages;
use crate::notebook::record::records::{ReliabilityRate, ReliabilityReport};

#[uniffi::export]
impl Notebook {
    /// Returns the reliability of a colleague; none stands for this notebook's person. For others than oneself only the
    /// owner and the office may ask.
    pub fn reliability(&self, person: Option<PersonId>) -> ApiResult<ReliabilityReport> {
        self.read(|store| {
            let company_record = CompanyRecord::open(self, store)?;
            let context = &company_record.context;
            let me = context.identity.person;
            let person = person.unwrap_or(me);
            let row = context.registry.colleagues.get(&me);
            let role = row.map_or(context.identity.role, |row| row.role);
            if person != me && !role.runs_the_company() {
                return Err(KeptError::invalid(
                    "person",
                    Message::new("error-not-your-numbers"),
                ));
            }
            let share = |theirs: &dyn Fn(&ReducedPromise) -> bool| {
                let promises = company_record.promises.iter().filter(|told| theirs(told));
                reliability_rate(&reliability(
                    promises.filter_map(|told| company_record.verdict(told)),
                    context.now,
                ))
            };
            Ok(ReliabilityReport {
                person,
                name: context.name(person),
                said: share(&|told| said_by(&told.facts) == person),
                delivered: share(&|told| delivered_by(&told.facts) == Some(person)),
            })
        })
    }
}

fn reliability_rate(told: &Reliability) -> ReliabilityRate {
    ReliabilityRate {
        kept: told.kept,
        total: told.total,
        renegotiated: told.renegotiated,
        share: told.share,
        lower: told.lower,
        sentences: reliability_messages(told),
    }
}
