//! The line of a mixed list that stands for a document.

use crate::language::Message;
use crate::model::account::Account;
use crate::model::edit::Parts;
use crate::model::placement::DocumentKind;
use crate::model::promise::read;
use crate::model::time::Trust;
use crate::model::visit::{Usage, Visit};
use crate::notebook::context::Context;
use crate::notebook::entries::records::{EntryKind, EntrySummary};
use crate::notebook::errors::ApiResult;
use crate::notebook::rows::{decode, first_phone};
use crate::store::queries::ListedEntry;

impl Context {
    /// Returns the line of a row.
    pub(in crate::notebook) fn entry(&self, row: &ListedEntry) -> ApiResult<EntrySummary> {
        let plain = EntrySummary {
            id: row.doc,
            kind: EntryKind::Account,
            account: row.account,
            account_name: row.title.clone(),
            at: row.at,
            by: String::new(),
            by_me: false,
            text: String::new(),
            aside: String::new(),
            channel: None,
            pain: None,
            promise: None,
            parts: None,
            parts_words: None,
            trust: Trust::Good,
            unsent: row.unsent,
            matches: vec![],
            likely_same: vec![],
            archived: false,
        };
        let entry = match row.kind {
            DocumentKind::Account => {
                let account: Account = decode(&row.detail)?;
                EntrySummary {
                    parts: account.parts,
                    archived: account.archived,
                    by: account.created.name.clone(),
                    by_me: self.is_mine(&account.created),
                    aside: first_phone(&account),
                    text: account.name,
                    ..plain
                }
            }
            DocumentKind::Visit => {
                let visit: Visit = decode(&row.detail)?;
                EntrySummary {
                    parts: visit.parts,
                    archived: visit.archived,
                    kind: EntryKind::Visit,
                    by: visit.by.name.clone(),
                    by_me: self.is_mine(&visit.by),
                    trust: visit.trust(),
                    channel: Some(visit.channel),
                    text: visit.said,
                    aside: visit.means,
                    ..plain
                }
            }
            DocumentKind::Usage => {
                let usage: Usage = decode(&row.detail)?;
                let first = |texts: [&String; 4]| {
                    texts
                        .into_iter()
                        .find(|text| !text.is_empty())
                        .cloned()
                        .unwrap_or_default()
                };
                EntrySummary {
                    parts: usage.parts,
                    archived: usage.archived,
                    kind: EntryKind::Usage,
                    by: usage.by.name.clone(),
                    by_me: self.is_mine(&usage.by),
                    trust: usage.written.trust(),
                    pain: Some(usage.pain),
                    text: first([&usage.quote, &usage.doing, &usage.notes, &usage.product]),
                    aside: usage.workaround,
                    ..plain
                }
            }
            _ => {
                let record = row.promise()?;
                let made = record.events.first();
                let promise = read(&record.events, &self.registry)
                    .map(|facts| self.summary(row, &record, &facts))
                    .transpose()?;
                EntrySummary {
                    kind: EntryKind::Promise,
                    account_name: promise
                        .as_ref()
                        .map(|promise| promise.account_name.clone())
                        .unwrap_or_default(),
                    by: made.map(|event| event.by.name.clone()).unwrap_or_default(),
                    by_me: made.is_some_and(|event| self.is_mine(&event.by)),
                    trust: made.map_or(Trust::Unknown, |event| event.stored.time.trust()),
                    text: row.title.clone(),
                    aside: promise
                        .as_ref()
                        .map(|promise| promise.criterion.clone())
                        .unwrap_or_default(),
                    promise,
                    ..plain
                }
            }
        };
        Ok(EntrySummary {
            parts_words: entry.parts.as_ref().map(parts_message),
            ..entry
        })
    }
}

/// Returns the sentence that more of an entry is on its way.
#[uniffi::export]
pub fn parts_message(parts: &Parts) -> Message {
    Message::new("parts-here")
        .number("here", parts.here)
        .number("of", parts.of)
}
