//! The status: everything unsent, held, refused, arriving, quarantined or set aside, and the state of clock and
//! server.

use crate::language::Message;
use crate::model::promise::NotAllowed;
use crate::notebook::Notebook;
use crate::notebook::context::Context;
use crate::notebook::errors::ApiResult;
use crate::notebook::history::set_aside::changes_aside;
use crate::notebook::identity::me_of;
use crate::notebook::numbers::count_u32;
use crate::notebook::people::devices::devices_of;
use crate::notebook::promises::event_messages::not_allowed_key;
use crate::notebook::sync::status_messages::{notes, unsent_group, unsent_line, zone_note};
use crate::notebook::sync::status_records::{OutageStatus, ScopeStatus, Status, UncountedEntry};
use crate::notebook::verification::quarantined_documents;
use crate::store::meta::{self, Access, OutageSince, Route, SyncVersions, Tickets};
use crate::store::{Reading, company, drafts, feed, outbox, queries, registry, withdrawal};
use crate::sync::outage::{Outage, OutageCause};
use crate::sync::proxy::Proxy;

#[uniffi::export]
impl Notebook {
    /// Returns the status: what is sent and what is not, the devices by when they were heard from, and the notes to be
    /// read.
    #[cfg_attr(doc, doc = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/examples/status.md")))]
    pub fn status(&self) -> ApiResult<Status> {
        self.read(|store| {
            let connection = store.read();
            let pending = outbox::pending(connection)?;
            let versions: SyncVersions = meta::get(connection)?.unwrap_or_default();
            let tickets: Tickets = meta::get(connection)?.unwrap_or_default();
            let access: Access = meta::get(connection)?.unwrap_or_default();
            let now = meta::now(connection, self.environment.as_ref())?;
            let (arriving, unknown_rows) = feed::waiting_counts(connection)?;
            let (quarantined, _) = quarantined_documents(store)?;
            let context = Context::load(self, store)?;
            let unsent = pending.iter();
            let unsent = unsent.map(|group| unsent_group(group, store, &context));
            let found = self.environment.found_zone();
            let me = me_of(connection)?;
            let joined = me.joined;
            let drafts = drafts::count(connection)?;
            let mut status = Status {
                me,
                line: unsent_line(&pending, drafts, joined, access.signed_out),
                unsent: unsent.collect::<ApiResult<_>>()?,
                last_contact: versions.last_contact,
                devices: devices_of(&registry::load(connection)?),
                scopes: feed::scopes(connection)?
                    .into_iter()
                    .map(|scope| ScopeStatus {
                        name: scope.name,
                        seq: scope.seq,
                        head: scope.head,
                        differs: scope.differs,
                    })
                    .collect(),
                arriving,
                unknown_rows,
                quarantined,
                set_aside: changes_aside(connection)?,
                not_counted: context.not_counted(store)?,
                forked: tickets.forked,
                signed_out: access.signed_out,
                outage: meta::get::<OutageSince>(connection)?.map(outage_status),
                proxy: kept_proxy(meta::get(connection)?.unwrap_or_default()),
                clock: now.trust(),
                clock_offset_ms: now.offset_ms,
                zone: found.as_ref().ok().map(|found| found.name.clone()),
                zone_from: found.as_ref().ok().map(|found| found.source),
                notes: vec![],
                drafts: count_u32(drafts),
                withdrawn: count_u32(withdrawal::count(connection)?),
            };
            status.notes = notes(&status, &pending, &self.environment.zone());
            status.notes.extend(self.clock_warning_in(store)?);
            status.notes.push(zone_note(&found));
            status.notes.extend(
                self.environment
                    .replaced()
                    .map(|reason| Message::new("status-clock-replaced").text("reason", reason)),
            );
            Ok(status)
        })
    }
}

impl Context {
    /// Returns everything here that does not count and has not been written again.
    fn not_counted(&self, store: Reading<'_>) -> ApiResult<Vec<UncountedEntry>> {
        let promises = self.promises(&queries::uncounted(store.read())?)?;
        let promises = promises.into_iter().map(|promise| UncountedEntry {
            id: promise.id,
            title: promise.deliverable,
            reason: promise.state_words,
        });
        let people = company::uncounted_person_entries(store.read())?.into_iter();
        let people = people.map(|entry| {
            let reason = match entry.by.person {
                Some(_) => NotAllowed::NotOffice,
                None => NotAllowed::AuthorArriving,
            };
            UncountedEntry {
                id: entry.id,
                title: self.name(entry.person),
                reason: Message::new("state-not-counted").keyed("why", not_allowed_key(reason)),
            }
        });
        Ok(promises.chain(people).collect())
    }
}

fn outage_status(known: OutageSince) -> OutageStatus {
    OutageStatus {
        outage: Outage {
            cause: OutageCause::from_number(known.cause),
            detail: known.detail,
        },
        since: known.since,
    }
}

/// Returns a proxy's address, without its secrets; none if there is none.
fn kept_proxy(route: Route) -> Option<String> {
    let proxy = route.proxy.map(|text| Proxy::parse(&text));
    Some(proxy?.ok()?.to_string())
}
