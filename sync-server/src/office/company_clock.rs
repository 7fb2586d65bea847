//! The clock of the office's replica: the server's, in the zone in which the company works.

use std::sync::{Arc, PoisonError, RwLock};

use kept_core::Environment;
use kept_core::environment::{FoundZone, UNKNOWN_ZONE, ZoneError, ZoneSource};
use kept_core::model::company::Company;
use kept_core::model::time::{self, Millis};

/// An environment that is where the company is, wherever the server's machine is.
pub(super) struct CompanyClock {
    server: Arc<dyn Environment>,
    company: RwLock<Arc<Company>>,
}

impl CompanyClock {
    /// The server's clock, until the company is known.
    pub(super) fn new(server: Arc<dyn Environment>) -> Self {
        Self {
            server,
            company: RwLock::default(),
        }
    }

    /// The company's agreements, as they were known last.
    pub(super) fn company(&self) -> Arc<Company> {
        let company = self.company.read();
        Arc::clone(&company.unwrap_or_else(PoisonError::into_inner))
    }

    /// True if the company said in which zone it works.
    pub(super) fn is_agreed(&self) -> bool {
        self.company().handbook.hours.is_some()
    }

    /// Takes what the company agrees on by now.
    pub(super) fn update_company(&self, company: Company) {
        let known = self.company.write();
        *known.unwrap_or_else(PoisonError::into_inner) = Arc::new(company);
    }
}

impl Environment for CompanyClock {
    fn wall_ms(&self) -> Millis {
        self.server.wall_ms()
    }

    fn boot_ms(&self) -> i64 {
        self.server.boot_ms()
    }

    fn boot_id(&self) -> String {
        self.server.boot_id()
    }

    /// The zone of the company's hours; where the company did not say when people work, the server's; and where that is
    /// not known either, UTC, which every page names.
    fn zone(&self) -> String {
        let company = self.company();
        let hours = company.handbook.hours.as_ref();
        let agreed = hours.map(|hours| hours.zone.clone());
        let agreed = agreed.filter(|zone| time::zone(zone).is_ok());
        let zone = agreed.unwrap_or_else(|| self.server.zone());
        match zone.as_str() {
            UNKNOWN_ZONE => "UTC".to_owned(),
            _ => zone,
        }
    }

    fn found_zone(&self) -> Result<FoundZone, ZoneError> {
        Ok(FoundZone {
            name: self.zone(),
            source: ZoneSource::Host,
        })
    }

    fn fill_random(&self, bytes: &mut [u8]) {
        self.server.fill_random(bytes);
    }
}
