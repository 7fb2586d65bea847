//! The office's replica: a notebook that the server feeds without HTTP.

use std::sync::Arc;

use kept_core::model::ids::OrganisationId;
use kept_core::notebook::{Notebook, SyncReport};
use kept_core::sync::outage::OutageCause;
use kept_core::sync::transport::{Transport, TransportError};
use kept_core::wire;
use kept_server::{Caller, ServerState};

use crate::{Company, Device};

/// The office's replica of the company's documents.
pub struct OfficeReplica {
    device: Device,
    feed: InProcess,
}

impl OfficeReplica {
    pub(crate) fn open(company: &Company) -> Self {
        Self {
            device: company.unjoined_device("office"),
            feed: InProcess {
                state: company.state().clone(),
                organisation: company.state().organisation().id,
            },
        }
    }

    /// Reads what is new.
    pub fn sync(&self) -> SyncReport {
        let done = self.device.try_sync_over(&self.feed);
        done.expect("the office reads the log")
    }

    /// Its notebook.
    pub fn notebook(&self) -> Arc<Notebook> {
        self.device.notebook()
    }

    /// The notebook as a device, for comparing.
    pub fn device(&self) -> &Device {
        &self.device
    }
}

/// Exchanges without a network.
struct InProcess {
    state: Arc<ServerState>,
    organisation: OrganisationId,
}

impl Transport for InProcess {
    fn exchange(&self, body: Vec<u8>) -> Result<Vec<u8>, TransportError> {
        let setup = |reason: String| TransportError::of(OutageCause::Setup, reason);
        let request = wire::unpack(&body).map_err(|e| setup(e.to_string()))?;
        let caller = Caller::OfficeReplica(self.organisation);
        let reply = self.state.exchange(caller, &request);
        wire::pack(&reply.map_err(|e| setup(e.to_string()))?).map_err(|e| setup(e.to_string()))
    }
}
