//! Long texts: one that is too long for one group is split into edits of several.

use crate::document::text_of;
use crate::model::account::AccountEdit;
use crate::model::edit::{Edit, Operation, Part};
use crate::model::ids::{DocId, ItemId};
use crate::model::text::{Sentence, normal, sentences, shown};
use crate::model::visit::{UsageEdit, VisitEdit};
use crate::notebook::numbers::count_u32;
use crate::store::{StoreError, changes};

/// New characters of a mergeable text that one group carries: with 4 bytes each and Automerge's own they
/// stay below a change's limit.
const CHARS_PER_GROUP: usize = 4_000;

/// Splits edits with long texts into several groups. Each carries some of the sentences that are new in a text; what
/// stays of it is never taken away on the way, for others may write into it at the same time. The first says how many
/// parts there are.
pub(in crate::notebook) fn split_long_texts(
    connection: &rusqlite::Connection,
    edits: Vec<Edit>,
    new_id: &dyn Fn() -> [u8; 16],
) -> Result<Vec<Vec<Edit>>, StoreError> {
    let mut first = Vec::with_capacity(edits.len());
    let mut rest = Vec::new();
    for Edit { doc, mut operation } in edits {
        let creates = operation.creates();
        let (mut further, mut texts) = (Vec::new(), Vec::new());
        let long_texts = long_texts(&mut operation);
        // The first parts of all of them are in one group.
        let share = CHARS_PER_GROUP / long_texts.len().max(1);
        for long in long_texts {
            let was = match &long.was {
                Some(was) => was.clone(),
                None => known_text(connection, doc, long.key)?,
            };
            let mut steps = text_steps(&was, long.text, share).into_iter();
            let Some(mut before) = steps.next() else {
                continue;
            };
            long.text.clone_from(&before);
            if creates && steps.len() > 0 {
                texts.push(long.key.to_owned());
            }
            for text in steps {
                further.push((long.rewrite)(text.clone(), before));
                before = text;
            }
        }
        if further.is_empty() {
            first.push(Edit { doc, operation });
            continue;
        }
        let (of, count) = (ItemId(new_id()), count_u32(further.len() + 1));
        let part = |number, texts, operation| {
            let part = Part {
                of,
                number,
                count,
                texts,
            };
            let operation = Operation::Part(part, Box::new(operation));
            Edit { doc, operation }
        };
        first.push(part(1, texts, operation));
        let later = (2..).zip(further);
        rest.extend(later.map(|(number, operation)| vec![part(number, vec![], operation)]));
    }
    let mut groups = vec![first];
    groups.extend(rest);
    Ok(groups)
}

/// A text of an edit that may be too long for one group.
struct LongText<'a> {
    text: &'a mut String,
    /// The text that the screen showed; none: the one that stands there.
    was: Option<String>,
    /// The key under which it stands in the document.
    key: &'static str,
    /// Makes the operation that turns one text into another.
    rewrite: fn(String, String) -> Operation,
}

fn long_texts(operation: &mut Operation) -> Vec<LongText<'_>> {
    let texts = match operation {
        Operation::CreateAccount(draft) => vec![
            notes(&mut draft.notes, None),
            uses(&mut draft.uses),
            must_not_fail(&mut draft.must_not_fail),
        ],
        Operation::EditAccount(edits) => edits
            .iter_mut()
            .map(|edit| match edit {
                AccountEdit::Notes { text, was } => notes(text, was.clone()),
                AccountEdit::Uses { text, .. } => uses(text),
                AccountEdit::MustNotFail { text, .. } => must_not_fail(text),
                _ => None,
            })
            .collect(),
        Operation::CreateVisit(draft) => vec![said(&mut draft.said, None), means(&mut draft.means)],
        Operation::EditVisit(edits) => edits
            .iter_mut()
            .map(|edit| match edit {
                VisitEdit::Said { text, was } => said(text, was.clone()),
                VisitEdit::Means { text, .. } => means(text),
                VisitEdit::AddMark { .. }
                | VisitEdit::RemoveMark { .. }
                | VisitEdit::Help { .. }
                | VisitEdit::SettleSentence { .. }
                | VisitEdit::Account { .. }
                | VisitEdit::Contact { .. }
                | VisitEdit::Channel { .. }
                | VisitEdit::HappenedAt { .. }
                | VisitEdit::PlannedAt { .. }
                | VisitEdit::ArrivedAt { .. }
                | VisitEdit::LeftAt { .. }
                | VisitEdit::Place { .. }
                | VisitEdit::NothingPromised { .. }
                | VisitEdit::AddFile { .. }
                | VisitEdit::RemoveFile { .. }
                | VisitEdit::Archive { .. }
                | VisitEdit::Restore { .. } => None,
            })
            .collect(),
        Operation::CreateUsage(draft) => vec![usage_notes(&mut draft.notes, None)],
        Operation::EditUsage(edits) => edits
            .iter_mut()
            .map(|edit| match edit {
                UsageEdit::Notes { text, was } => usage_notes(text, was.clone()),
                _ => None,
            })
            .collect(),
        Operation::CreatePromise(_)
        | Operation::AppendEvents(_)
        | Operation::CreateKind(_)
        | Operation::EditKind(_)
        | Operation::CreateHours(_)
        | Operation::EditHours(_)
        | Operation::CreatePerson(_)
        | Operation::EditPerson(_)
        | Operation::Part(..) => vec![],
    };
    texts.into_iter().flatten().collect()
}

