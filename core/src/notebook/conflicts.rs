//! Conflicts as things to settle: the values and deeds that concurrent editing left side by side, with author and
//! instant, and one tap to choose.

use serde::Serialize;

use super::Notebook;
use super::acting::Act;
use super::company::with_kind;
use super::errors::{ApiResult, KeptError};
use super::lists::{Reader, decode};
use super::promise_records::PromiseEdit;
use super::records::EntryKind;
use super::writing::joined;
use crate::model::account::{Account, ReachKind};
use crate::model::authored::Authorship;
use crate::model::colleague::PersonEntry;
use crate::model::conflicts::{
    About, Clash, Stance, Way, of_account, of_person, of_promise, of_usage, of_visit,
};
use crate::model::edit::Edit;
use crate::model::event::{Finding, Performer};
use crate::model::handbook::Handbook;
use crate::model::ids::DocId;
use crate::model::place::Kind;
use crate::model::unsettled::{Answer, TextField};
use crate::store::queries::{self, Listed, PromiseQuery};
use crate::store::{Store, company};
use crate::words::Words;

/// A conflict: values or deeds of several authors who had not seen each other's, which waits for a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct Conflict {
    /// The conflict's id: eight hexadecimal digits; another one as soon as anything in it changes.
    pub id: String,
    /// The document's id.
    pub doc: DocId,
    /// The document's kind.
    pub kind: EntryKind,
    /// The customer's document; none if it is about no customer.
    pub account: Option<DocId>,
    /// The document's title: the customer's name, the colleague's name, or the promise's deliverable.
    pub title: String,
    /// The subject, as a sentence: the field, removal, dates, takers or findings in question.
    pub about: Words,
    /// The sides, the newest first.
    pub sides: Vec<ConflictSide>,
    /// The ways to settle it; empty if only a new edit helps.
    pub choices: Vec<ConflictChoice>,
}

/// One side of a conflict: one value or deed, with its author.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct ConflictSide {
    /// The value or deed, in words.
    pub words: Words,
    /// The author, and the instant by the author's clock.
    pub by: Authorship,
}

/// One way to settle a conflict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct ConflictChoice {
    /// The choice's number, from 1.
    pub number: u32,
    /// The choice's effect, in words.
    pub words: Words,
}

#[uniffi::export]
impl Notebook {
    /// Returns everything that waits to be settled: customers and what was written at them by name, then promises, the
    /// next due first.
    pub fn conflicts(&self) -> ApiResult<Vec<Conflict>> {
        self.read(|store| {
            let reader = Reader::new(self, store)?;
            let found = found(store, &reader)?;
            let handbook = company::handbook(store.read())?;
            Ok(found
                .iter()
                .map(|found| reader.conflict(found, &handbook))
                .collect())
        })
    }

    /// Returns the conflicts of one document; for a customer also those of what was written at them. `NotFound` if the
    /// document is not here.
    pub fn conflicts_of(&self, id: DocId) -> ApiResult<Vec<Conflict>> {
        self.read(|store| {
            let reader = Reader::new(self, store)?;
            let row = queries::one(store.read(), id)?;
            let row = row.ok_or_else(|| KeptError::not_found("thing-entry", id))?;
            let mut found = clashes(&reader, &row)?;
            if row.kind == Kind::Account {
                for row in queries::unsettled(store.read())? {
                    if row.account == Some(id) && row.doc != id {
                        found.extend(clashes(&reader, &row)?);
                    }
                }
            }
            let handbook = company::handbook(store.read())?;
            Ok(found
                .iter()
                .map(|found| reader.conflict(found, &handbook))
                .collect())
        })
    }

    /// Settles a conflict by the number of a choice: one entry in the history. Returns the document. A conflict that
    /// was added to or settled meanwhile is refused, and nothing is changed.
    pub fn settle(&self, conflict: String, choice: u32) -> ApiResult<DocId> {
        self.save(|store| {
            let edit = match self.settlement(store, &conflict, choice)? {
                Act::Edit(edit) => *edit,
                Act::ChangePromise { id, edits, .. } => Edit {
                    doc: id,
                    deed: self.happening(store, id, edits, &joined(store)?, None)?,
                },
                Act::EditAccount { .. }
                | Act::MakePromise { .. }
                | Act::WriteAgain { .. }
                | Act::Acknowledge { .. }
                | Act::Settle { .. } => {
                    return Err(changed(&conflict));
                }
            };
            let doc = edit.doc;
            Ok((vec![edit], doc))
        })
    }
}

