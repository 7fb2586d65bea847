//! The first events of a new promise, from its draft and its origin.

use crate::document::TERMS_OF_THIS_GROUP;
use crate::language::Message;
use crate::limits;
use crate::model::event::{EventBody, Performer, PromiseMade};
use crate::model::ids::{DocId, PersonId};
use crate::model::visit::NameSnapshot;
use crate::notebook::Notebook;
use crate::notebook::checks::{check_max_chars, non_empty_name};
use crate::notebook::context::Context;
use crate::notebook::errors::ApiResult;
use crate::notebook::handbook::checks::offered_kind;
use crate::notebook::promises::drafts::PromiseDraft;
use crate::notebook::rows::copied_names;
use crate::store::Reading;

/// The origin of a new promise, beside its draft.
#[derive(Clone, Debug, Default)]
pub(in crate::notebook) struct PromiseOrigin {
    /// The visit during which it was promised; none if it was at none.
    pub visit: Option<DocId>,
    /// The names of customer and contact as they were, where the customer is not here.
    pub labels: NameSnapshot,
    /// The promise that it writes again; none if it writes none again.
    pub predecessor: Option<DocId>,
}

impl Context {
    /// Returns the first events of a promise from its draft, checked, as this notebook's person promises it.
    pub(in crate::notebook) fn events_of_draft(
        &self,
        store: Reading<'_>,
        draft: PromiseDraft,
        origin: PromiseOrigin,
    ) -> ApiResult<Vec<EventBody>> {
        let kind = offered_kind(&self.company.handbook, &draft.kind)?;
        let deliverable = non_empty_name("deliverable", &draft.deliverable)?;
        check_max_chars("criterion", &draft.criterion, limits::VALUE_CHARS)?;
        check_max_chars("words", &draft.words, limits::NAME_CHARS)?;
        let due = self.checked_due(draft.due)?;
        self.check_performer(&draft.performer)?;
        let origin = match draft.makes_right {
            Some(broken) => self.origin_of_make_right(store, broken, origin)?,
            None => origin,
        };
        let made = PromiseMade {
            rules: kind.rules(),
            kind: kind.key,
            deliverable,
            criterion: draft.criterion,
            account: draft.account,
            contact: draft.contact,
            labels: copied_names(store, draft.account, draft.contact, origin.labels)?,
            promiser: self.me(),
            performer: draft.performer.clone(),
            not_before: self.checked_not_before(draft.not_before, &due)?,
            due,
            words: draft.words,
            channel: draft.channel,
            visit: origin.visit,
            predecessor: origin.predecessor,
            makes_right: draft.makes_right,
            suggestion: self.checked_suggestion(draft.suggestion)?,
        };
        let mut bodies = vec![EventBody::Made(Box::new(made))];
        if draft.told {
            bodies.push(EventBody::Communicated {
                contact: draft.contact,
                channel: draft.channel,
            });
        }
        // A performer who promised it themselves has said yes already.
        if let (true, Performer::Person { person }) = (draft.ask, &draft.performer)
            && *person != self.me()
        {
            bodies.push(EventBody::Asked {
                person: *person,
                terms: TERMS_OF_THIS_GROUP,
            });
        }
        Ok(bodies)
    }
}

#[uniffi::export]
impl Notebook {
    /// Returns the notice that I should hear at once as the promiser of a draft, where the customer was told and no
    /// performer was asked; else none.
    pub fn promise_notice(&self, draft: PromiseDraft) -> ApiResult<Option<Message>> {
        let context = self.read(|store| Context::load(self, store))?;
        let performer_name = match &draft.performer {
            Performer::Person { person } => context.registry.name(*person).unwrap_or_default(),
            Performer::Nobody | Performer::Pool { .. } => "",
        };
        Ok(promise_notice(&draft, context.me(), performer_name))
    }
}

/// Returns the notice that a promiser should hear at once, where the customer was told and no performer was asked; else
/// none.
pub fn promise_notice(draft: &PromiseDraft, me: PersonId, performer_name: &str) -> Option<Message> {
    if !draft.told {
        return None;
    }
    match &draft.performer {
        Performer::Nobody => Some(Message::new("notice-nobody-named")),
        Performer::Person { person } if !draft.ask && *person != me => {
            Some(Message::new("notice-nobody-asked").text("name", performer_name))
        }
        Performer::Person { .. } | Performer::Pool { .. } => None,
    }
}
