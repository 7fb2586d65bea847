//! The handbook: kinds of promises, working hours and holidays, shown and changed.

pub(in crate::notebook) mod checks;
pub(in crate::notebook) mod messages;

use serde::Serialize;

use crate::language::Message;
use crate::limits;
use crate::model::calendar::WorkingCalendar;
use crate::model::company::Company;
use crate::model::edit::{Edit, Operation};
use crate::model::handbook::{
    Handbook, HandbookTopic, HoursEdit, KindDraft, KindEdit, PromiseKind,
};
use crate::model::ids::DocId;
use crate::model::telephone::Country;
use crate::notebook::Notebook;
use crate::notebook::checks::too_many;
use crate::notebook::context::Context;
use crate::notebook::errors::ApiResult;
use crate::notebook::handbook::checks::{
    checked_hours_edit, checked_key, checked_kind_edit, require_handbook_writer, unknown_kind,
};
use crate::notebook::handbook::messages::kind_message;
use crate::store::company;

#[uniffi::export]
impl Notebook {
    /// Returns the handbook: the kinds of promises, the working hours and the holidays.
    pub fn handbook(&self) -> ApiResult<HandbookPage> {
        self.read(|store| {
            let context = Context::load(self, store)?;
            let may_write = context.identity.server.is_some() && context.runs_the_company();
            let telephone_country = context.country().map(Country::name);
            let handbook = context.company.handbook.clone();
            let kinds = handbook.kinds.into_values().map(|kind| HandbookKind {
                words: kind_message(&kind),
                kind,
            });
            Ok(HandbookPage {
                kinds: kinds.collect(),
                hours: handbook.hours,
                telephone_country,
                may_write,
            })
        })
    }

    /// Changes a kind of promises, or writes a new one down. A field that no edit names stays as it is. Only those who
    /// run the company may.
    pub fn save_kind(&self, key: String, edits: Vec<KindEdit>) -> ApiResult<()> {
        let key = checked_key(&key)?;
        let edits = edits
            .into_iter()
            .map(checked_kind_edit)
            .collect::<ApiResult<Vec<_>>>()?;
        self.save(|store| {
            let context = Context::load_joined(self, store)?;
            require_handbook_writer(&context)?;
            let agreed = company::handbook_entries(store.read())?;
            let of_kind = |agreed: &HandbookTopic| matches!(agreed, HandbookTopic::PromiseKind { key: known, .. } if *known == key);
            let known = agreed.iter().find(|entry| of_kind(&entry.topic));
            let edit = match known {
                Some(entry) => Edit {
                    doc: entry.id,
                    operation: Operation::EditKind(edits),
                },
                None => {
                    let handbook = Handbook::of(&agreed);
                    if handbook.kinds.len() >= limits::KINDS && !handbook.kinds.contains_key(&key) {
                        return Err(too_many("kinds", limits::KINDS));
                    }
                    Edit {
                        doc: self.new_doc(),
                        operation: Operation::CreateKind(KindDraft { key, edits }),
                    }
                }
            };
            Ok((vec![edit], ()))
        })
    }

    /// Retires a kind of promises: the company offers it no more; those that were made stay. Only those who run the
    /// company may.
    pub fn retire_kind(&self, key: String) -> ApiResult<()> {
        let key = checked_key(&key)?;
        let handbook = self.read(|store| Ok(company::handbook(store.read())?))?;
        if !handbook.kinds.contains_key(&key) {
            return Err(unknown_kind(&key, &handbook));
        }
        self.save_kind(key, vec![KindEdit::Retired { retired: true }])
    }

    /// Changes the company's working hours and holidays. Only those who run the company may.
    pub fn save_hours(&self, edits: Vec<HoursEdit>) -> ApiResult<()> {
        let mut edits = edits
            .into_iter()
            .map(checked_hours_edit)
            .collect::<ApiResult<Vec<_>>>()?;
        self.save(|store| {
            let context = Context::load_joined(self, store)?;
            require_handbook_writer(&context)?;
            let agreed = company::handbook_entries(store.read())?;
            let handbook = Handbook::of(&agreed);
            let closes = |edit: &&HoursEdit| matches!(edit, HoursEdit::Close { .. });
            let closed = handbook.holidays().len() + edits.iter().filter(closes).count();
            if closed > limits::CLOSED_DAYS {
                return Err(too_many("closed", limits::CLOSED_DAYS));
            }
            // A holiday is one of some calendar: without one the usual week of this place is written down.
            let names_a_week = edits
                .iter()
                .any(|edit| matches!(edit, HoursEdit::Week { .. }));
            if handbook.hours.is_none() && !names_a_week {
                let hours = WorkingCalendar::usual(&context.zone);
                edits.insert(0, HoursEdit::Week { hours });
            }
            let reopens = |edit: &HoursEdit| matches!(edit, HoursEdit::Reopen { .. });
            let known = agreed
                .iter()
                .filter(|entry| matches!(entry.topic, HandbookTopic::WorkingHours { .. }));
            let known: Vec<DocId> = known.map(|entry| entry.id).collect();
            let edits =
                edits_per_document(&known, edits, reopens, Operation::EditHours, |edits| Edit {
                    doc: self.new_doc(),
                    operation: Operation::CreateHours(edits),
                });
            Ok((edits, ()))
        })
    }
}

/// Spreads edits of one thing that several documents may tell of: they go to the first one, and removals to every one,
/// for what they take away may stand there. Without a document one is begun.
pub(in crate::notebook) fn edits_per_document<E: Clone>(
    known: &[DocId],
    edits: Vec<E>,
    takes_away: impl Fn(&E) -> bool,
    change: fn(Vec<E>) -> Operation,
    begin: impl FnOnce(Vec<E>) -> Edit,
) -> Vec<Edit> {
    let Some((first, others)) = known.split_first() else {
        return vec![begin(edits)];
    };
    let removals: Vec<E> = edits
        .iter()
        .filter(|edit| takes_away(edit))
        .cloned()
        .collect();
    let others = if removals.is_empty() { &[] } else { others };
    let others = others.iter().map(|doc| Edit {
        doc: *doc,
        operation: change(removals.clone()),
    });
    let first = Edit {
        doc: *first,
        operation: change(edits),
    };
    std::iter::once(first).chain(others).collect()
}

/// The handbook, as the company agreed on it: kinds of promises, working hours and holidays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct HandbookPage {
    /// The kinds of promises, by key; retired ones too.
    pub kinds: Vec<HandbookKind>,
    /// The working hours and holidays; none: Monday to Friday, in the zone of the place.
    pub hours: Option<WorkingCalendar>,
    /// True if this notebook's person may change it.
    pub may_write: bool,
    /// The country whose telephone numbers are written without a country code, as "DE +49": that of the zone of the
    /// hours, else of this device's zone. None where the zone is in no country.
    pub telephone_country: Option<String>,
}

/// A kind of promises, and its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct HandbookKind {
    /// The kind's rules.
    pub kind: PromiseKind,
    /// The kind's name for readers.
    pub words: Message,
}

impl Notebook {
    /// Returns the handbook and the entries of colleagues about themselves.
    pub fn company(&self) -> ApiResult<Company> {
        self.read(|store| Ok(company::load(store.read())?))
    }

    /// Returns the handbook, for the names of kinds in another record.
    pub fn company_handbook(&self) -> ApiResult<Handbook> {
        self.read(|store| Ok(company::handbook(store.read())?))
    }
}

#[cfg(test)]
mod tests;
