//! The check of a document's history: hashes, causes and numbers of its changes.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::document::chunk::{CheckedChange, ChunkError};
use crate::document::{DocumentError, LoadedDocument};
use crate::language::Message;
use crate::model::ids::{Actor, DocId, Hash};
use crate::notebook::Notebook;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::store::Reading;
use crate::store::changes::{self, Recorded};

/// The result of a check of a document's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct HistoryCheck {
    /// The document's id.
    pub id: DocId,
    /// The number of its changes.
    pub changes: u32,
    /// The number of changes that have the server's receipt.
    pub receipts: u32,
    /// The number of changes that have not reached the server.
    pub unsent: u32,
    /// The problems, as sentences; empty in an intact history.
    pub problems: Vec<Message>,
}

impl HistoryCheck {
    /// Returns the result in sentences: the problems, or one that says that there are none.
    pub fn messages(&self) -> Vec<Message> {
        if !self.problems.is_empty() {
            return self.problems.clone();
        }
        let intact = Message::new("history-intact")
            .number("count", self.changes)
            .number("receipts", self.receipts)
            .number("unsent", self.unsent);
        vec![intact]
    }
}

#[uniffi::export]
impl Notebook {
    /// Checks the history of a document: every hash is computed anew, the changes that a change builds upon must be
    /// here, and each actor's changes must be numbered without a gap.
    pub fn verify_history(&self, id: DocId) -> ApiResult<HistoryCheck> {
        self.read(|store| {
            let recorded = changes::of_doc(store.read(), id)?;
            if recorded.is_empty() {
                return Err(KeptError::not_found("thing-entry", id));
            }
            Ok(check_history(id, &recorded))
        })
    }
}

/// Returns the documents whose history is not intact, of those that are here whole.
pub(in crate::notebook) fn broken_histories(store: Reading<'_>) -> ApiResult<Vec<HistoryCheck>> {
    let mut broken = Vec::new();
    for doc in changes::whole_docs(store.read())? {
        let check = check_history(doc, &changes::of_doc(store.read(), doc)?);
        if !check.problems.is_empty() {
            broken.push(check);
        }
    }
    Ok(broken)
}

fn check_history(id: DocId, recorded: &[Recorded]) -> HistoryCheck {
    let mut problems = Vec::new();
    let (mut parsed, mut seqs) = (Vec::new(), BTreeMap::<Actor, BTreeSet<u64>>::new());
    for change in recorded {
        match CheckedChange::stored(&change.bytes, change.hash) {
            Ok(checked) => {
                if checked.actor() != change.actor {
                    problems.push(problem("history-wrong-actor", change.hash));
                }
                seqs.entry(checked.actor())
                    .or_default()
                    .insert(checked.seq());
                parsed.push((checked, change.received_at));
            }
            Err(ChunkError::WrongHash(_)) => {
                problems.push(problem("history-wrong-hash", change.hash));
            }
            Err(_) => problems.push(problem("history-unreadable", change.hash)),
        }
    }
    let here: BTreeSet<Hash> = recorded.iter().map(|change| change.hash).collect();
    let mut first = 0;
    for (change, _) in &parsed {
        first += usize::from(change.deps().next().is_none());
        for dep in change.deps().filter(|dep| !here.contains(dep)) {
            problems.push(problem("history-missing", dep));
        }
    }
    if first > 1 {
        problems.push(Message::new("history-two-beginnings"));
    }
    for (actor, numbers) in &seqs {
        let dense = (1..).zip(numbers).all(|(expected, seq)| expected == *seq);
        if !dense {
            problems.push(Message::new("history-gap").text("actor", actor.to_string()));
        }
    }
    let loaded = match problems.is_empty() {
        true => LoadedDocument::load(id, parsed).map(drop),
        false => Ok(()),
    };
    // A change that is set aside is named apart, and its document with it where nothing else is there.
    if let Err(error) = loaded
        && !matches!(error, DocumentError::SetAside { .. })
    {
        problems.push(Message::new("history-does-not-fit").text("reason", error.to_string()));
    }
    let count = |of: fn(&Recorded) -> bool| {
        u32::try_from(recorded.iter().filter(|change| of(change)).count()).unwrap_or(u32::MAX)
    };
    HistoryCheck {
        id,
        changes: count(|_| true),
        receipts: count(|change| change.receipted),
        unsent: count(|change| !change.acknowledged),
        problems,
    }
}

fn problem(key: &str, change: Hash) -> Message {
    let hash: String = change.to_string().chars().take(12).collect();
    Message::new(key).text("change", hash)
}
