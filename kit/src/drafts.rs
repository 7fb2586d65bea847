//! Short drafts of what people enter.

use kept_core::model::account::{AccountDraft, ContactPointDraft, ContactPointKind};
use kept_core::model::event::{Evidence, EvidenceKind, Performer};
use kept_core::model::ids::{DocId, PersonId};
use kept_core::model::time::Due;
use kept_core::model::visit::{Channel, UsageDraft, VisitDraft};
use kept_core::notebook::{PromiseDraft, PromiseEdit, VisitEntry};

/// A customer of a name.
pub fn account(name: &str) -> AccountDraft {
    AccountDraft {
        name: name.into(),
        ..AccountDraft::default()
    }
}

/// The customer's main telephone number.
pub fn main_phone(number: &str) -> ContactPointDraft {
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

/// An entry of a visit without observations and promises.
pub fn visit_entry(account: Option<DocId>, said: &str) -> VisitEntry {
    VisitEntry {
        visit: visit(account, said),
        usages: vec![],
        promises: vec![],
    }
}

/// An entry of a call in which something was said.
pub fn call_entry(account: DocId, said: &str) -> VisitEntry {
    let mut visit_entry = visit_entry(Some(account), said);
    visit_entry.visit.channel = Channel::Call;
    visit_entry
}

/// An observation at a baker's.
pub fn usage(account: Option<DocId>) -> UsageDraft {
    UsageDraft {
        account,
        product: "dough divider".into(),
        workaround: "weighs every tenth loaf by hand".into(),
        frequency: "every morning".into(),
        pain: 2,
        quote: "the scale lies after an hour".into(),
        ..UsageDraft::default()
    }
}

/// A promise of a kind that was told on site; its performer is not asked.
pub fn promise_by(kind: &str, deliverable: &str, performer: Performer, due: Due) -> PromiseDraft {
    PromiseDraft {
        kind: kind.into(),
        deliverable: deliverable.into(),
        criterion: "it stands in the hall and runs".into(),
        account: None,
        contact: None,
        performer,
        due,
        words: "by then".into(),
        channel: Channel::OnSite,
        told: true,
        ask: false,
        not_before: None,
        suggestion: None,
        makes_right: None,
    }
}

/// A delivery that its performer is asked to make.
pub fn promise(deliverable: &str, performer: PersonId, due: Due) -> PromiseDraft {
    let performer = Performer::Person { person: performer };
    PromiseDraft {
        ask: true,
        ..promise_by("delivery", deliverable, performer, due)
    }
}

/// A delivery to a customer that its performer is asked to make.
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

/// The event that a promise was kept now, with one proof.
pub fn fulfilled(kind: EvidenceKind, note: &str) -> PromiseEdit {
    PromiseEdit::Fulfil {
        occurred_at: None,
        evidence: vec![Evidence {
            kind,
            note: note.into(),
            file: None,
        }],
    }
}
