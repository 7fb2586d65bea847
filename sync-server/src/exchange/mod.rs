//! One exchange with a device: groups in, results and feed pages out, everything in one transaction.
//!
//! Pure over the log, the keys and the time it is given; it never applies a change.

mod caller;
mod clone_detection;
mod directory;
mod error;
mod feed_writer;
mod group_checks;
mod group_intake;
mod pages;
mod placements;
mod presence;
mod push_address;
mod registry;
mod samples;
mod sharing;

#[cfg(test)]
mod delivery_properties;
#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod scenarios;

pub use caller::Caller;
pub(crate) use caller::ResolvedCaller;
pub use error::ExchangeError;
pub(crate) use feed_writer::FeedWriter;
pub(crate) use group_checks::CheckedGroup;
pub(crate) use registry::{RegistryWriter, owner_of};
pub(crate) use samples::keep as keep_samples;
pub(crate) use sharing::share;

use kept_core::environment::Environment;
use kept_core::limits;
use kept_core::model::ids::InstallationId;
use kept_core::model::time::Millis;
use kept_core::wire::{GroupOutcome, Reply, Request, digest};

use crate::keys::Keys;
use crate::log::Log;

/// A request whose groups were read and checked, as far as that needs no log.
pub struct CheckedRequest<'r> {
    request: &'r Request,
    groups: Vec<CheckedGroup<'r>>,
}

impl<'r> CheckedRequest<'r> {
    /// Reads the groups of a request, which may take a while: no transaction may be open meanwhile. An error if the
    /// device speaks another version of the protocol, or the request brings more than it may.
    pub fn check(request: &'r Request) -> Result<Self, ExchangeError> {
        if !(limits::PROTOCOL_MIN..=limits::PROTOCOL).contains(&request.version) {
            return Err(ExchangeError::Version(request.version));
        }
        if request.groups.len() > limits::REQUEST_GROUPS
            || request.cursors.len() > limits::REQUEST_CURSORS
            || request.actors.len() > limits::REQUEST_ACTORS
        {
            return Err(ExchangeError::TooLarge);
        }
        let groups = request.groups.iter().map(CheckedGroup::check).collect();
        Ok(Self { request, groups })
    }
}

/// Does one exchange. All that it writes is on disk when it returns, or nothing is.
///
/// `now` is the server's time when the request came, in milliseconds since the epoch; `environment` gives
/// the randomness of new epochs.
pub fn handle(
    log: &mut dyn Log,
    keys: &Keys,
    environment: &dyn Environment,
    caller: Caller,
    read: &CheckedRequest<'_>,
    now: Millis,
) -> Result<Reply, ExchangeError> {
    let request = read.request;
    let log = log.write()?;
    let (organisation, mut reader) = ResolvedCaller::resolve(&*log, caller, now)?;
    let mut reply = empty_reply(request, now);
    if !clone_detection::accept_tickets(&*log, organisation, reader.installation(), request)? {
        reply.forked = true;
        return Ok(reply);
    }
    let mut feeds = FeedWriter::new(&*log, keys, environment, organisation);
    if let ResolvedCaller::Person(known) = &mut reader {
        let (device, colleague) = &mut **known;
        registry::admit(&mut feeds, device, now)?;
        registry::bind_actors(&mut feeds, device, &request.actors)?;
        let mut intake = group_intake::GroupIntake::new(&mut feeds, keys, device, colleague, now)?;
        for group in &read.groups {
            reply.results.push(intake.take(group)?);
        }
        reply.push = push_address::take(&*log, organisation, device, request)?;
        presence::record_presence(&*log, organisation, device.id, request, &reply.results, now)?;
    }
    feeds.flush()?;
    let scopes = reader.scopes(&*log, organisation)?;
    pages::fill(&*log, organisation, &reader, &scopes, request, &mut reply)?;
    reply.digest = digest(
        scopes
            .iter()
            .map(|s| (s.number, s.epoch, s.head, s.checksum)),
    );
    (reply.presence, reply.presence_version) =
        log.presence_since(organisation, request.presence_version)?;
    reply.silences = log.silences_since(organisation, request.presence_version)?;
    samples::fill(&*log, organisation, &reader, request, &mut reply)?;
    log.commit()?;
    Ok(reply)
}

/// Takes one group from a device within the server, through the checks that a phone's groups pass. It is on
/// disk when this returns, or nothing is.
pub(crate) fn append(
    log: &mut dyn Log,
    keys: &Keys,
    environment: &dyn Environment,
    installation: InstallationId,
    group: &CheckedGroup<'_>,
    now: Millis,
) -> Result<GroupOutcome, ExchangeError> {
    let log = log.write()?;
    let caller = Caller::Device(installation);
    let (organisation, ResolvedCaller::Person(known)) =
        ResolvedCaller::resolve(&*log, caller, now)?
    else {
        return Err(ExchangeError::SignedOut);
    };
    let (device, colleague) = &*known;
    let mut feeds = FeedWriter::new(&*log, keys, environment, organisation);
    let mut intake = group_intake::GroupIntake::new(&mut feeds, keys, device, colleague, now)?;
    let result = intake.take(group)?;
    feeds.flush()?;
    log.commit()?;
    Ok(result.outcome)
}

/// A reply that says nothing yet, and nothing new.
fn empty_reply(request: &Request, now: Millis) -> Reply {
    Reply {
        version: limits::PROTOCOL,
        min_version: limits::PROTOCOL_MIN,
        max_version: limits::PROTOCOL,
        echo: request.next,
        forked: false,
        results: Vec::new(),
        pages: Vec::new(),
        lost: Vec::new(),
        digest: [0; 16].into(),
        presence: Vec::new(),
        presence_version: request.presence_version,
        samples: Vec::new(),
        samples_version: request.samples_version,
        server_time: now,
        more: false,
        given: Vec::new(),
        silences: Vec::new(),
        push: None,
    }
}
