//! Reading contacts that another program wrote: a file of vCards in, one [`CardResult`] per card
//! out. Here is everything between the bytes of the file and plain names, numbers and
//! addresses; nothing here touches the disk or the clock, or knows what becomes of a contact.
//!
//! The steps, each in a file of its own: `file_kind` recognises what is not a vCard, `lines` undoes
//! folding, `split` finds the cards, `property` decodes one line, `parse` hands the cleaned card to
//! `calcard`, and `card_builder` chooses what is kept of it.

mod address;
mod birthday;
mod card;
mod card_builder;
mod card_name;
mod charset;
mod contact_points;
mod error;
mod file_kind;
mod label;
mod limits;
mod lines;
mod parse;
mod phone;
mod property;
mod source;
mod split;
mod text;

#[cfg(test)]
mod tests;

pub use card::{
    Card, CardOutcome, CardRefusal, CardResult, ContactPoint, ContactPointKind, LeftOut,
    LeftOutReason,
};
pub use error::FileError;
pub use limits::{
    MAX_CARDS, MAX_CONTACT_POINTS, MAX_FILE, MAX_NAME, MAX_NAMES, MAX_NOTES, MAX_PROPERTIES,
    MAX_TAGS, MAX_VALUE,
};

use split::RawCard;

/// Reads every card of a vCard file, in the order of the file.
///
/// A card that cannot be taken is in the list too, with the reason; only a file that holds no
/// cards at all, or too much, is an error. Two phone numbers of a card are one if
/// `canonical_number` returns the same text for both.
pub fn read_cards(
    file: &[u8],
    canonical_number: fn(&str) -> String,
) -> Result<Vec<CardResult>, FileError> {
    if file.len() > MAX_FILE {
        return Err(FileError::FileTooLarge { bytes: file.len() });
    }
    if let Some(kind) = file_kind::not_a_vcard(file) {
        return Err(FileError::OtherKind { kind });
    }
    let file = charset::file_to_bytes(file);
    if file.iter().all(u8::is_ascii_whitespace) {
        return Err(FileError::Empty);
    }
    let mut results = Vec::new();
    for (number, raw) in (1..).zip(split::cards(&file)) {
        if results.len() >= MAX_CARDS {
            return Err(FileError::TooManyCards);
        }
        let outcome = read_card(&raw, canonical_number);
        results.push(CardResult { number, outcome });
    }
    if results.is_empty() {
        return Err(FileError::NoCards);
    }
    Ok(results)
}

/// Returns a whole file as text: UTF-8, UTF-16 with or without a mark, else Western European, as spreadsheets write
/// it. Bytes that mean nothing stand as `\xE4` in it.
pub fn decode_text(file: &[u8]) -> String {
    charset::decode_plain(&charset::file_to_bytes(file), None).text
}

fn read_card(raw: &RawCard, canonical_number: fn(&str) -> String) -> CardOutcome {
    let properties: Vec<_> = raw.lines.iter().map(property::read).collect();
    let build = |parsed| card_builder::card(parsed, canonical_number);
    let outcome = match raw.ending {
        split::LineEnding::Whole => parse::parse(properties).and_then(build),
        split::LineEnding::Missing => parse::parse(properties)
            .and_then(build)
            .map(card_builder::without_end),
        split::LineEnding::Cut => Err(CardRefusal::Unfinished),
        split::LineEnding::TooLong => Err(CardRefusal::TooLong {
            limit: MAX_PROPERTIES,
        }),
    };
    match outcome {
        Ok(card) => CardOutcome::Taken(card),
        Err(reason) => CardOutcome::Refused {
            name: card_name::shortened_name(&raw.lines),
            reason,
        },
    }
}
