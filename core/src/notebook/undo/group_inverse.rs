//! The edits that take a group back, document by document.

use std::collections::BTreeSet;

use crate::document::chunk::CheckedChange;
use crate::document::set_aside::ReceivedChange;
use crate::document::{self, Authors, Content, LoadedDocument};
use crate::language::Message;
use crate::model::account::AccountEdit;
use crate::model::colleague_profile::PersonEntry;
use crate::model::edit::{Edit, Operation};
use crate::model::event::{Event, EventBody};
use crate::model::ids::{DocId, EventId, GroupId, Hash};
use crate::model::inverse::{
    Inverse, LeftField, Then, account_inverse, person_inverse, usage_inverse, visit_inverse,
};
use crate::model::placement::{DocumentKind, Placement};
use crate::model::promise::read;
use crate::model::visit::{UsageEdit, VisitEdit};
use crate::notebook::Notebook;
use crate::notebook::context::Context;
use crate::notebook::entries::messages::entry_kind_message;
use crate::notebook::entries::{HAPPENED, listed_kinds};
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::history::fields::{FieldMessage, FieldValue, value_message};
use crate::notebook::promises::drafts::PromiseEdit;
use crate::notebook::rows::promise_record;
use crate::store::{Reading, StoreError, changes, placements, queries, written};

/// The edits that take a group back, as they are gathered.
pub(in crate::notebook) struct GroupInverse<'a> {
    notebook: &'a Notebook,
    context: &'a Context,
    store: Reading<'a>,
    groups: Vec<GroupId>,
    /// The documents of the group that are to be archived, or are archived.
    away: BTreeSet<DocId>,
    edits: Vec<Edit>,
    left: Vec<FieldMessage>,
}

/// The changes of a document, divided by what the group saw and wrote.
struct Divided {
    /// The changes that its author saw.
    before: Vec<ReceivedChange>,
    /// These and the changes of the group.
    after: Vec<ReceivedChange>,
    /// Every change of it that is here.
    now: Vec<ReceivedChange>,
    /// The changes of the group in it, in the order in which they were written.
    own: Vec<CheckedChange>,
    /// True if another person wrote into it without having been seen by the group.
    written_since: bool,
}

impl<'a> GroupInverse<'a> {
    pub(in crate::notebook) fn new(
        notebook: &'a Notebook,
        context: &'a Context,
        store: Reading<'a>,
        tap: GroupId,
    ) -> ApiResult<Self> {
        Ok(Self {
            notebook,
            context,
            store,
            groups: written::groups_of_tap(store.read(), tap)?,
            away: BTreeSet::new(),
            edits: vec![],
            left: vec![],
        })
    }

    /// The edits, and the fields that stay.
    pub(in crate::notebook) fn finish(self) -> (Vec<Edit>, Vec<FieldMessage>) {
        (self.edits, self.left)
    }

    /// Takes back what the group wrote into a document. Those that were written later come first.
    pub(in crate::notebook) fn take_back(&mut self, doc: DocId) -> ApiResult<()> {
        let place = placements::get(self.store.read(), doc)?;
        let place = place.ok_or(StoreError::NoDocument(doc))?;
        let divided = self.divided(doc)?;
        let creates = divided.before.is_empty();
        match place.kind {
            DocumentKind::Promise => self.take_events_back(doc, &divided, creates),
            DocumentKind::Account | DocumentKind::Visit | DocumentKind::Usage if creates => {
                self.archive(doc, place.kind, divided.written_since)
            }
            _ => self.give_fields_back(doc, &place, divided),
        }
    }

    fn divided(&self, doc: DocId) -> ApiResult<Divided> {
        let mut own = BTreeSet::new();
        for group in &self.groups {
            own.extend(changes::hashes_of_group(self.store.read(), doc, *group)?);
        }
        let now = changes::select(self.store.read(), doc)?.shown;
        let (mut seen, mut found) = (BTreeSet::<Hash>::new(), 0);
        // Causes stand first: from the last to the first, each seen change names what it saw.
        for (change, _) in now.iter().rev() {
            let hash = change.hash();
            if own.contains(&hash) {
                found += 1;
            }
            if own.contains(&hash) || seen.contains(&hash) {
                seen.extend(change.deps());
            }
        }
        if found < own.len() {
            let words = Message::new("error-undo-unreadable");
            return Err(KeptError::invalid("group", words));
        }
        let pick = |wanted: &dyn Fn(&Hash) -> bool| {
            let picked = now.iter().filter(|(change, _)| wanted(&change.hash()));
            picked.cloned().collect::<Vec<_>>()
        };
        let me = self.context.me();
        let written_since = now.iter().any(|(change, _)| {
            let hash = change.hash();
            let author = Authors::author(self.context.registry.as_ref(), change.actor());
            let mine = change.actor() == self.context.identity.actor
                || author.is_some_and(|(person, _)| person == me);
            !own.contains(&hash) && !seen.contains(&hash) && !mine
        });
        let own_changes = pick(&|hash| own.contains(hash)).into_iter();
        Ok(Divided {
            before: pick(&|hash| seen.contains(hash) && !own.contains(hash)),
            after: pick(&|hash| seen.contains(hash) || own.contains(hash)),
            own: own_changes.map(|(change, _)| change).collect(),
            written_since,
            now,
        })
    }

