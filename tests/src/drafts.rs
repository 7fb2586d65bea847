//! Short ways to say what people enter.

use kept_core::model::account::{AccountDraft, ContactPointDraft, ContactPointKind};
use kept_core::model::event::Performer;
use kept_core::model::ids::{DocId, PersonId};
use kept_core::model::time::Due;
use kept_core::model::visit::{Channel, VisitDraft};
use kept_core::notebook::{PromiseDraft, VisitEntry};

/// A customer of a name.
pub fn account(name: &str) -> AccountDraft {
    AccountDraft {
        name: name.into(),
        ..AccountDraft::default()
    }
}

/// The customer's main phone number.
pub fn phone(number: &str) -> ContactPointDraft {
    ContactPointDraft {
        id: Some(ContactPointKind::Phone.main_item()),
        kind: ContactPointKind::Phone,
        label: String::new(),
        value: number.into(),
        contact: None,
    }
}

/// A visit at which something was said.
pub fn visit(account: Option<DocId>, said: &str) -> VisitDraft {
    VisitDraft {
        account,
        said: said.into(),
        ..VisitDraft::default()
    }
}

/// A tap with nothing but a visit.
pub fn visit_entry(account: Option<DocId>, said: &str) -> VisitEntry {
    VisitEntry {
        visit: visit(account, said),
        usages: vec![],
        promises: vec![],
    }
}

/// A call in which something was said.
pub fn call_entry(account: DocId, said: &str) -> VisitEntry {
    let mut visit_entry = visit_entry(Some(account), said);
    visit_entry.visit.channel = Channel::Call;
    visit_entry
}

/// A promise that its performer is asked to keep.
pub fn promise(deliverable: &str, performer: PersonId, due: Due) -> PromiseDraft {
    PromiseDraft {
        kind: "delivery".into(),
        deliverable: deliverable.into(),
        criterion: "it stands in the hall and runs".into(),
        account: None,
        contact: None,
        performer: Performer::Person { person: performer },
        due,
        words: "by then".into(),
        channel: Channel::OnSite,
        told: true,
        ask: true,
        not_before: None,
        suggestion: None,
        makes_right: None,
    }
}

/// A promise to a customer.
pub fn promise_to(
    account: DocId,
    deliverable: &str,
    performer: PersonId,
    due: Due,
) -> PromiseDraft {
    PromiseDraft {
        account: Some(account),
        ..promise(deliverable, performer, due)
    }
}
