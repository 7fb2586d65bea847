//! The thing that a group concerns, in a few words, and everything that was typed in it, as text.

use crate::language::{Lang, Message, message_text};
use crate::model::edit::Operation;
use crate::model::ids::{DocId, GroupId};
use crate::model::placement::DocumentKind;
use crate::notebook::Notebook;
use crate::notebook::context::Context;
use crate::notebook::entries::messages::entry_kind_message;
use crate::notebook::entries::records::EntryKind;
use crate::notebook::errors::ApiResult;
use crate::notebook::numbers::count_i64;
use crate::store::withdrawal::OutboxGroup;
use crate::store::{Reading, changes, placements, queries};

impl Context {
    /// Returns what documents that were written together concern: the kind and the title of the first, and the number of
    /// further ones. `kind` is of the first, for where it has no row.
    pub(in crate::notebook) fn group_words(
        &self,
        store: Reading<'_>,
        docs: &[DocId],
        kind: DocumentKind,
    ) -> ApiResult<Message> {
        let row = match docs.first() {
            Some(first) => queries::one(store.read(), *first)?,
            None => None,
        };
        let title = match row {
            // Only what has no name is read whole: a list may have thousands.
            Some(row) if row.title.is_empty() && has_text(row.kind) => self.entry(&row)?.text,
            Some(row) => row.title,
            None => String::new(),
        };
        Ok(written_words(kind, &title, docs.len()))
    }
}

/// True if lists have a text of their own for documents of a kind.
fn has_text(kind: DocumentKind) -> bool {
    matches!(kind, DocumentKind::Visit | DocumentKind::Usage)
}

/// Returns what a group concerns that is in no row: its title as it was written.
pub(in crate::notebook) fn withdrawn_words(content: &OutboxGroup) -> Message {
    let kind = content.edits.first().map(|edit| edit.operation.kind());
    let kind = kind.or_else(|| content.group.places.first().map(|place| place.kind));
    let title = content.edits.first().map(|edit| title_of(&edit.operation));
    let docs = content.group.places.len();
    written_words(
        kind.unwrap_or(DocumentKind::Account),
        title.unwrap_or_default(),
        docs,
    )
}

/// Returns the name by which people know what an operation writes; empty where it says none.
fn title_of(operation: &Operation) -> &str {
    match operation {
        Operation::CreateAccount(draft) => &draft.name,
        Operation::CreateVisit(draft) if draft.labels.account.is_empty() => &draft.said,
        Operation::CreateVisit(draft) => &draft.labels.account,
        Operation::CreateUsage(draft) if draft.labels.account.is_empty() => &draft.quote,
        Operation::CreateUsage(draft) => &draft.labels.account,
        Operation::Part(_, operation) => title_of(operation),
        _ => "",
    }
}

fn written_words(kind: DocumentKind, title: &str, docs: usize) -> Message {
    let kind = match kind {
        DocumentKind::Account => entry_kind_message(EntryKind::Account).key,
        DocumentKind::Visit => entry_kind_message(EntryKind::Visit).key,
        DocumentKind::Usage => entry_kind_message(EntryKind::Usage).key,
        DocumentKind::Promise => entry_kind_message(EntryKind::Promise).key,
        DocumentKind::Person => entry_kind_message(EntryKind::Person).key,
        _ => "thing-entry".to_owned(),
    };
    // messages: thing-entry
    Message::new("undoable")
        .keyed("kind", kind)
        .text("title", title)
        .number("more", count_i64(docs.saturating_sub(1)))
}

impl Notebook {
    /// Returns what a group wrote, field by field, in the order in which it was written.
    pub(in crate::notebook) fn written_text(
        &self,
        store: Reading<'_>,
        context: &Context,
        group: GroupId,
        lang: Lang,
    ) -> ApiResult<String> {
        let mut docs: Vec<DocId> = Vec::new();
        for doc in changes::docs_of_group(store.read(), group)? {
            if !docs.contains(&doc) {
                docs.push(doc);
            }
        }
        let mut paragraphs = Vec::with_capacity(docs.len());
        for doc in docs {
            let kind = placements::get(store.read(), doc)?.map(|place| place.kind);
            let kind = kind.unwrap_or(DocumentKind::Account);
            let mut lines = vec![message_text(
                &context.group_words(store, &[doc], kind)?,
                lang,
            )];
            let ours = changes::hashes_of_group(store.read(), doc, group)?;
            for field in context.fields_written(store, doc, &ours)? {
                let (label, value) = (
                    message_text(&field.label, lang),
                    message_text(&field.value, lang),
                );
                lines.push(format!("{label}: {value}"));
            }
            paragraphs.push(lines.join("\n"));
        }
        Ok(paragraphs.join("\n\n"))
    }
}
