//! Making right: a promise that follows a broken one, and how the two show each other.
//!
//! Broken promises can be made right whatever broke them. This is the next thing to do where the office found the
//! promise broken or we called it off; once a promise stands that makes it right and is neither broken nor void, there
//! is no second.

use crate::language::Message;
use crate::model::event::Performer;
use crate::model::ids::DocId;
use crate::model::placement::DocumentKind;
use crate::model::promise::{Facts, Mover, Outcome, WorkState, reduce};
use crate::model::time::Due;
use crate::notebook::Notebook;
use crate::notebook::context::Context;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::promises::drafts::PromiseDraft;
use crate::notebook::promises::new_promise::PromiseOrigin;
use crate::notebook::promises::records::{Promise, PromiseLink, PromiseSummary};
use crate::notebook::rows::promise_record;
use crate::store::Reading;
use crate::store::queries::{self, ListedEntry};

#[uniffi::export]
impl Notebook {
    /// Returns a draft of a promise that makes a broken one right, to be looked through and then made: for the same
    /// customer and contact, of the same kind, by the same performer, if they are still here. Refused if the promise is
    /// not broken or is made right already. Nothing is saved.
    pub fn draft_to_make_right(&self, broken: DocId, due: Due) -> ApiResult<PromiseDraft> {
        self.read(|store| {
            let context = Context::load(self, store)?;
            let facts = context.broken_facts(store, broken)?;
            let made = facts.made;
            let performer = match facts.performer {
                Performer::Person { person } if context.has_left(person) => Performer::Nobody,
                performer => performer,
            };
            let offered = context.company.handbook.kinds.get(&made.kind);
            let kind = match offered.is_some_and(|kind| !kind.retired) {
                true => made.kind,
                false => FIX.to_owned(),
            };
            Ok(PromiseDraft {
                kind,
                deliverable: made.deliverable,
                criterion: made.criterion,
                account: made.account,
                contact: made.contact,
                performer,
                due,
                words: String::new(),
                channel: made.channel,
                told: false,
                ask: true,
                not_before: None,
                suggestion: None,
                makes_right: Some(broken),
            })
        })
    }
}

/// The kind of a promise that makes right where the broken one's is offered no more.
const FIX: &str = "fix";

/// True if an outcome can be made right.
fn is_broken(outcome: &Outcome) -> bool {
    match outcome {
        Outcome::BrokenLate
        | Outcome::BrokenMissed
        | Outcome::BrokenCancelled
        | Outcome::BrokenFound => true,
        Outcome::Open | Outcome::Kept | Outcome::NotConfirmed { .. } | Outcome::Void => false,
    }
}

/// True if a promise that makes another right stands: a broken one does not, nor one that was called off.
fn stands(summary: &PromiseSummary) -> bool {
    !is_broken(&summary.state.outcome) && summary.state.outcome != Outcome::Void
}

impl Context {
    /// Returns the origin of a promise that makes another right. Refuses to make right a promise that is not broken,
    /// and one that is made right already.
    pub(in crate::notebook) fn origin_of_make_right(
        &self,
        store: Reading<'_>,
        broken: DocId,
        origin: PromiseOrigin,
    ) -> ApiResult<PromiseOrigin> {
        let facts = self.broken_facts(store, broken)?;
        Ok(PromiseOrigin {
            labels: facts.made.labels,
            ..origin
        })
    }

    /// Returns the facts of a broken promise that is to be made right; an error if it cannot be.
    fn broken_facts(&self, store: Reading<'_>, id: DocId) -> ApiResult<Facts> {
        let record = promise_record(store, id)?;
        let facts = reduce(&record.events, &self.registry)
            .ok_or_else(|| KeptError::not_found("thing-promise", id))?;
        let state = facts.state(id, self.now, &self.registry);
        let refused = |words| KeptError::invalid("makes_right", words);
        if !is_broken(&state.outcome) {
            return Err(refused(Message::new("error-not-broken")));
        }
        let others = self.making_right(store, id)?;
        if let Some(other) = others.iter().find(|other| stands(other)) {
            let words = Message::new("error-made-right").text("id", other.id.to_string());
            return Err(refused(words));
        }
        Ok(facts)
    }

    /// Returns the promises that make another one right; those that were taken back make nothing right.
    fn making_right(&self, store: Reading<'_>, id: DocId) -> ApiResult<Vec<PromiseSummary>> {
        let mut promises = Vec::new();
        for row in queries::followers(store.read(), id)? {
            let (record, facts) = self.record_and_facts(&row)?;
            if facts.made.makes_right == Some(id) && !facts.retracted {
                promises.push(self.summary(&row, &record, &facts)?);
            }
        }
        Ok(promises)
    }

    /// Links a promise to the one that it makes right and to those that make it right, and says if to make it right is
    /// the next thing to do.
    pub(in crate::notebook) fn add_links(
        &self,
        store: Reading<'_>,
        row: &ListedEntry,
        promise: &mut Promise,
    ) -> ApiResult<()> {
        let (_, facts) = self.record_and_facts(row)?;
        if let Some(broken) = facts.made.makes_right {
            let other = queries::one(store.read(), broken)?;
            let other = other.filter(|other| other.kind == DocumentKind::Promise);
            let summary = match other {
                Some(other) => {
                    let (record, facts) = self.record_and_facts(&other)?;
                    Some(self.summary(&other, &record, &facts)?)
                }
                None => None,
            };
            let words = match &summary {
                Some(summary) => link_message("link-makes-right", summary),
                None => Message::new("link-makes-right-elsewhere"),
            };
            promise.makes_right = Some(PromiseLink {
                id: broken,
                words,
                summary,
            });
        }
        let by = self.making_right(store, row.doc)?;
        let state = &promise.summary.state;
        let is_made_right = by.iter().any(stands);
        promise.may_make_right = is_broken(&state.outcome) && !is_made_right;
        promise.made_right_by = by
            .into_iter()
            .map(|summary| PromiseLink {
                id: summary.id,
                words: link_message("link-made-right-by", &summary),
                summary: Some(summary),
            })
            .collect();
        let failed = match state.outcome {
            Outcome::BrokenFound => true,
            Outcome::BrokenCancelled => state.work == WorkState::Cancelled,
            _ => false,
        };
        if failed && is_made_right && !state.work.is_open() {
            promise.next_words = Message::new("next-made-right");
        } else if failed && !is_made_right {
            promise.next_words =
                Message::new("next-make-right").text("promiser", &promise.summary.promiser_name);
            promise.summary.mover = Mover::Promiser;
        }
        Ok(())
    }
}

fn link_message(key: &str, summary: &PromiseSummary) -> Message {
    // messages: link-makes-right link-made-right-by
    Message::new(key)
        .text("deliverable", &summary.deliverable)
        .due("due", &summary.due)
}

#[cfg(test)]
#[path = "make_right_tests.rs"]
mod tests;
