//! Conflicts of those who took something away with those who went on with it.

use super::{AuthoredStatement, ConflictSubject, SettlementOption, Statement, UnsettledConflict};
use crate::model::authored::Authorship;
use crate::model::edit::Operation;
use crate::model::ids::DocId;
use crate::model::unsettled::{Unsettled, UnsettledRemoval};

/// Returns the conflict of a removal; `stay` keeps what it is about, `away` takes it away again.
pub(super) fn of_removal(
    doc: DocId,
    about: ConflictSubject,
    removal: &UnsettledRemoval,
    stay: Operation,
    away: Operation,
) -> UnsettledConflict {
    let side = |statement: Statement| {
        move |by: &Authorship| AuthoredStatement {
            statement: statement.clone(),
            by: by.clone(),
        }
    };
    let removed = removal.removed.iter().map(side(Statement::TookAway));
    let edited = removal.edited.iter().map(side(Statement::WentOn));
    let mut sides: Vec<AuthoredStatement> = removed.chain(edited).collect();
    sides.sort_by_key(|side| std::cmp::Reverse((side.by.at, side.by.actor)));
    UnsettledConflict {
        doc,
        about,
        sides,
        ways: vec![
            SettlementOption::Stay { operation: stay },
            SettlementOption::Away { operation: away },
        ],
    }
}

/// Returns the conflicts of a visit or an observation that was archived while others went on with it.
pub(super) fn of_archival(
    doc: DocId,
    unsettled: Option<&Unsettled>,
    restore: impl Fn() -> Operation,
    archive: impl Fn() -> Operation,
) -> Vec<UnsettledConflict> {
    let removals = unsettled.iter().flat_map(|unsettled| &unsettled.removals);
    let about = ConflictSubject::PutAway;
    removals
        .map(|removal| of_removal(doc, about.clone(), removal, restore(), archive()))
        .collect()
}
