//! The content of drafts: how a list calls one, and the edits with which it is logged.

use crate::language::Message;
use crate::model::account::{AccountDraft, AccountEdit};
use crate::model::edit::{Edit, Operation};
use crate::model::ids::{DocId, ItemId};
use crate::model::visit::{NameSnapshot, UsageEdit, VisitEdit};
use crate::notebook::Notebook;
use crate::notebook::context::Context;
use crate::notebook::drafts::records::{DraftContent, DraftField, LoggedDocs};
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::promises::new_promise::PromiseOrigin;
use crate::notebook::rows::account_of;
use crate::notebook::usages::checked_usage;
use crate::store::{Reading, queries};

/// The most characters of its text that a list shows of a draft.
const TEXT_CHARS: usize = 200;

impl DraftContent {
    /// Returns its kind with its customer, and the beginning of its text.
    pub(in crate::notebook) fn title_and_text(
        &self,
        store: Reading<'_>,
    ) -> ApiResult<(Message, String)> {
        let (account, kind, given, text) = match self {
            Self::Visit { entry, new_account } => {
                let visit = &entry.visit;
                let given = name_of(new_account.as_ref(), &visit.labels);
                let texts = [&visit.said, &visit.means, &visit.help];
                (visit.account, "thing-visit", given, first_of(&texts))
            }
            Self::Usage { draft, new_account } => {
                let given = name_of(new_account.as_ref(), &draft.labels);
                let texts = [&draft.quote, &draft.doing, &draft.notes, &draft.product];
                (draft.account, "thing-usage", given, first_of(&texts))
            }
            Self::Promise { draft, new_account } => {
                let given = name_of(new_account.as_ref(), &NameSnapshot::default());
                let texts = [&draft.deliverable, &draft.criterion];
                (draft.account, "thing-promise", given, first_of(&texts))
            }
            Self::Account { draft } => {
                let texts = [&draft.notes, &draft.uses];
                (None, "thing-account", draft.name.clone(), first_of(&texts))
            }
            Self::Text { doc, text, .. } => {
                let row = queries::one(store.read(), *doc)?;
                let name = row.map(|row| row.title).unwrap_or_default();
                (None, "thing-text", name, first_of(&[text]))
            }
        };
        let known = match account {
            Some(account) => account_of(store, account)?,
            None => None,
        };
        let name = known.map_or(given, |account| account.name);
        let title = Message::new("draft-title")
            .keyed("kind", kind)
            .text("account", name);
        Ok((title, text))
    }
}

/// Returns the name of a new customer, else that which was given.
fn name_of(new_account: Option<&AccountDraft>, labels: &NameSnapshot) -> String {
    new_account.map_or_else(|| labels.account.clone(), |account| account.name.clone())
}

fn first_of(texts: &[&String]) -> String {
    let mut texts = texts.iter().map(|text| text.trim());
    let first = texts.find(|text| !text.is_empty()).unwrap_or_default();
    first.chars().take(TEXT_CHARS).collect()
}

