//! A copied notebook goes on as a new installation: what the copies write is told apart from then on, and what was not
//! sent before is offered first.

use std::sync::Arc;

use crate::environment::random_bytes;
use crate::language::Message;
use crate::limits;
use crate::model::ids::Actor;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::identity::Me;
use crate::notebook::sync::join::device_name;
use crate::notebook::sync::join_run::{EnrolmentKind, JoinRun};
use crate::notebook::{Notebook, folder};
use crate::store::meta::{self, Identity, Renewal, Tickets};
use crate::store::registry;
use crate::sync::transport::{HttpTransport, TransportError};
use crate::wire::{JoinReply, RenewalRequest, problem};

#[uniffi::export]
impl Notebook {
    /// Gives a notebook of which the server knows another copy (`Status.forked`) an installation of its own, and waits
    /// for the answer; `label` is the name of this device, empty for the one of before. Nothing that is here is lost:
    /// the next synchronisation offers what was not sent, and what another copy wrote in the same place is written again
    /// beside it. `Invalid` where no other copy is known, `NeedsJoin` before `join`.
    #[uniffi::method(default(label = ""))]
    pub fn renew_installation(&self, label: String) -> ApiResult<Me> {
        let runtime = self.runtime()?;
        self.renew_over(&label, |transport, request| {
            runtime.block_on(transport.renew(request))
        })
    }

    /// Prepares to do what `renew_installation` does; it can be stopped even before it begins.
    #[uniffi::method(default(label = ""))]
    pub fn prepare_renewal(self: Arc<Self>, label: String) -> Arc<JoinRun> {
        Arc::new(JoinRun::new(&self, EnrolmentKind::Renewal { label }))
    }
}

impl Notebook {
    /// Renews the installation; `ask` sends the request and waits for the answer, as long as it likes.
    pub(in crate::notebook) fn renew_over(
        &self,
        label: &str,
        ask: impl Fn(&HttpTransport, &RenewalRequest) -> Result<JoinReply, TransportError>,
    ) -> ApiResult<Me> {
        let running = self.active_runs.begin()?;
        let _only_run = folder::lock_sync_run(&self.folder)?;
        let transport = self.http_transport()?;
        let label = self.renewal_label(label)?;
        let mut again = true;
        loop {
            if running.is_told_to_end() {
                return Err(stopped());
            }
            let (renewal, identity) = self.begin_renewal()?;
            let request = RenewalRequest {
                version: limits::PROTOCOL,
                label: label.clone(),
                actor: renewal.actor,
                proof: renewal.proof,
            };
            match ask(&transport, &request) {
                // This notebook was copied while it asked, and the other copy was faster.
                Err(TransportError::Problem { code, .. })
                    if again
                        && matches!(code.as_str(), problem::INVITE_USED | problem::ACTOR_TAKEN) =>
                {
                    again = false;
                    self.write(|store| Ok(store.write(meta::remove::<Renewal>)?))?;
                }
                Err(TransportError::Stopped) => return Err(stopped()),
                answer => {
                    let endpoint = self.endpoint(&identity)?;
                    return self.complete_join(identity, answer?, endpoint);
                }
            }
        }
    }

    /// Returns the name that the device is given: that of before where none is said.
    fn renewal_label(&self, label: &str) -> ApiResult<String> {
        let known = self.read(|store| {
            let tickets: Tickets = meta::get(store.read())?.unwrap_or_default();
            if !tickets.forked {
                let words = Message::new("error-not-copied");
                return Err(KeptError::invalid("installation", words));
            }
            let me = meta::identity(store.read())?.installation;
            Ok(registry::load(store.read())?.devices.remove(&me))
        })?;
        match (label.trim(), known) {
            ("", Some(known)) => Ok(known.label),
            (label, _) => device_name(label),
        }
    }

    /// Returns what the server is asked with, on disk before it is shown: a repeated request gets the same answer.
    fn begin_renewal(&self) -> ApiResult<(Renewal, Identity)> {
        self.write(|store| {
            store.write(|tx| {
                if let Some(known) = meta::get::<Renewal>(tx)? {
                    return Ok((known, meta::identity(tx)?));
                }
                let actor = Actor(random_bytes(self.environment.as_ref()));
                let identity = meta::replace_actor(tx, actor)?;
                let proof = random_bytes::<32>(self.environment.as_ref()).into();
                let renewal = Renewal { proof, actor };
                meta::set(tx, &renewal)?;
                Ok::<_, KeptError>((renewal, identity))
            })
        })
    }
}

fn stopped() -> KeptError {
    KeptError::invalid("installation", Message::new("error-renewal-stopped"))
}
