//! Importing contacts: a person without a firm is a customer, people of one firm are contacts of one customer;
//! importing the same file again adds nothing.

use std::collections::HashMap;

use crate::environment::new_uuid;
use crate::import::{self, Card, CardOutcome, Customer, FirmTraits, LeftOut, LeftOutReason};
use crate::language::Message;
use crate::limits;
use crate::model::account::{
    Account, AccountDraft, AccountEdit, AccountForm, ContactDraft, ContactPointDraft,
    ContactPointKind,
};
use crate::model::duplicates::address;
use crate::model::edit::{Edit, Operation};
use crate::model::fold;
use crate::model::ids::{DocId, ItemId};
use crate::model::telephone::{Country, is_same};
use crate::notebook::entries::records::{FieldChange, ImportReport, ImportedCard, LeftOutField};
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::{Notebook, entries};
use crate::store::{Store, likeness, queries};

#[uniffi::export]
impl Notebook {
    /// Imports a file of vCards. The report has the result of each card, and the properties that were not taken.
    pub fn import_cards(&self, file: Vec<u8>) -> ApiResult<ImportReport> {
        self.import_cards_with(&file, &mut |_, _| {})
    }
}

impl Notebook {
    /// Imports a file of vCards and tells `progress` the number of cards that are done, and of all.
    pub fn import_cards_with(
        &self,
        file: &[u8],
        progress: &mut dyn FnMut(u64, u64),
    ) -> ApiResult<ImportReport> {
        let results = import::read_cards(file).map_err(|error| {
            KeptError::invalid("file", import_message(error.key(), error.args()))
        })?;
        let total = results.len() as u64;
        let mut report = ImportReport {
            cards: Vec::with_capacity(results.len()),
            added: 0,
            known: 0,
            differing: 0,
            refused: 0,
            accounts: 0,
            contacts: 0,
            undecoded: 0,
        };
        let mut taken = Vec::new();
        for result in results {
            match result.outcome {
                CardOutcome::Taken(card) => taken.push((result.number, card)),
                CardOutcome::Refused { name, reason } => {
                    let reason = import_message(reason.key(), reason.args());
                    let card = refused_card(result.number, name.unwrap_or_default(), reason);
                    report.count(card, false);
                }
            }
        }
        let mut card_import = CardImport::new(self, taken)?;
        let mut done = u64::from(report.refused);
        while let Some(next) = card_import.next() {
            let undecoded = next.is_undecoded();
            let (card, differs) = self.write(|store| card_import.import(self, store, next))?;
            report.undecoded += u32::from(undecoded);
            if let (Some(account), true) = (card.account, card.added) {
                self.changed(vec![account]);
            }
            report.count(card, differs);
            done += 1;
            progress(done, total);
        }
        report.accounts = card_import.accounts;
        report.cards.sort_by_key(|card| card.number);
        Ok(report)
    }
}

impl ImportReport {
    fn count(&mut self, card: ImportedCard, differs: bool) {
        self.differing += u32::from(differs);
        match (&card.account, card.added) {
            (Some(_), true) => {
                self.added += 1;
                self.contacts += u32::from(card.contact.is_some());
            }
            (Some(_), false) => self.known += 1,
            (None, _) => self.refused += 1,
        }
        self.cards.push(card);
    }
}

/// A card to be imported: its number in the file, its content, and its customer.
struct QueuedCard {
    number: u32,
    card: Card,
    /// The customer's position in the list of the file's.
    customer: usize,
}

impl QueuedCard {
    fn is_undecoded(&self) -> bool {
        let mut left_out = self.card.left_out.iter();
        left_out.any(|left| matches!(left.reason, LeftOutReason::Undecoded { .. }))
    }
}

/// The cards of a file that are still to be imported, with what is known of their customers.
struct CardImport {
    customers: Vec<Customer>,
    /// The account of each customer, once it has one.
    accounts_of: Vec<Option<DocId>>,
    cards: std::vec::IntoIter<QueuedCard>,
    /// The accounts that were here before, by their folded names.
    by_name: HashMap<String, Vec<DocId>>,
    country: Option<&'static Country>,
    /// The number of accounts that were made.
    accounts: u32,
}

