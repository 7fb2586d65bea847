//! Conflicts in short answers and in texts that merge by sentence: all that a visit, an observation or a colleague's words
//! can have.

use super::removal::of_archival;
use super::{
    AuthoredStatement, ConflictSubject, SettlementOption, Statement, UnsettledConflict, said,
};
use crate::model::authored::AuthoredValue;
use crate::model::colleague_profile::{PersonEdit, PersonEntry};
use crate::model::edit::Operation;
use crate::model::ids::DocId;
use crate::model::unsettled::{ShortAnswer, Unsettled};
use crate::model::visit::{Usage, UsageEdit, Visit, VisitEdit};

/// Returns the conflicts that concurrent editing left to be settled in a visit; empty if there are none.
pub fn of_visit(visit: &Visit) -> Vec<UnsettledConflict> {
    let edit = |edit| Operation::EditVisit(vec![edit]);
    let reason = String::new;
    let mut conflicts = of_texts(visit.id, visit.unsettled.as_ref(), |change| {
        Some(edit(match change {
            TextChange::ShortAnswer(ShortAnswer::Means, text) => {
                VisitEdit::Means { text, was: None }
            }
            TextChange::ShortAnswer(ShortAnswer::Help, text) => VisitEdit::Help { text, was: None },
            TextChange::ShortAnswer(..) => return None,
            TextChange::Sentence { ancestor, keep } => VisitEdit::SettleSentence { ancestor, keep },
        }))
    });
    conflicts.extend(of_archival(
        visit.id,
        visit.unsettled.as_ref(),
        || edit(VisitEdit::Restore { reason: reason() }),
        || edit(VisitEdit::Archive { reason: reason() }),
    ));
    conflicts
}

/// Returns the conflicts that concurrent editing left to be settled in observed usage; empty if there are none.
pub fn of_usage(usage: &Usage) -> Vec<UnsettledConflict> {
    let edit = |edit| Operation::EditUsage(vec![edit]);
    let reason = String::new;
    let mut conflicts = of_texts(usage.id, usage.unsettled.as_ref(), |change| match change {
        TextChange::ShortAnswer(..) => None,
        TextChange::Sentence { ancestor, keep } => {
            Some(edit(UsageEdit::SettleSentence { ancestor, keep }))
        }
    });
    conflicts.extend(of_archival(
        usage.id,
        usage.unsettled.as_ref(),
        || edit(UsageEdit::Restore { reason: reason() }),
        || edit(UsageEdit::Archive { reason: reason() }),
    ));
    conflicts
}

/// Returns the conflicts that concurrent editing left to be settled in a colleague's words about themselves; empty if
/// there are none.
pub fn of_person(entry: &PersonEntry) -> Vec<UnsettledConflict> {
    of_texts(entry.id, entry.unsettled.as_ref(), |change| match change {
        TextChange::ShortAnswer(ShortAnswer::Wins, text) => {
            Some(Operation::EditPerson(vec![PersonEdit::Wins {
                text,
                was: None,
            }]))
        }
        _ => None,
    })
}

/// A change that settles a text.
pub(super) enum TextChange {
    /// This is the short answer.
    ShortAnswer(ShortAnswer, String),
    /// These versions of a sentence stand.
    Sentence { ancestor: String, keep: Vec<String> },
}

/// Returns the short answers and sentences that wait to be settled; `operation` makes the operation that does a change
/// to their document, or None if there is none for it.
pub(super) fn of_texts(
    doc: DocId,
    unsettled: Option<&Unsettled>,
    operation: impl Fn(TextChange) -> Option<Operation>,
) -> Vec<UnsettledConflict> {
    let Some(unsettled) = unsettled else {
        return vec![];
    };
    let answers = unsettled.answers.iter().map(|given| {
        let way = |value: &AuthoredValue| {
            let value = value.value.clone();
            let operation = operation(TextChange::ShortAnswer(given.answer, value.clone()))?;
            Some(SettlementOption::Value { value, operation })
        };
        UnsettledConflict {
            doc,
            about: ConflictSubject::ShortAnswer(given.answer),
            sides: said(&given.values),
            ways: given.values.iter().filter_map(way).collect(),
        }
    });
    let sentences = unsettled.sentences.iter().map(|sentence| {
        let change = |keep: Vec<String>| {
            let ancestor = sentence.ancestor.clone();
            operation(TextChange::Sentence { ancestor, keep })
        };
        let way = |given: &AuthoredValue| {
            let value = given.value.clone();
            Some(match value.is_empty() {
                true => SettlementOption::Away {
                    operation: change(vec![])?,
                },
                false => SettlementOption::Value {
                    operation: change(vec![value.clone()])?,
                    value,
                },
            })
        };
        let mut ways: Vec<SettlementOption> = sentence.values.iter().filter_map(way).collect();
        // The oldest first, as if one had been added to the other.
        let values = sentence.values.iter().rev();
        let all: Vec<String> = values
            .map(|given| given.value.clone())
            .filter(|value| !value.is_empty())
            .collect();
        if all.len() > 1 {
            ways.extend(change(all).map(|operation| SettlementOption::All { operation }));
        }
        let side = |given: &AuthoredValue| AuthoredStatement {
            statement: match given.value.as_str() {
                "" => Statement::Deleted,
                value => Statement::Value(value.to_owned()),
            },
            by: given.by.clone(),
        };
        UnsettledConflict {
            doc,
            about: ConflictSubject::Sentence {
                field: sentence.field,
                ancestor: sentence.ancestor.clone(),
                was: sentence.was.clone(),
            },
            sides: sentence.values.iter().map(side).collect(),
            ways,
        }
    });
    answers.chain(sentences).collect()
}
