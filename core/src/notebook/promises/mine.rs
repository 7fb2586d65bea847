//! The promises that this notebook's person holds: as performer, as promiser, or in a pool of theirs.

use crate::model::event::Performer;
use crate::model::ids::PersonId;
use crate::model::promise::OpenPromise;
use crate::model::time::Millis;
use crate::notebook::context::Context;
use crate::notebook::errors::ApiResult;
use crate::notebook::promises::records::PromiseSummary;
use crate::remind::{self, CALLBACK, POOL_CALL_ENDS_MS};
use crate::store::Reading;
use crate::store::open_promises::{self, NearSpan, OpenPromiseFilter};

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
        let from = context.now.saturating_sub(POOL_CALL_ENDS_MS);
        let due = OpenPromiseFilter::Due(from, context.now.saturating_add(horizon));
        Self::read_by(context, due, |whose| {
            Ok(open_promises::query(store.read(), whose)?)
        })
    }

    /// Reads those of them that may ring from an instant until another, in milliseconds since the epoch: only callbacks,
    /// or only others, where one of both is asked for.
    pub(in crate::notebook) fn read_near(
        context: &Context,
        store: Reading<'_>,
        (from, to): (Millis, Millis),
        callbacks: Option<bool>,
    ) -> ApiResult<Self> {
        let near = remind::near_time(from, to);
        let near = NearSpan {
            half_from: near.half_from,
            half_until: near.half_until,
            due_until: near.due_until,
            kind: callbacks.map(|only| (CALLBACK, only)),
        };
        let due_from = from.max(context.now).saturating_sub(POOL_CALL_ENDS_MS);
        let due = OpenPromiseFilter::Due(due_from, to);
        Self::read_by(context, due, |whose| {
            Ok(open_promises::query_near(store.read(), whose, &near)?)
        })
    }

    /// Reads them by a query; those of others that are due in a span of time suffice for a pool.
    fn read_by(
        context: &Context,
        due: OpenPromiseFilter<'_>,
        query: impl Fn(OpenPromiseFilter<'_>) -> ApiResult<Vec<OpenPromise>>,
    ) -> ApiResult<Self> {
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
        let mut others = query(due)?;
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
