//! Tests on cards written here by hand.

mod cards;
mod files;
mod identity;
mod lines;
mod robust;

use super::{
    Card, CardOutcome, CardRefusal, CardResult, ContactPointKind, FileError, LeftOutReason,
};

/// The cards of a file, in which numbers with the same digits are one.
fn read_cards(file: &[u8]) -> Result<Vec<CardResult>, FileError> {
    crate::read_cards(file, |number| {
        number.chars().filter(char::is_ascii_digit).collect()
    })
}

/// The outcomes of a file of text.
fn outcomes(text: impl AsRef<[u8]>) -> Vec<CardOutcome> {
    let results = read_cards(text.as_ref()).expect("a vCard file");
    let numbers: Vec<_> = results.iter().map(|result| result.number).collect();
    assert_eq!(numbers, (1..=results.len() as u32).collect::<Vec<_>>());
    results.into_iter().map(|result| result.outcome).collect()
}

/// The cards of a file in which every card is taken.
fn taken(text: impl AsRef<[u8]>) -> Vec<Card> {
    let take = |outcome| match outcome {
        CardOutcome::Taken(card) => card,
        CardOutcome::Refused { name, reason } => panic!("{name:?} refused: {reason:?}"),
    };
    outcomes(text).into_iter().map(take).collect()
}

/// The one card that has these properties, under a version.
fn card(version: &str, properties: impl AsRef<str>) -> Card {
    let properties = properties.as_ref();
    let text = format!("BEGIN:VCARD\r\nVERSION:{version}\r\n{properties}\r\nEND:VCARD\r\n");
    let mut cards = taken(text);
    assert_eq!(cards.len(), 1);
    cards.remove(0)
}

/// Kind, label and value of each way to reach a card.
fn contact_points(card: &Card) -> Vec<(ContactPointKind, &str, &str)> {
    card.contact_points
        .iter()
        .map(|r| (r.kind, r.label.as_str(), r.value.as_str()))
        .collect()
}

/// The properties that were left out, with the reasons.
fn left_out(card: &Card) -> Vec<(&str, LeftOutReason)> {
    let left_out = card.left_out.iter();
    left_out
        .map(|left| (left.property.as_str(), left.reason.clone()))
        .collect()
}