impl Notebook {
    /// Returns the act that a choice stands for, an act like any other.
    pub(super) fn settlement(&self, store: &Store, conflict: &str, choice: u32) -> ApiResult<Act> {
        let reader = Reader::new(self, store)?;
        let mut found = found(store, &reader)?.into_iter();
        let named = found.find(|found| found.clash.name() == conflict);
        let Found { clash, .. } = named.ok_or_else(|| changed(conflict))?;
        let index = usize::try_from(choice).unwrap_or(usize::MAX).checked_sub(1);
        let way = index.and_then(|index| clash.ways.get(index).cloned());
        let way = way.ok_or_else(|| {
            let words = Words::new("error-no-such-choice").number("choice", choice);
            KeptError::invalid("choice", words)
        })?;
        let id = clash.doc;
        let settled = |deed| Act::Edit(Box::new(Edit { doc: id, deed }));
        let change = |edit| Act::ChangePromise {
            id,
            edits: vec![edit],
            speaks_for: None,
        };
        Ok(match way {
            Way::Value { deed, .. }
            | Way::Needed { deed, .. }
            | Way::All { deed }
            | Way::Away { deed }
            | Way::Stay { deed } => settled(deed),
            Way::Date {
                due,
                words,
                contact,
                channel,
            } => change(PromiseEdit::Agree {
                due,
                words,
                contact,
                channel,
                suggestion: None,
            }),
            Way::Performer { person } => change(PromiseEdit::Reassign {
                performer: Performer::Person { person },
                reason: String::new(),
            }),
            Way::Finding { dispute, finding } => change(PromiseEdit::Resolve {
                dispute,
                finding,
                reason: String::new(),
            }),
        })
    }
}

fn changed(conflict: &str) -> KeptError {
    KeptError::invalid(
        "conflict",
        Words::new("error-conflict-changed").text("id", conflict),
    )
}

/// A clash, with the kind, title and customer of its document.
struct Found {
    kind: EntryKind,
    title: String,
    account: Option<DocId>,
    clash: Clash,
}

fn found(store: &Store, reader: &Reader) -> ApiResult<Vec<Found>> {
    let mut found = Vec::new();
    for row in queries::unsettled(store.read())? {
        found.extend(clashes(reader, &row)?);
    }
    let query = PromiseQuery {
        open_only: true,
        account: None,
        person: None,
        limit: u32::MAX,
    };
    for row in queries::promises(store.read(), &query)? {
        found.extend(clashes(reader, &row)?);
    }
    Ok(found)
}

fn clashes(reader: &Reader, row: &Listed) -> ApiResult<Vec<Found>> {
    let (kind, clashes) = match row.kind {
        Kind::Account => {
            let account: Account = decode(&row.detail)?;
            (EntryKind::Account, of_account(&account))
        }
        Kind::Visit => (EntryKind::Visit, of_visit(&decode(&row.detail)?)),
        Kind::Usage => (EntryKind::Usage, of_usage(&decode(&row.detail)?)),
        Kind::Person => (EntryKind::Person, of_person(&decode(&row.detail)?)),
        Kind::Promise => {
            let record = row.promise()?;
            let clashes = of_promise(&record, reader.registry(), reader.now());
            (EntryKind::Promise, clashes)
        }
        _ => return Ok(vec![]),
    };
    let title = match kind {
        EntryKind::Person => {
            let entry: PersonEntry = decode(&row.detail)?;
            reader.name(entry.person)
        }
        _ => row.title.clone(),
    };
    let titled = |clash| Found {
        kind,
        title: title.clone(),
        account: row.account,
        clash,
    };
    Ok(clashes.into_iter().map(titled).collect())
}

