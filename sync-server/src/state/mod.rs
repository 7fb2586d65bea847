//! The server without HTTP: one log, its keys, and the operations on them.
//!
//! Every method that reads or writes the log takes milliseconds and blocks; call it off the async threads.

mod data_folder;
mod health;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kept_core::Environment;
use kept_core::model::ids::{Actor, DocId, Hash, InstallationId, OrganisationId, PersonId, Team};
use kept_core::model::key_pin::KeyPin;
use kept_core::model::registry::{Colleague, Device, Presence};
use kept_core::model::time::Millis;
use kept_core::notebook::RecordUpdate;
use kept_core::wire::{
    Group, GroupOutcome, JoinReply, JoinRequest, RenewalRequest, Reply, Request,
};
use tokio::sync::{broadcast, watch};

use crate::audit::AuditLog;
use crate::enrol::{
    self, EnrolError, Invitee, IssuedInvitation, NewOrganisation, PersonChange, RevokedDevice,
};
use crate::error::ServerError;
use crate::exchange::{self, Caller, CheckedGroup, CheckedRequest, ExchangeError, ResolvedCaller};
use crate::keys::Keys;
use crate::log::{Fault, FolderLog, HeldGroup, Log, LogError, Organisation, Session};
use crate::private;
use crate::sign_in::{self, ClientInfo, SignInError};
use data_folder::{LOG, PIN, URL, open_folder};
use health::Health;

/// The address in links before the server has run.
const DEFAULT_URL: &str = "http://127.0.0.1:8787";
/// Pokes that a slow listener may fall behind before it is told to look for itself.
const POKES: usize = 256;

/// A scope's head has moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Poke {
    /// The organisation of the scope.
    pub organisation: OrganisationId,
    /// Its number.
    pub scope: u32,
    /// Its last sequence number.
    pub head: u64,
}

/// The counts of what devices did so far, for callers that wait for a pause.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ExchangeCounts {
    /// The number of requests and answers.
    activity: u64,
    /// The number of answers that left more to say or to hear.
    pub(crate) unfinished: u64,
}

/// One organisation's log and keys, open.
pub struct ServerState {
    data_dir: PathBuf,
    log: Mutex<Box<dyn Log>>,
    keys: Keys,
    environment: Arc<dyn Environment>,
    organisation: Organisation,
    audit: AuditLog,
    health: Health,
    pokes: broadcast::Sender<Poke>,
    heads: Mutex<BTreeMap<u32, u64>>,
    /// Moves when a device asks, and when it is answered.
    exchange_counts: watch::Sender<ExchangeCounts>,
    wakes: broadcast::Sender<PersonId>,
    stopping: watch::Sender<bool>,
}

impl ServerState {
    /// Makes the organisation in a data folder, which is made where it is not there.
    pub fn create(
        data_dir: &Path,
        environment: Arc<dyn Environment>,
        new: &NewOrganisation,
    ) -> Result<(Arc<Self>, Colleague), ServerError> {
        let (mut log, keys) = open_folder(data_dir, &*environment)?;
        let now = environment.wall_ms();
        let (organisation, owner) =
            enrol::create_organisation(&mut log, &keys, &*environment, new, now)?;
        let state = Self::new(data_dir, log, keys, environment, organisation);
        state.publish_heads()?;
        Ok((state, owner))
    }

    /// Opens a data folder that has an organisation.
    pub fn open(
        data_dir: &Path,
        environment: Arc<dyn Environment>,
    ) -> Result<Arc<Self>, ServerError> {
        if !data_dir.join(LOG).exists() {
            return Err(ServerError::NoOrganisation(data_dir.to_owned()));
        }
        let (mut log, keys) = open_folder(data_dir, &*environment)?;
        let organisation = log.read()?.organisation()?;
        let organisation =
            organisation.ok_or_else(|| ServerError::NoOrganisation(data_dir.to_owned()))?;
        let state = Self::new(data_dir, log, keys, environment, organisation);
        state.publish_heads()?;
        Ok(state)
    }

    fn new(
        data_dir: &Path,
        log: FolderLog,
        keys: Keys,
        environment: Arc<dyn Environment>,
        organisation: Organisation,
    ) -> Arc<Self> {
        Arc::new(Self {
            data_dir: data_dir.to_owned(),
            log: Mutex::new(Box::new(log)),
            keys,
            audit: AuditLog::new(data_dir, Arc::clone(&environment)),
            health: Health::new(data_dir, Arc::clone(&environment)),
            environment,
            organisation,
            pokes: broadcast::Sender::new(POKES),
            heads: Mutex::default(),
            exchange_counts: watch::Sender::default(),
            wakes: broadcast::Sender::new(POKES),
            stopping: watch::Sender::new(false),
        })
    }

