//! Undo: what one tap wrote is taken back by edits that give back what stood before, in one group. Nothing more is stored
//! with a tap: what it did is the difference of each document before and after its changes.

pub(in crate::notebook) mod group_inverse;
pub(in crate::notebook) mod records;

use crate::language::Message;
use crate::model::ids::{DocId, GroupId};
use crate::model::placement::DocumentKind;
use crate::model::time::{DAY_MS, Millis, RecordedTime};
use crate::notebook::Notebook;
use crate::notebook::context::Context;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::rows::MAX_LIST;
use crate::notebook::undo::group_inverse::GroupInverse;
use crate::notebook::undo::records::{UndoReport, UndoableWrite};
use crate::store::outbox::GroupState;
use crate::store::written::{self, WrittenTap};
use crate::store::{Reading, changes, placements};

/// The time within which something is taken back, in milliseconds: that of promises' events.
const UNDO_MS: i64 = DAY_MS;

#[uniffi::export]
impl Notebook {
    /// Returns what this device wrote within the last 24 hours and can take back, the newest first. What waits at the
    /// office, what was taken back, and what took something back is not among it.
    #[uniffi::method(default(limit = 20))]
    pub fn undoable(&self, limit: u32) -> ApiResult<Vec<UndoableWrite>> {
        self.read(|store| {
            let context = Context::load(self, store)?;
            let since = earliest(&context.time);
            let taps = written::latest(store.read(), since, limit.min(MAX_LIST))?;
            let mut undoable = Vec::with_capacity(taps.len());
            for tap in taps {
                undoable.extend(context.undoable(store, tap)?);
            }
            Ok(undoable)
        })
    }

    /// Returns the newest of what this device wrote in a document, if it can still be taken back.
    pub fn undoable_of(&self, id: DocId) -> ApiResult<Option<UndoableWrite>> {
        self.read(|store| {
            let context = Context::load(self, store)?;
            let tap = written::latest_of_doc(store.read(), id)?;
            let tap = tap.filter(|tap| tap.written_at > earliest(&context.time));
            Ok(tap
                .map(|tap| context.undoable(store, tap))
                .transpose()?
                .flatten())
        })
    }

    /// Takes back what one tap wrote, within 24 hours, also after it was sent: archives what it created, takes its
    /// events back, and gives fields back, but for those that somebody else wrote since. All of it is one group, or
    /// nothing is written. Taking it back twice is taking it back once; `NotFound` for what this device did not write of
    /// late.
    pub fn undo(&self, group: GroupId) -> ApiResult<UndoReport> {
        let report = self.write(|store| {
            store.write(|tx| {
                let context = Context::load(self, tx.into())?;
                let not_here = || KeptError::not_found("thing-entry", group);
                let tap = written::tap(tx, group)?.ok_or_else(not_here)?;
                if let Some(by) = written::undone_by(tx, tap.group)? {
                    return Ok(UndoReport {
                        group: Some(by),
                        docs: vec![],
                        left: vec![],
                    });
                }
                self.refuse_undo(tx.into(), &context, tap)?;
                let mut inverse = GroupInverse::new(self, &context, tx.into(), tap.group)?;
                for doc in docs_of_tap(tx.into(), tap.group)?.into_iter().rev() {
                    inverse.take_back(doc)?;
                }
                let (edits, left) = inverse.finish();
                let by = self.new_group();
                let docs = match edits.is_empty() {
                    true => vec![],
                    false => self.save_group(tx, edits, by)?,
                };
                if !docs.is_empty() {
                    written::set_undone(tx, tap.group, by, context.time.wall_ms)?;
                }
                Ok::<_, KeptError>(UndoReport {
                    group: (!docs.is_empty()).then_some(by),
                    docs,
                    left,
                })
            })
        })?;
        self.changed(report.docs.clone());
        Ok(report)
    }
}

impl Notebook {
    /// Refuses what waits at the office, what is too old, and what has a way of its own.
    fn refuse_undo(&self, store: Reading<'_>, context: &Context, tap: WrittenTap) -> ApiResult<()> {
        let refused = |key: &str| Err(KeptError::invalid("group", Message::new(key)));
        if written::waits_for_the_office(store.read(), tap.group)? {
            return refused("error-undo-at-office");
        }
        if tap.written_at <= earliest(&context.time) {
            return refused("error-too-late-to-undo");
        }
        for doc in docs_of_tap(store, tap.group)? {
            let place = placements::get(store.read(), doc)?;
            if place.is_some_and(|place| place.kind == DocumentKind::Handbook) {
                return refused("error-undo-handbook");
            }
        }
        Ok(())
    }
}

/// Returns the instant after which something must have been written to be taken back. A clock that was set back forbids
/// nothing; one that was set ahead does only if the server's time agrees.
fn earliest(now: &RecordedTime) -> Millis {
    now.wall_ms.min(now.instant(None)).saturating_sub(UNDO_MS)
}

/// Returns the documents of a tap, each once, in its order.
fn docs_of_tap(store: Reading<'_>, first: GroupId) -> ApiResult<Vec<DocId>> {
    let mut docs: Vec<DocId> = Vec::new();
    for group in written::groups_of_tap(store.read(), first)? {
        for doc in changes::docs_of_group(store.read(), group)? {
            if !docs.contains(&doc) {
                docs.push(doc);
            }
        }
    }
    Ok(docs)
}

impl Context {
    /// Returns a tap as it is offered to be taken back; none if it waits at the office, or has a way of its own.
    fn undoable(&self, store: Reading<'_>, tap: WrittenTap) -> ApiResult<Option<UndoableWrite>> {
        let waits = written::waits_for_the_office(store.read(), tap.group)?;
        let docs = docs_of_tap(store, tap.group)?;
        let Some(first) = docs.first().filter(|_| !waits) else {
            return Ok(None);
        };
        let Some(place) = placements::get(store.read(), *first)? else {
            return Ok(None);
        };
        if place.kind == DocumentKind::Handbook {
            return Ok(None);
        }
        let words = self.group_words(store, &docs, place.kind)?;
        Ok(Some(UndoableWrite {
            group: tap.group,
            written_at: tap.written_at,
            until: tap.written_at.saturating_add(UNDO_MS),
            words,
            sent: tap.state != Some(GroupState::Unsent),
            docs,
        }))
    }
}

#[cfg(test)]
mod tests;
