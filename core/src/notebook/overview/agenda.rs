//! The agenda of a person: their promises by what today asks for.

use serde::Serialize;

use crate::model::event::Performer;
use crate::model::promise::WorkState;
use crate::notebook::Notebook;
use crate::notebook::clock::last_instant_of_day;
use crate::notebook::context::Context;
use crate::notebook::errors::ApiResult;
use crate::notebook::promises::records::PromiseSummary;
use crate::notebook::rows::MAX_LIST;
use crate::store::queries::{self, PromiseQuery};

/// My promises, by what today asks for: those that I made or am to deliver, or that wait in one of my pools. Each is in
/// one list only; every list has the next due first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct MyAgenda {
    /// Those that do not count and have not been written again.
    pub not_counted: Vec<PromiseSummary>,
    /// Those past their date and still to be done.
    pub late: Vec<PromiseSummary>,
    /// Those due until midnight.
    pub due_today: Vec<PromiseSummary>,
    /// Those that others ask me to deliver, and that wait for my answer.
    pub asked_of_me: Vec<PromiseSummary>,
    /// All other open ones, the next due first.
    pub later: Vec<PromiseSummary>,
}

#[uniffi::export]
impl Notebook {
    /// Returns my promises, by what today asks for.
    pub fn my_agenda(&self) -> ApiResult<MyAgenda> {
        self.read(|store| {
            let context = Context::load(self, store)?;
            let midnight = last_instant_of_day(context.now, &self.environment.zone())?;
            let person = Some((context.identity.person, context.my_pools().to_vec()));
            let query = PromiseQuery { open_only: true, account: None, person, limit: MAX_LIST, offset: 0 };
            let mut today = MyAgenda {
                not_counted: vec![],
                late: vec![],
                due_today: vec![],
                asked_of_me: vec![],
                later: vec![],
            };
            for promise in context.promises(&queries::promises(store.read(), &query)?)? {
                let mine = matches!(&promise.performer, Performer::Person { person } if *person == context.identity.person);
                let waits = matches!(promise.state.work, WorkState::Waiting { .. } | WorkState::NotAsked);
                if matches!(promise.state.work, WorkState::NotCounted { .. }) {
                    today.not_counted.push(promise);
                } else if promise.state.late_ms > 0 {
                    today.late.push(promise);
                } else if mine && waits {
                    today.asked_of_me.push(promise);
                } else if promise.due_at <= midnight {
                    today.due_today.push(promise);
                } else {
                    today.later.push(promise);
                }
            }
            Ok(today)
        })
    }
}