    /// The organisation.
    pub fn organisation(&self) -> &Organisation {
        &self.organisation
    }

    /// The server's clocks and randomness.
    pub fn environment(&self) -> &Arc<dyn Environment> {
        &self.environment
    }

    /// The folder with log and keys; the office keeps its replica beside them.
    pub fn data_dir(&self) -> &Path {
        &self.data_dir
    }

    /// The audit file, for lines on what people and devices did.
    pub(crate) fn audit(&self) -> &AuditLog {
        &self.audit
    }

    /// The state of storage: faults that were found, or are suspected.
    pub(crate) fn health(&self) -> &Health {
        &self.health
    }

    /// The address in links: what `serve` last listened on or was told.
    pub fn url(&self) -> String {
        let stored = fs::read_to_string(self.data_dir.join(URL)).unwrap_or_default();
        let stored = stored.trim();
        if stored.is_empty() {
            DEFAULT_URL
        } else {
            stored
        }
        .to_owned()
    }

    /// The pin of the server's key that invitations carry; none where devices trust its certificate by themselves.
    fn pin(&self) -> Option<KeyPin> {
        let stored = fs::read_to_string(self.data_dir.join(PIN)).ok()?;
        stored.trim().parse().ok()
    }

    /// Does one exchange, whose groups are on disk when it returns; those who listen are poked.
    pub fn exchange(&self, caller: Caller, request: &Request) -> Result<Reply, ExchangeError> {
        let from_device = matches!(caller, Caller::Device(_));
        if from_device {
            self.exchange_counts
                .send_modify(|traffic| traffic.activity += 1);
        }
        let now = self.environment.wall_ms();
        if !request.groups.is_empty() {
            // Changes of a device that is shut out are not read.
            ResolvedCaller::resolve(&*self.log().read()?, caller, now)?;
        }
        let read = CheckedRequest::check(request)?;
        let reply = exchange::handle(
            &mut **self.log(),
            &self.keys,
            &*self.environment,
            caller,
            &read,
            now,
        );
        let reply =
            reply.inspect_err(|error| self.suspect(matches!(error, ExchangeError::Log(_))))?;
        self.publish_heads()?;
        if from_device {
            let goes_on = reply.more || !request.whole;
            self.exchange_counts.send_modify(|traffic| {
                traffic.activity += 1;
                traffic.unfinished += u64::from(goes_on);
            });
        }
        Ok(reply)
    }

    /// Moves when a device asks, and when it is answered.
    pub(crate) fn exchange_counts(&self) -> watch::Receiver<ExchangeCounts> {
        self.exchange_counts.subscribe()
    }

    /// Invites a colleague's next device; a colleague of a new name is entered into the registry.
    pub fn invite(&self, invitee: &Invitee) -> Result<IssuedInvitation, EnrolError> {
        let now = self.environment.wall_ms();
        let id = self.organisation.id;
        let invited = enrol::invite(
            &mut **self.log(),
            &self.keys,
            &*self.environment,
            id,
            invitee,
            now,
        )?;
        self.publish_heads()?;
        Ok(invited)
    }

    /// Changes what a colleague does from now on, or says that they left.
    pub fn change_person(
        &self,
        name: &str,
        change: &PersonChange,
    ) -> Result<Colleague, EnrolError> {
        let now = self.environment.wall_ms();
        let id = self.organisation.id;
        let changed = enrol::change_person(
            &mut **self.log(),
            &self.keys,
            &*self.environment,
            id,
            (name, change),
            now,
        )?;
        self.publish_heads()?;
        Ok(changed)
    }

    /// Invites a colleague's next device, and returns the link for it.
    pub fn invitation_link(&self, invitee: &Invitee) -> Result<String, EnrolError> {
        self.join_link(&self.invite(invitee)?, None)
    }

    /// The link for an invitation. `url` is the server's where it is not [`ServerState::url`].
    pub fn join_link(
        &self,
        invited: &IssuedInvitation,
        url: Option<&str>,
    ) -> Result<String, EnrolError> {
        let url = url.map_or_else(|| self.url(), str::to_owned);
        enrol::join_link(&url, &invited.code, &self.organisation.name, self.pin())
    }