    /// Archives what the group created, unless somebody else went on with it.
    fn archive(&mut self, doc: DocId, kind: DocumentKind, written_since: bool) -> ApiResult<()> {
        let Some(row) = queries::one(self.store.read(), doc)? else {
            return Ok(());
        };
        let entry = self.context.entry(&row)?;
        if entry.archived {
            self.away.insert(doc);
            return Ok(());
        }
        if written_since || self.is_needed(doc, kind)? {
            let title = match entry.text.is_empty() {
                true => entry.account_name,
                false => entry.text,
            };
            self.left.push(FieldMessage {
                label: entry_kind_message(entry.kind),
                value: value_message(&title),
            });
            return Ok(());
        }
        let reason = String::new();
        let operation = match kind {
            DocumentKind::Account => Operation::EditAccount(vec![AccountEdit::Archive]),
            DocumentKind::Visit => Operation::EditVisit(vec![VisitEdit::Archive { reason }]),
            _ => Operation::EditUsage(vec![UsageEdit::Archive { reason }]),
        };
        self.away.insert(doc);
        self.edits.push(Edit { doc, operation });
        Ok(())
    }

    /// True if a customer has entries that stay.
    fn is_needed(&self, doc: DocId, kind: DocumentKind) -> ApiResult<bool> {
        if kind != DocumentKind::Account {
            return Ok(false);
        }
        let kinds = listed_kinds(&[], &HAPPENED);
        let limit = u32::try_from(self.away.len())
            .unwrap_or(u32::MAX)
            .saturating_add(1);
        let rows = queries::timeline(self.store.read(), doc, &kinds, false, None, limit)?;
        Ok(rows.iter().any(|row| !self.away.contains(&row.doc)))
    }

    /// Takes back the events of a promise that the group wrote: of one that it made, the promise itself.
    fn take_events_back(&mut self, doc: DocId, divided: &Divided, creates: bool) -> ApiResult<()> {
        let record = promise_record(self.store, doc)?;
        let facts = read(&record.events, &self.context.registry);
        let is_taken_back = |event: &Event| {
            let facts = facts.as_ref();
            facts.is_some_and(|facts| facts.taken_back.contains(&event.id))
        };
        let own = |event: &&Event| {
            let mut own = divided.own.iter();
            own.any(|change| (change.actor(), change.seq()) == (event.by.actor, event.seq))
        };
        let made = |event: &&Event| matches!(event.stored.body, EventBody::Made(_));
        let undone: Vec<EventId> = record
            .events
            .iter()
            .rev()
            .filter(own)
            .filter(|event| !creates || made(event))
            .filter(|event| !is_taken_back(event))
            .map(|event| event.id)
            .collect();
        self.away.insert(doc);
        if undone.is_empty() {
            return Ok(());
        }
        let edits = undone
            .into_iter()
            .map(|event| PromiseEdit::Retract { event });
        let edits: Vec<PromiseEdit> = edits.collect();
        let operation =
            self.notebook
                .promise_operation(self.context, self.store, doc, edits, None)?;
        self.edits.push(Edit { doc, operation });
        Ok(())
    }

    /// Gives back the fields that the group wrote.
    fn give_fields_back(
        &mut self,
        doc: DocId,
        place: &Placement,
        divided: Divided,
    ) -> ApiResult<()> {
        let read = |changes: Vec<ReceivedChange>| -> ApiResult<Option<Content>> {
            if changes.is_empty() {
                return Ok(None);
            }
            let loaded = LoadedDocument::load(doc, changes).map_err(StoreError::from)?;
            let content = document::read(&loaded, place, self.context.registry.as_ref());
            Ok(content.map_err(StoreError::from)?)
        };
        let before = read(divided.before)?;
        let (after, now) = (read(divided.after)?, read(divided.now)?);
        let (operation, left) = match (&before, &after, &now) {
            (
                Some(Content::Account(before)),
                Some(Content::Account(after)),
                Some(Content::Account(now)),
            ) => {
                let then = Then {
                    before: before.as_ref(),
                    after: after.as_ref(),
                    now: now.as_ref(),
                };
                operation_of(account_inverse(&then), Operation::EditAccount)
            }
            (
                Some(Content::Visit(before)),
                Some(Content::Visit(after)),
                Some(Content::Visit(now)),
            ) => {
                let then = Then {
                    before: before.as_ref(),
                    after: after.as_ref(),
                    now: now.as_ref(),
                };
                operation_of(visit_inverse(&then), Operation::EditVisit)
            }
            (
                Some(Content::Usage(before)),
                Some(Content::Usage(after)),
                Some(Content::Usage(now)),
            ) => {
                let then = Then {
                    before: before.as_ref(),
                    after: after.as_ref(),
                    now: now.as_ref(),
                };
                operation_of(usage_inverse(&then), Operation::EditUsage)
            }
            (before, Some(Content::Person(after)), Some(Content::Person(now))) => {
                let then: Then<Option<&PersonEntry>> = Then {
                    before: match before {
                        Some(Content::Person(before)) => Some(before.as_ref()),
                        _ => None,
                    },
                    after: Some(after.as_ref()),
                    now: Some(now.as_ref()),
                };
                operation_of(person_inverse(&then), Operation::EditPerson)
            }
            _ => {
                let words = Message::new("error-undo-unreadable");
                return Err(KeptError::invalid("group", words));
            }
        };
        self.edits
            .extend(operation.map(|operation| Edit { doc, operation }));
        let handbook = &self.context.company.handbook;
        let left = left.iter().map(|LeftField { path, value }| {
            let words = FieldValue::at(path, value).words(handbook, &self.context.zone);
            words.unwrap_or_else(|| FieldMessage {
                label: Message::new("field-other"),
                value: value_message(value),
            })
        });
        self.left.extend(left);
        Ok(())
    }
}

/// Returns the operation of an inverse, none if it changes nothing, and the fields that stay.
fn operation_of<E>(
    inverse: Inverse<E>,
    operation: impl FnOnce(Vec<E>) -> Operation,
) -> (Option<Operation>, Vec<LeftField>) {
    let Inverse { edits, left } = inverse;
    let changes = (!edits.is_empty()).then(|| operation(edits));
    (changes, left)
}
