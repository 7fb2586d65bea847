//! The open promises that this notebook's person holds, as short rows.

use crate::model::promise::OpenPromise;
use crate::notebook::context::Context;
use crate::notebook::errors::ApiResult;
use crate::store::Reading;
use crate::store::open_promises::{self, OpenPromiseFilter};

impl Context {
    /// Returns the open promises that I hold: as performer, as promiser, or in a pool of mine. The next due first.
    pub(in crate::notebook) fn my_open_promises(
        &self,
        store: Reading<'_>,
    ) -> ApiResult<Vec<OpenPromise>> {
        Ok(open_promises::query(
            store.read(),
            OpenPromiseFilter::Of(self.me(), self.my_pools()),
        )?)
    }
}
