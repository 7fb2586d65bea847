//! Splitting: a text that is too long for one group is written by several, in one transaction.

use crate::model::account::AccountEdit;
use crate::model::edit::{Deed, Edit};
use crate::model::visit::{UsageEdit, VisitEdit};

/// Characters of a mergeable text that one group carries: with 4 bytes each and Automerge's own they
/// stay below a change's limit.
const CHARS_PER_GROUP: usize = 4_000;

/// Splits edits with long texts into several groups: the first carries the beginning of each text, the
/// later ones the whole text so far.
pub(super) fn split_long_texts(edits: Vec<Edit>) -> Vec<Vec<Edit>> {
    let mut groups = vec![vec![]];
    let mut rest = Vec::new();
    for edit in edits {
        let (first, later) = split_one(edit);
        if let Some(group) = groups.first_mut() {
            group.push(first);
        }
        rest.extend(later.into_iter().map(|edit| vec![edit]));
    }
    groups.extend(rest);
    groups
}

fn split_one(edit: Edit) -> (Edit, Vec<Edit>) {
    let doc = edit.doc;
    let mut later = Vec::new();
    let mut cut = |text: &mut String, rewrite: &dyn Fn(String) -> Deed| {
        let whole: Vec<char> = text.chars().collect();
        if whole.len() > CHARS_PER_GROUP {
            *text = whole[..CHARS_PER_GROUP].iter().collect();
            let ends = (2..)
                .map(|n| n * CHARS_PER_GROUP)
                .take_while(|end| *end < whole.len())
                .chain([whole.len()]);
            later.extend(ends.map(|end| Edit {
                doc,
                deed: rewrite(whole[..end].iter().collect()),
            }));
        }
    };
    let account = |edit: fn(String) -> AccountEdit| move |text| Deed::EditAccount(vec![edit(text)]);
    let visit = |edit: fn(String) -> VisitEdit| move |text| Deed::EditVisit(vec![edit(text)]);
    let mut first = edit;
    match &mut first.deed {
        Deed::CreateAccount(draft) => {
            cut(
                &mut draft.notes,
                &account(|text| AccountEdit::Notes { text }),
            );
            cut(&mut draft.uses, &account(|text| AccountEdit::Uses { text }));
            cut(
                &mut draft.must_not_fail,
                &account(|text| AccountEdit::MustNotFail { text }),
            );
        }
        Deed::EditAccount(edits) => {
            for edit in edits {
                match edit {
                    AccountEdit::Notes { text } => {
                        cut(text, &account(|text| AccountEdit::Notes { text }))
                    }
                    AccountEdit::Uses { text } => {
                        cut(text, &account(|text| AccountEdit::Uses { text }))
                    }
                    AccountEdit::MustNotFail { text } => {
                        cut(text, &account(|text| AccountEdit::MustNotFail { text }))
                    }
                    _ => {}
                }
            }
        }
        Deed::LogVisit(draft) => {
            cut(&mut draft.said, &visit(|text| VisitEdit::Said { text }));
            cut(&mut draft.means, &visit(|text| VisitEdit::Means { text }));
        }
        Deed::EditVisit(edits) => {
            for edit in edits {
                match edit {
                    VisitEdit::Said { text } => cut(text, &visit(|text| VisitEdit::Said { text })),
                    VisitEdit::Means { text } => {
                        cut(text, &visit(|text| VisitEdit::Means { text }))
                    }
                    VisitEdit::AddMark { .. } | VisitEdit::RemoveMark { .. } => {}
                }
            }
        }
        Deed::Observe(draft) => {
            cut(&mut draft.notes, &|text| {
                Deed::EditUsage(vec![UsageEdit::Notes { text }])
            });
        }
        Deed::EditUsage(edits) => {
            for edit in edits {
                if let UsageEdit::Notes { text } = edit {
                    cut(text, &|text| {
                        Deed::EditUsage(vec![UsageEdit::Notes { text }])
                    });
                }
            }
        }
        Deed::Promise(_)
        | Deed::Happen(_)
        | Deed::CreateKind(_)
        | Deed::EditKind(_)
        | Deed::CreateHours(_)
        | Deed::EditHours(_)
        | Deed::Introduce(_)
        | Deed::Describe(_) => {}
    }
    (first, later)
}