impl Reader {
    fn conflict(&self, found: &Found, handbook: &Handbook) -> Conflict {
        let clash = &found.clash;
        let sides = clash.sides.iter().map(|side| ConflictSide {
            words: stance(&side.stance),
            by: side.by.clone(),
        });
        let choices = (1..).zip(&clash.ways).map(|(number, way)| ConflictChoice {
            number,
            words: self.way(&clash.about, way),
        });
        Conflict {
            id: clash.name(),
            doc: clash.doc,
            kind: found.kind,
            account: found.account,
            title: found.title.clone(),
            about: about(&clash.about, clash.ways.is_empty(), handbook),
            sides: sides.collect(),
            choices: choices.collect(),
        }
    }

    fn way(&self, about: &About, way: &Way) -> Words {
        match (way, about) {
            (Way::Value { value, .. }, _) => Words::new("settle-value").text("value", value),
            (Way::Needed { within, .. }, _) => {
                Words::new("settle-need").text("need", within.to_string())
            }
            (Way::All { .. }, _) => Words::new("settle-all"),
            (Way::Away { .. }, About::Sentence { .. }) => Words::new("settle-delete"),
            (Way::Stay { .. }, About::PutAway) => Words::new("settle-take-out"),
            (Way::Away { .. }, About::PutAway) => Words::new("settle-put-away"),
            (Way::Stay { .. }, _) => Words::new("settle-keep"),
            (Way::Away { .. }, _) => Words::new("settle-remove"),
            (Way::Date { due, .. }, _) => Words::new("settle-date").due("due", due),
            (Way::Performer { person }, _) => {
                Words::new("settle-performer").text("person", self.name(*person))
            }
            (Way::Finding { finding, .. }, _) => {
                Words::new("settle-finding").keyed("finding", finding_key(*finding))
            }
        }
    }
}

fn about(about: &About, only_a_new_word: bool, handbook: &Handbook) -> Words {
    match about {
        About::Name => Words::new("conflict-name"),
        About::ChildName(_) => Words::new("conflict-child-name"),
        About::Reach(_, kind) => Words::new(match kind {
            ReachKind::Phone => "conflict-phone",
            ReachKind::Email => "conflict-email",
            ReachKind::Address => "conflict-address",
            ReachKind::Web => "conflict-web",
        }),
        About::Address(_, site) => Words::new("conflict-site-address").text("site", site),
        About::Need(kind) => with_kind(Words::new("conflict-need"), handbook, kind),
        About::Answer(Answer::Uses) => Words::new("conflict-uses"),
        About::Answer(Answer::MustNotFail) => Words::new("conflict-must-not-fail"),
        About::Answer(Answer::Means) => Words::new("conflict-means"),
        About::Answer(Answer::Help) => Words::new("conflict-help"),
        About::Answer(Answer::Wins) => Words::new("conflict-wins"),
        About::Sentence { field, was, .. } => match (field, was.as_str()) {
            (TextField::Notes, "") => Words::new("conflict-notes"),
            (TextField::Said, "") => Words::new("conflict-said"),
            (TextField::Notes, was) => Words::new("conflict-notes-was").text("was", was),
            (TextField::Said, was) => Words::new("conflict-said-was").text("was", was),
        },
        About::PutAway => Words::new("conflict-put-away"),
        About::Removal(_, name) => Words::new("conflict-removal").text("name", name),
        About::Dates if only_a_new_word => Words::new("conflict-dates-passed"),
        About::Dates => Words::new("conflict-dates"),
        About::Takers => Words::new("conflict-takers"),
        About::Findings => Words::new("conflict-findings"),
    }
}

fn stance(stance: &Stance) -> Words {
    match stance {
        Stance::Value(value) => Words::new("stance-value").text("value", value),
        Stance::Deleted => Words::new("stance-deleted"),
        Stance::Needed(within) => Words::new("stance-need").text("need", within.to_string()),
        Stance::TookAway => Words::new("stance-took-away"),
        Stance::WentOn => Words::new("stance-went-on"),
        Stance::Told(due) => Words::new("stance-told").due("due", due),
        Stance::Took => Words::new("stance-took"),
        Stance::Found(finding) => {
            Words::new("stance-found").keyed("finding", finding_key(*finding))
        }
    }
}

/// Returns a finding's key in the catalogue.
pub(super) fn finding_key(finding: Finding) -> &'static str {
    match finding {
        Finding::Kept => "finding-kept",
        Finding::Broken => "finding-broken",
        Finding::Void => "finding-void",
    }
}
