//! Open promises that a draft would promise once more.

use crate::model::event::{Event, EventBody};
use crate::model::fold;
use crate::model::time::Due;
use crate::notebook::Notebook;
use crate::notebook::context::Context;
use crate::notebook::errors::ApiResult;
use crate::notebook::handbook::checks::offered_kind;
use crate::notebook::promises::drafts::PromiseDraft;
use crate::notebook::promises::records::PromiseSummary;
use crate::notebook::rows::promise_record;
use crate::store::queries::{self, PromiseQuery};

#[uniffi::export]
impl Notebook {
    /// Returns the open promises that a draft would promise once more: the same, of the same kind, to the same customer
    /// for the same date in the same words. Empty for a draft that is refused because its kind is not offered or its
    /// date has passed.
    pub fn duplicates_of_promise(&self, draft: PromiseDraft) -> ApiResult<Vec<PromiseSummary>> {
        let said = |texts: [&str; 2]| texts.map(fold::plain);
        let drafted = said([&draft.deliverable, &draft.criterion]);
        self.read(|store| {
            let context = Context::load(self, store)?;
            if offered_kind(&context.company.handbook, &draft.kind).is_err() {
                return Ok(vec![]);
            }
            let Ok(due) = context.checked_due(draft.due) else {
                return Ok(vec![]);
            };
            let query = PromiseQuery {
                open_only: true,
                account: draft.account,
                kind: Some(draft.kind.trim().to_lowercase()),
                person: None,
                limit: u32::MAX,
                offset: 0,
            };
            let mut promises = context.promises(&queries::promises(store.read(), &query)?)?;
            promises.retain(|promise| {
                is_same_date(&promise.due, &due)
                    && promise.account == draft.account
                    && said([&promise.deliverable, &promise.criterion]) == drafted
            });
            let mut doubles = Vec::new();
            for promise in promises {
                let record = promise_record(store, promise.id)?;
                let same_words = |event: &Event| matches!(&event.stored.body, EventBody::Made(made) if made.words == draft.words);
                if record.events.iter().any(same_words) {
                    doubles.push(promise);
                }
            }
            Ok(doubles)
        })
    }
}

/// True if two dates say the same day and time, whatever the company's hours were when they were written down.
fn is_same_date(one: &Due, other: &Due) -> bool {
    (&one.date, &one.part, &one.zone, one.repeated)
        == (&other.date, &other.part, &other.zone, other.repeated)
}
