//! The promises that this notebook's person holds: as performer, as promiser, or in a pool of theirs.

use crate::model::event::Performer;
use crate::model::ids::PersonId;
use crate::model::promise::OpenPromise;
use crate::notebook::context::Context;
use crate::notebook::errors::ApiResult;
use crate::notebook::promises::records::PromiseSummary;
use crate::remind::POOL_CALL_ENDS_MS;
use crate::store::Reading;
use crate::store::open_promises::{self, OpenPromiseFilter};

/// The open promises that reminders of this notebook's person are about, as short rows, the next due first.
pub(in crate::notebook) struct HeldPromises {
    /// Those that they hold.
    pub(in crate::notebook) mine: Vec<OpenPromise>,
    /// Those of others that may be escalated to them.
    pub(in crate::notebook) others: Vec<OpenPromise>,
}

impl HeldPromises {
    /// Reads them, those of others as far as they can ring within `horizon` milliseconds.
    pub(in crate::notebook) fn read(
        context: &Context,
        store: Reading<'_>,
        horizon: i64,
    ) -> ApiResult<Self> {
        let query = |whose| open_promises::query(store.read(), whose);
        if context.runs_the_company() {
            let all = query(OpenPromiseFilter::All)?.into_iter();
            let (mine, others) = all.partition(|open_promise| context.holds_open(open_promise));
            return Ok(Self { mine, others });
        }
        let mine = query(OpenPromiseFilter::Of(context.me(), context.my_pools()))?;
        if context.my_pools().is_empty() {
            let others = vec![];
            return Ok(Self { mine, others });
        }
        let mut others = query(OpenPromiseFilter::Due(
            context.now.saturating_sub(POOL_CALL_ENDS_MS),
            context.now.saturating_add(horizon),
        ))?;
        others.retain(|open_promise| !context.holds_open(open_promise));
        Ok(Self { mine, others })
    }
}

impl Context {
    /// True if this notebook's person is the performer of an open promise.
    pub(in crate::notebook) fn performs(&self, open_promise: &OpenPromise) -> bool {
        open_promise.performer == Performer::Person { person: self.me() }
    }

    /// True if a promise is mine: I made it, am to deliver it, or serve the pool that is.
    pub(in crate::notebook) fn holds(&self, promise: &PromiseSummary) -> bool {
        self.is_held(promise.promiser, &promise.performer)
    }

    /// True if an open promise is mine, as `holds` has it.
    fn holds_open(&self, open_promise: &OpenPromise) -> bool {
        self.is_held(open_promise.promiser, &open_promise.performer)
    }

    fn is_held(&self, promiser: PersonId, performer: &Performer) -> bool {
        let performs = match performer {
            Performer::Person { person } => *person == self.me(),
            Performer::Pool { pool } => self.my_pools().contains(pool),
            Performer::Nobody => false,
        };
        performs || promiser == self.me()
    }
}