impl CardImport {
    fn new(notebook: &Notebook, taken: Vec<(u32, Card)>) -> ApiResult<Self> {
        let cards: Vec<&Card> = taken.iter().map(|(_, card)| card).collect();
        let customers = import::customers(&cards);
        let mut customer_of = vec![0; taken.len()];
        for (at, customer) in customers.iter().enumerate() {
            for card in &customer.cards {
                if let Some(of) = customer_of.get_mut(*card) {
                    *of = at;
                }
            }
        }
        let cards = taken.into_iter().zip(customer_of);
        let cards: Vec<QueuedCard> = cards
            .map(|((number, card), customer)| QueuedCard {
                number,
                card,
                customer,
            })
            .collect();
        let (country, by_name) = notebook.read(|store| {
            let mut by_name: HashMap<String, Vec<DocId>> = HashMap::new();
            for (doc, name) in queries::account_names(store.read())? {
                by_name.entry(fold::plain(&name)).or_default().push(doc);
            }
            Ok((notebook.country_of(store)?, by_name))
        })?;
        Ok(Self {
            accounts_of: vec![None; customers.len()],
            customers,
            cards: cards.into_iter(),
            by_name,
            country,
            accounts: 0,
        })
    }

    fn next(&mut self) -> Option<QueuedCard> {
        self.cards.next()
    }

    /// Imports a card. Returns beside it true if it is known and says something that its account does not.
    fn import(
        &mut self,
        notebook: &Notebook,
        store: &mut Store,
        next: QueuedCard,
    ) -> ApiResult<(ImportedCard, bool)> {
        let QueuedCard {
            number,
            mut card,
            customer: at,
        } = next;
        let Some(customer) = self.customers.get(at).cloned() else {
            return Ok((
                refused_card(number, card.name, Message::new("import-refused-unreadable")),
                false,
            ));
        };
        leave_out_long_values(&mut card);
        if let Some(known) = known_account(store, &card.source)? {
            self.remember_account(at, known, store, &customer)?;
            return self.known_card(store, number, &card, known);
        }
        // A card of a firm that is the firm's own says how to reach it; any other is of a person there.
        let is_contact = !customer.is_person && card.is_person;
        let existing = match self.accounts_of.get(at).copied().flatten() {
            Some(account) => Some(account),
            None if customer.is_person => None,
            None => self.existing_firm(store, &customer)?,
        };
        let contact = is_contact.then(|| ItemId(new_uuid(notebook.environment.as_ref())));
        let mut left_out = std::mem::take(&mut card.left_out);
        let (name, taken) = (card.name.clone(), taken_fields(&card));
        let saved = match existing {
            Some(account) => join(notebook, store, account, card, contact, &mut left_out),
            None => create_customer(notebook, store, &customer, card, contact),
        };
        let account = match saved {
            Ok(account) => account,
            Err(KeptError::Invalid { reason, .. }) => {
                return Ok((refused_card(number, name, reason), false));
            }
            Err(other) => return Err(other),
        };
        self.accounts += u32::from(existing.is_none());
        if let Some(of) = self.accounts_of.get_mut(at) {
            *of = Some(account);
        }
        let card = ImportedCard {
            number,
            name,
            account: Some(account),
            added: true,
            refused: None,
            account_name: contact.map_or_else(String::new, |_| customer.name.clone()),
            joined: existing.is_some(),
            contact,
            taken,
            left_out: left_out_fields(&left_out),
        };
        Ok((card, false))
    }

    /// Remembers the account of a firm of which a card is here already.
    fn remember_account(
        &mut self,
        at: usize,
        known: DocId,
        store: &Store,
        customer: &Customer,
    ) -> ApiResult<()> {
        let account = account_of(store, known)?;
        let is_firm = account.is_some_and(|account| {
            !account.archived && fold::plain(&account.name) == fold::plain(&customer.name)
        });
        if let Some(of) = self.accounts_of.get_mut(at).filter(|_| is_firm) {
            of.get_or_insert(known);
        }
        Ok(())
    }

    /// Returns the one account of a firm that was here before; none where several may be it.
    fn existing_firm(&self, store: &Store, customer: &Customer) -> ApiResult<Option<DocId>> {
        let same_name = self.by_name.get(&fold::plain(&customer.name));
        let mut here = Vec::new();
        for doc in same_name.into_iter().flatten() {
            let Some(account) = account_of(store, *doc)? else {
                continue;
            };
            let mut traits = FirmTraits::default();
            for contact_point in &account.contact_points {
                for given in &contact_point.values {
                    traits.add(
                        import_kind(contact_point.kind),
                        &contact_point.label,
                        &given.value,
                    );
                }
            }
            if !account.archived && traits.agree(&customer.traits) {
                here.push(*doc);
            }
        }
        Ok(match here.as_slice() {
            [one] => Some(*one),
            _ => None,
        })
    }