fn long<'a>(
    text: &'a mut String,
    was: Option<String>,
    key: &'static str,
    rewrite: fn(String, String) -> Operation,
) -> Option<LongText<'a>> {
    let is_long = text.chars().nth(CHARS_PER_GROUP).is_some();
    is_long.then_some(LongText {
        text,
        was,
        key,
        rewrite,
    })
}

fn notes(text: &mut String, was: Option<String>) -> Option<LongText<'_>> {
    long(text, was, "notes", |text, was| {
        let was = Some(was);
        Operation::EditAccount(vec![AccountEdit::Notes { text, was }])
    })
}

fn uses(text: &mut String) -> Option<LongText<'_>> {
    long(text, None, "uses", |text, _| {
        Operation::EditAccount(vec![AccountEdit::Uses { text, was: None }])
    })
}

fn must_not_fail(text: &mut String) -> Option<LongText<'_>> {
    long(text, None, "must_not_fail", |text, _| {
        Operation::EditAccount(vec![AccountEdit::MustNotFail { text, was: None }])
    })
}

fn said(text: &mut String, was: Option<String>) -> Option<LongText<'_>> {
    long(text, was, "said", |text, was| {
        let was = Some(was);
        Operation::EditVisit(vec![VisitEdit::Said { text, was }])
    })
}

fn means(text: &mut String) -> Option<LongText<'_>> {
    long(text, None, "means", |text, _| {
        Operation::EditVisit(vec![VisitEdit::Means { text, was: None }])
    })
}

fn usage_notes(text: &mut String, was: Option<String>) -> Option<LongText<'_>> {
    long(text, was, "notes", |text, was| {
        let was = Some(was);
        Operation::EditUsage(vec![UsageEdit::Notes { text, was }])
    })
}

/// Returns a text as it stands in a document; empty in one that is not there yet.
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

/// Returns the texts on the way from `old` to `new`, the last being `new`. Each has up to [`CHARS_PER_GROUP`] more
/// characters of the sentences that stand between the beginning and the end that both have. The first has at most
/// `first`; half as many where sentences are replaced, for what replaces them is written twice.
fn text_steps(old: &str, new: &str, first: usize) -> Vec<String> {
    let (old, new) = (normal(old), normal(new));
    let (old, new) = (sentences(old.trim_end()), sentences(new.trim_end()));
    let same = |(one, other): &(&Sentence<'_>, &Sentence<'_>)| one.words == other.words;
    let beginning = old.iter().zip(&new).take_while(same).count();
    let (old_rest, new_rest) = (&old[beginning..], &new[beginning..]);
    let end = old_rest.iter().rev().zip(new_rest.iter().rev());
    let end = end.take_while(same).count();
    let added = beginning..new.len() - end;
    let mut most = match old.len() - end - beginning {
        0 => first,
        _ => first / 2,
    };
    let with = |until: usize| shown(new[..until].iter().chain(&new[added.end..]).copied());
    let mut steps = Vec::new();
    let mut length = 0;
    for number in added.clone() {
        let Sentence { words, space } = new[number];
        let more = words.chars().count() + space.chars().count();
        if length > 0 && length + more > most {
            steps.push(with(number));
            (length, most) = (0, CHARS_PER_GROUP);
        }
        length += more;
    }
    steps.push(with(added.end));
    steps
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// The steps end at the new text, each adds what one group carries, and none takes away what both texts have.
        #[test]
        fn steps_end_at_the_new_text_and_keep_what_both_have(
            beginning in "([AB]{1,6}\\. ){0,3}", removed in "([CD]{1,6}\\. ){0,3}", added in 0_usize..13_000,
            end in "([AB]{1,6}\\. ){0,3}", words in 2_usize..900,
        ) {
            let letter = |at: usize| if at.is_multiple_of(words) { ' ' } else { 'X' };
            let added: String = (1..=added).map(letter).collect();
            let (old, new) = (format!("{beginning}{removed}{end}"), format!("{beginning}{added}\n{end}"));
            let steps = text_steps(&old, &new, CHARS_PER_GROUP);
            prop_assert_eq!(steps.last().unwrap().trim_end(), shown(sentences(&new)));
            let mut before = beginning.len() + end.len();
            for text in &steps {
                prop_assert!(text.starts_with(beginning.trim_end()) && text.ends_with(end.trim_end()));
                prop_assert!(text.len() <= before + CHARS_PER_GROUP + 1, "{} {}", text.len(), before);
                before = text.len();
            }
        }
    }

    #[test]
    fn a_text_is_cut_between_sentences() {
        let sentence = "The oven door sticks when it is hot. ";
        let steps = text_steps("", &sentence.repeat(300), CHARS_PER_GROUP);
        assert_eq!(steps.len(), 3);
        for step in steps {
            assert!(step.ends_with('.'), "{step}");
        }
    }
}
