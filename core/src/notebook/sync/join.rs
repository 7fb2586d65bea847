//! Joining: a local notebook is adopted by a company, and everything written before goes with it.

use minicbor::bytes::ByteArray;

use crate::environment::random_bytes;
use crate::language::Message;
use crate::limits;
use crate::model::ids::Actor;
use crate::notebook::checks::check_whole_characters;
use crate::notebook::clock::device_zone;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::events::NotebookEvent;
use crate::notebook::folder::secrets::TOKEN;
use crate::notebook::identity::Me;
use crate::notebook::{Notebook, folder};
use crate::store::meta::{
    self, Access, Identity, JoinProof, PushAddress, Renewal, ServerClock, Tickets,
};
use crate::store::{StoreError, placements};
use crate::sync::endpoint::{Endpoint, ServerTrust};
use crate::sync::invitation::Invitation;
use crate::sync::transport::{HttpTransport, TransportError};
use crate::wire::{JoinReply, JoinRequest, problem};

#[uniffi::export]
impl Notebook {
    /// Redeems an invitation link and waits for the answer. Everything that was written before belongs to the company
    /// from now on; it is sent by the next synchronisation. A notebook whose device was signed out joins its company
    /// again, as the same person, and goes on with all it has. Returns the new identity. `prepare_join` is the same for
    /// screens: it can be stopped.
    pub fn join(&self, link: String, options: JoinOptions) -> ApiResult<Me> {
        let runtime = self.runtime()?;
        self.join_over(&link, options, |transport, request| {
            runtime.block_on(transport.join(request))
        })
    }
}

impl Notebook {
    /// Redeems an invitation link; `ask` sends the request and waits for the answer, as long as it likes.
    pub(in crate::notebook) fn join_over(
        &self,
        link: &str,
        options: JoinOptions,
        ask: impl Fn(&HttpTransport, &JoinRequest) -> Result<JoinReply, TransportError>,
    ) -> ApiResult<Me> {
        let invitation = Invitation::parse(link)?;
        let running = self.active_runs.begin()?;
        let _only_run = folder::lock_sync_run(&self.folder)?;
        let mut endpoint = invitation.endpoint(options.insecure, options.certificate)?;
        if options.proxy.is_some() {
            // Kept before it is needed, as the certificate is after: a device that is cut off finds the way again.
            self.set_proxy(options.proxy)?;
        }
        endpoint.proxy = self.proxy()?;
        let label = device_name(&options.label)?;
        let mut identity = self.read(|store| Ok(meta::identity(store.read())?))?;
        self.check_may_join(&identity, &invitation)?;
        // An invitation is not used up by a device that could write nothing.
        device_zone(self.environment.as_ref())?;
        let transport = HttpTransport::new(&endpoint, None, self.runtime()?)?;
        let ask_as = |actor| -> ApiResult<Result<JoinReply, TransportError>> {
            if running.is_told_to_end() {
                return Ok(Err(TransportError::Stopped));
            }
            let request = JoinRequest {
                version: limits::PROTOCOL,
                code: invitation.code.clone(),
                label: label.clone(),
                actors: vec![actor],
                proof: Some(self.proof()?),
            };
            Ok(ask(&transport, &request))
        };
        let answer = match ask_as(identity.actor)? {
            Err(TransportError::Problem { code, .. }) if code == problem::ACTOR_TAKEN => {
                // This notebook was copied, and the copy has joined: from now on the two write apart.
                identity = self.write_under_new_actor()?;
                ask_as(identity.actor)?
            }
            other => other,
        };
        let reply = answer.map_err(|error| match error {
            TransportError::Stopped => {
                KeptError::invalid("invitation", Message::new("error-join-stopped"))
            }
            other => other.into(),
        })?;
        self.complete_join(identity, reply, endpoint)
    }
}

/// Returns a name that the server would take for a device, trimmed; an invitation is not used up by one that it
/// refuses.
pub(in crate::notebook) fn device_name(label: &str) -> ApiResult<String> {
    let label = label.trim();
    check_whole_characters("label", label)?;
    let fits = (1..=limits::NAME_CHARS).contains(&label.chars().count());
    if fits && !label.chars().any(char::is_control) {
        return Ok(label.to_owned());
    }
    let limit = limits::NAME_CHARS.to_string();
    let words = Message::new("error-device-name").text("limit", limit);
    Err(KeptError::invalid("label", words))
}

impl Notebook {
    /// Returns the secret by which a server knows this notebook again that it has answered before. It is on disk before
    /// it is shown to any server.
    fn proof(&self) -> ApiResult<ByteArray<32>> {
        self.write(|store| {
            if let Some(known) = meta::get::<JoinProof>(store.read())? {
                return Ok(known.proof);
            }
            let proof = random_bytes::<32>(self.environment.as_ref()).into();
            store.write(|tx| meta::set(tx, &JoinProof { proof }))?;
            Ok(proof)
        })
    }

