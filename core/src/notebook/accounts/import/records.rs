//! The records of an import: its report, card by card.

use serde::Serialize;

use crate::language::Message;
use crate::model::ids::{DocId, ItemId};
use crate::notebook::entries::records::FieldChange;

/// The result of an import, card by card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct ImportReport {
    /// The cards of the file, in its order.
    pub cards: Vec<ImportedCard>,
    /// The number of new cards: they became accounts, or contacts of one.
    pub added: u32,
    /// The number of cards that were here before.
    pub known: u32,
    /// The number of cards, of those that were here before, that say something that their accounts do not; it is in
    /// what was left out.
    pub differing: u32,
    /// The number of cards that were refused.
    pub refused: u32,
    /// The number of accounts that were made.
    pub accounts: u32,
    /// The number of new cards that became contacts of a firm.
    pub contacts: u32,
    /// The number of cards with text that could not be decoded; it stands as it came, and is in what was left out.
    pub undecoded: u32,
}

/// One card of an imported file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct ImportedCard {
    /// Its number in the file, from 1.
    pub number: u32,
    /// The name on the card.
    pub name: String,
    /// The account that it belongs to; none if it was refused.
    pub account: Option<DocId>,
    /// True if the card is new.
    pub added: bool,
    /// The reason for which it was refused; none if it was not.
    pub refused: Option<Message>,
    /// The firm's contact that the card became; none if it became an account itself.
    pub contact: Option<ItemId>,
    /// The account's name, where the card became a contact of it; else empty.
    pub account_name: String,
    /// True if the account was there before the card.
    pub joined: bool,
    /// The fields that were taken, with their values: "phone (mobile)", "tags", "title" and so on. Empty if the card
    /// was known or refused.
    pub taken: Vec<FieldChange>,
    /// The properties that were not taken, with the reason.
    pub left_out: Vec<LeftOutField>,
}

/// A property of a card that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct LeftOutField {
    /// The property's name.
    pub property: String,
    /// The reason, for readers.
    pub reason: Message,
}