    /// Takes a device in that comes with an invitation.
    pub fn join(&self, request: &JoinRequest) -> Result<JoinReply, EnrolError> {
        let now = self.environment.wall_ms();
        let reply = enrol::redeem(
            &mut **self.log(),
            &self.keys,
            &*self.environment,
            request,
            now,
        );
        let reply = reply.inspect_err(|error| self.suspect(matches!(error, EnrolError::Log(_))))?;
        self.publish_heads()?;
        Ok(reply)
    }

    /// Gives a device that was copied an installation of its own.
    pub fn renew_installation(
        &self,
        parent: InstallationId,
        request: &RenewalRequest,
    ) -> Result<JoinReply, EnrolError> {
        let now = self.environment.wall_ms();
        let log = &mut **self.log();
        let reply = enrol::renew(log, &self.keys, &*self.environment, parent, request, now);
        reply.inspect_err(|error| self.suspect(matches!(error, EnrolError::Log(_))))
    }

    /// The device that is meant by an id, its beginning, a label or `Sam's phone`.
    pub fn find_device(&self, name: &str) -> Result<Device, EnrolError> {
        enrol::find_device(&*self.log().read()?, self.organisation.id, name)
    }

    /// Shuts a device out for good. Those who listen are poked, and its own streams end.
    pub fn revoke_device(&self, id: InstallationId) -> Result<RevokedDevice, EnrolError> {
        let (now, organisation) = (self.environment.wall_ms(), self.organisation.id);
        let revoked = enrol::revoke_device(
            &mut **self.log(),
            &self.keys,
            &*self.environment,
            organisation,
            id,
            now,
        )?;
        self.publish_heads()?;
        Ok(revoked)
    }

    /// The addresses under which pushes reach the devices of a person.
    pub fn push_addresses(&self, person: PersonId) -> Result<Vec<String>, LogError> {
        let addresses = self
            .log()
            .read()?
            .push_addresses(self.organisation.id, person)?;
        Ok(addresses.into_iter().map(|(_, address)| address).collect())
    }

    /// True if a device is known and signed out: shut out itself, or its owner has left.
    pub fn is_shut_out(&self, id: InstallationId) -> Result<bool, LogError> {
        let mut log = self.log();
        let log = log.read()?;
        let Some((organisation, device)) = log.device(id)? else {
            return Ok(false);
        };
        let owner = log.colleague(organisation, device.person)?;
        let now = self.environment.wall_ms();
        let has_left = owner.is_none_or(|owner| !owner.works_at(now));
        Ok(device.revoked.is_some() || has_left)
    }

    /// Registers a person's office as a device that writes through [`ServerState::exchange`], with an actor that no
    /// device used before.
    pub fn register_office(
        &self,
        person: PersonId,
        actor: Actor,
    ) -> Result<InstallationId, EnrolError> {
        let (now, id) = (self.environment.wall_ms(), self.organisation.id);
        let who = (person, actor);
        let installation = enrol::register_office(
            &mut **self.log(),
            &self.keys,
            &*self.environment,
            id,
            who,
            now,
        )?;
        self.publish_heads()?;
        Ok(installation)
    }

    /// Takes a group that the office wrote with a device of [`ServerState::register_office`]; those who listen
    /// are poked.
    pub(crate) fn append(
        &self,
        installation: InstallationId,
        group: &Group,
    ) -> Result<GroupOutcome, ExchangeError> {
        let group = CheckedGroup::check(group);
        let outcome = exchange::append(
            &mut **self.log(),
            &self.keys,
            &*self.environment,
            installation,
            &group,
            self.environment.wall_ms(),
        );
        let outcome =
            outcome.inspect_err(|error| self.suspect(matches!(error, ExchangeError::Log(_))))?;
        self.publish_heads()?;
        Ok(outcome)
    }

    /// Shares a document with pools that are called to it; true if any of them was not in its placement before. Those
    /// who listen hear of it with [`ServerState::publish_heads`].
    pub(crate) fn share(&self, doc: DocId, pools: &[Team]) -> Result<bool, LogError> {
        let organisation = self.organisation.id;
        let environment = &*self.environment;
        let log = &mut **self.log();
        exchange::share(log, &self.keys, environment, organisation, doc, pools)
    }