    /// Returns a card that is here already, with the values that its account lacks, and true if there are any.
    fn known_card(
        &self,
        store: &Store,
        number: u32,
        card: &Card,
        known: DocId,
    ) -> ApiResult<(ImportedCard, bool)> {
        let account = account_of(store, known)?;
        let news = account.as_ref().map_or(vec![], |account| {
            missing_values(card, account, self.country)
        });
        let contact = account.as_ref().and_then(|account| {
            let mut contacts = account.contacts.iter();
            contacts.find(|contact| contact.source.as_ref() == Some(&card.source))
        });
        let differs = !news.is_empty();
        let mut left_out = left_out_fields(&card.left_out);
        left_out.extend(news);
        let card = ImportedCard {
            number,
            name: card.name.clone(),
            account: Some(known),
            added: false,
            refused: None,
            contact: contact.map(|contact| contact.id),
            account_name: match (contact, &account) {
                (Some(_), Some(account)) => account.name.clone(),
                _ => String::new(),
            },
            joined: true,
            taken: vec![],
            left_out,
        };
        Ok((card, differs))
    }
}

fn refused_card(number: u32, name: String, reason: Message) -> ImportedCard {
    ImportedCard {
        number,
        name,
        account: None,
        added: false,
        refused: Some(reason),
        contact: None,
        account_name: String::new(),
        joined: false,
        taken: vec![],
        left_out: vec![],
    }
}

/// Returns the account that an import made from a source, or of whose contact; none if none is here.
fn known_account(store: &Store, source: &str) -> ApiResult<Option<DocId>> {
    match queries::by_source(store.read(), source)? {
        Some(known) => Ok(Some(known)),
        None => Ok(likeness::by_contact_source(store.read(), source)?),
    }
}

fn account_of(store: &Store, doc: DocId) -> ApiResult<Option<Account>> {
    let row = queries::one(store.read(), doc)?;
    row.map(|row| entries::decode(&row.detail)).transpose()
}

/// Makes the account of a customer from its first card.
fn create_customer(
    notebook: &Notebook,
    store: &mut Store,
    customer: &Customer,
    card: Card,
    contact: Option<ItemId>,
) -> ApiResult<DocId> {
    let doc = notebook.new_doc();
    let draft = notebook.checked_account(account_draft(customer, card, contact))?;
    let operation = Operation::CreateAccount(draft);
    notebook.save_in(store, vec![Edit { doc, operation }])?;
    Ok(doc)
}

/// Adds a card to the account of its firm.
fn join(
    notebook: &Notebook,
    store: &mut Store,
    account: DocId,
    card: Card,
    contact: Option<ItemId>,
    left_out: &mut Vec<LeftOut>,
) -> ApiResult<DocId> {
    let known = account_of(store, account)?
        .ok_or_else(|| KeptError::not_found("thing-account", account))?;
    let contact_points = contact_points_of(&card, contact, &known.contact_points);
    let mut edits: Vec<AccountEdit> = Vec::new();
    let notes = notes_of(&card, contact);
    edits.push(match contact {
        Some(id) => AccountEdit::SetContact {
            contact: contact_draft(&card, id),
        },
        None => AccountEdit::AddSource {
            source: card.source.clone(),
        },
    });
    edits.extend(
        contact_points
            .into_iter()
            .map(|contact_point| AccountEdit::SetContactPoint { contact_point }),
    );
    let tags = card
        .tags
        .into_iter()
        .filter(|tag| !known.tags.contains(tag));
    edits.extend(tags.map(|tag| AccountEdit::AddTag { tag }));
    if !notes.is_empty() && !known.notes.contains(&notes) {
        let parts = [known.notes.trim_end(), notes.as_str()];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let text = parts.join("\n\n");
        if text.chars().count() > limits::TEXT_CHARS {
            left_out.push(LeftOut {
                property: "NOTE".to_owned(),
                reason: LeftOutReason::TooLong,
            });
        } else {
            edits.push(AccountEdit::Notes {
                text,
                was: Some(known.notes.clone()),
            });
        }
    }
    let edit = notebook.account_edit(store, account, edits)?;
    notebook.save_in(store, vec![edit])?;
    Ok(account)
}

