//! A document as it was at a moment, straight from its changes.
use std::collections::HashMap;

use serde::Serialize;

use crate::document::chunk::CheckedChange;
use crate::document::{self, Content, LoadedDocument};
use crate::language::Message;
use crate::model::account::Account;
use crate::model::ids::{DocId, Hash};
use crate::model::placement::DocumentKind;
use crate::model::time::Millis;
use crate::model::visit::{Usage, Visit};
use crate::notebook::Notebook;
use crate::notebook::context::Context;
use crate::notebook::entries::records::EntryKind;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::history::change_reader::carried_time;
use crate::notebook::history::dated_fields::{DatedFields, PastLine, TimedChange, device_label};
use crate::notebook::promises::records::Promise;
use crate::store::queries::ListedEntry;
use crate::store::rows::encode_row;
use crate::store::{Reading, StoreError, changes, placements};

/// The changes of which a document is made as it was at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum PastBasis {
    /// Those that were written by then by their authors' clocks, corrected where possible, on any device.
    Written,
    /// Those that the server had by then.
    Known,
}

/// A document as it was at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct PastEntry {
    /// The document's id.
    pub id: DocId,
    /// The document's kind.
    pub kind: EntryKind,
    /// The moment, in milliseconds since the epoch.
    pub at: Millis,
    /// True if it is made of what the server had by then; else of what was written by then, on any device.
    pub known: bool,
    /// The customer as it was; none for other kinds.
    pub account: Option<Account>,
    /// The visit as it was; none for other kinds.
    pub visit: Option<Visit>,
    /// The usage as it was observed; none for other kinds.
    pub usage: Option<Usage>,
    /// The promise as it was; none for other kinds.
    pub promise: Option<Promise>,
    /// The fields that had a value, with author and device; events in their order.
    pub lines: Vec<PastLine>,
    /// The number of changes that came later.
    pub later: u32,
}

impl PastEntry {
    /// Returns the sentence on the moment that it is shown at, told in `zone`.
    pub fn moment_message(&self, zone: &str) -> Message {
        let message = match self.known {
            true => Message::new("past-known"),
            false => Message::new("past-was"),
        };
        message.instant("when", self.at, zone)
    }

    /// Returns the sentence on what came later.
    pub fn later_message(&self) -> Message {
        match self.later {
            0 => Message::new("past-nothing-later"),
            later => Message::new("past-later").number("count", later),
        }
    }
}

#[uniffi::export]
impl Notebook {
    /// Returns a document as it was at `at` (milliseconds since the epoch), made of the changes that count by `basis`.
    /// An error if there were none.
    ///
    /// A change never counts as written before one that it builds upon, whatever its clock said.
    pub fn history_at(&self, id: DocId, at: Millis, basis: PastBasis) -> ApiResult<PastEntry> {
        self.read(|store| {
            let context = Context::load(self, store)?.at(at);
            let past = ShownChanges::read(store, id)?;
            past.entry(store, &context, at, basis)
        })
    }
}

/// The changes that are shown of a document, causes first.
struct ShownChanges {
    id: DocId,
    changes: Vec<TimedChange>,
}

impl ShownChanges {
    fn read(store: Reading<'_>, id: DocId) -> ApiResult<Self> {
        let mut instants: HashMap<Hash, Millis> = HashMap::new();
        let shown = changes::select(store.read(), id)?.shown;
        let mut written = Vec::with_capacity(shown.len());
        for (change, received_at) in shown {
            let own = written_instant(&change, received_at);
            let causes = change.deps().filter_map(|dep| instants.get(&dep).copied());
            let at = causes.fold(own, Millis::max);
            instants.insert(change.hash(), at);
            written.push(TimedChange {
                change,
                at,
                received_at,
            });
        }
        Ok(Self {
            id,
            changes: written,
        })
    }

    fn entry(
        self,
        store: Reading<'_>,
        context: &Context,
        at: Millis,
        basis: PastBasis,
    ) -> ApiResult<PastEntry> {
        let place = placements::get(store.read(), self.id)?;
        let place = place.ok_or(StoreError::NoDocument(self.id))?;
        let by_then = |written: &TimedChange| match (basis, written.received_at) {
            (PastBasis::Known, received) => received.is_some_and(|received| received <= at),
            (PastBasis::Written, _) => written.at <= at,
        };
        let begin = self.changes.iter().map(|written| match basis {
            PastBasis::Known => written.received_at.unwrap_or(Millis::MAX),
            PastBasis::Written => written.at,
        });
        let begin = begin.min().unwrap_or(at);
        let (then, later): (Vec<TimedChange>, Vec<TimedChange>) =
            self.changes.into_iter().partition(by_then);
        if then.is_empty() {
            let words = Message::new("error-not-written-yet").instant("when", begin, &context.zone);
            return Err(KeptError::invalid("at", words));
        }
        let copies = then
            .iter()
            .map(|written| (written.change.clone(), written.received_at));
        let mut loaded = LoadedDocument::load(self.id, copies).map_err(StoreError::from)?;
        let content =
            document::read(&loaded, &place, context.registry.as_ref()).map_err(StoreError::from)?;
        let mut entry = PastEntry {
            id: self.id,
            kind: EntryKind::Account,
            at,
            known: basis == PastBasis::Known,
            account: None,
            visit: None,
            usage: None,
            promise: None,
            lines: DatedFields::of(
                loaded.automerge().map_err(StoreError::from)?,
                context,
                &then,
            )
            .fields(),
            later: u32::try_from(later.len()).unwrap_or(u32::MAX),
        };
        match content {
            Some(Content::Account(account)) => entry.account = Some(*account),
            Some(Content::Visit(visit)) => {
                entry.kind = EntryKind::Visit;
                entry.visit = Some(*visit);
            }
            Some(Content::Usage(usage)) => {
                entry.kind = EntryKind::Usage;
                entry.usage = Some(*usage);
            }
            Some(Content::Promise(record)) => {
                entry.kind = EntryKind::Promise;
                let promise = context.promise(&promise_row(self.id, &record))?;
                for (event, line) in record.events.iter().zip(&promise.events) {
                    entry.lines.push(PastLine {
                        label: Message::new("field-event"),
                        value: line.words.clone(),
                        by: line.by.clone(),
                        device: device_label(context, event.by.actor),
                        written_at: line.at,
                        trust: Some(line.trust),
                        received_at: line.received_at,
                    });
                }
                entry.promise = Some(promise);
            }
            Some(Content::Handbook(_) | Content::Person(_)) | None => {
                return Err(KeptError::not_found("thing-entry", self.id));
            }
        }
        Ok(entry)
    }
}

/// Returns a promise's row as it would have been.
fn promise_row(id: DocId, record: &crate::model::promise::PromiseRecord) -> ListedEntry {
    let taken = record
        .events
        .iter()
        .filter_map(|event| Some((event.by.actor, event.seq, event.received_at?)));
    let mut received: Vec<_> = taken.collect();
    received.sort_unstable();
    received.dedup();
    ListedEntry {
        doc: id,
        kind: DocumentKind::Promise,
        account: None,
        at: 0,
        title: String::new(),
        unsent: false,
        detail: encode_row(record),
        received,
    }
}

/// Returns the instant at which a change was written: by the time that it carries, else by its bare clock; never later
/// than the server took it.
fn written_instant(change: &CheckedChange, received_at: Option<Millis>) -> Millis {
    match carried_time(change) {
        Some(time) => time.instant(received_at),
        None => received_at.map_or(change.wall_ms(), |received| change.wall_ms().min(received)),
    }
}

#[cfg(test)]
#[path = "past_tests.rs"]
mod tests;
