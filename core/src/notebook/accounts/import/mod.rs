//! Importing contacts: a person without a firm is a customer, people of one firm are contacts of one customer;
//! importing the same file again adds nothing.

pub(in crate::notebook) mod edits;
pub(in crate::notebook) mod messages;
pub(in crate::notebook) mod records;
pub(in crate::notebook) mod report;

use std::collections::HashMap;

use vcard::{Card, CardOutcome, LeftOutReason};

use crate::environment::new_uuid;
use crate::import::{self, Customer, FirmTraits};
use crate::language::Message;
use crate::model::fold;
use crate::model::ids::{DocId, ItemId};
use crate::model::telephone::Country;
use crate::notebook::Notebook;
use crate::notebook::accounts::import::edits::{
    add_to_customer, create_customer, leave_out_long_values,
};
use crate::notebook::accounts::import::messages::{file_message, refusal_message};
use crate::notebook::accounts::import::records::{ImportReport, ImportedCard};
use crate::notebook::accounts::import::report::{left_out_fields, missing_values, taken_fields};
use crate::notebook::context::Context;
use crate::notebook::errors::{ApiResult, KeptError};
use crate::notebook::rows::account_of;
use crate::store::{Reading, Store, likeness, queries};

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
        let results = vcard::read_cards(file, import::canonical_number)
            .map_err(|error| KeptError::invalid("file", file_message(&error)))?;
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
                    let reason = refusal_message(&reason);
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
            Ok((Context::load(notebook, store)?.country(), by_name))
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
        if let Some(known) = known_account(store.reading(), &card.source)? {
            self.remember_account(at, known, store.reading(), &customer)?;
            return self.known_card(store.reading(), number, &card, known);
        }
        // A card of a firm that is the firm's own says how to reach it; any other is of a person there.
        let is_contact = !customer.is_person && card.is_person;
        let existing = match self.accounts_of.get(at).copied().flatten() {
            Some(account) => Some(account),
            None if customer.is_person => None,
            None => self.existing_firm(store.reading(), &customer)?,
        };
        let contact = is_contact.then(|| ItemId(new_uuid(notebook.environment.as_ref())));
        let mut left_out = std::mem::take(&mut card.left_out);
        let (name, taken) = (card.name.clone(), taken_fields(&card));
        let saved = match existing {
            Some(account) => {
                add_to_customer(notebook, store, account, card, contact, &mut left_out)
            }
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
        store: Reading<'_>,
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
    fn existing_firm(&self, store: Reading<'_>, customer: &Customer) -> ApiResult<Option<DocId>> {
        let same_name = self.by_name.get(&fold::plain(&customer.name));
        let mut here = Vec::new();
        for doc in same_name.into_iter().flatten() {
            let Some(account) = account_of(store, *doc)? else {
                continue;
            };
            let mut traits = FirmTraits::default();
            for contact_point in &account.contact_points {
                for given in &contact_point.values {
                    traits.add(contact_point.kind, &contact_point.label, &given.value);
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
        store: Reading<'_>,
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
fn known_account(store: Reading<'_>, source: &str) -> ApiResult<Option<DocId>> {
    match queries::by_source(store.read(), source)? {
        Some(known) => Ok(Some(known)),
        None => Ok(likeness::by_contact_source(store.read(), source)?),
    }
}
