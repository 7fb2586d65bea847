//! The messages on conflicts: their subjects, sides and choices.

use crate::language::Message;
use crate::model::account::ContactPointKind;
use crate::model::conflicts::{ConflictSubject, SettlementOption, Statement};
use crate::model::handbook::Handbook;
use crate::model::unsettled::{ShortAnswer, TextField};
use crate::notebook::context::Context;
use crate::notebook::handbook::messages::with_kind;
use crate::notebook::promises::labels::finding_key;

impl Context {
    /// Returns the effect of a choice in words.
    pub(in crate::notebook) fn choice_message(
        &self,
        about: &ConflictSubject,
        way: &SettlementOption,
    ) -> Message {
        match (way, about) {
            (SettlementOption::Value { value, .. }, _) => {
                Message::new("settle-value").text("value", value)
            }
            (SettlementOption::Needed { within, .. }, _) => {
                Message::new("settle-need").text("need", within.to_string())
            }
            (SettlementOption::All { .. }, _) => Message::new("settle-all"),
            (SettlementOption::Away { .. }, ConflictSubject::Sentence { .. }) => {
                Message::new("settle-delete")
            }
            (SettlementOption::Stay { .. }, ConflictSubject::PutAway) => {
                Message::new("settle-take-out")
            }
            (SettlementOption::Away { .. }, ConflictSubject::PutAway) => {
                Message::new("settle-put-away")
            }
            (SettlementOption::Stay { .. }, _) => Message::new("settle-keep"),
            (SettlementOption::Away { .. }, _) => Message::new("settle-remove"),
            (SettlementOption::Date { due, .. }, _) => Message::new("settle-date").due("due", due),
            (SettlementOption::Performer { person }, _) => {
                Message::new("settle-performer").text("person", self.name(*person))
            }
            (SettlementOption::Finding { finding, .. }, _) => {
                Message::new("settle-finding").keyed("finding", finding_key(*finding))
            }
        }
    }
}

/// Returns the subject of a conflict in words.
pub(in crate::notebook) fn subject_message(
    about: &ConflictSubject,
    only_a_new_word: bool,
    handbook: &Handbook,
) -> Message {
    match about {
        ConflictSubject::Name => Message::new("conflict-name"),
        ConflictSubject::ChildName(_) => Message::new("conflict-child-name"),
        ConflictSubject::ContactPoint(_, kind) => Message::new(match kind {
            ContactPointKind::Phone => "conflict-phone",
            ContactPointKind::Email => "conflict-email",
            ContactPointKind::Address => "conflict-address",
            ContactPointKind::Web => "conflict-web",
        }),
        ConflictSubject::Address(_, site) => {
            Message::new("conflict-site-address").text("site", site)
        }
        ConflictSubject::RequiredLeadTime(kind) => {
            with_kind(Message::new("conflict-need"), handbook, kind)
        }
        ConflictSubject::ShortAnswer(ShortAnswer::Uses) => Message::new("field-uses"),
        ConflictSubject::ShortAnswer(ShortAnswer::MustNotFail) => {
            Message::new("field-must-not-fail")
        }
        ConflictSubject::ShortAnswer(ShortAnswer::Means) => Message::new("field-means"),
        ConflictSubject::ShortAnswer(ShortAnswer::Help) => Message::new("conflict-help"),
        ConflictSubject::ShortAnswer(ShortAnswer::Wins) => Message::new("field-wins"),
        ConflictSubject::Sentence { field, was, .. } => match (field, was.as_str()) {
            (TextField::Notes, "") => Message::new("conflict-notes"),
            (TextField::Said, "") => Message::new("conflict-said"),
            (TextField::Notes, was) => Message::new("conflict-notes-was").text("was", was),
            (TextField::Said, was) => Message::new("conflict-said-was").text("was", was),
        },
        ConflictSubject::PutAway => Message::new("conflict-put-away"),
        ConflictSubject::Removal(_, name) => Message::new("conflict-removal").text("name", name),
        ConflictSubject::Dates if only_a_new_word => Message::new("conflict-dates-passed"),
        ConflictSubject::Dates => Message::new("conflict-dates"),
        ConflictSubject::Takers => Message::new("conflict-takers"),
        ConflictSubject::Findings => Message::new("conflict-findings"),
    }
}

/// Returns one side of a conflict in words.
pub(in crate::notebook) fn side_message(statement: &Statement) -> Message {
    match statement {
        Statement::Value(value) => Message::new("stance-value").text("value", value),
        Statement::Deleted => Message::new("stance-deleted"),
        Statement::Needed(within) => Message::new("stance-need").text("need", within.to_string()),
        Statement::TookAway => Message::new("stance-took-away"),
        Statement::WentOn => Message::new("stance-went-on"),
        Statement::Told(due) => Message::new("stance-told").due("due", due),
        Statement::Took => Message::new("stance-took"),
        Statement::Found(finding) => {
            Message::new("stance-found").keyed("finding", finding_key(*finding))
        }
    }
}
