//! Importing contacts: one card is one account; importing the same file again adds nothing.

use super::Notebook;
use super::errors::{ApiResult, KeptError};
use super::records::{FieldChange, ImportReport, ImportedCard, LeftOutField};
use crate::environment::new_uuid;
use crate::import::{self, Card, CardOutcome, CardResult};
use crate::model::account::{AccountDraft, AccountForm, ContactDraft, ReachDraft, ReachKind};
use crate::model::edit::{Deed, Edit};
use crate::model::ids::DocId;
use crate::store::{Store, queries};
use crate::words::Words;

#[uniffi::export]
impl Notebook {
    /// Imports a file of vCards. Each card is one entry of its own; what was not taken is named.
    pub fn import_cards(&self, file: Vec<u8>) -> ApiResult<ImportReport> {
        self.import_cards_with(&file, &mut |_, _| {})
    }
}

impl Notebook {
    /// Imports a file of vCards and tells `progress` how many of how many cards are done.
    pub fn import_cards_with(
        &self,
        file: &[u8],
        progress: &mut dyn FnMut(u64, u64),
    ) -> ApiResult<ImportReport> {
        let results = import::read_cards(file)
            .map_err(|error| KeptError::invalid("file", filled(error.key(), error.args())))?;
        let mut report = ImportReport {
            cards: Vec::with_capacity(results.len()),
            added: 0,
            known: 0,
            refused: 0,
        };
        let total = results.len() as u64;
        for (done, result) in results.into_iter().enumerate() {
            let card = self.write(|store| self.import_one(store, result))?;
            match (&card.account, card.added) {
                (Some(account), true) => {
                    report.added += 1;
                    self.changed(vec![*account]);
                }
                (Some(_), false) => report.known += 1,
                (None, _) => report.refused += 1,
            }
            report.cards.push(card);
            progress(done as u64 + 1, total);
        }
        Ok(report)
    }

    fn import_one(&self, store: &mut Store, result: CardResult) -> ApiResult<ImportedCard> {
        let number = result.number;
        let refused = |name: String, reason: Words| ImportedCard {
            number,
            name,
            account: None,
            added: false,
            refused: Some(reason),
            taken: vec![],
            left_out: vec![],
        };
        let card = match result.outcome {
            CardOutcome::Taken(card) => card,
            CardOutcome::Refused { name, reason } => {
                return Ok(refused(
                    name.unwrap_or_default(),
                    filled(reason.key(), reason.args()),
                ));
            }
        };
        let left_out = card.left_out.iter().map(|left| LeftOutField {
            property: left.property.clone(),
            reason: filled(left.reason.key(), left.reason.args()),
        });
        let left_out: Vec<LeftOutField> = left_out.collect();
        let (name, taken, source) = (card.name.clone(), taken(&card), card.source.clone());
        if let Some(known) = queries::by_source(store.read(), &source)? {
            return Ok(ImportedCard {
                number,
                name,
                account: Some(known),
                added: false,
                refused: None,
                taken: vec![],
                left_out,
            });
        }
        let doc = DocId(new_uuid(self.environment.as_ref()));
        let draft = match self.checked_account(draft_of(card)) {
            Ok(draft) => draft,
            Err(KeptError::Invalid { reason, .. }) => return Ok(refused(name, reason)),
            Err(other) => return Err(other),
        };
        self.save_in(
            store,
            vec![Edit {
                doc,
                deed: Deed::CreateAccount(draft),
            }],
        )?;
        Ok(ImportedCard {
            number,
            name,
            account: Some(doc),
            added: true,
            refused: None,
            taken,
            left_out,
        })
    }
}

/// A sentence of the import with its gaps filled.
fn filled(key: &str, args: Vec<(&'static str, String)>) -> Words {
    args.into_iter()
        .fold(Words::new(key), |words, (name, value)| {
            words.text(name, value)
        })
}

fn kind_of(kind: import::ReachKind) -> ReachKind {
    match kind {
        import::ReachKind::Phone => ReachKind::Phone,
        import::ReachKind::Email => ReachKind::Email,
        import::ReachKind::Address => ReachKind::Address,
        import::ReachKind::Web => ReachKind::Web,
    }
}

fn draft_of(card: Card) -> AccountDraft {
    // The preferred way of each kind is the account's main one.
    let mut reaches: Vec<ReachDraft> = Vec::new();
    let mut ways = card.reaches;
    ways.sort_by_key(|reach| !reach.preferred);
    for reach in ways {
        let kind = kind_of(reach.kind);
        let is_first = reaches.iter().all(|known| known.kind != kind);
        let id = is_first.then(|| kind.main_item());
        reaches.push(ReachDraft {
            id,
            kind,
            label: reach.label,
            value: reach.value,
            contact: None,
        });
    }
    let facts = [&card.organisation, &card.department, &card.title];
    let facts: Vec<&str> = facts.into_iter().flatten().map(String::as_str).collect();
    let mut notes = facts.join(", ");
    if let Some(birthday) = &card.birthday {
        notes = [notes.as_str(), &format!("* {birthday}")]
            .iter()
            .filter(|part| !part.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join("\n");
    }
    if !card.notes.is_empty() {
        notes = if notes.is_empty() {
            card.notes
        } else {
            format!("{notes}\n\n{}", card.notes)
        };
    }
    AccountDraft {
        name: card.name,
        form: if card.is_person {
            AccountForm::Person
        } else {
            AccountForm::Organisation
        },
        source: Some(card.source),
        tags: card.tags,
        notes,
        reaches,
        contacts: Vec::<ContactDraft>::new(),
        ..AccountDraft::default()
    }
}

/// What was taken from a card, field by field.
fn taken(card: &Card) -> Vec<FieldChange> {
    let reaches = card.reaches.iter().map(|reach| FieldChange {
        field: match reach.label.as_str() {
            "" => kind_of(reach.kind).name().to_owned(),
            label => format!("{} ({label})", kind_of(reach.kind).name()),
        },
        value: reach.value.clone(),
    });
    let plain = [
        ("organisation", card.organisation.clone()),
        ("department", card.department.clone()),
        ("title", card.title.clone()),
        ("birthday", card.birthday.clone()),
        (
            "tags",
            (!card.tags.is_empty()).then(|| card.tags.join(", ")),
        ),
        (
            "notes",
            (!card.notes.is_empty()).then(|| card.notes.clone()),
        ),
    ];
    let plain = plain.into_iter().filter_map(|(field, value)| {
        Some(FieldChange {
            field: field.into(),
            value: value?,
        })
    });
    reaches.chain(plain).collect()
}