    /// Keeps what the office's replica says of the company's record; true if anything was new.
    pub(crate) fn keep_record(&self, news: RecordUpdate) -> Result<bool, LogError> {
        exchange::keep_samples(&mut **self.log(), self.organisation.id, news)
    }

    /// The secret of a fresh sign-in link, valid 24 hours and once.
    pub fn create_sign_in(&self, person: PersonId) -> Result<String, SignInError> {
        let (now, id) = (self.environment.wall_ms(), self.organisation.id);
        sign_in::create_sign_in(&mut **self.log(), &*self.environment, id, person, now)
    }

    /// The office link for a sign-in secret.
    pub fn sign_in_link(&self, secret: &str) -> Result<String, EnrolError> {
        enrol::sign_in_link(&self.url(), secret)
    }

    /// Turns a sign-in link's secret into a session's, valid 30 days; and says whose it is.
    pub fn redeem_sign_in(
        &self,
        secret: &str,
        client: &ClientInfo,
    ) -> Result<(String, Colleague), SignInError> {
        let now = self.environment.wall_ms();
        let environment = &*self.environment;
        let redeemed = sign_in::redeem_sign_in(&mut **self.log(), environment, secret, client, now);
        redeemed.inspect_err(|error| self.suspect(matches!(error, SignInError::Log(_))))
    }

    /// The colleague whose session it is; None if it is not valid, or not of this organisation.
    pub fn session_person(&self, secret: &str) -> Result<Option<Colleague>, LogError> {
        let now = self.environment.wall_ms();
        let known = sign_in::session_person(&mut **self.log(), secret, now)?;
        Ok(self.of_this_organisation(known))
    }

    /// The same for a request of a page from an address, which is noted with the session.
    pub fn use_session(&self, secret: &str, from: &str) -> Result<Option<Colleague>, LogError> {
        let now = self.environment.wall_ms();
        let known = sign_in::use_session(&mut **self.log(), secret, from, now)?;
        Ok(self.of_this_organisation(known))
    }

    fn of_this_organisation(
        &self,
        known: Option<(OrganisationId, Colleague)>,
    ) -> Option<Colleague> {
        let known = known.filter(|(id, _)| *id == self.organisation.id);
        known.map(|(_, colleague)| colleague)
    }

    /// The sessions that open the office now, the newest first, each with whose it is.
    pub fn sessions(&self) -> Result<Vec<(Session, Colleague)>, LogError> {
        let now = self.environment.wall_ms();
        sign_in::sessions(&mut **self.log(), self.organisation.id, now)
    }

    /// Ends sessions.
    pub fn end_sessions(&self, sessions: &[Session]) -> Result<(), LogError> {
        sign_in::end_sessions(&mut **self.log(), sessions)
    }

    /// Ends a session.
    pub fn sign_out(&self, secret: &str) -> Result<(), LogError> {
        sign_in::sign_out(&mut **self.log(), secret)
    }

    /// All colleagues of the registry.
    pub fn colleagues(&self) -> Result<Vec<Colleague>, LogError> {
        self.log().read()?.colleagues(self.organisation.id)
    }

    /// The colleague of a name who still works here.
    pub fn colleague_named(&self, name: &str) -> Result<Colleague, EnrolError> {
        let now = self.environment.wall_ms();
        let mut log = self.log();
        let colleague = enrol::find_colleague(&*log.read()?, self.organisation.id, name, now)?;
        colleague.ok_or_else(|| EnrolError::UnknownPerson(name.to_owned()))
    }

    /// All devices, each with when it was heard from.
    pub fn devices(&self) -> Result<Vec<(Device, Option<Presence>)>, LogError> {
        let mut log = self.log();
        let log = log.read()?;
        let (presence, _) = log.presence_since(self.organisation.id, 0)?;
        let mut presence: BTreeMap<_, _> = presence
            .into_iter()
            .map(|presence| (presence.installation, presence))
            .collect();
        let devices = log.devices(self.organisation.id)?.into_iter();
        Ok(devices
            .map(|device| {
                let presence = presence.remove(&device.id);
                (device, presence)
            })
            .collect())
    }

    /// The hashes of all changes in the log, a hash as often as it is stored.
    pub fn change_hashes(&self) -> Result<Vec<Hash>, LogError> {
        self.log().read()?.change_hashes(self.organisation.id)
    }

    /// The groups that wait for the office.
    pub fn held_groups(&self) -> Result<Vec<HeldGroup>, LogError> {
        self.log().read()?.held_groups(self.organisation.id)
    }

