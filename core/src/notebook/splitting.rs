//! Splitting: a text of which too much is new for one group is written by several, in one transaction.

use crate::document::text_of;
use crate::model::account::AccountEdit;
use crate::model::edit::{Deed, Edit};
use crate::model::ids::DocId;
use crate::model::visit::{UsageEdit, VisitEdit};
use crate::store::{StoreError, changes};

/// New characters of a mergeable text that one group carries: with 4 bytes each and Automerge's own they
/// stay below a change's limit.
const CHARS_PER_GROUP: usize = 4_000;

/// Splits edits with long texts into several groups. Each carries a part of what is new in a text; what stays
/// of it is never taken away on the way, for others may write into it at the same time.
pub(super) fn split_long_texts(
    connection: &rusqlite::Connection,
    edits: Vec<Edit>,
) -> Result<Vec<Vec<Edit>>, StoreError> {
    let mut first = Vec::with_capacity(edits.len());
    let mut rest = Vec::new();
    for mut edit in edits {
        let doc = edit.doc;
        for long in long_texts(&mut edit.deed) {
            let (begun, later) = steps(&known_text(connection, doc, long.key)?, long.text);
            *long.text = begun;
            rest.extend(later.into_iter().map(|text| {
                let deed = (long.rewrite)(text);
                vec![Edit { doc, deed }]
            }));
        }
        first.push(edit);
    }
    let mut groups = vec![first];
    groups.extend(rest);
    Ok(groups)
}

/// A text of an edit that may be too long for one group.
struct LongText<'a> {
    text: &'a mut String,
    /// Where it stands in the document.
    key: &'static str,
    rewrite: fn(String) -> Deed,
}

fn long_texts(deed: &mut Deed) -> Vec<LongText<'_>> {
    let texts = match deed {
        Deed::CreateAccount(draft) => vec![
            notes(&mut draft.notes),
            uses(&mut draft.uses),
            must_not_fail(&mut draft.must_not_fail),
        ],
        Deed::EditAccount(edits) => edits
            .iter_mut()
            .map(|edit| match edit {
                AccountEdit::Notes { text } => notes(text),
                AccountEdit::Uses { text } => uses(text),
                AccountEdit::MustNotFail { text } => must_not_fail(text),
                _ => None,
            })
            .collect(),
        Deed::LogVisit(draft) => vec![said(&mut draft.said), means(&mut draft.means)],
        Deed::EditVisit(edits) => edits
            .iter_mut()
            .map(|edit| match edit {
                VisitEdit::Said { text } => said(text),
                VisitEdit::Means { text } => means(text),
                VisitEdit::AddMark { .. } | VisitEdit::RemoveMark { .. } => None,
            })
            .collect(),
        Deed::Observe(draft) => vec![usage_notes(&mut draft.notes)],
        Deed::EditUsage(edits) => edits
            .iter_mut()
            .map(|edit| match edit {
                UsageEdit::Notes { text } => usage_notes(text),
                _ => None,
            })
            .collect(),
        Deed::Promise(_)
        | Deed::Happen(_)
        | Deed::CreateKind(_)
        | Deed::EditKind(_)
        | Deed::CreateHours(_)
        | Deed::EditHours(_)
        | Deed::Introduce(_)
        | Deed::Describe(_) => vec![],
    };
    texts.into_iter().flatten().collect()
}

fn long<'a>(
    text: &'a mut String,
    key: &'static str,
    rewrite: fn(String) -> Deed,
) -> Option<LongText<'a>> {
    let is_long = text.chars().nth(CHARS_PER_GROUP).is_some();
    is_long.then_some(LongText { text, key, rewrite })
}

fn notes(text: &mut String) -> Option<LongText<'_>> {
    long(text, "notes", |text| {
        Deed::EditAccount(vec![AccountEdit::Notes { text }])
    })
}

fn uses(text: &mut String) -> Option<LongText<'_>> {
    long(text, "uses", |text| {
        Deed::EditAccount(vec![AccountEdit::Uses { text }])
    })
}

fn must_not_fail(text: &mut String) -> Option<LongText<'_>> {
    long(text, "must_not_fail", |text| {
        Deed::EditAccount(vec![AccountEdit::MustNotFail { text }])
    })
}

fn said(text: &mut String) -> Option<LongText<'_>> {
    long(text, "said", |text| {
        Deed::EditVisit(vec![VisitEdit::Said { text }])
    })
}

fn means(text: &mut String) -> Option<LongText<'_>> {
    long(text, "means", |text| {
        Deed::EditVisit(vec![VisitEdit::Means { text }])
    })
}

fn usage_notes(text: &mut String) -> Option<LongText<'_>> {
    long(text, "notes", |text| {
        Deed::EditUsage(vec![UsageEdit::Notes { text }])
    })
}

/// A text as it stands in a document; empty in one that is not there yet.
fn known_text(
    connection: &rusqlite::Connection,
    doc: DocId,
    key: &str,
) -> Result<String, StoreError> {
    match changes::load(connection, doc) {
        Ok(loaded) => Ok(text_of(&loaded, key)),
        Err(StoreError::NoDocument(_)) => Ok(String::new()),
        Err(other) => Err(other),
    }
}

/// The texts on the way from `old` to `new`, the first of them apart; the last is `new`. Each has up to
/// [`CHARS_PER_GROUP`] more characters of what stands between the beginning and the end that both have.
fn steps(old: &str, new: &str) -> (String, Vec<String>) {
    let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let same = |(one, other): &(&char, &char)| one == other;
    let beginning = old.iter().zip(&new).take_while(same).count();
    let (old_rest, (beginning, new_rest)) = (&old[beginning..], new.split_at(beginning));
    let end = old_rest.iter().rev().zip(new_rest.iter().rev());
    let end = end.take_while(same).count();
    let (added, end) = new_rest.split_at(new_rest.len() - end);
    let with = |length: usize| {
        let parts = [beginning, &added[..length], end];
        parts.into_iter().flatten().collect()
    };
    let later = (2..)
        .map(|step| (step - 1) * CHARS_PER_GROUP)
        .take_while(|done| *done < added.len())
        .map(|done| with(added.len().min(done + CHARS_PER_GROUP)));
    (with(added.len().min(CHARS_PER_GROUP)), later.collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn steps_end_at_the_new_text_and_keep_what_both_have(
            beginning in "[ab]{0,9}", removed in "[cd]{0,9}", added in 0_usize..13_000, end in "[ab]{0,9}",
        ) {
            let added: String = "xyz".chars().cycle().take(added).collect();
            let old = format!("{beginning}{removed}{end}");
            let new = format!("{beginning}{added}{end}");
            let (first, mut steps) = steps(&old, &new);
            steps.insert(0, first);
            prop_assert_eq!(steps.last(), Some(&new));
            let mut before = beginning.len() + end.len();
            for step in steps {
                prop_assert!(step.starts_with(&beginning) && step.ends_with(&end));
                prop_assert!(step.len() <= before + CHARS_PER_GROUP);
                before = step.len();
            }
        }
    }
}