impl Notebook {
    /// Returns the edits with which a draft is logged, and the documents that they write; refused where what it says
    /// would be refused without a draft.
    pub(in crate::notebook) fn edits_of_draft(
        &self,
        store: Reading<'_>,
        content: DraftContent,
    ) -> ApiResult<(Vec<Edit>, LoggedDocs)> {
        let mut logged = LoggedDocs::default();
        let mut edits = Vec::new();
        match content {
            DraftContent::Visit {
                mut entry,
                new_account,
            } => {
                if let Some(new) = self.new_account(new_account, entry.visit.account)? {
                    let visit = &mut entry.visit;
                    visit.account = Some(new.doc);
                    visit.labels = new.labels(visit.contact);
                    logged.account = Some(new.doc);
                    edits.push(new.edit());
                }
                let (further, visit) = self.visit_edits(store, entry)?;
                edits.extend(further);
                logged.visit = Some(visit.visit);
                logged.usages = visit.usages;
                logged.promises = visit.promises;
            }
            DraftContent::Usage {
                mut draft,
                new_account,
            } => {
                if let Some(new) = self.new_account(new_account, draft.account)? {
                    draft.account = Some(new.doc);
                    draft.labels = new.labels(None);
                    logged.account = Some(new.doc);
                    edits.push(new.edit());
                }
                let doc = self.new_doc();
                let operation = Operation::CreateUsage(checked_usage(store, draft)?);
                edits.push(Edit { doc, operation });
                logged.usages.push(doc);
            }
            DraftContent::Promise {
                mut draft,
                new_account,
            } => {
                let mut origin = PromiseOrigin::default();
                if let Some(new) = self.new_account(new_account, draft.account)? {
                    draft.account = Some(new.doc);
                    origin.labels = new.labels(draft.contact);
                    logged.account = Some(new.doc);
                    edits.push(new.edit());
                }
                let context = Context::load_joined(self, store)?;
                let doc = self.new_doc();
                let events = context.events_of_draft(store, draft, origin)?;
                let operation = Operation::CreatePromise(events);
                edits.push(Edit { doc, operation });
                logged.promises.push(doc);
            }
            DraftContent::Account { draft } => {
                let doc = self.new_doc();
                let operation = Operation::CreateAccount(self.checked_account(draft)?);
                edits.push(Edit { doc, operation });
                logged.account = Some(doc);
            }
            DraftContent::Text {
                doc,
                field,
                text,
                was,
            } => {
                edits.push(self.edit_of_text(store, doc, field, text, was)?);
                logged.changed = Some(doc);
            }
        }
        Ok((edits, logged))
    }

    /// Returns a customer who is entered with what is logged; none if they are not. Refused if another one is named.
    fn new_account(
        &self,
        draft: Option<AccountDraft>,
        named: Option<DocId>,
    ) -> ApiResult<Option<NewAccount>> {
        let Some(draft) = draft else {
            return Ok(None);
        };
        if named.is_some() {
            let words = Message::new("error-two-customers");
            return Err(KeptError::invalid("account", words));
        }
        Ok(Some(NewAccount {
            doc: self.new_doc(),
            draft: self.checked_account(draft)?,
        }))
    }

    fn edit_of_text(
        &self,
        store: Reading<'_>,
        doc: DocId,
        field: DraftField,
        text: String,
        was: Option<String>,
    ) -> ApiResult<Edit> {
        let account = |edit| self.account_edit(store, doc, vec![edit]);
        let visit = |edit| self.visit_edit(store, doc, vec![edit]);
        match field {
            DraftField::AccountNotes => account(AccountEdit::Notes { text, was }),
            DraftField::AccountUses => account(AccountEdit::Uses { text, was }),
            DraftField::AccountMustNotFail => account(AccountEdit::MustNotFail { text, was }),
            DraftField::VisitSaid => visit(VisitEdit::Said { text, was }),
            DraftField::VisitMeans => visit(VisitEdit::Means { text, was }),
            DraftField::VisitHelp => visit(VisitEdit::Help { text, was }),
            DraftField::UsageNotes => {
                self.usage_edit(store, doc, vec![UsageEdit::Notes { text, was }])
            }
        }
    }
}

/// A customer who is entered with what is logged.
struct NewAccount {
    doc: DocId,
    draft: AccountDraft,
}

impl NewAccount {
    /// The names that others copy: the customer is not here while they are checked.
    fn labels(&self, contact: Option<ItemId>) -> NameSnapshot {
        let mut contacts = self.draft.contacts.iter();
        let contact = contacts.find(|known| contact.is_some() && known.id == contact);
        NameSnapshot {
            account: self.draft.name.clone(),
            site: String::new(),
            contact: contact
                .map(|contact| contact.name.clone())
                .unwrap_or_default(),
        }
    }

    fn edit(self) -> Edit {
        Edit {
            doc: self.doc,
            operation: Operation::CreateAccount(self.draft),
        }
    }
}