    /// The heads of all scopes that a caller may read, by number.
    pub fn heads(&self, caller: Caller) -> Result<BTreeMap<u32, u64>, ExchangeError> {
        let mut log = self.log();
        let log = log.read()?;
        let (organisation, reader) =
            ResolvedCaller::resolve(&*log, caller, self.environment.wall_ms())?;
        let scopes = reader.scopes(&*log, organisation)?;
        Ok(scopes
            .into_iter()
            .map(|state| (state.number, state.head))
            .collect())
    }

    /// Hears of every scope that moves from now on. One that lags behind should look at
    /// [`ServerState::heads`].
    pub fn subscribe(&self) -> broadcast::Receiver<Poke> {
        self.pokes.subscribe()
    }

    /// Hears of every person who should fetch at once, whether or not something moved, from now on.
    pub fn subscribe_wakes(&self) -> broadcast::Receiver<PersonId> {
        self.wakes.subscribe()
    }

    /// Tells the devices of a person that listen to fetch at once.
    pub fn wake(&self, person: PersonId) {
        // It is no error if no receiver listens.
        let _ = self.wakes.send(person);
    }

    /// The owner of an installation; None for one that is not known.
    pub fn owner(&self, installation: InstallationId) -> Result<Option<PersonId>, LogError> {
        let mut log = self.log();
        let log = log.read()?;
        let device = log.device(installation)?.map(|(_, device)| device);
        Ok(match device {
            Some(device) => Some(device.person),
            // It has joined, and was not heard from yet.
            None => log.redeemed(installation)?.map(|(_, invite)| invite.person),
        })
    }

    /// The installation that a token was made for.
    pub fn verify_token(&self, token: &str) -> Option<InstallationId> {
        self.keys.verify_token(token)
    }

    /// Pokes those who listen about every scope that moved since the last look, whatever moved it.
    pub fn publish_heads(&self) -> Result<(), LogError> {
        // Taken before the log is read, so that an older look never overwrites a newer one.
        let mut heads = self.heads.lock().unwrap_or_else(PoisonError::into_inner);
        let scopes = self.log().read()?.scopes(self.organisation.id)?;
        for state in scopes {
            if heads.insert(state.number, state.head) != Some(state.head) {
                // It is no error if no receiver listens.
                let _ = self.pokes.send(Poke {
                    organisation: self.organisation.id,
                    scope: state.number,
                    head: state.head,
                });
            }
        }
        Ok(())
    }

    /// Finds out what is wrong with the disk, if anything, at most once a second. Blocks.
    pub(crate) fn check_health(&self) -> Option<Fault> {
        self.health.check(&self.log)
    }

    /// Looks again where there is trouble, or seems to be; nothing is written where all seems well. Blocks.
    pub(crate) fn check_health_if_troubled(&self) -> Option<Fault> {
        self.health.check_if_troubled(&self.log)
    }

    fn suspect(&self, failed: bool) {
        if failed {
            self.health.suspect();
        }
    }

    /// The server's clock, in milliseconds since the epoch.
    pub fn now(&self) -> Millis {
        self.environment.wall_ms()
    }

    /// Keeps the address and the pin for links that commands print. Where they cannot be written, the server runs
    /// nevertheless.
    pub(crate) fn set_link_parts(&self, url: &str, pin: Option<KeyPin>) {
        self.keep_link_part(URL, url);
        self.keep_link_part(PIN, &pin.map(|pin| pin.to_string()).unwrap_or_default());
    }

    /// Writes a line into a file of its own; none where it is empty.
    fn keep_link_part(&self, file: &str, line: &str) {
        let path = self.data_dir.join(file);
        if fs::read_to_string(&path).unwrap_or_default().trim() == line {
            return;
        }
        let kept = match line {
            "" => fs::remove_file(&path),
            _ => private::write(&path, format!("{line}\n").as_bytes()),
        };
        if let Err(error) = kept {
            tracing::warn!(%error, file, "a part of the server's links cannot be kept");
        }
    }

    /// Turns true when the server stops: what waits for pokes ends then.
    pub(crate) fn stopping(&self) -> watch::Receiver<bool> {
        self.stopping.subscribe()
    }

    pub(crate) fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// A panic while the log was locked rolled its transaction back, so the log is as good as before.
    fn log(&self) -> MutexGuard<'_, Box<dyn Log>> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
