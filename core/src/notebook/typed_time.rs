//! Times as people type them, read where the notebook is and against the company's working days.

use crate::language::phrase::{PhraseContext, parse_due, parse_moment};
use crate::model::time::{Due, Millis};
use crate::notebook::Notebook;
use crate::notebook::clock::device_zone;
use crate::notebook::context::Context;
use crate::notebook::errors::ApiResult;

#[uniffi::export]
impl Notebook {
    /// Reads a date to promise, as it is typed now: "tomorrow 10:00", "in 2 Werktagen". A text that is not understood,
    /// or may mean two dates, is refused with what to write. `zone` is an IANA zone, none the device's.
    #[uniffi::method(default(zone = None))]
    pub fn parse_typed_due(&self, text: String, zone: Option<String>) -> ApiResult<Due> {
        self.here(zone, |here| Ok(parse_due(&text, here)?))
    }

    /// Reads the moment at which something happened, as it is typed now: "yesterday 16:00", "vor anderthalb Stunden";
    /// in milliseconds since the epoch. `zone` is an IANA zone, none the device's.
    #[uniffi::method(default(zone = None))]
    pub fn parse_typed_moment(&self, text: String, zone: Option<String>) -> ApiResult<Millis> {
        self.here(zone, |here| Ok(parse_moment(&text, here)?))
    }
}

impl Notebook {
    fn here<T>(
        &self,
        zone: Option<String>,
        read: impl FnOnce(&PhraseContext<'_>) -> ApiResult<T>,
    ) -> ApiResult<T> {
        let zone = match zone {
            Some(zone) => zone,
            None => device_zone(self.environment.as_ref())?,
        };
        let context = self.read(|store| Context::load(self, store))?;
        let working = context.company.working_time_at(&zone);
        read(&PhraseContext {
            now: context.now,
            zone: &zone,
            working: &working,
        })
    }
}
