//! Splitting: a text of which too much is new for one group is written by several, in one transaction.

use crate::document::written_text_of;
use crate::model::account::AccountEdit;
use crate::model::edit::{Deed, Edit, Part};
use crate::model::ids::{DocId, ItemId};
use crate::model::visit::{UsageEdit, VisitEdit};
use crate::store::{StoreError, changes};

/// New characters of a mergeable text that one group carries: with 4 bytes each and Automerge's own they
/// stay below a change's limit.
const CHARS_PER_GROUP: usize = 4_000;

/// Splits edits with long texts into several groups. Each carries a part of what is new in a text; what stays
/// of it is never taken away on the way, for others may write into it at the same time. The first says how many
/// parts there are.
pub(super) fn split_long_texts(
    connection: &rusqlite::Connection,
    edits: Vec<Edit>,
    new_id: &dyn Fn() -> [u8; 16],
) -> Result<Vec<Vec<Edit>>, StoreError> {
    let mut first = Vec::with_capacity(edits.len());
    let mut rest = Vec::new();
    for Edit { doc, mut deed } in edits {
        let (mut further, mut texts) = (Vec::new(), Vec::new());
        for long in long_texts(&mut deed) {
            let (known, apart) = known_text(connection, doc, long.key)?;
            let steps = steps(&known, long.text, apart);
            if steps.later.is_empty() {
                continue;
            }
            if !apart && steps.apart {
                texts.push(long.key.to_owned());
            }
            *long.text = steps.first;
            let later = steps.later.into_iter();
            further.extend(later.map(|text| ((long.rewrite)(text), steps.behind)));
        }
        if further.is_empty() {
            first.push(Edit { doc, deed });
            continue;
        }
        let (of, count) = (ItemId(new_id()), number(further.len() + 1));
        let part = |number, behind, texts, deed| {
            let part = Part {
                of,
                number,
                count,
                behind,
                texts,
            };
            let deed = Deed::Part(part, Box::new(deed));
            Edit { doc, deed }
        };
        first.push(part(1, 0, texts, deed));
        let later = (2..).zip(further);
        rest.extend(later.map(|(number, (deed, behind))| vec![part(number, behind, vec![], deed)]));
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
        | Deed::Describe(_)
        | Deed::Part(..) => vec![],
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

/// A text as it stands in a document, and whether its last line break is none that anybody wrote; empty in one that
/// is not there yet.
fn known_text(
    connection: &rusqlite::Connection,
    doc: DocId,
    key: &str,
) -> Result<(String, bool), StoreError> {
    match changes::load(connection, doc) {
        Ok(loaded) => Ok(written_text_of(&loaded, key)),
        Err(StoreError::NoDocument(_)) => Ok((String::new(), false)),
        Err(other) => Err(other),
    }
}

/// The texts on the way from one to another, each with one part more.
struct Steps {
    first: String,
    /// The further ones; the last is the whole text.
    later: Vec<String>,
    /// Characters that stand behind each part.
    behind: u32,
    /// Whether that is a line break which nobody wrote.
    apart: bool,
}

/// The texts on the way from `old` to `new`. Each has up to [`CHARS_PER_GROUP`] more characters of what stands
/// between the beginning and the end that both have. Where nothing stands behind it a line break is put there, so
/// that what others add meanwhile stands behind all of it; `apart` is whether one stands behind `old` already.
fn steps(old: &str, new: &str, apart: bool) -> Steps {
    let old = if apart {
        old.strip_suffix('\n').unwrap_or(old)
    } else {
        old
    };
    let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let same = |(one, other): &(&char, &char)| one == other;
    let beginning = old.iter().zip(&new).take_while(same).count();
    let (old_rest, (beginning, new_rest)) = (&old[beginning..], new.split_at(beginning));
    let end = old_rest.iter().rev().zip(new_rest.iter().rev());
    let end = end.take_while(same).count();
    let (added, end) = new_rest.split_at(new_rest.len() - end);
    let cuts = cuts(added);
    let apart = apart || (end.is_empty() && cuts.len() > 1);
    let end: Vec<char> = end.iter().copied().chain(apart.then_some('\n')).collect();
    let with = |length: &usize| {
        let parts = [beginning, &added[..*length], &end[..]];
        parts.into_iter().flatten().collect()
    };
    let (first, later) = cuts.split_first().map_or((&0, &[][..]), |cuts| cuts);
    Steps {
        first: with(first),
        later: later.iter().map(with).collect(),
        behind: number(end.len()),
        apart,
    }
}

/// Where a text is cut into parts, the last cut being its end: after a sentence or a line if there is one in the
/// second half of what one group carries, else after a word.
fn cuts(text: &[char]) -> Vec<usize> {
    let mut cuts = Vec::new();
    let mut from = 0;
    while text.len() - from > CHARS_PER_GROUP {
        let most = from + CHARS_PER_GROUP;
        let least = from + CHARS_PER_GROUP / 2;
        let last = |ends: &dyn Fn(&usize) -> bool| (least..=most).rev().find(ends);
        let sentence = |at: &usize| {
            let (last, before) = (text[*at - 1], text[*at - 2]);
            last == '\n' || (last.is_whitespace() && matches!(before, '.' | '!' | '?' | '…' | ':'))
        };
        let ideographic = |at: &usize| matches!(text[*at - 1], '。' | '！' | '？');
        let word = |at: &usize| text[*at - 1].is_whitespace();
        let cut = last(&sentence).or_else(|| last(&ideographic));
        from = cut.or_else(|| last(&word)).unwrap_or(most);
        cuts.push(from);
    }
    cuts.push(text.len());
    cuts
}

fn number(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn steps_end_at_the_new_text_and_keep_what_both_have(
            beginning in "[ab]{0,9}", removed in "[cd]{0,9}", added in 0_usize..13_000, end in "[ab]{0,9}",
            words in 1_usize..9_000,
        ) {
            let letter = |at: usize| if at.is_multiple_of(words) { ' ' } else { 'x' };
            let added: String = (1..=added).map(letter).collect();
            let old = format!("{beginning}{removed}{end}");
            let new = format!("{beginning}{added}{end}");
            let steps = steps(&old, &new, false);
            let several = !steps.later.is_empty();
            prop_assert_eq!(steps.apart, several && end.is_empty());
            let texts: Vec<&String> = std::iter::once(&steps.first).chain(&steps.later).collect();
            prop_assert_eq!(texts.last().unwrap().trim_end(), new.trim_end());
            let mut before = beginning.len() + end.len();
            for text in &texts {
                prop_assert!(text.starts_with(&beginning) && text.trim_end().ends_with(end.trim_end()));
                prop_assert!(text.len() <= before + CHARS_PER_GROUP + 1);
                before = text.len();
            }
            if several {
                let behind = usize::try_from(steps.behind).unwrap();
                prop_assert!(behind > 0);
                let tail = |text: &str| text[text.len() - behind..].to_owned();
                prop_assert!(texts.iter().all(|text| tail(text) == tail(texts[0])));
            }
        }
    }

    #[test]
    fn a_text_is_cut_between_sentences() {
        let sentence = "The oven door sticks when it is hot. ";
        let text = sentence.repeat(300);
        for step in &steps("", &text, false).later {
            assert!(step.trim_end().ends_with('.'), "{step}");
        }
        assert_eq!(cuts(&vec!['x'; 9_000]), [4_000, 8_000, 9_000]);
    }
}