    /// Gives all that is written from now on an actor of its own.
    fn write_under_new_actor(&self) -> ApiResult<Identity> {
        self.write(|store| {
            let actor = Actor(random_bytes(self.environment.as_ref()));
            Ok(store.write(|tx| meta::replace_actor(tx, actor))?)
        })
    }

    /// Refuses an invitation for a notebook whose device is signed in, or whose company it is not.
    fn check_may_join(&self, identity: &Identity, invitation: &Invitation) -> ApiResult<()> {
        if identity.server.is_none() {
            return Ok(());
        }
        let refused = |key| {
            let words = Message::new(key).text("organisation", &identity.organisation_name);
            Err(KeptError::invalid("invitation", words))
        };
        let access: Access = self.read(|store| Ok(meta::get(store.read())?.unwrap_or_default()))?;
        if !access.signed_out && self.secrets.load(TOKEN.into())?.is_some() {
            // messages: error-already-joined
            return refused("error-already-joined");
        }
        let named = &invitation.organisation;
        if !named.is_empty() && *named != identity.organisation_name {
            // messages: error-other-company
            return refused("error-other-company");
        }
        Ok(())
    }

    /// Re-keys the notebook to the organisation, or, where it belongs to it already, to its new installation. The token
    /// is on disk before the notebook says that it has one: a power cut between the two leaves the notebook as it was,
    /// and an unused token.
    pub fn complete_join(
        &self,
        before: Identity,
        reply: JoinReply,
        endpoint: Endpoint,
    ) -> ApiResult<Me> {
        let (certificate, pin) = match endpoint.trust {
            ServerTrust::Web => (None, None),
            ServerTrust::Key(pin) => (None, Some(pin)),
            ServerTrust::Certificate(pem) => (Some(pem), None),
        };
        let is_known = before.server.is_some();
        if is_known
            && (before.organisation, before.person) != (reply.organisation, reply.colleague.id)
        {
            let words = Message::new("error-other-person").text("name", &before.person_name);
            return Err(KeptError::invalid("invitation", words));
        }
        self.secrets.save(TOKEN.into(), reply.token.into_bytes())?;
        let identity = Identity {
            organisation: reply.organisation,
            organisation_name: reply.organisation_name,
            person: reply.colleague.id,
            person_name: reply.colleague.name,
            role: reply.colleague.role,
            team: reply.colleague.teams.first().cloned(),
            installation: reply.installation,
            actor: before.actor,
            server: Some(endpoint.url),
            certificate,
            pin,
        };
        self.write(|store| {
            store.write(|tx| {
                if let Some(team) = identity.team.as_ref().filter(|_| !is_known) {
                    placements::assign_team(tx, team)?;
                }
                meta::set(tx, &identity)?;
                // The new installation has exchanged nothing yet.
                meta::set(tx, &Tickets::default())?;
                meta::set(tx, &Access { signed_out: false })?;
                meta::remove::<Renewal>(tx)?;
                if let Some(known) = meta::get::<PushAddress>(tx)? {
                    // This server was told nothing yet.
                    let told = None;
                    meta::set(tx, &PushAddress { told, ..known })?;
                }
                let (boot_id, boot_ms) = self.environment.boot();
                meta::set(
                    tx,
                    &ServerClock {
                        offset_ms: reply.server_time.saturating_sub(self.environment.wall_ms()),
                        boot_ms,
                        boot_id,
                        server_ms: reply.server_time,
                    },
                )?;
                // Rows that say which team a document belongs to are written anew.
                if !is_known {
                    crate::store::projection::rebuild(tx, |_, _| {})?;
                }
                Ok::<_, StoreError>(())
            })?;
            Ok(())
        })?;
        tracing::info!(installation = %identity.installation, "joined");
        self.events.send(NotebookEvent::Missed);
        self.me()
    }
}

/// The options of `join`.
#[derive(Clone, Debug, Default, PartialEq, Eq, uniffi::Record)]
pub struct JoinOptions {
    /// The name of this device.
    pub label: String,
    /// True if plain http may be used beyond loopback.
    #[uniffi(default = false)]
    pub insecure: bool,
    /// The certificate, as PEM, to check the server's against instead of what the
    /// link says; none: the web's roots, and the key that the link names.
    #[uniffi(default = None)]
    pub certificate: Option<String>,
    /// The address of the proxy on the way to the server, `http://[name:password@]host[:port]`; kept with the notebook.
    #[uniffi(default = None)]
    pub proxy: Option<String>,
}
