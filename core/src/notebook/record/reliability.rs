//! The reliability of a colleague: for oneself, the owner and the office.

use crate::insight::{Reliability, reliability};
use crate::language::Message;
use crate::model::ids::PersonId;
use crate::notebook::Notebook;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::record::answers::{ReliabilityRate, ReliabilityReport};
use crate::notebook::record::company_record::CompanyRecord;
use crate::notebook::record::held_record::Track;
use crate::notebook::record::messages::reliability_messages;

#[uniffi::export]
impl Notebook {
    /// Returns the reliability of a colleague; none stands for this notebook's person. For others than oneself only the
    /// owner and the office may ask.
    #[uniffi::method(default(person = None))]
    pub fn reliability(&self, person: Option<PersonId>) -> ApiResult<ReliabilityReport> {
        self.read(|store| {
            let company_record = CompanyRecord::open(self, store)?;
            let context = &company_record.context;
            let me = context.identity.person;
            let person = person.unwrap_or(me);
            if person != me && !context.runs_the_company() {
                return Err(KeptError::invalid(
                    "person",
                    Message::new("error-not-your-numbers"),
                ));
            }
            let share = |theirs: &dyn Fn(&Track) -> bool| {
                let tracks = company_record.held.tracks();
                let tracks = tracks.filter(|track| theirs(track));
                reliability_rate(&reliability(
                    tracks.filter_map(|track| track.verdict),
                    context.now,
                ))
            };
            Ok(ReliabilityReport {
                person,
                name: context.name(person),
                said: share(&|track| track.said_by == person),
                delivered: share(&|track| track.delivered_by == Some(person)),
            })
        })
    }
}

fn reliability_rate(reliability: &Reliability) -> ReliabilityRate {
    ReliabilityRate {
        kept: reliability.kept,
        total: reliability.total,
        renegotiated: reliability.renegotiated,
        share: reliability.share,
        lower: reliability.lower,
        sentences: reliability_messages(reliability),
    }
}
