//! The groups of the outbox that a request offers, and how much it carries.

use std::collections::BTreeMap;

use minicbor::bytes::ByteArray;

use super::sizes::Sizes;
use crate::environment::Environment;
use crate::limits;
use crate::model::ids::{DocId, GroupId, Hash};
use crate::store::meta::{self, PushAddress, ServerClock, Tickets};
use crate::store::{StoreError, outbox};
use crate::wire::{Group, Request};

/// A request that was sent, and what its answer needs.
pub(super) struct InFlight {
    pub(super) ticket: ByteArray<16>,
    pub(super) sent_boot: i64,
    /// The last group that was offered before, and with this request.
    pub(super) offered_before: i64,
    pub(super) offered: i64,
    pub(super) groups: BTreeMap<GroupId, Vec<(DocId, Hash)>>,
    pub(super) all: bool,
    pub(super) wants: bool,
}

impl InFlight {
    /// The tickets after its exchange was completed.
    pub(super) fn completed(&self) -> Tickets {
        Tickets {
            prev: Some(self.ticket),
            pending: None,
            forked: false,
        }
    }
}

/// Groups of the outbox that go with one request.
pub(super) struct GroupOffer {
    /// The ordinal that they follow.
    pub(super) after: i64,
    groups: Vec<(i64, Group)>,
    /// True if no unsent group follows them.
    all: bool,
}

impl GroupOffer {
    /// Reads the unsent groups after an ordinal that one request carries.
    pub(super) fn read(
        tx: &rusqlite::Transaction<'_>,
        sizes: Sizes,
        after: i64,
    ) -> Result<Self, StoreError> {
        let (groups, all) = outbox::unsent(tx, after, sizes.batch, limits::REQUEST_GROUPS)?;
        Ok(Self { after, groups, all })
    }

    /// The same groups that were read a while ago, with `all` as it is now: taps may have been written since.
    pub(super) fn refreshed(self, tx: &rusqlite::Transaction<'_>) -> Result<Self, StoreError> {
        let all = self.all && !outbox::has_unsent_after(tx, self.last())?;
        Ok(Self { all, ..self })
    }

    /// The ordinal of the last group.
    fn last(&self) -> i64 {
        self.groups
            .last()
            .map_or(self.after, |(ordinal, _)| *ordinal)
    }
}

/// A request with what is offered, and what to remember of it. Tickets, cursors and versions are still to be
/// filled in.
pub(super) fn compose(
    tx: &rusqlite::Transaction<'_>,
    environment: &dyn Environment,
    sizes: Sizes,
    offer: GroupOffer,
) -> Result<(Request, InFlight), StoreError> {
    let clock: Option<ServerClock> = meta::get(tx)?;
    let offered = offer.last();
    let GroupOffer { after, groups, all } = offer;
    let ticket = ByteArray::from([0; 16]);
    let named = groups.iter().map(|(_, group)| {
        let changes = group.changes.iter();
        let changes = changes.map(|change| (change.doc, change.hash)).collect();
        (group.id, changes)
    });
    let in_flight = InFlight {
        ticket,
        sent_boot: environment.boot_ms(),
        offered_before: after,
        offered,
        groups: named.collect(),
        all,
        wants: false,
    };
    let request = Request {
        version: limits::PROTOCOL,
        prev: None,
        next: ticket,
        actors: meta::actors(tx)?,
        cursors: vec![],
        groups: groups.into_iter().map(|(_, group)| group).collect(),
        whole: false,
        as_of: clock.map(|clock| {
            environment
                .wall_ms()
                .saturating_add(clock.offset_now(environment))
        }),
        presence_version: 0,
        samples_version: 0,
        wants: vec![],
        open: outbox::open_docs(tx)?,
        page_bytes: u32::try_from(sizes.page).unwrap_or(u32::MAX),
        push: meta::get::<PushAddress>(tx)?.and_then(PushAddress::to_tell),
    };
    Ok((request, in_flight))
}
