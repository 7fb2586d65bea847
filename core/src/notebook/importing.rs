//! Importing contacts: one card is one account; importing the same file again adds nothing.

use super::errors::{ApiResult, KeptError};
use super::records::{FieldChange, ImportReport, ImportedCard, LeftOutField};
use super::{Notebook, lists};
use crate::environment::new_uuid;
use crate::import::{self, Card, CardOutcome, CardResult, LeftOut, LeftOutReason};
use crate::limits;
use crate::model::account::{
    Account, AccountDraft, AccountForm, ContactDraft, ReachDraft, ReachKind,
};
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
            differing: 0,
            refused: 0,
        };
        let total = results.len() as u64;
        for (done, result) in results.into_iter().enumerate() {
            let (card, differs) = self.write(|store| self.import_one(store, result))?;
            report.differing += u32::from(differs);
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

    /// Imports a card, and says whether it is known and says something that its account does not.
    fn import_one(&self, store: &mut Store, result: CardResult) -> ApiResult<(ImportedCard, bool)> {
        let number = result.number;
        let refused = |name: String, reason: Words| {
            let card = ImportedCard {
                number,
                name,
                account: None,
                added: false,
                refused: Some(reason),
                taken: vec![],
                left_out: vec![],
            };
            (card, false)
        };
        let mut card = match result.outcome {
            CardOutcome::Taken(card) => card,
            CardOutcome::Refused { name, reason } => {
                return Ok(refused(
                    name.unwrap_or_default(),
                    filled(reason.key(), reason.args()),
                ));
            }
        };
        fit_the_notes(&mut card);
        let left_out = card.left_out.iter().map(|left| LeftOutField {
            property: left.property.clone(),
            reason: filled(left.reason.key(), left.reason.args()),
        });
        let mut left_out: Vec<LeftOutField> = left_out.collect();
        let (name, taken, source) = (card.name.clone(), taken(&card), card.source.clone());
        if let Some(known) = queries::by_source(store.read(), &source)? {
            let row = queries::one(store.read(), known)?;
            let account = row.map(|row| lists::decode(&row.detail)).transpose()?;
            let news = account.map_or(vec![], |account| news(&card, &account));
            let differs = !news.is_empty();
            left_out.extend(news);
            let card = ImportedCard {
                number,
                name,
                account: Some(known),
                added: false,
                refused: None,
                taken: vec![],
                left_out,
            };
            return Ok((card, differs));
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
        let card = ImportedCard {
            number,
            name,
            account: Some(doc),
            added: true,
            refused: None,
            taken,
            left_out,
        };
        Ok((card, false))
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
    let mut ways = card.reaches.clone();
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
    let notes = notes_of(&card);
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

/// The notes that a card's account begins with: what has no field of its own, then the card's own notes.
fn notes_of(card: &Card) -> String {
    let facts = [&card.organisation, &card.department, &card.title];
    let facts: Vec<&str> = facts.into_iter().flatten().map(String::as_str).collect();
    let birthday = card.birthday.as_ref().map(|day| format!("* {day}"));
    let lines = [facts.join(", "), birthday.unwrap_or_default()];
    let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    let parts = [lines.join("\n"), card.notes.clone()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("\n\n")
}

/// What stands in the notes beside a card's own: the property that says it, and where the card has it.
type Fact = (&'static str, fn(&mut Card) -> &mut Option<String>);
const FACTS: [Fact; 4] = [
    ("ORG", |card| &mut card.organisation),
    ("ORG", |card| &mut card.department),
    ("TITLE", |card| &mut card.title),
    ("BDAY", |card| &mut card.birthday),
];

/// Leaves out what does not fit into the notes beside the card's own.
fn fit_the_notes(card: &mut Card) {
    let said = FACTS.map(|(property, fact)| (property, fact, fact(card).take()));
    for (property, fact, value) in said.into_iter().filter(|(.., value)| value.is_some()) {
        *fact(card) = value;
        if notes_of(card).chars().count() > limits::TEXT_CHARS {
            *fact(card) = None;
            card.left_out.push(LeftOut {
                property: property.to_owned(),
                reason: LeftOutReason::TooLong,
            });
        }
    }
}

/// What a card says that its account does not. It may have been changed by hand since, and so nothing of
/// it is written.
fn news(card: &Card, account: &Account) -> Vec<LeftOutField> {
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let notes = squeezed(&account.notes);
    let has_reach = |value: &str| {
        let values = account.reaches.iter().flat_map(|reach| &reach.values);
        values
            .map(|given| squeezed(&given.value))
            .any(|given| given == squeezed(value))
    };
    let name = FieldChange {
        field: "name".into(),
        value: card.name.clone(),
    };
    let name = (card.name.trim() != account.name).then_some(name);
    let reaches = reaches_of(card).filter(|reach| !has_reach(&reach.value));
    let tags = card.tags.iter().filter(|tag| !account.tags.contains(tag));
    let tags = tags.map(|tag| FieldChange {
        field: "tags".into(),
        value: tag.clone(),
    });
    let noted = noted(card).filter(|fact| !notes.contains(&squeezed(&fact.value)));
    let news = name.into_iter().chain(reaches).chain(tags).chain(noted);
    news.map(|said| LeftOutField {
        property: said.field,
        reason: Words::new("import-left-out-known").text("value", brief(&said.value)),
    })
    .collect()
}

/// A value in a sentence: one line, cut where it is long.
fn brief(value: &str) -> String {
    const SAID: usize = 100;
    let mut line = value.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((at, _)) = line.char_indices().nth(SAID) {
        line.truncate(at);
        line.push('…');
    }
    line
}

/// Each number and address of a card.
fn reaches_of(card: &Card) -> impl Iterator<Item = FieldChange> + '_ {
    card.reaches.iter().map(|reach| FieldChange {
        field: match reach.label.as_str() {
            "" => kind_of(reach.kind).name().to_owned(),
            label => format!("{} ({label})", kind_of(reach.kind).name()),
        },
        value: reach.value.clone(),
    })
}

/// What of a card stands in the notes of its account.
fn noted(card: &Card) -> impl Iterator<Item = FieldChange> {
    let notes = (!card.notes.is_empty()).then(|| card.notes.clone());
    let facts = [
        ("organisation", card.organisation.clone()),
        ("department", card.department.clone()),
        ("title", card.title.clone()),
        ("birthday", card.birthday.clone()),
        ("notes", notes),
    ];
    facts.into_iter().filter_map(|(field, value)| {
        Some(FieldChange {
            field: field.into(),
            value: value?,
        })
    })
}

/// What was taken from a card, field by field.
fn taken(card: &Card) -> Vec<FieldChange> {
    let tags = (!card.tags.is_empty()).then(|| FieldChange {
        field: "tags".into(),
        value: card.tags.join(", "),
    });
    reaches_of(card).chain(tags).chain(noted(card)).collect()
}