/// A sentence of the import with its gaps filled.
fn import_message(key: &str, args: Vec<(&'static str, String)>) -> Message {
    args.into_iter()
        .fold(Message::new(key), |words, (name, value)| {
            words.text(name, value)
        })
}

fn left_out_fields(left_out: &[LeftOut]) -> Vec<LeftOutField> {
    let said = left_out.iter().map(|left| LeftOutField {
        property: left.property.clone(),
        reason: import_message(left.reason.key(), left.reason.args()),
    });
    said.collect()
}

fn contact_kind(kind: import::CardContactPointKind) -> ContactPointKind {
    match kind {
        import::CardContactPointKind::Phone => ContactPointKind::Phone,
        import::CardContactPointKind::Email => ContactPointKind::Email,
        import::CardContactPointKind::Address => ContactPointKind::Address,
        import::CardContactPointKind::Web => ContactPointKind::Web,
    }
}

fn import_kind(kind: ContactPointKind) -> import::CardContactPointKind {
    match kind {
        ContactPointKind::Phone => import::CardContactPointKind::Phone,
        ContactPointKind::Email => import::CardContactPointKind::Email,
        ContactPointKind::Address => import::CardContactPointKind::Address,
        ContactPointKind::Web => import::CardContactPointKind::Web,
    }
}

/// The numbers and addresses of a card that are not known yet. Those of no contact come preferred first, and the first
/// of each kind is the account's main one where it has none.
fn contact_points_of(
    card: &Card,
    contact: Option<ItemId>,
    known: &[crate::model::account::ContactPoint],
) -> Vec<ContactPointDraft> {
    let mut ways = card.contact_points.clone();
    ways.sort_by_key(|contact_point| !contact_point.preferred);
    let mut contact_points: Vec<ContactPointDraft> = Vec::new();
    for contact_point in ways {
        let kind = contact_kind(contact_point.kind);
        let of_firm = |known: &&crate::model::account::ContactPoint| {
            known.kind == kind && known.contact.is_none()
        };
        let here = known.iter().filter(of_firm).flat_map(|known| &known.values);
        if contact.is_none()
            && here
                .into_iter()
                .any(|given| given.value == contact_point.value)
        {
            continue;
        }
        let is_first = contact_points.iter().all(|other| other.kind != kind)
            && !known.iter().any(|known| known.kind == kind);
        contact_points.push(ContactPointDraft {
            id: (contact.is_none() && is_first).then(|| kind.main_item()),
            kind,
            label: contact_point.label,
            value: contact_point.value,
            contact,
        });
    }
    contact_points
}

fn contact_draft(card: &Card, id: ItemId) -> ContactDraft {
    ContactDraft {
        id: Some(id),
        name: card.name.clone(),
        role: role_of(card),
        birthday: card.birthday.clone().unwrap_or_default(),
        also_called: card.also_called.clone(),
        source: Some(card.source.clone()),
    }
}

/// Returns the role of a card's person in their firm, with the department.
fn role_of(card: &Card) -> String {
    let parts = [&card.title, &card.department];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    parts.join(", ")
}

fn account_draft(customer: &Customer, card: Card, contact: Option<ItemId>) -> AccountDraft {
    let draft = AccountDraft {
        name: customer.name.clone(),
        form: match customer.is_person {
            true => AccountForm::Person,
            false => AccountForm::Organisation,
        },
        notes: notes_of(&card, contact),
        contact_points: contact_points_of(&card, contact, &[]),
        ..AccountDraft::default()
    };
    match contact {
        Some(id) => AccountDraft {
            contacts: vec![contact_draft(&card, id)],
            tags: card.tags,
            ..draft
        },
        None => AccountDraft {
            title: role_of(&card),
            birthday: card.birthday.unwrap_or_default(),
            also_called: card.also_called,
            source: Some(card.source),
            tags: card.tags,
            ..draft
        },
    }
}

/// Returns the notes of a card; those of a contact begin with the contact's name.
fn notes_of(card: &Card, contact: Option<ItemId>) -> String {
    match contact {
        Some(_) if !card.notes.is_empty() => format!("{}: {}", card.name, card.notes),
        _ => card.notes.clone(),
    }
}

/// Leaves out the values that no field takes, for they are too long.
fn leave_out_long_values(card: &mut Card) {
    if role_of(card).chars().count() > limits::NAME_CHARS {
        for (property, part) in [("TITLE", &mut card.title), ("ORG", &mut card.department)] {
            if part.take().is_some() {
                card.left_out.push(LeftOut {
                    property: property.to_owned(),
                    reason: LeftOutReason::TooLong,
                });
            }
        }
    }
    let is_long = |text: &String| text.chars().count() > limits::NAME_CHARS;
    if card.birthday.as_ref().is_some_and(is_long) {
        card.birthday = None;
        card.left_out.push(LeftOut {
            property: "BDAY".to_owned(),
            reason: LeftOutReason::TooLong,
        });
    }
    // The name of a contact stands before its notes.
    let length = card.notes.chars().count() + card.name.chars().count() + 2;
    if length > limits::TEXT_CHARS && !card.notes.is_empty() && card.organisation.is_some() {
        card.notes.clear();
        card.left_out.push(LeftOut {
            property: "NOTE".to_owned(),
            reason: LeftOutReason::TooLong,
        });
    }
}

/// Returns the values of a card that its account lacks. The account may have been changed by hand since, and so none of
/// them is written.
fn missing_values(card: &Card, account: &Account, country: Option<&Country>) -> Vec<LeftOutField> {
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let mut texts = vec![
        &account.name,
        &account.notes,
        &account.title,
        &account.birthday,
    ];
    texts.extend(&account.also_called);
    for contact in &account.contacts {
        texts.extend([&contact.name, &contact.role, &contact.birthday]);
        texts.extend(&contact.also_called);
    }
    let known: Vec<String> = texts.into_iter().map(|text| squeezed(text)).collect();
    let is_said = |text: &str| {
        let text = squeezed(text);
        known.iter().any(|known| known.contains(&text))
    };
    let values = account.contact_points.iter().flat_map(|contact_point| {
        contact_point
            .values
            .iter()
            .map(move |given| (contact_point.kind, given))
    });
    let values: Vec<_> = values.collect();
    let has_reach = |contact_point: &import::CardContactPoint| {
        values.iter().any(|(kind, given)| {
            squeezed(&given.value) == squeezed(&contact_point.value)
                || *kind == ContactPointKind::Phone
                    && is_same(&given.value, &contact_point.value, country)
                || *kind == ContactPointKind::Email
                    && address(&given.value) == address(&contact_point.value)
        })
    };
    let is_name = |name: &str| {
        let contacts = account.contacts.iter().map(|contact| &contact.name);
        let mut names = contacts.chain([&account.name]).chain(&account.also_called);
        names.any(|known| squeezed(known) == squeezed(name))
    };
    let name = FieldChange {
        field: "name".into(),
        value: card.name.clone(),
    };
    let name = (!is_name(&card.name)).then_some(name);
    let contact_points = card
        .contact_points
        .iter()
        .filter(|contact_point| !has_reach(contact_point))
        .map(reach_field);
    let tags = card.tags.iter().filter(|tag| !account.tags.contains(tag));
    let tags = tags.map(|tag| FieldChange {
        field: "tags".into(),
        value: tag.clone(),
    });
    let facts = card_fields(card)
        .into_iter()
        .filter(|fact| !is_said(&fact.value));
    let news = name
        .into_iter()
        .chain(contact_points)
        .chain(tags)
        .chain(facts);
    news.map(|said| LeftOutField {
        property: said.field,
        reason: Message::new("import-left-out-known").text("value", shortened(&said.value)),
    })
    .collect()
}

/// A value in a sentence: one line, cut where it is long.
fn shortened(value: &str) -> String {
    const SAID: usize = 100;
    let mut line = value.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((at, _)) = line.char_indices().nth(SAID) {
        line.truncate(at);
        line.push('…');
    }
    line
}

fn reach_field(contact_point: &import::CardContactPoint) -> FieldChange {
    FieldChange {
        field: match contact_point.label.as_str() {
            "" => contact_kind(contact_point.kind).name().to_owned(),
            label => format!("{} ({label})", contact_kind(contact_point.kind).name()),
        },
        value: contact_point.value.clone(),
    }
}

/// Returns the fields of a card beside numbers, addresses and labels.
fn card_fields(card: &Card) -> Vec<FieldChange> {
    let notes = (!card.notes.is_empty()).then(|| card.notes.clone());
    let facts = [
        ("organisation", card.organisation.clone()),
        ("department", card.department.clone()),
        ("title", card.title.clone()),
        ("birthday", card.birthday.clone()),
        ("notes", notes),
    ];
    let facts = facts.into_iter().filter_map(|(field, value)| {
        Some(FieldChange {
            field: field.into(),
            value: value?,
        })
    });
    facts.collect()
}

/// Returns the fields that were taken from a card.
fn taken_fields(card: &Card) -> Vec<FieldChange> {
    let tags = (!card.tags.is_empty()).then(|| FieldChange {
        field: "tags".into(),
        value: card.tags.join(", "),
    });
    let contact_points = card.contact_points.iter().map(reach_field);
    contact_points
        .chain(tags)
        .chain(card_fields(card))
        .collect()
}
