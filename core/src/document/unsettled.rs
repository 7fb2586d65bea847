//! The values that stand side by side in a document and wait to be settled, with their authors and times.

use std::collections::BTreeSet;

use super::error::DocumentError;
use super::fields::{Fields, change_of_event, events};
use super::keys::{map_of, part};
use super::loaded_document::{Authors, LoadedDocument};
use crate::model::authored::Authorship;
use crate::model::event::EventBody;
use crate::model::ids::Hash;
use crate::model::unsettled::{
    ChildKind, ShortAnswer, TextField, Unsettled, UnsettledAnswer, UnsettledName, UnsettledRemoval,
};

/// An entry that was put away, and what others did without seeing that.
struct Archival {
    /// The change that put it away.
    by: Hash,
    /// Changes by others that neither saw it nor were seen by it.
    unseen: BTreeSet<Hash>,
}

/// The change that put an entry away, if that is the last word, and the changes that stand against it; None if it was
/// restored since, or never put away.
fn archival(
    doc: &LoadedDocument,
    authors: &dyn Authors,
) -> Result<Option<Archival>, DocumentError> {
    let (events, _) = events(doc, authors)?;
    let words: Vec<_> = events
        .iter()
        .filter_map(|event| {
            let archives = matches!(event.stored.body, EventBody::Archived { .. });
            let restores = matches!(event.stored.body, EventBody::Restored { .. });
            (archives || restores).then_some((event.id, archives))
        })
        .collect();
    let Some(by) = words
        .last()
        .filter(|(_, away)| *away)
        .and_then(|(last, _)| change_of_event(doc, *last))
    else {
        return Ok(None);
    };
    // Two who put it away agree with each other.
    let agreeing: BTreeSet<Hash> = words
        .iter()
        .filter(|(_, away)| *away)
        .filter_map(|(id, _)| change_of_event(doc, *id))
        .collect();
    let (ancestors, descendants) = (doc.ancestors(by), doc.descendants(by));
    let unseen = doc.hashes().filter(|hash| {
        !agreeing.contains(hash) && !ancestors.contains(hash) && !descendants.contains(hash)
    });
    Ok(Some(Archival {
        by,
        unseen: unseen.collect(),
    }))
}

/// True if an entry was put away by an event that was contradicted neither by restoring it nor by an edit that had not
/// seen it.
pub(super) fn is_archived(
    doc: &LoadedDocument,
    authors: &dyn Authors,
) -> Result<bool, DocumentError> {
    let archival = archival(doc, authors)?;
    Ok(archival.is_some_and(|archival| archival.unseen.is_empty()))
}

/// Short answers, a text, and an entry that was put away while others went on with it; none if nothing waits to be
/// settled.
pub(super) fn read(
    doc: &LoadedDocument,
    answers: &[ShortAnswer],
    text: Option<TextField>,
    authors: &dyn Authors,
) -> Result<Option<Unsettled>, DocumentError> {
    let mut unsettled = answers_and_sentences(doc, answers, text, authors)?;
    unsettled.removals.extend(contested_archival(doc, authors)?);
    Ok(unsettled.if_any())
}

fn answers_and_sentences(
    doc: &LoadedDocument,
    answers: &[ShortAnswer],
    text: Option<TextField>,
    authors: &dyn Authors,
) -> Result<Unsettled, DocumentError> {
    let mut unsettled = Unsettled::default();
    if doc.len() < 2 {
        return Ok(unsettled);
    }
    for answer in answers.iter().copied() {
        let values = super::short_answers::all(doc, answer.name(), authors)?;
        if values.len() > 1 {
            unsettled.answers.push(UnsettledAnswer { answer, values });
        }
    }
    if let Some(field) = text {
        unsettled.sentences = super::text::unsettled(doc, field, authors)?;
    }
    Ok(unsettled)
}

/// Returns the archival of an entry with those who went on with it without seeing that; None if nobody did.
fn contested_archival(
    doc: &LoadedDocument,
    authors: &dyn Authors,
) -> Result<Option<UnsettledRemoval>, DocumentError> {
    let contested = archival(doc, authors)?.filter(|archival| !archival.unseen.is_empty());
    Ok(contested.map(|archival| UnsettledRemoval {
        kind: None,
        item: None,
        removed: authorships(doc, authors, [archival.by]),
        edited: authorships(doc, authors, archival.unseen),
    }))
}

/// Everything in an account that waits to be settled beside the values of numbers and addresses; none if nothing does.
pub(super) fn of_account(
    doc: &LoadedDocument,
    authors: &dyn Authors,
) -> Result<Option<Unsettled>, DocumentError> {
    if doc.len() < 2 {
        return Ok(None);
    }
    let mut unsettled = answers_and_sentences(
        doc,
        &ShortAnswer::OF_ACCOUNT,
        Some(TextField::Notes),
        authors,
    )?;
    let own = Fields::root(doc).all("name", authors);
    if own.len() > 1 {
        unsettled.names.push(UnsettledName {
            kind: None,
            item: None,
            values: own,
        });
    }
    unsettled.removals.extend(contested_archival(doc, authors)?);
    for kind in [
        ChildKind::ContactPoint,
        ChildKind::Contact,
        ChildKind::Site,
        ChildKind::Asset,
    ] {
        let fields = Fields::map(doc, map_of(kind))?;
        for (item, parts) in fields.children() {
            let gone = fields.status_of(item, &parts) == super::fields::ChildStatus::Removed;
            let name = match kind {
                ChildKind::ContactPoint => None,
                ChildKind::Contact => Some("name"),
                ChildKind::Site | ChildKind::Asset => Some("label"),
            };
            let names = name.map(|name| fields.all(&part(item, name), authors));
            if let Some(values) = names.filter(|names| names.len() > 1 && !gone) {
                unsettled.names.push(UnsettledName {
                    kind: Some(kind),
                    item: Some(item),
                    values,
                });
            }
            if let Some((removals, edits)) = fields.contested_removals(item, &parts) {
                unsettled.removals.push(UnsettledRemoval {
                    kind: Some(kind),
                    item: Some(item),
                    removed: authorships(doc, authors, removals),
                    edited: authorships(doc, authors, edits),
                });
            }
        }
    }
    Ok(unsettled.if_any())
}

/// The authors of some changes, and the times by their clocks, the newest first.
fn authorships(
    doc: &LoadedDocument,
    authors: &dyn Authors,
    changes: impl IntoIterator<Item = Hash>,
) -> Vec<Authorship> {
    let mut authorships: Vec<Authorship> = changes
        .into_iter()
        .filter_map(|hash| doc.origin(hash))
        .map(|origin| origin.authorship(authors))
        .collect();
    authorships.sort_by_key(|by| std::cmp::Reverse((by.at, by.actor)));
    authorships
}
